import Translations
import Workspace

/// The words of a language for the browser: the same file for all councils, which a phone keeps from one to the next.
public struct VocabularyFile: Sendable {
    public var script: SearchScript
    /// A name that changes with the content: `vocabulary-pl-0123456789.js`.
    public var name: String

    /// - Parameter source: The words of the source language, and their file: somebody may type in either. Then the browser
    ///   brings that file too, with the words of danger of its language.
    public init(_ lexicon: SearchLexicon, source: (lexicon: SearchLexicon, file: VocabularyFile)? = nil) {
        script = Self.script(
            lexicon, other: source?.lexicon, file: source?.file.name ?? "",
            topics: source?.lexicon ?? lexicon)
        name = Self.name(lexicon, script.bytes)
    }

    private init(script: SearchScript, name: String) {
        self.script = script
        self.name = name
    }

    private static func name(_ lexicon: SearchLexicon, _ bytes: [UInt8]) -> String {
        "vocabulary-\(lexicon.language.tag)-\(ContentHash(bytes).short).js"
    }

    /// The words of two languages whose files bring each other: the names of both change with the content of either.
    package static func pair(
        _ one: SearchLexicon, _ other: SearchLexicon
    ) -> (VocabularyFile, VocabularyFile) {
        let both = [(one, other), (other, one)].map {
            script($0, other: $1, file: "", topics: one).bytes
        }.reduce([], +)
        let names = (name(one, both), name(other, both))
        return (
            VocabularyFile(
                script: script(one, other: other, file: names.1, topics: one),
                name: names.0),
            VocabularyFile(
                script: script(other, other: one, file: names.0, topics: one),
                name: names.1)
        )
    }

    /// - Parameters:
    ///   - other: The language whose file the browser brings besides.
    ///   - file: The name of that file.
    ///   - topics: The language that the guidance is written in, which tells the topics that it answers.
    private static func script(
        _ lexicon: SearchLexicon, other: SearchLexicon?, file: String, topics: SearchLexicon
    ) -> SearchScript {
        let vocabulary = lexicon.vocabulary
        let sayings = lexicon.sayings
        let tag = lexicon.language.tag
        // A phrase of several meanings stands under each: compressed, that is less than numbers.
        let says = sayings.phrases.map { $0.sorted().joined(separator: ",") }
        let danger = DangerWords(vocabulary, source: other?.vocabulary)
        // Where nothing is known of what sections answer, what a question is about finds nothing.
        let told =
            topics.answersTopics ? lexicon.topicWeights().fields(topics.topicCodes) : TopicWeights.Fields()
        // What is alike stands side by side: the compression of HTTP looks back over 32 KB, half of this file.
        return SearchScript(
            "words " + tag,
            danger.words + [
                ("keep", .string(Self.list(vocabulary.neverCorrect))),
                ("skip", .string(Self.list(vocabulary.fillers))),
                ("stop", .string(Self.list(vocabulary.stopWords))),
                ("forms", .string(lexicon.forms)),
                ("begin", .string(Self.list(vocabulary.beginnings))),
                ("off", .string(sayings.elsewhere.sorted().joined(separator: ","))),
                (
                    "near",
                    .array(
                        zip(vocabulary.nearby, sayings.nearby).map { subject, phrases in
                            .array([
                                .string(subject.who), .string(subject.contacts.joined(separator: " ")),
                                .string(phrases.joined(separator: ",")),
                            ])
                        })
                ),
                ("says", .string(says.joined(separator: "\n"))),
                ("means", .string(sayings.meanings.joined(separator: ","))),
                ("topics", .string(told.topics)), ("tells", .string(told.levels)),
                ("telling", .string(told.words)),
                ("simple", .string(lexicon.simplified)),
                // In the same folder.
                ("source", .string(file)),
                ("endings", .string(Self.list(WordForms.endings(lexicon.language)))),
                ("dialect", .string(WordForms.spoken(lexicon.language))),
                ("latin", .string(WordForms.sounds(lexicon.language))),
            ] + danger.fields)
    }

    private static func list(_ words: [String]) -> String { Set(words).sorted().joined(separator: " ") }
}

/// What people in danger say in a language, and who helps.
struct DangerWords {
    /// What slips of the finger are told by.
    let words: [(String, JSONValue)]
    let fields: [(String, JSONValue)]
    /// All patterns.
    let texts: [String]

    /// - Parameter source: Of the source language: says who helps, where the vocabulary itself does not.
    init(_ vocabulary: SearchVocabulary, source: SearchVocabulary?) {
        var lists: [String] = []
        func shipped(_ texts: [String], _ numbers: [String: Int]) -> [String] {
            texts.compactMap { DangerPattern($0) }.map { $0.shipped { numbers[$0] ?? 0 } }
        }
        var numbers: [String: Int] = [:]
        // Lists may name others, and the numbers of all must be known first.
        for name in vocabulary.dangerWords.keys.sorted() { numbers[name] = numbers.count }
        for name in vocabulary.dangerWords.keys.sorted() {
            let parts = (vocabulary.dangerWords[name] ?? []).compactMap { DangerPattern(list: $0) }
            lists.append("(" + parts.map { $0.shipped { numbers[$0] ?? 0 } }.joined(separator: "/") + ")")
        }
        var lines: [String: [String]] = [:]
        for danger in vocabulary.dangers {
            lines[danger.name, default: []] += shipped(danger.phrases, numbers)
        }
        let harmless = shipped(vocabulary.harmlessPhrases, numbers)
        func unique(_ lines: [String]) -> String {
            var seen: Set<String> = []
            return lines.filter { seen.insert($0).inserted }.joined(separator: "\n")
        }
        let contacts = DangerContacts([vocabulary] + (source.map { [$0] } ?? []))
        let kinds = contacts.kinds.compactMap { kind -> JSONValue? in
            guard let lines = lines[kind.name], !lines.isEmpty else { return nil }
            return .array([.string(kind.contacts.joined(separator: " ")), .string(unique(lines))])
        }
        texts = lists + harmless + lines.values.flatMap { $0 }
        fields = [
            ("usual", .string(contacts.general.joined(separator: " "))),
            ("safe", .string(unique(harmless))), ("lists", .string(lists.joined(separator: "\n"))),
            ("danger", .array(kinds)),
        ]
        words = [
            ("known", .string(Set(vocabulary.knownWords).sorted().joined(separator: " "))),
            ("guess", .string(Set(vocabulary.guessedWords).sorted().joined(separator: " "))),
        ]
    }
}

/// Whom to phone in which danger: ids of contacts.
struct DangerContacts {
    /// The kinds in the order of their boxes; where a vocabulary says nothing of a kind, the next one's word counts.
    private(set) var kinds: [(name: String, contacts: [String])] = []

    init(_ vocabularies: [SearchVocabulary]) {
        for danger in vocabularies.flatMap(\.dangers) {
            if let known = kinds.firstIndex(where: { $0.name == danger.name }) {
                if kinds[known].contacts.isEmpty { kinds[known].contacts = danger.contacts }
            } else {
                kinds.append((danger.name, danger.contacts))
            }
        }
    }

    /// For danger of no kind.
    var general: [String] { kinds.first { $0.name.isEmpty }?.contacts ?? [] }
}

extension SimplifiedCharacters {
    /// A text with the simplified character for each traditional one, as the browser reads it.
    static func simplified(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { byTraditional[$0] ?? $0 }))
    }

    /// Each traditional character that texts have or have the simplified one of, and that one: `殺杀`.
    ///
    /// - Parameter known: Pairs that the browser has already.
    static func pairs(in texts: some Sequence<String>, besides known: String = "") -> String {
        let known = Set(
            known.unicodeScalars.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element))
        let present = texts.reduce(into: Set<Unicode.Scalar>()) { $0.formUnion($1.unicodeScalars) }
        var pairs = String.UnicodeScalarView()
        for (traditional, simplified) in byTraditional.sorted(by: { $0.key < $1.key })
        where (present.contains(simplified) || present.contains(traditional)) && !known.contains(traditional)
        {
            pairs.append(traditional)
            pairs.append(simplified)
        }
        return String(pairs)
    }
}
