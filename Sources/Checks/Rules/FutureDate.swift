import Workspace

/// Nobody has looked at a page, or tried a number, on a day that has not come: a slip in a date makes old words look
/// current for years.
struct FutureDate: SettingsRule {
    static let rule = Rule(
        "FutureDate", .warning,
        "A page or number is said to have been looked at on a day that has not come.",
        bad: "arrive-early: {value: 20 minutes, checked: ⟦2031-01-31}",
        good: "arrive-early: {value: 20 minutes, checked: 2026-01-31}")

    /// Settings that say when somebody did something.
    private static let keys: Set<String> = ["reviewed", "checked", "prepared", "first-published"]

    static func problems(in file: SettingsText, _ context: LintContext) -> [Diagnostic] {
        file.settings.compactMap { setting in
            guard keys.contains(setting.key) else { return nil }
            let text = setting.value.drop { $0 == " " || $0 == "\"" || $0 == "'" }
                .prefix { $0.isNumber || $0 == "-" }
            guard let date = CalendarDate(String(text)), date > context.today else { return nil }
            let offset = setting.value.unicodeScalars.distance(
                from: setting.value.startIndex, to: text.startIndex)
            return rule.diagnostic(
                "\(date) has not come yet", at: file.location(setting, from: offset, length: text.count),
                help: "Write the day on which somebody last looked.")
        }
    }
}
