import Markdown
import Workspace

/// Who needs easy words looks at the picture first.
struct EasyIdeaWithoutPicture: TextRule {
    static let rule = Rule(
        "EasyIdeaWithoutPicture", .warning, "An idea among easy words has no picture beside it.",
        bad:
            "## You can bring someone\n\nBring a friend.\n\n### You can bring someone {easy}\n\n⟦You can bring a friend.",
        good:
            "## You can bring someone\n\nBring a friend.\n\n### You can bring someone {easy}\n\nYou can bring a friend. {picture=two-people}"
    )

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        EasyBlock.all(in: text).compactMap { easy in
            let message: String
            switch easy.block.content {
            case .paragraph:
                guard easy.block.attributes?.picture == nil else { return nil }
                message = "this paragraph has no picture"
            case .list, .table, .quote, .callout, .code:
                message = "what is no paragraph has no pictures beside its ideas"
            case .heading, .footnote, .thematicBreak: return nil
            }
            return rule.diagnostic(
                message, at: text.location(easy.block.range),
                help:
                    "Write {picture=name} at the end of a paragraph; pictures/pictures.yml has the names.")
        }
    }
}
