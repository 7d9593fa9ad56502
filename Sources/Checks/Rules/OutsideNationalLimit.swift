import Guidance
import Translations
import Workspace

/// Times that national guidance does not allow.
struct OutsideNationalLimit: EditionRule {
    static let rule = Rule(
        "OutsideNationalLimit", .warning,
        "A time is longer than national guidance allows: 3 months to the first review, 6 between later ones, 15 working days to a first conference.",
        bad: "The first review is within ⟦6 months of the conference.",
        good: "The first review is within 3 months of the conference.")

    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        EventTime.all(in: edition).compactMap { time in
            guard let limit = time.event.limits[edition.edition.council.nation],
                time.duration.days > limit.days * 1.08
            else { return nil }
            return rule.diagnostic(
                "\(time.duration.text) for \(time.event.name) is longer than \(limit.text), which is the most that national guidance allows",
                at: edition.location(time.range, in: time.piece),
                help: "Check it with \(time.event.source).")
        }
    }
}
