import ArgumentParser
import Build
import Workspace

/// Joins the parts of a site that were built apart.
struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Join the parts of a site that 'build --shard' made.",
        discussion: """
            Every part must be there once, and be built from the same content with the same options, which are given again. \
            The result is, byte for byte, the site that one build would have made.

            Example:
              signpost build --shard 1/2 --output part-1
              signpost build --shard 2/2 --output part-2
              signpost merge part-1 part-2 --output public
            """)

    @Argument(help: "The folders of the parts, in any order.") var parts: [String]

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var closing: ClosingOptions

    func validate() throws {
        if output.shard != nil { throw ValidationError("'merge' joins parts; --shard is for 'build'.") }
    }

    func run() async throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        let clock = ContinuousClock()
        let start = clock.now
        let settings = options.settings(baseURL: output.baseURL)
        let report = await SiteMerge(
            settings: settings, shards: parts, output: output.output, program: output.release(settings),
            jobs: output.jobs, files: files
        ).run()
        terminal.report(report.diagnostics, as: problems.format, files: files)
        if problems.format == .text, !closing.quiet {
            terminal.summarize(report, seconds: start.duration(to: clock.now), output: output.output)
        }
        if report.diagnostics.hasErrors { throw ExitCode(1) }
    }
}
