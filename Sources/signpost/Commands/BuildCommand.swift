import ArgumentParser
import Build
import Workspace

/// Builds the site.
struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Publish the site.",
        discussion: """
            Nothing is published while the content has errors. A second build does only what has changed.

            Examples:
              signpost build --output public
              signpost build --council oxfordshire --base-url https://families.oxfordshire.gov.uk
              signpost build --shard 2/8 --output part-2      an eighth of the councils, to be merged
            """)

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        let clock = ContinuousClock()
        let start = clock.now
        let settings = options.settings(baseURL: output.baseURL)
        let report = await SiteBuild(
            settings: settings, output: output.output,
            cache: output.cache(for: options),
            jobs: output.jobs, program: output.fingerprint(options),
            makesLeaflets: !output.noLeaflets, shard: output.shard, release: output.release(settings),
            files: files,
            progress: ProgressBar(terminal)
        ).run()
        terminal.report(report.diagnostics, as: problems.format, files: files)
        if problems.format == .text {
            terminal.summarize(report, seconds: start.duration(to: clock.now), output: output.output)
        }
        if report.diagnostics.hasErrors { throw ExitCode(1) }
    }
}

extension Terminal {
    /// The closing line: on a terminal always, elsewhere only to say that nothing was to be done.
    func summarize(_ report: SiteBuild.Report, seconds: Duration, output: String) {
        let problems = [(Diagnostic.Severity.error, "error"), (.warning, "warning")].compactMap {
            severity, name in
            let count = report.diagnostics.count(severity)
            return count == 0 ? nil : "\(count) \(name)\(count == 1 ? "" : "s")"
        }
        let counts = problems.isEmpty ? "no problems" : problems.joined(separator: ", ")
        let time =
            "\((Double(seconds.components.seconds) + Double(seconds.components.attoseconds) / 1e18).rounded(toPlaces: 2)) s"
        if report.wasCurrent {
            write("Nothing has changed: \(output) is up to date (\(counts)).\n")
        } else if isInteractive {
            if let outcome = report.outcome {
                write(
                    "Published \(report.pages) pages in \(time): \(outcome.written.count) files written, "
                        + "\(outcome.unchanged) unchanged, \(outcome.removed.count) removed; \(counts).\n")
            } else {
                write("Nothing was published: \(counts).\n")
            }
        }
    }
}

extension Double {
    fileprivate func rounded(toPlaces places: Int) -> Double {
        var factor = 1.0
        for _ in 0..<places { factor *= 10 }
        return (self * factor).rounded() / factor
    }
}
