import Support
import Testing
import Workspace

@testable import Guidance

private let council = "content/councils/a/council.yml"

private func files(_ changes: [String: String] = [:]) -> [String: String] {
    sampleSite(
        [
            "content/guidance/rights.md": """
            # Rights

            ## You can bring someone {#supporter}

            Bring a friend or a relative.

            ### You can bring someone {easy}

            Bring a friend. {picture=friend}

            Tell us {{early}} before. {picture=friend when=early}

            ## It is recorded {#recording when=recording}

            We record it.

            ### It is recorded {#tapes easy}

            We record it. {picture=friend}
            """,
            "content/guidance/easy.md": "# In simple words\n\nRead it with someone.\n",
            "content/pictures/friend.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "content/pictures/pictures.yml": "friend: {source: drawn, author: A council, licence: CC0}\n",
            council:
                "name: Council A\nnation: england\nlanguages: [en]\nfacts: {early: 2 days, recording: yes}\n",
        ].merging(changes) { $1 })
}

@Suite("Easy words")
struct EasyReadTests {
    @Test("they stand on a page of their own, with facts and pictures, and lead to one another")
    func gathered() throws {
        let site = try load(files())
        #expect(site.diagnostics.isEmpty)
        let edition = try site.edition("a")
        let easy = try #require(edition.page("easy"))
        #expect(easy.kind == .easy)
        #expect(easy.sections.map(\.id) == ["supporter", "tapes"])
        #expect(easy.sections.map(\.level) == [2, 2])
        let blocks = easy.sections[0].blocks
        #expect(blocks.map(\.attributes?.picture) == ["pictures/friend.svg", "pictures/friend.svg"])
        var words: [String] = []
        blocks.forEachPassage { words.append($0.plainText) }
        #expect(words == ["Bring a friend.", "Tell us 2 days before."])
        #expect(edition.assets == ["pictures/friend.svg"])
        #expect(
            easy.pictureCredits == [PictureCredit(source: "drawn", author: "A council", licence: "CC0")])

        let rights = try #require(edition.page("rights"))
        #expect(rights.allSections.map(\.id) == ["supporter", "recording"])
        let twin = try #require(rights.sections[0].twin)
        #expect(twin.form == .simple)
        #expect((twin.address.path, twin.address.section) == ("easy", "supporter"))
        let original = try #require(easy.sections[1].twin)
        #expect(original.form == .full)
        #expect((original.address.path, original.address.section) == ("rights", "recording"))
    }

    @Test("where a section is not for a council, neither are its easy words")
    func conditions() throws {
        let other = "name: B\nnation: wales\nlanguages: [en]\nfacts: {recording: no}\n"
        let both = try load(files(["content/councils/b/council.yml": other]))
        #expect(both.diagnostics.isEmpty)
        #expect(try both.edition("b").page("easy")?.sections.map(\.id) == ["supporter"])
        #expect(try both.edition("b").page("easy")?.sections[0].blocks.count == 1)
    }

    @Test("a council's own section takes the easy words of the shared one away, and may bring its own")
    func overlay() throws {
        let own = "## You can bring someone {#supporter}\n\nBring two people.\n"
        let without = try load(files(["content/councils/a/rights.md": own]))
        #expect(without.diagnostics.isEmpty)
        #expect(try without.edition("a").page("easy")?.sections.map(\.id) == ["tapes"])
        #expect(try without.edition("a").page("rights")?.sections[0].twin == nil)
        let with = try load(
            files([
                "content/councils/a/rights.md": own
                    + "\n### Bring two {easy}\n\nBring two. {picture=friend}\n"
            ]))
        #expect(with.diagnostics.isEmpty)
        #expect(
            try with.edition("a").page("easy")?.sections.map(\.heading.plainText) == [
                "Bring two", "It is recorded",
            ])
    }

    @Test("new easy words do not ask a council again about the section that it replaces")
    func fingerprint() throws {
        let plain = "# Rights\n\n## You can bring someone {#supporter}\n\nBring a friend or a relative.\n"
        let easy = plain + "\n### You can bring someone {easy}\n\nBring a friend.\n"
        let own = "## You can bring someone {#supporter}\n\nBring two people.\n"
        let prints = try [plain, easy].map { text in
            try load(
                files(["content/guidance/rights.md": text, "content/councils/a/rights.md": own])
            ).overrides.first?.shared
        }
        #expect(prints[0] != nil)
        #expect(prints[0] == prints[1])
    }

    @Test("they are called easy read where somebody has tried them, in that language only")
    func testers() throws {
        func form(_ line: String) throws -> SectionTwin.Form? {
            let site = try load(
                files(["content/guidance/easy.md": "---\ntested-with:\n\(line)\n---\n# In simple words\n"]))
            #expect(site.diagnostics.isEmpty)
            return try site.edition("a").page("rights")?.sections[0].twin?.form
        }
        #expect(try form("  - {who: A group of four, on: 2026-10-01}") == .easyRead)
        #expect(try form("  - A group of four") == .easyRead)
        #expect(try form("  - {who: A group of four, language: pl}") == .simple)
    }

    @Test("a page takes what it asks for, in that order; a page that asks for nothing takes the rest")
    func order() throws {
        let site = try load(
            files([
                "content/guidance/easy.md": "---\ngathers: [rights#recording]\n---\n# Tapes\n",
                "content/guidance/easy-more.md": "---\nkind: easy\n---\n# The rest\n",
            ]))
        #expect(site.diagnostics.isEmpty)
        let edition = try site.edition("a")
        #expect(edition.page("easy")?.sections.map(\.id) == ["tapes"])
        #expect(edition.page("easy-more")?.sections.map(\.id) == ["supporter"])
    }

    @Test("easy words that no page shows, and a picture of which nobody knows whose it is, are named")
    func problems() throws {
        let changes = ["content/pictures/other.svg": "<svg/>"]
        let pictures = try load(files(changes)).diagnostics
        #expect(pictures.map(\.rule) == ["PictureWithoutCredit"])
        #expect(pictures.first?.location?.file == "content/pictures/other.svg")
        var without = files()
        without["content/guidance/easy.md"] = nil
        let hidden = try load(without).diagnostics
        #expect(hidden.map(\.rule) == ["EasyNotShown", "EasyNotShown"])
        #expect(hidden.first?.location?.range?.start.line == 7)
    }

    @Test("a council of which nothing is said in easy words has no empty page")
    func empty() throws {
        let site = try load(files(["content/guidance/rights.md": "# Rights\n\n## Come\n\nCome.\n"]))
        #expect(site.diagnostics.isEmpty)
        #expect(try site.edition("a").page("easy") == nil)
    }
}
