import ArgumentParser
import Publishing
import Workspace

/// Compares a published site with the list of what Signpost wrote.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Find what was altered, added or lost in a published site.",
        discussion: """
            Compares every file of a site, or of a copy of it, with the list in its folder .signpost. Ends with 1 if anything differs.
            It finds mistakes, such as a copy that was cut short; it is no proof against people who can write to the folder.

            Examples:
              signpost verify site
              signpost verify --format json /srv/www/help
            """)

    @OptionGroup var problems: ProblemOptions
    @OptionGroup var closing: ClosingOptions

    @Argument(help: ArgumentHelp("The folder with the site.", valueName: "site"))
    var site = PortalFolder.nearest + "site"

    func run() throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        let count = Verification.run(site, in: files, reporting: &diagnostics)
        terminal.report(diagnostics, as: problems.format, files: files)
        if diagnostics.hasErrors { throw ExitCode(1) }
        if problems.format == .text, !closing.quiet, let count {
            terminal.write("\(site) is as Signpost wrote it (files: \(count)).\n")
        }
    }
}
