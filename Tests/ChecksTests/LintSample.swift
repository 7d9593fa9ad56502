import Guidance
import Markdown
import Support
import Testing
import Translations
import Workspace

@testable import Checks

/// A small portal as text, read with every rule.
struct LintSample {
    static let portal = "content/portal.yml"
    static let council = "content/councils/a/council.yml"
    static let page = "content/guidance/page.md"

    static let phrases: PhraseIndex = {
        var diagnostics = Diagnostics()
        let index = PhraseIndex.load(
            folders: [Repository.root + "/themes/default/checks"], in: LocalFileSystem(),
            reporting: &diagnostics)
        precondition(diagnostics.isEmpty, "\(diagnostics.sorted)")
        return index
    }()

    var files: [String: String] = [
        portal: "name: Help\nbase-url: https://help.kent.gov.uk\nlanguages: [en]\n",
        council: "name: A\nnation: england\nlanguages: [en]\n",
        "content/guidance/complaints.md": "# Complaints\n\nYou can complain.\n",
        "content/guidance/glossary.md": "# Words\n\n## Chair\n\nThe person who leads the meeting.\n",
    ]
    var today = "2026-11-28"

    init(_ changes: [String: String]) { files.merge(changes) { $1 } }

    /// Every problem, with what people said about rules.
    func problems() throws -> [Diagnostic] {
        let system = InMemoryFileSystem(files)
        var diagnostics = Diagnostics()
        let day = try #require(CalendarDate(today))
        let portal = try #require(Portal.load(from: "content", in: system, reporting: &diagnostics))
        let linter = Linter(phrases: Self.phrases, today: day, settings: portal.checks, in: system)
            .reading(portal)
        let found = linter.problems(in: portal)
        diagnostics.add(found.problems)
        let english = LanguageResources(
            language: .english, translator: nil, strings: InterfaceStrings([:]), review: nil)
        for council in portal.councils {
            let guidance = portal.guidance(of: council, in: system, reporting: &diagnostics)
            for edition in portal.editions(
                of: guidance, resources: [english], today: day, reporting: &diagnostics)
            {
                diagnostics.add(EditionChecks.problems(in: edition))
                diagnostics.add(linter.problems(in: edition))
            }
        }
        let policy = LintPolicy(portal.checks, root: portal.root, silences: found.silences)
        var use = LintPolicy.Use()
        var result = policy.apply(to: diagnostics, noting: &use)
        result.add(policy.problems(of: use, rules: CheckRules.all.map(\.name)))
        return result.sorted
    }

    func problems(_ rule: String) throws -> [Diagnostic] { try problems().filter { $0.rule == rule } }
}
