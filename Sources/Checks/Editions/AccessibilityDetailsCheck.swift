import Guidance
import Workspace

/// A public website needs an accessibility statement, and its facts are the council's (Public Sector Bodies
/// (Websites and Mobile Applications) Accessibility Regulations 2018, regulation 8).
struct AccessibilityDetailsCheck: EditionCheck {
    static let rule = "NoAccessibilityDetails"
    static let isRequiredToPublish = true

    func problems(in edition: Edition) -> [Diagnostic] {
        guard let details = edition.accessibility else { return [.missing(edition)] }
        let last = details.reviewed ?? details.prepared
        guard last.adding(months: 12) < edition.today else { return [] }
        return [.old(details, last)]
    }
}

extension Diagnostic {
    fileprivate static func missing(_ edition: Edition) -> Diagnostic {
        .warning(
            AccessibilityDetailsCheck.rule,
            "\(edition.council.name) has no accessibility details, so its site has no accessibility statement",
            at: edition.settings,
            help: "Add 'accessibility' with contact, response-time, status, prepared and reviewed.")
    }

    fileprivate static func old(_ details: AccessibilityDetails, _ last: CalendarDate) -> Diagnostic {
        .warning(
            "AccessibilityReviewOverdue",
            "the accessibility statement was last reviewed on \(last), more than 12 months ago",
            at: details.location, help: "Test the site again, then change 'reviewed'.")
    }
}
