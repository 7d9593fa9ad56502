import Guidance
import Markdown
import Support
import Testing
import Translations
import Workspace

/// Translates by a closure.
private struct StubTranslator: MessageTranslator {
    var translate: @Sendable (String) -> MessageTranslation

    func translation(of message: String, context: String?) -> MessageTranslation { translate(message) }

    func duration(_ amount: Int, _ unit: DurationUnit) -> String? { "\(amount) [\(unit.rawValue)]" }
}

private func editions(
    _ content: some FileSystem, root: String = "content", languages: [String] = ["pl"],
    translate: @escaping @Sendable (String) -> MessageTranslation
) throws -> (editions: [Edition], diagnostics: [Diagnostic]) {
    var diagnostics = Diagnostics()
    let portal = try #require(Portal.load(from: root, in: content, reporting: &diagnostics))
    var resources = [
        LanguageResources(language: .english, translator: nil, strings: englishStrings, review: nil)
    ]
    for tag in languages {
        resources.append(
            LanguageResources(
                language: try #require(Language(tag: tag)), translator: StubTranslator(translate: translate),
                strings: englishStrings, review: .draft))
    }
    let today = try #require(CalendarDate("2026-11-21"))
    var result: [Edition] = []
    for council in portal.councils {
        let guidance = portal.guidance(of: council, in: content, reporting: &diagnostics)
        result += portal.editions(of: guidance, resources: resources, today: today, reporting: &diagnostics)
    }
    return (result, diagnostics.sorted)
}

private let council = """
    name: A
    nation: england
    languages: [en, pl]
    facts:
      early: 20 minutes
    contacts:
      chair: {name: The chair, phone: 01632 960000, checked: 2026-11-01}
    """

private func site(_ pages: [String: String]) -> InMemoryFileSystem {
    var files = sampleSite(["content/councils/a/council.yml": council])
    for (path, text) in pages { files["content/guidance/\(path)"] = text }
    return InMemoryFileSystem(files)
}

extension Page {
    fileprivate var passages: [Passage] {
        var found = [title] + [summary].compactMap { $0 }
        introduction.forEachPassage { found.append($0) }
        for section in allSections {
            found.append(section.heading)
            section.blocks.forEachPassage { found.append($0) }
        }
        return found
    }
}

@Suite("Translated editions")
struct TranslatedEditionTests {
    @Test("extracting every message and applying it unchanged gives the same edition")
    func identity() throws {
        let (all, problems) = try editions(
            LocalFileSystem(), root: Repository.content, languages: ["pl", "ar"]
        ) { .current($0) }
        #expect(problems.isEmpty)
        let english = all.filter { $0.language == .english }
        for edition in all where edition.language != .english {
            let original = try #require(english.first { $0.council.id == edition.council.id })
            #expect(edition.pages.map(\.path) == original.pages.map(\.path))
            for (page, source) in zip(edition.pages, original.pages) {
                for (a, b) in zip(page.passages, source.passages) {
                    #expect(a.translation == .current)
                    // Durations are written by the language; everything else is the same.
                    func plain(_ inlines: [Inline]) -> String {
                        inlines.plainText.replacing("[", with: "").replacing("]", with: "").replacing(
                            "s", with: "")
                    }
                    #expect(plain(a.inlines) == plain(b.inlines))
                    #expect(a.inlines.count == b.inlines.count)
                }
                #expect(page.coverage == 1)
            }
        }
    }

    @Test("every message of the example portal is extracted exactly once, and reads back as itself")
    func extraction() throws {
        var diagnostics = Diagnostics()
        let files = LocalFileSystem()
        let portal = try #require(Portal.load(from: Repository.content, in: files, reporting: &diagnostics))
        let messages = portal.messages(in: files, reporting: &diagnostics)
        #expect(Set(messages.map(\.text)).count == messages.count)
        for message in messages {
            #expect(Passage(markdown: message.text).markdown == message.text)
            #expect(!message.references.isEmpty)
        }
    }

    @Test("re-wrapping a paragraph changes no message")
    func rewrapping() throws {
        func messages(_ text: String) throws -> [String] {
            var diagnostics = Diagnostics()
            let files = site(["a.md": text])
            let portal = try #require(Portal.load(from: "content", in: files, reporting: &diagnostics))
            return portal.messages(in: files, reporting: &diagnostics).map(\.text)
        }
        #expect(
            try messages("# A\n\nOne two {{early}} three.\n\n- x\n  y\n")
                == messages("# A\n\nOne\ntwo\n{{early}}   three. \n\n* x y\n"))
    }

    @Test("what a translation holds is filled in by its own language")
    func facts() throws {
        let files = site(["a.md": "# A\n\nCome {{early}} before. Phone {{contact chair}}.\n"])
        let (all, _) = try editions(files) { text in
            text.hasPrefix("Come")
                ? .current("{{early}} wcześniej. Telefon: {{contact chair}}.") : .current("X")
        }
        let polish = try #require(all.first { $0.language.tag == "pl" })
        let page = try #require(polish.page("a"))
        #expect(
            page.introduction.first.map { [$0] }.map { blocks in
                var text = ""
                blocks.forEachPassage { text = $0.plainText }
                return text
            } == "20 [minute] wcześniej. Telefon: 01632 960000.")
    }

    struct StaleCase: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var page: String
        var text: String
        var mayMislead: Bool
        var expected: TranslationState
    }

    @Test(
        "an old translation is shown only where it cannot do harm",
        arguments: [
            StaleCase(
                testDescription: "plain text", page: "a.md", text: "We listen.", mayMislead: false,
                expected: .stale),
            StaleCase(
                testDescription: "a fact", page: "a.md", text: "Come {{early}} before.", mayMislead: false,
                expected: .replaced),
            StaleCase(
                testDescription: "a contact", page: "a.md", text: "Phone {{contact chair}}.",
                mayMislead: false, expected: .replaced),
            StaleCase(
                testDescription: "a rights page", page: "rights.md", text: "We listen.", mayMislead: false,
                expected: .replaced),
            StaleCase(
                testDescription: "a complaints page", page: "complaints.md", text: "We listen.",
                mayMislead: false, expected: .replaced),
            StaleCase(
                testDescription: "a change that may mislead", page: "a.md", text: "We listen.",
                mayMislead: true, expected: .replaced),
        ])
    func stale(_ example: StaleCase) throws {
        let files = site([example.page: "# Title\n\n\(example.text)\n\nMore text that is translated well.\n"])
        // However little of the page is current, it is published.
        let portal =
            "name: Help\nbase-url: https://help.example\nlanguages: [en, pl]\ntranslations: {threshold: 0}\n"
        try files.write(Array(portal.utf8), to: "content/portal.yml")
        let (all, _) = try editions(files) { text in
            text == example.text
                ? .stale("Stare", previous: nil, mayMislead: example.mayMislead) : .current("Nowe")
        }
        let polish = try #require(all.first { $0.language.tag == "pl" })
        let path = example.page.replacing(".md", with: "")
        let page = try #require(polish.page(path))
        var found: [Passage] = []
        page.introduction.forEachPassage { found.append($0) }
        #expect(found.first?.translation == example.expected)
        if example.expected == .replaced { #expect(found.first?.plainText.contains("Stare") == false) }
    }

    @Test("a page below the threshold is not published in that language")
    func threshold() throws {
        let files = site([
            "a.md":
                "# A\n\nThis long text is translated, and there is quite a lot of it here.\n\nThis is not.\n",
            "b.md":
                "# B\n\nThis long text is not translated, and there is quite a lot of it here.\n\nThis is.\n",
        ])
        let (all, _) = try editions(files) { text in
            text.contains("is not") && !text.contains("translated, and there is quite a lot")
                || text.contains("not translated")
                ? .missing : .current("Tak")
        }
        let polish = try #require(all.first { $0.language.tag == "pl" })
        #expect(polish.page("a") != nil)
        #expect(polish.page("b") == nil)
        #expect(polish.alternatives.first { $0.language.tag == "pl" }?.paths == ["a"])
    }

    @Test("a language without any page that is translated well enough has no edition")
    func noEdition() throws {
        let (all, _) = try editions(site(["a.md": "# A\n\nText.\n"])) { _ in .missing }
        #expect(all.map(\.language.tag) == ["en"])
    }

    @Test("section ids are the same in every language")
    func sectionIDs() throws {
        let (all, _) = try editions(site(["a.md": "# A\n\n## Can I come?\n\nYes.\n"])) { _ in .current("Inne")
        }
        #expect(Set(all.compactMap { $0.page("a")?.sections.map(\.id) }) == [["can-i-come"]])
    }
}

@Suite("The source language's words beside explained terms")
struct TermTests {
    private func edition(
        _ pages: [String: String], glossary yaml: String, language tag: String,
        _ translations: [String: String]
    )
        throws -> Edition
    {
        let files = InMemoryFileSystem(
            sampleSite([
                "content/portal.yml": "name: Help\nbase-url: https://help.example\nlanguages: [en, \(tag)]\n",
                "content/councils/a/council.yml": "name: A\nnation: england\nlanguages: [en, \(tag)]\n",
            ]).merging(pages.map { ("content/guidance/\($0)", $1) }) { $1 })
        var diagnostics = Diagnostics()
        let portal = try #require(Portal.load(from: "content", in: files, reporting: &diagnostics))
        let language = try #require(Language(tag: tag))
        let glossary = Glossary.parse(SourceText(path: "glossary.yml", text: yaml), reporting: &diagnostics)
        let translator = StubTranslator { translations[$0].map { .current($0) } ?? .current("[\($0)]") }
        let resources = [
            LanguageResources(language: .english, translator: nil, strings: englishStrings, review: nil),
            LanguageResources(
                language: language, translator: translator, strings: englishStrings, review: .draft,
                terms: TermMentions(
                    of: translations.keys,
                    by: TermFinder(language, glossary: glossary, explained: portal.explainedTerms),
                    translator: translator, parsed: ParsedMessages())),
        ]
        let council = try #require(portal.councils.first)
        let editions = portal.editions(
            of: portal.guidance(of: council, in: files, reporting: &diagnostics), resources: resources,
            today: try #require(CalendarDate("2026-11-21")), reporting: &diagnostics)
        return try #require(editions.first { $0.language == language })
    }

    private let words =
        "# Words\n\n## Core group {#core-group}\n\nPeople.\n\n## Harm {#harm}\n\nBad.\n\n## Significant harm {#s}\n\nVery bad.\n"
    private let yaml = """
        core group:
          pl: [grup]
        harm:
          pl: [krzywd]
        significant harm:
          pl: [znaczna krzywd]
        plan:
          pl: [plan]

        """

    private func text(_ edition: Edition, _ path: String) throws -> [String] {
        let page = try #require(edition.page(path))
        return page.passages.map(\.inlines.plainText)
    }

    @Test("the first mention on a page carries the English, later ones do not, and every page starts anew")
    func firstMention() throws {
        let edition = try edition(
            [
                "words.md": "---\nkind: glossary\n---\n" + words,
                "x.md": "# X\n\nThe core group meets.\n\nA core group is small.\n",
                "y.md": "# Y\n\nA core group is small.\n",
            ],
            glossary: yaml, language: "pl",
            ["The core group meets.": "Grupa się spotyka.", "A core group is small.": "Mała jest **grupa**."])
        #expect(try text(edition, "x").suffix(2) == ["Grupa (core group) się spotyka.", "Mała jest grupa."])
        #expect(try text(edition, "y").last == "Mała jest grupa (core group).")
        // The word has the source language, so that it is read aloud as English.
        let page = try #require(edition.page("y"))
        let passage = try #require(page.passages.last)
        var kinds: [Inline.Value.Kind] = []
        passage.inlines.forEachInline { if case .value(let value) = $0 { kinds.append(value.kind) } }
        #expect(kinds == [.term])
    }

    @Test("a word within a longer term is not marked as a term of its own")
    func longest() throws {
        let edition = try edition(
            ["words.md": "---\nkind: glossary\n---\n" + words, "x.md": "# X\n\nSignificant harm is harm.\n"],
            glossary: yaml, language: "pl",
            ["Significant harm is harm.": "Znaczna krzywda to znaczna krzywda, nie krzywda."])
        #expect(
            try text(edition, "x").last
                == "Znaczna krzywda (significant harm) to znaczna krzywda, nie krzywda (harm).")
    }

    @Test("a term that nobody explains, a link's text and English that stands there already are left alone")
    func leftAlone() throws {
        let edition = try edition(
            [
                "words.md": "---\nkind: glossary\n---\n" + words,
                "x.md":
                    "# X\n\nA plan.\n\nSee [the core group](y.md).\n\nThe core group again.\n\nA core group more.\n",
                "y.md": "# Y\n\nText.\n",
            ],
            glossary: yaml, language: "pl",
            [
                "A plan.": "Plan.", "See [the core group](y.md).": "Patrz [grupa](y.md).",
                "The core group again.": "Grupa (core group) znów.", "A core group more.": "Grupa jeszcze.",
            ])
        #expect(
            try text(edition, "x").suffix(4)
                == ["Plan.", "Patrz grupa.", "Grupa (core group) znów.", "Grupa jeszcze."])
    }

    @Test(
        "glossary headings carry the English, with the brackets of their script",
        arguments: [("pl", "Grupa (Core group)"), ("zh-Hans", "Grupa（Core group）")])
    func headings(_ tag: String, _ expected: String) throws {
        let edition = try edition(
            ["words.md": "---\nkind: glossary\n---\n" + words], glossary: yaml, language: tag,
            ["Core group": "Grupa"])
        #expect(edition.page("words")?.sections.first?.heading.plainText == expected)
    }
}
