import Foundation

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

    /// The longest first.
    private let terms: [Term]
    private let language: Language

    public var isEmpty: Bool { terms.isEmpty }

    public init(_ entries: [Glossary.Term], language: Language) {
        self.language = language
        terms = entries.compactMap { entry in
            guard let forms = entry.forms[language.tag] else { return nil }
            return Term(
                name: entry.term, words: Self.words(of: entry.term), forms: forms,
                parsed: forms.map { GlossaryForm($0, language: language) }, entry: entry,
                exceptions: entry.exceptions.filter { $0.counts(in: language) }.map(Exception.init))
        }.sorted { ($1.words.count, $0.name) < ($0.words.count, $1.name) }
    }

    /// Numbers are no words of a message: "section 20 agreement" is found by its other words.
    private static func words(of text: String) -> [String] {
        MessageSimilarity.words(text).filter { $0.contains(where: \.isLetter) }
    }

    /// The terms that an English message has. The longest counts: "child protection plan" is not also a "plan".
    public func terms(in message: String) -> [Term] { lookUp(MessageTokens(message), of: message).terms }

    /// A term that an exception takes out of a message.
    struct Excepted {
        var term: Term
        var exception: Glossary.Exception
    }

    /// The terms that a text has, and those that an exception takes out.
    ///
    /// - Parameter message: The message whose text it is; another one where it is a plural.
    func lookUp(_ text: MessageTokens, of message: String) -> (terms: [Term], excepted: [Excepted]) {
        var words = ScriptScanner.words(text.words).map { $0.text.lowercased() }
        var excepted: [Excepted] = []
        var form: MessageForm?
        let found = terms.filter { term in
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
            guard scalar.properties.generalCategory != .nonspacingMark else { return }
            for lower in scalar.properties.lowercaseMapping.unicodeScalars
            where lower.properties.generalCategory != .nonspacingMark {
                switch lower {
                case "\u{A0}", "\u{202F}": text.append(" ")
                // The small letter of the Turkish I.
                case "ı": text.append("i")
                default: text.append(lower)
                }
                places.append(place)
            }
        }
        var place = 0
        for character in original {
            let scalars = character.unicodeScalars
            // A letter and its mark may be one sign or two.
            let isOne = scalars.index(after: scalars.startIndex) == scalars.endIndex
            if isOne || !scalars.contains(where: { $0.properties.generalCategory == .nonspacingMark }) {
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
        switch scalar.properties.generalCategory {
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
