import Guidance
import Mustache
import Workspace

/// A text of `strings.yml` and its place.
public struct ThemeString: Hashable, Sendable {
    /// With parameters in braces.
    public var text: String
    public var location: SourceLocation
}

/// How the website looks: templates, colours, the words of the interface, and assets.
public struct Theme: Sendable {
    public let name: String
    public let tokens: ThemeTokens
    /// The words of the interface in English, by key.
    public let strings: [String: ThemeString]
    let bankHolidays: BankHolidays
    var renderer: TemplateRenderer
    let templateNames: Set<String>
    /// Whether some page has a template of its own.
    let hasPageTemplates: Bool
    /// Files to publish: what templates or style sheets refer to.
    let publishedAssets: [PublishedAsset]
    /// Published paths by the name in templates.
    let assetPaths: [String: String]
    let inlineContents: [String: String]
    /// The content security policy of every page.
    let policy: String
    /// All style sheets, joined.
    let css: String

    struct PublishedAsset: Hashable, Sendable {
        var path: String
        var bytes: [UInt8]
        var file: String
    }

    /// The texts of `strings.yml` as the interface in their own language.
    public var englishStrings: InterfaceStrings { InterfaceStrings(strings.mapValues(\.text)) }

    /// Loads `<themes>/<name>/` over `<themes>/default/`.
    ///
    /// - Parameter themes: The folder of all themes.
    /// - Returns: nil where there is no such theme, or where its templates cannot be used at all; problems that
    ///   leave something to show are reported only.
    public static func load(
        _ name: String = "default", in themes: String, files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) -> Theme? {
        var loader = ThemeLoader(files: files)
        let folders = (name == "default" ? ["default"] : ["default", name]).map { joinPath(themes, $0) }
        for folder in folders {
            guard files.exists(folder) else {
                diagnostics.add(
                    .error(
                        "UnknownTheme", "there is no theme '\(folder)'", at: nil,
                        help: didYouMean(
                            name, among: ((try? files.list(themes)) ?? []).map(\.name),
                            otherwise: "Copy themes/default/ or name another theme.")))
                return nil
            }
            loader.read(folder)
        }
        let theme = loader.theme(name)
        diagnostics.add(loader.diagnostics)
        return theme
    }

    /// Weak colour pairs and other problems of the colours that a council sets.
    public func problems(of council: CouncilIdentity) -> [Diagnostic] {
        tokens.problems(of: council)
    }

    /// Why a colour cannot be a council's, and the nearest that can; nil where it can.
    package func advice(on colour: Colour) -> (reason: String, better: Colour?)? {
        tokens.advice(on: colour)
    }

    /// The site's CSS in the colours of a brand.
    func stylesheet(brand: CouncilIdentity.Brand?) -> String {
        tokens.css(brand: brand) + css
    }
}

private struct ThemeLoader<Files: FileSystem> {
    private struct Asset {
        var file: String
        var bytes: [UInt8]
    }

    let files: Files
    var diagnostics = Diagnostics()
    private var tokens = ThemeTokens()
    private var strings: [String: ThemeString] = [:]
    private var bankHolidays = BankHolidays()
    private var templates: [String: TemplateSyntax] = [:]
    private var assets: [String: Asset] = [:]
    private var lastFolder = ""

    init(files: Files) { self.files = files }

    /// Lays one folder over what was read before.
    mutating func read(_ folder: String) {
        lastFolder = folder
        if let source = text(joinPath(folder, "theme.yml")) {
            tokens.apply(source.string, file: source.path, reporting: &diagnostics)
        }
        // The words of leaflets lie beside their templates, and are translated with the rest.
        for name in ["strings.yml", "leaflets/strings.yml"] {
            if let source = text(joinPath(folder, name)) { readStrings(source) }
        }
        if let source = text(joinPath(folder, "bank-holidays.yml")) {
            bankHolidays = BankHolidays.read(source, reporting: &diagnostics)
        }
        for (path, name) in list(joinPath(folder, "templates")) where name.hasSuffix(".mustache") {
            guard let source = text(path) else { continue }
            let name = String(name.dropLast(".mustache".count))
            templates[name] = TemplateSyntax(
                name: name, file: path, text: source.string, reporting: &diagnostics)
        }
        for (path, name) in list(joinPath(folder, "assets")) {
            guard Self.isAssetName(name) else {
                diagnostics.add(
                    .error(
                        "InvalidAssetName",
                        "the name of an asset has only lower-case letters, digits, '-', '.' and '/'",
                        at: SourceLocation(file: path), help: "Rename the file."))
                continue
            }
            do {
                assets[name] = Asset(file: path, bytes: try files.read(path))
            } catch {
                diagnostics.add(
                    .error(
                        "UnreadableFile", "cannot read this file: \(error.explanation)",
                        at: SourceLocation(file: path)))
            }
        }
    }

    mutating func theme(_ name: String) -> Theme? {
        diagnostics.add(tokens.problems())
        checkStrings()
        var isUsable = true
        for required in TemplateSchema.required where templates[required] == nil {
            isUsable = false
            diagnostics.add(
                .error(
                    "MissingTemplate", "the theme has no template '\(required).mustache'",
                    at: SourceLocation(file: joinPath(lastFolder, "templates"))))
        }
        let byTemplateName = Dictionary(
            assets.keys.map { (Self.templateName($0), $0) }, uniquingKeysWith: { min($0, $1) })
        var checker = TemplateChecker(
            templates: templates, strings: strings, assets: Set(byTemplateName.keys))
        checker.check()
        diagnostics.add(checker.diagnostics)

        EscapedText.register()
        var library = MustacheLibrary()
        var marked = MustacheLibrary()
        for (name, template) in templates {
            guard template.isSound else {
                isUsable = false
                continue
            }
            do {
                try library.register(EscapedText.pragma + template.text, named: name)
                try marked.register(EscapedText.pragma + template.markedText, named: name)
            } catch {
                isUsable = false
                diagnostics.add(
                    .error(
                        "InvalidTemplate", "this template cannot be read",
                        at: SourceLocation(file: template.file)))
            }
        }
        guard isUsable else { return nil }

        var published: [String: Theme.PublishedAsset] = [:]
        func publish(_ name: String) -> String? {
            guard var asset = assets[name] else { return nil }
            if name.hasSuffix(".js") {
                asset.bytes = Array(Script.compact(String(decoding: asset.bytes, as: UTF8.self)).utf8)
            } else if name.hasSuffix(".css") {
                // Its addresses are left as they are: it names no other asset.
                asset.bytes = Array(CSS.compact(String(decoding: asset.bytes, as: UTF8.self)) { $0 }.utf8)
            }
            let path = "assets/" + Address.hashedName(name, asset.bytes)
            published[name] = Theme.PublishedAsset(path: path, bytes: asset.bytes, file: asset.file)
            return path
        }
        var assetPaths: [String: String] = [:]
        for used in checker.usedAssets.sorted() {
            if let name = byTemplateName[used] { assetPaths[used] = publish(name) }
        }
        var inline: [String: String] = [:]
        var hashes: [String] = []
        for used in checker.inlinedAssets.sorted() {
            guard let name = byTemplateName[used], let asset = assets[name] else { continue }
            var text = Substring(String(decoding: asset.bytes, as: UTF8.self))
            if name.hasSuffix(".js") { text = Substring(Script.compact(String(text))) }
            while text.last?.isWhitespace == true { text.removeLast() }
            if name.hasSuffix(".js") {
                if text.lowercased().contains("</script") || text.contains("<!--") {
                    diagnostics.add(
                        .error(
                            "InvalidAsset",
                            "a script that stands in the page cannot hold '</script' or '<!--'",
                            at: SourceLocation(file: asset.file)))
                    continue
                }
                hashes.append("'sha256-\(SHA256.base64(Array(text.utf8)))'")
            }
            inline[used] = String(text)
        }
        var css = ""
        // A style sheet that a template names by itself, such as one for paper, stays apart.
        for name in assets.keys.sorted() where name.hasSuffix(".css") && published[name] == nil {
            guard let asset = assets[name] else { continue }
            css += CSS.compact(String(decoding: asset.bytes, as: UTF8.self)) { reference in
                let target = CSS.resolve(reference, from: name)
                if let path = publish(target) { return String(path.dropFirst("assets/".count)) }
                diagnostics.add(
                    .error(
                        "MissingAsset", "there is no asset '\(target)' for url(\(reference))",
                        at: SourceLocation(file: asset.file), help: didYouMean(target, among: assets.keys)))
                return nil
            }
        }
        let scripts = (["'self'"] + hashes.sorted()).joined(separator: " ")
        return Theme(
            name: name, tokens: tokens, strings: strings, bankHolidays: bankHolidays,
            renderer: TemplateRenderer(library, marked: marked),
            templateNames: Set(templates.keys),
            hasPageTemplates: templates.keys.contains { $0.hasPrefix(TemplateSchema.pagePrefix) },
            publishedAssets: published.values.sorted { $0.path < $1.path }, assetPaths: assetPaths,
            inlineContents: inline,
            policy: "default-src 'none'; style-src 'self'; script-src \(scripts); img-src 'self' data:; "
                + "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'",
            css: css)
    }

    private mutating func readStrings(_ source: SourceText) {
        let reader = YAMLReader(file: source.path)
        for entry in reader.root(source.string)?.entries ?? [] {
            guard let text = entry.value.string() else { continue }
            strings[entry.key] = ThemeString(text: text, location: entry.value.location)
        }
        diagnostics.add(reader.diagnostics)
    }

    /// The program's own words must all be there, with their parameters.
    private mutating func checkStrings() {
        for word in Word.allCases {
            guard let string = strings[word.rawValue] else {
                diagnostics.add(
                    .error(
                        "MissingString", "strings.yml has no key '\(word.rawValue)'",
                        at: SourceLocation(file: joinPath(lastFolder, "strings.yml")),
                        help: didYouMean(word.rawValue, among: strings.keys)))
                continue
            }
            for parameter in StringTemplate(string.text).parameters where !word.parameters.contains(parameter)
            {
                let known = word.parameters
                diagnostics.add(
                    .error(
                        "UnknownParameter", "the string '\(word.rawValue)' has no parameter '{\(parameter)}'",
                        at: string.location,
                        help: known.isEmpty
                            ? "Leave the braces out."
                            : "Use " + known.map { "{\($0)}" }.joined(separator: ", ") + "."))
            }
        }
    }

    private mutating func text(_ path: String) -> SourceText? {
        guard files.exists(path) else { return nil }
        return SourceText.read(path, in: files, reporting: &diagnostics)
    }

    /// Every file below a folder: its path, and its name relative to the folder. Hidden files are passed over.
    private mutating func list(_ folder: String, below name: String = "", depth: Int = 0) -> [(
        String, String
    )] {
        guard depth < 8, let entries = try? files.list(folder) else { return [] }
        return entries.flatMap { entry -> [(String, String)] in
            guard !entry.name.hasPrefix(".") else { return [] }
            let path = joinPath(folder, entry.name)
            let relative = joinPath(name, entry.name)
            switch entry.kind {
            case .file: return [(path, relative)]
            case .directory: return list(path, below: relative, depth: depth + 1)
            case .symbolicLink, .other: return []
            }
        }
    }

    private static func isAssetName(_ name: String) -> Bool {
        name.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "-./".utf8.contains($0)
        }
    }

    private static func templateName(_ asset: String) -> String {
        String(asset.map { $0 == "." || $0 == "/" ? "-" : $0 })
    }
}
