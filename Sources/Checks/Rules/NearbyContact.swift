import Guidance
import Workspace

/// An address that is one letter off another.
struct NearbyContact: EditionRule {
    static let rule = Rule(
        "NearbyContact", .warning, "Two e-mail addresses differ by one sign: one of them may be a mistake.",
        bad: "chair: {email: chair@kent.gov.uk}\nhelp: {email: chiar@kent.gov.uk}",
        good: "chair: {email: chair@kent.gov.uk}")

    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        let addresses = edition.edition.contactGroups.flatMap(\.contacts).flatMap { contact in
            contact.ways.filter { $0.channel == .email }.map {
                (contact: contact, address: $0.text.lowercased())
            }
        }.sorted { $0.contact.location < $1.contact.location }
        var found: [Diagnostic] = []
        for (index, one) in addresses.enumerated() {
            for other in addresses[..<index]
            where KnownContacts.differByOne(Array(one.address.utf8), Array(other.address.utf8))
                // team1@ and team2@ are meant to differ.
                && one.address.filter(\.isNumber) == other.address.filter(\.isNumber)
            {
                found.append(
                    rule.diagnostic(
                        "'\(one.address)' differs by one sign from '\(other.address)' of '\(other.contact.id)'",
                        at: one.contact.location, help: "Check both, and correct the wrong one.",
                        related: [.init("'\(other.contact.id)'", at: other.contact.location)]))
            }
        }
        return found
    }
}
