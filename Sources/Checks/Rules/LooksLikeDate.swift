import Markdown
import Workspace

/// `3 December 2026` is silently text: it stays in English in every translation.
struct LooksLikeDate: SettingsRule {
    static let rule = Rule(
        "LooksLikeDate", .warning,
        "A value looks like a date and is read as text, so it is not translated.",
        bad: "opens: ⟦3 December 2026", good: "opens: 2026-12-03")

    /// Settings of facts that are words or days by their sort.
    private static let others: Set<String> = ["label", "source", "checked", "checked-by", "type", "deadline"]

    static func problems(in file: SettingsText, _ context: LintContext) -> [Diagnostic] {
        file.factSettings.compactMap { setting in
            guard !others.contains(setting.key), let last = setting.words.text.utf8.last, last &- 0x30 < 10,
                setting.words.text.utf8.count < 40
            else { return nil }
            let prose = Prose(PlacedPassage(passage: Passage(String(setting.words.text)), role: .cell))
            let written = WrittenDate.all(in: prose)
            // A date that no calendar has is told as such. The day of the week may stand before it.
            guard written.count == 1, let date = written[0].date, date.day != nil,
                written[0].words.upperBound == prose.words.count, written[0].words.lowerBound <= 1,
                written[0].words.lowerBound == 0
                    || ImpossibleDate.weekday(before: written[0].words.lowerBound, in: prose) != nil
            else { return nil }
            return rule.diagnostic(
                "'\(setting.words.text)' looks like a date, and is read as text", at: file.location(setting),
                help: "Write \(date): each language then writes it in its own words.")
        }
    }
}
