import Guidance
import Markdown
import Support
import Testing
import Translations
import Workspace

@Suite("Languages that say the same at any time")
struct ParityTests {
    /// A portal in English and Polish, which stands for any two languages, as it is edited and translated.
    private struct State {
        static let polish = Language(tag: "pl") ?? .english

        var catalogue = POFile(path: "pl.po")
        var files: [String: String]
        var today = "2026-11-21"

        init(_ about: String, parity: String = "parity: [en, pl]\n", portal: String = "") throws {
            files = sampleSite([
                "content/councils/a/council.yml":
                    "name: A\nnation: england\nlanguages: [en, pl]\n\(parity)"
                    + "facts:\n  early: 20 minutes\n",
                "content/guidance/about.md": about,
            ])
            files["content/portal.yml"]? += "\n" + portal
            try extract()
            for index in catalogue.entries.indices where catalogue.entries[index].isUntranslated {
                let id = catalogue.entries[index].id
                catalogue.entries[index].strings = ["PL " + id]
            }
        }

        func load() throws -> (english: Edition, polish: Edition, portal: Portal, problems: [Diagnostic]) {
            let system = InMemoryFileSystem(files)
            var diagnostics = Diagnostics()
            let portal = try #require(Portal.load(from: "content", in: system, reporting: &diagnostics))
            let messages = portal.messages(in: system, reporting: &diagnostics).map { MessageKey($0.text) }
            let known = Catalogue(catalogue, language: Self.polish).knowing(messagesInUse: messages)
            let council = try #require(portal.councils.first)
            let editions = portal.editions(
                of: portal.guidance(of: council, in: system, reporting: &diagnostics),
                resources: [
                    LanguageResources(
                        language: .english, translator: nil, strings: englishStrings, review: nil),
                    LanguageResources(
                        language: Self.polish, translator: CatalogueTranslator(guidance: known),
                        strings: englishStrings, review: .draft),
                ], today: try #require(CalendarDate(today)), reporting: &diagnostics)
            return (
                try #require(editions.first { $0.language == .english }),
                try #require(editions.first { $0.language == Self.polish }), portal, diagnostics.sorted
            )
        }

        mutating func extract() throws {
            let system = InMemoryFileSystem(files)
            var diagnostics = Diagnostics()
            let portal = try #require(Portal.load(from: "content", in: system, reporting: &diagnostics))
            let messages = portal.messages(in: system, reporting: &diagnostics).map(\.extracted)
            catalogue = CatalogueMerge.merge(messages, into: catalogue, language: Self.polish).file
        }
    }

    private func words(_ edition: Edition, _ path: String = "about") -> [String] {
        var found: [String] = []
        guard let page = edition.page(path) else { return [] }
        page.title.plainText.isEmpty ? () : found.append(page.title.plainText)
        (page.introduction + page.allSections.flatMap(\.blocks)).forEachPassage { found.append($0.plainText) }
        return found
    }

    private let before = "# About\n\nYou can bring a friend to the meeting with you.\n\nIt starts at noon.\n"
    private let after =
        "# About\n\nYou can bring along a friend to the meeting with you.\n\nIt starts at noon.\n"

    @Test("a changed block says in both languages what it said before, before and after extraction")
    func held() throws {
        var state = try State(before)
        state.files["content/guidance/about.md"] = after
        for _ in 0..<2 {
            let (english, polish, _, problems) = try state.load()
            #expect(words(english).contains("You can bring a friend to the meeting with you."))
            #expect(words(polish).contains("PL You can bring a friend to the meeting with you."))
            #expect(polish.page("about")?.coverage == 1)
            var states: Set<TranslationState> = []
            polish.page("about")?.introduction.forEachPassage { states.insert($0.translation) }
            #expect(states == [.current])
            let held = try #require(english.held.first)
            #expect(english.held.count == 1)
            #expect(held.message == "You can bring along a friend to the meeting with you.")
            #expect(held.languages.map(\.tag) == ["pl"])
            let note = try #require(problems.first { $0.rule == "HeldForParity" })
            #expect(note.location?.range?.start.line == 3)
            #expect(note.severity == .note)
            try state.extract()
        }
    }

    @Test("once every language has its new words, all of them say them")
    func released() throws {
        var state = try State(before)
        state.files["content/guidance/about.md"] = after
        try state.extract()
        let index = try #require(state.catalogue.entries.firstIndex { $0.id.hasPrefix("You can bring") })
        state.catalogue.entries[index].strings = ["Nowe słowa."]
        state.catalogue.entries[index].flags.removeAll { $0 == "fuzzy" }
        state.catalogue.entries[index].previous = nil
        let (english, polish, _, problems) = try state.load()
        #expect(words(english).contains("You can bring along a friend to the meeting with you."))
        #expect(words(polish).contains("Nowe słowa."))
        #expect(english.held.isEmpty)
        #expect(!problems.contains { $0.rule == "HeldForParity" })
    }

    @Test(
        "what one language says and another lacks is named, at its line",
        arguments: [
            ("You can bring a friend to the meeting with you.", "Nobody else may sit beside us there.", 3),
            ("It starts at noon.\n", "It starts at noon.\n\nNew words.\n", 7),
            ("It starts at noon.\n", "It starts at noon.\n\n## New part {#new}\n", 7),
            ("|---|\n", "|---|\n| New row |\n", 11),
        ]) func missing(_ change: (old: String, new: String, line: Int)) throws
    {
        let text =
            before + "\n| Day |\n|---|\n| Monday |\n\n"
            + String(
                repeating: "The rest of what is written here stays, and keeps the page out in Polish. ",
                count: 5) + "\n"
        var state = try State(text)
        #expect(try !state.load().problems.contains { $0.rule == "MissingInParity" })
        state.files["content/guidance/about.md"] = text.replacing(change.old, with: change.new)
        for _ in 0..<2 {
            let found = try state.load().problems.filter { $0.rule == "MissingInParity" }
            #expect(found.count == 1)
            #expect(found.first?.location?.file == "content/guidance/about.md")
            #expect(found.first?.severity == .warning)
            if change.line < 11 { #expect(found.first?.location?.range?.start.line == change.line) }
            #expect(ParitySettings.strictRules.contains("MissingInParity"))
            try state.extract()
        }
    }

    @Test("a whole page that one language lacks is one problem; without parity nothing is said")
    func missingPage() throws {
        var state = try State(before)
        state.files["content/guidance/new.md"] = "# New page\n\nOne.\n\nTwo.\n"
        let found = try state.load().problems.filter { $0.rule == "MissingInParity" }
        #expect(found.map { $0.location?.file } == ["content/guidance/new.md"])
        var apart = try State(before, parity: "")
        apart.files["content/guidance/about.md"] = before + "\nNew words.\n"
        #expect(try !apart.load().problems.contains { $0.rule == "MissingInParity" })
    }

    @Test("without parity the English is changed at once")
    func withoutParity() throws {
        var state = try State(before, parity: "")
        state.files["content/guidance/about.md"] = after
        let (english, _, _, _) = try state.load()
        #expect(words(english).contains("You can bring along a friend to the meeting with you."))
        #expect(english.held.isEmpty)
    }

    @Test(
        "facts, contacts, numbers and negations are never held",
        arguments: [
            ("You can phone us before 5 in the afternoon.", "You can phone us before 6 in the afternoon."),
            ("You can always bring a friend to it.", "You can not always bring a friend to it."),
            ("Please arrive {{early}} before it starts.", "Please be there {{early}} before it starts."),
        ]) func neverHeld(_ change: (old: String, new: String)) throws
    {
        var state = try State("# About\n\n\(change.old)\n\nIt starts at noon.\n")
        state.files["content/guidance/about.md"] = "# About\n\n\(change.new)\n\nIt starts at noon.\n"
        for _ in 0..<2 {
            let (english, _, _, _) = try state.load()
            #expect(english.held.isEmpty)
            #expect(words(english)[1] == change.new.replacing("{{early}}", with: "20 minutes"))
            try state.extract()
        }
    }

    @Test("a portal says what is never held, by page or by section")
    func neverHeldPlaces() throws {
        let sections =
            "# About\n\n## Danger {#danger}\n\nYou can ring the police at any time.\n\n## Friends {#friends}\n\nYou can bring a friend to the meeting.\n"
        let changed =
            sections.replacing("ring the police at any time", with: "ring up the police at any time")
            .replacing("bring a friend to", with: "bring along a friend to")
        for (place, held) in [("about#danger", 1), ("about", 0), ("about#friends", 1)] {
            var state = try State(sections, portal: "parity:\n  never-held: [\(place)]\n")
            state.files["content/guidance/about.md"] = changed
            let (english, _, _, problems) = try state.load()
            #expect(english.held.count == held, "\(place)")
            #expect(
                words(english).contains("You can ring up the police at any time.")
                    != (place == "about#friends"))
            #expect(!problems.contains { $0.severity == .error })
        }
        let state = try State(sections, portal: "parity:\n  never-held: [about#dangre]\n")
        let problem = try #require(try state.load().problems.first { $0.rule == "DeadFragment" })
        #expect(problem.help?.contains("danger") == true)
        #expect(problem.location?.range?.start.column == 16)
    }

    @Test("what waits is recorded with its first day, keeps it, and is forgotten when it waits no more")
    func record() throws {
        var state = try State(before)
        state.files["content/guidance/about.md"] = after
        let (english, _, portal, _) = try state.load()
        let first = try #require(CalendarDate("2026-11-21"))
        let record = portal.waiting.recording(english.held, on: first)
        #expect(record.serialized().contains(": 2026-11-21 # You can bring along a friend"))
        state.files[WaitingMessages.path(in: "content")] = record.serialized()
        state.today = "2026-12-20"
        #expect(try state.load().english.held.first?.since == first)
        #expect(try state.load().problems.contains { $0.rule == "HeldForParity" })
        state.today = "2026-12-22"
        let late = try state.load()
        #expect(late.problems.contains { $0.rule == "HeldTooLong" && $0.severity == .warning })
        let later = late.portal.waiting.recording(
            late.english.held, on: try #require(CalendarDate("2026-12-22")))
        #expect(later.serialized() == record.serialized())
        state.files["content/guidance/about.md"] = before
        #expect(try state.load().english.held.isEmpty)
    }

    @Test("a link that the old words had and the new ones do not have is not brought back")
    func goneLinks() throws {
        var state = try State(before.replacing("a friend", with: "[a friend](old.md)"))
        state.files["content/guidance/old.md"] = nil
        state.files["content/guidance/about.md"] = after
        let (english, _, _, problems) = try state.load()
        #expect(english.held.isEmpty)
        #expect(!problems.contains { $0.rule == "DeadLink" })
    }

    @Test(
        "parity names the language of the guidance and another one of the council",
        arguments: [("[pl]", "InvalidParity"), ("[en]", "InvalidParity"), ("[en, cy]", "UnknownLanguage")])
    func invalid(_ example: (list: String, rule: String)) throws {
        let found = try problems(example.list)
        #expect(found.contains { $0.rule == example.rule }, "\(found)")
    }

    private func problems(_ list: String) throws -> [Diagnostic] {
        try GuidanceTests.load(
            sampleSite([
                "content/councils/a/council.yml":
                    "name: A\nnation: england\nlanguages: [en, pl]\nparity: \(list)\n"
            ])
        ).diagnostics
    }
}
