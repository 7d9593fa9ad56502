import Synchronization
import Translations

/// What the indexes of all editions in one language share: the vocabulary, numbered, and every word seen so
/// far with its stem.
///
/// Editions are indexed side by side, and say mostly the same words: each is folded and stemmed once. Numbers
/// depend on which edition comes first, so nothing that is written may be in their order.
public final class SearchLexicon: Sendable {
    public let vocabulary: SearchVocabulary
    public var language: Language { vocabulary.language }
    let stopWords: Set<String>
    let fillers: Set<String>
    let endings: Set<String>
    private let state: Mutex<State>

    public init(_ vocabulary: SearchVocabulary) {
        self.vocabulary = vocabulary
        stopWords = Set(vocabulary.stopWords)
        fillers = Set(vocabulary.fillers)
        endings = Set(WordForms.endings(vocabulary.language))
        state = Mutex(State(vocabulary, endings))
    }

    /// A word and what is known of it.
    struct Word: Sendable {
        var text: String
        /// The number of its stem: equal for words that are forms of one another.
        var key: Int32
        /// The number of what stays without the longest ending.
        var cut: Int32
        var isStop: Bool
        /// Places in `neverCorrect` of the words that might be taken for a slip of this one.
        var near: [Int32]
    }

    /// What is known when all words of an edition are.
    struct Snapshot: Sendable {
        /// By number.
        var words: [Word]
        /// For each chunk that was asked for, its words.
        var chunkWords: [[Int32]]
        var sayings: Sayings
        var stems: [String]
        var cutCount: Int
    }

    /// The words of chunks of text.
    func words(of chunks: ChunkTable) -> Snapshot {
        let texts = (0..<chunks.count).map { chunks.text($0) }
        return state.withLock { state in
            let chunkWords = texts.map { state.words(of: $0) }
            return Snapshot(
                words: state.words, chunkWords: chunkWords, sayings: state.sayings, stems: state.stems,
                cutCount: state.cuts.count)
        }
    }

    /// The stems of words, by number; for words in this language on a page of another.
    func stems(of words: [String]) -> [(number: Int32, text: String)] {
        state.withLock { state in
            words.map { text in
                let key = state.words[Int(state.number(of: text))].key
                return (key, state.stems[Int(key)])
            }
        }
    }

    // MARK: What families say

    /// The vocabulary in numbers.
    struct Sayings: Sendable {
        struct Saying: Sendable {
            /// As written, with single spaces.
            var text: String
            var words: [Int32]
            var keys: [Int32]
            /// The keys that are no stop words.
            var telling: [Int32]
            /// What it means, and its place in that line of the vocabulary.
            var meanings: [(meaning: Int32, rank: Int)]
            /// Sayings that are a part of this one.
            var parts: [Int32] = []
        }

        struct Meaning: Sendable {
            var wordings: [Wording]
        }

        struct Wording: Sendable {
            var text: String
            var words: [Int32]
            var keys: [Int32]
        }

        var all: [Saying] = []
        var meanings: [Meaning] = []
        /// Sayings by their first key.
        var byFirst: [Int32: [Int32]] = [:]
        /// What is not in this guidance, as sayings without a meaning.
        var elsewhere: [Saying] = []
        /// Words that are always in the index: stop words and forms that no rule sees.
        var fixedWords: [Int32] = []
        /// Words of `forms`, which are in the index where their group is.
        var formWords: [Int32] = []
        /// For each key, whether a saying or a meaning has it.
        var isWanted: [Bool] = []
    }

    private struct State: ~Copyable {
        /// Formal meanings come after all others.
        static let formalRank = 7

        var words: [Word] = []
        var stems: [String] = []
        var cuts: [String: Int32] = [:]
        var sayings = Sayings()
        private let forms: WordForms
        private let endings: Set<String>
        private let stopWords: Set<String>
        private let fillers: Set<String>
        private var aliases: [String: String] = [:]
        private var numbers: [String: Int32] = [:]
        private var chunks: [String: [Int32]] = [:]
        private var stemNumbers: [String: Int32] = [:]
        private let neverCorrect: [(word: [UInt32], letters: UInt32, limit: Int)]

        init(_ vocabulary: SearchVocabulary, _ endings: Set<String>) {
            forms = WordForms(vocabulary.language)
            self.endings = endings
            stopWords = Set(vocabulary.stopWords)
            fillers = Set(vocabulary.fillers)
            neverCorrect = vocabulary.neverCorrect.map { word in
                let scalars = word.unicodeScalars.map(\.value)
                return (scalars, letterSet(scalars), scalars.count < 4 ? -1 : scalars.count < 8 ? 1 : 2)
            }
            for list in vocabulary.forms {
                guard let first = list.first else { continue }
                let stem = aliases[first] ?? forms.stem(first)
                for word in list { aliases[word] = stem }
            }
            compile(vocabulary)
        }

        mutating func words(of chunk: String) -> [Int32] {
            if let known = chunks[chunk] { return known }
            let found = SearchTerms.terms(of: chunk).map { number(of: $0) }
            chunks[chunk] = found
            return found
        }

        mutating func number(of word: String) -> Int32 {
            if let known = numbers[word] { return known }
            let stem = aliases[word] ?? forms.stem(word)
            let key = stemNumbers[stem] ?? Int32(stems.count)
            if key == stems.count {
                stemNumbers[stem] = key
                stems.append(stem)
            }
            let cut = WordForms.cut(word, endings)
            let cutNumber = cuts[cut] ?? Int32(cuts.count)
            cuts[cut] = cutNumber
            let number = Int32(words.count)
            numbers[word] = number
            words.append(
                Word(text: word, key: key, cut: cutNumber, isStop: stopWords.contains(word), near: near(word))
            )
            return number
        }

        private func near(_ word: String) -> [Int32] {
            if neverCorrect.isEmpty { return [] }
            let scalars = word.unicodeScalars.map(\.value)
            let letters = letterSet(scalars)
            return neverCorrect.indices.filter { index in
                let other = neverCorrect[index]
                return abs(other.word.count - scalars.count) <= other.limit
                    && (other.letters ^ letters).nonzeroBitCount <= 2 * other.limit
                    && isNear(other.word, scalars, limit: other.limit)
            }.map { Int32($0) }
        }

        /// A phrase in numbers; a gap (`*`) has the key -1. Fillers go where two other words stay.
        private mutating func saying(_ text: String, _ stopKeys: Set<Int32>) -> Sayings.Saying {
            var parts = text.split(separator: " ").map(String.init)
            let others = parts.filter { !fillers.contains($0) }
            if others.filter({ $0 != "*" }).count > 1 { parts = others }
            var saying = Sayings.Saying(
                text: parts.joined(separator: " "), words: [], keys: [], telling: [], meanings: [])
            for word in parts {
                guard word != "*" else {
                    saying.keys.append(-1)
                    continue
                }
                let number = number(of: word)
                saying.words.append(number)
                saying.keys.append(words[Int(number)].key)
            }
            saying.telling = saying.keys.filter { $0 >= 0 && !stopKeys.contains($0) }
            return saying
        }

        private mutating func compile(_ vocabulary: SearchVocabulary) {
            sayings.fixedWords = vocabulary.stopWords.map { number(of: $0) }
            sayings.formWords = vocabulary.forms.flatMap { $0 }.map { number(of: $0) }
            var meaningNumbers: [[[String]]: Int32] = [:]
            var sayingNumbers: [[Int32]: Int32] = [:]
            func telling(_ phrase: String) -> [String] {
                SearchTerms.terms(of: phrase).filter { !stopWords.contains($0) }
            }
            let stopKeys = Set(sayings.fixedWords.map { words[Int($0)].key })
            /// - Parameter meaning: Its wordings, without stop words.
            func add(_ say: String, _ meaning: [[String]], _ rank: Int) {
                let wordings = meaning.filter { !$0.isEmpty }.map { wording in
                    let numbers = wording.map { number(of: $0) }
                    return Sayings.Wording(
                        text: wording.joined(separator: " "), words: numbers,
                        keys: numbers.map { words[Int($0)].key })
                }
                let saying = saying(say, stopKeys)
                let keys = saying.keys
                guard !keys.isEmpty, !wordings.allSatisfy({ $0.keys.allSatisfy(keys.contains) }) else {
                    return
                }
                let meaningNumber: Int32
                if let known = meaningNumbers[meaning] {
                    meaningNumber = known
                } else {
                    meaningNumber = Int32(sayings.meanings.count)
                    meaningNumbers[meaning] = meaningNumber
                    sayings.meanings.append(.init(wordings: wordings))
                }
                if let known = sayingNumbers[keys].map(Int.init) {
                    if let place = sayings.all[known].meanings.firstIndex(where: {
                        $0.meaning == meaningNumber
                    }) {
                        sayings.all[known].meanings[place].rank = min(
                            sayings.all[known].meanings[place].rank, rank)
                    } else {
                        sayings.all[known].meanings.append((meaningNumber, rank))
                    }
                } else {
                    sayingNumbers[keys] = Int32(sayings.all.count)
                    sayings.all.append(saying)
                    sayings.all[sayings.all.count - 1].meanings = [(meaningNumber, rank)]
                }
            }
            for phrase in vocabulary.elsewhere { sayings.elsewhere.append(saying(phrase, stopKeys)) }
            for item in vocabulary.means {
                let meaning = item.wordings.map { telling($0) }
                let first = item.isFormal ? Self.formalRank : 0
                for (rank, say) in item.says.enumerated() { add(say, meaning, first + rank) }
            }
            for group in vocabulary.alike {
                for other in group {
                    let meaning = [telling(other)]
                    for say in group where say != other { add(say, meaning, 0) }
                }
            }
            sayings.isWanted = [Bool](repeating: false, count: stems.count)
            for wording in sayings.meanings.flatMap(\.wordings) {
                for key in wording.keys { sayings.isWanted[Int(key)] = true }
            }
            for phrase in sayings.elsewhere {
                for key in phrase.keys where key >= 0 { sayings.isWanted[Int(key)] = true }
            }
            for number in sayings.all.indices {
                let keys = sayings.all[number].keys
                sayings.byFirst[keys[0], default: []].append(Int32(number))
                for key in keys where key >= 0 { sayings.isWanted[Int(key)] = true }
                guard keys.count > 1 else { continue }
                var parts: [Int32] = []
                for start in keys.indices {
                    for end in start..<keys.count where end - start + 1 < keys.count {
                        if let part = sayingNumbers[Array(keys[start...end])] { parts.append(part) }
                    }
                }
                sayings.all[number].parts = parts
            }
        }
    }
}

/// The letters of a word, folded into 32 bits.
private func letterSet(_ word: [UInt32]) -> UInt32 {
    word.reduce(0) { $0 | 1 << ($1 & 31) }
}

/// Whether two words are at most `limit` slips apart (insert, leave out, replace, swap neighbours).
private func isNear(_ a: [UInt32], _ b: [UInt32], limit: Int) -> Bool {
    var older = [Int](repeating: 0, count: b.count + 1)
    var old = Array(0...b.count)
    var row = old
    for i in 0..<a.count {
        row[0] = i + 1
        var least = i + 1
        for j in 0..<b.count {
            var cost = min(old[j] + (a[i] == b[j] ? 0 : 1), old[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, older[j - 1] + 1) }
            row[j + 1] = cost
            least = min(least, cost)
        }
        if least > limit { return false }
        (older, old, row) = (old, row, older)
    }
    return old[b.count] <= limit
}
