import Build
import Support
import Testing
import Workspace

/// What a second build writes after one thing has changed.
@Suite("A site built again")
struct SiteBuildTests {
    private func site(_ changes: [String: String] = [:]) -> Site {
        Site(Site.twoCouncils.merging(changes) { $1 })
    }

    /// Builds a site that must be publishable.
    private func built(_ site: Site) async throws {
        let report = await site.build()
        #expect(report.diagnostics.sorted.filter { $0.severity == .error } == [])
        try #require(report.outcome != nil)
    }

    /// The files that the next build writes, without search indexes, whose names say their content.
    private func pages(_ report: SiteBuild.Report) throws -> Set<String> {
        Set(try #require(report.outcome).written.filter { $0.hasSuffix(".html") })
    }

    @Test("every council has its pages in its languages, with its own facts")
    func first() async throws {
        let site = site()
        try await built(site)
        #expect(try #require(site.page("north/meeting/index.html")).contains("Come 15 minutes before"))
        #expect(try #require(site.page("south/meeting/index.html")).contains("Come 30 minutes before"))
        #expect(try #require(site.page("south/pl/meeting/index.html")).contains("Przychodzi twój"))
        #expect(site.page("north/visits/index.html") == nil)
        #expect(try #require(site.page("index.html")).contains("South Council"))
    }

    @Test("where nothing has changed, nothing is read or written")
    func nothing() async throws {
        let site = site()
        try await built(site)
        let second = await site.build()
        #expect(second.wasCurrent)
        #expect(second.outcome?.written == [])
    }

    @Test("a sentence of the shared guidance changes its page, in every council that has it")
    func sharedSentence() async throws {
        let site = site()
        try await built(site)
        try site.replace("Bring a friend.", with: "Bring somebody you trust.", in: "guidance/rights.md")
        let report = await site.build()
        #expect(
            try pages(report) == [
                "north/rights/index.html", "north/pl/rights/index.html", "south/rights/index.html",
                "south/pl/rights/index.html",
            ])
    }

    @Test("a fact of one council changes that council's page alone")
    func oneFact() async throws {
        let site = site()
        try await built(site)
        try site.replace("15 minutes", with: "20 minutes", in: "councils/north/council.yml")
        let report = await site.build()
        let written = try #require(report.outcome).written
        #expect(try pages(report) == ["north/meeting/index.html", "north/pl/meeting/index.html"])
        #expect(written.allSatisfy { $0.hasPrefix("north/") || $0 == "sitemap.xml" }, "\(written)")
    }

    @Test("a translation changes its language alone")
    func translation() async throws {
        let site = site()
        try await built(site)
        try site.replace("Twoje prawa", with: "Pani prawa", in: "translations/pl.po")
        let report = await site.build()
        let pages = try pages(report)
        #expect(pages.contains("north/pl/rights/index.html"))
        #expect(pages.allSatisfy { $0.contains("/pl/") }, "\(pages)")
    }

    @Test("a council that comes is on the chooser, and one that goes leaves nothing")
    func councils() async throws {
        let site = site()
        try await built(site)
        site.write(
            "councils/west/council.yml",
            "name: West Council\nnation: wales\nlanguages: [en]\nfacts: {arrive-early: {value: 5 minutes}}\n")
        site.write("councils/west/visits.md", "# Visits\n\n## Where {#where}\n\nWe come to your school.\n")
        let third = await site.build()
        #expect(third.diagnostics.sorted.filter { $0.severity == .error } == [])
        #expect(try #require(site.page("index.html")).contains("West Council"))
        try site.remove("councils/west/council.yml")
        try site.remove("councils/west/visits.md")
        let fourth = await site.build()
        #expect(try #require(fourth.outcome).removed.contains("west/visits/index.html"))
        #expect(!(try #require(site.page("index.html")).contains("West Council")))
    }

    @Test("a day that passes marks a council that has ended")
    func dates() async throws {
        let site = site([
            "councils/north/council.yml": """
            name: North Council
            nation: england
            languages: [en, pl]
            valid-to: 2026-11-30
            successors: [{name: South Council}]
            facts:
              arrive-early: {value: 15 minutes, source: the chair, checked: 2026-11-01}

            """
        ])
        try await built(site)
        let before = try #require(site.page("north/rights/index.html"))
        let report = await site.build(today: "2026-12-01")
        #expect(report.diagnostics.sorted.filter { $0.severity == .error } == [])
        let after = try #require(site.page("north/rights/index.html"))
        #expect(before != after)
    }

    @Test("an error publishes nothing, and the site stays as it was")
    func error() async throws {
        let site = site()
        try await built(site)
        let before = site.published()
        site.write("guidance/rights.md", "# Your rights\n\nCome {{arrive-erly}} before.\n")
        let report = await site.build()
        #expect(report.outcome == nil)
        #expect(
            report.diagnostics.sorted.filter { $0.severity == .error }.map(\.rule) == ["UnknownPlaceholder"])
        #expect(site.published() == before)
        // The same is found without building.
        let found = await CheckRun(settings: site.settings(), files: site.files).portal()
        #expect(found.sorted.filter { $0.severity == .error }.map(\.rule) == ["UnknownPlaceholder"])
    }

    @Test("a check says what a build would say of leaflets before it lays them out")
    func leafletsChecked() async throws {
        let site = Site(
            Site.twoCouncils.merging([
                "leaflets/guide.yml":
                    "title: A guide\nformats: [form, braille]\nsections: [{page: rights}]\n",
                "leaflets/say.yml":
                    "title: My say\nformats: [form]\nsections: [{write: My notes, text: What matters?}]\n",
            ]) { $1 })
        let tables = "themes/default/leaflets/braille.yml"
        let written = String(decoding: try site.files.read(tables), as: UTF8.self)
        try site.files.write(Array(written.replacing("  pl: Pl-Pl-g1.utb\n", with: "").utf8), to: tables)
        let found = await CheckRun(settings: site.settings(), files: site.files).portal().sorted
        #expect(found.filter { $0.severity == .error }.map(\.message) == [])
        #expect(
            found.filter { $0.rule == "NothingToFillIn" }.map { $0.location?.file }
                == ["content/leaflets/guide.yml"])
        let braille = found.filter { $0.rule == "BrailleTableMissing" }
        #expect(braille.map(\.severity) == [.note])
        #expect(braille.first?.message.contains("in Polish") == true)
    }

    @Test("one council alone is at the top of the site")
    func oneCouncil() async throws {
        let site = site()
        let report = await site.build { $0.councils = ["south"] }
        #expect(report.diagnostics.sorted.filter { $0.severity == .error } == [])
        #expect(site.page("meeting/index.html")?.contains("Come 30 minutes") == true)
        #expect(site.page("south/meeting/index.html") == nil)
    }

    @Test("without a layout engine the site is built without leaflets, and says so")
    func noEngine() async throws {
        let site = Site(
            Site.twoCouncils.merging([
                "leaflets/guide.yml": "title: A guide\nformats: [a4]\nsections: [{page: rights}]\n"
            ]) { $1 }, makesLeaflets: true)
        let report = await site.build()
        #expect(report.outcome != nil)
        #expect(report.diagnostics.sorted.map(\.rule).contains("LeafletsSkipped"))
        let run = LeafletRun(
            settings: site.settings(), output: "leaflets", cache: "cache/leaflets", jobs: 2, files: site.files
        )
        let (rows, diagnostics) = await run.run()
        #expect(rows.isEmpty)
        #expect(diagnostics.sorted.map(\.rule).contains("LeafletsSkipped"))
    }

    @Test("a portal without leaflets has none to make")
    func noLeaflets() async throws {
        let site = site()
        let (rows, diagnostics) = await LeafletRun(
            settings: site.settings(), output: "leaflets", cache: "cache/leaflets", jobs: 2, files: site.files
        ).run()
        #expect(rows.isEmpty)
        #expect(diagnostics.sorted.filter { $0.severity == .error }.map(\.rule) == ["NoLeaflets"])
    }
}
