import Workspace

/// A heading without words is a gap in the list of headings.
struct EmptyHeading: TextRule {
    static let rule = Rule(
        "EmptyHeading", .warning,
        "A heading has no words, so people who listen hear a heading and nothing else.",
        bad: "⟦##\n\nBring your notes.", good: "## What to bring\n\nBring your notes.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        text.passages.compactMap { placed in
            guard case .heading = placed.role,
                placed.passage.plainText.allSatisfy({ $0.isWhitespace })
            else { return nil }
            return rule.diagnostic(
                "this heading has no words", at: text.location(placed.block),
                help: "Write what stands under it, or delete the line.")
        }
    }
}
