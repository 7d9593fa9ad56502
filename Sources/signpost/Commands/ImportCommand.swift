import ArgumentParser
import Build
import Guidance
import Translations
import Website
import Workspace

/// Takes in a file that an agency has sent.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in a file that an agency or a tool has sent.",
        discussion: """
            Reads .po, XLIFF 1.2 and 2.0 (.xlf, .xliff, .sdlxliff), .csv, .xlsx and tables in .docx. A table has the English \
            in one column and the translation in another, by the names of its columns or in this order. The language is \
            that of --language, of the file, or of its name. Says what came in, what was refused and why. What was \
            refused leaves the catalogue as it was.

            Examples:
              signpost translations import ~/Downloads/guidance_pl_PL.po
              signpost translations import ~/Downloads/back.xlsx --language cy
              signpost translations import interface-cy.xlf --interface
            """)

    @Argument(help: "The file.") var file: String
    @Option(help: "The code page of a .csv file that is not in UTF-8, such as windows-1250.")
    var charset: String?
    @Flag(help: "The file has words of the interface, which go into translations/interface/ of the content.")
    var interface = false
    @OptionGroup var options: SiteOptions

    func run() async throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        let catalogues = CatalogueFiles(settings: settings, files: files)
        func fail() -> ExitCode {
            terminal.report(diagnostics, as: .text, files: files)
            return ExitCode(1)
        }
        guard files.exists(file) else { throw ValidationError("There is no file \(file).") }
        guard let portal = Portal.load(from: settings.content, in: files, reporting: &diagnostics) else {
            throw fail()
        }
        let kind = ExchangeFile.Kind(path: file)
        guard kind != nil || file.lowercased().hasSuffix(".po") || file.lowercased().hasSuffix(".pot") else {
            throw ValidationError(
                "\(file) cannot be read: it must be .po, .xlf, .xliff, .csv, .xlsx or .docx. "
                    + "In Excel, 'Save as' makes an .xlsx of an .xls.")
        }
        let wanted = try settings.languages.first.map { tag in
            guard let language = Language(localeName: tag) else {
                throw ValidationError(
                    "'\(tag)' is not a language that Signpost knows. \(Language.advice(on: tag))")
            }
            return language
        }
        var reading: ExchangeFile.Reading?
        if let kind {
            let own = portal.languages.filter { $0 != portal.sourceLanguage }
            do {
                reading = try await ExchangeFile(python: settings.python).read(
                    file, kind,
                    source: interface ? InterfaceStrings.themeLanguage : portal.sourceLanguage,
                    languages: own, wanted: wanted, charset: charset, isByPlace: interface)
            } catch {
                diagnostics.add(
                    .error(
                        "UnreadableTranslations", "this file cannot be read: \(error.reason)",
                        at: SourceLocation(file: file), help: error.help))
                throw fail()
            }
        }
        var found = Diagnostics()
        let header =
            kind == nil
            ? (try? files.read(file)).flatMap {
                CatalogueText.read($0, path: file, language: nil, reporting: &found)
            }.flatMap { POFile.parse($0, reporting: &found).header["Language"] } : reading?.language
        let said =
            wanted ?? header.flatMap { Language(localeName: $0) ?? Language(name: $0) }
            ?? Self.language(ofName: file, among: portal.languages)
        guard let language = said else {
            // What cannot be read says no language.
            diagnostics.add(found)
            if diagnostics.hasErrors { throw fail() }
            throw ValidationError("Neither the file nor its name says its language: give --language.")
        }
        guard portal.languages.contains(language), language != portal.sourceLanguage else {
            throw ValidationError(
                "The file is \(language.englishName), and the portal does not publish '\(language.tag)'.")
        }
        guard var sent = reading?.file ?? catalogues.read(file, language, reporting: &diagnostics),
            !diagnostics.hasErrors
        else {
            throw fail()
        }
        if interface {
            try takeInterface(&sent, language, &reading, portal, catalogues, reporting: &diagnostics)
            return
        }
        // A damaged catalogue is left alone: writing it anew could lose translations.
        guard
            let merged = catalogues.upToDate(
                language, of: portal, today: options.today, reporting: &diagnostics)
        else { throw fail() }
        let glossary = catalogues.glossary(reporting: &diagnostics)
        guard !diagnostics.hasErrors else { throw fail() }
        let result = CatalogueImport(
            sent, into: merged, language: language, glossary: glossary,
            tellsUnfinished: reading?.tellsUnfinished ?? true)
        try catalogues.recordPublishedPages(of: portal, in: [language], today: options.today)
        try catalogues.write(result.file)
        try report(result, to: merged.path, reading)
    }

    /// Words of the interface: told apart by their places where the file has neither contexts nor plurals.
    private func takeInterface(
        _ sent: inout POFile, _ language: Language, _ reading: inout ExchangeFile.Reading?, _ portal: Portal,
        _ catalogues: CatalogueFiles<LocalFileSystem>, reporting diagnostics: inout Diagnostics
    ) throws {
        let settings = catalogues.settings
        let update = CatalogueUpdate(portal: portal, catalogues: catalogues, today: options.today)
        let theme = Theme.load(
            settings.theme, in: settings.themes, files: catalogues.files, reporting: &diagnostics)
        guard let theme,
            let own = update.allInterface(
                InterfaceWordsInUse(theme, settings), language, reporting: &diagnostics)
        else {
            Terminal.current().report(diagnostics, as: .text, files: catalogues.files)
            throw ExitCode(1)
        }
        if reading != nil {
            var notes: [String] = []
            sent.entries = UnitPlaces(own.file).entries(of: sent.entries, notes: &notes)
            reading?.notes += notes
        }
        let result = CatalogueImport(
            sent, into: own.file, language: language, tellsUnfinished: reading?.tellsUnfinished ?? true)
        try update.writeInterface(result.file, besides: own.theme)
        try report(result, to: own.file.path, reading)
    }

    /// Says what came in and what was refused.
    private func report(_ result: CatalogueImport, to path: String, _ reading: ExchangeFile.Reading?) throws {
        let terminal = Terminal.current()
        for note in reading?.notes ?? [] { terminal.write("\(file): \(note)\n") }
        terminal.write(
            "\(path): \(result.added) new, \(result.changed) changed, \(result.same) the same, "
                + "\(result.undecided) fuzzy, \(result.unused) not in use, \(result.refused) refused\n")
        var found = result.problems
        found.add(Diagnostics(reading?.unreadable ?? []))
        terminal.report(found, as: .text, files: LocalFileSystem())
        if found.hasErrors { throw ExitCode(1) }
    }

    /// The language that a file's name says: `pl.csv`, `guidance_pl_PL.xlsx`, `guidance.cy.po`.
    private static func language(ofName path: String, among languages: [Language]) -> Language? {
        let name =
            path.split(separator: "/").last?.split(separator: ".").dropLast().joined(separator: ".") ?? ""
        if let language = Language(localeName: name) { return language }
        let ends = name.indices.filter { "-_. ".contains(name[$0]) }
        return ends.lazy.compactMap { Language(localeName: name[name.index(after: $0)...]) }
            .first(where: languages.contains)
    }
}
