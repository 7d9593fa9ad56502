import Markdown
import Testing

@testable import Guidance
@testable import Website

@Suite struct ExplainedWordsTests {
    private static let glossary = Sample.page(
        "words", kind: .glossary,
        sections: [
            Sample.section("chair", "Chair", [.paragraph("Who \"runs\" it."), .paragraph("More.")]),
            Sample.section("plan", "Plan", [.paragraph("What is agreed.")]),
            Sample.section("child-plan", "Child protection plan", [.paragraph("What keeps a child safe.")]),
            Sample.section("minutes", "Minutes", [.paragraph("The record.")]),
            Sample.section("equality-act", "Equality Act 2010", [.paragraph("A law.")]),
        ])

    /// A page with these paragraphs, as the site has it.
    private func page(
        _ paragraphs: [Block], audience: Audience = .families, kind: PageKind = .page,
        sections: [Section] = [], glossary: Page = glossary
    ) throws -> String {
        let site = try Sample.site([
            Sample.edition([
                glossary,
                Sample.page(
                    "a/b", kind: kind, audience: audience, introduction: paragraphs, sections: sections),
            ])
        ])
        return try #require(site["avon/a/b/index.html"])
    }

    private func words(_ html: String) -> [Substring] {
        html.split(separator: "<a class=\"word\" href=\"").dropFirst().compactMap { part in
            part.split(separator: ">", maxSplits: 1).last?.split(separator: "</a").first
        }
    }

    @Test("the first use of a word on a page is a link to what explains it, the next are not")
    func firstUse() throws {
        let html = try page([.paragraph("Ask the chair. The chair listens."), .paragraph("The chair.")])
        #expect(words(html) == ["chair"])
        #expect(
            html.contains(
                "Ask the <a class=\"word\" href=\"../../words/index.html#chair\">chair</a>. The chair"))
    }

    @Test(
        "words are found as they are meant",
        arguments: [
            ("The Chair speaks.", ["Chair"]), ("Two chairs.", ["chairs"]), ("An armchair.", []),
            ("A chairperson.", []), ("A co-chair.", []), ("A wheelchair.", []),
            ("A child protection plan.", ["child protection plan"]),
            ("A child protection plan is a plan.", ["child protection plan", "plan"]),
            ("Come 20 minutes early.", []), ("Read the minutes.", ["minutes"]),
            ("The Equality Act 2010 helps.", ["Equality Act 2010"]), ("Chair", ["Chair"]), ("", []),
            ("Café chair élan", ["chair"]), ("plané", []),
        ])
    func found(_ text: String, _ expected: [Substring]) throws {
        #expect(words(try page([.paragraph(text)])) == expected)
    }

    @Test("a number that the build puts in stands before no word that is explained")
    func afterValue() throws {
        let value = Inline.value(Inline.Value(kind: .words, text: "20", name: "early"))
        #expect(words(try page([paragraph(.text("Come "), value, .text(" minutes early."))])).isEmpty)
        #expect(
            words(try page([paragraph(.text("Come "), value, .text(" days early. Minutes follow."))])) == [
                "Minutes"
            ])
    }

    @Test("headings, links, pages for professionals and the glossary itself stay as they are")
    func notLinked() throws {
        #expect(words(try page([], sections: [Sample.section("x", "The chair")])).isEmpty)
        #expect(words(try page([Block(.heading(level: 3, Passage("The chair")))])).isEmpty)
        let link = Inline.link(
            .init(destination: .page("words", section: nil), content: [.text("the chair")]))
        #expect(words(try page([paragraph(link)])).isEmpty)
        #expect(words(try page([.paragraph("The chair.")], audience: .professionals)).isEmpty)
        #expect(words(try page([.paragraph("The chair.")], kind: .glossary)).isEmpty)
    }

    @Test("the explanations are in a file beside the glossary, the first paragraph of each")
    func script() throws {
        let site = try Sample.site([Sample.edition([Self.glossary])])
        let script = try #require(site["avon/words/words.js"])
        #expect(script.hasPrefix("signpostWords={\"chair\":\"Who &quot;runs&quot; it.\","))
        #expect(!script.contains("More."))
        #expect(
            try Sample.site([Sample.edition([Sample.page("x")])]).keys.allSatisfy {
                !$0.hasSuffix("words.js")
            })
    }

    @Test("in a translation the source language's word in brackets is the link")
    func translated() throws {
        func term(_ text: String) -> [Inline] {
            [.text(" ("), .value(Inline.Value(kind: .term, text: text, name: "")), .text(")")]
        }
        var section = Sample.section("chair", "رئيس", [.paragraph("من يدير.")])
        section.heading.inlines += term("Chair")
        let text = Passage([.text("رئيس")] + term("chair") + [.text(" chair")])
        let edition = try Sample.edition(
            [
                Sample.page("words", kind: .glossary, sections: [section]),
                Sample.page("a", introduction: [Block(.paragraph(text))]),
            ], language: Sample.language("ar"))
        let html = try #require(Sample.site([edition]).first { $0.key.hasSuffix("a/index.html") }?.value)
        #expect(
            html.contains(
                "(<a class=\"word\" href=\"../words/index.html#chair\"><bdi lang=\"en\" dir=\"ltr\">chair</bdi></a>)"
            ))
        #expect(words(html).count == 1)
    }

    @Test("a changed explanation makes a glossary's pages anew, as a changed word does")
    func keys() throws {
        var changed = Self.glossary
        changed.sections[0].blocks = [.paragraph("Another.")]
        let (old, new) = (try Sample.edition([Self.glossary]), try Sample.edition([changed]))
        #expect(old.outline.pages[0].sections[0].blocks.isEmpty == false)
        #expect(old.outline.pages[0].sections[0].blocks != new.outline.pages[0].sections[0].blocks)
    }
}
