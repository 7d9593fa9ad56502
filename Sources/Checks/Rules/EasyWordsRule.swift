import Markdown
import Workspace

/// A block among easy words, where each paragraph is one idea beside one picture.
struct EasyBlock: Sendable {
    var block: Block

    /// What stands under headings with `{easy}`, and under the headings of a page of the kind `easy`.
    static func all(in text: GuidanceText) -> [EasyBlock] {
        let isEasyPage = isEasyPage(text)
        var found: [EasyBlock] = []
        // The level of the heading that the easy words stand under.
        var level = isEasyPage ? Int.max : nil
        for block in text.blocks {
            if case .heading(let own, _) = block.content {
                if block.attributes?.isEasy ?? false {
                    level = own
                } else if isEasyPage {
                    level = own > 1 ? 1 : .max
                } else if let open = level, own <= open {
                    level = nil
                }
            } else if let level, level != .max {
                found.append(EasyBlock(block: block))
            }
        }
        return found
    }

    /// Whether a page brings easy words together, by its kind or its file's name.
    static func isEasyPage(_ text: GuidanceText) -> Bool {
        let kind = text.settings?.settings.first { $0.indent == 0 && $0.key == "kind" }
        if let kind { return kind.words.text == "easy" }
        return text.file.split(separator: "/").last == "easy.md"
    }

    /// Its words, where it is a paragraph or a list.
    var proses: [Prose] {
        PlacedPassage.all(in: [block]).map(Prose.init)
    }
}
