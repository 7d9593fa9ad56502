import Workspace

/// Laws that are no longer law, from `checks/`.
struct RepealedLaw: PhraseRule {
    static let rule = Rule(
        "RepealedLaw", .warning, "The page relies on a law that is no longer law.",
        bad: "You can see your records under the ⟦Data Protection Act 1998.",
        good: "You can see your records under the UK GDPR and the Data Protection Act 2018.")

    static func message(_ found: String) -> String { "'\(found)' is no longer law" }
}
