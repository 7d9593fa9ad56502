import Guidance
import Markdown
import Translations

/// The text of an index while it is written: its lines as JSON wants them, and the words of each line.
///
/// Lines start with what they are: `#` page (`*` glossary), `?` question (`!` in the source language), `+`
/// also asked, `-` passage (`~` in the source language). Everything works on UTF-8 bytes: a council's text
/// can be a megabyte, and is read once.
struct SearchText {
    /// Where words stand: decides what they count for.
    enum Field: UInt8 {
        case page, title, alsoAsked, passage
    }

    /// A run of words on one line.
    struct Run {
        var field: Field
        /// In the source language on a page of another language.
        var isForeign: Bool
        /// The number of the entry; -1 for the title of a page.
        var entry: Int32
        var firstToken: Int32
        var endToken: Int32
    }

    /// The lines, escaped for a JSON string.
    private(set) var json: [UInt8] = []
    private(set) var runs: [Run] = []
    /// For each word of the text, the number of its chunk.
    private(set) var tokens: [Int32] = []
    private(set) var chunks = ChunkTable()
    private(set) var entryCount = 0
    private let isStopWord: (String) -> Bool
    /// The passage that is being read, with single spaces.
    private var scratch: [UInt8] = []
    private var isSpaceDue = false
    /// Of the edition's language, where text runs from right to left: results show what is typed in it.
    private let rightToLeft: TextSetting?

    /// - Parameter isStopWord: Stop words are left out of what else is asked: they cost bytes and are not shown.
    init(_ edition: Edition, isStopWord: @escaping (String) -> Bool) {
        self.isStopWord = isStopWord
        rightToLeft =
            edition.language.isRightToLeft ? TextSetting(edition.language, latin: edition.latin) : nil
        for (index, page) in edition.pages.enumerated() where page.audience != .professionals {
            add(page, of: edition)
            // The first pages tell how much there will be of a large council.
            if index == 15 { reserve(edition.pages.count / 16 + 1) }
        }
        // The line end after the last line.
        if !json.isEmpty { json.removeLast(2) }
    }

    private mutating func reserve(_ factor: Int) {
        json.reserveCapacity(json.count * factor)
        runs.reserveCapacity(runs.count * factor)
        tokens.reserveCapacity(tokens.count * factor)
    }

    // MARK: Pages

    private mutating func add(_ page: Page, of edition: Edition) {
        // The opening of a topic of questions only repeats what its questions say better.
        let hasIntroduction =
            page.kind != .faq
            && (page.summary != nil || !page.introduction.isEmpty
                || page.kind == .contacts && !edition.contactGroups.isEmpty)
        guard hasIntroduction || !page.sections.isEmpty else { return }
        json.append(page.kind == .glossary ? 0x2A : 0x23)
        appendEscaped(page.path)
        appendEscape(0x74)
        read(page.title.inlines)
        run(.page, isForeign: page.title.translation.isFallback)
        if hasIntroduction {
            begin("", page.title)
            if let summary = page.summary { passage(summary, isWhole: true) }
            add(page.introduction)
            if page.kind == .contacts { addContacts(edition) }
        }
        page.forEachSection { section in
            begin(section.id, section.heading)
            if edition.language == edition.sourceLanguage { alsoAsked(section.alsoAsked) }
            add(section.blocks)
        }
    }

    private mutating func begin(_ id: String, _ heading: Passage) {
        json.append(heading.translation.isFallback ? 0x21 : 0x3F)
        appendEscaped(id)
        appendEscape(0x74)
        entryCount += 1
        read(heading.inlines)
        run(.title, isForeign: heading.translation.isFallback)
    }

    private mutating func alsoAsked(_ phrases: [String]) {
        var seen: Set<String> = []
        for phrase in phrases {
            let words = SearchTerms.terms(of: phrase)
            let telling = words.filter { !isStopWord($0) }
            let short = (telling.isEmpty ? words : telling).joined(separator: " ")
            guard !short.isEmpty, seen.insert(short).inserted else { continue }
            if seen.count == 1 {
                json.append(0x2B)
            } else {
                json.replaceSubrange((json.count - 2)..., with: [0x5C, 0x74])
            }
            scratch = Array(short.utf8)
            run(.alsoAsked, isForeign: false)
        }
    }

    private mutating func addContacts(_ edition: Edition) {
        for contact in edition.contactGroups.flatMap(\.contacts) where contact.audience != .professionals {
            scratch.removeAll(keepingCapacity: true)
            isSpaceDue = false
            append(contact.name.inlines)
            if let purpose = contact.purpose {
                append(" · ")
                append(purpose.inlines)
            }
            if let way = contact.ways.first {
                append(" · ")
                appendIsolated(way.shown)
            }
            line(isForeign: contact.name.translation.isFallback)
        }
    }

    private mutating func add(_ blocks: [Block]) {
        // By index, so that no block is copied to look at it.
        for index in blocks.indices {
            switch blocks[index].content {
            case .paragraph(let text), .heading(_, let text): passage(text)
            case .list(let list): for item in list.items.indices { add(list.items[item].blocks) }
            case .quote(let quoted): add(quoted)
            case .table(let table):
                for row in table.rows {
                    scratch.removeAll(keepingCapacity: true)
                    isSpaceDue = false
                    var isForeign: Bool?
                    for cell in row {
                        let before = scratch.count
                        if before > 0 { append(" · ") }
                        let start = scratch.count
                        append(cell.inlines)
                        if scratch.count == start {
                            scratch.removeLast(start - before)
                            isSpaceDue = false
                        } else if isForeign == nil {
                            isForeign = cell.translation.isFallback
                        }
                    }
                    if let isForeign { line(isForeign: isForeign) }
                }
            case .code, .thematicBreak: break
            }
        }
    }

    private mutating func passage(_ text: Passage, isWhole: Bool = false) {
        read(text.inlines)
        guard !scratch.isEmpty else { return }
        let isForeign = text.translation.isFallback
        if isWhole { return line(isForeign: isForeign) }
        withScratch { text, bytes in
            SentenceEnds.forEach(in: bytes) {
                text.line(UnsafeBufferPointer(rebasing: bytes[$0]), isForeign: isForeign)
            }
        }
    }

    /// Lends the text that was read last. It is taken out meanwhile, so that nothing is copied.
    private mutating func withScratch(_ body: (inout SearchText, UnsafeBufferPointer<UInt8>) -> Void) {
        var taken: [UInt8] = []
        swap(&taken, &scratch)
        taken.withUnsafeBufferPointer { body(&self, $0) }
        swap(&taken, &scratch)
    }

    // MARK: Words

    /// Reads running text into `scratch`.
    private mutating func read(_ inlines: [Inline]) {
        scratch.removeAll(keepingCapacity: true)
        isSpaceDue = false
        append(inlines)
    }

    private mutating func append(_ inlines: [Inline]) {
        for inline in inlines {
            switch inline {
            case .text(let text): appendRuns(text)
            case .code(let text): append(text)
            case .lineBreak: append(" ")
            case .emphasis(let content), .strong(let content), .strikethrough(let content): append(content)
            case .link(let link): append(link.content)
            case .image(let image): append(image.alternative)
            case .placeholder(let placeholder): append("{{\(placeholder.name)}}")
            case .value(let value):
                switch value.kind {
                case .words: appendRuns(value.text)
                case .literal: appendIsolated(value.text)
                case .term: rightToLeft == nil ? append(value.text) : appendIsolated(value.text)
                }
            }
        }
    }

    /// Text with the same runs isolated as on a page.
    private mutating func appendRuns(_ text: String) {
        guard let rightToLeft else { return append(text) }
        for piece in rightToLeft.pieces(of: text) {
            piece.run == nil ? append(piece.text) : appendIsolated(piece.text)
        }
    }

    /// A phone number or address between marks that keep it left to right (Unicode Standard Annex 9).
    private mutating func appendIsolated(_ text: String) {
        append("\u{2066}")
        append(text)
        isSpaceDue = false
        append("\u{2069}")
    }

    /// Adds text, with every run of white space as one space and none at the start or the end.
    private mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let space = Self.space(bytes, index)
                if space > 0 {
                    isSpaceDue = !scratch.isEmpty
                    index += space
                    continue
                }
                if isSpaceDue {
                    scratch.append(0x20)
                    isSpaceDue = false
                }
                let start = index
                index += 1
                // A single space inside is copied with what stands around it.
                while index < bytes.count {
                    if let eight = EightBytes(bytes, at: index), Self.isPlain(eight) {
                        index += 8
                        continue
                    }
                    let byte = bytes[index]
                    if byte > 0x20, byte < 0x80 || Self.space(bytes, index) == 0 {
                        index += 1
                    } else if byte == 0x20, index + 1 < bytes.count, Self.space(bytes, index + 1) == 0 {
                        index += 2
                    } else if byte <= 0x20, Self.space(bytes, index) == 0 {
                        index += 1
                    } else {
                        break
                    }
                }
                scratch.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
            }
        }
    }

    /// Whether the bytes are ASCII with single spaces, and do not end in one.
    @inline(__always)
    private static func isPlain(_ bytes: EightBytes) -> Bool {
        let spaces = bytes.equal(to: 0x20)
        let others = bytes.wide | ~bytes.atLeast(0x20) & EightBytes.flags
        return others | (spaces & (spaces >> 8)) | (spaces >> 63) == 0
    }

    /// Bytes of the white-space character at a place; 0 where there is none.
    private static func space(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        let byte = bytes[index]
        return byte < 0x80 ? (byte == 0x20 || byte &- 9 < 5 ? 1 : 0) : wideSpace(bytes, index)
    }

    /// Bytes of a white-space character that is not ASCII; 0 where there is none.
    private static func wideSpace(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        switch bytes[index] {
        case 0xC2: return bytes[index + 1] == 0xA0 || bytes[index + 1] == 0x85 ? 2 : 0
        case 0xE1: return bytes[index + 1] == 0x9A && bytes[index + 2] == 0x80 ? 3 : 0
        case 0xE2:
            let last = bytes[index + 2]
            if bytes[index + 1] == 0x80 {
                return (0x80...0x8A).contains(last) || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0
            }
            return bytes[index + 1] == 0x81 && last == 0x9F ? 3 : 0
        case 0xE3: return bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80 ? 3 : 0
        default: return 0
        }
    }

    /// Writes the text that was read last as a line of a passage.
    private mutating func line(isForeign: Bool) {
        json.append(isForeign ? 0x7E : 0x2D)
        run(.passage, isForeign: isForeign)
    }

    private mutating func line(_ text: UnsafeBufferPointer<UInt8>, isForeign: Bool) {
        json.append(isForeign ? 0x7E : 0x2D)
        run(.passage, isForeign: isForeign, text)
    }

    /// Writes the text that was read last, and ends the line.
    private mutating func run(_ field: Field, isForeign: Bool) {
        withScratch { text, bytes in text.run(field, isForeign: isForeign, bytes) }
    }

    private mutating func run(_ field: Field, isForeign: Bool, _ bytes: UnsafeBufferPointer<UInt8>) {
        let first = Int32(tokens.count)
        var index = 0
        // Where the bytes start that are not in `json` yet.
        var start = 0
        while index < bytes.count {
            let end = ChunkTable.end(in: bytes, from: index)
            if end > index {
                tokens.append(chunks.number(of: UnsafeBufferPointer(rebasing: bytes[index..<end])))
                index = end
            }
            if index < bytes.count {
                if Self.needsEscape(bytes[index]) {
                    json.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
                    appendEscape(of: bytes[index])
                    start = index + 1
                }
                index += 1
            }
        }
        json.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
        runs.append(
            Run(
                field: field, isForeign: isForeign, entry: field == .page ? -1 : Int32(entryCount - 1),
                firstToken: first, endToken: Int32(tokens.count)))
        appendEscape(0x6E)
    }

    // MARK: JSON

    private mutating func appendEscape(_ letter: UInt8) {
        json.append(0x5C)
        json.append(letter)
    }

    /// White space is single spaces by now, so that only these are left to escape.
    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x3C
    }

    private mutating func appendEscape(of byte: UInt8) {
        if byte == 0x22 || byte == 0x5C {
            appendEscape(byte)
        } else {
            json.append(contentsOf: Array("\\u00".utf8))
            json.append(contentsOf: [byte >> 4, byte & 15].map { $0 < 10 ? 0x30 + $0 : 0x57 + $0 })
        }
    }

    private mutating func appendEscaped(_ text: String) {
        for byte in text.utf8 {
            if Self.needsEscape(byte) { appendEscape(of: byte) } else { json.append(byte) }
        }
    }
}

/// Numbers the different chunks of a text: what stands between spaces and punctuation of ASCII.
///
/// A chunk of plain letters is one word; others may hold several, and are taken apart once.
struct ChunkTable {
    /// A chunk's place in the table.
    private struct Slot {
        var key: UInt64 = 0
        /// The number of the chunk, plus one; 0 is free.
        var number: Int32 = 0
    }

    /// The chunks' bytes, one after the other.
    private var bytes: [UInt8] = []
    private(set) var ends: [Int32] = []
    private var slots = [Slot](repeating: Slot(), count: 4096)

    /// Letters, digits, the apostrophe, and everything that is not ASCII.
    private static func isWordByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 || byte &- 0x30 < 10 || byte == 0x27
    }

    /// Where a chunk ends that starts at a place; the place itself where none does.
    @inline(__always)
    static func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while let eight = EightBytes(bytes, at: index) {
            let lower = EightBytes(eight.value | 0x20 &* EightBytes.ones)
            let letters = lower.atLeast(0x61) ^ lower.atLeast(0x7B)
            let digits = eight.atLeast(0x30) ^ eight.atLeast(0x3A)
            let others = ~(letters | digits | eight.equal(to: 0x27) | eight.wide) & EightBytes.flags
            if others != 0 { return index + EightBytes.before(others) }
            index += 8
        }
        while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
        return index
    }

    /// The number of a chunk, which has no zero byte.
    mutating func number(of chunk: UnsafeBufferPointer<UInt8>) -> Int32 {
        let key = Self.key(of: chunk)
        let mask = slots.count - 1
        var slot = Self.hash(key) & mask
        while slots[slot].number != 0 {
            if slots[slot].key == key, chunk.count <= 8 || isSame(slots[slot].number - 1, chunk) {
                return slots[slot].number - 1
            }
            slot = (slot + 1) & mask
        }
        bytes.append(contentsOf: chunk)
        ends.append(Int32(bytes.count))
        slots[slot] = Slot(key: key, number: Int32(ends.count))
        if ends.count * 2 > slots.count { grow() }
        return Int32(ends.count - 1)
    }

    /// The bytes themselves of up to eight, whose lowest is never zero; of more, a hash whose lowest byte is zero
    /// (FNV-1a).
    @inline(__always)
    private static func key(of chunk: UnsafeBufferPointer<UInt8>) -> UInt64 {
        if chunk.count <= 8 {
            var key: UInt64 = 0
            for index in chunk.indices { key |= UInt64(chunk[index]) &<< UInt64(8 &* index) }
            return key
        }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in chunk { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash &<< 8
    }

    /// Multiplying by the golden ratio spreads keys that differ in a few letters (Knuth, volume 3, 6.4).
    @inline(__always)
    private static func hash(_ key: UInt64) -> Int { Int((key &* 0x9E37_79B9_7F4A_7C15) >> 32) }

    private func isSame(_ number: Int32, _ chunk: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = number == 0 ? 0 : Int(ends[Int(number) - 1])
        return bytes[start..<Int(ends[Int(number)])].elementsEqual(chunk)
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        let mask = slots.count - 1
        for entry in old where entry.number != 0 {
            var slot = Self.hash(entry.key) & mask
            while slots[slot].number != 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
    }

    var count: Int { ends.count }

    func text(_ number: Int) -> String {
        let start = number == 0 ? 0 : Int(ends[number - 1])
        return String(decoding: bytes[start..<Int(ends[number])], as: UTF8.self)
    }
}

/// Where sentences end. Very short ones ("No.") stay with what follows them.
enum SentenceEnds {
    /// Gives each sentence of a text that has single spaces alone.
    static func forEach(in bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) {
        var start = 0
        /// Spaces since the last end, the one right after it included.
        var spaces = 0
        var index = 0
        let count = bytes.count
        while index < count {
            // To the next character that may be an end.
            var found: UInt8 = 0
            while index < count {
                if let eight = EightBytes(bytes, at: index) {
                    let ends = eight.equal(to: 0x2E) | eight.equal(to: 0x3F) | eight.equal(to: 0x21)
                    if ends | eight.wide == 0 {
                        spaces += eight.equal(to: 0x20).nonzeroBitCount
                        index += 8
                        continue
                    }
                }
                let byte = bytes[index]
                if byte == 0x20 {
                    spaces += 1
                } else if byte == 0x2E || byte == 0x3F || byte == 0x21 || byte >= 0x80 {
                    found = byte
                    break
                }
                index += 1
            }
            guard index < count else { break }
            if found < 0x80 {
                index += 1
                if isEnd(bytes, start, index, spaces, isWide: false) { cut() }
                continue
            }
            let length = found >= 0xF0 ? 4 : found >= 0xE0 ? 3 : found >= 0xC0 ? 2 : 1
            let next = min(count, index + length)
            let ender = ender(bytes, index, next)
            index = next
            if let ender, isEnd(bytes, start, index, spaces, isWide: ender) { cut() }
        }
        func cut() {
            give(index)
            start = index
            spaces = 0
        }
        func give(_ end: Int) {
            let first = start < end && bytes[start] == 0x20 ? start + 1 : start
            if first < end { body(first..<end) }
        }
        give(count)
    }

    /// Whether a character ends a sentence; true for one that needs no space after it.
    private static func ender(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool? {
        switch (bytes[start], start + 1 < end ? bytes[start + 1] : 0, start + 2 < end ? bytes[start + 2] : 0)
        {
        case (0xD8, 0x9F, _), (0xDB, 0x94, _), (0xE0, 0xA5, 0xA4), (0xE1, 0x8D, 0xA2): false
        case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x9F), (0xEF, 0xBC, 0x81): true
        default: nil
        }
    }

    private static func isEnd(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ next: Int, _ spaces: Int, isWide: Bool
    ) -> Bool {
        if isWide {
            return bytes[start..<next].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) } > 5
        }
        guard next == bytes.count || bytes[next] == 0x20 else { return false }
        if next + 1 < bytes.count {
            let after = bytes[next + 1]
            if (0x61...0x7A).contains(after) { return false }
            if after >= 0x80 {
                let rest = String(decoding: bytes[(next + 1)..<min(bytes.count, next + 5)], as: UTF8.self)
                if rest.first?.isLowercase == true { return false }
            }
        }
        guard spaces > 1 else { return false }
        if next < bytes.count, bytes[next - 1] == 0x2E {
            var word = next - 1
            while word > start, bytes[word - 1] != 0x20 { word -= 1 }
            if abbreviations.contains(where: { bytes[word..<(next - 1)].elementsEqual($0) }) { return false }
        }
        return true
    }

    private static let abbreviations: [[UInt8]] = [
        "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "e.g", "i.e", "etc", "np", "tj", "ul", "nr",
    ].map { Array($0.utf8) }
}

extension String {
    func sentences() -> [String] {
        let bytes = Array(split(whereSeparator: \.isWhitespace).joined(separator: " ").utf8)
        var result: [String] = []
        bytes.withUnsafeBufferPointer { bytes in
            SentenceEnds.forEach(in: bytes) { result.append(String(decoding: bytes[$0], as: UTF8.self)) }
        }
        return result
    }
}
