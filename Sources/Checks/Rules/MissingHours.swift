import Guidance
import Workspace

/// A number without hours, where the council's others have them: a family phones in the evening, and nobody answers.
struct MissingHours: EditionRule {
    static let rule = Rule(
        "MissingHours", .warning,
        "A council says of most of its numbers when they are answered, and not of this one.",
        bad:
            "chair: {phone: 01865 815672, hours: 9am to 5pm}\nteam: {phone: 01865 323589, hours: 9am to 5pm}\nadvice: {phone: 01865 328050}",
        good:
            "chair: {phone: 01865 815672, hours: 9am to 5pm}\nteam: {phone: 01865 323589, hours: 9am to 5pm}\nadvice: {phone: 01865 328050, hours: 9am to 1pm}"
    )

    /// What says in other words when somebody answers.
    private static let always = [
        "24", "day and night", "any time", "anytime", "at night", "out of hours", "evening",
    ]

    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        let phones = edition.edition.contactGroups.flatMap(\.contacts).filter { contact in
            !contact.isNational && contact.ways.contains { $0.channel == .phone }
        }.sorted { $0.location < $1.location }
        let given = phones.filter { $0.hours != nil }
        let missing = phones.filter { contact in
            let told = [contact.name, contact.purpose, contact.note].compactMap { $0?.plainText.lowercased() }
            return contact.hours == nil
                && !told.contains { text in always.contains { text.contains($0) } }
        }
        guard given.count >= 2, given.count > missing.count else { return [] }
        return missing.map { contact in
            rule.diagnostic(
                "'\(contact.id)' does not say when it is answered; \(given.count) other contacts do",
                at: contact.location, help: "Add 'hours', with the day on which you asked as 'checked'.",
                related: given.first.map { [.init("'\($0.id)' does", at: $0.location)] } ?? [])
        }
    }
}
