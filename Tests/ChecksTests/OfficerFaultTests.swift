import Testing
import Workspace

@testable import Checks

@Suite("What officers write")
struct OfficerFaultTests {
    private func found(_ line: String, _ rule: String) throws -> [Diagnostic] {
        try LintSample([LintSample.page: "# Page\n\n\(line)\n"]).problems(rule)
    }

    private func fixed(_ text: String, pages: Set<String> = []) throws -> String {
        let problems = try LintSample([LintSample.page: text]).problems().filter {
            Fixes.rules.contains($0.rule) && $0.location?.file == LintSample.page
        }
        return Fixes(text, problems: problems, pages: KnownPages { pages.contains($0) }).text
    }

    @Test("a link of a wiki becomes one where its page is there, and stays where it is not")
    func wikiLinks() throws {
        let text = "# Page\n\nSee [[no such page]], [[Your rights]] and [[rights|them]].\n"
        #expect(
            try fixed(text, pages: ["your-rights.md", "rights.md"])
                == "# Page\n\nSee [[no such page]], [Your rights](<your-rights.md>) and [them](<rights.md>).\n"
        )
    }

    @Test(
        "code stays as it is",
        arguments: [
            "Write `\\*\\*bold\\*\\*` there.", "Write `[[page]]` there.", "Run `${HOME}` and `%%A%%` there.",
            "SEE `THE BIG FAT HOUSE` now.",
        ])
    func code(_ line: String) throws {
        let text = "# Page\n\n\(line)\n"
        #expect(try fixed(text) == text)
        #expect(try found(line, "ForeignSyntax").isEmpty)
        #expect(try found(line, "EscapedMarkup").isEmpty)
        #expect(try found(line, "AllCapitals").isEmpty)
    }

    @Test(
        "gaps that another program fills in are found",
        arguments: ["$fee_2024$", "${fee}", "%%FEE%%", "{$ cost $}", "@@fee@@", "*|FNAME|*", "%{fee}"])
    func gaps(_ gap: String) throws {
        #expect(try found("You pay \(gap) for it.", "ForeignSyntax").count == 1)
        #expect(try found("You pay \(gap) and then \(gap) for it.", "ForeignSyntax").count == 2)
    }

    @Test(
        "amounts and addresses are no gaps",
        arguments: [
            "You pay $5 and get $3 back.", "It costs US$ or A$ there.",
            "Write to jo@kent.gov.uk or al@kent.gov.uk.",
            "It is 50% or 60% of it.",
        ])
    func noGaps(_ line: String) throws { #expect(try found(line, "ForeignSyntax").isEmpty) }

    @Test(
        "classes of other generators are shown, and one of Word's is told once",
        arguments: [
            ("We may visit you. {.intro}", 1), ("## Next {.big .red}", 1), ("[Contents]{.underline}", 0),
        ])
    func classes(_ line: String, _ count: Int) throws {
        #expect(try found(line, "ForeignSyntax").count == count)
    }

    @Test("what to write for an escaped fact is whole")
    func escapedFact() throws {
        for fact in ["\\{\\{arrive-early\\}\\}", "\\{\\{arrive-early}}", "\\{{arrive-early}}"] {
            #expect(
                try found("Come \(fact) before.", "EscapedMarkup").map(\.help)
                    == ["Take the backslashes out: {{arrive-early}}"], "\(fact)")
        }
    }

    @Test(
        "words for the search are found where readers see them",
        arguments: [
            ("Also asked: a visit", 1), ("Text.\n\nAlso asked: a visit", 1),
            ("## Who?\n\nAlso asked: a visit\n\nAlso asked: a call\n\nWe.", 0),
            ("## Who?\n\nWe.\n\nAlso asked: a visit", 1), ("## Who?\n\nalso asked : a visit\n\nWe.", 1),
            ("## Who?\n\nWhat is also asked: a visit.", 0),
        ])
    func alsoAsked(_ text: String, _ count: Int) throws {
        #expect(try found(text, "AlsoAskedShown").count == count)
    }

    @Test("a deadline that is given twice for one step is found")
    func twoDeadlines() throws {
        let text =
            "You must appeal within 20 working days of the letter.\n\n## More\n\nYou must appeal within 15 working days of the letter."
        #expect(try found(text, "EventTwoValues").count == 1)
        #expect(try found(text.replacing("15", with: "20"), "EventTwoValues").isEmpty)
    }

    @Test("a fact whose name is misspelt is found, with the sentence that is missing")
    func misspeltFact() throws {
        let sample = LintSample([
            LintSample.page: "# Page\n\nCome {{arrive-early}} before. {when=has:arrive-early}\n",
            LintSample.portal:
                "name: H\nbase-url: https://h.gov.uk\nlanguages: [en]\nfacts:\n  arrive-early: {label: How early}\n",
            LintSample.council:
                "name: A\nnation: england\nlanguages: [en]\nfacts:\n  arive-early: 10 minutes\n",
        ])
        let found = try sample.problems("UnusedFact")
        #expect(found.count == 1)
        #expect(found.first?.help?.contains("'arrive-early'") == true)
    }

    @Test("letters in the wrong encoding and soft hyphens are found", arguments: ["Â½", "cafÃ©", "â€¦"])
    func encoding(_ word: String) throws {
        #expect(try found("It is \(word) there.", "WordResidue").count == 1)
        #expect(try found("A con\u{AD}ference.", "HiddenSign").count == 1)
    }

    @Test("every gap of a paragraph is found")
    func everyGap() throws {
        #expect(try found("Phone [Council name] or [council number] now.", "EditorsNote").count == 2)
    }

    @Test("a local address is one problem, and a file of an office cannot be copied anew")
    func closedPlaces() throws {
        #expect(
            try found("[Here](http://127.0.0.1/x) and [there](http://localhost:80/).", "InsecureLink").isEmpty
        )
        let help = try found("[Form](https://docs.google.com/document/d/1)", "DamagedLink").first?.help
        #expect(help?.contains("anew") == false)
    }

    @Test("curly quotation marks around a value are found")
    func quotes() throws {
        func found(_ name: String) throws -> Int {
            try LintSample([
                LintSample.council: "name: \(name)\nnation: england\nlanguages: [en]\n"
            ]).problems("QuotesAroundValue").count
        }
        #expect(try found("“Kent County Council”") == 1)
        #expect(try found("Kent “and” Medway") == 0)
    }
}
