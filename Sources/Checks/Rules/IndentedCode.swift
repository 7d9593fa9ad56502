import Workspace

/// Four spaces in front of a line, as a word processor leaves them, make it code: in small type of one width, and not
/// translated.
struct IndentedCode: TextRule {
    static let rule = Rule(
        "IndentedCode", .warning,
        "Words are shown as code, because four spaces or a tab stand in front of them.",
        bad: "What to bring:\n\n    ⟦Bring your notes.", good: "What to bring:\n\nBring your notes.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        text.codeBlocks.compactMap { code in
            guard text.fence(of: code) == nil, text.lines.indices.contains(code.start.line - 1) else {
                return nil
            }
            let line = text.lines[code.start.line - 1].unicodeScalars.dropFirst(code.start.column - 1)
            let words = line.drop { $0 == " " || $0 == "\t" }
            return rule.diagnostic(
                "this is shown as code, for the spaces in front of it",
                at: text.location(
                    line: code.start.line, column: code.start.column - 1 + line.count - words.count,
                    length: words.count),
                help:
                    "Take the spaces in front of it away. What is meant as code goes between two lines of ```."
            )
        }
    }
}
