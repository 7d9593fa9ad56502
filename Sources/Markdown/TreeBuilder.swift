import Workspace

/// Turns cmark's tree into values, finding placeholders, attributes and unsafe links on the way.
struct TreeBuilder {
    /// Deeper lists and quotes are a mistake, and would exhaust the stack of whatever walks them.
    static let depthLimit = 40

    let source: SourceText
    /// Where the Markdown starts in the source, and how many lines stand before it.
    let bodyOffset: Int
    let lineOffset: Int
    /// Whether the text has the signs of a footnote.
    let mayHaveFootnotes: Bool
    /// Whether this is a passage alone, without the texts of its footnotes and without attributes.
    let isPassage: Bool
    var diagnostics = Diagnostics()
    /// Whether to notice text that may hold a bare address, because nothing has looked for one yet.
    var looksForAddresses = false
    private(set) var sawAddress = false

    private var lineStarts: [Int]?
    /// Where to look for the next braces of the passage being read.
    private var cursor: Int?
    /// Where to look for the next words of the passage that something is said of.
    private var searchStart: Int?
    /// How many bytes may still be searched for such words; what does not stand in the source as it is read, as with
    /// entities, is looked for in vain, and a passage may have as much of that as it has words.
    private var searchLeft: Int
    /// Where the last backticks of each number stand in the passage being read; nil before they were looked for.
    private var lastBackticks: [Int: Int]?
    /// Counted characters of a line: a later place in it is counted from there.
    private var counted = (line: -1, offset: 0, scalars: 0)
    private var passageLines: (first: Int, last: Int) = (1, 1) {
        didSet {
            // The cells of a row are passages of one line.
            guard passageLines != oldValue else { return }
            (cursor, searchStart, lastBackticks) = (nil, nil, nil)
        }
    }
    /// The run of text being read: cmark gives it in pieces.
    private var text: [UInt8] = []
    private var textHasBrace = false
    private var passageHasBrace = false
    /// The labels of footnotes, by their numbers from 1.
    private var footnoteLabels: [String] = []
    /// Whether the end of the next line of running text is kept, and where it then is among the inlines.
    private var keepsLineEnd = false
    /// What stands between the braces that were read last.
    private var attributeText = ""
    private var lineEnd: Int?

    init(
        source: SourceText, bodyOffset: Int, lineOffset: Int, mayHaveFootnotes: Bool, isPassage: Bool
    ) {
        self.source = source
        self.bodyOffset = bodyOffset
        self.lineOffset = lineOffset
        self.mayHaveFootnotes = mayHaveFootnotes
        self.isPassage = isPassage
        searchLeft = 100_000 + 50 * source.bytes.count
    }

    /// A whole document.
    mutating func document(_ root: CommonMark.NodePointer?) -> [Block] {
        guard mayHaveFootnotes else { return blocks(of: root) }
        var definitions: [Int] = []
        for node in CommonMark.Children(of: root) where CommonMark.kind(node) == .footnote {
            let line = range(node).start.line
            definitions.append(line)
            footnoteLabels.append(footnoteLabel(line: line) ?? "\(definitions.count)")
        }
        let blocks = self.blocks(of: root)
        if !isPassage, !sawAddress { reportUnusedFootnotes(except: Set(definitions), in: blocks) }
        return blocks.placingFootnotes()
    }

    // MARK: Footnotes

    private mutating func line(_ number: Int) -> ArraySlice<UInt8> {
        let starts = lines()
        guard starts.indices.contains(number - 1) else { return [] }
        let upper = starts.indices.contains(number) ? starts[number] : source.bytes.count
        return source.bytes[starts[number - 1]..<upper]
    }

    /// The label of the footnote that a line begins.
    private mutating func footnoteLabel(line number: Int) -> String? {
        let line = line(number)
        guard let open = line.firstRange(of: Array("[^".utf8)),
            let close = line[open.upperBound...].firstRange(of: Array("]:".utf8))
        else { return nil }
        return String(decoding: line[open.upperBound..<close.lowerBound], as: UTF8.self)
    }

    /// cmark drops footnotes that nothing refers to.
    private mutating func reportUnusedFootnotes(except used: Set<Int>, in blocks: [Block]) {
        let code = blocks.codeLines
        let starts = lines()
        for number in (lineOffset + 1)...max(lineOffset + 1, starts.count)
        where !used.contains(number) && !code.contains(number) {
            let line = line(number)
            guard line.drop(while: { $0 == 0x20 || $0 == UInt8(ascii: ">") }).starts(with: "[^".utf8),
                let label = footnoteLabel(line: number),
                !label.isEmpty, !label.utf8.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "]") }),
                let open = line.firstIndex(of: UInt8(ascii: "["))
            else { continue }
            diagnostics.add(
                .warning(
                    "UnusedFootnote", "nothing refers to the footnote '\(label)', so nobody can read it",
                    at: source.location(sourceRange(open, open + label.utf8.count + 3)),
                    help: "Write [^\(label)] where it belongs, or take it out."))
        }
    }

    /// What looks like a reference to a footnote and is shown as it is.
    private mutating func reportUndefinedFootnotes() {
        let written = String(decoding: text, as: UTF8.self)
        var rest = written[...]
        while let open = rest.firstRange(of: "[^") {
            rest = rest[open.upperBound...]
            guard let close = rest.firstIndex(of: "]") else { return }
            let label = rest[..<close]
            guard !label.isEmpty, !label.contains(where: { $0.isWhitespace || $0 == "[" }) else { continue }
            // With a backslash before it, it is meant.
            guard let place = offsets(of: "[^\(label)]"), !hasBackslash(before: place.lowerBound) else {
                continue
            }
            diagnostics.add(
                .warning(
                    "UndefinedFootnote", "there is no footnote '\(label)', and readers see the brackets",
                    at: source.location(sourceRange(place.lowerBound, place.upperBound)),
                    help: "Write what it says on a line of its own: '[^\(label)]: …'; or take it out."))
        }
    }

    // MARK: Callouts

    /// What a quotation holds, and the kind of callout that its first line makes it.
    private mutating func quote(_ node: CommonMark.NodePointer, depth: Int) -> Block.Content {
        guard let mark = calloutMark(of: node) else { return .quote(blocks(of: node, depth: depth + 1)) }
        keepsLineEnd = true
        let inner = blocks(of: node, depth: depth + 1)
        let end = lineEnd
        (keepsLineEnd, lineEnd) = (false, nil)
        if let first = CommonMark.firstChild(of: node) {
            let line = range(first).start.line
            passageLines = (line, line)
        }
        let kind = callout(mark.name, at: find("[!\(mark.name)]"))
        return .callout(kind, Self.withoutMark(inner, of: kind, mark: mark, lineEnd: end))
    }

    /// The `[!NOTE]` a quote starts with.
    private mutating func calloutMark(of quote: CommonMark.NodePointer) -> Callout.Mark? {
        guard let first = CommonMark.firstChild(of: quote),
            CommonMark.kind(first) == .paragraph,
            let start = CommonMark.firstChild(of: first),
            CommonMark.kind(start) == .text, isWritten("[!", at: first)
        else { return nil }
        return Callout.mark(in: CommonMark.literal(start))
    }

    private static func withoutMark(
        _ blocks: [Block], of kind: Callout, mark: Callout.Mark, lineEnd: Int?
    ) -> [Block] {
        guard let first = blocks.first, case .paragraph(let passage) = first.content else { return blocks }
        let (title, text) = Callout.text(of: passage, mark: mark, lineEnd: lineEnd)
        var rest = text.map { [Block(.paragraph($0), range: first.range)] } ?? []
        rest += blocks.dropFirst()
        if let title {
            // Words that nothing follows are what there is to open.
            let isHeading = kind.folds && !rest.isEmpty
            rest.insert(
                Block(isHeading ? .heading(level: 3, title) : .paragraph(title), range: first.range), at: 0)
        }
        if first.attributes != nil, !rest.isEmpty { rest[0].attributes = first.attributes }
        return rest
    }

    /// Whether a block starts with some signs in the source: with a backslash before them, they are meant as text.
    private mutating func isWritten(_ signs: String, at node: CommonMark.NodePointer) -> Bool {
        let column = CommonMark.position(node).startColumn
        return line(range(node).start.line).dropFirst(max(0, column - 1)).starts(with: signs.utf8)
    }

    private mutating func callout(_ name: String, at place: SourceRange) -> Callout {
        if let kind = Callout(rawValue: name.lowercased()) { return kind }
        let kind = Callout.nearest(to: name)
        diagnostics.add(
            .warning(
                "UnknownCallout",
                "'[!\(name)]' is no kind of callout, and is shown as [!\(kind.rawValue.uppercased())]",
                at: source.location(place),
                help: "Write one of "
                    + Callout.allCases.map { "[!\($0.rawValue.uppercased())]" }.joined(separator: ", ") + "."
            ))
        return kind
    }

    // MARK: Blocks

    mutating func blocks(of parent: CommonMark.NodePointer?, depth: Int = 0) -> [Block] {
        var blocks: [Block] = []
        blocks.reserveCapacity(CommonMark.Children.count(of: parent))
        for node in CommonMark.Children(of: parent) {
            // It will all be read once more.
            if sawAddress { break }
            let range = self.range(node)
            guard depth < Self.depthLimit else {
                diagnostics.add(
                    .error(
                        "NestingTooDeep",
                        "lists and quotes are nested more than \(Self.depthLimit) deep here",
                        at: source.location(range), help: "Take the innermost lists apart."))
                return blocks
            }
            switch CommonMark.kind(node) {
            case .paragraph:
                let (passage, attributes) = passage(node, range)
                if passage.inlines.isEmpty {
                    guard let attributes else { continue }
                    // Alone below a table, they are the table's.
                    if case .table? = blocks.last?.content, blocks[blocks.count - 1].attributes == nil {
                        blocks[blocks.count - 1].attributes = attributes
                        continue
                    }
                }
                blocks.append(Block(.paragraph(passage), range: range, attributes: attributes))
            case .heading:
                let (passage, attributes) = passage(node, range)
                blocks.append(
                    Block(
                        .heading(level: CommonMark.headingLevel(node), passage), range: range,
                        attributes: attributes))
            case .list:
                var items: [Block.Item] = []
                items.reserveCapacity(CommonMark.Children.count(of: node))
                for item in CommonMark.Children(of: node) {
                    var content = self.blocks(of: item, depth: depth + 1)
                    // What stands at the end of an item's own text is about the whole item.
                    let attributes = content.first?.attributes
                    if attributes != nil { content[0].attributes = nil }
                    items.append(Block.Item(blocks: content, attributes: attributes))
                }
                let list = Block.List(
                    start: CommonMark.listStart(node), isTight: CommonMark.isTight(node), items: items)
                blocks.append(Block(.list(list), range: range))
            case .quote:
                blocks.append(Block(quote(node, depth: depth), range: range))
            case .footnote:
                // In the order of their numbers.
                let number = blocks.count { if case .footnote = $0.content { true } else { false } }
                guard footnoteLabels.indices.contains(number) else { continue }
                let content = self.blocks(of: node, depth: depth + 1)
                blocks.append(Block(.footnote(label: footnoteLabels[number], content), range: range))
            case .codeBlock:
                blocks.append(
                    Block(
                        .code(info: CommonMark.fenceInfo(node), text: CommonMark.literal(node)), range: range)
                )
            case .htmlBlock:
                if let block = rawHTML(CommonMark.literal(node), range) { blocks.append(block) }
            case .thematicBreak:
                blocks.append(Block(.thematicBreak, range: range))
            case .table:
                let (table, attributes) = table(node)
                blocks.append(Block(.table(table), range: range, attributes: attributes))
            default:
                blocks += self.blocks(of: node, depth: depth + 1)
            }
        }
        return blocks
    }

    /// A table, and the attributes on the line below it: without a blank line that is its last row.
    private mutating func table(_ node: CommonMark.NodePointer) -> (Block.Table, Attributes?) {
        var table = Block.Table(alignments: CommonMark.alignments(node), header: [], rows: [])
        var below: (attributes: Attributes, text: String)?
        table.rows.reserveCapacity(CommonMark.Children.count(of: node))
        for row in CommonMark.Children(of: node) {
            var cells: [Passage] = []
            cells.reserveCapacity(table.alignments.count)
            if let last = below { reportMisplaced(last.text, at: find("{" + last.text)) }
            below = nil
            for cell in CommonMark.Children(of: row) {
                let (passage, attributes) = passage(cell, range(cell))
                cells.append(passage)
                guard let attributes else { continue }
                if cells.count == 1, passage.inlines.isEmpty, !CommonMark.isHeaderRow(row) {
                    below = (attributes, attributeText)
                } else {
                    reportMisplaced(attributeText, at: find("{" + attributeText))
                }
            }
            if let last = below, cells.contains(where: { !$0.inlines.isEmpty }) {
                reportMisplaced(last.text, at: find("{" + last.text))
                below = nil
            }
            if CommonMark.isHeaderRow(row) { table.header = cells } else { table.rows.append(cells) }
            let start = CommonMark.position(row).startColumn
            checkCells(range(row), from: start, columns: table.alignments.count)
        }
        if below != nil { table.rows.removeLast() }
        return (table, below?.attributes)
    }

    /// cmark drops what stands in more cells than the header has.
    ///
    /// - Parameter column: The row's first byte in its line, from 1: what is before it belongs to a list or quotation.
    private mutating func checkCells(_ row: SourceRange, from column: Int, columns: Int) {
        let starts = lines()
        guard starts.indices.contains(row.start.line - 1) else { return }
        let lower = starts[row.start.line - 1]
        let upper = starts.indices.contains(row.start.line) ? starts[row.start.line] : source.bytes.count
        var line = source.bytes[min(lower + max(0, column - 1), upper)..<upper]
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
        while let last = line.last, isSpace(last) { line.removeLast() }
        while let first = line.first, isSpace(first) || first == UInt8(ascii: ">") { line.removeFirst() }
        let pipe = UInt8(ascii: "|")
        if line.first == pipe { line.removeFirst() }
        var cells = 1
        var index = line.startIndex
        while index < line.endIndex {
            if line[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if line[index] == pipe, index + 1 < line.endIndex {
                cells += 1
                // What follows the last column that is shown; white space alone is no loss.
                if cells == columns + 1, !line[(index + 1)...].allSatisfy({ isSpace($0) || $0 == pipe }) {
                    diagnostics.add(
                        .warning(
                            "ExtraTableCells",
                            "this row has more cells than the table's header, and the last are not shown",
                            at: source.location(sourceRange(index + 1, line.endIndex)),
                            help: "Add a column to the header, or write \\| for a line that is no border."))
                    return
                }
            }
            index += 1
        }
    }

    /// HTML is shown as the text it is; comments are notes between editors and vanish.
    private mutating func rawHTML(_ html: String, _ range: SourceRange) -> Block? {
        let text = Self.withoutComments(html)
        let lines = text.split(whereSeparator: \.isNewline)
            .map { $0.drop(while: { $0 == " " || $0 == "\t" }) }.filter { !$0.isEmpty }
        guard !lines.isEmpty else { return nil }
        warnAboutHTML(range)
        var inlines: [Inline] = []
        for (index, line) in lines.enumerated() {
            if index > 0 { inlines.append(.lineBreak) }
            inlines.append(.text(String(line)))
        }
        return Block(.paragraph(Passage(inlines, range: range)), range: range)
    }

    private mutating func warnAboutHTML(_ range: SourceRange?) {
        diagnostics.add(
            .warning(
                "RawHTML", "HTML is shown as text, not passed through", at: source.location(range),
                help: "Write it in Markdown, or put it in backticks if readers should see the tags."))
    }

    private static func withoutComments(_ html: String) -> String {
        var result = ""
        var rest = html[...]
        while let open = rest.firstRange(of: "<!--") {
            result += rest[..<open.lowerBound]
            guard let close = rest[open.upperBound...].firstRange(of: "-->") else { return result }
            rest = rest[close.upperBound...]
        }
        return result + rest
    }

    // MARK: Running text

    private mutating func passage(
        _ node: CommonMark.NodePointer, _ range: SourceRange
    ) -> (Passage, Attributes?) {
        passageHasBrace = false
        passageLines = (range.start.line, range.end.line)
        var inlines = self.inlines(of: node)
        // Only a quotation's first paragraph is asked for its first line.
        keepsLineEnd = false
        let attributes = takeAttributes(from: &inlines, range)
        if passageHasBrace { reportMisplacedAttributes(in: inlines) }
        return (Passage(inlines, range: range), attributes)
    }

    private mutating func inlines(of parent: CommonMark.NodePointer, depth: Int = 0) -> [Inline] {
        guard depth < Self.depthLimit else {
            diagnostics.add(
                .error(
                    "NestingTooDeep", "emphasis and links are nested more than \(Self.depthLimit) deep here",
                    at: source.location(range(parent))))
            return []
        }
        var result: [Inline] = []
        result.reserveCapacity(Self.parts(of: parent))
        for node in CommonMark.Children(of: parent) {
            let kind = CommonMark.kind(node)
            switch kind {
            case .text:
                if CommonMark.appendLiteral(node, to: &text) {
                    textHasBrace = true
                    passageHasBrace = true
                }
                continue
            // A line end in a paragraph is a space, so that re-wrapping the source changes nothing.
            case .softBreak where keepsLineEnd && depth == 0: flush(into: &result)
            case .softBreak:
                // After `<br>` the next line begins by itself.
                if text.isEmpty, result.last == .lineBreak { continue }
                if text.last != 0x20 { text.append(0x20) }
                continue
            case .htmlInline where Self.isLineBreak(CommonMark.literal(node)): flush(into: &result)
            case .htmlInline:
                let html = CommonMark.literal(node)
                if !html.hasPrefix("<!--") {
                    warnAboutHTML(
                        SourceRange(
                            SourcePosition(line: passageLines.first, column: 1),
                            SourcePosition(line: passageLines.first, column: 1)))
                    text += Array(html.utf8)
                    passageHasBrace = true
                }
                continue
            default: flush(into: &result)
            }
            switch kind {
            case .softBreak, .lineBreak:
                if keepsLineEnd, depth == 0 {
                    lineEnd = result.count
                    keepsLineEnd = false
                }
                result.append(.lineBreak)
            case .htmlInline: result.append(.lineBreak)
            case .footnoteReference:
                if let number = Int(CommonMark.literal(node)), footnoteLabels.indices.contains(number - 1) {
                    result.append(.footnote(footnoteLabels[number - 1]))
                }
            case .code: result.append(.code(CommonMark.literal(node)))
            case .emphasis: result.append(.emphasis(inlines(of: node, depth: depth + 1)))
            case .strong: result.append(.strong(inlines(of: node, depth: depth + 1)))
            case .strikethrough: result.append(.strikethrough(inlines(of: node, depth: depth + 1)))
            case .link:
                let content = inlines(of: node, depth: depth + 1)
                if let destination = Link.safe(CommonMark.url(node)) {
                    if let warning = Link.warning(
                        of: destination, at: source.location(find(CommonMark.url(node))))
                    {
                        diagnostics.add(warning)
                    }
                    result.append(
                        .link(
                            Inline.Link(
                                destination: .address(destination), title: CommonMark.title(node),
                                content: content)))
                } else {
                    diagnostics.add(
                        .warning(
                            "UnsafeLink", "links to '\(CommonMark.url(node))' are not published",
                            at: source.location(find(CommonMark.url(node))),
                            help:
                                "Use an address that starts with https:, mailto:, tel: or sms:, or the name of a page."
                        ))
                    result += content
                }
            case .image:
                let alternative = inlines(of: node, depth: depth + 1).plainText
                result.append(
                    .image(
                        Inline.Image(
                            source: .address(CommonMark.url(node)), title: CommonMark.title(node),
                            alternative: alternative)))
            default: result += inlines(of: node, depth: depth + 1)
            }
        }
        flush(into: &result)
        return result
    }

    /// `<br>`, the one element that has no sign of its own where a line must not end: in a cell of a table.
    private static func isLineBreak(_ html: String) -> Bool {
        let name = html.lowercased().filter { !$0.isWhitespace }
        return name == "<br>" || name == "<br/>"
    }

    /// How many inlines a node's children make at most, placeholders apart.
    private static func parts(of parent: CommonMark.NodePointer) -> Int {
        var others = 0
        for node in CommonMark.Children(of: parent) {
            switch CommonMark.kind(node) {
            case .text, .softBreak, .htmlInline: continue
            default: others += 1
            }
        }
        return 2 * others + 1
    }

    /// Ends the run of text that was read last.
    private mutating func flush(into result: inout [Inline]) {
        guard !text.isEmpty else { return }
        defer {
            text.removeAll(keepingCapacity: true)
            textHasBrace = false
        }
        if !isPassage, mayHaveFootnotes, text.contains(UInt8(ascii: "^")) { reportUndefinedFootnotes() }
        if looksForAddresses, !sawAddress { sawAddress = text.withUnsafeBytes(CommonMark.hasSignsOfAddress) }
        var start = 0
        if textHasBrace { start = splitPlaceholders(into: &result) }
        if start < text.count { result.append(.text(string(start..<text.count))) }
    }

    /// A part of the run of text.
    private func string(_ range: Range<Int>) -> String {
        text.withUnsafeBufferPointer {
            String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self)
        }
    }

    /// Appends the placeholders of the text and what stands before them; returns where the rest starts.
    private mutating func splitPlaceholders(into result: inout [Inline]) -> Int {
        /// Where the text starts that is not in `result` yet.
        var start = 0
        var index = 0
        var nextClose = 0
        while let open = pair(UInt8(ascii: "{"), from: index) {
            // Found once for all that open before it.
            if nextClose < open + 2 {
                guard let close = pair(UInt8(ascii: "}"), from: open + 2) else { break }
                nextClose = close
            }
            let close = nextClose
            let (range, escaped) = nextBraces()
            if escaped {
                // What opens within is another one, in the source too.
                index = open + 2
                continue
            }
            let name = Self.name(text[(open + 2)..<close])
            index = close + 2
            if name.isEmpty || text[(open + 2)..<close].contains(UInt8(ascii: "{")) { continue }
            if start < open {
                result.append(.text(string(start..<open)))
            }
            result.append(.placeholder(Inline.Placeholder(name: name, range: range)))
            start = index
        }
        return start
    }

    /// A placeholder's words with single spaces.
    private static func name(_ written: ArraySlice<UInt8>) -> String {
        let text = String(decoding: written, as: UTF8.self)
        var isSpaced = true
        for byte in written {
            let isSpace = byte == 0x20
            if byte < 0x20 || byte >= 0x80 || isSpace && isSpaced {
                return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            isSpaced = isSpace
        }
        return isSpaced ? String(text.dropLast()) : text
    }

    /// The first place of a byte twice in a row in the text.
    private func pair(_ byte: UInt8, from start: Int) -> Int? {
        text.withUnsafeBufferPointer { text in
            var index = start
            while index + 1 < text.count {
                if text[index] == byte, text[index + 1] == byte { return index }
                index += 1
            }
            return nil
        }
    }

    /// Where the passage's next `{{…}}` stands in the source, and whether a backslash makes it plain text.
    private mutating func nextBraces() -> (SourceRange?, escaped: Bool) {
        let starts = lines()
        let first = passageLines.first
        guard starts.indices.contains(first - 1) else { return (nil, false) }
        var index = cursor ?? starts[first - 1]
        let limit =
            starts.indices.contains(passageLines.last) ? starts[passageLines.last] : source.bytes.count
        let brace = UInt8(ascii: "{")
        while index + 1 < limit {
            let byte = source.bytes[index]
            if byte == UInt8(ascii: "\\"), source.bytes[index + 1] == brace {
                // `\{{` or `\{\{`: the reader gets the braces themselves.
                let second = index + 2 < limit && source.bytes[index + 2] == UInt8(ascii: "\\") ? 3 : 2
                if index + second < limit, source.bytes[index + second] == brace {
                    cursor = index + second + 1
                    return (nil, true)
                }
                index += 2
                continue
            }
            if byte == UInt8(ascii: "\\") {
                // What follows means nothing: no code begins with it.
                index += 2
                continue
            }
            if byte == UInt8(ascii: "`") {
                // Braces in code are not placeholders: skip to the end of the code.
                index = codeEnd(from: index, limit: limit)
                continue
            }
            if byte == brace, source.bytes[index + 1] == brace {
                var end = index + 2
                while end + 1 < limit,
                    !(source.bytes[end] == UInt8(ascii: "}") && source.bytes[end + 1] == UInt8(ascii: "}"))
                {
                    end += 1
                }
                cursor = end + 2
                return (sourceRange(index, min(end + 2, limit)), false)
            }
            index += 1
        }
        return (nil, false)
    }

    /// Where code ends that begins with the backticks at a place, or where those end if it never does.
    private mutating func codeEnd(from start: Int, limit: Int) -> Int {
        let tick = UInt8(ascii: "`")
        /// Where the backticks end that begin at a place.
        func end(of run: Int) -> Int { source.bytes[run..<limit].firstIndex { $0 != tick } ?? limit }
        let first = end(of: start)
        let length = first - start
        if lastBackticks == nil {
            // All at once: to look to the end for each that nothing closes takes as many times as there are.
            var last: [Int: Int] = [:]
            var index = start
            while index < limit, let run = source.bytes[index..<limit].firstIndex(of: tick) {
                index = end(of: run)
                last[index - run] = run
            }
            lastBackticks = last
        }
        guard let last = lastBackticks?[length], last > start else { return first }
        var index = first
        while index <= last, let run = source.bytes[index...last].firstIndex(of: tick) {
            index = end(of: run)
            if index - run == length { return index }
        }
        return first
    }

    // MARK: Attributes

    private mutating func takeAttributes(from inlines: inout [Inline], _ range: SourceRange) -> Attributes? {
        guard !isPassage, passageHasBrace, case .text(let text)? = inlines.last, Self.endsWithBrace(text)
        else {
            return nil
        }
        let utf8 = text.utf8
        guard let close = utf8.lastIndex(of: UInt8(ascii: "}")),
            let open = utf8.lastIndex(of: UInt8(ascii: "{")),
            open < close
        else { return nil }
        var end = open
        while end > utf8.startIndex {
            let byte = utf8[utf8.index(before: end)]
            if byte == 0x20 || byte == 0x09 {
                end = utf8.index(before: end)
            } else if byte >= 0x80, text[text.index(before: end)].isWhitespace {
                end = text.index(before: end)
            } else {
                break
            }
        }
        guard open == utf8.startIndex || end < open else { return nil }
        let body = text[utf8.index(after: open)..<close]
        guard !body.utf8.contains(UInt8(ascii: "}")) else { return nil }
        let braces = attributeRange(range)
        var parser = AttributeParser(location: source.location(braces), braces: braces)
        guard let attributes = parser.parse(body) else {
            diagnostics.add(parser.diagnostics)
            return nil
        }
        attributeText = String(body)
        diagnostics.add(parser.diagnostics)
        inlines.removeLast()
        if end > utf8.startIndex { inlines.append(.text(String(text[..<end]))) }
        return attributes
    }

    /// Conditions and the like that stand elsewhere than at the end of a block: readers would see the words whatever
    /// they say.
    private mutating func reportMisplacedAttributes(in inlines: [Inline]) {
        var found: [String] = []
        inlines.forEachInline { inline in
            guard case .text(let text) = inline else { return }
            var rest = text[...]
            while let open = rest.firstIndex(of: "{") {
                rest = rest[rest.index(after: open)...]
                if rest.first == "{" {
                    rest = rest.dropFirst()
                } else if AttributeParser.isMeant(rest) {
                    found.append(String(rest.prefix { $0 != "}" && $0 != "{" && !$0.isNewline }))
                }
            }
        }
        for body in found {
            let place = offsets(of: "{" + body)
            // With a backslash, readers are to see it.
            if let place, hasBackslash(before: place.lowerBound) { continue }
            reportMisplaced(
                body,
                at: place.map { sourceRange($0.lowerBound, $0.upperBound) }
                    ?? SourceRange(line: passageLines.first, column: 1))
        }
    }

    private mutating func reportMisplaced(_ body: String, at place: SourceRange?) {
        diagnostics.add(
            .error(
                "MisplacedAttributes",
                "'{\(body)}' does nothing here, and these words would be shown to everybody",
                at: source.location(place),
                help:
                    "Put it at the very end of the paragraph, heading or list item, after the full stop; several in one pair of braces: {when=a unless=b}. A row of a table cannot have it, the line below a table can."
            ))
    }

    private static func endsWithBrace(_ text: String) -> Bool {
        for byte in text.utf8.reversed() where byte != 0x20 && byte != 0x09 {
            return byte == UInt8(ascii: "}")
        }
        return false
    }

    /// The last `{…}` in the source of a passage.
    private mutating func attributeRange(_ range: SourceRange) -> SourceRange? {
        let starts = lines()
        guard starts.indices.contains(range.start.line - 1) else { return nil }
        let lower = starts[range.start.line - 1]
        let upper = starts.indices.contains(range.end.line) ? starts[range.end.line] : source.bytes.count
        guard let close = source.bytes[lower..<upper].lastIndex(of: UInt8(ascii: "}")),
            let open = source.bytes[lower..<close].lastIndex(of: UInt8(ascii: "{"))
        else { return nil }
        return sourceRange(open, close + 1)
    }

    // MARK: Places

    private mutating func range(_ node: CommonMark.NodePointer) -> SourceRange {
        let position = CommonMark.position(node)
        let startLine = max(1, position.startLine) + lineOffset
        let endLine = max(position.startLine, position.endLine, 1) + lineOffset
        return SourceRange(
            SourcePosition(
                line: startLine, column: column(line: startLine, byteColumn: position.startColumn)),
            SourcePosition(line: endLine, column: column(line: endLine, byteColumn: position.endColumn + 1)))
    }

    private func hasBackslash(before offset: Int) -> Bool {
        offset > 0 && source.bytes[offset - 1] == UInt8(ascii: "\\")
    }

    /// The next place of a text in the passage being read, or the passage's first line.
    private mutating func find(_ text: String) -> SourceRange {
        guard let found = offsets(of: text) else {
            return SourceRange(line: passageLines.first, column: 1)
        }
        return sourceRange(found.lowerBound, found.upperBound)
    }

    /// The next place of a text in the passage being read, after what was found last, or from the passage's start.
    private mutating func offsets(of text: String) -> Range<Int>? {
        let starts = lines()
        guard !text.isEmpty, starts.indices.contains(passageLines.first - 1) else { return nil }
        let lower = starts[passageLines.first - 1]
        let upper =
            starts.indices.contains(passageLines.last) ? starts[passageLines.last] : source.bytes.count
        let wanted = Array(text.utf8)
        let start = searchStart ?? lower
        // What begins before the place and ends behind it was not seen by the first search.
        for part in [start..<upper, lower..<min(upper, start + wanted.count)] where !part.isEmpty {
            guard searchLeft > 0 else { return nil }
            guard let found = source.bytes[part].firstRange(of: wanted) else {
                searchLeft -= part.count
                continue
            }
            searchLeft -= found.upperBound - part.lowerBound
            searchStart = found.upperBound
            return found
        }
        return nil
    }

    /// Columns count scalars, cmark's count bytes: the same in ASCII.
    private mutating func column(line: Int, byteColumn: Int) -> Int {
        guard byteColumn > 1, !source.isASCII else { return max(1, byteColumn) }
        let starts = lines()
        guard starts.indices.contains(line - 1) else { return byteColumn }
        let lower = starts[line - 1]
        let upper = min(lower + byteColumn - 1, source.bytes.count)
        return 1 + scalars(lower, max(lower, upper))
    }

    /// How many characters stand between the start of a line and a place in it.
    private mutating func scalars(_ lower: Int, _ upper: Int) -> Int {
        if source.isASCII { return upper - lower }
        if counted.line != lower || counted.offset > upper { counted = (lower, lower, 0) }
        counted.scalars += source.bytes[counted.offset..<upper].count { $0 & 0xC0 != 0x80 }
        counted.offset = upper
        return counted.scalars
    }

    private mutating func sourceRange(_ lower: Int, _ upper: Int) -> SourceRange {
        let starts = lines()
        func position(_ offset: Int, _ scalars: (Int, Int) -> Int) -> SourcePosition {
            var low = 0
            var high = starts.count
            while high - low > 1 {
                let middle = (low + high) / 2
                if starts[middle] <= offset { low = middle } else { high = middle }
            }
            return SourcePosition(line: low + 1, column: 1 + scalars(starts[low], offset))
        }
        let start = position(lower) { scalars($0, $1) }
        return SourceRange(start, position(upper) { scalars($0, $1) })
    }

    private mutating func lines() -> [Int] {
        if let lineStarts { return lineStarts }
        let starts = CommonMark.lineStarts(of: source.bytes)
        lineStarts = starts
        return starts
    }
}
