import Workspace

/// `n` is text, so a condition on it holds.
struct LooksLikeYesNo: SettingsRule {
    static let rule = Rule(
        "LooksLikeYesNo", .warning,
        "A value looks like yes or no and is read as text, so a condition on it holds.",
        bad: "recording: ⟦n", good: "recording: no")

    private static let words: Set<Substring> = [
        "n", "y", "nope", "yep", "yess", "yeah", "n/a", "na", "none", "not", "no", "never",
    ]

    /// Settings of facts that are words by their sort.
    private static let texts: Set<String> = ["label", "source", "words", "name", "description", "checked"]

    static func problems(in file: SettingsText, _ context: LintContext) -> [Diagnostic] {
        file.factSettings.compactMap { setting in
            guard !texts.contains(setting.key) else { return nil }
            let value = setting.words.text.lowercased()
            let parts = value.split { $0 == " " || $0 == "," || $0 == "." || $0 == ";" }
            // "no, not at all"; "no" alone is read as it is meant, and longer text may be meant to be shown.
            guard let first = parts.first, words.contains(first), parts.count <= 3,
                !(parts.count == 1 && value == "no" && setting.value == setting.words.text)
            else { return nil }
            let meant = first.hasPrefix("y") ? "yes" : "no"
            return rule.diagnostic(
                "'\(setting.words.text)' is read as text, not as \(meant)", at: file.location(setting),
                help: "Write '\(meant)' without quotes, or leave it out.")
        }
    }
}
