import Testing
import Translations
import Workspace

@testable import Guidance

@Suite("Languages side by side")
struct SideBySideSettingTests {
    private func load(portal: String = "", council: String) throws -> (
        portal: Portal, problems: [Diagnostic]
    ) {
        var files = sampleSite([
            "content/councils/a/council.yml": "name: A\nnation: england\nlanguages: [en, pl]\n\(council)"
        ])
        files["content/portal.yml"]? += portal
        let loaded = try GuidanceTests.load(files)
        return (try #require(loaded.portal), loaded.diagnostics)
    }

    @Test(
        "names languages that are published, at their place",
        arguments: [
            ("side-by-side: [ur]\n", 4, 16, "UnknownLanguage"),
            ("side-by-side: [en, pll]\n", 4, 20, "UnknownLanguage"),
            ("side-by-side: yes\n", 4, 15, "WrongType"),
        ])
    func mistakes(_ text: String, _ line: Int, _ column: Int, _ rule: String) throws {
        let problem = try #require(try load(council: text).problems.first { $0.rule == rule })
        #expect(problem.location?.range?.start.line == line)
        #expect(problem.location?.range?.start.column == column)
        #expect(problem.severity == .error)
    }

    @Test("says which language was meant")
    func nearMiss() throws {
        let problem = try #require(
            try load(council: "side-by-side: [pll]\n").problems.first { $0.rule == "UnknownLanguage" })
        #expect(problem.help?.contains("pl") == true)
    }

    @Test("each language counts once, and none means none")
    func values() throws {
        #expect(
            try load(council: "side-by-side: [en, en]\n").portal.councils[0].sideBySide?.map(\.tag) == ["en"])
        #expect(try load(council: "side-by-side: []\n").portal.councils[0].sideBySide == [])
        #expect(try load(council: "").portal.councils[0].sideBySide == nil)
        let portal = try load(portal: "\nside-by-side: [xx]\n", council: "")
        #expect(portal.problems.contains { $0.rule == "UnknownLanguage" })
    }
}
