import Markdown
import Workspace

/// HTML that the parser reports: elements that have a sign in Markdown become it, where no other is left on the line.
struct RawHTML: FixableRule {
    static let rule = Rule("RawHTML", .warning, "", bad: "", good: "")

    static func fix(_ lines: inout [String], at range: SourceRange) -> Bool {
        let first = range.start.line - 1
        let last = min(max(first, range.end.line - 1), lines.count - 1)
        if lines[first].trimmed == "<aside>" { return fixAside(&lines, at: first) }
        var hasChanged = false
        for index in first...last {
            guard let fixed = markdown(of: lines[index]), fixed != lines[index] else { continue }
            lines[index] = fixed
            hasChanged = true
        }
        return hasChanged
    }

    /// `<aside>` … `</aside>`, as Notion writes its boxes.
    private static func fixAside(_ lines: inout [String], at index: Int) -> Bool {
        guard let end = lines[index...].firstIndex(where: { $0.trimmed == "</aside>" }) else { return false }
        var body = lines[(index + 1)..<end].map(\.trimmed)[...]
        while body.first?.isEmpty == true { body.removeFirst() }
        while body.last?.isEmpty == true { body.removeLast() }
        lines.replaceSubrange(index...end, with: ["> [!NOTE]"] + body.map { $0.isEmpty ? ">" : "> \($0)" })
        return true
    }

    private static let signs: [(String, String)] = [
        ("<strong>", "**"), ("</strong>", "**"), ("<b>", "**"), ("</b>", "**"), ("<em>", "*"), ("</em>", "*"),
        ("<i>", "*"), ("</i>", "*"), ("<p>", ""), ("</p>", ""), ("<ul>", ""), ("</ul>", ""), ("<ol>", ""),
        ("</ol>", ""), ("<li>", "- "), ("</li>", ""), ("<div>", ""), ("</div>", ""), ("<span>", ""),
        ("</span>", ""), ("<br>", ""), ("<br/>", ""), ("<br />", ""), ("<h2>", "## "), ("</h2>", ""),
        ("<h3>", "### "), ("</h3>", ""), ("<h4>", "#### "), ("</h4>", ""), ("&nbsp;", " "),
    ]

    /// A line without its elements; nil where one is left that means more.
    static func markdown(of line: String) -> String? {
        guard line.contains("<") else { return nil }
        var text = line
        while let open = text.firstRange(of: "<a href=\""),
            let quote = text[open.upperBound...].firstIndex(of: "\""),
            let close = text[quote...].firstIndex(of: ">"),
            let end = text[close...].firstRange(of: "</a>")
        {
            let address = text[open.upperBound..<quote]
            let words = text[text.index(after: close)..<end.lowerBound]
            guard !address.contains(where: \.isWhitespace), !words.contains("<") else { return nil }
            text.replaceSubrange(open.lowerBound..<end.upperBound, with: "[\(words)](\(address))")
        }
        for (tag, sign) in signs { text = text.replacing(tag, with: sign) }
        // An element that is not named here stays, and so does its line.
        if let left = text.firstIndex(of: "<"), text[left...].contains(">") { return nil }
        return text.isEmpty || text.allSatisfy(\.isWhitespace) ? "" : text.trimmed
    }
}

extension String {
    fileprivate var trimmed: String {
        String(trimmingPrefix(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
