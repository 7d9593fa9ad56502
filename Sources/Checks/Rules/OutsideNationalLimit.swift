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
        EventTime.all(in: edition).compactMap { piece, time in
            problem(time, [edition.edition.council.nation]) { edition.location(time.range, in: piece) }
        }
    }

    fileprivate static func problem(
        _ time: EventTime, _ nations: Set<Nation>, place: () -> SourceLocation
    ) -> Diagnostic? {
        let limits = time.event.limits.filter { nations.contains($0.key) }
        guard let limit = limits.values.max(by: { $0.days < $1.days }), time.duration.days > limit.days * 1.08
        else { return nil }
        return rule.diagnostic(
            "\(time.duration.text) for \(time.event.name) is longer than \(limit.text), which is the most that national guidance allows",
            at: place(), help: "Check it with \(time.event.source).")
    }
}

/// A page that belongs to no portal is read alone.
extension OutsideNationalLimit: TextRule {
    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        guard !context.isPortal else { return [] }
        return EventTime.all(in: text).compactMap { time in
            problem(time, context.nations) { text.location(time.range, of: time.prose) }
        }
    }
}
