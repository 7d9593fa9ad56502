import Markdown
import Workspace

/// One idea, one picture.
struct LongEasyParagraph: TextRule {
    static let rule = Rule(
        "LongEasyParagraph", .warning, "A paragraph among easy words says more than one idea.",
        bad:
            "## You can bring someone\n\nBring a friend.\n\n### You can bring someone {easy}\n\n⟦You can bring a friend. Tell the chair. The chair asks your child. Your child can say no.",
        good:
            "## You can bring someone\n\nBring a friend.\n\n### You can bring someone {easy}\n\nYou can bring a friend. Tell the chair.\n\nThe chair asks your child. Your child can say no.",
        limit: 2)

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        let limit = context.limit(of: rule)
        return EasyBlock.all(in: text).compactMap { easy in
            guard case .paragraph(let passage) = easy.block.content else { return nil }
            let count = Prose(PlacedPassage(passage: passage, role: .paragraph)).sentences.count
            guard count > limit else { return nil }
            return rule.diagnostic(
                "this paragraph has \(count) sentences; one idea has at most \(limit)",
                at: text.location(easy.block.range),
                help: "Make a paragraph of each idea, with a picture of its own.")
        }
    }
}
