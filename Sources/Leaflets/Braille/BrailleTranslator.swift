import Foundation
import Workspace

/// A child process that translates text into braille with liblouis.
///
/// The library keeps its tables in variables that all threads share, and a program that is linked with it does not start
/// without it. In a process of its own it is needed by nobody who makes no braille.
package actor BrailleTranslator {
    /// Why there is no braille.
    package struct Missing: Error, Hashable, Sendable {
        /// In plain words.
        package var reason: String
    }

    /// Why a text could not be translated.
    enum Problem: Error, Hashable, Sendable {
        /// This liblouis has no such table.
        case noTable(String)
        case failed(String)
    }

    /// One text with the stretches of it whose place is wanted, as offsets of Unicode scalars.
    struct Text: Sendable {
        var text: String
        var keep: [Range<Int>]
    }

    struct Translated: Decodable, Sendable {
        /// Unicode braille (U+2800 and following).
        var cells: String
        /// Where each scalar of the text begins in the cells, and their end.
        var starts: [Int]
        var kept: [[Int]]
        /// Signs that no table knows; a full cell stands for each.
        var unknown: [String]
    }

    private let worker: WorkerProcess
    /// Of liblouis: `3.24.0`.
    package nonisolated let version: String
    private static let timeLimit = Duration.seconds(60)

    /// - Parameter python: The Python that runs the worker; it needs no packages.
    /// - Throws: `Missing` where Python or liblouis is not there.
    package init(python: String) async throws(Missing) {
        let worker: WorkerProcess
        do {
            worker = try WorkerProcess(
                python: python, script: String(decoding: PackageResources.braille_py, as: UTF8.self))
        } catch {
            throw Missing(reason: "cannot start \(python): \(error.explanation)")
        }
        struct Hello: Decodable {
            var version: String?
            var failure: String?
        }
        guard case .line(let line) = await worker.exchange(nil, within: Self.timeLimit),
            let hello = try? JSONDecoder().decode(Hello.self, from: Data(line))
        else {
            worker.stop()
            throw Missing(reason: "\(python) did not start")
        }
        guard let version = hello.version else {
            worker.stop()
            throw Missing(reason: hello.failure ?? "unknown failure")
        }
        self.worker = worker
        self.version = version
    }

    /// Translates texts by one table.
    ///
    /// - Parameter latin: The table for punctuation that this one lacks.
    func translate(
        _ texts: [Text], table: String, latin: String
    ) async throws(Problem) -> [Translated] {
        let items = texts.map { text in
            JSONValue.object([
                ("text", .string(text.text)),
                ("keep", .array(text.keep.map { .array([.int($0.lowerBound), .int($0.upperBound)]) })),
            ])
        }
        let job = JSONValue.object([
            ("table", .string(table)), ("foreign", .string(latin)), ("texts", .array(items)),
        ])
        struct Answer: Decodable {
            var texts: [Translated]?
            var lacks: String?
            var failure: String?
        }
        switch await worker.exchange(WorkerProcess.line(job), within: Self.timeLimit) {
        case .line(let line):
            guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(line)) else {
                throw .failed("liblouis gave an answer that cannot be read")
            }
            if let table = answer.lacks { throw .noTable(table) }
            guard let made = answer.texts, made.count == texts.count else {
                throw .failed(answer.failure ?? "liblouis gave no answer")
            }
            return made
        case .ended: throw .failed("liblouis stopped in the middle of its work")
        case .late: throw .failed("liblouis took longer than \(Self.timeLimit.components.seconds) seconds")
        }
    }

    package nonisolated var isAlive: Bool { worker.isAlive }

    /// Ends the process.
    package nonisolated func stop() { worker.stop() }
}
