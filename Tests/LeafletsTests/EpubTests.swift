import Guidance
import Markdown
import Testing
import Translations
import Workspace

@testable import Leaflets

@Suite struct EpubTests {
    private func book(_ guidance: [String: String], _ spec: String) throws -> [UInt8] {
        var texts = [
            "content/portal.yml": "name: Help\nbase-url: https://help.example\nlanguages: [en]\n",
            "content/councils/a/council.yml": "name: Council <A> & Co\nnation: england\nlanguages: [en]\n",
        ]
        for (name, text) in guidance { texts["content/guidance/\(name).md"] = text }
        let files = InMemoryFileSystem(texts)
        var diagnostics = Diagnostics()
        let portal = try #require(Portal.load(from: "content", in: files, reporting: &diagnostics))
        let english = LanguageResources(
            language: .english, translator: nil, strings: InterfaceStrings([:]), review: nil)
        let own = try #require(portal.councils.first)
        let merged = portal.guidance(of: own, in: files, reporting: &diagnostics)
        let today = try #require(CalendarDate("2026-11-21"))
        let edition = try #require(
            portal.editions(of: merged, resources: [english], today: today, reporting: &diagnostics).first)
        let parsed = try #require(
            LeafletSpec.parse(SourceText(path: "leaflets/guide.yml", text: spec), reporting: &diagnostics))
        #expect(diagnostics.isEmpty, "\(diagnostics.sorted)")
        let leaflet = try #require(Leaflet(parsed, format: .epub, edition: edition))
        let theme = LeafletTheme(
            templates: [], fonts: LeafletFonts(byScript: [:], forPrinter: [:]), strings: [:],
            copiesStrings: nil, fingerprint: ContentHash(""))
        let data = LeafletData(
            leaflet: leaflet, edition: edition, theme: theme, colours: .standard, logo: nil, pictures: [:],
            publishedPath: { _ in nil })
        return try EpubBook(data: data, pictures: [:]).bytes()
    }

    private static let guidance = [
        "rights":
            "# Your rights: 1 < 2 & more\n\n## Bring someone {#supporter}\n\nA friend & a relative. See [the plan](plan.md#what), [more](more.md) and [a film](https://film.example/x).[^law]\n\n[^law]: The law.\n",
        "plan": "# The plan\n\n## What it is {#what}\n\n| | When |\n|---|---|\n| It | now |\n",
        "more": "# More\n\nWords.\n",
    ]
    private static let spec =
        "title: A \"guide\"\nformats: [epub]\nsections: [{page: rights}, {page: plan}, {write: Notes}]\n"

    @Test func theTypeStandsFirstAndTheSameWordsGiveTheSameBytes() throws {
        let book = try book(Self.guidance, Self.spec)
        #expect(String(decoding: book[30..<58], as: UTF8.self) == "mimetypeapplication/epub+zip")
        #expect(try self.book(Self.guidance, Self.spec) == book)
    }

    @Test func wordsAreEscapedAndLinksLeadWithinTheBookOrToTheWeb() throws {
        // Files are stored as they are, so their text can be read in the archive.
        let text = String(decoding: try book(Self.guidance, Self.spec), as: UTF8.self)
        #expect(text.contains("<h1>Your rights: 1 &lt; 2 &amp; more</h1>"))
        #expect(text.contains("Council &lt;A&gt; &amp; Co"))
        #expect(text.contains("<title>A &quot;guide&quot;</title>"))
        #expect(text.contains("<a href=\"part-2.xhtml#s-what\">the plan</a>"))
        #expect(text.contains("<a href=\"https://help.example/more/\">more</a>"))
        #expect(text.contains("<a href=\"https://film.example/x\">a film</a>"))
        // On paper the address would stand behind the words.
        #expect(!text.contains("(film.example"))
        #expect(text.contains("href=\"#note-1\"") && text.contains("id=\"note-1\""))
        #expect(text.contains("<th></th><th>When</th>") && text.contains("<td>It</td><td>now</td>"))
        #expect(!text.contains("Notes"))
    }

    @Test func aBookHasNoPagesAndNothingForThePrinter() {
        #expect(!LeafletFormat.epub.isPaper && !LeafletFormat.epub.isImposed)
        #expect(LeafletFormat.epub.ending == ".epub" && LeafletFormat.a4.ending == ".pdf")
    }

    @Test func anArchiveCanBeginWithAFile() throws {
        var archive = ZipArchive(first: "z", [1])
        try archive.add("a", [2])
        let bytes = try archive.bytes()
        #expect(bytes[30] == UInt8(ascii: "z"))
        #expect(throws: ZipArchive.Problem.sameName("z")) { try archive.add("z", [3]) }
    }
}
