import Workspace

/// White space where none belongs, or none where one belongs.
struct OddSpace: ProseRule {
    static let rule = Rule(
        "OddSpace", .warning,
        "A space stands before a sign, or is missing after one, as in text cut together.",
        bad: "Bring a friend⟦ , a relative or a solicitor.",
        good: "Bring a friend, a relative or a solicitor.")

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        let scalars = prose.scalars
        var found: [Finding] = []
        for index in scalars.indices.dropFirst().dropLast() {
            let next = scalars[index + 1]
            if scalars[index].isSpace, ",.;".unicodeScalars.contains(next),
                scalars[index - 1].isLetter,
                index + 2 == scalars.count || scalars[index + 2].isSpace,
                !prose.isVerbatim(index + 1), !prose.isVerbatim(index - 1)
            {
                found.append(
                    Finding(rule, "a space stands before '\(next)'", index..<(index + 2), help: "Delete it."))
            }
            // `home.You`: two sentences cut together.
            if ".,;".unicodeScalars.contains(scalars[index]), next.isUppercase,
                scalars[index - 1].isLowercase, index >= 2,
                scalars[index - 2].isLowercase,
                index + 2 < scalars.count,
                scalars[index + 2].isLowercase || scalars[index + 2] == " ",
                !prose.isVerbatim(index), !prose.isVerbatim(index - 1), !prose.isVerbatim(index + 1)
            {
                found.append(
                    Finding(
                        rule, "a space is missing after '\(scalars[index])'", index..<(index + 1),
                        help: "Add a space."))
            }
        }
        return found
    }
}

extension OddSpace: FixableRule {
    static func fix(_ lines: inout [String], at range: SourceRange) -> Bool {
        guard let columns = range.columns else { return false }
        let line = lines[range.start.line - 1]
        let written = line.scalars(columns)
        guard let sign = written.last, ",.;".contains(sign) else { return false }
        let isBefore = written.count == 2 && written.first?.isWhitespace ?? false
        guard isBefore || written.count == 1, sits(columns, in: line, isBefore) else { return false }
        lines[range.start.line - 1] = line.replacingScalars(
            columns, with: isBefore ? String(sign) : String(sign) + " ")
        return true
    }
}

extension OddSpace {
    /// Whether what stands around a place of a line is what was found there.
    private static func sits(_ columns: Range<Int>, in line: String, _ isBefore: Bool) -> Bool {
        let scalars = Array(line.unicodeScalars)
        guard columns.lowerBound > 1, columns.upperBound - 1 <= scalars.count else { return false }
        let after = scalars.dropFirst(columns.upperBound - 1).first
        return isBefore ? after?.isSpace ?? true : !(after?.isSpace ?? true)
    }
}
