import Foundation
import Workspace

/// The words of a text as the search compares them.
///
/// The browser does the same (`fold` and `terms` in the theme's `search.js`); `Tests/Search/terms.tsv` holds
/// both to one table. Compatibility forms, case and marks are folded; so are letters that people type
/// for one another because their keyboard has only one of them (ł and l, ی and ي). Vowel signs of
/// Bengali, Panjabi, Tamil and other Indic scripts are letters and stay. Text in Chinese characters has no
/// spaces, so each pair of neighbours is a word.
public enum SearchTerms {
    public static func terms(of text: String) -> [String] {
        var folded = Folded()
        return terms(of: text, inPairs: true, &folded)
    }

    /// The words of a text, with a row of Chinese characters as one.
    static func words(of text: String) -> [String] {
        var folded = Folded()
        return terms(of: text, inPairs: false, &folded)
    }

    /// Words that were folded before: a language's texts have each of its words many times.
    struct Folded: Sendable {
        private var known: [String: String] = [:]

        fileprivate mutating func fold(_ word: String) -> String {
            if let folded = known[word] { return folded }
            let folded = SearchTerms.fold(word)
            known[word] = folded
            return folded
        }
    }

    /// The words of one of many texts in a language.
    static func terms(of text: String, _ folded: inout Folded) -> [String] {
        terms(of: text, inPairs: true, &folded)
    }

    private static func terms(of text: String, inPairs: Bool, _ folded: inout Folded) -> [String] {
        var text = text
        if let found = text.withUTF8(asciiTerms) { return found }
        var found: [String] = []
        var word = String.UnicodeScalarView()
        func finish() {
            guard !word.isEmpty else { return }
            if inPairs {
                append(word, to: &found, &folded)
            } else {
                let word = folded.fold(String(word))
                if !word.isEmpty { found.append(word) }
            }
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            if isWord(scalar) {
                word.append(scalar)
            } else {
                finish()
            }
        }
        finish()
        return found
    }

    /// The words of plain English letters, digits and spaces, in one pass; nil where there is anything else
    /// that a word could hold.
    private static func asciiTerms(_ bytes: UnsafeBufferPointer<UInt8>) -> [String]? {
        var found: [String] = []
        var word: [UInt8] = []
        for byte in bytes {
            switch byte {
            case 0x61...0x7A, 0x30...0x39: word.append(byte)
            case 0x41...0x5A: word.append(byte | 0x20)
            case 0x27: continue
            case 0x80...: return nil
            default:
                if word.isEmpty { continue }
                found.append(String(decoding: word, as: UTF8.self))
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { found.append(String(decoding: word, as: UTF8.self)) }
        return found
    }

    /// One word without case, marks and variants of letters; empty if nothing of it is left.
    public static func fold(_ word: String) -> String {
        if word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) { return word }
        let spread = word.decomposedStringWithCompatibilityMapping.lowercased()
            .decomposedStringWithCompatibilityMapping
        var result = String.UnicodeScalarView()
        for scalar in spread.unicodeScalars where !isDropped(scalar) {
            if let letters = letters[scalar] {
                result.append(contentsOf: letters.unicodeScalars)
            } else if let digit = digit(scalar) {
                result.append(digit)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    private static func append(
        _ word: String.UnicodeScalarView, to found: inout [String], _ folded: inout Folded
    ) {
        func add(_ part: some Sequence<Unicode.Scalar>) {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: part)
            let word = folded.fold(String(view))
            if !word.isEmpty { found.append(word) }
        }
        guard word.contains(where: isHan) else { return add(word) }
        var rest: [Unicode.Scalar] = []
        var run: [Unicode.Scalar] = []
        func finishRun() {
            guard !run.isEmpty else { return }
            for index in 0..<max(1, run.count - 1) {
                var pair = String.UnicodeScalarView()
                pair.append(contentsOf: run[index..<min(index + 2, run.count)])
                found.append(String(pair))
            }
            run = []
        }
        for scalar in word {
            if isHan(scalar) {
                add(rest)
                rest = []
                run.append(scalar)
            } else {
                finishRun()
                rest.append(scalar)
            }
        }
        finishRun()
        add(rest)
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isLetterMarkOrNumber || isJoiner(scalar)
    }

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Combining marks of Latin and Cyrillic; Arabic vowel signs and tatweel; nuktas of Indic scripts.
        case 0x300...0x36F, 0x610...0x61A, 0x64B...0x65F, 0x670, 0x6D6...0x6ED, 0x640, 0x9BC, 0x93C, 0xA3C,
            0xABC:
            true
        default: isJoiner(scalar) || !scalar.isLetterMarkOrNumber
        }
    }

    /// What may stand inside a word without being a letter: apostrophes, hyphenation points, direction marks.
    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x27, 0xAD, 0x2BC, 0x640, 0x200B...0x200F, 0x2019, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// Han characters by the blocks that hold words of written Chinese (Unicode 16).
    static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3005, 0x3007, 0x3021...0x3029, 0x3038...0x303B, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xF900...0xFAD9, 0x20000...0x323AF:
            true
        default: false
        }
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let zero: UInt32
        switch scalar.value {
        case 0x660...0x669: zero = 0x660
        case 0x6F0...0x6F9: zero = 0x6F0
        case 0x966...0x96F: zero = 0x966
        case 0x9E6...0x9EF: zero = 0x9E6
        default: return nil
        }
        return Unicode.Scalar(0x30 + scalar.value - zero)
    }

    /// Letters that people type for one another.
    private static let letters: [Unicode.Scalar: String] = [
        "ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
        "ƙ": "k",
        "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ې": "ي", "ے": "ي", "ێ": "ي", "ک": "ك", "ە": "ه", "ھ": "ه",
        "ہ": "ه", "ۃ": "ه", "ں": "ن", "ڕ": "ر", "ڵ": "ل", "ۆ": "و", "ؤ": "و", "ئ": "ي", "ґ": "г", "ё": "е",
    ]
}
