import ArgumentParser
import Guidance
import Leaflets
import Website
import Workspace

/// Loads and validates everything; renders nothing, writes nothing.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find every problem in the content and the theme; write nothing.",
        discussion: """
            Examples:
              signpost check
              signpost check --strict --format sarif > problems.sarif
            """)

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions

    func run() async throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        if let model = await SiteModel.load(settings, in: files, reporting: &diagnostics) {
            let builder = SiteBuilder(theme: model.theme)
            let specs = LeafletSpec.loadAll(from: settings.content, in: files, reporting: &diagnostics)
            let results = await model.portal.councils.concurrentMap(width: 2) { council in
                let (editions, problems) = model.editions(of: council, in: files)
                var all = problems
                for edition in editions { all.add(builder.plan(edition).diagnostics) }
                var inventory = LeafletInventory(model.portal)
                if let edition = editions.first { inventory.add(edition) }
                if let source = editions.first(where: { $0.language == $0.sourceLanguage }) {
                    for (edition, spec) in editions.flatMap({ edition in specs.map { (edition, $0) } }) {
                        if let problem = spec.rightsDropped(in: edition, comparedWith: source) {
                            all.add(problem)
                        }
                    }
                }
                return (all, inventory)
            }
            for result in results { diagnostics.add(result.0) }
            diagnostics.add(model.problems(of: specs, given: results.map(\.1), in: files))
        }
        if options.strict { diagnostics = diagnostics.escalating(StrictRules.names) }
        terminal.report(diagnostics, as: problems.format, files: files)
        if problems.format == .text, terminal.isInteractive {
            terminal.write("\(diagnostics.count(.error)) errors, \(diagnostics.count(.warning)) warnings.\n")
        }
        if diagnostics.hasErrors { throw ExitCode(1) }
    }
}
