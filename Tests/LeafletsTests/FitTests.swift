import Guidance
import Markdown
import Testing
import Translations
import Workspace

@testable import Leaflets

/// How a folded leaflet is made to fit, and what never goes: rights, and where a link leads.
@Suite struct FitTests {
    private static let site = [
        "content/portal.yml": """
        name: Help
        base-url: https://help.example
        languages: [en]
        contact-groups:
          conference: Your conference
          advice: When you need advice
          children: For children
        contacts:
          adviser: {name: Adviser, group: advice, phone: 0800 111 222}
          other-adviser: {name: Other adviser, group: advice, phone: 0800 111 333}
          childline: {name: Childline, group: children, phone: 0800 1111}
        """,
        "content/councils/a/council.yml": """
        name: Council A
        nation: england
        languages: [en]
        contacts:
          chair: {name: The chair, group: conference, phone: 01632 960 000}
          lawyer: {name: Our lawyer, group: advice, phone: 01632 960 001}
        """,
        "content/councils/b/council.yml": "name: Council B\nnation: england\nlanguages: [en]\n",
        "content/guidance/about.md": """
        # About

        ## What it is {#what}

        A meeting. Read [your rights](rights.md), [who helps](more.md#people) and [a film](https://film.example/x/).

        ## More {#more}

        You can [write](mailto:us@help.example?subject=x), or see [help.example/more](more.md).
        """,
        "content/guidance/more.md": "# More\n\n## People {#people}\n\nWords.\n",
        "content/guidance/rights.md": """
        # Your rights

        ## You can bring someone {#supporter}

        A friend.

        You can choose:

        - a friend
        - a relative

        Tell us before.

        ## You can speak {#speak}

        At any time.
        """,
    ]
    private static let spec = """
        title: Folded
        formats: [trifold, a4]
        sections:
          - page: about
            sections: [what, more]
            optional: [what, more]
            panel: [inside, flap]
          - page: rights
          - fill-in: Box
            fields: [Name]
            panel: [back, inside]
        """

    private func edition(_ council: String = "a", _ changes: [String: String] = [:]) throws -> Edition {
        let files = InMemoryFileSystem(Self.site.merging(changes) { $1 })
        var diagnostics = Diagnostics()
        let portal = try #require(Portal.load(from: "content", in: files, reporting: &diagnostics))
        let english = LanguageResources(
            language: .english, translator: nil, strings: InterfaceStrings([:]), review: nil)
        let own = try #require(portal.councils.first { $0.id == council })
        let guidance = portal.guidance(of: own, in: files, reporting: &diagnostics)
        let today = try #require(CalendarDate("2026-11-21"))
        return try #require(
            portal.editions(of: guidance, resources: [english], today: today, reporting: &diagnostics).first)
    }

    private func parse(_ text: String = Self.spec) throws -> LeafletSpec {
        var diagnostics = Diagnostics()
        let spec = LeafletSpec.parse(
            SourceText(path: "leaflets/folded.yml", text: text), reporting: &diagnostics)
        #expect(diagnostics.isEmpty, "\(diagnostics.sorted)")
        return try #require(spec)
    }

    private func words(_ leaflet: Leaflet, _ part: Int) -> [String] {
        guard case .page(let content) = leaflet.parts[part].content else { return [] }
        var all: [String] = []
        for section in content.sections { section.blocks.forEachPassage { all.append($0.plainText) } }
        return all
    }

    @Test func ofASheetOnlyTheSpaceBetweenItsWordsGoes() throws {
        let spec = try parse(
            "title: A\nlayout: sheet\nformats: [a4]\nsections: [{page: about, optional: yes}, {page: rights}]\n"
        )
        let edition = try edition()
        var leaflet = try #require(Leaflet(spec, format: .a4, edition: edition))
        let whole = words(leaflet, 0) + words(leaflet, 1)
        var steps = 0
        while let fit = leaflet.tighterFit(for: ["sheet"]) {
            leaflet = try #require(Leaflet(spec, format: .a4, edition: edition, fit: fit))
            #expect(words(leaflet, 0) + words(leaflet, 1) == whole)
            steps += 1
            if steps > 10 { break }
        }
        #expect(steps == 2)
        #expect(leaflet.fit.isBrief && leaflet.fit.isTight)
    }

    @Test func everyStepKeepsEveryRightAndTheLastOnesKeepTheirHeadings() throws {
        let edition = try edition()
        let spec = try parse()
        var leaflet = try #require(Leaflet(spec, format: .trifold, edition: edition))
        #expect(!leaflet.isShortened)
        var steps: [String] = []
        while let fit = leaflet.tighterFit(for: ["inside"]) {
            let before = leaflet.fit
            leaflet = try #require(Leaflet(spec, format: .trifold, edition: edition, fit: fit))
            #expect(leaflet.rights == ["rights#supporter", "rights#speak"])
            let right = fit.rightsParagraphs.map { "rights \($0)" }
            steps.append(
                (fit.rightsParagraphs == before.rightsParagraphs ? fit.dropped.last?.name : right)
                    ?? (fit.isClose
                        ? "close" : fit.keepsSections ? fit.isTight ? "tight" : "brief" : "broken"))
            try #require(steps.count < 20)
        }
        #expect(
            steps == [
                "brief", "tight", "broken", "close", "rights 2", "rights 1", "about#more", "about#what",
                "rights 0",
            ])
        #expect(leaflet.isShortened)
        // What it cannot hold, it names.
        #expect(leaflet.leftOut.map(\.plainText) == ["What it is", "More"])
        #expect(leaflet.parts.count == 2)
        #expect(words(leaflet, 0).isEmpty)
    }

    /// A right gives its second paragraph, never its only one, so that no list goes across a fold.
    @Test func rightsGiveALittleForListsThatStayWhole() throws {
        let spec = try parse(
            "title: T\nformats: [trifold]\nsections:\n  - page: about\n  - page: rights\n")
        var fit = Leaflet.Fit()
        func next() throws -> Leaflet.Fit? {
            try #require(Leaflet(spec, format: .trifold, edition: try edition(), fit: fit)).fitForWholeLists
        }
        #expect(try next() == nil)
        (fit.isBrief, fit.isTight, fit.keepsSections, fit.keepsLists) = (true, true, false, false)
        fit.rightsParagraphs = 2
        let whole = try #require(try next())
        #expect(whole.keepsLists && !whole.keepsSections && whole.rightsParagraphs == 1)
        (fit.rightsParagraphs, fit.fullerRights) = (1, 0)
        #expect(try next() == nil)
    }

    @Test func whatIsOverOnAPanelThatNothingLeavesTakesNothingFromOthers() throws {
        let spec = try parse(
            "title: T\nformats: [trifold]\nsections:\n  - {page: about, sections: [what], panel: flap, optional: yes}\n  - page: rights\n"
        )
        var fit = Leaflet.Fit()
        (fit.isBrief, fit.isTight, fit.keepsSections, fit.isClose) = (true, true, false, true)
        let leaflet = try #require(Leaflet(spec, format: .trifold, edition: try edition(), fit: fit))
        #expect(leaflet.tighterFit(for: ["flap"])?.dropped.map(\.name) == ["about"])
        #expect(leaflet.tighterFit(for: ["inside"])?.dropped == [])
        #expect(leaflet.tighterFit(for: ["back"]) == nil)
    }

    @Test func aTextIsCutBetweenParagraphsAndAListStaysWithItsParagraph() throws {
        let spec = try parse(
            "title: T\nformats: [trifold, a4]\nsections:\n  - {page: rights, paragraphs: 2}\n")
        let edition = try edition()
        let folded = try #require(Leaflet(spec, format: .trifold, edition: edition))
        #expect(
            words(folded, 0) == ["A friend.", "You can choose:", "a friend", "a relative", "At any time."])
        #expect(folded.isShortened)
        let whole = try #require(Leaflet(spec, format: .a4, edition: edition))
        #expect(words(whole, 0).contains("Tell us before."))
        #expect(!whole.isShortened)
    }

    @Test func partsGoToThePanelThatHasRoom() throws {
        let leaflet = try #require(Leaflet(try parse(), format: .trifold, edition: try edition()))
        func panels(_ flap: Double, _ inside: Double, _ back: Double) -> [[LeafletSpec.Panel]] {
            let info = TypstAnswer.Info(
                pages: 6, over: [.init(panel: "inside", lines: 9)], line: 10,
                parts: [
                    .init(number: 0, height: 300), .init(number: 1, height: 400),
                    .init(number: 2, height: 100),
                ],
                rooms: [
                    .init(panel: .flap, height: flap), .init(panel: .inside, height: inside),
                    .init(panel: .back, height: back),
                ])
            return leaflet.packings(info).map { fit in
                leaflet.parts.map { fit.panels[$0.number] ?? $0.panel }
            }
        }
        #expect(panels(320, 450, 100) == [[.flap, .inside, .back]])
        #expect(panels(320, 550, 0) == [[.flap, .inside, .inside]])
        #expect(panels(200, 900, 50) == [[.inside, .inside, .inside]])
        #expect(panels(200, 500, 500) == [])
    }

    @Test func rightsCannotBeOptional() throws {
        let spec = try parse(
            "title: T\nformats: [trifold]\nsections:\n  - page: about\n    optional: yes\n  - page: rights\n    sections: [speak, supporter]\n    optional: [speak]\n"
        )
        let edition = try edition()
        var known = LeafletInventory()
        known.add(edition)
        let problems = spec.check(against: known)
        #expect(problems.map(\.rule) == ["OptionalRights"])
        #expect(problems.first?.location?.range?.start.line == 8)
        let leaflet = try #require(Leaflet(spec, format: .trifold, edition: edition))
        #expect(leaflet.droppable.map(\.name) == ["about"])
    }

    @Test func whatIsToGoLastGoesAfterAllElseThatIsOptional() throws {
        func order(_ first: String, _ second: String) throws -> [String] {
            let spec = try parse(
                "title: T\nformats: [trifold]\nsections:\n  - page: about\n    optional: \(first)\n  - write: Notes\n    optional: \(second)\n"
            )
            // The last of them is the first to go.
            return try #require(Leaflet(spec, format: .trifold, edition: try edition())).droppable.map(\.name)
                .reversed()
        }
        #expect(try order("yes", "yes") == ["Notes", "about"])
        #expect(try order("yes", "last") == ["about", "Notes"])
        #expect(try order("last", "last") == ["Notes", "about"])
        #expect(try order("no", "last") == ["Notes"])
    }

    @Test func fewerRightsThanInTheSourceLanguageAreAnErrorAtTheirPart() throws {
        let source = try edition()
        let polish = try #require(Language(tag: "pl"))
        var other = source
        other.language = polish
        let spec = try parse()
        #expect(spec.rightsDropped(in: other, comparedWith: source) == nil)
        other.pages.removeAll { $0.path == "rights" }
        let problem = try #require(spec.rightsDropped(in: other, comparedWith: source))
        #expect(problem.rule == "LeafletRightsDropped")
        #expect(problem.severity == .error)
        #expect(problem.location?.range?.start.line == 8)
        #expect(problem.message.contains("in Polish"))
        #expect(problem.message.contains("rights#supporter, rights#speak"))
        #expect(problem.related.map(\.location.file) == ["content/guidance/rights.md"])
        // A page that the website does not have in this language is on paper all the same.
        other.withheld = source.pages.filter { $0.path == "rights" || $0.path == "about" }
        #expect(spec.rightsDropped(in: other, comparedWith: source) == nil)
        other.pages.removeAll { $0.path == "about" }
        let leaflet = try #require(Leaflet(spec, format: .trifold, edition: other))
        let whole = try #require(Leaflet(spec, format: .trifold, edition: source))
        #expect(leaflet.pages.map(\.path) == whole.pages.map(\.path) && whole.pages.count > 1)
        // One right less is enough.
        other = source
        other.language = polish
        for index in other.pages.indices where other.pages[index].path == "rights" {
            other.pages[index].sections.removeLast()
        }
        #expect(
            spec.rightsDropped(in: other, comparedWith: source)?.message.contains("1 of the rights") ?? false)
    }

    @Test func aLinkOutOfTheLeafletSaysWhereItLeads() throws {
        let leaflet = try #require(Leaflet(try parse(), format: .trifold, edition: try edition()))
        #expect(
            words(leaflet, 0) == [
                "A meeting. Read your rights, who helps (help.example/a/more) and a film (film.example/x).",
                "You can write (us@help.example), or see help.example/more (help.example/a/more).",
            ])
        // Where the rights are not part of it, they have an address too.
        let alone = try #require(
            Leaflet(
                try parse("title: T\nformats: [a4]\nsections: [{page: about}]\n"), format: .a4,
                edition: try edition()))
        #expect(words(alone, 0).first?.contains("your rights (help.example/a/rights)") ?? false)
    }

    @Test(arguments: [
        ("[conference, advice]", "no", ["chair", "lawyer", "adviser", "other-adviser"]),
        ("[childline, adviser]", "no", ["childline", "adviser"]),
        ("[adviser, advice]", "no", ["adviser", "lawyer", "other-adviser"]),
        ("[advice, conference]", "yes", ["lawyer", "chair"]),
        ("[advice, childline]", "yes", ["lawyer", "childline"]),
        ("all", "yes", ["chair", "lawyer"]),
    ])
    func contactsAreChosenByGroupOrOneByOne(chosen: String, own: String, ids: [String]) throws {
        let spec = try parse(
            "title: T\nformats: [trifold]\nsections:\n  - page: about\n  - contacts: \(chosen)\n    own: \(own)\n"
        )
        let leaflet = try #require(Leaflet(spec, format: .trifold, edition: try edition()))
        #expect(leaflet.contacts.map(\.id) == ids)
    }

    @Test func aCouncilWithoutOwnContactsHasNoPartOfThem() throws {
        let spec = try parse(
            "title: T\nformats: [trifold]\nsections:\n  - page: about\n  - {contacts: [conference, advice], own: yes}\n"
        )
        let leaflet = try #require(Leaflet(spec, format: .trifold, edition: try edition("b")))
        #expect(leaflet.parts.count == 1)
    }
}
