import Workspace

/// Guidance that has been replaced, from `checks/`.
struct ReplacedGuidance: PhraseRule {
    static let rule = Rule(
        "ReplacedGuidance", .warning, "The page relies on guidance that has been replaced.",
        bad: "This follows ⟦Working Together to Safeguard Children 2018.",
        good: "This follows Working Together to Safeguard Children.")

    static func message(_ found: String) -> String { "'\(found)' has been replaced" }
}
