/// The terms of a glossary, to be found in English messages and in their translations.
public struct GlossaryIndex: Sendable {
    public struct Term: Sendable {
        public let name: String
        let words: [String]
        /// As the glossary writes them.
        let forms: [String]
        let folded: [[Unicode.Scalar]]
        let entry: Glossary.Term

        /// Whether a translation has one of the forms.
        func stands(in text: [Unicode.Scalar]) -> Bool {
            folded.contains { text.firstRange(of: $0) != nil }
        }

        /// The words in which the first of the forms stands; nil where none does.
        public func range(in text: FoldedText) -> Range<Int>? {
            let (scalars, places) = (text.scalars, text.places)
            let ranges = self.folded.compactMap { text.folded.firstRange(of: $0) }
            // The earliest, and of several there the longest.
            guard
                let range = ranges.min(by: {
                    ($0.lowerBound, -$0.count) < ($1.lowerBound, -$1.count)
                }), let last = range.last
            else { return nil }
            var end = places[last] + 1
            // A form can be the part that all endings share; Chinese has no ends of words.
            while end < scalars.count, WritingSystem(scalars[end]) != .han, isWordPart(scalars[end]) {
                end += 1
            }
            return places[range.lowerBound]..<end
        }

        private func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
            if MessageTokens.isLetter(scalar) { return true }
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .spacingMark: return true
            default: return scalar == "\u{200C}" || scalar == "\u{200D}" || scalar == "\u{AD}"
            }
        }
    }

    /// A text in which terms are looked for one after the other.
    public struct FoldedText: Sendable {
        fileprivate var scalars: [Unicode.Scalar]
        fileprivate var folded: [Unicode.Scalar]
        /// Of each folded scalar, its place in the text as it was.
        fileprivate let places: [Int]

        public init(_ text: String) {
            scalars = Array(text.unicodeScalars)
            (folded, places) = GlossaryIndex.foldedWithPlaces(scalars)
        }

        /// Takes words out, so that no other term is found in them.
        public mutating func takeOut(_ range: Range<Int>) {
            for place in range { scalars[place] = "\u{0}" }
            for index in folded.indices where range.contains(places[index]) { folded[index] = "\u{0}" }
        }
    }

    /// The longest first.
    private let terms: [Term]

    public var isEmpty: Bool { terms.isEmpty }

    public init(_ entries: [Glossary.Term], language: Language) {
        terms = entries.compactMap { entry in
            guard let forms = entry.forms[language.tag] else { return nil }
            return Term(
                // Numbers are no words of a message: "section 20 agreement" is found by its other words.
                name: entry.term,
                words: MessageSimilarity.words(entry.term).filter { $0.contains(where: \.isLetter) },
                forms: forms,
                folded: forms.map { Self.foldedWithPlaces(Array($0.unicodeScalars)).text }, entry: entry)
        }.sorted { ($1.words.count, $0.name) < ($0.words.count, $1.name) }
    }

    /// The terms that an English message has. The longest counts: "child protection plan" is not also a "plan".
    public func terms(in message: String) -> [Term] { terms(in: MessageTokens(message)) }

    func terms(in message: MessageTokens) -> [Term] {
        var words = ScriptScanner.words(message.words).map { $0.text.lowercased() }
        return terms.filter { term in
            var found = false
            while let start = Self.firstIndex(of: term.words, in: words) {
                words.replaceSubrange(start..<(start + term.words.count), with: [""])
                found = true
            }
            return found
        }
    }

    /// Without case and marks, with plain spaces: neither the Arabic tanwin nor a no-break space hides a form. With
    /// the place of each scalar in the text as it was.
    static func foldedWithPlaces(_ scalars: [Unicode.Scalar]) -> (text: [Unicode.Scalar], places: [Int]) {
        var text: [Unicode.Scalar] = []
        var places: [Int] = []
        for (place, scalar) in scalars.enumerated() where scalar.properties.generalCategory != .nonspacingMark
        {
            let lowered = scalar.properties.lowercaseMapping.unicodeScalars
            for lower in lowered where lower.properties.generalCategory != .nonspacingMark {
                text.append(lower == "\u{A0}" || lower == "\u{202F}" ? " " : lower)
                places.append(place)
            }
        }
        return (text, places)
    }

    private static func firstIndex(of term: [String], in words: [String]) -> Int? {
        guard !term.isEmpty, words.count >= term.count else { return nil }
        return (0...(words.count - term.count)).first { start in
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
