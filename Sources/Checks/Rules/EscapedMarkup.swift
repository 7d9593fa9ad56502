import Workspace

/// Editors in the browser put a backslash before every sign, so that readers see braces and stars.
struct EscapedMarkup: TextRule {
    static let rule = Rule(
        "EscapedMarkup", .warning,
        "A backslash makes a fact, a link or bold text plain, so readers see its signs.",
        bad: "Come ⟦\\{\\{arrive-early\\}\\} before.", good: "Come in good time.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (number, line) in text.prose where line.contains("\\") {
            let code = CodeSpans(line)
            for (start, end, what) in [
                ("\\{\\{", "}", "a fact or contact"), ("\\{{", "}}", "a fact or contact"),
                ("\\*\\*", "\\*\\*", "bold text"), ("\\[", "](", "a link"), ("\\[", "]\\(", "a link"),
                ("\\_\\_", "\\_\\_", "bold text"), ("\\_", "\\_", "slanting text"),
            ] {
                guard let first = line.firstRange(of: start, outside: code),
                    let last = line[first.upperBound...].firstRange(of: end, outside: code),
                    !code.touch(first.lowerBound..<last.upperBound)
                else { continue }
                let range = first.lowerBound..<last.upperBound
                // Words in brackets, and a link behind them.
                if start == "\\[", line[first.upperBound..<last.lowerBound].contains("[") { continue }
                let plain = line[range].filter { $0 != "\\" }
                // `\}\}` ends at its first sign.
                let isHalf = plain.hasPrefix("{{") && !plain.hasSuffix("}}")
                found.append(
                    rule.diagnostic(
                        "backslashes show readers the signs of \(what)",
                        at: text.location(line: number, of: range),
                        help: "Take the backslashes out: \(plain)\(isHalf ? "}" : "")"))
                break
            }
            if let first = line.firstRange(of: "\\#"), first.lowerBound == line.startIndex {
                found.append(
                    rule.diagnostic(
                        "a backslash makes a heading plain text", at: text.location(line: number, of: first),
                        help: "Take the backslash out."))
            }
        }
        return found
    }
}

extension EscapedMarkup: FixableRule {
    static func fix(_ lines: inout [String], at range: SourceRange) -> Bool {
        guard let columns = range.columns else { return false }
        let line = lines[range.start.line - 1]
        let written = line.scalars(columns)
        // The sign that closes may stand behind the range: `\\}\\}`.
        let plain = written.filter { $0 != "\\" }
        guard plain != written else { return false }
        // Only what closes this one: another of the line is a problem of its own.
        var rest = line.scalars(columns.upperBound..<(line.unicodeScalars.count + 1))
        if plain.hasPrefix("{{"), rest.hasPrefix("\\}") { rest.removeFirst() }
        if plain.hasPrefix("["), let close = rest.firstIndex(of: ")"), close > rest.startIndex {
            let before = rest.index(before: close)
            if rest[before] == "\\" { rest.remove(at: before) }
        }
        let start = columns.lowerBound > 1 ? line.scalars(1..<columns.lowerBound) : ""
        lines[range.start.line - 1] = start + plain + rest
        return true
    }
}
