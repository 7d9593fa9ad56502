import Testing
import Translations
import Workspace

@Suite struct CatalogueTests {
    private func catalogue(_ text: String, _ tag: String = "pl") throws -> Catalogue {
        var diagnostics = Diagnostics()
        let file = POFile.parse(text, path: "pl.po", reporting: &diagnostics)
        try #require(diagnostics.sorted == [])
        return Catalogue(file, language: try #require(Language(tag: tag)))
    }

    private static let text = """
        msgid "Arrive {{arrive-early}} before the start."
        msgstr "Przyjdź {{arrive-early}} przed rozpoczęciem."

        msgid "Empty"
        msgstr ""

        #, fuzzy
        #| msgid "You get it 3 working days before."
        msgid "You get it 5 working days before."
        msgstr "Dostaniesz go 3 dni robocze wcześniej."

        #, fuzzy
        #| msgid "The chair will explain what will happen."
        msgid "The chair explains what will happen."
        msgstr "Osoba przewodnicząca wyjaśni przebieg."

        #, fuzzy
        msgid "Nobody knows what this was."
        msgstr "Nikt nie wie."

        msgctxt "button"
        msgid "Leave"
        msgstr "Opuść"

        msgctxt "duration"
        msgid "{n} working day"
        msgid_plural "{n} working days"
        msgstr[0] "{n} dzień roboczy"
        msgstr[1] "{n} dni robocze"
        msgstr[2] "{n} dni roboczych"

        msgctxt "duration"
        msgid "{n} week"
        msgid_plural "{n} weeks"
        msgstr[0] "{n} tydzień"
        msgstr[1] ""
        msgstr[2] ""

        #~ msgid "It came back."
        #~ msgstr "Wróciło."
        """

    @Test func `a translated message is found with its place`() throws {
        let lookup = try catalogue(Self.text).translation(of: "Arrive {{arrive-early}} before the start.")
        guard case .translated(let found) = lookup else { return #expect(Bool(false), "\(lookup)") }
        #expect(found.text == "Przyjdź {{arrive-early}} przed rozpoczęciem.")
        #expect(found.location.description == "pl.po:2:9")
    }

    @Test func `untranslated and unknown messages are missing, and contexts are kept apart`() throws {
        let catalogue = try catalogue(Self.text)
        #expect(catalogue.translation(of: "Empty") == .missing)
        #expect(catalogue.translation(of: "Unknown") == .missing)
        #expect(catalogue.translation(of: "Leave") == .missing)
        #expect(catalogue.translation(of: "Leave", context: "button").text == "Opuść")
    }

    @Test func `an obsolete entry serves its own message again`() throws {
        guard case .translated = try catalogue(Self.text).translation(of: "It came back.") else {
            return #expect(Bool(false))
        }
    }

    @Test(arguments: [
        ("You get it 5 working days before.", true, Optional("You get it 3 working days before.")),
        ("The chair explains what will happen.", false, "The chair will explain what will happen."),
        ("Nobody knows what this was.", true, nil),
    ])
    func `a fuzzy entry is stale, and misleads where figures changed or nothing is known`(
        id: String, mayMislead: Bool, previous: String?
    ) throws {
        guard case .stale(let stale) = try catalogue(Self.text).translation(of: id) else {
            return #expect(Bool(false))
        }
        #expect(stale.reason == .fuzzy)
        #expect(stale.mayMislead == mayMislead)
        #expect(stale.previousID == previous)
    }

    @Test(arguments: [
        ("Arrive {{arrive-early}} before the start, please.", false),
        ("Arrive {{arrive-late}} before the start.", true),
        ("Arrive {{arrive-early}} after the start.", true),
        ("Arrive {{arrive-early}} before the start at 9.", true),
        ("Do not arrive {{arrive-early}} before the start.", true),
    ])
    func `a changed message is stale the moment it changes`(id: String, mayMislead: Bool) throws {
        let catalogue = try catalogue(Self.text)
        #expect(catalogue.translation(of: id) == .missing)
        let knowing = catalogue.knowing(messagesInUse: [MessageKey(id)])
        guard case .stale(let stale) = knowing.translation(of: id) else { return #expect(Bool(false)) }
        #expect(stale.reason == .changedSinceExtraction)
        #expect(stale.previousID == "Arrive {{arrive-early}} before the start.")
        #expect(stale.mayMislead == mayMislead)
        #expect(stale.similarity >= 0.6 && stale.similarity < 1)
        #expect(stale.location.description == "pl.po:2:9")
    }

    @Test func `an entry that is still used is nobody's earlier version`() throws {
        let id = "Arrive {{arrive-early}} before the start, please."
        let knowing = try catalogue(Self.text).knowing(
            messagesInUse: [MessageKey(id), MessageKey("Arrive {{arrive-early}} before the start.")])
        #expect(knowing.translation(of: id) == .missing)
    }

    @Test func `an entry serves one changed message only, the most similar`() throws {
        let near = "Arrive {{arrive-early}} before the very start."
        let far = "Arrive {{arrive-early}} before the start of the long day."
        let knowing = try catalogue(Self.text).knowing(messagesInUse: [MessageKey(far), MessageKey(near)])
        #expect(knowing.translation(of: near).text != nil)
        #expect(knowing.translation(of: far) == .missing)
    }

    @Test func `another message is not taken for a change`() throws {
        let id = "Arrive at the office and ask for the chair."
        let knowing = try catalogue(Self.text).knowing(messagesInUse: [MessageKey(id)])
        #expect(knowing.translation(of: id) == .missing)
    }

    @Test func `a translation with other placeholders than the English may mislead`() throws {
        let text = """
            #, fuzzy
            #| msgid "Call {{contact chair}} now please."
            msgid "Call {{contact chair}} now."
            msgstr "Zadzwoń {{contact char}}."
            """
        guard case .stale(let stale) = try catalogue(text).translation(of: "Call {{contact chair}} now.")
        else {
            return #expect(Bool(false))
        }
        #expect(stale.mayMislead)
    }

    @Test(arguments: [
        (1, "1 dzień roboczy"), (2, "2 dni robocze"), (5, "5 dni roboczych"), (22, "22 dni robocze"),
        (0, "0 dni roboczych"), (100, "100 dni roboczych"),
    ])
    func `durations take the form of the count`(amount: Int, expected: String) throws {
        let polish = try #require(Language(tag: "pl"))
        let (text, isTranslated) = UnitMessages.spellOut(
            amount, .workingDay, language: polish, catalogue: try catalogue(Self.text))
        #expect(text == expected)
        #expect(isTranslated)
    }

    @Test(arguments: [(1, "1 week", false), (0, "0 weeks", false), (3, "3 months", false)])
    func `without a translation the duration is English, and says so`(
        amount: Int, expected: String, isTranslated: Bool
    ) throws {
        let polish = try #require(Language(tag: "pl"))
        let unit: DurationUnit = expected.contains("month") ? .month : .week
        let catalogue = amount == 1 ? nil : try catalogue(Self.text)
        let found = UnitMessages.spellOut(amount, unit, language: polish, catalogue: catalogue)
        #expect(found == (expected, isTranslated))
    }

    @Test(arguments: [
        (20, DurationUnit.minute, "20 minutes"), (1, .workingDay, "1 working day"), (6, .week, "6 weeks"),
        (1, .year, "1 year"), (0, .hour, "0 hours"),
    ])
    func `English durations need no catalogue`(amount: Int, unit: DurationUnit, expected: String) {
        #expect(UnitMessages.spellOut(amount, unit, language: .english, catalogue: nil) == (expected, true))
    }

    @Test func `units are read as editors write them`() {
        #expect(DurationUnit(text: "working days") == .workingDay)
        #expect(DurationUnit(text: " Week ") == .week)
        #expect(DurationUnit(text: "fortnight") == nil)
        #expect(UnitMessages.messages.map(\.id) == DurationUnit.allCases.map(\.singularMessage))
    }

    @Test(arguments: [
        ("draft", Optional(ReviewState.draft)), ("reviewed by A. B. Checker on 2026-11-21", nil),
        ("reviewed", nil),
        ("reviewed by X on 2026-11", nil), ("reviewed by on 2026-11-21", nil), ("", nil),
    ])
    func `review states are read`(text: String, expected: ReviewState?) throws {
        if text.contains("Checker") {
            let date = try #require(CalendarDate("2026-11-21"))
            #expect(ReviewState(text) == .reviewed(by: "A. B. Checker", on: date))
            #expect(ReviewState(text)?.description == text)
        } else {
            #expect(ReviewState(text) == expected)
        }
    }

    @Test func `a catalogue without a readable review state is a draft`() throws {
        #expect(try catalogue("").review == .draft)
        #expect(try catalogue("msgid \"\"\nmsgstr \"X-Signpost-Review: perfect\\n\"").review == .draft)
    }

    @Test func `status counts each message once, and the words that are left`() throws {
        let keys = [
            MessageKey("Arrive {{arrive-early}} before the start."), MessageKey("Empty"),
            MessageKey("You get it 5 working days before."), MessageKey("Empty"),
            MessageKey("Phone {{contact chair}} or write to help@example.org."),
        ]
        let status = TranslationStatus(of: keys, in: try catalogue(Self.text))
        #expect(status.translated == 1)
        #expect(status.stale == 1)
        #expect(status.missing == 2)
        // Empty; You get it working days before; Phone or write to.
        #expect(status.wordsLeft == 1 + 6 + 4)
        #expect(status.words == 4 + 11)
        #expect(status.coverage == 0.25)
        #expect(TranslationStatus(of: [], in: nil).coverage == 1)
    }
}
