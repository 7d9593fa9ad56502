import Guidance
import Markdown
import Workspace

/// Hours that say the days and not the times, or begin and do not end.
struct HalfGivenHours: ProseRule {
    static let rule = Rule(
        "HalfGivenHours", .warning,
        "Opening hours are half given: days without times, a time without its end, or 5pm beside 17:00.",
        bad: "The office is open ⟦Monday to Friday.", good: "The office is open Monday to Friday, 9am to 5pm."
    )

    private static let days: Set<String> = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mondays", "tuesdays",
        "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "mon", "tue", "tues", "wed", "thu",
        "thur", "thurs", "fri", "sat", "sun",
    ]
    /// Enough in a contact's hours; prose may only say that it is not the weekend.
    private static let weekdays: Set<String> = ["weekday", "weekdays"]
    private static let open: Set<String> = ["open", "opens", "answered", "staffed", "opening"]
    /// Words that give a time without a number.
    private static let times: Set<String> = [
        "noon", "midday", "midnight", "morning", "mornings", "afternoon", "afternoons", "evening", "evenings",
        "night", "anytime", "hours", "closed", "o'clock",
    ]

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        switch prose.role {
        case .heading, .cell: return []
        case .paragraph, .item: break
        }
        return prose.sentences.compactMap { sentence in
            guard prose.words[sentence].contains(where: { open.contains($0.text) }) else { return nil }
            return finding(in: prose, sentence, days: days)
        }
    }

    /// What is half given in the words of a sentence, or of a contact's hours.
    private static func finding(
        in prose: Prose, _ words: Range<Int>, days: Set<String>
    ) -> Finding? {
        let all = prose.words
        if let range = openEnd(prose, words) {
            return Finding(
                rule, "'\(prose.text(range))' does not say until when", range,
                help: "Write when it ends too: 9am to 5pm.")
        }
        if let range = twoWays(prose, words) {
            return Finding(
                rule, "'\(prose.text(range))' mixes 5pm with 17:00", range, help: "Write 9am to 5pm.")
        }
        // The times may stand in another sentence, or an edition has filled them in.
        guard !prose.hasValues,
            !all.contains(where: { word in
                word.text == "{{}}" || times.contains(word.text) || word.text.contains(where: \.isNumber)
            }),
            let first = words.first(where: { days.contains(all[$0].text) }),
            let last = words.last(where: { days.contains(all[$0].text) })
        else { return nil }
        let range = prose.range(first..<(last + 1))
        return Finding(
            rule, "'\(prose.text(range))' says on which days, and not at what times", range,
            help: "Write the times too: Monday to Friday, 9am to 5pm.")
    }

    /// Times of two clocks in one breath: `9am to 17:00`.
    private static func twoWays(_ prose: Prose, _ words: Range<Int>) -> Range<Int>? {
        func isTwelve(_ word: Prose.Word) -> Bool {
            word.text.first?.isNumber == true && ["am", "pm"].contains(where: word.text.hasSuffix)
        }
        func isTwentyFour(_ word: Prose.Word) -> Bool {
            guard let hour = Int(word.text.prefix(2)), (13...23).contains(hour) else { return false }
            let after = prose.scalars[word.range.upperBound...].prefix(3)
            if word.text.count == 2 {
                return after.count == 3 && after.first == ":"
                    && after.dropFirst().allSatisfy { $0.properties.numericType != nil }
            }
            return word.text.hasSuffix("hrs") || isTime(word.text)
        }
        guard let twelve = words.first(where: { isTwelve(prose.words[$0]) }),
            let other = words.first(where: { isTwentyFour(prose.words[$0]) })
        else { return nil }
        return prose.range(min(twelve, other)..<(max(twelve, other) + 1))
    }

    /// A time with "to" or a dash after it and nothing behind: `9am to`, `9am –`.
    private static func openEnd(_ prose: Prose, _ words: Range<Int>) -> Range<Int>? {
        for index in words {
            let word = prose.words[index]
            guard word.text.first?.isNumber == true,
                ["am", "pm"].contains(where: word.text.hasSuffix) || isTime(word.text)
            else { continue }
            let next = index + 1
            if next == words.upperBound {
                let rest = prose.scalars[word.range.upperBound...].filter { !$0.isSpace }
                if let sign = rest.first, "–—-".unicodeScalars.contains(sign), rest.count <= 2 {
                    return word.range
                }
            } else if next + 1 == words.upperBound, ["to", "until", "till"].contains(prose.words[next].text) {
                return prose.range(index..<(next + 1))
            }
        }
        return nil
    }

    private static func isTime(_ word: String) -> Bool {
        let parts = word.split(separator: ".")
        return parts.count == 2
            && parts.allSatisfy { (1...2).contains($0.count) && $0.allSatisfy(\.isNumber) }
    }
}

/// A contact's hours are nothing else, so that they need no word for it.
extension HalfGivenHours: EditionRule {
    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        edition.edition.contactGroups.flatMap(\.contacts).compactMap { contact in
            guard let hours = contact.hours else { return nil }
            let prose = Prose(PlacedPassage(passage: hours, role: .cell))
            return finding(in: prose, 0..<prose.words.count, days: days.union(weekdays)).map {
                rule.diagnostic(
                    $0.message,
                    at: SourceLocation(
                        file: contact.location.file, range: hours.range ?? contact.location.range),
                    help: $0.help)
            }
        }
    }
}
