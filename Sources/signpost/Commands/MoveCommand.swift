import ArgumentParser
import Build
import Workspace

/// Renames a page or a section, so that no link and no printed address is lost.
struct MoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Give a page or section another address; the old one leads on.",
        discussion: """
            Changes every link, leaflet, setting and search aid that names it, in the shared guidance and every council's, \
            and nothing else in these files. All of it is done, or nothing.

            Examples:
              signpost move rights your-rights
              signpost move rights#supporter rights#who-can-come
              signpost move visits home-visits --council kent --dry-run
            """)

    @Argument(help: "The address it has: 'rights', or 'rights#supporter'.") var old: String
    @Argument(help: "The address it is to have: 'your-rights', or 'rights#who-can-come'.") var new: String

    @Option(
        help: ArgumentHelp("The folder with portal.yml.", valueName: "dir"), transform: PortalFolder.content)
    var content = PortalFolder.nearest + "content"

    @Option(help: ArgumentHelp("The council whose own page or section it is.", valueName: "id"))
    var council: String?

    @Flag(help: "Show what would be changed; write nothing.")
    var dryRun = false

    func run() throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        let folder = content.count > 1 && content.hasSuffix("/") ? String(content.dropLast()) : content
        let plan = AddressMove(content: folder, files: files).plan(from: old, to: new, council: council)
        var diagnostics = Diagnostics(plan.diagnostics.sorted.filter { $0.severity == .error })
        let contained = ContainedFileSystem(files, containing: folder)
        diagnostics.add(plan.changes.targets.compactMap { contained.linkOutside(writing: $0) })
        if !diagnostics.hasErrors, !dryRun, let problem = AddressMove.apply(plan.changes, in: files) {
            diagnostics.add(problem)
        }
        if diagnostics.hasErrors {
            terminal.report(diagnostics, as: .text, files: files)
            terminal.writeError("Nothing was changed.\n")
            throw ExitCode(1)
        }
        for (file, notes) in plan.report {
            terminal.write("\(file)\n" + notes.map { "  \($0)\n" }.joined())
        }
        let count = "\(plan.report.count) file\(plan.report.count == 1 ? "" : "s")"
        terminal.write(
            dryRun
                ? "Nothing was written; without --dry-run these \(count) are changed.\n"
                : "Changed \(count). '\(old)' leads to '\(new)' now; 'signpost check' says if anything is left.\n"
        )
    }
}
