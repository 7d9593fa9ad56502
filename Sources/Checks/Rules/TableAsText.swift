import Markdown
import Workspace

/// Tables that Markdown does not know are published as lines of signs.
struct TableAsText: TextRule {
    static let rule = Rule(
        "TableAsText", .warning, "A table is written in a way that shows readers its lines and no table.",
        bad: "⟦+-----+-------+\n| Who | Phone |\n+-----+-------+",
        good: "| Who | Phone |\n| --- | --- |\n| Front door | 01865 815672 |")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var tables: Set<Int> = []
        func collect(_ blocks: [Block]) {
            for block in blocks {
                switch block.content {
                case .table:
                    if let range = block.range { tables.formUnion(range.start.line...range.end.line) }
                case .list(let list): for item in list.items { collect(item.blocks) }
                case .quote(let inner), .callout(_, let inner), .footnote(_, let inner): collect(inner)
                default: break
                }
            }
        }
        collect(text.blocks)
        var found: [Diagnostic] = []
        var last = -1
        let lines = text.prose
        for (index, (number, line)) in lines.enumerated() where !tables.contains(number) {
            let rest = line.drop { $0 == " " }
            let isGrid = rest.hasPrefix("+-") || rest.hasPrefix("+=")
            let isRow = rest.hasPrefix("|") && rest.count { $0 == "|" } >= 2
            guard isGrid || isRow else { continue }
            defer { last = number }
            if last == number - 1 { continue }
            if !isGrid {
                // One line alone may be a sentence with a sign in it.
                guard index + 1 < lines.count, lines[index + 1].number == number + 1,
                    lines[index + 1].text.drop(while: { $0 == " " }).hasPrefix("|")
                else { continue }
            }
            found.append(
                rule.diagnostic(
                    "this is meant to be a table, and is shown as text",
                    at: text.location(
                        line: number, column: line.prefix { $0 == " " }.count,
                        length: rest.unicodeScalars.count),
                    help: "Write '| a | b |', under it '| --- | --- |', then one line for each row."))
        }
        return found + simpleTables(in: text, lines) + tabbedTables(in: text, lines)
    }

    private typealias Line = (number: Int, text: Substring)

    private static func problem(_ text: GuidanceText, at line: Line) -> Diagnostic {
        let rest = line.text.drop(while: \.isWhitespace)
        return rule.diagnostic(
            "this is meant to be a table, and is shown as text",
            at: text.location(
                line: line.number,
                column: line.text.unicodeScalars.count - rest.unicodeScalars.count,
                length: rest.unicodeScalars.count),
            help: "Write '| a | b |', under it '| --- | --- |', then one line for each row.")
    }

    /// Tables as Pandoc writes them from Word: columns held apart by spaces, above and below lines of dashes.
    private static func simpleTables(in text: GuidanceText, _ lines: [Line]) -> [Diagnostic] {
        var found: [Diagnostic] = []
        var end = -1
        for index in lines.indices where index > end && isRuler(lines[index].text) {
            // From the words above the first ruler to the last ruler of the table.
            var first = index
            if index > 0, lines[index - 1].number == lines[index].number - 1, isColumns(lines[index - 1].text)
            {
                first = index - 1
            }
            var next = index + 1
            end = index
            while next < lines.count,
                lines[next].text.allSatisfy(\.isWhitespace) || isColumns(lines[next].text)
                    || isRuler(lines[next].text) || lines[next].text.hasPrefix("  ")
            {
                if isRuler(lines[next].text) { end = next }
                next += 1
            }
            guard first < index || end > index || next > index + 1 && isColumns(lines[index + 1].text) else {
                continue
            }
            // A ruler at the top says nothing: point to the words below.
            let place = first == index && index + 1 < lines.count ? index + 1 : first
            found.append(problem(text, at: lines[place]))
        }
        return found
    }

    /// Two stretches of dashes or more, and nothing else: `------ --------`.
    private static func isRuler(_ line: Substring) -> Bool {
        let stretches = line.split(separator: " ")
        return stretches.count >= 2
            && stretches.allSatisfy { stretch in
                stretch.allSatisfy { $0 == "-" || $0 == "\\" } && stretch.count { $0 == "-" } >= 3
            }
    }

    /// Words with two spaces or more between them.
    private static func isColumns(_ line: Substring) -> Bool {
        let words = line.drop { $0 == " " }
        guard let first = words.first, first != "#", first != "-", first != "*", first != ">" else {
            return false
        }
        return words.firstRange(of: "  ").map { gap in
            !words[gap.upperBound...].allSatisfy(\.isWhitespace)
        } ?? false
    }

    /// Cells that a spreadsheet or Word left, held apart by tabs.
    private static func tabbedTables(in text: GuidanceText, _ lines: [Line]) -> [Diagnostic] {
        var found: [Diagnostic] = []
        var last: (number: Int, tabs: Int)?
        var isTold = false
        for line in lines {
            let cells = line.text.split(separator: "\t", omittingEmptySubsequences: false)
            // A sign of a list, or its number, stands before a tab too.
            let isRow =
                cells.count > 1 && cells.allSatisfy { !$0.allSatisfy(\.isWhitespace) }
                && cells[0].trimmed.count > 2
                && !cells[0].trimmed.allSatisfy { $0.isNumber || $0 == "." || $0 == ")" }
            guard isRow else {
                last = nil
                continue
            }
            if let last, last.number == line.number - 1, last.tabs == cells.count {
                if !isTold { found.append(problem(text, at: (last.number, text.lines[last.number - 1]))) }
                isTold = true
            } else {
                isTold = false
            }
            last = (line.number, cells.count)
        }
        return found
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return text
    }
}
