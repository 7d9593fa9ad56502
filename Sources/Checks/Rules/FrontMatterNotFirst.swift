import Workspace

/// Settings that do not start on the first line are published as text.
struct FrontMatterNotFirst: TextRule {
    static let rule = Rule(
        "FrontMatterNotFirst", .warning,
        "Settings stand below the first line of the page, so readers see them.",
        bad: "\n⟦---\ntitle: Your rights\n---\n\nYou can come.",
        good: "---\ntitle: Your rights\n---\n\nYou can come.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        guard text.frontMatter == nil,
            let start = text.lines.firstIndex(where: { !$0.allSatisfy(\.isWhitespace) }), start > 0,
            isFence(text.lines[start])
        else { return [] }
        let rest = text.lines[(start + 1)...]
        guard let end = rest.firstIndex(where: isFence), end > start + 1,
            rest[..<end].contains(where: { line in
                guard let colon = line.firstIndex(of: ":") else { return false }
                return line[..<colon].allSatisfy { $0.isLetter || $0 == "-" || $0 == "_" }
            })
        else { return [] }
        return [
            rule.diagnostic(
                "these settings do not start on the first line, so they are shown as text",
                at: text.location(line: start + 1, length: 3), help: "Delete what stands above the ---.")
        ]
    }

    private static func isFence(_ line: Substring) -> Bool {
        line.hasPrefix("---") && line.dropFirst(3).allSatisfy(\.isWhitespace)
    }
}

extension FrontMatterNotFirst: FixableRule {
    static func fix(_ lines: inout [String], at range: SourceRange) -> Bool {
        lines.removeFirst(range.start.line - 1)
        return true
    }
}
