import Guidance
import Support
import Testing
import Workspace

private let council = "content/councils/a/council.yml"
private let page = "content/guidance/rights.md"
private let own = "content/councils/a/rights.md"

/// Sites with one fault each, some of which are warnings; `⟦Rule⟧` stands where it must be reported.
private let faults: [BrokenSite] = [
    BrokenSite(
        "conflict markers",
        [page: "# R\n\n⟦ConflictMarker⟧<<<<<<< HEAD\nOne.\n\n=======\nTwo.\n\n⟦ConflictMarker⟧>>>>>>> main\n"]
    ),
    BrokenSite(
        "key twice", [council: "⟦DuplicateYAMLKey⟧name: A\nname: B\nnation: england\nlanguages: [en]\n"]),
    BrokenSite("link without an address", [page: "# R\n\n⟦EmptyLink⟧Read [this]().\n"]),
    BrokenSite(
        "section that conditions empty",
        [
            page: "# R\n\n⟦EmptySection⟧## Recording\n\nYes. {when=tapes}\n",
            "content/councils/b/council.yml":
                "name: B\nnation: england\nlanguages: [en]\nfacts: {tapes: yes}\n",
        ]),
    BrokenSite(
        "picture without words",
        [page: "# R\n\n⟦MissingAlternative⟧![](map.svg)\n", "content/guidance/map.svg": "<svg/>"]),
    BrokenSite("picture of another site", [page: "# R\n\n⟦RemoteImage⟧![Map](https://maps.example/m.png)\n"]),
    BrokenSite(
        "shared page that is not there",
        [
            council: "⟦UnknownPage⟧name: A\nnation: england\nlanguages: [en]\nguidance: [right]\n",
            page: "# R\n\nYes.\n",
        ]),
    BrokenSite(
        "question of the home page without its page",
        [
            "content/portal.yml":
                "name: P\nbase-url: https://p.example\nlanguages: [en]\nhome-questions:\n  - ⟦DeadLink⟧rihgts\n",
            page: "# R\n\n## Who\n\nYes.\n",
        ]),
    BrokenSite(
        "question of a council without its section",
        [
            council:
                "name: A\nnation: england\nlanguages: [en]\nhome-questions: [⟦DeadFragment⟧rights#whom]\n",
            page: "# R\n\n## Who\n\nYes.\n",
        ]),
    BrokenSite(
        "step without its section",
        [page: "---\ntitle: R\nsteps:\n  - ⟦DeadFragment⟧rights#whom\n---\n\n## Who\n\nYes.\n"]),
    BrokenSite(
        "numbers of the home page from no group",
        [
            "content/portal.yml":
                "name: P\nbase-url: https://p.example\nlanguages: [en]\nhome-contacts: [⟦UnknownContactGroup⟧chairs]\n",
            page: "# R\n\n## Who\n\nYes.\n",
        ]),
    BrokenSite(
        "another generator's setting", [page: "---\ntitle: R\n⟦ForeignKey⟧layout: page\n---\n\nYes.\n"],
        help: "Take it out."),
    BrokenSite(
        "another generator's setting that has a name here",
        [page: "---\ntitle: R\n⟦ForeignKey⟧description: Yes\n---\n\nYes.\n"],
        help: "Write 'summary' instead, or take it out."),
    BrokenSite(
        "draft that would be published", [page: "---\ntitle: R\n⟦ForeignKey⟧draft: true\n---\n\nYes.\n"]),
    BrokenSite(
        "more cells than columns", [page: "# R\n\n| a | b |\n|--|--|\n| 1 | 2 |⟦ExtraTableCells⟧ 3 |\n"]),
    BrokenSite(
        "more cells in a row without borders", [page: "# R\n\na | b\n--|--\n1 | 2 |⟦ExtraTableCells⟧ 3\n"]),
    BrokenSite(
        "callout of no kind", [page: "# R\n\n> ⟦UnknownCallout⟧[!DANGER]\n> Do not go back.\n"],
        help: "Write one of [!NOTE], [!TIP], [!IMPORTANT], [!WARNING], [!CAUTION], [!MORE], [!TRANSCRIPT]."),
    BrokenSite(
        "variable of another generator", [page: "# R\n\nWelcome to ⟦ForeignPlaceholder⟧{{ site.title }}.\n"]),
    BrokenSite(
        "link as another website has it",
        [
            page: "# R\n\n⟦GuessedLink⟧See [complaints](/docs/tell-us.html).\n",
            "content/guidance/tell-us.md": "# Tell us\n\nYes.\n",
        ],
        help: "Write tell-us.md."),
    BrokenSite(
        "address of another website", [page: "# R\n\n⟦OtherSiteAddress⟧See [the form](/files/form.pdf).\n"]),
    BrokenSite(
        "link to a page that is not read",
        [page: "# R\n\n⟦LinkToUnreadFile⟧See [more](more.mdx).\n", "content/guidance/more.mdx": "# More\n"]),
    BrokenSite(
        "drawing of Word",
        [page: "# R\n\n⟦UnusablePicture⟧![A plan](a.emf)\n", "content/guidance/a.emf": "x"]),
    BrokenSite(
        "recording of a kind that not every browser plays",
        [page: "# R\n\n⟦UnusableRecording⟧![A film](a.mov)\n", "content/guidance/a.mov": "x"]),
    BrokenSite(
        "film without captions",
        [page: "# R\n\n⟦VideoWithoutCaptions⟧![A film](a.mp4)\n", "content/guidance/a.mp4": "x"]),
    BrokenSite(
        "footnote that is not there", [page: "# R\n\n## A\n\nYou can see it.⟦UndefinedFootnote⟧[^1]\n"]),
    BrokenSite(
        "footnote that nothing refers to",
        [page: "# R\n\n## A\n\nYes.\n\n⟦UnusedFootnote⟧[^1]: Ask for it.\n"]),
    BrokenSite(
        "shared heading without its id",
        [
            page: "# R\n\n## You can bring someone {#supporter}\n\nOne.\n",
            own: "⟦NearbyID⟧## You can bring someone\n\nTwo.\n",
        ], help: "Write {#supporter} to replace it, or give this section another heading and id."),
    BrokenSite(
        "id one letter off",
        [
            page: "# R\n\n## You can bring someone {#supporter}\n\nOne.\n",
            own: "⟦NearbyID⟧## Bring two people {#suporter}\n\nTwo.\n",
        ]),
    BrokenSite(
        "override whose shared section was renamed",
        [
            page: "# R\n\n## The sound is recorded {#sound}\n\nOne.\n",
            own: "⟦OverrideLost⟧## Recording {#recording}\n\nTwo.\n",
            "content/councils/a/overrides.yml": "rights#recording: abc\n",
        ]),
]

/// What looks like a fault and is none.
private let sound: [BrokenSite] = [
    BrokenSite("heading underlined with signs", [page: "Rights\n=======\n\nYes.\n"]),
    BrokenSite(
        "quotation seven deep", [page: "# R\n\n>>>>>>> deep\n".replacing(">>>>>>> deep", with: ">> deep")]),
    BrokenSite(
        "film in sign language",
        [page: "# R\n\n![The same signed](a.bsl.mp4)\n", "content/guidance/a.bsl.mp4": "x"]),
    BrokenSite(
        "film with captions",
        [
            page: "# R\n\n![A film](a.mp4)\n", "content/guidance/a.mp4": "x",
            "content/guidance/a.vtt": "WEBVTT\n",
        ]),
    BrokenSite("table with a line in a cell", [page: "# R\n\n| a | b |\n|--|--|\n| 1 | 2 \\| 3 |\n"]),
    BrokenSite("table with an empty cell too many", [page: "# R\n\n| a | b |\n|--|--|\n| 1 | 2 | |\n"]),
    BrokenSite(
        "numbered sections",
        [
            page: "# R\n\n## Review 1 {#review-1}\n\nOne.\n",
            own: "## The second {#review-2}\n\nTwo.\n",
        ]),
    BrokenSite(
        "section that replaces",
        [
            page: "# R\n\n## You can bring someone {#supporter}\n\nOne.\n",
            own: "## You can bring someone {#supporter}\n\nTwo.\n",
        ]),
]

@Suite("Faulty content")
struct FaultyContentTests {
    @Test("each fault is reported at its place, and nothing else is", arguments: faults)
    func place(_ site: BrokenSite) throws {
        let fixture = Fixture(sampleSite(site.files))
        let loaded = try load(fixture.files)
        #expect(Fixture.found(loaded.diagnostics) == fixture.expected)
        if let help = site.help { #expect(loaded.diagnostics.first?.help == help) }
    }

    @Test("what looks like a fault and is none is left alone", arguments: sound)
    func isSound(_ site: BrokenSite) throws {
        #expect(try load(sampleSite(site.files)).diagnostics.isEmpty)
    }

    @Test("another generator's setting in many pages is reported once")
    func once() throws {
        var files = sampleSite()
        for name in ["a", "b", "c"] {
            files["content/guidance/\(name).md"] = "---\ntitle: \(name)\nlayout: page\n---\n\nYes.\n"
        }
        let found = try load(files).diagnostics
        #expect(found.map(\.rule) == ["ForeignKey"])
        #expect(found.first?.message.contains("2 other pages") == true)
    }
}
