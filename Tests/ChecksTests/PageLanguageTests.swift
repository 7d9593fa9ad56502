import Support
import Testing
import Workspace

@testable import Checks

@Suite("The language of a page")
struct PageLanguageTests {
    private func folder(_ files: [String: String]) async throws -> [String] {
        let day = try #require(CalendarDate("2026-11-28"))
        let linter = Linter(
            phrases: LintSample.phrases, today: day, in: InMemoryFileSystem(files))
        return try await linter.problems(inFolder: "old").problems.sorted
            .map { "\($0.location?.file ?? "") \($0.rule)" }
    }

    private static let german = """
        # Ihre Rechte

        Sie haben das Recht, an der Konferenz teilzunehmen und jemanden mitzubringen, und Sie können jederzeit um
        einen Dolmetscher bitten, wenn Sie etwas nicht verstehen oder wenn Sie lieber in Ihrer eigenen Sprache
        sprechen möchten, denn das ist Ihr gutes Recht. „Kann ich jemanden mitbringen?“ Das JA hilft die die Sie mögen.

        """
    private static let english = """
        # Your rights

        You have the right to come prior to the meeting, and the chair of the conference will speak with you about it.

        """

    @Test(
        "a page in another language is not judged as English, and that is said once",
        arguments: ["old/a.md", "old/de/a.md", "old/a.de.md", "old/it/a.md"])
    func otherLanguage(_ file: String) async throws {
        #expect(
            try await folder([file: Self.german, "old/b.md": Self.german]).count {
                $0.hasSuffix("OtherLanguage")
            }
                == 1)
        let found = try await folder([file: Self.german])
        #expect(found == ["\(file) OtherLanguage"])
    }

    @Test("its words say more than its name, and front matter more than both")
    func writtenLanguage() async throws {
        #expect(try await folder(["old/it/a.md": Self.english]) == ["old/it/a.md PlainWords"])
        #expect(
            try await folder(["old/a.md": "---\nlang: en-GB\n---\n" + Self.german]).contains(
                "old/a.md LongSentence"))
        for line in ["lang: cy", "language: Welsh", "lang: \"cy-GB\"", "language: Cymraeg # ours"] {
            #expect(
                try await folder(["old/a.md": "---\n\(line)\n---\n" + Self.english]) == [
                    "old/a.md OtherLanguage"
                ])
        }
        // Too short to tell by its words.
        let short = "# Hawliau\n\nDewch prior to hynny.\n"
        #expect(try await folder(["old/cy/a.md": short]) == ["old/cy/a.md OtherLanguage"])
        #expect(try await folder(["old/a.cy.md": short]) == ["old/a.cy.md OtherLanguage"])
        #expect(try await folder(["old/a.md": short]) == ["old/a.md PlainWords"])
    }

    @Test("every language but English that a theme has words in is told from English")
    func translations() async throws {
        let folder = Repository.root + "/themes/default/translations"
        let names = try LocalFileSystem().list(folder).map(\.name).filter { $0.hasSuffix(".po") }
        #expect(names.count > 10)
        for name in names {
            let text = String(decoding: try LocalFileSystem().read(folder + "/" + name), as: UTF8.self)
            let sentences = text.split(separator: "\n").filter {
                $0.hasPrefix("msgstr \"") && $0.utf8.count > 60
            }
            .map { String($0.dropFirst(8).dropLast()) }
            let page = "# X\n\n" + sentences.joined(separator: "\n\n") + "\n"
            #expect(try await self.folder(["old/a.md": page]).contains("old/a.md OtherLanguage"), "\(name)")
        }
    }

    @Test(
        "tags of a template and their English are no words of a page in another language, nor the other way round"
    )
    func tags() async throws {
        // Elements and shortcodes have English words in them, and would make a short page English.
        let tags = "<section class=\"the main box\"><p class=\"and for you\">"
        let marked = Self.german.replacing("Sie haben", with: tags + "Sie haben") + "</p></section>\n"
        #expect(try await folder(["old/a.md": marked]).contains("old/a.md OtherLanguage"))
        // Words of another language within tags do not make an English page theirs.
        let foreign =
            "<div data-text=\"" + Self.german.replacing("\n", with: " ").replacing("\"", with: "") + "\">"
        let english = Self.english + foreign + "\n\n</div>\n"
        #expect(try await !folder(["old/a.md": english]).contains("old/a.md OtherLanguage"))
    }

    @Test("a portal in another language is read without the rules about English words")
    func otherPortal() throws {
        var sample = LintSample([
            LintSample.portal: "name: H\nbase-url: https://h.gov.uk\nlanguages: [cy]\n",
            LintSample.page: "# Hawliau\n\nDewch prior to hynny.\n",
        ])
        sample.files[LintSample.council] = "name: A\nnation: wales\nlanguages: [cy]\n"
        #expect(try sample.problems("PlainWords").isEmpty)
        #expect(try sample.problems("OtherLanguage").map(\.severity) == [.note])
    }
}
