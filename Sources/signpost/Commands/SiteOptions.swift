import ArgumentParser
import Build
import Foundation
import Guidance
import Workspace

/// What every command about a site takes.
struct SiteOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The folder with portal.yml.", valueName: "dir"), transform: PortalFolder.content)
    var content = PortalFolder.nearest + "content"

    @Option(
        help: ArgumentHelp(
            "The theme's folder; it lies over 'default' beside it. Default: themes/default.", valueName: "dir"
        ))
    var theme: String?

    @Option(help: ArgumentHelp("Only this council; repeat for several.", valueName: "id"))
    var council: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only this language; repeat for several. A site has the one the guidance is written in besides.",
            valueName: "tag"))
    var language: [String] = []

    @Flag(help: "Make what a publishable site must not lack an error.")
    var strict = false

    @Option(
        help: ArgumentHelp(
            "The day that decides what has ended or is overdue. Default: today, or SOURCE_DATE_EPOCH.",
            valueName: "yyyy-mm-dd"))
    var date: CalendarDate?

    var today: CalendarDate {
        if let date { return date }
        let environment = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Int.init)
        let seconds = environment ?? Int(Date().timeIntervalSince1970.rounded(.down))
        return CalendarDate(dayNumber: Int((Double(seconds) / 86_400).rounded(.down)))
    }

    func validate() throws {
        if let date, date.day == nil {
            throw ValidationError("--date needs a whole date such as 2026-11-21.")
        }
    }

    /// The content folder without a slash at the end.
    var contentFolder: String {
        content.count > 1 && content.hasSuffix("/") ? String(content.dropLast()) : content
    }

    /// This machine's files, without what links in the content lead to.
    var files: ContainedFileSystem { ContainedFileSystem(LocalFileSystem(), containing: contentFolder) }

    func settings(baseURL: String?) -> SiteSettings {
        let (themes, name) = themeFolder()
        return SiteSettings(
            content: contentFolder, themes: themes, theme: name, councils: council, languages: language,
            baseURL: baseURL, isStrict: strict, readsEverything: strict, today: today,
            python: python)
    }

    /// The folder of themes and the theme's name: as given, beside the content, or where the program was built.
    private func themeFolder() -> (String, String) {
        if var path = theme {
            while path.count > 1, path.hasSuffix("/") { path.removeLast() }
            guard let slash = path.lastIndex(of: "/") else { return (".", path) }
            return (String(path[..<slash]), String(path[path.index(after: slash)...]))
        }
        let files = LocalFileSystem()
        var candidates = ["themes", joinPath(contentFolder, "../themes")]
        var folder = Self.executable
        while let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
            folder = String(folder[..<slash])
            candidates.append(folder + "/themes")
        }
        let found = candidates.first { files.exists(joinPath($0, "default/theme.yml")) }
        return (found ?? "themes", "default")
    }

    /// The Python that has the layout engine: named by SIGNPOST_PYTHON, beside the content, or where the
    /// program was built.
    private var python: String {
        if let named = Self.environment("SIGNPOST_PYTHON") { return named }
        let files = LocalFileSystem()
        var candidates = [joinPath(contentFolder, "../.signpost/venv/bin/python")]
        var folder = Self.executable
        while let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
            folder = String(folder[..<slash])
            candidates.append(folder + "/.signpost/venv/bin/python")
        }
        return candidates.first { files.exists($0) } ?? "python3"
    }

    /// A variable of the environment, where it is set and not empty.
    static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The path of the running program.
    static let executable: String = {
        (try? LocalFileSystem().resolve("/proc/self/exe")) ?? Bundle.main.executablePath
            ?? CommandLine.arguments[0]
    }()
}

/// What commands take that tell of problems for people or for other programs.
struct ProblemOptions: ParsableArguments {
    @Option(help: "How problems are written: text, json, github, sarif or markdown.")
    var format = DiagnosticFormat.text

    /// Refuses a format that a command cannot give.
    func allow(_ formats: [DiagnosticFormat], for what: String) throws {
        guard !formats.contains(format) else { return }
        let names = formats.map { "'\($0.rawValue)'" }
        let others = names.dropLast().joined(separator: ", ")
        throw ValidationError(
            "\(what) cannot be given as '\(format.rawValue)', only as "
                + (names.count > 1 ? "\(others) or \(names[names.count - 1])." : "\(names.joined())."))
    }
}

/// What commands take that end with a line on what they did.
struct ClosingOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Say nothing but problems.")
    var quiet = false
}

/// What commands that write a site take besides.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .customLong("output"),
        help: ArgumentHelp(
            "The folder the site is written to. Default: site; for a preview, one beside the cache.",
            valueName: "dir"))
    var givenOutput: String?

    var output: String { givenOutput ?? PortalFolder.nearest + "site" }

    @Option(
        help: ArgumentHelp(
            "Where the site will be published, instead of portal.yml's base-url.", valueName: "url"))
    var baseURL: String?

    @Flag(help: "Make no leaflets.")
    var noLeaflets = false

    @Option(
        help: ArgumentHelp(
            "Only the K-th of N parts of the councils; 'signpost merge' joins the parts.", valueName: "k/n"))
    var shard: Shard?

    @Option(
        help: ArgumentHelp(
            "Where finished work is kept for the next build. Default: .signpost beside the content.",
            valueName: "dir"))
    var cache: String?

    @Option(
        help: ArgumentHelp(
            "How many councils are built at the same time. Default: the number of cores.", valueName: "n"))
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    mutating func validate() throws {
        guard jobs >= 1 else { throw ValidationError("--jobs needs a number of at least 1.") }
        baseURL = try baseURL.map(Self.address)
    }

    /// The address of a site, without slashes at its end.
    static func address(_ text: String) throws -> String {
        var url = text
        while url.hasSuffix("/") { url.removeLast() }
        guard WebAddress.isValid(url) else {
            throw ValidationError("--base-url needs an address such as https://guidance.example.org.")
        }
        return url
    }

    /// A folder of its own for each output, so that two sites from one content do not disturb each other.
    func cache(for options: SiteOptions) -> String {
        if let cache { return cache }
        let absolute = URL(fileURLWithPath: output).standardizedFileURL.path
        return joinPath(joinPath(options.contentFolder, "../.signpost/cache"), ContentHash(absolute).short)
    }

    /// Where a preview is written to, apart from the site that is published, and where its finished work is kept.
    func preview(for options: SiteOptions) -> (output: String, cache: String) {
        let folder = joinPath(cache ?? joinPath(options.contentFolder, "../.signpost/cache"), "preview")
        return (givenOutput ?? joinPath(folder, "site"), joinPath(folder, "state"))
    }

    /// A fingerprint of the program and of the options that shape the output.
    func fingerprint(_ options: SiteOptions) -> ContentHash {
        // A program that was compiled again may write something else.
        let status = (try? LocalFileSystem().status(SiteOptions.executable)) ?? nil
        let program = status.map { "\($0.size) \($0.modified)" } ?? ""
        let settings = options.settings(baseURL: baseURL)
        return ContentHash(
            "\(release(settings)) \(program) \(settings.theme) \(shard.map { "\($0)" } ?? "")")
    }

    /// The program's version and the options that shape the output: the same on every machine that builds a part of a site.
    func release(_ settings: SiteSettings) -> String {
        "\(Signpost.version) \(settings.councils) \(settings.languages) \(settings.baseURL ?? "") "
            + "\(settings.isStrict) \(settings.today) \(noLeaflets)"
    }
}

extension Shard: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension DiagnosticFormat: ExpressibleByArgument {}

extension CalendarDate: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}
