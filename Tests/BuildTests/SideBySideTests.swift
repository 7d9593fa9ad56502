import Build
import Support
import Testing
import Workspace

/// Pages in a language with the same words in another beside them.
@Suite("Two languages side by side")
struct SideBySideTests {
    private let meeting = """
        # The meeting

        See [your rights](rights.md#supporter).

        ## Who comes {#people}

        Your social worker comes.

        1. First item.
        2. Second item.

        Nobody has translated this.

        | Who | What |
        |---|---|
        | Nurse | Health |

        ## A note {#note}

        It has a footnote.[^law]

        [^law]: The law says so.

        """
    private let words = [
        "See [your rights](rights.md#supporter).": "Zobacz [swoje prawa](rights.md#supporter).",
        "First item.": "Pierwszy punkt.", "Second item.": "Drugi punkt.", "Who": "Kto", "What": "Co",
        "Nurse": "Pielęgniarka", "Health": "Zdrowie", "A note": "Uwaga",
        "It has a footnote.[^law]": "Ma przypis.[^law]", "The law says so.": "Tak mówi prawo.",
    ]

    private func site(council: String = "side-by-side: [en]\n", _ more: [String: String] = [:]) -> Site {
        var content = Site.twoCouncils
        content["councils/north/council.yml"]? += council
        content["guidance/meeting.md"] = meeting
        let messages = words.sorted { $0.key < $1.key }.map { "\nmsgid \"\($0)\"\nmsgstr \"\($1)\"\n" }
        content["translations/pl.po"]? += messages.joined()
        return Site(content.merging(more) { $1 })
    }

    private func isClean(_ report: SiteBuild.Report) -> Bool {
        report.diagnostics.sorted.allSatisfy { $0.severity != .error }
    }

    private func count(_ text: String, in page: String) -> Int {
        page.components(separatedBy: text).count - 1
    }

    @Test("only a council that asks has such pages; each is reached from its page and nothing else")
    func whereTheyAre() async throws {
        let site = site()
        #expect(isClean(await site.build()))
        let files = site.published()
        let pairs = files.keys.filter { $0.contains("-and-") }.sorted()
        #expect(
            pairs == [
                "north/pl-and-en/faq/first/index.html", "north/pl-and-en/faq/index.html",
                "north/pl-and-en/index.html", "north/pl-and-en/meeting/index.html",
                "north/pl-and-en/rights/index.html",
            ])
        let single = try #require(site.page("north/pl/meeting/index.html"))
        #expect(single.contains("href=\"../../../north/pl-and-en/meeting/index.html\""))
        let english = try #require(site.page("north/meeting/index.html"))
        #expect(!english.contains("-and-"))
        #expect(try #require(site.page("south/pl/meeting/index.html")).contains("-and-") == false)
        // It is the translated page once more: found there, and named nowhere.
        let page = try #require(site.page("north/pl-and-en/meeting/index.html"))
        #expect(
            page.contains("<link rel=\"canonical\" href=\"https://help.example.org/north/pl/meeting/\">"))
        #expect(!page.contains("rel=\"alternate\""))
        #expect(try #require(site.page("sitemap.xml")).contains("-and-") == false)
        #expect(page.contains("<title>Spotkanie / The meeting – North Council</title>"))
        #expect(page.contains("lang=\"pl\" dir=\"ltr\""))
        #expect(try #require(site.page("index.html")).contains("-and-") == false)
    }

    @Test("a block stands beside the one of the same source; what is missing stands once, and is marked")
    func blocks() async throws {
        let site = site()
        await site.build()
        let page = try #require(site.page("north/pl-and-en/meeting/index.html"))
        let second = "<div class=\"second\" lang=\"en\" dir=\"ltr\">"
        #expect(
            page.contains(
                "<div class=\"pair\"><div><p>Przychodzi twój pracownik socjalny.</p>\n</div>\n\(second)<p>Your social worker comes.</p>\n</div></div>"
            ))
        // One number for both.
        #expect(
            page.contains(
                "<li><div class=\"pair\"><div>Pierwszy punkt.</div>\n\(second)First item.</div></div>\n</li>")
        )
        #expect(page.contains("<td>Pielęgniarka\(second)Nurse</div></td>"))
        #expect(count("Nobody has translated this.", in: page) == 1)
        #expect(
            page.contains("<p class=\"fallback\" lang=\"en\" dir=\"ltr\">Nobody has translated this.</p>"))
        #expect(count("data-state=\"missing\"", in: page) == 1)
        // A link leads to the page of its language; the reader's own stays beside the other.
        #expect(page.contains("<a href=\"../rights/index.html#supporter\">swoje prawa</a>"))
        #expect(page.contains("<a href=\"../../../north/rights/index.html#supporter\">your rights</a>"))
        // One heading for both, one id, one entry of the contents.
        let single = try #require(site.page("north/pl/meeting/index.html"))
        for tag in ["<h1", "<h2", "<h3", " id=\"people\"", "<a href=\"#people\">"] {
            #expect(count(tag, in: page) == count(tag, in: single), "\(tag)")
        }
        #expect(page.contains("<p class=\"second\" lang=\"en\" dir=\"ltr\">Who comes</p>"))
        // A footnote has one number; the way back leads to the first of the two references.
        #expect(count("<a href=\"#note:1\"", in: page) == 2)
        #expect(count("id=\"note:1:1\"", in: page) == 1)
        #expect(page.contains("<p>Tak mówi prawo.</p>\n</div>\n\(second)<p>The law says so.</p>"))
        // The switch is a control with a label of its own.
        #expect(page.contains("<label class=\"switch\"><input type=\"checkbox\" id=\"_second\" checked"))
    }

    @Test("questions are found in the search once")
    func search() async throws {
        let (with, without) = (site(), site(council: ""))
        await with.build()
        await without.build()
        func indexes(_ site: Site) -> [String: [UInt8]] {
            site.published().filter { $0.key.contains("search-") || $0.key.contains("words-") }
        }
        #expect(!indexes(with).isEmpty && indexes(with) == indexes(without))
    }

    @Test("a change of the English alone writes the page side by side anew, and no other of that language")
    func changes() async throws {
        let site = site()
        await site.build()
        let before = site.published()
        // A sign more costs no translation: the Polish page stays as it is.
        try site.replace(
            "Your social worker comes.", with: "Your social worker comes!", in: "guidance/meeting.md")
        await site.build()
        let after = site.published()
        let changed = after.keys.filter { before[$0] != after[$0] && $0.hasSuffix(".html") }.sorted()
        #expect(
            changed == [
                "north/meeting/index.html", "north/pl-and-en/meeting/index.html", "south/meeting/index.html",
            ])
        #expect(isClean(await site.build(to: "clean")))
        #expect(site.published(in: "clean") == after)
        // Without the setting they go, with the links to them.
        try site.replace("side-by-side: [en]\n", with: "", in: "councils/north/council.yml")
        await site.build()
        #expect(site.published().keys.contains { $0.contains("-and-") } == false)
        await site.build(to: "cleaner")
        #expect(site.published(in: "cleaner") == site.published())
    }

    @Test("a portal asks for all its councils, and a council for itself")
    func portal() async throws {
        let all = site(council: "side-by-side: []\n")
        try all.replace(
            "languages: [en, pl]\n", with: "languages: [en, pl]\nside-by-side: [en]\n", in: "portal.yml")
        #expect(isClean(await all.build()))
        let pages = all.published().keys
        #expect(pages.contains("south/pl-and-en/meeting/index.html"))
        #expect(!pages.contains { $0.hasPrefix("north/pl-and-en/") })
        // A single council stands at the top.
        await all.build(to: "one") { $0.councils = ["south"] }
        #expect(all.page("pl-and-en/meeting/index.html", in: "one") != nil)
        #expect(
            try #require(all.page("pl/meeting/index.html", in: "one")).contains(
                "href=\"../../pl-and-en/meeting/index.html\""))
    }

    @Test("the language of the guidance can stand beside another, and says what is not translated once")
    func sourceFirst() async throws {
        let site = site(council: "side-by-side: [pl]\n")
        #expect(isClean(await site.build()))
        let page = try #require(site.page("north/en-and-pl/meeting/index.html"))
        #expect(page.contains("<p>Your social worker comes.</p>\n</div>\n<div class=\"second\" lang=\"pl\""))
        #expect(count("Nobody has translated this.", in: page) == 1)
        #expect(page.contains("<a href=\"../../../north/pl/rights/index.html#supporter\">swoje prawa</a>"))
        #expect(
            page.contains("<link rel=\"canonical\" href=\"https://help.example.org/north/meeting/\">"))
        #expect(site.published().keys.contains { $0.contains("pl-and-") } == false)
    }

    @Test("an old address leads on there too; its folder cannot be an old address")
    func addresses() async throws {
        let rights =
            "---\naliases: [entitled]\n---\n\n# Your rights\n\n## A {#supporter}\n\nBring a friend.\n"
        let site = site(["guidance/rights.md": rights])
        #expect(isClean(await site.build()))
        let page = try #require(site.page("north/pl-and-en/entitled/index.html"))
        #expect(page.contains("../../../north/pl-and-en/rights/index.html"))
        #expect(page.contains("href=\"https://help.example.org/north/pl/rights/\""))
        site.write("guidance/rights.md", rights.replacing("entitled", with: "pl-and-en/rights"))
        let report = await site.build()
        #expect(report.diagnostics.sorted.contains { $0.rule == "AddressCollision" })
    }

    @Test("a shard hands on what it has of them")
    func shards() async throws {
        let rights =
            "---\naliases: [entitled]\n---\n\n# Your rights\n\n## A {#supporter}\n\nBring a friend.\n"
        let site = site(["guidance/rights.md": rights])
        await site.build(to: "whole")
        for number in 1...2 {
            await site.build(to: "part-\(number)", shard: try #require(Shard("\(number)/2")))
        }
        #expect(isClean(await site.merge(["part-1", "part-2"], to: "merged")))
        #expect(site.published(in: "merged") == site.published(in: "whole"))
    }
}
