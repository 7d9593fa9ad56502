import ArgumentParser
import Build
import Foundation
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
              signpost build --strict --record                when it is published: remember its addresses
              signpost build --shard 2/8 --output part-2      an eighth of the councils, to be merged
            """)

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var closing: ClosingOptions

    @Option(
        help: ArgumentHelp(
            "Also put the published site into one ZIP file, without the records of the build.",
            valueName: "file"))
    var archive: String?

    @Flag(
        help:
            "Write the addresses that are published into content/addresses.yml, so that none of them is ever lost."
    )
    var record = false

    @Flag(name: .shortAndLong, help: "Also name every file that was written or removed.")
    var verbose = false

    func validate() throws {
        if record {
            let part =
                !options.council.isEmpty
                ? "--council"
                : !options.language.isEmpty
                    ? "--language"
                    : output.shard != nil ? "--shard" : output.noLeaflets ? "--no-leaflets" : nil
            if let part { throw ValidationError("--record is for the whole site. Leave \(part) out.") }
        }
        let inside = archive.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
        let site = URL(fileURLWithPath: output.output).standardizedFileURL.path + "/"
        if let inside, inside.hasPrefix(site) {
            throw ValidationError("--archive names a file within the site itself. Put it beside the folder.")
        }
        if let archive { try OtherFile.refuse(archive, unlessStarting: "PK", option: "--archive") }
    }

    func run() async throws {
        let terminal = Terminal.current()
        let files = options.files
        let clock = ContinuousClock()
        let start = clock.now
        let settings = options.settings(baseURL: output.baseURL)
        var report = await SiteBuild(
            settings: settings, output: output.output,
            cache: output.cache(for: options),
            jobs: output.jobs, program: output.fingerprint(options),
            leaflets: output.noLeaflets ? .none : .all, shard: output.shard,
            release: output.release(settings),
            files: files,
            progress: ProgressBar(terminal)
        ).run()
        var isArchived = false
        if let archive, let outcome = report.outcome {
            let problem = SiteArchive.write(outcome.paths, of: output.output, to: archive, in: files)
            report.diagnostics.add(problem.map { [$0] } ?? [])
            isArchived = problem == nil
        }
        var recorded: AddressRecording.Outcome?
        if record, report.outcome != nil, !report.diagnostics.hasErrors {
            let outcome = await AddressRecording(settings: settings, files: files).run()
            report.diagnostics.add(outcome.diagnostics)
            recorded = outcome
        }
        terminal.report(report.diagnostics, as: problems.format, files: files)
        if verbose, let outcome = report.outcome {
            for path in outcome.written { terminal.writeError("written \(joinPath(output.output, path))\n") }
            for path in outcome.removed { terminal.writeError("removed \(joinPath(output.output, path))\n") }
        }
        if problems.format == .text, !closing.quiet {
            terminal.summarize(report, seconds: start.duration(to: clock.now), output: output.output)
            if isArchived, let archive, let status = try? files.status(archive) {
                terminal.write("\(archive): the whole site in one file, \((status.size + 999) / 1000) kB.\n")
            }
            if let recorded, !recorded.diagnostics.hasErrors {
                terminal.write(
                    recorded.added > 0
                        ? "\(recorded.path): \(recorded.added) new lines. Commit it with your content.\n"
                        : "\(recorded.path): every address was recorded already.\n")
            }
        }
        if report.diagnostics.hasErrors { throw ExitCode(1) }
    }
}

extension Terminal {
    /// The closing line: what was published where, what is wrong, and what to do next.
    func summarize(_ report: SiteBuild.Report, seconds: Duration, output: String) {
        let problems = report.diagnostics.counted
        if report.wasCurrent {
            write("Nothing has changed: \(output) is up to date (\(problems)).\n")
        } else if let outcome = report.outcome {
            let tenths = Int((seconds / .milliseconds(100)).rounded())
            let time = "\(tenths / 10).\(tenths % 10) s"
            write(
                "Published \(report.pages) pages to \(output) in \(time): \(outcome.written.count) files written, "
                    + "\(outcome.unchanged) unchanged, \(outcome.removed.count) removed; \(problems).\n"
                    + "Look at it: open \(joinPath(output, "index.html")), or run 'signpost serve'.\n")
        } else {
            write(
                "Nothing was published, and \(output) is as it was: \(problems).\n"
                    + "Mend the errors above; 'signpost check --explain RULE' says more about each.\n")
        }
    }
}

extension Diagnostics {
    /// How many there are of each severity, in words.
    var counted: String {
        let counts = [(Diagnostic.Severity.error, "error"), (.warning, "warning"), (.note, "note")].compactMap
        { severity, name -> String? in
            let count = count(severity)
            return count == 0 ? nil : "\(count) \(name)\(count == 1 ? "" : "s")"
        }
        return counts.isEmpty ? "no problems" : counts.joined(separator: ", ")
    }
}
