import ArgumentParser
import Guidance
import Preview
import Publishing
import Workspace

/// Builds the site, shows it on this machine, and builds it again when the content changes.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Show the site on this machine while you write.",
        discussion: """
            Builds the site and shows it at http://localhost:8000. When you save a file it is built again, and the page \
            that is open in your browser loads itself anew. While the content has errors, the last good site stays. Stop with Ctrl-C.

            Examples:
              signpost serve
              signpost serve --council oxfordshire --no-leaflets --port 8080
            """)

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The port to listen on.", valueName: "n"))
    var port: UInt16 = 8000

    func run() async throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        let watched = Watch(settings: settings(), files: files)
        let first = await watched.look()
        await build(terminal, files)

        let server = try PreviewServer(folder: output.output, port: port, files: files)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            if let port = try? await server.listeningPort() {
                terminal.write("The site is at http://localhost:\(port)/ (stop with Ctrl-C)\n")
            }
            group.addTask {
                var seen = first
                while !Task.isCancelled {
                    try await Task.sleep(for: .milliseconds(400))
                    let now = await watched.look()
                    guard now != seen else { continue }
                    seen = now
                    if await build(terminal, files) { server.siteChanged() }
                }
            }
            do {
                try await group.next()
            } catch {
                group.cancelAll()
                throw ValidationError("cannot listen on port \(port): \(error). Try another with --port.")
            }
        }
    }

    private func settings() -> SiteSettings {
        options.settings(baseURL: output.baseURL ?? "http://localhost:\(port)")
    }

    /// Returns whether the site is another than before.
    @discardableResult
    private func build(_ terminal: Terminal, _ files: LocalFileSystem) async -> Bool {
        let report = await SiteBuild(
            settings: settings(), output: output.output, cache: output.cache(for: options), jobs: output.jobs,
            program: output.fingerprint(options), makesLeaflets: !output.noLeaflets, files: files,
            progress: Progress(terminal)
        ).run()
        terminal.report(report.diagnostics, as: problems.format, files: files)
        if let outcome = report.outcome {
            let changed = outcome.written.count + outcome.removed.count
            terminal.write(
                changed == 0 ? "Nothing has changed.\n" : "Built: \(changed) files have changed.\n")
            return changed > 0
        }
        terminal.write("Not built; the last good site stays.\n")
        return false
    }

    /// What is looked at for changes: everything a build reads.
    private struct Watch: Sendable {
        let settings: SiteSettings
        let files: LocalFileSystem

        /// Names, sizes and times of all files. The build itself tells a file that was only touched.
        func look() async -> [InputSnapshot.Entry] {
            await InputSnapshot.take(roots: SiteBuild.roots(of: settings), in: files).entries
        }
    }
}
