import Foundation
import Translations

/// Lists from A to Z, in the order in which a dictionary of the language has its words.
///
/// The order is that of Unicode's collation for the language (ICU, CLDR), which knows where Polish has ł, Ukrainian ґ
/// and Bengali its vowel signs.
struct Alphabet: Sendable {
    /// A letter over a list of less than this is in the way.
    static let leastLetters = 12

    private let locale: Locale
    /// Whether a list is divided by its first letters. Chinese and Japanese are not: their readers look by stroke or sound.
    private let hasLetters: Bool

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
        items.enumerated().map { (text: Self.words(of: text($1)), offset: $0, item: $1) }.sorted { a, b in
            switch compare(a.text, b.text) {
            case .orderedAscending: true
            case .orderedDescending: false
            case .orderedSame: a.offset < b.offset
            }
        }.map(\.item)
    }

    /// The letter under which a text stands, in upper case; nil for one that starts with none.
    ///
    /// A letter keeps its accent where the language counts it as a letter of its own, and never has the vowel signs that
    /// Indic scripts write around it.
    func initial(of text: String) -> String? {
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
