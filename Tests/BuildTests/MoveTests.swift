import Guidance
import Support
import Testing
import Workspace

@testable import Build

/// `signpost move`: everything that leads to a page or section is mended, and nothing else is touched.
@Suite("Moving pages and sections")
struct MoveTests {
    private static let portal: [String: String] = [
        "portal.yml": """
        name: Help
        base-url: https://help.example
        languages: [en, pl]
        notice: Read [your rights](rights.md#supporter) first.
        home-questions: [rights#supporter, "faq/first#nan"]   # the two that matter
        parity: {never-held: [rights, "rights#supporter"]}
        checks:
          LongSentence:
            paths: {guidance/rights.md: off}

        """,
        "guidance/index.md":
            "# Help\n\nSee [rights](rights.md), [them](/rights.md#supporter \"Rights\") and [faq](faq/first.md).\n",
        // Line ends of Windows, and a comment in the settings.
        "guidance/rights.md":
            "---\r\ntitle: Your rights # as on the letter\r\nsteps: [rights#supporter]\r\n---\r\n\r\n## You can bring someone {#supporter}\r\n\r\nBring a friend. See [below](#supporter), or `[code](rights.md)`.\r\n\r\n## Records\r\n\r\nAsk [us](faq/first.md#nan).\r\n",
        "guidance/plan.md": """
        # The plan

        ```
        [not a link](rights.md)
        ```

        - See [one][r], [two](<rights.md#supporter>) and \\[three](rights.md).

        [r]: rights.md "Rights"
        [s]: https://rights.example/rights.md

        """,
        "guidance/faq/first.md":
            "# First questions\n\n## Can my nan come? {#nan}\n\nYes: [your rights](../rights.md#supporter) ![Map](map.svg)\n",
        "guidance/faq/map.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>",
        "councils/kent/council.yml":
            "name: Kent\nnation: england\nlanguages: [en]\nguidance: [index, rights, plan, faq/first]\n",
        "councils/kent/rights.md":
            "## You can bring someone {#supporter}\n\nBring two.\n\n## Parking {#parking after=supporter}\n\nNone.\n",
        "councils/kent/visits.md": "# Visits\n\nRead [this](rights.md#parking).\n",
        "councils/devon/council.yml": "name: Devon\nnation: england\nlanguages: [en]\ndraft: yes\n",
        "councils/devon/visits.md": "# Visits\n\nRead [this](rights.md#supporter).\n",
        "leaflets/guide.yml": """
        title: Guide
        page: rights
        formats: [a4]
        about: See [the rights](rights.md).
        sections:
          - page: rights
            sections: [supporter, records]
          - page: plan
        councils:
          kent: {without: [rights#supporter]}

        """,
        "search/pl.yml": "also-asked:\n  \"rights#supporter\": babcia\n  \"faq/first#nan\": czy babcia\n",
        "translations/published.yml": "pl:\n  - kent/rights\n  - kent/rights-of-way\n",
    ]

    private func site(_ more: [String: String] = [:]) -> Site { Site(Self.portal.merging(more) { $1 }) }

    private func move(_ old: String, _ new: String, _ site: Site, council: String? = nil) -> AddressMove.Plan
    {
        let plan = AddressMove(content: "content", files: site.files).plan(
            from: old, to: new, council: council)
        if !plan.diagnostics.hasErrors { #expect(AddressMove.apply(plan.changes, in: site.files) == nil) }
        return plan
    }

    private func text(_ path: String, _ site: Site) -> String { site.files.text("content/" + path) ?? "" }

    private func errors(_ site: Site) async -> [String] {
        let settings = site.settings { $0.readsEverything = true }
        return await CheckRun(settings: settings, files: site.files).portal().sorted
            .filter { $0.severity == .error || $0.rule == "LostAddress" }.map { "\($0)" }
    }

    /// Every file of the content.
    private func tree(_ site: Site) -> [String: String] {
        var all: [String: String] = [:]
        for path in site.files.paths where path.hasPrefix("content/") { all[path] = site.files.text(path) }
        return all
    }

    @Test("a section whose words stand a second time, which has a number: that one keeps its address")
    func sameWords() async throws {
        let site = site([
            "guidance/plan.md":
                "# The plan\n\n## Who comes\n\nYou.\n\n### Who comes {easy}\n\nYou.\n\n## Later\n\n### Who comes\n\nWe, not [you](#who-comes).\n"
        ])
        let plan = move("plan#who-comes", "plan#people", site)
        #expect(plan.diagnostics.sorted == [])
        #expect(
            text("guidance/plan.md", site).hasSuffix(
                "## Who comes {#people}\n\nYou.\n\n### Who comes {#who-comes-2 easy}\n\nYou.\n\n## Later\n\n### Who comes {#who-comes-3}\n\nWe, not [you](#people).\n"
            ))
        #expect(await errors(site) == [])
    }

    @Test("a page: files, links of every form, leaflets, settings; every other byte stays")
    func page() async throws {
        let site = site()
        #expect(await errors(site) == [])
        _ = await AddressRecording(settings: site.settings(), files: site.files).run()
        let plan = move("rights", "your-rights", site)
        #expect(plan.diagnostics.sorted == [])
        #expect(site.files.text("content/guidance/rights.md") == nil)
        #expect(site.files.text("content/councils/kent/rights.md") == nil)
        #expect(
            text("guidance/your-rights.md", site)
                == "---\r\ntitle: Your rights # as on the letter\r\nsteps: [your-rights#supporter]\r\nkind: rights\r\naliases: [rights]\r\n---\r\n\r\n## You can bring someone {#supporter}\r\n\r\nBring a friend. See [below](#supporter), or `[code](rights.md)`.\r\n\r\n## Records\r\n\r\nAsk [us](faq/first.md#nan).\r\n"
        )
        #expect(text("councils/kent/your-rights.md", site) == Self.portal["councils/kent/rights.md"])
        #expect(
            text("guidance/index.md", site)
                == "# Help\n\nSee [rights](your-rights.md), [them](/your-rights.md#supporter \"Rights\") and [faq](faq/first.md).\n"
        )
        #expect(
            text("guidance/plan.md", site)
                == Self.portal["guidance/plan.md"]?.replacing("<rights.md", with: "<your-rights.md")
                .replacing("[r]: rights.md", with: "[r]: your-rights.md"))
        #expect(text("guidance/faq/first.md", site).contains("(../your-rights.md#supporter)"))
        let portal = text("portal.yml", site)
        #expect(portal.contains("notice: Read [your rights](your-rights.md#supporter) first."))
        #expect(
            portal.contains(
                "home-questions: [your-rights#supporter, \"faq/first#nan\"]   # the two that matter"))
        #expect(portal.contains("paths: {guidance/your-rights.md: off}"))
        #expect(portal.contains("never-held: [your-rights, \"your-rights#supporter\"]"))
        #expect(
            text("councils/kent/council.yml", site).contains(
                "guidance: [index, your-rights, plan, faq/first]"))
        #expect(text("councils/devon/visits.md", site).contains("(your-rights.md#supporter)"))
        #expect(text("search/pl.yml", site).contains("  \"your-rights#supporter\": babcia\n"))
        #expect(
            text("leaflets/guide.yml", site)
                == Self.portal["leaflets/guide.yml"]?.replacing("page: rights", with: "page: your-rights")
                .replacing("(rights.md)", with: "(your-rights.md)").replacing(
                    "[rights#", with: "[your-rights#"))
        #expect(
            text("translations/published.yml", site) == "pl:\n  - kent/your-rights\n  - kent/rights-of-way\n")
        #expect(await errors(site) == [])
    }

    @Test("there and back again: every file is as it was, but for the old address")
    func back() async throws {
        let site = site()
        let before = tree(site)
        #expect(move("faq/first", "questions/about", site).diagnostics.sorted == [])
        #expect(
            text("guidance/questions/about.md", site).contains(
                "(../rights.md#supporter) ![Map](../faq/map.svg)"))
        #expect(
            text("guidance/questions/about.md", site).hasPrefix(
                "---\naliases: [faq/first]\nkind: faq\n---\n\n# First"))
        #expect(await errors(site) == [])
        #expect(move("questions/about", "faq/first", site).diagnostics.sorted == [])
        var after = tree(site)
        let moved = after.removeValue(forKey: "content/guidance/faq/first.md")
        let page = try #require(moved)
        #expect(page.hasPrefix("---\naliases: [questions/about]\nkind: faq\n---\n\n"))
        #expect(page.hasSuffix(before["content/guidance/faq/first.md"] ?? "-"))
        #expect(after == before.filter { $0.key != "content/guidance/faq/first.md" })
    }

    @Test("a section: its id in the shared page and in councils', and what leads to it")
    func section() async throws {
        let site = site()
        _ = await AddressRecording(settings: site.settings(), files: site.files).run()
        #expect(move("rights#supporter", "#who-can-come", site).diagnostics.sorted == [])
        #expect(
            text("guidance/rights.md", site)
                == Self.portal["guidance/rights.md"]?.replacing("{#supporter}", with: "{#who-can-come}")
                .replacing("(#supporter)", with: "(#who-can-come)")
                .replacing(
                    "[rights#supporter]\r\n",
                    with: "[rights#who-can-come]\r\nmoved: {supporter: rights#who-can-come}\r\n"))
        #expect(
            text("councils/kent/rights.md", site)
                == "## You can bring someone {#who-can-come}\n\nBring two.\n\n## Parking {#parking after=who-can-come}\n\nNone.\n"
        )
        #expect(text("leaflets/guide.yml", site).contains("sections: [who-can-come, records]"))
        #expect(text("leaflets/guide.yml", site).contains("{without: [rights#who-can-come]}"))
        #expect(text("search/pl.yml", site).contains("\"rights#who-can-come\": babcia"))
        #expect(text("portal.yml", site).contains("home-questions: [rights#who-can-come, \"faq"))
        #expect(await errors(site) == [])
        // And back, and to a third: nothing leads in a circle, and no old id is lost.
        #expect(move("rights#who-can-come", "rights#supporter", site).diagnostics.sorted == [])
        #expect(text("guidance/rights.md", site).contains("moved: {who-can-come: rights#supporter}"))
        #expect(move("rights#supporter", "rights#friends", site).diagnostics.sorted == [])
        #expect(
            text("guidance/rights.md", site).contains(
                "moved: {who-can-come: rights#friends, supporter: rights#friends}"))
        #expect(await errors(site) == [])
    }

    @Test(
        "an id is written wherever a heading has none",
        arguments: [
            ("## Records", "## Records {#files}"), ("## Records ##", "## Records {#files} ##"),
            ("## Records {when=nation:england}", "## Records {#files when=nation:england}"),
            ("Records\n-------", "Records {#files}\n-------"), ("##  Records  ", "##  Records {#files}  "),
        ])
    func heading(_ old: String, _ new: String) async {
        let site = site(["guidance/plan.md": "# The plan\n\n\(old)\n\nText [here](plan.md#records).\n"])
        #expect(move("plan#records", "plan#files", site).diagnostics.sorted == [])
        #expect(
            text("guidance/plan.md", site)
                == "---\nmoved: {records: plan#files}\n---\n\n# The plan\n\n\(new)\n\nText [here](plan.md#files).\n"
        )
        #expect(await errors(site) == [])
    }

    @Test(
        "an address is added to those that are there, as they are written",
        arguments: [
            ("aliases: [a]\n", "aliases: [a, plan]\n"), ("aliases: []\n", "aliases: [plan]\n"),
            ("aliases:\n", "aliases: [plan]\n"), ("aliases: a\n", "aliases: [a, plan]\n"),
            ("aliases: \"a\" # old\n", "aliases: [\"a\", plan] # old\n"),
            ("aliases:\n  - a # old\n  - \"b\"\n", "aliases:\n  - a # old\n  - \"b\"\n  - plan\n"),
            ("aliases: [\n  a,\n  b\n]\n", "aliases: [\n  a,\n  b, plan\n]\n"),
            ("order: 3\n", "order: 3\naliases: [plan]\n"),
        ])
    func settings(_ old: String, _ new: String) {
        let site = site(["guidance/plan.md": "---\n\(old)---\n\n# The plan\n"])
        #expect(move("plan", "the-plan", site).diagnostics.sorted == [])
        #expect(text("guidance/the-plan.md", site) == "---\n\(new)---\n\n# The plan\n")
    }

    @Test("what a page in easy words gathers moves with its page or section")
    func gathered() {
        let easy =
            "---\nkind: easy\ngathers:\n  - rights#supporter\n  - plan#steps\n---\n\n# In easy words\n\nRead this.\n"
        let site = site([
            "guidance/easy.md": easy,
            "guidance/rights.md":
                "# Rights\n\n## Someone {#supporter}\n\nBring a friend.\n\n### Someone {easy}\n\nBring a friend.\n",
            "guidance/plan.md": "# Plan\n\n## Steps {#steps}\n\nOne.\n\n### One step {easy}\n\nOne.\n",
        ])
        #expect(move("rights", "your-rights", site).diagnostics.sorted == [])
        #expect(move("plan#steps", "plan#stages", site).diagnostics.sorted == [])
        #expect(
            text("guidance/easy.md", site)
                == easy.replacing("rights#supporter", with: "your-rights#supporter").replacing(
                    "plan#steps", with: "plan#stages"))
    }

    @Test("a council's agreement to what it replaces stays, though links in it have changed")
    func overrides() async throws {
        let site = site([
            "guidance/plan.md": "# The plan\n\n## Steps {#steps}\n\nSee [rights](rights.md).\n",
            "councils/kent/plan.md": "## Steps {#steps}\n\nOurs.\n",
        ])
        var diagnostics = Diagnostics()
        let before = try #require(PortalFingerprint.of("plan", "steps", site, &diagnostics))
        site.write("councils/kent/overrides.yml", "# kept\n\"plan#steps\": \"\(before)\"\n")
        #expect(move("rights", "your-rights", site).diagnostics.sorted == [])
        #expect(move("plan#steps", "plan#stages", site).diagnostics.sorted == [])
        let after = try #require(PortalFingerprint.of("plan", "stages", site, &diagnostics))
        #expect(after != before)
        #expect(text("councils/kent/overrides.yml", site) == "# kept\n\"plan#stages\": \"\(after)\"\n")
    }

    @Test(
        "what cannot be done is refused, and nothing is changed",
        arguments: [
            ("rights", "plan", nil, "there is a page 'plan' already"),
            ("rights", "visits", nil, "there is a page 'visits' already"),
            ("rigths", "x", nil, "there is no page"), ("rights#suporter", "#x", nil, "has no section"),
            ("rights#supporter", "#records", nil, "there is a section"),
            ("rights#supporter", "#parking", nil, "there is a section"),
            ("rights", "rights", nil, "its address already"), ("rights", "plan#x", nil, "not both"),
            ("rights#supporter", "plan#supporter", nil, "cutting and pasting"),
            ("rights", "Your Rights", nil, "cannot be the address"),
            ("rights", "pl/rights", nil, "in that language"), ("index", "home", nil, "home page"),
            ("rights", "x", "kent", "shared page"), ("rights#supporter", "#x", "kent", "shared section"),
            ("rights", "x", "surrey", "no council"), ("rights#supporter", "#a b", nil, "section's id"),
        ] as [(String, String, String?, String)])
    func refused(_ old: String, _ new: String, _ council: String?, _ message: String) {
        let site = site()
        let before = tree(site)
        let plan = move(old, new, site, council: council)
        let problem = plan.diagnostics.sorted.first { $0.rule == "CannotMove" }
        #expect(problem?.message.contains(message) == true, "\(plan.diagnostics.sorted)")
        #expect(problem?.help?.isEmpty == false)
        #expect(plan.changes.isEmpty)
        #expect(tree(site) == before)
    }

    @Test("a page of one council moves alone")
    func alone() {
        let site = site()
        let plan = move("visits", "home-visits", site, council: "kent")
        #expect(plan.diagnostics.sorted == [])
        #expect(plan.report.map(\.file) == ["content/councils/kent/visits.md"])
        #expect(
            text("councils/kent/home-visits.md", site).hasPrefix("---\naliases: [visits]\n---\n\n# Visits"))
    }

    @Test("whichever step fails, nothing is changed")
    func failing() throws {
        let steps = 60
        var reached = 0
        for step in 0..<steps {
            let site = site()
            let before = tree(site)
            let plan = AddressMove(content: "content", files: site.files).plan(
                from: "rights", to: "faq/rights")
            let files = FailingOnce(site.files, at: step)
            let problem = AddressMove.apply(plan.changes, in: files)
            if !files.hasFailed {
                #expect(problem == nil)
                continue
            }
            reached += 1
            #expect(problem?.rule == "CannotMove", "step \(step)")
            #expect(tree(site) == before, "step \(step)")
        }
        #expect(reached > 20 && reached < steps)
    }
}

/// The fingerprint of a shared section, as a council's record has it.
private enum PortalFingerprint {
    static func of(_ page: String, _ section: String, _ site: Site, _ diagnostics: inout Diagnostics)
        -> String?
    {
        Portal.load(from: "content", in: site.files, reporting: &diagnostics)?.sharedPages
            .first { $0.path == page }?.sections.first { $0.id == section }
            .map { OverrideRecord.text(of: $0.fingerprint) }
    }
}
