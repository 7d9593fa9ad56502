import Guidance
import Workspace

/// Facts of which nobody says when they were checked, where somebody says it of others.
struct FactsNeverChecked: PortalRule {
    static let rule = Rule(
        "FactsNeverChecked", .warning,
        "A file says when some of its facts were checked and not when others were, or says it of none where the portal has 'facts-valid-for': nobody knows how old they are.",
        bad: "a: {value: 20 minutes, checked: 2026-11-21}\nb: {value: 3 months}",
        good: "a: {value: 20 minutes, checked: 2026-11-21}\nb: {value: 3 months, checked: 2026-11-21}")

    static func problems(in portal: Portal, _ context: LintContext) -> [Diagnostic] {
        let files = [Array(portal.facts.values)] + portal.councils.map { Array($0.facts.values) }
        return files.compactMap { facts in
            let given = facts.filter { $0.value != nil }
            let unchecked = given.filter { $0.checked == nil }.sorted { $0.location < $1.location }
            // A file that says nothing of any fact has its age told by the council's own dates, unless the portal
            // says how long facts count.
            guard !unchecked.isEmpty, portal.wantsFactDates || unchecked.count < given.count else {
                return nil
            }
            return rule.diagnostic(
                "nobody has checked \(unchecked.count == 1 ? "this fact" : "these facts"): "
                    + unchecked.map(\.id).joined(separator: ", "), at: unchecked.first?.location,
                help: "Ask whoever decides each, then add 'checked' with the date.")
        }
    }
}
