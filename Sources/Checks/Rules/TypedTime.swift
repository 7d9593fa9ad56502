import Guidance
import Workspace

/// A deadline typed into shared guidance is one council's, and shown to every family.
struct TypedTime: EditionRule {
    static let rule = Rule(
        "TypedTime", .warning,
        "A time that each council decides is typed into shared guidance, where it holds for no council but one.",
        bad: "Later core groups are every ⟦6 weeks.",
        good: "Later core groups are every few weeks. Ask your social worker when.")

    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        EventTime.all(in: edition).compactMap { piece, time in
            // A time that the law limits may be the law's own.
            guard time.event.limits.isEmpty, !piece.prose.hasValues, !piece.file.contains("/councils/"),
                piece.page.audience != .professionals
            else { return nil }
            return rule.diagnostic(
                "'\(time.duration.text)' for \(time.event.name) is typed into guidance that every council shows",
                at: edition.location(time.range, in: piece),
                help:
                    "Make it a fact of the councils that have said it, and write {{its name}} {when=its-name}."
            )
        }
    }
}
