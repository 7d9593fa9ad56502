import Guidance
import Markdown
import Support
import Testing
import Workspace

/// The example portal, resolved in English; read once for all tests.
private let example: (portal: Portal?, editions: [String: Edition], diagnostics: [Diagnostic]) = {
    let files = LocalFileSystem()
    var diagnostics = Diagnostics()
    let portal = Portal.load(from: Repository.content, in: files, reporting: &diagnostics)
    var editions: [String: Edition] = [:]
    if let portal, let today = CalendarDate("2026-11-21") {
        let english = LanguageResources(
            language: .english, translator: nil, strings: englishStrings, review: nil)
        for council in portal.councils {
            let guidance = portal.guidance(of: council, in: files, reporting: &diagnostics)
            editions[council.id] =
                portal.editions(of: guidance, resources: [english], today: today, reporting: &diagnostics)
                .first
        }
    }
    return (portal, editions, diagnostics.sorted)
}()

private func words(_ edition: Edition) -> String {
    var parts: [String] = []
    for page in edition.pages {
        parts.append(page.title.plainText)
        page.introduction.forEachPassage { parts.append($0.plainText) }
        for section in page.allSections {
            parts.append(section.heading.plainText)
            section.blocks.forEachPassage { parts.append($0.plainText) }
        }
    }
    for contact in edition.contactGroups.flatMap(\.contacts) {
        parts.append(contact.name.plainText)
        parts += contact.ways.map { $0.text.replacing("\n", with: ", ") }
    }
    return parts.joined(separator: "\n")
}

@Suite("The example portal")
struct ExamplePortalTests {
    @Test("has no errors and no warnings about its own words")
    func sound() {
        #expect(
            example.diagnostics.isEmpty,
            "\(example.diagnostics.map { "\($0.location?.description ?? ""): \($0.message)" })")
        #expect(
            Set(example.editions.keys) == [
                "oxfordshire", "east-sussex", "cumbria", "southwark", "oxfordshire-board",
            ])
    }

    /// What the publications differ in, and who says it.
    static let published: [(String, Set<String>)] = [
        ("20 minutes", ["oxfordshire"]), ("30 minutes", ["southwark"]), ("3 working days", ["oxfordshire"]),
        ("next working day", ["oxfordshire"]), ("within 5 working days", ["oxfordshire"]),
        ("10 working days", ["oxfordshire", "cumbria"]), ("6 weeks", ["oxfordshire", "southwark"]),
        ("4 weeks", ["cumbria"]), ("2 weeks", ["oxfordshire"]),
        // England's own limits stand where a council gives none.
        ("3 months", ["oxfordshire", "east-sussex", "cumbria", "southwark"]),
        ("6 months", ["oxfordshire", "east-sussex", "cumbria", "southwark"]),
        ("15 working days", ["oxfordshire", "east-sussex", "cumbria", "southwark", "oxfordshire-board"]),
        ("Independent Chair", ["oxfordshire"]),
        ("Child Protection Chair", ["oxfordshire"]), ("called the chairperson", ["east-sussex"]),
        ("Independent Reviewing Officer", ["cumbria"]), ("called the independent chair", ["southwark"]),
        ("from the age of 11", ["cumbria"]), ("We record the sound", ["oxfordshire", "southwark"]),
        ("We ask you first if you agree", ["southwark"]),
        ("The people at the conference decide together", ["oxfordshire"]),
        ("Then the chair decides", ["east-sussex"]),
        ("The conference decides if there is a plan", ["cumbria"]),
        ("The conference recommends whether", ["southwark"]), ("one adult", ["east-sussex"]),
        ("usually listens and supports you, but does not speak", ["cumbria"]), ("full minutes", ["cumbria"]),
        ("quality assurance unit", ["southwark"]), ("Microsoft Teams", ["oxfordshire"]),
        ("01865 323589", ["oxfordshire"]), ("07717 420419", ["oxfordshire"]),
        ("CCANorth@oxfordshire.gov.uk", ["oxfordshire"]),
        ("CCASouth@oxfordshire.gov.uk", ["oxfordshire"]), ("CCACity@oxfordshire.gov.uk", ["oxfordshire"]),
        ("commentsandcomplaints@oxfordshire.gov.uk", ["oxfordshire"]),
        ("Freepost RRYR-XTBE-GBTZ", ["oxfordshire"]),
        ("01323 466606", ["east-sussex"]), ("020 7525 3977", ["southwark"]), ("020 7525 3722", ["southwark"]),
        ("SE15 5QS", ["southwark"]), ("17 Spa Road", ["southwark"]), ("Peckham Library", ["southwark"]),
        ("151 Walworth Road", ["southwark"]), ("CPConferenceAdmin@oxfordshire.gov.uk", ["oxfordshire-board"]),
        ("01865 815672", []),
        ("This is the usual order", ["oxfordshire", "east-sussex", "southwark"]),
        ("You also see the reports of the other professionals", ["oxfordshire"]),
        ("You get the social worker's report at least", ["oxfordshire"]),
        ("which reports you have seen", ["cumbria"]), ("Ask the chair first", ["oxfordshire"]),
        ("the social worker has probably told your partner", ["cumbria"]),
        ("Most of the conference takes place with you there", ["cumbria"]),
        ("If you are not there, a social worker visits you", ["cumbria"]),
        ("You hear whether there will be a plan", ["oxfordshire", "east-sussex"]),
        ("You hear if the conference recommends a plan", ["southwark"]),
        ("There is a guide for young people", ["east-sussex"]),
        ("from December 2007", ["southwark"]),
        ("0800 1111", ["oxfordshire", "east-sussex", "cumbria", "southwark", "oxfordshire-board"]),
        ("999", ["oxfordshire", "east-sussex", "cumbria", "southwark", "oxfordshire-board"]),
    ]

    @Test("shows each publisher's values on its pages and on no other's", arguments: published)
    func shows(_ value: String, _ councils: Set<String>) {
        #expect(Set(example.editions.filter { words($0.value).contains(value) }.keys) == councils)
    }

    /// Words that were on the pages and misled: they left out half of the law, gave parents a veto that they do
    /// not have, or made steps of what the sources offer as a choice.
    @Test(
        "says nothing that misled before",
        arguments: [
            "only a court", "everyone decides", "everyone makes the decision",
            "everyone at the conference decides",
            "first use all the steps", "hears everyone first",
        ])
    func neverAgain(_ misleading: String) {
        for (council, edition) in example.editions {
            #expect(!words(edition).lowercased().contains(misleading), "\(council)")
        }
    }

    @Test(
        "says whole who can take a child from home, in the short answer and in the long one",
        arguments: ["oxfordshire", "east-sussex", "cumbria", "southwark"])
    func powers(_ council: String) throws {
        let edition = try #require(example.editions[council])
        for (page, id) in [("about", "powers"), ("faq/my-children", "take-children")] {
            let section = try #require(edition.page(page)?.allSections.first { $0.id == id })
            var passages: [String] = []
            section.blocks.forEachPassage { passages.append($0.plainText) }
            #expect(passages.first?.hasPrefix("No. A conference cannot") == true)
            let answer = passages.joined(separator: " ")
            for part in [
                "A court can order", "in an emergency", "The police can keep a child safe for up to 72 hours",
                "You may be asked to agree", "You can say no. Get legal advice",
            ] {
                #expect(answer.lowercased().contains(part.lowercased()), "\(page): \(part)")
            }
            // The folded leaflet holds the short one.
            if page == "about" { #expect(answer.split(separator: " ").count <= 70) }
        }
    }

    @Test("makes no steps of who can be told about a complaint")
    func complaints() throws {
        for (council, edition) in example.editions {
            guard let page = edition.page("complaints") else { continue }
            let section = try #require(page.allSections.first { $0.id == "steps" })
            for case .list(let list) in section.blocks.map(\.content) {
                #expect(list.start == nil, "\(council)")
            }
        }
    }

    @Test("has Cumbria's agenda of nine items with both branches, and eight reasons to be asked to leave")
    func cumbria() throws {
        let edition = try #require(example.editions["cumbria"])
        func items(_ page: String, _ section: String) throws -> Int {
            let found = try #require(edition.page(page)?.allSections.first { $0.id == section })
            return found.blocks.reduce(0) { sum, block in
                if case .list(let list) = block.content { sum + list.items.count } else { sum }
            }
        }
        #expect(try items("on-the-day", "order") == 9)
        #expect(try items("on-the-day", "if-there-is-a-plan") == 2)
        #expect(try items("on-the-day", "if-there-is-no-plan") == 1)
        #expect(try items("being-asked-to-leave", "reasons") == 8)
        #expect(edition.council.validTo == CalendarDate("2025-03-31"))
        #expect(edition.council.successors.count == 2)
    }

    @Test("answers at least 45 questions for every council, each with words that families use")
    func questions() throws {
        for id in ["oxfordshire", "east-sussex", "cumbria", "southwark"] {
            let edition = try #require(example.editions[id])
            let questions = edition.pages.filter { $0.kind == .faq }.flatMap(\.sections)
            #expect(questions.count >= 45, "\(id)")
            #expect(questions.allSatisfy { $0.alsoAsked.count >= 3 && !$0.blocks.isEmpty })
        }
    }

    @Test("keeps the board's pages for professionals")
    func professionals() throws {
        let board = try #require(example.editions["oxfordshire-board"])
        #expect(board.pages.allSatisfy { $0.audience == .professionals })
        let families = try #require(example.editions["oxfordshire"])
        #expect(families.pages.allSatisfy { $0.audience != .professionals })
    }

    @Test("gives opening hours only with the date somebody checked them")
    func hours() {
        for contact in example.editions.values.flatMap(\.contactGroups).flatMap(\.contacts)
        where contact.hours != nil {
            #expect(contact.checked != nil)
        }
    }

    @Test("every fact has a source")
    func sources() throws {
        let portal = try #require(example.portal)
        for row in portal.factRows() + portal.contactRows() { #expect(row.source != nil, "\(row.name)") }
    }
}
