import Guidance
import Markdown
import Support
import Testing
import Workspace

private let council = "content/councils/a/council.yml"

private func councilA(_ text: String) -> String {
    "name: Council A\nnation: england\nlanguages: [en]\n" + text
}

extension Edition {
    fileprivate func text(_ path: String) throws -> String {
        let page = try #require(self.page(path))
        var words: [String] = []
        page.introduction.forEachPassage { words.append($0.plainText) }
        for section in page.allSections {
            words.append(section.heading.plainText)
            section.blocks.forEachPassage { words.append($0.plainText) }
        }
        return words.joined(separator: "\n")
    }
}

@Suite("Editions")
struct EditionTests {
    @Test("five lines of settings and plain Markdown files are enough")
    func plainFolder() throws {
        let site = try load(
            sampleSite([
                "content/councils/a/About us.md":
                    "Hello\n=====\n\nText with “Word quotes” and https://a.example\n",
                "content/councils/a/no title.md": "Only a paragraph.\n",
                "content/councils/a/Messy.md": "# One\n\n#### Deep\n\nText\n\n# Two\n\nText\n\n## Deep\n",
            ]))
        #expect(site.diagnostics.filter { $0.severity == .error }.isEmpty)
        #expect(
            Set(site.diagnostics.map(\.rule)) == ["MissingTitle", "HeadingLevelSkipped", "ExtraTitle"])
        let edition = try site.edition("a")
        #expect(Set(edition.pages.map(\.path)) == ["about-us", "no-title", "messy"])
        #expect(edition.page("about-us")?.title.plainText == "Hello")
        #expect(edition.page("no-title")?.title.plainText == "No title")
        #expect(edition.page("messy")?.allSections.map(\.id) == ["deep", "two", "deep-2"])
    }

    @Test("facts are written out, and a fact a council lacks leaves no hole")
    func factsAndConditions() throws {
        let site = try load(
            sampleSite([
                "content/guidance/day.md": """
                # The day

                Arrive {{early}} before. {when=early}

                Come in good time. {unless=early}

                - One {when=tapes}
                - Two

                ## Tapes {#tapes when=tapes unless=consent}

                We record since {{since}}.

                ## Age {when=age}

                From {{age}}.
                """,
                council: councilA(
                    "facts:\n  early: 1 minute\n  tapes: yes\n  consent: no\n  since: 2024-07-01\n  age: 11\n"
                ),
                "content/councils/b/council.yml":
                    "name: B\nnation: wales\nlanguages: [en]\nfacts:\n  tapes: no\n",
            ]))
        #expect(site.diagnostics.isEmpty, "\(site.diagnostics)")
        #expect(
            try site.edition("a").text("day")
                == "Arrive 1 minute before.\nOne\nTwo\nTapes\nWe record since 1 July 2024.\nAge\nFrom 11.")
        #expect(try site.edition("b").text("day") == "Come in good time.\nTwo")
    }

    @Test("contacts become links that dial, and national ones can be for one nation")
    func contacts() throws {
        let site = try load(
            sampleSite([
                "content/portal.yml": """
                name: Help
                base-url: https://help.example
                languages: [en]
                contact-groups: {now: In danger}
                contacts:
                  emergency: {name: Emergency, phone: "999", group: now, checked: 2026-11-21}
                  rights: {name: Rights, phone: 0808 801 0366, nations: [england]}
                """,
                council: councilA(
                    "contacts:\n  chair:\n    name: The chair\n    text: 07700 900123\n    email: c@a.example\n"
                ),
                "content/councils/b/council.yml": "name: B\nnation: wales\nlanguages: [en]\n",
                "content/guidance/x.md":
                    "# X\n\nNow {{contact emergency}}.\n\nChair {{contact chair}}, {{contact chair email}}, {{contact chair name}}. {when=contact:chair}\n\nR {{contact rights}} {when=contact:rights}\n",
            ]))
        #expect(site.diagnostics.isEmpty, "\(site.diagnostics)")
        var values: [Inline.Value] = []
        try #require(site.edition("a").page("x")).introduction.forEachPassage {
            $0.inlines.forEachInline { if case .value(let value) = $0 { values.append(value) } }
        }
        #expect(
            values.map(\.destination)
                == ["tel:999", "sms:+447700900123", "mailto:c@a.example", nil, "tel:+448088010366"])
        #expect(try site.edition("b").text("x") == "Now 999.")
        #expect(try site.edition("a").contactGroups.map(\.id) == ["now", "other"])
        #expect(try site.edition("b").contactGroups.flatMap(\.contacts).map(\.id) == ["emergency"])
    }

    @Test("a council replaces, adds and removes sections, in place")
    func overlay() throws {
        let site = try load(
            sampleSite([
                "content/guidance/rights.md":
                    "# Rights\n\nShared.\n\n## One {#one}\n\nA.\n\n## Two {#two}\n\nB.\n\n### Inner {#inner}\n\nC.\n\n## Three {#three}\n\nD.\n",
                "content/councils/a/rights.md":
                    "## Two B {#inner}\n\nOwn.\n\n## New {#new after=one}\n\nN.\n\n## Newer {#newer after=one}\n\nM.\n\n## Last {#last}\n\nL.\n\n## Three {#three remove}\n",
                "content/councils/b/council.yml": "name: B\nnation: england\nlanguages: [en]\n",
            ]))
        #expect(site.diagnostics.isEmpty, "\(site.diagnostics)")
        let page = try #require(site.edition("a").page("rights"))
        #expect(page.allSections.map(\.id) == ["one", "new", "newer", "two", "inner", "last"])
        #expect(page.allSections.map(\.level) == [2, 2, 2, 2, 3, 2])
        #expect(try site.edition("b").text("rights").contains("C."))
        #expect(
            site.overrides.map { "\($0.kind.rawValue) \($0.key)" } == [
                "replaces rights#inner", "adds rights#new", "adds rights#newer", "adds rights#last",
                "removes rights#three",
            ])
    }

    @Test("an override that stands on a shared section that has changed is reported")
    func changedShared() throws {
        var files = sampleSite([
            "content/guidance/rights.md": "# Rights\n\n## One {#one}\n\nA.\n",
            "content/councils/a/rights.md": "## One {#one}\n\nOwn.\n",
        ])
        let hash = try #require(load(files).overrides.first?.shared)
        files["content/councils/a/overrides.yml"] = "rights#one: \(OverrideRecord.text(of: hash))\n"
        #expect(try load(files).diagnostics.isEmpty)
        files["content/guidance/rights.md"] = "# Rights\n\n## One\n{#one}\n\nA.\n".replacing(
            "## One\n", with: "## One ")
        #expect(try load(files).diagnostics.isEmpty, "re-wrapping is no change")
        files["content/guidance/rights.md"] = "# Rights\n\n## One {#one}\n\nB.\n"
        #expect(try load(files).diagnostics.map(\.rule) == ["SharedSectionChanged"])
    }

    @Test("links between pages become addresses within the edition")
    func links() throws {
        let site = try load(
            sampleSite([
                "content/guidance/rights.md":
                    "# Rights\n\n[a](faq/plan.md#how) [b](index.md) [c](#x) [d](https://a.example) [e](form.pdf)\n\n## X {#x}\n\nText.\n",
                "content/guidance/form.pdf": "x",
                "content/guidance/index.md": "# Home\n",
                "content/guidance/faq/plan.md":
                    "# Plan\n\n## How? {#how}\n\nAlso asked: when; why? who\n\n[r](../rights.md)\n",
            ]))
        #expect(site.diagnostics.isEmpty, "\(site.diagnostics)")
        let edition = try site.edition("a")
        var destinations: [Destination] = []
        for path in ["rights", "faq/plan"] {
            let page = try #require(edition.page(path))
            (page.introduction + page.allSections.flatMap(\.blocks)).forEachPassage {
                $0.inlines.forEachInline {
                    if case .link(let link) = $0 { destinations.append(link.destination) }
                }
            }
        }
        #expect(
            destinations == [
                .page("faq/plan", section: "how"), .page("", section: nil), .page("rights", section: "x"),
                "https://a.example", .file("guidance/form.pdf"), .page("rights", section: nil),
            ])
        #expect(edition.assets == ["guidance/form.pdf"])
        #expect(edition.page("faq/plan")?.sections.first?.alsoAsked == ["when", "why", "who"])
    }

    @Test("which shared pages a council uses is its choice")
    func guidanceChoice() throws {
        let pages = ["content/guidance/rights.md": "# R\n", "content/guidance/index.md": "# H\n"]
        for (choice, expected) in [("all", ["", "rights"]), ("none", ["own"]), ("[rights]", ["rights"])] {
            var files = sampleSite(pages)
            files[council] = councilA("guidance: \(choice)\n")
            if choice == "none" { files["content/councils/a/own.md"] = "# Own\n" }
            #expect(try load(files).edition("a").pages.map(\.path) == expected)
        }
    }

    @Test("old checks and overdue reviews are warnings that depend on the day of the build")
    func overdue() throws {
        let files = sampleSite([
            council: councilA("contacts:\n  c:\n    name: C\n    phone: 999\n    checked: 2026-01-01\n"),
            "content/guidance/x.md": "---\nreviewed: 2026-01-01\nreview-every: 6 months\n---\n# X\n",
        ])
        #expect(try load(files, today: "2026-05-01").diagnostics.isEmpty)
        #expect(
            try load(files, today: "2027-02-01").diagnostics.map(\.rule).sorted()
                == ["ContactCheckOverdue", "ReviewOverdue"])
    }
}
