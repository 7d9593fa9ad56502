/// A day, month or year of the Gregorian calendar, as written in content: `2026-11-21`, `2007-12` or `2007`.
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int
    /// 1 to 12.
    public let month: Int?
    /// 1 to 31.
    public let day: Int?

    public init?(year: Int, month: Int? = nil, day: Int? = nil) {
        guard (1...9999).contains(year) else { return nil }
        if let month {
            guard (1...12).contains(month) else { return nil }
            if let day {
                guard (1...Self.days(in: month, of: year)).contains(day) else { return nil }
            }
        } else if day != nil {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].utf8.count == 4,
            parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        guard let year = numbers.first else { return nil }
        self.init(
            year: year, month: numbers.count > 1 ? numbers[1] : nil,
            day: numbers.count > 2 ? numbers[2] : nil)
    }

    public var description: String {
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        var text = String(repeating: "0", count: max(0, 4 - "\(year)".count)) + "\(year)"
        if let month { text += "-" + two(month) }
        if let day { text += "-" + two(day) }
        return text
    }

    /// An unknown month or day counts as the first.
    public static func < (a: CalendarDate, b: CalendarDate) -> Bool {
        (a.year, a.month ?? 1, a.day ?? 1) < (b.year, b.month ?? 1, b.day ?? 1)
    }

    /// The same date some months later; a day that the month does not have becomes its last.
    public func adding(months: Int) -> CalendarDate {
        let total = year * 12 + (month ?? 1) - 1 + months
        let newYear = total / 12
        let newMonth = total % 12 + 1
        let newDay = min(day ?? 1, Self.days(in: newMonth, of: newYear))
        return CalendarDate(year: newYear, month: newMonth, day: newDay) ?? self
    }

    /// The same date some days later.
    public func adding(days: Int) -> CalendarDate {
        Self(dayNumber: dayNumber + days)
    }

    /// Days since 1 January 1970 (algorithm: Howard Hinnant, "chrono-compatible low-level date algorithms").
    public var dayNumber: Int {
        let month = self.month ?? 1
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + (day ?? 1) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The day that is `dayNumber` days after 1 January 1970.
    public init(dayNumber: Int) {
        let z = dayNumber + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let doe = z - era * 146_097
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
        let mp = (5 * doy + 2) / 153
        let month = mp < 10 ? mp + 3 : mp - 9
        self.year = yoe + era * 400 + (month <= 2 ? 1 : 0)
        self.month = month
        self.day = doy - (153 * mp + 2) / 5 + 1
    }

    package static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

extension CalendarDate {
    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]

    /// What to write instead of a text that is no date; nil where nobody can tell which day is meant.
    package static func advice(on text: String) -> String? {
        let parts = text.split { " ./-,".contains($0) }.map(String.init)
        guard parts.count == 3 else { return nil }
        let month = monthNames.firstIndex { name in
            parts[1].count >= 3 && name.lowercased().hasPrefix(parts[1].lowercased())
        }
        guard let middle = month.map({ $0 + 1 }) ?? Int(parts[1]),
            let first = Int(parts[0].prefix { $0.isNumber }), let last = Int(parts[2])
        else { return nil }
        // Day, month, year as in the UK, or the year first.
        let (year, day) = parts[0].utf8.count == 4 ? (first, last) : (last, first)
        guard year >= 1000 else { return nil }
        if let date = CalendarDate(year: year, month: middle, day: day) { return "Write \(date)." }
        guard (1...12).contains(middle) else {
            return "There is no month \(middle): the month stands in the middle."
        }
        return "\(monthNames[middle - 1]) \(year) has \(days(in: middle, of: year)) days."
    }
}
