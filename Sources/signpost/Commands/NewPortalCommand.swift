import ArgumentParser
import Foundation
import Guidance
import Markdown
import Translations
import Workspace

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Makes a portal that builds, with guidance to start from.
struct NewPortal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portal", abstract: "Start a portal with a first council and guidance to start from.",
        discussion: """
            Asks what is not given, where somebody is there to answer. The shared guidance about child protection \
            conferences comes with it, without what other councils have published about themselves.

            Examples:
              signpost new portal kent-families
              signpost new portal kent-families --council kent --council-name "Kent County Council" --languages en,pl --yes
            """)

    @Argument(help: ArgumentHelp("The folder to make. Default: this folder.", valueName: "name"))
    var folder: String?

    @Option(help: ArgumentHelp("The content's folder in it.", valueName: "dir")) var content = "content"
    @Option(help: "The portal's title.") var name: String?
    @Option(help: ArgumentHelp("Where the site will be published.", valueName: "url")) var baseURL: String?
    @Option(help: ArgumentHelp("The first council's id: its address, such as 'kent'.", valueName: "id"))
    var council: String?
    @Option(help: ArgumentHelp("The first council's full name.", valueName: "name")) var councilName: String?
    @Option(help: "england, wales, scotland or northern-ireland.") var nation: Nation?
    @Option(
        help: ArgumentHelp(
            "Tags of the languages, with commas; the first is the one the guidance is written in.",
            valueName: "tags"))
    var languages: String?
    @Option(help: ArgumentHelp("The council's colour, such as '#003a5d'.", valueName: "colour"))
    var colour: String?
    @Option(help: "Where changes are checked and published: github, gitlab or none.")
    var ci: PortalStarter.Choices.Service?
    @Flag(help: "Ask nothing: what is not given is as in the examples, and can be changed later.")
    var yes = false

    func run() throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        let ask = Questions(terminal: terminal, isSilent: yes || isatty(STDIN_FILENO) != 1)
        let title = ask("What is the portal called?", name, default: "Family guidance") { $0 }
        let councilName = ask("What is the first council's full name?", councilName, default: "My council") {
            $0
        }
        let choices = PortalStarter.Choices(
            title: title,
            baseURL: try required(
                ask("Where will it be published?", baseURL, default: "https://guidance.example.org") {
                    try? OutputOptions.address($0)
                }, "--base-url needs an address such as https://guidance.example.org."),
            council: try required(
                ask("Its short name in addresses?", council, default: Self.id(of: councilName)) {
                    Identifier.isValid($0) && Identifier.slug($0) == $0 ? $0 : nil
                }, "'\(council ?? "")' cannot be an address. Use small letters, digits and hyphens."),
            councilName: councilName,
            nation: try required(
                ask(
                    "Which nation (england, wales, scotland, northern-ireland)?", nation?.rawValue,
                    default: "england"
                ) { Nation(rawValue: $0) }, "--nation needs england, wales, scotland or northern-ireland."),
            languages: try languages(ask), colour: try colour(ask),
            ci: try required(
                ask(
                    "Where is it checked and published (github, gitlab, none)?", ci?.rawValue, default: "none"
                ) {
                    PortalStarter.Choices.Service(rawValue: $0)
                }, "--ci needs github, gitlab or none."))
        let starter = PortalStarter(
            choices: choices, example: Self.example(files), files: files)
        let folder = folder ?? "."
        var texts = starter.texts(content: content)
        if folder == "." {
            // A folder that is there already may have its own of these.
            for path in [".gitignore", "README.md"] where files.exists(path) { texts[path] = nil }
        }
        try Scaffold.write(texts, in: folder, isQuiet: texts.count > 12)
        if let language = choices.languages.first, language != .english {
            terminal.write(
                "The words in \(joinPath(folder, content)) are examples in English. Write them in \(language.englishName) "
                    + "before anybody reads them: 'signpost check' names each page that still has them.\n")
        }
        terminal.write(
            NextSteps(folder: folder, content: joinPath(folder, content), council: choices.council).text(
                in: files))
    }

    private func required<Value>(_ value: Value?, _ message: String) throws -> Value {
        guard let value else { throw ValidationError(message) }
        return value
    }

    private func languages(_ ask: Questions) throws -> [Language] {
        let known = Language.all.map(\.tag)
        var unknown: String?
        let languages = ask(
            "Which languages, the one you write in first (such as en, pl, ur)?", languages, default: "en"
        ) { text -> [Language]? in
            let tags = text.split { $0 == "," || $0 == " " }.map(String.init)
            unknown = tags.first { Language(tag: $0) == nil }
            let found = tags.compactMap { Language(tag: $0) }
            return found.count == tags.count && !found.isEmpty && Set(found).count == found.count
                ? found : nil
        }
        return try required(
            languages,
            unknown.map {
                "'\($0)' is not a language that Signpost knows. "
                    + didYouMean($0, oneOf: known)
            } ?? "--languages needs tags such as en,pl, each once.")
    }

    private func colour(_ ask: Questions) throws -> String? {
        let text = try required(
            ask(
                "Which colour has the council's brand (such as #003a5d; nothing for none)?", colour,
                default: ""
            ) {
                let digits = $0.dropFirst()
                let isColour = $0.hasPrefix("#") && digits.utf8.count == 6 && digits.allSatisfy(\.isHexDigit)
                return $0.isEmpty || isColour ? $0.lowercased() : nil
            }, "--colour needs # and six hexadecimal digits, such as '#003a5d'.")
        return text.isEmpty ? nil : text
    }

    /// `kent` of "Kent County Council".
    static func id(of name: String) -> String {
        let titles: Set<String> = [
            "council", "county", "city", "borough", "district", "metropolitan", "london", "royal", "of",
            "the",
            "safeguarding", "children", "partnership",
        ]
        let words = Identifier.slug(name).split(separator: "-").map(String.init)
        let own = words.filter { !titles.contains($0) }
        return (own.isEmpty || own == ["my"] ? words : own).joined(separator: "-")
    }

    /// The content that comes with Signpost: beside its themes.
    static func example(_ files: LocalFileSystem) -> String? {
        var folder = SiteOptions.executable
        while let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
            folder = String(folder[..<slash])
            if files.exists(folder + "/themes/default/theme.yml"),
                files.exists(folder + "/content/portal.yml")
            {
                return folder + "/content"
            }
        }
        return nil
    }
}

extension PortalStarter.Choices.Service: ExpressibleByArgument {}

/// Asks at the terminal what was not given on the command line.
private struct Questions {
    let terminal: Terminal
    let isSilent: Bool

    /// - Returns: Nil where what was given on the command line cannot be used.
    func callAsFunction<Value>(
        _ question: String, _ given: String?, default usual: String, read: (String) -> Value?
    ) -> Value? {
        if let given { return read(given) }
        while !isSilent {
            terminal.write("\(question)\(usual.isEmpty ? "" : " [\(usual)]") ")
            guard let line = readLine() else { break }
            let answer = line.trimmingCharacters(in: .whitespaces)
            if let value = read(answer.isEmpty ? usual : answer) { return value }
            terminal.write("That cannot be used.\n")
        }
        return read(usual)
    }

    func callAsFunction(
        _ question: String, _ given: String?, default usual: String, read: (String) -> String
    ) -> String {
        callAsFunction(question, given, default: usual) { .some(read($0)) } ?? usual
    }
}

struct NewCouncil: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "council", abstract: "Add a council, and say what it still needs.",
        discussion: """
            Where the shared guidance needs facts of every council, the new one is a draft: the other councils are \
            published as before, and this one when its facts are there and the line 'draft: yes' is deleted.
            """)

    @Argument(help: "The council's id: its folder and its address, such as 'kent'.") var id: String
    @Option(help: ArgumentHelp("The folder with portal.yml.", valueName: "dir")) var content =
        PortalFolder.nearest + "content"
    @Option(help: "The council's full name.") var name: String
    @Option(help: "england, wales, scotland or northern-ireland.") var nation = Nation.england

    func validate() throws {
        guard Identifier.isValid(id), Identifier.slug(id) == id else {
            throw ValidationError("'\(id)' cannot be an address. Use small letters, digits and hyphens.")
        }
    }

    func run() throws {
        let files = LocalFileSystem()
        let path = "councils/\(id)/council.yml"
        let needs = CouncilNeeds(id, Scaffold.council(name: name, nation: nation), of: content, files)
        try Scaffold.write(
            [
                path: Scaffold.council(
                    name: name, nation: nation, isDraft: needs?.isDraft ?? false,
                    facts: needs?.factLines ?? "", contacts: needs?.contactLines ?? "")
            ], in: content)
        if let needs { Terminal.current().write(needs.text(path: joinPath(content, path))) }
    }
}
