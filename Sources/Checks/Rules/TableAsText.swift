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
        return found
    }
}
