import Markdown
import Testing
import Translations
import Workspace

@testable import Guidance
@testable import Website

/// A page is kept as long as its key is the same: the key must be of everything that can be on it.
@Suite struct PageKeyTests {
    private let date = CalendarDate(dayNumber: 20_000)
    private let range = SourceRange(line: 3, column: 4)
    private let place = SourceLocation(file: "x.md", range: SourceRange(line: 3, column: 4))

    /// Whether a fingerprint changes with each property, and no property is left out.
    ///
    /// - Parameter derived: Stored properties that follow from others, and those behind one of another name.
    private func check<Value: Digestible>(
        _ value: Value, derived: Set<String> = [], _ changes: [String: (inout Value) -> Void]
    ) {
        let stored = Set(Mirror(reflecting: value).children.compactMap(\.label))
        #expect(Set(changes.keys) == stored.subtracting(derived), "\(Value.self)")
        let before = Digest.of(value)
        #expect(Digest.of(value) == before)
        for (name, change) in changes {
            var changed = value
            change(&changed)
            #expect(Digest.of(changed) != before, "\(Value.self).\(name)")
        }
    }

    @Test func editions() throws {
        let contact = Sample.contact("chair", ways: [Sample.phone])
        var edition = try Sample.edition([Sample.page("a")])
        edition.alternatives = [Alternative(language: .english, base: "a", paths: ["x"])]
        check(
            edition,
            [
                "portal": { $0.portal.baseURL += "/x" }, "council": { $0.council.name += "x" },
                "language": { $0.language = Language.all[3] },
                "sourceLanguage": { $0.sourceLanguage = Language.all[3] },
                "latin": { $0.latin = Language.all[3] }, "pages": { $0.pages = [] },
                "contactGroups": {
                    $0.contactGroups = [ContactGroup(id: "g", heading: Passage("G"), contacts: [])]
                }, "footerContacts": { $0.footerContacts = ["chair"] },
                "accessibility": {
                    $0.accessibility = AccessibilityDetails(status: .not, prepared: date, location: place)
                }, "councilLocation": { $0.councilLocation.file += "x" },
                "alternatives": { $0.alternatives[0].paths = ["y"] }, "review": { $0.review = .draft },
                "notice": { $0.notice = [.paragraph("N")] },
                "strings": { $0.strings = InterfaceStrings(["a": "b"]) },
                "today": { $0.today = date }, "assets": { $0.assets = ["a.svg"] },
                "withheld": { $0.withheld = $0.pages },
                "held": {
                    $0.held = [
                        HeldPassage(page: "a", message: "b", previous: "c", languages: [], location: place)
                    ]
                }, "heldTexts": { $0.heldTexts = ["Short": Passage("Before")] },
                "homeQuestions": { $0.homeQuestions = ["a#b"] },
                "homeContacts": { $0.homeContacts = ["g"] },
                "sideBySide": { $0.sideBySide = [Language.all[3]] },
                "firstContact": { $0.firstContact = Passage("F") },
                "phonesSocialWorkerFirst": { $0.phonesSocialWorkerFirst.toggle() },
                "namesSocialWorker": { $0.namesSocialWorker.toggle() },
            ])
        check(
            edition.portal,
            [
                "name": { $0.name = Passage("x") }, "description": { $0.description = nil },
                "baseURL": { $0.baseURL += "x" }, "isSingleCouncil": { $0.isSingleCouncil.toggle() },
                "allowsSearchEngines": { $0.allowsSearchEngines.toggle() }, "exit": { $0.exit.url += "x" },
            ])
        check(edition.portal.exit, ["url": { $0.url += "x" }, "audiences": { $0.audiences = [] }])
        check(
            edition.council,
            [
                "id": { $0.id += "x" }, "name": { $0.name += "x" }, "shortName": { $0.shortName += "x" },
                "nation": { $0.nation = .wales }, "website": { $0.website = nil },
                "validFrom": { $0.validFrom = date }, "validTo": { $0.validTo = date },
                "successors": { $0.successors = [.init(name: "n", url: nil, area: nil)] },
                "informationFrom": { $0.informationFrom = date }, "brand": { $0.brand.logo = "x" },
            ])
        check(
            edition.council.brand,
            [
                "colour": { $0.colour = "#000000" }, "darkColour": { $0.darkColour = "#000000" },
                "logo": { $0.logo = "a.svg" }, "location": { $0.location = place },
            ])
        check(
            CouncilIdentity.Successor(name: "n", url: "u", area: "a"),
            ["name": { $0.name = "" }, "url": { $0.url = nil }, "area": { $0.area = nil }])
        check(
            ContactGroup(id: "g", heading: Passage("G"), contacts: [contact]),
            [
                "id": { $0.id += "x" }, "heading": { $0.heading = Passage("x") },
                "contacts": { $0.contacts = [] },
            ])
        check(
            contact,
            [
                "id": { $0.id += "x" }, "name": { $0.name = Passage("x") },
                "purpose": { $0.purpose = Passage("x") },
                "ways": { $0.ways = [] }, "hours": { $0.hours = Passage("x") },
                "area": { $0.area = Passage("x") },
                "note": { $0.note = Passage("x") }, "relay": { $0.relay = .instead("18001") },
                "audience": { $0.audience = .professionals }, "source": { $0.source = "x" },
                "checked": { $0.checked = date }, "isCheckOverdue": { $0.isCheckOverdue.toggle() },
                "isNational": { $0.isNational.toggle() }, "canBeSaved": { $0.canBeSaved.toggle() },
                "location": { $0.location = place },
            ])
        check(
            Sample.phone,
            [
                "channel": { $0.channel = .text }, "text": { $0.text += "x" },
                "destination": { $0.destination = nil },
                "menu": { $0.menu = .option("1") }, "shown": { $0.shown += "x" },
            ])
        #expect(
            Digest.of(Contact.Relay.before("1")) != Digest.of(Contact.Relay.instead("1"))
                && Digest.of(PhoneNumber.Menu.option("1")) != Digest.of(PhoneNumber.Menu.extension("1")))
        check(
            AccessibilityDetails(status: .fully, prepared: date, location: place),
            [
                "publisher": { $0.publisher = "x" }, "contactID": { $0.contactID = "x" },
                "responseTime": { $0.responseTime = Passage("x") }, "status": { $0.status = .not },
                "prepared": { $0.prepared = Sample.today }, "reviewed": { $0.reviewed = date },
                "testedBy": { $0.testedBy = Passage("x") },
                "nonCompliance": { $0.nonCompliance = [Passage("x")] },
                "disproportionateBurden": { $0.disproportionateBurden = [Passage("x")] },
                "outOfScope": { $0.outOfScope = [Passage("x")] }, "tests": { $0.tests = [Passage("x")] },
                "notTested": { $0.notTested = [Passage("x")] }, "location": { $0.location.file += "x" },
            ])
        check(
            Alternative(language: .english, base: "a", paths: ["x"]),
            [
                "language": { $0.language = Language.all[3] }, "base": { $0.base += "x" },
                "paths": { $0.paths = ["y"] }, "strings": { $0.strings = InterfaceStrings(["a": "b"]) },
            ])
        // Behind what can be asked of it: its words, which of them are of the source language, and whether it says so.
        let words = InterfaceStrings(["a": "b"], untranslated: [])
        let english = InterfaceStrings(["a": "b"], untranslated: ["a"])
        #expect(
            Set([words, InterfaceStrings(["a": "c"]), english, english.marked].map { Digest.of($0) }).count
                == 4)
    }

    @Test func pages() {
        check(
            Sample.page("a"),
            [
                "path": { $0.path += "x" }, "kind": { $0.kind = .rights },
                "audience": { $0.audience = .professionals }, "reader": { $0.reader = .child },
                "title": { $0.title = Passage("x") }, "summary": { $0.summary = Passage("x") },
                "order": { $0.order += 1 },
                "reviewed": { $0.reviewed = date }, "reviewDue": { $0.reviewDue = date },
                "aliases": { $0.aliases = ["x"] }, "aliasLocations": { $0.aliasLocations = [place] },
                "formerIDs": { $0.formerIDs = [FormerID(id: "a", address: SectionAddress("b"))] },
                "introduction": { $0.introduction = [.paragraph("x")] },
                "sections": { $0.sections = [Sample.section("a", "A")] }, "coverage": { $0.coverage = 0.5 },
                "file": { $0.file += "x" }, "standing": { $0.standing = .kept },
                "review": { $0.review = .draft }, "stage": { $0.stage = .day },
                "testers": { $0.testers = [EasyTester(who: "x")] },
                "pictureCredits": {
                    $0.pictureCredits = [PictureCredit(source: "s", author: "a", licence: "l")]
                }, "steps": { $0.steps = ["a"] }, "sourceTitle": { $0.sourceTitle = Passage("x") },
            ])
        check(
            Sample.section("a", "A"),
            [
                "id": { $0.id += "x" }, "level": { $0.level += 1 }, "heading": { $0.heading = Passage("x") },
                "blocks": { $0.blocks = [.paragraph("x")] },
                "children": { $0.children = [Sample.section("b", "B")] },
                "alsoAsked": { $0.alsoAsked = ["x"] }, "answer": { $0.answer = .drawing },
                "twin": { $0.twin = SectionTwin(form: .full, address: SectionAddress("a#b")) },
                "sourceHeading": { $0.sourceHeading = Passage("x") },
                "deadline": {
                    $0.deadline = Deadline(steps: [], countsFirstDay: true, countsDays: true, isBefore: true)
                }, "file": { $0.file += "x" },
                "range": { $0.range = range },
            ])
    }

    @Test func text() {
        check(
            Passage("x"),
            [
                "inlines": { $0.inlines = [.code("x")] }, "translation": { $0.translation = .stale },
                "range": { $0.range = range },
            ])
        check(
            Block.paragraph("x"), derived: ["traits", "box"],
            ["content": { $0.content = .thematicBreak }, "range": { $0.range = range }])
        var marked = Block.paragraph("x")
        marked.attributes = Attributes(isYourTurn: true)
        #expect(Digest.of(marked) != Digest.of(Block.paragraph("x")))
        check(
            Block.List(items: []),
            [
                "start": { $0.start = 3 }, "isTight": { $0.isTight.toggle() },
                "items": { $0.items = [Block.Item(blocks: [])] },
            ])
        check(
            Block.Item(blocks: []), derived: ["box"],
            ["blocks": { $0.blocks = [.paragraph("x")] }])
        #expect(
            Digest.of(Block.Item(blocks: [], attributes: Attributes(id: "x")))
                != Digest.of(Block.Item(blocks: [])))
        check(
            Block.Table(alignments: [.none], header: [], rows: []),
            [
                "alignments": { $0.alignments = [.end] }, "header": { $0.header = [Passage("x")] },
                "rows": { $0.rows = [[]] },
            ])
        check(
            Attributes(),
            [
                "id": { $0.id = "x" }, "conditions": { $0.conditions = [Condition(.fact("x"))] },
                "removes": { $0.removes.toggle() }, "after": { $0.after = "x" },
                "isYourTurn": { $0.isYourTurn.toggle() }, "isEasy": { $0.isEasy.toggle() },
                "picture": { $0.picture = "x" },
                "isYourSeat": { $0.isYourSeat.toggle() },
                "deadline": { $0.deadline = "x" }, "answer": { $0.answer = .lines(3) },
                "ignoredRules": { $0.ignoredRules = ["x"] }, "reason": { $0.reason = "x" },
                "range": { $0.range = range },
            ])
        check(
            Condition(.fact("x")),
            [
                "subject": { $0.subject = .contact("x") }, "isNegated": { $0.isNegated.toggle() },
                "range": { $0.range = range },
            ])
        check(
            Inline.Link(destination: "d", content: []),
            [
                "destination": { $0.destination = "x" }, "title": { $0.title = "x" },
                "content": { $0.content = [.lineBreak] },
            ])
        check(
            Inline.Image(source: "s", alternative: "a"),
            [
                "source": { $0.source = "x" }, "title": { $0.title = "x" },
                "alternative": { $0.alternative += "x" },
            ])
        check(
            Inline.Placeholder(name: "n"), ["name": { $0.name += "x" }, "range": { $0.range = range }])
        check(
            Inline.Value(kind: .words, text: "t", name: "n"),
            [
                "kind": { $0.kind = .literal }, "text": { $0.text += "x" },
                "destination": { $0.destination = "d" },
                "name": { $0.name += "x" },
            ])
        // Kinds of text that hold the same.
        let kinds: [Inline] = [
            .text("x"), .code("x"), .emphasis([.text("x")]), .strong([.text("x")]),
            .strikethrough([.text("x")]),
        ]
        #expect(Set(kinds.map { Digest.of($0) }).count == kinds.count)
    }

    @Test func extras() {
        let file = EditionExtras.LeafletFile(path: "l.pdf", format: .a4, size: 3)
        let leaflet = EditionExtras.Leaflet(id: "l", title: Passage("L"), files: [file])
        check(
            EditionExtras(),
            [
                "search": { $0.search = .init(vocabulary: "v", index: "i") },
                "sourceSearch": { $0.sourceSearch = .init(vocabulary: "v", index: "i") },
                "leaflets": { $0.leaflets = [leaflet] }, "leafletArchive": { $0.leafletArchive = file },
                "desk": { $0.desk = [.init(language: .english, leaflets: [])] },
                "deskBase": { $0.deskBase = "b" },
            ])
        check(
            EditionExtras.DeskLanguage(language: .english, leaflets: []),
            [
                "language": { $0.language = Language(tag: "pl") ?? $0.language },
                "leaflets": { $0.leaflets = [leaflet] },
                "details": { $0.details = .init(title: Passage("D"), fields: []) },
            ])
        check(
            EditionExtras.Details(title: Passage("D"), fields: []),
            ["title": { $0.title = Passage("x") }, "fields": { $0.fields = [Passage("F")] }])
        check(
            EditionExtras.SearchFiles(vocabulary: "v", index: "i"),
            ["vocabulary": { $0.vocabulary = "x" }, "index": { $0.index = "x" }])
        check(
            leaflet,
            [
                "id": { $0.id += "x" }, "title": { $0.title = Passage("x") },
                "summary": { $0.summary = Passage("x") },
                "cover": {
                    $0.cover = .init(
                        path: "c.svg", picture: Array("<svg width=\"2\" height=\"3\"></svg>".utf8))
                }, "files": { $0.files = [] },
            ])
        check(
            file,
            [
                "path": { $0.path += "x" }, "format": { $0.format = nil }, "second": { $0.second = .english },
                "isForPrint": { $0.isForPrint.toggle() }, "isTyped": { $0.isTyped.toggle() },
                "pages": { $0.pages = 2 }, "sheets": { $0.sheets = 2 }, "size": { $0.size += 1 },
            ])
    }

    /// The keys of an edition's files.
    private func keys(_ edition: Edition, files: [String: [UInt8]] = [:]) throws -> [String: ContentHash] {
        let builder = SiteBuilder(theme: try Sample.plainTheme(), contentFiles: files)
        var keys: [String: ContentHash] = [:]
        builder.render(builder.plan(edition), madeBy: ContentHash("p")) { path, key in
            keys[path] = key
            return true
        } emit: { _, _, _, _ in
            Issue.record("rendered, although it was kept")
        }
        return keys
    }

    @Test func aPagesTextIsInItsOwnKeyAlone() throws {
        let pages = (0..<3).map { Sample.page("p\($0)", introduction: [.paragraph("x")]) }
        var changed = pages
        changed[1].introduction = [.paragraph("y")]
        let (before, after) = (try keys(Sample.edition(pages)), try keys(Sample.edition(changed)))
        #expect(before.filter { after[$0.key] != $0.value }.map(\.key) == ["avon/p1/index.html"])
    }

    @Test func whatListsShowIsInTheKeyOfEveryPage() throws {
        let pages = (0..<3).map { Sample.page("p\($0)") }
        var changed = pages
        changed[1].title = Passage("Another")
        let (before, after) = (try keys(Sample.edition(pages)), try keys(Sample.edition(changed)))
        #expect(before.keys.sorted() == after.keys.sorted())
        #expect(before.allSatisfy { after[$0.key] != $0.value })
    }

    @Test func whatASectionSaysFirstIsOnThePagesThatPointAtIt() throws {
        var first = Sample.page(
            "p", sections: [Sample.section("s", "S", [.paragraph("x"), .paragraph("y")])])
        var edition = try Sample.edition([first, Sample.page("q")])
        edition.homeQuestions = ["p#s"]
        let before = try keys(edition)
        first.sections[0].blocks[0] = .paragraph("z")
        edition.pages[0] = first
        let after = try keys(edition)
        #expect(before["avon/index.html"] != after["avon/index.html"])
        first.sections[0].blocks[1] = .paragraph("z")
        edition.pages[0] = first
        let again = try keys(edition)
        #expect(after["avon/index.html"] == again["avon/index.html"])
        #expect(after["avon/p/index.html"] != again["avon/p/index.html"])
    }

    @Test func aPictureThatChangesIsInTheKeys() throws {
        var edition = try Sample.edition([Sample.page("p")])
        edition.assets = ["a.svg"]
        let before = try keys(edition, files: ["a.svg": Array("<svg/>".utf8)])
        let after = try keys(edition, files: ["a.svg": Array("<svg />".utf8)])
        #expect(before.allSatisfy { after[$0.key] != $0.value })
    }
}
