import Guidance
import Support
import Testing
import Workspace

@testable import Checks

/// Facts of a council, typed into text.
@Suite("Facts in prose")
struct FactRuleTests {
    private static let portal = """
        name: Help
        base-url: https://help.kent.gov.uk
        languages: [en]
        facts:
          arrive-early: {label: How early to arrive before the conference, type: duration}
          corrections-within: {label: Time to ask for changes to the written summary, type: duration}
          core-group-first: {label: Time from the conference to the first core group, type: duration}
          core-group-interval: {label: Time between core groups, type: duration}
          review-first: {label: Time from the conference to the first review conference, type: duration}
          visit-interval: {label: Time between social worker visits, type: duration}
          advocate-age: {label: Age from which a child is offered an advocate, type: number}

        """
    private static let council = """
        name: A
        nation: england
        languages: [en]
        facts:
          arrive-early: 20 minutes
          corrections-within: 5 working days
          core-group-first: 10 working days
          core-group-interval: 6 weeks
          review-first: 3 months
          visit-interval: 2 weeks
          advocate-age: 11

        """

    private func problems(_ sentence: String, own: Bool = true) throws -> [Diagnostic] {
        let page = own ? "content/councils/a/page.md" : LintSample.page
        return try LintSample([
            LintSample.portal: Self.portal, LintSample.council: Self.council,
            page: "# Page\n\n## Part {#part}\n\n\(sentence)\n",
        ]).problems().filter { ["TypedFact", "FactContradicted"].contains($0.rule) }
    }

    @Test(
        "a fact's value beside its own words is that fact",
        arguments: [
            ("Please arrive 20 minutes before the start.", "arrive-early", 15),
            ("You can ask for changes within five working days.", "corrections-within", 32),
            ("The core group meets again every 6 weeks.", "core-group-interval", 34),
            ("If you are 11 or older we offer you an advocate at any age.", "advocate-age", 12),
        ])
    func typed(_ sentence: String, _ fact: String, _ column: Int) throws {
        let found = try problems(sentence)
        #expect(found.map(\.rule) == ["TypedFact"])
        #expect(found.first?.location?.range?.start == SourcePosition(line: 5, column: column))
        #expect(found.first?.help?.contains("{{\(fact)}}") == true)
        #expect(found.first?.related.first?.location.file == LintSample.council)
    }

    @Test(
        "another value beside the words of one fact contradicts it",
        arguments: [
            ("Please arrive early, 10 minutes before the conference.", "arrive-early"),
            ("You can ask for changes to the summary within 10 working days.", "corrections-within"),
            ("Your social worker visits you every 6 weeks.", "visit-interval"),
        ])
    func contradicted(_ sentence: String, _ fact: String) throws {
        for own in [true, false] {
            let found = try problems(sentence, own: own)
            #expect(found.map(\.rule) == ["FactContradicted"])
            #expect(found.first?.message.contains("'\(fact)'") == true)
        }
    }

    @Test(
        "a time that is about something else is left alone",
        arguments: [
            "The conference takes about 90 minutes.", "You can phone us within 5 working days of the letter.",
            "A visit to the dentist is every 6 months.", "Bring a drink. It lasts 2 hours.",
            "Please arrive {{arrive-early}} before the start.", "There were 11 people at the group.",
            "The first core group is one of many. It may take 3 months or 4 months to change.",
        ])
    func other(_ sentence: String) throws {
        #expect(try problems(sentence).isEmpty)
    }
}

@Suite("Hours and names")
struct HoursAndNamesTests {
    private func hours(_ text: String) throws -> [Diagnostic] {
        try LintSample([
            LintSample.council:
                "name: A\nnation: england\nlanguages: [en]\ncontacts:\n  desk: {name: Desk, phone: 01865 323589, hours: \"\(text)\"}\n"
        ]).problems("HalfGivenHours")
    }

    @Test(
        "a contact's hours that are half given are found in its settings",
        arguments: ["Monday to Friday", "Mon–Fri", "Weekdays, 9am to", "9.30am –"])
    func half(_ text: String) throws {
        let found = try hours(text)
        #expect(found.map { $0.location?.file } == [LintSample.council])
        #expect(found.first?.location?.range?.start.line == 5)
    }

    @Test(
        "hours that are given are left alone",
        arguments: [
            "Monday to Friday, 9am to 5pm", "Mon–Fri 8.45–17.00", "24 hours a day", "Every weekday morning",
            "9am – 5pm", "Monday to Thursday 9am to 5pm, Friday 9am to 4.30pm", "Mondays, office hours",
        ])
    func whole(_ text: String) throws {
        #expect(try hours(text).isEmpty)
    }

    @Test(
        "prose that is not about hours is left alone",
        arguments: [
            "You meet on Monday to talk.", "The door is open. Come on Friday.",
            "We are open Monday to Friday. The times are 9am to 5pm.",
        ])
    func prose(_ text: String) throws {
        #expect(try LintSample([LintSample.page: "# Page\n\n\(text)\n"]).problems("HalfGivenHours").isEmpty)
    }

    @Test("names that a sentence says are one are left alone")
    func explained() throws {
        let page =
            "# Page\n\nThe independent chair, also called the chairperson, phones you.\n\nAsk the independent chair.\n"
        #expect(try LintSample([LintSample.page: page]).problems("RoleTwoNames").isEmpty)
    }
}
