import ArgumentParser
import Build
import Guidance
import Translations
import Website
import Workspace

/// Works with gettext catalogues.
struct TranslationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "translations", abstract: "Extract, count and check translations.",
        discussion: """
            Examples:
              signpost translations add cy              add a language, and say what it still lacks
              signpost translations extract             bring content/translations/*.po up to date
              signpost translations status              what is left to translate, and which pages it affects
              signpost translations check               find mistakes at their line of the .po
              signpost translations export cy           a file for an agency (po, xliff, csv, docx-table)
              signpost translations import FILE         take in a file that an agency has sent
              signpost translations keep                keep translations whose English changed in words only
              signpost translations review --as NAME    go through what nobody has checked
            """,
        subcommands: [
            AddLanguageCommand.self, ExtractCommand.self, StatusCommand.self, CheckTranslationsCommand.self,
            KeepCommand.self,
            ReviewCommand.self, ImportCommand.self, ExportCommand.self,
        ])
}

/// Brings catalogues up to date with the guidance.
struct ExtractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract", abstract: "Bring the catalogues up to date with the guidance.",
        discussion: """
            Changed blocks keep their old translation, marked fuzzy, with the old text beside it; removed ones become \
            obsolete. Nothing is lost.
            """)

    @OptionGroup var options: SiteOptions

    @Flag(
        help: """
            The words of the interface instead of the guidance: those that the theme does not have in a language, in \
            translations/interface/ of the content.
            """)
    var interface = false

    @Flag(help: "With --interface: all words, in the theme's own folder. For those who make a theme.")
    var inTheme = false

    func validate() throws {
        if inTheme, !interface { throw ValidationError("--in-theme goes with --interface.") }
    }

    func run() async throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        let catalogues = CatalogueFiles(settings: settings, files: files)
        let theme =
            interface
            ? Theme.load(settings.theme, in: settings.themes, files: files, reporting: &diagnostics) : nil
        guard let portal = Portal.load(from: settings.content, in: files, reporting: &diagnostics),
            theme != nil || !interface
        else {
            terminal.report(diagnostics, as: .text, files: files)
            throw ExitCode(1)
        }
        if !inTheme { diagnostics.add(settings.unknownLanguages(of: portal)) }
        guard !diagnostics.hasErrors else {
            terminal.report(diagnostics, as: .text, files: files)
            throw ExitCode(1)
        }
        // The guidance is written in one language, the words of a theme in another.
        let written = theme == nil ? portal.sourceLanguage : InterfaceStrings.themeLanguage
        let languages = portal.languages.filter {
            $0 != written && (settings.languages.isEmpty || settings.languages.contains($0.tag))
        }
        let update = CatalogueUpdate(portal: portal, catalogues: catalogues, today: options.today)
        var lines: [String] = []
        if let theme {
            let words = InterfaceWordsInUse(theme, settings)
            if inTheme {
                // A theme may know languages that this portal does not publish.
                let present = catalogues.catalogues(in: words.folder).compactMap(\.language)
                let named = try settings.languages.map { tag in
                    guard let language = Language(tag: tag) else {
                        throw ValidationError(
                            "'\(tag)' is not a language that Signpost knows. \(Language.advice(on: tag))")
                    }
                    return language
                }
                let wanted = Set(named.isEmpty ? languages + present : named).sorted { $0.tag < $1.tag }
                lines = try update.theme(words, wanted, reporting: &diagnostics)
            } else {
                lines = try update.interface(words, languages, reporting: &diagnostics)
            }
        } else {
            try catalogues.recordPublishedPages(of: portal, in: languages, today: options.today)
            lines = try update.guidance(languages, reporting: &diagnostics)
        }
        for line in lines { terminal.write(line + "\n") }
        let errors = Diagnostics(diagnostics.sorted.filter { $0.severity == .error })
        terminal.report(errors, as: .text, files: files)
        if errors.hasErrors { throw ExitCode(1) }
    }
}

/// Counts what is translated.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Count what is translated, by language and council, and name the pages.")

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions

    func validate() throws { try problems.allow([.text, .json], for: "The state of translations") }

    func run() async throws {
        let terminal = Terminal.current()
        let files = options.files
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        guard
            let portal = Portal.load(
                from: settings.content, in: files, councils: settings.councils, reporting: &diagnostics)
        else {
            terminal.report(diagnostics, as: problems.format, files: files)
            throw ExitCode(1)
        }
        let unknown = settings.unknownLanguages(of: portal)
        guard unknown.isEmpty else {
            terminal.report(unknown, as: problems.format, files: files)
            throw ExitCode(1)
        }
        let report = TranslationReport(
            portal: portal, catalogues: CatalogueFiles(settings: settings, files: files), today: options.today
        )
        let rows = report.rows(languages: settings.languages, reporting: &diagnostics)
        terminal.write(
            problems.format == .json
                ? TranslationReport.json(rows).serialized(pretty: true) + "\n" : TranslationReport.text(rows))
    }
}

/// Finds mistakes in catalogues.
struct CheckTranslationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find mistakes in the catalogues, at their line.")

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions

    func run() async throws {
        let terminal = Terminal.current()
        let files = options.files
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        let catalogues = CatalogueFiles(settings: settings, files: files)
        for tag in settings.languages where Language(tag: tag) == nil {
            throw ValidationError(
                "'\(tag)' is not a language that Signpost knows. \(Language.advice(on: tag))")
        }
        let glossary = catalogues.glossary(reporting: &diagnostics)
        var use = GlossaryUse()
        func check(_ folder: String, _ glossary: Glossary?) {
            diagnostics.add(catalogues.problemsOfNames(in: folder))
            for (path, _, language) in catalogues.catalogues(in: folder) {
                guard let language,
                    settings.languages.isEmpty || settings.languages.contains(language.tag),
                    let file = catalogues.read(path, language, reporting: &diagnostics)
                else { continue }
                diagnostics.add(CatalogueChecks.check(file, language: language, glossary: glossary))
                if let glossary { use.add(file, language: language, glossary: glossary) }
            }
        }
        check(catalogues.guidanceFolder, glossary)
        if let glossary {
            diagnostics.add(use.problems(of: glossary, isWhole: settings.languages.isEmpty))
        }
        check(catalogues.interfaceFolder, nil)
        for theme in catalogues.themes { check(joinPath(settings.themes, "\(theme)/translations"), nil) }
        terminal.report(diagnostics, as: problems.format, files: files)
        if diagnostics.hasErrors { throw ExitCode(1) }
    }
}
