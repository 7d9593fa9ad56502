import Dispatch
import Foundation
import Synchronization

/// A child process that takes jobs and gives answers, each one line, and the socket to it. Used by one task at a time.
package final class WorkerProcess: Sendable {
    package enum Reply: Sendable {
        case line([UInt8])
        /// The process is gone.
        case ended
        /// The time limit passed; the process has been ended.
        case late
    }

    package let processID: pid_t
    private struct State {
        /// -1 once the process is gone.
        var socket: Int32
        var pending: [UInt8] = []
    }
    private let state: Mutex<State>
    /// Apart from the state, which belongs to whoever waits for an answer.
    private let isRunning = Mutex(true)
    private let queue = DispatchQueue(label: "signpost.worker")

    /// A job as it is sent.
    package static func line(_ value: JSONValue) -> [UInt8] { Array(value.serialized().utf8) + [0x0A] }

    /// Starts a worker.
    ///
    /// One socket pair serves as its input and output: a write to a process that died is then an error, not a
    /// signal that ends this program. It is closed when this program ends, however that comes about, and the
    /// worker ends with it.
    ///
    /// - Parameters:
    ///   - python: The Python that runs it.
    ///   - script: The worker's own text. It may write nothing but answers to its output.
    package init(python: String, script: String) throws(FileError) {
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

    package var isAlive: Bool { state.withLock { $0.socket >= 0 } }

    /// Ends the process and waits for its end.
    package func stop() {
        state.withLock { end(&$0) }
    }

    /// Ends the process while somebody waits for its answer: who waits is told at once that it has ended.
    package func interrupt() {
        // Once it was waited for, its number may be that of another process.
        isRunning.withLock { isRunning in
            if isRunning { _ = kill(processID, SIGKILL) }
        }
    }

    private func end(_ state: inout State) {
        guard state.socket >= 0 else { return }
        close(state.socket)
        state.socket = -1
        kill(processID, SIGKILL)
        isRunning.withLock { $0 = false }
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
    }

    /// Sends a line, if there is one, and waits for the next line.
    package func exchange(_ line: [UInt8]?, within limit: Duration) async -> Reply {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                let reply = state.withLock { exchange(line, within: limit, &$0) }
                continuation.resume(returning: reply)
            }
        }
    }

    private func exchange(_ line: [UInt8]?, within limit: Duration, _ state: inout State) -> Reply {
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
                    end(&state)
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
                    end(&state)
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
                end(&state)
                return .late
            }
            let got = recv(state.socket, &buffer, buffer.count, 0)
            if got > 0 {
                state.pending.append(contentsOf: buffer[..<got])
            } else if got < 0, errno == EINTR || errno == EAGAIN {
                continue
            } else {
                end(&state)
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
