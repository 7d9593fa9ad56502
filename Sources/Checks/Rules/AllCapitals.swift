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
        zip(text.passages, text.proses).compactMap { placed, prose in
            // Nearly every passage has a word that starts in small letters: only the others are taken apart.
            guard !prose.words.isEmpty, couldBeCapitals(prose) else { return nil }
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

    /// Whether fewer than a few letters of the passage's own text are small.
    private static func couldBeCapitals(_ prose: Prose) -> Bool {
        // Small letters in code and in facts do not count, and only passages that have any are looked at closely.
        var hasOther = false
        prose.passage.inlines.forEachInline { inline in
            switch inline {
            case .code, .placeholder, .value, .link, .image: hasOther = true
            case .text, .lineBreak, .emphasis, .strong, .strikethrough, .footnote: break
            }
        }
        return hasOther || !prose.scalars.contains { $0.properties.isLowercase }
    }
}
