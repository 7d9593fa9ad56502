import Guidance
import Workspace

/// A page of which nobody says when it was last read through, where the others say it.
struct PageWithoutReview: EditionRule {
    static let rule = Rule(
        "PageWithoutReview", .warning,
        "Most pages of a portal say when they were last reviewed, and this one does not.",
        bad: "two pages with 'reviewed', and one without it", good: "reviewed: 2026-11-21")

    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        let pages = edition.edition.pages.filter { $0.kind != .accessibility }
        let given = pages.count { $0.reviewed != nil }
        guard given >= 2, given * 3 >= pages.count * 2 else { return [] }
        return pages.filter { $0.reviewed == nil && !$0.file.isEmpty }.map { page in
            rule.diagnostic(
                "nobody says when this page was last reviewed; \(given) of \(pages.count) pages do",
                at: SourceLocation(file: page.file),
                help: "Read it through, then write 'reviewed' with the date between the lines --- at its top."
            )
        }
    }
}
