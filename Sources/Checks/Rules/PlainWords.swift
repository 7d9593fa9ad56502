import Workspace

/// Official words that have a plainer one, from `checks/`.
struct PlainWords: PhraseRule {
    static let rule = Rule(
        "PlainWords", .warning, "Official words stand where plain ones would do.",
        bad: "Phone the chair ⟦prior to the conference.", good: "Phone the chair before the conference.")

    static func message(_ found: String) -> String { "'\(found)' has a plainer word" }
}
