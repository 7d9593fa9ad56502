import Guidance
import Support
import Testing
import Translations
import Workspace

@testable import Checks

private func problems(_ changes: [String: String], today: String = "2026-11-21") throws -> [Diagnostic] {
    var texts = [
        "content/portal.yml": "name: Help\nbase-url: https://help.example\nlanguages: [en]\n",
        "content/councils/a/council.yml": "name: A\nnation: england\nlanguages: [en]\n",
        "content/guidance/complaints.md": "# Complaints\n",
    ]
    texts.merge(changes) { $1 }
    let files = InMemoryFileSystem(texts)
    var diagnostics = Diagnostics()
    let portal = try #require(Portal.load(from: "content", in: files, reporting: &diagnostics))
    let english = LanguageResources(
        language: .english, translator: nil, strings: InterfaceStrings([:]), review: nil)
    for council in portal.councils {
        let guidance = portal.guidance(of: council, in: files, reporting: &diagnostics)
        let editions = portal.editions(
            of: guidance, resources: [english], today: try #require(CalendarDate(today)),
            reporting: &diagnostics)
        for edition in editions { diagnostics.add(EditionChecks.problems(in: edition)) }
    }
    return diagnostics.sorted
}

private let complete = """
    name: A
    nation: england
    languages: [en]
    contacts:
      chair: {name: The chair, phone: 01865 323589, checked: 2026-11-01}
    accessibility: {contact: chair, status: partially, prepared: 2026-11-01}
    """

@Suite("Checks of an edition")
struct EditionCheckTests {
    @Test("a council that has everything has no problems")
    func complete() throws {
        #expect(try problems(["content/councils/a/council.yml": ChecksTests.complete]).isEmpty)
    }

    @Test("what a publishable site lacks is a warning, and an error when strict")
    func lacking() throws {
        let found = try problems(["content/guidance/complaints.md": "---\nkind: page\n---\n# C\n"])
        #expect(Set(found.map(\.rule)) == ["NoAccessibilityDetails", "NoComplaintsPage", "NoContacts"])
        #expect(
            found.allSatisfy {
                $0.severity == .warning && $0.location?.file == "content/councils/a/council.yml"
            })
        let strict = Diagnostics(found).escalating(EditionChecks.requiredToPublish)
        #expect(strict.count(.error) == 3)
    }

    @Test("a statement may come from the portal, but somebody must take reports")
    func nobodyTakesReports() throws {
        let portal = """
            name: P
            base-url: https://p.example
            languages: [en]
            accessibility: {status: partially, prepared: 2026-11-01}
            """
        let own = ChecksTests.complete.split(separator: "\n").dropLast().joined(separator: "\n")
        func rules(_ council: String) throws -> [String] {
            try problems(["content/portal.yml": portal, "content/councils/a/council.yml": council]).map(
                \.rule)
        }
        #expect(try rules(own) == ["NoAccessibilityContact"])
        #expect(try rules(own + "\naccessibility: {contact: chair}\n").isEmpty)
    }

    @Test("an accessibility review more than twelve months old is a warning")
    func oldReview() throws {
        let files = ["content/councils/a/council.yml": ChecksTests.complete]
        #expect(try problems(files, today: "2027-10-31").isEmpty)
        #expect(try problems(files, today: "2027-11-30").contains { $0.rule == "AccessibilityReviewOverdue" })
    }

    @Test("contacts that nobody has checked are named once")
    func neverChecked() throws {
        let found = try problems([
            "content/councils/a/council.yml": ChecksTests.complete.replacing(
                ", checked: 2026-11-01", with: "")
        ])
        #expect(found.map(\.rule) == ["ContactsNeverChecked"])
        #expect(found.first?.message.contains("chair") == true)
    }

    @Test(
        "a number that no phone has is a warning, and an error when strict",
        arguments: ["01632 960 000", "07700 900123", "01234 567890", "020 7946 0000", "01865 000000"])
    func filler(_ number: String) throws {
        let found = try problems([
            "content/councils/a/council.yml": ChecksTests.complete.replacing("01865 323589", with: number)
        ])
        #expect(found.map(\.rule) == ["FillerNumber"])
        #expect(Diagnostics(found).escalating(EditionChecks.requiredToPublish).count(.error) == 1)
    }

    @Test(
        "what looks like a number and is none is left alone",
        arguments: ["1 April 2008", "2026-11-21", "12345", "0300", "section 47, 17 and 20", "9.30am to 3pm"])
    func noNumber(_ text: String) {
        #expect(TypedContact.phoneNumbers(in: text).isEmpty)
    }

    @Test(
        "numbers are found as people write them",
        arguments: [
            "01632 960 000", "(01632) 960000", "+44 1632 960000", "+44 (0)1632 960000", "07700-900-123",
            "01632.960.000", "01632\u{A0}960\u{A0}000", "0800 1111", "18001 0800 1111",
        ])
    func number(_ text: String) {
        #expect(TypedContact.phoneNumbers(in: "Call \(text).").count == 1)
    }
}
