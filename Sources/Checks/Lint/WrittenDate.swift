import Workspace

/// A date as English text has it: `1 April 2019`, `1st April 2019`, `April 2019` or `31/10/2026`.
struct WrittenDate {
    /// Indices of the prose's words, without the day of the week.
    var words: Range<Int>
    /// Nil where no calendar has it: 31 February.
    var date: CalendarDate?

    static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ]
    static let years = 1990...2100

    /// All dates of a passage that name their year.
    static func all(in prose: Prose) -> [WrittenDate] {
        var found: [WrittenDate] = []
        var index = 0
        while index < prose.words.count {
            if let date = WrittenDate(prose, at: index) {
                found.append(date)
                index = date.words.upperBound
            } else {
                index += 1
            }
        }
        return found
    }

    /// `14.3.2024` or `14-3-2024`, which is one word.
    private static func joined(_ word: String) -> (day: Int, month: Int, year: Int)? {
        guard let first = word.utf8.first, (0x30...0x39).contains(first) else { return nil }
        for sign in [".", "-"] as [Character] {
            let parts = word.split(separator: sign, omittingEmptySubsequences: false)
            guard parts.count == 3, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
                parts[2].count == 4, let day = Int(parts[0]), let month = Int(parts[1]),
                let year = Int(parts[2]),
                (1...31).contains(day), (1...12).contains(month), years.contains(year)
            else { continue }
            return (day, month, year)
        }
        return nil
    }

    private init?(_ prose: Prose, at index: Int) {
        let words = prose.words
        func number(_ offset: Int, _ limits: ClosedRange<Int>) -> Int? {
            guard words.indices.contains(index + offset) else { return nil }
            var text = words[index + offset].text
            for ending in ["st", "nd", "rd", "th"] where text.hasSuffix(ending) && text.count > 2 {
                text.removeLast(2)
            }
            return Int(text).flatMap { limits.contains($0) ? $0 : nil }
        }
        func month(_ offset: Int) -> Int? {
            guard words.indices.contains(index + offset) else { return nil }
            return Self.months.firstIndex(of: words[index + offset].text).map { $0 + 1 }
        }
        /// Whether nothing but a sign, and no more of it, parts two words.
        func isBetween(_ sign: Unicode.Scalar, _ first: Int) -> Bool {
            prose.scalars[words[index + first].range.upperBound..<words[index + first + 1].range.lowerBound]
                .elementsEqual([sign])
        }
        if let day = number(0, 1...31), let month = month(1), let year = number(2, Self.years) {
            self.words = index..<(index + 3)
            date = CalendarDate(year: year, month: month, day: day)
        } else if let day = number(0, 1...31), words.indices.contains(index + 1),
            words[index + 1].text == "of",
            let month = month(2), let year = number(3, Self.years)
        {
            self.words = index..<(index + 4)
            date = CalendarDate(year: year, month: month, day: day)
        } else if let day = number(0, 1...31), let month = number(1, 1...31),
            let year = number(2, Self.years),
            isBetween("/", 0), isBetween("/", 1)
        {
            self.words = index..<(index + 3)
            date = CalendarDate(year: year, month: month, day: day)
        } else if let date = Self.joined(words[index].text) {
            self.words = index..<(index + 1)
            self.date = CalendarDate(year: date.year, month: date.month, day: date.day)
        } else if let month = month(0), let year = number(1, Self.years) {
            self.words = index..<(index + 2)
            date = CalendarDate(year: year, month: month)
        } else {
            return nil
        }
    }
}

extension CalendarDate {
    /// From 0 for Monday; nil where the day is not known.
    ///
    /// Source: Sakamoto, comp.lang.c, 1992.
    var weekday: Int? {
        guard let month, let day else { return nil }
        let shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
        let year = month < 3 ? year - 1 : year
        return (year + year / 4 - year / 100 + year / 400 + shift[month - 1] + day + 6) % 7
    }
}
