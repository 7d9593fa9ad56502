import Workspace

/// Organisations that are no more, from `checks/`.
struct AbolishedBody: PhraseRule {
    static let rule = Rule(
        "AbolishedBody", .warning, "The page sends families to an organisation that is no more.",
        bad: "Ask your ⟦Primary Care Trust.", good: "Ask your GP surgery.")

    static func message(_ found: String) -> String { "'\(found)' is no more" }
}
