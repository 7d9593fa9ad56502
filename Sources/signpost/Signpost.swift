import ArgumentParser
import Workspace

struct Signpost: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "signpost",
        abstract: "Publishes councils' guidance for families as a website, a searchable FAQ and leaflets.",
        discussion: """
            Examples:
              signpost build                                  publish content/ to site/
              signpost build --council oxfordshire            one council, at the top of the site
              signpost serve                                  show it here while you write
              signpost check --format github                  problems only; nothing is written
              signpost leaflets --council oxfordshire --zip   only the leaflets, to print this afternoon
              signpost verify site                            what was altered, added or lost since it was built
              signpost due --within 60d                       what somebody has to look at soon, by whose it is
              signpost changes 2026-10-01                     what has changed since, council by council
              signpost doctor                                 what this machine lacks, and how to get it
              signpost facts --fact arrive-early              who says what, since when, and where it is used
              signpost search try "can I bring my mum"        what a family finds, and why
              signpost move rights your-rights                another address, and no link is lost
              signpost new council kent --name "Kent County Council"
              signpost import leaflet.docx --council kent     what pages would come of it; writes nothing yet

            Exit status: 0 without errors, 1 with errors in the content, 64 for a wrong command line.
            """,
        version: version,
        subcommands: [
            BuildCommand.self, MergeCommand.self, CheckCommand.self, ServeCommand.self, FactsCommand.self,
            CouncilsCommand.self, NewCommand.self, ImportDocumentsCommand.self, MoveCommand.self,
            SchemaCommand.self, DueCommand.self, ChangesCommand.self, VerifyCommand.self,
            TranslationsCommand.self,
            LeafletsCommand.self, SearchCommand.self, DoctorCommand.self,
        ])
}

/// The program: a mistyped command is answered with the one that is near.
@main
enum Main {
    static func main() async {
        if let mistake = mistake(in: Array(CommandLine.arguments.dropFirst())) {
            Terminal.current().writeError("Error: \(mistake)\n")
            Signpost.exit(withError: ExitCode.validationFailure)
        }
        await Signpost.main()
    }

    /// What is wrong with the names of commands that the arguments begin with.
    private static func mistake(in arguments: [String]) -> String? {
        var subcommands = Signpost.configuration.subcommands
        var path = "signpost"
        for name in arguments {
            let names = subcommands.map { $0.configuration.commandName ?? "" }
            if names.isEmpty || name.hasPrefix("-") || name == "help" { return nil }
            path += " " + name
            guard let index = names.firstIndex(of: name) else {
                return "There is no command '\(path)'. \(didYouMean(name, oneOf: names))"
            }
            subcommands = subcommands[index].configuration.subcommands
        }
        return nil
    }
}
