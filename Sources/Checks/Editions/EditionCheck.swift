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
        ContactsNeverCheckedCheck(), FillerNumberCheck(), TypedContactCheck(),
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
