import Guidance
import Leaflets
import Translations
import Website
import Workspace

/// Where catalogues lie, and what is in them.
package struct CatalogueFiles<Files: FileSystem>: Sendable {
    package let settings: SiteSettings
    package let files: Files

    package init(settings: SiteSettings, files: Files) {
        self.settings = settings
        self.files = files
    }

    package var guidanceFolder: String { joinPath(settings.content, "translations") }

    /// The portal's catalogue of a language.
    package func guidancePath(_ language: Language) -> String { path(of: language, in: guidanceFolder) }

    /// Where a portal's own words of the interface lie: those that the theme does not have, and others for it.
    package var interfaceFolder: String { joinPath(guidanceFolder, "interface") }

    /// The catalogues with the words of the interface in a language, the portal's own before those of the themes.
    package func interfacePaths(_ language: Language) -> [String] {
        [path(of: language, in: interfaceFolder)] + themes.map { interfacePath(language, theme: $0) }
    }

    /// A language's guidance catalogue with the portal's messages of today; nil where what is there cannot be read.
    package func upToDate(
        _ language: Language, of portal: Portal, today: CalendarDate, reporting diagnostics: inout Diagnostics
    ) -> POFile? {
        let path = guidancePath(language)
        let known = read(path, language, reporting: &diagnostics)
        guard !diagnostics.hasErrors else { return nil }
        let messages = portal.allMessages(in: files, reporting: &diagnostics).map(\.extracted)
        let own =
            known
            ?? POFile(
                path: path,
                header: CatalogueMerge.header(for: language, project: portal.name.plainText, date: today))
        return CatalogueMerge.merge(messages, into: own, language: language).file
    }

    /// A theme's catalogue of a language.
    package func interfacePath(_ language: Language, theme: String) -> String {
        path(of: language, in: joinPath(settings.themes, "\(theme)/translations"))
    }

    /// `pl.po`; failing that, a file that another tool has named, such as `pl_PL.po`.
    package func path(of language: Language, in folder: String) -> String {
        let own = joinPath(folder, "\(language.tag).po")
        guard !files.exists(own) else { return own }
        return catalogues(in: folder).first { $0.language == language }?.path ?? own
    }

    /// Every catalogue of a folder, with the language that its name says.
    package func catalogues(in folder: String) -> [(path: String, name: String, language: Language?)] {
        ((try? files.list(folder)) ?? []).filter { $0.name.hasSuffix(".po") }.map { entry in
            let name = String(entry.name.dropLast(3))
            return (joinPath(folder, entry.name), name, Language(localeName: name))
        }
    }

    /// What of a folder no language is read from: a warning each.
    package func problemsOfNames(in folder: String) -> Diagnostics {
        Diagnostics(
            catalogues(in: folder).compactMap { catalogue -> Diagnostic? in
                guard let language = catalogue.language else {
                    return .warning(
                        "UnknownLanguage", "'\(catalogue.name)' is not a language that Signpost knows",
                        at: SourceLocation(file: catalogue.path),
                        help: didYouMean(
                            catalogue.name, among: Language.all.map(\.tag),
                            otherwise: "Name the file for its language, such as pl.po or pl_PL.po."))
                }
                let used = path(of: language, in: folder)
                guard used != catalogue.path else { return nil }
                return .warning(
                    "DuplicateCatalogue", "this \(language.englishName) catalogue is not read",
                    at: SourceLocation(file: catalogue.path),
                    help: "\(used) is. If this one is newer, put it in its place.",
                    related: [.init("this one is read", at: SourceLocation(file: used))])
            })
    }

    /// The themes that lie over one another, the topmost first.
    package var themes: [String] { settings.theme == "default" ? ["default"] : [settings.theme, "default"] }

    var glossaryPath: String { joinPath(settings.content, "translations/glossary.yml") }

    /// Reads a catalogue of a language, whatever tool it comes from; nil where there is none.
    package func read(_ path: String, _ language: Language, reporting diagnostics: inout Diagnostics)
        -> POFile?
    {
        guard files.exists(path) else { return nil }
        guard let bytes = try? files.read(path), bytes.count <= SourceText.sizeLimit else {
            // Says why not.
            _ = SourceText.read(path, in: files, reporting: &diagnostics)
            return nil
        }
        return CatalogueText.read(bytes, path: path, language: language, reporting: &diagnostics).map {
            POFile.parse($0, reporting: &diagnostics).withForms(of: language)
        }
    }

    package func glossary(reporting diagnostics: inout Diagnostics) -> Glossary? {
        guard files.exists(glossaryPath),
            let source = SourceText.read(glossaryPath, in: files, reporting: &diagnostics)
        else { return nil }
        return Glossary.parse(source, reporting: &diagnostics)
    }
}

extension CatalogueFiles {
    /// Notes which pages are out, before the catalogues forget what is new to them.
    package func recordPublishedPages(
        of portal: Portal, in languages: [Language], today: CalendarDate
    ) throws(FileError) {
        var ignored = Diagnostics()
        let messages = portal.allMessages(in: files, reporting: &ignored)
            .map { MessageKey($0.text) }
        let known = languages.compactMap { language in
            read(guidancePath(language), language, reporting: &ignored).map {
                Catalogue($0, language: language).knowing(messagesInUse: messages)
            }
        }
        let standings = PageStandings(of: portal, catalogues: known, today: today, in: files)
        try files.makeDirectory(joinPath(portal.root, "translations"))
        let record = standings.record(after: portal.published, of: portal)
        if record != portal.published {
            try files.write(Array(record.serialized().utf8), to: PublishedPages.path(in: portal.root))
        }
        let waiting = portal.waiting.recording(standings.waiting.values.joined(), on: today)
        let path = WaitingMessages.path(in: portal.root)
        if waiting.isEmpty {
            if files.exists(path) { try files.removeFile(path) }
        } else {
            let bytes = Array(waiting.serialized().utf8)
            if (try? files.read(path)) != bytes { try files.write(bytes, to: path) }
        }
    }

    /// Writes a catalogue unless it is the same already.
    package func write(_ file: POFile) throws(FileError) {
        let bytes = Array(file.serialized().utf8)
        if (try? files.read(file.path)) == bytes { return }
        try files.write(bytes, to: file.path)
    }
}

extension Portal {
    /// The portal with what its leaflets say besides the guidance, where a council treats languages alike.
    func withLeafletTexts(in files: some FileSystem) -> Portal {
        let equal = councils.filter { !$0.parity.isEmpty }.map(\.id)
        guard !equal.isEmpty else { return self }
        var portal = self
        // Problems of leaflets are those of a build.
        var ignored = Diagnostics()
        for spec in LeafletSpec.loadAll(from: root, in: files, reporting: &ignored) {
            let councils = Set(equal.filter { !spec.formats(for: $0).isEmpty })
            portal.leafletTexts += spec.passages.map {
                LeafletText($0, leaflet: "leaflets/\(spec.name)", file: spec.file, councils: councils)
            }
        }
        return portal
    }

    /// Every message that a translator gets: the guidance, then what leaflets say besides.
    package func allMessages(in files: some FileSystem, reporting diagnostics: inout Diagnostics)
        -> [SourceMessage]
    {
        var all = messages(in: files, reporting: &diagnostics)
        var known = Set(all.map(\.text))
        var ignored = Diagnostics()
        for spec in LeafletSpec.loadAll(from: root, in: files, reporting: &ignored) {
            let prefix = root + "/"
            let file = spec.file.hasPrefix(prefix) ? String(spec.file.dropFirst(prefix.count)) : spec.file
            for passage in spec.passages where known.insert(passage.markdown).inserted {
                all.append(
                    SourceMessage(
                        text: passage.markdown, role: "leaflet", references: [file], councils: [],
                        placeholders: []))
            }
        }
        return all
    }
}

/// What was found in a catalogue: true as long as the catalogue, the glossary and the program stay the same.
package struct CatalogueFindings: Sendable {
    package var fingerprint: ContentHash
    package var diagnostics: [Diagnostic]
}

/// Finds the words of each language, and what is wrong with them.
struct LanguageLoader {
    let portal: Portal
    let theme: Theme
    let settings: SiteSettings
    /// Of the program; nil: nothing is known from before.
    var program: ContentHash?
    /// What was found before, by the catalogue's path.
    var known: [String: CatalogueFindings] = [:]
    var kept = KeptParts()

    /// What came of one language.
    private struct Loaded: Sendable {
        /// Nil where it is not published.
        var resources: LanguageResources?
        var diagnostics = Diagnostics()
        var findings: [String: CatalogueFindings] = [:]
        var glossaryUse = GlossaryUse()
    }

    func load(
        in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) async -> (languages: [LanguageResources], findings: [String: CatalogueFindings]) {
        let catalogues = CatalogueFiles(settings: settings, files: files)
        let (source, findings) = source(catalogues, reporting: &diagnostics)
        let used = Set(portal.councils.flatMap(\.languages))
        let parity = Set(portal.councils.flatMap(\.parity))
        let languages = portal.languages.filter {
            $0 != portal.sourceLanguage && used.contains($0) && (isWanted($0) || parity.contains($0))
        }
        guard !languages.isEmpty else { return ([source], findings) }
        let glossary = catalogues.glossary(reporting: &diagnostics)
        // What every page of every council says decides which translations are of something that has changed.
        let messages = portal.allMessages(in: files, reporting: &diagnostics).map { MessageKey($0.text) }
        diagnostics.add(catalogues.problemsOfNames(in: catalogues.guidanceFolder))
        diagnostics.add(catalogues.problemsOfNames(in: catalogues.interfaceFolder))
        let loaded = await languages.concurrentMap(width: languages.count) { language in
            load(language, catalogues, glossary, messages)
        }
        var use = GlossaryUse()
        for result in loaded {
            diagnostics.add(result.diagnostics)
            use.add(result.glossaryUse)
        }
        if let glossary {
            diagnostics.add(use.problems(of: glossary, isWhole: settings.languages.isEmpty))
        }
        return (
            [source] + loaded.compactMap(\.resources),
            loaded.reduce(into: findings) { $0.merge($1.findings) { $1 } }
        )
    }

    /// The language that the guidance is written in: its interface comes from catalogues too, unless it is the theme's.
    private func source<Files: FileSystem>(
        _ catalogues: CatalogueFiles<Files>, reporting diagnostics: inout Diagnostics
    ) -> (resources: LanguageResources, findings: [String: CatalogueFindings]) {
        let language = portal.sourceLanguage
        var resources = LanguageResources(
            language: language, translator: nil, strings: theme.englishStrings, review: nil,
            latin: language.orEnglish)
        guard language != InterfaceStrings.themeLanguage else { return (resources, [:]) }
        var result = Loaded()
        let (strings, interfaces) = interface(language, nil, catalogues, &result)
        resources.strings = strings
        if let first = interfaces.first {
            resources.units = CatalogueTranslator(guidance: first, interfaces: Array(interfaces.dropFirst()))
        }
        diagnostics.add(result.diagnostics)
        return (resources, result.findings)
    }

    /// The words of the interface in a language, and the catalogues that they are from besides that of the guidance.
    private func interface<Files: FileSystem>(
        _ language: Language, _ guidance: Catalogue?, _ catalogues: CatalogueFiles<Files>,
        _ result: inout Loaded
    ) -> (strings: InterfaceStrings, catalogues: [Catalogue]) {
        var interfaces: [Catalogue] = []
        for path in catalogues.interfacePaths(language) {
            guard let read = read(path, language, catalogues, &result) else { continue }
            check(read.file, language, nil, catalogues, &result)
            interfaces.append(read.catalogue)
        }
        let (strings, missing) = InterfaceStrings.translated(
            theme.strings.mapValues(\.text), into: language, by: (guidance.map { [$0] } ?? []) + interfaces)
        if !missing.isEmpty {
            result.diagnostics.add(
                .warning(
                    "MissingInterfaceStrings",
                    "\(missing.count) words of the interface are not translated into \(language.englishName), "
                        + "so readers get them in \(InterfaceStrings.themeLanguage.englishName): "
                        + missing.prefix(5).joined(separator: ", ") + (missing.count > 5 ? " …" : ""),
                    at: SourceLocation(file: catalogues.interfacePaths(language)[0]),
                    help:
                        "Run 'signpost translations extract --interface', and have this file translated."))
        }
        return (strings, interfaces)
    }

    private func isWanted(_ language: Language) -> Bool {
        settings.languages.isEmpty || settings.languages.contains(language.tag)
    }

    private func load<Files: FileSystem>(
        _ language: Language, _ catalogues: CatalogueFiles<Files>, _ glossary: Glossary?,
        _ messages: [MessageKey]
    ) -> Loaded {
        var result = Loaded()
        let path = catalogues.guidancePath(language)
        guard let read = read(path, language, catalogues, &result) else {
            // A damaged one has been reported.
            if catalogues.files.exists(path) { return result }
            result.diagnostics.add(
                .warning(
                    "MissingCatalogue",
                    "there is no catalogue of \(language.englishName), so it is not published",
                    at: SourceLocation(file: path),
                    help: "Run 'signpost translations extract', and have the file translated."))
            return result
        }
        let file = read.file
        check(file, language, glossary, catalogues, &result)
        if let glossary { result.glossaryUse.add(file, language: language, glossary: glossary) }
        var guidance = read.catalogue.knowing(messagesInUse: messages)
        if !portal.translations.publishesDrafts { guidance = guidance.hidingDrafts() }
        if guidance.isUnreviewed, !portal.translations.publishesDrafts {
            result.diagnostics.add(
                .warning(
                    "DraftNotPublished",
                    "nobody has reviewed the \(language.englishName) translation, so it is not published",
                    at: SourceLocation(file: file.path),
                    help:
                        "Set X-Signpost-Review, or 'publish-drafts: yes' under 'translations' in portal.yml."
                ))
            return result
        }
        let (strings, interfaces) = interface(language, guidance, catalogues, &result)
        let translator = CatalogueTranslator(guidance: guidance, interfaces: interfaces)
        let parsed = parsed(catalogues.files)
        result.resources = LanguageResources(
            language: language, translator: translator, strings: strings, review: guidance.review,
            latin: guidance.latin(reporting: &result.diagnostics) ?? portal.sourceLanguage.orEnglish,
            terms: TermMentions(
                of: messages.map(\.id), by: termFinder(language, catalogues), translator: translator,
                parsed: parsed),
            parsed: parsed)
        result.resources?.isPublished = isWanted(language)
        return result
    }

    private struct ReadCatalogue: Sendable {
        var file: POFile
        var catalogue: Catalogue
    }

    private func read<Files: FileSystem>(
        _ path: String, _ language: Language, _ catalogues: CatalogueFiles<Files>, _ result: inout Loaded
    ) -> ReadCatalogue? {
        let read = kept.part("catalogue \(path)", for: language.tag, in: catalogues.files) { files in
            var read = PartAndProblems<ReadCatalogue?>(value: nil)
            read.value = CatalogueFiles(settings: settings, files: files)
                .read(path, language, reporting: &read.problems)
                .map { ReadCatalogue(file: $0, catalogue: Catalogue($0, language: language)) }
            return read
        }
        result.diagnostics.add(read.problems)
        return read.value
    }

    private func termFinder<Files: FileSystem>(
        _ language: Language, _ catalogues: CatalogueFiles<Files>
    ) -> TermFinder {
        let explained = portal.explainedTerms
        let key = explained.sorted().joined(separator: "\n")
        return kept.part("terms \(language.tag)", for: key, in: catalogues.files) { files in
            // Whoever reads the glossary for its own sake says what is wrong with it.
            var ignored = Diagnostics()
            let glossary = CatalogueFiles(settings: settings, files: files).glossary(reporting: &ignored)
            return TermFinder(language, glossary: glossary ?? Glossary(), explained: explained)
        }
    }

    private func parsed(_ files: some FileSystem) -> ParsedMessages {
        kept.part("messages", in: files) { _ in ParsedMessages() }
    }

    /// Reports what is wrong with a catalogue: what was found before, where nothing that decides it has changed.
    private func check<Files: FileSystem>(
        _ file: POFile, _ language: Language, _ glossary: Glossary?, _ catalogues: CatalogueFiles<Files>,
        _ result: inout Loaded
    ) {
        func hash(_ path: String) -> ContentHash? {
            (try? catalogues.files.read(path)).map { ContentHash($0) }
        }
        let fingerprint = program.flatMap { program in
            hash(file.path).map { own in
                let terms = glossary == nil ? nil : hash(catalogues.glossaryPath)
                return ContentHash("\(program) \(language.tag) \(own) \(terms.map(\.description) ?? "")")
            }
        }
        if let fingerprint, let known = known[file.path], known.fingerprint == fingerprint {
            result.diagnostics.add(known.diagnostics)
            result.findings[file.path] = known
            return
        }
        let found = CatalogueChecks.check(file, language: language, glossary: glossary)
        result.diagnostics.add(found)
        if let fingerprint {
            result.findings[file.path] = CatalogueFindings(
                fingerprint: fingerprint, diagnostics: found.sorted)
        }
    }
}
