import Guidance
import Workspace

/// Opening hours of one council by two clocks.
struct MixedHours: EditionRule {
    static let rule = Rule(
        "MixedHours", .warning,
        "One contact of a council has its hours as 9am to 5pm, another as 09:00 to 17:00.",
        bad: "chair: {hours: 9am to 5pm}\nteam: {hours: \"09:00 to 17:00\"}",
        good: "chair: {hours: 9am to 5pm}\nteam: {hours: 9am to 5pm}")

    private enum Clock { case twelve, twentyFour }

    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        let contacts = edition.edition.contactGroups.flatMap(\.contacts)
            .filter { !$0.isNational }.sorted { $0.location < $1.location }
        let clocks = contacts.compactMap { contact in
            contact.hours.flatMap { clock($0.plainText) }.map { (contact: contact, clock: $0) }
        }
        guard let twelve = clocks.first(where: { $0.clock == .twelve }) else { return [] }
        return clocks.filter { $0.clock == .twentyFour }.map { odd in
            rule.diagnostic(
                "these hours are by the clock of 24 hours, those of '\(twelve.contact.id)' are not",
                at: SourceLocation(
                    file: odd.contact.location.file,
                    range: odd.contact.hours?.range ?? odd.contact.location.range),
                help: "Write all of them alike: 9am to 5pm.",
                related: [.init("'\(twelve.contact.id)'", at: twelve.contact.location)])
        }
    }

    /// Nil where nothing tells, or the hours have both, which is for `HalfGivenHours` to say.
    private static func clock(_ hours: String) -> Clock? {
        let hours = hours.lowercased()
        let twelve = hours.contains(/\b[0-9]{1,2}(?:[.:][0-9]{2})?\s?[ap]\.?m\b/)
        let twentyFour = hours.contains(/\b(?:0[0-9]|1[0-9]|2[0-3])[:.]?[0-5][0-9]\b(?!\s?[ap]\.?m)/)
        if twelve == twentyFour { return nil }
        return twelve ? .twelve : .twentyFour
    }
}
