import Checks
import Guidance
import Workspace

/// Finds the problems that a portal would have if a file of it said something else; nothing is written.
struct ContentTrial: Sendable {
    let model: SiteModel
    let files: any FileSystem

    /// What makes a problem the same one after lines were added above it.
    private struct Key: Hashable {
        var rule: String
        var file: String?
        var message: String

        init(_ problem: Diagnostic) {
            rule = problem.rule
            file = problem.location?.file
            message = problem.message
        }
    }

    /// All problems of some councils, in the language that the guidance is written in.
    ///
    /// - Parameters:
    ///   - councils: By their ids; empty for all.
    ///   - wanted: Which file's own text is read with the rules, by its path below the content folder.
    func problems(councils: [String], of wanted: String) async -> Diagnostics {
        var found = Diagnostics()
        guard
            var portal = Portal.load(
                from: model.settings.content, in: files, councils: councils, reporting: &found)
        else { return found }
        portal.baseURL = model.portal.baseURL
        let linter = model.linter?.looking(at: files).reading(portal)
        let trial = SiteModel(
            settings: model.settings, portal: portal, theme: model.theme,
            languages: model.languages.filter { $0.language == portal.sourceLanguage },
            searchWords: SearchWords(), linter: linter,
            policy: LintPolicy(of: portal, silences: portal.sharedPages.flatMap(\.silences)),
            catalogueFindings: [:])
        found = trial.policy.apply(to: found)
        if let linter {
            let (problems, silences) = linter.problems(in: portal) { $0 == wanted }
            found.add(trial.policy.adding(silences).apply(to: problems))
        }
        for problems in await portal.councils.concurrentMap(
            width: 2, { trial.editions(of: $0, in: files).diagnostics })
        {
            found.add(problems)
        }
        return found
    }

    /// The errors that were not there before.
    static func newErrors(in after: Diagnostics, before: Diagnostics) -> [Diagnostic] {
        var known: [Key: Int] = [:]
        for problem in before.sorted where problem.severity == .error { known[Key(problem), default: 0] += 1 }
        return after.sorted.filter { problem in
            guard problem.severity == .error else { return false }
            guard let left = known[Key(problem)], left > 0 else { return true }
            known[Key(problem)] = left - 1
            return false
        }
    }
}
