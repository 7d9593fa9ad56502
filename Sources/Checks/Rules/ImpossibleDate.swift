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
        guard prose.hasDigits else { return [] }
        let dates = WrittenDate.all(in: prose)
        return yearless(in: prose, besides: dates)
            + dates.compactMap { written in
                let place = prose.range(written.words)
                guard let date = written.date else {
                    return Finding(
                        rule, "there is no '\(prose.text(place))'", place, help: "Ask which day is meant.")
                }
                guard let day = date.weekday, let said = weekday(before: written.words.lowerBound, in: prose),
                    said != day
                else { return nil }
                return Finding(
                    rule,
                    "\(prose.text(place)) is a \(days[day].capitalized), not a \(days[said].capitalized)",
                    place, help: "Ask which of the two is right.")
            }
    }

    private static let shortMonths = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static func month(_ word: String) -> Int? {
        (WrittenDate.months.firstIndex(of: word) ?? shortMonths.firstIndex(of: word)
            ?? (word == "sept" ? 8 : nil)).map { $0 + 1 }
    }

    /// Days that no year has, `31 November` and `November 31st`, in words; and `2026-02-30`.
    private static func yearless(in prose: Prose, besides dates: [WrittenDate]) -> [Finding] {
        let words = prose.words
        return words.indices.compactMap { index in
            guard let first = words[index].text.utf8.first, first &- 0x30 < 10 else { return nil }
            var words = index..<(index + 1)
            if isImpossibleISO(prose.words[index].text) {
                return finding(words, in: prose)
            }
            var figures = prose.words[index].text
            let ordinal = ["st", "nd", "rd", "th"].first { figures.hasSuffix($0) }
            if ordinal != nil { figures.removeLast(2) }
            guard figures.utf8.count <= 2, let day = Int(figures), day > 28 else { return nil }
            var month: Int?
            var next = index + 1
            if prose.words.indices.contains(next), prose.words[next].text == "of", ordinal != nil {
                next += 1
            }
            if prose.words.indices.contains(next), isApart(next - 1, prose) {
                month = Self.month(prose.words[next].text)
                words = index..<(next + 1)
            }
            if month == nil, ordinal != nil, index > 0, isApart(index - 1, prose) {
                month = Self.month(prose.words[index - 1].text)
                words = (index - 1)..<(index + 1)
            }
            // In a leap year; the other dates know their year.
            guard let month, day > CalendarDate.days(in: month, of: 2000),
                !dates.contains(where: { $0.date == nil && $0.words.overlaps(words) })
            else { return nil }
            // "32 may come", "40 March for peace": more days than any month has are a number, but for a year after it.
            if day > 31, ordinal == nil, !isYear(words.upperBound, prose) { return nil }
            return finding(words, in: prose)
        }
    }

    private static func finding(_ words: Range<Int>, in prose: Prose) -> Finding {
        let place = prose.range(words)
        return Finding(
            rule, "there is no '\(prose.text(place))'", place, help: "Ask which day is meant.")
    }

    /// Whether white space alone parts a word from the next.
    private static func isApart(_ word: Int, _ prose: Prose) -> Bool {
        prose.scalars[prose.words[word].range.upperBound..<prose.words[word + 1].range.lowerBound]
            .allSatisfy(\.isSpace)
    }

    private static func isYear(_ word: Int, _ prose: Prose) -> Bool {
        prose.words.indices.contains(word)
            && Int(prose.words[word].text).map(WrittenDate.years.contains) == true
    }

    /// `2026-11-31`, or a date that has its month before its day: there is no month 31.
    private static func isImpossibleISO(_ word: String) -> Bool {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            let year = Int(parts[0]), WrittenDate.years.contains(year), Int(parts[1]) != nil,
            Int(parts[2]) != nil
        else { return false }
        return CalendarDate(word) == nil
    }

    static func weekday(before word: Int, in prose: Prose) -> Int? {
        // "Monday 1 December", "Monday the 1st of December".
        guard word > 0 else { return nil }
        if prose.words[word - 1].text == "the" { return weekday(before: word - 1, in: prose) }
        let text = prose.words[word - 1].text
        return days.firstIndex(of: text) ?? shortDays.firstIndex(of: text)
    }
}
