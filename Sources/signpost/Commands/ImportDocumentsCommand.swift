import ArgumentParser
import Build
import Workspace

/// Brings a council's documents into its pages.
struct ImportDocumentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring a council's Word documents, web pages and PDFs into its pages.",
        discussion: """
            Reads .docx, saved web pages (.html), Markdown of other generators, plain text and the text of PDFs. Shows which \
            pages it would make, which facts and contacts it found, and what it could not take over, with the place of each. \
            Writes only with --write, and never into a file that is there. A document that was brought in before is left out, \
            unless it has changed or you say --again. Ends with 1 if a document could not be read; the others are brought in. \
            See docs/importing.md.

            Examples:
              signpost import ~/leaflet.docx --council kent
              signpost import ~/old-site --council kent --write
              signpost import ~/page.html --council kent --format json
            """)

    @Argument(help: ArgumentHelp("A document, or a folder of them.", valueName: "file|folder")) var path:
        String
    @Option(help: ArgumentHelp("The council whose pages they become.", valueName: "id")) var council: String
    @Flag(help: "Write the pages, the pictures, and the facts and contacts to look at.") var write = false
    @Flag(help: "Bring in once more what was brought in before.") var again = false
    @Option(
        help: ArgumentHelp("The folder with portal.yml.", valueName: "dir"), transform: PortalFolder.content)
    var content = PortalFolder.nearest + "content"
    @Option(help: "How the report is written: text or json.") var format = ReportFormat.text

    enum ReportFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

    func run() async throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        guard files.exists(path) else { throw ValidationError("There is no file or folder \(path).") }
        // Where the theme and Python are is found as for every command about a site.
        let settings = try SiteOptions.parse(["--content", content]).settings(baseURL: nil)
        let run = DocumentImport(
            settings: settings, files: files, reader: DocumentWorker(python: settings.python))
        var outcome = await run.plan(path, council: council, again: again)
        let contained = ContainedFileSystem(files, containing: content)
        outcome.problems.add(outcome.targets.compactMap { contained.linkOutside(writing: $0) })
        let errors = Diagnostics(outcome.problems.sorted.filter { $0.severity == .error })
        if write, !errors.hasErrors { run.write(&outcome) }
        let report = ImportReport(outcome)
        if format == .json {
            terminal.write(report.json.serialized(pretty: true) + "\n")
        } else {
            terminal.write(report.text)
            let failed = Diagnostics(outcome.problems.sorted.filter { $0.severity == .error })
            terminal.report(failed, as: .text, files: files)
            if failed.hasErrors {
                terminal.writeError("Nothing was written.\n")
            } else {
                terminal.writeError(report.closing)
            }
        }
        let isNothing = outcome.files.isEmpty && outcome.same.isEmpty && outcome.before.isEmpty
        // As with other programs that take many files: the rest is done, and a script learns that some was not.
        if outcome.problems.hasErrors || isNothing || outcome.sources.contains(where: { $0.refusal != nil }) {
            throw ExitCode(1)
        }
    }
}
