import Guidance
import Markdown
import Workspace

/// One Markdown file as it is written: its lines, what they parse to, and where words of it stand.
package struct GuidanceText: Sendable {
    package let source: SourceText
    /// The lines of the file without their ends; line 1 is at 0.
    package let lines: [Substring]
    package let frontMatter: String?
    package let blocks: [Block]
    /// Running text, in reading order.
    let passages: [PlacedPassage]
    /// The first line below the front matter.
    let firstLine: Int
    /// Lines within code.
    private let codeLines: Set<Int>

    package var file: String { source.path }

    package init(_ source: SourceText) {
        self.source = source
        lines = source.string.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        var ignored = Diagnostics()
        let document = MarkdownDocument.parse(source, reporting: &ignored)
        blocks = document.blocks
        frontMatter = document.frontMatter
        firstLine = document.frontMatter.map { $0.count { $0.isNewline } + 3 } ?? 1
        // The words that families use for a question feed the search, and are not shown.
        passages = PlacedPassage.all(in: document.blocks).filter {
            $0.role != .paragraph || !$0.passage.plainText.hasPrefix("Also asked:")
        }
        var code: Set<Int> = []
        Self.collectCode(document.blocks, &code)
        codeLines = code
    }

    private static func collectCode(_ blocks: [Block], _ lines: inout Set<Int>) {
        for block in blocks {
            switch block.content {
            case .code: if let range = block.range { lines.formUnion(range.start.line...range.end.line) }
            case .list(let list): for item in list.items { collectCode(item.blocks, &lines) }
            case .quote(let blocks), .callout(_, let blocks), .footnote(_, let blocks):
                collectCode(blocks, &lines)
            case .paragraph, .heading, .thematicBreak, .table: break
            }
        }
    }

    /// Who reads it, where its front matter says so.
    var audience: Audience? {
        for line in frontMatter?.split(whereSeparator: \.isNewline) ?? [] where line.hasPrefix("audience:") {
            let words = line.dropFirst("audience:".count).lowercased().split {
                !($0.isLetter || $0 == "-" || $0 == "_")
            }
            return words.first.flatMap { Audience(rawValue: String($0).replacing("_", with: "-")) }
        }
        return nil
    }

    /// Lines of guidance, with their numbers from 1: neither front matter nor code.
    var prose: [(number: Int, text: Substring)] {
        lines.indices.compactMap { index in
            let number = index + 1
            return number < firstLine || codeLines.contains(number) ? nil : (number, lines[index])
        }
    }

    func location(_ range: SourceRange?) -> SourceLocation { SourceLocation(file: file, range: range) }

    /// A stretch of a line, in scalars from 0.
    func location(line: Int, column: Int = 0, length: Int) -> SourceLocation {
        location(SourceRange(line: line, column: column + 1, length: length))
    }

    /// Where a stretch of a line stands.
    func location(line: Int, of range: Range<Substring.Index>) -> SourceLocation {
        let text = lines[line - 1].unicodeScalars
        return location(
            line: line, column: text.distance(from: text.startIndex, to: range.lowerBound),
            length: text.distance(from: range.lowerBound, to: range.upperBound))
    }

    /// Where words of a passage stand in the source.
    ///
    /// - Parameters:
    ///   - words: As a reader sees them; line ends and marks of emphasis may stand between them in the source.
    ///   - range: The passage.
    ///   - occurrence: Which of several, from 0.
    /// - Returns: The passage's own range where they are not found, as in text that a fact was filled into.
    func place(of words: String, in range: SourceRange?, occurrence: Int = 0) -> SourceRange? {
        guard let range else { return nil }
        let wanted = Array(words.unicodeScalars)
        guard !wanted.isEmpty, lines.indices.contains(range.start.line - 1) else { return range }
        var scalars: [(scalar: Unicode.Scalar, line: Int, column: Int)] = []
        for number in range.start.line...max(range.start.line, min(range.end.line, lines.count)) {
            var column = 1
            for scalar in lines[number - 1].unicodeScalars {
                if number > range.start.line || column >= range.start.column {
                    scalars.append((scalar, number, column))
                }
                column += 1
            }
            scalars.append((" ", number, column))
        }
        var left = occurrence
        var start = 0
        while start < scalars.count {
            if scalars[start].scalar == wanted[0], let end = Self.match(wanted, scalars, from: start) {
                if left == 0 {
                    return SourceRange(
                        SourcePosition(line: scalars[start].line, column: scalars[start].column),
                        SourcePosition(line: scalars[end].line, column: scalars[end].column + 1))
                }
                left -= 1
                start = end
            }
            start += 1
        }
        return range
    }

    /// The index of the last scalar of the words.
    private static func match(
        _ wanted: [Unicode.Scalar], _ scalars: [(scalar: Unicode.Scalar, line: Int, column: Int)],
        from start: Int
    ) -> Int? {
        var index = start
        var position = 0
        var last = start
        while position < wanted.count {
            guard index < scalars.count else { return nil }
            let scalar = scalars[index].scalar
            if wanted[position].properties.isWhitespace {
                guard scalar.properties.isWhitespace else {
                    if "*_`\\[]>".unicodeScalars.contains(scalar) {
                        index += 1
                        continue
                    }
                    return nil
                }
                while index < scalars.count,
                    scalars[index].scalar.properties.isWhitespace || scalars[index].scalar == ">"
                {
                    index += 1
                }
                while position < wanted.count, wanted[position].properties.isWhitespace { position += 1 }
            } else if scalar == wanted[position] {
                last = index
                index += 1
                position += 1
            } else if index > start, "*_`\\[]".unicodeScalars.contains(scalar) {
                index += 1
            } else {
                return nil
            }
        }
        return last
    }
}

/// Running text and what it is.
struct PlacedPassage: Sendable {
    enum Role: Hashable, Sendable {
        case heading(Int)
        case paragraph, item, cell
    }

    var passage: Passage
    var role: Role
    /// Which paragraph of the block it stands in it is: only the first can be spoken of as the block.
    var block: SourceRange?

    static func all(in blocks: [Block]) -> [PlacedPassage] {
        var found: [PlacedPassage] = []
        add(blocks, role: .paragraph, to: &found)
        return found
    }

    private static func add(_ blocks: [Block], role: Role, to found: inout [PlacedPassage]) {
        for block in blocks {
            switch block.content {
            case .paragraph(let passage):
                found.append(PlacedPassage(passage: passage, role: role, block: block.range))
            case .heading(let level, let passage):
                found.append(PlacedPassage(passage: passage, role: .heading(level), block: block.range))
            case .list(let list): for item in list.items { add(item.blocks, role: .item, to: &found) }
            case .quote(let blocks), .callout(_, let blocks), .footnote(_, let blocks):
                add(blocks, role: role, to: &found)
            case .table(let table):
                for cell in table.header + table.rows.flatMap({ $0 }) {
                    found.append(PlacedPassage(passage: cell, role: .cell, block: cell.range))
                }
            case .code, .thematicBreak: break
            }
        }
    }
}
