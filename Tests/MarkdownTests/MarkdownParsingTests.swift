import Markdown
import Support
import Testing
import Workspace

private func parse(_ text: String) -> (MarkdownDocument, [Diagnostic]) {
    var diagnostics = Diagnostics()
    let document = MarkdownDocument.parse(SourceText(path: "page.md", text: text), reporting: &diagnostics)
    return (document, diagnostics.sorted)
}

private func paragraph(_ document: MarkdownDocument, _ index: Int = 0) throws -> Passage {
    guard case .paragraph(let passage) = try #require(document.blocks.dropFirst(index).first).content else {
        Issue.record("not a paragraph")
        return Passage([])
    }
    return passage
}

@Suite("Parsing Markdown")
struct MarkdownParsingTests {
    @Test("front matter is separated, and lines are counted from the top of the file")
    func frontMatter() throws {
        let (document, diagnostics) = parse("---\ntitle: Rights\n---\n\n# Your rights\n")
        #expect(document.frontMatter == "title: Rights\n")
        #expect(document.blocks.first?.range?.start == SourcePosition(line: 5, column: 1))
        #expect(diagnostics.isEmpty)
    }

    @Test("front matter that never ends is an error at its first line")
    func unterminatedFrontMatter() {
        let (_, diagnostics) = parse("---\ntitle: Rights\n\n# Your rights\n")
        #expect(diagnostics.map(\.rule) == ["UnterminatedFrontMatter"])
        #expect(diagnostics.first?.location?.range?.start == SourcePosition(line: 1, column: 1))
    }

    @Test("placeholders in the cells of a row know their own place, after other scripts too")
    func placeholdersInCells() {
        let (document, _) = parse("| é {{a}} | `{{x}}` {{b}} |\n|---|---|\n| {{c}} | {{d}} |\n")
        guard case .table(let table) = document.blocks.first?.content else {
            Issue.record("no table")
            return
        }
        var found: [String: SourcePosition] = [:]
        for cell in table.header + table.rows.joined() {
            cell.inlines.forEachInline { inline in
                if case .placeholder(let it) = inline { found[it.name] = it.range?.start }
            }
        }
        #expect(
            found == [
                "a": SourcePosition(line: 1, column: 5), "b": SourcePosition(line: 1, column: 21),
                "c": SourcePosition(line: 3, column: 3), "d": SourcePosition(line: 3, column: 11),
            ])
    }

    @Test("what is said of words that stand in a passage twice is said at each, but not after a backslash")
    func eachOfTheSameWords() {
        let (_, misplaced) = parse("A {when=x} b \\{when=x} c {when=x} d.\n")
        #expect(misplaced.map(\.rule) == ["MisplacedAttributes", "MisplacedAttributes"])
        #expect(misplaced.map { $0.location?.range?.start.column } == [3, 26])
        let (_, unsafe) = parse("[a](javascript:1) and [b](javascript:1).\n")
        #expect(unsafe.map { $0.location?.range?.start.column } == [5, 27])
    }

    @Test("backticks that nothing closes hide no placeholder, and code does")
    func backticks() throws {
        let (document, _) = parse("`` a ``` b {{one}} ` c {{x}} ` ```` {{two}}\n")
        var found: [String: Int] = [:]
        try paragraph(document).inlines.forEachInline { inline in
            if case .placeholder(let it) = inline { found[it.name] = it.range?.start.column }
        }
        #expect(found == ["one": 12, "two": 37])
    }

    @Test("Windows line ends change nothing", arguments: ["\n", "\r\n"])
    func lineEnds(_ end: String) throws {
        let text = ["---", "title: A", "---", "", "One {{fact}}", "two.", ""].joined(separator: end)
        let (document, diagnostics) = parse(text)
        #expect(diagnostics.isEmpty)
        let passage = try paragraph(document)
        #expect(passage.plainText == "One {{fact}} two.")
        guard case .placeholder(let placeholder) = try #require(passage.inlines.dropFirst().first) else {
            Issue.record("no placeholder")
            return
        }
        #expect(placeholder.range?.start == SourcePosition(line: 5, column: 5))
    }

    @Test("placeholders know their place, after other scripts too")
    func placeholderPlaces() throws {
        let (document, _) = parse("Kommen Sie — früh.\nTü {{ contact  chair }} und {{arrive-early}}.\n")
        let passage = try paragraph(document)
        let ranges = passage.inlines.compactMap { inline -> SourceRange? in
            if case .placeholder(let placeholder) = inline { placeholder.range } else { nil }
        }
        #expect(
            ranges.map(\.start) == [SourcePosition(line: 2, column: 4), SourcePosition(line: 2, column: 29)])
        #expect(passage.plainText == "Kommen Sie — früh. Tü {{contact chair}} und {{arrive-early}}.")
    }

    @Test(
        "braces in code or behind a backslash are plain text", arguments: ["`{{x}}`", "\\{{x}}", "\\{\\{x}}"])
    func escapedBraces(_ text: String) throws {
        let (document, _) = parse(text + " and {{real}}\n")
        var names: [String] = []
        try paragraph(document).inlines.forEachInline {
            if case .placeholder(let placeholder) = $0 { names.append(placeholder.name) }
        }
        #expect(names == ["real"])
    }

    @Test("attributes end a heading, paragraph or list item and are taken off the text")
    func attributes() throws {
        let (document, diagnostics) = parse(
            """
            ## Recording {#recording when=recording unless=nation:wales}

            We record. {when=contact:chair}

            1. You speak. {your-turn}
            2. They speak.
            """)
        #expect(diagnostics.isEmpty)
        #expect(document.blocks[0].attributes?.id == "recording")
        #expect(
            document.blocks[0].attributes?.conditions.map(\.subject) == [
                .fact("recording"), .nation("wales"),
            ])
        #expect(document.blocks[0].attributes?.conditions.map(\.isNegated) == [false, true])
        #expect(try paragraph(document, 1).plainText == "We record.")
        #expect(document.blocks[1].attributes?.conditions.first?.subject == .contact("chair"))
        guard case .list(let list) = document.blocks[2].content else {
            Issue.record("not a list")
            return
        }
        #expect(list.items.map { $0.attributes?.isYourTurn ?? false } == [true, false])
    }

    @Test("a numbered list with the reader's seat is people round a table; other lists are not")
    func yourSeat() throws {
        let (document, diagnostics) = parse(
            """
            1. the chair
            2. you {your-seat}

            - the chair
            - you {your-seat}

            1. the chair
            """)
        #expect(diagnostics.isEmpty)
        let seats = document.blocks.map { block -> Int? in
            if case .list(let list) = block.content { list.yourSeat } else { nil }
        }
        #expect(seats.first == 1)
        #expect(seats.dropFirst().allSatisfy { $0 == nil })
    }

    @Test(
        "a mistyped attribute is an error at its braces, with the nearest name",
        arguments: [("{whenn=x}", "when"), ("{your-trun}", "your-turn"), ("{remov}", "remove")])
    func mistypedAttribute(_ braces: String, _ meant: String) {
        let (_, diagnostics) = parse("Text here. \(braces)\n")
        #expect(diagnostics.map(\.rule) == ["UnknownAttribute"])
        #expect(diagnostics.first?.location?.range?.start == SourcePosition(line: 1, column: 12))
        #expect(diagnostics.first?.help == "Did you mean '\(meant)'?")
    }

    @Test("braces that mean nothing to us stay in the text")
    func otherBraces() throws {
        let (document, diagnostics) = parse("Dear {name}\n")
        #expect(diagnostics.isEmpty)
        #expect(try paragraph(document).plainText == "Dear {name}")
    }

    @Test(
        "links that could run code or leave by another scheme do not survive",
        arguments: [
            "javascript:alert(1)", "JAVASCRIPT:x", "java&Tab;script:x", "&#1;javascript:x",
            "data:text/html,x",
            "vbscript:x", "file:///etc/passwd", "//evil.example", "ftp://a.example",
        ])
    func unsafeLinks(_ destination: String) throws {
        let (document, diagnostics) = parse("See [this](<\(destination)>).\n")
        #expect(diagnostics.map(\.rule) == ["UnsafeLink"])
        #expect(try paragraph(document).plainText == "See this.")
        try paragraph(document).inlines.forEachInline {
            if case .link = $0 { Issue.record("a link survived") }
        }
    }

    @Test(
        "safe links survive",
        arguments: [
            "https://a.example/x", "mailto:a@b.example", "tel:+441632960000", "sms:07700", "rights.md#x",
            "../a.md", "?q=a:b",
        ])
    func safeLinks(_ destination: String) throws {
        let (document, diagnostics) = parse("[this](\(destination))\n")
        #expect(diagnostics.isEmpty)
        guard case .link(let link)? = try paragraph(document).inlines.first else {
            Issue.record("no link")
            return
        }
        #expect(link.destination == .address(destination))
    }

    @Test("HTML becomes text with a warning; comments vanish")
    func rawHTML() throws {
        let (document, diagnostics) = parse(
            "<div onclick=\"x()\">\nHello\n</div>\n\nA <b>c</b>\n\n<!-- note to self -->\n")
        #expect(Set(diagnostics.map(\.rule)) == ["RawHTML"])
        #expect(document.blocks.count == 2)
        #expect(try paragraph(document).plainText.hasPrefix("<div onclick=\"x()\">"))
        #expect(try paragraph(document, 1).plainText == "A <b>c</b>")
    }

    @Test("ten thousand nested quotes or lists are an error, not a crash", arguments: ["> ", "- "])
    func deepNesting(_ mark: String) {
        let (_, diagnostics) = parse(String(repeating: mark, count: 10_000) + "x\n")
        #expect(diagnostics.map(\.rule) == ["NestingTooDeep"])
    }

    @Test("many files parsed at once read as each does alone")
    func parsingAtOnce() async {
        let texts = [
            "~~old~~ and https://a.example, ask www.b.example ~~again~~\n",
            // What needs no extension is read without waiting for the others.
            "*When*: we will say **who** comes, [and why](https://www.a.example)\n",
        ]
        let alone = texts.map { parse($0).0.blocks }
        let different = await withTaskGroup(of: Int.self) { group in
            for number in 0..<8 {
                group.addTask {
                    (0..<500).count { _ in parse(texts[number % 2]).0.blocks != alone[number % 2] }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(different == 0)
    }

    @Test("whether bare addresses are looked for depends on nothing that a reader sees", arguments: 0..<400)
    func bareAddresses(_ seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let parts = [
            "see", "www.a.example", "a@b.example", "http://c.example/d_e_f", "[t](https://www.a.example)",
            "`www.a.example`", "<https://a.example>", "<a@b.example>", "a&commat;b.example", "~~x~~", "~",
            "when we: who", "ftp://f.example", "**www.a.example**", "\\www.a.example", "http:\\//a",
            "[www.a.example](page.md)", "[a [b](c.md)](https://a.example)", "[a](https://x y)", "[", "](",
            ")",
            "![i](http://a.example/b.png)", "WWW.A.EXAMPLE", "mailto:a@b.example", "{{contact chair}}", "*",
            "_",
            "\n", "\n\n", "\n- ", "\n> ", "\n## ", "\n\n| a | b |\n|---|---|\n| www.a.example | x |\n\n",
            "&amp;",
            "<b>", "`", "\n\n    code: www.a.example\n\n", "(https://a.example)", "://", "@",
        ]
        let text = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
            parts.randomElement(using: &generator) ?? ""
        }.joined(separator: Bool.random(using: &generator) ? " " : "")
        // With an address and struck-out text in a block of their own, they are looked for everywhere.
        let (document, diagnostics) = parse(text + "\n\n***\n\nlast\n")
        let (whole, more) = parse(
            text + "\n\n***\n\nwww.last.example https://last.example a@last.example ~~last~~\n")
        #expect(document.blocks.dropLast().elementsEqual(whole.blocks.dropLast()), "\(text)")
        #expect(diagnostics == more, "\(text)")
    }

    @Test("tables, strikethrough and bare addresses are understood")
    func extensions() throws {
        let (document, _) = parse("| a | b |\n|---|--:|\n| ~~c~~ | https://a.example |\n")
        guard case .table(let table) = try #require(document.blocks.first).content else {
            Issue.record("not a table")
            return
        }
        #expect(table.header.map(\.plainText) == ["a", "b"])
        #expect(table.alignments == [.none, .end])
        #expect(table.rows[0][0].inlines == [.strikethrough([.text("c")])])
        #expect(
            table.rows[0][1].inlines
                == [
                    .link(
                        Inline.Link(destination: "https://a.example", content: [.text("https://a.example")]))
                ])
    }
}

@Suite("Canonical Markdown")
struct CanonicalMarkdownTests {
    @Test(
        "texts with special characters read back as themselves",
        arguments: [
            "plain", "2 * 3 * 4", "snake_case and _edge_", "a [b] (c)", "C:\\path \\* x", "&amp; & &copy",
            "1. one",
            "- dash", "# hash", "ends with #", "<b>", "~x~", "{{not}} {x}", "`tick`", "wow!", "#include",
            "a\\",
        ])
    func textRoundTrip(_ text: String) {
        let inlines: [Inline] = [.text(text)]
        #expect(Passage(markdown: inlines.markdown).inlines == inlines, "\(inlines.markdown)")
    }

    @Test("placeholders, links and emphasis are left in, on one line")
    func canonicalForm() throws {
        let (document, _) = parse(
            "Arrive\n{{arrive-early}}  before the *start*.\nRead [your\nrights](rights.md#x \"T\") or <https://a.example>.\n"
        )
        #expect(
            try paragraph(document).markdown
                == "Arrive {{arrive-early}} before the *start*. Read [your rights](rights.md#x \"T\") or <https://a.example>."
        )
    }

    @Test(
        "what stands twice, or where it means nothing, is read as the message that is written",
        arguments: [
            // Side by side, and within its like.
            ("*You*_must_ come", "*Youmust* come"), ("*_a_* b", "*a* b"),
            // No address between `<` and `>`, no link at all, and words in braces at the end.
            ("write to ao@.example", "write to [ao@.example](mailto:ao@.example)"),
            ("see ftp://a.example/~b now", "see ftp\\://a.example/\\~b now"), ("Dear {name}", "Dear {name}"),
            // Which braces are a fact's is told in the order of the source.
            ("\\{{a {{fact}}", "\\{\\{a {{fact}}"), ("\\{\\{a \\{\\{b}} {{c}}", "\\{\\{a \\{\\{b}} {{c}}"),
            ("a \\` b \\{{c}} `d`", "a \\` b \\{\\{c}} `d`"),
        ])
    func messages(_ source: String, _ message: String) {
        let written = Passage(markdown: source).markdown
        #expect(written == message)
        #expect(Passage(markdown: written).markdown == written)
    }

    @Test("any passage reads back as itself", arguments: 0..<300)
    func roundTrip(_ seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let inlines = randomInlines(&generator, depth: 0)
        let markdown = inlines.markdown
        let again = Passage(markdown: markdown).inlines
        #expect(again == inlines, "\(markdown)")
        #expect(again.markdown == markdown)
    }

    @Test("a plain text reads as the parser reads it in a heading", arguments: 0..<200)
    func plainTexts(_ seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let parts = [
            "a", "B", "you", " ", " ", ".", ",", "?", "'", "\"", "(", ")", ";", "%", "/", "1", "20", "www",
            "w", "é",
            "中", "اردو", "\u{A0}", "\u{3000}", "-", ":", "!", "&amp;", "*", "\\", "#", "\u{200B}",
        ]
        let text = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
            parts.randomElement(using: &generator) ?? ""
        }.joined()
        var ignored = Diagnostics()
        let source = SourceText(path: "x", text: "# " + text)
        let document = MarkdownDocument.parse(source, reporting: &ignored)
        guard case .heading(_, let heading)? = document.blocks.first?.content else {
            Issue.record("not a heading")
            return
        }
        #expect(Passage(markdown: text).inlines == heading.inlines, "'\(text)'")
    }

    private func randomInlines(_ generator: inout SeededGenerator, depth: Int) -> [Inline] {
        let words = [
            "Come", "20 minutes", "a_b", "x*y", "(see)", "[1]", "żółć", "中文", "اردو", "50%", "R&D", "a\\b",
            "it's", "~", "#1", "{x}",
        ]
        func word(_ generator: inout SeededGenerator) -> String {
            words.randomElement(using: &generator) ?? "x"
        }
        var result: [Inline] = [.text(word(&generator))]
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            // Words stand between marked-up pieces, as in real text.
            let piece: Inline
            switch Int.random(in: 0...(depth < 2 ? 7 : 3), using: &generator) {
            case 0: piece = .placeholder(Inline.Placeholder(name: "contact chair"))
            case 1: piece = .code(["x", "a`b", " y ", "``"].randomElement(using: &generator) ?? "x")
            case 2: piece = .image(Inline.Image(source: "a b.png", alternative: word(&generator)))
            case 3: piece = depth == 0 ? .lineBreak : .code("z")
            case 4: piece = .emphasis(randomInlines(&generator, depth: depth + 2))
            case 5: piece = .strong(randomInlines(&generator, depth: depth + 2))
            case 6: piece = .strikethrough(randomInlines(&generator, depth: depth + 2))
            default:
                piece = .link(
                    Inline.Link(
                        destination: .address(
                            ["rights.md#x", "a (b).md", "https://a.example"].randomElement(using: &generator)
                                ?? "x"),
                        title: Bool.random(using: &generator) ? "T \"q\"" : "",
                        content: [.text(word(&generator))]))
            }
            if case .lineBreak = piece {
                result += [piece, .text(word(&generator))]
            } else {
                let last = result.removeLast()
                if case .text(let text) = last {
                    result.append(.text(text + " "))
                } else {
                    result.append(last)
                }
                result += [piece, .text(" " + word(&generator))]
            }
        }
        return result
    }
}

@Suite("Addresses that mislead")
struct MisleadingAddressTests {
    @Test(
        "are told with the host that they lead to",
        arguments: [
            ("http://bank.example@evil.test/", "evil.test"),
            ("https://bank.example:443@evil.test:8443/x", "evil.test:8443"),
            ("https:\\\\bank.example\u{40}evil.test\\x", "evil.test"),
            ("https://a@b@evil.test?x", "evil.test"), ("https://EVIL@Evil.test#x", "evil.test"),
            ("https://b\u{430}nk.example/", "U+0430"), ("https://xn--bnk-5cd.example/", "xn--bnk-5cd"),
        ])
    func told(address: String, part: String) {
        #expect(Link.deception(in: address)?.contains(part) == true)
    }

    @Test(
        "are no others",
        arguments: [
            "https://www.gov.uk/a@b", "https://x.example/?mail=a@b.example", "mailto:a@b.example",
            "rights.md",
            "https://x.example#@", "tel:999", "//x", "",
        ])
    func sound(address: String) {
        #expect(Link.deception(in: address) == nil)
    }
}
