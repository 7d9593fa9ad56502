import Build
import Support
import Testing
import Workspace

/// A portal whose guidance is written in another language than the theme's words.
@Suite("A portal that is written in Welsh")
struct OtherFirstLanguageTests {
    private static let content: [String: String] = [
        "portal.yml": """
        name: Help i deuluoedd
        base-url: https://mon.example.org
        languages: [cy, en]
        translations: {publish-drafts: yes, threshold: 0}
        contact-groups: {danger: Os oes perygl}
        contacts:
          emergency: {name: Gwasanaethau brys, group: danger, phone: "999"}
        facts:
          arrive-early: {label: Pryd i gyrraedd, type: duration}

        """,
        "guidance/index.md": "# Help i'ch teulu\n\nDarllenwch am y cyfarfod.\n",
        "guidance/meeting.md":
            "# Y cyfarfod\n\n## Cyn hynny {#before}\n\nDewch {{arrive-early}} cyn y dechrau.\n",
        "guidance/contacts.md": "# Cysylltiadau\n\nDewiswch isod.\n",
        "councils/mon/council.yml": """
        name: Cyngor Môn
        nation: wales
        languages: [cy, en]
        facts:
          arrive-early: {value: 15 minutes, source: y cadeirydd, checked: 2026-11-01}

        """,
        "councils/fflint/council.yml": """
        name: Cyngor y Fflint
        nation: wales
        languages: [cy]
        facts:
          arrive-early: {value: 30 minutes, source: y cadeirydd, checked: 2026-11-01}

        """,
        "translations/en.po": """
        msgid ""
        msgstr ""
        "Language: en\\n"
        "Content-Type: text/plain; charset=UTF-8\\n"
        "Plural-Forms: nplurals=2; plural=(n != 1);\\n"
        "X-Signpost-Review: draft\\n"

        msgid "Y cyfarfod"
        msgstr "The meeting"

        """,
    ]

    private func site(_ changes: [String: String] = [:]) async throws -> (Site, SiteBuild.Report) {
        let site = Site(Self.content.merging(changes) { $1 })
        let report = await site.build()
        #expect(report.diagnostics.sorted.filter { $0.severity == .error } == [])
        return (site, report)
    }

    @Test("its interface is in that language, from the theme's catalogue")
    func interface() async throws {
        let (site, report) = try await site()
        #expect(!report.diagnostics.sorted.contains { $0.rule == "MissingInterfaceStrings" })
        for path in ["mon/index.html", "index.html", "404.html", "mon/meeting/index.html"] {
            let page = try #require(site.page(path))
            #expect(page.contains("<html lang=\"cy\""), "\(path)")
            #expect(page.contains("Gadael y wefan hon"), "\(path)")
            #expect(!page.contains("Leave this site"), "\(path)")
            #expect(!page.contains("\u{3}"), "\(path)")
        }
        #expect(try #require(site.page("mon/meeting/index.html")).contains("Dewch 15 munud cyn"))
    }

    @Test("English beside it has the theme's own words, and nothing to translate")
    func english() async throws {
        let (site, report) = try await site()
        let page = try #require(site.page("mon/en/meeting/index.html"))
        #expect(page.contains("<html lang=\"en\""))
        #expect(page.contains("Leave this site"))
        #expect(!page.contains("<span lang=\"en\""))
        #expect(!report.diagnostics.sorted.contains { $0.message.contains("into English") })
    }

    @Test("words that nobody has translated say that they are English")
    func missing() async throws {
        let (site, report) = try await site([
            "portal.yml":
                "name: Aide\nbase-url: https://a.example.org\nlanguages: [fr]\nfacts: {arrive-early: {label: x, type: duration}}\n",
            "councils/mon/council.yml":
                "name: Môn\nnation: wales\nlanguages: [fr]\nfacts: {arrive-early: {value: 15 minutes, source: x, checked: 2026-11-01}}\n",
            "councils/fflint/council.yml":
                "name: F\nnation: wales\nlanguages: [fr]\nfacts: {arrive-early: {value: 15 minutes, source: x, checked: 2026-11-01}}\n",
        ])
        let found = report.diagnostics.sorted.first { $0.rule == "MissingInterfaceStrings" }
        #expect(try #require(found).message.contains("into French"))
        for path in ["mon/index.html", "index.html", "404.html"] {
            let page = try #require(site.page(path))
            #expect(page.contains("<html lang=\"fr\""), "\(path)")
            #expect(page.contains("<span lang=\"en\">Skip to the main text</span>"), "\(path)")
            #expect(!page.contains("\u{3}"), "\(path)")
        }
    }

    @Test("its search brings the words of danger of both languages")
    func danger() async throws {
        let (site, _) = try await site()
        let assets = site.published().keys.filter { $0.hasPrefix("assets/vocabulary-") }
        let welsh = try #require(assets.first { $0.contains("-cy-") })
        let english = try #require(assets.first { $0.contains("-en-") })
        #expect(assets.count == 2)
        // Each names the other.
        #expect(try #require(site.page(welsh)).contains(english.dropFirst("assets/".count)))
        #expect(try #require(site.page(english)).contains(welsh.dropFirst("assets/".count)))
        let own = try #require(site.page("mon/meeting/index.html"))
        #expect(own.contains("data-source-index=\"../../mon/en/search-en.js\" data-source-language=\"en\""))
        // Without pages in English, the words of danger alone.
        let alone = try #require(site.page("fflint/meeting/index.html"))
        #expect(!alone.contains("data-source-index"))
        #expect(alone.contains("data-source-language=\"en\""))
    }
}
