import Build
import Synchronization

/// A bar on a terminal with what is being done; nothing anywhere else.
final class ProgressBar: BuildProgress {
    private struct State {
        var total = 0
        var done = 0
        var isShown = false
    }

    private let terminal: Terminal
    private let state = Mutex(State())

    init(_ terminal: Terminal) {
        self.terminal = terminal
    }

    func start(total: Int) {
        guard terminal.isInteractive else { return }
        state.withLock { $0 = State(total: total) }
        draw("starting")
    }

    /// One more is done.
    func advance(_ name: String) {
        guard terminal.isInteractive else { return }
        state.withLock { $0.done += 1 }
        draw(name)
    }

    /// Takes the bar away.
    func finish() {
        guard terminal.isInteractive else { return }
        state.withLock { state in
            if state.isShown { terminal.writeError("\r\u{1B}[2K") }
            state.isShown = false
        }
    }

    private func draw(_ name: String) {
        state.withLock { state in
            guard state.total > 0 else { return }
            let width = 24
            let filled = width * state.done / state.total
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
            state.isShown = true
            terminal.writeError("\r\u{1B}[2K\(bar) \(state.done)/\(state.total) \(name)")
        }
    }
}
