import Workspace

/// Words of files about parents, from `checks/`.
struct BlamingWords: PhraseRule {
    static let rule = Rule(
        "BlamingWords", .warning, "Words of professionals' files blame the parent who reads them.",
        bad: "Parents who ⟦fail to engage are asked again.", good: "If you do not come, we ask you again.")

    static func message(_ found: String) -> String { "'\(found)' blames the parent who reads it" }
}
