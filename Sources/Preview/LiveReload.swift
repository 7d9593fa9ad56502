import Synchronization

/// Tells open pages that the site was built anew, so that they load themselves again.
///
/// A page holds one request open that is answered when there is a new build. The script that does it is put into pages on
/// their way to the browser; the published files do not have it.
final class LiveReload: Sendable {
    /// Addresses that no site has: names that start with a dot are never published.
    static let scriptPath = "/.preview/reload.js"
    static let buildPath = "/.preview/build"

    static let script = """
        (async () => {
          for (let shown = document.currentScript.dataset.shown;;) {
            try {
              const answer = await fetch('\(buildPath)?shown=' + shown, { cache: 'no-store' });
              const now = (await answer.text()).trim();
              if (!answer.ok || !/^[0-9]+$/.test(now)) throw answer.status;
              if (now !== shown) return location.reload();
            } catch {
              await new Promise(done => setTimeout(done, 1000));
            }
          }
        })();

        """

    /// How long a request is held open; well below `PreviewServer.timeout`, after which the server gives up on it.
    private static let patience = Duration.seconds(8)
    /// How many requests may be held open; more are answered at once, and ask again.
    private static let mostWaiting = 100

    /// The number of the newest build. It starts at random, so that a page also sees that the server was started again.
    private let newest = Mutex(UInt64.random(in: 1...1 << 52))

    /// Says that there is a new build.
    func siteChanged() { newest.withLock { $0 += 1 } }

    /// The number of the newest build; to be asked for before a page is read, so that no build after that is missed.
    var build: String { String(newest.withLock { $0 }) }

    private let waiting = Mutex(0)

    /// The newest build, as soon as it is another than the one that is shown.
    func build(after shown: String?) async throws -> String {
        let isOneTooMany = waiting.withLock { waiting in
            waiting += 1
            return waiting > Self.mostWaiting
        }
        defer { waiting.withLock { $0 -= 1 } }
        let end = ContinuousClock.now + (isOneTooMany ? .seconds(1) : Self.patience)
        while true {
            let now = build
            if now != shown || ContinuousClock.now >= end { return now }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// A page of a build with the script in it.
    static func page(_ html: [UInt8], of build: String) -> [UInt8] {
        let tag = Array("<script src=\"\(scriptPath)\" data-shown=\"\(build)\" defer></script>\n".utf8)
        // A page of a theme that leaves the end tag out takes it at its end.
        let place = html.ranges(of: "</body>".utf8).last?.lowerBound ?? html.endIndex
        return html[..<place] + tag + html[place...]
    }
}
