import Testing

@testable import Checks

@Suite("Addresses that were damaged")
struct DamagedLinkTests {
    @Test(
        "brackets and spaces in an address are right where they belong to it",
        arguments: [
            ("https://a.gov.uk/Act_(1989)", true), ("https://a.gov.uk/x_(y)_(z)", true),
            ("https://a.gov.uk/x)", false), ("https://a.gov.uk/(x))", false),
            ("https://a.gov.uk/Our%20report%20(final).pdf", true),
            ("https://a.gov.uk/Our%20%20report.pdf", true), ("https://a.gov.uk/report%20", false),
            ("mailto:a@b.gov.uk?subject=My%20report", true), ("mailto:a%20b@b.gov.uk", false),
            ("Our%20report%20(final).pdf", true), ("https://a.gov.uk/x.", false),
        ])
    func brackets(_ address: String, _ isRight: Bool) throws {
        let written = address.replacing("(", with: "\\(").replacing(")", with: "\\)")
        let found = try LintSample([LintSample.page: "# P\n\nRead [the report](\(written)).\n"]).problems(
            "DamagedLink")
        #expect(found.isEmpty == isRight)
    }
}
