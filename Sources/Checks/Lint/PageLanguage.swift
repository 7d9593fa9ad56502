import Markdown
import Translations
import Workspace

/// Whether a page is in English, which the rules about English words have to know.
///
/// What its front matter says counts first, then its words, and where it has few its name: `cy/rights.md`,
/// `rights.cy.md`.
enum PageLanguage: Hashable, Sendable {
    case english
    /// Another, by its name where anything says it.
    case other(String?)

    /// - Parameter path: Below the folder that is looked at.
    init(of text: GuidanceText, path: String) {
        let keys: Set = ["lang", "language", "locale"]
        let settings = text.settings?.settings.first { $0.indent == 0 && keys.contains($0.key.lowercased()) }
        // A comment may stand behind it.
        let written = settings?.words.text.prefix { $0 != "#" } ?? ""
        if let said = Self.language(String(written)) {
            self = Self.named(said)
            return
        }
        let named = Self.languageOfPath(path)
        switch Self.isEnglish(text.proses) {
        case true?: self = .english
        case false?:
            self = .other(named.flatMap { Self.isEnglish($0) ? nil : $0.englishName })
        case nil: self = named.map(Self.named) ?? .english
        }
    }

    private static func named(_ language: Language) -> PageLanguage {
        isEnglish(language) ? .english : .other(language.englishName)
    }

    private static func isEnglish(_ language: Language) -> Bool {
        language.tag == "en" || language.tag.hasPrefix("en-")
    }

    // MARK: Names

    /// A language by its tag, its English name or its own: `cy`, `cy_GB`, `Welsh`, `Cymraeg`.
    private static func language(_ text: String) -> Language? {
        let name = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        guard name.count > 1 else { return nil }
        if let known = Language(tag: name) ?? Language(localeName: name) { return known }
        if name.hasPrefix("en-") || name.hasPrefix("en_") { return .english }
        return Language.all.first {
            $0.englishName.lowercased() == name || $0.nativeName.lowercased() == name
        }
    }

    private static func languageOfPath(_ path: String) -> Language? {
        let parts = path.split(separator: "/").map(String.init)
        guard let file = parts.last else { return nil }
        // Not after a hyphen: "what-is-it.md" is not Italian.
        let ends = file.split { "._() ".contains($0) }.dropLast().dropFirst().map(String.init)
        return (parts.dropLast() + ends).compactMap(language).last
    }

    // MARK: Words

    /// Fewer tell nothing.
    private static let fewestWords = 20
    /// Of the words of a page. Of 98 English pages all but three, which are mostly
    /// markup (4 to 8), had at least 18 common ones in 100; texts in other languages at most 2.
    private static let leastCommon = 0.08

    /// Words that every English page has, and other languages have not.
    private static let common: Set<String> = [
        "the", "of", "and", "is", "you", "your", "are", "be", "it", "that", "this", "with", "for", "they",
        "them", "their", "what", "when", "who", "from", "not", "if", "which", "would", "should", "there",
        "been", "has", "have", "our", "about", "than", "how", "because", "must", "other", "any", "more",
        "can", "may", "we", "by", "or", "as", "on", "at", "into", "before", "after", "where",
    ]

    /// HTML tags and code, which are in no language.
    private static func tags(in prose: Prose) -> [Range<Int>] {
        var found = prose.pieces.filter { $0.kind == .verbatim }.map(\.range)
        var index = 0
        while let open = prose.scalars[index...].firstIndex(of: "<") {
            index = open + 1
            guard index < prose.scalars.count,
                prose.scalars[index].isLetter || "/!".unicodeScalars.contains(prose.scalars[index]),
                let close = prose.scalars[index...].firstIndex(of: ">")
            else { continue }
            found.append(open..<(close + 1))
            index = close + 1
        }
        return found
    }

    /// Whether words are English; nil where there are too few to tell.
    static func isEnglish(_ proses: [Prose]) -> Bool? {
        var latin = 0
        var others = 0
        var words = 0
        var known = 0
        for prose in proses {
            for scalar in prose.scalars where scalar.isLetter {
                // Latin letters with their marks end before Greek.
                if scalar.value < 0x370 || (0x1E00..<0x1F00).contains(scalar.value) {
                    latin += 1
                } else {
                    others += 1
                }
            }
            let tags = tags(in: prose)
            for word in prose.words where !tags.contains(where: { $0.contains(word.range.lowerBound) }) {
                // Names and German nouns have capitals, and tell nothing.
                guard let first = prose.scalars[word.range].first, first.isLowercase else {
                    continue
                }
                words += 1
                if common.contains(word.text) { known += 1 }
            }
        }
        if others > latin, others >= 4 * fewestWords { return false }
        guard words >= fewestWords else { return nil }
        return Double(known) >= leastCommon * Double(words)
    }
}
