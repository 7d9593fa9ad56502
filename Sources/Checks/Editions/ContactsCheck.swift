import Guidance
import Workspace

/// Families must find somebody to talk to, and what to do in danger.
struct ContactsCheck: EditionCheck {
    static let rule = "NoContacts"
    static let isRequiredToPublish = true

    func problems(in edition: Edition) -> [Diagnostic] {
        guard edition.contactGroups.allSatisfy(\.contacts.isEmpty) else { return [] }
        return [
            .warning(
                Self.rule, "\(edition.council.name) has no contact at all", at: edition.settings,
                help: "Add 'contacts' to its council.yml, and the emergency number to portal.yml.")
        ]
    }
}
