import Workspace

/// Signs of lists that Markdown does not know run the items into one paragraph.
struct BulletAsText: TextRule {
    static let rule = Rule(
        "BulletAsText", .warning,
        "Lines start with a sign that is no list in Markdown, so they run together.",
        bad: "You can bring:\n\n⟦• a friend\n• a relative", good: "You can bring:\n\n- a friend\n- a relative"
    )

    private static let signs: Set<Character> = [
        "•", "●", "▪", "■", "◦", "‣", "⁃", "·", "➢", "✓", "►",
        // What Word's fonts of symbols have in their place.
        "\u{F0B7}", "\u{F0A7}",
    ]

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var found: [Diagnostic] = []
        var last = (number: 0, kind: "")
        let lines = text.prose
        for (index, (number, line)) in lines.enumerated() {
            guard let kind = kind(line) else { continue }
            defer { last = (number, kind) }
            // One problem for a run of lines.
            if last.number == number - 1, last.kind == kind { continue }
            if kind == "–" || kind == "a)" {
                // A dash or a letter alone may be a part of a sentence.
                guard index + 1 < lines.count, lines[index + 1].number == number + 1,
                    self.kind(lines[index + 1].text) == kind
                else { continue }
            }
            let spaces = line.prefix { $0.isWhitespace }.unicodeScalars.count
            found.append(
                rule.diagnostic(
                    "'\(kind)' at the start of a line makes no list: these lines run into one paragraph",
                    at: text.location(line: number, column: spaces, length: 1),
                    help: "Start each line with '- ', and leave a line blank before the first."))
        }
        return found
    }

    private static func kind(_ line: Substring) -> String? {
        let rest = line.drop { $0.isWhitespace }
        guard let first = rest.first else { return nil }
        let after = rest.dropFirst()
        if signs.contains(first) { return String(first) }
        if first == "o", after.hasPrefix("\t") || after.hasPrefix("  ") { return "o" }
        if first == "–" || first == "—", after.first?.isWhitespace ?? false { return "–" }
        if first.isLowercase, first.isASCII, after.hasPrefix(") ") { return "a)" }
        return nil
    }
}

extension BulletAsText: FixableRule {
    static func fix(_ lines: inout [String], at range: SourceRange) -> Bool {
        let first = range.start.line - 1
        // Letters count, and a list of `-` would not.
        guard let kind = kind(lines[first][...]), kind != "a)" else { return false }
        var index = first
        while index < lines.count, self.kind(lines[index][...]) == kind {
            let line = lines[index]
            let indent = line.prefix { $0 == " " }
            var rest = line.drop { $0.isWhitespace }.dropFirst().drop { $0.isWhitespace }
            // A line break is of no use at the end of an item, where readers would see its sign.
            while let last = rest.last, last.isWhitespace || last == "\\" { rest.removeLast() }
            lines[index] = indent + "- " + rest
            index += 1
        }
        // A list right under a paragraph is one, but a reader of the source sees it better with a line between.
        if first > 0, !lines[first - 1].allSatisfy(\.isWhitespace), !lines[first - 1].hasPrefix("- ") {
            lines.insert("", at: first)
        }
        return true
    }
}
