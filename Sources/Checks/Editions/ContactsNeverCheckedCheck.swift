import Guidance
import Workspace

/// A number that nobody has tried can misdirect a family.
struct ContactsNeverCheckedCheck: EditionCheck {
    static let rule = "ContactsNeverChecked"

    func problems(in edition: Edition) -> [Diagnostic] {
        // Grouped by file, so that national contacts are reported once, not for each council.
        let unchecked = edition.contactGroups.flatMap(\.contacts).filter { $0.checked == nil }
        return Dictionary(grouping: unchecked, by: \.location.file).map { _, contacts in
            let contacts = contacts.sorted { $0.location < $1.location }
            return .warning(
                Self.rule,
                "nobody has checked \(contacts.count == 1 ? "this contact" : "these contacts"): "
                    + contacts.map(\.id).joined(separator: ", "),
                at: contacts.first?.location,
                help:
                    "Try each of them, then add 'checked' with the date. Until then the page of contacts says so."
            )
        }
    }
}
