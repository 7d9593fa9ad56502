import Markdown
import Workspace

/// Bold lines look like headings and are none: nobody can jump to them or link to them.
struct BoldHeading: TextRule {
    static let rule = Rule(
        "BoldHeading", .warning,
        "A bold line stands where a heading should, so nobody can find it by its heading.",
        bad: "⟦**What to bring**\n\nBring your notes.", good: "## What to bring\n\nBring your notes.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (block, next) in zip(text.blocks, text.blocks.dropFirst()) {
            guard case .paragraph(let passage) = block.content, passage.inlines.count == 1,
                case .strong(let content)? = passage.inlines.first
            else { continue }
            if case .heading = next.content { continue }
            let words = content.plainText
            guard words.count <= 80, let last = words.last, !".!;,".contains(last) else { continue }
            found.append(
                rule.diagnostic(
                    "this bold line looks like a heading and is none", at: text.location(block.range),
                    help: "Write '## \(words)'."))
        }
        return found
    }
}
