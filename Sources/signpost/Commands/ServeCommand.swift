import ArgumentParser
import Build
import Foundation
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
            that is open in your browser loads itself anew. While the content has errors, the last good site stays. Stop with Ctrl-C. \
            The preview has a folder of its own: what 'signpost build' has published stays as it is.

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
        let folder = output.preview(for: options).output

        let server = try PreviewServer(folder: folder, port: port, files: files)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            // Before the build, which may take long, for a port that is taken.
            let listening = try? await server.listeningPort()
            if let listening {
                await build(terminal, files)
                server.siteChanged()
                terminal.write(
                    "The site is at http://localhost:\(listening)/ (stop with Ctrl-C). It is written to \(Self.short(folder)).\n"
                )
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
                guard listening == nil else { throw error }
                throw ValidationError("cannot listen on port \(port): \(error). Try another with --port.")
            }
        }
    }

    /// A path without detours, relative to this folder where it lies in it.
    private static func short(_ path: String) -> String {
        let full = URL(fileURLWithPath: path).standardizedFileURL.path
        let here = FileManager.default.currentDirectoryPath + "/"
        return full.hasPrefix(here) ? String(full.dropFirst(here.count)) : full
    }

    private func settings() -> SiteSettings {
        options.settings(baseURL: output.baseURL ?? "http://localhost:\(port)")
    }

    /// Returns whether the site is another than before.
    @discardableResult
    private func build(_ terminal: Terminal, _ files: LocalFileSystem) async -> Bool {
        let preview = output.preview(for: options)
        let report = await SiteBuild(
            settings: settings(), output: preview.output, cache: preview.cache, jobs: output.jobs,
            program: output.fingerprint(options), makesLeaflets: !output.noLeaflets, files: files,
            progress: ProgressBar(terminal)
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
