import Guidance
import Support
import Testing
import Workspace

/// One broken site per rule; `⟦Rule⟧` stands where the problem must be reported.
struct BrokenSite: Sendable, CustomTestStringConvertible {
    var name: String
    var files: [String: String]
    /// Part of the help of the problem, where it matters.
    var help: String?
    var testDescription: String { name }

    init(_ name: String, _ files: [String: String], help: String? = nil) {
        self.name = name
        self.files = files
        self.help = help
    }
}

private let council = "content/councils/a/council.yml"
private let portal = "content/portal.yml"
private let page = "content/guidance/rights.md"

private func councilWith(_ text: String) -> [String: String] {
    [council: "name: Council A\nnation: england\nlanguages: [en]\n" + text]
}

private func portalWith(_ text: String) -> [String: String] {
    [portal: "name: Help\nbase-url: https://help.example\nlanguages: [en, pl]\n" + text]
}

private let brokenSites: [BrokenSite] = [
    BrokenSite(
        "easy words outside a section",
        [
            page: "# Rights\n\n## You can come ⟦MisplacedEasyWords⟧{#come easy}\n\nCome.\n",
            "content/guidance/easy.md": "# In simple words\n\nRead it.\n",
        ]),
    BrokenSite(
        "easy words twice",
        [
            page:
                "# Rights\n\n## You can come\n\nCome.\n\n### Come {easy}\n\nCome.\n\n### Come in ⟦MisplacedEasyWords⟧{easy}\n\nIn.\n",
            "content/guidance/easy.md": "# In simple words\n\nRead it.\n",
        ]),
    BrokenSite(
        "easy words that nobody has written",
        [
            page: "# Rights\n\n## You can come {#come}\n\nCome.\n",
            "content/guidance/easy.md": "---\ngathers: [⟦NoEasyWords⟧rights#come]\n---\n# In simple words\n",
        ]),
    BrokenSite(
        "easy words of a section that is not there",
        [
            page: "# Rights\n\n## You can come {#come}\n\nCome.\n",
            "content/guidance/easy.md":
                "---\ngathers: [⟦DeadFragment⟧rights#comes]\n---\n# In simple words\n",
        ]),
    BrokenSite(
        "unknown picture",
        [
            page:
                "# Rights\n\n## You can come\n\nCome.\n\n### Come {easy}\n\nCome. ⟦UnknownPicture⟧{picture=metting}\n",
            "content/guidance/easy.md": "# In simple words\n\nRead it.\n",
            "content/pictures/meeting.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "content/pictures/pictures.yml": "meeting: {source: drawn, author: us, licence: CC0}\n",
        ], help: "Did you mean 'meeting'?"),
    BrokenSite(
        "picture outside easy words",
        [page: "# Rights\n\n## You can come\n\nCome. ⟦UnknownAttribute⟧{picture=meeting}\n"]),
    BrokenSite("easy on a paragraph", [page: "# Rights\n\nCome. ⟦UnknownAttribute⟧{easy}\n"]),
    BrokenSite(
        "picture without a licence",
        [
            "content/pictures/meeting.svg": "<svg/>",
            "content/pictures/pictures.yml": "meeting: ⟦MissingField⟧{source: drawn, author: us}\n",
        ]),
    BrokenSite(
        "picture that is not there",
        ["content/pictures/pictures.yml": "⟦MissingFile⟧meeting: {source: drawn, author: us, licence: CC0}\n"]
    ),
    BrokenSite("unknown key", portalWith("⟦UnknownKey⟧notcie: x\n"), help: "Did you mean 'notice'?"),
    BrokenSite(
        "unknown key in a council",
        councilWith("facts:\n  a:\n    valeu: 3\n".replacing("valeu", with: "⟦UnknownKey⟧valeu"))),
    BrokenSite("a fact to fill in", councilWith("facts:\n  a: {value: ⟦ValueToFillIn⟧…}\n")),
    BrokenSite("a name to fill in", councilWith("short-name: ⟦ValueToFillIn⟧\"...\"\n")),
    BrokenSite("wrong type", portalWith("search-engines: ⟦WrongType⟧perhaps\n")),
    BrokenSite(
        "wrong duration", councilWith("facts:\n  a: {type: duration, value: ⟦WrongType⟧20 minuts}\n"),
        help: "Did you mean 'minute'?"),
    BrokenSite("wrong address", [portal: "name: Help\nbase-url: ⟦WrongType⟧help.example\nlanguages: [en]\n"]),
    BrokenSite(
        "missing portal field", [portal: "⟦MissingField⟧base-url: https://help.example\nlanguages: [en]\n"]),
    BrokenSite("missing council field", [council: "⟦MissingField⟧name: Council A\nlanguages: [en]\n"]),
    BrokenSite(
        "unknown value", [council: "name: A\nnation: ⟦UnknownValue⟧englnd\nlanguages: [en]\n"],
        help: "Did you mean 'england'?"),
    BrokenSite(
        "unknown language", [council: "name: A\nnation: england\nlanguages: [en, ⟦UnknownLanguage⟧ku]\n"]),
    BrokenSite(
        "language that the portal does not publish",
        [council: "name: A\nnation: england\nlanguages: ⟦UnknownLanguage⟧[en, ar]\n"]),
    BrokenSite(
        "override in a name",
        [council: "name: ⟦HiddenCharacter⟧\"Council \\u202EA\"\nnation: england\nlanguages: [en]\n"]),
    BrokenSite(
        "control character in a contact",
        portalWith("contacts:\n  help: {name: ⟦HiddenCharacter⟧\"He\\x1B[31mlp\", phone: 0800 1111}\n")),
    BrokenSite("zero width in a title", [page: "⟦HiddenCharacter⟧# Ri\u{200B}ghts\n\nText.\n"]),
    BrokenSite(
        "override in a heading", [page: "# Rights\n\n⟦HiddenCharacter⟧## A\u{202E}b\n\nText.\n"]),
    BrokenSite("invalid YAML", [council: "name: A\nnation: [england\nlanguages⟦InvalidYAML⟧: [en]\n"]),
    BrokenSite(
        "fact of another type",
        [
            "content/portal.yml":
                "name: H\nbase-url: https://h.example\nlanguages: [en]\nfacts:\n  early: {type: duration}\n",
            council:
                "name: A\nnation: england\nlanguages: [en]\nfacts:\n  early: ⟦WrongFactType⟧2026-01-02\n",
        ],
        help: "Write a length of time here, such as '20 minutes', or 'type: date' in portal.yml."),
    BrokenSite(
        "number for a yes or no",
        [
            "content/portal.yml":
                "name: H\nbase-url: https://h.example\nlanguages: [en]\nfacts:\n  recording: {type: yes-no}\n",
            council:
                "name: A\nnation: england\nlanguages: [en]\nfacts:\n  recording: ⟦WrongFactType⟧3\n",
        ],
        help: "Write yes or no here, such as 'yes', or 'type: number' in portal.yml."),
    BrokenSite(
        "a shared link to a page that no council has",
        [
            page: "# Rights\n\n⟦DeadLink⟧See [that](complian.md).\n",
            "content/guidance/complain.md": "# C\n\nDo.\n",
            "content/councils/b/council.yml": "name: B\nnation: england\nlanguages: [en]\n",
        ],
        help: "Did you mean 'complain.md'?"),
    BrokenSite(
        "a shared link to a section that no council has",
        [
            page: "# Rights\n\n⟦DeadFragment⟧See [that](#suporter).\n\n## Supporter {#supporter}\n\nText.\n",
            "content/councils/b/council.yml": "name: B\nnation: england\nlanguages: [en]\n",
        ],
        help: "Did you mean 'supporter'?"),
    BrokenSite("invalid fact name", councilWith("facts:\n  ⟦InvalidIdentifier⟧a b: 3\n")),
    BrokenSite(
        "hours without a check",
        councilWith(
            "contacts:\n  c:\n    name: C\n    phone: 01632 960000\n    hours: ⟦HoursWithoutCheck⟧9am to 5pm\n"
        )),
    BrokenSite(
        "contact without a channel", councilWith("contacts:\n  ⟦ContactWithoutChannel⟧c:\n    name: C\n")),
    BrokenSite(
        "invalid phone",
        councilWith("contacts:\n  c:\n    name: C\n    phone: ⟦InvalidContact⟧01632 96OOOO\n")),
    BrokenSite(
        "invalid e-mail", councilWith("contacts:\n  c:\n    name: C\n    email: ⟦InvalidContact⟧me at home\n")
    ),
    BrokenSite(
        "unknown contact group",
        councilWith(
            "contacts:\n  c:\n    name: C\n    phone: 01632 960000\n    group: ⟦UnknownContactGroup⟧help\n")),
    BrokenSite(
        "checked in the future",
        councilWith(
            "contacts:\n  ⟦DateInFuture⟧c:\n    name: C\n    phone: 01632 960000\n    checked: 2031-01-01\n")),
    BrokenSite(
        "dates the wrong way round",
        councilWith("valid-from: 2020-01-01\nvalid-to: ⟦InvalidDates⟧2019-01-01\n")),
    BrokenSite("logo that is not there", councilWith("brand:\n  logo: ⟦MissingFile⟧logo.svg\n")),
    BrokenSite(
        "unknown fact in text",
        [page: "# Rights\n\nCome ⟦UnknownPlaceholder⟧{{arive-early}} before.\n"].merging(
            councilWith("facts:\n  arrive-early: 20 minutes\n")
        ) { $1 }, help: "Did you mean 'arrive-early'?"),
    BrokenSite(
        "unknown contact in text",
        [page: "# Rights\n\nPhone ⟦UnknownContact⟧{{contact chiar}}.\n"].merging(
            councilWith("contacts:\n  chair:\n    name: C\n    phone: 01632 960000\n")
        ) { $1 }, help: "Did you mean 'chair'?"),
    BrokenSite(
        "unknown channel",
        [page: "# Rights\n\nWrite ⟦UnknownPlaceholder⟧{{contact chair mail}}.\n"].merging(
            councilWith("contacts:\n  chair:\n    name: C\n    phone: 01632 960000\n")
        ) { $1 }),
    BrokenSite(
        "channel that the contact lacks",
        [page: "# Rights\n\nWrite ⟦MissingContact⟧{{contact chair email}}.\n"].merging(
            councilWith("contacts:\n  chair:\n    name: C\n    phone: 01632 960000\n")
        ) { $1 }),
    BrokenSite(
        "fact that this council lacks",
        [
            page: "# Rights\n\nCome ⟦MissingFact⟧{{early}} before.\n",
            "content/councils/b/council.yml":
                "name: B\nnation: england\nlanguages: [en]\nfacts:\n  early: 20 minutes\n",
        ]),
    BrokenSite(
        "contact that this council lacks",
        [
            page: "# Rights\n\nPhone ⟦MissingContact⟧{{contact c}}.\n",
            "content/councils/b/council.yml":
                "name: B\nnation: england\nlanguages: [en]\ncontacts:\n  c:\n    name: C\n    phone: 999\n",
        ]),
    BrokenSite(
        "yes/no fact in text",
        [page: "# Rights\n\nIt is ⟦FactNotShown⟧{{tapes}}.\n"].merging(councilWith("facts:\n  tapes: yes\n"))
        { $1 }),
    BrokenSite("unknown fact in a condition", [page: "# Rights\n\nYes. ⟦UnknownPlaceholder⟧{when=tapes}\n"]),
    BrokenSite(
        "unknown nation", [page: "# Rights\n\nYes. ⟦UnknownNation⟧{when=nation:walse}\n"],
        help: "Did you mean 'wales'?"),
    BrokenSite(
        "id of the theme", [page: "# Rights\n\n## Content ⟦ReservedID⟧{#_content}\n\nYes.\n"]),
    BrokenSite(
        "unknown attribute", [page: "# Rights\n\nYes. ⟦UnknownAttribute⟧{whne=nation:wales}\n"],
        help: "Did you mean 'when'?"),
    BrokenSite(
        "deadline of a fact that is none",
        [page: "# Rights\n\n## Soon ⟦NoDeadline⟧{#soon deadline=soon}\n\nIn {{soon}}.\n"].merging(
            councilWith("facts:\n  soon: 3 days\n")
        ) { $1 }),
    BrokenSite(
        "deadline of a paragraph",
        [page: "# Rights\n\nIn {{soon}}. ⟦UnknownAttribute⟧{deadline=soon}\n"].merging(
            councilWith("facts:\n  soon: 3 days\n")
        ) { $1 }, help: "Move it to the end of the heading above."),
    BrokenSite(
        "answer that is no number", [page: "# Rights\n\n## Why? ⟦UnknownAttribute⟧{#why answer=lots}\n"],
        help: "Write a number from 1 to 30, such as {answer=6}, or {answer=drawing}."),
    BrokenSite(
        "seat in a list without numbers",
        [page: "# Rights\n\n- The chair\n- You ⟦UnknownAttribute⟧{your-seat}\n"],
        help: "Number the people round the table (1. 2. 3.), and write {your-seat} after the reader."),
    BrokenSite(
        "two seats of the reader",
        [page: "# Rights\n\n1. You {your-seat}\n2. You ⟦UnknownAttribute⟧{your-seat}\n"]),
    BrokenSite(
        "seat of a heading", [page: "# Rights\n\n## You ⟦UnknownAttribute⟧{#you your-seat}\n\nHere.\n"]),
    BrokenSite("duplicate id", [page: "# Rights\n\n## A {#x}\n\nText.\n\n⟦DuplicateID⟧## B {#x}\n\nText.\n"]),
    BrokenSite(
        "duplicate page",
        [
            "content/guidance/My page.md": "# A\n", "content/guidance/my-page.md": "# B\n",
            "content/guidance/my-page.md#": "",
        ].filter { !$0.key.hasSuffix("#") }),
    BrokenSite(
        "dead link",
        [
            page: "# Rights\n\n⟦DeadLink⟧See [that](complain.md).\n",
            "content/guidance/complaints.md": "# Complaints\n",
        ], help: "Did you mean 'complaints.md'?"),
    BrokenSite(
        "dead fragment",
        [page: "# Rights\n\n⟦DeadFragment⟧See [that](#suporter).\n\n## Supporter {#supporter}\n\nText.\n"],
        help: "Did you mean 'supporter'?"),
    BrokenSite(
        "picture that no browser shows",
        [
            page: "# Rights\n\n⟦UnusablePicture⟧![The room](room.heic)\n",
            "content/guidance/room.heic": "",
        ], help: "Save 'room.heic' as JPEG, PNG or SVG, and name it so here."),
    BrokenSite("missing picture", [page: "# Rights\n\n⟦MissingFile⟧![Map](map.png)\n"]),
    BrokenSite(
        "alias that is taken",
        [
            page: "---\naliases: [⟦AddressCollision⟧complaints]\n---\n\n# Rights\n",
            "content/guidance/complaints.md": "# Complaints\n",
        ]),
    BrokenSite("alias that leaves the site", [page: "---\naliases: [⟦InvalidAlias⟧../x]\n---\n\n# Rights\n"]),
    BrokenSite(
        "removal of what is not there",
        [
            page: "# Rights\n\n## A {#a}\n\nText.\n",
            "content/councils/a/rights.md": "## B ⟦UnknownSection⟧{#b remove}\n",
        ]),
    BrokenSite(
        "anchor that is not there",
        [
            page: "# Rights\n\n## A {#a}\n\nText.\n",
            "content/councils/a/rights.md": "## B ⟦UnknownSection⟧{#b after=aa}\n\nText.\n",
        ], help: "Did you mean 'a'?"),
    BrokenSite("unterminated front matter", [page: "⟦UnterminatedFrontMatter⟧---\ntitle: Rights\n"]),
    BrokenSite(
        "unknown front matter key", [page: "---\n⟦UnknownKey⟧titel: Rights\n---\n"],
        help: "Did you mean 'title'?"),
    BrokenSite("NUL byte", [page: "# Rights\n\nA ⟦NulByte⟧\u{0}b\n"]),
    BrokenSite(
        "accessibility contact",
        councilWith(
            "accessibility:\n  ⟦UnknownContact⟧contact: web\n  status: partially\n  prepared: 2026-11-21\n")),
    BrokenSite(
        "accessibility without a status",
        councilWith("accessibility:\n  ⟦MissingField⟧prepared: 2026-11-21\n")),
]

@Suite("Broken content")
struct BrokenContentTests {
    @Test("each problem is reported at its place, and nothing else is", arguments: brokenSites)
    func place(_ site: BrokenSite) throws {
        let fixture = Fixture(sampleSite(site.files))
        let loaded = try load(fixture.files)
        let errors = loaded.diagnostics.filter { $0.severity == .error }
        if fixture.expected.isEmpty {
            #expect(errors.count == 1)
        } else {
            #expect(Fixture.found(errors) == fixture.expected)
        }
        if let help = site.help { #expect(errors.first?.help == help) }
    }

    @Test("a page that two files make is an error that names both")
    func duplicatePage() throws {
        let loaded = try load(
            sampleSite(["content/guidance/My page.md": "# A\n", "content/guidance/my-page.md": "# B\n"]))
        let problem = try #require(loaded.diagnostics.first { $0.rule == "DuplicatePage" })
        #expect(problem.related.count == 1)
    }

    @Test("invalid UTF-8 is an error at the first bad byte")
    func invalidUTF8() throws {
        let system = InMemoryFileSystem(sampleSite())
        try system.write(Array("# Rights\n\nCaf".utf8) + [0xE9, 0x0A], to: "content/guidance/rights.md")
        var diagnostics = Diagnostics()
        _ = Portal.load(from: "content", in: system, reporting: &diagnostics)
        let problem = try #require(diagnostics.sorted.first)
        #expect(problem.rule == "InvalidUTF8")
        #expect(problem.location?.range?.start == SourcePosition(line: 3, column: 4))
    }

    @Test(
        "an address with a name before its host is told, where it is written, with the real host",
        arguments: [
            [page: "# Rights\n\nSee [the bank](⟦MisleadingAddress⟧http://bank.example@evil.test/).\n"],
            portalWith(
                "contacts:\n  help: {name: Help, web: ⟦MisleadingAddress⟧\"https://bank.example@evil.test/\"}\n"
            ),
            councilWith("website: ⟦MisleadingAddress⟧https://bank.example@evil.test/\n"),
        ])
    func misleading(files: [String: String]) throws {
        let fixture = Fixture(sampleSite(files))
        let found = try load(fixture.files).diagnostics.filter { $0.rule == "MisleadingAddress" }
        #expect(Fixture.found(found) == fixture.expected)
        #expect(found.allSatisfy { $0.severity == .warning && $0.message.contains("'evil.test'") })
    }

    @Test("a page of thousands of equal headings is read in a time that grows with it, and no id comes twice")
    func equalHeadings() throws {
        func seconds(_ count: Int) throws -> Double {
            let text = "# Rights\n\n" + String(repeating: "## Same words\n\n", count: count)
            let start = ContinuousClock.now
            let loaded = try load(sampleSite([page: text]))
            let time = ContinuousClock.now - start
            #expect(!loaded.diagnostics.contains { $0.rule == "DuplicateID" })
            return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        }
        _ = try seconds(100)
        let (small, large) = (try seconds(4_000), try seconds(32_000))
        // Eight times as many; 64 times where each is compared with all before.
        #expect(large < small * 24, "\(small) s, \(large) s")
    }

    @Test("an alias bomb in YAML is refused")
    func aliasBomb() throws {
        var text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        for (last, next) in zip("abcdefgh", "bcdefghi") {
            text +=
                "\(next): &\(next) [" + Array(repeating: "*\(last)", count: 10).joined(separator: ", ")
                + "]\n"
        }
        let loaded = try load(sampleSite(["content/councils/a/council.yml": text]))
        #expect(loaded.diagnostics.contains { $0.rule == "YAMLTooLarge" })
    }

    @Test("a file larger than any guidance is refused")
    func largeFile() throws {
        let loaded = try load(
            sampleSite(["content/guidance/big.md": String(repeating: "word ", count: 1_000_000)]))
        #expect(loaded.diagnostics.map(\.rule) == ["FileTooLarge"])
    }

    @Test("a missing folder, portal file or council is said plainly")
    func missing() throws {
        var diagnostics = Diagnostics()
        _ = Portal.load(from: "content", in: InMemoryFileSystem(), reporting: &diagnostics)
        #expect(diagnostics.sorted.map(\.rule) == ["MissingContent"])
        #expect(try load(["content/x.md": ""]).diagnostics.map(\.rule) == ["MissingPortalFile"])
        #expect(
            try load(["content/portal.yml": "name: A\nbase-url: https://a.example\nlanguages: [en]\n"])
                .diagnostics.map(\.rule) == ["NoCouncils"])
        #expect(
            try load(sampleSite(["content/councils/b/x.md": "# X\n"])).diagnostics.map(\.rule) == [
                "MissingCouncilFile"
            ])
        #expect(try load(sampleSite(), councils: ["c"]).diagnostics.map(\.rule) == ["UnknownCouncil"])
    }
}
