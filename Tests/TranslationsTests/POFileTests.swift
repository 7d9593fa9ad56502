import Testing
import Translations
import Workspace

@Suite struct POFileTests {
    static let sample = """
        # Translators: the Example team.
        msgid ""
        msgstr ""
        "Project-Id-Version: Signpost\\n"
        "Language: pl\\n"
        "MIME-Version: 1.0\\n"
        "Content-Type: text/plain; charset=UTF-8\\n"
        "Content-Transfer-Encoding: 8bit\\n"
        "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 "
        "|| n%100>=20) ? 1 : 2);\\n"
        "X-Signpost-Review: reviewed by A. Checker on 2026-11-21\\n"

        # A note
        #. Your rights
        #: guidance/rights.md#supporter guidance/rights.md#invited
        #, fuzzy
        #| msgid "You can bring one person."
        msgid "You can bring one adult."
        msgstr "Możesz zabrać jedną osobę."

        msgctxt "duration"
        msgid "{n} working day"
        msgid_plural "{n} working days"
        msgstr[0] "{n} dzień roboczy"
        msgstr[1] "{n} dni robocze"
        msgstr[2] "{n} dni roboczych"

        #, fuzzy
        #~| msgid "Old"
        #~ msgid "Older \\"quoted\\" \\\\ text"
        #~ msgstr "Stary"

        """

    private func parse(_ text: String) -> (file: POFile, problems: [Diagnostic]) {
        var diagnostics = Diagnostics()
        let file = POFile.parse(text, path: "pl.po", reporting: &diagnostics)
        return (file, diagnostics.sorted)
    }

    @Test func `a well-formed file is read and written unchanged`() throws {
        let (file, problems) = parse(Self.sample)
        #expect(problems.isEmpty)
        #expect(file.serialized() == Self.sample)
        #expect(file.entries.count == 3)
        let first = try #require(file.entries.first)
        #expect(first.translatorComments == ["A note"])
        #expect(first.extractedComments == ["Your rights"])
        #expect(first.references == ["guidance/rights.md#supporter", "guidance/rights.md#invited"])
        #expect(first.isFuzzy)
        #expect(first.previous?.id == "You can bring one person.")
        #expect(file.entries[1].context == "duration")
        #expect(file.entries[1].strings.count == 3)
        #expect(file.entries[2].isObsolete)
        #expect(file.entries[2].id == "Older \"quoted\" \\ text")
        #expect(file.entries[2].previous?.id == "Old")
        #expect(file.header["language"] == "pl")
        #expect(
            file.header.review == .reviewed(by: "A. Checker", on: try #require(CalendarDate("2026-11-21"))))
    }

    @Test func `every part knows its place`() throws {
        let (file, _) = parse(Self.sample)
        #expect(file.location(of: file.entries[0]).description == "pl.po:18:1")
        #expect(file.location(of: file.entries[0], form: 0).description == "pl.po:19:9")
        #expect(file.location(of: file.entries[1], form: 2).description == "pl.po:26:12")
        #expect(file.location(of: file.entries[2]).description == "pl.po:30:4")
        #expect(file.location(file.header.range(of: "language")).description == "pl.po:5:2")
    }

    @Test func `a stretch of a text that goes on over lines and holds escapes is found`() throws {
        let (file, problems) = parse(
            """
            msgid "a"
            msgstr ""
            "one \\"two\\" "
            "three\\n"
            "four"
            """)
        #expect(problems.isEmpty)
        let entry = try #require(file.entries.first)
        #expect(entry.strings == ["one \"two\" three\nfour"])
        func place(_ range: Range<Int>) -> SourceRange? { file.location(of: entry, scalars: range).range }
        #expect(place(0..<3) == SourceRange(line: 3, column: 2, length: 3))
        #expect(place(5..<8) == SourceRange(line: 3, column: 8, length: 3))
        #expect(place(10..<15) == SourceRange(line: 4, column: 2, length: 5))
        #expect(place(16..<20) == SourceRange(line: 5, column: 2, length: 4))
        #expect(place(8..<12) == SourceRange(line: 3, column: 11, length: 3))
        #expect(place(20..<20)?.start == SourcePosition(line: 5, column: 6))
        #expect(place(99..<100)?.start == SourcePosition(line: 5, column: 6))
    }

    @Test func `CRLF and a byte order mark do not matter`() {
        let windows =
            "\u{FEFF}"
            + Self.sample.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        let (file, problems) = parse(windows)
        #expect(problems.isEmpty)
        #expect(file.serialized() == Self.sample)
        #expect(file.location(of: file.entries[0]).description == "pl.po:18:1")
    }

    @Test func `the escapes of C are understood`() throws {
        let (file, problems) = parse(#"msgid "\a\b\f\n\r\t\v\\\"\x41\101""# + "\nmsgstr \"\"")
        #expect(problems.isEmpty)
        #expect(file.entries.first?.id == "\u{07}\u{08}\u{0C}\n\r\t\u{0B}\\\"AA")
    }

    @Test(arguments: [
        ("msgid \"a\"\nmsgstr \"x\" y\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 2, 12),
        ("msgid \"a\"\nmsgstr \"x\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 2, 8),
        ("msgid \"a\"\nmsgstrr \"x\"\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 2, 1),
        ("\"x\"\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 1, 1),
        ("rubbish\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 1, 1),
        ("msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 1, 1),
        ("msgstr \"a\"\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 1, 1),
        ("msgid\nmsgstr \"a\"\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 1, 1),
        ("msgid \"a\"\nmsgstr[0] \"a\"\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 2, 1),
        ("msgid \"a\"\nmsgid_plural \"as\"\nmsgstr \"a\"\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 3, 1),
        ("msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[1] \"a\"\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 3, 1),
        ("msgid \"a\"\nmsgstr \"a\"\nmsgstr \"c\"\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 3, 1),
        ("msgid \"a\"\n#~ msgstr \"a\"\n\nmsgid \"b\"\nmsgstr \"\"", "InvalidPO", 2, 4),
        ("msgid \"b\"\nmsgstr \"one\\qtwo\"", "InvalidPOEscape", 2, 12),
        ("msgid \"b\"\nmsgstr \"\\xe9\"", "InvalidPOEscape", 2, 9),
        ("msgid \"b\"\nmsgstr \"\"\n\nmsgid \"b\"\nmsgstr \"again\"", "DuplicateMessage", 4, 1),
        ("msgid \"b\"\nmsgstr \"\"\n\n#~ msgid \"b\"\n#~ msgstr \"again\"", "DuplicateMessage", 4, 4),
        (
            "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=ISO-8859-2\\n\"\n\nmsgid \"b\"\nmsgstr \"\"",
            "UnsupportedCharset", 3, 2
        ),
    ])
    func `a problem is reported at its place, and reading goes on`(
        text: String, rule: String, line: Int, column: Int
    ) {
        let (file, problems) = parse(text)
        #expect(
            problems.map {
                "\($0.rule) \($0.location?.range?.start.line ?? 0):\($0.location?.range?.start.column ?? 0)"
            }
                == ["\(rule) \(line):\(column)"])
        #expect(file.entries.last?.id == "b")
    }

    @Test func `random bytes never trap`() {
        var random = SeededGenerator(seed: 42)
        let parts = [
            "msgid", "msgstr", "[0]", "\"", "\\", "#~", "#|", "#,", " ", "\n", "é", "msgctxt", "x", "\\x",
            "_plural",
        ]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                parts.randomElement(using: &random) ?? ""
            }.joined()
            var diagnostics = Diagnostics()
            let file = POFile.parse(text, path: "x.po", reporting: &diagnostics)
            for entry in file.entries {
                _ = file.location(of: entry, form: 0, scalars: 0..<Int.random(in: 0..<9, using: &random))
            }
            _ = file.serialized()
        }
    }

    @Test(arguments: Language.all)
    func `what is written is read back the same`(language: Language) {
        var generator = CatalogueGenerator(seed: 1)
        let file = generator.file(language: language, entries: 60)
        var diagnostics = Diagnostics()
        let text = file.serialized()
        let read = POFile.parse(text, path: file.path, reporting: &diagnostics)
        #expect(diagnostics.sorted == [])
        #expect(read.entries == file.entries)
        #expect(read.header.fields == file.header.fields)
        #expect(read.serialized() == text)
    }
}
