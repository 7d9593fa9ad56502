import Guidance
import Translations
import Workspace

/// Which topics the questions and sections of an edition answer, for the indexes of all its languages.
///
/// It is told from the source language: examples of how guidance answers are written in one language, and a translation
/// answers what its source does.
public struct SectionTopics: Sendable {
    /// For each entry by its page's path and its id: each topic's character after how well it is answered, 1 to 4.
    private let lines: [String: String]
    /// How far the guidance is about something else than the topics, from 0 to 1.
    private let distance: Float

    /// - Parameters:
    ///   - edition: In the source language.
    ///   - lexicon: The words of that language.
    public init(_ edition: Edition, _ lexicon: SearchLexicon) {
        let codes = lexicon.sectionTopics.map { lexicon.topicCodes[$0] }
        let entries =
            lexicon.answersTopics
            ? SearchText(edition, lexicon: lexicon, isStopWord: { _ in false }).saidByEntry : []
        var likely = entries.map { lexicon.topics(of: $0) }
        distance = Self.distance(likely.compactMap { $0?.prefix(TopicModel.outside.count).reduce(0, +) })
        // The glossary says in a few words what a section tells in many: that would often be nearest to a topic.
        for (place, entry) in entries.enumerated() where entry.isInGlossary {
            likely[place] = likely[place]?.map { $0 * Self.glossaryShare }
        }
        var best: [Float] = []
        for one in likely.compactMap({ $0 }) {
            best = best.isEmpty ? one : zip(best, one).map { max($0, $1) }
        }
        var lines: [String: String] = [:]
        for (entry, likely) in zip(entries, likely) {
            guard let likely else { continue }
            var byLevel: [Int: String] = [:]
            for (topic, own) in likely.enumerated().dropFirst(TopicModel.outside.count) {
                // The section that answers a topic best answers it, however little is sure; one that answers no topic of all
                // answers none of them.
                let share = own / max(best[topic], Self.leastLikely)
                let level = share > Self.leastShare ? Int((share * 4).rounded()) : 0
                if level > 0, let code = codes[topic] {
                    byLevel[level, default: ""] += code
                }
            }
            if byLevel.isEmpty { continue }
            lines[entry.place.text] =
                byLevel.sorted { $0.key > $1.key }.map { "\($0.key)\($0.value)" }.joined()
        }
        self.lines = lines
    }

    /// - Parameter outside: How likely each section is about what guidance on the topics has not.
    private static func distance(_ outside: [Float]) -> Float {
        // A few sections tell little.
        let known = Float(outside.count) + fewSections
        let mean = (outside.reduce(0, +) + fewSections * usuallyOutside) / known
        return min(max((mean - 3 * usuallyOutside) / (8 * usuallyOutside), 0), 1)
    }

    /// In five portals about child protection 0.004 to 0.006; about special needs 0.075, about housing 0.12.
    private static let usuallyOutside: Float = 0.005
    private static let fewSections: Float = 15

    private static let glossaryShare: Float = 0.6
    private static let leastLikely: Float = 0.25
    private static let leastShare: Float = 0.2

    /// How far the guidance is about something else, in percent; empty where it is not.
    var distanceText: String {
        let percent = Int((distance * 100).rounded())
        return percent > 0 ? "\(percent)" : ""
    }

    /// What an index says of its entries; empty where nothing is known, or the guidance is about something else.
    func column(of places: [SearchText.Place]) -> String {
        if distance == 1 { return "" }
        let lines = places.map { self.lines[$0.text] ?? "" }
        return lines.allSatisfy(\.isEmpty) ? "" : lines.joined(separator: "\n")
    }
}

extension SearchText.Entry {
    /// How likely it is about each topic, by its heading, all it says, and the sentence that says most.
    ///
    /// - Parameter words: The numbers of a text's different words.
    func topics(_ model: TopicModel, words: (String) -> [Int32]) -> [Float]? {
        let heading = words(title)
        var all = heading
        var most = [Float](repeating: 0, count: model.topics.count)
        for sentence in sentences.prefix(Self.mostSentences) {
            let own = words(sentence)
            all += own
            guard let likely = model.probabilities(of: Set(own + heading).sorted()) else { continue }
            for topic in most.indices { most[topic] = max(most[topic], likely[topic]) }
        }
        guard let whole = model.probabilities(of: Set(all).sorted()) else { return nil }
        let named = model.probabilities(of: heading) ?? whole
        if sentences.isEmpty { most = whole }
        return whole.indices.map { 0.3 * named[$0] + 0.2 * whole[$0] + 0.5 * most[$0] }
    }

    /// What stands further down in a long section is seldom what it is about.
    private static let mostSentences = 60
}
