import Guidance
import Markdown
import Translations
import Workspace

/// The text of a page in a second language, passage by passage, beside which the page is written.
///
/// Both editions are made of the same blocks, so that a passage and its counterpart have the same place in the source
/// file: that is how they are found, never by counting. What has no counterpart stands alone.
struct SecondText {
    /// A place within a page: two files can be in one page, but not in one section.
    private struct Place: Hashable {
        /// The section's id; empty for the introduction.
        var section: String
        var range: SourceRange
    }

    private var passages: [Place: Passage] = [:]
    private let setting: PageSetting
    private let kind: PageKind
    /// The state that the last notice in the second language told of.
    private var notedState = TranslationState.current
    private var deadlines: [String: Deadline] = [:]
    /// The numbers that the page's own footnotes have, by those of the second language.
    private var numbers: [String: String] = [:]

    var language: Language { setting.edition.language }
    /// Whether the second language is the one that guidance is written in.
    var isSource: Bool { !setting.edition.isTranslated }
    var yourTurn: [UInt8] { setting.edition.yourTurn }

    /// - Parameters:
    ///   - page: In the second language.
    ///   - notes: The footnotes of the page in its own language.
    ///   - setting: Of the second language, as seen from the page that both are written on.
    init(_ page: Page, notes: [Footnotes.Note], _ setting: PageSetting) {
        self.setting = setting
        kind = page.kind
        var numbering = HTMLWriter(setting, kind: page.kind)
        let (introduction, sections, own) = numbering.numberFootnotes(page.introduction, page.sections)
        add(introduction, in: "")
        add(sections)
        for note in own {
            guard
                let same = notes.first(where: {
                    $0.blocks.first?.range == note.blocks.first?.range && $0.blocks.first?.range != nil
                })
            else { continue }
            numbers["\(note.number)"] = "\(same.number)"
            add(note.blocks, in: Self.section(ofNote: same.number))
        }
    }

    /// What stands for a section's id within a footnote.
    static func section(ofNote number: Int) -> String { "note:\(number)" }

    private mutating func add(_ sections: [Section]) {
        for section in sections {
            add(section.heading, in: section.id)
            deadlines[section.id] = section.deadline
            add(section.blocks, in: section.id)
            add(section.children)
        }
    }

    private mutating func add(_ blocks: [Block], in section: String) {
        var found: [Passage] = []
        blocks.forEachPassage { found.append($0) }
        for passage in found { add(passage, in: section) }
    }

    private mutating func add(_ passage: Passage, in section: String) {
        guard let range = passage.range else { return }
        passages[Place(section: section, range: range)] = passage
    }

    /// What stands beside a passage; nil where that would be the same words once more, or no words at all.
    func counterpart(of passage: Passage, in section: String) -> Passage? {
        guard let range = passage.range, let other = passages[Place(section: section, range: range)] else {
            return nil
        }
        return other.beside(passage, isSource: isSource)
    }

    /// The rule of a section's deadline in the second language; nil where it has none.
    func rule(of section: String) -> [UInt8]? { deadlines[section].map(setting.edition.html) }

    /// Attributes of an element that holds the second language.
    var attributes: [UInt8] { Self.attributes(language) }

    static func attributes(_ language: Language) -> [UInt8] {
        Array(" lang=\"\(language.tag)\" dir=\"\(language.direction.rawValue)\"".utf8)
    }

    /// Writes in the second language, with the notice that a passage needs unless the one before had it.
    mutating func html(_ other: Passage, _ body: (inout HTMLWriter, Passage) -> Void) -> [UInt8] {
        var writer = HTMLWriter(setting, kind: kind)
        writer.begin(after: notedState, footnotes: numbers)
        writer.writeNoticeBeside(other.translation)
        notedState = other.translation
        body(&writer, other)
        return writer.take()
    }

    /// The same without a notice, where none can stand.
    func html(unnoted other: Passage, _ body: (inout HTMLWriter, Passage) -> Void) -> [UInt8] {
        var writer = HTMLWriter(setting, kind: kind)
        writer.begin(after: other.translation, footnotes: numbers)
        body(&writer, other)
        return writer.take()
    }

    func fill(_ word: Word) -> [UInt8] { setting.edition.fill(word) }
}

/// What a page side by side knows of its second language.
final class SecondEdition: Sendable {
    let plan: EditionPlan
    private let contacts: [String: Contact]
    private let groups: [String: ContactGroup]

    var edition: Edition { plan.edition }
    var language: Language { plan.edition.language }

    init(_ plan: EditionPlan) {
        self.plan = plan
        groups = Dictionary(plan.edition.contactGroups.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        contacts = Dictionary(
            plan.edition.contactGroups.flatMap(\.contacts).map { ($0.id, $0) },
            uniquingKeysWith: { a, _ in a })
    }

    func contact(_ contact: Contact) -> Contact? { contacts[contact.id] }
    func group(_ group: ContactGroup) -> ContactGroup? { groups[group.id] }

    /// The second edition's pages as seen from a page: its links lead to them, also those to the page itself.
    func setting(siteRoot: String) -> PageSetting {
        PageSetting(
            editionRoot: siteRoot + Address.folder(plan.base), siteRoot: siteRoot, path: "\u{1}",
            edition: plan.setting)
    }
}

extension EditionRenderer {
    /// A passage, and below it the same in the second language.
    func both(
        _ passage: Passage, _ same: Passage?, _ page: PageSetting,
        _ write: (inout HTMLWriter, Passage) -> Void = { $0.writeSpan($1) }
    ) -> [UInt8] {
        var writer = HTMLWriter(page)
        write(&writer, passage)
        return writer.take() + besides(passage, same, page, write)
    }

    /// What `both` adds; nothing where there is no second language.
    private func besides(
        _ passage: Passage, _ same: Passage?, _ page: PageSetting,
        _ write: (inout HTMLWriter, Passage) -> Void
    ) -> [UInt8] {
        guard let edition = second, let other = same?.beside(passage, isSource: edition.isSource)
        else { return [] }
        var writer = HTMLWriter(edition.setting(siteRoot: page.siteRoot))
        write(&writer, other)
        return Array(" <span class=\"second\"".utf8) + SecondText.attributes(edition.language)
            + Array(">".utf8) + writer.take() + Array("</span>".utf8)
    }

    /// The second language's words of a heading, to stand below it; empty where they say nothing more.
    ///
    /// - Parameter isLabel: Whether they tell what an answer is to, and stay where the second language is not shown.
    func beside(
        _ heading: Passage, _ same: Passage?, _ page: PageSetting, isLabel: Bool = false
    ) -> [UInt8] {
        guard let edition = second, let other = same?.beside(heading, isSource: edition.isSource)
        else { return [] }
        var writer = HTMLWriter(edition.setting(siteRoot: page.siteRoot))
        writer.writeSpan(other)
        return Array((isLabel ? "<div class=\"second beside\"" : "<div class=\"second\"").utf8)
            + SecondText.attributes(edition.language)
            + Array(">".utf8) + writer.take() + Array("</div>\n".utf8)
    }

    /// The switch of a page side by side.
    func secondContext(_ heading: Words?) -> any Sendable {
        guard let second else { return Absent() }
        return Context([
            "heading": heading.map { $0 as any Sendable } ?? Absent(), "show": Words(show(second.language)),
            "tag": Words(second.language.tag),
            "direction": Words(second.language.direction.rawValue),
            "on": Words(edition.strings[.switchOn]), "off": Words(edition.strings[.switchOff]),
            "string": StringsContext(strings: second.edition.strings),
            "pattern": StringsContext(strings: second.edition.strings),
        ])
    }

    /// Links from a page to where it stands side by side with others.
    ///
    /// - Parameters:
    ///   - has: Which languages of `Edition.sideBySide` have the page.
    ///   - isFilledIn: Whether the page is to stay, with what is typed into it.
    func pairLinks(
        _ has: [Bool], folder: String, _ page: PageSetting, isFilledIn: Bool
    ) -> [Context] {
        guard plan.second == nil else { return [] }
        return zip(edition.sideBySide, has).filter(\.1).map { language, _ in
            let folder = page.siteRoot + Address.folder(edition.base(beside: language)) + folder
            return Context([
                "href": Words(folder + "index.html"),
                "words": isFilledIn ? Words(folder + SecondEdition.file) as any Sendable : Absent(),
                "tag": Words(language.tag), "text": Words(show(language)),
            ])
        }
    }

    /// Which of the languages that its pages can stand beside have a page.
    func pairs(_ job: EditionPlan.Job) -> [Bool] {
        guard plan.second == nil, !edition.sideBySide.isEmpty, job.isPairable else { return [] }
        return edition.sideBySide.map { language in
            plan.alternatives.contains {
                $0.alternative.language == language && $0.paths.contains(job.path)
            }
        }
    }

    private func show(_ language: Language) -> [UInt8] {
        setting.fill(
            .showBeside,
            [
                "language": Array("<bdi".utf8) + SecondText.attributes(language) + Array(">".utf8)
                    + HTML.escape(language.nativeName) + Array("</bdi>".utf8)
            ])
    }
}

extension EditionPlan.Job {
    /// Whether readers type into the page.
    var isFilledIn: Bool { page?.kind.isFilledIn ?? false }
}

extension SecondEdition {
    /// Beside a page that is filled in: its words once more. A script puts them into the page of one language, since whoever
    /// goes to another page loses what they have typed. A script and not a page to fetch: in a folder, or on a stick,
    /// browsers fetch nothing.
    static let file = "beside.js"

    static func script(_ main: [UInt8]) -> [UInt8] {
        Array("window.signpostBeside=".utf8)
            + Array(JSONValue.string(String(decoding: main, as: UTF8.self)).serialized().utf8)
            + Array(";\n".utf8)
    }
}

extension SecondEdition {
    var isSource: Bool { !plan.setting.isTranslated }
}

extension EditionPlan.Job {
    /// Whether it has words of the guidance. Lists of questions and of files are for finding, and an accessibility
    /// statement is about one website.
    var isPairable: Bool {
        switch content {
        case .home, .ordinary, .steps, .faq, .topic, .contacts: true
        case .aToZ, .accessibility, .leaflets, .desk: false
        }
    }
}
