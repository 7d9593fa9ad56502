import ArgumentParser
import Build
import Guidance
import Translations
import Workspace

/// Notes who has checked translations.
struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "Go through the translations that nobody has checked.",
        discussion: """
            Shows each English text with its translation and asks whether it is right: y for yes, q to stop, anything else \
            to leave it a draft. --all notes all of them at once, for a file that a professional has checked as a whole.

            Example:
              signpost translations review --as "Anna Nowak" --language pl --page guidance/rights.md
            """)

    @OptionGroup var options: SiteOptions

    @Option(name: .customLong("as"), help: "The name of the person who checks, as pages will show it.")
    var name: String

    @Option(help: "Only messages of this page, such as guidance/rights.md.")
    var page: String?

    @Flag(help: "Everything has been checked: do not ask.")
    var all = false

    func validate() throws {
        if name.allSatisfy(\.isWhitespace) { throw ValidationError("--as needs a name.") }
    }

    func run() async throws {
        let terminal = Terminal.current()
        let files = options.files
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        let catalogues = CatalogueFiles(settings: settings, files: files)
        guard settings.languages.count == 1 else {
            throw ValidationError("Say which language has been checked: --language pl.")
        }
        let tag = settings.languages[0]
        guard let language = Language(tag: tag) else {
            throw ValidationError(
                "'\(tag)' is not a language that Signpost knows. \(Language.advice(on: tag))")
        }
        let path = catalogues.guidancePath(language)
        guard let file = catalogues.read(path, language, reporting: &diagnostics), !diagnostics.hasErrors
        else {
            if diagnostics.isEmpty { throw ValidationError("There is no \(path).") }
            terminal.report(diagnostics, as: .text, files: files)
            throw ExitCode(1)
        }
        var isOver = false
        let (reviewed, count) = file.reviewed(by: name, on: options.today) { entry in
            guard !isOver, entry.currentReview == nil,
                page.map({ page in entry.references.contains { $0.prefix { $0 != "#" } == page } }) ?? true
            else { return false }
            if all { return true }
            terminal.write("\n\(entry.references.first ?? "")\n  \(entry.id)\n")
            for text in entry.strings { terminal.write("  \(text)\n") }
            terminal.write("right? [y/N/q] ")
            guard let answer = readLine() else {
                isOver = true
                return false
            }
            isOver = answer.lowercased() == "q"
            return answer.lowercased() == "y"
        }
        if count > 0 { try catalogues.write(reviewed) }
        let left = reviewed.entries.count { !$0.isObsolete && $0.isTranslated && $0.currentReview == nil }
        terminal.write("\(path): \(count) noted as checked by \(name), \(left) drafts left\n")
    }
}
