import Workspace

/// `##Heading` is a paragraph.
struct HeadingWithoutSpace: TextRule {
    static let rule = Rule(
        "HeadingWithoutSpace", .warning, "A heading lacks the space after its signs, so it is shown as text.",
        bad: "⟦##What to bring", good: "## What to bring")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        text.prose.compactMap { number, line in
            let signs = line.prefix { $0 == "#" }.count
            guard (1...6).contains(signs), let next = line.dropFirst(signs).first, next.isLetter,
                signs > 1 || line.contains(" ")
            else { return nil }
            return rule.diagnostic(
                "this heading lacks a space after '\(String(repeating: "#", count: signs))'",
                at: text.location(line: number, length: line.unicodeScalars.count),
                help: "Write '\(String(repeating: "#", count: signs)) \(line.dropFirst(signs))'.")
        }
    }
}

extension HeadingWithoutSpace: FixableRule {
    static func fix(_ lines: inout [String], at range: SourceRange) -> Bool {
        let line = lines[range.start.line - 1]
        let signs = line.prefix { $0 == "#" }
        // `#OurKent is back.` may be the mark of a campaign, and a sentence.
        if signs.count == 1, let last = line.last(where: { !$0.isWhitespace }), ".,;:!".contains(last) {
            return false
        }
        lines[range.start.line - 1] = signs + " " + line.dropFirst(signs.count)
        return true
    }
}
