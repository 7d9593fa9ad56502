import Guidance
import Support
import Testing
import Workspace

@testable import Build

/// Addresses that have been published are remembered, and none is lost unseen.
@Suite("Addresses that never die")
struct AddressTests {
    private static let leaflet = """
        title: Your rights
        page: rights
        formats: [a4, booklet]
        sections: [{page: rights}]
        councils: {south: no}

        """

    private func site(_ more: [String: String] = [:]) -> Site {
        Site(Site.twoCouncils.merging(["leaflets/rights.yml": Self.leaflet]) { $1 }.merging(more) { $1 })
    }

    private func record(_ site: Site) async -> AddressRecording.Outcome {
        await AddressRecording(settings: site.settings(), files: site.files).run()
    }

    private func lost(_ site: Site, strict: Bool = false) async -> [Diagnostic] {
        let settings = site.settings { $0.readsEverything = true }
        var found = await CheckRun(settings: settings, files: site.files).portal()
        if strict { found = found.escalating(StrictRules.names) }
        return found.sorted.filter { $0.rule == "LostAddress" }
    }

    /// The line of the record that a problem is at.
    private func line(_ problem: Diagnostic, _ site: Site) throws -> String {
        #expect(problem.location?.file == "content/addresses.yml")
        let lines = try #require(site.files.text("content/addresses.yml")).split(
            separator: "\n", omittingEmptySubsequences: false)
        let number = try #require(problem.location?.range?.start.line)
        return lines[number - 1].trimmingPrefix { $0 == " " || $0 == "-" }.description
    }

    @Test("what councils share is recorded once, and of each only what differs")
    func recorded() async throws {
        let site = site()
        #expect(await record(site).added > 10)
        let text = try #require(site.files.text("content/addresses.yml"))
        #expect(
            text.hasPrefix(
                "# Every address that has been published. Written by 'signpost build --record', not"))
        let expected = """
            shared:
              - contacts
              - faq
              - faq/a-to-z
              - faq/first
              - faq/first#nan
              - index
              - leaflets
              - leaflets/rights-a4.pdf
              - leaflets/rights-booklet-print.pdf
              - leaflets/rights-booklet.pdf
              - meeting
              - meeting#before
              - meeting#people
              - pl/
              - rights
              - rights#supporter
            qr-codes:
              - pl/
              - rights
            councils:
              north:
                own:
                  - leaflets/north.zip
              south:
                own:
                  - visits
                  - visits#where
                without:
                  - leaflets
                  - leaflets/rights-a4.pdf
                  - leaflets/rights-booklet-print.pdf
                  - leaflets/rights-booklet.pdf
                without-qr-codes:
                  - pl/
                  - rights

            """
        let body = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).joined(
            separator: "\n")
        // Contacts are a page only where there are any.
        #expect(body == expected.replacing("  - contacts\n", with: ""))
        #expect(await record(site).added == 0)
        #expect(site.files.text("content/addresses.yml") == text)
        #expect(await lost(site).isEmpty)
    }

    @Test("a nation of councils takes a line or two each")
    func size() async throws {
        var content: [String: String] = [:]
        for number in 0..<60 {
            content["councils/c\(number)/council.yml"] =
                "name: C\(number)\nnation: england\nlanguages: [en]\n"
            content["councils/c\(number)/rights.md"] = "## Own {#own-\(number)}\n\nWords.\n"
        }
        content["guidance/meeting.md"] =
            "# The meeting\n\n## Who comes {#people}\n\nYour social worker comes.\n"
        let site = site(content)
        _ = await record(site)
        let text = try #require(site.files.text("content/addresses.yml"))
        #expect(text.split(separator: "\n").count < 60 * 7)
    }

    @Test("a section that got another id is missed, with the line that leads on; with that line, nothing is")
    func section() async throws {
        let site = site()
        _ = await record(site)
        try site.replace("someone {#supporter}", with: "someone {#who-can-come}", in: "guidance/rights.md")
        let problem = try #require(await lost(site).first)
        #expect(await lost(site).count == 1)
        #expect(problem.severity == .warning)
        #expect(try line(problem, site) == "rights#supporter")
        #expect(
            problem.help
                == "Bring it back, or lead on to its page: add 'moved: {supporter: rights}' between the lines --- at the top of content/guidance/rights.md. If nobody can have the address any more, take line 18 out of content/addresses.yml."
        )
        #expect(await lost(site, strict: true).first?.severity == .error)
        #expect(await site.build().diagnostics.sorted.contains(problem))

        site.write(
            "guidance/rights.md",
            "---\nmoved: {supporter: rights#who-can-come}\n---\n\n# Your rights\n\n## You can bring someone {#who-can-come}\n\nBring a friend.\n"
        )
        #expect(await lost(site).isEmpty)
        let built = await site.build()
        #expect(!built.diagnostics.hasErrors)
        for path in ["site/north/rights/index.html", "site/south/pl/rights/index.html"] {
            let page = try #require(site.files.text(path))
            #expect(page.contains("<span id=\"supporter\"></span>"), "\(path)")
            #expect(page.contains("id=\"who-can-come\""), "\(path)")
        }
    }

    @Test(
        "the likeliest new place is named",
        arguments: [
            ("## Can my nan come? {#grandmother}", "faq/first#grandmother", "nan"),
            ("## Can my nan come? {#nana}", "faq/first#nana", "nan"),
        ])
    func guess(_ heading: String, _ place: String, _ old: String) async throws {
        var content = ["guidance/faq/first.md": "# First questions\n\n## Can my nan come? {#nan}\n\nYes.\n"]
        if old == "nan", place.hasSuffix("grandmother") {
            // The heading is what the id was made from.
            content["guidance/faq/first.md"] = "# First questions\n\n## Nan\n\nYes.\n"
        }
        let site = site(content)
        _ = await record(site)
        let words = place.hasSuffix("grandmother") ? "## Nan {#grandmother}" : heading
        site.write("guidance/faq/first.md", "# First questions\n\n\(words)\n\nYes.\n")
        let problem = try #require(await lost(site).first)
        #expect(problem.help?.contains("It may be '\(place)' now: add 'moved: {\(old): \(place)}'") == true)
    }

    @Test("a section on another page is found there, and the old page leads on to it")
    func otherPage() async throws {
        let site = site()
        _ = await record(site)
        site.write("guidance/meeting.md", "# The meeting\n\n## Before it {#before}\n\nCome early.\n")
        site.write("guidance/people.md", "# People\n\n## Who comes {#people}\n\nYour social worker comes.\n")
        let problem = try #require(await lost(site).first)
        #expect(
            problem.help?.contains(
                "'moved: {people: people#people}' between the lines --- at the top of content/guidance/meeting.md"
            )
                == true)
        site.write(
            "guidance/meeting.md",
            "---\nmoved: {people: people#people}\n---\n\n# The meeting\n\n## Before it {#before}\n\nCome early.\n"
        )
        #expect(await lost(site).isEmpty)
        _ = await site.build()
        let page = try #require(site.page("north/meeting/index.html"))
        #expect(
            page.contains(
                "<p class=\"moved\" id=\"people\"><a href=\"../people/index.html#people\">Go to: People</a></p>"
            ))
    }

    @Test(
        "a page that is gone is an error where a QR code leads to it, and its sections are not listed besides"
    )
    func page() async throws {
        let site = site()
        _ = await record(site)
        try site.remove("guidance/rights.md")
        try site.remove("leaflets/rights.yml")
        site.write(
            "guidance/your-rights.md",
            "# Your rights\n\n## You can bring someone {#supporter}\n\nBring a friend.\n")
        let problems = await lost(site)
        let pages = try problems.filter { try line($0, site) == "rights" }
        // At North a leaflet was made, at South none.
        #expect(Set(pages.map(\.severity)) == [.error, .warning])
        #expect(
            pages.first { $0.severity == .error }?.message.hasSuffix("a QR code on a leaflet leads there")
                == true)
        #expect(
            pages.first?.help?.contains("at the top of content/guidance/your-rights.md: 'aliases: [rights]'")
                == true)
        #expect(try !problems.contains { try line($0, site) == "rights#supporter" })
        #expect(try problems.contains { try line($0, site) == "leaflets/rights-booklet.pdf" })
        #expect(await site.build().outcome == nil)
        site.write(
            "guidance/your-rights.md",
            "---\naliases: [rights]\n---\n\n# Your rights\n\n## You can bring someone {#supporter}\n\nBring a friend.\n"
        )
        #expect(try await lost(site).allSatisfy { try line($0, site).hasPrefix("leaflets") })
        _ = await site.build()
        let redirect = try #require(site.page("north/rights/index.html"))
        #expect(
            redirect.contains(
                "<li id=\"supporter\"><a href=\"../../north/your-rights/index.html#supporter\">"))
        #expect(redirect.contains("location.replace("))
        #expect(!redirect.contains("http-equiv=\"refresh\""))
    }

    @Test("what one council loses is said of it, and what all lose is said once")
    func ofWhom() async throws {
        let site = site()
        _ = await record(site)
        site.write("councils/north/meeting.md", "## Who comes {#people remove}\n")
        let own = try #require(await lost(site).first)
        #expect(await lost(site).count == 1)
        #expect(own.message.contains("of North Council"))
        #expect(own.help?.contains("'moved: {people: meeting}'") == true)
        #expect(own.help?.contains("content/councils/north/meeting.md") == true)
        site.write(
            "councils/north/meeting.md",
            "---\nmoved: {people: meeting}\n---\n\n## Who comes {#people remove}\n")
        #expect(await lost(site).isEmpty)
        try site.remove("councils/north/meeting.md")
        try site.remove("guidance/meeting.md")
        let all = await lost(site)
        #expect(all.count == 1)
        #expect(all.first?.message.contains("Council") == false)
    }

    @Test(
        "a page that becomes one council's own is lost to the others alone, and one for other readers is not lost"
    )
    func owner() async throws {
        let site = site()
        _ = await record(site)
        let text = try #require(site.files.text("content/guidance/meeting.md"))
        try site.remove("guidance/meeting.md")
        site.write("councils/north/meeting.md", text)
        let problems = await lost(site)
        #expect(problems.count == 1)
        #expect(problems.first?.help?.contains("councils/north/meeting.md to guidance/meeting.md") == true)
        site.write("guidance/meeting.md", "---\naudience: professionals\n---\n\n" + text)
        try site.remove("councils/north/meeting.md")
        #expect(await lost(site).isEmpty)
    }

    @Test("a council or a language that goes is missed; a build of one council alone misses no other")
    func councils() async throws {
        let site = site()
        _ = await record(site)
        try site.replace("languages: [en, pl]", with: "languages: [en]", in: "councils/south/council.yml")
        let language = try #require(await lost(site).first)
        #expect(try line(language, site) == "pl/")
        #expect(language.message.contains("'pl' of South Council"))
        try site.replace(
            "languages: [en]", with: "languages: [en, pl]\ndraft: yes", in: "councils/south/council.yml")
        let draft = try #require(await lost(site).first)
        #expect(try line(draft, site) == "south:")
        #expect(draft.help?.contains("draft: yes") == true)
        try site.remove("councils/south/council.yml")
        try site.remove("councils/south/visits.md")
        let gone = try #require(await lost(site).first)
        #expect(gone.message.contains("'south' has been published and is gone"))
        let alone = await site.build { $0.councils = ["north"] }
        #expect(!alone.diagnostics.sorted.contains { $0.rule == "LostAddress" })
    }

    @Test("nothing that was recorded is forgotten, and a record that cannot be read is left alone")
    func kept() async throws {
        let site = site()
        _ = await record(site)
        try site.remove("guidance/meeting.md")
        _ = await record(site)
        #expect(site.files.text("content/addresses.yml")?.contains("  - meeting#people\n") == true)
        site.write("addresses.yml", "shared: [rights\n")
        let outcome = await record(site)
        #expect(outcome.diagnostics.hasErrors)
        #expect(site.files.text("content/addresses.yml") == "shared: [rights\n")
    }

    @Test("a record that cannot be written is an error, and the next one is whole")
    func unwritable() async throws {
        let site = site()
        let failing = FailingOnce(site.files, at: 0)
        let outcome = await AddressRecording(settings: site.settings(), files: failing).run()
        #expect(outcome.diagnostics.sorted.map(\.rule) == ["CannotRecord"])
        #expect(await record(site).diagnostics.isEmpty)
    }

    @Test("a page that cannot be read has lost nothing")
    func broken() async throws {
        let site = site()
        _ = await record(site)
        site.write("guidance/meeting.md", "---\ntitle: The meeting\n\n## Who comes {#people}\n")
        #expect(await lost(site).isEmpty)
    }

    @Test("what two records say is put together without loss", arguments: 0..<50)
    func layers(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let names = (0..<12).map { "p\($0)" } + (0..<12).map { "p\($0)#s" } + (0..<4).map { "p\($0)#t" }
        var all: [String: Set<String>] = [:]
        for council in ["a", "b", "c"] {
            var own = Set(names.filter { _ in Bool.random(using: &random) })
            // There is no section without its page.
            for name in own where name.contains("#") { own.insert(PublishedAddresses.page(of: name)) }
            all[council] = own
        }
        let shared = Set(names.filter { _ in Bool.random(using: &random) })
        let layers = PublishedAddresses.Layers(all, sharing: shared)
        for (council, addresses) in all { #expect(layers.all(of: council) == addresses) }
    }
}

extension AddressTests {
    @Test("a second council does not take the first one's addresses away, and neither does one that goes")
    func secondCouncil() async throws {
        var content = Site.twoCouncils.filter { !$0.key.hasPrefix("councils/south") }
        content["guidance/rights.md"] =
            "---\naliases: [old]\n---\n\n# Your rights\n\n## Someone {#supporter}\n\nText.\n"
        let site = Site(content)
        _ = await site.build()
        let alone = Set(site.published().keys.filter { $0.hasSuffix("/index.html") })
        _ = await record(site)
        #expect(site.files.text("content/addresses.yml")?.contains("at-top:\n  - north\n") == true)
        for (path, text) in Site.twoCouncils where path.hasPrefix("councils/south") { site.write(path, text) }
        _ = await site.build()
        let both = Set(site.published().keys)
        #expect(alone.subtracting(both).sorted() == [])
        #expect(site.page("rights/index.html")?.contains("url=../north/rights/index.html") == true)
        #expect(site.page("pl/rights/index.html")?.contains("url=../../north/pl/rights/index.html") == true)
        #expect(site.page("old/index.html")?.contains("href=\"../north/rights/index.html\"") == true)
        #expect(site.page("index.html")?.contains("north/index.html") == true)
        // One council alone has none of these.
        _ = await site.build(to: "alone") { $0.councils = ["south"] }
        #expect(
            !site.published(in: "alone").keys.contains { $0.hasPrefix("south/") || $0.hasPrefix("north/") })
        _ = await record(site)
        let north = both.filter { $0.hasPrefix("north/") && $0.hasSuffix("/index.html") }
        for path in Site.twoCouncils.keys where path.hasPrefix("councils/south") { try site.remove(path) }
        _ = await site.build()
        #expect(north.subtracting(site.published().keys).sorted() == [])
    }

    @Test(
        "an old address that cannot be one is refused, with a way out",
        arguments: [
            ("https://old.example/rights", "InvalidAlias", "follows the council's address"),
            ("//old.example/rights", "InvalidAlias", "follows the council's address"),
            ("mailto:a@b.example", "InvalidAlias", "follows the council's address"),
            ("../plan", "InvalidAlias", "old/page"), ("a/./b", "InvalidAlias", "old/page"),
            ("old?id=3", "InvalidAlias", "Write 'old'"), ("old#part", "InvalidAlias", "'moved'"),
            ("old page", "InvalidAlias", "Write 'old-page'"),
            ("old%20page", "InvalidAlias", "as the browser showed it"),
            ("rights", "InvalidAlias", "Remove it"),
            ("/rights/", "InvalidAlias", "Remove it"), ("meeting", "AddressCollision", "Remove this alias"),
            ("faq/a-to-z", "AddressCollision", "Remove it"), ("pl/rights", "AddressCollision", "Remove it"),
        ])
    func badAlias(_ alias: String, _ rule: String, _ help: String) async throws {
        let site = site(["guidance/rights.md": "---\naliases: [\"\(alias)\"]\n---\n\n# Your rights\n"])
        let problems = await site.build().diagnostics.sorted.filter { $0.rule == rule }
        let problem = try #require(problems.first)
        #expect(problem.severity == .error)
        #expect(problem.location?.file == "content/guidance/rights.md")
        #expect(problem.help?.contains(help) == true, "\(problem.help ?? "")")
    }

    @Test(
        "an old address at which a file is published is refused at its line, by a check too",
        arguments: ["contacts/nyas.vcf", "rights/words.js/more", "search-en.js"])
    func aliasOfAFile(_ alias: String) async throws {
        let site = site([
            "guidance/rights.md": "---\naliases:\n  - fine.pdf\n  - \(alias)\n---\n\n# Your rights\n",
            "portal.yml": Site.twoCouncils["portal.yml", default: ""] + """
                contacts:
                  nyas: {name: NYAS, phone: 0808 808 1001, save: yes}

                """,
        ])
        let check = CheckRun(settings: site.settings(), files: site.files)
        let problem = try #require(await check.portal().sorted.first { $0.rule == "AddressCollision" })
        #expect(problem.severity == .error && problem.message.contains(alias))
        #expect(problem.location?.description == "content/guidance/rights.md:4:5")
    }

    @Test("an old address with capital letters leads on in small ones, and a warning says so")
    func capitals() async throws {
        let site = site(["guidance/rights.md": "---\naliases: [Old/Rights]\n---\n\n# Your rights\n"])
        let problem = try #require(await site.build().diagnostics.sorted.first { $0.rule == "InvalidAlias" })
        #expect(problem.severity == .warning)
        #expect(problem.help?.contains("old/rights") == true)
        #expect(site.published().keys.contains { $0.hasSuffix("old/rights/index.html") })
    }

    @Test("two pages cannot have one old address, and an old id leads to a section that is there")
    func taken() async throws {
        let two = site([
            "guidance/rights.md": "---\naliases: [old]\n---\n\n# Your rights\n",
            "guidance/people.md": "---\naliases: [old]\n---\n\n# People\n",
        ])
        #expect(await two.build().diagnostics.sorted.contains { $0.rule == "AddressCollision" })
        for (moved, rule) in [
            ("{gone: rights#nothing}", "DeadFragment"), ("{gone: nowhere}", "DeadLink"),
            ("{supporter: meeting}", "AddressCollision"), ("{\"a b\": meeting}", "InvalidAlias"),
        ] {
            let site = site([
                "guidance/rights.md":
                    "---\nmoved: \(moved)\n---\n\n# Your rights\n\n## Someone {#supporter}\n\nText.\n"
            ])
            let problems = await site.build().diagnostics.sorted
            #expect(
                problems.contains { $0.rule == rule && $0.location?.file == "content/guidance/rights.md" },
                "\(moved)")
        }
    }
}
