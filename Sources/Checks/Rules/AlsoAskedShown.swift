import Markdown
import Workspace

/// "Also asked:" where the words that feed the search are shown to readers.
struct AlsoAskedShown: TextRule {
    static let rule = Rule(
        "AlsoAskedShown", .warning,
        "Words for the search stand where readers see them: 'Also asked:' counts right below the heading of a section.",
        bad: "## Who visits?\n\nYour social worker.\n\n⟦Also asked: home visit",
        good: "## Who visits?\n\nAlso asked: home visit\n\nYour social worker.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        guard context.isPortal else { return [] }
        var found: [Diagnostic] = []
        /// Whether what stands above is the heading of a section, or such words below it.
        var isBelowHeading = false
        for block in text.blocks {
            if case .heading(let level, _) = block.content {
                isBelowHeading = level > 1
                continue
            }
            guard case .paragraph(let passage) = block.content,
                let start = passage.plainText.prefixMatch(of: /(?i)also asked *:/)?.output
            else {
                isBelowHeading = false
                continue
            }
            if start == "Also asked:", isBelowHeading { continue }
            found.append(
                rule.diagnostic(
                    "readers see '\(start)' and what follows it",
                    at: text.location(text.place(of: String(start), in: passage.range) ?? passage.range),
                    help: start == "Also asked:"
                        ? "Put the line right below the heading of its section (## …), above its text."
                        : "Write 'Also asked:', right below the heading of its section (## …)."))
        }
        return found
    }
}
