import Guidance
import Markdown
import Workspace

/// Changes of single spots in a text file: every other byte stays as it is.
struct TextEdits {
    let file: String
    /// As the file is, without a byte order mark.
    let bytes: [UInt8]
    private let mark: [UInt8]
    private var edits: [(range: Range<Int>, text: [UInt8])] = []
    /// What was done, in words, in the order of the file.
    private(set) var notes: [(place: Int, text: String)] = []
    private let lineStarts: [Int]

    init(file: String, bytes whole: [UInt8]) {
        self.file = file
        let hasMark = whole.starts(with: [0xEF, 0xBB, 0xBF])
        mark = hasMark ? Array(whole.prefix(3)) : []
        let text = hasMark ? Array(whole.dropFirst(3)) : whole
        bytes = text
        lineStarts = [0] + text.indices.filter { text[$0] == 0x0A }.map { $0 + 1 }
    }

    var isEmpty: Bool { edits.isEmpty }

    /// The line ends that the file has.
    var lineEnd: String {
        guard let feed = bytes.firstIndex(of: 0x0A), feed > 0, bytes[feed - 1] == 0x0D else { return "\n" }
        return "\r\n"
    }

    mutating func replace(_ range: Range<Int>, with text: String, _ note: String) {
        guard !edits.contains(where: { $0.range == range && !range.isEmpty }) else { return }
        edits.append((range, Array(text.utf8)))
        notes.append((range.lowerBound, note))
    }

    /// The file as it will be.
    var result: [UInt8] {
        var output = mark
        var place = 0
        for (range, text) in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard range.lowerBound >= place else { continue }
            output += bytes[place..<range.lowerBound]
            output += text
            place = range.upperBound
        }
        return output + bytes[place...]
    }

    // MARK: Places

    /// The bytes of a line, from 1, without its end.
    func line(_ number: Int) -> Range<Int>? {
        guard lineStarts.indices.contains(number - 1) else { return nil }
        let start = lineStarts[number - 1]
        var end = lineStarts.indices.contains(number) ? lineStarts[number] - 1 : bytes.count
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return start..<max(start, end)
    }

    /// The number of a byte's line.
    func lineNumber(of offset: Int) -> Int { (lineStarts.lastIndex { $0 <= offset } ?? 0) + 1 }

    /// Where the line after this one starts; nil after a last line without an end.
    func nextLine(_ number: Int) -> Int? {
        lineStarts.indices.contains(number) ? lineStarts[number] : nil
    }

    /// Columns count Unicode scalars.
    func offset(of position: SourcePosition) -> Int? {
        guard let line = line(position.line) else { return nil }
        var column = 1
        var offset = line.lowerBound
        while column < position.column, offset < line.upperBound {
            offset += 1
            while offset < line.upperBound, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            column += 1
        }
        return column == position.column ? offset : nil
    }

    func has(_ text: String, at offset: Int) -> Bool {
        bytes[min(offset, bytes.count)...].starts(with: text.utf8)
    }

    /// The bytes of a YAML value that is written in one line, without quotes around it.
    func scalar(_ text: String, at location: SourceLocation) -> Range<Int>? {
        guard let start = location.range?.start, var offset = offset(of: start) else { return nil }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "'") {
            offset += 1
        }
        return has(text, at: offset) ? offset..<(offset + text.utf8.count) : nil
    }

    // MARK: Front matter

    /// Adds a line to the settings at the top of a page that has some.
    mutating func add(setting: String) -> Bool {
        guard case .found(let yaml, _, _) = FrontMatter.find(in: bytes) else { return false }
        replace(yaml.upperBound..<yaml.upperBound, with: setting + lineEnd, "'\(setting)' added at the top")
        return true
    }

    /// Adds an item to a list, or an entry to a mapping, at the top of a page.
    ///
    /// - Parameters:
    ///   - entry: `old`, or `supporter: rights#who`.
    ///   - isList: Whether `key` is a list.
    ///   - setting: Another line that the page needs, such as `kind: rights`.
    /// - Returns: False where the settings are written in a way that cannot be added to.
    mutating func add(_ entry: String, to key: String, isList: Bool, besides setting: String? = nil) -> Bool {
        let (open, close) = isList ? ("[", "]") : ("{", "}")
        let note = "'\(entry)' added to '\(key)' at the top"
        let whole = "\(key): \(open)\(entry)\(close)\(lineEnd)"
        guard case .found(let yaml, _, _) = FrontMatter.find(in: bytes) else {
            guard case .none = FrontMatter.find(in: bytes) else { return false }
            let lines = whole + (setting.map { $0 + lineEnd } ?? "")
            replace(0..<0, with: "---\(lineEnd)\(lines)---\(lineEnd)\(lineEnd)", note)
            return true
        }
        if let setting { _ = add(setting: setting) }
        let reader = YAMLReader(file: file, lineOffset: MarkdownDocument.frontMatterLineOffset)
        guard let root = reader.root(String(decoding: bytes[yaml], as: UTF8.self)) else { return false }
        guard let known = root.entries.first(where: { $0.key == key }) else {
            replace(yaml.upperBound..<yaml.upperBound, with: whole, note)
            return true
        }
        if known.value.isNull {
            guard let name = scalar(key, at: known.keyLocation),
                let colon = bytes[name.upperBound...].firstIndex(of: UInt8(ascii: ":"))
            else { return false }
            replace(colon + 1..<colon + 1, with: " \(open)\(entry)\(close)", note)
            return true
        }
        guard let start = known.value.location.range?.start, let offset = offset(of: start) else {
            return false
        }
        if has(open, at: offset) {
            guard let end = closing(close, from: offset + 1) else { return false }
            var last = end
            while last > offset + 1,
                bytes[last - 1] == 0x20 || bytes[last - 1] == 0x0A || bytes[last - 1] == 0x0D
            {
                last -= 1
            }
            let isFirst = last == offset + 1
            let comma = bytes[last - 1] == UInt8(ascii: ",") ? " " : ", "
            replace(last..<last, with: (isFirst ? "" : comma) + entry, note)
            return true
        }
        // One alone, which becomes the first of a list.
        if isList, let text = known.value.scalarText {
            guard let range = scalar(text, at: known.value.location) else { return false }
            let isQuoted = range.lowerBound > offset
            let (first, last) = (offset, range.upperBound + (isQuoted ? 1 : 0))
            replace(first..<first, with: open, note)
            replace(last..<last, with: ", \(entry)\(close)", note)
            return true
        }
        // One to a line: another line after the last.
        let places =
            isList
            ? known.value.list().map(\.location)
            : known.value.mapping()?.entries.map(\.keyLocation) ?? []
        guard let last = places.compactMap(\.range).map(\.start).max(), let line = line(last.line),
            let item = self.offset(of: last)
        else { return false }
        let before = String(decoding: bytes[line.lowerBound..<item], as: UTF8.self)
        guard before.allSatisfy({ $0 == " " || $0 == "-" || $0 == "\"" || $0 == "'" }),
            let next = nextLine(last.line)
        else { return false }
        replace(next..<next, with: before.filter { $0 == " " || $0 == "-" } + entry + lineEnd, note)
        return true
    }

    /// Where a bracket of a YAML list or mapping in one line closes.
    private func closing(_ close: String, from start: Int) -> Int? {
        var quote: UInt8?
        for index in start..<bytes.count {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == close.utf8.first {
                return index
            }
        }
        return nil
    }
}

/// Finds the addresses of links and pictures in Markdown, where they are written.
///
/// What it finds is held against the parser's own reading afterwards: text that only looks like a link is none.
struct LinkPlaces {
    private let bytes: [UInt8]
    private(set) var ranges: [Range<Int>] = []

    init(_ bytes: [UInt8], from start: Int = 0) {
        self.bytes = bytes
        var index = start
        var fence: (sign: UInt8, length: Int)?
        var isLineStart = true
        // Brackets that are open: without one, `](` is text.
        var open = 0
        while index < bytes.count {
            if isLineStart {
                isLineStart = false
                let content = skipMarks(index)
                let sign = content < bytes.count ? bytes[content] : 0
                let length = run(of: sign, at: content)
                if let open = fence {
                    if sign == open.sign, length >= open.length { fence = nil }
                    index = lineEnd(index)
                    isLineStart = true
                    continue
                }
                if sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~"), length >= 3,
                    sign == UInt8(ascii: "~")
                        || !bytes[(content + length)..<lineEnd(content)].contains(sign)
                {
                    fence = (sign, length)
                    index = lineEnd(index)
                    isLineStart = true
                    continue
                }
                // `[^1]: A note.` defines a note, and leads nowhere.
                let isNote = content + 1 < bytes.count && bytes[content + 1] == UInt8(ascii: "^")
                if sign == UInt8(ascii: "["), !isNote, let range = definition(at: content) {
                    ranges.append(range)
                    index = range.upperBound
                    continue
                }
            }
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "["):
                open += 1
                index += 1
            case UInt8(ascii: "`"):
                let length = run(of: bytes[index], at: index)
                index = endOfCode(length, from: index + length) ?? index + length
            case UInt8(ascii: "]") where open > 0:
                open -= 1
                guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "(") else {
                    index += 1
                    continue
                }
                if let range = destination(at: index + 2, isDefinition: false) {
                    ranges.append(range)
                    index = range.upperBound
                } else {
                    index += 2
                }
            case 0x0A:
                // An empty line ends the paragraph.
                let next = skipMarks(index + 1)
                if next >= bytes.count || bytes[next] == 0x0A || bytes[next] == 0x0D { open = 0 }
                index += 1
                isLineStart = true
            default: index += 1
            }
        }
    }

    private func lineEnd(_ index: Int) -> Int {
        bytes[index...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    }

    private func run(of sign: UInt8, at index: Int) -> Int { bytes[index...].prefix { $0 == sign }.count }

    /// Past white space and the marks of quotes.
    private func skipMarks(_ start: Int) -> Int {
        var index = start
        while index < bytes.count,
            bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == UInt8(ascii: ">")
        { index += 1 }
        return index
    }

    private func endOfCode(_ length: Int, from start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "`") {
                let found = run(of: bytes[index], at: index)
                if found == length { return index + found }
                index += found
                continue
            }
            // A paragraph ends at an empty line.
            if bytes[index] == 0x0A, index + 1 < bytes.count,
                bytes[index + 1] == 0x0A || bytes[index + 1] == 0x0D
            {
                return nil
            }
            index += 1
        }
        return nil
    }

    /// `[label]: address`.
    private func definition(at start: Int) -> Range<Int>? {
        let end = lineEnd(start)
        guard let close = bytes[start..<end].firstIndex(of: UInt8(ascii: "]")), close + 1 < end,
            bytes[close + 1] == UInt8(ascii: ":")
        else { return nil }
        return destination(at: close + 2, isDefinition: true)
    }

    private func destination(at start: Int, isDefinition: Bool) -> Range<Int>? {
        var index = start
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        guard index < bytes.count else { return nil }
        if bytes[index] == UInt8(ascii: "<") {
            let close = bytes[index...].firstIndex { $0 == UInt8(ascii: ">") || $0 == 0x0A }
            guard let close, bytes[close] == UInt8(ascii: ">") else { return nil }
            return (index + 1)..<close
        }
        var depth = 0
        let first = index
        while index < bytes.count, bytes[index] > 0x20 {
            if bytes[index] == UInt8(ascii: "\\") { index += 1 }
            if index < bytes.count, bytes[index] == UInt8(ascii: "(") { depth += 1 }
            if index < bytes.count, bytes[index] == UInt8(ascii: ")") {
                if depth == 0 { break }
                depth -= 1
            }
            index += 1
        }
        index = min(index, bytes.count)
        return index > first ? first..<index : nil
    }
}
