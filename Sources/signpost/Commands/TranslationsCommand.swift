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
              signpost translations extract             bring content/translations/*.po up to date
              signpost translations status              what is left to translate, and which pages it affects
              signpost translations check               find mistakes at their line of the .po
              signpost translations import FILE         take in a .po file that an agency has sent
              signpost translations keep                keep translations whose English changed in words only
              signpost translations review --as NAME    go through what nobody has checked
            """,
        subcommands: [
            ExtractCommand.self, StatusCommand.self, CheckTranslationsCommand.self, KeepCommand.self,
            ReviewCommand.self, ImportCommand.self,
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
    @OptionGroup var problems: ProblemOptions

    @Flag(help: "The words of the interface, in the theme's folder, instead of the guidance.")
    var interface = false

    func run() async throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        let catalogues = CatalogueFiles(settings: settings, files: files)
        guard let portal = Portal.load(from: settings.content, in: files, reporting: &diagnostics) else {
            terminal.report(diagnostics, as: problems.format, files: files)
            throw ExitCode(1)
        }
        let languages = portal.languages.filter {
            $0 != portal.sourceLanguage && (settings.languages.isEmpty || settings.languages.contains($0.tag))
        }
        if !interface {
            try catalogues.recordPublishedPages(of: portal, in: languages, today: options.today)
        }
        if interface {
            guard
                let theme = Theme.load(
                    settings.theme, in: settings.themes, files: files, reporting: &diagnostics)
            else {
                terminal.report(diagnostics, as: problems.format, files: files)
                throw ExitCode(1)
            }
            let texts = theme.strings.mapValues(\.text)
            let order = theme.strings.sorted { $0.value.location < $1.value.location }.map(\.key)
            let folder = joinPath(settings.themes, "\(settings.theme)/translations")
            let present = catalogues.catalogues(in: folder).compactMap(\.language)
            // A theme may know languages that this portal does not publish.
            let named = settings.languages.compactMap { Language(tag: $0) }
            if let unknown = settings.languages.first(where: { Language(tag: $0) == nil }) {
                throw ValidationError(
                    "'\(unknown)' is not a language that Signpost knows. "
                        + (didYouMean(unknown, among: Language.all.map(\.tag)) ?? ""))
            }
            let wanted = Set(named.isEmpty ? languages + present : named).sorted { $0.tag < $1.tag }
            try update(
                wanted, with: InterfaceStrings.messages(texts, order: order), in: folder, name: "interface",
                project: "Signpost theme \(settings.theme)", catalogues, terminal, &diagnostics)
        } else {
            let messages = portal.allMessages(in: files, reporting: &diagnostics).map(\.extracted)
            try update(
                languages, with: messages, in: joinPath(settings.content, "translations"), name: "guidance",
                project: portal.name.plainText, catalogues, terminal, &diagnostics)
        }
        let errors = Diagnostics(diagnostics.sorted.filter { $0.severity == .error })
        terminal.report(errors, as: problems.format, files: files)
        if errors.hasErrors { throw ExitCode(1) }
    }

    private func update(
        _ languages: [Language], with messages: [ExtractedMessage], in folder: String, name: String,
        project: String,
        _ catalogues: CatalogueFiles<LocalFileSystem>, _ terminal: Terminal, _ diagnostics: inout Diagnostics
    ) throws {
        let files = catalogues.files
        try files.makeDirectory(folder)
        let template = CatalogueMerge.template(
            messages, path: joinPath(folder, name + ".pot"), project: project)
        try catalogues.write(template)
        for language in languages {
            let path = catalogues.path(of: language, in: folder)
            var problems = Diagnostics()
            let known = catalogues.read(path, language, reporting: &problems)
            diagnostics.add(problems)
            // A damaged catalogue is left alone: writing it anew could lose translations.
            if problems.hasErrors { continue }
            let file =
                known
                ?? POFile(
                    path: path,
                    header: CatalogueMerge.header(for: language, project: project, date: options.today))
            let (merged, summary) = CatalogueMerge.merge(messages, into: file, language: language)
            try catalogues.write(merged)
            terminal.write(
                "\(path): \(summary.kept) kept"
                    + (summary.carried > 0 ? " (\(summary.carried) of a text that is equal in meaning)" : "")
                    + ", \(summary.added) new, \(summary.changed) changed, "
                    + "\(summary.revived) back, \(summary.removed) removed\n")
        }
    }
}

/// Counts what is translated.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Count what is translated, by language and council, and name the pages.")

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions

    func run() async throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        guard
            let portal = Portal.load(
                from: settings.content, in: files, councils: settings.councils, reporting: &diagnostics)
        else {
            terminal.report(diagnostics, as: problems.format, files: files)
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
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        let catalogues = CatalogueFiles(settings: settings, files: files)
        let glossary = catalogues.glossary(reporting: &diagnostics)
        func check(_ folder: String, _ glossary: Glossary?) {
            diagnostics.add(catalogues.problemsOfNames(in: folder))
            for (path, _, language) in catalogues.catalogues(in: folder) {
                guard let language,
                    settings.languages.isEmpty || settings.languages.contains(language.tag),
                    let file = catalogues.read(path, language, reporting: &diagnostics)
                else { continue }
                diagnostics.add(CatalogueChecks.check(file, language: language, glossary: glossary))
            }
        }
        check(joinPath(settings.content, "translations"), glossary)
        for theme in catalogues.themes { check(joinPath(settings.themes, "\(theme)/translations"), nil) }
        terminal.report(diagnostics, as: problems.format, files: files)
        if diagnostics.hasErrors { throw ExitCode(1) }
    }
}
