import Markdown
import Testing
import Translations
import Workspace

@testable import Guidance
@testable import Website

@Suite struct HTMLWriterTests {
    private static func list(_ items: [String], start: Int? = nil, isTight: Bool = true) -> Block {
        Block(
            .list(
                Block.List(
                    start: start, isTight: isTight, items: items.map { Block.Item(blocks: [.paragraph($0)]) })
            ))
    }

    private static let table = Block.Table(
        alignments: [.none, .end], header: [Passage("Who"), Passage("When")],
        rows: [[Passage("Chair"), Passage("First")]])

    static let blocks: [(Block, String)] = [
        (.paragraph("Come early."), "<p>Come early.</p>\n"),
        (Block(.heading(level: 4, Passage("Deep"))), "<h2>Deep</h2>\n"),
        (list(["One", "Two"]), "<ul>\n<li>One</li>\n<li>Two</li>\n</ul>\n"),
        (list(["One"], start: 1), "<ol>\n<li>One</li>\n</ol>\n"),
        (list(["Three"], start: 3), "<ol start=\"3\">\n<li>Three</li>\n</ol>\n"),
        (list(["One"], isTight: false), "<ul>\n<li>\n<p>One</p>\n</li>\n</ul>\n"),
        (Block(.quote([.paragraph("Said")])), "<blockquote>\n<p>Said</p>\n</blockquote>\n"),
        (
            Block(.callout(.tip, [.paragraph("Come early.")])),
            "<div class=\"box\" role=\"note\">\n<p><strong>Tip</strong></p>\n<p>Come early.</p>\n</div>\n"
        ),
        (
            Block(.callout(.caution, [.paragraph("Do not go back.")])),
            "<div class=\"box warn\" role=\"note\">\n<p><strong>Take care</strong></p>\n<p>Do not go back.</p>\n</div>\n"
        ),
        (
            Block(.code(info: "", text: "a < b\n  c")),
            "<pre dir=\"ltr\" translate=\"no\"><code>a &lt; b\n  c</code></pre>\n"
        ),
        (Block(.thematicBreak), "<hr>\n"),
        (
            Block(.table(table)),
            """
            <table>
            <thead>
            <tr><th scope="col">Who</th><th scope="col" class="align-end">When</th></tr>
            </thead>
            <tbody>
            <tr><td>Chair</td><td class="align-end">First</td></tr>
            </tbody>
            </table>

            """
        ),
        (
            paragraph(
                .emphasis([.text("a")]), .strong([.text("b")]), .strikethrough([.text("c")]), .lineBreak,
                .code("d<")),
            "<p><em>a</em><strong>b</strong><del>c</del><br>\n<code dir=\"ltr\" translate=\"no\">d&lt;</code></p>\n"
        ),
    ]

    @Test(arguments: blocks) func writesEveryBlock(_ block: Block, _ expected: String) throws {
        #expect(try Sample.html([block]) == expected)
    }

    @Test func anEmptyCornerMakesRowHeaders() throws {
        let table = Block.Table(
            alignments: [],
            header: [Passage(""), Passage("A")].map { $0.plainText.isEmpty ? Passage([]) : $0 },
            rows: [[Passage("Row"), Passage("1")]])
        let html = try Sample.html([Block(.table(table))])
        #expect(html.contains("<tr><td></td><th scope=\"col\">A</th></tr>"))
        #expect(html.contains("<tr><th scope=\"row\">Row</th><td>1</td></tr>"))
    }

    @Test func onlyAWideTableCanBeScrolledByKeyboard() throws {
        let wide = Block.Table(
            alignments: [], header: ["A", "B", "C", "D<"].map { Passage($0) }, rows: [])
        let html = try Sample.html([Block(.table(wide))])
        #expect(
            html.hasPrefix(
                "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table: A, B, C, D&lt;\">"
            ))
        #expect(try !Sample.html([Block(.table(Self.table))]).contains("tabindex"))
    }

    @Test func marksTheReadersTurnInAnAgenda() throws {
        let list = Block.List(
            start: 1,
            items: [
                Block.Item(blocks: [.paragraph("The chair speaks.")]),
                Block.Item(blocks: [.paragraph("You speak.")], attributes: Attributes(isYourTurn: true)),
            ])
        #expect(
            try Sample.html([Block(.list(list))], kind: .agenda) == """
                <ol class="timeline" role="list">
                <li>The chair speaks.</li>
                <li class="your-turn"><span class="turn">Your turn</span> You speak.</li>
                </ol>

                """)
        #expect(
            try Sample.html([Block(.list(list))], kind: .complaints).hasPrefix(
                "<ol class=\"steps\" role=\"list\">"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "&lt;b&gt;",
        "a\u{0}b",
    ]) func escapesTextWhereverItStands(_ text: String) throws {
        let passage = Passage([
            .text(text), .code(text), .emphasis([.text(text)]),
            .link(
                .init(
                    destination: .address("https://a.example/?q=" + text), title: text, content: [.text(text)]
                )),
            .image(.init(source: .file("a"), title: text, alternative: text)),
            .image(.init(source: .address("https://b.example/" + text), alternative: text)),
            .value(.init(kind: .words, text: text, name: text)),
            .value(.init(kind: .literal, text: text, destination: "https://c.example/" + text, name: text)),
            .value(.init(kind: .literal, text: text, name: text)),
            .placeholder(.init(name: text)),
        ])
        let html = try Sample.html(
            [
                Block(.paragraph(passage)), Block(.code(info: text, text: text)),
                Block(
                    .table(
                        .init(alignments: [], header: Array(repeating: passage, count: 4), rows: [[passage]]))
                ),
            ], files: ["a": ContentFile(path: "assets/a-\(text).png", size: nil)])
        // What is left when the program's own tags are taken out holds no markup.
        #expect(!html.contains("<script") && !html.contains("<img src=x") && !html.contains("\u{0}"))
        #expect(!html.contains("\" onmouse") && !html.contains("' onmouse"))
    }

    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", " data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd", "//evil.example/x", "\\\\evil.example",
    ]) func leavesOnlyTheWordsOfAnUnsafeLink(_ destination: String) throws {
        let html = try Sample.html([
            paragraph(.link(.init(destination: .address(destination), content: [.text("words")])))
        ])
        #expect(html == "<p>words</p>\n")
        let value = try Sample.html([
            paragraph(.value(.init(kind: .literal, text: "words", destination: destination, name: "x")))
        ])
        #expect(value == "<p><bdi dir=\"ltr\" translate=\"no\">words</bdi></p>\n")
    }

    @Test func linksAreRelativeFromEveryDepth() throws {
        let link = paragraph(
            .link(.init(destination: .page("rights", section: "supporter"), content: [.text("x")])))
        let home = paragraph(.link(.init(destination: .page("", section: nil), content: [.text("x")])))
        let paths: Set<String> = ["", "rights", "faq/the-plan", "a/b/c"]
        func html(_ block: Block, _ path: String) throws -> String {
            try Sample.html([block], path: path, paths: paths)
        }
        #expect(try html(link, "") == "<p><a href=\"rights/index.html#supporter\">x</a></p>\n")
        #expect(try html(link, "rights") == "<p><a href=\"#supporter\">x</a></p>\n")
        #expect(
            try html(link, "faq/the-plan") == "<p><a href=\"../../rights/index.html#supporter\">x</a></p>\n")
        #expect(try html(link, "a/b/c") == "<p><a href=\"../../../rights/index.html#supporter\">x</a></p>\n")
        #expect(try html(home, "") == "<p><a href=\"index.html\">x</a></p>\n")
        #expect(try html(home, "faq/the-plan") == "<p><a href=\"../../index.html\">x</a></p>\n")
    }

    @Test func saysWhenALinkLeavesTheSiteAndOpensNoWindow() throws {
        let html = try Sample.html([
            paragraph(.link(.init(destination: "https://b.example", content: [.text("B")])))
        ])
        #expect(
            html == "<p><a href=\"https://b.example\" rel=\"external\">B"
                + " <span class=\"external-note\">(another website)</span></a></p>\n")
    }

    @Test func aPageThatALanguageLacksIsLinkedInTheSourceLanguage() throws {
        let html = try Sample.html(
            [paragraph(.link(.init(destination: .page("plan", section: nil), content: [.text("Plan")])))],
            language: "pl",
            source: ("avon", ["plan"]))
        #expect(
            html.contains(
                "<a href=\"../../avon/plan/index.html\" hreflang=\"en\" class=\"other-language\">Plan"))
        #expect(html.contains("angielski"))
    }

    @Test func contactsAreLinksThatKeepTheirOrder() throws {
        func html(_ text: String, _ destination: String?) throws -> String {
            try Sample.html([
                paragraph(.value(.init(kind: .literal, text: text, destination: destination, name: "x")))
            ])
        }
        #expect(
            try html("01632 960 000", "tel:+441632960000")
                == "<p><a href=\"tel:+441632960000\" class=\"phone\" dir=\"ltr\" translate=\"no\">01632 960 000</a></p>\n"
        )
        #expect(
            try html("a@b.example", "mailto:a@b.example").contains(
                "<a href=\"mailto:a@b.example\" dir=\"ltr\""))
        #expect(
            try html("07700 900 000", "sms:+447700900000").contains(
                "<a href=\"sms:+447700900000\" dir=\"ltr\""))
        #expect(
            try html("1 High Street\nOxford", nil)
                == "<p><bdi dir=\"ltr\" translate=\"no\">1 High Street<br>Oxford</bdi></p>\n")
    }

    @Test func picturesOfThisSiteHaveTheirSizeAndOthersAreLinks() throws {
        let own = try Sample.html(
            [paragraph(.image(.init(source: .file("map.png"), alternative: "Map")))],
            files: ["map.png": ContentFile(path: "assets/map-1.png", size: ImageSize(png(640, 480)))])
        #expect(
            own
                == "<p><img src=\"../../assets/map-1.png\" alt=\"Map\" width=\"640\" height=\"480\" loading=\"lazy\"></p>\n"
        )
        let other = try Sample.html([
            paragraph(.image(.init(source: "https://b.example/x.png", alternative: "Map")))
        ])
        #expect(!other.contains("<img") && other.contains("<a href=\"https://b.example/x.png\""))
    }

    private func png(_ width: UInt8.Type = UInt8.self, _ w: Int, _ h: Int) -> [UInt8] {
        [
            0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, UInt8(w >> 8),
            UInt8(w & 255), 0, 0, UInt8(h >> 8), UInt8(h & 255),
        ]
    }

    private func png(_ w: Int, _ h: Int) -> [UInt8] { png(UInt8.self, w, h) }

    // MARK: - Translation

    @Test func marksPassagesThatAreInAnotherLanguage() throws {
        let html = try Sample.html(
            [
                Block(.paragraph(Passage("نص"))), Block(.paragraph(Passage("Missing").with(.missing))),
                Block(.paragraph(Passage("More").with(.missing))), Block(.paragraph(Passage("نص"))),
                Block(.paragraph(Passage("Replaced").with(.replaced))),
            ], language: "ar")
        #expect(
            html == """
                <p>نص</p>
                <p class="translation-note" data-state="missing"><bdi lang="en" dir="ltr">Not translated yet</bdi></p>
                <p class="fallback" lang="en" dir="ltr">Missing</p>
                <p class="fallback" lang="en" dir="ltr">More</p>
                <p>نص</p>
                <p class="translation-note" data-state="replaced"><bdi lang="en" dir="ltr">This has changed</bdi>. \
                <bdi lang="en" dir="ltr">The new text is in</bdi> الإنجليزية.</p>
                <p class="fallback" lang="en" dir="ltr">Replaced</p>

                """)
    }

    private func sourceName(_ tag: String, source: Language = .english, untranslated: Set<String> = [])
        throws -> String
    {
        let words = ["note-missing": "<{language}>"]
        let edition = EditionSetting(
            language: try Sample.language(tag), sourceLanguage: source, paths: [], source: nil, files: [:],
            strings: InterfaceStrings(words, untranslated: untranslated), latin: .english)
        return String(decoding: edition.fillWithSourceName(.noteMissing), as: UTF8.self)
    }

    @Test(arguments: [
        ("ro", "engleză"), ("pl", "angielski"), ("ar", "الإنجليزية"), ("ur", "انگریزی"), ("ti", "እንግሊዝኛ"),
        ("zh-Hans", "英语"), ("zh-Hant", "英文"), ("ckb", "ئینگلیزی"), ("kmr", "îngilîzî"), ("cy", "Saesneg"),
    ])
    func aSentenceNamesTheSourceLanguageInThePagesLanguage(tag: String, name: String) throws {
        #expect(try sourceName(tag) == "&lt;\(name)&gt;")
        // A sentence that nobody has translated has the name that its own language has for it.
        #expect(
            try sourceName(tag, untranslated: ["note-missing"])
                .contains("<bdi lang=\"en\" dir=\"ltr\">English</bdi>"))
    }

    @Test func aSourceLanguageThatIsNotEnglishHasItsNameToo() throws {
        #expect(try sourceName("ro", source: Sample.language("cy")) == "&lt;galeză&gt;")
        // No council writes in Tamil: its own name, marked.
        #expect(
            try sourceName("ro", source: Sample.language("ta"))
                == "&lt;<bdi lang=\"ta\" dir=\"ltr\">தமிழ்</bdi>&gt;")
    }

    @Test(arguments: [
        ("en", "A, B, C"), ("cy", "A, B, C"), ("ur", "A، B، C"), ("ckb", "A، B، C"), ("ti", "A፣ B፣ C"),
        ("zh-Hans", "A、B、C"), ("ar", "A وB وC"),
    ])
    func theColumnsOfATableAreListedAsTheLanguageDoes(tag: String, list: String) throws {
        let table = Block.Table(alignments: [], header: ["A", "B", "C"].map { Passage($0) }, rows: [])
        let html = try Sample.html([Block(.table(table))], language: tag)
        #expect(html.contains("aria-label=\"Table: \(list)\""), "\(html)")
    }

    @Test func aStalePassageStaysWithALinkToTheSource() throws {
        let html = try Sample.html(
            [Block(.paragraph(Passage("قديم").with(.stale)))], language: "ar", source: ("avon", ["rights"]))
        #expect(html.contains("data-state=\"stale\""))
        #expect(html.contains("<a href=\"../../avon/rights/index.html\" hreflang=\"en\">"))
        #expect(html.hasSuffix("<p>قديم</p>\n"))
    }

    @Test func aListAllInAnotherLanguageIsMarkedOnce() throws {
        let items = ["One", "Two"].map { Block.Item(blocks: [Block(.paragraph(Passage($0).with(.missing)))]) }
        let whole = try Sample.html([Block(.list(.init(items: items)))], language: "ar")
        #expect(
            whole.contains(
                "<ul class=\"fallback\" lang=\"en\" dir=\"ltr\">\n<li>One</li>\n<li>Two</li>\n</ul>"))
        let mixed = try Sample.html(
            [Block(.list(.init(items: items + [Block.Item(blocks: [paragraph(.text("ثلاثة"))])])))],
            language: "ar")
        #expect(mixed.contains("<li><span class=\"fallback\" lang=\"en\" dir=\"ltr\">One</span></li>"))
        #expect(mixed.contains("<li>ثلاثة</li>"))
    }

    @Test func theSourceLanguageHasNoMarks() throws {
        let html = try Sample.html([Block(.paragraph(Passage("Text").with(.stale)))])
        #expect(html == "<p>Text</p>\n")
    }

    // MARK: - Sections

    private func html(_ sections: [Section], kind: PageKind) throws -> String {
        var writer = HTMLWriter(try Sample.setting(), kind: kind)
        writer.write(sections)
        return String(decoding: writer.take(), as: UTF8.self)
    }

    @Test func headingsNeverSkipALevel() throws {
        let deep = Sample.section("c", "C", level: 6)
        let section = Sample.section(
            "a", "A", children: [Sample.section("b", "B", children: [deep], level: 4)])
        #expect(
            try html([section], kind: .page)
                == "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n<h4 id=\"c\">C</h4>\n")
    }

    @Test func presentsSectionsByKind() throws {
        let section = Sample.section("a", "A", [.paragraph("x")])
        #expect(
            try html([section], kind: .rights)
                == "<ol class=\"rights\" role=\"list\">\n<li class=\"right\" id=\"a\">\n<h2>A</h2>\n<p>x</p>\n</li>\n</ol>\n"
        )
        #expect(
            try html([section], kind: .faq)
                == "<section class=\"question\" id=\"a\">\n<h2>A</h2>\n<div>\n<p>x</p>\n</div>\n</section>\n"
        )
        #expect(
            try html([section], kind: .glossary)
                == "<dl>\n<div class=\"term\" id=\"a\"><dt><dfn>A</dfn></dt>\n<dd>\n<p>x</p>\n</dd></div>\n</dl>\n"
        )
        let nested = Sample.section("a", "A", children: [Sample.section("b", "B", level: 3)])
        #expect(try html([nested], kind: .glossary).hasPrefix("<h2 id=\"a\">"))
    }
}
