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

            A mirror that cannot be reached as a folder is known by a list: with --against and its address, every address that it should hold is printed; with a file that lists what it holds, an address or a path a line, what it lacks and what it has too much are problems. Signpost itself asks no server.

            Examples:
              signpost verify site
              signpost verify --format json /srv/www/help
              signpost verify site --against https://mirror.example/help > wanted.txt
              signpost verify site --against held.txt
            """)

    @OptionGroup var problems: ProblemOptions
    @OptionGroup var closing: ClosingOptions

    @Argument(help: ArgumentHelp("The folder with the site.", valueName: "site"))
    var site = PortalFolder.nearest + "site"

    @Option(
        help: ArgumentHelp(
            "The address of a mirror, to print what it should hold, or a file that lists what it holds.",
            valueName: "address-or-list"))
    var against: String?

    @Flag(help: "Show all problems of a rule that has many.")
    var all = false

    func run() throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        var addresses: [String] = []
        var count = Verification.run(site, in: files, reporting: &diagnostics)
        let isList = against.map { !$0.contains("://") } ?? false
        // A site that is not whole is no measure for its mirrors.
        if let against, !diagnostics.hasErrors {
            if isList {
                count = Mirror.compare(site, with: against, in: files, reporting: &diagnostics)
            } else {
                addresses =
                    Mirror.addresses(of: site, below: against, in: files, reporting: &diagnostics) ?? []
            }
        }
        if against == nil || isList || diagnostics.hasErrors {
            // A mirror that was never filled lacks everything: twenty show it as well as twenty thousand.
            terminal.report(
                diagnostics, as: problems.format, files: files, most: all ? nil : CheckCommand.most,
                limitsErrors: true)
        }
        if diagnostics.hasErrors { throw ExitCode(1) }
        if !addresses.isEmpty {
            terminal.write(addresses.joined(separator: "\n") + "\n")
        } else if problems.format == .text, !closing.quiet, let count {
            terminal.write(
                isList
                    ? "The mirror has a file for each of those in \(site): \(count). Names were compared, not what is in them.\n"
                    : "\(site) is as Signpost wrote it (files: \(count)).\n")
        }
    }
}
