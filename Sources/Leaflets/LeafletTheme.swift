import Translations
import Workspace

/// The part of a theme that makes leaflets: templates, fonts and the words of leaflets.
public struct LeafletTheme: Sendable {
    public struct Template: Sendable {
        /// `guide.typ`.
        public var name: String
        public var path: String
        public var text: String
    }

    /// By name.
    public var templates: [Template]
    public var fonts: LeafletFonts
    /// The words in the source language, by key.
    public var strings: [String: String]
    /// The words of the office's page of copies, which nobody translates; nil where the theme has no such page.
    public var copiesStrings: [String: String]?
    /// Nil where the theme has no braille.
    public var braille: BrailleSettings?
    /// Distinguishes one state of the theme from another.
    public var fingerprint: ContentHash

    var stringKeys: [String] { strings.keys.sorted() }

    /// Reads `leaflets/` of several theme folders: a file of a later folder takes the place of an earlier
    /// one's. Nil where there are no templates.
    public static func load(
        from folders: [String], in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> LeafletTheme? {
        var sources: [String: SourceText] = [:]
        for theme in folders {
            let folder = joinPath(theme, "leaflets")
            guard let entries = try? files.list(folder) else { continue }
            for entry in entries where entry.kind != .directory {
                guard entry.name.hasSuffix(".typ") || entry.name.hasSuffix(".yml"), !entry.name.hasPrefix(".")
                else { continue }
                sources[entry.name] = SourceText.read(
                    joinPath(folder, entry.name), in: files, reporting: &diagnostics)
            }
        }
        let templates = sources.filter { $0.key.hasSuffix(".typ") }.sorted { $0.key < $1.key }
        guard sources["leaflet.typ"] != nil, let fontSource = sources["fonts.yml"],
            let stringSource = sources["strings.yml"]
        else {
            diagnostics.add(
                .error(
                    "IncompleteLeafletTheme",
                    "the theme's leaflets need leaflet.typ, fonts.yml and strings.yml",
                    at: folders.last.map { SourceLocation(file: joinPath($0, "leaflets")) },
                    help: "Take the missing file from the default theme."))
            return nil
        }
        guard let fonts = LeafletFonts.parse(fontSource, reporting: &diagnostics),
            let strings = parseStrings(stringSource, reporting: &diagnostics)
        else { return nil }
        for key in requiredStrings where strings[key] == nil {
            diagnostics.add(
                .error(
                    "MissingString", "the leaflets' strings.yml has no key '\(key)'",
                    at: SourceLocation(file: stringSource.path),
                    help: didYouMean(key, among: strings.keys)))
        }
        let copies =
            sources["copies.typ"] == nil
            ? nil : sources["copies.yml"].flatMap { parseStrings($0, reporting: &diagnostics) }
        let braille = sources["braille.yml"].flatMap { BrailleSettings.parse($0, reporting: &diagnostics) }
        let all = sources.sorted { $0.key < $1.key }.map { "\($0.key)\n\($0.value.string)" }
        return LeafletTheme(
            templates: templates.map { Template(name: $0.key, path: $0.value.path, text: $0.value.string) },
            fonts: fonts, strings: strings, copiesStrings: copies, braille: braille,
            fingerprint: ContentHash(all.joined(separator: "\u{0}")))
    }

    /// The strings that the program itself names; templates name the others.
    static let requiredStrings = [
        "leaflet-braille-draft", "leaflet-checked", "leaflet-check-overdue", "leaflet-contact-old",
        "leaflet-draft", "leaflet-ended",
        "leaflet-not-checked", "leaflet-old-information", "leaflet-relay", "leaflet-relay-instead",
        "leaflet-review",
        "leaflet-successor", "leaflet-version",
    ]

    private static func parseStrings(
        _ source: SourceText, reporting diagnostics: inout Diagnostics
    ) -> [String: String]? {
        let reader = YAMLReader(file: source.path)
        defer { diagnostics.add(reader.diagnostics) }
        guard let root = reader.root(source.string) else { return nil }
        var strings: [String: String] = [:]
        for entry in root.entries { strings[entry.key] = entry.value.string() }
        return strings
    }
}

/// Which fonts set which writing system.
public struct LeafletFonts: Sendable {
    public struct Family: Hashable, Sendable {
        public var name: String
        /// Typst's name for the letters it is limited to; nil: all it has.
        public var covers: String?
    }

    public var byScript: [Language.Script: [Family]]
    /// Only for the printer, by language tag.
    public var forPrinter: [String: [Family]]

    /// The families of a language, the first that has a letter sets it.
    public func families(for language: Language, forPrinter printing: Bool) -> [Family] {
        if printing, let own = forPrinter[language.tag] { return own }
        return byScript[language.script] ?? []
    }

    /// The font whose letters are typed into the fields of a leaflet in a language; nil where they would come out wrong.
    ///
    /// A program that shows a field sets one glyph of one font for each character: nothing is shaped, and no other font
    /// is asked. So the script must be one for which that is right, and one family must hold its letters and the Latin ones
    /// of names and addresses.
    public func typedFamily(for language: Language) -> String? {
        let families = families(for: language, forPrinter: false)
        guard language.script.isSetLetterByLetter, families.count == 1, let only = families.first,
            only.covers == nil
        else { return nil }
        return only.name
    }

    func json(for language: Language, forPrinter: Bool) -> JSONValue {
        .array(
            families(for: language, forPrinter: forPrinter).map { family in
                guard let covers = family.covers else { return .string(family.name) }
                return .object([("family", .string(family.name)), ("covers", .string(covers))])
            })
    }

    static func parse(_ source: SourceText, reporting diagnostics: inout Diagnostics) -> LeafletFonts? {
        let reader = YAMLReader(file: source.path)
        defer { diagnostics.add(reader.diagnostics) }
        guard var root = reader.root(source.string) else { return nil }
        var byScript: [Language.Script: [Family]] = [:]
        if var scripts = root.required("fonts")?.mapping() {
            for script in Language.Script.allCases {
                byScript[script] = scripts.value(script.rawValue).map(families)
            }
            scripts.finish()
        }
        var forPrinter: [String: [Family]] = [:]
        if let printing = root.value("print")?.mapping() {
            for entry in printing.entries {
                guard Language(tag: entry.key) != nil else {
                    reader.add(
                        .error("UnknownLanguage", "unknown language '\(entry.key)'", at: entry.keyLocation))
                    continue
                }
                forPrinter[entry.key] = families(entry.value)
            }
        }
        root.finish()
        return LeafletFonts(byScript: byScript, forPrinter: forPrinter)
    }

    private static func families(_ value: YAMLValue) -> [Family] {
        value.list().compactMap { item in
            guard item.isMapping, var mapping = item.mapping() else {
                return item.string().map { Family(name: $0, covers: nil) }
            }
            defer { mapping.finish() }
            guard let name = mapping.required("family")?.string() else { return nil }
            return Family(name: name, covers: mapping.value("covers")?.string())
        }
    }
}
