import Foundation
import Guidance
import Markdown
import RegexBuilder

/// Takes out of Markdown what only its old generator, or a browser, could read: shortcodes, Liquid, elements of HTML.
///
/// Words that a reader saw stay, and lines stay where they are, so that places stay true. All else is said.
struct ForeignMarkup {
    private(set) var text: String
    private(set) var losses: [ForeignDocument.Note] = []
    private(set) var leftOut: [ForeignDocument.Note] = []
    private let names: Set<String>

    /// - Parameter names: Of facts and contacts, as they stand in braces here.
    init(_ markdown: String, names: Set<String>) {
        text = markdown
        self.names = names
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var first = 0
        if lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") { first = end + 1 }
        // Listings of code are meant to be seen as they are.
        var parts: [(isCode: Bool, lines: [String])] = [(true, Array(lines[..<first]))]
        var fence: String?
        for line in lines[first...] {
            let start = line.drop { $0 == " " }
            if let open = fence {
                parts[parts.count - 1].lines.append(line)
                if start.hasPrefix(open) { fence = nil }
                continue
            }
            if start.hasPrefix("```") || start.hasPrefix("~~~") {
                fence = String(start.prefix(3))
                parts.append((true, [line]))
            } else if parts[parts.count - 1].isCode {
                parts.append((false, [line]))
            } else {
                parts[parts.count - 1].lines.append(line)
            }
        }
        var result: [String] = []
        for part in parts where !part.lines.isEmpty {
            let joined = part.lines.joined(separator: "\n")
            result.append(part.isCode ? joined : mended(joined, from: result.reduce(1) { $0 + $1.lineCount }))
        }
        text = result.joined(separator: "\n")
    }

    /// A part of the text without them; it has as many lines as before.
    private mutating func mended(_ part: String, from line: Int) -> String {
        var text = part
        text = withoutMarks(text, from: line)
        text = linked(text)
        text = boxed(text, from: line)
        text = withoutBraces(text, from: line)
        return withoutElements(text, from: line)
    }

    private mutating func lose(_ what: String, _ words: some StringProtocol, _ line: Int) {
        losses.append(
            .init(
                place: "line \(line)", what: what,
                text: words.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
    }

    /// What Kramdown makes of the page itself, and what editors noted for each other: tables of contents, comments, what
    /// abbreviations mean.
    private mutating func withoutMarks(_ text: String, from line: Int) -> String {
        var result = Output(line: line)
        var rest = text[...]
        while let match = rest.firstMatch(
            of:
                /(?m)^(?:[ ]{0,3}(?:[*+-]|\d+[.)])[ \t]+[^\n]*(?:\n[ \t]*)?\{:[^}\n]*\btoc\b[^}\n]*\}[ \t]*|[ ]{0,3}\[\[?_?TOC_?\]?\][ \t]*|[ ]{0,3}\*\[[^\]\n]+\]:[^\n]*)$|\{::comment\}[\s\S]{0,20000}?\{:\/(?:comment)?\}/
        ) {
            result += rest[..<match.range.lowerBound]
            let mark = match.output
            if mark.hasPrefix("{::") {
                lose("a note between editors", mark, result.line)
            } else if mark.drop(while: { $0 == " " }).hasPrefix("*[") {
                lose("what an abbreviation means: write it where the text uses it", mark, result.line)
            } else {
                leftOut.append(
                    .init(
                        place: "line \(result.line)", what: "a table of contents",
                        text: mark.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
            }
            result += String(repeating: "\n", count: mark.count { $0 == "\n" })
            rest = rest[match.range.upperBound...]
        }
        return result.text + rest
    }

    /// Links of Hugo and Jekyll to pages, as the paths that they name.
    private func linked(_ text: String) -> String {
        var text = text
        text = text.replacing(
            /\{\{[<%]-?\s*(?:rel)?ref\s+(?:path\s*=\s*)?["']?([^"'>%\s]+)["']?[^>%}]*[>%]\}\}/
        ) {
            match in
            // Only where a link leads to it: by itself it is an address that nobody reads.
            let before = text[..<match.range.lowerBound]
            return before.hasSuffix("(") || before.hasSuffix("\"") || before.hasSuffix("<")
                ? String(match.output.1) : String(match.output.0)
        }
        text = text.replacing(/\{\{-?\s*site\.(?:baseurl|url|github\.url)\s*(?:\|[^}]*)?-?\}\}/, with: "")
        text = text.replacing(/\{%-?\s*link\s+([^\s%]+)\s*-?%\}/) { "/" + $0.output.1 }
        text = text.replacing(/\{%-?\s*post_url\s+([^\s%]+)\s*-?%\}/) { "/" + $0.output.1 }
        text = text.replacing(
            /\]\(\{\{-?\s*["']([^"']+)["']\s*\|\s*(?:relative_url|absolute_url|relURL|absURL)\s*-?\}\}/
        ) { "](" + $0.output.1 }
        return text
    }

    private static let boxes = [
        "alert", "notice", "callout", "warning", "note", "tip", "hint", "admonition", "important", "danger",
        "info", "details-box", "panel", "box", "inset", "caution",
    ]

    /// A box between two shortcodes that stand on lines of their own.
    private mutating func boxed(_ text: String, from line: Int) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var index = 0
        while index < lines.count {
            defer { index += 1 }
            guard
                let open = lines[index].wholeMatch(of: /\s*\{\{[<%]\s*([\w-]+)([^}]*?)[>%]\}\}\s*/),
                Self.boxes.contains(open.output.1.lowercased()),
                let end = lines[index...].firstIndex(where: {
                    $0.firstMatch(of: /\{\{[<%]\s*\/\s*([\w-]+)\s*[>%]\}\}/)?.output.1 == open.output.1
                }), lines[end].wholeMatch(of: /\s*\{\{[<%]\s*\/[^}]*[>%]\}\}\s*/) != nil
            else { continue }
            let words = (open.output.1 + " " + open.output.2).lowercased()
            let isWarning = ["warning", "danger", "important", "caution"].contains(where: words.contains)
            lose("a shortcode: its words stand in a box now", lines[index], line + index)
            lines[index] = isWarning ? "> [!WARNING]" : "> [!NOTE]"
            for inner in lines.indices[(index + 1)..<end] { lines[inner] = "> " + lines[inner] }
            lines[end] = ""
        }
        return lines.joined(separator: "\n")
    }

    /// Shortcodes, tags and values in braces.
    private mutating func withoutBraces(_ text: String, from line: Int) -> String {
        var result = Output(line: line)
        var rest = text[...]
        while let match = rest.firstMatch(
            of:
                /\{\{[<%][\s\S]{0,2000}?[>%]\}\}|\{%[\s\S]{0,2000}?%\}|\{\{[\s\S]{0,500}?\}\}|\{:[^}\n]{0,200}\}/
        ) {
            result += rest[..<match.range.lowerBound]
            let tag = match.output
            rest = rest[match.range.upperBound...]
            let place = result.line
            let breaks = String(repeating: "\n", count: tag.count { $0 == "\n" })
            let inner = tag.dropFirst(tag.hasPrefix("{:") ? 2 : tag.hasPrefix("{%") ? 2 : 2)
                .dropLast(tag.hasPrefix("{:") ? 1 : 2)
                .trimmingCharacters(in: CharacterSet(charactersIn: "<>%-").union(.whitespacesAndNewlines))
            if tag.hasPrefix("{{"), !tag.hasPrefix("{{<"), !tag.hasPrefix("{{%") {
                let words = inner.split(separator: " ")
                if names.contains(inner) || names.contains(words.prefix(2).joined(separator: " ")) {
                    result += tag
                    continue
                }
            }
            let isInLine =
                Self.hasWords(result.lastLine)
                || Self.hasWords(rest.prefix { $0 != "\n" })
            if tag.hasPrefix("{:") {
                lose("a mark of its old generator", tag, place)
                continue
            }
            if inner.hasPrefix("/") || inner.hasPrefix("end") {
                // The end of what began before, and was said there.
                result += breaks
                continue
            }
            let name = inner.prefix { !$0.isWhitespace }.lowercased()
            if tag.hasPrefix("{%"), ["comment"].contains(name),
                let end = rest.prefix(20_000).firstMatch(of: /\{%-?\s*endcomment\s*-?%\}/)
            {
                lose("a note between editors", rest[..<end.range.lowerBound], place)
                result +=
                    breaks
                    + String(
                        repeating: "\n", count: rest[..<end.range.upperBound].count { $0 == "\n" })
                rest = rest[end.range.upperBound...]
                continue
            }
            let arguments = Self.arguments(String(inner.dropFirst(name.count)))
            func argument(_ names: String...) -> String? {
                names.compactMap { name in arguments.first { $0.name == name }?.value }.first
            }
            if ["figure", "image", "img", "picture"].contains(name),
                let source = argument("src", "source", "file", "url") ?? arguments.first?.value
            {
                let caption = argument("caption", "title") ?? ""
                result +=
                    "![\(argument("alt") ?? "")](\(source))" + (caption.isEmpty ? "" : " \(caption)") + breaks
                lose("a picture in a shortcode: look whether it came over", tag, place)
                continue
            }
            // A pair is rarely longer: a text made to take long is not searched to its end for each mark.
            let near = rest.prefix(20_000)
            let lower = near.lowercased()
            let ends = [
                "{{</\(name)", "{{< /\(name)", "{{%/\(name)", "{{% /\(name)", "{% end\(name)",
                "{%- end\(name)",
                "{%end\(name)",
            ].filter { lower.contains($0) }
            if !ends.isEmpty {
                // Paired: what stands between is for readers.
                if let address = argument("href", "url", "link"),
                    let end = near.firstMatch(of: /\{\{[<%]\s*\/[^}]*\}\}/),
                    !rest[..<end.range.lowerBound].contains("{"),
                    !rest[..<end.range.lowerBound].contains("\n")
                {
                    result += "[\(rest[..<end.range.lowerBound])](\(address))" + breaks
                    rest = rest[end.range.upperBound...]
                    lose("a shortcode: its words are a link now", tag, place)
                    continue
                }
                let kept = arguments.map(\.value).filter(Self.reaches)
                result += kept.joined(separator: " ") + breaks
                let isCondition = ["if", "unless", "case", "when", "for"].contains(name)
                lose(
                    isCondition
                        ? "a condition of its old generator: its words are always shown now"
                        : "a shortcode: the words between its marks stay", tag, place)
                continue
            }
            let kept = arguments.map(\.value).filter(Self.reaches)
            // A gap in a sentence is to be seen.
            result += (kept.isEmpty ? (isInLine ? "…" : "") : kept.joined(separator: " ")) + breaks
            lose(
                kept.isEmpty
                    ? "words that its old generator put in: they are missing here"
                    : "a shortcode: only its number or address stays", tag, place)
        }
        return result.text + rest
    }

    private static func hasWords(_ text: some StringProtocol) -> Bool {
        String(text).replacing(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/, with: "").contains {
            $0.isLetter || $0.isNumber
        }
    }

    /// `"a b" c=d e="f g"`: the values with their names.
    private static func arguments(_ text: String) -> [(name: String, value: String)] {
        text.matches(of: /(?:([\w-]+)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s"'`=|>]+))/).map {
            match in
            let value = match.output.2 ?? match.output.3 ?? match.output.4 ?? match.output.5 ?? ""
            return (match.output.1.map { $0.lowercased() } ?? "", String(value))
        }.filter { !$0.1.isEmpty }
    }

    /// Whether a reader could phone, write to or visit somebody by these words.
    private static func reaches(_ text: String) -> Bool {
        text.count { $0.isNumber } >= 3 && text.allSatisfy { $0.isNumber || " +()-".contains($0) }
            || text.count { $0.isNumber } >= 10 || text.wholeMatch(of: /\S+@\S+\.\S+/) != nil
            || text.contains(/\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b/)
    }

    /// Text as it grows, and the line that its end is on.
    private struct Output {
        private(set) var text = ""
        private(set) var line: Int

        init(line: Int) { self.line = line }

        var lastLine: Substring {
            text[(text.lastIndex(of: "\n").map { text.index(after: $0) } ?? text.startIndex)...]
        }

        static func += (output: inout Output, more: some StringProtocol) {
            output.text += more
            output.line += more.count { $0 == "\n" }
        }
    }

    private static let gone = [
        "script", "style", "template", "noscript", "svg", "math", "object", "iframe", "video", "audio",
        "form",
    ]

    /// Elements of HTML: parts that open and close become headings with text, of others the words stay.
    private mutating func withoutElements(_ text: String, from line: Int) -> String {
        var result = Output(line: line)
        var rest = text[...]
        var said: Set<String> = []
        while let match = rest.firstMatch(
            of: /<(\/?)([A-Za-z][\w.-]*)((?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?)(\/?)>/)
        {
            let before = rest[..<match.range.lowerBound]
            result += before
            rest = rest[match.range.upperBound...]
            let tag = match.output.2.lowercased()
            // `<https://…>` has no such form; in code the signs are meant.
            let own = result.lastLine
            guard own.count(where: { $0 == "`" }).isMultiple(of: 2) else {
                result += match.output.0
                continue
            }
            let place = result.line
            let breaks = String(repeating: "\n", count: match.output.0.count { $0 == "\n" })
            let isEnd = !match.output.1.isEmpty
            let attributes = Self.arguments(String(match.output.3))
            func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
            if !isEnd, Self.gone.contains(tag) {
                let end = rest.prefix(200_000).firstMatch(of: Self.end(of: tag))
                let inner = end.map { rest[..<$0.range.upperBound] } ?? rest.prefix(0)
                lose("an element of HTML (\(tag))", match.output.0 + inner, place)
                result += breaks + String(repeating: "\n", count: inner.count { $0 == "\n" })
                rest = rest[inner.endIndex...]
                continue
            }
            switch tag {
            case "br": result += rest.first == "\n" ? "\\" : " "
            case "summary" where !isEnd:
                let level = min(Self.lastLevel(String(result.text.suffix(20_000))) + 1, 6)
                result += String(repeating: "#", count: max(level, 2)) + " "
                lose(
                    "a part that opens and closes: it is a section with a heading now",
                    rest.prefix { $0 != "<" }, place)
                // The words after it stand on a line of their own.
                if let end = rest.firstRange(of: "</summary>"), !rest[..<end.lowerBound].contains("\n") {
                    result += rest[..<end.lowerBound]
                    rest = rest[end.upperBound...]
                    if let next = rest.first, next != "\n" { result += "\n\n" }
                }
            case "img" where attribute("src") != nil:
                result += "![\(attribute("alt") ?? "")](\(attribute("src") ?? ""))"
            case "a" where attribute("href") != nil && !isEnd:
                if let end = rest.firstRange(of: "</a>") {
                    result += "[\(rest[..<end.lowerBound])](\(attribute("href") ?? ""))"
                    rest = rest[end.upperBound...]
                }
            case "details", "summary", "p", "div", "span", "section", "a": break
            default:
                if !isEnd, said.insert(tag).inserted || tag.count > 1 {
                    lose("an element of HTML: its words stay, its form does not", match.output.0, place)
                }
            }
            result += breaks
        }
        return result.text + rest
    }

    private static func end(of tag: String) -> Regex<Substring> {
        Regex {
            "</"
            tag
            ZeroOrMore(.whitespace)
            ">"
        }.ignoresCase()
    }

    private static func lastLevel(_ text: String) -> Int {
        text.split(separator: "\n").last { $0.wholeMatch(of: /#{1,6} .*/) != nil }.map {
            $0.prefix { $0 == "#" }.count
        } ?? 1
    }
}

extension String {
    fileprivate var lineCount: Int { count { $0 == "\n" } + 1 }
}
