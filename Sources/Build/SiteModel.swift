import Checks
import Guidance
import Markdown
import Search
import Translations
import Website
import Workspace

/// Everything that is read once for a site: the portal, the theme and the languages.
package struct SiteModel: Sendable {
    package let settings: SiteSettings
    package let portal: Portal
    package let theme: Theme
    package let languages: [LanguageResources]
    package let searchWords: SearchWords
    /// Nil where only what a build needs is looked at.
    package let linter: Linter?
    /// What the portal and its shared guidance say about rules.
    package let policy: LintPolicy
    /// What was found in each catalogue, for the next build.
    let catalogueFindings: [String: CatalogueFindings]

    /// Reads it all; nil where nothing sensible can follow.
    ///
    /// - Parameters:
    ///   - program: Of the program and its options; with nil every catalogue is checked.
    ///   - known: What an earlier build found in catalogues.
    ///   - kept: What the process has kept of an earlier reading.
    package static func load(
        _ settings: SiteSettings, in files: some FileSystem, program: ContentHash? = nil,
        knowing known: [String: CatalogueFindings] = [:], keeping kept: KeptParts = KeptParts(),
        reporting diagnostics: inout Diagnostics
    ) async -> SiteModel? {
        async let themeAndProblems = theme(settings, in: files, kept)
        let portal = Portal.load(
            from: settings.content, in: files, councils: settings.councils, reporting: &diagnostics)
        let readTheme = await themeAndProblems
        diagnostics.add(readTheme.problems)
        guard var portal, let theme = readTheme.value else { return nil }
        if let baseURL = settings.baseURL { portal.baseURL = baseURL }
        portal = portal.withLeafletTexts(in: files)
        diagnostics.add(settings.unknownLanguages(of: portal))
        let (languages, findings) = await LanguageLoader(
            portal: portal, theme: theme, settings: settings, program: program, known: known, kept: kept
        ).load(in: files, reporting: &diagnostics)
        let themes = CatalogueFiles(settings: settings, files: files).themes
            .map { joinPath(settings.themes, $0) }
        // Whoever reads guidance in another language may still ask in English, and be in danger.
        var spoken = languages.map(\.language)
        if !spoken.isEmpty, !spoken.contains(.english) { spoken.append(.english) }
        let read = await spoken.concurrentMap(width: spoken.count) { language in
            kept.part("words \(language.tag)", for: themes.joined(separator: "\n"), in: files) { files in
                var problems = Diagnostics()
                let vocabulary = SearchVocabulary.load(
                    language, themes: themes, content: settings.content, in: files, reporting: &problems)
                return PartAndProblems(value: SearchLexicon(vocabulary), problems: problems)
            }
        }
        for part in read { diagnostics.add(part.problems) }
        if let source = read.map(\.value).first(where: { $0.language == portal.sourceLanguage }) {
            for part in read { diagnostics.add(Diagnostics(part.value.unknownTopics(source))) }
        }
        diagnostics.add(
            Diagnostics(
                TopicExamples.unread(
                    content: settings.content, languages: portal.languages, source: portal.sourceLanguage,
                    in: files)))
        // They are made of the lexicons, which are kept in them.
        let key = ([portal.sourceLanguage.tag] + read.map { "\(ObjectIdentifier($0.value))" })
        let searchWords = kept.part("vocabularies", for: key.joined(separator: " "), in: files) { _ in
            SearchWords(read.map(\.value), source: portal.sourceLanguage)
        }
        let folders = themes.map { joinPath($0, "checks") } + [joinPath(settings.content, "checks")]
        // What is wrong with the lists themselves stops a build too, whether or not it reads what they are for.
        let phrases = kept.part("phrases", for: folders.joined(separator: "\n"), in: files) { files in
            var problems = Diagnostics()
            let index = PhraseIndex.load(folders: folders, in: files, reporting: &problems)
            return PartAndProblems(value: index, problems: problems)
        }
        diagnostics.add(phrases.problems)
        let linter =
            settings.readsEverything || !portal.checks.raised.isEmpty
            ? Linter(
                phrases: phrases.value, today: settings.today, settings: portal.checks, clock: settings.clock,
                in: files
            ).reading(portal) : nil
        let policy = LintPolicy(of: portal, silences: portal.sharedPages.flatMap(\.silences))
        diagnostics.add(policy.problems(of: nil, rules: RuleRegister.names))
        return SiteModel(
            settings: settings, portal: portal, theme: theme, languages: languages,
            searchWords: searchWords, linter: linter, policy: policy, catalogueFindings: findings)
    }

    /// The words of the interface in the language that the guidance is written in.
    package var sourceStrings: InterfaceStrings {
        languages.first { $0.language == portal.sourceLanguage }?.strings ?? theme.englishStrings
    }

    private static func theme(
        _ settings: SiteSettings, in files: some FileSystem, _ kept: KeptParts
    ) async -> PartAndProblems<Theme?> {
        kept.part("theme", for: "\(settings.theme)\n\(settings.themes)", in: files) { files in
            var read = PartAndProblems<Theme?>(value: nil)
            read.value = Theme.load(
                settings.theme, in: settings.themes, files: files, reporting: &read.problems)
            return read
        }
    }

    /// The search index of an edition and its path within the site; nil where there is nothing to find.
    ///
    /// - Parameter topics: Which topics its sections answer.
    package func searchIndex(
        of edition: Edition, _ topics: SectionTopics?
    ) -> (path: String, index: SearchIndex)? {
        guard let lexicon = searchWords.lexicon(edition.language) else { return nil }
        let index = SearchIndex(
            edition, lexicon,
            source: searchWords.lexicon(edition.otherSearched ?? edition.sourceLanguage), topics: topics)
        return index.entryCount > 0 ? (joinPath(edition.base, index.name), index) : nil
    }

    /// Which topics the sections of a council's editions answer.
    ///
    /// - Parameter source: Its edition in the source language.
    package func topics(of source: Edition) -> SectionTopics? {
        searchWords.lexicon(source.language).map { SectionTopics(source, $0) }
    }

    /// Editions with the catalogues of their languages; the source language has none.
    func withTranslators(
        _ editions: [Edition]
    ) -> [(edition: Edition, translator: (any MessageTranslator)?)] {
        editions.map { edition in
            (edition, languages.first { $0.language == edition.language }?.translator)
        }
    }

    /// Where an edition's search index is within the site; nil where there is nothing to find.
    func searchPath(of edition: Edition) -> String? {
        searchWords.lexicon(edition.language) == nil
            ? nil : SearchIndex.name(for: edition).map { joinPath(edition.base, $0) }
    }

    /// Whether a council's guidance has errors in the language it is written in: nearly all that there can be.
    func hasErrors(in council: Council, in files: some FileSystem) -> Bool {
        var diagnostics = Diagnostics()
        let guidance = portal.guidance(of: council, in: files, reporting: &diagnostics)
        _ = portal.editions(
            of: guidance, resources: languages.filter { $0.language == portal.sourceLanguage },
            today: settings.today, reporting: &diagnostics)
        return policy.adding(guidance.silences).apply(to: diagnostics).hasErrors
    }

    /// What of the linter's findings this run is about: a build that is not strict is about the rules of which the portal
    /// makes errors.
    func counted(_ found: Diagnostics) -> Diagnostics {
        settings.readsEverything
            ? found : Diagnostics(found.sorted.filter { portal.checks.raised.contains($0.rule) })
    }

    /// One council's pages in every language, with the problems that were found on the way and that nobody silenced.
    package func editions(
        of council: Council, in files: some FileSystem
    ) -> (editions: [Edition], diagnostics: Diagnostics) {
        let (editions, diagnostics, silences) = allProblems(of: council, in: files)
        let own = policy.adding(silences)
        var result = own.apply(to: diagnostics)
        result.add(own.problems(of: nil, rules: RuleRegister.names))
        return (editions, result)
    }

    /// The same with all problems, and what the council's own pages ask to be left alone.
    func allProblems(
        of council: Council, in files: some FileSystem
    ) -> (editions: [Edition], diagnostics: Diagnostics, silences: [Silence]) {
        var diagnostics = Diagnostics()
        let guidance = portal.guidance(of: council, in: files, reporting: &diagnostics)
        let editions = portal.editions(
            of: guidance, resources: languages, today: settings.today, reporting: &diagnostics)
        diagnostics.locateSubjects(in: files)
        for edition in editions {
            diagnostics.add(EditionChecks.problems(in: edition))
            if let linter { diagnostics.add(counted(linter.problems(in: edition))) }
        }
        diagnostics.add(theme.problems(of: council.identity))
        return (editions, diagnostics, guidance.silences)
    }
}
