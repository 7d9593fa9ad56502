import Build
import Foundation
import Leaflets
import Preview
import Publishing
import Workspace

/// Builds a site again and again while somebody writes, and says what came of it: in the browser and in the terminal.
struct PreviewRun: Sendable {
    let options: SiteOptions
    let problems: ProblemOptions
    let output: OutputOptions
    let server: PreviewServer
    let findings: FindingsReader
    let editor: ContentEditor
    let terminal: Terminal
    let files: ContainedFileSystem
    let kept: KeptParts

    /// Where a browser finds the site.
    var address: String { "\(origin)/\(server.access.query)" }

    private var origin: String {
        let host =
            switch server.host {
            case "127.0.0.1", "::1", "0.0.0.0", "::": "localhost"
            case let host: host.contains(":") ? "[\(host)]" : host
            }
        return "http://\(host):\(server.port)"
    }

    /// Nil where nobody else can read the preview.
    var warning: String? {
        guard server.access.token != nil else { return nil }
        return """
            warning: others on your network can reach this preview at \(server.host), port \(server.port). It is shown \
            to those who have the whole address, with the token; what is sent can be read on the way. Stop it when you \
            no longer need it.

            """
    }

    func run() async throws {
        var history = ProblemHistory()
        var seen = await look()
        var rest: Task<ProblemHistory, Never>?
        defer { rest?.cancel() }
        /// Shows the page that somebody looks at; the others, and what of the leaflets is not finished yet, are made while
        /// they look at it.
        func show() async {
            let report = await buildPages(&history, first: openCouncil)
            rest = Task { [history] in await makeRest(after: report, history) }
        }
        await show()
        terminal.write(
            "The site is at \(address) (stop with Ctrl-C). It is written to \(Self.short(folder)).\n")
        while true {
            let start = ContinuousClock.now
            let now = await look()
            guard now != seen else {
                // A large portal is looked at less often, but never so that somebody waits for it: on a busy machine a
                // look takes long, however little there is to look at.
                let took = start.duration(to: .now)
                try await Task.sleep(for: min(max(.milliseconds(50), took * 10), .milliseconds(250)))
                continue
            }
            rest?.cancel()
            seen = try await settled(now, after: seen)
            if let rest { history = await rest.value }
            await show()
        }
    }

    /// The council whose page was opened last; nil where it is none's.
    private var openCouncil: String? {
        server.openPage?.split(separator: "/").first.map(String.init)
    }

    /// Makes what a build has left for later.
    private func makeRest(after first: SiteBuild.Report, _ history: ProblemHistory) async -> ProblemHistory {
        var (report, history) = (first, history)
        if report.awaitsCouncils {
            report = await buildOtherPages(&history)
        }
        if report.awaitsLeaflets, !Task.isCancelled { await makeLeaflets() }
        return history
    }

    /// What the files are once nobody is in the middle of writing one.
    ///
    /// Many editors empty a file before they fill it again, or put it aside: what stands there in between is nobody's
    /// page, and would be shown as one. Whoever really empties or removes a file waits a second.
    private func settled(
        _ first: [InputSnapshot.Entry], after seen: [InputSnapshot.Entry]
    ) async throws -> [InputSnapshot.Entry] {
        let start = ContinuousClock.now
        var last = first
        while start.duration(to: .now) < .seconds(1) {
            try await Task.sleep(for: .milliseconds(10))
            let now = await look()
            if now == last, !now.hasLost(since: seen) { break }
            last = now
        }
        return last
    }

    /// Makes the leaflets whose words have changed.
    private func makeLeaflets() async {
        let start = ContinuousClock.now
        let report = await siteBuild(.all).run()
        if Task.isCancelled, report.outcome == nil { return }
        tell(report)
        guard problems.format == .text else { return }
        let leaflets = Diagnostics(report.diagnostics.sorted.filter { $0.rule.hasPrefix("Leaflet") })
        terminal.report(leaflets, as: .text, files: files)
        let made = report.outcome?.written.count { $0.hasSuffix(".pdf") } ?? 0
        terminal.write(
            report.outcome == nil
                ? "The leaflets are not made: see the errors.\n"
                : "The leaflets are up to date (\(made) new, in \(Self.seconds(since: start)) s).\n")
    }

    private func siteBuild(_ leaflets: LeafletsMade, first: String? = nil) -> SiteBuild {
        let preview = output.preview(for: options)
        return SiteBuild(
            settings: settings, output: preview.output, cache: preview.cache, jobs: output.jobs,
            program: ContentHash("\(output.fingerprint(options)) \(origin)"),
            leaflets: output.noLeaflets ? .none : leaflets,
            files: files, progress: ProgressBar(terminal), keeping: kept, first: first,
            // Whoever waits for a page is not to wait for what is done after that.
            published: { [server] in server.buildSucceeded(changing: $0.written + $0.removed) })
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let seconds = start.duration(to: .now) / .milliseconds(1) / 1000
        return (seconds * 10).rounded() / 10
    }

    private var folder: String { output.preview(for: options).output }

    private var settings: SiteSettings { options.settings(baseURL: output.baseURL ?? origin) }

    /// Names, sizes and times of all that a build reads; the build itself tells a file that was only touched.
    private func look() async -> [InputSnapshot.Entry] {
        await InputSnapshot.take(roots: SiteBuild.roots(of: settings), in: files).entries
    }

    /// Shows in the browser why nothing came of a build.
    private func tell(_ report: SiteBuild.Report) {
        if report.outcome == nil { server.buildFailed(report.diagnostics) }
    }

    /// Builds the pages.
    ///
    /// - Parameter council: Whose pages are made first and alone, where those of several have changed.
    private func buildPages(
        _ history: inout ProblemHistory, first council: String?
    ) async -> SiteBuild.Report {
        let start = ContinuousClock.now
        server.buildStarted()
        await findings.forget()
        await editor.forget()
        // Programs get all problems each time, and no part of them before.
        let report = await siteBuild(.latest, first: problems.format == .text ? council : nil).run()
        tell(report)
        say(report, history.take(report.diagnostics, isWhole: report.outcome != nil), since: start)
        return report
    }

    /// Builds the pages that nobody looks at.
    private func buildOtherPages(_ history: inout ProblemHistory) async -> SiteBuild.Report {
        let start = ContinuousClock.now
        let report = await siteBuild(.latest).run()
        if Task.isCancelled, report.outcome == nil { return report }
        tell(report)
        let change = history.take(report.diagnostics, isWhole: report.outcome != nil)
        if report.outcome != nil || !change.new.isEmpty { say(report, change, since: start) }
        return report
    }

    /// People are told what they have not read yet.
    private func say(
        _ report: SiteBuild.Report, _ change: ProblemHistory.Change, since start: ContinuousClock.Instant
    ) {
        terminal.report(
            problems.format == .text ? change.new : report.diagnostics, as: problems.format, files: files)
        guard problems.format == .text else { return }
        let more =
            report.awaitsCouncils
            ? " Other councils follow." : report.awaitsLeaflets ? " Leaflets follow." : ""
        terminal.write(
            Self.summary(report.outcome, change, seconds: Self.seconds(since: start)) + more + "\n")
    }

    /// One line for each build.
    static func summary(
        _ outcome: Publication.Outcome?, _ change: ProblemHistory.Change, seconds: Double
    ) -> String {
        let errors = change.new.count(.error)
        let parts = [
            change.new.isEmpty ? nil : "\(change.new.sorted.count) new",
            change.mended == 0 ? nil : "\(change.mended) mended",
            change.known == 0 ? nil : "\(change.known) as before",
        ].compactMap { $0 }
        let counts = parts.isEmpty ? "no problems" : "problems: " + parts.joined(separator: ", ")
        guard let outcome else {
            return "Not built\(errors == 0 ? "" : ", for \(errors) new error\(errors == 1 ? "" : "s")"); "
                + "the last good page stays, and the browser shows what to mend. (\(counts))"
        }
        let changed = outcome.written.count + outcome.removed.count
        return "Built in \(seconds) s: "
            + (changed == 0
                ? "nothing has changed" : "\(changed) file\(changed == 1 ? " has" : "s have") changed")
            + "; \(counts)."
    }

    /// A path without detours, relative to this folder where it lies in it.
    private static func short(_ path: String) -> String {
        let full = URL(fileURLWithPath: path).standardizedFileURL.path
        let here = FileManager.default.currentDirectoryPath + "/"
        return full.hasPrefix(here) ? String(full.dropFirst(here.count)) : full
    }
}

/// The browser that somebody uses.
enum Browser {
    /// Opens an address; where that cannot be done it says so.
    static func open(_ address: String, _ terminal: Terminal) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [command, address]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.terminationHandler = { ended in
            guard ended.terminationStatus != 0 else { return }
            terminal.writeError("No browser could be opened. Open \(address) yourself.\n")
        }
        do { try process.run() } catch {
            terminal.writeError("No browser could be opened. Open \(address) yourself.\n")
        }
    }

    /// `BROWSER` is what freedesktop's tools and Python honour.
    private static var command: String {
        if let own = SiteOptions.environment("BROWSER") { return own }
        #if os(macOS)
            return "open"
        #else
            return "xdg-open"
        #endif
    }
}
