import ArgumentParser
import Build
import Guidance
import Search
import Translations
import Website
import Workspace

/// Adds a language to a portal, and says what it still lacks.
struct AddLanguageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a language, and say what is missing.",
        discussion: """
            Adds the tag to 'languages' in portal.yml and in the council.yml of each --council (the only council, where \
            there is one), and makes the catalogues to translate. Then says how the language counts, and which words of \
            the interface, words for the search and fonts it lacks. Can be repeated: what is there already stays.

            Examples:
              signpost translations add cy --council sir-y-foel
              signpost translations add hu --council kent --council surrey
            """)

    @Argument(help: "The language's tag (BCP 47), such as cy or zh-Hans.") var tag: String
    @OptionGroup var options: SiteOptions

    func run() async throws {
        guard let language = Language(tag: tag) else {
            throw ValidationError(
                "'\(tag)' is not a language that Signpost knows. \(Language.advice(on: tag))")
        }
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        guard let before = Portal.load(from: settings.content, in: files, reporting: &diagnostics),
            let theme = Theme.load(settings.theme, in: settings.themes, files: files, reporting: &diagnostics)
        else {
            terminal.report(diagnostics, as: .text, files: files)
            throw ExitCode(1)
        }
        guard language != before.sourceLanguage else {
            throw ValidationError("The guidance is written in \(language.englishName).")
        }
        var lines = ["\(language.englishName) (\(language.nativeName)), '\(language.tag)'"]
        lines += try addToSettings(language, before, files)
        guard let portal = Portal.load(from: settings.content, in: files, reporting: &diagnostics),
            portal.languages.contains(language)
        else {
            terminal.report(diagnostics, as: .text, files: files)
            throw ExitCode(1)
        }
        let catalogues = CatalogueFiles(settings: settings, files: files)
        let update = CatalogueUpdate(portal: portal, catalogues: catalogues, today: options.today)
        let words = InterfaceWordsInUse(theme, settings)
        lines += try update.guidance([language], reporting: &diagnostics)
        lines += try update.interface(words, [language], reporting: &diagnostics)
        lines.append("")
        lines.append(contentsOf: try report(language, words, update, settings, reporting: &diagnostics))
        lines += await fonts(language, settings, files)
        for line in lines { terminal.write(line + "\n") }
        let errors = Diagnostics(diagnostics.sorted.filter { $0.severity == .error })
        terminal.report(errors, as: .text, files: files)
        if errors.hasErrors { throw ExitCode(1) }
    }

    // MARK: portal.yml and council.yml

    private func addToSettings(_ language: Language, _ portal: Portal, _ files: LocalFileSystem) throws
        -> [String]
    {
        var councils = options.council
        if councils.isEmpty, portal.councils.count == 1 { councils = portal.councils.map(\.id) }
        if let unknown = councils.first(where: { id in !portal.councils.contains { $0.id == id } }) {
            throw ValidationError(
                "There is no council '\(unknown)'. "
                    + (didYouMean(unknown, among: portal.councils.map(\.id)) ?? ""))
        }
        var wanted: [(path: String, isThere: Bool)] = [
            (joinPath(portal.root, "portal.yml"), portal.languages.contains(language))
        ]
        for council in portal.councils where councils.contains(council.id) {
            wanted.append((council.location.file, council.languages.contains(language)))
        }
        // All or nothing: a file that cannot be changed is named before any is.
        let changes = try wanted.map { path, isThere -> (path: String, text: String?) in
            if isThere { return (path, nil) }
            let text = String(decoding: try files.read(path), as: UTF8.self)
            guard let changed = LanguageList.adding(language.tag, to: text) else {
                throw ValidationError(
                    "Cannot add to 'languages' of \(path) as it is written: add '\(language.tag)' there by hand."
                )
            }
            return (path, changed)
        }
        for change in changes {
            if let text = change.text { try files.write(Array(text.utf8), to: change.path) }
        }
        var lines = changes.map {
            "\($0.path): '\(language.tag)' "
                + ($0.text == nil ? "is in 'languages' already" : "added to 'languages'")
        }
        if councils.isEmpty {
            lines.append(
                "No council offers it yet: run this again with --council, or add it to 'languages' in council.yml."
            )
        }
        return lines
    }

    // MARK: What there is, and what not

    private func report(
        _ language: Language, _ words: InterfaceWordsInUse, _ update: CatalogueUpdate,
        _ settings: SiteSettings,
        reporting diagnostics: inout Diagnostics
    ) throws -> [String] {
        var lines: [String] = []
        let categories = PluralRules.categories(in: language)
        let forms = categories.indices.map { form -> String in
            "msgstr[\(form)] for \(PluralRules.examples(of: form, in: language))"
        }
        lines.append("plurals: \(forms.count): " + forms.joined(separator: "; "))
        lines.append(
            "direction: " + (language.isRightToLeft ? "right to left" : "left to right")
                + ", script: \(language.script.rawValue)")
        if let calendar = language.otherCalendar {
            lines.append(
                "dates: Gregorian; families may count by the \(calendar) calendar: the interface's words for a "
                    + "date have to say which one it is")
        }
        let catalogues = update.catalogues
        let path = catalogues.path(of: language, in: catalogues.interfaceFolder)
        let missing = try update.missingInterface(words, language, reporting: &diagnostics)
            .subtracting(update.translated(path, language, reporting: &diagnostics))
        lines.append(
            missing.isEmpty
                ? "interface: all \(words.messages.count) words are translated"
                : "interface: \(missing.count) of \(words.messages.count) words are missing: have \(path) translated. "
                    + "Until then readers get them in English, marked as such")
        let vocabularies =
            catalogues.themes.map { joinPath(settings.themes, "\($0)/search/\(language.tag).yml") }
            + [joinPath(settings.content, "search/\(language.tag).yml")]
        let present = vocabularies.filter(catalogues.files.exists)
        lines.append(
            present.isEmpty
                ? "search: no vocabulary: it finds the words of the pages, but not those that families use, and no "
                    + "words of danger. Write \(vocabularies.last ?? "") (docs/search.md)"
                : "search: " + present.joined(separator: ", "))
        lines.append(
            "search, word forms: "
                + (WordForms.areKnown(in: language)
                    ? "known" : "none are known: a word is found as it is written, and by its beginning"))
        return lines
    }

    private func fonts(_ language: Language, _ settings: SiteSettings, _ files: LocalFileSystem) async
        -> [String]
    {
        await Doctor(settings: settings, files: files).leafletFindings(for: [language]).map {
            "leaflets: \($0.subject): \($0.text)" + ($0.help.map { ". \($0)" } ?? "")
        }
    }
}

/// The entry `languages` of a settings file, changed without touching anything else in it.
enum LanguageList {
    /// The text with a tag at the end of its `languages`; nil where they are not a plain list.
    static func adding(_ tag: String, to text: String) -> String? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let at = lines.firstIndex(where: { $0.hasPrefix("languages:") }) else { return nil }
        let value = lines[at].dropFirst("languages:".count).drop { $0 == " " }
        if value.hasPrefix("[") {
            // The list may go on over several lines.
            guard
                let end = lines[at...].firstIndex(where: { line in
                    let bare = line.prefix { $0 != "#" }
                    return bare.contains("]")
                }),
                let bracket = lines[end].firstIndex(of: "]")
            else { return nil }
            var before = lines[end][..<bracket]
            while before.last == " " { before.removeLast() }
            let hasItems = before.last != "["
            let isOpen = before.last == "," || before.isEmpty
            lines[end] =
                before + (hasItems && !isOpen ? ", " : isOpen ? " " : "") + tag + lines[end][bracket...]
            return lines.joined(separator: "\n")
        }
        let bare = value.prefix { $0 != "#" }.trimmingSuffix(while: \.isWhitespace)
        if !bare.isEmpty {
            guard bare.allSatisfy({ $0.isLetter || $0 == "-" }) else { return nil }
            lines[at] = "languages: [\(bare), \(tag)]" + value.dropFirst(bare.count)
            return lines.joined(separator: "\n")
        }
        var last: Int?
        for index in lines.indices[(at + 1)...] {
            let line = lines[index].drop { $0 == " " }
            if line.hasPrefix("- ") {
                last = index
            } else if !line.isEmpty, !line.hasPrefix("#") {
                break
            }
        }
        guard let last else { return nil }
        let indentation = lines[last].prefix { $0 == " " }
        let end = lines[last].hasSuffix("\r") ? "\r" : ""
        lines.insert(indentation + "- \(tag)" + end, at: last + 1)
        return lines.joined(separator: "\n")
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        var text = self
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return text
    }
}
