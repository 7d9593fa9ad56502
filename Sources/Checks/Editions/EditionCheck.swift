import Guidance
import Workspace

/// One rule about what an edition says: produces problems, changes nothing.
public protocol EditionCheck: Sendable {
    /// The stable name of the rule.
    static var rule: String { get }
    /// Whether `--strict` makes its warnings errors: what a publishable site must not lack.
    static var isRequiredToPublish: Bool { get }

    func problems(in edition: Edition) -> [Diagnostic]
}

extension EditionCheck {
    public static var isRequiredToPublish: Bool { false }
}

/// Every rule, in the order of their names.
public enum EditionChecks {
    public static let all: [any EditionCheck] = [
        AccessibilityContactCheck(), AccessibilityDetailsCheck(), ComplaintsPageCheck(), ContactsCheck(),
        ContactsNeverCheckedCheck(), FillerNumberCheck(),
    ]

    /// What the register says of them.
    static let rules: [Rule] = [
        Rule(
            "AccessibilityReviewOverdue", .warning, "Nobody has tested the site's accessibility for a year.",
            bad: "reviewed: 2020-01-31", good: "reviewed: 2026-11-21"),
        Rule(
            AccessibilityContactCheck.rule, .warning, "Nobody takes reports about the site's accessibility.",
            bad: "accessibility: {status: partially}",
            good: "accessibility: {contact: web, status: partially}"),
        Rule(
            AccessibilityDetailsCheck.rule, .warning,
            "A public body's website needs an accessibility statement, and its facts are not there.",
            bad: "council.yml without 'accessibility'",
            good: "accessibility: {contact: web, status: partially, prepared: 2026-11-21}"),
        Rule(
            ComplaintsPageCheck.rule, .warning, "No page says how to complain.", bad: "no complaints.md",
            good: "guidance/complaints.md"),
        Rule(
            ContactsCheck.rule, .warning, "Families find nobody to talk to.",
            bad: "council.yml without 'contacts'",
            good: "contacts: {chair: {name: The chair, phone: 01865 815672}}"),
        Rule(
            ContactsNeverCheckedCheck.rule, .warning, "Nobody has tried a number or address.",
            bad: "chair: {name: The chair, phone: 01865 815672}",
            good: "chair: {name: The chair, phone: 01865 815672, checked: 2026-11-21}"),
        Rule(
            FillerNumberCheck.rule, .warning, "A number only fills a place: no phone has it.",
            bad: "phone: 01234 567890", good: "phone: 01865 815672"),
    ]

    /// Names of the rules that `--strict` makes errors.
    public static let requiredToPublish: Set<String> = Set(
        all.filter { type(of: $0).isRequiredToPublish }.map { type(of: $0).rule })

    /// The problems of an edition in the source language; translations are judged by their catalogue.
    public static func problems(in edition: Edition) -> Diagnostics {
        guard edition.language == edition.sourceLanguage else { return Diagnostics() }
        return Diagnostics(all.flatMap { $0.problems(in: edition) })
    }
}

extension Edition {
    /// The council's settings file, as the user would type it, where no better place is known.
    var settings: SourceLocation {
        SourceLocation(file: councilLocation.file, range: councilLocation.range)
    }

    /// Whether any page is for families.
    var isForFamilies: Bool { pages.contains { $0.audience != .professionals } }
}
