import Guidance
import Translations
import Workspace

/// A length of time as it stands in text.
struct TextDuration: Sendable {
    var text: String
    /// Whole days; working days count 7/5, months 30.4.
    var days: Double
    /// As a fact says it; nil where only its length is known.
    var amount: Int?
    var unit: DurationUnit?

    /// Whether two may be meant to be the same: 10 working days and two weeks.
    func isAbout(_ other: TextDuration) -> Bool {
        abs(days - other.days) <= 0.1 * max(days, other.days)
    }

    static let numbers = [
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "eighteen": 18,
        "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60,
    ]

    /// The lengths of time in some words, with the words that they are.
    static func all(in prose: Prose, _ words: Range<Int>) -> [(TextDuration, Range<Int>)] {
        var found: [(TextDuration, Range<Int>)] = []
        for index in words {
            guard let amount = Int(prose.words[index].text) ?? numbers[prose.words[index].text] else {
                continue
            }
            var next = index + 1
            var isWorking = false
            while next < words.upperBound, ["working", "calendar", "school"].contains(prose.words[next].text)
            {
                isWorking = prose.words[next].text != "calendar"
                next += 1
            }
            guard next < words.upperBound, let unit = unit(prose.words[next].text, isWorking) else {
                continue
            }
            // "a day" is seldom a deadline.
            if ["a", "an"].contains(prose.words[index].text) { continue }
            let range = index..<(next + 1)
            found.append(
                (
                    TextDuration(
                        text: prose.text(prose.range(range)), days: Double(amount) * days(of: unit),
                        amount: amount, unit: unit), range
                ))
        }
        return found
    }

    private static func unit(_ word: String, _ isWorking: Bool) -> DurationUnit? {
        DurationUnit(text: word).map { unit in
            switch unit {
            case .day, .workingDay: isWorking ? .workingDay : .day
            case .minute, .hour, .week, .month, .year: unit
            }
        }
    }

    static func days(of unit: DurationUnit) -> Double {
        switch unit {
        case .minute: 1.0 / 1440
        case .hour: 1.0 / 24
        case .day: 1
        case .workingDay: 1.4
        case .week: 7
        case .month: 30.4
        case .year: 365
        }
    }
}

/// A sentence that says when something of a known sort happens.
struct EventTime {
    struct Event {
        var name: String
        /// Each group must be there in one of its forms.
        var words: [[String]]
        var limits: [Nation: TextDuration] = [:]
        var source = ""
    }

    var event: Event
    var duration: TextDuration
    var prose: Prose
    /// Scalars of the sentence's time.
    var range: Range<Int>

    private static let threeMonths = TextDuration(text: "3 months", days: 3 * 30.4)
    private static let sixMonths = TextDuration(text: "6 months", days: 6 * 30.4)
    private static let workingTogether = "Working Together to Safeguard Children, chapter 3"

    /// The first that fits counts.
    static let events: [Event] = [
        Event(
            name: "the first review", words: [["first review", "first child protection review"]],
            limits: [.england: threeMonths, .wales: threeMonths], source: workingTogether),
        Event(
            name: "later reviews",
            words: [
                [
                    "later reviews", "later review conferences", "further reviews", "subsequent reviews",
                    "following reviews", "other reviews", "later review", "after that reviews",
                    "after that the review conference", "then reviews", "then review conferences",
                ]
            ], limits: [.england: sixMonths, .wales: sixMonths], source: workingTogether),
        Event(name: "the first core group", words: [["first core group"]]),
        Event(
            name: "the time between core groups",
            words: [["core group", "core groups"], ["every", "apart", "at least every"]]),
        Event(
            name: "the conference after the strategy discussion",
            words: [["strategy discussion", "strategy meeting"], ["conference"]],
            limits: [.england: TextDuration(text: "15 working days", days: 21)], source: workingTogether),
        Event(
            name: "seeing the report before the conference",
            words: [
                ["report", "reports"],
                ["see", "get", "gets", "read", "receive", "receives", "given", "send", "sent"], ["before"],
                ["conference", "meeting"],
            ]),
        Event(
            name: "arriving",
            words: [["arrive", "come"], ["early", "before"], ["minutes", "minute", "hour"]]),
        Event(
            name: "getting the written record",
            words: [
                ["summary", "the minutes", "record of the conference", "written record", "written decision"],
                ["within", "after"],
                ["get", "gets", "send", "sends", "sent", "receive", "receives", "given"],
            ]),
        Event(
            name: "the answer to a complaint",
            words: [
                ["complaint", "complaints"],
                ["answer", "answers", "reply", "replies", "respond", "response"], ["within"],
            ]),
        Event(
            name: "the social worker's visits", words: [["visit", "visits"], ["every"], ["social worker"]]),
    ]

    /// What the sentences of a passage say; one that gives several times is left alone.
    static func all(in prose: Prose) -> [EventTime] {
        if case .heading = prose.role { return [] }
        return prose.sentences.compactMap { sentence in
            let durations = TextDuration.all(in: prose, sentence)
            guard durations.count == 1, let (duration, words) = durations.first else { return nil }
            let text = " " + prose.words[sentence].map(\.text).joined(separator: " ") + " "
            guard
                let event = events.first(where: { event in
                    event.words.allSatisfy { group in group.contains { text.contains(" \($0) ") } }
                })
            else { return nil }
            return EventTime(event: event, duration: duration, prose: prose, range: prose.range(words))
        }
    }

    static func all(in edition: EditionText) -> [(piece: EditionText.Piece, time: EventTime)] {
        edition.pieces.flatMap { piece in all(in: piece.prose).map { (piece, $0) } }
    }

    static func all(in text: GuidanceText) -> [EventTime] { text.proses.flatMap { all(in: $0) } }
}

/// Steps that the reader must take in time, known by their words alone: on one page, two sentences that differ in
/// nothing but the time are about one step.
extension EventTime {
    static func steps(in edition: EditionText) -> [(piece: EditionText.Piece, time: EventTime)] {
        edition.pieces.flatMap { piece in
            steps(in: piece.prose, page: piece.page.path).map { (piece, $0) }
        }
    }

    static func steps(in text: GuidanceText) -> [EventTime] {
        text.proses.flatMap { steps(in: $0, page: "") }
    }

    private static let obliging: Set<String> = ["must", "can", "may", "should", "need", "have"]

    private static func steps(in prose: Prose, page: String) -> [EventTime] {
        if case .heading = prose.role { return [] }
        guard prose.words.contains(where: { $0.text == "within" }) else { return [] }
        return prose.sentences.compactMap { sentence in
            let durations = TextDuration.all(in: prose, sentence)
            guard durations.count == 1, let (duration, time) = durations.first,
                time.lowerBound > sentence.lowerBound,
                prose.words[time.lowerBound - 1].text == "within"
            else { return nil }
            let before = prose.words[sentence.lowerBound..<time.lowerBound].map(\.text)
            let after = prose.words[time.upperBound..<sentence.upperBound].map(\.text)
            // Whose step it is and from when the time runs; anything less may be about something else.
            guard before.contains("you"), before.contains(where: { obliging.contains($0) }),
                let from = after.first, ["of", "after", "from"].contains(from), after.count > 1
            else { return nil }
            let name = (before + ["…"] + after).joined(separator: " ")
            guard
                !events.contains(where: { event in
                    event.words.allSatisfy { group in group.contains { " \(name) ".contains(" \($0) ") } }
                })
            else { return nil }
            return EventTime(
                event: Event(name: (page.isEmpty ? "" : page + ": ") + "'\(name)'", words: []),
                duration: duration,
                prose: prose, range: prose.range(time))
        }
    }
}

extension GuidanceText {
    /// Where a stretch of a passage of this file stands.
    func location(_ range: Range<Int>, of prose: Prose) -> SourceLocation {
        LintPlace.location(range, of: prose, in: file) { _ in self }
    }
}
