import Markdown
import Workspace

/// Sentences and lists that something was pushed into, as happens when a page's columns and boxes are copied.
struct BrokenText: TextRule {
    static let rule = Rule(
        "BrokenText", .warning,
        "A sentence, an item or a numbered list is broken off, and goes on below.",
        bad: "You can bring a friend to\n\n⟦the conference on the day.",
        good: "You can bring a friend to the conference on the day.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        let blocks = text.blocks
        var found: [Diagnostic] = []
        for index in blocks.indices {
            switch blocks[index].content {
            case .paragraph(let passage):
                guard let next = rest(of: blocks, after: index),
                    case .paragraph(let other) = blocks[next].content,
                    breaksOff(passage), goesOn(other)
                else { continue }
                found.append(
                    rule.diagnostic(
                        next == index + 1
                            ? "this goes on with the sentence of the paragraph above"
                            : "this goes on with the sentence above the box", at: text.location(other.range),
                        help: "Put the parts of the sentence together."))
            case .list(let list):
                found += items(list, text)
                guard let next = rest(of: blocks, after: index), next > index + 1,
                    case .list(let other) = blocks[next].content, let start = list.start,
                    let again = other.start,
                    again == start + list.items.count
                else { continue }
                found.append(
                    rule.diagnostic(
                        "a box breaks this list, which goes on with number \(again)",
                        at: text.location(blocks[next].range),
                        help: "Put the box above or below the list, or four spaces in front of its lines."))
            case .heading, .quote, .callout, .footnote, .code, .thematicBreak, .table: continue
            }
        }
        return found
    }

    /// The next block, or the one below a box that stands between.
    private static func rest(of blocks: [Block], after index: Int) -> Int? {
        let next = index + 1
        guard blocks.indices.contains(next) else { return nil }
        switch blocks[next].content {
        case .paragraph: return next
        case .quote, .callout: return blocks.indices.contains(next + 1) ? next + 1 : nil
        case .heading, .list, .footnote, .code, .thematicBreak, .table: return nil
        }
    }

    /// Whether a paragraph stops within a sentence: it has several words, and a letter at its end.
    private static func breaksOff(_ passage: Passage) -> Bool {
        guard case .text? = passage.inlines.last, let last = passage.plainText.last, last.isLetter else {
            return false
        }
        return passage.plainText.count { $0 == " " } >= 2
    }

    private static func goesOn(_ passage: Passage) -> Bool {
        guard case .text? = passage.inlines.first, let first = passage.plainText.first else { return false }
        // A word of one letter may be what is left of a list: "o", "e.g.".
        let word = passage.plainText.prefix { $0.isLetter }
        return first.isLowercase && first.isASCII && (word.count > 1 || word == "a")
            && passage.plainText.count { $0 == " " } >= 1
    }

    /// Words that an item cannot end with.
    private static let hanging: Set<String> = [
        "the", "a", "an", "your", "their", "our", "my", "whose", "every", "because", "than",
    ]

    private static func items(_ list: Block.List, _ text: GuidanceText) -> [Diagnostic] {
        zip(list.items, list.items.dropFirst()).compactMap { item, next in
            guard case .paragraph(let passage)? = item.blocks.last?.content, breaksOff(passage),
                case .paragraph(let other)? = next.blocks.first?.content, goesOn(other),
                let last = passage.plainText.split(separator: " ").last, hanging.contains(last.lowercased())
            else { return nil }
            return rule.diagnostic(
                "this goes on with the item above", at: text.location(other.range),
                help: "Make one item of the two.")
        }
    }
}
