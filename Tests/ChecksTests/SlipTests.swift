import Guidance
import Testing
import Workspace

@testable import Checks

@Suite("Slips of the hand")
struct SlipTests {
    private static let contacts = """
        name: A
        nation: england
        languages: [en]
        contacts:
          chair: {name: Chair, phone: 01865 815672, email: chair@kent.gov.uk}

        """

    private func found(_ text: String, _ rule: String) throws -> [Diagnostic] {
        try LintSample([LintSample.page: "# Page\n\n\(text)\n", LintSample.council: Self.contacts])
            .problems(rule)
    }

    private func found(fact value: String, _ rule: String) throws -> [Diagnostic] {
        try LintSample([
            LintSample.page: "# Page\n\nIt is {{thing}} there.\n",
            LintSample.council: "name: A\nnation: england\nlanguages: [en]\nfacts:\n  thing: \(value)\n",
        ]).problems(rule)
    }

    // MARK: Links

    @Test(
        "a link that leads to another number, address or site than it shows is found",
        arguments: [
            "[01463 703456](tel:+441463703457)", "[01463 70345](tel:01463703456)", "[Call 101](tel:111)",
            "[18001 01463 703456](tel:1800101463703457)", "[01463 703456](mailto:a@kent.gov.uk)",
            "[help@kent.gov.uk](mailto:info@kent.gov.uk)",
            "[help@kent.gov.uk](mailto:help@kent.gov.uk.example)",
            "[Write to help@kent.gov.uk](mailto:info@kent.gov.uk?subject=help@kent.gov.uk)",
            "[www.kent.gov.uk](https://www.medway.gov.uk/)", "[kent.gov.uk/help](http://kent.org.uk/help)",
            "[help@kent.gov.uk](tel:01463703456)", "[www.kent.gov.uk](mailto:a@kent.gov.uk)",
        ])
    func shownAndReached(_ link: String) throws {
        #expect(try found("Ask \(link) now.", "LinkShowsAnother").count == 1)
    }

    @Test(
        "a link that leads where it shows is left alone",
        arguments: [
            "[01463 703456](tel:+441463703456)", "[(01463) 703-456](tel:01463703456)",
            "[01463 703456 ext 12](tel:+441463703456;ext=12)", "[18001 01463 703456](tel:+441463703456)",
            "[999](tel:999)", "[Open 9am to 5pm](tel:999)",
            "[Help@Kent.gov.uk](mailto:help@kent.gov.uk?subject=x)",
            "[help@kent.gov.uk](mailto:a@kent.gov.uk,help@kent.gov.uk)",
            "[help@kent.gov.uk](mailto:help%40kent.gov.uk)",
            "[www.kent.gov.uk](https://kent.gov.uk/a)", "[nspcc.org.uk](https://learning.nspcc.org.uk/x)",
            "[GOV.UK](https://www.gov.uk/a)", "[The form, version 2.1](https://www.kent.gov.uk/a)",
            "[Working Together 2023](https://www.gov.uk/a)", "<help@kent.gov.uk>", "[Text 85258](sms:85258)",
            "[01463 703456 or 01463 703457](tel:01463703457)",
        ])
    func sameShownAndReached(_ link: String) throws {
        #expect(try found("Ask \(link) now.", "LinkShowsAnother").isEmpty)
    }
}
