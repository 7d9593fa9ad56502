import Workspace

/// A fence that nobody closes takes the rest of a page with it: headings, and the questions below them.
struct UnclosedFence: TextRule {
    static let rule = Rule(
        "UnclosedFence", .warning, "Code is opened and not closed, so all that follows is shown as code.",
        bad: "⟦```\nBring your notes.\n\n## Who comes?\n\nPeople who know you.",
        good: "```\nBring your notes.\n```\n\n## Who comes?\n\nPeople who know you.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        text.codeBlocks.compactMap { code in
            guard let signs = text.fence(of: code), let sign = signs.first else { return nil }
            // Within a quotation or a list, signs of those stand in front of it.
            let last = text.lines[min(code.end.line, text.lines.count) - 1]
                .drop { $0 == " " || $0 == "\t" || $0 == ">" }
            let closing = last.prefix { $0 == sign }
            let isClosed =
                code.end.line > code.start.line && closing.count >= signs.count
                && last.dropFirst(closing.count).allSatisfy(\.isWhitespace)
            if isClosed { return nil }
            return rule.diagnostic(
                "nothing closes this, so what follows is shown as code, headings too",
                at: text.location(
                    line: code.start.line, column: code.start.column - 1, length: signs.count),
                help: "Take it out, or close it with a line '\(signs)' where the code ends.")
        }
    }
}
