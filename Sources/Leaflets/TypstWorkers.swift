import Dispatch
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
    private var idle: [TypstWorker] = []
    private var started = 0
    private var waiting: [CheckedContinuation<TypstWorker?, Never>] = []
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
        setUp = TypstWorker.line(.object([("step", .string("theme")), ("files", .object(files))]))
        let (worker, hello) = try await Self.start(settings, setUp: setUp)
        engine = hello
        idle = [worker]
        started = 1
    }

    private static func start(_ settings: Settings, setUp: [UInt8]) async throws -> (TypstWorker, String) {
        let worker: TypstWorker
        do {
            worker = try TypstWorker(python: settings.python)
        } catch {
            throw EngineMissing(reason: "cannot start \(settings.python): \(error.explanation)")
        }
        struct Hello: Decodable {
            var engine: String?
            var failure: String?
        }
        guard case .line(let line) = await worker.exchange(nil, within: settings.startLimit),
            let hello = try? JSONDecoder().decode(Hello.self, from: Data(line))
        else {
            worker.stop()
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
    /// - Throws: `EngineMissing` where no worker can be started any more.
    public func withWorker<Result: Sendable>(
        _ body: @Sendable (borrowing Lease) async -> Result
    ) async throws -> Result {
        let worker = try await take()
        let result = await body(Lease(worker: worker, timeLimit: settings.timeLimit))
        giveBack(worker)
        return result
    }

    private func take() async throws -> TypstWorker {
        if let worker = idle.popLast() { return worker }
        if started < settings.count {
            started += 1
            return try await startAnother()
        }
        let handed = await withCheckedContinuation { waiting.append($0) }
        if let handed { return handed }
        return try await startAnother()
    }

    private func startAnother() async throws -> TypstWorker {
        do {
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

    private func giveBack(_ worker: TypstWorker) {
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
        fileprivate let worker: TypstWorker
        fileprivate let timeLimit: Duration

        /// The process, for tests that end it.
        var processID: Int32 { worker.processID }

        func run(_ job: JSONValue) async -> TypstAnswer {
            switch await worker.exchange(TypstWorker.line(job), within: timeLimit) {
            case .line(let line):
                do {
                    return try JSONDecoder().decode(TypstAnswer.self, from: Data(line))
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
    }

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

/// One child process and the socket to it. Used by one task at a time.
final class TypstWorker: Sendable {
    enum Reply: Sendable {
        case line([UInt8])
        /// The process is gone.
        case ended
        /// The time limit passed; the process has been ended.
        case late
    }

    let processID: pid_t
    private struct State {
        /// -1 once the process is gone.
        var socket: Int32
        var pending: [UInt8] = []
    }
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "signpost.typst-worker")

    static func line(_ value: JSONValue) -> [UInt8] { Array(value.serialized().utf8) + [0x0A] }

    /// Starts a worker.
    ///
    /// One socket pair serves as its input and output: a write to a process that died is then an error, not a
    /// signal that ends this program. It is closed when this program ends, however that comes about, and the
    /// worker ends with it.
    init(python: String) throws(FileError) {
        var pair: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Self.streamType, 0, &pair) == 0 else {
            throw FileError(python, .other(String(cString: strerror(errno))))
        }
        for descriptor in pair { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        defer { close(pair[1]) }

        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pair[1], 0)
        posix_spawn_file_actions_adddup2(&actions, pair[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)

        let script = String(decoding: PackageResources.worker_py, as: UTF8.self)
        let words = [python, "-I", "-B", "-c", script]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }

        var child: pid_t = 0
        let result = posix_spawnp(&child, python, &actions, nil, arguments, environ)
        guard result == 0 else {
            close(pair[0])
            throw FileError(python, .other(String(cString: strerror(result))))
        }
        processID = child
        #if canImport(Darwin)
            var on: Int32 = 1
            setsockopt(pair[0], SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
        state = Mutex(State(socket: pair[0]))
    }

    deinit { stop() }

    var isAlive: Bool { state.withLock { $0.socket >= 0 } }

    /// Ends the process and waits for its end.
    func stop() {
        state.withLock { Self.end(processID, &$0) }
    }

    private static func end(_ process: pid_t, _ state: inout State) {
        guard state.socket >= 0 else { return }
        close(state.socket)
        state.socket = -1
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    /// Sends a line, if there is one, and waits for the next line.
    func exchange(_ line: [UInt8]?, within limit: Duration) async -> Reply {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                let reply = state.withLock { state in
                    Self.exchange(line, within: limit, process: processID, &state)
                }
                continuation.resume(returning: reply)
            }
        }
    }

    private static func exchange(
        _ line: [UInt8]?, within limit: Duration, process: pid_t, _ state: inout State
    ) -> Reply {
        guard state.socket >= 0 else { return .ended }
        let deadline = ContinuousClock.now + limit
        /// Waits until the socket is ready; false when time is up.
        func wait(for events: Int16) -> Bool {
            while true {
                let left = deadline - .now
                guard left > .zero else { return false }
                let milliseconds =
                    left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
                var item = pollfd(fd: state.socket, events: events, revents: 0)
                let ready = poll(&item, 1, Int32(clamping: max(1, milliseconds)))
                if ready > 0 { return true }
                if ready < 0, errno != EINTR { return true }
            }
        }
        if let line {
            var offset = 0
            while offset < line.count {
                guard wait(for: Int16(POLLOUT)) else {
                    end(process, &state)
                    return .late
                }
                let sent = line.withUnsafeBytes {
                    send(state.socket, $0.baseAddress.map { $0 + offset }, line.count - offset, Self.noSignal)
                }
                if sent > 0 {
                    offset += sent
                } else if sent < 0, errno == EINTR || errno == EAGAIN {
                    continue
                } else {
                    end(process, &state)
                    return .ended
                }
            }
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var scanned = 0
        while true {
            if let newline = state.pending[scanned...].firstIndex(of: 0x0A) {
                let found = Array(state.pending[..<newline])
                state.pending.removeSubrange(...newline)
                return .line(found)
            }
            scanned = state.pending.count
            guard wait(for: Int16(POLLIN)) else {
                end(process, &state)
                return .late
            }
            let got = recv(state.socket, &buffer, buffer.count, 0)
            if got > 0 {
                state.pending.append(contentsOf: buffer[..<got])
            } else if got < 0, errno == EINTR || errno == EAGAIN {
                continue
            } else {
                end(process, &state)
                return .ended
            }
        }
    }

    #if canImport(Darwin)
        private static let streamType = SOCK_STREAM
        private static let noSignal: Int32 = 0
    #else
        private static let streamType = Int32(SOCK_STREAM.rawValue)
        private static let noSignal = Int32(MSG_NOSIGNAL)
    #endif
}
