import Translations
import Workspace

/// `15 mins` is silently text, and is never translated or counted.
struct LooksLikeDuration: SettingsRule {
    static let rule = Rule(
        "LooksLikeDuration", .warning,
        "A value looks like a length of time and is read as text, so it is not translated.",
        bad: "arrive-early: ⟦15 mins", good: "arrive-early: 15 minutes")

    private static let units = [
        "min", "mins", "minuts", "hr", "hrs", "hours", "wks", "wk", "mth", "mths", "mnths", "mo", "yr", "yrs",
        "dy",
        "dys", "working", "working-day", "working-days", "workingday", "workingdays", "wd", "wds", "calendar",
        "weeks", "days", "months",
        "years",
        "minutes", "hour", "day", "week", "month", "year", "minute",
    ]

    /// Settings of facts; elsewhere a number with a unit is text.
    static func problems(in file: SettingsText, _ context: LintContext) -> [Diagnostic] {
        file.factSettings.compactMap { setting in
            guard setting.key != "label", setting.key != "source" else { return nil }
            let value = setting.value.filter { $0 != "\"" && $0 != "'" }
            if isSpelledOut(value) { return problem(value, file.location(setting)) }
            guard let first = value.first, first.isNumber else { return nil }
            let number = value.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "½" || $0 == "–" }
            let unit = value.dropFirst(number.count).drop { $0 == " " }
            let words = unit.split(separator: " ").map { $0.lowercased().filter { $0 != "." } }
            if let meant = misspelt(words), let amount = Int(number) {
                return problem(value, file.location(setting), meant: "\(amount) \(meant)")
            }
            guard let word = words.first, units.contains(word),
                words.count <= 2 || words.dropFirst().allSatisfy({ units.contains($0) || Int($0) != nil })
            else { return nil }
            // What is read as it is meant.
            if Int(number) != nil, value.dropFirst(number.count).first == " ", DurationUnit(text: unit) != nil
            {
                return nil
            }
            return problem(value, file.location(setting))
        }
    }

    /// The unit that one or two words after a number are meant to be, where they are not spelt so: `workin days`.
    private static func misspelt(_ words: [String]) -> String? {
        let names = DurationUnit.allCases.map { $0.rawValue + "s" }
        guard (1...2).contains(words.count), DurationUnit(text: words.joined(separator: " ")) == nil else {
            return nil
        }
        // One slip a word: two make other words of them, "houses" of "hours".
        return names.first { name in
            let parts = name.split(separator: " ")
            return parts.count == words.count
                && zip(parts, words).allSatisfy { part, word in
                    part.first == word.first
                        && editDistance(Array(part.unicodeScalars), Array(word.unicodeScalars)) <= 1
                }
        }
    }

    private static func problem(
        _ value: String, _ place: SourceLocation, meant: String? = nil
    ) -> Diagnostic {
        rule.diagnostic(
            "'\(value)' looks like a length of time, and is read as text", at: place,
            help: meant.map { "Did you mean '\($0)'?" }
                ?? "Write a whole number and one of: minutes, hours, days, working days, weeks, months, years."
        )
    }

    /// `fifteen minutes`, `half an hour`.
    private static func isSpelledOut(_ value: String) -> Bool {
        let words = value.lowercased().split(separator: " ").map(String.init)
        guard (2...3).contains(words.count), let last = words.last, units.contains(last) else { return false }
        return words.dropLast().allSatisfy {
            TextDuration.numbers[$0] != nil || ["half", "working", "calendar"].contains($0)
        }
    }
}
