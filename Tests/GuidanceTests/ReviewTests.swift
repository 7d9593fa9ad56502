import Guidance
import Markdown
import Support
import Testing
import Translations
import Workspace

@Suite("Who has checked what, sentence by sentence")
struct ReviewTests {
    private let polish: Language
    private let day: CalendarDate

    init() throws {
        polish = try #require(Language(tag: "pl"))
        day = try #require(CalendarDate("2026-10-01"))
    }

    private func parse(_ text: String) throws -> POFile {
        var diagnostics = Diagnostics()
        let file = POFile.parse(text, path: "pl.po", reporting: &diagnostics)
        try #require(diagnostics.sorted == [])
        return file
    }

    private func catalogue(_ review: String) throws -> POFile {
        try parse(
            """
            msgid ""
            msgstr ""
            "Language: pl\\n"
            "X-Signpost-Review: \(review)\\n"

            msgid "A friend may come."
            msgstr "Przyjaciel może przyjść."

            msgid "Nobody translated this."
            msgstr ""

            #, fuzzy
            msgid "You may leave."
            msgstr "Możesz wyjść."

            """)
    }

    private func messages(_ texts: String...) -> [ExtractedMessage] { texts.map { ExtractedMessage(id: $0) } }

    @Test("what the header says holds for what was in the file, and for nothing that comes later")
    func header() throws {
        let all = messages("A friend may come.", "Nobody translated this.", "You may leave.", "New here.")
        var merged = CatalogueMerge.merge(
            all, into: try catalogue("reviewed by Anna Nowak on 2026-10-01"), language: polish
        ).file
        #expect(merged.header["X-Signpost-Review"] == "by message")
        #expect(merged.entries[0].reviewState == .reviewed(by: "Anna Nowak", on: day))
        // Later an agency translates the rest.
        for index in 1...3 {
            merged.entries[index].strings = ["Nowe \(index)."]
            merged.entries[index].isFuzzy = false
        }
        let back = try parse(merged.serialized())
        #expect(back.entries.map(\.reviewState).count { $0 != .draft } == 1)
        let known = Catalogue(back, language: polish)
        #expect(known.review == .draft)
        #expect(known.reviewedCount == 1)
        #expect(!known.isUnreviewed)
        // Merging again changes nothing, and no rule complains.
        #expect(
            CatalogueMerge.merge(all, into: back, language: polish).file.serialized() == back.serialized())
        #expect(
            !CatalogueChecks.check(back, language: polish).sorted.contains { $0.rule == "CatalogueReview" })
    }

    @Test("a change of the words resets a review; a harmless edit of the English does not")
    func changes() throws {
        let file = try catalogue("reviewed by Anna Nowak on 2026-10-01").withReviewByMessage()
        var worked = file
        worked.entries[0].strings = ["Przyjaciel musi przyjść."]
        #expect(worked.entries[0].reviewState == .draft)
        let edited = CatalogueMerge.merge(messages("**A friend may come**"), into: file, language: polish)
            .file
        #expect(edited.entries[0].strings == ["**Przyjaciel może przyjść.**"])
        #expect(edited.entries[0].reviewState == .reviewed(by: "Anna Nowak", on: day))
        // Another English, and a translator who only takes the mark away.
        var fuzzy = CatalogueMerge.merge(messages("A friend must come."), into: file, language: polish).file
        #expect(fuzzy.entries[0].isFuzzy)
        fuzzy.entries[0].isFuzzy = false
        #expect(fuzzy.entries[0].reviewState == .draft)
    }

    @Test(
        "a catalogue that is a draft, or of an older header, is what it was",
        arguments: ["draft", "nonsense"])
    func others(_ review: String) throws {
        let file = try catalogue(review)
        #expect(file.withReviewByMessage() == file)
        #expect(Catalogue(file, language: polish).review == .draft)
    }

    @Test("names with commas and spaces come back as they were written, and other comments are no reviews")
    func comments() throws {
        var entry = POEntry(id: "A", strings: ["B"])
        entry.translatorComments = [
            "signpost-reviewed: nobody", "a note", "signpost-reviewed: X, soon, 12345678",
        ]
        #expect(entry.reviewState == .draft)
        entry.noteReview(by: "Nowak,  Anna (Centre)", on: day)
        #expect(entry.reviewState == .reviewed(by: "Nowak Anna (Centre)", on: day))
        entry.noteReview(by: "B", on: day)
        #expect(entry.translatorComments.count { MessageReview(comment: $0) != nil } == 1)
    }

    private func pages(drafts: Bool, _ file: POFile) throws -> Edition {
        let files = InMemoryFileSystem(
            sampleSite([
                "content/councils/a/council.yml": "name: A\nnation: england\nlanguages: [en, pl]\n",
                "content/guidance/x.md": "# Title\n\nChecked text.\n",
                "content/guidance/y.md": "# Title\n\nChecked text.\n\nNew text.\n",
            ]))
        var diagnostics = Diagnostics()
        let portal = try #require(Portal.load(from: "content", in: files, reporting: &diagnostics))
        let messages = portal.messages(in: files, reporting: &diagnostics).map { MessageKey($0.text) }
        var known = Catalogue(file, language: polish).knowing(messagesInUse: messages)
        if !drafts { known = known.hidingDrafts() }
        let council = try #require(portal.councils.first)
        let editions = portal.editions(
            of: portal.guidance(of: council, in: files, reporting: &diagnostics),
            resources: [
                LanguageResources(language: .english, translator: nil, strings: englishStrings, review: nil),
                LanguageResources(
                    language: polish, translator: CatalogueTranslator(guidance: known),
                    strings: englishStrings, review: known.review),
            ], today: day, reporting: &diagnostics)
        return try #require(editions.first { $0.language == polish })
    }

    @Test("a page is a draft if one of its blocks is, and else names its oldest review")
    func page() throws {
        var file = try parse(
            "msgid \"\"\nmsgstr \"X-Signpost-Review: by message\\n\"\n\nmsgid \"Title\"\nmsgstr \"Tytuł\"\n\nmsgid \"Checked text.\"\nmsgstr \"Tekst.\"\n\nmsgid \"New text.\"\nmsgstr \"Nowy.\"\n"
        )
        file.entries[0].noteReview(by: "Later", on: try #require(CalendarDate("2026-11-11")))
        file.entries[1].noteReview(by: "Anna", on: day)
        let edition = try pages(drafts: true, file)
        #expect(edition.page("x")?.review == .reviewed(by: "Anna", on: day))
        #expect(edition.page("y")?.review == .draft)
        // Where drafts are not published, the block is not shown, and the page is what is left of it.
        let strict = try pages(drafts: false, file)
        let page = try #require(strict.page("y") ?? strict.withheld.first { $0.path == "y" })
        #expect(page.review == .reviewed(by: "Anna", on: day))
        var texts: [String] = []
        page.introduction.forEachPassage { texts.append($0.plainText) }
        #expect(texts == ["Tekst.", "New text."])
    }

    // MARK: Kept on an editor's word

    @Test(
        "what a reader decides by is no wording",
        arguments: [
            ("You can bring a freind.", "You can bring a friend.", 0),
            ("Utilise the form.", "Use the form.", 0),
            ("Read [this](y.md) leaflet.", "Read [this](z.md) booklet.", 0),
            ("Within 3 days.", "Within 5 days.", 2), ("You must come.", "You may come.", 2),
            ("You do not have to.", "You have to.", 1), ("Come {{early}} before.", "Come earlier before.", 1),
            ("You can go.", "You cannot go.", 2), ("Phone 01632 960000 now.", "Phone us now.", 1),
        ])
    func obstacles(_ before: String, _ after: String, _ count: Int) throws {
        var entry = POEntry(id: after, strings: ["X"])
        entry.isFuzzy = true
        entry.previous = .init(id: before)
        let kept = try #require(KeptTranslation.all(in: POFile(path: "pl.po", entries: [entry])).first)
        #expect(kept.obstacles.count == count, "\(kept.obstacles)")
    }

    @Test("a kept translation is current, says who kept it and why, and keeps its review")
    func keep() throws {
        var file = try parse(
            "msgid \"\"\nmsgstr \"\"\n\"Language: pl\\n\"\n\"X-Signpost-Review: reviewed by Anna on 2026-10-01\\n\"\n\nmsgid \"You can bring a freind to [the meeting](y.md).\"\nmsgstr \"Możesz zabrać przyjaciela na [spotkanie](y.md).\"\n"
        )
        let now = "You can bring a friend to [the meeting](z.md)."
        file = CatalogueMerge.merge(messages(now), into: file, language: polish).file
        let kept = try #require(KeptTranslation.all(in: file).first)
        #expect(kept.obstacles.isEmpty)
        file.keep(kept, by: "Ann  Editor", on: try #require(CalendarDate("2026-11-21")), because: "a typo")
        let entry = try #require(try parse(file.serialized()).entries.first)
        #expect(!entry.isFuzzy && entry.previous == nil)
        #expect(entry.strings == ["Możesz zabrać przyjaciela na [spotkanie](z.md)."])
        #expect(entry.reviewState == .reviewed(by: "Anna", on: day))
        #expect(
            entry.translatorComments.contains(
                "signpost-meaning-unchanged: Ann Editor, 2026-11-21: a typo; before: You can bring a freind to [the meeting](y.md)."
            ))
        #expect(KeptTranslation.all(in: file).isEmpty)
    }
}
