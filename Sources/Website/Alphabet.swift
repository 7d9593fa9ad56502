import Foundation
import Synchronization
import Translations

/// Lists from A to Z, in the order in which a dictionary of the language has its words.
///
/// The order is that of Unicode's collation for the language (ICU, CLDR), which knows where Polish has ł, Ukrainian ґ
/// and Bengali its vowel signs. To ask it is slow, and a nation's councils have mostly the same questions: what was asked
/// once is remembered.
final class Alphabet: Sendable {
    /// A letter over a list of less than this is in the way.
    static let leastLetters = 12

    private let locale: Locale
    /// Whether a list is divided by its first letters. Chinese and Japanese are not: their readers look by stroke or sound.
    private let hasLetters: Bool
    private let known = Mutex(Known())

    private struct Known: Sendable {
        /// In order; of those that the collation does not tell apart, one.
        var texts: [String] = []
        var places: [String: Int] = [:]
        var initials: [String: String?] = [:]
    }

    init(_ language: Language) {
        locale = Locale(identifier: language.tag)
        hasLetters = !language.script.hasWideMarks
    }

    /// Items under their first letters, in order; one group without a letter where there are too few letters.
    func groups<Item>(
        _ items: [Item], least: Int = leastLetters, by text: (Item) -> String
    ) -> [(letter: String?, items: [Item])] {
        guard hasLetters else { return items.isEmpty ? [] : [(nil, items)] }
        var groups: [(letter: String?, items: [Item])] = []
        let sorted = sorted(items, by: text)
        for item in sorted {
            let letter = initial(of: text(item)) ?? "#"
            if let last = groups.last?.letter, last == letter {
                groups[groups.count - 1].items.append(item)
            } else {
                groups.append((letter, [item]))
            }
        }
        if groups.count >= least { return groups }
        return sorted.isEmpty ? [] : [(nil, sorted)]
    }

    /// Items in the order of their texts; equal ones stay as they are.
    func sorted<Item>(_ items: [Item], by text: (Item) -> String) -> [Item] {
        let places = places(of: items.map { Self.words(of: text($0)) })
        return zip(items, places).enumerated()
            .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
    }

    /// Where each text stands among all that are known; equal ones in the same place.
    private func places(of texts: [String]) -> [Int] {
        known.withLock { known in
            for text in texts where known.places[text] == nil { add(text, to: &known) }
            return texts.compactMap { known.places[$0] }
        }
    }

    private func add(_ text: String, to known: inout Known) {
        var (low, high) = (0, known.texts.count)
        while low < high {
            let middle = (low + high) / 2
            switch compare(known.texts[middle], text) {
            case .orderedAscending: low = middle + 1
            case .orderedDescending: high = middle
            case .orderedSame:
                known.places[text] = middle
                return
            }
        }
        known.texts.insert(text, at: low)
        for (other, place) in known.places where place >= low { known.places[other] = place + 1 }
        known.places[text] = low
    }

    /// The letter under which a text stands, in upper case; nil for one that starts with none.
    ///
    /// A letter keeps its accent where the language counts it as a letter of its own, and never has the vowel signs that
    /// Indic scripts write around it.
    func initial(of text: String) -> String? {
        if let known = known.withLock({ $0.initials[text] }) { return known }
        let initial = newInitial(of: text)
        known.withLock { $0.initials[text] = .some(initial) }
        return initial
    }

    private func newInitial(of text: String) -> String? {
        guard let first = Self.words(of: text).first, first.isLetter else { return nil }
        let scalars = first.unicodeScalars
        let marks = scalars.dropFirst().prefix { $0.properties.canonicalCombiningClass != .notReordered }
        let letter = String(String.UnicodeScalarView(scalars.prefix(1) + marks)).lowercased(with: locale)
        let base = String(
            String.UnicodeScalarView(letter.decomposedStringWithCanonicalMapping.unicodeScalars.prefix(1)))
        return (isOneLetter(base, letter) ? base : letter).uppercased(with: locale)
    }

    /// Whether two letters differ by no more than an accent: then what comes after them decides.
    private func isOneLetter(_ a: String, _ b: String) -> Bool {
        let (first, second) = compare(a, b) == .orderedDescending ? (b, a) : (a, b)
        return compare(first + "1", second + "0") == .orderedDescending
    }

    /// Without quotation marks and other signs before the first word.
    private static func words(of text: String) -> String {
        String(text.drop { !$0.isLetter && !$0.isNumber })
    }

    private func compare(_ a: String, _ b: String) -> ComparisonResult {
        a.compare(b, options: [], range: nil, locale: locale)
    }
}

/// One alphabet for each language of a site.
final class Alphabets: Sendable {
    private let known = Mutex<[Language: Alphabet]>([:])

    subscript(language: Language) -> Alphabet {
        known.withLock { known in
            if let alphabet = known[language] { return alphabet }
            let alphabet = Alphabet(language)
            known[language] = alphabet
            return alphabet
        }
    }
}
