import Support
import Testing
import Workspace

@testable import Checks

/// Contacts that agree or do not, hours, sources, dates, and what a page points to.
@Suite("Rules about what agrees and what is there")
struct AgreementTests {
    private func council(_ text: String, _ name: String = "A") -> String {
        "name: \(name)\nnation: england\nlanguages: [en]\n" + text
    }

    private func contacts(_ text: String) throws -> [Diagnostic] {
        try LintSample([LintSample.council: council("contacts:\n" + text)]).problems()
    }

    private func rules(_ page: String, _ rule: String) throws -> [String] {
        try LintSample([LintSample.page: "# P\n\n" + page + "\n"]).problems(rule).compactMap {
            $0.location?.range.map { "\($0.start.line):\($0.start.column)" }
        }
    }

    // MARK: Contacts

    @Test(
        "one service with two numbers that differ by a digit is found, in one council's data and across councils"
    )
    func digits() throws {
        let one = "  a: {name: Complaints, phone: 01865 323589}\n"
        #expect(
            try contacts(one + "  b: {name: complaints, phone: 01865 323598}\n").filter {
                $0.rule == "ContactsNearlyAgree"
            }.compactMap { $0.location?.range?.start.line } == [6])
        // A service by its e-mail address.
        let mail = "  a: {name: One, phone: 01865 323589, email: help@kent.gov.uk}\n"
        let same = "  b: {name: Two, phone: 01865 323588, email: help@kent.gov.uk}\n"
        #expect(try contacts(mail + same).contains { $0.rule == "ContactsNearlyAgree" })
        // Two desks in one corridor.
        let desks = one + "  b: {name: Reviews, phone: 01865 323588}\n"
        #expect(try !contacts(desks).contains { $0.rule == "ContactsNearlyAgree" })

        let other = "content/councils/b/council.yml"
        func across(_ number: String) throws -> [Diagnostic] {
            try LintSample([
                LintSample.council: council("contacts:\n  nspcc: {name: NSPCC, phone: 0808 800 5000}\n"),
                other: council("contacts:\n  nspcc: {name: NSPCC, phone: \(number)}\n", "B"),
            ]).problems("ContactsNearlyAgree")
        }
        #expect(try across("0808 800 5001").map { $0.location?.file } == [other])
        #expect(try across("0808 800 5000").isEmpty)
        #expect(try across("0300 123 4567").isEmpty)
    }

    @Test("one street with two postcodes is found, two streets are not")
    func postcodes() throws {
        func pair(_ one: String, _ other: String) throws -> Int {
            try contacts("  a: {name: One, post: [\(one)]}\n  b: {name: Two, visit: [\(other)]}\n").count {
                $0.rule == "ContactsNearlyAgree"
            }
        }
        #expect(
            try pair("Team A, 17 Spa Road, London, SE16 4RP", "Team B, 17 Spa Road, London SE16 4PR") == 1)
        #expect(
            try pair("Team A, 17 Spa Road, London, SE16 4RP", "Team B, 17 Spa Road, London, SE164RP") == 0)
        #expect(
            try pair("Team A, 17 Spa Road, London, SE16 4RP", "Team B, 19 Spa Road, London, SE16 4PR") == 0)
        // A PO box or a building without a number says too little.
        #expect(try pair("Team A, County Hall, Oxford, OX1 1ND", "Team B, County Hall, Oxford, OX1 1NB") == 0)
    }

    @Test("hours by two clocks are found in one council")
    func clocks() throws {
        func found(_ one: String, _ other: String) throws -> Int {
            let checked = "checked: 2026-11-01"
            return try contacts(
                "  a: {name: One, phone: 01865 323589, hours: \"\(one)\", \(checked)}\n"
                    + "  b: {name: Two, phone: 01865 815672, hours: \"\(other)\", \(checked)}\n"
            ).count { $0.rule == "MixedHours" }
        }
        #expect(try found("Monday to Friday, 9am to 5pm", "Monday to Friday, 09:00 to 17:00") == 1)
        #expect(try found("9.30am to 5pm", "0900-1700") == 1)
        #expect(try found("9am to 5pm", "9.30am to midday") == 0)
        #expect(try found("09:00 to 17:00", "10:00 to 16:00") == 0)
        #expect(try found("9am to 5pm", "Day and night") == 0)
    }

    @Test("a number without hours is found where most have them")
    func hours() throws {
        let given = ["a", "b"].enumerated().map {
            "  \($1): {name: N\($0), phone: 01865 32358\($0), hours: 9am to 5pm, checked: 2026-11-01}\n"
        }.joined()
        func found(_ text: String) throws -> Int { try contacts(text).count { $0.rule == "MissingHours" } }
        #expect(try found(given + "  c: {name: Three, phone: 01865 815672}\n") == 1)
        #expect(try found(given + "  c: {name: Three, phone: 01865 815672, note: Day and night.}\n") == 0)
        #expect(try found(given + "  c: {name: Three, email: c@kent.gov.uk}\n") == 0)
        #expect(
            try found("  a: {name: One, phone: 01865 323589}\n  b: {name: Two, phone: 01865 815672}\n") == 0)
    }

    // MARK: Numbers side by side

    @Test(
        "two numbers that nothing tells apart are found",
        arguments: [
            "Phone 01323 466606 or 01323 464222.", "Tel: 01323 466606, 01323 464222",
            "Phone 01323 466606 / 01323 464222.", "Ring 01323 466606, or call 01323 464222. We can help.",
        ])
    func sideBySide(_ text: String) throws {
        #expect(try rules(text, "NumbersNotToldApart").count == 1)
    }

    @Test(
        "numbers that something tells apart are not",
        arguments: [
            "Phone 01323 466606 in the day or 01323 464222 at night.",
            "Phone 01323 466606 (day) or 01323 464222 (night).",
            "Phone 01323 466606 or 01323 464222 at night.",
            "Phone 01323 466606 or 07717 420419.",
            "Phone the chair on 01323 466606. Their team has 01323 464222.",
            "Phone 01323 466606, fax 01323 464222.", "North: 01323 466606, South: 01323 464222",
        ])
    func toldApart(_ text: String) throws {
        #expect(try rules(text, "NumbersNotToldApart").isEmpty)
    }

    // MARK: Sources, dates, reviews

    @Test("a source's short name that is not listed is found, and words are not")
    func sources() throws {
        func found(_ source: String, _ portal: String = "") throws -> [Diagnostic] {
            try LintSample([
                LintSample.portal:
                    "name: H\nbase-url: https://h.gov.uk\nlanguages: [en]\n" + portal,
                LintSample.council: council(
                    "sources: {leaflet: A leaflet of 2024}\nfacts:\n  early: {value: 20 minutes, source: \(source)}\n"
                ),
            ]).problems("UnknownSource")
        }
        let near = try #require(try found("leaftlet").first)
        #expect(near.help == "Did you mean 'leaflet'?" && near.location?.range?.start.column == 38)
        #expect(try found("web-page").count == 1)
        #expect(try found("leaflet").isEmpty)
        #expect(try found("Our leaflet of 2024").isEmpty)
        // What the portal lists counts for its councils too.
        #expect(try found("law", "sources: {law: Children Act 1989}\n").isEmpty)
    }

    @Test("where the portal says how long facts count, each needs a date")
    func dates() throws {
        func found(_ portal: String) throws -> Int {
            try LintSample([
                LintSample.portal:
                    "name: H\nbase-url: https://h.gov.uk\nlanguages: [en]\n" + portal,
                LintSample.council: council("facts:\n  early: 20 minutes\n"),
            ]).problems("FactsNeverChecked").count
        }
        #expect(try found("facts-valid-for: 12 months\n") == 1)
        #expect(try found("") == 0)
    }

    @Test("a page without a review date is found where most have one")
    func reviews() throws {
        func page(_ date: Bool) -> String {
            (date ? "---\nreviewed: 2026-11-01\n---\n\n" : "") + "# P\n\nYes.\n"
        }
        func found(_ dates: [Bool]) throws -> [String?] {
            var files: [String: String] = [:]
            for (name, date) in zip(["complaints", "glossary", "page", "rights"], dates) {
                files["content/guidance/\(name).md"] = page(date)
            }
            return try LintSample(files).problems("PageWithoutReview").map { $0.location?.file }
        }
        #expect(try found([true, true, true, false]) == ["content/guidance/rights.md"])
        #expect(try found([true, true, true, true]).isEmpty)
        #expect(try found([true, false, false, false]).isEmpty)
        #expect(try found([false, false, false, false]).isEmpty)
    }

    // MARK: What is not there

    @Test(
        "what a page on a screen does not have is found",
        arguments: [
            ("The map is overleaf.", "3:12"), ("See page 7 for more.", "3:5"),
            ("Read appendix 2 first.", "3:6"),
            ("We follow these standards.", "3:11"), ("Use the list on the back page.", "3:17"),
            ("See p. 12.", "3:5"), ("These criteria decide.", "3:1"),
        ])
    func absent(_ text: String, _ place: String) throws {
        #expect(try rules(text, "ReferenceToNothing") == [place])
    }

    @Test(
        "what it has, or another paper has, is not",
        arguments: [
            "See page 7 of the report.", "See [page 7](https://www.kent.gov.uk/guide.pdf).",
            "Read appendix 2 in your letter.", "The standards are clear. We follow these standards.",
            "We follow these:\n\n- be early\n- be kind\n\nThese standards help.",
            "It has 40 pages, 12 of them blank.",
            "Fill in these boxes.", "The report lies over the page.", "## Appendix 2\n\nSee appendix 2.",
        ])
    func present(_ text: String) throws {
        #expect(try rules(text, "ReferenceToNothing").isEmpty)
    }

    @Test("jargon is found where neither the page nor the glossary explains it")
    func jargon() throws {
        let name = "UnexplainedJargon"
        #expect(try rules("The threshold criteria were met. The threshold criteria matter.", name) == ["3:5"])
        #expect(try rules("There was a strategy discussion (a talk with the police).", name).isEmpty)
        #expect(try rules("This is called significant harm.", name).isEmpty)
        #expect(
            try rules("The strategy discussion came first. A strategy discussion is a talk.", name).isEmpty)
        let explained = try LintSample([
            LintSample.page: "# P\n\nThey saw a risk of significant harm.\n",
            "content/guidance/glossary.md": "# Words\n\n## Harm\n\nWhen a child is hurt.\n",
        ])
        #expect(try explained.problems(name).isEmpty)
        // Nobody has promised to explain anything.
        let none = LintSample([
            LintSample.page: "# P\n\nThey saw a risk of significant harm.\n",
            "content/guidance/glossary.md": "---\nkind: page\n---\n\n# Words\n\nNone.\n",
        ])
        #expect(try none.problems(name).isEmpty)
        let professionals = LintSample([
            LintSample.page:
                "---\naudience: professionals\n---\n\n# P\n\nThere is a risk of significant harm.\n"
        ])
        #expect(try professionals.problems(name).isEmpty)
    }

    // MARK: Files and tables

    @Test("an exception below a table is the table's")
    func tables() throws {
        let table = "| who | when |\n|---|---|\n| the chair | TBC |\n"
        func found(_ text: String) throws -> [String] {
            try LintSample([LintSample.page: "# P\n\n" + text]).problems().map(\.rule).filter {
                ["EditorsNote", "MisplacedAttributes", "UnusedSilence"].contains($0)
            }
        }
        let ignore = "{ignore=EditorsNote because=\"the form asks for it\"}\n"
        #expect(try found(table) == ["EditorsNote"])
        #expect(try found(table + ignore).isEmpty)
        #expect(try found(table + "\n" + ignore).isEmpty)
        #expect(try found(table + "\n" + ignore + "\n" + table) == ["EditorsNote"])
    }
}
