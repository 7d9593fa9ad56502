import Translations
import Workspace

/// The words families use and what they mean, as `search/<tag>.yml` gives them for one language.
///
/// The format is described in `docs/search.md`.
public struct SearchVocabulary: Sendable {
    /// What families say, and the words of the guidance that it means.
    public struct Meaning: Sendable {
        public var meaning: String
        public var says: [String]
    }

    public var language: Language
    /// Words that carry little meaning.
    public var stopWords: [String] = []
    /// Real words that are never taken for a slip of the finger.
    public var neverCorrect: [String] = []
    /// Forms of one word that no rule sees, such as `child` and `children`.
    public var forms: [[String]] = []
    /// Expressions that mean much the same.
    public var alike: [[String]] = []
    public var means: [Meaning] = []
    /// Ids of the contacts of the emergency box, in order.
    public var dangerContacts: [String] = []
    /// Patterns of words in a row: `a/b` is either word, `*` up to two others, `word~` a beginning.
    public var dangerPhrases: [String] = []
    /// Patterns of harmless sayings that hold words of danger.
    public var harmlessPhrases: [String] = []

    public init(language: Language) {
        self.language = language
    }

    /// Reads `search/<tag>.yml` below a content folder; nil where the language has none.
    public static func load(
        _ language: Language, from root: String, in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) -> SearchVocabulary? {
        let path = joinPath(root, "search/\(language.tag).yml")
        guard files.exists(path), let source = SourceText.read(path, in: files, reporting: &diagnostics)
        else { return nil }
        return parse(source, language: language, reporting: &diagnostics)
    }

    /// Reads a vocabulary; what is wrong is reported and left out.
    public static func parse(
        _ source: SourceText, language: Language, reporting diagnostics: inout Diagnostics
    ) -> SearchVocabulary {
        var vocabulary = SearchVocabulary(language: language)
        let reader = YAMLReader(file: source.path)
        if var root = reader.root(source.string) {
            vocabulary.stopWords = words(root.value("stop-words"))
            vocabulary.neverCorrect = words(root.value("never-correct"))
            vocabulary.forms = root.value("forms").map { $0.list().map { words($0) } } ?? []
            vocabulary.alike = root.value("alike").map { $0.list().map { phrases($0, reader) } } ?? []
            if let means = root.value("means")?.mapping() {
                for entry in means.entries {
                    guard !SearchTerms.terms(of: entry.key).isEmpty else {
                        reader.add(.emptySearchPhrase(entry.key, at: entry.keyLocation))
                        continue
                    }
                    vocabulary.means.append(Meaning(meaning: entry.key, says: phrases(entry.value, reader)))
                }
            }
            if var danger = root.value("danger")?.mapping() {
                vocabulary.dangerContacts = danger.value("contacts")?.strings() ?? []
                vocabulary.dangerPhrases = patterns(danger.value("phrases"), reader)
                vocabulary.harmlessPhrases = patterns(danger.value("not"), reader)
                danger.finish()
            }
            root.finish()
        }
        diagnostics.add(reader.diagnostics)
        return vocabulary
    }

    private static func words(_ value: YAMLValue?) -> [String] {
        value?.string().map { SearchTerms.terms(of: $0) } ?? []
    }

    /// Expressions separated by commas.
    private static func phrases(_ value: YAMLValue, _ reader: YAMLReader) -> [String] {
        guard let text = value.string() else { return [] }
        // Chinese, Arabic and Urdu have their own commas.
        let parts = text.split { ",،、，".contains($0) }
        return parts.compactMap { part in
            let phrase = SearchTerms.terms(of: String(part)).joined(separator: " ")
            if phrase.isEmpty { reader.add(.emptySearchPhrase(String(part), at: value.location)) }
            return phrase.isEmpty ? nil : phrase
        }
    }

    private static func patterns(_ value: YAMLValue?, _ reader: YAMLReader) -> [String] {
        guard let value else { return [] }
        return value.list().compactMap { item in
            guard let text = item.string() else { return nil }
            guard let pattern = pattern(text) else {
                reader.add(
                    .error(
                        "InvalidDangerPhrase", "'\(text)' is not a pattern of words", at: item.location,
                        help: "Write words with spaces between; 'a/b' is either word, '*' up to two words, "
                            + "'word~' the beginning of a word. A '*' cannot stand at an end."))
                return nil
            }
            return pattern
        }
    }

    /// The pattern with its words folded; nil if it is none.
    private static func pattern(_ text: String) -> String? {
        var parts: [String] = []
        for part in text.split(separator: " ") {
            if part == "*" {
                parts.append("*")
                continue
            }
            // A word that folds to several (Chinese pairs, a hyphen) stands for them in a row.
            var rows: [[String]] = []
            for option in part.split(separator: "/", omittingEmptySubsequences: false) {
                let isBeginning = option.hasSuffix("~")
                var terms = SearchTerms.terms(of: String(option))
                guard let last = terms.popLast() else { return nil }
                rows.append(terms + [isBeginning ? last + "~" : last])
            }
            if rows.count == 1 {
                parts += rows[0]
            } else {
                guard rows.allSatisfy({ $0.count == 1 }) else { return nil }
                parts.append(rows.map { $0[0] }.joined(separator: "/"))
            }
        }
        guard let first = parts.first, let last = parts.last, first != "*", last != "*" else { return nil }
        return parts.joined(separator: " ")
    }
}

extension Diagnostic {
    fileprivate static func emptySearchPhrase(_ text: String, at location: SourceLocation) -> Diagnostic {
        .error(
            "EmptySearchPhrase", "'\(text)' has no word to search for", at: location,
            help: "Remove it, or check the commas around it.")
    }
}
