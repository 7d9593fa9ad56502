import Workspace

/// A date says that it is Gregorian where readers may count by another calendar.
///
/// Dates of guidance are Gregorian in every language. Tigrinya calls the months of both calendars alike, which are days
/// or years apart: a family could come on another day.
struct CalendarRule: TranslationRule {
    static let name = "UnnamedCalendar"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        guard let calendar = translation.language.otherCalendar else { return [] }
        let parts = translation.source.values(.parameter)
        guard parts.contains("{month}"), parts.contains("{year}"),
            !translation.target.words.contains(where: MessageTokens.isLetter)
        else { return [] }
        return [
            .warning(
                Self.name,
                "families who read \(translation.language.englishName) may take this for a date of the "
                    + "\(calendar) calendar",
                at: translation.location(),
                help: "Dates are Gregorian: add the name of this calendar, in brackets or as people say it.")
        ]
    }
}
