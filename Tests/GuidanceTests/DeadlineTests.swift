import Markdown
import Support
import Testing
import Translations
import Workspace

@testable import Guidance

private let portal = "content/portal.yml"
private let page = "content/guidance/key-dates.md"

private func portalWith(_ facts: String) -> String {
    "name: Help\nbase-url: https://help.example\nlanguages: [en]\nfacts:\n" + facts
}

private func councilA(_ facts: String) -> String {
    "name: A\nnation: england\nlanguages: [en]\nfacts:\n" + facts
}

private let council = "content/councils/a/council.yml"

@Suite("Deadlines")
struct DeadlineTests {
    private let declared = """
          summary:
            type: yes-no
            deadline: {from: conference, direction: after, length: 1 working day, first-day-counts: no}
          changes:
            type: duration
            deadline: {from: summary, direction: after, first-day-counts: yes}
          review:
            type: duration
            deadline: {from: conference, direction: after, first-day-counts: no}
          national-review:
            value: 3 months
            deadline: {from: conference, direction: after, first-day-counts: no}
          next-review:
            type: duration
            deadline: {from: [review, national-review], direction: after, first-day-counts: no}

        """
    private let sections = """
        # Dates

        ## Changes {#changes deadline=changes}

        Within {{changes}}.

        ## Next {#next deadline=next-review}

        Within {{next-review}}.
        """

    private func deadlines(_ facts: String) throws -> [String: Deadline?] {
        let site = try load(
            sampleSite([portal: portalWith(declared), council: councilA(facts), page: sections]))
        #expect(site.diagnostics.isEmpty)
        let all = try #require(site.edition("a").page("key-dates")).allSections
        return Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.deadline) })
    }

    @Test func everyStepFromTheConferenceIsCounted() throws {
        let found = try deadlines("  summary: yes\n  changes: 5 working days\n")
        let changes = try #require(found["changes"] ?? nil)
        #expect(
            changes.steps == [
                .init(
                    amount: 1, unit: .workingDay, length: "1 working day", direction: .after,
                    countsFirstDay: false),
                .init(
                    amount: 5, unit: .workingDay, length: "5 working days", direction: .after,
                    countsFirstDay: true),
            ])
        #expect(changes.countsFirstDay && changes.countsDays)
        // The council says nothing of the next review, so there is no section.
        #expect(found.keys.sorted() == ["changes"])
    }

    @Test func nothingFollowsFromWhatTheCouncilDoesNotSay() throws {
        let found = try deadlines("  summary: no\n  changes: 5 working days\n")
        #expect(try #require(found["changes"] ?? nil).steps.isEmpty)
    }

    @Test(arguments: [("  next-review: 6 months\n", 3), ("  review: 2 months\n  next-review: 6 months\n", 2)])
    func theFirstFactThatTheCouncilHasIsTheStart(_ facts: String, _ months: Int) throws {
        let next = try #require(try deadlines(facts)["next"] ?? nil)
        #expect(next.steps.map(\.amount) == [months, 6])
        // A day is one to count or not, however long it takes.
        #expect(next.countsDays)
    }

    @Test func aCouncilCanCountInAnotherWay() throws {
        let found = try deadlines(
            "  summary: yes\n  changes:\n    value: 5 days\n"
                + "    deadline: {from: conference, direction: before, first-day-counts: no}\n")
        let changes = try #require(found["changes"] ?? nil)
        #expect(
            changes.steps == [
                .init(amount: 5, unit: .day, length: "5 days", direction: .before, countsFirstDay: false)
            ])
        #expect(changes.isBefore)
    }

    private static let words = [
        "deadline-after": "{length} after it.", "deadline-before": "{length} before it.",
        "deadline-then-after": "Then {length} after that.",
        "deadline-then-before": "Then {length} before that.",
        "first-day-counted": "It is day one.", "first-day-not-counted": "It does not count.",
        "deadline-rule": "Count: {rule}",
    ]

    @Test(arguments: [
        // What is alike is said once.
        (
            "5 working days", "{from: summary, direction: after, first-day-counts: no}",
            "1 working day after it. Then 5 working days after that. It does not count."
        ),
        (
            "5 working days", "{from: summary, direction: before, first-day-counts: yes}",
            "1 working day after it. It does not count. "
                + "Then 5 working days before that. It is day one."
        ),
        (
            "20 minutes", "{from: summary, direction: before, first-day-counts: no}",
            "1 working day after it. It does not count. Then 20 minutes before that."
        ),
        (
            "20 minutes", "{from: conference, direction: before, first-day-counts: no}",
            "20 minutes before it."
        ),
        (
            "1 week", "{from: conference, direction: before, first-day-counts: yes}",
            "1 week before it. It is day one."
        ),
    ])
    func theRuleSaysWhatIsCountedFromInWhichDaysAndIfTheFirstCounts(
        _ value: String, _ rule: String, _ expected: String
    ) throws {
        let found = try deadlines(
            "  summary: yes\n  changes:\n    value: \(value)\n    deadline: \(rule)\n")
        let changes = try #require(found["changes"] ?? nil)
        let strings = InterfaceStrings(Self.words)
        #expect(changes.rule(in: strings) == expected)
        // Minutes are no matter of days: the section's own words say all.
        let isOfDays = !value.contains("minutes")
        #expect(changes.explanation(in: strings) == (isOfDays ? "Count: " + expected : nil))
    }

    @Test func whereAStepIsMissingTheRuleSaysHowItsOwnDaysAreCounted() throws {
        let found = try deadlines("  summary: no\n  changes: 5 working days\n")
        let rule = try #require(found["changes"] ?? nil).rule(in: InterfaceStrings(Self.words))
        #expect(rule == "It is day one.")
    }

    @Test func wordsThatNobodyHasTranslatedAreMarked() throws {
        let found = try deadlines("  summary: yes\n  changes: 5 working days\n")
        let strings = InterfaceStrings(Self.words, untranslated: ["first-day-counted"])
        let rule = try #require(found["changes"] ?? nil).rule(in: strings)
        let marked = SourceWords.pieces(of: rule).filter(\.isSource).map(\.text)
        #expect(marked == ["It is day one."])
    }

    @Test(arguments: [
        ("a: {type: yes-no, deadline: {from: conference, direction: after, first-day-counts: no}}", "length"),
        (
            "a: {type: duration, deadline: {from: conference, direction: after, length: 1 day, first-day-counts: no}}",
            "needs no 'length'"
        ),
        ("a: {type: text, deadline: {from: conference, direction: after, first-day-counts: no}}", "neither"),
        (
            "a: {type: duration, deadline: {from: conferense, direction: after, first-day-counts: no}}",
            "which is no deadline"
        ),
        (
            "a: {type: duration, deadline: {from: a, direction: after, first-day-counts: no}}",
            "from itself: a, a"
        ),
        (
            "a: {type: duration, deadline: {from: b, direction: after, first-day-counts: no}}\n"
                + "  b: {type: duration, deadline: {from: a, direction: after, first-day-counts: no}}",
            "from itself: a, b, a"
        ),
    ])
    func reportsDeadlinesThatCannotBe(_ fact: String, _ words: String) throws {
        let site = try load(sampleSite([portal: portalWith("  \(fact)\n")]))
        let problem = try #require(site.diagnostics.first { $0.rule == "InvalidDeadline" })
        #expect(problem.message.contains(words))
        #expect(problem.location?.range?.start.line == 5)
        #expect(problem.help != nil)
    }

    @Test func aWrongStartIsCorrectedByItsNeighbour() throws {
        let site = try load(
            sampleSite([
                portal: portalWith(
                    "  a: {type: duration, deadline: {from: conferense, direction: after, first-day-counts: no}}\n"
                )
            ]))
        let problem = try #require(site.diagnostics.first { $0.rule == "InvalidDeadline" })
        #expect(problem.help == "Did you mean 'conference'?")
    }
}

@Suite("Room for answers")
struct AnswerTests {
    @Test func aHeadingGetsLinesOrAFrame() throws {
        let site = try load(
            sampleSite([
                "content/guidance/say.md":
                    "---\nkind: form\n---\n\n# Say\n\n## One {#one answer=6}\n\n## Two {#two answer=drawing}\n\n## Three {#three}\n\nText.\n"
            ]))
        #expect(site.diagnostics.isEmpty)
        let sections = try #require(site.edition("a").page("say")).sections
        #expect(sections.map(\.answer) == [.lines(6), .drawing, nil])
        // In its own language a question needs no other beside it.
        #expect(sections.allSatisfy { $0.sourceHeading == nil })
    }
}
