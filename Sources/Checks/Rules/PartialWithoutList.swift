import Guidance
import Workspace

/// A statement that says "partially" must say where not.
struct PartialWithoutList: EditionRule {
    static let rule = Rule(
        "PartialWithoutList", .warning,
        "An accessibility statement says that the site meets the standard in part, and not where it fails.",
        bad: "accessibility: {status: partially, prepared: 2026-11-21}",
        good:
            "accessibility:\n  status: partially\n  prepared: 2026-11-21\n  non-compliance: [Some PDF files have no headings.]"
    )

    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        guard let details = edition.edition.accessibility, details.status == .partially,
            details.nonCompliance.isEmpty, details.disproportionateBurden.isEmpty, details.outOfScope.isEmpty
        else { return [] }
        return [
            rule.diagnostic(
                "the accessibility statement says 'partially', and not what fails", at: details.location,
                help: "List what fails under 'non-compliance'.")
        ]
    }
}
