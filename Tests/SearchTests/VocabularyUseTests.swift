import Guidance
import Support
import Testing
import Translations
import Workspace

@testable import Search

/// A portal of one council with one page, in English.
private func edition(_ page: String) throws -> Edition {
    let files = InMemoryFileSystem()
    try files.write(
        Array("name: Test\nbase-url: https://example.org\nlanguages: [en]\n".utf8), to: "c/portal.yml")
    try files.write(
        Array("name: Test Council\nnation: england\nlanguages: [en]\n".utf8), to: "c/councils/t/council.yml")
    try files.write(Array(page.utf8), to: "c/guidance/page.md")
    var diagnostics = Diagnostics()
    let portal = try #require(Portal.load(from: "c", in: files, reporting: &diagnostics))
    let council = try #require(portal.council("t"))
    let resources = LanguageResources(
        language: portal.sourceLanguage, translator: nil, strings: InterfaceStrings([:]), review: nil)
    let editions = portal.editions(
        of: portal.guidance(of: council, in: files, reporting: &diagnostics), resources: [resources],
        today: try #require(CalendarDate(year: 2026, month: 11, day: 21)), reporting: &diagnostics)
    return try #require(editions.first)
}

private func lexicon(_ fixture: Fixture) -> SearchLexicon {
    var vocabulary = SearchVocabulary(language: .english)
    var diagnostics = Diagnostics()
    for (path, text) in fixture.files.sorted(by: { $0.key < $1.key }) {
        vocabulary.add(SourceText(path: path, text: text), reporting: &diagnostics)
    }
    #expect(diagnostics.isEmpty)
    return SearchLexicon(vocabulary)
}

@Suite struct VocabularyUseTests {
    @Test func whatIsAskedOfASectionThatIsNowhereIsToldAtItsPlace() throws {
        let fixture = Fixture([
            "search/en.yml": """
            also-asked:
              "page#where": which building
              ⟦DeadVocabularyLine⟧"page#were": what room
              ⟦DeadVocabularyLine⟧elsewhere: nothing
            """
        ])
        var use = VocabularyUse(lexicon(fixture)) { _ in true }
        #expect(!use.isDone)
        use.note(try edition("# Page\n\n## Where is it? {#where}\n\nIn the hall.\n"))
        #expect(Fixture.found(use.problems) == fixture.expected)
        #expect(use.problems.contains { $0.help == "Did you mean 'page#where'?" })
    }

    @Test func linesThatNoPageCanMatchAreToldAtTheirPlace() throws {
        let fixture = Fixture([
            "search/en.yml": """
            stop-words: the a of your
            forms:
              - child children
            alike:
              - hub, drop in
              - ⟦DeadVocabularyLine⟧pub, tavern
            means:
              ask the chair: boss
              ⟦DeadVocabularyLine⟧judge: court
              children: kids
              ⟦DeadVocabularyLine⟧chairs of court: benches
              moon / meeting: get together
              ⟦DeadVocabularyLine⟧of the: nothing
            formal:
              ⟦DeadVocabularyLine⟧convene / convener: who calls it
            """
        ])
        let lexicon = lexicon(fixture)
        var use = VocabularyUse(lexicon) { _ in true }
        use.note(try edition("# Meetings\n\nThe chairs are asking your child. Come to the hub.\n"))
        #expect(Fixture.found(use.problems) == fixture.expected)
        let help = use.problems.first { $0.message.contains("chairs of court") }?.help ?? ""
        #expect(help.hasPrefix("No page has 'court'."))
    }

    @Test func aLineLeadsSomewhereIfOneCouncilSaysIt() throws {
        let fixture = Fixture(["search/en.yml": "means:\n  north office: where\n  south office: there\n"])
        let lexicon = lexicon(fixture)
        let start = VocabularyUse(lexicon) { _ in true }
        var north = start
        var south = start
        north.note(try edition("# The north\n\nOur office.\n"))
        south.note(try edition("# The south\n\nCome in.\n"))
        #expect(north.deadLines.map(\.line.wordings) == [["south office"]])
        north.formUnion(south)
        // Both words are there, but on no council's pages together.
        #expect(north.deadLines.map(\.line.wordings) == [["south office"]])
        #expect(north.deadLines.first?.missing == [])
        south.note(try edition("# The south\n\nThe office.\n"))
        north.formUnion(south)
        #expect(north.isDone)
    }

    @Test func aWordThatIsNearIsNamed() throws {
        let lexicon = lexicon(Fixture(["search/en.yml": "means:\n  confrence: meeting\n  ear: hear me\n"]))
        var use = VocabularyUse(lexicon) { _ in true }
        use.note(try edition("# The conference\n\nBe there early, an hour.\n"))
        #expect(use.deadLines.map(\.near) == ["conference", nil])
    }

    @Test func whatIsTakenAwayIsNoLineAnyMore() throws {
        let fixture = Fixture([
            "a.yml": "means:\n  judge: court\n  moon / sun: sky\nalike:\n  - pub, tavern\n  - a1, b1, c1\n",
            "b.yml": "remove:\n  means:\n    judge:\n    sun:\n  alike: tavern, a1\n",
        ])
        var use = VocabularyUse(lexicon(fixture)) { _ in true }
        use.note(try edition("# Page\n\nText.\n"))
        #expect(use.deadLines.map(\.line.wordings) == [["b1", "c1"], ["moon"]])
    }

    @Test func onlyLinesThatAreWantedAreJudged() throws {
        let fixture = Fixture([
            "a.yml": "means:\n  judge: court\n", "b.yml": "means:\n  ⟦DeadVocabularyLine⟧jury: twelve\n",
        ])
        var use = VocabularyUse(lexicon(fixture)) { $0.location.file == "b.yml" }
        use.note(try edition("# Page\n\nText.\n"))
        #expect(Fixture.found(use.problems) == fixture.expected)
    }

    /// A saying is looked up by the words that the browser has: without fillers, in any of their forms.
    @Test func linesAreFoundByWhatTheyMakeAPhraseStandFor() {
        let lexicon = lexicon(
            Fixture([
                "a.yml": """
                stop-words: the to
                fillers: my the
                alike:
                  - notes, the minutes
                means:
                  asked to leave / step outside: kick my mum out, banned
                """,
                "b.yml": "means:\n  Asked to leave / step outside: kicks * out\n  leave: kick * out\n",
            ]))
        func places(_ phrase: String, _ meaning: String) -> [String] {
            lexicon.lines(saying: phrase, for: meaning).map(\.location.description)
        }
        #expect(places("kick mum out", "asked leave/step outside") == ["a.yml:6:3"])
        #expect(places("kick * out", "asked leave/step outside") == ["b.yml:2:3"])
        #expect(places("kicked * out", "leave") == ["b.yml:3:3"])
        #expect(places("the minutes", "notes") == ["a.yml:4:5"])
        #expect(places("notes", "minutes") == ["a.yml:4:5"])
        #expect(places("notes", "notes") == [])
    }
}

@Suite struct AskedQuestionsTests {
    @Test func aQuestionStandsOnEachLineThatIsNoComment() {
        let source = SourceText(
            path: "search/asked-en.txt",
            text: "# asked by phone\r\n\r\n  Can I bring my mum?\r\nczy mogę\ncan i BRING my mum\n???\n")
        let questions = AskedQuestions(source, language: .english).questions
        #expect(questions.map(\.text) == ["Can I bring my mum?", "czy mogę"])
        #expect(
            questions.map(\.location.description) == ["search/asked-en.txt:3:3", "search/asked-en.txt:4:1"])
    }

    @Test func aFileOfALanguageThatIsNotPublishedIsReported() throws {
        let files = InMemoryFileSystem()
        for name in ["asked-en.txt", "asked-ep.txt", "en.yml", "notes.txt"] {
            try files.write(Array("a question\n".utf8), to: "c/search/\(name)")
        }
        var diagnostics = Diagnostics()
        let found = AskedQuestions.load(
            content: "c", languages: [.english], in: files, reporting: &diagnostics)
        #expect(found.map(\.file) == ["c/search/asked-en.txt"])
        #expect(diagnostics.sorted.map(\.rule) == ["UnknownLanguage"])
        #expect(diagnostics.sorted.first?.location?.file == "c/search/asked-ep.txt")
        #expect(diagnostics.sorted.first?.help == "Did you mean 'en'?")
    }
}
