import Markdown
import Translations
import Workspace

/// What stands first under "Who to phone" on home pages, before any number: `first-contact` in `portal.yml`.
enum FirstContact: Sendable {
    /// The theme's words on a social worker, where the guidance for families speaks of theirs.
    case asGuidanceSays
    /// The theme's words, or none.
    case theme(Bool)
    /// The portal's own.
    case words(Passage)

    static func read(_ value: YAMLValue?) -> FirstContact {
        guard let value else { return .asGuidanceSays }
        switch value.string()?.lowercased() {
        case "yes", "true", "on": return .theme(true)
        case "no", "false", "off": return .theme(false)
        case _?: return value.passage().map { .words($0) } ?? .asGuidanceSays
        case nil: return .asGuidanceSays
        }
    }

    var words: Passage? {
        if case .words(let passage) = self { passage } else { nil }
    }
}

/// Whether guidance takes its readers to have a social worker, in the languages that a portal of the United Kingdom is
/// written in. That one visits, or helps whoever has one, it may also say to families who have none.
struct SocialWorkerMention {
    private let names: [String]
    private let condition: String

    /// - Parameter language: Of the guidance.
    init(_ language: Language) {
        names =
            switch language.tag {
            case "en":
                ["your", "your child's", "your children's", "your family's"].map { $0 + " social worker" }
            case "cy":
                ["eich gweithiwr cymdeithasol", "eich gweithwraig gymdeithasol"]
                    + ["plentyn", "plant", "teulu"].map { "gweithiwr cymdeithasol eich " + $0 }
            default: []
            }
        condition = language.tag == "cy" ? "os oes gennych" : "if you have"
    }

    /// Looks no further than the first page that names one.
    func isOn(_ pages: [MergedPage]) -> Bool {
        !names.isEmpty
            && pages.contains { merged in
                let audience = merged.page.frontMatter.audience ?? merged.defaultAudience
                return audience != .professionals && isOn(merged.page)
            }
    }

    private func isOn(_ page: SourcePage) -> Bool {
        [page.title, page.frontMatter.summary].contains { $0.map(isIn) ?? false } || isIn(page.introduction)
            || page.sections.contains(where: isIn)
    }

    private func isIn(_ section: SourceSection) -> Bool {
        isIn(section.heading) || isIn(section.blocks) || section.children.contains(where: isIn)
    }

    private func isIn(_ blocks: [Block]) -> Bool {
        var found = false
        blocks.forEachPassage { if !found { found = isIn($0) } }
        return found
    }

    private func isIn(_ passage: Passage) -> Bool {
        let text = passage.plainText.lowercased().replacing("’", with: "'")
        return names.contains { text.contains($0) } && !text.contains(condition)
    }
}
