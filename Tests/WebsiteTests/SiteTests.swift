import Markdown
import Testing
import Translations
import Workspace

@testable import Guidance
@testable import Website

@Suite struct SiteTests {
    private func edition(_ pages: [Page]) throws -> Edition { try Sample.edition(pages) }

    private func question(_ id: String, _ heading: String) -> Section {
        Sample.section(id, heading, [.paragraph("Yes.")])
    }

    // MARK: - Pages

    @Test func everyCouncilHasAHomePageAndEveryPageAFolder() throws {
        let site = try Sample.site([
            edition([Sample.page("rights", title: "Your rights"), Sample.page("a/b")])
        ])
        #expect(
            site.keys.filter { $0.hasSuffix(".html") }.sorted() == [
                "404.html", "avon/a/b/index.html", "avon/index.html", "avon/rights/index.html", "index.html",
            ])
        let page = try #require(site["avon/rights/index.html"])
        #expect(page.contains("<title>Your rights – Avon</title>"))
        #expect(page.contains("<a href=\"../rights/index.html\" aria-current=\"page\">Your rights</a>"))
        #expect(page.contains("<link rel=\"canonical\" href=\"https://guidance.example/avon/rights/\">"))
        #expect(page.contains("<a href=\"../index.html\">Home</a>"))
    }

    @Test func contactsAndWordsAreInTheNavigationHoweverManyPagesThereAre() throws {
        let many = (10..<50).map { Sample.page("page-\($0)") }
        let site = try Sample.site([
            edition(many + [Sample.page("contacts", kind: .contacts), Sample.page("words", kind: .glossary)])
        ])
        let page = try #require(site["avon/page-10/index.html"])
        let navigation = try #require(
            page.components(separatedBy: "<nav>").last?.components(separatedBy: "</nav>").first)
        #expect(navigation.contains("<a href=\"../contacts/index.html\">"))
        #expect(navigation.contains("<a href=\"../words/index.html\">"))
        #expect(navigation.components(separatedBy: "<a ").count - 1 == EditionPlan.navigationLimit)
    }

    @Test func theNavigationHasTheGroupsOfTheHomePageAndTheContactsFirst() {
        func entry(_ path: String, _ kind: PageKind = .page, _ stage: Stage? = nil) -> EditionPlan.Entry {
            EditionPlan.Entry(
                path: path, kind: kind.rawValue, title: Passage(path), summary: nil,
                stage: stage ?? Stage(kind))
        }
        let staged = [
            entry("plan", .page, .after), entry("about", .page, .before), entry("more"),
            entry("contacts", .contacts), entry("rights", .rights),
        ]
        let groups = NavigationGroup.groups(of: staged)
        #expect(groups.map(\.stage) == [nil, .before, .after, .help])
        #expect(
            groups.map { $0.entries.map(\.path) } == [["contacts"], ["about", "rights"], ["plan"], ["more"]])
        // Nobody has said when a page helps: the order is the pages' own.
        let plain = NavigationGroup.groups(of: [entry("more"), entry("contacts", .contacts)])
        #expect(plain.map { $0.entries.map(\.path) } == [["more", "contacts"]])
    }

    @Test func aSingleCouncilIsAtTheTop() throws {
        let site = try Sample.site([
            Sample.edition([Sample.page("rights")], portal: Sample.portal(isSingle: true))
        ])
        #expect(site["rights/index.html"] != nil)
        #expect(try #require(site["index.html"]).contains("data-kind=\"home\""))
    }

    @Test func listsQuestionsByTopicAndFromAToZ() throws {
        let site = try Sample.site([
            edition([
                Sample.page(
                    "faq/plan", kind: .faq, title: "The plan",
                    sections: [question("long", "How long?"), question("bring", "Can I bring someone?")]),
                Sample.page(
                    "faq/me", kind: .faq, title: "Me", sections: [question("afraid", "can I be afraid?")]),
            ])
        ])
        let landing = try #require(site["avon/faq/index.html"])
        #expect(landing.contains("<h2>The plan</h2><a href=\"../faq/plan/index.html#long\">How long?</a>"))
        let list = try #require(site["avon/faq/a-to-z/index.html"])
        #expect(
            list.contains(
                "<a href=\"../../faq/me/index.html#afraid\">can I be afraid?</a>"
                    + "<a href=\"../../faq/plan/index.html#bring\">Can I bring someone?</a>"
                    + "<a href=\"../../faq/plan/index.html#long\">How long?</a>"))
        let topic = try #require(site["avon/faq/plan/index.html"])
        #expect(
            topic.contains(
                "<h2>How long?</h2>\n<a class=\"permalink\" href=\"#long\"><span aria-hidden=\"true\">#</span><span class=\"hidden\">Link to this question: How long?</span></a>\n<div>"
            ))
    }

    @Test func aSingleFAQFileIsItsOwnLandingPage() throws {
        let site = try Sample.site([
            edition([
                Sample.page(
                    "faq", kind: .faq, title: "Questions",
                    sections: [question("a", "A?"), question("b", "B?")])
            ])
        ])
        let page = try #require(site["avon/faq/index.html"])
        #expect(
            page.contains("<a href=\"#a\">A?</a>") && page.contains("<section class=\"question\" id=\"a\">"))
    }

    @Test func contactsAreCardsWithAFileToSave() throws {
        var edition = try edition([])
        edition.contactGroups = [
            ContactGroup(
                id: "now", heading: Passage("Now"),
                contacts: [
                    Sample.contact(
                        "chair", ways: [Sample.phone], checked: CalendarDate(year: 2026, month: 11, day: 1),
                        canBeSaved: true),
                    Sample.contact(
                        "post", ways: [.init(channel: .post, text: "County Hall\nOX1 1ND", destination: nil)],
                        canBeSaved: true),
                    Sample.contact("helpline", ways: [Sample.phone]),
                    Sample.contact(
                        "emergency", ways: [.init(channel: .phone, text: "999", destination: "tel:999")]),
                ])
        ]
        let site = try Sample.site([edition])
        let page = try #require(site["avon/contacts/index.html"])
        #expect(page.contains("<a href=\"tel:+441632960000\">01632 960 000</a>"))
        #expect(page.contains("Last checked on 1 November 2026"))
        #expect(page.contains("ALL: We checked some of these numbers on 1 November 2026."))
        #expect(page.contains("<bdi dir=\"ltr\" translate=\"no\">County Hall, OX1 1ND</bdi>UNCHECKED"))
        #expect(page.contains("<a href=\"../contacts/chair.vcf\">"))
        #expect(
            site["avon/contacts/chair.vcf"]
                == "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;Chair;;;\r\nFN:Chair\r\nORG:Avon Council\r\n"
                + "TEL;TYPE=WORK,VOICE:+441632960000\r\nEND:VCARD\r\n")
        #expect(
            try #require(site["avon/contacts/post.vcf"]).contains(
                "ADR;TYPE=WORK:;;County Hall\\, OX1 1ND;;;;"))
        // What nobody has said can be saved is not offered: found on a watched phone, a helpline is a danger.
        #expect(!page.contains("helpline.vcf") && site["avon/contacts/helpline.vcf"] == nil)
        #expect(
            page.contains(
                "DANGER <a href=\"tel:999\">In danger now? Call <bdi dir=\"ltr\" translate=\"no\">999</bdi></a>"
            ))
    }

    @Test func contactsOfOneNameAreOneService() throws {
        var edition = try edition([])
        func contact(_ id: String, _ name: String, _ number: String) -> Contact {
            var contact = Sample.contact(
                id, ways: [.init(channel: .phone, text: number, destination: "tel:\(number)")])
            contact.name = Passage(name)
            return contact
        }
        edition.contactGroups = [
            ContactGroup(
                id: "now", heading: Passage("Now"),
                contacts: [
                    contact("a", "Complaints", "1"), contact("b", "Complaints, by night", "2"),
                    contact("c", "NYAS, an advocate", "3"), contact("d", "لغات، الشمال", "4"),
                    contact("e", "لغات، الجنوب", "5"),
                ])
        ]
        let template =
            "{{#groups}}{{#services}}[{{{name}}}:{{#contacts}} {{id}} {{{part}}}{{/contacts}}]{{/services}}{{/groups}}"
        let theme = try Sample.plainTheme(["templates/contacts.mustache": template])
        let page = try #require(try Sample.site([edition], theme: theme)["avon/contacts/index.html"])
        #expect(
            page.contains(
                "[Complaints: contact-a  contact-b by night][NYAS, an advocate: contact-c ]"
                    + "[لغات: contact-d الشمال contact-e الجنوب]"), "\(page)")
    }

    @Test func theStatementIsOnlyThereWithItsFacts() throws {
        var edition = try edition([])
        #expect(try Sample.site([edition])["avon/accessibility/index.html"] == nil)
        edition.contactGroups = [
            ContactGroup(
                id: "g", heading: Passage("G"), contacts: [Sample.contact("web", ways: [Sample.phone])])
        ]
        edition.accessibility = AccessibilityDetails(
            contactID: "web", responseTime: nil, status: .partially, prepared: Sample.today, reviewed: nil,
            testedBy: nil, nonCompliance: [Passage("No captions")], disproportionateBurden: [],
            outOfScope: [],
            location: SourceLocation(file: "x"))
        let page = try #require(try Sample.site([edition])["avon/accessibility/index.html"])
        #expect(page.contains("partially compliant") && page.contains("equalityadvisoryservice.com"))
        #expect(
            page.contains("21 November 2026") && page.contains("<li>No captions</li>")
                && page.contains("|Web"))
        edition.council.nation = .northernIreland
        #expect(
            try #require(try Sample.site([edition])["avon/accessibility/index.html"]).contains(
                "equalityni.org"))
    }

    @Test func pagesForProfessionalsAreApart() throws {
        let site = try Sample.site([
            edition([
                Sample.page("rights", title: "Rights"),
                Sample.page("forms", audience: .professionals, title: "Forms"),
                Sample.page(
                    "faq/work", kind: .faq, audience: .professionals, sections: [question("a", "A?")]),
            ])
        ])
        let family = try #require(site["avon/rights/index.html"])
        #expect(!family.contains("Forms") && family.contains("EXIT https://weather.example"))
        let professional = try #require(site["avon/forms/index.html"])
        #expect(professional.contains("Forms</a>") && !professional.contains("EXIT"))
        #expect(
            try #require(site["avon/index.html"]).contains(
                "Rights</a>|<a href=\"forms/index.html\">Forms</a>"))
        #expect(site["avon/faq/index.html"] == nil)
    }

    @Test func pagesOfOneShapeAreStillForTheirOwnReaders() throws {
        let theme = try Sample.plainTheme([
            "templates/page.mustache":
                "{{#is-professional}}STAFF{{/is-professional}}{{audience}} {{{title}}}"
        ])
        let site = try Sample.site(
            [
                edition([
                    Sample.page("rights", title: "Rights"),
                    Sample.page("forms", audience: .professionals, title: "Forms"),
                    Sample.page("plan", title: "Plan"),
                ])
            ], theme: theme)
        for (path, text) in [
            ("rights", "families Rights"), ("forms", "STAFFprofessionals Forms"), ("plan", "families Plan"),
        ] {
            #expect(try #require(site["avon/\(path)/index.html"]).contains(">\(text)</main>"))
        }
    }

    @Test func anEndedCouncilSaysSoOnEveryPage() throws {
        var council = Sample.council()
        council.validTo = CalendarDate("2025-03-31")
        council.successors = [.init(name: "New Council", url: "https://new.example", area: nil)]
        let site = try Sample.site([Sample.edition([Sample.page("rights")], council: council)])
        for path in ["avon/index.html", "avon/rights/index.html"] {
            let page = try #require(site[path])
            #expect(page.contains("Avon Council ended on 31 March 2025"))
            #expect(page.contains("[New Council https://new.example]"))
        }
    }

    @Test(arguments: [
        ("2026-11-20", true), ("2026-11-21", false), ("2026-11", false), ("2026-10", true), ("2026", false),
        ("2025", true),
    ]) func aCouncilEndsWhenItsLastDayIsOver(_ end: String, _ isOver: Bool) throws {
        #expect(try #require(CalendarDate(end)).isOver(on: Sample.today) == isOver)
    }

    @Test func oldInformationIsNamedByItsDate() throws {
        var council = Sample.council()
        council.informationFrom = CalendarDate("2007-12")
        let page = try #require(try Sample.site([Sample.edition([], council: council)])["avon/index.html"])
        #expect(page.contains("<i>This information is from December 2007."))
        council.informationFrom = CalendarDate("2024-01")
        #expect(
            try !#require(try Sample.site([Sample.edition([], council: council)])["avon/index.html"])
                .contains("<i>"))
    }

    @Test func aReviewSaysWhatItMeansWhereFactsAreOldOrEnded() throws {
        var page = Sample.page("plan")
        page.reviewed = CalendarDate("2026-11-20")
        func text(_ council: CouncilIdentity) throws -> String {
            try #require(try Sample.site([Sample.edition([page], council: council)])["avon/plan/index.html"])
        }
        var council = Sample.council()
        #expect(try text(council).contains("Last reviewed on 20 November 2026"))
        council.informationFrom = CalendarDate("2007-12")
        #expect(
            try text(council).contains(
                "We last looked at the words on this page on 20 November 2026. The facts are from December 2007."
            ))
        council.validTo = CalendarDate("2025-03-31")
        let ended = try text(council)
        #expect(ended.contains("an organisation that ended on 31 March 2025."))
        #expect(!ended.contains("Last reviewed"))
    }

    @Test(arguments: [("2007-12", true), ("2024-01", false)])
    func aNumberOfOldInformationStandsOnlyBesideItsAge(_ from: String, _ isOld: Bool) throws {
        var council = Sample.council()
        council.informationFrom = CalendarDate(from)
        var edition = try Sample.edition([Sample.page("contacts", kind: .contacts)], council: council)
        func own(_ id: String, _ number: String, checked: CalendarDate? = nil) -> Contact {
            Sample.contact(
                id, ways: [.init(channel: .phone, text: number, destination: "tel:\(number)")],
                checked: checked, canBeSaved: true)
        }
        edition.contactGroups = [
            ContactGroup(
                id: "g", heading: Passage("G"),
                contacts: [own("first", "01"), own("checked", "02", checked: Sample.today)])
        ]
        let theme = try Sample.plainTheme([
            "templates/home.mustache":
                "{{#main-contacts}}{{#ways}}<b>{{{text}}}</b>{{/ways}}{{/main-contacts}}"
        ])
        let site = try Sample.site([edition], theme: theme)
        let home = try #require(site["avon/index.html"])
        #expect(home.contains("<b>01</b>") != isOld)
        #expect(home.contains("<b>02</b>") == isOld)
        let cards = try #require(site["avon/contacts/index.html"])
        let age = "This is from December 2007. Nobody has checked it since."
        #expect(cards.contains(age) == isOld)
        #expect(cards.contains("UNCHECKED") != isOld)
        let card = try #require(site["avon/contacts/first.vcf"]).replacing("\r\n ", with: "")
        #expect(card.contains("NOTE:This is from December 2007") == isOld)
        #expect(try !#require(site["avon/contacts/checked.vcf"]).contains("December 2007"))
    }

    // MARK: - Languages

    private func bilingual() throws -> [Edition] {
        let polish = try Sample.language("pl")
        var english = try edition([Sample.page("rights"), Sample.page("plan")])
        var other = try Sample.edition([Sample.page("rights")], language: polish)
        let alternatives = [
            Alternative(language: .english, base: "avon", paths: ["rights", "plan"]),
            Alternative(language: polish, base: "avon/pl", paths: ["rights"]),
        ]
        english.alternatives = alternatives
        other.alternatives = alternatives
        other.pages[0].introduction = [Block(.paragraph(Passage("English").with(.missing)))]
        return [english, other]
    }

    @Test func languagesLeadToTheSamePageWhereThereIsOne() throws {
        let site = try Sample.site(try bilingual())
        let both = try #require(site["avon/pl/rights/index.html"])
        #expect(both.contains("<a lang=\"en\" href=\"../../../avon/rights/index.html\">English</a>"))
        #expect(both.contains("<link hreflang=\"pl\" href=\"https://guidance.example/avon/pl/rights/\">"))
        #expect(both.contains("<link hreflang=\"x-default\" href=\"https://guidance.example/avon/rights/\">"))
        #expect(
            both.contains("Some of this page is not translated yet.")
                && both.contains("href=\"../../../avon/rights/index.html\">source"))
        let one = try #require(site["avon/plan/index.html"])
        #expect(one.contains("<a lang=\"pl\" href=\"../../avon/pl/index.html\" data-away>Polski</a>"))
        #expect(!one.contains("hreflang"))
    }

    @Test func theSitemapHasOnlyWhatIsReallyThere() throws {
        let site = try Sample.site(try bilingual())
        let map = try #require(site["sitemap.xml"])
        #expect(map.contains("<loc>https://guidance.example/avon/plan/</loc></url>"))
        #expect(
            map.contains(
                "<loc>https://guidance.example/avon/pl/rights/</loc>"
                    + "<xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://guidance.example/avon/rights/\"/>"
                    + "<xhtml:link rel=\"alternate\" hreflang=\"pl\" href=\"https://guidance.example/avon/pl/rights/\"/>"
            ))
        #expect(!map.contains("pl/plan"))
    }

    // MARK: - The whole site

    @Test func theChooserPutsCurrentCouncilsFirst() throws {
        var ended = Sample.council("cumber", name: "Cumber")
        ended.validTo = CalendarDate("2025-03-31")
        var old = Sample.council("aged", name: "Aged")
        old.informationFrom = CalendarDate("2007")
        let site = try Sample.site([
            Sample.edition([], council: ended), Sample.edition([], council: old),
            Sample.edition([], council: Sample.council("zed", name: "Zed & Co")),
            Sample.edition([], council: Sample.council("bee", name: "Bee")),
        ])
        #expect(
            try #require(site["index.html"]).contains(
                "<ul><li><a href=\"bee/index.html\">Bee</a></li><li><a href=\"zed/index.html\">Zed &amp; Co</a></li></ul>"
                    + "<ol><li><a href=\"aged/index.html\">Aged</a> information from 2007</li>"
                    + "<li><a href=\"cumber/index.html\">Cumber</a> ended on 31 March 2025</li></ol>"))
    }

    /// Who is there may not know yet which council is theirs: a number that one of them lacks could be the wrong one.
    @Test func theChooserHasTheNumbersThatEveryCouncilForFamiliesHas() throws {
        func edition(_ id: String, _ footer: [String], audience: Audience = .families) throws -> Edition {
            var edition = try Sample.edition(
                [Sample.page("x", audience: audience)], council: Sample.council(id))
            edition.contactGroups = [
                ContactGroup(
                    id: "g", heading: Passage("G"),
                    contacts: ["night & day", "other"].map {
                        Sample.contact($0, ways: [Sample.phone], isNational: true)
                    } + [Sample.contact("own", ways: [Sample.phone])])
            ]
            edition.footerContacts = footer
            return edition
        }
        let theme = try Sample.plainTheme([
            "templates/layout.mustache":
                "{{{main}}}{{#has-helplines}}{{#helplines}}[{{{name}}}: {{{text}}} {{href}}]{{/helplines}}{{/has-helplines}}"
        ])
        let editions = [
            try edition("avon", ["other", "night & day", "own"]),
            try edition("bourne", ["own", "night & day"]),
            try edition("staff", [], audience: .professionals),
        ]
        let site = try Sample.site(editions, theme: theme)
        for page in ["index.html", "404.html"] {
            #expect(try #require(site[page]).hasSuffix("[Night &amp; Day: 01632 960 000 tel:+441632960000]"))
        }
        // An edition that is not made again has the same.
        let plan = SiteBuilder(theme: theme, contentFiles: [:]).plan(editions[0])
        let record = EditionRecord(EditionSummary(plan))
        #expect(EditionRecord.read(record.lines.map { $0[...] }) == [record])
        #expect(record.helplines.map(\.name) == ["Other", "Night & Day"])
    }

    @Test func oldAddressesLeadToTheirPages() throws {
        let site = try Sample.site([
            edition([
                Sample.page("rights", title: "Your <rights>", aliases: ["old/address", "plan", "../up", ""]),
                Sample.page("plan"),
            ])
        ])
        #expect(
            site["avon/old/address/index.html"]
                == "<meta http-equiv=\"refresh\" content=\"0; url=../../../avon/rights/index.html\">"
                + "<link rel=\"canonical\" href=\"https://guidance.example/avon/rights/\">"
                + "<a href=\"../../../avon/rights/index.html\">Go to: Your &lt;rights&gt;</a>")
        // A page is never covered, and nothing is written outside.
        #expect(try #require(site["avon/plan/index.html"]).contains("<h1>"))
        #expect(!site.keys.contains { $0.contains("..") })
    }

    @Test func searchEnginesAreKeptAwayWhereThePortalSaysSo() throws {
        let open = try Sample.site([edition([Sample.page("x")])])
        #expect(
            open["robots.txt"] == "User-agent: *\nAllow: /\n\nSitemap: https://guidance.example/sitemap.xml\n"
        )
        #expect(try !#require(open["avon/x/index.html"]).contains("noindex"))
        let hidden = try Sample.site([
            Sample.edition([Sample.page("x")], portal: Sample.portal(searchEngines: false))
        ])
        #expect(hidden["robots.txt"] == "User-agent: *\nDisallow: /\n")
        for path in ["avon/x/index.html", "avon/index.html", "index.html", "404.html"] {
            #expect(try #require(hidden[path]).contains("noindex"))
        }
    }

    @Test func thePageForUnknownAddressesWorksAtAnyDepth() throws {
        var portal = Sample.portal()
        portal.baseURL = "https://guidance.example/families"
        let site = try Sample.site([Sample.edition([], portal: portal)])
        #expect(try #require(site["404.html"]).contains("<a href=\"/families/index.html\">"))
        #expect(PortalPages.basePath("https://guidance.example") == "/")
    }

    /// A heading "Content", or one named as a contact's card is, must not make two of one id.
    @Test func aSectionMayHaveTheNameOfAnyPartOfTheTheme() throws {
        let words = [
            "content", "contrast", "search", "search-panel", "size-1", "professionals", "what-next", "asked",
            "report", "letter-1", "stage-day", "topic-x", "leaflet-x", "contact-chair", "group-other",
        ]
        let contacts = [Sample.contact("chair", ways: [Sample.phone])]
        let group = ContactGroup(id: "other", heading: Passage("Others"), contacts: contacts)
        let pages = [
            ("x", PageKind.page), ("", .page), ("contacts", .contacts), ("faq/x", .faq), ("faq", .faq),
        ]
        .map { path, kind in
            Sample.page(path, kind: kind, sections: words.map { Sample.section($0, $0) })
        }
        var edition = try edition(pages)
        edition.contactGroups = [group]
        let site = try Sample.site([edition], theme: Sample.theme())
        for (path, html) in site where path.hasSuffix(".html") {
            let ids = html.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
            #expect(ids.count == Set(ids).count, "\(path)")
        }
        let page = try #require(site["avon/contacts/index.html"])
        #expect(page.contains("<h2 id=\"_group-other\">") && page.contains("href=\"#_group-other\""))
    }

    @Test func theSameInputGivesTheSameBytesAlsoOfSomePages() throws {
        let pages = (0..<40).map {
            Sample.page("p\($0)", sections: [question("a", "A \($0)"), question("b", "B")])
        }
        let theme = try Sample.theme()
        let editions = [try edition(pages)]
        let first = try Sample.site(editions, theme: theme)
        #expect(try Sample.site(editions, theme: theme) == first)
        var diagnostics = Diagnostics()
        let again = Theme.load(in: Sample.themesFolder, files: LocalFileSystem(), reporting: &diagnostics)
        #expect(try Sample.site([edition(pages)], theme: again) == first)
        let builder = SiteBuilder(theme: theme)
        let plan = builder.plan(editions[0])
        var parts: [String: String] = [:]
        var kept = 0
        builder.render(plan, madeBy: ContentHash("program")) { path, _ in
            guard path.contains("p1") else { return false }
            kept += 1
            return true
        } emit: { path, bytes, _, _ in
            parts[path] = String(decoding: bytes, as: UTF8.self)
        }
        #expect(parts.allSatisfy { first[$0.key] == $0.value } && parts.count == plan.count - kept)
        #expect(kept == 11)
    }

    @Test func aChangedPageChangesNoOther() throws {
        let pages = (0..<5).map { Sample.page("p\($0)", introduction: [.paragraph("x")]) }
        var changed = pages
        changed[2].introduction = [.paragraph("y")]
        let (before, after) = (try Sample.site([edition(pages)]), try Sample.site([edition(changed)]))
        #expect(before.filter { after[$0.key] != $0.value }.map(\.key) == ["avon/p2/index.html"])
    }

    @Test func namesWithoutMeaningInAnAddressAreEncoded() throws {
        let site = try Sample.site([edition([Sample.page("a b\"c"), Sample.page("żółw")])])
        let page = try #require(site["avon/a b\"c/index.html"])
        #expect(page.contains("href=\"https://guidance.example/avon/a%20b%22c/\""))
        #expect(page.contains("href=\"../%C5%BC%C3%B3%C5%82w/index.html\""))
    }

    private static let pack: [EditionExtras.Leaflet] = [
        .init(
            id: "guide", title: Passage("A guide"),
            files: [
                .init(path: "l/guide-booklet.pdf", format: .booklet, pages: 12, size: 1),
                .init(
                    path: "l/guide-booklet-print.pdf", format: .booklet, isForPrint: true, sheets: 3, size: 1),
                .init(path: "l/guide-a4.pdf", format: .a4, pages: 8, sheets: 4, size: 1),
                .init(path: "l/guide-epub.epub", format: .epub, size: 1),
            ]),
        .init(
            id: "day", title: Passage("The day"),
            files: [
                .init(path: "l/day-a4.pdf", format: .a4, pages: 2, sheets: 1, size: 1),
                .init(path: "l/day-large-print.pdf", format: .largePrint, pages: 4, sheets: 2, size: 1),
            ]),
        .init(
            id: "book", title: Passage("A book"),
            files: [.init(path: "l/book-epub.epub", format: .epub, size: 1)]),
    ]

    /// Of the first format on paper one file to read and one to print; the rest is behind them, and how to print is said
    /// once for the page.
    @Test func aLeafletIsReadOrPrintedInOneStep() throws {
        var extras = EditionExtras()
        extras.leaflets = Self.pack
        let page = try #require(
            try Sample.site([edition([])], extras: extras)["avon/leaflets/index.html"])
        func has(_ text: String) { #expect(page.contains(text), "\(text)\n\(page)") }
        has(
            "A guide[../../l/guide-booklet.pdf Pages: 12][../../l/guide-booklet-print.pdf Sheets of paper: 3]"
        )
        has("(../../l/guide-a4.pdf: A4. )(../../l/guide-epub.epub: E-book. )")
        has("The day[../../l/day-a4.pdf Pages: 2][../../l/day-a4.pdf Sheets of paper: 1]")
        has("(../../l/day-large-print.pdf: Large print, A4. )")
        has("A book[../../l/book-epub.epub ]<a")
        #expect(page.matches(of: /<dl>/).count == 2)
        has(
            "<dl>A4; Large print, A4; Print on both sides of A4 paper, at 100%, and flip on the long edge.</dl>"
        )
        #expect(!page.contains("print-desk"))
    }

    /// Staff find the file for the printer by the titles and sizes that they know, whatever language a family reads.
    @Test func thePrintDeskHasTheFilesForThePrinterInEveryLanguage() throws {
        var (english, polish) = (EditionExtras(), EditionExtras())
        var ulotka = Self.pack[0]
        ulotka.title = Passage("Przewodnik")
        var untranslated = Passage("Place")
        untranslated.translation = .missing
        let pl = try Sample.language("pl")
        ulotka.files += [
            .init(path: "l/both-a4.pdf", format: .a4, second: .english, pages: 3, size: 1),
            .init(
                path: "l/both-a4-print.pdf", format: .a4, second: .english, isForPrint: true, sheets: 2,
                size: 1),
        ]
        english.leaflets = Self.pack
        english.desk = [
            .init(
                language: .english, leaflets: Self.pack,
                details: .init(
                    title: Passage("Your conference"), fields: [Passage("Date"), Passage("Place")])),
            .init(
                language: pl, leaflets: [ulotka],
                details: .init(title: Passage("Konferencja"), fields: [Passage("Data"), untranslated])),
        ]
        (english.deskBase, polish.deskBase) = ("avon", "avon")
        polish.leaflets = [ulotka]
        let site = try Sample.site([edition([])], extras: english)
        let desk = try #require(site["avon/leaflets/print-desk/index.html"])
        func has(_ text: String) { #expect(desk.contains(text), "\(text)\n\(desk)") }
        has(
            "<li>A guide|[../../../l/guide-booklet-print.pdf A5 booklet. Sheets of paper: 3][../../../l/guide-a4.pdf A4. Sheets of paper: 4]</li>"
        )
        has(
            "<li>The day|[../../../l/day-a4.pdf A4. Sheets of paper: 1][../../../l/day-large-print.pdf Large print, A4. Sheets of paper: 2]</li>"
        )
        has("Polish<li>A guide|Przewodnik[")
        // Two languages at once are a choice of their own.
        has(
            "Polish + English<li>A guide|Przewodnik[../../../l/both-a4-print.pdf A4. Sheets of paper: 2]</li>"
        )
        #expect(desk.matches(of: /both-a4/).count == 1)
        has("Konferencja<b>Data</b><b><span lang=\"en\" dir=\"ltr\">Place</span></b>")
        // It is for staff: no way out of a family's page, no place in the menu, but at the foot of the leaflets.
        #expect(!desk.contains("EXIT") && !desk.contains("A book"))
        let list = try #require(site["avon/leaflets/index.html"])
        #expect(
            list.contains("<a href=\"../../avon/leaflets/print-desk/index.html\">Print desk for staff</a>"))
        #expect(!(try #require(site["avon/index.html"])).contains("print-desk"))
        // The other languages lead to it and have none of their own.
        var other = try edition([])
        other.language = pl
        let polishSite = try Sample.site([other], extras: polish)
        #expect(polishSite["avon/leaflets/print-desk/index.html"] == nil)
        #expect(
            try #require(polishSite.first { $0.key.hasSuffix("leaflets/index.html") }).value.contains(
                "print-desk"))
    }

    @Test func leafletsSayWhatTheyAreAndHowLarge() throws {
        var extras = EditionExtras()
        extras.leaflets = [
            .init(
                id: "guide", title: Passage("A guide"),
                files: [
                    .init(
                        path: "avon/leaflets/guide-a4.pdf", format: .a4, pages: 8, sheets: 4, size: 120_001),
                    .init(path: "avon/leaflets/guide-booklet.pdf", format: .booklet, pages: 12, size: 1),
                    .init(
                        path: "avon/leaflets/guide-booklet-print.pdf", format: .booklet, isForPrint: true,
                        sheets: 3, size: 1),
                ])
        ]
        let page = try #require(
            try Sample.site([edition([])], extras: extras)["avon/leaflets/index.html"])
        for (file, label) in [
            ("guide-a4", "A guide: A4. To read or print</a> 121 kB"),
            ("guide-booklet", "A guide: A5 booklet. To read on a screen</a> 1 kB"),
            ("guide-booklet-print", "A guide: A5 booklet. For the printer</a> 1 kB"),
        ] {
            #expect(page.contains("<a href=\"../../avon/leaflets/\(file).pdf\">\(label)"), "\(page)")
        }
    }

    @Test(arguments: [
        ("en", ["b", "a", "ä z", "Zz"], ["a", "ä z", "b", "Zz"]),
        ("pl", ["mi", "łu", "la", "ćma", "co"], ["co", "ćma", "la", "łu", "mi"]),
        ("uk", ["їжа", "йти", "іти"], ["іти", "їжа", "йти"]),
        ("bn", ["খবর", "কি", "অংশ", "কাজ", "হাত", "আমি"], ["অংশ", "আমি", "কাজ", "কি", "খবর", "হাত"]),
        ("ur", ["ٹوپی", "تم", "پانی", "بات", "ڈر", "دن"], ["بات", "پانی", "تم", "ٹوپی", "دن", "ڈر"]),
        ("cy", ["chwarae", "cyfarfod", "dydd"], ["cyfarfod", "chwarae", "dydd"]),
    ])
    func ordersByTheLanguagesOwnAlphabet(_ tag: String, _ texts: [String], _ expected: [String]) throws {
        let alphabet = Alphabet(try Sample.language(tag))
        #expect(alphabet.sorted(texts) { $0 } == expected)
    }

    @Test func alphabetsNameLettersAsTheirLanguagesDo() throws {
        #expect(Alphabet(try Sample.language("pl")).initial(of: "łatwo") == "Ł")
        #expect(Alphabet(.english).initial(of: "“élan”") == "E")
        #expect(Alphabet(try Sample.language("ar")).initial(of: "أين") == "ا")
        #expect(Alphabet(try Sample.language("pl")).initial(of: "ósmy") == "Ó")
        #expect(Alphabet(try Sample.language("uk")).initial(of: "їжа") == "Ї")
        #expect(Alphabet(try Sample.language("bn")).initial(of: "কি হবে?") == "ক")
        #expect(Alphabet(.english).initial(of: "18 or over?") == nil)
    }

    @Test func aListIsDividedOnlyWhereThereAreManyLetters() throws {
        let few = ["Can I?", "Do I?", "Can they?"]
        let many = "abcdefghijkl".map { "\($0)" }
        let english = Alphabet(.english)
        #expect(english.groups(few) { $0 }.map(\.letter) == [nil])
        #expect(english.groups(few) { $0 }.flatMap(\.items) == ["Can I?", "Can they?", "Do I?"])
        #expect(english.groups(many) { $0 }.map(\.letter) == many.map { $0.uppercased() })
        #expect(english.groups(few, least: 1) { $0 }.map(\.letter) == ["C", "D"])
        #expect(Alphabet(try Sample.language("zh-Hans")).groups(many) { $0 }.map(\.letter) == [nil])
    }

    /// The shown parts of a home page, each as title, place and answer.
    private func home(_ change: (inout Edition) -> Void) throws -> String {
        var meeting = Sample.page("faq/the-meeting", kind: .faq, title: "The meeting")
        meeting.sections = [
            Sample.section(
                "court", "Is it a court?", [.paragraph("No. It is a meeting."), .paragraph("More.")])
        ]
        var after = Sample.page("plan", title: "The plan")
        after.stage = .after
        var letter = Sample.page("letter", title: "I have a letter")
        letter.steps = ["plan", "faq/the-meeting#court", "gone", "plan#gone"]
        var edition = try edition([meeting, after, letter])
        edition.homeQuestions = ["faq/the-meeting#court", "gone#court"]
        change(&edition)
        let template =
            "{{#questions}}[{{href}} {{{title}}} {{{answer}}}]{{/questions}}{{#choices}}<{{href}} {{{title}}}>{{/choices}}"
            + "{{#doors}}({{{heading}}}:{{#cards}} {{{title}}}{{/cards}}){{/doors}}"
            + "{{#main-contacts}}/{{id}}{{/main-contacts}}"
        let theme = try Sample.plainTheme([
            "templates/home.mustache": template,
            "templates/path.mustache": "{{#steps}}[{{href}} {{{title}}} {{{answer}}}]{{/steps}}",
        ])
        let site = try Sample.site([edition], theme: theme)
        return try #require(site["avon/index.html"]) + #require(site["avon/letter/index.html"])
    }

    @Test func theHomePageAnswersQuestionsAndOffersWays() throws {
        let text = try home { _ in }
        #expect(
            text.contains(
                "[faq/the-meeting/index.html#court Is it a court? <b class=\"short\">No. </b>It is a meeting.]"
            ))
        #expect(text.contains("<letter/index.html I have a letter>"))
        // A page that leads through others is a choice and no door.
        #expect(
            text.contains("(After the conference: The plan)(Help and information: Questions and answers)"))
        #expect(text.contains("[../plan/index.html The plan ]"))
        #expect(!text.contains("gone"))
    }

    @Test func noNumberStandsTwiceOnTheHomePage() throws {
        func group(_ id: String, _ contacts: [Contact]) -> ContactGroup {
            ContactGroup(id: id, heading: Passage(id), contacts: contacts)
        }
        let other = Contact.Way(channel: .phone, text: "999", destination: "tel:999")
        let groups = [
            group("complaints", [Sample.contact("desk", ways: [Sample.phone])]),
            group(
                "advice",
                [Sample.contact("same", ways: [Sample.phone]), Sample.contact("own", ways: [other])]),
        ]
        #expect(try home { $0.contactGroups = groups }.contains("/contact-desk/contact-own"))
        let named = try home {
            $0.contactGroups = groups
            $0.homeContacts = ["advice", "none"]
        }
        #expect(named.contains("/contact-same") && !named.contains("/contact-desk"))
    }

    @Test func readsTheSizesOfPictures() throws {
        let jpeg: [UInt8] = [
            0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8, 0, 20, 0, 30, 1, 0, 0, 0,
        ]
        #expect(ImageSize(jpeg).map { [$0.width, $0.height] } == [30, 20])
        #expect(ImageSize(Array("GIF89a\u{5}\u{0}\u{6}\u{0}".utf8)).map { [$0.width, $0.height] } == [5, 6])
        #expect(
            ImageSize(Array("<svg viewBox=\"0 0 40 20\">".utf8)).map { [$0.width, $0.height] } == [40, 20])
        #expect(
            ImageSize(Array("<svg width=\"12px\" height=\"9\">".utf8)).map { [$0.width, $0.height] } == [
                12, 9,
            ])
        for bytes in [[], [0xFF, 0xD8], [0xFF, 0xD8, 0xFF], Array("<svg".utf8), [0x89, 0x50, 0x4E, 0x47]]
            as [[UInt8]]
        {
            #expect(ImageSize(bytes) == nil)
        }
    }

    @Test func vCardLinesAreShortAndWhole() throws {
        var contact = Sample.contact("c", ways: [])
        contact.name = Passage("Służba; \\ " + String(repeating: "ółść", count: 40))
        let text = String(decoding: VCard.bytes(contact, organisation: nil), as: UTF8.self)
        #expect(text.contains("FN:Służba\\; \\\\ "))
        for line in text.split(separator: "\r\n") { #expect(line.utf8.count <= 75) }
        #expect(!text.contains("\u{FFFD}"))
    }
}
