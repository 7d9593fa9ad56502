import Markdown
import Workspace

/// "Fill in the form below", where there is none.
struct ReferenceToNothing: TextRule {
    static let rule = Rule(
        "ReferenceToNothing", .warning,
        "The text points to a form, table, list, link or picture below, and there is none.",
        bad: "Fill in ⟦the form below.", good: "Fill in [the form](form.pdf).")

    private static let things: [String: Set<String>] = [
        "form": ["link"], "forms": ["link"], "link": ["link"], "links": ["link"], "leaflet": ["link"],
        "table": ["table"], "chart": ["table", "image"], "diagram": ["image"], "map": ["image", "link"],
        "picture": ["image"], "list": ["list", "table"], "button": ["link"], "video": ["link"],
    ]

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for placed in text.passages {
            let prose = Prose(placed)
            for index in prose.words.indices.dropFirst(2)
            where prose.words[index].text == "below" && prose.words[index - 2].text == "the" {
                let thing = prose.words[index - 1].text
                guard let wanted = things[thing], let line = placed.passage.range?.start.line,
                    kinds(in: text.blocks, from: line).isDisjoint(with: wanted)
                else { continue }
                found.append(
                    rule.diagnostic(
                        "there is no \(thing) below",
                        at: text.location(
                            text.place(
                                of: prose.text(prose.range((index - 2)..<(index + 1))),
                                in: placed.passage.range)),
                        help: "Add it, or link to where it is."))
            }
        }
        return found
    }

    /// What of links, lists, tables and pictures stands at a line or below it.
    private static func kinds(in blocks: [Block], from line: Int) -> Set<String> {
        var kinds: Set<String> = []
        func walk(_ blocks: [Block]) {
            for block in blocks where block.range.map({ $0.end.line >= line }) ?? true {
                switch block.content {
                case .list(let list):
                    if block.range.map({ $0.start.line > line }) ?? true { kinds.insert("list") }
                    for item in list.items { walk(item.blocks) }
                case .quote(let inner), .callout(_, let inner), .footnote(_, let inner): walk(inner)
                case .table: kinds.insert("table")
                case .paragraph, .heading, .code, .thematicBreak: break
                }
            }
        }
        walk(blocks)
        blocks.filter { $0.range.map { $0.end.line >= line } ?? true }.forEachPassage { passage in
            passage.inlines.forEachInline { inline in
                switch inline {
                case .link, .placeholder: kinds.insert("link")
                case .image: kinds.insert("image")
                case .text, .lineBreak, .code, .emphasis, .strong, .strikethrough, .footnote, .value: break
                }
            }
        }
        return kinds
    }
}
