import Workspace

/// Announcements of a day that has passed.
struct DayGoneBy: ProseRule {
    static let rule = Rule(
        "DayGoneBy", .warning, "The page announces something for a day that has gone by.",
        bad: "The office will move on ⟦1 April 2019.", good: "The office moved on 1 April 2019.")

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ]
    private static let coming: Set<String> = [
        "will", "until", "shall", "next", "upcoming", "forthcoming", "soon", "planned", "postponed",
        "expected",
        "closing", "deadline",
    ]
    /// A date of something that goes on, or of a law.
    private static let going: Set<String> = [
        "since", "was", "were", "ended", "replaced", "had", "no", "did", "became",
    ]

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        prose.words.indices.compactMap { index in
            guard let (date, length) = date(prose, index), date.adding(months: 0) < context.today else {
                return nil
            }
            let sentence = prose.words[prose.sentence(of: index)].map(\.text)
            guard sentence.contains(where: coming.contains), !sentence.contains(where: going.contains) else {
                return nil
            }
            return Finding(
                rule, "\(date) has gone by, and this sentence still announces it",
                prose.range(index..<(index + length)), help: "Say what is so now, or take it out.")
        }
    }

    /// `1 April 2019` or `April 2019`.
    private static func date(_ prose: Prose, _ index: Int) -> (CalendarDate, Int)? {
        let words = prose.words
        func number(_ offset: Int, _ limits: ClosedRange<Int>) -> Int? {
            guard words.indices.contains(index + offset) else { return nil }
            var text = words[index + offset].text
            for ending in ["st", "nd", "rd", "th"] where text.hasSuffix(ending) { text.removeLast(2) }
            return Int(text).flatMap { limits.contains($0) ? $0 : nil }
        }
        if let day = number(0, 1...31), index + 2 < words.count,
            let month = months.firstIndex(of: words[index + 1].text), let year = number(2, 1990...2100)
        {
            return CalendarDate(String(year) + "-" + pad(month + 1) + "-" + pad(day)).map { ($0, 3) }
        }
        let before = index > 0 ? Int(words[index - 1].text.prefix { $0.isNumber }) : nil
        if before == nil, let month = months.firstIndex(of: words[index].text),
            let year = number(1, 1990...2100)
        {
            return CalendarDate(String(year) + "-" + pad(month + 1)).map { ($0, 2) }
        }
        return nil
    }

    private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
