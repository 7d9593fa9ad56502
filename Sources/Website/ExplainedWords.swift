import Guidance
import Markdown
import Workspace

/// The words that an edition's glossary explains, to be found where pages use them.
///
/// The first time that a page uses such a word it is a link to the glossary. The script opens the explanation in place
/// instead; it takes it from a file beside the glossary, which is loaded when somebody asks for the first one, so that
/// no page carries the explanations.
struct ExplainedWords: Sendable {
    struct Word: Sendable {
        /// The page that explains it, and the section there.
        var path: String
        var section: String
        fileprivate var name: [UInt8]
        fileprivate var isOneWord: Bool
        fileprivate var mayBePlural: Bool
    }

    static let none = ExplainedWords()

    /// The longest first: "child protection plan" is not also a "plan".
    private var words: [Word] = []
    private var byFirst: [UInt8: [Int]] = [:]
    private var byName: [[UInt8]: Int] = [:]

    /// The name of the file beside a glossary that holds its explanations.
    static let file = "words.js"

    private init() {}

    /// - Parameter edition: Its outline, which has the glossary's headings and what each section says first.
    init(_ edition: Edition) {
        let isEnglish = edition.sourceLanguage.tag == "en"
        for page in edition.pages where Self.explains(page) {
            for section in page.sections {
                guard let name = Self.name(of: section, in: edition), !name.isEmpty, byName[name] == nil
                else {
                    continue
                }
                byName[name] = 0
                words.append(
                    Word(
                        path: page.path, section: section.id, name: name,
                        isOneWord: !name.contains(UInt8(ascii: " ")),
                        mayBePlural: isEnglish && name.last != UInt8(ascii: "s")))
            }
        }
        words.sort { ($1.name.count, $0.section) < ($0.name.count, $1.section) }
        for (index, word) in words.enumerated() {
            byName[word.name] = index
            if let first = word.name.first { byFirst[first, default: []].append(index) }
        }
    }

    /// Whether a page explains words in a way that can stand elsewhere.
    static func explains(_ page: Page) -> Bool { page.kind == .glossary && page.audience != .professionals }

    /// The word that a section explains, in the source language.
    private static func name(of section: Section, in edition: Edition) -> [UInt8]? {
        let heading = section.heading
        guard edition.language != edition.sourceLanguage, !heading.translation.isFallback else {
            return Array(heading.plainText.lowercased().utf8)
        }
        // A translated heading has it in brackets.
        for inline in heading.inlines {
            if case .value(let value) = inline, value.kind == .term {
                return Array(value.text.lowercased().utf8)
            }
        }
        return nil
    }

    subscript(index: Int) -> Word { words[index] }

    /// The word whose name in the source language this is.
    func index(of name: String) -> Int? { byName[Array(name.lowercased().utf8)] }

    /// The first word in a text in the source language that has not been explained.
    ///
    /// - Parameters:
    ///   - followsValue: Whether a number may stand before the text.
    func first(
        in text: [UInt8], from start: Int, except known: Set<Int>, followsValue: Bool
    ) -> (range: Range<Int>, word: Int)? {
        guard !words.isEmpty else { return nil }
        var place = start
        while place < text.count {
            defer { place += 1 }
            guard place == 0 || !Self.isWordPart(text[place - 1]),
                let candidates = byFirst[Self.lowercased(text[place])],
                let (index, end) = match(candidates, in: text, at: place)
            else { continue }
            let range = place..<end
            // What stands within a longer word has no meaning of its own there.
            place = end - 1
            if known.contains(index) { continue }
            // "20 minutes" are not the minutes of a meeting.
            if words[index].isOneWord, Self.followsNumber(text, range.lowerBound, followsValue) { continue }
            return (range, index)
        }
        return nil
    }

    private func match(_ candidates: [Int], in text: [UInt8], at place: Int) -> (index: Int, end: Int)? {
        for index in candidates {
            let word = words[index]
            var end = place + word.name.count
            guard end <= text.count,
                zip(text[place..<end], word.name).allSatisfy({ Self.lowercased($0) == $1 })
            else { continue }
            if word.mayBePlural, end < text.count, text[end] == UInt8(ascii: "s") { end += 1 }
            if end == text.count || !Self.isWordPart(text[end]) { return (index, end) }
        }
        return nil
    }

    private static func followsNumber(_ text: [UInt8], _ start: Int, _ followsValue: Bool) -> Bool {
        guard let before = text[..<start].last(where: { $0 != UInt8(ascii: " ") }) else {
            return followsValue
        }
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(before)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    /// Letters, digits, all that is not ASCII, and what joins words: "non-professional" is another word.
    private static func isWordPart(_ byte: UInt8) -> Bool {
        switch lowercased(byte) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...,
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension ExplainedWords {
    /// The explanations of a glossary page for the script: the first paragraph of each of its sections, as HTML.
    static func script(of page: Page, in setting: PageSetting) -> [UInt8] {
        let entries = page.sections.compactMap { section -> (String, JSONValue)? in
            guard case .paragraph(let passage)? = section.blocks.first?.content else { return nil }
            var writer = HTMLWriter(setting)
            writer.writeUnlinked(passage)
            return (section.id, .string(String(decoding: writer.take(), as: UTF8.self)))
        }
        return Array("signpostWords=\(JSONValue.object(entries).serialized());\n".utf8)
    }
}
