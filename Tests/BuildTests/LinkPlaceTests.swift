import Support
import Testing
import Workspace

@testable import Build

/// A link that leads nowhere is named where it stands, not where its paragraph begins.
@Suite("Places of links")
struct LinkPlaceTests {
    @Test(
        "The words of a link are found within its passage",
        arguments: [
            ("See [one](index.md) and\nthen, [two](rigts.md).", "DeadLink", 4, 13),
            ("- First\n- Second [two](rigts.md)", "DeadLink", 4, 16),
            ("Text.\n\n> Said\n> [two](index.md#gone).", "DeadFragment", 6, 9),
            ("| a | b |\n|---|---|\n| x | [two](rigts.md) |", "DeadLink", 5, 13),
            ("Words of\n![a picture](photo.jpg)", "MissingFile", 4, 14),
            ("Words\nwith **a [two](/elsewhere/x.html)**", "OtherSiteAddress", 4, 16),
            // The address stands elsewhere: the passage is all that is known.
            ("Words\nwith [two][ref].\n\n[ref]: rigts.md", "DeadLink", 3, 1),
        ])
    func place(text: String, rule: String, line: Int, column: Int) async throws {
        let site = Site([
            "portal.yml": "name: Help\nbase-url: https://help.example\nlanguages: [en]\n",
            "guidance/index.md": "# Help\n\nHelp.\n",
            "guidance/rights.md": "# Rights\n\n" + text + "\n",
            "councils/kent/council.yml": "name: Kent\nnation: england\nlanguages: [en]\n",
        ])
        let report = await site.build()
        let problem = try #require(report.diagnostics.sorted.first { $0.rule == rule })
        #expect(problem.location?.file == "content/guidance/rights.md")
        #expect(problem.location?.range?.start == SourcePosition(line: line, column: column))
        #expect(problem.subject == nil)
    }
}
