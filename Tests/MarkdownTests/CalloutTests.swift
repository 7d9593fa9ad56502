import Support
import Testing
import Workspace

@testable import Markdown

private func parse(_ text: String) -> (blocks: [Block], problems: [Diagnostic]) {
    var diagnostics = Diagnostics()
    let document = MarkdownDocument.parse(SourceText(path: "page.md", text: text), reporting: &diagnostics)
    return (document.blocks, diagnostics.sorted)
}

/// What is in a callout that is a document's first block.
private func callout(_ text: String) throws -> (kind: Callout, texts: [String], problems: [Diagnostic]) {
    let (blocks, problems) = parse(text)
    guard case .callout(let kind, let inner) = try #require(blocks.first).content else {
        Issue.record("no callout")
        return (.note, [], problems)
    }
    var texts: [String] = []
    inner.forEachPassage { texts.append($0.markdown) }
    return (kind, texts, problems)
}

@Suite("Callouts, footnotes and lists to tick")
struct CalloutTests {
    @Test("a quotation with a mark is a callout, in capitals or not", arguments: Callout.allCases)
    func kinds(_ kind: Callout) throws {
        for name in [kind.rawValue, kind.rawValue.uppercased()] {
            let found = try callout("> [!\(name)]\n> Bring *water*.\n>\n> And bread.\n")
            #expect(found.kind == kind)
            #expect(found.texts == ["Bring *water*.", "And bread."])
            #expect(found.problems.isEmpty)
        }
    }

    @Test(
        "words beside the mark are a paragraph, unless their sentence goes on",
        arguments: [
            ("> [!NOTE] Who comes\n> Your **family** comes.", ["Who comes", "Your **family** comes."]),
            ("> [!NOTE] Your family\n> comes too.", ["Your family comes too."]),
            ("> [!NOTE] One line only.", ["One line only."]),
            ("> [!tip]- Folded\n>\n> - One\n> - Two", ["Folded", "One", "Two"]),
            ("> [!NOTE]  \n> Two spaces\n> before.", ["Two spaces before."]),
            ("> [!NOTE]\n> - Only\n> - a list", ["Only", "a list"]),
            ("> [!NOTE]\n>\n> A line\n> and another.", ["A line and another."]),
        ])
    func titles(_ text: String, _ texts: [String]) throws {
        #expect(try callout(text).texts == texts)
    }

    @Test(
        "words beside the mark of what folds are its heading, if anything follows",
        arguments: [
            ("> [!MORE] The law\n> Section 47.", ["### The law", "Section 47."]),
            ("> [!MORE] The law\n>\n> - One", ["### The law", "One"]),
            ("> [!MORE]\n> Section 47.", ["Section 47."]),
            ("> [!TRANSCRIPT] Hello.", ["Hello."]),
            ("> [!MORE] The law is\n> long.", ["The law is long."]),
        ])
    func headings(_ text: String, _ expected: [String]) throws {
        guard case .callout(let kind, let inner) = try #require(parse(text).blocks.first).content else {
            Issue.record("no callout")
            return
        }
        #expect(kind.folds)
        var texts: [String] = []
        for block in inner {
            if case .heading(_, let title) = block.content {
                texts.append("### " + title.markdown)
            } else {
                [block].forEachPassage { texts.append($0.markdown) }
            }
        }
        #expect(texts == expected)
    }

    @Test(
        "an element that ends a line ends it, and no other is read",
        arguments: [
            ("One<br>two", [.text("One"), .lineBreak, .text("two")]),
            ("One<BR />\ntwo", [.text("One"), .lineBreak, .text("two")]),
            ("One `<br>` two", [.text("One "), .code("<br>"), .text(" two")]),
        ] as [(String, [Inline])])
    func lineBreaks(_ text: String, _ expected: [Inline]) throws {
        let (blocks, problems) = parse(text + "\n")
        guard case .paragraph(let passage) = try #require(blocks.first).content else {
            Issue.record("no paragraph")
            return
        }
        #expect(passage.inlines == expected)
        #expect(problems.isEmpty)
        // As a message of a catalogue it comes back the same.
        #expect(Passage(markdown: passage.markdown).inlines == expected)
    }

    @Test("a cell of a table can have lines")
    func linesInCells() throws {
        let (blocks, problems) = parse("| Day | Open |\n| --- | --- |\n| Monday | 9 to 12<br>2 to 5 |\n")
        guard case .table(let table) = try #require(blocks.first).content else {
            Issue.record("no table")
            return
        }
        #expect(table.rows[0][1].inlines == [.text("9 to 12"), .lineBreak, .text("2 to 5")])
        #expect(problems.isEmpty)
    }

    @Test("a passage of a callout knows its lines")
    func places() throws {
        let (blocks, _) = parse("Before.\n\n> [!NOTE] Title\n> Arrive {{early}}.\n")
        guard case .callout(_, let inner) = try #require(blocks.last).content else {
            Issue.record("no callout")
            return
        }
        var lines: [Int?] = []
        inner.forEachPassage { lines.append($0.range?.start.line) }
        #expect(lines == [3, 4])
        inner.forEachPassage { passage in
            if case .placeholder(let found)? = passage.inlines.dropFirst().first {
                #expect(found.range?.start == SourcePosition(line: 4, column: 10))
            }
        }
    }

    @Test(
        "a kind that is not there is the nearest in meaning, then in letters",
        arguments: [
            ("DANGER", Callout.caution), ("info", .note), ("hint", .tip), ("WARNNING", .warning),
            ("Importent", .important), ("whatever", .note),
        ])
    func unknown(_ name: String, _ kind: Callout) throws {
        let found = try callout("Text.\n\n> [!\(name)]\n> Mind the step.\n".replacing("Text.\n\n", with: ""))
        #expect(found.kind == kind)
        #expect(found.problems.map(\.rule) == ["UnknownCallout"])
        let range = try #require(found.problems.first?.location?.range)
        #expect(range == SourceRange(line: 1, column: 3, length: name.count + 3))
        #expect(found.problems[0].message.contains("[!\(kind.rawValue.uppercased())]"))
    }

    @Test(
        "what only looks like a callout stays a quotation",
        arguments: [
            "> ![NOTE](a.png)\n", "> [NOTE]\n", "> [!]\n", "> Text [!NOTE]\n", "> \\[!NOTE]\n> Text\n",
            "> `[!NOTE]`\n",
        ])
    func quotations(_ text: String) throws {
        guard case .quote = try #require(parse(text).blocks.first).content else {
            Issue.record("no quotation")
            return
        }
    }

    @Test("a box to tick is an item of a list")
    func tasks() throws {
        let (blocks, problems) = parse("- [ ] Read the **report**\n- [x] Find\n  somebody\n- [y] No box\n")
        var texts: [String] = []
        blocks.forEachPassage { texts.append($0.plainText) }
        #expect(texts == ["Read the report", "Find somebody", "[y] No box"])
        #expect(problems.isEmpty)
    }

    @Test(
        "a footnote stands at the end of every section that refers to it, under the label it was written with"
    )
    func footnotes() throws {
        let (blocks, problems) = parse(
            """
            Opening.[^law]

            ## One

            Text *again[^Law]* and[^2].

            ## Two

            - An item[^2]

            [^2]: Second,
                going on.

                With a paragraph, and[^law].

            [^law]: The {{law}}.
            """)
        #expect(problems.isEmpty)
        let shape = blocks.map { block in
            switch block.content {
            case .paragraph: "p"
            case .heading: "h"
            case .list: "list"
            case .footnote(let label, let inner): "\(label):\(inner.count)"
            default: "?"
            }
        }
        #expect(shape == ["p", "law:1", "h", "p", "law:1", "2:2", "h", "list", "2:2", "law:1"])
        guard case .paragraph(let passage) = blocks[0].content else { return }
        #expect(passage.markdown == "Opening.[^law]")
        #expect(passage.plainText == "Opening.")
        #expect(Passage(markdown: passage.markdown, hasFootnotes: true).inlines == passage.inlines)
        #expect(Passage(markdown: passage.markdown).plainText == "Opening.[^law]")
    }

    @Test("a footnote that is not there, and one that nothing refers to, are problems at their place")
    func lost() throws {
        let (_, problems) = parse(
            "---\ntitle: A\n---\n\nSee here[^a] and\nthere[^b], not \\[^c] or `[^d]`.\n\n```\n[^e]: code\n```\n\n[^a]: Yes.\n\n[^f]: Lost.\n"
        )
        #expect(problems.map(\.rule) == ["UndefinedFootnote", "UnusedFootnote"])
        #expect(
            problems.map { $0.location?.range?.start } == [
                SourcePosition(line: 6, column: 6), SourcePosition(line: 14, column: 1),
            ])
    }

    @Test("numbers follow the order of reading, and one footnote has one number")
    func numbers() throws {
        let (blocks, _) = parse("A[^x] b[^y] c[^x].\n\n[^y]: Why[^z].\n\n[^x]: Ex.\n\n[^z]: Zed.\n")
        var footnotes = Footnotes()
        let numbered = footnotes.number(blocks)
        var text: [String] = []
        numbered.forEachPassage { text.append($0.markdown) }
        #expect(text == ["A[^1] b[^2] c[^1]."])
        #expect(footnotes.notes.map(\.number) == [1, 2, 3])
        text = []
        for note in footnotes.notes { note.blocks.forEachPassage { text.append($0.markdown) } }
        #expect(text == ["Ex.", "Why[^3].", "Zed."])
    }

    @Test("a reference whose footnote is not for these readers goes")
    func leftOut() throws {
        let (blocks, _) = parse("A[^x] b.\n\n[^x]: Ex.\n")
        var footnotes = Footnotes()
        var text = ""
        footnotes.number([blocks[0]]).forEachPassage { text += $0.markdown }
        #expect(text == "A b.")
        #expect(footnotes.notes.isEmpty)
    }
}
