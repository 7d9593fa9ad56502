import Build
import Support
import Testing

/// What the home page says first of whom to phone.
@Suite("Whom to phone first")
struct FirstContactTests {
    private static let worker = "Your social worker: the number is on your letter."
    private static let without = [
        "guidance/meeting.md": "# The meeting\n\n## Before it {#before}\n\nCome early.\n"
    ]

    private func site(_ setting: String, _ changes: [String: String] = [:]) async throws -> Site {
        var content = Site.twoCouncils.merging(changes) { $1 }
        content["portal.yml", default: ""] += """
            contact-groups: {advice: For advice}
            contacts:
              helpline: {name: The helpline, group: advice, phone: 01865 323589}
            \(setting)

            """
        content["guidance/contacts.md"] = "# Contacts\n\nWhom to ask.\n"
        let site = Site(content)
        let report = await site.build()
        #expect(report.diagnostics.sorted.filter { $0.severity == .error } == [])
        return site
    }

    @Test("a portal whose guidance names a social worker sends families to theirs")
    func named() async throws {
        let site = try await site("")
        #expect(try #require(site.page("north/index.html")).contains("<li>\(Self.worker)</li>"))
        let polish = try #require(site.page("north/pl/index.html"))
        #expect(polish.contains("<li>Pracownik socjalny: numer"))
        let contacts = try #require(site.page("north/contacts/index.html"))
        #expect(contacts.contains("If one does not work, ask your social worker."))
    }

    @Test("a portal without a word of social workers sends nobody to one")
    func unnamed() async throws {
        let site = try await site("", Self.without)
        for path in ["north/index.html", "north/contacts/index.html", "north/pl/contacts/index.html"] {
            let page = try #require(site.page(path))
            #expect(!page.contains("social worker") && !page.contains("pracownik"), "\(path)")
        }
        #expect(try #require(site.page("north/index.html")).contains("The helpline"))
        #expect(
            try #require(site.page("north/contacts/index.html")).contains(
                "Numbers can change.</p>"))
    }

    @Test(
        "where readers may have none, nobody is sent to one",
        arguments: [
            "A social worker visits you at home.", "If you have one, ask your social worker.",
            "Social workers can help.",
        ])
    func maybe(_ text: String) async throws {
        let site = try await site(
            "", ["guidance/meeting.md": "# The meeting\n\n## Before it {#before}\n\n\(text)\n"])
        let page = try #require(site.page("north/index.html"))
        #expect(!page.contains(Self.worker))
    }

    @Test("a child's social worker is theirs")
    func ofTheChild() async throws {
        let text = "Your child’s social worker writes a report."
        let site = try await site(
            "", ["guidance/meeting.md": "# The meeting\n\n## Before it {#before}\n\n\(text)\n"])
        #expect(try #require(site.page("north/index.html")).contains("<li>\(Self.worker)</li>"))
    }

    @Test("a portal says itself what stands there, in each language, or that nothing does")
    func own() async throws {
        let catalogue = try #require(Site.twoCouncils["translations/pl.po"])
        let own = try await site(
            "first-contact: Ask at the **school office**.",
            [
                "translations/pl.po": catalogue
                    + "\nmsgid \"Ask at the **school office**.\"\nmsgstr \"Zapytaj w **szkole**.\"\n"
            ])
        let page = try #require(own.page("north/index.html"))
        #expect(page.contains("<li>Ask at the <strong>school office</strong>.</li>"))
        #expect(!page.contains(Self.worker))
        let polish = try #require(own.page("north/pl/index.html"))
        #expect(polish.contains("<li>Zapytaj w <strong>szkole</strong>.</li>"))
        let none = try await site("first-contact: no")
        #expect(!(try #require(none.page("north/index.html")).contains(Self.worker)))
        let always = try await site("first-contact: yes", Self.without)
        #expect(try #require(always.page("north/index.html")).contains(Self.worker))
    }
}
