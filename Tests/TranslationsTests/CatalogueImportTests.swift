import Testing
import Translations
import Workspace

@Suite struct CatalogueImportTests {
    private let polish: Language

    init() throws { polish = try #require(Language(tag: "pl")) }

    private func file(_ text: String, _ path: String) -> POFile {
        var diagnostics = Diagnostics()
        return POFile.parse(text, path: path, reporting: &diagnostics)
    }

    private var own: POFile {
        file(
            """
            msgid "You can come."
            msgstr "Stare."

            #. Paragraph.
            #: a.md#x
            msgid "Within 3 days, read [this](z.md)."
            msgstr ""

            #, fuzzy
            #| msgid "The chair hears."
            msgid "The chair listens."
            msgstr "Przewodniczący."

            msgid "Stay."
            msgstr "Zostań."

            msgid "Come {{early}}."
            msgstr "Przyjdź {{early}}."

            """, "pl.po")
    }

    @Test func `translations come in, by the message or by what it means, and each is counted`() {
        let sent = file(
            """
            # checked twice
            msgid "You can come"
            msgstr "Nowe."

            msgid "Within 3 days, read [this](y.md)."
            msgstr "W ciągu 3 dni przeczytaj [to](y.md)."

            msgid "The chair listens."
            msgstr "Przewodniczący słucha."

            msgid "Stay."
            msgstr "Zostań."

            msgid "Another thing"
            msgstr "Coś innego"

            msgid "Nothing"
            msgstr ""

            """, "sent.po")
        let result = CatalogueImport(sent, into: own, language: polish)
        #expect(
            [result.added, result.changed, result.same, result.unused, result.refused] == [2, 1, 1, 1, 0])
        #expect(result.problems.isEmpty)
        let entries = result.file.entries
        #expect(entries[0].id == "You can come." && entries[0].strings == ["Nowe."])
        #expect(entries[0].translatorComments == ["checked twice"])
        #expect(entries[1].strings == ["W ciągu 3 dni przeczytaj [to](z.md)."])
        #expect(entries[1].references == ["a.md#x"])
        #expect(!entries[2].isFuzzy && entries[2].previous == nil)
        #expect(entries.last?.id == "Another thing" && entries.last?.isObsolete == true)
        // Coming in twice changes nothing.
        let again = CatalogueImport(sent, into: result.file, language: polish)
        #expect(again.file == result.file)
        #expect(again.same == 4)
    }

    @Test(arguments: [
        ("Within 3 days, read [this](z.md).", "W ciągu 5 dni przeczytaj [to](z.md).", "NumberMismatch"),
        ("Come {{early}}.", "Przyjdź wcześniej.", "PlaceholderMismatch"),
        ("You can come.", "Możesz <b>przyjść</b>.", "HTMLInTranslation"),
        ("You can come.", "You can come.", "UntranslatedCopy"),
    ])
    func `a mistake is refused at its line, and what there was stays`(id: String, text: String, rule: String)
    {
        let sent = file("\n\nmsgid \"\(id)\"\nmsgstr \"\(text)\"\n", "sent.po")
        let result = CatalogueImport(sent, into: own, language: polish)
        #expect(result.refused == 1)
        #expect(result.file == own)
        let problems = result.problems.sorted
        #expect(problems.contains { $0.rule == rule })
        #expect(problems.allSatisfy { $0.location?.file == "sent.po" && $0.location?.range?.start.line == 4 })
    }

    @Test func `a fuzzy translation fills a gap and replaces nothing`() {
        let sent = file(
            "#, fuzzy\nmsgid \"Stay.\"\nmsgstr \"Nie.\"\n\n#, fuzzy\nmsgid \"Within 3 days, read [this](z.md).\"\nmsgstr \"Coś.\"\n",
            "sent.po")
        let result = CatalogueImport(sent, into: own, language: polish)
        #expect(result.undecided == 2)
        #expect(result.file.entries[3].strings == ["Zostań."])
        #expect(result.file.entries[1].isFuzzy && result.file.entries[1].strings == ["Coś."])
    }

    @Test func `a review of what was there before does not count for what came in`() throws {
        var reviewed = own
        reviewed.header["X-Signpost-Review"] = "by message"
        reviewed.entries[0].noteReview(by: "Anna", on: try #require(CalendarDate("2026-10-01")))
        reviewed.entries[3].noteReview(by: "Anna", on: try #require(CalendarDate("2026-10-01")))
        let sent = file(
            "# signpost-reviewed: Somebody, 2026-11-01, 00000000\nmsgid \"You can come.\"\nmsgstr \"Nowe.\"\n\nmsgid \"Stay.\"\nmsgstr \"Zostań.\"\n",
            "sent.po")
        let result = CatalogueImport(sent, into: reviewed, language: polish)
        #expect(result.file.entries[0].reviewState == .draft)
        #expect(result.file.entries[3].reviewState != .draft)
    }

    private func taken(_ text: String, tellsUnfinished: Bool = true) -> CatalogueImport {
        CatalogueImport(
            file(text, "sent.po"), into: own, language: polish, tellsUnfinished: tellsUnfinished)
    }

    @Test func `new words that are marked as unfinished are kept so, and named`() {
        let result = taken(
            """
            #, fuzzy
            msgid "The chair listens."
            msgstr "Osoba prowadząca słucha."

            """)
        let entry = result.file.entries.first { $0.id == "The chair listens." }
        #expect(entry?.strings == ["Osoba prowadząca słucha."])
        #expect(entry?.isFuzzy == true && entry?.previous != nil)
        #expect(result.problems.sorted.map(\.rule) == ["MarkedUnfinished"])
        #expect(result.problems.sorted.first?.location?.range?.start.line == 2)
        // A finished translation stays.
        let finished = taken("#, fuzzy\nmsgid \"Stay.\"\nmsgstr \"Zostaje.\"\n")
        #expect(finished.file.entries.first { $0.id == "Stay." }?.strings == ["Zostań."])
        // A mistake in them is told to whoever finishes them.
        let wrong = taken(
            "#, fuzzy\nmsgid \"Within 3 days, read [this](z.md).\"\nmsgstr \"W ciągu 5 dni [to](z.md).\"\n")
        #expect(wrong.refused == 0 && wrong.undecided == 1)
        #expect(
            wrong.problems.sorted.map { [$0.rule, $0.severity.rawValue] }
                == [["MarkedUnfinished", "warning"], ["NumberMismatch", "warning"]])
    }

    @Test(arguments: [true, false])
    func `a translation of the older English is named, and stays unfinished where the file cannot say more`(
        tellsUnfinished: Bool
    ) {
        let result = taken(
            "msgid \"The chair listens.\"\nmsgstr \"Przewodniczący.\"\n", tellsUnfinished: tellsUnfinished)
        #expect(result.problems.sorted.map(\.rule) == ["SameAsBefore"])
        #expect(
            result.file.entries.first { $0.id == "The chair listens." }?.isFuzzy == !tellsUnfinished)
        #expect(result.added == (tellsUnfinished ? 1 : 0))
    }

    @Test func `contacts in another order are named`() {
        let own = file(
            """
            msgid "In danger ring {{contact emergency}}, a child {{contact childline}}."
            msgstr ""

            """, "pl.po")
        func sent(_ text: String) -> CatalogueImport {
            CatalogueImport(
                file(
                    "msgid \"In danger ring {{contact emergency}}, a child {{contact childline}}.\"\nmsgstr \"\(text)\"\n",
                    "sent.po"), into: own, language: polish)
        }
        let mixed = sent("W niebezpieczeństwie {{contact childline}}, dziecko {{contact emergency}}.")
        #expect(mixed.added == 1 && mixed.problems.sorted.map(\.rule) == ["OtherOrder"])
        let right = sent("W niebezpieczeństwie {{contact emergency}}, dziecko {{contact childline}}.")
        #expect(right.added == 1 && right.problems.isEmpty)
    }

    @Test(arguments: ["[0] \"dzień\"", "[0] \"dzień\"\nmsgstr[1] \"dni\"\nmsgstr[2] \"\""])
    func `a message without all of its plural forms is refused at its place`(forms: String) {
        let own = file(
            "msgid \"{n} day\"\nmsgid_plural \"{n} days\"\nmsgstr[0] \"{n} dzień\"\nmsgstr[1] \"{n} dni\"\nmsgstr[2] \"{n} dni\"\n",
            "pl.po")
        let given = forms.replacing("\"d", with: "\"{n} d")
        let result = CatalogueImport(
            file("msgid \"{n} day\"\nmsgid_plural \"{n} days\"\nmsgstr\(given)\n", "sent.po"), into: own,
            language: polish)
        #expect(result.refused == 1 && result.unused == 0)
        #expect(result.problems.sorted.map(\.rule) == ["IncompletePlural"])
        #expect(result.file.entries.count == 1)
        #expect(result.file.entries[0].strings[2] == "{n} dni")
    }
}
