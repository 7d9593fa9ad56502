import ArgumentParser
import Build
import Guidance
import Translations
import Website
import Workspace

/// Writes a file for translators.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a file for an agency: everything, or what is left.",
        discussion: """
            Each message comes with where it stands, what its placeholders are and, where the English has changed, what \
            it said before. 'signpost translations import' takes the file back.

            Examples:
              signpost translations export cy --format xliff --only-missing
              signpost translations export pl --format docx-table --output for-anna.docx
              signpost translations export cy --interface      the words of buttons, notices and labels
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case po, xliff, csv
        case docxTable = "docx-table"

        var kind: ExchangeFile.Kind? {
            switch self {
            case .po: nil
            case .xliff: .xliff
            case .csv: .csv
            case .docxTable: .docx
            }
        }
    }

    @Argument(help: "The language's tag, such as cy.") var tag: String
    @Option(name: .customLong("format"), help: "po, xliff (1.2), csv or docx-table.") var kind = Format.po
    @Flag(help: "Only what has no translation, or one of an earlier English.") var onlyMissing = false
    @Flag(help: "The words of the interface instead of the guidance.") var interface = false
    @Option(
        help: ArgumentHelp(
            "The file to write. Default: guidance-TAG or interface-TAG in this folder.", valueName: "file"))
    var output: String?
    @OptionGroup var options: SiteOptions

    func run() async throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        func fail() -> ExitCode {
            terminal.report(diagnostics, as: .text, files: files)
            return ExitCode(1)
        }
        guard let language = Language(localeName: tag) else {
            throw ValidationError(
                "'\(tag)' is not a language that Signpost knows. \(Language.advice(on: tag))")
        }
        guard let portal = Portal.load(from: settings.content, in: files, reporting: &diagnostics) else {
            throw fail()
        }
        guard portal.languages.contains(language), language != portal.sourceLanguage else {
            throw ValidationError(
                "The portal is not translated into \(language.englishName): 'signpost translations add \(language.tag)'."
            )
        }
        let catalogues = CatalogueFiles(settings: settings, files: files)
        var all: POFile?
        if interface {
            if let theme = Theme.load(
                settings.theme, in: settings.themes, files: files, reporting: &diagnostics)
            {
                let update = CatalogueUpdate(portal: portal, catalogues: catalogues, today: options.today)
                all =
                    update.allInterface(
                        InterfaceWordsInUse(theme, settings), language, reporting: &diagnostics)?.file
            }
        } else {
            all = catalogues.upToDate(language, of: portal, today: options.today, reporting: &diagnostics)
        }
        guard var file = all else { throw fail() }
        let path = file.path
        file.entries = file.entries.filter { !$0.isObsolete && !(onlyMissing && $0.isTranslated) }
        let target =
            output ?? "\(interface ? "interface" : "guidance")-\(language.tag).\(kind.kind?.ending ?? "po")"
        guard target != path else {
            throw ValidationError("\(target) is the portal's catalogue: give another --output.")
        }
        try OtherFile.refuse(target, unlessEnding: ".\(kind.kind?.ending ?? "po")", option: "--output")
        if let exchange = kind.kind {
            do {
                try await ExchangeFile(python: settings.python).write(
                    file.entries, to: target, exchange, language: language,
                    source: interface ? InterfaceStrings.themeLanguage : portal.sourceLanguage)
            } catch {
                diagnostics.add(
                    .error(
                        "UnwrittenTranslations", "this file cannot be written: \(error.reason)",
                        at: SourceLocation(file: target), help: error.help))
                throw fail()
            }
        } else {
            file.path = target
            try files.write(Array(file.serialized().utf8), to: target)
        }
        let open = file.entries.filter { !$0.isTranslated }.count
        terminal.write("\(target): \(file.entries.count) messages, \(open) to translate\n")
    }
}
