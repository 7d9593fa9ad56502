import Guidance
import Leaflets
import Markdown
import Preview
import Search
import Translations
import Website
import Workspace

/// Each reads what people and their programs write, as a build does, and must neither trap nor hang nor lose anything.
package enum Harness: String, CaseIterable, Sendable {
    /// A page: front matter, attributes, placeholders, conditions and all of Markdown, read and written again.
    case markdown
    /// A passage as translators see it: read, written, and put into another language.
    case message
    /// A catalogue: any bytes, in any encoding.
    case catalogue
    /// The header of a catalogue's plural forms.
    case plurals
    /// The settings of a portal and of a council.
    case settings
    /// What families say, as a language's vocabulary has it.
    case vocabulary
    /// What a leaflet consists of.
    case leaflet
    /// A template of a theme.
    case template
    /// What the preview is asked for.
    case request
    /// A whole portal: files separated by lines of `=== path`, built in memory.
    case portal

    /// What must not be, whatever the input is.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    /// For a fuzzer, which keeps an input on which the program traps.
    package func trap(_ bytes: [UInt8]) {
        do throws(Fault) { try run(bytes) } catch { fatalError(error.description) }
    }

    package func run(_ bytes: [UInt8]) throws(Fault) {
        switch self {
        case .markdown: try Self.markdown(bytes)
        case .message: try Self.message(bytes)
        case .catalogue: try Self.catalogue(bytes)
        case .plurals: try Self.plurals(bytes)
        case .settings: try Self.settings(bytes)
        case .vocabulary: try Self.vocabulary(bytes)
        case .leaflet: try Self.leaflet(bytes)
        case .template: try Self.template(bytes)
        case .request: try Self.request(bytes)
        case .portal: try Self.portal(bytes)
        }
    }

    /// A file as a build reads it: nil where its bytes are no text, which is reported.
    private static func source(_ bytes: [UInt8], _ path: String) throws(Fault) -> SourceText? {
        var problems = Diagnostics()
        let source = SourceText.read(path, in: disk([path: bytes]), reporting: &problems)
        try require(source != nil || !problems.isEmpty, "text is refused without a word")
        return source
    }

    private static func disk(_ files: [String: [UInt8]]) -> InMemoryFileSystem {
        let disk = InMemoryFileSystem()
        // Only a name that is a folder already cannot be written: then there is one file less.
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) { try? disk.write(bytes, to: path) }
        return disk
    }

    private static func require(_ condition: Bool, _ fault: @autoclosure () -> String) throws(Fault) {
        if !condition { throw Fault(description: fault()) }
    }

    /// What every problem must be: worded, and at a place that the file has.
    private static func check(_ problems: Diagnostics, of source: SourceText? = nil) throws(Fault) {
        for problem in problems.sorted {
            try require(!problem.rule.isEmpty && !problem.message.isEmpty, "a problem without words")
            guard let source, problem.location?.file == source.path, let range = problem.location?.range
            else { continue }
            try require(
                range.start.line >= 1 && range.start.column >= 1,
                "\(problem.rule) has a place before the file")
            let ends = source.bytes.split(separator: UInt8(ascii: "\r"), omittingEmptySubsequences: false)
            // A line ends with LF, CR or both.
            let lines = ends.enumerated().reduce(0) { count, part in
                let feeds = part.element.count { $0 == UInt8(ascii: "\n") }
                return count + feeds + (part.offset > 0 && part.element.first == UInt8(ascii: "\n") ? 0 : 1)
            }
            try require(
                range.start.line <= lines + 1, "\(problem.rule) is at line \(range.start.line) of \(lines)")
        }
    }

    private static func markdown(_ bytes: [UInt8]) throws(Fault) {
        guard let source = try source(bytes, "page.md") else { return }
        var problems = Diagnostics()
        let document = MarkdownDocument.parse(source, reporting: &problems)
        try check(problems, of: source)
        _ = document.blocks.count
    }

    private static func message(_ bytes: [UInt8]) throws(Fault) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        let parts = text.split(separator: "\0", maxSplits: 1).map(String.init)
        let message = parts.first ?? ""
        let passage = Passage(markdown: message)
        var isSound = true
        // No fact has such a name: the page that says it is refused.
        passage.inlines.forEachInline { inline in
            guard case .placeholder(let placeholder) = inline else { return }
            isSound =
                isSound && placeholder.name.allSatisfy { $0.isLetter || $0.isNumber || "- :".contains($0) }
        }
        guard isSound else { return }
        let written = passage.markdown
        // What is written is what is read again: a message's id must not wander from build to build.
        let again = Passage(markdown: written).markdown
        try require(
            again == written,
            "\(message.debugDescription) becomes \(written.debugDescription), then \(again.debugDescription)")
        _ = MessageForm(message)
    }

    private static func catalogue(_ bytes: [UInt8]) throws(Fault) {
        var problems = Diagnostics()
        guard
            let source = CatalogueText.read(
                bytes, path: "pl.po", language: Language(tag: "pl"), reporting: &problems)
        else {
            try require(!problems.isEmpty, "a catalogue is refused without a word")
            return
        }
        let file = POFile.parse(source, reporting: &problems)
        try check(problems, of: source)
        // What is written is read as the same.
        let written = file.serialized()
        var others = Diagnostics()
        let again = POFile.parse(written, path: "pl.po", reporting: &others)
        try require(again.entries.map(\.strings) == file.entries.map(\.strings), "a translation is lost")
        try require(again.entries.map(\.key) == file.entries.map(\.key), "a message is lost")
        try require(again.serialized() == written, "writing twice differs")
    }

    private static func plurals(_ bytes: [UInt8]) throws(Fault) {
        guard let text = String(validating: bytes, as: UTF8.self), let rule = PluralExpression(text) else {
            return
        }
        for count in [0, 1, 2, 3, 5, 11, 21, 100, 1_000_000, Int.max] {
            if let index = rule.index(of: count) {
                try require(index >= 0 && index < rule.formCount, "a form that there is not")
            }
        }
    }

    private static func settings(_ bytes: [UInt8]) throws(Fault) {
        let half = bytes.firstIndex(of: 0) ?? bytes.endIndex
        var problems = Diagnostics()
        let files = disk([
            "content/portal.yml": Array(bytes[..<half]),
            "content/councils/a/council.yml": Array(bytes[half...].dropFirst()),
        ])
        if let portal = Portal.load(from: "content", in: files, reporting: &problems) {
            for council in portal.councils {
                _ = portal.guidance(of: council, in: files, reporting: &problems)
            }
        } else {
            try require(!problems.isEmpty, "a portal is refused without a word")
        }
        try check(problems)
    }

    private static func vocabulary(_ bytes: [UInt8]) throws(Fault) {
        guard let source = try source(bytes, "en.yml") else { return }
        var problems = Diagnostics()
        let vocabulary = SearchVocabulary.parse(source, language: .english, reporting: &problems)
        try check(problems, of: source)
        _ = VocabularyFile(SearchLexicon(vocabulary))
    }

    private static func leaflet(_ bytes: [UInt8]) throws(Fault) {
        guard let source = try source(bytes, "guide.yml") else { return }
        var problems = Diagnostics()
        let spec = LeafletSpec.parse(source, reporting: &problems)
        try require(spec != nil || !problems.isEmpty, "a leaflet is refused without a word")
        try check(problems, of: source)
    }

    private static func template(_ bytes: [UInt8]) throws(Fault) {
        var problems = Diagnostics()
        _ = Theme.load(
            in: "themes", files: disk(["themes/default/templates/page.mustache": bytes]),
            reporting: &problems)
        try check(problems)
    }

    private static let published = disk([
        "site/index.html": Array("home".utf8), "site/about/index.html": Array("about".utf8),
        "site/404.html": Array("missing".utf8), "secret.txt": Array("secret".utf8),
    ])

    private static func request(_ bytes: [UInt8]) throws(Fault) {
        guard let path = String(validating: bytes, as: UTF8.self) else { return }
        switch PreviewFiles(folder: "site", files: published).answer(to: path) {
        case .file(let content, _), .missing(let content):
            try require(content != Array("secret".utf8), "a file outside of the site is shown")
        case .redirect(let target):
            try require(target.hasPrefix("/") && !target.hasPrefix("//"), "another host is named")
        }
    }

    private static let theme: Theme? = {
        var problems = Diagnostics()
        return Theme.load(in: "themes", files: LocalFileSystem(), reporting: &problems)
    }()

    private static func portal(_ bytes: [UInt8]) throws(Fault) {
        guard let theme else {
            throw Fault(description: "the theme is missing: run this in the project's folder")
        }
        var files: [String: [UInt8]] = [
            "content/portal.yml": Array("name: Help\nbase-url: https://help.example\nlanguages: [en]\n".utf8),
            "content/councils/a/council.yml": Array("name: A\nnation: england\nlanguages: [en]\n".utf8),
        ]
        var name = "content/guidance/rights.md"
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.starts(with: Array("=== ".utf8)),
                let path = String(validating: line.dropFirst(4), as: UTF8.self), isPath(path)
            {
                name = "content/" + path
                files[name] = []
            } else {
                files[name, default: []] += line + [UInt8(ascii: "\n")]
            }
        }
        let system = disk(files)
        var problems = Diagnostics()
        guard let portal = Portal.load(from: "content", in: system, reporting: &problems) else { return }
        let english = LanguageResources(
            language: .english, translator: nil, strings: theme.englishStrings, review: nil)
        let builder = SiteBuilder(theme: theme)
        for council in portal.councils {
            let guidance = portal.guidance(of: council, in: system, reporting: &problems)
            let editions = portal.editions(
                of: guidance, resources: [english], today: CalendarDate(dayNumber: 20_778),
                reporting: &problems)
            for edition in editions { builder.render(builder.plan(edition)) { _, _, _ in } }
        }
        try check(problems)
    }

    private static func isPath(_ path: String) -> Bool {
        !path.isEmpty && !path.contains("\0") && !path.hasPrefix("/")
            && path.split(separator: "/").allSatisfy { $0 != ".." && $0 != "." }
            && !path.contains("//") && !path.hasSuffix("/")
    }
}
