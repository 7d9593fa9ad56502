import Guidance
import Markdown
import Support
import Testing
import Workspace

@testable import Build

/// A reader that gives what a test says, as the worker would.
private struct MadeDocuments: DocumentReader {
    var documents: [String: ForeignDocument]

    func read(_ bytes: [UInt8], _ kind: DocumentKind) async throws(UnreadableDocument) -> ForeignDocument {
        guard let document = documents[String(decoding: bytes, as: UTF8.self)] else {
            throw UnreadableDocument("it is damaged", help: "Save it again.")
        }
        return document
    }
}

/// `signpost import`: documents become pages of a council, nothing is overwritten, and nothing is lost unsaid.
@Suite("Bringing in documents")
struct ImportTests {
    private static let portal: [String: String] = [
        "portal.yml": """
        name: Help
        base-url: https://help.example
        languages: [en, pl]
        contact-groups: {advice: Advice}
        facts:
          arrive-early: {label: How early to arrive before the conference, type: duration}
          core-group-first: {label: Time from the conference to the first core group, type: duration}
          recording: {label: The sound of the conference is recorded, type: yes-no}
        contacts:
          nyas: {name: NYAS, group: advice, phone: 0808 808 1001}

        """,
        "guidance/index.md": "# Help\n\nWords.\n",
        "guidance/rights.md":
            "# Your rights\n\nThese are yours.\n\n## You can bring someone {#supporter}\n\nBring a friend.\n",
        "councils/kent/council.yml":
            "name: Kent\nnation: england\nlanguages: [en]\nwebsite: https://www.kent.example\nfacts:\n  arrive-early: 20 minutes\n",
    ]

    private static func heading(_ level: Int, _ text: String, isTitle: Bool = false) -> ForeignDocument.Placed
    {
        .init(Block(.heading(level: level, Passage(text))), place: "paragraph 1", isTitle: isTitle)
    }

    private static func paragraph(_ inlines: Inline..., place: String = "paragraph 2")
        -> ForeignDocument.Placed
    {
        .init(Block(.paragraph(Passage(inlines))), place: place)
    }

    private static func document(_ blocks: [ForeignDocument.Placed]) -> ForeignDocument {
        var document = ForeignDocument()
        document.blocks = blocks
        return document
    }

    private struct Result {
        var outcome: DocumentImport.Outcome
        var site: Site
        var run: DocumentImport

        /// A file as it would be written, by its path below the council's folder.
        func text(_ path: String) -> String? {
            outcome.files.first { $0.path == "content/councils/kent/" + path }.map {
                String(decoding: $0.bytes, as: UTF8.self)
            }
        }

        var errors: [Diagnostic] { outcome.problems.sorted.filter { $0.severity == .error } }
        var losses: [String] { outcome.sources.flatMap(\.losses).map { "\($0.place): \($0.what)" } }
    }

    private static func run(
        _ files: [String: String], documents: [String: ForeignDocument] = [:],
        portal extra: [String: String] = [:],
        path: String = "in", council: String = "kent"
    ) async -> Result {
        let site = Site(portal.merging(extra) { $1 })
        for (name, text) in files { try? site.files.write(Array(text.utf8), to: "in/" + name) }
        for name in documents.keys { try? site.files.write(Array(name.utf8), to: "in/" + name) }
        let run = DocumentImport(
            settings: site.settings(), files: site.files, reader: MadeDocuments(documents: documents))
        return Result(outcome: await run.plan(path, council: council), site: site, run: run)
    }

    // MARK: Structure

    @Test("The look of a document becomes its structure")
    func structure() async {
        let result = await Self.run(
            [:],
            documents: [
                "a.docx": Self.document([
                    Self.heading(1, "The meeting", isTitle: true),
                    Self.paragraph(.strong([.text("What to bring")])),
                    Self.paragraph(
                        .text("• your\u{A0}notes"), .lineBreak,
                        .text("• a friend\u{2019}s \u{201C}view\u{201D}")),
                    Self.paragraph(.text("1.\tFirst")), Self.paragraph(.text("2.\tSecond")),
                    Self.paragraph(
                        .strong([.text("A")]), .strong([.text("fter ")]), .text("it, "), .text("rest.")),
                    Self.heading(4, "Deep"), Self.paragraph(.text("# no heading, {#no id}")),
                    Self.paragraph(.text("1. alone is {{no-fact}} and {when=never} text")),
                ])
            ])
        #expect(result.errors == [])
        #expect(
            result.text("the-meeting.md") == """
                # The meeting

                ## What to bring

                - your notes
                - a friend's "view"

                1. First
                2. Second

                **After** it, rest.

                ### Deep

                \\# no heading, `{#no id}`

                1\\. alone is \\{\\{no-fact}} and \\{when=never} text

                """)
    }

    @Test(
        "What is written is read again as it was",
        arguments: [
            "plain", "*stars* and _lines_", "a | b", "- minus", "+ plus", "> more", "12) twelve", "`tick`",
            "<script>alert(1)</script>", "[x](y)", "{{x}} {a=b}", "ends #", "&amp; &lt;", "\\ back",
            "== equal", "~~~",
            "![picture](x)", ": term", "[^1]: note", "www.example.org", "#tag", "{#id}",
        ])
    func roundTrip(_ text: String) {
        let written = MarkdownText([Block(.paragraph(Passage(text))), Block(.paragraph(Passage("after")))])
            .text
        var problems = Diagnostics()
        let read = MarkdownDocument.parse(SourceText(path: "x.md", text: written), reporting: &problems)
        #expect(!problems.hasErrors)
        #expect(read.blocks.count == 2)
        guard case .paragraph(let passage)? = read.blocks.first?.content else {
            Issue.record("no paragraph: \(written)")
            return
        }
        #expect(passage.plainText == text)
    }

    @Test("Marks that Markdown could not read back are left out, the words stay")
    func marks() {
        let passage = Passage([.text("a"), .strong([.text("\"b\"")]), .text("c")])
        let written = MarkdownText([Block(.paragraph(passage))]).text
        #expect(Passage(markdown: String(written.dropLast())).plainText == "a\"b\"c")
        #expect(
            !written.contains("**")
                || Passage(markdown: String(written.dropLast())).inlines == passage.inlines)
    }

    // MARK: Kinds and places

    @Test("Parts of a leaflet go to the pages of their kind; a shared page is added to")
    func kinds() async {
        let result = await Self.run(
            [:],
            documents: [
                "leaflet.docx": Self.document([
                    Self.heading(1, "Conferences", isTitle: true), Self.paragraph(.text("Opening words.")),
                    Self.heading(1, "Who comes"), Self.paragraph(.text("Many people.")),
                    Self.heading(1, "Your rights"), Self.heading(2, "You can speak"),
                    Self.paragraph(.text("Say what you think.")),
                    Self.heading(1, "How to complain"), Self.paragraph(.text("Write to us.")),
                    Self.heading(1, "Contact with your child"), Self.paragraph(.text("Every week.")),
                ])
            ])
        #expect(result.errors == [])
        #expect(result.outcome.pages.map(\.kind) == [.complaints, .page, .rights])
        #expect(result.text("rights.md") == "## You can speak\n\nSay what you think.\n")
        #expect(result.text("complaints.md") == "# How to complain\n\nWrite to us.\n")
        let page = result.text("conferences.md") ?? ""
        #expect(page.contains("## Who comes") && page.contains("## Contact with your child"))
        #expect(!page.contains("rights"))
    }

    @Test("A section that is there already is kept apart and named")
    func thereAlready() async {
        let result = await Self.run(
            [
                "rights.md":
                    "# Rights\n\n## You can bring someone\n\nBring two people.\n\n## Parking\n\nNone.\n"
            ])
        #expect(result.errors == [])
        #expect(result.text("rights.md") == "## Parking\n\nNone.\n")
        #expect(result.text("from-documents/rights-from-rights.md")?.contains("Bring two people.") == true)
        #expect(result.outcome.there.map(\.id) == ["supporter"])
        #expect(result.outcome.there.first?.existing == "content/guidance/rights.md")
    }

    @Test("A file that is there is never written to, also when everything is brought in twice")
    func neverOverwrites() async {
        var result = await Self.run(
            ["visits.txt": "Visits\n\nWe visit every week.\n"],
            portal: ["councils/kent/visits.md": "# Visits\n\nOld.\n"])
        #expect(
            result.outcome.pages.map(\.file) == ["content/councils/kent/from-documents/visits-imported.md"])
        result.run.write(&result.outcome)
        #expect(result.outcome.isWritten)
        #expect(result.site.files.text("content/councils/kent/visits.md") == "# Visits\n\nOld.\n")
        let before = result.site.files.paths
        var again = result.outcome
        result.run.write(&again)
        #expect(again.problems.hasErrors && again.problems.sorted.contains { $0.rule == "CannotImport" })
        #expect(result.site.files.paths == before)
    }

    @Test("A plan writes nothing")
    func dryRun() async {
        let result = await Self.run(["visits.txt": "Visits\n\nWe visit every week.\n"])
        #expect(result.outcome.files.count == 1 && !result.outcome.isWritten)
        #expect(!result.site.files.paths.contains { $0.hasPrefix("content/councils/kent/v") })
        #expect(ImportReport(result.outcome).closing.hasPrefix("Nothing was written. With --write"))
    }

    // MARK: Links and pictures

    @Test("Links between documents lead on, others stay or leave their words")
    func links() async {
        let result = await Self.run([
            "one.md": """
            # One

            [two](two.md#x), [folder](/guides/three/), [dead](gone.md), [site](/council-tax), [out](https://example.org),
            [here](#part), [nowhere](#gone), [bad](javascript:alert(1)), [file](file:///C:/x.doc), [safe](https://eur.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa&data=1)

            ## Part

            Words.
            """,
            "two.md": "# Two\n\nBack to [one](one.md).\n",
            "guides/three.md": "# Three\n\nUp to [one](../one.md).\n",
        ])
        #expect(result.errors == [])
        let one = result.text("one.md") ?? ""
        #expect(one.contains("[two](two.md)") && one.contains("[folder](guides/three.md)"))
        #expect(
            one.contains("[site](https://www.kent.example/council-tax)")
                && one.contains("[out](https://example.org)"))
        #expect(one.contains("[here](#part)") && one.contains("[safe](https://example.org/a)"))
        #expect(!one.contains("javascript") && !one.contains("file:") && !one.contains("gone"))
        #expect(result.text("guides/three.md")?.contains("[one](../one.md)") == true)
        #expect(result.losses.count == 4)
    }

    @Test(
        "No picture from outside of the folder, of another site or of another kind is taken",
        arguments: [
            "../secret.png", "/../secret.png", "%2e%2e/secret.png", "..\\secret.png",
            "https://x.example/a.png", "text.png", "gone.png",
        ])
    func pictures(_ source: String) async {
        let result = await Self.run([
            "a.md": "# A\n\nWords.\n\n![It](\(source))\n", "text.png": "<svg onload=alert(1)>",
        ])
        #expect(result.outcome.pictures.isEmpty && result.errors == [])
        #expect(result.outcome.files.map(\.path) == ["content/councils/kent/a.md"])
        #expect(result.losses.contains { $0.contains("a picture") })
        #expect(result.text("a.md") == "# A\n\nWords.\n")
    }

    @Test("A picture gets a name of its own, and a text for it is asked for")
    func pictureNames() async {
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]
        var document = Self.document([
            Self.heading(1, "A", isTitle: true),
            Self.paragraph(.image(.init(source: .address("picture:0"), alternative: ""))),
            Self.paragraph(.image(.init(source: .address("picture:0"), alternative: "A room"))),
        ])
        document.pictures = [.init(id: 0, name: "image1.png", bytes: png)]
        let result = await Self.run([:], documents: ["leaflet.docx": document])
        #expect(
            result.text("a.md")
                == "# A\n\n![](pictures/leaflet-image1.png)\n\n![A room](pictures/leaflet-image1.png)\n")
        #expect(result.outcome.pictures.map(\.needsAlternative) == [true, false])
        #expect(result.outcome.files.count { $0.path.hasSuffix(".png") } == 1)
        #expect(ImportReport(result.outcome).closing.contains("describe 1 picture"))
    }

    // MARK: Other generators and plain text

    @Test("Settings of other generators are taken where they have a sense here, and named where not")
    func settings() async {
        let result = await Self.run([
            "_index.md": "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n",
            "2024-01-31-news.md":
                "---\nlayout: post\ntitle: News\ndescription: What is new\nnav_order: 3\ntags: [a]\n---\n\n# News\n\nWords.\n",
            "later.md": "---\ntitle: Later\ndraft: true\n---\n\nNot yet.\n",
        ])
        #expect(result.errors == [])
        #expect(
            result.text("news.md") == "---\nsummary: \"What is new\"\norder: 3\n---\n\n# News\n\nWords.\n")
        #expect(result.text("index.md") == "# Home\n\nWelcome.\n")
        #expect(
            result.outcome.sources.first { $0.file == "in/later.md" }?.refusal?.reason.contains("draft")
                == true)
        #expect(result.outcome.sources.flatMap(\.leftOut).contains { $0.text == "layout, tags" })
    }

    @Test("Plain text has headings and lists, and lines that were wrapped are joined")
    func plainText() async {
        let result = await Self.run([
            "a.txt":
                "THE PLAN\n========\n\nA plan says who does what, and it says by which day each of these\nthings is done.\n\nWho helps\n\n* a friend\n* a worker who comes\n  each week\n"
        ])
        #expect(
            result.text("the-plan.md")
                == "# THE PLAN\n\nA plan says who does what, and it says by which day each of these things is done.\n\n## Who helps\n\n- a friend\n- a worker who comes each week\n"
        )
    }

    // MARK: Facts and contacts

    @Test("Facts and contacts are proposed with their place, and what council.yml says is not touched")
    func data() async throws {
        let result = await Self.run([
            "a.txt": """
            The conference

            Please arrive 30 minutes early, before the conference. The first core group is within ten working days of the conference.

            Complaints team

            Phone: 01632 960 001
            Email: complaints@kent.example
            Monday to Friday, 9am to 5pm

            Young people can call NYAS on 0808 808 1001.
            """
        ])
        let data = try #require(result.outcome.data)
        #expect(
            data.facts.map { "\($0.id) \($0.value ?? "?") \($0.known ?? "-") \($0.place)" } == [
                "arrive-early 30 minutes 20 minutes line 3", "core-group-first 10 working days - line 3",
            ])
        #expect(data.contacts.map(\.id) == ["complaints-team"])
        #expect(data.contacts.first?.ways.map(\.channel) == [.phone, .email])
        #expect(data.contacts.first?.hours == "Monday to Friday, 9am to 5pm")
        #expect(data.known.map(\.contact) == ["nyas"])
        // A number that a contact has is written once.
        #expect(result.text("the-conference.md")?.contains("call NYAS on {{contact nyas}}.") == true)
        let fragment = try #require(result.text("proposed.yml"))
        #expect(fragment.contains("  # arrive-early: {value: 30 minutes, source: a}"))
        #expect(fragment.contains("  core-group-first: {value: 10 working days, source: a}"))
        var problems = Diagnostics()
        let reader = YAMLReader(file: "proposed.yml")
        let root = reader.root(fragment)
        problems.add(reader.diagnostics)
        #expect(problems.isEmpty && root?.entries.map(\.key) == ["sources", "facts", "contacts"])
    }

    @Test("What the council has word for word is not written again, and its proposals neither")
    func again() async {
        let text =
            "Visits\n\nCall our team on 01632 960 002.\n\nWhat to expect\n\nA first visit, then others.\n"
        var first = await Self.run(["visits.txt": text])
        first.run.write(&first.outcome)
        var second = await first.run.plan("in", council: "kent", again: true)
        #expect(second.files.isEmpty && second.same.count == 2)
        #expect(ImportReport(second).closing.contains("word for word"))
        // Another word makes it another section.
        try? first.site.files.write(
            Array(text.replacing("A first visit", with: "No visit").utf8), to: "in/visits.txt")
        second = await first.run.plan("in", council: "kent")
        #expect(second.files.map(\.path) == ["content/councils/kent/from-documents/visits-imported.md"])
        #expect(second.pages.first?.headings == ["What to expect"])
    }

    @Test("A document that was brought in before is left out, whatever became of its pages")
    func before() async {
        var first = await Self.run([
            "visits.txt": "Visits\n\nOur team comes.\n\nWhat to expect\n\nA first visit.\n"
        ])
        first.run.write(&first.outcome)
        let page = "content/councils/kent/visits.md"
        try? first.site.files.write(Array("# Visits\n\nQuite other words.\n".utf8), to: page)
        try? first.site.files.write(Array("# B\n\nSee [visits](visits.txt).\n".utf8), to: "in/b.md")
        var second = await first.run.plan("in", council: "kent")
        #expect(
            second.before.map(\.source) == ["in/visits.txt"] && second.before.first?.pages == ["visits.md"])
        #expect(second.pages.map(\.file) == ["content/councils/kent/b.md"])
        // A link to what came before still leads there.
        #expect(
            second.files.first.map { String(decoding: $0.bytes, as: UTF8.self) }?.contains("](visits.md)")
                == true)
        first.run.write(&second)
        let third = await first.run.plan("in", council: "kent")
        #expect(third.files.isEmpty && third.before.count == 2)
        #expect(ImportReport(third).closing.contains("--again"))
        let again = await first.run.plan("in", council: "kent", again: true)
        #expect(again.before.isEmpty && !again.files.isEmpty)
    }

    @Test("Lists that somebody typed keep their levels")
    func typedLevels() async {
        let result = await Self.run([
            "a.txt": """
            What to bring

            • Somebody you trust
            o a friend
            - who is an adult
            o a relative
            • Your notes

            1. Ask the chair.
            a) by phone
            b) by letter
            2. Ask again.

            This is a sentence of an o
            - and a dash that is no list

            """
        ])
        let text = result.text("what-to-bring.md") ?? ""
        #expect(
            text.contains(
                "- Somebody you trust\n  - a friend\n    - who is an adult\n  - a relative\n- Your notes\n"),
            "\(text)")
        #expect(
            text.contains("1. Ask the chair.\n   1. by phone\n   2. by letter\n2. Ask again.\n"), "\(text)")
        #expect(!text.contains("\n- and a dash"))
    }

    @Test("What Kramdown makes of a page is no text")
    func kramdown() async {
        let result = await Self.run([
            "a.md": """
            # A

            * TOC
            {:toc}

            {::comment}
            Ask whether this is right.
            {:/comment}

            - Contents
            {: toc .no_toc }

            ## B

            A CP plan.

            - One
            - Two

            *[CP]: Child protection

            """
        ])
        let text = result.text("a.md") ?? ""
        #expect(text == "# A\n\n## B\n\nA CP plan.\n\n- One\n- Two\n", "\(text)")
        let source = result.outcome.sources.first
        #expect(
            source?.leftOut.filter { $0.what == "a table of contents" }.map(\.place) == ["line 3", "line 10"])
        #expect(source?.losses.map(\.place).sorted() == ["line 20", "line 6"])
    }

    @Test("A number that a contact has is a reference, in a link too, and the report says which are not")
    func numbersInLinks() async {
        let result = await Self.run(
            ["a.md": "# A\n\nCall [999](tel:999), or [Call 999 now](tel:999).\n\n[Ring them](tel:999).\n"],
            portal: [
                "portal.yml": (Self.portal["portal.yml"] ?? "")
                    + "  emergency: {name: Emergency services, group: advice, phone: \"999\"}\n"
            ])
        let text = result.text("a.md") ?? ""
        #expect(
            text.contains("Call {{contact emergency}}, or Call {{contact emergency}} now.")
                && text.contains("[Ring them](tel:999)"), "\(text)")
        #expect(result.outcome.data?.known.map(\.isReferred) == [true, false])
    }

    @Test("Contacts have names that say whose they are, and no landline takes text messages")
    func contactNames() async {
        let result = await Self.run([
            "a.txt": """
            Help

            Call or text us on 01632 960 001, Mon-Fri 9am-5pm: 01632 960 002.

            Text phone: 01632 960 005

            Text 07700 900 123 at any time.

            Mon - Fri
            01632 960 003

            Kent Advice Line (Monday to Friday, 9am to 5pm) 01632 960 004

            Write to help@kent.example1 or chair@kent.example*.

            """
        ])
        let contacts = result.outcome.data?.contacts ?? []
        #expect(contacts.contains { $0.name == "Kent Advice Line" })
        #expect(!contacts.contains { $0.name.contains("Mon") || $0.name.contains("Fri") })
        let ways = contacts.flatMap(\.ways)
        #expect(ways.filter { $0.channel == .text }.map(\.text) == ["07700 900 123"])
        #expect(ways.first { $0.text == "01632 960 005" }?.machine == "textphone")
        #expect(
            ways.filter { $0.channel == .email }.map(\.text) == ["help@kent.example", "chair@kent.example"])
        #expect(result.text("help.md")?.contains("help@kent.example 1 or chair@kent.example") == true)
    }

    @Test("Hours, names and numbers are of the line they stand in, and each file's stay with it")
    func ownLines() async throws {
        let result = await Self.run([
            "a.md": """
            # Contacts

            Late team

            0800 833 408

            Call the Chair on 01865 111333, Monday to Friday 9am to 5pm, or the Safeguarding Team on 01865 222444.

            The Advocacy Service, County Hall, New Road, Oxford, OX1 1ND. Tel 01865 444555

            | Team | Number | Open |
            |---|---|---|
            | Housing | 01865 202020 | Weekdays 8am to 4pm |
            | Benefits | 01865 303030 | 10am to 2pm, Tuesday to Thursday |

            ### Phone

            01865 404040

            01865 505050 Complaints Team
            01865 606060 Parking Team

            """,
            "b.md": "# More\n\n## Night desk\n\n0800 833 408\n\nSaturday 9am to 1pm\n\nnight@kent.gov.uk\n",
        ])
        let contacts = try #require(result.outcome.data).contacts
        let found = contacts.map { contact in
            "\(contact.name) \(contact.ways.map(\.text).joined(separator: " ")) \(contact.hours ?? "") \(contact.otherNames)"
        }
        #expect(
            found == [
                "Late team 0800 833 408  []", "Chair 01865 111333 Monday to Friday 9am to 5pm []",
                "Safeguarding Team 01865 222444  []", "Advocacy Service 01865 444555  []",
                "Housing 01865 202020 Weekdays 8am to 4pm []",
                "Benefits 01865 303030 10am to 2pm, Tuesday to Thursday []", "Contacts 01865 404040  []",
                "Complaints Team 01865 505050  []", "Parking Team 01865 606060  []",
                "Night desk night@kent.gov.uk  []",
            ])
        #expect(Set(contacts.map(\.file)) == ["a.md", "b.md"])
    }

    @Test("One number under two names is said")
    func twoNames() async throws {
        let result = await Self.run(["a.md": "# Help\n\n- Housing: 01865 202020\n- Benefits: 01865 202020\n"])
        let contacts = try #require(result.outcome.data).contacts
        #expect(contacts.map(\.name) == ["Housing"])
        #expect(contacts.map(\.otherNames) == [["Benefits"]])
        #expect(result.text("proposed.yml")?.contains("also named \"Benefits\"") == true)
    }

    @Test("What is so or not so is asked for, in few words and in many, and once")
    func choices() async throws {
        for text in [
            "The conference is not recorded.", "We make a recording.",
            "The sound of the conference is recorded for you.",
        ] {
            let result = await Self.run(["a.md": "# Help\n\n## The day\n\n\(text) \(text)\n"])
            let facts = try #require(result.outcome.data).facts
            #expect(facts.map(\.id) == ["recording"], "\(text)")
            #expect(facts.allSatisfy { $0.value == nil })
        }
        let other = await Self.run([
            "a.md": "# Help\n\n## The day\n\nThe sound of it is good at the conference.\n"
        ])
        #expect(try #require(other.outcome.data).facts.isEmpty)
    }

    @Test("A section that stands twice in the same words comes once, and one with other words stays")
    func repeated() async {
        let section = "## What to bring\n\nYour notes and a pen.\n\n"
        let result = await Self.run([
            "a.md": "# The day\n\n\(section)## Where\n\nHere.\n\n\(section)## Where\n\nThere.\n"
        ])
        let text = result.text("a.md") ?? ""
        #expect(text.ranges(of: "Your notes and a pen.").count == 1)
        #expect(text.contains("Here.") && text.contains("There."))
        #expect(result.losses.contains { $0.contains("stands twice") })
    }

    @Test("A time that no fact stands for is said, with its place")
    func unknownTimes() async {
        let result = await Self.run([
            "a.txt": """
            Complaints

            The first core group meets within 10 working days of the conference. We answer your letter within 10 working days.

            She has worked here for 10 years.

            """
        ])
        #expect(result.outcome.data?.facts.map(\.value) == ["10 working days"])
        #expect(
            result.outcome.data?.times.map(\.sentence) == ["We answer your letter within 10 working days"])
        #expect(ImportReport(result.outcome).text.contains("Times that no fact of the portal stands for"))
    }

    @Test("What is kept apart is no page, and no link leads to it")
    func apart() async {
        let result = await Self.run(
            [
                "rights.md": "# Rights\n\n## You can bring someone\n\nBring two people.\n",
                "a.md": "# A\n\nSee [rights](rights.md).\n",
            ], portal: ["councils/kent/from-documents/broken.md": "# X {{nothing-defines-this}}\n"])
        #expect(result.errors == [])
        #expect(result.text("from-documents/rights-from-rights.md")?.contains("Bring two people.") == true)
        // The shared page of that name is there, and is what families read.
        #expect(result.text("a.md")?.contains("See [rights](rights.md).") == true)
        #expect(ImportReport(result.outcome).text.contains("which is not published"))
    }

    @Test("Shortcodes and Liquid are never published: words stay, and each mark is named with its place")
    func shortcodes() async {
        let result = await Self.run([
            "visits.md": """
            ---
            title: Visits
            aliases: ["/old/visits/"]
            ---

            {{< alert type="warning" >}}
            If you are in danger, phone **999**.
            {{< /alert >}}

            They come every {{< param interval >}} days. {{% notice note %}}Ask them to phone.{{% /notice %}}

            See [rights]({{< ref "rights.md" >}}), [steps]({{< relref "/gone.md#steps" >}}), [plan]({{ site.baseurl }}{% link plan.md %}).

            {{< youtube abc123 >}}

            {{< phone "01632 960 666" >}} {% include note.html %}

            {% if page.x %}Shown.{% endif %} {% comment %}
            A note between us.
            {% endcomment %}{{ page.title }}

            Arrive {{arrive-early}} early. {{< button href="https://kent.example/form" >}}Tell us{{< /button >}}
            {: .lead }

            ```
            {{< code >}}
            ```
            """,
            "rights.md": "# Rights\n\n## More rights\n\nWords.\n", "plan.md": "# Plan\n\nWords.\n",
        ])
        #expect(result.errors == [])
        let text = result.text("visits.md") ?? ""
        #expect(text.contains("> [!WARNING]\n> If you are in danger, phone **999**."))
        #expect(text.contains("They come every ... days. Ask them to phone."))
        #expect(text.contains("[rights](rights.md), steps, [plan](plan.md)"))
        #expect(text.contains("\n01632 960 666") && text.contains("Shown.") && !text.contains("between us"))
        #expect(text.contains("{{arrive-early}} early. [Tell us](https://kent.example/form)"))
        #expect(text.contains("aliases: [\"old/visits\"]"))
        let body = text.replacing("{{< code >}}", with: "").replacing("{{arrive-early}}", with: "")
        for mark in ["{{", "{%", "{:", "youtube", "param"] { #expect(!body.contains(mark), "\(mark)") }
        let said = result.outcome.sources.flatMap(\.losses).map { "\($0.place) \($0.text)" }
        for wanted in [
            "line 10 {{< param interval >}}", "line 14 {{< youtube abc123 >}}",
            "line 16 {% include note.html %}",
        ] {
            #expect(said.contains(wanted), "\(wanted) in \(said)")
        }
    }

    @Test("Elements of HTML in Markdown keep their words, and open parts become sections")
    func elements() async {
        let result = await Self.run([
            "a.md": """
            # A

            ## One

            <details><summary>More help</summary>

            Hidden **words**.

            </details>

            <div class="x"><p>Call <a href="tel:01632960001">our team</a>.</p></div>

            <script>alert("no")</script>

            Look: `<b>` and <https://example.org>, 3 < 4.
            """
        ])
        #expect(result.errors == [])
        let text = result.text("a.md") ?? ""
        #expect(text.contains("### More help\n\nHidden **words**.\n"))
        #expect(text.contains("Call [our team](tel:01632960001).") && !text.contains("alert"))
        #expect(text.contains("`<b>`") && text.contains("example.org") && !text.contains("div"))
        #expect(result.losses.contains { $0.contains("(script)") })
    }

    @Test("Bold lines of two sizes are headings of two levels, and rights go to their page whole")
    func sizes() async {
        func bold(_ text: String, _ size: Int) -> ForeignDocument.Placed {
            var placed = Self.paragraph(.strong([.text(text)]))
            placed.size = size
            return placed
        }
        func plain(_ text: String) -> ForeignDocument.Placed {
            var placed = Self.paragraph(.text(text))
            placed.size = 22
            return placed
        }
        let result = await Self.run(
            [:],
            documents: [
                "a.docx": Self.document([
                    bold("Conferences", 36), plain("Opening."), bold("Who comes", 28), plain("Many."),
                    bold("The chair", 24), plain("Leads it."), bold("Your rights", 28),
                    plain("These are yours."),
                    bold("You can speak", 24), plain("Say it."), bold("You can read it", 24),
                    plain("All of it."),
                    bold("Afterwards", 28), plain("Go home."),
                ])
            ], portal: ["guidance/rights.md": ""])
        #expect(result.errors == [])
        #expect(result.text("conferences.md")?.contains("## Who comes\n\nMany.\n\n### The chair") == true)
        #expect(result.text("conferences.md")?.contains("speak") == false)
        let rights = result.text("rights.md") ?? ""
        #expect(rights.contains("These are yours.") && rights.contains("You can speak\n\nSay it."))
        #expect(rights.contains("You can read it\n\nAll of it.") && !rights.contains("home"))
    }

    @Test("A heading over questions of its own level holds them; one with nothing below it is said")
    func emptyHeadings() async {
        let result = await Self.run(
            [:],
            documents: [
                "a.docx": Self.document([
                    Self.heading(1, "Conferences", isTitle: true), Self.paragraph(.text("Opening.")),
                    Self.heading(2, "Who comes"), Self.paragraph(.text("Many.")),
                    Self.heading(2, "Useful contacts"), Self.heading(2, "The day"),
                    Self.paragraph(.text("Long.")),
                    Self.heading(2, "Frequently asked questions"),
                    Self.heading(2, "Can I bring a friend?"), Self.paragraph(.text("Yes.")),
                    Self.heading(2, "Is it recorded?"), Self.paragraph(.text("No.")),
                ])
            ])
        #expect(result.errors == [])
        #expect(
            result.text("faq/frequently-asked-questions.md")
                == "# Frequently asked questions\n\n## Can I bring a friend?\n\nYes.\n\n## Is it recorded?\n\nNo.\n"
        )
        #expect(result.losses.contains { $0.contains("nothing below it") })
        #expect(result.text("conferences.md")?.contains("## Useful contacts") == true)
    }

    @Test("The text of a footnote goes where the words are that refer to it")
    func footnotes() async {
        let result = await Self.run(
            [:],
            documents: [
                "a.docx": Self.document([
                    Self.heading(1, "Conferences", isTitle: true),
                    Self.paragraph(.strong([.text("Who comes")])), Self.paragraph(.text("Many.")),
                    Self.paragraph(.strong([.text("How to complain")])),
                    Self.paragraph(.text("Write to us."), .footnote("1")),
                    Self.paragraph(.strong([.text("Afterwards")])), Self.paragraph(.text("Go home.")),
                    .init(
                        Block(.footnote(label: "1", [Block(.paragraph(Passage("Within a year.")))])),
                        place: "paragraph 9"),
                    .init(
                        Block(.footnote(label: "2", [Block(.paragraph(Passage("Lost.")))])),
                        place: "paragraph 9"),
                ])
            ])
        #expect(result.errors == [])
        #expect(result.text("complaints.md")?.contains("Write to us.[^1]\n\n[^1]: Within a year.") == true)
        #expect(result.text("conferences.md")?.contains("[^") == false)
        #expect(result.outcome.sources.flatMap(\.losses).contains { $0.text == "Lost." })
    }

    @Test("How often is never by when, and two values of one thing are shown as a conflict")
    func conflicts() async throws {
        let result = await Self.run(
            [
                "a.txt": """
                The conference

                After the conference the core group meets every six weeks. You see the report 2 working days before the conference.

                The report comes to the family 3 days before the conference.
                """
            ],
            portal: [
                "portal.yml": (Self.portal["portal.yml"] ?? "").replacing(
                    "  recording:",
                    with:
                        "  report-before: {label: How long before the conference the family gets the report, type: duration}\n  recording:"
                )
            ])
        let data = try #require(result.outcome.data)
        #expect(!data.facts.contains { $0.id == "core-group-first" })
        #expect(data.facts.filter { $0.id == "report-before" }.map(\.value) == ["2 working days", "3 days"])
        #expect(data.contradictions == ["report-before"])
        let report = ImportReport(result.outcome)
        #expect(report.text.contains("2 working days  (the text says different things"))
        #expect(report.closing.contains("1 fact with two values"))
        #expect(result.text("proposed.yml")?.contains("  # report-before: {value: 3 days") == true)
    }

    @Test("What is dialled afterwards keeps its words, and no fax is a phone")
    func extensions() async throws {
        let result = await Self.run([
            "a.txt": """
            Contacts

            Advocacy team: 0800 960 5555 ext. 12

            Booking team: 01632 960 702/3

            Review team: 01632 960 704 (option 2)

            Records team fax: 01632 960 199

            Legal team. Fax 01632 960 198 Tel 01632 960 197
            """
        ])
        let text = try #require(result.text("proposed.yml"))
        #expect(text.contains("phone: \"0800 960 5555\"\n    extension: 12\n"))
        #expect(text.contains("phone: \"01632 960 702\"\n    # written as \"01632 960 702/3\""))
        #expect(text.contains("phone: \"01632 960 704\"\n    option: 2\n"))
        #expect(
            text.contains("# fax, which is no phone: \"01632 960 199\"")
                && !text.contains("    phone: \"01632 960 199\""))
        #expect(
            !text.contains("    phone: \"01632 960 198\"") && text.contains("    phone: \"01632 960 197\""))
        var problems = Diagnostics()
        let reader = YAMLReader(file: "proposed.yml")
        _ = reader.root(text)
        problems.add(reader.diagnostics)
        #expect(problems.isEmpty)
    }

    // MARK: What goes wrong

    @Test("What cannot be read is said, with what to do, and the rest comes over")
    func refusals() async {
        let result = await Self.run(
            ["a.txt": "A\n\nWords here.\n", "old.doc": "x", "bad.docx": "nothing", "photo.heic": "x"])
        #expect(result.outcome.pages.count == 1)
        let refused = result.outcome.sources.filter { $0.refusal != nil }
        #expect(refused.map(\.file) == ["in/bad.docx", "in/old.doc"])
        #expect(refused.allSatisfy { $0.refusal?.help != nil })
    }

    @Test("A council that is not there is an error with the nearest name")
    func unknownCouncil() async {
        let result = await Self.run(["a.txt": "A\n\nWords.\n"], council: "knet")
        #expect(result.errors.map(\.rule) == ["UnknownCouncil"])
        #expect(result.errors.first?.help?.contains("kent") == true)
    }

    @Test("A heading keeps its id, unless it is of those that the theme keeps for itself")
    func reservedID() async {
        let result = await Self.run([
            "a.md": "# A\n\n## Content {#own}\n\nWords.\n\n## Content {#_menu}\n\nMore.\n"
        ])
        #expect(result.errors == [])
        let text = result.text("a.md")
        #expect(text?.contains("## Content {#own}") == true)
        #expect(text?.contains("_menu") == false)
    }
}
