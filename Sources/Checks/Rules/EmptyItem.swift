import Markdown
import Workspace

/// A list's item without words is a dot on the page.
struct EmptyItem: TextRule {
    static let rule = Rule(
        "EmptyItem", .warning, "A list has an item without words.", bad: "⟦- a friend\n-\n- a relative",
        good: "- a friend\n- a relative")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        problems(text.blocks, text)
    }

    /// Whether a block shows nothing, such as a lone no-break space.
    private static func isBlank(_ block: Block) -> Bool {
        guard case .paragraph(let passage) = block.content else { return false }
        var shows = false
        passage.inlines.forEachInline {
            switch $0 {
            case .image, .placeholder, .value, .footnote: shows = true
            case .text, .lineBreak, .code, .emphasis, .strong, .strikethrough, .link: break
            }
        }
        return !shows && passage.plainText.allSatisfy(\.isWhitespace)
    }

    private static func problems(_ blocks: [Block], _ text: GuidanceText) -> [Diagnostic] {
        blocks.flatMap { block -> [Diagnostic] in
            switch block.content {
            case .list(let list):
                let empty = list.items.count { item in
                    item.blocks.allSatisfy(isBlank)
                }
                let own =
                    empty == 0
                    ? []
                    : [
                        rule.diagnostic(
                            "\(empty == 1 ? "an item" : "\(empty) items") of this list \(empty == 1 ? "has" : "have") no words",
                            at: text.location(block.range), help: "Delete the lines that hold only a sign.")
                    ]
                return own + list.items.flatMap { problems($0.blocks, text) }
            case .quote(let inner), .callout(_, let inner), .footnote(_, let inner):
                return problems(inner, text)
            case .paragraph, .heading, .code, .thematicBreak, .table: return []
            }
        }
    }
}
