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
        var first: [String: EventTime] = [:]
        var found: [Diagnostic] = []
        for time in EventTime.all(in: edition) where time.piece.page.audience != .professionals {
            guard let known = first[time.event.name] else {
                first[time.event.name] = time
                continue
            }
            guard !time.duration.isAbout(known.duration) else { continue }
            found.append(
                rule.diagnostic(
                    "\(edition.edition.council.name) gives \(time.duration.text) for \(time.event.name) here, and \(known.duration.text) elsewhere",
                    at: edition.location(time.range, in: time.piece),
                    help: "Find out which is right, make it a fact, and write {{its name}} in both places.",
                    related: [.init("the other time", at: edition.location(known.range, in: known.piece))]))
        }
        return found
    }
}
