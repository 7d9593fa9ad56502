import Foundation
import Synchronization
import Workspace

/// Child processes that lay out leaflets with Typst, one job at a time each.
///
/// A worker that dies, or takes longer than the time limit, is started anew; its job fails.
public actor TypstWorkers {
    public struct Settings: Hashable, Sendable {
        /// The Python that has the `typst` package: `.signpost/venv/bin/python`.
        public var python: String
        /// How many workers; at least 1.
        public var count: Int
        /// For one job.
        public var timeLimit: Duration
        /// For a worker to start: it looks through all fonts of the machine.
        public var startLimit: Duration = .seconds(60)
        /// A worker that holds more bytes after a job is replaced: the engine remembers what it laid out, 1.6 GB after
        /// 200 leaflets.
        var mostMemory = 1 << 30

        public init(python: String, count: Int, timeLimit: Duration = .seconds(60)) {
            self.python = python
            self.count = max(1, count)
            self.timeLimit = timeLimit
        }
    }

    /// Why there is no engine.
    public struct EngineMissing: Error, Hashable, Sendable {
        /// In plain words.
        public var reason: String
    }

    /// The engine's version that leaflets are made and tested with: the one of `tools/requirements.txt`.
    public static let testedEngine = "0.15.2"

    private let settings: Settings
    private let setUp: [UInt8]
    private var idle: [WorkerProcess] = []
    private var started = 0
    private var waiting: [CheckedContinuation<WorkerProcess?, Never>] = []
    /// The engine's version, as the first worker said it.
    public nonisolated let engine: String

    /// Starts the first worker; the others start when they are needed.
    ///
    /// - Throws: `EngineMissing` where Python or its `typst` package is not there.
    public init(_ settings: Settings, theme: LeafletTheme) async throws {
        self.settings = settings
        let own = [
            ("main.typ", PackageResources.main_typ), ("impose.typ", PackageResources.impose_typ),
            ("thumbnail.typ", PackageResources.thumbnail_typ),
            ("copies-main.typ", PackageResources.copies_main_typ),
        ].map { ($0.0, JSONValue.string(String(decoding: $0.1, as: UTF8.self))) }
        let files = own + theme.templates.map { ($0.name, JSONValue.string($0.text)) }
        setUp = WorkerProcess.line(
            .object([
                ("step", .string("theme")), ("files", .object(files)),
                ("most-memory", .int(settings.mostMemory)),
            ]))
        let (worker, hello) = try await Self.start(settings, setUp: setUp)
        engine = hello
        idle = [worker]
        started = 1
    }

    private static func start(_ settings: Settings, setUp: [UInt8]) async throws -> (WorkerProcess, String) {
        let worker: WorkerProcess
        do {
            worker = try WorkerProcess(
                python: settings.python,
                script: String(decoding: PackageResources.worker_py, as: UTF8.self))
        } catch {
            throw EngineMissing(reason: "cannot start \(settings.python): \(error.explanation)")
        }
        struct Hello: Decodable {
            var engine: String?
            var failure: String?
        }
        // It takes a second to look through the machine's fonts, and nobody is to wait for what is not wanted any more.
        let reply = await withTaskCancellationHandler {
            await worker.exchange(nil, within: settings.startLimit)
        } onCancel: {
            worker.interrupt()
        }
        guard case .line(let line) = reply,
            let hello = try? JSONDecoder().decode(Hello.self, from: Data(line))
        else {
            worker.stop()
            try Task.checkCancellation()
            throw EngineMissing(reason: "\(settings.python) did not start the layout engine")
        }
        guard let engine = hello.engine else {
            worker.stop()
            throw EngineMissing(reason: hello.failure ?? "unknown failure")
        }
        _ = await worker.exchange(setUp, within: settings.startLimit)
        return (worker, engine)
    }

    /// Gives a worker to `body` alone, and takes it back afterwards.
    ///
    /// - Throws: `EngineMissing` where no worker can be started any more; `CancellationError` where one would have to be
    ///   started for a task that is not wanted any more.
    public func withWorker<Result: Sendable>(
        _ body: @Sendable (borrowing Lease) async -> Result
    ) async throws -> Result {
        let worker = try await take()
        let lease = Lease(worker: worker, timeLimit: settings.timeLimit)
        let result = await body(lease)
        if lease.isFull.load(ordering: .relaxed) { worker.stop() }
        giveBack(worker)
        return result
    }

    private func take() async throws -> WorkerProcess {
        if let worker = idle.popLast() { return worker }
        if started < settings.count {
            started += 1
            return try await startAnother()
        }
        let handed = await withCheckedContinuation { waiting.append($0) }
        if let handed { return handed }
        return try await startAnother()
    }

    private func startAnother() async throws -> WorkerProcess {
        do {
            try Task.checkCancellation()
            return try await Self.start(settings, setUp: setUp).0
        } catch {
            started -= 1
            // Whoever waits may try to start one.
            if !waiting.isEmpty {
                started += 1
                waiting.removeFirst().resume(returning: nil)
            }
            throw error
        }
    }

    private func giveBack(_ worker: WorkerProcess) {
        if worker.isAlive {
            if waiting.isEmpty {
                idle.append(worker)
            } else {
                waiting.removeFirst().resume(returning: worker)
            }
        } else if waiting.isEmpty {
            started -= 1
        } else {
            // The place of the dead worker goes to the next job, which starts a new one.
            waiting.removeFirst().resume(returning: nil)
        }
    }

    /// The families of every font that the engine finds on this machine; nil where it gives no answer.
    public func fontFamilies() async -> Set<String>? {
        let answer = try? await withWorker { lease in await lease.run(.object([("step", .string("fonts"))])) }
        return answer?.families.map { Set($0) }
    }

    /// Ends the workers that are not busy.
    public func stop() {
        for worker in idle { worker.stop() }
        started -= idle.count
        idle = []
    }

    /// The right to use one worker.
    public struct Lease: ~Copyable, Sendable {
        fileprivate let worker: WorkerProcess
        fileprivate let timeLimit: Duration
        /// Whether the worker holds so much that it is to be replaced.
        fileprivate let isFull = Atomic(false)

        /// The process, for tests that end it.
        var processID: Int32 { worker.processID }

        func run(_ job: JSONValue) async -> TypstAnswer {
            let (worker, line) = (worker, WorkerProcess.line(job))
            // Who is not wanted any more waits for no layout.
            let reply = await withTaskCancellationHandler {
                await worker.exchange(line, within: timeLimit)
            } onCancel: {
                worker.interrupt()
            }
            switch reply {
            case .line(let line):
                do {
                    let answer = try JSONDecoder().decode(TypstAnswer.self, from: Data(line))
                    if answer.full ?? false { isFull.store(true, ordering: .relaxed) }
                    return answer
                } catch {
                    worker.stop()
                    return TypstAnswer(failure: "the layout engine gave an answer that cannot be read")
                }
            case .ended: return TypstAnswer(failure: "the layout engine stopped in the middle of its work")
            case .late:
                return TypstAnswer(
                    failure: "the layout engine took longer than \(timeLimit.components.seconds) seconds")
            }
        }
    }
}

/// What a worker answers to a job.
struct TypstAnswer: Decodable, Sendable {
    struct Problem: Decodable, Hashable, Sendable {
        var message: String
        var hints: [String]
        /// The template and the place in it.
        var file: String?
        var line: Int?
        var column: Int?
    }

    struct Info: Decodable, Sendable {
        struct Over: Decodable, Hashable, Sendable {
            var panel: String
            var lines: Int
        }

        /// How high a part of a folded leaflet is.
        struct Part: Decodable, Sendable {
            var number: Int
            /// Points.
            var height: Double
        }

        /// How much room a panel has for parts.
        struct Room: Decodable, Sendable {
            var panel: LeafletSpec.Panel
            /// Points.
            var height: Double
        }

        var pages: Int
        var over: [Over]
        /// The height of a line in points.
        var line: Double?
        var parts: [Part]?
        var rooms: [Room]?
        /// Where there is room to type, in a leaflet that is filled in on a screen.
        var fields: [FillablePDF.Field]?
    }

    /// Whether the worker holds more than it should.
    var full: Bool?
    /// The file that was made.
    var pdf: Data?
    var info: Info?
    var families: [String]?
    var warnings: [Problem]?
    var errors: [Problem]?
    /// What went wrong outside the engine.
    var failure: String?
    var seconds: Double?

    init(failure: String) { self.failure = failure }
}
