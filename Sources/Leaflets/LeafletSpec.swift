import Guidance
import Markdown
import Translations
import Workspace

/// What `leaflets/<name>.yml` says: which sections go into a leaflet, in which formats, for which councils.
public struct LeafletSpec: Sendable {
    /// How a leaflet that is not folded begins and ends.
    public enum Layout: String, CaseIterable, Sendable {
        /// A cover, and a page at the back.
        case guide
        /// The words begin below a head on the first page, and what stands at the back follows them.
        case plain
        /// The same, set so that it fits a sheet: of A4 one, of large print two.
        case sheet
        /// The same on one side of a sheet; in large print on both sides of one.
        case page
        /// As plain, in 16 pt on A4, with a picture beside each paragraph that has one.
        case easy

        /// Whether it has a fixed number of pages, into which everything is to fit.
        var isFixed: Bool { self == .sheet || self == .page }
    }

    /// The panels of a folded leaflet that parts can be put on. The cover's title and the back's end are made by
    /// the theme.
    public enum Panel: String, CaseIterable, Codable, Sendable {
        /// Below the title, where the picture makes room.
        case cover
        /// Seen beside the first inside panel when the cover opens.
        case flap
        /// The three panels inside, filled in order.
        case inside
        /// The last one.
        case back
    }

    public struct Part: Sendable {
        public enum Content: Sendable {
            case page(PageContent)
            case contacts(ContactsContent)
            /// Lines to write on; nil: to the end of the page.
            case write(title: Passage, text: [Passage], lines: Int?)
            /// A box of labelled lines to fill in by hand.
            case fillIn(title: Passage, text: [Passage], fields: [Passage])
        }

        public struct PageContent: Sendable {
            public var path: String
            /// The ids of the sections, in the order they are wanted; nil: all.
            public var sections: [String]?
            /// Ids of sections to leave out.
            public var without: [String]
            public var showsTitle: Bool
            /// Whether the text before the first section is shown.
            public var showsIntroduction: Bool
            /// In a folded leaflet, how many paragraphs of each section are shown at most; nil: all.
            public var paragraphs: Int?
            /// Where `optional` is said.
            var optionalLocation: SourceLocation?
            /// Where each section that the file names is named.
            var places: [String: SourceLocation]
        }

        public struct ContactsContent: Sendable {
            public var title: Passage?
            /// Ids of groups and of single contacts, in the order they are wanted; nil: all.
            public var chosen: [String]?
            /// Whether groups show the council's own contacts only, none that serve the whole nation.
            public var onlyOwn: Bool
            /// Where each of the ids is named.
            var places: [String: SourceLocation]
        }

        public var content: Content
        /// Whether the whole part may be dropped where a folded leaflet is too long.
        public var isOptional: Bool
        /// Whether it is dropped only after all else that is optional.
        public var goesLast: Bool
        /// Ids of its sections that may be dropped on their own.
        public var optionalSections: [String]
        /// Where it may stand in a folded leaflet: the first panel that has room for it. Never empty.
        public var panels: [Panel]
        /// The formats that have this part; nil: all.
        public var formats: Set<LeafletFormat>?
        public var startsNewPage: Bool
        public var location: SourceLocation
    }

    /// What one council changes.
    public struct CouncilSwitch: Sendable {
        /// Whether the leaflet is made at all.
        public var isMade: Bool
        public var formats: [LeafletFormat]?
        /// Pages (`rights`) and sections (`rights#records`) to leave out.
        public var without: [String]
        public var location: SourceLocation
    }

    /// The file's name without its ending: `guide-for-parents`.
    public var name: String
    public var title: Passage
    public var subtitle: Passage?
    /// The title in the source language; nil where it is that, or in it.
    var sourceTitle: Passage?
    /// The paragraphs under "About this booklet".
    public var about: [Passage]
    /// The page that holds the same words on the web; empty: the council's home page.
    public var page: String
    /// Where `page` is named.
    var pageLocation: SourceLocation?
    /// Whether a table of contents is shown.
    public var showsContents: Bool
    public var layout: Layout = .guide
    /// Its place among the leaflets, the lowest first; those without one follow by name.
    public var order: Int?
    /// Whether it is also made in two languages side by side, for each that the council has beside others.
    public var isSideBySide = false
    public var formats: [LeafletFormat]
    public var parts: [Part]
    public var councils: [String: CouncilSwitch]
    public var location: SourceLocation

    public var file: String { location.file }

    /// Every text of the file that is shown and translated, in order.
    public var passages: [Passage] {
        var all: [Passage] = [title]
        if let subtitle { all.append(subtitle) }
        all += about
        for part in parts {
            switch part.content {
            case .page: break
            case .contacts(let content): if let title = content.title { all.append(title) }
            case .write(let title, let text, _): all += [title] + text
            case .fillIn(let title, let text, let fields): all += [title] + text + fields
            }
        }
        return all
    }

    /// The first box to fill in by hand: what it is about, and its lines.
    var details: (title: Passage, fields: [Passage])? {
        parts.lazy.compactMap { part in
            if case .fillIn(let title, _, let fields) = part.content { (title, fields) } else { nil }
        }.first
    }

    /// The same leaflet with every text changed, as a language's catalogue does.
    public func mapPassages(_ transform: (Passage) -> Passage) -> LeafletSpec {
        var copy = self
        copy.title = transform(title)
        copy.subtitle = subtitle.map(transform)
        copy.about = about.map(transform)
        copy.parts = parts.map { part in
            var part = part
            switch part.content {
            case .page: break
            case .contacts(var content):
                content.title = content.title.map(transform)
                part.content = .contacts(content)
            case .write(let title, let text, let lines):
                part.content = .write(title: transform(title), text: text.map(transform), lines: lines)
            case .fillIn(let title, let text, let fields):
                part.content = .fillIn(
                    title: transform(title), text: text.map(transform), fields: fields.map(transform))
            }
            return part
        }
        return copy
    }

    /// The pages that parts are taken from; the home page is the empty path.
    public var pagePaths: [String] {
        parts.compactMap { part in
            if case .page(let content) = part.content { content.path } else { nil }
        }
    }

    /// What the file of a format is called, in one language or in two.
    public func fileName(
        _ format: LeafletFormat, in language: Language, beside second: Language?
    ) -> String {
        let pair = second.map { "-\(language.tag)-and-\($0.tag)" } ?? ""
        return "\(name)-\(format.rawValue)\(pair)"
    }

    /// Whether any council gets it in braille.
    package var isMadeInBraille: Bool {
        formats.contains(.braille) || councils.values.contains { $0.formats?.contains(.braille) ?? false }
    }

    /// The formats one council gets, in the order the file lists them; none where it does not want the leaflet.
    public func formats(for council: String) -> [LeafletFormat] {
        guard let own = councils[council] else { return formats }
        guard own.isMade else { return [] }
        return own.formats ?? formats
    }
}

extension LeafletSpec {
    /// Reads every `leaflets/*.yml` of a content folder, by name.
    public static func loadAll(
        from content: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> [LeafletSpec] {
        let folder = joinPath(content, "leaflets")
        let entries: [DirectoryEntry]
        do {
            guard try files.status(folder)?.kind == .directory else { return [] }
            entries = try files.list(folder)
        } catch {
            diagnostics.add(
                .error(
                    "UnreadableFile", "cannot read this folder: \(error.explanation)",
                    at: SourceLocation(file: folder)))
            return []
        }
        return entries.filter {
            $0.kind != .directory && $0.name.hasSuffix(".yml") && !$0.name.hasPrefix(".")
        }
        .compactMap { entry in
            let path = joinPath(folder, entry.name)
            guard let source = SourceText.read(path, in: files, reporting: &diagnostics) else { return nil }
            return parse(source, reporting: &diagnostics)
        }
    }

    /// Reads one file; nil where it has no title, no formats or no parts.
    public static func parse(_ source: SourceText, reporting diagnostics: inout Diagnostics) -> LeafletSpec? {
        let reader = YAMLReader(file: source.path)
        defer { diagnostics.add(reader.diagnostics) }
        let file = source.path.split(separator: "/").last.map(String.init) ?? source.path
        let name = file.hasSuffix(".yml") ? String(file.dropLast(4)) : file
        guard isName(name) else {
            reader.add(
                .error(
                    "InvalidLeafletName", "'\(file)' cannot be the name of a leaflet",
                    at: SourceLocation(file: source.path),
                    help: "Use small letters, digits and hyphens, for example guide-for-parents.yml."))
            return nil
        }
        guard var root = reader.root(source.string) else { return nil }
        let title = root.required("title").flatMap(passage)
        let subtitle = root.value("subtitle").flatMap(passage)
        let about = root.value("about").map(passages) ?? []
        let pageValue = root.value("page")
        let showsContents = root.value("contents").flatMap { $0.bool() } ?? false
        let layout = root.value("layout").flatMap { $0.choice(Layout.self) } ?? .guide
        let order = root.value("order").flatMap { $0.int(in: orders) }
        let isSideBySide = root.value("side-by-side").flatMap { $0.bool() } ?? false
        let formats = root.required("formats", help: "Add a line such as 'formats: [a4, large-print]'.")
            .map(formatList)
        let parts = root.required("sections", help: "List the pages the leaflet is made of.")?.list()
            .compactMap(part)
        var councils: [String: CouncilSwitch] = [:]
        if let mapping = root.value("councils")?.mapping() {
            for entry in mapping.entries { councils[entry.key] = councilSwitch(entry.value) }
        }
        root.finish()
        guard let title, let formats, !formats.isEmpty, let parts, !parts.isEmpty else { return nil }
        return LeafletSpec(
            name: name, title: title, subtitle: subtitle, about: about,
            page: pageValue?.string().map(pagePath) ?? "", pageLocation: pageValue?.location,
            showsContents: showsContents, layout: layout, order: order, isSideBySide: isSideBySide,
            formats: formats,
            parts: parts, councils: councils,
            location: SourceLocation(file: source.path))
    }

    package static let orders = 1...999

    /// As families and staff find them: by their order, then by name.
    package static func inOrder(_ specs: [LeafletSpec]) -> [LeafletSpec] {
        specs.sorted {
            ($0.order ?? orders.upperBound + 1, $0.name) < ($1.order ?? orders.upperBound + 1, $1.name)
        }
    }

    static func isName(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("-")
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            }
    }

    /// A page's path as editions have it, from the name of its file.
    private static func pagePath(_ name: String) -> String {
        let name = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
        return name == "index" ? "" : name
    }

    private static func passage(_ value: YAMLValue) -> Passage? {
        guard let text = value.string() else { return nil }
        var passage = Passage(markdown: text)
        passage.range = value.location.range
        return passage
    }

    private static func passages(_ value: YAMLValue) -> [Passage] {
        value.isSequence ? value.list().compactMap(passage) : [passage(value)].compactMap { $0 }
    }

    private static func formatList(_ value: YAMLValue) -> [LeafletFormat] {
        var seen: Set<LeafletFormat> = []
        return value.list().compactMap { $0.choice(LeafletFormat.self) }.filter { seen.insert($0).inserted }
    }

    private static func councilSwitch(_ value: YAMLValue) -> CouncilSwitch? {
        if value.scalarText != nil {
            guard let isMade = value.bool() else { return nil }
            return CouncilSwitch(isMade: isMade, formats: nil, without: [], location: value.location)
        }
        guard var mapping = value.mapping() else { return nil }
        defer { mapping.finish() }
        return CouncilSwitch(
            isMade: true, formats: mapping.value("formats").map(formatList),
            without: mapping.value("without")?.strings() ?? [], location: value.location)
    }

    private static func panels(_ value: YAMLValue) -> [Panel] {
        var seen: Set<Panel> = []
        let items = value.isSequence ? value.list() : [value]
        return items.compactMap { $0.choice(Panel.self) }.filter { seen.insert($0).inserted }
    }

    private static func part(_ value: YAMLValue) -> Part? {
        guard var mapping = value.mapping() else { return nil }
        defer { mapping.finish() }
        let kinds = ["page", "contacts", "write", "fill-in"]
        let present = mapping.entries.map(\.key).filter(kinds.contains)
        guard let kind = present.first, present.count == 1 else {
            for key in kinds + ["title"] { _ = mapping.value(key) }
            value.reader.add(
                .error(
                    "InvalidLeafletPart",
                    present.isEmpty
                        ? "this part says nothing to show"
                        : "this part is \(present.joined(separator: " and "))",
                    at: value.location,
                    help: "Each part has exactly one of: \(kinds.joined(separator: ", "))."))
            return nil
        }
        guard let main = mapping.value(kind) else {
            value.reader.add(
                .error(
                    "MissingField", "'\(kind)' has no value", at: value.location, help: "Name what to show."))
            return nil
        }
        var optionalSections: [String] = []
        var (isOptional, goesLast) = (false, false)
        /// `yes`, `no` or `last`.
        func readOptional(_ value: YAMLValue) {
            goesLast = value.scalarText == "last"
            isOptional = goesLast || value.bool() ?? false
        }
        var places: [String: SourceLocation] = [:]
        func names(_ value: YAMLValue) -> [String] {
            value.list().compactMap { item in
                guard let name = item.string() else { return nil }
                places[name] = places[name] ?? item.location
                return name
            }
        }
        let content: Part.Content
        switch kind {
        case "page":
            guard let path = main.string() else { return nil }
            let showsTitle = mapping.value("page-title").flatMap { $0.bool() } ?? true
            let sections = mapping.value("sections").map(names)
            let without = mapping.value("without").map(names) ?? []
            let optionalValue = mapping.value("optional")
            if let optional = optionalValue {
                if optional.isSequence {
                    optionalSections = names(optional)
                } else {
                    readOptional(optional)
                }
            }
            content = .page(
                Part.PageContent(
                    path: pagePath(path), sections: sections, without: without, showsTitle: showsTitle,
                    showsIntroduction: mapping.value("introduction").flatMap { $0.bool() }
                        ?? (showsTitle && sections == nil),
                    paragraphs: mapping.value("paragraphs").flatMap { $0.int(in: 1...20) },
                    optionalLocation: isOptional || !optionalSections.isEmpty
                        ? optionalValue?.location : nil,
                    places: places))
        case "contacts":
            let chosen = main.scalarText == "all" ? nil : names(main)
            content = .contacts(
                Part.ContactsContent(
                    title: mapping.value("title").flatMap(passage), chosen: chosen,
                    onlyOwn: mapping.value("own").flatMap { $0.bool() } ?? false, places: places))
        case "write":
            guard let title = passage(main) else { return nil }
            content = .write(
                title: title, text: mapping.value("text").map(passages) ?? [],
                lines: mapping.value("lines").flatMap { $0.int(in: 1...200) })
        default:
            guard let title = passage(main) else { return nil }
            content = .fillIn(
                title: title, text: mapping.value("text").map(passages) ?? [],
                fields: mapping.required("fields", help: "List the labels of the lines to fill in.")
                    .map(passages) ?? [])
        }
        if kind != "page" { mapping.value("optional").map(readOptional) }
        return Part(
            content: content, isOptional: isOptional, goesLast: goesLast, optionalSections: optionalSections,
            panels: mapping.value("panel").map(panels).flatMap { $0.isEmpty ? nil : $0 } ?? [.inside],
            formats: mapping.value("formats").map { Set(formatList($0)) },
            startsNewPage: mapping.value("new-page").flatMap { $0.bool() } ?? false,
            location: main.location)
    }
}
