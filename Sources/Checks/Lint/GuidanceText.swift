import Guidance
import Markdown
import Synchronization
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
    private let words = CutPassages()
    /// The same cut into words.
    var proses: [Prose] { words.proses(of: passages) }
    /// The first line below the front matter.
    let firstLine: Int
    /// Where words stand that are shown as code, in order.
    let codeBlocks: [SourceRange]
    /// Lines within code.
    private let codeLines: Set<Int>

    package var file: String { source.path }

    package init(_ source: SourceText) {
        // Whoever loads the page says what is wrong with its Markdown.
        var ignored = Diagnostics()
        self.init(source, reporting: &ignored)
    }

    init(_ source: SourceText, reporting diagnostics: inout Diagnostics) {
        self.source = source
        lines = FileLines(source.bytes).strings
        let document = MarkdownDocument.parse(source, reporting: &diagnostics)
        blocks = document.blocks
        frontMatter = document.frontMatter
        firstLine = document.frontMatter.map { $0.count { $0.isNewline } + 3 } ?? 1
        // The words that families use for a question feed the search, and are not shown.
        passages = PlacedPassage.all(in: document.blocks).filter {
            $0.role != .paragraph || !$0.passage.plainText.hasPrefix("Also asked:")
        }
        codeBlocks = Self.code(in: document.blocks)
        codeLines = codeBlocks.reduce(into: []) { $0.formUnion($1.start.line...$1.end.line) }
    }

    private static func code(in blocks: [Block]) -> [SourceRange] {
        blocks.flatMap { block -> [SourceRange] in
            switch block.content {
            case .code: block.range.map { [$0] } ?? []
            case .list(let list): list.items.flatMap { code(in: $0.blocks) }
            case .quote(let blocks), .callout(_, let blocks), .footnote(_, let blocks): code(in: blocks)
            case .paragraph, .heading, .thematicBreak, .table: []
            }
        }
    }

    /// The signs that open a code block, where it starts; nil where it is one by its indent.
    func fence(of code: SourceRange) -> Substring? {
        guard lines.indices.contains(code.start.line - 1) else { return nil }
        let line = lines[code.start.line - 1]
        let start = line.unicodeScalars.index(
            line.startIndex, offsetBy: code.start.column - 1, limitedBy: line.endIndex)
        guard let start, let sign = line[start...].first, sign == "`" || sign == "~" else { return nil }
        let signs = line[start...].prefix { $0 == sign }
        return signs.count > 2 ? signs : nil
    }

    /// The front matter line by line.
    var settings: SettingsText? {
        frontMatter.map {
            SettingsText(file: file, text: $0, firstLine: MarkdownDocument.frontMatterLineOffset + 1)
        }
    }

    /// Who reads it, where its front matter says so.
    var audience: Audience? {
        guard let written = settings?.settings.first(where: { $0.indent == 0 && $0.key == "audience" }) else {
            return nil
        }
        let word = written.words.text.lowercased().prefix { $0.isLetter || $0 == "-" || $0 == "_" }
        return Audience(rawValue: String(word).replacing("_", with: "-"))
    }

    /// Lines of guidance, with their numbers from 1: neither front matter nor code.
    var prose: [(number: Int, text: Substring)] {
        lines.indices.compactMap { index in
            let number = index + 1
            return number < firstLine || codeLines.contains(number) ? nil : (number, lines[index])
        }
    }

    /// Whether a line is within code.
    func isCode(line: Int) -> Bool { codeLines.contains(line) }

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

    /// Where words of a passage stand in the source, as `SourceLines.place` says.
    func place(of words: String, in range: SourceRange?, occurrence: Int = 0) -> SourceRange? {
        guard let range else { return nil }
        return SourceLines(lines).place(of: words, in: range, occurrence: occurrence) ?? range
    }
}

/// The words of a file's passages, cut when a rule first asks for them and once for all rules.
private final class CutPassages: Sendable {
    private let known = Mutex<[Prose]?>(nil)

    func proses(of passages: [PlacedPassage]) -> [Prose] {
        known.withLock { known in
            let proses = known ?? passages.map { Prose($0) }
            known = proses
            return proses
        }
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
