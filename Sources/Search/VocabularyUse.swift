import Guidance
import Translations
import Workspace

/// Which lines of a language's vocabulary no page can match: what they mean stands nowhere, so they never lead to an
/// answer.
package struct VocabularyUse: Sendable {
    private struct Pending: Sendable {
        var line: SearchVocabulary.Line
        /// Each wording's words, and what is equal for all forms of them.
        var wordings: [(words: [String], stems: Set<String>)]
    }

    private let lexicon: SearchLexicon
    private var pending: [Pending]
    /// Sections that nobody has seen, of which the vocabulary says what is asked.
    private var askedPlaces: [SearchVocabulary.Asked]
    private var places: Set<String> = []
    private var words: Set<String> = []
    private var stems: Set<String> = []

    /// - Parameter isWanted: The lines to judge.
    package init(_ lexicon: SearchLexicon, isWanted: (SearchVocabulary.Line) -> Bool) {
        self.lexicon = lexicon
        let reader = LineReader(lexicon.vocabulary)
        pending = lexicon.vocabulary.lines.filter(isWanted).map { line in
            Pending(
                line: line,
                wordings: reader.telling(line.wordings).map { ($0, Set(lexicon.stems(of: $0))) })
        }
        askedPlaces = lexicon.vocabulary.alsoAsked.filter {
            isWanted(.init(kind: .means, wordings: [$0.place], says: $0.phrases, location: $0.location))
        }
    }

    /// Whether every line that was to be judged has been found to lead somewhere.
    package var isDone: Bool { pending.isEmpty && askedPlaces.isEmpty }

    /// Notes what an edition says: a line leads somewhere where one edition has all words of one of its wordings.
    package mutating func note(_ edition: Edition) {
        guard !isDone else { return }
        for page in edition.pages where page.audience != .professionals {
            page.forEachSection { places.insert(page.path + "#" + $0.id) }
        }
        askedPlaces.removeAll { places.contains($0.place) }
        let text = SearchText(edition) { [stopWords = lexicon.stopWords] in stopWords.contains($0) }
        let forms = lexicon.forms(of: text.runs.map(\.text))
        let found = Set(forms.map(\.stem.text))
        pending.removeAll { $0.wordings.contains { $0.stems.isSubset(of: found) } }
        words.formUnion(forms.map(\.word.text))
        stems.formUnion(found)
    }

    /// Notes what another has seen; both judge the same lines.
    package mutating func formUnion(_ other: VocabularyUse) {
        let left = Set(other.pending.map(\.line))
        pending.removeAll { !left.contains($0.line) }
        askedPlaces.removeAll { !other.askedPlaces.contains($0) }
        places.formUnion(other.places)
        words.formUnion(other.words)
        stems.formUnion(other.stems)
    }

    /// A line that leads nowhere.
    package struct DeadLine: Sendable {
        package var line: SearchVocabulary.Line
        /// Whether its wordings have any word but stop words.
        package var tells: Bool
        /// Words of its wordings that no page has; none where no council's pages have them together.
        package var missing: [String]
        /// A word of the pages that is near a missing one.
        package var near: String?
    }

    package var deadLines: [DeadLine] {
        pending.map { item in
            var missing: [String] = []
            for word in item.wordings.flatMap(\.words)
            where !stems.isSuperset(of: lexicon.stems(of: [word])) && !missing.contains(word) {
                missing.append(word)
            }
            return DeadLine(
                line: item.line, tells: !item.wordings.isEmpty, missing: missing,
                near: missing.lazy.compactMap(near).first)
        }
    }

    /// A word of the pages that may be meant: short words are near too much.
    private func near(_ word: String) -> String? {
        guard word.count > 3 else { return nil }
        return nearestName(to: word, among: words.filter { $0.count > 3 && $0.first == word.first })
    }

    /// Each as a problem at its place.
    package var problems: [Diagnostic] {
        deadLines.map(\.problem)
            + askedPlaces.map { asked in
                .warning(
                    "DeadVocabularyLine",
                    "no council has a section '\(asked.place)' for families, so what is asked of it leads nowhere",
                    at: asked.location,
                    help: didYouMean(
                        asked.place, among: places.sorted(),
                        otherwise: "Name the page and the section, as in 'faq/my-children#take-children'."))
            }
    }
}

extension VocabularyUse.DeadLine {
    fileprivate var problem: Diagnostic {
        let said = line.wordings.map { "'\($0)'" }.joined(separator: " or ")
        let help: String
        if !tells {
            help = "These are stop words only. Name a word that tells something, or take the line out."
        } else if missing.isEmpty {
            help =
                "No council's pages have these words together. Write what the guidance says, or take the line out."
        } else {
            let words =
                missing.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
                + (missing.count > 5 ? " and others" : "")
            help =
                "No page has \(words). "
                + (near.map { "Did you mean '\($0)'?" }
                    ?? "Write what the guidance says, or take the line out.")
        }
        return .warning(
            "DeadVocabularyLine", "no page in this language says \(said), so this line leads nowhere",
            at: line.location, help: help)
    }
}
