import ArgumentParser
import Build
import Foundation
import Guidance
import Leaflets
import Workspace

/// Makes leaflets alone.
struct LeafletsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leaflets", abstract: "Make leaflets alone, without the site.",
        discussion: """
            Files are written to DIR/<council>/<language>/: one for reading and, where it differs, one for the printer. \
            A council with an error gets none of its files. Leaflets that have not changed are not laid out again. \
            Files of an earlier run that are out of date are removed; what Signpost did not write never is.

            Examples:
              signpost leaflets --council cumbria --language pl --format trifold
              signpost leaflets --copies-sheet --zip --output to-print
            """)

    @OptionGroup var options: SiteOptions

    @Option(help: "Only this format; repeat for several.")
    var format: [LeafletFormat] = []

    @Option(help: ArgumentHelp("The folder the files are written to.", valueName: "dir"))
    var output = PortalFolder.nearest + "leaflets"

    @Option(
        help: ArgumentHelp(
            "Where the site is published, instead of portal.yml's base-url. With one council it is at the top of the site, as in 'build'.",
            valueName: "url"))
    var baseURL: String?

    @Option(
        help: ArgumentHelp(
            "Where finished leaflets are kept. Default: .signpost/leaflets beside the content.",
            valueName: "dir"))
    var cache: String?

    @Flag(
        help:
            "Also make a page for beside the printer: what to print and how, with room for numbers of copies."
    )
    var copiesSheet = false

    @Flag(help: "Also put everything of a council into DIR/<council>.zip.")
    var zip = false

    mutating func validate() throws {
        baseURL = try baseURL.map(OutputOptions.address)
    }

    func run() async throws {
        let terminal = Terminal.current()
        let files = options.files
        let run = LeafletRun(
            settings: options.settings(baseURL: baseURL), formats: format.isEmpty ? nil : Set(format),
            output: output,
            cache: cache ?? LeafletKit.cache(for: options.contentFolder),
            jobs: ProcessInfo.processInfo.activeProcessorCount, makesCopiesSheet: copiesSheet, makesZip: zip,
            files: files, progress: ProgressBar(terminal))
        var (rows, diagnostics) = await run.run()
        // Here leaflets are all that was asked for.
        diagnostics = diagnostics.escalating([LeafletBuilder.skippedRule, LeafletBuilder.brailleRule])
        if options.strict { diagnostics = diagnostics.escalating(StrictRules.names) }
        terminal.report(diagnostics, as: .text, files: files)
        if !rows.isEmpty {
            var table = TextTable()
            table.add("council", "language", "leaflet", "format", "pages", "sheets", "to read", "to print")
            for row in rows {
                let isPaper = row.made.format.isPaper
                table.add(
                    row.council, row.language, row.made.name,
                    row.made.format.rawValue + (row.made.second.map { " \(row.language)+\($0.tag)" } ?? ""),
                    row.made.format.hasPages ? "\(row.made.pages)" : "", isPaper ? "\(row.made.sheets)" : "",
                    row.reading,
                    row.printing ?? (isPaper ? "the same" : ""))
            }
            terminal.write(table.text())
        }
        if diagnostics.hasErrors { throw ExitCode(1) }
    }
}

extension LeafletFormat: ExpressibleByArgument {}
