import Foundation

/// One form of a term, ready to be found in translations.
///
/// It may stand anywhere, also within a word: Arabic and Turkish put letters before and behind. Welsh changes the first
/// letters of a word (cynhadledd: gynhadledd, chynhadledd, nghynhadledd), which makes no other form of it.
struct GlossaryForm: Sendable {
    private enum Part: Sendable {
        case text([Unicode.Scalar])
        /// What a word that begins so may begin with instead: never within a word.
        case mutations([[Unicode.Scalar]], else: [Unicode.Scalar])
        /// `*`.
        case anyLetters
    }

    private let parts: [Part]
    /// The letters that it can begin with.
    private let starts: [Unicode.Scalar]
    /// Its words, for a stemmer; none where one has a `*`.
    let words: [String]

    init(_ form: String, language: Language) {
        let text = form.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        // What stands before and behind the form is free in any case.
        var folded = GlossaryIndex.FoldedText(text).folded[...]
        while let first = folded.first, first == "*" || first == " " { folded.removeFirst() }
        while let last = folded.last, last == "*" || last == " " { folded.removeLast() }
        var parts: [Part] = []
        for (number, piece) in folded.split(separator: "*", omittingEmptySubsequences: false).enumerated() {
            if number > 0 { parts.append(.anyLetters) }
            guard language.tag == "cy" else {
                parts.append(.text(Array(piece)))
                continue
            }
            // A word that goes on after a '*' has its first letters before it.
            var isStart = number == 0
            for (index, word) in piece.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { parts.append(.text([" "])) }
                if index > 0 { isStart = true }
                let word = Array(word)
                parts.append(isStart ? .mutations(Self.mutations(of: word), else: word) : .text(word))
            }
        }
        self.parts = parts
        starts =
            switch parts.first {
            case .text(let text): Array(text.prefix(1))
            case .mutations(let variants, else: let radical): ([radical] + variants).compactMap(\.first)
            case .anyLetters, nil: []
            }
        words = text.contains("*") ? [] : Self.words(text, in: language)
    }

    /// The earliest place of the form in a folded text.
    func firstRange(in text: [Unicode.Scalar]) -> Range<Int>? {
        guard !parts.isEmpty else { return nil }
        for start in text.indices where starts.contains(text[start]) {
            if let end = end(of: 0, at: start, in: text) { return start..<end }
        }
        return nil
    }

    private func end(of part: Int, at start: Int, in text: [Unicode.Scalar]) -> Int? {
        guard part < parts.count else { return start }
        switch parts[part] {
        case .text(let wanted):
            guard Self.text(text, has: wanted, at: start) else { return nil }
            return end(of: part + 1, at: start + wanted.count, in: text)
        case .mutations(let variants, let radical):
            if Self.text(text, has: radical, at: start),
                let end = end(of: part + 1, at: start + radical.count, in: text)
            {
                return end
            }
            guard start == 0 || !GlossaryIndex.isWordPart(text[start - 1]) else { return nil }
            for variant in variants where Self.text(text, has: variant, at: start) {
                if let end = end(of: part + 1, at: start + variant.count, in: text) { return end }
            }
            return nil
        case .anyLetters:
            var next = start
            while true {
                if let end = end(of: part + 1, at: next, in: text) { return end }
                guard next < text.count, GlossaryIndex.isWordPart(text[next]) else { return nil }
                next += 1
            }
        }
    }

    private static func text(_ text: [Unicode.Scalar], has wanted: [Unicode.Scalar], at start: Int) -> Bool {
        guard start + wanted.count <= text.count else { return false }
        for offset in wanted.indices where text[start + offset] != wanted[offset] { return false }
        return true
    }

    // MARK: Word forms

    /// A word with its stem and the stem of that, for endings that lie behind one another: Snowball takes one of them
    /// off "conferinței", and more off "toplantı" than off "toplantıda".
    static func stems(of word: String, by stemmer: Stemmer) -> Set<String> {
        let stem = stemmer.stem(word)
        return [word, stem, stemmer.stem(stem)]
    }

    /// Whether a text has the form's words one after the other, each in any form that Snowball knows.
    func stands(inStems stems: [Set<String>], by stemmer: Stemmer) -> Bool {
        let own = words.map { Self.stems(of: $0, by: stemmer) }
        guard !own.isEmpty, own.count <= stems.count else { return false }
        return (0...(stems.count - own.count)).contains { start in
            own.indices.allSatisfy { !own[$0].isDisjoint(with: stems[start + $0]) }
        }
    }

    /// The words of a text as a stemmer takes them.
    static func words(_ text: String, in language: Language) -> [String] {
        words(Array(text.unicodeScalars), in: language)
    }

    static func words(_ text: [Unicode.Scalar], in language: Language) -> [String] {
        ScriptScanner.words(text).map { word in
            var view = String.UnicodeScalarView()
            for scalar in word.scalars {
                switch (language.tag, scalar) {
                // The i with and without a dot are two letters.
                case ("tr", "I"), ("az", "I"): view.append("ı")
                case ("tr", "İ"), ("az", "İ"): view.append("i")
                // Snowball's Romanian has cedillas.
                case ("ro", "ș"), ("ro", "Ș"): view.append("ş")
                case ("ro", "ț"), ("ro", "Ț"): view.append("ţ")
                case (_, "\u{AD}"): break
                default: view.append(scalar)
                }
            }
            return String(view).lowercased().precomposedStringWithCanonicalMapping
        }
    }

    /// The other beginnings of a folded Welsh word: soft, nasal and aspirate mutation, and h before a vowel.
    private static func mutations(of word: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        guard let first = word.first else { return [] }
        let second = word.dropFirst().first
        let beginnings: [String]
        var taken = 1
        switch (first, second) {
        case ("l", "l"): (beginnings, taken) = (["l"], 2)
        case ("r", "h"): (beginnings, taken) = (["r"], 2)
        // One letter each, which does not change.
        case ("c", "h"), ("p", "h"), ("t", "h"), ("d", "d"), ("f", "f"), ("n", "g"): return []
        case ("p", _): beginnings = ["b", "mh", "ph"]
        case ("t", _): beginnings = ["d", "nh", "th"]
        case ("c", _): beginnings = ["g", "ngh", "ch"]
        case ("b", _): beginnings = ["f", "m"]
        case ("d", _): beginnings = ["dd", "n"]
        case ("g", _): beginnings = ["", "ng"]
        case ("m", _): beginnings = ["f"]
        case ("a", _), ("e", _), ("i", _), ("o", _), ("u", _), ("w", _), ("y", _):
            (beginnings, taken) = (["h"], 0)
        default: return []
        }
        // A word of one or two letters would be found everywhere without its g.
        return beginnings.filter { !$0.isEmpty || word.count > 3 }.map {
            Array($0.unicodeScalars) + word.dropFirst(taken)
        }
    }
}
