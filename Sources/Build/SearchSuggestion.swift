import Guidance
import Search
import Translations
import Workspace

/// Where a question that finds no clear answer may be answered, and what to write there.
package struct SearchSuggestion: Sendable {
    private var question: AskedQuestions.Question
    /// The first council whose search gives no clear answer, and how many do not.
    private var council: String
    private var failing: Int
    private var councils: Int
    private var finds: String
    private var nearest: [Proposal]
    package private(set) var isByMeaning: Bool
    private var vocabulary: String

    private struct Proposal: Sendable {
        var found: NearestEntries.Found
        /// A line for "Also asked:"; nil in a translation, which has none.
        var alsoAsked: String?
        /// A line of `means`.
        var means: String
    }

    /// Asks questions of every edition in a language, and looks for what is near those that find no clear answer.
    package static func all(
        for questions: [AskedQuestions.Question], in language: Language, _ asked: AskedEditions,
        _ files: some FileSystem
    ) async throws(SearchTrials.Failure) -> [SearchSuggestion] {
        let model = asked.model
        let kit = try await SearchKit.start(model.settings, count: 1, in: files)
        defer { kit.stop() }
        var failures: [Int: [(edition: Edition, result: TrialResult)]] = [:]
        var count = 0
        for (_, editions) in asked.councils {
            for edition in editions where edition.language == language {
                let results = try await kit.ask(
                    questions.map(\.text), of: edition, among: editions, model, explains: true)
                if !results.isEmpty { count += 1 }
                for (place, result) in results.enumerated()
                where !result.isClear && !result.isNearby && !(result.isElsewhere && result.answers.isEmpty) {
                    failures[place, default: []].append((edition, result))
                }
            }
        }
        guard !failures.isEmpty, let lexicon = model.searchWords.lexicon(language) else { return [] }
        let finder = try await NearestEntries(python: model.settings.python)
        defer { finder.stop() }
        var suggestions: [Int: SearchSuggestion] = [:]
        // Most fail in the first council already: its texts are looked at once for all of them.
        for (id, places) in Dictionary(
            grouping: failures.keys, by: { failures[$0]?[0].edition.council.id ?? "" })
        {
            guard let edition = failures[places[0]]?[0].edition else { continue }
            let sorted = places.sorted()
            let (byMeaning, found) = try await finder.find(
                sorted.map { questions[$0].text }, among: SearchableEntry.all(of: edition), in: language)
            for (place, nearest) in zip(sorted, found) {
                guard let failed = failures[place] else { continue }
                let words = untold(questions[place].text, failed[0].result)
                suggestions[place] = SearchSuggestion(
                    question: questions[place], council: id, failing: failed.count, councils: count,
                    finds: failed[0].result.answers.isEmpty ? "nothing" : "only what may help",
                    nearest: nearest.map { found in
                        Proposal(
                            found: found,
                            alsoAsked: language == edition.sourceLanguage ? questions[place].text : nil,
                            means: "\(found.entry.wording(lexicon)): \(words)")
                    }, isByMeaning: byMeaning,
                    vocabulary: joinPath(model.settings.content, "search/\(language.tag).yml"))
            }
        }
        return suggestions.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The words of a question that the pages do not know, those side by side as one expression; all that tell
    /// something, where the pages know each.
    private static func untold(_ question: String, _ result: TrialResult) -> String {
        let words = result.understood?.first?.words ?? []
        func expressions(_ isWanted: (TrialResult.Reading.Word) -> Bool) -> [String] {
            words.split { !isWanted($0) }.map { $0.map(\.word).joined(separator: " ") }
        }
        let unknown = expressions { word in
            !word.isStop
                && !(word.isOnPages && word.options.contains { $0.kind == .known || $0.kind == .form })
        }
        let telling = unknown.isEmpty ? expressions { !$0.isStop } : unknown
        return telling.isEmpty ? question : telling.joined(separator: ", ")
    }

    // MARK: For people

    package var text: String {
        let place = question.location.file.isEmpty ? "" : "\(question.location): "
        var text = "\(place)\(question.text)\n  finds \(finds) in \(failing) of \(councils) councils"
        text += failing < councils ? ", as in \(council)\n" : "\n"
        guard !nearest.isEmpty else {
            return text
                + "  Nothing is near it. If it is not in this guidance, write it under 'elsewhere' in \(vocabulary).\n\n"
        }
        for (number, proposal) in nearest.enumerated() {
            let entry = proposal.found.entry
            text +=
                "  \(number + 1). \(entry.title) (\(Int((proposal.found.nearness * 100).rounded()))% near)\n"
            text += "     \(entry.location.map(\.description) ?? "the opening of '\(entry.page)'")\n"
            text += "     means:  \(proposal.means)\n"
        }
        if nearest[0].alsoAsked != nil {
            text += "  If one of them answers it, write under its heading:  Also asked: \(question.text)\n"
            text += "  Or write its line of 'means' into \(vocabulary).\n"
        } else {
            text += "  If one of them answers it, write its line of 'means' into \(vocabulary).\n"
        }
        return text + "\n"
    }

    // MARK: For programs

    package var json: JSONValue {
        let file = question.location.file
        return .object([
            ("question", .string(question.text)), ("file", file.isEmpty ? .null : .string(file)),
            ("line", question.location.range.map { .int($0.start.line) } ?? .null),
            ("council", .string(council)), ("failing", .int(failing)), ("councils", .int(councils)),
            ("byMeaning", .bool(isByMeaning)), ("vocabulary", .string(vocabulary)),
            (
                "nearest",
                .array(
                    nearest.map { proposal in
                        let entry = proposal.found.entry
                        return .object([
                            ("title", .string(entry.title)), ("page", .string(entry.page)),
                            ("section", .string(entry.id)), ("nearness", .double(proposal.found.nearness)),
                            ("file", entry.location.map { .string($0.file) } ?? .null),
                            ("line", entry.location?.range.map { .int($0.start.line) } ?? .null),
                            ("alsoAsked", proposal.alsoAsked.map { .string($0) } ?? .null),
                            ("means", .string(proposal.means)),
                        ])
                    })
            ),
        ])
    }
}

extension Diagnostic {
    package static func noQuestions(_ language: Language, _ content: String) -> Diagnostic {
        .error(
            "NoQuestions", "there are no questions in \(language.englishName) to look at",
            at: SourceLocation(file: joinPath(content, "search/asked-\(language.tag).txt")),
            help: "Write one a line into this file, or give them to the command.")
    }
}
