import Build
import Support
import Testing
import Workspace

/// Callouts, footnotes and links to contacts, from the file to the page of a council in a language.
@Suite("Marked text on a site")
struct MarkedTextTests {
    private static let changes: [String: String] = [
        "guidance/staying.md": """
        # Staying safe

        > [!WARNING]
        > Do not go back alone.
        >
        > Come {{arrive-early}} early.[^law]

        ## What the law says {#law}

        Ask first.[^law] Then wait.[^2] {when=recording}

        Go on.

        [^law]: See [the chair](contacts.md#contact-chair).

        [^2]: Two days.

        ## What we do {#do}

        We come.[^law]

        """,
        "guidance/contacts.md": "# Contacts\n\nWhom to ask.\n",
        "councils/north/staying.md": "## What we do {#do}\n\nWe phone.[^2]\n\n[^2]: On weekdays.\n",
    ]

    private func site() async throws -> (Site, SiteBuild.Report) {
        var content = Site.twoCouncils.merging(Self.changes) { $1 }
        for council in ["north", "south"] {
            content["councils/\(council)/council.yml", default: ""] += """
                contacts:
                  chair: {name: The chair, phone: 01865 323589, source: the chair, checked: 2026-11-01}

                """
        }
        content["translations/pl.po", default: ""] += """

            msgid "We come.[^law]"
            msgstr "Przyjdziemy.[^law]"

            """
        let site = Site(content)
        let report = await site.build()
        #expect(report.diagnostics.sorted.filter { $0.severity == .error } == [])
        return (site, report)
    }

    @Test("a callout is a box with a word in the page's language, and its facts are the council's")
    func callout() async throws {
        let (site, _) = try await site()
        let page = try #require(site.page("south/staying/index.html"))
        #expect(
            page.contains(
                "<div class=\"box warn\" role=\"note\">\n<p><strong>Warning</strong></p>\n<p>Do not go back alone.</p>\n<p>Come 30 minutes early."
            ))
        let polish = try #require(site.page("south/pl/staying/index.html"))
        #expect(polish.contains("<p><strong>Ostrzeżenie</strong></p>\n<p class=\"translation-note\""))
    }

    @Test("footnotes are numbered as they are read, with a way there and a way back to each place")
    func footnotes() async throws {
        let (site, _) = try await site()
        let page = try #require(site.page("south/staying/index.html"))
        #expect(
            page.contains("early.<sup><a href=\"#note:1\" id=\"note:1:1\" aria-label=\"Note 1\">1</a></sup>"))
        #expect(page.contains("We come.<sup><a href=\"#note:1\" id=\"note:1:2\""))
        #expect(page.contains("<li id=\"note:1\">"))
        #expect(page.contains("<a href=\"#note:1:2\">Back to the text (2)</a>"))
        // Its only reference is for councils that record.
        #expect(!page.contains("Two days"))
        let polish = try #require(site.page("south/pl/staying/index.html"))
        #expect(polish.contains("Przyjdziemy.<sup><a href=\"#note:1\""))
        #expect(polish.contains("aria-label=\"Przypis 1\""))
    }

    @Test("a council's own section brings its own footnotes")
    func overlay() async throws {
        let (site, _) = try await site()
        let page = try #require(site.page("north/staying/index.html"))
        #expect(page.contains("We phone.<sup><a href=\"#note:2\" id=\"note:2:1\""))
        #expect(page.contains("<li id=\"note:2\">\n<p>On weekdays.</p>"))
    }

    @Test("a contact's card can be linked to")
    func card() async throws {
        let (site, _) = try await site()
        let page = try #require(site.page("south/staying/index.html"))
        #expect(page.contains("<a href=\"../contacts/index.html#contact-chair\">the chair</a>"))
        #expect(try #require(site.page("south/contacts/index.html")).contains("id=\"contact-chair\""))
    }

    @Test("a card that is not there is a dead link, with the nearest that is")
    func noCard() async throws {
        let (site, _) = try await site()
        try site.replace("#contact-chair", with: "#contact-chairs", in: "guidance/staying.md")
        let problems = await site.build().diagnostics.sorted.filter { $0.rule == "DeadFragment" }
        #expect(problems.first?.help == "Did you mean 'contact-chair'?")
    }
}
