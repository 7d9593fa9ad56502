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

    fileprivate struct Work: Sendable {
        /// Another with everything that is told. It starts at random, so that a page also sees that the server was
        /// started again.
        var serial = UInt64.random(in: 1...1 << 52)
        /// Another with every site that was built.
        var site: UInt64
        /// The number of the site that was there before.
        let found: UInt64
        /// The sites in which something in these folders was another than before.
        var changed: [String: UInt64] = [:]
        var phase = Phase.building
        var problems: [JSONValue] = []
        /// How many more problems there are than are shown.
        var more = 0

        init() {
            found = UInt64.random(in: 1...1 << 52)
            site = found
        }
    }

    /// How long a request is held open; well below `PreviewServer.timeout`, after which the server gives up on it.
    private static let patience = Duration.seconds(8)
    /// How many requests may be held open; more are answered at once, and ask again.
    private static let mostWaiting = 100
    /// How many errors a page shows: who has more mends these first.
    private static let mostProblems = 30

    private let work = Mutex(Work())
    private let opened = Mutex<String?>(nil)
    private let waiting = Mutex(0)

    /// The number of the newest site that has anything new for a page: pages of the same council look after the same files.
    ///
    /// To be asked for before the page is read, so that no build after that is missed.
    func site(of page: String) -> String { String(work.withLock { $0.site(of: page) }) }

    /// The page that was asked for last: what somebody who writes looks at; nil before there was any.
    var openPage: String? { opened.withLock { $0 } }

    func open(_ path: String) { opened.withLock { $0 = path } }

    func startBuilding() {
        work.withLock { work in
            work.phase = .building
            work.serial += 1
        }
    }

    /// Says that what was written is shown now.
    ///
    /// - Parameter changed: The files of the site that are new, others than before, or gone.
    func finish(changing changed: [String]) {
        let folders = Set(changed.lazy.filter(Self.isShown).map(Self.folder))
        work.withLock { work in
            work.phase = .built
            work.problems = []
            work.more = 0
            if !folders.isEmpty { work.site += 1 }
            for folder in folders { work.changed[folder] = work.site }
            work.serial += 1
        }
    }

    /// Whether a page that stands open shows what is in a file: leaflets are opened by themselves.
    private static func isShown(_ path: String) -> Bool {
        [".html", ".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"].contains {
            path.hasSuffix($0)
        }
    }

    /// The folder at the top of the site that a page or file lies in; empty for those at the top.
    fileprivate static func folder(_ path: String) -> String {
        let names = path.split(separator: "/", omittingEmptySubsequences: true)
        return names.count > 1 || path.hasSuffix("/") ? names.first.map(String.init) ?? "" : ""
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
    ///
    /// - Parameter page: To whom; nil: to one that shows the whole site.
    private func told(to page: String?) -> JSONValue {
        work.withLock { work in
            let site = page.map { work.site(of: $0) } ?? work.site
            return .object([
                ("serial", .string(String(work.serial))), ("site", .string(String(site))),
                ("phase", .string(work.phase.rawValue)), ("problems", .array(work.problems)),
                ("more", .int(work.more)),
            ])
        }
    }

    /// What there is to tell, as soon as it is something else than what the page has seen.
    ///
    /// - Parameter page: The path of the page that asks.
    func told(after seen: String?, to page: String?) async throws -> JSONValue {
        let isOneTooMany = waiting.withLock { waiting in
            waiting += 1
            return waiting > Self.mostWaiting
        }
        defer { waiting.withLock { $0 -= 1 } }
        let end = ContinuousClock.now + (isOneTooMany ? .seconds(1) : Self.patience)
        while true {
            let isNew = work.withLock { String($0.serial) } != seen
            if isNew || ContinuousClock.now >= end { return told(to: page) }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

extension PreviewState.Work {
    fileprivate func site(of page: String) -> UInt64 { changed[PreviewState.folder(page)] ?? found }
}
