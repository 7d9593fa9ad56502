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

    private static let wheres: Set<String> = ["below", "above", "opposite", "overleaf"]

    private static func hasHeading(_ blocks: [Block], below line: Int) -> Bool {
        blocks.contains { block in
            guard case .heading = block.content else { return false }
            return block.range.map { $0.start.line > line } ?? false
        }
    }

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for placed in text.passages {
            let prose = Prose(placed)
            for index in prose.words.indices.dropFirst(2)
            where wheres.contains(prose.words[index].text) && prose.words[index - 2].text == "the" {
                let (thing, place) = (prose.words[index - 1].text, prose.words[index].text)
                // What stands above may be anywhere on the page, since a link goes back to it as well.
                guard let wanted = things[thing], let line = placed.passage.range?.start.line,
                    kinds(in: text.blocks, from: place == "below" ? line : 0).isDisjoint(with: wanted)
                else { continue }
                // A list may be of headings.
                if thing == "list", hasHeading(text.blocks, below: line) { continue }
                found.append(
                    rule.diagnostic(
                        place == "below" ? "there is no \(thing) below" : "this page has no \(thing)",
                        at: text.location(
                            text.place(
                                of: prose.text(prose.range((index - 2)..<(index + 1))),
                                in: placed.passage.range)),
                        help: "Add it, or link to where it is."))
            }
        }
        return found + promises(in: text)
    }

    /// What is sent along with a letter, and a page has only by a link.
    private static let papers: Set<String> = [
        "form", "forms", "leaflet", "leaflets", "booklet", "document", "documents", "letter", "map",
        "factsheet",
        "checklist", "guide", "guidance", "poster", "questionnaire", "template", "agenda", "list",
    ]

    /// "The form is attached", "download the leaflet", on a page that links to nothing.
    private static func promises(in text: GuidanceText) -> [Diagnostic] {
        guard !kinds(in: text.blocks, from: 0).contains("link") else { return [] }
        return text.passages.flatMap { placed -> [Diagnostic] in
            let prose = Prose(placed)
            let words = prose.words.map(\.text)
            return words.indices.compactMap { index in
                guard papers.contains(words[index]), let range = promise(words, of: index) else { return nil }
                return rule.diagnostic(
                    "this page has no link to the \(words[index])",
                    at: text.location(
                        text.place(of: prose.text(prose.range(range)), in: placed.passage.range)),
                    help: "Link to it, or say where families get it.")
            }
        }
    }

    private static func promise(_ words: [String], of index: Int) -> Range<Int>? {
        let sent: Set<String> = ["attached", "enclosed"]
        // "the attached form"
        if index > 0, sent.contains(words[index - 1]) { return (index - 1)..<(index + 1) }
        // "the form is attached"
        if index + 2 < words.count, ["is", "are"].contains(words[index + 1]), sent.contains(words[index + 2])
        {
            return index..<(index + 3)
        }
        // "download the form", "download our leaflet"
        if index > 1, words[index - 2] == "download", ["the", "our", "this", "a"].contains(words[index - 1]) {
            return (index - 2)..<(index + 1)
        }
        return nil
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
