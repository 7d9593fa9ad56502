import Guidance
import Workspace

/// One number under two names.
struct ContactTwice: EditionRule {
    static let rule = Rule(
        "ContactTwice", .warning, "Two contacts have one number or address: one of them is a copy, or wrong.",
        bad:
            "nyas: {name: NYAS, phone: 0808 808 1001}\ncoram-voice: {name: Coram Voice, phone: 0808 808 1001}",
        good:
            "nyas: {name: NYAS, phone: 0808 808 1001}\ncoram-voice: {name: Coram Voice, phone: 0808 800 5792}"
    )

    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        var first: [String: Contact] = [:]
        var found: [Diagnostic] = []
        let contacts = edition.edition.contactGroups.flatMap(\.contacts).sorted { $0.location < $1.location }
        for contact in contacts {
            for way in contact.ways {
                guard let destination = way.destination else { continue }
                let key = KnownContacts.key(destination)
                guard let other = first[key] else {
                    first[key] = contact
                    continue
                }
                let names = [contact, other].map { $0.name.plainText.lowercased() }
                // A council's switchboard may put people through to several of its own teams.
                guard other.id != contact.id,
                    names[0] == names[1] || contact.isNational || other.isNational
                else { continue }
                found.append(
                    rule.diagnostic(
                        "'\(contact.id)' has the same \(way.channel.rawValue) as '\(other.id)': \(way.text)",
                        at: contact.location,
                        help: names[0] == names[1]
                            ? "Keep one of them." : "Check whose it is, and give each its own.",
                        related: [.init("'\(other.id)'", at: other.location)]))
            }
        }
        return found
    }
}
