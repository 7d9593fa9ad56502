import Synchronization
import Workspace

/// What the pages that are open in a browser are told: which build they show, what is being done, and what is wrong.
///
/// A page holds one request open that is answered when there is something new. The script that does it is put into pages
/// on their way to the browser; the published files do not have it.
final class PreviewState: Sendable {
    enum Phase: String, Sendable {
        case building
        case built
        /// The content has errors: the last good site stays.
        case failed
    }

    private struct Work: Sendable {
        /// Another with everything that is told. It starts at random, so that a page also sees that the server was
        /// started again.
        var serial = UInt64.random(in: 1...1 << 52)
        /// Another with every site that was built.
        var site = UInt64.random(in: 1...1 << 52)
        var phase = Phase.building
        var problems: [JSONValue] = []
        /// How many more problems there are than are shown.
        var more = 0
    }

    /// How long a request is held open; well below `PreviewServer.timeout`, after which the server gives up on it.
    private static let patience = Duration.seconds(8)
    /// How many requests may be held open; more are answered at once, and ask again.
    private static let mostWaiting = 100
    /// How many errors a page shows: who has more mends these first.
    private static let mostProblems = 30

    private let work = Mutex(Work())
    private let waiting = Mutex(0)

    /// The number of the newest site; to be asked for before a page is read, so that no build after that is missed.
    var site: String { String(work.withLock { $0.site }) }

    func startBuilding() {
        work.withLock { work in
            work.phase = .building
            work.serial += 1
        }
    }

    /// Says that what was written is shown now.
    func finish(changingSite: Bool) {
        work.withLock { work in
            work.phase = .built
            work.problems = []
            work.more = 0
            if changingSite { work.site += 1 }
            work.serial += 1
        }
    }

    /// Says that nothing was built, and why.
    func fail(_ errors: [Diagnostic], in files: some FileSystem) {
        var sources = LinesOfFiles(files)
        let shown = errors.prefix(Self.mostProblems).map { ProblemText.json($0, &sources) }
        work.withLock { work in
            work.phase = .failed
            work.problems = shown
            work.more = errors.count - shown.count
            work.serial += 1
        }
    }

    /// What there is to tell.
    var told: JSONValue {
        work.withLock { work in
            .object([
                ("serial", .string(String(work.serial))), ("site", .string(String(work.site))),
                ("phase", .string(work.phase.rawValue)), ("problems", .array(work.problems)),
                ("more", .int(work.more)),
            ])
        }
    }

    /// What there is to tell, as soon as it is something else than what the page has seen.
    func told(after seen: String?) async throws -> JSONValue {
        let isOneTooMany = waiting.withLock { waiting in
            waiting += 1
            return waiting > Self.mostWaiting
        }
        defer { waiting.withLock { $0 -= 1 } }
        let end = ContinuousClock.now + (isOneTooMany ? .seconds(1) : Self.patience)
        while true {
            let isNew = work.withLock { String($0.serial) } != seen
            if isNew || ContinuousClock.now >= end { return told }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
