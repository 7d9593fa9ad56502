import ArgumentParser
import Foundation
import Guidance
import Markdown
import Translations
import Website
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
            Asks what is not given. The answers are typed, or come from another program through a pipe, one a line in the \
            order of the questions; an empty line takes what stands in brackets. With --yes nothing is asked. The shared \
            guidance about child protection conferences comes with it, without what other councils have published about \
            themselves.

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
        let ask = Questions(
            terminal: terminal, answers: yes ? .usual : isatty(STDIN_FILENO) == 1 ? .typed : .piped)
        let title = try ask("What is the portal called?", "name", name, usual: "Family guidance") { $0 }
        let councilName = try ask(
            "What is the first council's full name?", "council-name", councilName, usual: "My council"
        ) { $0 }
        let choices = PortalStarter.Choices(
            title: title,
            baseURL: try ask(
                "Where will it be published?", "base-url", baseURL, usual: "https://guidance.example.org",
                read: Self.address),
            council: try ask(
                "Its short name in addresses?", "council", council, usual: Self.id(of: councilName),
                read: Self.identifier),
            councilName: councilName,
            nation: try ask(
                "Which nation (england, wales, scotland, northern-ireland)?", "nation", nation?.rawValue,
                usual: "england", read: Self.choice),
            languages: try ask(
                "Which languages, the one you write in first (such as en, pl, ur)?", "languages", languages,
                usual: "en", read: Self.languages),
            colour: try ask(
                "Which colour has the council's brand (such as #003a5d; nothing for none)?", "colour", colour,
                usual: "", read: colourReader(files)),
            ci: try ask(
                "Where is it checked and published (github, gitlab, none)?", "ci", ci?.rawValue,
                usual: "none", read: Self.choice))
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

    // MARK: What can be answered

    private static func address(_ text: String) throws(Refusal) -> String {
        do { return try OutputOptions.address(text) } catch {
            throw Refusal("It needs an address such as https://guidance.example.org.")
        }
    }

    private static func identifier(_ text: String) throws(Refusal) -> String {
        guard Identifier.isValid(text), Identifier.slug(text) == text else {
            let slug = Identifier.slug(text)
            throw Refusal(
                "'\(text)' cannot be an address. Use small letters, digits and hyphens.",
                better: Identifier.isValid(slug) ? slug : nil)
        }
        return text
    }

    private static func choice<Value>(_ text: String) throws(Refusal) -> Value
    where Value: RawRepresentable<String> & CaseIterable {
        if let value = Value(rawValue: text.plainName) { return value }
        let names = Value.allCases.map(\.rawValue)
        throw Refusal(
            "It needs one of: \(names.joined(separator: ", "))."
                + (didYouMean(text, among: names).map { " " + $0 } ?? ""))
    }

    private static func languages(_ text: String) throws(Refusal) -> [Language] {
        let tags = text.split { $0 == "," || $0 == " " }.map(String.init)
        if let unknown = tags.first(where: { Language(tag: $0) == nil }) {
            throw Refusal(
                "'\(unknown)' is not a language that Signpost knows. "
                    + didYouMean(unknown, oneOf: Language.all.map(\.tag)))
        }
        let languages = tags.compactMap { Language(tag: $0) }
        guard !languages.isEmpty, Set(languages).count == languages.count else {
            throw Refusal("It needs tags such as en,pl, each once.")
        }
        return languages
    }

    /// A colour that the portal can be built with: what `check` would say of it is said at once.
    private func colourReader(_ files: LocalFileSystem) throws -> (String) throws(Refusal) -> String? {
        let settings = try SiteOptions.parse([]).settings(baseURL: nil)
        var ignored = Diagnostics()
        let theme = Theme.load(in: settings.themes, files: files, reporting: &ignored)
        return { text throws(Refusal) in
            if text.isEmpty { return nil }
            guard let colour = Colour(text) ?? Colour("#" + text) else {
                throw Refusal("It needs # and six hexadecimal digits, such as '#003a5d'.")
            }
            if let advice = theme?.advice(on: colour) {
                throw Refusal(advice.reason, better: advice.better?.description)
            }
            return colour.description
        }
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

/// Why an answer cannot be used.
private struct Refusal: Error {
    var reason: String
    /// What would do instead.
    var better: String?

    init(_ reason: String, better: String? = nil) {
        self.reason = reason
        self.better = better
    }
}

/// Asks what was not given on the command line.
private struct Questions {
    enum Answers {
        /// Somebody is there, and is asked again.
        case typed
        /// From a file or another program: lines in the order of the questions, as `npm init` reads them. What cannot be
        /// used ends it, since the line after it answers the next question.
        case piped
        /// Nobody is asked.
        case usual
    }

    let terminal: Terminal
    let answers: Answers

    func callAsFunction<Value>(
        _ question: String, _ option: String, _ given: String?, usual: String,
        read: (String) throws(Refusal) -> Value
    ) throws -> Value {
        if let given { return try use(given, "--\(option)", option, read) }
        if case .usual = answers { return try use(usual, "--\(option)", option, read) }
        var usual = usual
        while true {
            terminal.write("\(question)\(usual.isEmpty ? "" : " [\(usual)]") ")
            guard let line = readLine() else {
                terminal.write("\n")
                throw ValidationError(
                    "Nobody answered '\(question)': the input ended before it. Answer with --\(option); or take, with "
                        + "--yes, what stands in brackets for all that is not given. Nothing was written.")
            }
            let typed = line.trimmingCharacters(in: .whitespaces)
            let answer = typed.isEmpty ? usual : typed
            if case .piped = answers {
                terminal.write(answer + "\n")
                return try use(answer, "The answer '\(answer)' to '\(question)'", option, read)
            }
            do { return try read(answer) } catch {
                terminal.write("That cannot be used. \(error.reason)\n")
                if let better = error.better {
                    terminal.write("The nearest that does is \(better): press Return to take it.\n")
                    usual = better
                }
            }
        }
    }

    private func use<Value>(
        _ text: String, _ place: String, _ option: String, _ read: (String) throws(Refusal) -> Value
    ) throws -> Value {
        do { return try read(text) } catch {
            throw ValidationError(
                "\(place) cannot be used. \(error.reason)"
                    + (error.better.map { " The nearest that does: --\(option) '\($0)'." } ?? ""))
        }
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
    @Option(
        help: ArgumentHelp("The folder with portal.yml.", valueName: "dir"), transform: PortalFolder.content)
    var content =
        PortalFolder.nearest + "content"
    @Option(help: "The council's full name.") var name: String
    @Option(help: "england, wales, scotland or northern-ireland.") var nation = Nation.england
    @Option(
        help: ArgumentHelp(
            "The languages it is published in, such as 'en,pl'. Default: those of the portal.",
            valueName: "tags"))
    var languages: String?

    func validate() throws {
        guard Identifier.isValid(id), Identifier.slug(id) == id else {
            throw ValidationError("'\(id)' cannot be an address. Use small letters, digits and hyphens.")
        }
    }

    func run() throws {
        let files = LocalFileSystem()
        let path = "councils/\(id)/council.yml"
        let languages = try chosenLanguages(files)
        let needs = CouncilNeeds(
            id, Scaffold.council(name: name, nation: nation, languages: languages), of: content, files)
        try Scaffold.write(
            [
                path: Scaffold.council(
                    name: name, nation: nation, languages: languages, isDraft: needs?.isDraft ?? false,
                    facts: needs?.factLines ?? "", contacts: needs?.contactLines ?? "")
            ], in: content)
        if let needs { Terminal.current().write(needs.text(path: joinPath(content, path))) }
    }

    /// The languages that were asked for, or all that the portal has.
    private func chosenLanguages(_ files: some FileSystem) throws -> [Language] {
        var ignored = Diagnostics()
        let portal = Portal.load(from: content, in: files, reporting: &ignored)
        let known = portal?.languages ?? [.english]
        guard let languages else { return known }
        let tags = languages.split { $0 == "," || $0 == " " }.map(String.init)
        if let unknown = tags.first(where: { tag in !known.contains { $0.tag == tag } }) {
            throw ValidationError(
                "The portal is not published in '\(unknown)'. "
                    + (didYouMean(unknown, oneOf: known.map(\.tag))))
        }
        let chosen = known.filter { tags.contains($0.tag) }
        guard chosen.contains(known[0]) else {
            throw ValidationError(
                "'\(known[0].tag)', in which the guidance is written, is one of its languages.")
        }
        return chosen
    }
}
