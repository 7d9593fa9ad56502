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
        file.settings.flatMap { setting -> [Diagnostic] in
            dates(in: setting).compactMap { text, offset in
                guard let date = CalendarDate(String(text)), date > context.today else { return nil }
                return rule.diagnostic(
                    "\(date) has not come yet", at: file.location(setting, from: offset, length: text.count),
                    help: "Write the day on which somebody last looked.")
            }
        }
    }

    /// What stands for a date in a setting, or in the settings within its braces, and how many signs after the value's
    /// first it begins.
    private static func dates(in setting: SettingsText.Setting) -> [(text: Substring, offset: Int)] {
        func date(_ text: Substring) -> Substring {
            text.drop { $0 == " " || $0 == "\"" || $0 == "'" }.prefix { $0.isNumber || $0 == "-" }
        }
        func offset(_ text: Substring) -> Int {
            setting.value.unicodeScalars.distance(from: setting.value.startIndex, to: text.startIndex)
        }
        if keys.contains(setting.key) {
            let found = date(setting.value)
            return [(found, offset(found))]
        }
        guard setting.value.first == "{" else { return [] }
        return setting.value.split { "{},".contains($0) }.compactMap { part in
            guard let colon = part.firstIndex(of: ":"),
                keys.contains(String(part[..<colon].drop { $0 == " " }))
            else { return nil }
            let found = date(part[part.index(after: colon)...])
            return (found, offset(found))
        }
    }
}
