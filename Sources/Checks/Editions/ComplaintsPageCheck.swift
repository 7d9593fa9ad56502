import Guidance
import Workspace

/// Families must find how to complain.
struct ComplaintsPageCheck: EditionCheck {
    static let rule = "NoComplaintsPage"
    static let isRequiredToPublish = true

    func problems(in edition: Edition) -> [Diagnostic] {
        guard edition.isForFamilies, !edition.pages.contains(where: { $0.kind == .complaints }) else {
            return []
        }
        return [
            .warning(
                Self.rule, "\(edition.council.name) has no page that says how to complain",
                at: edition.settings,
                help: "Add complaints.md to the shared guidance or to the council.")
        ]
    }
}
