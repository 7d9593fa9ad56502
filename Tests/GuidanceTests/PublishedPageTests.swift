import Guidance
import Markdown
import Support
import Testing
import Translations
import Workspace

@Suite("Pages that are out in a language")
struct PublishedPageTests {
    private static let polish = Language(tag: "pl") ?? .english

    private struct State {
        var catalogue = POFile(path: "pl.po")
        var record: String?
        var pages: [String: String] = [:]

        func files() -> InMemoryFileSystem {
            var files = sampleSite([
                "content/councils/a/council.yml": "name: A\nnation: england\nlanguages: [en, pl]\n",
                // There is always one page more in Polish, so that there is an edition.
                "content/guidance/about.md": "# About\n",
            ])
            for (path, text) in pages { files["content/guidance/\(path).md"] = text }
            if let record { files["content/translations/published.yml"] = record }
            return InMemoryFileSystem(files)
        }

        func load() throws -> (edition: Edition?, portal: Portal, problems: [Diagnostic]) {
            let files = files()
            var diagnostics = Diagnostics()
            let portal = try #require(Portal.load(from: "content", in: files, reporting: &diagnostics))
            let messages = portal.messages(in: files, reporting: &diagnostics).map { MessageKey($0.text) }
            let known = Catalogue(catalogue, language: polish).knowing(messagesInUse: messages)
            let council = try #require(portal.councils.first)
            let editions = portal.editions(
                of: portal.guidance(of: council, in: files, reporting: &diagnostics),
                resources: [
                    LanguageResources(
                        language: .english, translator: nil, strings: englishStrings, review: nil),
                    LanguageResources(
                        language: polish, translator: CatalogueTranslator(guidance: known),
                        strings: englishStrings, review: .draft),
                ], today: try #require(CalendarDate("2026-11-21")), reporting: &diagnostics)
            return (editions.first { $0.language == polish }, portal, diagnostics.sorted)
        }

        mutating func extract() throws {
            var diagnostics = Diagnostics()
            let (_, portal, _) = try load()
            let messages = portal.messages(in: files(), reporting: &diagnostics).map(\.extracted)
            catalogue = CatalogueMerge.merge(messages, into: catalogue, language: polish).file
        }

        mutating func translateAll() throws {
            try extract()
            for index in catalogue.entries.indices where catalogue.entries[index].isUntranslated {
                catalogue.entries[index].strings = ["Zdanie po polsku \(index)."]
            }
        }
    }

    private func small() throws -> State {
        var state = State()
        state.pages["rights"] = "# Your rights\n\nYou can bring a friend or a relative to the meeting.\n"
        try state.translateAll()
        let edition = try #require(try state.load().edition)
        #expect(edition.page("rights")?.standing == .published)
        return state
    }

    @Test("removing one full stop in a small portal changes no standing, and warns of nothing")
    func fullStop() throws {
        var state = try small()
        state.pages["rights"] = "# Your rights\n\nYou can bring a friend or a relative to the meeting\n"
        let (edition, _, problems) = try state.load()
        #expect(edition?.page("rights")?.standing == .published)
        #expect(edition?.page("rights")?.coverage == 1)
        #expect(!problems.contains { $0.rule == "PageBelowThreshold" })
    }

    @Test(
        "a page stays when its English changes, before and after extraction; a warning names what would mend it"
    )
    func stale() throws {
        var state = try small()
        state.pages["rights"] = "# Your rights\n\nYou can bring one friend or a relative to the meeting.\n"
        for _ in 0..<3 {
            let (edition, _, problems) = try state.load()
            #expect(edition?.page("rights")?.standing == .kept)
            let warning = try #require(problems.first { $0.rule == "PageBelowThreshold" })
            #expect(warning.severity == .warning)
            #expect(warning.location?.file == "content/guidance/rights.md")
            #expect(warning.message.contains("Polish"))
            #expect(warning.help?.contains("You can bring one friend or a relative to the meeting.") == true)
            // On a page of rights, the current English stands in the place of the old translation.
            var first: Passage?
            edition?.page("rights")?.introduction.forEachPassage { first = first ?? $0 }
            #expect(first?.translation == .replaced)
            try state.extract()
        }
    }

    @Test("a page that grows stays; after extraction the record says so")
    func growing() throws {
        var state = try small()
        state.pages["rights"]? +=
            "\n## Complaints\n\nYou can complain to the council about anything that it did or did not do.\n"
        let (edition, _, _) = try state.load()
        #expect(edition?.page("rights")?.standing == .kept)
        // The catalogue no longer knows what is new.
        try state.extract()
        #expect(try state.load().edition?.page("rights") == nil)
        state.record = "pl:\n  - a/rights\n"
        #expect(try state.load().edition?.page("rights")?.standing == .kept)
    }

    @Test("a new page waits for the threshold, though it repeats a sentence of another, or tools guess at it")
    func new() throws {
        var state = try small()
        state.pages["new"] =
            "# Something else\n\nYou can bring a friend or a relative to the meeting.\n\nThere is much more to say about that, and nobody has translated it so far.\n"
        for _ in 0..<2 {
            let (edition, _, problems) = try state.load()
            #expect(edition?.page("new") == nil)
            #expect(edition?.withheld.map(\.path) == ["new"])
            #expect(!problems.contains { $0.rule == "PageBelowThreshold" })
            try state.extract()
        }
        // msgmerge's guess: the translation of a sentence that is still in use.
        let index = try #require(state.catalogue.entries.firstIndex { $0.id.hasPrefix("There is much") })
        state.catalogue.entries[index].strings = ["Coś."]
        state.catalogue.entries[index].isFuzzy = true
        state.catalogue.entries[index].previous = .init(
            id: "You can bring a friend or a relative to the meeting.")
        #expect(try state.load().edition?.page("new") == nil)
    }

    @Test("the record is written in order, read back, and forgets pages and languages that are gone")
    func record() throws {
        var record = PublishedPages()
        let arabic = try #require(Language(tag: "ar"))
        record.insert("rights", of: "b", in: Self.polish)
        record.insert("faq/the-plan", of: "a", in: Self.polish)
        record.insert("rights", of: "a", in: arabic)
        #expect(
            record.serialized().split(separator: "\n").dropFirst().joined(separator: "|")
                == "ar:|  - a/rights|pl:|  - a/faq/the-plan|  - b/rights")
        var state = State()
        state.record = record.serialized()
        #expect(try state.load().portal.published == record)
        record.keep(languages: [.english, Self.polish], paths: ["a": ["faq/the-plan"]])
        #expect(record.serialized().contains("pl:\n  - a/faq/the-plan\n"))
        #expect(!record.serialized().contains("rights"))
        state.record = "plx:\n  - a/rights\n"
        #expect(try state.load().problems.contains { $0.rule == "UnknownLanguage" })
    }
}
