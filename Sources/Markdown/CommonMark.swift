import CCMarkGFM
import CMarkArena
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The boundary to cmark-gfm: no pointer leaves this module.
enum CommonMark {
    typealias NodePointer = OpaquePointer

    /// Extensions of CommonMark that change how running text is read.
    struct InlineExtensions: OptionSet {
        let rawValue: Int

        /// `~~…~~`.
        static let strikethrough = InlineExtensions(rawValue: 1)
        /// Addresses that stand in the text as they are.
        static let autolink = InlineExtensions(rawValue: 2)

        /// What some Markdown may make use of.
        init(neededBy markdown: ArraySlice<UInt8>) {
            self = markdown.withUnsafeBytes { bytes in
                func has(_ letter: Unicode.Scalar) -> Bool {
                    bytes.baseAddress.map { memchr($0, Int32(letter.value), bytes.count) != nil } ?? false
                }
                var needed: InlineExtensions = has("~") ? .strikethrough : []
                // An entity may stand for `@`.
                if CommonMark.hasSignsOfAddress(bytes) || has("&") { needed.insert(.autolink) }
                return needed
            }
        }

        init(rawValue: Int) { self.rawValue = rawValue }
    }

    /// Whether a text has what an address that stands in it as it is cannot be without: `@`, `://` or `www.`.
    static func hasSignsOfAddress(_ text: UnsafeRawBufferPointer) -> Bool {
        /// Whether some place of a byte has the other bytes at a distance from it.
        func has(_ byte: UInt8, with others: StaticString, at distance: Int) -> Bool {
            var start = 0
            while let base = text.baseAddress,
                let found = memchr(base + start, Int32(byte), text.count - start)
            {
                start = UnsafeRawPointer(found) - base + 1
                let first = start - 1 + distance
                if first >= 0, first + others.utf8CodeUnitCount <= text.count,
                    memcmp(base + first, others.utf8Start, others.utf8CodeUnitCount) == 0
                {
                    return true
                }
            }
            return false
        }
        return has(UInt8(ascii: "@"), with: "", at: 0) || has(UInt8(ascii: ":"), with: "//", at: 1)
            || has(UInt8(ascii: "."), with: "www", at: -3)
    }

    /// Registering extensions changes global state and is not thread-safe, so it happens once.
    private static let extensions: [(kind: InlineExtensions, extension: Extension)] = {
        cmark_gfm_core_extensions_ensure_registered()
        let names: [(InlineExtensions, String)] = [
            ([], "table"), ([], "tasklist"), (.autolink, "autolink"), (.strikethrough, "strikethrough"),
        ]
        return names.compactMap { kind, name in
            cmark_find_syntax_extension(name).map { (kind, Extension(pointer: $0)) }
        }
    }()

    /// An extension is created once and never changed, so that threads may share it.
    private struct Extension: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// Held while running text is parsed with extensions: for that time cmark adds the letters that begin their text (`~`,
    /// `:`, `w`) to a table that all parsers share, and takes them out at its end, under any parser still at work.
    /// A parser without extensions needs no lock: where it stops at such a letter, it finds nothing and goes on.
    private static let specialCharacters = Mutex(())

    /// Memory that is given back all at once when a tree has been read.
    private static let memory: Memory = {
        let memory = UnsafeMutablePointer<cmark_mem>.allocate(capacity: 1)
        memory.initialize(
            to: cmark_mem(calloc: cmark_arena_calloc, realloc: cmark_arena_realloc, free: cmark_arena_free))
        return Memory(pointer: memory)
    }()

    /// Made once and never changed, so that threads may share it.
    private struct Memory: @unchecked Sendable {
        let pointer: UnsafeMutablePointer<cmark_mem>
    }

    /// Whether a text may hold a footnote: `[^`.
    static func hasSignsOfFootnote(_ markdown: ArraySlice<UInt8>) -> Bool {
        markdown.withUnsafeBytes { bytes in
            var start = 0
            while let base = bytes.baseAddress,
                let found = memchr(base + start, Int32(UInt8(ascii: "[")), bytes.count - start)
            {
                start = UnsafeRawPointer(found) - base + 1
                if start < bytes.count, bytes[start] == UInt8(ascii: "^") { return true }
            }
            return false
        }
    }

    /// Parses Markdown, with tables, lists to tick and footnotes, and lends its tree to `body`.
    ///
    /// The boxes of a list to tick are taken out. Footnotes come last in the tree, in the order of their numbers; a
    /// reference's text is its number.
    ///
    /// `body` parses nothing itself: the memory of one tree serves the next.
    static func withDocument<Result>(
        _ markdown: ArraySlice<UInt8>, _ inlineExtensions: InlineExtensions, _ body: (NodePointer?) -> Result
    ) -> Result {
        let options = CMARK_OPT_DEFAULT | (hasSignsOfFootnote(markdown) ? CMARK_OPT_FOOTNOTES : 0)
        guard let parser = cmark_parser_new_with_mem(options, memory.pointer) else {
            return body(nil)
        }
        defer { cmark_arena_clear() }
        for (kind, known) in extensions where inlineExtensions.isSuperset(of: kind) {
            cmark_parser_attach_syntax_extension(parser, known.pointer)
        }
        markdown.withUnsafeBytes { buffer in
            cmark_parser_feed(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        if inlineExtensions.isEmpty { return body(cmark_parser_finish(parser)) }
        nonisolated(unsafe) let finished = parser
        return body(
            specialCharacters.withLock { _ in Tree(pointer: cmark_parser_finish(finished)) }.pointer)
    }

    /// A tree that one task at a time holds.
    private struct Tree: @unchecked Sendable {
        let pointer: OpaquePointer?
    }

    /// Kinds of node, with the extensions' kinds, whose numbers are given out at run time.
    enum Kind {
        case paragraph, heading, list, item, quote, codeBlock, htmlBlock, thematicBreak
        case table, tableRow, tableCell
        case footnote, footnoteReference
        case text, softBreak, lineBreak, code, htmlInline, emphasis, strong, strikethrough, link, image
        case other
    }

    static func kind(_ node: NodePointer) -> Kind {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT: .text
        case CMARK_NODE_SOFTBREAK: .softBreak
        case CMARK_NODE_PARAGRAPH: .paragraph
        case CMARK_NODE_HEADING: .heading
        case CMARK_NODE_LIST: .list
        case CMARK_NODE_ITEM: .item
        case CMARK_NODE_BLOCK_QUOTE: .quote
        case CMARK_NODE_CODE_BLOCK: .codeBlock
        case CMARK_NODE_HTML_BLOCK: .htmlBlock
        case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
        case CMARK_NODE_LINEBREAK: .lineBreak
        case CMARK_NODE_CODE: .code
        case CMARK_NODE_HTML_INLINE: .htmlInline
        case CMARK_NODE_EMPH: .emphasis
        case CMARK_NODE_STRONG: .strong
        case CMARK_NODE_LINK: .link
        case CMARK_NODE_IMAGE: .image
        case CMARK_NODE_FOOTNOTE_DEFINITION: .footnote
        case CMARK_NODE_FOOTNOTE_REFERENCE: .footnoteReference
        default:
            // The extensions' kinds have numbers given out at run time, but fixed names.
            if let name = cmark_node_get_type_string(node) {
                switch Int32(0) {
                case strcmp(name, "table_cell"): .tableCell
                case strcmp(name, "table_row"), strcmp(name, "table_header"): .tableRow
                case strcmp(name, "table"): .table
                case strcmp(name, "strikethrough"): .strikethrough
                default: .other
                }
            } else {
                .other
            }
        }
    }

    /// The children of a node, first to last.
    struct Children: Sequence, IteratorProtocol {
        private var current: NodePointer?

        init(of node: NodePointer?) {
            current = node.flatMap { cmark_node_first_child($0) }
        }

        mutating func next() -> NodePointer? {
            guard let node = current else { return nil }
            current = cmark_node_next(node)
            return node
        }

        static func count(of node: NodePointer?) -> Int {
            Children(of: node).reduce(0) { count, _ in count + 1 }
        }
    }

    static func firstChild(of node: NodePointer) -> NodePointer? {
        cmark_node_first_child(node)
    }

    static func literal(_ node: NodePointer) -> String {
        cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    }

    /// Appends a node's text, each run of spaces as one, as browsers show it.
    ///
    /// - Returns: Whether the text has a brace, and so may hold a placeholder or attributes.
    static func appendLiteral(_ node: NodePointer, to text: inout [UInt8]) -> Bool {
        guard let literal = cmark_node_get_literal(node) else { return false }
        let bytes = UnsafeRawBufferPointer(start: literal, count: strlen(literal))
        let hasBrace = memchr(literal, Int32(UInt8(ascii: "{")), bytes.count) != nil
        // A run of spaces is rare: look for one before copying byte by byte.
        guard strstr(literal, "  ") != nil || (text.last == 0x20 && bytes.first == 0x20) else {
            text.append(contentsOf: bytes)
            return hasBrace
        }
        for byte in bytes where byte != 0x20 || text.last != 0x20 { text.append(byte) }
        return hasBrace
    }

    static func url(_ node: NodePointer) -> String {
        cmark_node_get_url(node).map { String(cString: $0) } ?? ""
    }

    static func title(_ node: NodePointer) -> String {
        cmark_node_get_title(node).map { String(cString: $0) } ?? ""
    }

    static func fenceInfo(_ node: NodePointer) -> String {
        cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
    }

    static func headingLevel(_ node: NodePointer) -> Int { Int(cmark_node_get_heading_level(node)) }
    static func isTight(_ node: NodePointer) -> Bool { cmark_node_get_list_tight(node) != 0 }

    /// The first number of an ordered list; nil for bullets.
    static func listStart(_ node: NodePointer) -> Int? {
        cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(node)) : nil
    }

    static func isHeaderRow(_ node: NodePointer) -> Bool {
        cmark_gfm_extensions_get_table_row_is_header(node) != 0
    }

    static func alignments(_ table: NodePointer) -> [Block.Table.Alignment] {
        let count = Int(cmark_gfm_extensions_get_table_columns(table))
        guard let letters = cmark_gfm_extensions_get_table_alignments(table) else { return [] }
        return (0..<count).map { index in
            switch letters[index] {
            case UInt8(ascii: "l"): .start
            case UInt8(ascii: "c"): .centre
            case UInt8(ascii: "r"): .end
            default: .none
            }
        }
    }

    /// The offsets at which the lines of a text start.
    static func lineStarts(of text: [UInt8]) -> [Int] {
        text.withUnsafeBytes { bytes in
            var starts = [0]
            starts.reserveCapacity(bytes.count / 32)
            var start = 0
            while start < bytes.count, let base = bytes.baseAddress,
                let feed = memchr(base + start, 0x0A, bytes.count - start)
            {
                start = UnsafeRawPointer(feed) - base + 1
                starts.append(start)
            }
            return starts
        }
    }

    /// Lines start at 1; columns at 1, in bytes, both ends included.
    static func position(_ node: NodePointer) -> (
        startLine: Int, startColumn: Int, endLine: Int, endColumn: Int
    ) {
        (
            Int(cmark_node_get_start_line(node)), Int(cmark_node_get_start_column(node)),
            Int(cmark_node_get_end_line(node)), Int(cmark_node_get_end_column(node))
        )
    }
}
