import Guidance
import Markdown
import Translations
import Workspace

/// Makes the website: editions and a theme in, files out.
///
/// Nothing is read or written here; files are handed to a closure with their paths within the site. The same
/// input always gives the same bytes, in the same order.
public struct SiteBuilder: Sendable {
    /// Takes a file: its path within the site, its bytes, and what it is, in a few words.
    public typealias Emit = (_ path: String, _ bytes: [UInt8], _ describing: String) -> Void

    /// Whether a page that is made from what this key says is there already.
    package typealias Keep = (_ path: String, _ key: ContentHash) -> Bool
    /// The same, with the key of what the file is made from.
    package typealias KeyedEmit = (
        _ path: String, _ bytes: [UInt8], _ describing: String, _ key: ContentHash
    ) -> Void

    public let theme: Theme
    let files: [String: ContentFile]
    let runs = TextRuns.Memo()
    let alphabets = Alphabets()
    private let fileBytes: [(path: String, bytes: [UInt8], sources: [String])]

    /// - Parameter contentFiles: Pictures and other files that text refers to, and the logos of councils, by their path below the content folder.
    public init(theme: Theme, contentFiles: [String: [UInt8]] = [:]) {
        self.theme = theme
        var files: [String: ContentFile] = [:]
        var published: [String: (bytes: [UInt8], sources: [String])] = [:]
        for (source, bytes) in contentFiles.sorted(by: { $0.key < $1.key }) {
            let path = Self.publishedPath(of: source, holding: bytes)
            files[source] = ContentFile(path: path, size: ImageSize(bytes), count: bytes.count)
            // The same picture in two councils' folders is published once.
            published[path, default: (bytes, [])].sources.append(source)
        }
        self.files = files
        fileBytes = published.sorted { $0.key < $1.key }.map { ($0.key, $0.value.bytes, $0.value.sources) }
    }

    /// Where a file below the content folder is on the site, if a page uses it: its name says what is in it.
    package static func publishedPath(of source: String, holding bytes: [UInt8]) -> String {
        "assets/" + Address.hashedName(source.split(separator: "/").last.map(String.init) ?? source, bytes)
    }

    /// What an edition's pages are, ready to be rendered.
    public func plan(_ edition: Edition, extras: EditionExtras = EditionExtras()) -> EditionPlan {
        EditionPlan(edition, extras: extras, builder: self)
    }

    /// The pages of an edition side by side with those in another language.
    ///
    /// - Parameter other: The same council's pages in the other language.
    package func plan(
        _ edition: Edition, beside other: EditionPlan, extras: EditionExtras = EditionExtras()
    ) -> EditionPlan {
        EditionPlan(edition, extras: extras, builder: self, beside: other)
    }

    /// Renders a plan's pages.
    public func render(_ plan: EditionPlan, emit: Emit) {
        render(plan, madeBy: ContentHash(high: 0, low: 0), keep: { _, _ in false }) {
            path, bytes, source, _ in
            emit(path, bytes, source)
        }
    }

    /// Renders those of a plan's pages that cannot be kept.
    ///
    /// - Parameters:
    ///   - program: A fingerprint of the program, its options and the theme.
    ///   - keep: Is asked about each page with the key of all it is made from: the edition without the text of its
    ///     other pages, and the page. The renderer is given nothing else.
    package func render(
        _ plan: EditionPlan, madeBy program: ContentHash, keep: Keep, emit: KeyedEmit
    ) {
        var renderer = EditionRenderer(plan, builder: self)
        renderer.render(common: commonKey(of: plan, madeBy: program), keep: keep, emit: emit)
    }

    /// What keeps a plan's pages from being rendered as they are meant: what a build refuses, a check refuses too.
    package func problems(of plan: EditionPlan) -> [Diagnostic] {
        plan.diagnostics
    }

    /// What belongs to the site as a whole: style sheets, scripts, pictures, the chooser, `404.html`, `robots.txt`,
    /// `sitemap.xml`, and a page at every old address.
    ///
    /// - Parameters:
    ///   - editions: What remains of each edition when its pages are done, in the order of the portal.
    ///   - assets: Content files that some edition uses; no other is published.
    ///   - strings: The words of the interface in the source language.
    ///   - formerBases: Where councils stood before, by their ids: at the top (empty), or in a folder.
    public func portalFiles(
        _ portal: PortalIdentity, editions: [EditionSummary], assets: Set<String> = [],
        sourceLanguage: Language, notice: [Block] = [],
        strings: InterfaceStrings, today: CalendarDate, formerBases: [String: [String]] = [:], emit: Emit
    ) -> [Diagnostic] {
        let pages = PortalPages(
            builder: self, portal: portal, editions: editions, sourceLanguage: sourceLanguage, notice: notice,
            strings: strings.marked, today: today, formerBases: formerBases)
        for asset in theme.publishedAssets { emit(asset.path, asset.bytes, "asset \(asset.file)") }
        for file in fileBytes where file.sources.contains(where: assets.contains) {
            emit(file.path, file.bytes, "asset \(file.sources[0])")
        }
        return pages.write(emit)
    }

    /// The path within the site of a content file; its name holds a fingerprint of its content.
    public func publishedPath(ofAsset source: String) -> String? { files[source]?.path }

    /// The style sheet of a brand: its path within the site, and its bytes.
    func stylesheet(_ brand: CouncilIdentity.Brand?) -> (path: String, bytes: [UInt8]) {
        let bytes = Array(theme.stylesheet(brand: brand).utf8)
        return ("assets/" + Address.hashedName("site.css", bytes), bytes)
    }
}

/// What other parts of the program add to an edition's pages.
public struct EditionExtras: Sendable {
    public var search: SearchFiles?
    /// Of the other language that people type in (`Edition.otherSearched`), where there are pages in it.
    public var sourceSearch: SearchFiles?
    public var leaflets: [Leaflet] = []
    /// All leaflets in one file.
    public var leafletArchive: LeafletFile?
    /// What staff can print for a family, in every language of the council. Only the edition with the print desk has it.
    public var desk: [DeskLanguage] = []
    /// The address of the edition that has the print desk; nil where there is none.
    public var deskBase: String?

    /// A council's leaflets in one language, for staff who may read another.
    public struct DeskLanguage: Sendable {
        public var language: Language
        public var leaflets: [Leaflet]
        /// What there is to fill in about the meeting; nil where no leaflet has such a box.
        public var details: Details?

        public init(language: Language, leaflets: [Leaflet], details: Details? = nil) {
            self.language = language
            self.leaflets = leaflets
            self.details = details
        }
    }

    /// A box to fill in.
    public struct Details: Sendable {
        public var title: Passage
        public var fields: [Passage]

        public init(title: Passage, fields: [Passage]) {
            self.title = title
            self.fields = fields
        }
    }

    /// The scripts that a search loads: paths within the site.
    public struct SearchFiles: Sendable {
        /// The language's words, the same for all councils.
        public var vocabulary: String
        /// Its name stays the same, so that pages need not change when the index does.
        public var index: String

        public init(vocabulary: String, index: String) {
            self.vocabulary = vocabulary
            self.index = index
        }
    }

    public struct Leaflet: Sendable {
        public var id: String
        public var title: Passage
        public var summary: Passage?
        public var cover: Cover?
        public var files: [LeafletFile]

        /// A picture of a leaflet's first page. It only decorates.
        public struct Cover: Sendable {
            /// Within the site.
            public var path: String
            var size: ImageSize

            /// Nil where the bytes are no picture that a browser shows.
            public init?(path: String, picture: [UInt8]) {
                guard let size = ImageSize(picture) else { return nil }
                self.path = path
                self.size = size
            }
        }

        public init(
            id: String, title: Passage, summary: Passage? = nil, cover: Cover? = nil, files: [LeafletFile]
        ) {
            self.cover = cover
            self.id = id
            self.title = title
            self.summary = summary
            self.files = files
        }
    }

    public struct LeafletFile: Sendable {
        /// Within the site.
        public var path: String
        /// nil for an archive.
        public var format: LeafletFormat?
        /// The language that the leaflet is set beside; nil: it has one language.
        public var second: Language?
        public var isForPrint: Bool
        public var pages: Int?
        /// Sheets of A4 paper, where this is the file to print.
        public var sheets: Int?
        /// Bytes.
        public var size: Int
        /// Whether it has fields to type in, and shows what is typed in this language.
        public var isTyped: Bool

        public init(
            path: String, format: LeafletFormat?, second: Language? = nil, isForPrint: Bool = false,
            pages: Int? = nil,
            sheets: Int? = nil,
            size: Int, isTyped: Bool = false
        ) {
            self.isTyped = isTyped
            self.sheets = sheets
            self.path = path
            self.format = format
            self.second = second
            self.isForPrint = isForPrint
            self.pages = pages
            self.size = size
        }
    }

    public init() {}
}

/// What the pages of the whole site need to know of an edition whose own pages are done.
public struct EditionSummary: Sendable, CustomStringConvertible {
    /// Everything that shows on the pages of the whole site.
    public var description: String {
        "\(council) \(language) \(base) \(isForProfessionals) \(paths) \(aliases) \(pairs) \(helplines)"
    }

    public let council: CouncilIdentity
    public let language: Language
    public let sourceLanguage: Language
    public let base: String
    /// Whether it has no page for families.
    public let isForProfessionals: Bool
    /// Paths of the published pages, in order, without the redirects.
    public let paths: [String]
    /// Its pages side by side with other languages. They have no addresses of their own to find or to keep: each is
    /// reached from its page.
    var pairs: [Pair] = []
    /// Old addresses and the pages they lead to.
    let aliases: [OldAddress]
    /// The numbers at the foot of its pages that serve the whole nation.
    let helplines: [Helpline]
    let strings: InterfaceStrings
    let latin: Language

    struct Helpline: Hashable, Sendable {
        var name: String
        var number: String
        var destination: String
    }

    /// Some pages of the edition side by side with another language.
    struct Pair: Hashable, Sendable {
        var base: String
        var paths: [String]
    }

    /// Adds what a plan for pages side by side has.
    package mutating func add(pair plan: EditionPlan) {
        pairs.append(Pair(base: plan.base, paths: plan.jobs.map(\.path)))
    }

    /// Summarises a plan; the plan and its edition can then be let go.
    public init(_ plan: EditionPlan) {
        let edition = plan.edition
        council = edition.council
        language = edition.language
        sourceLanguage = edition.sourceLanguage
        base = edition.base
        latin = edition.latin
        isForProfessionals =
            !edition.pages.isEmpty && edition.pages.allSatisfy { $0.audience == .professionals }
        paths = plan.jobs.map(\.path)
        strings = edition.strings
        helplines = edition.helplines.filter(\.contact.isNational).map {
            Helpline(name: $0.contact.name.plainText, number: $0.way.shown, destination: $0.destination)
        }
        let published = plan.setting.paths
        let texts = plan.jobs.indices.lazy.filter { plan.jobs[$0].page?.aliases.isEmpty == false }
            .compactMap { plan.whole($0).page }
        let sections = Dictionary(
            texts.map { ($0.path, OldAddress.Section.all(of: $0)) }, uniquingKeysWith: { first, _ in first })
        aliases = edition.pages.filter { published.contains($0.path) }.flatMap { page in
            page.aliases.map {
                OldAddress(
                    alias: $0, path: page.path, title: page.title.plainText,
                    sections: sections[page.path] ?? [])
            }
        }
    }
}

extension Edition {
    /// The contacts at the foot of every page that can be rung, each with its number and where the link leads.
    var helplines: [(contact: Contact, way: Contact.Way, destination: String)] {
        let contacts = contactGroups.flatMap(\.contacts)
        return footerContacts.compactMap { id in
            guard let contact = contacts.first(where: { $0.id == id }),
                let way = contact.ways.first(where: { $0.channel == .phone }),
                let destination = way.destination.flatMap({ Link.safe($0) })
            else { return nil }
            return (contact, way, destination)
        }
    }
}
