import Foundation
import Guidance
import Support
import Testing
import Translations
import Workspace

@testable import Search

/// The example portal's folder.
private let contentFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../content").standardizedFileURL.path

/// The vocabulary that the default theme ships.
private func themeVocabulary(_ language: Language, _ diagnostics: inout Diagnostics) -> SearchVocabulary {
    SearchVocabulary.load(
        language, themes: [contentFolder + "/../themes/default"], content: contentFolder,
        in: LocalFileSystem(), reporting: &diagnostics)
}

/// The source-language edition of one council in a folder.
private func edition(
    of council: String, in files: some FileSystem, root: String
) throws -> Edition {
    var diagnostics = Diagnostics()
    let portal = try #require(Portal.load(from: root, in: files, reporting: &diagnostics))
    let found = try #require(portal.council(council))
    let guidance = portal.guidance(of: found, in: files, reporting: &diagnostics)
    let resources = LanguageResources(
        language: portal.sourceLanguage, translator: nil, strings: InterfaceStrings([:]), review: nil)
    let today = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    let editions = portal.editions(
        of: guidance, resources: [resources], today: today, reporting: &diagnostics)
    return try #require(editions.first)
}

/// A small portal of one council with some pages.
private func smallEdition(_ pages: [String: String]) throws -> Edition {
    let files = InMemoryFileSystem()
    try files.write(
        Array("name: Test\nbase-url: https://example.org\nlanguages: [en]\n".utf8), to: "c/portal.yml")
    try files.write(
        Array("name: Test Council\nnation: england\nlanguages: [en]\n".utf8), to: "c/councils/t/council.yml")
    for (path, text) in pages { try files.write(Array(text.utf8), to: "c/guidance/\(path)") }
    return try edition(of: "t", in: files, root: "c")
}

private func vocabulary(_ yaml: String) -> (SearchVocabulary, [Diagnostic]) {
    var diagnostics = Diagnostics()
    let vocabulary = SearchVocabulary.parse(
        SourceText(path: "search/en.yml", text: yaml), language: .english, reporting: &diagnostics)
    return (vocabulary, diagnostics.sorted)
}

private func script(_ pages: [String: String], _ yaml: String = "") throws -> String {
    text(SearchIndex(try smallEdition(pages), SearchLexicon(vocabulary(yaml).0)).script)
}

/// The language's words as the browser gets them.
private func words(_ yaml: String) -> String {
    text(VocabularyFile(SearchLexicon(vocabulary(yaml).0)).script)
}

private func text(_ script: SearchScript) -> String { String(decoding: script.bytes, as: UTF8.self) }

@Suite struct SearchIndexTests {
    @Test func guidanceAboutSomethingElseIsToldFromThatAboutTheTopics() throws {
        var diagnostics = Diagnostics()
        let lexicon = SearchLexicon(themeVocabulary(.english, &diagnostics))
        let disk = LocalFileSystem()
        func index(_ council: String, _ root: String) throws -> String {
            let edition = try edition(of: council, in: disk, root: root)
            return text(SearchIndex(edition, lexicon, topics: SectionTopics(edition, lexicon)).script)
        }
        for (portal, council) in [("send", "ash"), ("housing", "elm")] {
            let found = try index(council, contentFolder + "/../Tests/Search/" + portal)
            #expect(found.contains(#""other":"100""#) && !found.contains(#""topics""#), "\(portal)")
        }
        let own = try index("oxfordshire", contentFolder)
        #expect(!own.contains(#""other""#) && own.contains(#""topics""#))
        // A page or two about something else are none.
        let few = try smallEdition(["page.md": "# Page\n\n## How do I get an EHC plan?\n\nAsk the school.\n"])
        #expect(SectionTopics(few, lexicon).distanceText.isEmpty)
    }

    @Test func theVocabularySaysWhatElseIsAskedOfASection() throws {
        let pages = ["page.md": "# Page\n\n## Where is it? {#where}\n\nAlso asked: place\n\nIn the hall.\n"]
        let found = try script(
            pages,
            "stop-words: the\nalso-asked:\n  page#where: The Building, which room\n  page#who: nobody\n")
        #expect(found.contains(#""asks":"place\tbuilding\twhich room","lines":"In the hall.""#), "\(found)")
        #expect(!found.contains("nobody"))
    }

    @Test func questionsAndSectionsOfFamilyGuidanceAreEntries() throws {
        let index = SearchIndex(
            try smallEdition([
                "faq/plan.md": "# Plans\n\n## How long? {#long}\n\nAlso asked: when does it end\n\nA year.",
                "rights.md": "# Rights\n\nWords before.\n\n## Speak {#speak}\n\nYou can speak.",
            ]), SearchLexicon(SearchVocabulary(language: .english)))
        let text = text(index.script)
        #expect(index.entryCount == 3)
        for field in [
            ##""rows":"#?+-#?-?-""##, #""places":"faq/plan\nlong\nrights\n\nspeak""#,
            #""titles":"Plans\nHow long?\nRights\nRights\nSpeak""#, #""asks":"when does it end""#,
            #""lines":"A year.\nWords before.\nYou can speak.""#,
        ] {
            #expect(text.contains(field), "\(field) \(text)")
        }
        #expect(!text.contains("again"))
    }

    @Test func aPassageThatComesAgainIsNamedByItsNumber() throws {
        let text = try script([
            "a.md": "# A\n\n## B {#b}\n\nOne thing is said. Another thing is said. Then more is said.\n",
            "c.md": "# C\n\n## D {#d}\n\nThen more is said. Another thing is said. New words are said.\n",
        ])
        #expect(text.contains(##""rows":"#?-3#?:2-""##), "\(text)")
        #expect(
            text.contains(
                #""lines":"One thing is said.\nAnother thing is said.\nThen more is said.\nNew words are said.""#
            ), "\(text)")
        #expect(text.contains(#""again":"2 1""#), "\(text)")
    }

    @Test func pagesForProfessionalsAreLeftOut() throws {
        let text = try script([
            "staff.md":
                "---\naudience: professionals\n---\n# Staff\n\n## Secret {#secret}\n\nThreshold matrix.",
            "rights.md": "# Rights\n\n## Speak {#speak}\n\nYou can speak.",
        ])
        #expect(!text.contains("matrix"))
        #expect(text.contains("You can speak."))
    }

    @Test func theVocabularysNameChangesWithTheWordsAloneAndTheIndexHasTheSameName() throws {
        func file(_ yaml: String) -> VocabularyFile {
            VocabularyFile(SearchLexicon(vocabulary(yaml).0))
        }
        #expect(file("means: {court: judge}").name == file("means:\n  court: judge\n").name)
        #expect(file("means: {court: judge}").name != file("means: {court: trial}").name)
        #expect(file("").name.hasPrefix("vocabulary-en-"))
        let index = SearchIndex(
            try smallEdition(["a.md": "# A\n\n## B {#b}\n\nC."]),
            SearchLexicon(SearchVocabulary(language: .english)))
        #expect(index.name == "search-en.js")
    }

    @Test("the longest ending is taken off, and only where three letters stay")
    func endingsAreTakenOff() {
        let endings = WordForms.Endings(["s", "ings", "এর"])
        #expect(endings.cut("meetings") == "meet")
        #expect(endings.cut("chairs") == "chair")
        #expect(endings.cut("ings") == "ing")
        #expect(endings.cut("bus") == "bus")
        #expect(endings.cut("সভাএর") == "সভা")
        #expect(endings.cut("") == "")
        #expect(WordForms.Endings([]).cut("chairs") == "chairs")
    }

    /// Whatever the vocabulary has, the browser puts the words of pages and of the vocabulary into the groups of their
    /// stems: what it does with the lines is done here.
    @Test(arguments: 0..<40)
    func theBrowsersGroupsAreTheStems(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let letters = ["a", "b"], ends = ["", "s", "ed", "ing", "er"]
        func forms(_ count: Int, without known: Set<String>) -> [WordGroups.Form] {
            var words: Set<String> = []
            for _ in 0..<count {
                let cut = "c" + (0..<2).map { _ in letters.randomElement(using: &generator)! }.joined()
                words.insert(cut + ends.randomElement(using: &generator)!)
            }
            return words.subtracting(known).sorted().map { word in
                // A stem of its own kind, which the endings do not tell.
                WordGroups.Form(
                    word: Token(word), stem: Token("\(word.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 7 })"),
                    cut: Token(WordForms.Endings(ends.dropFirst().map { String($0) }).cut(word)))
            }
        }
        let first = forms(Int.random(in: 0...12, using: &generator), without: [])
        let vocabulary = WordGroups(first)
        let second = forms(Int.random(in: 0...25, using: &generator), without: Set(first.map(\.word.text)))
        let index = WordGroups(second, joinedTo: vocabulary.joints)
        var groups: [String: Int] = [:]
        var size = 0
        func group(_ word: String) -> Int {
            if let known = groups[word] { return known }
            let cut = " " + WordForms.Endings(ends.dropFirst().map { String($0) }).cut(word)
            if groups[cut] == nil {
                groups[cut] = size
                size += 1
            }
            groups[word] = groups[cut]
            return groups[word]!
        }
        for line in (vocabulary.lines + "\n" + index.lines).split(separator: "\n") {
            let isTied = !line.hasPrefix("!")
            let parts = line.drop { $0 == "!" }.split(separator: " ", omittingEmptySubsequences: false)
            let words = parts.dropFirst().map { parts[0] + ($0 == "-" ? "" : $0) }.map(String.init)
            if !isTied { size += 1 }
            let number = isTied ? group(words[0]) : size - 1
            for word in words { groups[word] = number }
        }
        for one in first + second {
            for other in first + second {
                #expect(
                    (group(one.word.text) == group(other.word.text)) == (one.stem == other.stem),
                    "\(one) \(other) \(vocabulary.lines) | \(index.lines)")
            }
        }
    }

    @Test func formsOfAWordAreGroupedForTheBrowser() throws {
        let text = try script(
            ["a.md": "# A\n\n## Decided {#b}\n\nThey decide. He decides. Children and a child."],
            "forms: [child children]")
        #expect(words("forms: [child children]").contains("child - ren"))
        // The endings of English give "decides"; only "decide" and "decided" have to be named.
        #expect(text.contains("decide - d"))
    }

    @Test func aMeaningAndItsPhrasesAreWrittenOnce() throws {
        let text = words(
            "stop-words: a the\nmeans:\n  court / the judge: trial, taken away\n  legal aid: trial\n")
        #expect(text.contains("\"means\":\"court/judge,legal aid\""))
        #expect(text.contains("\"says\":\"taken away,trial\\ntrial\""))
    }

    @Test func subjectsNearTheGuidanceAreWrittenWithWhoAnswers() {
        let text = words(
            "stop-words: a the\nfillers: the\nbeginnings: al wal\nnearby:\n"
                + "  dogs: {who: the warden, contacts: [desk, hub], asked: \"lost the big dog, stray dog\"}\n"
        )
        #expect(text.contains(#""near":[["the warden","desk hub","lost big dog,stray dog"]]"#), "\(text)")
        #expect(text.contains(#""begin":"al wal""#), "\(text)")
    }

    @Test func linesCannotBreakOutOfTheScript() throws {
        let text = try script([
            "a.md": "# A\n\n## B \"quoted\" {#b}\n\nA </script> and `\\u2028` \u{2028} end."
        ])
        #expect(!text.contains("</script>"))
        #expect(!text.contains("\u{2028}"))
        #expect(text.hasSuffix("}\n"))
    }

    @Test func anEmptyEditionGivesAnIndexWithoutEntries() throws {
        var edition = try smallEdition(["a.md": "# A\n\n## B {#b}\n\nC."])
        edition.pages = []
        let index = SearchIndex(edition, SearchLexicon(SearchVocabulary(language: .english)))
        #expect(index.entryCount == 0)
    }
}

@Suite struct SearchVocabularyTests {
    @Test func anUnknownKeyIsAnErrorAtItsPlace() throws {
        let (_, diagnostics) = vocabulary("stop-words: a the\nstopwords: x\n")
        let problem = try #require(diagnostics.first)
        #expect(problem.rule == "UnknownKey")
        #expect(problem.location?.range?.start == SourcePosition(line: 2, column: 1))
        #expect(problem.help == "Did you mean 'stop-words'?")
    }

    @Test(arguments: ["'* kill me'", "'kill me *'", "'a//b'", "'...'"])
    func aPatternThatMatchesNothingOrAnythingIsAnError(pattern: String) {
        let (vocabulary, diagnostics) = vocabulary("danger:\n  phrases:\n    - \(pattern)\n")
        #expect(vocabulary.dangers.filter { !$0.phrases.isEmpty }.isEmpty)
        #expect(diagnostics.map(\.rule) == ["InvalidDangerPhrase"])
    }

    @Test func patternsAreFolded() {
        let (vocabulary, diagnostics) = vocabulary(
            "danger:\n  phrases: [\"Can’t/Won't * Breathe\", suicid~]\n")
        #expect(diagnostics.isEmpty)
        #expect(vocabulary.dangers.map(\.phrases) == [["cant/wont * breathe", "suicid~"]])
    }

    @Test(arguments: [
        ("(a B/c) [d] e", "(a b/c) [d] e", "(a b/c) [d] e"),
        ("he/<who> ** d?h~", "he/<who> ** d?h~", "(he/<7>) ** d?h~"),
        ("= ~end", "= ~end", "= ~end"),
        ("self-harm", "self harm", "self harm"),
        ("自殺/輕生", "自殺/輕生", "(自杀/轻生)"),
        ("hitting/feel/took be?e", "hitting/feel/took be?e", "(hiting/fil/tuk) be?e"),
    ])
    func aPatternIsWrittenInOneWay(text: String, expected: String, shipped: String) throws {
        let pattern = try #require(DangerPattern(text))
        #expect(pattern.text == expected)
        #expect(DangerPattern(pattern.text) == pattern)
        #expect(pattern.shipped { _ in 7 } == shipped)
    }

    @Test(arguments: [
        "[a]", "[a] *", "(a", "a)", "(a/)", "***", "a ** ", "<Who>", "<>", "a/", "?a", "[* a] b", "= *", "~",
    ])
    func aPatternWithoutAFirmWordIsNone(text: String) {
        #expect(DangerPattern(text) == nil)
    }

    @Test func kindsHaveContactsAndPhrasesAndAPortalAddsToThem() {
        var (vocabulary, diagnostics) = vocabulary(
            """
            danger:
              contacts: [emergency]
              words: {me: me/us}
              kinds:
                now: {contacts: [a, b], phrases: [hit <me>, run]}
              phrases: [help]
            """)
        var more = Diagnostics()
        vocabulary.add(
            SourceText(
                path: "content/search/en.yml",
                text: "remove: {danger: {kinds: {now: [run]}}}\n"
                    + "danger: {words: {me: them}, kinds: {now: {contacts: [c], phrases: [slap <me>]}}}\n"),
            reporting: &more)
        diagnostics += more.sorted
        #expect(diagnostics.isEmpty, "\(diagnostics)")
        #expect(vocabulary.dangerWords["me"] == ["me/us", "them"])
        #expect(vocabulary.dangers.map(\.name) == ["", "now"])
        #expect(vocabulary.dangers.map(\.contacts) == [["emergency"], ["c"]])
        #expect(vocabulary.dangers.map(\.phrases) == [["help"], ["hit <me>", "slap <me>"]])
    }

    @Test func anEntryOfAListMayBeSeveralWords() throws {
        let list = try #require(DangerPattern(list: "a b/c d/e"))
        #expect(list.text == "(a b/c d/e)")
        #expect(DangerPattern(list: "a/(b") == nil)
        #expect(DangerPattern(list: "a) (b") == nil)
    }

    @Test func aListThatIsNotThereIsAnErrorAtItsPlace() {
        let (_, diagnostics) = vocabulary("danger:\n  words: {victim: me}\n  phrases: [hit <victm>]\n")
        #expect(diagnostics.map(\.rule) == ["UnknownDangerWords"])
        #expect(diagnostics.first?.help == "Did you mean 'victim'?")
    }

    @Test func anEmptyPhraseBetweenCommasIsAnError() {
        let (_, diagnostics) = vocabulary("means:\n  court: judge, ?, trial\n")
        #expect(diagnostics.map(\.rule) == ["EmptySearchPhrase"])
    }

    /// A theme with a vocabulary, and a portal that adds to it and takes away.
    private func merged(_ theme: String, _ portal: String) throws -> (SearchVocabulary, [Diagnostic]) {
        let files = InMemoryFileSystem()
        try files.write(Array(theme.utf8), to: "t/search/en.yml")
        try files.write(Array(portal.utf8), to: "c/search/en.yml")
        var diagnostics = Diagnostics()
        let vocabulary = SearchVocabulary.load(
            .english, themes: ["other", "t"], content: "c", in: files, reporting: &diagnostics)
        return (vocabulary, diagnostics.sorted)
    }

    @Test func aPortalAddsToTheVocabularyOfTheTheme() throws {
        let (vocabulary, diagnostics) = try merged(
            "stop-words: a the\nmeans:\n  court: judge, trial\n  plan: cpp\n",
            "stop-words: an\nmeans:\n  court: beak, judge\n  tram: metro\n")
        #expect(diagnostics.isEmpty)
        #expect(vocabulary.stopWords == ["a", "the", "an"])
        #expect(vocabulary.means.flatMap(\.wordings) == ["court", "tram", "plan"])
        #expect(vocabulary.means[0].says == ["beak", "judge", "trial"])
    }

    @Test func aPortalTakesLinesAway() throws {
        let (vocabulary, diagnostics) = try merged(
            "stop-words: a the\nalike:\n  - nan, gran\nmeans:\n  court: judge, trial\n  plan: cpp\n",
            "remove:\n  stop-words: the\n  alike: gran\n  means:\n    court: trial\n    plan:\n")
        #expect(diagnostics.isEmpty)
        #expect(vocabulary.stopWords == ["a"])
        #expect(vocabulary.alike.isEmpty)
        #expect(vocabulary.means.flatMap(\.wordings) == ["court"])
        #expect(vocabulary.means.map(\.says) == [["judge"]])
    }

    @Test func aPortalChangesTheSubjectsNearIt() throws {
        let theme =
            "nearby:\n  dogs: {who: the warden, asked: lost dog}\n  cats: {who: a vet, asked: lost cat}\n"
        let (vocabulary, diagnostics) = try merged(
            theme,
            "nearby:\n  dogs: {who: the pound, contacts: [pound], asked: stray dog}\n"
                + "remove:\n  nearby: [cats]\n")
        #expect(diagnostics.isEmpty)
        #expect(vocabulary.nearby.map(\.name) == ["dogs"])
        #expect(vocabulary.nearby[0].who == "the pound")
        #expect(vocabulary.nearby[0].contacts == ["pound"])
        #expect(vocabulary.nearby[0].phrases == ["lost dog", "stray dog"])
        #expect(try merged(theme, "remove:\n  nearby: [cat]\n").1.map(\.rule) == ["NothingToRemove"])
    }

    @Test func aSubjectThatNobodyAnswersIsAnErrorAtItsPlace() throws {
        let (vocabulary, diagnostics) = vocabulary("nearby:\n  dogs: {asked: lost dog}\n")
        #expect(vocabulary.nearby.isEmpty)
        let problem = try #require(diagnostics.first)
        #expect(problem.rule == "NobodyToAsk" && problem.message.contains("'dogs'"))
        #expect(problem.location?.range?.start == SourcePosition(line: 2, column: 3))
    }

    @Test func takingAwayWhatIsNotThereIsAWarningAtItsPlace() throws {
        let (_, diagnostics) = try merged("means:\n  court: judge\n", "remove:\n  means:\n    cort: judge\n")
        let problem = try #require(diagnostics.first)
        #expect(problem.rule == "NothingToRemove")
        #expect(problem.location?.file == "c/search/en.yml")
        #expect(problem.location?.range?.start == SourcePosition(line: 3, column: 5))
    }

    @Test func aPortalTakesOneWordingAway() throws {
        let (vocabulary, diagnostics) = try merged(
            "means:\n  court / judge: trial, custody\n  care: custody\n",
            "remove:\n  means:\n    judge:\n    court: trial\n    trail:\n")
        #expect(vocabulary.means.map(\.wordings) == [["court"], ["care"]])
        #expect(vocabulary.means.map(\.says) == [["custody"], ["custody"]])
        #expect(diagnostics.map(\.rule) == ["NothingToRemove"])
    }

    @Test func anEmptyWordingIsAnErrorAtItsPlace() throws {
        let problem = try #require(vocabulary("means:\n  court / : trial\n").1.first)
        #expect(problem.rule == "EmptySearchPhrase")
        #expect(problem.location?.range?.start == SourcePosition(line: 2, column: 3))
    }

    @Test func fillersAreLeftOutWhereTwoOtherWordsStay() throws {
        let text = words("fillers: me my the\nmeans:\n  excluded: kick me out, my file, throw * me out\n")
        #expect(text.contains("\"says\":\"kick out,my file,throw * out\""))
        #expect(text.contains("\"skip\":\"me my the\""))
    }

    @Test(arguments: ["en", "pl", "ar", "ur", "bn", "zh-Hans"])
    func theThemesVocabulariesAreSound(tag: String) throws {
        var diagnostics = Diagnostics()
        let language = try #require(Language(tag: tag))
        let vocabulary = themeVocabulary(language, &diagnostics)
        #expect(diagnostics.isEmpty, "\(diagnostics.sorted)")
        #expect(vocabulary.stopWords.count >= 20)
        #expect(vocabulary.means.count >= 20)
        #expect(
            vocabulary.dangers.filter { $0.phrases.count >= 5 && !$0.name.isEmpty }.map(\.name).sorted() == [
                "child", "cope", "now",
            ])
    }
}

/// Writes the indexes of the example portal for the tests in the browser and the benchmark, where
/// `SIGNPOST_SEARCH_OUTPUT` names a folder.
@Suite struct ExampleIndexTests {
    @Test(arguments: ["oxfordshire", "east-sussex", "southwark", "cumbria"])
    func everyCouncilHasAnIndex(council: String) throws {
        let edition = try edition(of: council, in: LocalFileSystem(), root: contentFolder)
        var diagnostics = Diagnostics()
        let lexicon = SearchLexicon(themeVocabulary(.english, &diagnostics))
        let index = SearchIndex(edition, lexicon)
        let words = VocabularyFile(lexicon)
        #expect(index.entryCount > 3)
        if let folder = ProcessInfo.processInfo.environment["SIGNPOST_SEARCH_OUTPUT"] {
            try LocalFileSystem().write(index.script.bytes, to: "\(folder)/\(council).en.js")
            try LocalFileSystem().write(words.script.bytes, to: "\(folder)/words.en.js")
        }
    }
}
