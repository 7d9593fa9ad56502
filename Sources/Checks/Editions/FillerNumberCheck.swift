import Guidance
import Workspace

/// A number that only fills a place rings nobody: one kept for drama, or digits in a row.
struct FillerNumberCheck: EditionCheck {
    static let rule = "FillerNumber"
    static let isRequiredToPublish = true

    func problems(in edition: Edition) -> [Diagnostic] {
        edition.contactGroups.flatMap(\.contacts).flatMap { contact in
            contact.ways.filter { way in
                (way.channel == .phone || way.channel == .text)
                    && (try? PhoneNumber(way.text, messages: way.channel == .text))?.isFiller ?? false
            }.map { way in
                .warning(
                    Self.rule, "nobody can be reached under '\(way.text)': no phone has this number",
                    at: contact.location,
                    help: "Write the real number, or leave the contact out until you have it.")
            }
        }
    }
}
