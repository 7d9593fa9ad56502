import Guidance
import Workspace

/// The statement must say who takes reports of what is not accessible (Public Sector Bodies (Websites and Mobile
/// Applications) Accessibility Regulations 2018, regulation 8).
struct AccessibilityContactCheck: EditionCheck {
    static let rule = "NoAccessibilityContact"
    static let isRequiredToPublish = true

    func problems(in edition: Edition) -> [Diagnostic] {
        guard let details = edition.accessibility, details.contactID == nil else { return [] }
        return [.nobody(edition)]
    }
}

extension Diagnostic {
    fileprivate static func nobody(_ edition: Edition) -> Diagnostic {
        .warning(
            AccessibilityContactCheck.rule,
            "\(edition.council.name) names nobody who takes reports about its accessibility",
            at: edition.settings,
            help: "Add 'accessibility' with 'contact', the id of one of the contacts.")
    }
}
