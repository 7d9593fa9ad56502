import Workspace

/// A translator writes, an interpreter speaks.
struct InterpreterNotTranslator: PhraseRule {
    static let rule = Rule(
        "InterpreterNotTranslator", .warning,
        "Somebody who speaks at a meeting is an interpreter; a translator writes.",
        bad: "You can have ⟦a translator at the conference.",
        good: "You can have an interpreter at the conference.")

    static func message(_ found: String) -> String { "'\(found)' is somebody who writes" }
}
