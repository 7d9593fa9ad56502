import Foundation
import Workspace

/// The terms of a glossary, to be found in English messages and in their translations.
public struct GlossaryIndex: Sendable {
    public struct Term: Sendable {
        public let name: String
        let words: [String]
        /// As the glossary writes them.
        let forms: [String]
        let parsed: [GlossaryForm]
        let entry: Glossary.Term
        fileprivate let exceptions: [Exception]
        /// See `Beginnings`.
        fileprivate let beginning: Int?

        /// The words in which the first of the forms stands, as they are written; nil where none does.
        public func range(in text: FoldedText) -> Range<Int>? {
            let (scalars, places) = (text.scalars, text.places)
            let ranges = parsed.compactMap { $0.firstRange(in: text.folded) }
            // The earliest, and of several there the longest.
            guard
                let range = ranges.min(by: {
                    ($0.lowerBound, -$0.count) < ($1.lowerBound, -$1.count)
                }), let last = range.last
            else { return nil }
            var end = places[last] + 1
            // A form can be the part that all endings share; Chinese has no ends of words.
            while end < scalars.count, WritingSystem(scalars[end]) != .han,
                GlossaryIndex.isWordPart(scalars[end])
            {
                end += 1
            }
            return places[range.lowerBound]..<end
        }
    }

    /// An exception that counts in the language.
    fileprivate struct Exception: Sendable {
        let exception: Glossary.Exception
        /// Of `words`.
        let words: [String]
        /// Of `message`.
        let message: MessageForm?

        init(_ exception: Glossary.Exception) {
            self.exception = exception
            switch exception.place {
            case .message(let text): (words, message) = ([], MessageForm(text))
            case .words(let text): (words, message) = (GlossaryIndex.words(of: text), nil)
            }
        }
    }

    /// A text in which terms are looked for one after the other.
    public struct FoldedText: Sendable {
        fileprivate var scalars: [Unicode.Scalar]
        private(set) var folded: [Unicode.Scalar]
        /// Of each folded scalar, its place in the text as it was.
        fileprivate let places: [Int]

        public init(_ text: String) {
            scalars = Array(text.unicodeScalars)
            (folded, places) = GlossaryIndex.foldedWithPlaces(text)
        }

        /// Takes words out, so that no other term is found in them.
        public mutating func takeOut(_ range: Range<Int>) {
            for place in range { scalars[place] = "\u{0}" }
            for index in folded.indices where range.contains(places[index]) { folded[index] = "\u{0}" }
        }
    }

    /// The first two letters of a word, as a number.
    private struct Beginnings {
        private var found = [UInt64](repeating: 0, count: 16)

        /// Those of everything in a text that may be a word.
        init(in text: String) {
            // One past the number of the letter before; 0 where there is none in this word.
            var before = 0
            var isSecond = false
            for byte in text.utf8 {
                guard let letter = Self.letter(byte) else {
                    before = 0
                    continue
                }
                if before == 0 {
                    isSecond = true
                } else if isSecond {
                    let number = (before - 1) << 5 | letter
                    found[number >> 6] |= 1 << UInt64(number & 63)
                    isSecond = false
                }
                before = letter + 1
            }
        }

        func contains(_ beginning: Int) -> Bool {
            found[beginning >> 6] >> UInt64(beginning & 63) & 1 != 0
        }

        /// Of a term's first word, which a message has in the singular or the plural; nil where a word that begins otherwise
        /// may be the same.
        static func beginning(ofTerm word: String?) -> Int? {
            guard let word, word.utf8.count > 2 else { return nil }
            let letters = word.utf8.prefix(2).compactMap(letter)
            return letters.count == 2 ? letters[0] << 5 | letters[1] : nil
        }

        /// 0 to 25; nil for what is no letter of ASCII.
        private static func letter(_ byte: UInt8) -> Int? {
            let small = byte | 0x20
            return 0x61...0x7A ~= small ? Int(small - 0x61) : nil
        }
    }

    /// The longest first.
    private let terms: [Term]
    private let language: Language

    public var isEmpty: Bool { terms.isEmpty }

    public init(_ entries: [Glossary.Term], language: Language) {
        self.language = language
        terms = entries.compactMap { entry in
            guard let forms = entry.forms[language.tag] else { return nil }
            let words = Self.words(of: entry.term)
            return Term(
                name: entry.term, words: words, forms: forms,
                parsed: forms.map { GlossaryForm($0, language: language) }, entry: entry,
                exceptions: entry.exceptions.filter { $0.counts(in: language) }.map(Exception.init),
                beginning: Beginnings.beginning(ofTerm: words.first))
        }.sorted { ($1.words.count, $0.name) < ($0.words.count, $1.name) }
    }

    /// Numbers are no words of a message: "section 20 agreement" is found by its other words.
    private static func words(of text: String) -> [String] {
        MessageSimilarity.words(text).filter { $0.contains(where: \.isLetter) }
    }

    /// The terms that an English message has. The longest counts: "child protection plan" is not also a "plan".
    public func terms(in message: String) -> [Term] {
        lookUp(MessageTokens(message), message, of: message).terms
    }

    /// A term that an exception takes out of a message.
    struct Excepted {
        var term: Term
        var exception: Glossary.Exception
    }

    /// The terms that a text has, and those that an exception takes out.
    ///
    /// - Parameters:
    ///   - tokens: Of the text; most texts have nothing that begins like a term.
    ///   - message: The message whose text it is; another one where it is a plural.
    func lookUp(
        _ tokens: @autoclosure () -> MessageTokens, _ text: String, of message: String
    ) -> (terms: [Term], excepted: [Excepted]) {
        let beginnings = Beginnings(in: text)
        let candidates = terms.filter { $0.beginning.map(beginnings.contains) ?? true }
        guard !candidates.isEmpty else { return ([], []) }
        var words = ScriptScanner.words(tokens().words).map { $0.text.lowercased() }
        var excepted: [Excepted] = []
        var form: MessageForm?
        let found = candidates.filter { term in
            var isFound = false
            var from = 0
            while let start = Self.firstIndex(of: term.words, in: words, from: from) {
                let range = start..<(start + term.words.count)
                if let exception = term.exceptions.first(where: { $0.covers(range, of: words) }) {
                    excepted.append(Excepted(term: term, exception: exception.exception))
                    from = start + 1
                    continue
                }
                words.replaceSubrange(range, with: [""])
                from = start
                isFound = true
            }
            guard isFound, term.exceptions.contains(where: { $0.message != nil }) else { return isFound }
            let own = form ?? MessageForm(message)
            form = own
            guard let exception = term.exceptions.first(where: { $0.message == own }) else { return true }
            excepted.append(Excepted(term: term, exception: exception.exception))
            return false
        }
        return (found, excepted)
    }

    /// Those of the terms that a translation has in no form: none that the glossary writes, and none that Snowball takes
    /// for the same words.
    func missing(_ terms: [Term], in translation: String, _ tokens: MessageTokens) -> [Term] {
        guard !terms.isEmpty else { return [] }
        let folded = FoldedText(translation).folded
        let rest = terms.filter { term in
            !term.parsed.contains { $0.firstRange(in: folded) != nil }
        }
        guard !rest.isEmpty, let stemmer = Stemmer(language) else { return rest }
        let stems = GlossaryForm.words(tokens.words, in: language).map {
            GlossaryForm.stems(of: $0, by: stemmer)
        }
        return rest.filter { term in
            !term.parsed.contains { $0.stands(inStems: stems, by: stemmer) }
        }
    }

    /// Without case and marks, with plain spaces: neither the Arabic tanwin nor a no-break space hides a form. With
    /// the place of each scalar in the text as it was.
    private static func foldedWithPlaces(_ original: String) -> (text: [Unicode.Scalar], places: [Int]) {
        var text: [Unicode.Scalar] = []
        var places: [Int] = []
        func append(_ scalar: Unicode.Scalar, _ place: Int) {
            func add(_ lower: Unicode.Scalar) {
                switch lower {
                case "\u{A0}", "\u{202F}": text.append(" ")
                // The small letter of the Turkish I.
                case "ı": text.append("i")
                default: text.append(lower)
                }
                places.append(place)
            }
            switch scalar.category {
            case .nonspacingMark: return
            // Only these have small letters.
            case .uppercaseLetter, .titlecaseLetter, .letterNumber, .otherSymbol:
                for lower in scalar.properties.lowercaseMapping.unicodeScalars
                where lower.category != .nonspacingMark { add(lower) }
            default: add(scalar)
            }
        }
        guard original.unicodeScalars.contains(where: { $0.category == .nonspacingMark }) else {
            for (place, scalar) in original.unicodeScalars.enumerated() { append(scalar, place) }
            return (text, places)
        }
        var place = 0
        for character in original {
            let scalars = character.unicodeScalars
            // A letter and its mark may be one sign or two.
            let isOne = scalars.index(after: scalars.startIndex) == scalars.endIndex
            if isOne || !scalars.contains(where: { $0.category == .nonspacingMark }) {
                for scalar in scalars {
                    append(scalar, place)
                    place += 1
                }
                continue
            }
            for scalar in String(character).precomposedStringWithCanonicalMapping.unicodeScalars {
                append(scalar, place)
            }
            place += scalars.count
        }
        return (text, places)
    }

    static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        if MessageTokens.isLetter(scalar) { return true }
        switch scalar.category {
        case .nonspacingMark, .spacingMark: return true
        default: return scalar == "\u{200C}" || scalar == "\u{200D}" || scalar == "\u{AD}"
        }
    }

    private static func firstIndex(of term: [String], in words: [String], from: Int) -> Int? {
        guard !term.isEmpty, words.count - from >= term.count else { return nil }
        return (from...(words.count - term.count)).first { start in
            term.indices.allSatisfy { offset in
                let word = words[start + offset]
                return word == term[offset] || (offset == term.count - 1 && isPlural(word, of: term[offset]))
            }
        }
    }

    /// "families" of "family", "plans" and "plan's" of "plan".
    private static func isPlural(_ word: String, of term: String) -> Bool {
        if word.hasPrefix(term) {
            return ["s", "es", "'s", "’s", "s'", "s’"].contains(word.dropFirst(term.count))
        }
        return term.hasSuffix("y") && word.hasSuffix("ies") && word.dropLast(3) == term.dropLast()
    }
}

extension GlossaryIndex.Exception {
    /// Whether a term stands within the exception's words.
    fileprivate func covers(_ range: Range<Int>, of all: [String]) -> Bool {
        guard words.count >= range.count else { return false }
        let earliest = max(0, range.upperBound - words.count)
        let latest = min(range.lowerBound, all.count - words.count)
        guard earliest <= latest else { return false }
        return (earliest...latest).contains { start in
            words.indices.allSatisfy { offset in
                let place = start + offset
                // The term itself may be in the plural.
                return all[place] == words[offset]
                    || (place == range.upperBound - 1 && all[place].hasPrefix(words[offset]))
            }
        }
    }
}
