import Guidance
import Testing
import Workspace

@testable import Checks

@Suite("Slips of the hand")
struct SlipTests {
    private static let contacts = """
        name: A
        nation: england
        languages: [en]
        contacts:
          chair: {name: Chair, phone: 01865 815672, email: chair@kent.gov.uk}

        """

    private func found(_ text: String, _ rule: String) throws -> [Diagnostic] {
        try LintSample([LintSample.page: "# Page\n\n\(text)\n", LintSample.council: Self.contacts])
            .problems(rule)
    }

    private func found(fact value: String, _ rule: String) throws -> [Diagnostic] {
        try LintSample([
            LintSample.page: "# Page\n\nIt is {{thing}} there.\n",
            LintSample.council: "name: A\nnation: england\nlanguages: [en]\nfacts:\n  thing: \(value)\n",
        ]).problems(rule)
    }

    // MARK: Links

    @Test(
        "a link that leads to another number, address or site than it shows is found",
        arguments: [
            "[01463 703456](tel:+441463703457)", "[01463 70345](tel:01463703456)", "[Call 101](tel:111)",
            "[18001 01463 703456](tel:1800101463703457)", "[01463 703456](mailto:a@kent.gov.uk)",
            "[help@kent.gov.uk](mailto:info@kent.gov.uk)",
            "[help@kent.gov.uk](mailto:help@kent.gov.uk.example)",
            "[Write to help@kent.gov.uk](mailto:info@kent.gov.uk?subject=help@kent.gov.uk)",
            "[www.kent.gov.uk](https://www.medway.gov.uk/)", "[kent.gov.uk/help](http://kent.org.uk/help)",
            "[help@kent.gov.uk](tel:01463703456)", "[www.kent.gov.uk](mailto:a@kent.gov.uk)",
        ])
    func shownAndReached(_ link: String) throws {
        #expect(try found("Ask \(link) now.", "LinkShowsAnother").count == 1)
    }

    @Test(
        "a link that leads where it shows is left alone",
        arguments: [
            "[01463 703456](tel:+441463703456)", "[(01463) 703-456](tel:01463703456)",
            "[01463 703456 ext 12](tel:+441463703456;ext=12)", "[18001 01463 703456](tel:+441463703456)",
            "[999](tel:999)", "[Open 9am to 5pm](tel:999)",
            "[Help@Kent.gov.uk](mailto:help@kent.gov.uk?subject=x)",
            "[help@kent.gov.uk](mailto:a@kent.gov.uk,help@kent.gov.uk)",
            "[help@kent.gov.uk](mailto:help%40kent.gov.uk)",
            "[www.kent.gov.uk](https://kent.gov.uk/a)", "[nspcc.org.uk](https://learning.nspcc.org.uk/x)",
            "[GOV.UK](https://www.gov.uk/a)", "[The form, version 2.1](https://www.kent.gov.uk/a)",
            "[Working Together 2023](https://www.gov.uk/a)", "<help@kent.gov.uk>", "[Text 85258](sms:85258)",
            "[01463 703456 or 01463 703457](tel:01463703457)",
            "[The survey of kent.gov.uk](https://forms.example.com/a)",
            "[Kent.gov](https://example.com/kent)",
            "[the team of kent.gov.uk](mailto:web-team@example.org)",
            "[www.kent.gov.uk](https://web.archive.org/web/2020/http://www.kent.gov.uk/)",
            "[kent.gov.uk](https://www.google.com/url?q=https%3A%2F%2Fkent.gov.uk)",
        ])
    func sameShownAndReached(_ link: String) throws {
        #expect(try found("Ask \(link) now.", "LinkShowsAnother").isEmpty)
    }

    // MARK: Numbers

    @Test(
        "letters in the place of digits are found, with the number that is meant",
        arguments: [
            ("0l865 8156O2", "01865 815602"), ("O1865 815602", "01865 815602"),
            ("01865 8I5602", "01865 815602"),
            ("O7700 9OO12l", "07700 900121"), ("0800-I234-56O", "0800-1234-560"), ("1O working days", "10"),
            ("2O27", "2027"), ("20l5", "2015"),
        ])
    func letters(_ text: String, _ meant: String) throws {
        let found = try found("Phone \(text) now.", "LetterInNumber")
        #expect(found.count == 1)
        #expect(found.first?.help == "Write \(meant), if that is the number.")
    }

    @Test(
        "letters that belong there are left alone",
        arguments: [
            "Write to OX1 1ND or OL10 1IO.", "Drink 1l or 10l of it.", "The O2 arena and H2O.",
            "Form 10I or IO12.",
            "It is 1 or 2. I 10 times.", "See https://kent.gov.uk/2O26 there.", "Write `2O26` here.",
            "Reference A/1O.",
        ])
    func properLetters(_ text: String) throws { #expect(try found(text, "LetterInNumber").isEmpty) }

    @Test("a contact's number with letters in it is refused with the number that is meant")
    func lettersInContact() throws {
        let text = Self.contacts.replacing("01865 815672", with: "0l865 8156O2")
        let found = try LintSample([LintSample.council: text]).problems("InvalidContact")
        #expect(found.first?.help == "Write 01865 815602, if that is the number.")
    }

    @Test(
        "a typed number that is nearly a contact's names the contact",
        arguments: [
            ("01865 815673", "one sign"), ("01865 815627", "one sign"), ("01865 815681", "two digits"),
        ])
    func nearNumber(_ number: String, _ difference: String) throws {
        let found = try found("Phone \(number) now.", "TypedContact")
        #expect(found.first?.message.contains("differs by \(difference) from the contact 'chair'") == true)
        #expect(found.first?.help?.contains("{{contact chair}}") == true)
    }

    @Test("a number that is no contact's is not said to be one")
    func otherNumber() throws {
        let found = try found("Phone 01865 249999 now.", "TypedContact")
        #expect(found.first?.message == "'01865 249999' is typed into the text")
    }

    @Test("a number with a digit too few names the contact that is meant")
    func shortNumber() throws {
        let found = try found("Phone 01865 81567 now.", "ImpossibleNumber")
        #expect(found.first?.help?.contains("{{contact chair}}") == true)
        #expect(
            try self.found("Phone 01632 44444 now.", "ImpossibleNumber").first?.help?.contains("chair")
                == false)
    }

    // MARK: Dates and times

    @Test(
        "days that no calendar has are found, with a year and without",
        arguments: [
            "31 November", "30 February", "31st of June", "31 Sept", "November 31st", "29 February 2027",
            "30 Feb 2028", "31/11/2026", "12/31/2026", "2026-11-31", "2026-13-01", "32 December 2026",
            "Monday 3 December 2026", "Monday the 3rd of December 2026",
        ])
    func impossibleDates(_ date: String) throws {
        #expect(try found("Come on \(date) to us.", "ImpossibleDate").count == 1)
    }

    @Test(
        "days that there are, and other numbers, are left alone",
        arguments: [
            "31 October", "29 February", "29 February 2028", "30 Nov", "31st of May",
            "Thursday 3 December 2026",
            "2026-11-30", "1/12/2026", "32 may come", "version 30 for Feb",
        ])
    func possibleDates(_ date: String) throws {
        #expect(try found("Come on \(date) to us.", "ImpossibleDate").isEmpty)
    }

    @Test(
        "times that no clock shows are found",
        arguments: [
            "at 25:00", "from 9am to 17pm", "at 13pm", "at 14:30pm", "at 14 pm", "from 9am-17pm", "at 9:75",
            "at 9.75am", "until 15 p.m.", "by 24:30", "from 9:00 to 26:00",
        ])
    func impossibleTimes(_ time: String) throws {
        #expect(try found("Come \(time) to us.", "ImpossibleTime").count == 1)
    }

    @Test(
        "times that there are, ratios and amounts are left alone",
        arguments: [
            "from 1:45 pm to 2: 45 pm",
            "at 23:59", "at 24:00", "at 00:30", "from 9am to 5pm", "at 12.30pm", "at 9:30 am",
            "with a ratio of 1:60",
            "from 50:50 to 60:40", "for £13.50pm or £25pm", "at 17, am I old enough?",
            "and see 45:12 in the film",
            "at 1030am", "in 2026, pm or am",
        ])
    func possibleTimes(_ time: String) throws {
        #expect(try found("Come \(time) to us.", "ImpossibleTime").isEmpty)
    }

    @Test(
        "what no fact can be is found once, where the fact is written",
        arguments: [
            ("31 November", "ImpossibleDate"), ("2026-11-31", "ImpossibleDate"),
            ("\"9am to 17pm\"", "ImpossibleTime"), ("{value: by 13pm, label: When}", "ImpossibleTime"),
            ("room 2O26", "LetterInNumber"),
        ])
    func facts(_ value: String, _ rule: String) throws {
        let found = try found(fact: value, rule)
        #expect(found.count == 1)
        #expect(found.first?.location?.file == LintSample.council)
    }

    @Test(
        "a length of time with a slip in its unit is found, with the unit that is meant",
        arguments: [
            ("10 workin days", "10 working days"), ("3 weks", "3 weeks"), ("20 mintes", "20 minutes"),
            ("2 motnhs", "2 months"), ("5 Working dyas", "5 working days"), ("4 huors", "4 hours"),
        ])
    func units(_ value: String, _ meant: String) throws {
        #expect(try found(fact: value, "LooksLikeDuration").map(\.help) == ["Did you mean '\(meant)'?"])
    }

    @Test(
        "other things that are counted are left alone",
        arguments: [
            "4 houses", "3 rooms", "2 desks", "10 walking days", "2 yards", "3 people here",
            "10 working days",
        ])
    func counted(_ value: String) throws { #expect(try found(fact: value, "LooksLikeDuration").isEmpty) }

    @Test(
        "a date in words is found where a fact needs it in figures",
        arguments: [
            "3 December 2026", "Thursday 3 December 2026", "\"03/12/2026\"", "{value: 3rd December 2026}",
        ])
    func dates(_ value: String) throws {
        #expect(try found(fact: value, "LooksLikeDate").map { $0.help?.contains("2026-12-03") } == [true])
    }

    @Test(
        "text that has a date in it is left alone",
        arguments: ["from 3 December 2026", "2026-12-03", "December 2026"])
    func noDates(_ value: String) throws { #expect(try found(fact: value, "LooksLikeDate").isEmpty) }

    // MARK: Lost words

    @Test(
        "an id that does not end its line is found",
        arguments: [
            "## Alpha {#alpha} more", "## Alpha {#alpha}.", "## Alpha {#alpha} {when=x}", "## Alpha {#alpha",
            "Words {#alpha} here.",
        ])
    func ids(_ line: String) throws {
        let found = try found(line + "\n\nText.", "BrokenPlaceholder")
        #expect(found.map { $0.help?.contains("put {#alpha} at the very end") } == [true])
    }

    @Test(
        "an id at the end, and one that readers are to see, are left alone",
        arguments: ["## Alpha {#alpha}", "## Alpha `{#alpha}` more", "## {#each x} more"])
    func properIDs(_ line: String) throws {
        #expect(try found(line + "\n\nText.", "BrokenPlaceholder").isEmpty)
    }

    @Test(
        "a line that Markdown takes for the address of a link is found",
        arguments: [
            "[Note]: word", "[E-mail]: help@kent.gov.uk", "[Phone]: 01865815672", "[Note]:\nword",
            "- [Note]: word", "[Note]: word \"and more\"", "> [Note]: word",
        ])
    func lines(_ text: String) throws {
        #expect(try found("Words.\n\n\(text)", "UnusedReference").count == 1)
    }

    @Test(
        "addresses of links, remarks and lines that are shown are left alone",
        arguments: [
            "[Note]: word\n\nSee [the note][note].", "[Note]: word\n\nSee [note].",
            "[a]: https://kent.gov.uk",
            "[a]: page.md", "[//]: # (remark)", "[comment]: <>", "[Note]: word and more", "[^1]: Word",
            "Text\n[Note]: word", "    [Note]: word", "```\n[Note]: word\n```",
        ])
    func properLines(_ text: String) throws {
        #expect(try found("Words.\n\n\(text)", "UnusedReference").isEmpty)
    }
}
