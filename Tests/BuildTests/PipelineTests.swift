import Guidance
import Support
import Testing
import Translations
import Website
import Workspace

@testable import Build
@testable import Leaflets

@Suite("Problems that a build finds besides")
struct PipelineTests {
    private static let settings = SiteSettings(
        content: "content", themes: Repository.root + "/themes", theme: "default",
        today: CalendarDate("2026-11-28") ?? CalendarDate(dayNumber: 0))

    private func load(_ files: [String: String]) async throws -> [Diagnostic] {
        var diagnostics = Diagnostics()
        var portal = [
            "content/portal.yml":
                "name: H\nbase-url: https://h.gov.uk\nlanguages: [en, pl]\ntranslations: {publish-drafts: yes}\n",
            "content/councils/a/council.yml": "name: A\nnation: england\nlanguages: [en, pl]\n",
        ]
        portal.merge(files) { $1 }
        let system = InMemoryFileSystem(portal)
        let loaded = try #require(Portal.load(from: "content", in: system, reporting: &diagnostics))
        let theme = try #require(
            Theme.load("default", in: Self.settings.themes, files: LocalFileSystem(), reporting: &diagnostics)
        )
        _ = await LanguageLoader(portal: loaded, theme: theme, settings: Self.settings)
            .load(in: system, reporting: &diagnostics)
        return diagnostics.sorted
    }

    @Test("a language without a catalogue is not published, and the problem says where it would be")
    func missingCatalogue() async throws {
        let found = try await load([:])
        #expect(found.map(\.rule) == ["MissingCatalogue"])
        #expect(found.first?.location?.file == "content/translations/pl.po")
    }

    @Test("words of the interface that are not translated are counted")
    func missingInterfaceStrings() async throws {
        let catalogue = """
            msgid ""
            msgstr ""
            "Language: pl\\n"
            "Content-Type: text/plain; charset=UTF-8\\n"
            "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"
            "X-Signpost-Review: draft\\n"
            """
        let found = try await load(["content/translations/pl.po": catalogue + "\n"])
        #expect(found.map(\.rule) == ["MissingInterfaceStrings"])
    }

    @Test("words of leaflets that a language lacks are counted, and shown in the source language")
    func leafletStringMissing() throws {
        let files = InMemoryFileSystem([
            "content/portal.yml":
                "name: H\nbase-url: https://h.gov.uk\nlanguages: [en, pl]\ntranslations: {threshold: 0}\n",
            "content/councils/a/council.yml": "name: A\nnation: england\nlanguages: [en, pl]\n",
            "content/guidance/rights.md": "# Rights\n\nYou can come.\n",
        ])
        var diagnostics = Diagnostics()
        let portal = try #require(Portal.load(from: "content", in: files, reporting: &diagnostics))
        let guidance = portal.guidance(of: portal.councils[0], in: files, reporting: &diagnostics)
        let resources = portal.languages.map {
            LanguageResources(language: $0, translator: nil, strings: InterfaceStrings([:]), review: nil)
        }
        let editions = portal.editions(
            of: guidance, resources: resources, today: Self.settings.today, reporting: &diagnostics)
        let polish = try #require(editions.first { $0.language != $0.sourceLanguage })
        let theme = try #require(
            LeafletTheme.load(
                from: [Repository.root + "/themes/default"], in: LocalFileSystem(), reporting: &diagnostics))
        let completed = theme.completing(polish, reporting: &diagnostics)
        #expect(diagnostics.sorted.map(\.rule) == ["LeafletStringMissing"])
        #expect(completed.strings["leaflet-contents"] == "Contents")
    }

    /// A disk on which files cannot be removed.
    private struct Sealed: FileSystem {
        let inner: InMemoryFileSystem

        func read(_ path: String) throws(FileError) -> [UInt8] { try inner.read(path) }
        func status(_ path: String) throws(FileError) -> FileStatus? { try inner.status(path) }
        func list(_ directory: String) throws(FileError) -> [DirectoryEntry] { try inner.list(directory) }
        func resolve(_ path: String) throws(FileError) -> String { try inner.resolve(path) }
        func write(_ bytes: [UInt8], to path: String) throws(FileError) { try inner.write(bytes, to: path) }
        func makeDirectory(_ path: String) throws(FileError) { try inner.makeDirectory(path) }
        func rename(_ path: String, to target: String) throws(FileError) {
            try inner.rename(path, to: target)
        }
        func removeFile(_ path: String) throws(FileError) {
            throw FileError(path, .notPermitted)
        }
        func removeDirectoryIfEmpty(_ path: String) throws(FileError) -> Bool { false }
        func linkStatus(_ path: String) throws(FileError) -> FileStatus? { try inner.linkStatus(path) }
        func scan(_ directory: String) throws(FileError) -> [ScannedEntry] { try inner.scan(directory) }
        func create(_ bytes: [UInt8], at path: String) throws(FileError) -> FileStatus {
            try inner.create(bytes, at: path)
        }
        func lock(_ path: String) throws(FileError) -> FileLock? { try inner.lock(path) }
    }

    @Test("a leaflet that is out of date and cannot be removed is named")
    func cannotRemove() throws {
        let files = InMemoryFileSystem(["out/a/en/x.pdf": "leaflet"])
        var first = WrittenLeaflets(output: "out", cache: "cache", in: files)
        first.add("a/en/x.pdf", Array("leaflet".utf8), council: "a", language: "en", format: "a4")
        first.save(in: files)
        var second = WrittenLeaflets(output: "out", cache: "cache", in: files)
        var diagnostics = Diagnostics()
        second.removeStale(
            WrittenLeaflets.Scope(councils: ["a"]), in: Sealed(inner: files), reporting: &diagnostics)
        #expect(diagnostics.sorted.map(\.rule) == ["CannotRemove"])
        #expect(diagnostics.sorted.first?.location?.file == "out/a/en/x.pdf")
    }
}
