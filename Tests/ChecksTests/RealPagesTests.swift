import Support
import Testing
import Workspace

@testable import Checks

/// Shapes of text that real handbooks and pages hold: what is wrong in each, and what only looks so.
@Suite("Text as councils and charities publish it")
struct RealPagesTests {
    private func found(_ page: String, _ rule: String) throws -> [String] {
        try LintSample([LintSample.page: "# Page\n\n" + page + "\n"]).problems(rule).map {
            "\($0.location?.range?.start.line ?? 0):\($0.location?.range?.start.column ?? 0)"
        }
    }

    @Test(
        "what is wrong is found at its place",
        arguments: [
            // A table of Pandoc's, with and without words above the first line of dashes.
            ("  Who      Phone\n  -------- --------\n  Chair    One\n  Admin    Two", "TableAsText", "3:3"),
            (
                "  -------- --------\n  Who      Phone\n  -------- --------\n  Chair    One\n\n  Admin    Two\n  -------- --------",
                "TableAsText", "4:3"
            ),
            ("Who\tRoom\tDay\nChair\tA\tMonday\nAdmin\tB\tFriday", "TableAsText", "3:1"),
            ("You \\_must\\_ come.", "EscapedMarkup", "3:5"),
            ("- a friend\n- &nbsp;\n- a relative", "EmptyItem", "3:1"),
            ("Write to [us](jo@kent.gov.uk).", "DamagedLink", "3:15"),
            ("Read [the rules](https:/www.gov.uk/rules).", "DamagedLink", "3:18"),
            ("Read [the rules](http://old.dcsf.gov.uk/rules).", "GoneSite", "3:18"),
            ("Please fill in the attached form.", "ReferenceToNothing", "3:20"),
            ("The leaflet is enclosed.", "ReferenceToNothing", "3:5"),
            ("The table above says when.", "ReferenceToNothing", "3:1"),
            ("We are open 9am to 17:00.", "HalfGivenHours", "3:13"),
            ("Phone {insert number} first.", "EditorsNote", "3:7"),
            ("See page XX for this.", "EditorsNote", "3:5"),
            ("The assessment is to be completed.", "EditorsNote", "3:19"),
            ("You can bring\n\n> [!NOTE]\n> Ask first.\n\na friend to the meeting.", "BrokenText", "8:1"),
            ("1. come\n2. sit\n\n> [!NOTE]\n> Yes.\n\n3. speak", "BrokenText", "9:1"),
            ("- a friend of your\n- family who helps\n- a relative", "BrokenText", "4:3"),
            ("Jamie was born on 12 March 2015.", "PersonalData", "3:11"),
            ("Write NI QQ 12 34 56 C here.", "PersonalData", "3:10"),
            ("The case ref is LCS 1234567.", "PersonalData", "3:5"),
            ("Wear a mask when you come.", "CovidArrangement", "3:1"),
            ("The Every Child Matters agenda.", "ReplacedGuidance", "3:5"),
            ("You may get Working Tax Credit.", "AbolishedBody", "3:13"),
            ("Write to <help@kent.gov.uk> or <help@kent.gov.com>.", "NearbyAddress", "3:33"),
        ])
    func wrong(_ page: String, _ rule: String, _ place: String) throws {
        #expect(try found(page, rule) == [place])
    }

    @Test(
        "what only looks so is left alone",
        arguments: [
            ("Yes.\n\n-----\n\nNo.", "TableAsText"),
            ("o\ta friend\no\ta relative", "TableAsText"),
            ("Every child matters.", "ReplacedGuidance"),
            ("Not sure if it is urgent? Phone us.", "EditorsNote"),
            ("The form is to be completed within 8 months.", "EditorsNote"),
            ("Write the day as DD/MM/YYYY.", "EditorsNote"),
            ("It is law.[^1]\n\n[^1]: The Act.", "EditorsNote"),
            ("Ask about outbreaks of flu, COVID and measles.", "CovidArrangement"),
            ("Failure to protect information is a breach.", "BlamingWords"),
            ("Do not write “manipulative” about a child.", "BlamingWords"),
            ("- hitting, burning, etc.\n- shouting\n- ignoring\n- leaving", "MixedListEnds"),
            ("- who comes\n- can you come?\n- when it is\n- where it is", "MixedListEnds"),
            ("::: warning\nYes, you can come.\n:::", "LeadInAlone"),
            ("Welcome to all :wave:", "LeadInAlone"),
            ("**Name:** **Job:** **Date:**", "LeadInAlone"),
            ("Write to [jo@kent.gov.uk](jo@kent.gov.uk).", "BareAddress"),
            ("The list below names them.\n\n## One\n\nYes.\n\n## Two\n\nYes.", "ReferenceToNothing"),
            ("Fill in the attached form: [the form](https://www.kent.gov.uk/form).", "ReferenceToNothing"),
            ("We are open 9am to 5pm, and room 17 is for you.", "HalfGivenHours"),
            ("You can bring a friend.\n\nand more.", "BrokenText"),
            ("You can bring:\n\n> [!NOTE]\n> Ask first.\n\na friend", "BrokenText"),
            ("- what your rights are\n- who comes\n- whom you can ask", "BrokenText"),
            ("1. come\n2. sit\n\n> [!NOTE]\n> Yes.\n\n1. speak", "BrokenText"),
            ("Children born before 1 September 2021 can come.", "PersonalData"),
            ("Your case number is on the letter.", "PersonalData"),
            ("Staff must listen to you.", "ProfessionalsWording"),
            ("Read [the rules](https://childcare.education.gov.uk/rules).", "GoneSite"),
            ("## Can I come?\n\nYou can come. No parent is left out.", "AnswerComesLate"),
            ("## Can I come?\n\nYes. Bring a friend.", "AnswerComesLate"),
            ("## What is a plan?\n\nA list of help. Yes, a list.", "AnswerComesLate"),
        ])
    func right(_ page: String, _ rule: String) throws {
        #expect(try found(page, rule) == [])
    }

    @Test("words for staff are right on a page for staff")
    func audience() throws {
        let text = "Practitioners should see the child.\n"
        let families = LintSample([LintSample.page: "# Page\n\n" + text])
        #expect(try families.problems("ProfessionalsWording").count == 1)
        let staff = LintSample([
            LintSample.page: "---\ntitle: Page\naudience: professionals\n---\n\n" + text
        ])
        #expect(try staff.problems("ProfessionalsWording").isEmpty)
    }

    @Test(
        "settings in braces are read as those on lines of their own",
        arguments: [
            ("recording: {value: n, source: none}", "LooksLikeYesNo", 21),
            ("recording: {value: \"no, not allowed\", source: X}", "LooksLikeYesNo", 21),
            ("arrive: {source: 'a, b', value: 15 mins}", "LooksLikeDuration", 34),
            ("arrive: {value: fifteen minutes}", "LooksLikeDuration", 18),
            ("arrive: {value: 1 hour 30 minutes}", "LooksLikeDuration", 18),
            ("arrive: {value: 3 months, checked: 2031-01-31}", "FutureDate", 37),
        ])
    func braces(_ fact: String, _ rule: String, _ column: Int) throws {
        let council = "name: A\nnation: england\nlanguages: [en]\nfacts:\n  \(fact)\n"
        let found = try LintSample([LintSample.council: council]).problems(rule)
        #expect(found.map { $0.location?.range?.start } == [SourcePosition(line: 5, column: column + 1)])
    }

    @Test(
        "what is meant is not taken for something else",
        arguments: [
            ("recording: {value: no, source: none}", "LooksLikeYesNo"),
            ("who: {value: no more than two people}", "LooksLikeYesNo"),
            ("arrive: {value: 15 minutes, source: 10 mins}", "LooksLikeYesNo"),
            ("arrive: {value: 15 minutes}", "LooksLikeDuration"),
        ])
    func meant(_ fact: String, _ rule: String) throws {
        let council = "name: A\nnation: england\nlanguages: [en]\nfacts:\n  \(fact)\n"
        #expect(try LintSample([LintSample.council: council]).problems(rule) == [])
    }

    @Test(
        "pages in places that nobody reads are named",
        arguments: [
            "content/guidence/rights.md", "content/rights.md", "content/councils/rights.md",
            "content/guidance/rights.md.orig", "content/translations/pl.xliff",
        ])
    func misplaced(_ path: String) throws {
        #expect(
            try LintSample([path: "# Rights\n"]).problems("UnreadFile").map { $0.location?.file } == [path])
    }

    @Test(
        "copies are known by what a computer calls them",
        arguments: ["rights copy 2.md", "rights~.md", "rights_v2 final.md", "Copy of rights.md"])
    func copies(_ name: String) throws {
        #expect(
            try LintSample(["content/guidance/" + name: "# Rights\n\nYes.\n"]).problems("CopyOfFile").count
                == 1)
    }

    @Test("two versions of settings are told as such")
    func conflict() throws {
        let text =
            "name: A\nnation: england\n<<<<<<< HEAD\nlanguages: [en]\n=======\nlanguages: [en, pl]\n>>>>>>> x\n"
        let reader = YAMLReader(file: "council.yml")
        _ = reader.root(text)
        #expect(reader.diagnostics.sorted.map(\.rule) == ["ConflictMarker", "ConflictMarker"])
        #expect(reader.diagnostics.sorted.map { $0.location?.range?.start.line } == [3, 7])
    }
}
