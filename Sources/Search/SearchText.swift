import Guidance
import Markdown
import Translations
import Workspace

/// The text of an index while it is written: its lines, and what stands on them.
///
/// Lines start with what they are: `#` page (`*` glossary), `?` question (`!` in the source language), `+`
/// also asked, `-` passage (`~` in the source language). Fields of a line are apart by tabs.
struct SearchText {
    /// What stands on a line.
    struct Run {
        var text: String
        /// In the source language on a page of another language.
        var isForeign: Bool
    }

    private(set) var lines: [Line] = []
    /// What stands on the lines; with a lexicon only its words are kept.
    private(set) var runs: [Run] = []
    /// Numbers of the lexicon's words, and of words of the source language.
    private(set) var words = (own: NumberSet(), foreign: NumberSet())
    /// Each question and section: its page's path, and its id.
    private(set) var entries: [Place] = []
    var entryCount: Int { entries.count }
    private var path = ""

    struct Place {
        var page: String
        var id: String
        var text: String { page + "#" + id }
    }

    /// What an entry says.
    struct Entry {
        var place: Place
        var title: String
        /// Whether it explains a word.
        var isInGlossary = false
        var alsoAsked: [String] = []
        var sentences: [String] = []
    }

    /// The lines by entry, in the order of `entries`.
    var saidByEntry: [Entry] {
        var said: [Entry] = []
        var isInGlossary = false
        for line in lines {
            switch line.kind {
            case "#", "*": isInGlossary = line.kind == "*"
            case "?", "!":
                said.append(
                    Entry(place: entries[said.count], title: line.text, isInGlossary: isInGlossary))
            case "+": said[said.count - 1].alsoAsked = line.text.split(separator: "\t").map(String.init)
            case "-", "~": if !said.isEmpty { said[said.count - 1].sentences.append(line.text) }
            default: break
            }
        }
        return said
    }

    /// A line of an index.
    struct Line {
        var kind: Character
        /// The path of a page, the id of a question or section.
        var place: String?
        var text: String
    }

    /// The lines as the browser gets them: what is alike stands side by side, which compresses better, and a passage that
    /// was there before is named by its number.
    struct Columns {
        /// The kinds of the lines; of several of one kind in a row, the kind and their number. `:` is a passage again.
        private(set) var rows = ""
        private(set) var places: [String] = []
        private(set) var titles: [String] = []
        private(set) var asks: [String] = []
        /// Different passages.
        private(set) var lines: [String] = []
        /// Numbers of passages.
        private(set) var again: [Int] = []

        init(_ all: [Line]) {
            var known: [Token: Int] = [:]
            var knownForeign: [Token: Int] = [:]
            var last: (kind: Character, count: Int)?
            func end() -> String {
                last.map { String($0.kind) + ($0.count > 1 ? String($0.count) : "") } ?? ""
            }
            func number(of line: Line) -> Int? {
                let text = Token(line.text)
                let isForeign = line.kind == "~"
                if let number = isForeign ? knownForeign[text] : known[text] { return number }
                if isForeign { knownForeign[text] = lines.count } else { known[text] = lines.count }
                return nil
            }
            for line in all {
                var kind = line.kind
                if let place = line.place {
                    places.append(place)
                    titles.append(line.text)
                } else if kind == "+" {
                    asks.append(line.text)
                } else if let number = number(of: line) {
                    kind = ":"
                    again.append(number)
                } else {
                    lines.append(line.text)
                }
                if last?.kind == kind {
                    last?.count += 1
                } else {
                    rows += end()
                    last = (kind, 1)
                }
            }
            rows += end()
        }
    }

    /// Entries to begin with where nothing is found: the first question of each topic, in the editors' order.
    private(set) var often: [Int] = []
    static let mostOften = 5
    private let isStopWord: (String) -> Bool
    private let writer: TextWriter

    /// Keeps what passages say for other editions in the language.
    private let lexicon: SearchLexicon?
    /// The words of the source language, where that is another one.
    private let source: SearchLexicon?

    /// What else is asked, by the page's path and the section's id.
    private let asked: [String: [String]]

    /// - Parameters:
    ///   - asked: What the vocabulary says is asked of sections, besides what the guidance says.
    ///   - isStopWord: Stop words are left out of what else is asked: they cost bytes and are not shown.
    init(
        _ edition: Edition, asked: [String: [String]] = [:], lexicon: SearchLexicon? = nil,
        source: SearchLexicon? = nil, isStopWord: @escaping (String) -> Bool
    ) {
        self.asked = asked
        self.lexicon = lexicon
        self.source = source
        self.isStopWord = isStopWord
        writer = TextWriter(
            rightToLeft: edition.language.isRightToLeft
                ? TextSetting(edition.language, latin: edition.latin) : nil)
        for page in edition.pages where Self.isFound(page, in: edition) { add(page, of: edition) }
    }

    // MARK: Pages

    /// Whether a page has anything to find.
    static func isFound(_ page: Page, in edition: Edition) -> Bool {
        page.audience != .professionals
            && (hasIntroduction(page, in: edition) || !page.sections.isEmpty)
    }

    /// The opening of a topic of questions only repeats what its questions say better.
    private static func hasIntroduction(_ page: Page, in edition: Edition) -> Bool {
        page.kind != .faq
            && (page.summary != nil || !page.introduction.isEmpty
                || page.kind == .contacts && !edition.contactGroups.isEmpty)
    }

    private mutating func add(_ page: Page, of edition: Edition) {
        let hasIntroduction = Self.hasIntroduction(page, in: edition)
        path = page.path
        write(page.kind == .glossary ? "*" : "#", page.path, page.title)
        if hasIntroduction {
            begin("", page.title)
            if let summary = page.summary { write(summary) }
            add(page.introduction)
            if page.kind == .contacts { addContacts(edition) }
        }
        if page.kind == .faq, !page.sections.isEmpty, often.count < Self.mostOften {
            often.append(entryCount)
        }
        // Its sections say once more what others say in full: those are found, and lead here.
        if page.kind == .easy { return }
        page.forEachSection { section in
            begin(section.id, section.heading)
            let own = edition.language == edition.sourceLanguage ? section.alsoAsked : []
            alsoAsked(own + (asked[page.path + "#" + section.id] ?? []))
            add(section.blocks)
        }
    }

    private mutating func begin(_ id: String, _ heading: Passage) {
        entries.append(Place(page: path, id: id))
        write(heading.translation.isFallback ? "!" : "?", id, heading)
    }

    private mutating func alsoAsked(_ phrases: [String]) {
        guard !phrases.isEmpty else { return }
        let isStopWord = isStopWord
        add("+", as: .asked, Digest.of(phrases), isForeign: false) { _ in
            var seen: Set<String> = []
            var all: [String] = []
            for phrase in phrases {
                let words = SearchTerms.terms(of: phrase)
                let telling = words.filter { !isStopWord($0) }
                let short = Self.line(telling.isEmpty ? words : telling)
                if !short.isEmpty, seen.insert(short).inserted { all.append(short) }
            }
            return all.isEmpty ? [] : [all.joined(separator: "\t")]
        }
    }

    /// Words on a line. Pairs of Chinese characters that overlap are written as one: the browser takes them apart again.
    static func line(_ words: [String]) -> String {
        func isPair(_ word: String) -> Bool {
            word.unicodeScalars.count == 2
                && word.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
        }
        var line = ""
        var previous: String?
        for word in words {
            if let previous, isPair(previous), isPair(word),
                previous.unicodeScalars.last == word.unicodeScalars.first
            {
                line.unicodeScalars.append(contentsOf: word.unicodeScalars.dropFirst())
            } else {
                line += line.isEmpty ? word : " " + word
            }
            previous = word
        }
        return line
    }

    private mutating func addContacts(_ edition: Edition) {
        for contact in edition.contactGroups.flatMap(\.contacts) where contact.audience != .professionals {
            var parts = [writer.words(of: contact.name.inlines)]
            if let purpose = contact.purpose { parts.append(writer.words(of: purpose.inlines)) }
            if let way = contact.ways.first { parts.append(writer.isolated(way.shown)) }
            write(parts, isForeign: contact.name.translation.isFallback)
        }
    }

    private mutating func add(_ blocks: [Block]) {
        for block in blocks {
            switch block.content {
            case .paragraph(let passage), .heading(_, let passage):
                let isForeign = passage.translation.isFallback
                add(
                    isForeign ? "~" : "-", as: .sentences, Digest.of(passage.inlines), isForeign: isForeign
                ) { $0.words(of: passage.inlines).sentences() }
            case .list(let list): for item in list.items { add(item.blocks) }
            case .quote(let inner), .callout(_, let inner), .footnote(_, let inner): add(inner)
            case .table(let table):
                for row in table.rows {
                    let cells = row.map {
                        (text: writer.words(of: $0.inlines), isForeign: $0.translation.isFallback)
                    }
                    .filter { !$0.text.allSatisfy(\.isWhitespace) }
                    if let first = cells.first { write(cells.map(\.text), isForeign: first.isForeign) }
                }
            case .code, .thematicBreak: break
            }
        }
    }

    // MARK: Lines

    private mutating func write(_ passage: Passage) {
        let isForeign = passage.translation.isFallback
        write(isForeign ? "~" : "-", nil, passage)
    }

    private mutating func write(_ parts: [String], isForeign: Bool) {
        let text = parts.map { $0.onOneLine }.filter { !$0.isEmpty }.joined(separator: " · ")
        guard !text.isEmpty else { return }
        let numbers = words(of: text, isForeign: isForeign)
        line(isForeign ? "~" : "-", nil, text, isForeign: isForeign)
        note(numbers, isForeign: isForeign)
    }

    private mutating func write(_ kind: Character, _ start: String?, _ passage: Passage) {
        let isForeign = passage.translation.isFallback
        add(kind, start, as: .whole, Digest.of(passage.inlines), isForeign: isForeign) {
            [$0.words(of: passage.inlines).onOneLine]
        }
    }

    /// What of a passage stands on a line.
    private enum Measure: Int { case whole, sentences, asked }

    /// Writes the lines of a passage, which other editions in the language may have too.
    ///
    /// - Parameter content: Of what is stored in the passage.
    private mutating func add(
        _ kind: Character, _ start: String? = nil, as measure: Measure, _ content: ContentHash,
        isForeign: Bool,
        _ write: (TextWriter) -> [String]
    ) {
        guard let lexicon else {
            for text in write(writer) { line(kind, start, text, isForeign: isForeign) }
            return
        }
        var key = Digest()
        key.add(number: measure.rawValue)
        key.add(isForeign)
        key.add(lexicon.language)
        key.add(content)
        // Numbers of words mean something to the lexicon alone that they come from.
        let wording = (isForeign ? source ?? lexicon : lexicon).wording(of: key.hash) {
            write(writer)
        } words: {
            words(of: $0, isForeign: isForeign)
        }
        for text in wording.lines { line(kind, start, text, isForeign: isForeign) }
        note(wording.words, isForeign: isForeign)
    }

    private mutating func line(_ kind: Character, _ start: String?, _ text: String, isForeign: Bool) {
        lines.append(Line(kind: kind, place: start, text: text))
        if lexicon == nil { runs.append(Run(text: text, isForeign: isForeign)) }
    }

    private func words(of line: String, isForeign: Bool) -> [Int32] {
        (isForeign ? source : lexicon)?.words(of: line) ?? []
    }

    private mutating func note(_ numbers: [Int32], isForeign: Bool) {
        if isForeign { words.foreign.formUnion(numbers) } else { words.own.formUnion(numbers) }
    }
}

/// The words of passages as the search shows them.
private struct TextWriter {
    /// Of the edition's language, where text runs from right to left: results show what is typed in it.
    let rightToLeft: TextSetting?

    func words(of inlines: [Inline]) -> String {
        var text = ""
        append(inlines, to: &text)
        return text
    }

    private func append(_ inlines: [Inline], to text: inout String) {
        for inline in inlines {
            switch inline {
            case .text(let plain): text += withRuns(plain)
            case .code(let plain): text += plain
            case .lineBreak: text += " "
            case .footnote: break
            case .emphasis(let content), .strong(let content), .strikethrough(let content):
                append(content, to: &text)
            case .link(let link): append(link.content, to: &text)
            case .image(let image): text += image.alternative
            case .placeholder(let placeholder): text += "{{\(placeholder.name)}}"
            case .value(let value):
                switch value.kind {
                case .words: text += withRuns(value.text)
                case .literal: text += isolated(value.text)
                case .term: text += rightToLeft == nil ? value.text : isolated(value.text)
                }
            }
        }
    }

    /// Text with the same runs isolated as on a page.
    private func withRuns(_ text: String) -> String {
        guard let rightToLeft else { return text }
        return rightToLeft.pieces(of: text).map {
            $0.run == nil ? String($0.text) : isolated(String($0.text))
        }
        .joined()
    }

    /// A phone number or address between marks that keep it left to right (Unicode Standard Annex 9).
    func isolated(_ text: String) -> String { "\u{2066}\(text)\u{2069}" }
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
    /// With single spaces, and none at the ends.
    var onOneLine: String {
        var text = self
        // Nearly every text is so already.
        if text.withUTF8(Self.isOnOneLine) { return text }
        var line = ""
        line.reserveCapacity(utf8.count)
        var isSpaceDue = false
        for scalar in unicodeScalars {
            if scalar.isSpace {
                isSpaceDue = !line.isEmpty
                continue
            }
            if isSpaceDue {
                line.unicodeScalars.append(" ")
                isSpaceDue = false
            }
            line.unicodeScalars.append(scalar)
        }
        return line
    }

    private static func isOnOneLine(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var wasSpace = true
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x20:
                if wasSpace { return false }
                wasSpace = true
            case 0x09...0x0D: return false
            // What may begin a space beyond English: U+0085, U+00A0, U+1680, U+3000, and U+2000 to U+205F, where
            // quotation marks and dashes stand too.
            case 0xC2, 0xE1, 0xE3: return false
            case 0xE2 where index + 2 < bytes.count && bytes[index + 1] < 0x82:
                if !(bytes[index + 1] == 0x80 && 0x90...0xA7 ~= bytes[index + 2]) { return false }
                wasSpace = false
            default: wasSpace = false
            }
        }
        return !wasSpace
    }

    func sentences() -> [String] {
        var text = onOneLine
        var result: [String] = []
        text.withUTF8 { bytes in
            SentenceEnds.forEach(in: bytes) { result.append(String(decoding: bytes[$0], as: UTF8.self)) }
        }
        return result
    }
}
