import Guidance
import Translations
import Workspace

/// Two deadlines for one event in one edition: a family cannot know which is right.
struct EventTwoValues: EditionRule {
    static let rule = Rule(
        "EventTwoValues", .warning,
        "An edition gives two times for one event, and a family cannot know which is right.",
        bad: "The first review is within 3 months.\n\n## Later\n\nThe first review is within ⟦6 months.",
        good: "The first review is within 3 months.")

    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        let times = (EventTime.all(in: edition) + EventTime.steps(in: edition)).filter {
            $0.piece.page.audience != .professionals
        }
        return contradictions(times.map(\.time)) { edition.location($1, in: times[$0].piece) }
    }

    /// Of `times`, those that contradict the first that was given for the event.
    fileprivate static func contradictions(
        _ times: [EventTime], place: (Int, Range<Int>) -> SourceLocation
    ) -> [Diagnostic] {
        var first: [String: Int] = [:]
        var found: [Diagnostic] = []
        for (index, time) in times.enumerated() {
            guard let known = first[time.event.name] else {
                first[time.event.name] = index
                continue
            }
            guard !time.duration.isAbout(times[known].duration) else { continue }
            found.append(
                rule.diagnostic(
                    "this gives \(time.duration.text) for \(time.event.name); another sentence gives \(times[known].duration.text)",
                    at: place(index, time.range),
                    help: "Find out which is right, make it a fact, and write {{its name}} in both places.",
                    related: [.init("the other time", at: place(known, times[known].range))]))
        }
        return found
    }
}

/// A page that belongs to no portal is read alone.
extension EventTwoValues: TextRule {
    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        guard !context.isPortal else { return [] }
        let times = EventTime.all(in: text) + EventTime.steps(in: text)
        return contradictions(times) { text.location($1, of: times[$0].prose) }
    }
}
