import Workspace

/// A parsed Markdown file.
public struct MarkdownDocument: Sendable {
    /// The YAML text between the `---` lines at the top, if there is any.
    public var frontMatter: String?
    public var blocks: [Block]

    /// Lines before the front matter's YAML text: its first line is line 2 of the file.
    public static let frontMatterLineOffset = 1
}

extension MarkdownDocument {
    /// Parses a file, front matter and all.
    public static func parse(
        _ source: SourceText, reporting diagnostics: inout Diagnostics
    ) -> MarkdownDocument {
        parse(source, isPassage: false, reporting: &diagnostics)
    }

    /// - Parameter isPassage: Whether this is a passage alone: the texts of its footnotes stand elsewhere, and braces at its end
    ///   are no attributes but words.
    static func parse(
        _ source: SourceText, isPassage: Bool, reporting diagnostics: inout Diagnostics
    ) -> MarkdownDocument {
        let bytes = source.bytes
        func blocks(from body: Int, lineOffset: Int, _ diagnostics: inout Diagnostics) -> [Block] {
            parseBlocks(
                source, from: body, lineOffset: lineOffset, isPassage: isPassage,
                reporting: &diagnostics)
        }
        switch FrontMatter.find(in: bytes) {
        case .none:
            return MarkdownDocument(
                frontMatter: nil,
                blocks: blocks(from: 0, lineOffset: 0, &diagnostics))
        case .found(let yaml, let body, let lines):
            return MarkdownDocument(
                frontMatter: String(decoding: bytes[yaml], as: UTF8.self),
                blocks: blocks(from: body, lineOffset: lines, &diagnostics))
        case .unterminated:
            diagnostics.add(
                .error(
                    "UnterminatedFrontMatter", "the front matter that starts here never ends",
                    at: source.location(SourceRange(line: 1, column: 1, length: 3)),
                    help: "Add a line with only --- after the last setting."))
            return MarkdownDocument(frontMatter: nil, blocks: [])
        }
    }

    private static func parseBlocks(
        _ source: SourceText, from offset: Int, lineOffset: Int, isPassage: Bool,
        reporting diagnostics: inout Diagnostics
    ) -> [Block] {
        let markdown = source.bytes[offset...]
        var extensions = CommonMark.InlineExtensions(neededBy: markdown)
        // Looking for bare addresses takes cmark a good part of its time, and in most pages every address stands in a link
        // already. So they are looked for only where text without a link turns out to have the signs of one.
        let mayHaveAddresses = extensions.remove(.autolink) != nil
        let newBuilder = TreeBuilder(
            source: source, bodyOffset: offset, lineOffset: lineOffset,
            mayHaveFootnotes: CommonMark.hasSignsOfFootnote(markdown), isPassage: isPassage)
        var builder = newBuilder
        builder.looksForAddresses = mayHaveAddresses
        var blocks = CommonMark.withDocument(markdown, extensions) { builder.document($0) }
        if builder.sawAddress {
            builder = newBuilder
            blocks = CommonMark.withDocument(markdown, extensions.union(.autolink)) { builder.document($0) }
        }
        diagnostics.add(builder.diagnostics)
        return blocks
    }
}

/// Finds the YAML between two `---` lines at the very top of a file.
package enum FrontMatter {
    case none
    case unterminated
    /// The YAML's bytes, where the body starts, and how many lines stand before it.
    case found(yaml: Range<Int>, body: Int, lines: Int)

    package static func find(in bytes: [UInt8]) -> FrontMatter {
        guard let first = lineEnd(bytes, 0), isFence(bytes[0..<first.content]) else { return .none }
        var start = first.next
        var lines = 1
        while start < bytes.count {
            let end = lineEnd(bytes, start) ?? (bytes.count, bytes.count)
            lines += 1
            if isFence(bytes[start..<end.content]) {
                return .found(yaml: first.next..<start, body: end.next, lines: lines)
            }
            start = end.next
        }
        return .unterminated
    }

    private static func isFence(_ line: ArraySlice<UInt8>) -> Bool {
        var line = line
        while let last = line.last, last == 0x20 || last == 0x09 || last == 0x0D { line.removeLast() }
        return line.elementsEqual([0x2D, 0x2D, 0x2D])
    }

    private static func lineEnd(_ bytes: [UInt8], _ start: Int) -> (content: Int, next: Int)? {
        guard let feed = bytes[start...].firstIndex(of: 0x0A) else { return nil }
        return (feed, feed + 1)
    }
}
