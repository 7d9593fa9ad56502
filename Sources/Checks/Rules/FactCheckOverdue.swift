import Guidance
import Workspace

/// Facts age as contacts do.
struct FactCheckOverdue: PortalRule {
    static let rule = Rule(
        "FactCheckOverdue", .warning,
        "Nobody has checked a fact for longer than 'facts-valid-for' in portal.yml allows (24 months where it says nothing).",
        bad: "arrive-early: {value: 20 minutes, checked: 2019-01-31}",
        good: "arrive-early: {value: 20 minutes, checked: 2026-11-21}")

    static func problems(in portal: Portal, _ context: LintContext) -> [Diagnostic] {
        let facts = Array(portal.facts.values) + portal.councils.flatMap { Array($0.facts.values) }
        return facts.compactMap { fact in
            guard let checked = fact.checked,
                checked.adding(months: portal.factsValidForMonths) < context.today
            else { return nil }
            return rule.diagnostic(
                "'\(fact.id)' was last checked on \(checked)", at: fact.location,
                help: "Ask whoever decides it, then change 'checked'.")
        }
    }
}
