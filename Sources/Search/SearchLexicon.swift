import Markdown
import Synchronization
import Translations
import Workspace

/// What the searches of all editions in one language share: the vocabulary, and every word seen so far with its
/// stem.
///
/// Editions are indexed side by side, and say mostly the same: each line is folded and stemmed once. Numbers depend
/// on which edition comes first, so nothing that is written may be in their order.
public final class SearchLexicon: Sendable {
    public let vocabulary: SearchVocabulary
    public var language: Language { vocabulary.language }
    let stopWords: Set<String>
    let endings: WordForms.Endings
    /// What else is asked, by the page's path and the section's id.
    let asked: [String: [String]]
    let sayings: Sayings
    /// Traditional characters of the vocabulary, each before the simplified one.
    let simplified: String
    /// Groups of the vocabulary's own words, for the browser.
    let forms: String
    /// What the words of an edition are joined to.
    let joints: WordGroups.Joints
    private let state: Mutex<State>

    public init(_ vocabulary: SearchVocabulary) {
        self.vocabulary = vocabulary
        stopWords = Set(vocabulary.stopWords)
        endings = WordForms.Endings(WordForms.endings(vocabulary.language))
        asked = vocabulary.alsoAsked.reduce(into: [:]) { $0[$1.place, default: []] += $1.phrases }
        var state = State(vocabulary)
        sayings = Sayings(vocabulary) { state.key(of: $0) }
        let own = Set(vocabulary.stopWords + vocabulary.forms.joined() + sayings.words).map { Token($0) }
            .sorted()
        let groups = WordGroups(own.map { state.form(of: state.number(of: $0)) })
        forms = groups.lines
        joints = groups.joints
        simplified =
            vocabulary.language.isChinese
            ? SimplifiedCharacters.pairs(
                in: sayings.phrases.joined() + sayings.meanings + DangerWords(vocabulary, source: nil).texts
                    + vocabulary.topics.questions.map(\.text))
            : ""
        let answered = vocabulary.topics.answered
        sectionTopics = TopicModel.outside + answered
        topicCodes = TopicCodes(answered)
        self.state = Mutex(state)
    }

    /// Whether it can be told of a section in this language which topics it answers.
    var answersTopics: Bool { !vocabulary.topics.guidance.isEmpty }

    /// The topics that are told of sections.
    let sectionTopics: [String]

    /// What stands for the topics where guidance is written in this language.
    package let topicCodes: TopicCodes

    /// Topics that families ask about and that nothing answers, or the other way round.
    ///
    /// - Parameter source: The words of the language that the guidance is written in.
    package func unknownTopics(_ source: SearchLexicon) -> [Diagnostic] {
        source.answersTopics ? vocabulary.topics.problems(source: source.vocabulary.topics) : []
    }

    /// How likely an entry is about each topic; editions that say the same there share it.
    func topics(of entry: SearchText.Entry) -> [Float]? {
        var digest = Digest()
        digest.add(text: entry.title)
        for sentence in entry.sentences { digest.add(text: sentence) }
        let key = digest.hash
        return state.withLock { state in
            if let known = state.entryTopics[key] { return known }
            let likely = state.topics(of: entry, vocabulary.topics)
            state.entryTopics[key] = .some(likely)
            return likely
        }
    }

    /// What questions are about, for the browser.
    func topicWeights() -> TopicWeights {
        state.withLock { $0.topicWeights(vocabulary.topics.questions) }
    }

    /// The different words of texts in this language.
    func forms(of texts: some Sequence<String>) -> [WordGroups.Form] {
        var numbers = NumberSet()
        for text in texts { numbers.formUnion(words(of: text)) }
        return forms(of: numbers)
    }

    /// The words with these numbers.
    func forms(of numbers: NumberSet) -> [WordGroups.Form] {
        state.withLock { state in numbers.numbers.map { state.form(of: $0) } }
    }

    /// The numbers of the different words of a line.
    func words(of line: String) -> [Int32] { state.withLock { $0.words(of: line) } }

    /// A passage as an index has it.
    struct Wording: Sendable {
        var lines: [String]
        /// The numbers of the words on them.
        var words: [Int32]
    }

    /// What a passage says: editions that have the same passage share it.
    ///
    /// - Parameters:
    ///   - key: Of what is stored in the passage.
    ///   - write: Writes its lines; they may depend on nothing but the key and the language.
    ///   - words: Gives the numbers of the words on a line.
    func wording(
        of key: ContentHash, _ write: () -> [String], words: (String) -> [Int32]
    ) -> Wording {
        if let known = state.withLock({ $0.passages[key] }) { return known }
        let lines = write()
        var numbers = NumberSet()
        for line in lines { numbers.formUnion(words(line)) }
        let wording = Wording(lines: lines, words: numbers.numbers)
        state.withLock { $0.passages[key] = wording }
        return wording
    }

    /// What is equal for all forms of each word.
    func stems(of words: [String]) -> [String] {
        state.withLock { state in
            var stems: [String] = []
            for word in words { stems.append(state.key(of: word)) }
            return stems
        }
    }

    /// The lines of the vocabulary that make a phrase stand for a meaning.
    ///
    /// - Parameters:
    ///   - phrase: As the browser has it, without fillers.
    ///   - meaning: As the browser has it: `live elsewhere/leave home`.
    package func lines(saying phrase: String, for meaning: String) -> [SearchVocabulary.Line] {
        let reader = LineReader(vocabulary)
        return state.withLock { state in
            // Not in the closure: the state cannot be captured.
            let wanted = state.keys(of: phrase)
            var found: [SearchVocabulary.Line] = []
            for line in vocabulary.lines {
                for pair in reader.pairs(of: line) where pair.meaning == meaning {
                    if state.keys(of: pair.phrase) == wanted {
                        found.append(line)
                        break
                    }
                }
            }
            return found
        }
    }

    private struct State: ~Copyable {
        private var forms: [WordGroups.Form] = []
        private var numbers: [Token: Int32] = [:]
        private var lines: [Token: [Int32]] = [:]
        private var folded = SearchTerms.Folded()
        /// What passages say, by what is stored in them.
        var passages: [ContentHash: Wording] = [:]
        /// How likely entries are about each topic, by what they say.
        var entryTopics: [ContentHash: [Float]?] = [:]
        /// Made when the first section is looked at.
        private var sectionModel: TopicModel?
        /// Made when the first vocabulary is written.
        private var weights: TopicWeights?
        /// Numbers of words without their endings, by those and by the words themselves.
        private var cutNumbers: [String: Int32] = [:]
        private var cutOf: [String: Int32] = [:]
        private var cutNames: [String] = []
        private var aliases: [String: String] = [:]
        private let stems: WordForms
        private let endings: WordForms.Endings
        private let isChinese: Bool

        init(_ vocabulary: SearchVocabulary) {
            isChinese = vocabulary.language.isChinese
            stems = WordForms(vocabulary.language)
            endings = WordForms.Endings(WordForms.endings(vocabulary.language))
            for list in vocabulary.forms {
                guard let first = list.first else { continue }
                let stem = aliases[first] ?? stems.stem(first)
                for word in list { aliases[word] = stem }
            }
        }

        mutating func words(of line: String) -> [Int32] {
            let key = Token(line)
            if let known = lines[key] { return known }
            let terms = Set(SearchTerms.terms(of: line, &folded).map { Token($0) })
            let found = terms.map { number(of: $0) }
            lines[key] = found
            return found
        }

        mutating func number(of word: Token) -> Int32 {
            if let known = numbers[word] { return known }
            let number = Int32(forms.count)
            numbers[word] = number
            forms.append(
                WordGroups.Form(
                    word: word, stem: Token(aliases[word.text] ?? stems.stem(word.text)),
                    cut: Token(endings.cut(word.text))))
            return number
        }

        /// The numbers of the different words of a text without their endings, in order.
        private mutating func cuts(of text: String) -> [Int32] {
            let text = isChinese ? SimplifiedCharacters.simplified(text) : text
            var found: Set<Int32> = []
            for word in SearchTerms.terms(of: text, &folded) {
                if let number = cutOf[word] {
                    found.insert(number)
                    continue
                }
                let cut = endings.cut(word)
                let number = cutNumbers[cut] ?? Int32(cutNames.count)
                if number == cutNames.count {
                    cutNames.append(cut)
                    cutNumbers[cut] = number
                }
                cutOf[word] = number
                found.insert(number)
            }
            return found.sorted()
        }

        private mutating func examples(
            _ examples: [TopicExamples.Example], weight: Int = 1
        ) -> [TopicModel.Example] {
            var all: [TopicModel.Example] = []
            for example in examples {
                all.append(.init(topic: example.topic, words: cuts(of: example.text), weight: weight))
            }
            return all
        }

        mutating func topicWeights(_ questions: [TopicExamples.Example]) -> TopicWeights {
            if let weights { return weights }
            let made = TopicWeights(examples(questions), names: cutNames)
            weights = made
            return made
        }

        mutating func topics(of entry: SearchText.Entry, _ known: TopicExamples) -> [Float]? {
            if sectionModel == nil {
                // What is outside tells whether the guidance is about the topics at all.
                let answered = Set(known.answered + TopicModel.outside)
                // A heading of guidance tells more of a section than what a family asks.
                sectionModel = TopicModel(
                    examples(known.guidance, weight: 3)
                        + examples(known.questions.filter { answered.contains($0.topic) }))
            }
            guard let model = sectionModel else { return nil }
            var words: [String: [Int32]] = [:]
            for text in [entry.title] + entry.sentences { words[text] = cuts(of: text) }
            return entry.topics(model) { words[$0] ?? [] }
        }

        func form(of number: Int32) -> WordGroups.Form { forms[Int(number)] }

        mutating func key(of word: String) -> String { forms[Int(number(of: Token(word)))].stem.text }

        mutating func keys(of phrase: String) -> [String] {
            var keys: [String] = []
            for word in phrase.split(separator: " ") { keys.append(key(of: String(word))) }
            return keys
        }
    }
}

/// Numbers of words: small ones, of which an edition has many.
struct NumberSet: Sendable {
    private var bits: [UInt64] = []

    mutating func formUnion(_ numbers: [Int32]) {
        for number in numbers {
            let place = Int(number >> 6)
            if place >= bits.count {
                bits.append(contentsOf: repeatElement(0, count: place + 1 - bits.count))
            }
            bits[place] |= 1 << UInt64(number & 63)
        }
    }

    /// All of them, the smallest first.
    var numbers: [Int32] {
        var numbers: [Int32] = []
        for (place, word) in bits.enumerated() {
            var rest = word
            while rest != 0 {
                numbers.append(Int32(place << 6 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
        return numbers
    }
}

/// How lines of a vocabulary are read: without words that tell nothing.
struct LineReader {
    private let stopWords: Set<String>
    private let fillers: Set<String>

    init(_ vocabulary: SearchVocabulary) {
        stopWords = Set(vocabulary.stopWords)
        fillers = Set(vocabulary.fillers)
    }

    /// Fillers go where two other words stay; a `*` stands for some words.
    func reduced(_ text: String) -> [String] {
        let parts = text.split(separator: " ").map(String.init)
        let others = parts.filter { !fillers.contains($0) }
        return others.count { $0 != "*" } > 1 ? others : parts
    }

    /// The words of each wording that has any but stop words.
    func telling(_ wordings: [String]) -> [[String]] {
        wordings.map { SearchTerms.terms(of: $0).filter { !stopWords.contains($0) } }.filter { !$0.isEmpty }
    }

    /// A meaning as the browser has it: `live elsewhere/leave home`.
    static func text(of wordings: [[String]]) -> String {
        wordings.map { $0.joined(separator: " ") }.joined(separator: "/")
    }

    /// What a line makes families' phrases stand for.
    func pairs(of line: SearchVocabulary.Line) -> [(phrase: String, meaning: String)] {
        let meanings =
            line.kind == .alike ? line.wordings.map { ($0, telling([$0])) } : [("", telling(line.wordings))]
        return meanings.flatMap { other, wordings in
            line.says.filter { $0 != other }.map {
                (reduced($0).joined(separator: " "), Self.text(of: wordings))
            }
        }
    }
}

/// What families say and what it means, in the words that the browser looks for.
struct Sayings {
    /// The different meanings: each one or several wordings, `live elsewhere/leave home`.
    private(set) var meanings: [String] = []
    /// For each of `meanings`, the phrases for it.
    private(set) var phrases: [[String]] = []
    /// What is not in this guidance.
    private(set) var elsewhere: [String] = []
    /// What is near it but not in it, by subject as in the vocabulary.
    private(set) var nearby: [[String]] = []
    /// Every word of all these.
    private(set) var words: Set<String> = []

    private struct Phrase {
        var text: String
        var meanings: Set<Int>
    }

    /// - Parameter key: Equal for words that are forms of one another.
    init(_ vocabulary: SearchVocabulary, key: (String) -> String) {
        let reader = LineReader(vocabulary)
        var numbers: [String: Int] = [:]
        var all: [Phrase] = []
        var places: [[String]: Int] = [:]
        func keys(_ words: [String]) -> [String] { words.map { $0 == "*" ? $0 : key($0) } }
        func add(_ say: String, _ wordings: [[String]]) {
            let words = reader.reduced(say)
            let keys = keys(words)
            let told = Set(keys)
            guard !keys.isEmpty, !wordings.allSatisfy({ $0.allSatisfy { told.contains(key($0)) } }) else {
                return
            }
            let text = LineReader.text(of: wordings)
            let meaning = numbers[text] ?? meanings.count
            if meaning == meanings.count {
                numbers[text] = meaning
                meanings.append(text)
            }
            if let known = places[keys] {
                all[known].meanings.insert(meaning)
            } else {
                places[keys] = all.count
                all.append(Phrase(text: words.joined(separator: " "), meanings: [meaning]))
            }
        }
        for item in vocabulary.means {
            let wordings = reader.telling(item.wordings)
            for say in item.says { add(say, wordings) }
        }
        for group in vocabulary.alike {
            for other in group {
                let wordings = reader.telling([other])
                for say in group where say != other { add(say, wordings) }
            }
        }
        phrases = [[String]](repeating: [], count: meanings.count)
        for phrase in all {
            for meaning in phrase.meanings { phrases[meaning].append(phrase.text) }
        }
        elsewhere = vocabulary.elsewhere.map { reader.reduced($0).joined(separator: " ") }
        nearby = vocabulary.nearby.map { subject in
            Set(subject.phrases.map { reader.reduced($0).joined(separator: " ") }).sorted()
        }
        for text in meanings + elsewhere + nearby.joined() + phrases.joined() { note(text) }
    }

    private mutating func note(_ text: String) {
        words.formUnion(text.split { $0 == " " || $0 == "/" }.map(String.init))
        words.remove("*")
    }
}
