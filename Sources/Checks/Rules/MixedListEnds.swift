import Markdown
import Workspace

/// One list, several ways to end an item.
struct MixedListEnds: TextRule {
    static let rule = Rule(
        "MixedListEnds", .warning,
        "The items of a list end in different ways, which looks like text that was lost.",
        bad: "You can bring:\n\n- a friend;\n- ⟦a relative\n- a solicitor;\n- an advocate.",
        good: "You can bring:\n\n- a friend\n- a relative\n- a solicitor\n- an advocate.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        problems(text.blocks, text)
    }

    private static func problems(_ blocks: [Block], _ text: GuidanceText) -> [Diagnostic] {
        blocks.flatMap { block -> [Diagnostic] in
            switch block.content {
            case .list(let list):
                return check(list, text) + list.items.flatMap { problems($0.blocks, text) }
            case .quote(let inner), .callout(_, let inner), .footnote(_, let inner):
                return problems(inner, text)
            case .paragraph, .heading, .code, .thematicBreak, .table: return []
            }
        }
    }

    private static func check(_ list: Block.List, _ text: GuidanceText) -> [Diagnostic] {
        var ends: [(end: Character?, passage: Passage)] = []
        for item in list.items {
            // Items of several paragraphs or sentences end as sentences do.
            guard item.blocks.count == 1, case .paragraph(let passage)? = item.blocks.first?.content else {
                return []
            }
            let words = Prose(PlacedPassage(passage: passage, role: .item))
            if words.sentences.count > 1 { return [] }
            guard let last = passage.plainText.last else { return [] }
            if case .placeholder? = passage.inlines.last { return [] }
            // The dot of "etc." belongs to the word.
            let isShort =
                last == "."
                && ["etc.", "e.g.", "i.e.", "a.m.", "p.m."].contains(where: passage.plainText.hasSuffix)
            ends.append((".;,?!:".contains(last) && !isShort ? last : nil, passage))
        }
        // The last item may end the sentence that the list makes.
        // A question among others ends as questions do.
        let inner = ends.dropLast().filter { $0.end != "?" && $0.end != "!" }
        guard inner.count >= 2 else { return [] }
        var counts: [Character?: Int] = [:]
        for (end, _) in inner { counts[end, default: 0] += 1 }
        guard counts.count > 1, let most = counts.max(by: { $0.value < $1.value }) else { return [] }
        // The one that differs; of as many of each, the first that differs from the first.
        let usual = counts.values.allSatisfy { $0 == most.value } ? inner.first?.end : most.key
        guard let odd = inner.first(where: { $0.end != usual })
        else {
            return []
        }
        return [
            rule.diagnostic(
                "this item ends with \(name(odd.end)), others of its list with \(name(usual ?? nil))",
                at: text.location(odd.passage.range), help: "End all items in one way; none needs a sign.")
        ]
    }

    private static func name(_ end: Character?) -> String { end.map { "'\($0)'" } ?? "no sign" }
}
