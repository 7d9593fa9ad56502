import Foundation

/// What a word of a question tells of its topic, for the browser: weights of words in topics, learned from examples.
///
/// Each example is told apart from all other topics (multinomial logistic regression, one example after the other, with steps
/// of their own for each weight). Counts of words, of which the browser could be given as many, tell a fifth less: they cannot
/// say what is left out. No weight is below zero, and a word without weights tells nothing. The weights that matter least go
/// in a few steps, and the others learn to do without them.
///
/// The same examples in the same order lead to the same weights.
struct TopicWeights: Sendable {
    /// A word in a topic.
    private struct Pair: Sendable {
        var word: Int
        var topic: Int
        /// In how many examples of the topic the word stands.
        var count: Int
        var weight: Float = 0
    }

    /// What is outside the guidance first.
    private let topics: [String]
    /// Which topics have examples.
    private let isKnown: [Bool]
    /// The different words of the examples, sorted.
    private let words: [String]
    /// By word, then by topic.
    private var pairs: [Pair] = []

    /// How many pairs are left, and how often all examples are gone through with them.
    private static let stages: [(pairs: Int, rounds: Int)] = [(12_000, 3), (8000, 2), (6000, 2), (4450, 4)]
    /// The length of a step, what it is divided by at first, and how much a weight loses at each.
    private static let step: Float = 1.2
    private static let firstSquare: Float = 0.2
    private static let decay: Float = 0.0005

    /// - Parameter names: The words by their numbers.
    init(_ examples: [TopicModel.Example], names: [String]) {
        topics = TopicModel.outside + Set(examples.map(\.topic)).subtracting(TopicModel.outside).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(topics, 0...))
        // Numbers of words depend on what was read first: the learning may not.
        let used = Set(examples.flatMap(\.words)).sorted { names[Int($0)] < names[Int($1)] }
        words = used.map { names[Int($0)] }
        var places = [Int](repeating: 0, count: names.count)
        for (place, number) in used.enumerated() { places[Int(number)] = place }
        let rows = examples.map { example in
            (topic: numbers[example.topic] ?? 0, words: example.words.map { places[Int($0)] }.sorted())
        }
        var isKnown = [Bool](repeating: false, count: topics.count)
        for row in rows where !row.words.isEmpty { isKnown[row.topic] = true }
        self.isKnown = isKnown
        pairs = Self.telling(rows, words: words.count, topics: topics.count)
        for (number, stage) in Self.stages.enumerated() {
            if number > 0 { keep(stage.pairs) { $0.weight * Float($0.count) } }
            learn(rows, rounds: stage.rounds)
        }
        pairs.removeAll { Self.level($0.weight) == 0 }
    }

    /// The pairs of the first stage: those that would be there least often by chance.
    private static func telling(
        _ rows: [(topic: Int, words: [Int])], words: Int, topics: Int
    ) -> [Pair] {
        var counts = [Int](repeating: 0, count: words * topics)
        var perTopic = [Int](repeating: 0, count: topics)
        var perWord = [Int](repeating: 0, count: words)
        for row in rows {
            perTopic[row.topic] += row.words.count
            for word in row.words {
                counts[word * topics + row.topic] += 1
                perWord[word] += 1
            }
        }
        let all = Float(perTopic.reduce(0, +))
        var pairs: [Pair] = []
        // A word that stands in one example alone says nothing of others.
        for word in 0..<words where perWord[word] > 1 {
            for topic in 0..<topics {
                let count = counts[word * topics + topic]
                if count == 0 { continue }
                let gain =
                    Float(count) * log(Float(count) * all / (Float(perTopic[topic]) * Float(perWord[word])))
                if gain > 0 { pairs.append(Pair(word: word, topic: topic, count: count, weight: gain)) }
            }
        }
        pairs = most(pairs, stages[0].pairs) { $0.weight }
        for place in pairs.indices { pairs[place].weight = 0 }
        return pairs
    }

    private mutating func keep(_ count: Int, by worth: (Pair) -> Float) {
        pairs = Self.most(pairs, count, by: worth)
    }

    /// The pairs that are worth most, in the order in which they were.
    private static func most(_ pairs: [Pair], _ count: Int, by worth: (Pair) -> Float) -> [Pair] {
        guard pairs.count > count else { return pairs }
        let worths = pairs.map(worth)
        let best = pairs.indices.sorted { worths[$0] != worths[$1] ? worths[$0] > worths[$1] : $0 < $1 }
        return best.prefix(count).sorted().map { pairs[$0] }
    }

    /// Goes through all examples, and has each change the weights of its words.
    private mutating func learn(_ rows: [(topic: Int, words: [Int])], rounds: Int) {
        guard !rows.isEmpty, !pairs.isEmpty else { return }
        var starts = [Int](repeating: 0, count: words.count + 1)
        for pair in pairs { starts[pair.word + 1] += 1 }
        for word in 0..<words.count { starts[word + 1] += starts[word] }
        // Words without weights are not known.
        let known = rows.map { row in row.words.filter { starts[$0] < starts[$0 + 1] } }
        // An order that goes from topic to topic.
        var stride = max(Int(Double(rows.count) * 0.618034), 1)
        while Self.commonDivisor(stride, rows.count) > 1 { stride += 1 }
        let pairTopics = pairs.map(\.topic)
        var weights = pairs.map(\.weight)
        var squares = [Float](repeating: 0, count: pairs.count)
        var odds = [Float](repeating: 0, count: topics.count)
        let count = topics.count
        // Buffers, since this is most of what the making of a vocabulary takes.
        starts.withUnsafeBufferPointer { starts in
            pairTopics.withUnsafeBufferPointer { topics in
                weights.withUnsafeMutableBufferPointer { weights in
                    squares.withUnsafeMutableBufferPointer { squares in
                        odds.withUnsafeMutableBufferPointer { odds in
                            var row = 0
                            for _ in 0..<rounds * rows.count {
                                Self.learn(
                                    known[row], topic: rows[row].topic, count, starts, topics, weights,
                                    squares, odds)
                                row = (row + stride) % rows.count
                            }
                        }
                    }
                }
            }
        }
        for place in pairs.indices { pairs[place].weight = weights[place] }
    }

    private static func learn(
        _ words: [Int], topic: Int, _ count: Int, _ starts: UnsafeBufferPointer<Int>,
        _ topics: UnsafeBufferPointer<Int>, _ weights: UnsafeMutableBufferPointer<Float>,
        _ squares: UnsafeMutableBufferPointer<Float>, _ odds: UnsafeMutableBufferPointer<Float>
    ) {
        if words.isEmpty { return }
        let part = 1 / Float(words.count).squareRoot()
        var place = 0
        while place < count {
            odds[place] = 0
            place += 1
        }
        for word in words {
            place = starts[word]
            while place < starts[word + 1] {
                odds[topics[place]] += weights[place] * part
                place += 1
            }
        }
        var most: Float = 0
        place = 0
        while place < count {
            if odds[place] > most { most = odds[place] }
            place += 1
        }
        var sum: Float = 0
        place = 0
        while place < count {
            odds[place] = exp(odds[place] - most)
            sum += odds[place]
            place += 1
        }
        // How wrong each topic is.
        place = 0
        while place < count {
            odds[place] = odds[place] / sum - (place == topic ? 1 : 0)
            place += 1
        }
        for word in words {
            place = starts[word]
            while place < starts[word + 1] {
                let weight = weights[place]
                let slope = odds[topics[place]] * part + decay * weight
                squares[place] += slope * slope
                // A weight of none stays so, unless it is to grow: most of them.
                if weight > 0 || slope < 0 {
                    weights[place] = max(
                        0, weight - step * slope / (firstSquare + squares[place].squareRoot()))
                }
                place += 1
            }
        }
    }

    private static func commonDivisor(_ one: Int, _ other: Int) -> Int {
        other == 0 ? one : commonDivisor(other, one % other)
    }

    // MARK: For the browser

    /// A weight as the browser has it, from 0 to 9: the browser takes each for `levelWeight`.
    private static func level(_ weight: Float) -> Int { min(Int((weight / levelWeight).rounded()), 9) }
    private static let levelWeight: Float = 2.5

    /// What the browser gets.
    struct Fields: Equatable {
        /// The characters of all topics.
        var topics = ""
        /// The words, sorted: of each a capital letter for how many characters it begins with of the one before, from `A` for
        /// none, and the others.
        var words = ""
        /// A line for each word with its topics by the level of their weights: `2AB4C`.
        var levels = ""
    }

    /// - Parameter codes: A topic without a character is left out.
    func fields(_ codes: TopicCodes) -> Fields {
        let names = topics.map { codes[$0] }
        var levels: [Int: [Int: String]] = [:]
        for pair in pairs {
            guard let name = names[pair.topic] else { continue }
            levels[pair.word, default: [:]][Self.level(pair.weight), default: ""] += name
        }
        if levels.isEmpty { return Fields() }
        var fields = Fields(topics: zip(names, isKnown).compactMap { $1 ? $0 : nil }.joined())
        var last = ""
        var lines: [String] = []
        for (word, own) in levels.sorted(by: { $0.key < $1.key }) {
            fields.words += Self.shortened(words[word], after: last)
            last = words[word]
            lines.append(own.sorted { $0.key < $1.key }.map { "\($0.key)\($0.value)" }.joined())
        }
        fields.levels = lines.joined(separator: "\n")
        return fields
    }

    /// A word without what it begins with of another one, of which a letter tells the length as the browser counts it.
    private static func shortened(_ word: String, after last: String) -> String {
        var same = 0
        for (own, other) in zip(word.unicodeScalars, last.unicodeScalars) {
            let width = UTF16.width(own)
            if own != other || same + width > 25 { break }
            same += width
        }
        return String(UnicodeScalar(UInt8(ascii: "A") + UInt8(same)))
            + String(decoding: word.utf16.dropFirst(same), as: UTF16.self)
    }
}
