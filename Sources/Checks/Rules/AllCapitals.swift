import Markdown
import Workspace

/// Words in capitals are hard to read, and some screen readers spell them.
struct AllCapitals: TextRule {
    static let rule = Rule(
        "AllCapitals", .warning,
        "A heading or sentence is in capitals, which is hard to read and may be spelt out.",
        bad: "⟦## WHAT TO BRING ON THE DAY\n\nBring your notes.",
        good: "## What to bring on the day\n\nBring your notes.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        text.passages.compactMap { placed in
            let prose = Prose(placed)
            // Code and facts are written as they have to be.
            let words = prose.pieces.filter { $0.kind == .text }.map { prose.text($0.range) }.joined()
                .split { !$0.isLetter }
            guard words.count(where: { $0.count >= 3 }) >= 3,
                words.allSatisfy({ word in word.allSatisfy { !$0.isLowercase } })
            else { return nil }
            let isHeading = if case .heading = placed.role { true } else { false }
            return rule.diagnostic(
                "this is all in capitals",
                at: text.location(isHeading ? placed.block : placed.passage.range),
                help: "Write it in small letters; headings stand out by themselves.")
        }
    }
}
