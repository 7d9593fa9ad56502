import Markdown
import Workspace

/// HTML that the parser reports: elements that have a sign in Markdown become it, where no other is left on the line.
struct RawHTML: FixableRule {
    static let rule = Rule("RawHTML", .warning, "", bad: "", good: "")

    static func fix(_ lines: inout [String], at range: SourceRange) -> Bool {
        let first = range.start.line - 1
        guard first >= endOfFrontMatter(lines) else { return false }
        if lines[first].trimmed == "<aside>" { return fixAside(&lines, at: first) }
        let last = min(max(first, range.end.line - 1), lines.count - 1)
        let before = Array(lines[first...last])
        guard let after = markdown(of: before), after != before else {
            return frame(lines[first]) != nil && fixFrames(&lines, from: endOfFrontMatter(lines))
        }
        lines.replaceSubrange(first...last, with: after)
        return true
    }

    private static func endOfFrontMatter(_ lines: [String]) -> Int {
        guard lines.first?.trimmed == "---",
            let end = lines.dropFirst().firstIndex(where: { $0.trimmed == "---" })
        else { return 0 }
        return end + 1
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

    /// `<div class="box">` or `</div>` alone on a line: the name, with a slash before it where it closes.
    private static func frame(_ line: String) -> String? {
        let text = line.trimmed
        guard let match = text.wholeMatch(of: /<(\/?(?:div|section|article|center))(\s[^<>]*)?>/),
            isForLooks(String(match.output.2 ?? ""))
        else { return nil }
        return String(match.output.1)
    }

    /// Takes the frames of all blocks away, where each has a line of its own and none is left open.
    private static func fixFrames(_ lines: inout [String], from top: Int) -> Bool {
        var open: [String] = []
        var places: [Int] = []
        for index in top..<lines.count {
            guard let name = frame(lines[index]) else {
                // One within a line may belong to any of them; code is to be seen.
                if lines[index].contains(/<\/?(?:div|section|article|center)\b|^\s*(?:```|~~~)/) {
                    return false
                }
                continue
            }
            if name.hasPrefix("/") {
                guard open.popLast() == String(name.dropFirst()) else { return false }
            } else {
                open.append(name)
            }
            places.append(index)
        }
        guard open.isEmpty else { return false }
        for index in places { lines[index] = "" }
        return true
    }

    /// Whether attributes say how something looks, and not what it is, where it leads or who may see it.
    private static func isForLooks(_ attributes: String) -> Bool {
        let names = attributes.matches(of: /([A-Za-z-]+)\s*(?:=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?/).map {
            $0.output.1.lowercased()
        }
        let known: Set<String> = [
            "class", "style", "align", "width", "height", "target", "rel", "border", "color", "bgcolor",
            "title",
            "role", "valign", "loading", "decoding",
        ]
        return names.allSatisfy(known.contains)
            && !attributes.lowercased().contains(/display\s*:|visibility\s*:/)
    }

    /// The same without attributes that only say how it looks: `<p class="lead">` is `<p>`.
    private static func plain(_ text: String) -> String {
        var text = text.replacing(/<(div|span|p|h2|h3|h4|strong|b|em|i|ul|ol|li)(\s[^<>]*)>/) { match in
            isForLooks(String(match.output.2)) ? "<\(match.output.1)>" : String(match.output.0)
        }
        text = text.replacing(/<a(\s[^<>]*?)href="([^"<>]*)"([^<>]*)>/) { match in
            isForLooks(String(match.output.1)) && isForLooks(String(match.output.3))
                ? "<a href=\"\(match.output.2)\">" : String(match.output.0)
        }
        return text
    }

    /// `<img src="room.png" alt="The room">` as a picture; one without words for it stays.
    private static func withPictures(_ text: String) -> String {
        text.replacing(/<img(\s[^<>]*?)\/?>/) { match in
            let attributes = String(match.output.1)
            guard let source = attributes.firstMatch(of: /\ssrc="([^"\s<>()]+)"/)?.output.1,
                let words = attributes.firstMatch(of: /\salt="([^"<>\[\]]+)"/)?.output.1,
                isForLooks(
                    attributes.replacing(/\s(?:src|alt|srcset|sizes)="[^"]*"/, with: ""))
            else { return String(match.output.0) }
            return "![\(words)](\(source))"
        }
    }

    /// Elements within a line, and their sign.
    private static let emphasis = [("strong", "**"), ("b", "**"), ("em", "*"), ("i", "*")]
    private static let headings = [("h2", "##"), ("h3", "###"), ("h4", "####")]

    /// The lines without their elements; nil where one is left that means more, or that can be meant in two ways.
    static func markdown(of lines: [String]) -> [String]? {
        let whole = lines.joined(separator: "\n")
        // Within code, elements are what readers are to see.
        guard whole.contains("<"), !whole.contains("`") else { return nil }
        let simple = withPictures(plain(whole))
        if let list = list(simple.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)) {
            return list
        }
        guard var text = withLinks(simple) else { return nil }
        for (name, sign) in emphasis {
            guard let changed = emphasised(text, name, sign) else { return nil }
            text = changed
        }
        for name in ["span", "div", "p"] + headings.map(\.0) {
            guard text.count(of: "<\(name)>") == text.count(of: "</\(name)>") else { return nil }
        }
        // A paragraph of its own would leave the list or quotation that it stands in.
        let isWithin = lines.contains { line in
            let text = line.trimmed
            return text.hasPrefix(">") || startsItem(text)
        }
        if isWithin, (["div", "p"] + headings.map(\.0)).contains(where: { text.contains("<\($0)>") }) {
            return nil
        }
        for tag in ["<span>", "</span>"] { text = text.replacing(tag, with: "") }
        for tag in ["<div>", "</div>", "<p>", "</p>"] { text = text.replacing(tag, with: "\n\n") }
        for (name, sign) in headings {
            text = text.replacing("<\(name)>", with: "\n\n\(sign) ").replacing("</\(name)>", with: "\n\n")
        }
        for tag in ["<br>", "<br/>", "<br />"] { text = text.replacing(tag, with: "\u{0}") }
        if text.contains("\u{0}") {
            // A row of a table and a heading have one line.
            guard !lines.contains(where: { $0.contains("|") || $0.trimmed.hasPrefix("#") }) else {
                return nil
            }
            text = withLineBreaks(text)
        }
        text = text.replacing("&nbsp;", with: " ")
        // An element that is not named here stays, and so does all of this.
        if let left = text.firstIndex(of: "<"), text[left...].contains(">") { return nil }
        let before = Set(lines)
        var result = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).map {
            line in
            if line.trimmed.isEmpty { return "" }
            return before.contains(line) || startsItem(line.trimmed) ? line : line.trimmed
        }
        while result.first?.isEmpty == true, result.count > 1 { result.removeFirst() }
        while result.last?.isEmpty == true, result.count > 1 { result.removeLast() }
        return zip(result, [nil] + result.map(Optional.some)).compactMap { line, before in
            line.isEmpty && before?.isEmpty == true ? nil : line
        }
    }

    private static func startsItem(_ text: String) -> Bool {
        let rest = text.drop { $0.isNumber }
        return ["- ", "* ", "+ "].contains(where: text.hasPrefix)
            || rest.startIndex > text.startIndex && (rest.hasPrefix(". ") || rest.hasPrefix(") "))
    }

    /// `<ul>` or `<ol>` with one item a line, and nothing within the items; nil for what is no such list.
    private static func list(_ lines: [String]) -> [String]? {
        let parts = lines.map(\.trimmed).filter { !$0.isEmpty }
        guard let first = parts.first, let last = parts.last, parts.count > 2,
            first == "<ul>" && last == "</ul>" || first == "<ol>" && last == "</ol>"
        else { return nil }
        var items: [String] = []
        for part in parts.dropFirst().dropLast() {
            guard part.hasPrefix("<li>"), part.hasSuffix("</li>") else { return nil }
            let inner = String(part.dropFirst(4).dropLast(5)).trimmed
            guard inner.contains("<") else {
                items.append(inner)
                continue
            }
            guard let text = markdown(of: [inner]), text.count == 1 else { return nil }
            items.append(text[0])
        }
        return items.enumerated().map { index, item in (first == "<ol>" ? "\(index + 1). " : "- ") + item }
    }

    /// `<a href="…">words</a>` as a link; nil where one cannot be.
    private static func withLinks(_ text: String) -> String? {
        var text = text
        while let open = text.firstRange(of: "<a href=\""),
            let quote = text[open.upperBound...].firstIndex(of: "\""),
            let close = text[quote...].firstIndex(of: ">"),
            let end = text[close...].firstRange(of: "</a>")
        {
            let address = text[open.upperBound..<quote]
            let words = text[text.index(after: close)..<end.lowerBound]
            guard !address.contains(where: \.isWhitespace), !words.contains("<") else { return nil }
            // Signs that would end the words or the address early.
            let shown = words.reduce(into: "") { $0 += $1 == "[" || $1 == "]" ? "\\\($1)" : String($1) }
            let written = address.replacing("(", with: "%28").replacing(")", with: "%29")
            text.replaceSubrange(open.lowerBound..<end.upperBound, with: "[\(shown)](\(written))")
        }
        return text
    }

    /// White space at the ends of the words goes outside, where Markdown has it; nil where an end is missing.
    private static func emphasised(_ text: String, _ name: String, _ sign: String) -> String? {
        let (open, close) = ("<\(name)>", "</\(name)>")
        guard text.count(of: open) == text.count(of: close) else { return nil }
        var text = text
        while let start = text.firstRange(of: open) {
            guard let end = text[start.upperBound...].firstRange(of: close) else { return nil }
            let words = text[start.upperBound..<end.lowerBound]
            guard !words.contains("\n\n"), words.contains(where: { !$0.isWhitespace }) else { return nil }
            let inner = String(words).trimmed
            let before = words.first?.isWhitespace == true ? " " : ""
            let after = words.last?.isWhitespace == true ? " " : ""
            // Marks between a letter and a bracket or a stop make nothing bold.
            let opens = start.lowerBound > text.startIndex ? text[text.index(before: start.lowerBound)] : " "
            let closes = end.upperBound < text.endIndex ? text[end.upperBound] : " "
            func isWord(_ sign: Character?) -> Bool { sign.map { $0.isLetter || $0.isNumber } ?? false }
            if before.isEmpty, isWord(opens), !isWord(inner.first) { return nil }
            if after.isEmpty, isWord(closes), !isWord(inner.last) { return nil }
            text.replaceSubrange(
                start.lowerBound..<end.upperBound, with: before + sign + inner + sign + after)
        }
        return text
    }

    /// Line breaks as Markdown writes them; at the end of a paragraph they are of no use.
    private static func withLineBreaks(_ text: String) -> String {
        let pieces = text.split(separator: "\u{0}", omittingEmptySubsequences: false).map(String.init)
        var result = ""
        for (index, piece) in pieces.enumerated() {
            var piece = piece
            if index > 0 {
                // The line ends here already, or does now.
                let spaces = piece.prefix { $0 == " " || $0 == "\t" }
                piece.removeFirst(spaces.count)
                let endsParagraph =
                    piece.hasPrefix("\n\n") || !pieces[index...].contains { $0.contains { !$0.isWhitespace } }
                while result.last == " " { result.removeLast() }
                let startsParagraph = result.isEmpty || result.hasSuffix("\n")
                if !endsParagraph, !startsParagraph { result += "\\" }
                if !piece.hasPrefix("\n"), !startsParagraph { result += "\n" }
            }
            result += piece
        }
        return result
    }
}

extension String {
    fileprivate var trimmed: String {
        String(trimmingPrefix(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// How often another text stands in it.
    fileprivate func count(of text: String) -> Int { ranges(of: text).count }
}
