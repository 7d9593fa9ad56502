import ArgumentParser
import Guidance
import Markdown
import Workspace

/// Makes the first files of a portal, a council or a page; never overwrites one.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Start a portal, a council or a page.",
        discussion: """
            Examples:
              signpost new portal --name "Family guidance"
              signpost new council kent --name "Kent County Council" --nation england
              signpost new page visits --title "Visits from your social worker"
              signpost new page visits --council kent
            """,
        subcommands: [NewPortal.self, NewCouncil.self, NewPage.self])
}

struct NewPortal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portal", abstract: "Start a portal with a first council and a few pages.")

    @Option(help: ArgumentHelp("The folder to make.", valueName: "dir")) var content = "content"
    @Option(help: "The portal's name.") var name = "Family guidance"
    @Option(help: "Where the site will be published.") var baseURL = "https://guidance.example.org"

    func run() throws {
        try Scaffold.write(
            [
                "portal.yml": """
                name: \(Scaffold.quoted(name))
                base-url: \(Scaffold.quoted(baseURL))
                languages: [en]
                description: Plain guidance for families.
                contact-groups:
                  danger: When someone is in danger now
                  questions: When you have a question
                contacts:
                  emergency:
                    name: Emergency services
                    purpose: Someone is hurt or in danger now
                    group: danger
                    phone: "999"
                    relay: 18000

                """,
                "guidance/index.md": """
                ---
                summary: Start here.
                order: 0
                ---

                # Help for your family

                Say in two sentences who this is for, and what readers find here.

                """,
                "guidance/rights.md": """
                ---
                summary: What you can ask for and expect.
                order: 10
                ---

                # Your rights

                ## You can bring someone {#supporter}

                You can bring a person you trust.

                """,
                "guidance/faq/first-questions.md": """
                ---
                summary: What families ask first.
                ---

                # First questions

                ## Who can I phone? {#who-to-phone}

                Also asked: helpline; someone to talk to

                If someone is in danger now, phone {{contact emergency}}.

                """,
                "guidance/contacts.md": """
                ---
                summary: People you can phone or write to.
                order: 90
                ---

                # Contacts

                Choose what you need below.

                """,
                "councils/my-council/council.yml": Scaffold.council(name: "My council", nation: .england),
            ], in: content)
    }
}

struct NewCouncil: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "council", abstract: "Add a council.")

    @Argument(help: "The council's id: its folder and its address, such as 'kent'.") var id: String
    @Option(help: ArgumentHelp("The folder with portal.yml.", valueName: "dir")) var content = "content"
    @Option(help: "The council's full name.") var name: String
    @Option(help: "england, wales, scotland or northern-ireland.") var nation = Nation.england

    func validate() throws {
        guard Identifier.isValid(id), Identifier.slug(id) == id else {
            throw ValidationError("'\(id)' cannot be an address. Use small letters, digits and hyphens.")
        }
    }

    func run() throws {
        try Scaffold.write(
            ["councils/\(id)/council.yml": Scaffold.council(name: name, nation: nation)], in: content)
    }
}

struct NewPage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page", abstract: "Add a page to the shared guidance, or to one council.")

    @Argument(help: "The page's address, such as 'visits' or 'faq/visits'.") var path: String
    @Option(help: ArgumentHelp("The folder with portal.yml.", valueName: "dir")) var content = "content"
    @Option(help: ArgumentHelp("The council whose page it is; without it, every council's.", valueName: "id"))
    var council: String?
    @Option(help: "The page's title (default: from the address).") var title: String?

    func validate() throws {
        let parts = path.split(separator: "/")
        guard !parts.isEmpty, parts.allSatisfy({ Identifier.slug(String($0)) == $0 }) else {
            throw ValidationError("'\(path)' cannot be an address. Use small letters, digits and hyphens.")
        }
    }

    func run() throws {
        let words = (path.split(separator: "/").last ?? "").replacing("-", with: " ")
        let heading = title ?? words.prefix(1).uppercased() + words.dropFirst()
        let folder = council.map { "councils/\($0)" } ?? "guidance"
        if let council, !LocalFileSystem().exists(joinPath(content, "councils/\(council)/council.yml")) {
            throw ValidationError(
                "There is no council '\(council)'. Add it with 'signpost new council \(council)'.")
        }
        let text =
            path.hasPrefix("faq/")
            ? """
            ---
            summary: One sentence about these questions.
            ---

            # \(heading)

            ## What do families ask? {#first-question}

            Also asked: the words that families would use; other words

            Answer in the first sentence. Then say what helps.

            """
            : """
            ---
            summary: One sentence for lists and search.
            ---

            # \(heading)

            ## First section {#first-section}

            Write short sentences. Say "you" and "we".

            """
        try Scaffold.write(["\(folder)/\(path).md": text], in: content)
    }
}

extension Nation: ExpressibleByArgument {}

enum Scaffold {
    static func council(name: String, nation: Nation) -> String {
        """
        name: \(quoted(name))
        nation: \(nation.rawValue)
        languages: [en]
        facts: {}
        contacts: {}

        """
    }

    static func quoted(_ text: String) -> String { JSONValue.string(text).serialized() }

    /// Writes files that must not be there yet.
    static func write(_ texts: [String: String], in folder: String) throws {
        let files = LocalFileSystem()
        let paths = texts.keys.sorted()
        if let taken = paths.first(where: { files.exists(joinPath(folder, $0)) }) {
            throw ValidationError("\(joinPath(folder, taken)) is already there; nothing was written.")
        }
        for path in paths {
            let full = joinPath(folder, path)
            if let slash = full.lastIndex(of: "/") { try files.makeDirectory(String(full[..<slash])) }
            try files.write(Array((texts[path] ?? "").utf8), to: full)
            Terminal.current().write("wrote \(full)\n")
        }
    }
}
