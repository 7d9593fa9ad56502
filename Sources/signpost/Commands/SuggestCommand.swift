import ArgumentParser
import Build
import Guidance
import Search
import Translations
import Workspace

/// Proposes words for questions that find no answer; writes nothing.
struct SuggestSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "Propose 'Also asked' lines and vocabulary for questions that find no answer.",
        discussion: """
            Takes the questions of content/search/asked-<tag>.txt, or those given here, asks them of every council, and \
            looks for the nearest questions and sections of one whose search gives no clear answer. Nothing is written: \
            whether a section answers a question is for an editor to say.

            Examples:
              signpost search suggest --language en
              signpost search suggest "nan to look after kids" --council oxfordshire
            """)

    @Argument(help: "Questions to take instead of those that are kept.") var questions: [String] = []

    @OptionGroup var options: SiteOptions

    @Option(help: "How the proposals are written: text or json.")
    var format = AnswerFormat.text

    func run() async throws {
        let terminal = Terminal.current()
        let files = options.files
        var diagnostics = Diagnostics()
        guard
            let asked = await AskedEditions.load(
                options.settings(baseURL: nil), in: files, councilsWithoutName: .max, reporting: &diagnostics)
        else { try terminal.fail(diagnostics, files) }
        let languages = asked.model.languages.map(\.language).filter {
            options.language.isEmpty
                ? $0 == asked.model.portal.sourceLanguage : options.language.contains($0.tag)
        }
        var suggestions: [SearchSuggestion] = []
        for language in languages {
            let kept =
                questions.isEmpty
                ? AskedQuestions.load(
                    content: options.contentFolder, languages: [language], in: files, reporting: &diagnostics
                )
                .flatMap(\.questions)
                : questions.map { AskedQuestions.Question(text: $0, location: SourceLocation(file: "")) }
            if kept.isEmpty {
                diagnostics.add(.noQuestions(language, options.contentFolder))
                continue
            }
            do {
                let found = try await SearchSuggestion.all(for: kept, in: language, asked, files)
                suggestions += found
            } catch {
                diagnostics.add(.searchFailed(error, at: nil))
            }
        }
        switch format {
        case .json:
            terminal.write(
                JSONValue.object([("suggestions", .array(suggestions.map(\.json)))]).serialized(pretty: true)
                    + "\n")
        case .text:
            for suggestion in suggestions { terminal.write(suggestion.text) }
            if suggestions.isEmpty, !diagnostics.hasErrors {
                terminal.write("Every question finds an answer.\n")
            } else if let first = suggestions.first, !first.isByMeaning {
                terminal.writeError(
                    "Found by letters alone. In many languages '\(NearestEntries.model)' finds by meaning: see docs/search.md.\n"
                )
            }
        }
        if diagnostics.hasErrors { try terminal.fail(diagnostics, files) }
    }
}
