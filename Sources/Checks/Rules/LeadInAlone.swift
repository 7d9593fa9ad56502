import Markdown
import Workspace

/// "You can bring:" with nothing after it.
struct LeadInAlone: TextRule {
    static let rule = Rule(
        "LeadInAlone", .warning, "A sentence announces a list or more, and nothing follows it.",
        bad: "⟦You can bring:\n\n## What to wear\n\nWhat you like.",
        good: "You can bring:\n\n- a friend\n- a relative")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (index, block) in text.blocks.enumerated() {
            guard case .paragraph(let passage) = block.content, passage.plainText.hasSuffix(":") else {
                continue
            }
            // "Also asked:" and other labels of a line of their own are no sentences.
            guard passage.plainText.count(where: { $0 == " " }) >= 2 else { continue }
            // The end of a box or a small picture of another generator, `:::` and `:wave:`, announces nothing.
            let last = passage.plainText.split(whereSeparator: \.isWhitespace).last ?? ""
            guard !last.hasPrefix(":") else { continue }
            // Labels of a form: "Name: Position: Date:".
            guard passage.plainText.count(where: { $0 == ":" }) < 3 else { continue }
            let next = index + 1 < text.blocks.count ? text.blocks[index + 1].content : nil
            switch next {
            case nil, .heading?, .thematicBreak?: break
            case .paragraph?, .list?, .quote?, .callout?, .footnote?, .code?, .table?: continue
            }
            found.append(
                rule.diagnostic(
                    "nothing follows this line, which ends with a colon",
                    at: text.location(
                        text.place(of: passage.plainText, in: passage.range) ?? passage.range),
                    help: "Write what it announces, or take the line out."))
        }
        return found
    }
}
