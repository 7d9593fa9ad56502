import ArgumentParser
import Build
import Guidance
import Markdown
import Translations
import Workspace

/// Makes the first files of a portal, a council or a page; never overwrites one.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Start a portal, a council or a page.",
        discussion: """
            Examples:
              signpost new portal kent-families --council kent --council-name "Kent County Council"
              signpost new council kent --name "Kent County Council" --nation england
              signpost new page visits --title "Visits from your social worker"
              signpost new page visits --council kent
            """,
        subcommands: [NewPortal.self, NewCouncil.self, NewPage.self])
}

struct NewPage: ParsableCommand {
    private static let section = """
        ## First section {#first-section}

        Write short sentences. Say "you" and "we".

        """

    static let configuration = CommandConfiguration(
        commandName: "page", abstract: "Add a page to the shared guidance, or to one council.",
        discussion: "With --council and the address of a page that every council has, it adds to that page.")

    @Argument(help: "The page's address, such as 'visits' or 'faq/visits'.") var path: String
    @Option(
        help: ArgumentHelp("The folder with portal.yml.", valueName: "dir"), transform: PortalFolder.content)
    var content =
        PortalFolder.nearest + "content"
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
        let shared = [".md", "/index.md"].map { "guidance/\(path)\($0)" }
            .first { council != nil && LocalFileSystem().exists(joinPath(content, $0)) }
        let text =
            if shared != nil {
                (title.map { "# \($0)\n\n" } ?? "") + Self.section
            } else if path.hasPrefix("faq/") {
                """
                ---
                summary: One sentence about these questions.
                ---

                # \(heading)

                ## What do families ask? {#first-question}

                Also asked: the words that families would use; other words

                Answer in the first sentence. Then say what helps.

                """
            } else {
                """
                ---
                summary: One sentence for lists and search.
                ---

                # \(heading)


                """ + Self.section
            }
        try Scaffold.write(["\(folder)/\(path).md": text], in: content)
        if let shared {
            Terminal.current().write(
                "Every council has this page, from \(joinPath(content, shared)). What you write here is added to it; a "
                    + "section with the id of one of its sections takes that one's place.\n")
        }
    }
}

extension Nation: ExpressibleByArgument {
    public init?(argument: String) { self.init(rawValue: argument.plainName) }
}

enum Scaffold {
    /// A `council.yml` with what is known of a council.
    static func council(
        name: String, nation: Nation, languages: [Language] = [.english], isDraft: Bool = false,
        more: String = "", facts: String = "", contacts: String = ""
    ) -> String {
        """
        name: \(quoted(name))
        nation: \(nation.rawValue)
        languages: [\(languages.map(\.tag).joined(separator: ", "))]

        """ + (isDraft ? "draft: yes # not published until you delete this line\n" : "") + more + """
            facts:
            \(facts)contacts:
            \(contacts)
            """
    }

    static func quoted(_ text: String) -> String { JSONValue.string(text).serialized() }

    /// Writes files that must not be there yet.
    static func write(_ texts: [String: String], in folder: String, isQuiet: Bool = false) throws {
        let files = LocalFileSystem()
        let paths = texts.keys.sorted()
        let contained = ContainedFileSystem(files, containing: folder)
        let links = Diagnostics(paths.compactMap { contained.linkOutside(writing: $0) })
        guard !links.hasErrors else {
            Terminal.current().report(links, as: .text, files: files)
            throw ExitCode(1)
        }
        if let taken = paths.first(where: { files.exists(joinPath(folder, $0)) }) {
            throw ValidationError("\(joinPath(folder, taken)) is already there; nothing was written.")
        }
        for path in paths {
            let full = joinPath(folder, path)
            if let slash = full.lastIndex(of: "/") { try files.makeDirectory(String(full[..<slash])) }
            try files.write(Array((texts[path] ?? "").utf8), to: full)
            if !isQuiet { Terminal.current().write("wrote \(full)\n") }
        }
        if isQuiet { Terminal.current().write("wrote \(paths.count) files in \(folder)\n") }
    }
}
