import Markdown
import Testing
import Translations

@testable import Guidance
@testable import Website

/// Words of the interface that a language lacks say on every page that they are English.
@Suite struct SourceWordsTests {
    private static let welsh = Language(tag: "cy") ?? .english
    private static let urdu = Language(tag: "ur") ?? .english

    private func resolved(_ html: String, in language: Language = Self.welsh) -> String {
        let html = html.replacing("⟦", with: "\(SourceWords.open)").replacing(
            "⟧", with: "\(SourceWords.close)")
        let bytes = SourceWordsHTML(source: .english, in: language).resolve(Array(html.utf8))
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("<p>⟦Last checked on ⟧21 Mawrth</p>", "<p><span lang=\"en\">Last checked on </span>21 Mawrth</p>"),
        ("<input aria-label=\"⟦Search⟧\">", "<input aria-label=\"Search\" lang=\"en\">"),
        ("<nav aria-label=\"⟦Main pages⟧\">", "<nav aria-label=\"Main pages\">"),
        (
            "<a data-once=\"⟦Press &gt; once⟧\">⟦Leave⟧</a>",
            "<a data-once=\"Press &gt; once\" data-lang=\"en\"><span lang=\"en\">Leave</span></a>"
        ),
        (
            "<title>⟦Home⟧ – Tre</title><p>⟦x⟧</p>",
            "<title>Home – Tre</title><p><span lang=\"en\">x</span></p>"
        ),
        ("<script>if (a < b) '⟦x⟧'</script>⟦y⟧", "<script>if (a < b) 'x'</script><span lang=\"en\">y</span>"),
        (
            "<meta name=\"description\" content=\"⟦x⟧\">",
            "<meta name=\"description\" content=\"x\" lang=\"en\">"
        ),
        ("<input lang=\"fr\" value=\"⟦x⟧\">", "<input lang=\"fr\" value=\"x\">"),
        ("plain", "plain"), ("<", "<"), ("<p title=\"⟦", "<p title=\""),
    ])
    func `marks become elements, attributes or nothing`(html: String, expected: String) {
        #expect(resolved(html) == expected)
    }

    @Test func `in a language from right to left English has its own direction`() {
        #expect(resolved("⟦Home⟧", in: Self.urdu) == "<span lang=\"en\" dir=\"ltr\">Home</span>")
    }

    @Test func `only words are marked, not parameters`() {
        let strings = InterfaceStrings(
            ["a": "On {date}: ", "b": "{day} {month}", "c": "Dim"], untranslated: ["a", "b"]
        ).marked
        #expect(SourceWords.removed(from: strings("a", ["date": "x"])) == "On x: ")
        #expect(
            SourceWords.pieces(of: strings("a", ["date": "Mawrth"])).map { "\($0.text)|\($0.isSource)" }
                == ["On |true", "Mawrth: |false"])
        #expect(
            SourceWords.pieces(of: strings("b", ["day": "1", "month": "Mai"])).map(\.isSource) == [false])
        #expect(strings["c"] == "Dim")
    }

    @Test func `no mark leaves the site, and no word of another language is said to be English`() throws {
        let theme = try Sample.theme()
        let texts = theme.strings.mapValues(\.text)
        let known = Set(texts.keys.filter { !$0.hasPrefix("l") })
        let strings = InterfaceStrings(
            texts.merging(known.map { ($0, "CYM " + (texts[$0] ?? "")) }) { $1 },
            untranslated: Set(texts.keys).subtracting(known))
        var edition = try Sample.edition(
            [
                Sample.page("", title: "Hafan"),
                Sample.page(
                    "rights", title: "Hawliau", sections: [Sample.section("a", "Un")], aliases: ["old"]),
            ], language: Self.welsh, strings: strings)
        edition.contactGroups = [
            ContactGroup(
                id: "g", heading: Passage("Grŵp"),
                contacts: [
                    Sample.contact("tŷ", ways: [Sample.phone], checked: Sample.today, canBeSaved: true)
                ])
        ]
        let site = try Sample.site([edition], theme: theme)
        #expect(site.keys.contains { $0.hasSuffix(".vcf") })
        var marked = 0
        for (path, text) in site {
            #expect(
                !text.contains("\(SourceWords.open)") && !text.contains("\(SourceWords.close)"), "\(path)")
            for match in text.matches(of: #/<span lang="en">([^<]*)</span>/#) {
                marked += 1
                #expect(!match.output.1.contains("CYM"), "\(path)")
            }
            // The link to leave the site is one that this language lacks.
            guard path.hasSuffix(".html"), path.contains("/cy/"), !path.contains("/old/") else { continue }
            #expect(text.contains("<span lang=\"en\">Leave this site</span>"), "\(path)")
            #expect(text.contains("data-lang=\"en\""), "\(path)")
        }
        #expect(marked > 5)
    }
}
