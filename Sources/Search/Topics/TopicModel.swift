import Foundation

/// Tells what a text is about by the words that examples of each topic have: naive Bayes, counted in one pass.
///
/// A word that is in none of the examples tells nothing. Half of what independent words would tell is believed, since they are
/// not. What a question is about the browser tells by `TopicWeights`, which are learned: a section has more words, and its
/// examples other ones than it.
///
/// Words are numbers, of whoever has them.
struct TopicModel: Sendable {
    /// A text whose topic is known.
    struct Example: Sendable {
        var topic: String
        /// Its different words.
        var words: [Int32]
        /// How many examples it stands for.
        var weight = 1
    }

    /// In how many examples of a topic a word stands, and what it tells.
    private struct Count: Sendable {
        var topic: Int
        var count: Int
        /// The logarithm of its odds, against a word that no example of the topic has.
        var weight: Float = 0
    }

    /// What is outside the guidance.
    static let outside = [TopicExamples.elsewhere, TopicExamples.nearby]

    /// The topics in the order of their numbers: what is outside the guidance first.
    let topics: [String]
    /// Of word `w` those from `starts[w]` to `starts[w + 1]`.
    private var counts: [Count] = []
    private var starts: [Int] = [0]
    /// How many words the examples of each topic have.
    private let totals: [Int]
    /// What each word takes from a topic that has no example with it; infinite without any example.
    private let losses: [Float]
    /// What a word is given that no example of a topic has, as a share of one example for each word.
    private static let smoothing: Float = 0.1
    /// How much of what words tell is believed.
    private static let belief: Float = 0.5
    /// Words of a usual question: a longer text has many that only repeat what it is about.
    private static let usualLength: Float = 6

    init(_ examples: [Example]) {
        topics = Self.outside + Set(examples.map(\.topic)).subtracting(Self.outside).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(topics, 0...))
        var totals = [Int](repeating: 0, count: topics.count)
        var pairs: [(word: Int32, topic: Int32, weight: Int)] = []
        for example in examples {
            guard let topic = numbers[example.topic] else { continue }
            totals[topic] += example.words.count * example.weight
            for word in example.words { pairs.append((word, Int32(topic), example.weight)) }
        }
        pairs.sort { ($0.word, $0.topic) < ($1.word, $1.topic) }
        var known = 0
        for pair in pairs {
            while starts.count <= pair.word + 1 { starts.append(counts.count) }
            if starts[Int(pair.word)] < counts.count, counts[counts.count - 1].topic == pair.topic {
                counts[counts.count - 1].count += pair.weight
            } else {
                if starts[Int(pair.word)] == counts.count { known += 1 }
                counts.append(Count(topic: Int(pair.topic), count: pair.weight))
            }
            starts[Int(pair.word) + 1] = counts.count
        }
        self.totals = totals
        let smoothing = max(Float(known), 1) * Self.smoothing
        losses = totals.map { $0 > 0 ? log((Float($0) + smoothing) / smoothing) : .infinity }
        let all = Float(totals.reduce(0, +))
        for word in 0..<starts.count - 1 {
            let range = starts[word]..<starts[word + 1]
            let share = Float(counts[range].reduce(0) { $0 + $1.count }) / all
            for place in range {
                counts[place].weight = log(Float(counts[place].count) / share / smoothing + 1)
            }
        }
    }

    /// How likely a text is about each topic; nothing where no example has any of its words.
    ///
    /// - Parameter words: Its different words, in one order for all.
    func probabilities(of words: [Int32]) -> [Float]? {
        var sums = [Float](repeating: 0, count: topics.count)
        var known: Float = 0
        for word in words where word + 1 < starts.count {
            let range = starts[Int(word)]..<starts[Int(word) + 1]
            if range.isEmpty { continue }
            known += 1
            for place in range { sums[counts[place].topic] += counts[place].weight }
        }
        guard known > 0 else { return nil }
        let belief = Self.belief / (max(known, Self.usualLength) / Self.usualLength).squareRoot()
        var most = -Float.infinity
        for topic in sums.indices {
            sums[topic] = belief * (sums[topic] - known * losses[topic])
            most = max(most, sums[topic])
        }
        var all: Float = 0
        for topic in sums.indices {
            sums[topic] = exp(sums[topic] - most)
            all += sums[topic]
        }
        for topic in sums.indices { sums[topic] /= all }
        return sums
    }
}

/// One character for each topic, the same in the vocabularies of all languages and in all indexes.
package struct TopicCodes: Sendable {
    private let codes: [String: String]

    /// - Parameter answered: The topics that the source language answers, sorted.
    init(_ answered: [String]) {
        let all = TopicModel.outside + answered
        codes = Dictionary(
            uniqueKeysWithValues: all.enumerated().map { number, topic in
                (
                    topic,
                    number < Self.characters.count
                        ? String(Self.characters[number])
                        : String(Unicode.Scalar(UInt32(0x100 + number)) ?? "?")
                )
            })
    }

    subscript(_ topic: String) -> String? { codes[topic] }

    /// The topic of a character.
    package func topic(of code: String) -> String? { codes.first { $0.value == code }?.key }

    /// None is a digit or a sign that JSON or the lines need; the first two are those of what is outside.
    private static let characters = Array(
        "!~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%()*+,-./:;?@[]^_`{|}")
}
