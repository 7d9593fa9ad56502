import Guidance
import Workspace

/// Instructions to staff on a page for families, from `checks/`.
struct ProfessionalsWording: PhraseRule {
    static let rule = Rule(
        "ProfessionalsWording", .warning,
        "A page for families speaks to professionals, as text of a procedure does.",
        bad: "⟦Practitioners should see the child alone.",
        good: "The social worker sees your child without you.")

    static func message(_ found: String) -> String { "'\(found)' speaks to professionals, not to a family" }

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        context.audience == .professionals ? [] : listed(in: prose, context)
    }
}
