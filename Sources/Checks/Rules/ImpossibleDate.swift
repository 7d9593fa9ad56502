import Workspace

/// A date that no calendar has, or that is another day of the week: one of the two is wrong.
struct ImpossibleDate: ProseRule {
    static let rule = Rule(
        "ImpossibleDate", .warning,
        "A date is on no calendar, or on another day of the week than the text says.",
        bad: "Come on Monday ⟦1 December 2026.", good: "Come on Tuesday 1 December 2026.")

    private static let days = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
    private static let shortDays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        WrittenDate.all(in: prose).compactMap { written in
            let place = prose.range(written.words)
            guard let date = written.date else {
                return Finding(
                    rule, "there is no '\(prose.text(place))'", place, help: "Ask which day is meant.")
            }
            guard let day = date.weekday, let said = weekday(before: written.words.lowerBound, in: prose),
                said != day
            else { return nil }
            return Finding(
                rule, "\(prose.text(place)) is a \(days[day].capitalized), not a \(days[said].capitalized)",
                place, help: "Ask which of the two is right.")
        }
    }

    private static func weekday(before word: Int, in prose: Prose) -> Int? {
        // "Monday 1 December", "Monday the 1st of December" is not read.
        guard word > 0 else { return nil }
        let text = prose.words[word - 1].text
        return days.firstIndex(of: text) ?? shortDays.firstIndex(of: text)
    }
}
