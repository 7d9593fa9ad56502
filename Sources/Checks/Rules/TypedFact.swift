import Guidance
import Markdown
import Translations
import Workspace

/// A time or number typed into text that is a fact of the council: a second copy, which stays when the fact changes.
struct TypedFact: EditionRule {
    static let rule = Rule(
        "TypedFact", .warning,
        "A time or number is typed into text that the council has as a fact, so it stays when the fact changes.",
        bad: "Come 20 minutes before the start. (with the fact arrive-early: 20 minutes)",
        good: "Come {{arrive-early}} before the start.")

    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        FactMention.all(in: edition, context).compactMap { mention in
            guard mention.isSame, !mention.isOfEveryCouncil else { return nil }
            return rule.diagnostic(
                "'\(mention.text)' is the fact '\(mention.fact.id)', typed into the text",
                at: edition.location(mention.range, in: mention.piece),
                help: "Write {{\(mention.fact.id)}}, so that it changes with the fact.",
                related: [.init("the fact", at: mention.fact.location)])
        }
    }
}

/// A time typed into text that differs from the council's fact about the same thing.
struct FactContradicted: EditionRule {
    static let rule = Rule(
        "FactContradicted", .warning,
        "A text gives another time than the council's fact about the same thing, and a family cannot know which is right.",
        bad: "The first core group is within 3 weeks. (with the fact core-group-first: 10 working days)",
        good: "The first core group is within {{core-group-first}}.")

    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        FactMention.all(in: edition, context).compactMap { mention in
            guard !mention.isSame, mention.isCertain else { return nil }
            return rule.diagnostic(
                "this says '\(mention.text)'; the fact '\(mention.fact.id)' is \(mention.fact.written)",
                at: edition.location(mention.range, in: mention.piece),
                help: "Find out which is right, put it into the fact, and write {{\(mention.fact.id)}} here.",
                related: [.init("the fact", at: mention.fact.location)])
        }
    }
}

/// The facts of a council, and the words by which a text speaks of each.
struct KnownFacts: Sendable {
    struct Known: Sendable {
        var id: String
        var written: String
        /// A length of time, or else a number.
        var duration: TextDuration?
        var number: Int?
        /// Stems of the words of its name and label, and how much each tells it from the other facts.
        var words: [String: Double]
        var location: SourceLocation
    }

    private(set) var facts: [Known] = []

    init(_ council: Council, in portal: Portal) {
        let words = Self.words(of: council, in: portal)
        for id in portal.knownFacts.sorted() {
            guard let fact = council.facts[id]?.value == nil ? portal.facts[id] : council.facts[id],
                let value = fact.value
            else { continue }
            var known = Known(
                id: id, written: value.written, words: words[id] ?? [:], location: fact.location)
            switch value {
            case .duration(let amount, let unit):
                known.duration = TextDuration(
                    text: value.written, days: Double(amount) * TextDuration.days(of: unit))
            case .number(let number): known.number = number
            case .date, .yesNo, .text: continue
            }
            facts.append(known)
        }
    }

    /// The stems of the words by which a text speaks of each fact, and how much each tells it from the others.
    static func words(of council: Council, in portal: Portal) -> [String: [String: Double]] {
        var stems: [String: Set<String>] = [:]
        var counts: [String: Int] = [:]
        for id in portal.knownFacts {
            let label = portal.facts[id]?.label ?? council.facts[id]?.label ?? ""
            let words = Set(
                (id.split(separator: "-").map(String.init) + PhraseIndex.words(label)).compactMap(Self.stem))
            stems[id] = words
            for word in words { counts[word, default: 0] += 1 }
        }
        return stems.mapValues { words in
            Dictionary(uniqueKeysWithValues: words.map { ($0, 1 / Double(counts[$0] ?? 1)) })
        }
    }

    private static let common: Set<String> = [
        "a", "an", "the", "of", "to", "for", "from", "in", "on", "at", "by", "with", "after", "before",
        "between",
        "within", "how", "long", "time", "times", "when", "which", "is", "are", "be", "it", "its", "and",
        "or",
        "not", "what", "who", "that", "this", "may", "must", "can", "each", "every", "gets", "get", "day",
        "days",
        "week", "weeks", "month", "months", "year", "years", "working", "minutes", "minute", "hours", "hour",
        "family", "families", "child", "children", "you", "your", "have", "has", "there", "until", "most",
    ]

    /// What is the same in "arrive" and "arriving"; nil for words that tell nothing.
    static func stem(_ word: String) -> String? {
        let word = word.lowercased()
        guard word.count > 2, !common.contains(word), word.allSatisfy(\.isLetter) else { return nil }
        for ending in ["ing", "es", "ed", "s"] where word.hasSuffix(ending) && word.count - ending.count >= 3
        {
            return String(word.dropLast(ending.count).prefix(5))
        }
        return String(word.prefix(5))
    }
}

/// A sentence that speaks of what a fact is about, and gives a time or number of its own.
struct FactMention {
    var fact: KnownFacts.Known
    var piece: EditionText.Piece
    /// Scalars of the time or number.
    var range: Range<Int>
    var text: String
    var isSame: Bool
    /// Whether the words leave no doubt that the sentence is about the fact.
    var isCertain: Bool
    /// Whether the text is shared, where the time is a rule's of its own.
    var isOfEveryCouncil: Bool

    static func all(in edition: EditionText, _ context: LintContext) -> [FactMention] {
        let facts = context.facts[edition.edition.council.id]?.facts ?? []
        guard !facts.isEmpty else { return [] }
        return edition.pieces.flatMap { piece -> [FactMention] in
            if case .heading = piece.prose.role { return [] }
            guard !piece.prose.hasValues, piece.page.audience != .professionals else { return [] }
            let isShared = !piece.file.contains("/councils/")
            return piece.prose.sentences.compactMap { sentence in
                mention(in: sentence, of: piece, facts, isShared: isShared)
            }
        }
    }

    private static func mention(
        in sentence: Range<Int>, of piece: EditionText.Piece, _ facts: [KnownFacts.Known], isShared: Bool
    ) -> FactMention? {
        let prose = piece.prose
        let durations = TextDuration.all(in: prose, sentence)
        // Most sentences have neither, and their words need not be looked at.
        guard durations.count <= 1,
            !durations.isEmpty || prose.words[sentence].contains(where: { Int($0.text) != nil })
        else { return nil }
        let stems = Set(prose.words[sentence].compactMap { KnownFacts.stem($0.text) })
        func score(_ fact: KnownFacts.Known) -> (matches: Int, weight: Double) {
            fact.words.reduce((0, 0)) { stems.contains($1.key) ? ($0.0 + 1, $0.1 + $1.value) : $0 }
        }
        if let (duration, words) = durations.first {
            let scored = facts.compactMap { fact in
                fact.duration.map { (fact: fact, duration: $0, score: score(fact)) }
            }.filter { $0.score.weight >= 0.5 }.sorted { $0.score.weight > $1.score.weight }
            guard let best = scored.first else { return nil }
            // The same value is the fact's, also where another comes nearer by words.
            let same = scored.first { $0.duration.isAbout(duration) }
            let found = same ?? best
            let isAlone = scored.count == 1 || scored[0].score.weight >= 1.5 * scored[1].score.weight
            let near = max(duration.days, found.duration.days) <= 12 * min(duration.days, found.duration.days)
            return FactMention(
                fact: found.fact, piece: piece, range: prose.range(words), text: duration.text,
                isSame: same != nil,
                isCertain: isAlone && near && best.score.matches >= 2 && best.score.weight >= 1
                    && best.score.matches * 2 >= best.fact.words.count,
                isOfEveryCouncil: isShared)
        }
        for index in sentence {
            guard let number = Int(prose.words[index].text), number > 1,
                let fact = facts.first(where: {
                    guard $0.number == number else { return false }
                    let score = score($0)
                    return score.matches >= 2 && score.weight >= 0.8
                })
            else { continue }
            return FactMention(
                fact: fact, piece: piece, range: prose.words[index].range, text: prose.words[index].text,
                isSame: true, isCertain: true, isOfEveryCouncil: isShared)
        }
        return nil
    }
}
