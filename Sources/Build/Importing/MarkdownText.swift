import Guidance
import Markdown
import Workspace

/// Writes blocks as Markdown that is read again as the same blocks.
struct MarkdownText {
    private(set) var text = ""
    /// Names of facts and contacts that may stand in braces; all other braces are text.
    private let names: Set<String>

    init(_ blocks: [Block], names: Set<String> = []) {
        self.names = names
        text = Self.join(blocks.map { written($0) }.filter { !$0.isEmpty })
    }

    private static func join(_ parts: [String]) -> String {
        parts.isEmpty ? "" : parts.joined(separator: "\n\n") + "\n"
    }

    private func written(_ block: Block) -> String {
        switch block.content {
        case .paragraph(let passage): return line(passage)
        case .heading(let level, let passage):
            let words = line(passage).replacing("\\\n", with: " ")
            // Signs at the end would be taken for the end of the heading.
            return String(repeating: "#", count: level) + " "
                + (words.hasSuffix("#") && !words.hasSuffix("\\#") ? words.dropLast() + "\\#" : words)
                + (block.attributes?.id.map { " {#\($0)}" } ?? "")
        case .list(let list): return written(list)
        case .quote(let blocks): return quoted(blocks, first: nil)
        case .callout(let kind, let blocks):
            let mark = "[!\(kind.rawValue.uppercased())]"
            guard kind.folds, case .heading(_, let title)? = blocks.first?.content else {
                return quoted(blocks, first: mark)
            }
            return quoted(Array(blocks.dropFirst()), first: "\(mark) \(line(title))\n")
        case .footnote(let label, let blocks):
            let inner = blocks.map { written($0) }.joined(separator: "\n\n")
            return "[^\(label)]: " + Self.indented(inner, by: 4)
        case .code(_, let code):
            let longest = code.split { $0 != "`" }.map(\.count).max() ?? 0
            let fence = String(repeating: "`", count: max(3, longest + 1))
            return "\(fence)\n\(code)\n\(fence)"
        case .thematicBreak: return ""
        case .table(let table): return written(table)
        }
    }

    private func written(_ list: Block.List) -> String {
        let parts = list.items.enumerated().map { index, item in
            let mark = list.start.map { "\($0 + index). " } ?? "- "
            let blocks = item.blocks.filter { !$0.isEmpty }
            var inner = ""
            for (index, block) in blocks.enumerated() {
                let isTight: Bool
                if case .list = block.content { isTight = index == 1 } else { isTight = false }
                inner += (index == 0 ? "" : isTight ? "\n" : "\n\n") + written(block)
            }
            return (
                mark + Self.indented(inner, by: mark.count),
                blocks.count { if case .list = $0.content { false } else { true } } > 1
            )
        }
        return parts.map(\.0).joined(separator: parts.contains { $0.1 } ? "\n\n" : "\n")
    }

    private func quoted(_ blocks: [Block], first: String?) -> String {
        let inner = blocks.map { written($0) }.filter { !$0.isEmpty }.joined(separator: "\n\n")
        let lines =
            (first?.split(separator: "\n", omittingEmptySubsequences: false) ?? [])
            + inner.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { $0.isEmpty ? ">" : "> " + $0 }.joined(separator: "\n")
    }

    private func written(_ table: Block.Table) -> String {
        func row(_ cells: [Passage]) -> String {
            "| "
                + cells.map {
                    line($0, isCell: true).replacing("\\\n", with: "<br>").replacing("|", with: "\\|")
                }.joined(separator: " | ") + " |"
        }
        let rule = "|" + String(repeating: " --- |", count: table.header.count)
        return ([row(table.header), rule] + table.rows.map(row)).joined(separator: "\n")
    }

    private static func indented(_ text: String, by count: Int) -> String {
        let space = String(repeating: " ", count: count)
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { $0 == 0 || $1.isEmpty ? String($1) : space + $1 }.joined(separator: "\n")
    }

    /// Running text. What does not come back as it was is written without its marks: words matter more.
    private func line(_ passage: Passage, isCell: Bool = false) -> String {
        let inlines = passage.inlines.mapPlaceholders { placeholder in
            names.contains(placeholder.name) || isContact(placeholder.name)
                ? .placeholder(placeholder) : .text("{{\(placeholder.name)}}")
        }.withBracesAsCode
        let written = escaped(inlines)
        let hasFootnotes = inlines.hasFootnote
        if hasFootnotes || Self.isSame(Passage(markdown: written).inlines, inlines) {
            return lineStarts(written, isCell: isCell)
        }
        return lineStarts(escaped(inlines.withoutMarks), isCell: isCell)
    }

    private func isContact(_ name: String) -> Bool {
        name.hasPrefix("contact ")
            && names.contains(name.split(separator: " ").prefix(2).joined(separator: " "))
    }

    /// Addresses without brackets become links when they are read: that is no difference.
    private static func isSame(_ a: [Inline], _ b: [Inline]) -> Bool {
        func marks(_ inlines: [Inline]) -> [String] {
            var found: [String] = []
            inlines.forEachInline { inline in
                switch inline {
                case .emphasis(let content): found.append("i" + content.plainText)
                case .strong(let content): found.append("b" + content.plainText)
                case .strikethrough(let content): found.append("x" + content.plainText)
                case .text, .code, .lineBreak, .link, .image, .footnote, .placeholder, .value: break
                }
            }
            return found
        }
        return a.plainText == b.plainText && marks(a) == marks(b)
    }

    /// Canonical Markdown, in which no brace means anything but a placeholder.
    private func escaped(_ inlines: [Inline]) -> String {
        let text = inlines.markdown
        guard text.contains("{") else { return text }
        var result = ""
        var rest = text[...]
        while let first = rest.first {
            if rest.hasPrefix("\\") {
                result += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else if first == "`" {
                // Code has no escapes.
                let ticks = rest.prefix { $0 == "`" }
                let inner = rest.dropFirst(ticks.count)
                let end = inner.firstRange(of: ticks)?.upperBound ?? inner.startIndex
                result += rest[..<end]
                rest = rest[end...]
            } else if rest.hasPrefix("{{"), let end = rest.firstRange(of: "}}") {
                result += rest[..<end.upperBound]
                rest = rest[end.upperBound...]
            } else {
                result += first == "{" ? "\\{" : String(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    /// Escapes what at the start of a line would begin a block.
    private func lineStarts(_ text: String, isCell: Bool) -> String {
        guard !isCell else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let line = line.drop { $0 == " " || $0 == "\t" }
            guard let first = line.first else { return "" }
            let next = line.dropFirst().first
            switch first {
            case "#", ">", "|", "=", ":": return "\\" + line
            case "-", "+": return next == nil || next == " " || next == first ? "\\" + line : String(line)
            case "0"..."9":
                let digits = line.prefix { $0.isASCII && $0.isNumber }
                let mark = line.dropFirst(digits.count)
                guard digits.count <= 9, mark.first == "." || mark.first == ")",
                    mark.dropFirst().first.map({ $0 == " " }) ?? true
                else { return String(line) }
                return digits + "\\" + mark
            default: return String(line)
            }
        }.joined(separator: "\n")
    }
}

extension [Inline] {
    fileprivate func mapPlaceholders(_ change: (Inline.Placeholder) -> Inline) -> [Inline] {
        var result: [Inline] = []
        for inline in self {
            var new: Inline
            switch inline {
            case .emphasis(let content): new = .emphasis(content.mapPlaceholders(change))
            case .strong(let content): new = .strong(content.mapPlaceholders(change))
            case .strikethrough(let content): new = .strikethrough(content.mapPlaceholders(change))
            case .link(var link):
                link.content = link.content.mapPlaceholders(change)
                new = .link(link)
            case .placeholder(let placeholder): new = change(placeholder)
            case .text, .lineBreak, .code, .image, .footnote, .value: new = inline
            }
            if case .text(let text) = new, case .text(let before)? = result.last {
                result[result.count - 1] = .text(before + text)
            } else {
                result.append(new)
            }
        }
        return result
    }

    /// Braces at the end of a passage are taken for conditions, with a backslash or without: as code they are shown.
    fileprivate var withBracesAsCode: [Inline] {
        guard case .text(let text)? = last, text.hasSuffix("}"), let open = text.lastIndex(of: "{") else {
            return self
        }
        let start =
            open > text.startIndex && text[text.index(before: open)] == "{" ? text.index(before: open) : open
        var result = Array(dropLast())
        if start > text.startIndex { result.append(.text(String(text[..<start]))) }
        result.append(.code(String(text[start...])))
        return result
    }

    /// The same without bold, italics and strikes.
    fileprivate var withoutMarks: [Inline] {
        var result: [Inline] = []
        func add(_ inlines: [Inline]) {
            for inline in inlines {
                switch inline {
                case .emphasis(let content), .strong(let content), .strikethrough(let content): add(content)
                case .text(let text):
                    if case .text(let before)? = result.last {
                        result[result.count - 1] = .text(before + text)
                    } else {
                        result.append(inline)
                    }
                case .link(var link):
                    link.content = link.content.withoutMarks
                    result.append(.link(link))
                case .lineBreak, .code, .image, .footnote, .placeholder, .value: result.append(inline)
                }
            }
        }
        add(self)
        return result
    }
}
