import Foundation
import Guidance
import Synchronization
import Translations
import Workspace

/// The scripts of one edition's search, as a page of it would load them.
package struct TrialEdition: Sendable {
    /// By their paths within the site.
    fileprivate var files: [(String, String)] = []
    /// What the box of the search says of itself.
    fileprivate var box: [(String, String)] = []

    /// One language's vocabulary and one council's index, with their paths within the site.
    package struct Scripts: Sendable {
        var language: Language
        var vocabulary: (path: String, script: SearchScript)
        /// Nil where there are no pages in it.
        var index: (path: String, script: SearchScript)?

        package init(
            language: Language, vocabulary: (path: String, script: SearchScript),
            index: (path: String, script: SearchScript)?
        ) {
            self.language = language
            self.vocabulary = vocabulary
            self.index = index
        }
    }

    /// - Parameters:
    ///   - other: The scripts of the other language that people type in (`Edition.otherSearched`).
    ///   - strings: The words of the interface in the edition's language.
    package init(_ own: Scripts, other: Scripts?, strings: InterfaceStrings) {
        for scripts in [own] + (other.map { [$0] } ?? []) {
            for (path, script) in [scripts.vocabulary] + (scripts.index.map { [$0] } ?? []) {
                files.append((path, String(decoding: script.bytes, as: UTF8.self)))
            }
        }
        box = [
            ("words", own.vocabulary.path), ("index", own.index?.path ?? ""), ("language", own.language.tag),
            ("sourceLanguage", other?.language.tag ?? own.language.tag),
            ("broken", strings["search-broken"]), ("opening", strings["search-opening"]),
        ]
        if let index = other?.index { box.append(("sourceIndex", index.path)) }
    }

    fileprivate var json: JSONValue {
        func object(_ fields: [(String, String)]) -> JSONValue {
            .object(fields.map { ($0.0, .string($0.1)) })
        }
        return .object([("files", object(files)), ("box", object(box))])
    }
}

/// What a page shows for a question, and why.
package struct TrialResult: Decodable, Sendable {
    package struct Answer: Decodable, Sendable {
        /// Within the site.
        package var address: String
        package var title: String
        package var passage: String?
        /// What the page says of where the answer stands.
        package var page: String?
        /// Its language's tag.
        package var language: String
        /// Share of the question that the answer has, from 0 to 1.
        package var covered: Double?
        /// The language whose index found it.
        package var foundIn: String?
        /// The topics that it answers, and how well from 0 to 1.
        package var topics: [Reading.Topic]?
        package var matches: [Match]?
    }

    /// What an answer has of the question.
    package struct Match: Decodable, Sendable {
        package struct Fields: Decodable, Sendable {
            package var title: [String]?
            package var alsoAsked: [String]?
            package var body: [String]?
        }

        /// Words of the question.
        package var said: String
        /// Whether the answer has what they mean, not they themselves.
        package var isMeaning: Bool
        /// The words that stand in each.
        package var fields: Fields
    }

    package struct Contact: Decodable, Sendable {
        /// Name and number.
        package var text: String
        package var address: String
        package var note: String?
    }

    /// How a question is read in one language.
    package struct Reading: Decodable, Sendable {
        package struct Word: Decodable, Sendable {
            package enum Kind: String, Decodable, Sendable {
                case known
                /// Another form of a known word.
                case form
                /// A word that begins so: the last of a question may be unfinished.
                case completed
                /// A part of two words that were typed as one.
                case part
                /// A slip of the finger.
                case corrected
            }

            package struct Option: Decodable, Sendable {
                package var kind: Kind
                /// The words of its group, those that stand most often on the pages first.
                package var forms: [String]
            }

            package var word: String
            package var isStop: Bool
            package var isOnPages: Bool
            package var isMeant: Bool
            package var isElsewhere: Bool
            package var options: [Option]
        }

        /// Words that mean something together.
        package struct Saying: Decodable, Sendable {
            package struct Line: Decodable, Hashable, Sendable {
                package var phrase: String
                package var meaning: String
            }

            package var said: [String]
            /// What they mean on these pages.
            package var wordings: [String]
            /// What the vocabulary says that leads there.
            package var lines: [Line]
        }

        /// How sure it is that a question is about a topic, from 0 to 1.
        package struct Topic: Decodable, Sendable {
            /// The character that stands for it.
            package var code: String
            package var share: Double
        }

        package var language: String
        package var words: [Word]
        /// The likeliest first.
        package var topics: [Topic]
        package var sayings: [Saying]
        /// Share of the question that the pages know, from 0 to 1.
        package var knows: Double
        package var isElsewhere: Bool
    }

    /// The sentence above the answers.
    package var status: String
    package var answers: [Answer]
    /// Whom the box of danger names; empty without one.
    package var danger: [Contact]
    /// The fewest words that raise the box.
    package var dangerousWords: String?
    /// Questions that are shown where there is no answer.
    package var often: [Answer]
    /// Whom to ask where there is no clear answer.
    package var ask: [Contact]
    /// Whether an answer is shown as one; others may help.
    package var isClear: Bool
    /// Whether the question is of what the vocabulary says is not in this guidance.
    package var isElsewhere: Bool
    /// Whether it is of a subject near the guidance that the guidance does not answer.
    package var isNearby: Bool
    /// In the page's language, and in the source language where that found answers. Only where it was asked for.
    package var understood: [Reading]?
}

/// Child processes that run the theme's search outside a browser.
package final class SearchTrials: Sendable {
    /// Why there are no answers.
    package struct Failure: Error, Hashable, Sendable {
        /// In plain words.
        package var reason: String

        package init(reason: String) { self.reason = reason }
    }

    /// The package that runs JavaScript and its version: those of `tools/requirements.txt`.
    package static let testedEngine = "mini-racer==0.14.1"
    /// Questions in one job: few enough for the time limit on any machine.
    private static let questionsAtOnce = 50
    private static let timeLimit = Duration.seconds(120)

    private let workers: [WorkerProcess]
    private let next = Mutex(0)
    private let client: String
    /// The engine's version.
    package let engine: String

    /// Starts the workers.
    ///
    /// - Parameters:
    ///   - python: The Python that has the engine.
    ///   - count: How many workers; at least 1.
    ///   - client: The theme's script.
    package init(python: String, count: Int, client: String) async throws(Failure) {
        self.client = client
        let script = String(decoding: PackageResources.engine_py, as: UTF8.self)
        var started: [WorkerProcess] = []
        for _ in 0..<max(1, count) {
            do {
                started.append(try WorkerProcess(python: python, script: script))
            } catch {
                throw Failure(reason: "cannot start \(python): \(error.explanation)")
            }
        }
        workers = started
        struct Hello: Decodable {
            var engine: String?
            var failure: String?
        }
        var found = ""
        for worker in workers {
            guard case .line(let line) = await worker.exchange(nil, within: Self.timeLimit),
                let hello = try? JSONDecoder().decode(Hello.self, from: Data(line))
            else { throw Failure(reason: "\(python) did not start") }
            guard let engine = hello.engine else {
                throw Failure(reason: (hello.failure ?? "unknown failure") + " (\(python))")
            }
            found = engine
        }
        engine = found
    }

    /// Asks questions of an edition.
    ///
    /// - Parameter explains: Whether the results say why, which takes several times as long.
    package func ask(
        _ questions: [String], of edition: TrialEdition, explains: Bool = false
    ) async throws(Failure) -> [TrialResult] {
        // One worker for all, which then has the edition's scripts already.
        let worker = next.withLock { number in
            number = (number + 1) % workers.count
            return workers[number]
        }
        var results: [TrialResult] = []
        var rest = questions[...]
        while !rest.isEmpty {
            let some = rest.prefix(Self.questionsAtOnce)
            rest = rest.dropFirst(some.count)
            let job = JSONValue.object([
                ("edition", edition.json), ("client", .string(client)),
                (
                    "scripts",
                    .array(
                        [PackageResources.page_js, PackageResources.explain_js].map {
                            .string(String(decoding: $0, as: UTF8.self))
                        })
                ),
                ("questions", .array(some.map { .string($0) })), ("explains", .bool(explains)),
            ])
            results += try await run(job, on: worker)
        }
        return results
    }

    private func run(_ job: JSONValue, on worker: WorkerProcess) async throws(Failure) -> [TrialResult] {
        struct Reply: Decodable {
            var answers: [TrialResult]?
            var failure: String?
        }
        switch await worker.exchange(WorkerProcess.line(job), within: Self.timeLimit) {
        case .line(let line):
            let reply: Reply
            do {
                reply = try JSONDecoder().decode(Reply.self, from: Data(line))
            } catch {
                throw Failure(reason: "the search gave an answer that cannot be read: \(error)")
            }
            guard let answers = reply.answers else {
                throw Failure(reason: reply.failure ?? "unknown failure")
            }
            return answers
        case .ended: throw Failure(reason: "the search stopped in the middle of its work")
        case .late:
            throw Failure(
                reason: "the search took longer than \(Self.timeLimit.components.seconds) seconds")
        }
    }

    /// Ends the workers.
    package func stop() {
        for worker in workers { worker.stop() }
    }
}
