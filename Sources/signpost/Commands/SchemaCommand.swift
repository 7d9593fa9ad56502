import ArgumentParser
import Build
import Workspace

/// Writes JSON Schemas of the YAML files, for editors.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Write JSON Schemas of the YAML files, for completion and errors while you type.",
        discussion: """
            'signpost new portal' has done this for Visual Studio Code. For another editor write them anywhere, and name \
            them in its settings: see docs/starting.md.

            Examples:
              signpost schema                       into .vscode/signpost
              signpost schema --output schemas
              signpost schema portal                one of them, to the terminal
            """)

    @Argument(
        help: ArgumentHelp("Only this one, to the terminal: portal, council, leaflet …", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("The folder they are written to.", valueName: "dir"))
    var output = ".vscode/signpost"

    func run() throws {
        let terminal = Terminal.current()
        let all = SettingsSchemas.all(rules: RuleRegister.names)
        if let name {
            let names = all.map { String($0.name.prefix { $0 != "." }) }
            guard let index = names.firstIndex(of: name) else {
                throw ValidationError(
                    "There is no schema '\(name)'. "
                        + didYouMean(name, oneOf: names))
            }
            terminal.write(all[index].schema.serialized(pretty: true) + "\n")
            return
        }
        let files = LocalFileSystem()
        do {
            try files.makeDirectory(output)
            for file in all {
                try files.write(
                    Array((file.schema.serialized(pretty: true) + "\n").utf8), to: joinPath(output, file.name)
                )
            }
        } catch {
            throw ValidationError("\(error)")
        }
        terminal.write("Wrote \(all.count) schemas to \(output).\n")
    }
}
