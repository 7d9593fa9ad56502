import Workspace

/// `n` is text, so a condition on it holds.
struct LooksLikeYesNo: SettingsRule {
    static let rule = Rule(
        "LooksLikeYesNo", .warning,
        "A value looks like yes or no and is read as text, so a condition on it holds.",
        bad: "recording: ⟦n", good: "recording: no")

    static func problems(in file: SettingsText, _ context: LintContext) -> [Diagnostic] {
        var inFacts: Int?
        return file.settings.compactMap { setting in
            if let indent = inFacts, setting.indent <= indent { inFacts = nil }
            if setting.key == "facts", setting.value.isEmpty { inFacts = setting.indent }
            let value = setting.value.lowercased()
            guard inFacts != nil, ["n", "y", "nope", "yep", "n/a", "na", "none", "not"].contains(value) else {
                return nil
            }
            return rule.diagnostic(
                "'\(setting.value)' is read as text, not as \(value.hasPrefix("y") ? "yes" : "no")",
                at: file.location(setting),
                help: "Write '\(value.hasPrefix("y") ? "yes" : "no")', or leave it out.")
        }
    }
}
