import Workspace

/// A time that no clock shows: 13pm, 25:00.
struct ImpossibleTime: ProseRule {
    static let rule = Rule(
        "ImpossibleTime", .warning, "A time of day is on no clock, so nobody knows when to come.",
        bad: "We are open from 9am to ⟦17pm.", good: "We are open from 9am to 5pm.")

    /// Words before a time of day, without which figures may be a ratio, a score or a place in a film.
    private static let cues: Set<String> = [
        "at", "from", "to", "until", "till", "by", "before", "after", "between", "and", "about", "around",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "midday", "noon",
    ]

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        guard prose.hasDigits else { return [] }
        let words = words(of: prose)
        return words.indices.compactMap { index in
            guard let first = words[index].text.utf8.first, first &- 0x30 < 10,
                let (range, help) = problem(at: index, words, prose)
            else { return nil }
            return Finding(rule, "there is no time '\(prose.text(range))'", range, help: help)
        }
    }

    /// The words, with a word for each half of `9am-5pm`.
    private static func words(of prose: Prose) -> [Prose.Word] {
        guard prose.scalars.contains("-") else { return prose.words }
        return prose.words.flatMap { word -> [Prose.Word] in
            guard let first = word.text.utf8.first, first &- 0x30 < 10, word.text.utf8.contains(0x2D) else {
                return [word]
            }
            return prose.scalars[word.range].split(separator: "-").map {
                Prose.Word(
                    text: prose.text($0.startIndex..<$0.endIndex).lowercased(),
                    range: $0.startIndex..<$0.endIndex)
            }
        }
    }

    private static func problem(
        at index: Int, _ words: [Prose.Word], _ prose: Prose
    ) -> (Range<Int>, String)? {
        let word = words[index]
        // "£13.50pm" is an amount a month; "10:13pm" is read from its hour on.
        let before = word.range.lowerBound - 1
        if before >= 0, "£$€#-/_.,+=:".unicodeScalars.contains(prose.scalars[before]),
            prose.scalars[before] != "-" || before == 0 || !isHalf(before - 1, prose)
        {
            return nil
        }
        // "2: 45 pm" has a space too many, and an hour.
        if index > 0, prose.scalars[words[index - 1].range.upperBound..<word.range.lowerBound].contains(":") {
            return nil
        }
        var end = index + 1
        var text = word.text
        if end < words.count, text.utf8.allSatisfy({ $0 &- 0x30 < 10 }),
            prose.scalars[word.range.upperBound..<words[end].range.lowerBound].elementsEqual([":"])
        {
            text += ":" + words[end].text
            end += 1
        }
        if end < words.count, let last = text.utf8.last, last &- 0x30 < 10,
            ["pm", "p.m", "a.m"].contains(words[end].text),
            prose.scalars[words[end - 1].range.upperBound..<words[end].range.lowerBound]
                .allSatisfy(\.isSpace)
        {
            text += words[end].text
            end += 1
        }
        let range = word.range.lowerBound..<words[end - 1].range.upperBound
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        var rest = text.dropFirst(digits.count)
        var minutes: Int?
        let sign = rest.first
        if sign == ":" || sign == "." {
            let figures = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            if figures.count == 2 {
                minutes = Int(figures)
                rest = rest.dropFirst(3)
            }
        }
        guard digits.count <= 2, let hour = Int(digits) else { return nil }
        switch rest.filter({ $0 != "." }) {
        case "am", "pm":
            guard hour > 12 || (minutes ?? 0) > 59 else { return nil }
            // A second half that the 24-hour clock has already.
            guard hour < 24, (minutes ?? 0) < 60 else { return (range, "Ask which time is meant.") }
            let shown = (minutes.map { ".\($0 < 10 ? "0" : "")\($0)" } ?? "")
            return (range, "Write \(hour - 12)\(shown)pm, or ask which time is meant.")
        case "" where sign == ":" && minutes != nil:
            guard let minutes, hour > 24 || minutes > 59 || hour == 24 && minutes > 0, hour + minutes != 100,
                index > 0, cues.contains(words[index - 1].text)
            else { return nil }
            return (range, "Ask which time is meant.")
        default: return nil
        }
    }

    /// Whether a letter or digit ends there: the first half of `9am-17pm`, and no part of a reference.
    private static func isHalf(_ index: Int, _ prose: Prose) -> Bool {
        prose.scalars[index].value &- 0x30 < 10 || prose.scalars[index] == "m" || prose.scalars[index] == "M"
    }
}
