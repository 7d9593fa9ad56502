import Guidance
import Workspace

/// A block that was pasted and changed in one place: one of the two is wrong.
struct ContactsNearlyAgree: PortalRule {
    static let rule = Rule(
        "ContactsNearlyAgree", .warning,
        "Two contacts agree but for one digit of a number, or for the postcode of an address: one of them may be a mistake.",
        bad:
            "councils/kent: nspcc: {name: NSPCC, phone: 0808 800 5000}\ncouncils/essex: nspcc: {name: NSPCC, phone: 0808 800 5001}",
        good: "portal.yml: nspcc: {name: NSPCC, phone: 0808 800 5000}")

    static func problems(in portal: Portal, _ context: LintContext) -> [Diagnostic] {
        let contacts = (portal.nationalContacts + portal.councils.flatMap(\.ownContacts))
            .sorted { $0.location < $1.location }
        return numbers(contacts) + addresses(contacts)
    }

    // MARK: Numbers

    /// Contacts that are meant to be one, by what they share: a name, or another way to reach them.
    private static func numbers(_ contacts: [Contact]) -> [Diagnostic] {
        var groups: [String: [Contact]] = [:]
        for contact in contacts where contact.ways.contains(where: { digits($0) != nil }) {
            groups["name " + contact.name.plainText.lowercased(), default: []].append(contact)
            for way in contact.ways {
                guard let destination = way.destination, way.channel == .email || way.channel == .web else {
                    continue
                }
                groups[KnownContacts.key(destination), default: []].append(contact)
            }
        }
        var found: Set<Diagnostic> = []
        for group in groups.values {
            // One of each number: a hundred councils may have the right one.
            var seen: [(digits: [UInt8], contact: Contact, text: String)] = []
            for contact in group {
                for way in contact.ways {
                    guard let own = digits(way), !seen.contains(where: { $0.digits == own }) else { continue }
                    // Whom a contact gives a second number of its own is meant to have two.
                    if let near = seen.first(where: {
                        $0.contact.location != contact.location && KnownContacts.differByOne(own, $0.digits)
                    }) {
                        found.insert(problem(contact, way.text, near.contact, near.text))
                    }
                    seen.append((own, contact, way.text))
                }
            }
        }
        return found.sorted()
    }

    private static func problem(
        _ contact: Contact, _ text: String, _ other: Contact, _ otherText: String
    ) -> Diagnostic {
        rule.diagnostic(
            "'\(text)' of '\(contact.id)' is nearly '\(otherText)' of '\(other.id)'", at: contact.location,
            help:
                "Try both. If they are one service, keep the right one, in portal.yml where councils share it.",
            related: [.init("'\(other.id)'", at: other.location)])
    }

    private static func digits(_ way: Contact.Way) -> [UInt8]? {
        switch way.channel {
        case .phone, .text: way.destination.map { Array(KnownContacts.key($0).utf8) }
        case .email, .web, .post, .visit: nil
        }
    }

    // MARK: Addresses

    private struct Address {
        var contact: Contact
        var postcode: String
    }

    /// Addresses with one street and two postcodes.
    private static func addresses(_ contacts: [Contact]) -> [Diagnostic] {
        var first: [String: Address] = [:]
        var found: [Diagnostic] = []
        for contact in contacts {
            for way in contact.ways where way.channel == .post || way.channel == .visit {
                guard let (place, postcode) = parts(of: way.text) else { continue }
                guard let known = first[place] else {
                    first[place] = Address(contact: contact, postcode: postcode)
                    continue
                }
                if known.postcode == postcode || known.contact.location == contact.location { continue }
                found.append(
                    rule.diagnostic(
                        "'\(contact.id)' has the address of '\(known.contact.id)' with another postcode: \(postcode), not \(known.postcode)",
                        at: contact.location, help: "Find out which is right.",
                        related: [.init("'\(known.contact.id)'", at: known.contact.location)]))
            }
        }
        return found
    }

    /// The lines from the street on, and the postcode; nil where no street is named by a number, or there is no postcode.
    private static func parts(of address: String) -> (place: String, postcode: String)? {
        var lines = address.split { $0 == "\n" || $0 == "," }.map {
            $0.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }.filter { !$0.isEmpty }
        guard let last = lines.popLast(),
            let match = last.firstMatch(of: /(?:^|\s)([a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2})$/)
        else { return nil }
        let before = last[..<match.range.lowerBound]
        if !before.isEmpty { lines.append(String(before)) }
        // A name of a building says where it is only with its street.
        guard let street = lines.lastIndex(where: { $0.first?.isNumber ?? false }), lines.count - street > 1
        else { return nil }
        return (
            lines[street...].joined(separator: "\n"), match.output.1.filter { $0 != " " }.uppercased()
        )
    }
}
