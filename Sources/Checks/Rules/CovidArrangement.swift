import Workspace

/// Arrangements of the pandemic, from `checks/`.
struct CovidArrangement: PhraseRule {
    static let rule = Rule(
        "CovidArrangement", .warning, "The page tells of arrangements of the pandemic, which have ended.",
        bad: "Because of ⟦coronavirus, the conference is online.", good: "The conference may be online.")

    static func message(_ found: String) -> String { "'\(found)' is an arrangement of the pandemic" }
}
