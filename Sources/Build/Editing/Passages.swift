import Markdown
import Workspace

/// The blocks of a Markdown file that can be edited one by one, each with its lines.
package struct Passages: Sendable {
    package struct Entry: Hashable, Sendable {
        package var block: Block
        /// From 1.
        package var lines: ClosedRange<Int>

        /// A footnote that nothing refers to is no block: it comes and goes with what refers to it.
        fileprivate var isFootnote: Bool {
            if case .footnote = block.content { true } else { false }
        }
    }

    package let entries: [Entry]
    package let file: FileLines

    /// Nil where the file is no text.
    package init?(_ bytes: [UInt8], path: String) {
        var ignored = Diagnostics()
        guard let source = SourceText.check(bytes, path: path, reporting: &ignored) else { return nil }
        let file = FileLines(bytes)
        self.file = file
        let blocks = MarkdownDocument.parse(source, reporting: &ignored).blocks
        entries = blocks.compactMap { block in
            guard let range = block.range, range.start.line <= file.count else { return nil }
            var last = min(range.end.column <= 1 ? range.end.line - 1 : range.end.line, file.count)
            while last > range.start.line, file.isBlank(last) { last -= 1 }
            return Entry(block: block, lines: range.start.line...max(last, range.start.line))
        }.sorted { $0.lines.lowerBound < $1.lines.lowerBound }
    }

    /// Whether a paragraph that somebody put at the end would be one: a code fence that is never closed, for one,
    /// takes all that follows into itself.
    func isClosed(path: String) -> Bool {
        let longer = Passages(file.bytes + Array("\n\nx\n".utf8), path: path)
        guard let last = longer?.entries.last(where: { !$0.isFootnote }),
            case .paragraph(let passage) = last.block.content
        else { return false }
        return passage.plainText == "x"
    }

    /// What stands at a line; nil between two passages, and in the front matter.
    package func entry(at line: Int) -> Entry? { entries.first { $0.lines.contains(line) } }

    /// Whether all that stood before and after some lines still does, each at its own place.
    ///
    /// A code fence that is not closed, for one, would take what follows it into itself.
    func keepsNeighbours(of lines: ClosedRange<Int>, in changed: Passages) -> Bool {
        let shift = changed.file.count - file.count
        let entries = entries.filter { !$0.isFootnote }
        let before = entries.filter { $0.lines.upperBound < lines.lowerBound }.map(\.lines)
        let after = entries.filter { $0.lines.lowerBound > lines.upperBound }
            .map { $0.lines.lowerBound + shift...$0.lines.upperBound + shift }
        let all = changed.entries.filter { !$0.isFootnote }.map(\.lines)
        return all.starts(with: before) && all.suffix(after.count).elementsEqual(after)
            && all.count >= before.count + after.count
    }
}
