import Guidance
import Workspace

/// The days that are no working days besides Saturdays and Sundays: a theme's `bank-holidays.yml`.
struct BankHolidays: Sendable {
    /// The first and the last day that the list is about; nil where a theme has none.
    private(set) var span: ClosedRange<CalendarDate>?
    private var days: [Nation: [CalendarDate]] = [:]

    /// The days of a nation as a template gets them: `2026-12-25 2026-12-28`; empty where nothing is known of it.
    func written(for nation: Nation) -> String {
        (days[nation] ?? []).map(\.description).joined(separator: " ")
    }

    /// The span, where the nation's days are known.
    func span(for nation: Nation) -> ClosedRange<CalendarDate>? { days[nation] == nil ? nil : span }

    static func read(_ source: SourceText, reporting diagnostics: inout Diagnostics) -> BankHolidays {
        let reader = YAMLReader(file: source.path)
        defer { diagnostics.add(reader.diagnostics) }
        var holidays = BankHolidays()
        guard var mapping = reader.root(source.string) else { return holidays }
        let from = mapping.required("from").flatMap(wholeDay)
        let to = mapping.required("to").flatMap(wholeDay)
        if let from, let to, from <= to { holidays.span = from...to }
        for calendar in mapping.required("calendars")?.list() ?? [] {
            guard var fields = calendar.mapping() else { continue }
            let nations = (fields.required("nations")?.list() ?? []).compactMap { $0.choice(Nation.self) }
            var days: [CalendarDate] = []
            for value in fields.required("days")?.list() ?? [] {
                guard let day = wholeDay(value) else { continue }
                if let span = holidays.span, !span.contains(day) {
                    reader.add(
                        .error(
                            "InvalidBankHoliday", "\(day) is not within 'from' and 'to'", at: value.location,
                            help: "Correct the day, or the span that the list is about."))
                }
                days.append(day)
            }
            fields.finish()
            for nation in nations { holidays.days[nation, default: []] += days }
        }
        mapping.finish()
        holidays.days = holidays.days.mapValues { Set($0).sorted() }
        return holidays
    }

    private static func wholeDay(_ value: YAMLValue) -> CalendarDate? {
        guard let date = value.date() else { return nil }
        guard date.day == nil else { return date }
        value.reader.add(
            .error(
                "InvalidBankHoliday", "'\(date)' is not a day", at: value.location,
                help: "Write year, month and day: 2026-12-25."))
        return nil
    }
}
