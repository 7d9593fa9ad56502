import Guidance
import Markdown
import Testing
import Workspace

@testable import Leaflets

@Suite struct LeafletSpecTests {
    private func parse(_ text: String, name: String = "leaflets/guide.yml") -> (LeafletSpec?, [Diagnostic]) {
        var diagnostics = Diagnostics()
        let spec = LeafletSpec.parse(SourceText(path: name, text: text), reporting: &diagnostics)
        return (spec, diagnostics.sorted)
    }

    @Test func readsHowALeafletBeginsAndEnds() {
        func layout(_ line: String) -> (LeafletSpec.Layout?, [Diagnostic]) {
            let (spec, problems) = parse(
                "title: A\n\(line)formats: [a4]\nsections: [{page: rights, panel: cover}]\n")
            return (spec?.layout, problems)
        }
        #expect(layout("").0 == .guide)
        #expect(layout("layout: plain\n").0 == .plain)
        #expect(layout("layout: sheet\n").0 == .sheet)
        #expect(layout("layout: page\n").0 == .page)
        let (_, problems) = layout("layout: sheets\n")
        #expect(problems.count == 1)
        #expect(problems.first?.location?.range?.start.line == 2)
        #expect(problems.first?.help?.contains("sheet") ?? false)
    }

    @Test func leafletsStandByTheirOrderAndThenByName() {
        func spec(_ name: String, _ line: String) -> (LeafletSpec?, [Diagnostic]) {
            parse(
                "title: A\n\(line)formats: [a4]\nsections: [{page: rights}]\n", name: "leaflets/\(name).yml")
        }
        let specs = [("a", ""), ("b", "order: 2\n"), ("c", "order: 1\n"), ("d", ""), ("e", "order: 2\n")]
            .compactMap { spec($0.0, $0.1).0 }
        #expect(LeafletSpec.inOrder(specs).map(\.name) == ["c", "b", "e", "a", "d"])
        let (_, problems) = spec("f", "order: 0\n")
        #expect(problems.first?.location?.range?.start.line == 2)
    }

    @Test func readsEveryKindOfPart() throws {
        let (parsed, problems) = parse(
            """
            title: A guide
            subtitle: What you can do
            about: One paragraph.
            contents: yes
            formats: [booklet, a4]
            sections:
              - page: rights
                sections: [supporter, report]
                page-title: no
                optional: [report]
                paragraphs: 2
                panel: flap
              - write: My notes
                lines: 12
                panel: [back, flap]
              - fill-in: Your conference
                fields: [Date, Time]
              - contacts: [danger]
                optional: yes
            councils:
              southwark: no
              oxfordshire:
                formats: [a4]
                without: [rights#report]
            """)
        let spec = try #require(parsed)
        #expect(problems.isEmpty)
        #expect(spec.name == "guide")
        #expect(spec.parts.count == 4)
        guard case .page(let page) = spec.parts[0].content else {
            Issue.record("the first part is not a page")
            return
        }
        #expect(page.sections == ["supporter", "report"])
        #expect(!page.showsTitle)
        #expect(!page.showsIntroduction)
        #expect(spec.parts[0].panels == [.flap])
        #expect(page.paragraphs == 2)
        #expect(spec.parts[1].panels == [.back, .flap])
        #expect(spec.parts[2].panels == [.inside])
        #expect(spec.parts[0].optionalSections == ["report"])
        #expect(spec.parts[3].isOptional)
        #expect(spec.formats(for: "southwark").isEmpty)
        #expect(spec.formats(for: "oxfordshire") == [.a4])
        #expect(spec.formats(for: "cumbria") == [.booklet, .a4])
        #expect(
            spec.passages.map(\.plainText) == [
                "A guide", "What you can do", "One paragraph.", "My notes", "Your conference", "Date", "Time",
            ])
    }

    @Test func pageNamesMayBeWrittenAsFiles() throws {
        let (parsed, _) = parse(
            "title: T\nformats: [a4]\nsections:\n  - page: rights.md\n  - page: index\n")
        let paths = try #require(parsed).parts.map { part in
            if case .page(let page) = part.content { page.path } else { "?" }
        }
        #expect(paths == ["rights", ""])
    }

    @Test(arguments: [
        ("formats: [a4]\nsections: [{page: a}]\n", "MissingField", 1),
        ("title: T\nformats: [a5]\nsections: [{page: a}]\n", "UnknownValue", 2),
        ("title: T\nformats: [a4]\nsections:\n  - page: a\n    write: b\n", "InvalidLeafletPart", 4),
        ("title: T\nformats: [a4]\nsections:\n  - title: a\n", "InvalidLeafletPart", 4),
        ("title: T\nformats: [a4]\nsections:\n  - page: a\n    panle: flap\n", "UnknownKey", 5),
        ("title: T\nformats: [a4]\nsections:\n  - page: a\n    panel: front\n", "UnknownValue", 5),
        ("title: T\nformats: [a4]\nsections:\n  - page: a\n    panel: [inside, front]\n", "UnknownValue", 5),
        ("title: T\nformats: [a4]\nsections:\n  - page: a\n    paragraphs: 0\n", "WrongType", 5),
        ("title: T\nformats: [a4]\nsections:\n  - write: a\n    lines: 0\n", "WrongType", 5),
        ("title: T\nformats: [a4]\nsections:\n  - fill-in: a\n", "MissingField", 4),
        ("title: T\nformats: [a4]\nsections:\n  - page: a\ncouncils:\n  x: perhaps\n", "WrongType", 6),
    ])
    func mistakesAreFoundAtTheirLine(text: String, rule: String, line: Int) throws {
        let (_, problems) = parse(text)
        let problem = try #require(problems.first { $0.rule == rule }, "\(problems)")
        #expect(problem.location?.range?.start.line == line)
    }

    @Test(arguments: ["leaflets/My Leaflet.yml", "leaflets/-x.yml", "leaflets/é.yml", "leaflets/.yml"])
    func namesThatCannotBePartOfAnAddressAreErrors(file: String) {
        let (spec, problems) = parse("title: T\nformats: [a4]\nsections: [{page: a}]\n", name: file)
        #expect(spec == nil)
        #expect(problems.map(\.rule) == ["InvalidLeafletName"])
    }

    @Test func aFolderWithoutLeafletsIsNoProblem() {
        var diagnostics = Diagnostics()
        let specs = LeafletSpec.loadAll(
            from: "content", in: InMemoryFileSystem(["content/portal.yml": ""]), reporting: &diagnostics)
        #expect(specs.isEmpty)
        #expect(diagnostics.isEmpty)
    }
}

@Suite("A theme's leaflets")
struct LeafletThemeTests {
    @Test("a theme without one of its files is an error")
    func incomplete() {
        var diagnostics = Diagnostics()
        let files = InMemoryFileSystem(["theme/leaflets/leaflet.typ": "", "theme/leaflets/fonts.yml": ""])
        #expect(LeafletTheme.load(from: ["theme"], in: files, reporting: &diagnostics) == nil)
        #expect(diagnostics.sorted.map(\.rule) == ["IncompleteLeafletTheme"])
    }
}
