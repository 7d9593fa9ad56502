import Foundation
import Testing
import Translations
import Workspace

/// Catalogues as agencies and tools send them.
@Suite struct AgencyFileTests {
    @Test(arguments: [
        ("pl", "pl"), ("pl_PL", "pl"), ("pl-PL", "pl"), ("PL_pl.UTF-8", "pl"), ("ar_SA", "ar"),
        ("ar-EG", "ar"),
        ("pt_PT", "pt"), ("pt-BR", "pt"), ("zh_CN", "zh-Hans"), ("zh", "zh-Hans"), ("zh_Hans", "zh-Hans"),
        ("zh-Hans-CN", "zh-Hans"), ("zh_TW", "zh-Hant"), ("zh_HK", "zh-Hant"), ("zh_Hant_HK", "zh-Hant"),
        ("uk-Cyrl-UA", "uk"), ("pa_IN", "pa"), ("pa_Guru_IN", "pa"), ("ku", "kmr"), ("ku_IQ", "ckb"),
        ("es_419", "es"), ("ro@latin", "ro"), ("mo", "ro"),
    ])
    func `a tool's name for a language is understood`(name: String, tag: String) {
        #expect(Language(localeName: name)?.tag == tag)
    }

    @Test(arguments: [
        "", "_", "polish", "xx", "pl_Cyrl", "uk@latin", "guidance", "pl PL", "zh_Latn",
    ])
    func `another script is another language, and what is no language is none`(name: String) {
        #expect(Language(localeName: name) == nil)
    }

    private static let transifex =
        "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : n!=1 && (n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);"

    private func parse(_ text: String) -> (file: POFile, problems: [Diagnostic]) {
        var diagnostics = Diagnostics()
        let file = POFile.parse(text, path: "x.po", reporting: &diagnostics)
        return (file, diagnostics.sorted)
    }

    private func catalogue(_ tag: String, _ forms: String, _ strings: [String]) -> POFile {
        let lines = strings.enumerated().map { "msgstr[\($0)] \"\($1)\"\n" }.joined()
        return parse(
            "msgid \"\"\nmsgstr \"\"\n\"Language: \(tag)\\n\"\n\"Plural-Forms: \(forms)\\n\"\n\nmsgid \"{n} day\"\nmsgid_plural \"{n} days\"\n\(lines)"
        ).file
    }

    @Test func `Transifex's four Polish forms are Signpost's three, and the fourth is not lost`() throws {
        let polish = try #require(Language(tag: "pl"))
        let file = catalogue("pl_PL", Self.transifex, ["{n} dzień", "{n} dni", "{n} dni", "{n} dnia"])
        let own = file.withForms(of: polish)
        #expect(own.entries[0].strings == ["{n} dzień", "{n} dni", "{n} dni"])
        #expect(own.entries[0].translatorComments == ["was: {n} dnia"])
        #expect(own.header["Plural-Forms"] == PluralRules.header(for: polish))
        #expect(CatalogueChecks.check(file, language: polish).sorted == [])
        // A problem is found at the form's own line.
        let bad = catalogue("pl", Self.transifex, ["{n} dzień", "{n} dni", "dni", "{n} dnia"])
        #expect(
            CatalogueChecks.check(bad, language: polish).sorted.map { $0.location?.range?.start.line } == [10]
        )
    }

    @Test func `Weblate's two Portuguese forms serve millions as well`() throws {
        let portuguese = try #require(Language(tag: "pt"))
        let file = catalogue("pt", "nplurals=2; plural=n > 1;", ["{n} dia", "{n} dias"])
        #expect(file.withForms(of: portuguese).entries[0].strings == ["{n} dia", "{n} dias", "{n} dias"])
        #expect(CatalogueChecks.check(file, language: portuguese).sorted == [])
    }

    @Test(arguments: [
        ("pl", "nplurals=2; plural=n != 1;", ["a", "b"]), ("ar", "nplurals=2; plural=n != 1;", ["a", "b"]),
        ("pt", "nplurals=2; plural=n != 1;", ["a", "b"]),
    ])
    func `forms that choose otherwise are left as they are, and are an error`(
        tag: String, forms: String, strings: [String]
    ) throws {
        let language = try #require(Language(tag: tag))
        let file = catalogue(tag, forms, strings)
        #expect(file.withForms(of: language) == file)
        #expect(
            CatalogueChecks.check(file, language: language).sorted.contains { $0.rule == "PluralFormsHeader" }
        )
    }

    @Test func `several texts on one line are one text, as gettext reads them`() {
        let (file, problems) = parse("msgid \"\" \"a \" \"b\"\nmsgstr \"c\" \t\"d\"\n\"e\"  \"f\"\n")
        #expect(problems == [])
        #expect(file.entries.map(\.id) == ["a b"])
        #expect(file.entries.map(\.strings) == [["cdef"]])
        // A quotation mark that nobody has escaped is still a mistake.
        #expect(parse("msgid \"say \"no\" now\"\nmsgstr \"\"\n").problems.map(\.rule) == ["InvalidPO"])
    }

    @Test(arguments: ["crowdin", "poedit", "transifex_cy_GB", "weblate"])
    func `a catalogue in the manner of a tool comes in whole and goes out for every tool`(name: String) throws
    {
        let welsh = try #require(Language(tag: "cy"))
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../EndToEnd/agencies/\(name).po").standardized.path
        var diagnostics = Diagnostics()
        let bytes = try LocalFileSystem().read(path)
        let text = try #require(
            CatalogueText.read(bytes, path: path, language: welsh, reporting: &diagnostics))
        let sent = POFile.parse(text, reporting: &diagnostics).withForms(of: welsh)
        #expect(diagnostics.sorted == [])
        #expect(CatalogueChecks.check(sent, language: welsh).sorted == [])
        #expect(Language(localeName: sent.header["Language"] ?? "") == welsh)
        let messages = sent.entries.filter { !$0.isObsolete }
        #expect(messages.count == 6)
        #expect(messages.filter(\.isTranslated).count == 4)
        #expect(
            messages.filter { $0.isFuzzy && !$0.isUntranslated }.map(\.id) == ["You see the chair first."])
        // Into a catalogue that has nothing yet, and out again.
        let own = POFile(path: "cy.po", entries: messages.map { POEntry(id: $0.id, strings: [""]) })
        let result = CatalogueImport(sent, into: own, language: welsh)
        #expect(result.added == 4 && result.undecided == 1 && result.refused == 0)
        let again = POFile.parse(result.file.serialized(), path: "cy.po", reporting: &diagnostics)
        for (entry, given) in zip(again.entries.filter { !$0.isObsolete }, messages) {
            #expect(entry.id == given.id && entry.strings == given.strings && entry.isFuzzy == given.isFuzzy)
        }
        // What was translated and is in use no more stays as well.
        let obsolete = sent.entries.filter(\.isObsolete).map(\.strings)
        #expect(again.entries.filter(\.isObsolete).map(\.strings) == obsolete)
    }

    // MARK: Character sets

    private static let polishText =
        "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=CHARSETNAME\\n\"\n\"Language: pl\\n\"\n\nmsgid \"b\"\nmsgstr \"zażółć gęślą jaźń\"\n"

    private func read(_ data: Data?, _ tag: String = "pl") throws -> (file: POFile?, problems: [Diagnostic]) {
        var diagnostics = Diagnostics()
        let text = CatalogueText.read(
            Array(try #require(data)), path: "x.po", language: Language(tag: tag), reporting: &diagnostics)
        let file = text.map { POFile.parse($0, reporting: &diagnostics) }
        return (file, diagnostics.sorted)
    }

    private func encoded(_ encoding: String.Encoding, saying name: String) -> Data? {
        Self.polishText.replacing("CHARSETNAME", with: name).data(using: encoding)
    }

    @Test func `a byte order mark and CRLF are nothing special`() throws {
        let text =
            "\u{FEFF}" + Self.polishText.replacing("CHARSETNAME", with: "UTF-8").replacing("\n", with: "\r\n")
        let (file, problems) = try read(Data(text.utf8))
        #expect(problems == [])
        #expect(file?.entries.first?.strings == ["zażółć gęślą jaźń"])
    }

    @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian], [true, false])
    func `UTF-16 is read, with a byte order mark or without`(encoding: String.Encoding, hasMark: Bool) throws
    {
        for name in ["UTF-16", "UTF-8"] {
            let data = ((hasMark ? "\u{FEFF}" : "") + Self.polishText.replacing("CHARSETNAME", with: name))
                .data(using: encoding)
            let (file, problems) = try read(data)
            #expect(problems.map(\.rule) == ["CatalogueEncoding"])
            #expect(problems.map(\.severity) == [.note])
            #expect(file?.entries.first?.strings == ["zażółć gęślą jaźń"])
            #expect(file?.header["Content-Type"] == "text/plain; charset=UTF-8")
        }
    }

    @Test(arguments: [
        (String.Encoding.windowsCP1250, "windows-1250"), (.windowsCP1250, "CP1250"),
        (.isoLatin2, "ISO-8859-2"),
    ])
    func `the code page that the header names is read`(encoding: String.Encoding, name: String) throws {
        let (file, problems) = try read(encoded(encoding, saying: name))
        #expect(problems.map(\.rule) == ["CatalogueEncoding"])
        #expect(file?.entries.first?.strings == ["zażółć gęślą jaźń"])
        #expect(file?.header["Content-Type"] == "text/plain; charset=UTF-8")
    }

    @Test(arguments: ["UTF-8", ""])
    func `a code page that nobody names is not guessed, but shown at its place`(name: String) throws {
        let (file, problems) = try read(encoded(.windowsCP1250, saying: name))
        #expect(file == nil)
        let problem = try #require(problems.first)
        #expect(problem.rule == "UnsupportedCharset")
        #expect(problem.location?.range?.start == SourcePosition(line: 7, column: 11))
        #expect(problem.help?.contains("“zażółć”") == true)
        #expect(problem.help?.contains("windows-1250") == true)
    }

    @Test func `a character set that cannot be read is an error`() throws {
        let (file, problems) = try read(encoded(.windowsCP1250, saying: "EBCDIC-37"))
        #expect(file == nil)
        #expect(problems.map(\.rule) == ["UnsupportedCharset"])
    }

    @Test func `bytes of any kind never trap`() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = try read(Data(bytes))
            _ = try read(Data("charset=GB18030".utf8) + Data(bytes), "zh-Hans")
        }
    }
}
