import Guidance
import Markdown
import Testing
import Translations
import Workspace

@testable import Leaflets

/// Which words stand beside which, without laying anything out.
@Suite struct SecondWordsTests {
    private struct Words: MessageTranslator {
        var texts: [String: String]

        func translation(of message: String, context: String?) -> MessageTranslation {
            texts[message].map { .current($0) } ?? .missing
        }

        func duration(_ amount: Int, _ unit: DurationUnit) -> String? { nil }
    }

    private func json(_ polish: [String: String], in tag: String, beside other: String) throws -> String {
        let files = InMemoryFileSystem([
            "content/portal.yml":
                "name: Help\nbase-url: https://help.example\nlanguages: [en, pl]\n"
                + "translations: {publish-drafts: true, threshold: 0}\n",
            "content/councils/a/council.yml": "name: Council\nnation: england\nlanguages: [en, pl]\n",
            "content/guidance/meeting.md":
                "# The meeting\n\n## Before {#before}\n\nBring a friend.\n\n## After {#after}\n\nBring a friend.\n\nOnly here.\n",
        ])
        var diagnostics = Diagnostics()
        let portal = try #require(Portal.load(from: "content", in: files, reporting: &diagnostics))
        let language = try #require(Language(tag: "pl"))
        let translator = Words(texts: polish)
        let resources = [
            LanguageResources(
                language: .english, translator: nil, strings: InterfaceStrings([:]), review: nil),
            LanguageResources(
                language: language, translator: translator,
                strings: InterfaceStrings(["leaflet-part-missing": "Nie ma tego."]), review: nil),
        ]
        let council = try #require(portal.councils.first)
        let merged = portal.guidance(of: council, in: files, reporting: &diagnostics)
        let today = try #require(CalendarDate("2026-11-21"))
        let editions = portal.editions(
            of: merged, resources: resources, today: today, reporting: &diagnostics)
        let spec = try #require(
            LeafletSpec.parse(
                SourceText(
                    path: "leaflets/guide.yml",
                    text:
                        "title: The meeting\nside-by-side: yes\nformats: [a4]\nsections: [{page: meeting}]\n"),
                reporting: &diagnostics))
        #expect(spec.isSideBySide)
        let theme = LeafletTheme(
            templates: [], fonts: LeafletFonts(byScript: [:], forPrinter: [:]), strings: [:],
            copiesStrings: nil, fingerprint: ContentHash(""))
        func edition(_ tag: String) throws -> Edition {
            try #require(editions.first { $0.language.tag == tag })
        }
        func leaflet(_ edition: Edition) throws -> Leaflet {
            let own = spec.translated(
                for: edition, by: edition.language == .english ? nil : translator)
            return try #require(Leaflet(own, format: .a4, edition: edition))
        }
        func data(_ leaflet: Leaflet, _ edition: Edition) -> LeafletData {
            LeafletData(
                leaflet: leaflet, edition: edition, theme: theme, colours: .standard, logo: nil,
                pictures: [:],
                publishedPath: { _ in nil })
        }
        let own = try leaflet(edition(tag))
        var made = data(own, try edition(tag))
        let second = try edition(other)
        made.second = SecondWords(try leaflet(second), data(own, second))
        return made.json(forPrinter: false).serialized()
    }

    private let polish = [
        "The meeting": "Spotkanie", "Before": "Przed", "After": "Po",
        "Bring a friend.": "Proszę przyjść z kimś.",
    ]

    @Test func eachPassageHasItsOwnBesideItAndWhatIsNotTranslatedStandsOnce() throws {
        let text = try json(polish, in: "pl", beside: "en")
        // Title of the leaflet, title of the page, two headings, two sentences.
        #expect(text.components(separatedBy: "\"second\":{\"lang\":\"en\",\"dir\":\"ltr\",\"c\":").count == 7)
        #expect(text.contains("\"native\":\"English\""))
        #expect(text.components(separatedBy: "Only here.").count == 2)
        #expect(!text.contains("note-lang"))
    }

    @Test func theSecondLanguageSaysWhatItLacks() throws {
        let text = try json(polish, in: "en", beside: "pl")
        #expect(text.contains("\"second\":{\"lang\":\"pl\""))
        // The same English words would stand there again.
        #expect(text.components(separatedBy: "Only here.").count == 2)
    }

    @Test func onlyTwoFormatsHaveRoomForTwoLanguages() {
        #expect(LeafletFormat.allCases.filter(\.canBePaired) == [.a4, .largePrint])
    }
}
