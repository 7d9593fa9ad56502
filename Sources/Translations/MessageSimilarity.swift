import Workspace

/// How alike two messages are, word by word: finds what a changed sentence used to be.
enum MessageSimilarity {
    /// Below this two texts are different messages, not two versions of one.
    static let threshold = 0.6

    /// Words without regard to case and to punctuation around them.
    static func words(_ text: String) -> [String] {
        text.unicodeScalars.split(whereSeparator: \.isSpace).compactMap { word in
            let trimmed = word.drop { MessageTokens.isPunctuation($0) }
            guard let last = trimmed.lastIndex(where: { !MessageTokens.isPunctuation($0) }) else {
                return nil
            }
            return String(Substring(trimmed[...last])).lowercased()
        }
    }

    /// Twice the length of the longest common subsequence of words, over the number of words in both: 0 to 1.
    static func ratio(_ a: [String], _ b: [String]) -> Double {
        guard !a.isEmpty, !b.isEmpty else { return a.isEmpty && b.isEmpty ? 1 : 0 }
        var row = [Int](repeating: 0, count: b.count + 1)
        for word in a {
            var diagonal = 0
            for j in 1...b.count {
                let above = row[j]
                row[j] = word == b[j - 1] ? diagonal + 1 : max(above, row[j - 1])
                diagonal = above
            }
        }
        return 2 * Double(row[b.count]) / Double(a.count + b.count)
    }

    /// A message that needs a predecessor.
    struct Wanted {
        var context: String?
        var hasPlural: Bool
        var text: String
    }

    /// What might be its predecessor: any of the texts that its translation may stand for.
    struct Candidate {
        var context: String?
        var hasPlural: Bool
        var texts: [String]
    }

    struct Match {
        var wanted: Int
        var candidate: Int
        var similarity: Double
    }

    /// The best pairs: most alike first, each message and each candidate at most once.
    static func matches(_ wanted: [Wanted], among candidates: [Candidate]) -> [Match] {
        guard !wanted.isEmpty, !candidates.isEmpty else { return [] }
        var texts: [(candidate: Int, words: [String])] = []
        var byWord: [String: [Int]] = [:]
        for (index, candidate) in candidates.enumerated() {
            for text in Set(candidate.texts).sorted() {
                let words = words(text)
                for word in Set(words) { byWord[word, default: []].append(texts.count) }
                texts.append((index, words))
            }
        }
        var pairs: [Match] = []
        for (index, message) in wanted.enumerated() {
            let words = words(message.text)
            // Words in common bound the similarity from above; most texts fall out here.
            var common: [Int: Int] = [:]
            for word in words { for text in byWord[word] ?? [] { common[text, default: 0] += 1 } }
            for (text, count) in common {
                let (candidate, other) = texts[text]
                guard candidates[candidate].context == message.context,
                    candidates[candidate].hasPlural == message.hasPlural,
                    2 * Double(count) / Double(words.count + other.count) >= threshold
                else { continue }
                let similarity = ratio(words, other)
                guard similarity >= threshold else { continue }
                pairs.append(Match(wanted: index, candidate: candidate, similarity: similarity))
            }
        }
        pairs.sort { ($1.similarity, $0.wanted, $0.candidate) < ($0.similarity, $1.wanted, $1.candidate) }
        var takenWanted: Set<Int> = []
        var takenCandidates: Set<Int> = []
        return pairs.filter { pair in
            guard !takenWanted.contains(pair.wanted), !takenCandidates.contains(pair.candidate) else {
                return false
            }
            takenWanted.insert(pair.wanted)
            takenCandidates.insert(pair.candidate)
            return true
        }
    }

    /// Whether two versions of an English message differ in something that a reader could be misled by: a number,
    /// a number word, a placeholder, an address, a date, or a word that turns the sense around.
    static func differInFigures(_ old: String, _ new: String) -> Bool { figures(old) != figures(new) }

    private static func figures(_ text: String) -> [String: Int] {
        let tokens = MessageTokens(text)
        var result: [String: Int] = [:]
        for token in tokens.tokens { result[token.value, default: 0] += 1 }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: tokens.words)
        for word in words(String(view)) where EnglishNumbers.isFigure(word) { result[word, default: 0] += 1 }
        return result
    }
}
