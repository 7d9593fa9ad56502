import Build
import Guidance
import Translations
import Website
import Workspace

/// The words of the interface that a theme has.
struct InterfaceWordsInUse {
    let messages: [ExtractedMessage]
    /// Where the theme keeps its catalogues.
    let folder: String
    let themeName: String

    init(_ theme: Theme, _ settings: SiteSettings) {
        let order = theme.strings.sorted { $0.value.location < $1.value.location }.map(\.key)
        messages = InterfaceStrings.messages(theme.strings.mapValues(\.text), order: order)
        folder = joinPath(settings.themes, "\(settings.theme)/translations")
        themeName = settings.theme
    }
}

/// Brings catalogues up to date, and says in a line each what that did.
struct CatalogueUpdate {
    let portal: Portal
    let catalogues: CatalogueFiles<LocalFileSystem>
    let today: CalendarDate

    /// The portal's catalogues of its guidance.
    func guidance(_ languages: [Language], reporting diagnostics: inout Diagnostics) throws -> [String] {
        let messages = portal.allMessages(in: catalogues.files, reporting: &diagnostics).map(\.extracted)
        try template(
            messages, in: catalogues.guidanceFolder, name: "guidance", project: portal.name.plainText)
        return try languages.compactMap { language in
            try update(
                catalogues.guidancePath(language), language, with: messages, project: portal.name.plainText,
                reporting: &diagnostics)
        }
    }

    /// A theme's own catalogues, with all its words.
    func theme(
        _ words: InterfaceWordsInUse, _ languages: [Language], reporting diagnostics: inout Diagnostics
    ) throws -> [String] {
        let project = "Signpost theme \(words.themeName)"
        try template(words.messages, in: words.folder, name: "interface", project: project)
        return try languages.compactMap { language in
            try update(
                catalogues.path(of: language, in: words.folder), language, with: words.messages,
                project: project, reporting: &diagnostics)
        }
    }

    /// The portal's catalogues of the interface: words that the theme has no translation of, and those that the portal
    /// says otherwise. Where nothing is missing, there is none.
    func interface(
        _ words: InterfaceWordsInUse, _ languages: [Language], reporting diagnostics: inout Diagnostics
    ) throws -> [String] {
        try languages.compactMap { language in
            let path = catalogues.path(of: language, in: catalogues.interfaceFolder)
            let own = try translated(path, language, reporting: &diagnostics)
            let missing = try missingInterface(words, language, reporting: &diagnostics)
            let wanted = words.messages.filter { missing.contains($0.key) || own.contains($0.key) }
            guard !wanted.isEmpty || catalogues.files.exists(path) else {
                return "\(path): not needed, the theme has all words in \(language.englishName)"
            }
            return try update(
                path, language, with: wanted, project: portal.name.plainText, reporting: &diagnostics)
        }
    }

    /// All words of the interface in a language: the portal's own translations, and the theme's where it has none.
    ///
    /// - Returns: Also the theme's alone; nil where a catalogue is damaged.
    func allInterface(
        _ words: InterfaceWordsInUse, _ language: Language, reporting diagnostics: inout Diagnostics
    ) -> (file: POFile, theme: [MessageKey: [String]])? {
        var theme: [MessageKey: [String]] = [:]
        for name in catalogues.themes {
            let file = catalogues.read(
                catalogues.interfacePath(language, theme: name), language, reporting: &diagnostics)
            for entry in file?.entries ?? [] where entry.isTranslated && !entry.isObsolete {
                theme[entry.key] = theme[entry.key] ?? entry.strings
            }
        }
        let path = catalogues.path(of: language, in: catalogues.interfaceFolder)
        let own = catalogues.read(path, language, reporting: &diagnostics)
        guard !diagnostics.hasErrors else { return nil }
        let known =
            own
            ?? POFile(
                path: path,
                header: CatalogueMerge.header(
                    for: language, project: portal.name.plainText, date: today))
        var file = CatalogueMerge.merge(words.messages, into: known, language: language).file
        for index in file.entries.indices where file.entries[index].isUntranslated {
            let entry = file.entries[index]
            if let strings = theme[entry.key], strings.count == entry.strings.count {
                file.entries[index].strings = strings
            }
        }
        return (file, theme)
    }

    /// Writes a portal's own words of the interface: of all that the file has, those that the theme lacks in the
    /// language or says otherwise.
    func writeInterface(_ all: POFile, besides theme: [MessageKey: [String]]) throws {
        var file = all
        file.entries.removeAll { !$0.isObsolete && ($0.isUntranslated || theme[$0.key] == $0.strings) }
        guard !file.entries.isEmpty || catalogues.files.exists(file.path) else { return }
        try catalogues.files.makeDirectory(catalogues.interfaceFolder)
        try catalogues.write(file)
    }

    /// The words of the interface that no theme has in a language.
    func missingInterface(
        _ words: InterfaceWordsInUse, _ language: Language, reporting diagnostics: inout Diagnostics
    ) throws -> Set<MessageKey> {
        guard language != InterfaceStrings.themeLanguage else { return [] }
        var missing = Set(words.messages.map(\.key))
        for theme in catalogues.themes {
            missing.subtract(
                try translated(
                    catalogues.interfacePath(language, theme: theme), language, reporting: &diagnostics))
        }
        return missing
    }

    /// The messages that a catalogue has a current translation of.
    func translated(
        _ path: String, _ language: Language, reporting diagnostics: inout Diagnostics
    ) throws -> Set<MessageKey> {
        guard let file = catalogues.read(path, language, reporting: &diagnostics) else { return [] }
        return Set(file.entries.filter { $0.isTranslated && !$0.isObsolete }.map(\.key))
    }

    private func template(
        _ messages: [ExtractedMessage], in folder: String, name: String, project: String
    ) throws {
        try catalogues.files.makeDirectory(folder)
        try catalogues.write(
            CatalogueMerge.template(messages, path: joinPath(folder, name + ".pot"), project: project))
    }

    /// - Returns: Nil where the catalogue is damaged and left alone: writing it anew could lose translations.
    private func update(
        _ path: String, _ language: Language, with messages: [ExtractedMessage], project: String,
        reporting diagnostics: inout Diagnostics
    ) throws -> String? {
        var problems = Diagnostics()
        let known = catalogues.read(path, language, reporting: &problems)
        diagnostics.add(problems)
        if problems.hasErrors { return nil }
        let file =
            known
            ?? POFile(path: path, header: CatalogueMerge.header(for: language, project: project, date: today))
        let (merged, summary) = CatalogueMerge.merge(messages, into: file, language: language)
        if let slash = path.lastIndex(of: "/") {
            try catalogues.files.makeDirectory(String(path[..<slash]))
        }
        try catalogues.write(merged)
        return "\(path): \(summary.kept) kept"
            + (summary.carried > 0 ? " (\(summary.carried) of a text that is equal in meaning)" : "")
            + ", \(summary.added) new, \(summary.changed) changed, "
            + "\(summary.revived) back, \(summary.removed) removed"
    }
}
