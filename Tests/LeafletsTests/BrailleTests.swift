import Guidance
import Markdown
import Testing
import Translations
import Workspace

@testable import Leaflets

/// How braille is set on lines and pages.
@Suite struct BraillePagesTests {
    /// Words of the letter a, of these lengths.
    private func words(_ lengths: [Int]) -> [BrailleCell] {
        Array(lengths.map { [BrailleCell](repeating: 1, count: $0) }.joined(separator: [.blank]))
    }

    private func text(_ pages: BraillePages, title: [BrailleCell] = []) -> [[String]] {
        let file = String(decoding: pages.file(title: title), as: UTF8.self)
        return file.split(separator: "\u{C}").map { page in
            page.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init).dropLast()
        }
    }

    @Test func everySignHasItsPlaceInASCII() {
        #expect((UInt8(0)..<64).map(\.ascii).map { Character(Unicode.Scalar($0)) }.count == 64)
        #expect(Set((UInt8(0)..<64).map(\.ascii)).count == 64)
        // Dots 1, 12, 14 are a, b, c; dots 3456 begin a number.
        #expect([1, 3, 9, BrailleCell.numberSign].map(\.ascii) == Array("ABC#".utf8))
        #expect(BrailleCell.number(1207).map(\.ascii) == Array("#ABJG".utf8))
    }

    @Test(arguments: [20, 28, 40])
    func noLineIsTooLongAndNoPageTooHigh(cells: Int) {
        var generator = SeededWords(seed: UInt64(cells))
        for _ in 0..<50 {
            let blocks = (0..<30).map { index in
                BrailleBlock(
                    kind: [
                        .title, .heading(1), .heading(2), .heading(3), .paragraph, .item(0), .item(3),
                        .entry(4),
                    ][
                        generator.below(8)],
                    cells: words((0...generator.below(30)).map { _ in 1 + generator.below(cells + 20) }),
                    startsPage: index % 11 == 10)
            }
            let pages = BraillePages(blocks, cells: cells, lines: 12, entryPages: [4: 123])
            #expect(pages.places.count == blocks.count)
            let made = text(pages, title: words([5, 9, 40]))
            #expect(made.count == pages.pages.count)
            for (number, page) in made.enumerated() {
                #expect(page.count <= 12)
                #expect(page.allSatisfy { $0.utf8.count <= cells })
                let expected = BrailleCell.number(number + 1).map(\.ascii)
                #expect(page.first?.hasSuffix(String(decoding: expected, as: UTF8.self)) ?? false)
            }
            // Nothing is lost: as many letters as there were, in the same order of blocks.
            let letters = pages.pages.joined().joined().count { $0 == 1 }
            #expect(letters == blocks.map { $0.cells.count { $0 == 1 } }.reduce(0, +) + numberLetters(blocks))
        }
    }

    /// The ones in the numbers of entries.
    private func numberLetters(_ blocks: [BrailleBlock]) -> Int { blocks.count { $0.kind == .entry(4) } }

    @Test func aHeadingStaysWithWhatFollows() {
        for count in 1...30 {
            let lines = [BrailleBlock](
                repeating: BrailleBlock(kind: .item(0), cells: words([3])), count: count)
            let pages = BraillePages(
                lines + [
                    BrailleBlock(kind: .heading(1), cells: words([7])),
                    BrailleBlock(kind: .heading(2), cells: words([8])),
                    BrailleBlock(kind: .paragraph, cells: words([20, 20, 20])),
                ], cells: 40, lines: 10)
            #expect(Set(pages.places.suffix(3)).count == 1)
            // And its second line too.
            let page = pages.pages[pages.places[count]]
            #expect(page.count { $0.count { $0 == 1 } >= 20 } >= 2)
        }
    }

    @Test func kindsOfBlocksStandWhereTheyShould() {
        let pages = BraillePages(
            [
                BrailleBlock(kind: .title, cells: words([4])),
                BrailleBlock(kind: .paragraph, cells: words([18, 18, 5])),
                BrailleBlock(kind: .heading(2), cells: words([6])),
                BrailleBlock(kind: .item(0), cells: words([30, 30])),
                BrailleBlock(kind: .item(1), cells: words([30, 30])),
            ], cells: 40, lines: 25)
        let a = { String(repeating: "A", count: $0) }
        #expect(
            text(pages)[0] == [
                String(repeating: " ", count: 38) + "#A", String(repeating: " ", count: 18) + "AAAA", "",
                "  \(a(18)) \(a(18))", a(5), "", "    \(a(6))", a(30), "  \(a(30))", "  \(a(30))",
                "    \(a(30))",
            ])
    }

    @Test func aLongAddressIsBrokenWhereItsPartsEndAndSaysSo() {
        // Twelve letters, a full stop (dots 256), and so on.
        let word =
            [BrailleCell](repeating: 1, count: 12) + [0b110010] + [BrailleCell](repeating: 1, count: 14)
        let lines = BraillePages.wrap([1, 0] + word, first: 20, next: 20)
        #expect(
            lines.map { String(decoding: $0.map(\.ascii), as: UTF8.self) } == [
                "A AAAAAAAAAAAA4\"", "AAAAAAAAAAAAAA",
            ])
        // What fits on a line of its own is not broken.
        #expect(BraillePages.wrap(words([5, 18]), first: 20, next: 20).map(\.count) == [5, 18])
    }

    @Test func aNumberStaysOnItsLineAndChineseMayEndAnywhere() {
        let number: [BrailleCell] = [1, 1, 1, 1, .fixedBlank, 1, 1, 1, 1]
        #expect(BraillePages.wrap(words([14]) + [0] + number, first: 20, next: 20).map(\.count) == [14, 9])
        let signs = Array(repeating: [BrailleCell.softBreak, 1, 1, 1], count: 10).joined()
        #expect(BraillePages.wrap(Array(signs), first: 20, next: 20).map(\.count) == [18, 12])
    }

    /// Numbers that are the same each time.
    private struct SeededWords {
        var state: UInt64
        init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
        mutating func below(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
    }
}

/// Leaflets in braille, by the liblouis of this machine.
@Suite struct BrailleTests {
    private static let settings = BrailleSettings(
        cells: 40, lines: 25, tables: ["en": "en-ueb-g2.ctb", "pl": "Pl-Pl-g1.utb"], latin: "en-ueb-g1.ctb")

    private func leaflet(_ guidance: [String: String], _ spec: String) throws -> LeafletData {
        var texts = [
            "content/portal.yml": "name: Help\nbase-url: https://help.example\nlanguages: [en]\n",
            "content/councils/a/council.yml": "name: Council\nnation: england\nlanguages: [en]\n",
        ]
        for (name, text) in guidance { texts["content/guidance/\(name).md"] = text }
        let files = InMemoryFileSystem(texts)
        var diagnostics = Diagnostics()
        let portal = try #require(Portal.load(from: "content", in: files, reporting: &diagnostics))
        let english = LanguageResources(
            language: .english, translator: nil,
            strings: InterfaceStrings(["leaflet-braille-draft": "Nobody has proof-read it."]), review: nil)
        let own = try #require(portal.councils.first)
        let merged = portal.guidance(of: own, in: files, reporting: &diagnostics)
        let today = try #require(CalendarDate("2026-11-21"))
        let edition = try #require(
            portal.editions(of: merged, resources: [english], today: today, reporting: &diagnostics).first)
        let parsed = try #require(
            LeafletSpec.parse(SourceText(path: "leaflets/guide.yml", text: spec), reporting: &diagnostics))
        #expect(diagnostics.isEmpty, "\(diagnostics.sorted)")
        let leaflet = try #require(Leaflet(parsed, format: .braille, edition: edition))
        let theme = LeafletTheme(
            templates: [], fonts: LeafletFonts(byScript: [:], forPrinter: [:]), strings: [:],
            copiesStrings: nil, braille: Self.settings, fingerprint: ContentHash(""))
        return LeafletData(
            leaflet: leaflet, edition: edition, theme: theme, colours: .standard, logo: nil, pictures: [:],
            publishedPath: { _ in nil })
    }

    private func lines(_ made: BrailleBook.Made) -> [String] {
        String(decoding: made.bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    private func made(_ guidance: [String: String], _ spec: String) async throws -> BrailleBook.Made {
        let translator = try await BrailleTranslator(python: "python3")
        defer { translator.stop() }
        return try await BrailleBook(
            data: try leaflet(guidance, spec), settings: Self.settings, engine: translator.version
        ).made(by: translator)
    }

    private static let guidance = [
        "rights":
            "# Your rights\n\n## You can bring someone {#supporter}\n\nPhone 01632 960 000 before the start. See [a film](https://film.example/x).[^law]\n\n- One \\ two\n- Three\n\n[^law]: The law.\n",
        "plan": "# The plan\n\n| What | When |\n|---|---|\n| It | now |\n",
    ]

    @Test func wordsAreContractedAndNumbersAreInOnePiece() async throws {
        let made = try await made(
            Self.guidance,
            "title: A guide\ncontents: yes\nformats: [braille]\nsections: [{page: rights}, {page: plan}]\n")
        let lines = lines(made)
        let text = lines.joined(separator: "\n")
        #expect(made.unknown.isEmpty)
        // "You can bring someone": the letter y, the letter c, br(ing), (some)(one).
        #expect(text.contains("    ,Y C BR+ \"S\"O"))
        #expect(text.contains("#JAFCB\"IFJ\"JJJ"))
        // The address behind a link, since nobody can press it.
        #expect(text.replacing("\n", with: "").contains("FILM4EXAMPLE_/X"))
        // The list of contents says where each part is.
        #expect(lines.contains { $0.hasPrefix(",YR \"RS ") && $0.hasSuffix(" #C") })
        #expect(text.contains(",:AT3 ,X") && text.contains("  ,:53 N["))
        #expect(lines.prefix(8).joined().contains("PRO(-R1D"))
        #expect(made.pages == 3)
        #expect(lines.allSatisfy { $0.utf8.count <= 41 })
    }

    @Test func theSameWordsGiveTheSameBytesAndUnknownSignsAreTold() async throws {
        let spec = "title: A guide\nformats: [braille]\nsections: [{page: p}]\n"
        let guidance = ["p": "# P\n\nA 😀 smile.\n"]
        let first = try await made(guidance, spec)
        #expect(first.unknown.map(\.sign) == ["😀"])
        #expect(String(decoding: first.bytes, as: UTF8.self).contains(",A = SMILE4"))
        #expect(try await made(guidance, spec).bytes == first.bytes)
    }

    @Test func whatIsToFillInKeepsItsQuestions() async throws {
        let made = try await made(
            ["p": "# P\n\nText.\n"],
            "title: A guide\nformats: [braille]\nsections:\n  - page: p\n  - fill-in: Your visit\n    fields: [Date, Time]\n  - write: Notes\n    text: Say it.\n"
        )
        let text = lines(made).joined(separator: "\n")
        #expect(
            text.contains(",DATE") && text.contains(",\"T") && text.contains(",NOTES")
                && text.contains(",SAY X4"))
    }

    @Test func aTableThatIsNotThereOrHasEightDotsIsAReason() async throws {
        let translator = try await BrailleTranslator(python: "python3")
        defer { translator.stop() }
        await #expect(throws: BrailleTranslator.Problem.noTable("no-such.ctb")) {
            try await translator.translate([], table: "no-such.ctb", latin: "en-ueb-g1.ctb")
        }
        let eight = try await translator.translate(
            [.init(text: "abc 1", keep: [])], table: "ro.ctb", latin: "en-ueb-g1.ctb")
        #expect(throws: BrailleTranslator.Problem.self) {
            _ = try BrailleSegment(table: "ro.ctb").cells(try #require(eight.first))
        }
    }

    @Test(arguments: ["/no/such/python", "/bin/true"])
    func withoutPythonThereIsAReason(python: String) async throws {
        let error = await #expect(throws: BrailleTranslator.Missing.self) {
            _ = try await BrailleTranslator(python: python)
        }
        #expect(try #require(error).reason.contains(python))
    }

    @Test func theThemesFileNamesTablesAndNothingElse() throws {
        var diagnostics = Diagnostics()
        let text =
            "cells: 32\ntables: {en: en-ueb-g2.ctb, xx-yy: a.ctb, pl: ../../etc/passwd}\nlatin: en-ueb-g1.ctb\n"
        let parsed = BrailleSettings.parse(
            SourceText(path: "braille.yml", text: text), reporting: &diagnostics)
        #expect(parsed?.cells == 32 && parsed?.lines == 25 && parsed?.tables == ["en": "en-ueb-g2.ctb"])
        #expect(diagnostics.sorted.map(\.rule) == ["UnknownLanguage", "WrongType"])
        let polish = try #require(Language(tag: "pl"))
        let settings = Self.settings
        #expect(settings.table(for: .english, in: .english) == "en-ueb-g2.ctb")
        #expect(settings.table(for: .english, in: polish) == "en-ueb-g1.ctb")
        #expect(settings.table(for: polish, in: polish) == "Pl-Pl-g1.utb")
    }
}
