import ArgumentParser
import Build
import Guidance
import Search
import Translations
import Workspace

/// Works with the search and the words of families.
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Try the search, and improve the words it knows.",
        discussion: """
            Examples:
              signpost search try "can I bring my mum" --council oxfordshire
              signpost search try "czy zabiorą mi dziecko" --council oxfordshire --language pl
              signpost search suggest --language pl    words for questions that find no answer
              signpost search lines --language pl      lines of the vocabulary that lead nowhere
            """,
        subcommands: [TrySearchCommand.self, SuggestSearchCommand.self, SearchLinesCommand.self])
}

/// How a command's answer is written.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}

/// Shows what a family finds, and why.
struct TrySearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try", abstract: "Show what a family finds for a question, and why.",
        discussion: """
            The theme's own search answers, from the index and the vocabulary that a build writes. No site is needed, and \
            nothing is written.

            Examples:
              signpost search try "can I bring my mum" --council oxfordshire
              signpost search try "czy zabiorą mi dziecko" --council oxfordshire --language pl --format json
            """)

    @Argument(help: "The question, in a family's own words.") var question: String

    @OptionGroup var options: SiteOptions

    @Option(help: "How the answer is written: text or json.")
    var format = AnswerFormat.text

    func validate() throws {
        guard question.contains(where: { !$0.isWhitespace }) else {
            throw ValidationError("Ask a question.")
        }
    }

    func run() async throws {
        let terminal = Terminal.current()
        let files = options.files
        var diagnostics = Diagnostics()
        guard
            let asked = await AskedEditions.load(
                options.settings(baseURL: nil), in: files, councilsWithoutName: 1, reporting: &diagnostics)
        else { try terminal.fail(diagnostics, files) }
        var results: [(edition: Edition, result: TrialResult)] = []
        do {
            let kit = try await SearchKit.start(asked.model.settings, count: 1, in: files)
            defer { kit.stop() }
            for (council, editions) in asked.councils {
                for edition in editions where asked.isWanted(edition) {
                    let found = try await kit.ask(
                        [question], of: edition, among: editions, asked.model, explains: true)
                    if let result = found.first {
                        results.append((edition, result))
                    } else {
                        diagnostics.add(.nothingToFind(council, edition.language, options.contentFolder))
                    }
                }
            }
        } catch {
            diagnostics.add(.searchFailed(error, at: nil))
        }
        switch format {
        case .json:
            let all = results.map { TrialReport(question, $0.result, $0.edition, asked.model).json }
            terminal.write(JSONValue.object([("searches", .array(all))]).serialized(pretty: true) + "\n")
        case .text:
            for (edition, result) in results {
                terminal.write(TrialReport(question, result, edition, asked.model).text)
            }
        }
        if diagnostics.hasErrors { try terminal.fail(diagnostics, files) }
    }
}

/// Lists the lines of the vocabulary that lead nowhere.
struct SearchLinesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lines", abstract: "List the lines of the vocabulary that no page can match.",
        discussion: """
            All lines, the theme's too: that some of those lead nowhere in one portal is right, since they are for all. \
            'signpost check' warns of the portal's own.
            """)

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions

    func run() async throws {
        let terminal = Terminal.current()
        let files = options.files
        var diagnostics = Diagnostics()
        guard
            let asked = await AskedEditions.load(
                options.settings(baseURL: nil), in: files, councilsWithoutName: .max, reporting: &diagnostics)
        else { try terminal.fail(diagnostics, files) }
        var uses: [Language: VocabularyUse] = [:]
        for (_, editions) in asked.councils {
            for edition in editions where asked.isWanted(edition) {
                guard let lexicon = asked.model.searchWords.lexicon(edition.language) else { continue }
                uses[edition.language, default: VocabularyUse(lexicon) { _ in true }].note(edition)
            }
        }
        let found = Diagnostics(uses.values.flatMap(\.problems))
        terminal.report(found, as: problems.format, files: files)
        if problems.format == .text, found.isEmpty { terminal.write("Every line leads somewhere.\n") }
    }
}

extension Terminal {
    /// Reports the errors among some problems and ends the command.
    func fail(_ diagnostics: Diagnostics, _ files: some FileSystem) throws -> Never {
        report(
            Diagnostics(diagnostics.sorted.filter { $0.severity == .error }), as: .text, files: files)
        throw ExitCode(1)
    }
}
