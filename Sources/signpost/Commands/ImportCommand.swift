import ArgumentParser
import Build
import Guidance
import Translations
import Workspace

/// Takes in a file that an agency has sent.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in a .po file that an agency or a tool has sent.",
        discussion: """
            The language is that of the file's header, of its name, or of --language. Says what came in, what was refused \
            and why. What was refused leaves the catalogue as it was.

            Example:
              signpost translations import ~/Downloads/guidance_pl_PL.po
            """)

    @Argument(help: "The .po file.") var file: String
    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions

    func run() async throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        let catalogues = CatalogueFiles(settings: settings, files: files)
        func fail() -> ExitCode {
            terminal.report(diagnostics, as: problems.format, files: files)
            return ExitCode(1)
        }
        guard files.exists(file) else { throw ValidationError("There is no file \(file).") }
        guard let portal = Portal.load(from: settings.content, in: files, reporting: &diagnostics) else {
            throw fail()
        }
        let name = file.split(separator: "/").last.map { $0.prefix { $0 != "." } } ?? ""
        var ignored = Diagnostics()
        let said =
            settings.languages.first.flatMap { Language(localeName: $0) }
            ?? (try? files.read(file)).flatMap {
                CatalogueText.read($0, path: file, language: nil, reporting: &ignored)
            }.flatMap { POFile.parse($0, reporting: &ignored).header["Language"] }
            .flatMap { Language(localeName: $0) }
            ?? Language(localeName: name)
        guard let language = said else {
            throw ValidationError("Neither the file nor its name says its language: give --language.")
        }
        guard portal.languages.contains(language), language != portal.sourceLanguage else {
            throw ValidationError(
                "The file is \(language.englishName), and the portal does not publish '\(language.tag)'.")
        }
        guard let sent = catalogues.read(file, language, reporting: &diagnostics), !diagnostics.hasErrors
        else {
            throw fail()
        }
        let path = catalogues.guidancePath(language)
        let known = catalogues.read(path, language, reporting: &diagnostics)
        // A damaged catalogue is left alone: writing it anew could lose translations.
        guard !diagnostics.hasErrors else { throw fail() }
        let messages = portal.allMessages(in: files, reporting: &diagnostics).map(\.extracted)
        let own =
            known
            ?? POFile(
                path: path,
                header: CatalogueMerge.header(
                    for: language, project: portal.name.plainText, date: options.today))
        let merged = CatalogueMerge.merge(messages, into: own, language: language).file
        let result = CatalogueImport(sent, into: merged, language: language)
        try catalogues.recordPublishedPages(of: portal, in: [language], today: options.today)
        try catalogues.write(result.file)
        terminal.write(
            "\(path): \(result.added) new, \(result.changed) changed, \(result.same) the same, "
                + "\(result.undecided) fuzzy, \(result.unused) not in use, \(result.refused) refused\n")
        terminal.report(result.problems, as: problems.format, files: files)
        if result.refused > 0 { throw ExitCode(1) }
    }
}
