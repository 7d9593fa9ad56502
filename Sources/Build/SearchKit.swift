import Guidance
import Search
import Translations
import Workspace

/// The theme's search, run outside a browser.
package struct SearchKit: Sendable {
    private let trials: SearchTrials

    /// The theme's script of the search, the topmost theme's first.
    private static func client(_ settings: SiteSettings, in files: some FileSystem) -> String? {
        for folder in settings.themeFolders.reversed() {
            if let bytes = try? files.read(joinPath(folder, "assets/search/search.js")) {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
        return nil
    }

    /// Starts it.
    ///
    /// - Parameter count: How many councils are asked at the same time.
    package static func start(
        _ settings: SiteSettings, count: Int, in files: some FileSystem
    ) async throws(SearchTrials.Failure) -> SearchKit {
        guard let client = client(settings, in: files) else {
            throw SearchTrials.Failure(reason: "the theme has no assets/search/search.js")
        }
        return SearchKit(
            trials: try await SearchTrials(python: settings.python, count: count, client: client))
    }

    /// What to do where it does not start.
    package static let help =
        "Run 'make site', or install \(SearchTrials.testedEngine) with pip; SIGNPOST_PYTHON names another Python."

    package func stop() { trials.stop() }

    /// Asks questions of one of a council's editions; no results where it has nothing to find.
    ///
    /// - Parameter editions: All editions of the council, for what is looked up in the source language.
    package func ask(
        _ questions: [String], of edition: Edition, among editions: [Edition], _ model: SiteModel,
        explains: Bool = false
    ) async throws(SearchTrials.Failure) -> [TrialResult] {
        let topics = editions.inSourceLanguage.flatMap(model.topics)
        guard let own = model.trialScripts(of: edition, topics) else { return [] }
        let other = edition.otherSearched.flatMap { language -> TrialEdition.Scripts? in
            if let edition = editions.first(where: { $0.language == language }),
                let scripts = model.trialScripts(of: edition, topics)
            {
                return scripts
            }
            return model.vocabulary(language).map {
                TrialEdition.Scripts(language: language, vocabulary: $0, index: nil)
            }
        }
        let trial = TrialEdition(own, other: other, strings: edition.strings)
        return try await trials.ask(questions, of: trial, explains: explains)
    }
}

extension SiteModel {
    /// What a page of an edition loads when somebody opens its search; nil where there is nothing to find.
    fileprivate func trialScripts(
        of edition: Edition, _ topics: SectionTopics?
    ) -> TrialEdition.Scripts? {
        guard let words = vocabulary(edition.language), let (path, index) = searchIndex(of: edition, topics)
        else { return nil }
        return TrialEdition.Scripts(
            language: edition.language, vocabulary: words, index: (path, index.script))
    }

    /// The words of a language as the browser gets them, and where.
    fileprivate func vocabulary(_ language: Language) -> (path: String, script: SearchScript)? {
        guard let file = searchWords.file(language), let path = searchWords.path(language) else { return nil }
        return (path, file.script)
    }
}

/// What `check` says about the search: lines of the vocabulary that lead nowhere, and questions without an answer.
struct SearchReview: Sendable {
    /// What one council's editions say about it.
    struct Findings: Sendable {
        fileprivate var uses: [Language: VocabularyUse] = [:]
        fileprivate var answers: [Answer] = []
        fileprivate var failures: [Diagnostic] = []
    }

    fileprivate struct Answer: Sendable {
        enum Kind: Sendable {
            case clear
            /// Shown as one that may help.
            case weak
            case nothing
        }

        var question: AskedQuestions.Question
        var council: String
        var kind: Kind
        /// Whether a box of danger is shown.
        var isDanger: Bool
    }

    private let uses: [Language: VocabularyUse]
    private let asked: [AskedQuestions]
    private let kit: SearchKit?
    private let councils: [String]

    /// - Parameters:
    ///   - linesOf: Whose lines are judged.
    ///   - count: How many councils are asked at the same time.
    static func start(
        _ model: SiteModel, count: Int, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) async -> SearchReview {
        let settings = model.settings
        // One council's pages do not tell what stands on no council's.
        let lines = settings.councils.isEmpty ? ownLines(model, in: files) : [:]
        let wanted = Set(model.languages.map(\.language))
        let asked = AskedQuestions.load(
            content: settings.content, languages: model.portal.languages, in: files,
            reporting: &diagnostics
        ).filter { wanted.contains($0.language) && !$0.questions.isEmpty }
        var kit: SearchKit?
        if !asked.isEmpty {
            do {
                kit = try await SearchKit.start(settings, count: count, in: files)
            } catch {
                for file in asked {
                    diagnostics.add(.askedSkipped(file.file, error.reason, help: SearchKit.help))
                }
            }
        }
        return SearchReview(
            uses: lines, asked: asked, kit: kit, councils: model.portal.councils.map(\.id))
    }

    /// The lines of the portal's own vocabulary, and those that its own theme does not have from the default theme, whose
    /// lines are for all portals: that some lead nowhere in one is right.
    private static func ownLines(_ model: SiteModel, in files: some FileSystem) -> [Language: VocabularyUse] {
        let settings = model.settings
        let general = joinPath(settings.themes, "default/search/")
        var uses: [Language: VocabularyUse] = [:]
        for language in model.searchWords.languages {
            guard let lexicon = model.searchWords.lexicon(language) else { continue }
            let lines = lexicon.vocabulary.lines
            let asked = lexicon.vocabulary.alsoAsked
            guard lines.contains(where: { !$0.location.file.hasPrefix(general) }) || !asked.isEmpty else {
                continue
            }
            let path = general + "\(language.tag).yml"
            var shared: Set<[String]> = []
            if settings.theme != "default", files.exists(path) {
                var ignored = Diagnostics()
                if let source = SourceText.read(path, in: files, reporting: &ignored) {
                    let known = SearchVocabulary.parse(source, language: language, reporting: &ignored)
                    shared = Set(known.lines.map(\.wordings))
                }
            }
            let own = joinPath(settings.content, "search/")
            uses[language] = VocabularyUse(lexicon) { line in
                line.location.file.hasPrefix(own)
                    || !line.location.file.hasPrefix(general) && !shared.contains(line.wordings)
            }
        }
        return uses.filter { !$0.value.isDone }
    }

    /// Looks at one council; to be called for all, in any order.
    func look(at editions: [Edition], _ model: SiteModel) async -> Findings {
        var findings = Findings()
        for edition in editions {
            if var use = uses[edition.language] {
                use.note(edition)
                findings.uses[edition.language] = use
            }
            guard let kit, let file = asked.first(where: { $0.language == edition.language }) else {
                continue
            }
            let results: [TrialResult]
            do {
                results = try await kit.ask(
                    file.questions.map(\.text), of: edition, among: editions, model)
            } catch {
                findings.failures.append(.searchFailed(error, at: SourceLocation(file: file.file)))
                continue
            }
            for (question, result) in zip(file.questions, results) {
                // What the vocabulary says is not in this guidance is answered by that.
                let isAnswered =
                    result.isClear || result.isNearby || result.isElsewhere && result.answers.isEmpty
                findings.answers.append(
                    Answer(
                        question: question, council: edition.council.id,
                        kind: isAnswered ? .clear : result.answers.isEmpty ? .nothing : .weak,
                        isDanger: !result.danger.isEmpty))
            }
        }
        return findings
    }

    /// Everything that is to be said, once all councils have been looked at.
    func problems(of findings: [Findings]) -> Diagnostics {
        kit?.stop()
        var diagnostics = Diagnostics()
        for (language, use) in uses {
            var all = use
            for one in findings { if let seen = one.uses[language] { all.formUnion(seen) } }
            diagnostics.add(all.problems)
        }
        diagnostics.add(findings.flatMap(\.failures))
        let byQuestion = Dictionary(grouping: findings.flatMap(\.answers), by: \.question)
        for (question, answers) in byQuestion {
            let failed = answers.filter { $0.kind != .clear }
            if !failed.isEmpty { diagnostics.add(problem(question, failed, of: answers.count)) }
        }
        return diagnostics
    }

    private func problem(
        _ question: AskedQuestions.Question, _ failed: [Answer], of count: Int
    ) -> Diagnostic {
        let nothing = failed.filter { $0.kind == .nothing }.map(\.council)
        let weak = failed.filter { $0.kind == .weak }.map(\.council)
        func places(_ ids: [String]) -> String {
            if count == 1 { return "in the guidance of \(ids[0])" }
            guard ids.count < count else { return "in any council's guidance" }
            let named = ids.sorted().prefix(5).joined(separator: ", ")
            return "in \(ids.count) of \(count) councils' guidance (\(named)\(ids.count > 5 ? ", …" : ""))"
        }
        var parts: [String] = []
        if !nothing.isEmpty { parts.append("finds nothing " + places(nothing)) }
        if !weak.isEmpty { parts.append("finds only what may help " + places(weak)) }
        let box = failed.contains(where: \.isDanger) ? " The box of danger is shown." : ""
        return .warning(
            nothing.isEmpty ? "AskedFindsLittle" : "AskedFindsNothing",
            "'\(question.text)' \(parts.joined(separator: ", and "))", at: question.location,
            help:
                "'signpost search try' shows why, 'signpost search suggest' where an answer may be. Write these words under "
                + "'Also asked:' of the question that answers it, or into search/<tag>.yml: what it means, or that it is "
                + "'elsewhere'." + box)
    }
}

extension Diagnostic {
    fileprivate static func askedSkipped(_ file: String, _ reason: String, help: String) -> Diagnostic {
        Diagnostic(
            .note, "AskedQuestionsSkipped", "these questions were not asked: \(reason)",
            at: SourceLocation(file: file), help: help)
    }

    /// Where the search itself fails.
    package static func searchFailed(_ failure: SearchTrials.Failure, at location: SourceLocation?)
        -> Diagnostic
    {
        .error(
            "SearchFailed", "the theme's search cannot be run: \(failure.reason)", at: location,
            help: SearchKit.help)
    }
}
