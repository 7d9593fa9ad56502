import Guidance
import Markdown
import Translations
import Workspace

/// The pages of one edition, decided before any of them is written, so that every link knows what there is.
public final class EditionPlan: Sendable {
    /// One page to write.
    ///
    /// Those of the plan have only what other pages show of a page; `page(of:)` has the text.
    struct Job: Sendable {
        enum Content: Sendable {
            case home, ordinary, steps, faq, topic, aToZ, contacts, accessibility(AccessibilityDetails),
                leaflets, desk

            /// Whether such pages differ in nothing but their texts: then one filled template serves several.
            var hasOnlyTexts: Bool {
                switch self {
                case .ordinary, .topic: true
                case .home, .steps, .faq, .aToZ, .contacts, .accessibility, .leaflets, .desk: false
                }
            }
        }

        var path: String
        var content: Content
        /// The page of the edition; nil for pages that nobody wrote.
        var page: Page?
        var audience: Audience
    }

    /// A page in lists: the navigation, and the cards of the home page.
    struct Entry: Sendable {
        var path: String
        var kind: String
        var title: Passage
        var summary: Passage?
        var stage: Stage?
    }

    /// One question and where it stands.
    struct Question: Sendable {
        var path: String
        var section: Section
    }

    struct Topic: Sendable {
        var path: String
        var title: Passage
        var summary: Passage?
        var questions: [Question]
    }

    /// Whom a list of pages is for: professionals have their own.
    enum Readers: Hashable, CaseIterable, Sendable { case family, professionals }

    /// Without the text of its pages.
    let edition: Edition
    let extras: EditionExtras
    let setting: EditionSetting
    /// The language that its pages stand side by side with; nil for an edition's own pages.
    let second: SecondEdition?
    /// Addresses of its pages within the site.
    let base: String
    let jobs: [Job]
    /// The pages of the jobs, with their text.
    private let texts: [Page?]
    /// Of the pages of the jobs, with their text.
    let pageKeys: [ContentHash?]
    /// Of the whole edition, with the text of its pages.
    package let key: ContentHash
    let entries: [Readers: [Entry]]
    /// Pages that lead through others; the home page offers them as choices.
    let choices: [Readers: [Entry]]
    /// The first of the entries that are in no folder, in the order in which they are shown.
    let navigation: [Readers: [Entry]]
    /// The same, as many as belong together: by the time at which a family needs them.
    let navigationGroups: [Readers: [NavigationGroup]]
    private let navigationPlaces: [Readers: [String: Int]]
    /// Titles of pages that others can stand below.
    private let jobsByPath: [String: Int]
    let topics: [Readers: [Topic]]
    /// Paths of pages with a part of their own in the footer.
    let contactsPath: String?
    let stylesheet: String
    /// Which pages the other languages have, in the order of the alternatives.
    let alternatives: [(alternative: Alternative, paths: Set<String>)]
    public let diagnostics: [Diagnostic]

    static let faqPath = "faq"
    static let aToZPath = "faq/a-to-z"
    static let accessibilityPath = "accessibility"
    static let leafletsPath = "leaflets"
    /// Of the edition in the source language alone: it is for staff, and has the leaflets of all languages.
    static let deskPath = "leaflets/print-desk"
    static let privacyPath = "privacy"
    static let safetyPath = "staying-safe"
    /// Pages that may be there though nobody wrote them.
    package static let madePaths: Set = [
        faqPath, aToZPath, accessibilityPath, leafletsPath, deskPath, "contacts",
    ]
    /// More would be a list and not a navigation; the home page has them all.
    static let navigationLimit = 20

    /// How many pages there are to render.
    public var count: Int { jobs.count }

    /// The words of the interface in the language that the guidance is written in.
    var sourceStrings: InterfaceStrings {
        edition.language == edition.sourceLanguage
            ? edition.strings
            : edition.alternatives.first { $0.language == edition.sourceLanguage }?.strings ?? edition.strings
    }

    init(_ whole: Edition, extras: EditionExtras, builder: SiteBuilder, beside other: EditionPlan? = nil) {
        var diagnostics: [Diagnostic] = []
        var edition = whole.outline
        // Whatever is made of the edition needs these: its text is gone through once.
        let keys = whole.pages.map { Digest.of($0) }
        var digest = Digest()
        digest.add(edition)
        digest.add(keys)
        digest.add(whole.withheld)
        digest.add(whole.held)
        key = digest.hash
        edition.strings = edition.strings.marked
        let strings = edition.strings
        func generated(_ word: Word) -> Passage { Passage(strings[word]) }

        let pages = edition.pages.filter { $0.kind != .accessibility }
        let hasFamilyPages = edition.pages.contains { Self.readers($0.audience) == .family }
        let defaultAudience: Audience = hasFamilyPages || edition.pages.isEmpty ? .families : .professionals
        let everyone = Self.readers(defaultAudience)

        var topics: [Readers: [Topic]] = [:]
        for page in pages where page.kind == .faq && !page.sections.isEmpty {
            topics[Self.readers(page.audience), default: []].append(
                Topic(
                    path: page.path, title: page.title, summary: page.summary,
                    questions: page.sections.map { Question(path: page.path, section: $0) }))
        }
        let hasQuestions = !(topics[everyone] ?? []).isEmpty

        var jobs: [Job] = []
        var ownPaths: Set<String> = []
        for page in pages where ownPaths.insert(page.path).inserted {
            let content: Job.Content =
                switch page.kind {
                case _ where page.path.isEmpty: .home
                case .faq: page.path == Self.faqPath ? .faq : .topic
                case .contacts: .contacts
                case _ where !page.steps.isEmpty: .steps
                case .page, .rights, .agenda, .complaints, .glossary, .accessibility, .dates, .form, .easy:
                    .ordinary
                }
            jobs.append(Job(path: page.path, content: content, page: page, audience: page.audience))
        }
        func add(_ path: String, _ content: Job.Content, page: Page? = nil) {
            guard ownPaths.insert(path).inserted else { return }
            jobs.append(Job(path: path, content: content, page: page, audience: defaultAudience))
        }
        add("", .home)
        if hasQuestions {
            add(Self.faqPath, .faq)
            add(Self.aToZPath, .aToZ)
        }
        if !edition.contactGroups.isEmpty, !jobs.contains(where: { $0.page?.kind == .contacts }) {
            add("contacts", .contacts)
        }
        if let details = edition.accessibility {
            let page = edition.pages.first { $0.kind == .accessibility }
            add(Self.accessibilityPath, .accessibility(details), page: page)
        }
        if !extras.leaflets.isEmpty { add(Self.leafletsPath, .leaflets) }
        let made = Set(jobs.filter { $0.page == nil }.map(\.path))
        if !extras.desk.isEmpty, ownPaths.insert(Self.deskPath).inserted {
            jobs.append(Job(path: Self.deskPath, content: .desk, page: nil, audience: .professionals))
        }
        // What its own pages are: where there is no page side by side, links lead to them.
        let alonePaths = ownPaths
        if let other {
            jobs.removeAll { !$0.isPairable || !(other.job($0.path)?.isPairable ?? false) }
            ownPaths = Set(jobs.map(\.path))
        }
        jobs.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        var written: [String: Page] = [:]
        var writtenKeys: [String: ContentHash] = [:]
        for (page, key) in zip(whole.pages, keys) where written[page.path] == nil {
            (written[page.path], writtenKeys[page.path]) = (page, key)
        }
        texts = jobs.map { job in job.page.flatMap { written[$0.path] } }
        pageKeys = jobs.map { job in job.page.flatMap { writtenKeys[$0.path] } }

        contactsPath = jobs.first { if case .contacts = $0.content { true } else { false } }?.path
        var entries: [Readers: [Entry]] = [:]
        var choices: [Readers: [Entry]] = [:]
        for readers in Readers.allCases {
            func entry(_ page: Page) -> Entry {
                Entry(
                    path: page.path, kind: page.kind.rawValue, title: page.title, summary: page.summary,
                    stage: page.stage)
            }
            choices[readers] = pages.filter {
                Self.readers($0.audience) == readers && !$0.path.isEmpty && !$0.steps.isEmpty
            }.map(entry)
            var list = pages.filter {
                Self.readers($0.audience) == readers && !$0.path.isEmpty && $0.path != Self.privacyPath
                    && !($0.kind == .faq && $0.path != Self.faqPath) && $0.steps.isEmpty
            }.map(entry)
            if readers == everyone {
                if hasQuestions, !list.contains(where: { $0.path == Self.faqPath }) {
                    let place = list.firstIndex { $0.kind == PageKind.contacts.rawValue } ?? list.endIndex
                    list.insert(
                        Entry(
                            path: Self.faqPath, kind: "faq", title: generated(.faqTitle),
                            summary: generated(.faqDescription), stage: .help), at: place)
                }
                if let contactsPath, !list.contains(where: { $0.kind == PageKind.contacts.rawValue }) {
                    list.append(
                        Entry(
                            path: contactsPath, kind: "contacts", title: generated(.contactsTitle),
                            summary: nil, stage: .help))
                }
                if !extras.leaflets.isEmpty {
                    list.append(
                        Entry(
                            path: Self.leafletsPath, kind: "leaflets", title: generated(.leafletsTitle),
                            summary: generated(.leafletsDescription), stage: .help))
                }
            }
            entries[readers] = list
        }

        let source = edition.alternatives.first { $0.language == edition.sourceLanguage }
        setting = EditionSetting(
            language: edition.language, sourceLanguage: edition.sourceLanguage, paths: ownPaths,
            source: source.map { ($0.base, Self.published($0, made: made)) },
            alone: other == nil ? nil : (edition.base, alonePaths),
            files: builder.files, strings: strings, latin: edition.latin, words: ExplainedWords(edition),
            runs: builder.runs)
        second = other.map { SecondEdition($0) }
        base = other.map { whole.base(beside: $0.edition.language) } ?? edition.base
        alternatives = edition.alternatives.map { alternative in
            alternative.language == edition.language
                ? (alternative, alonePaths) : (alternative, Self.published(alternative, made: made))
        }
        stylesheet = builder.stylesheet(edition.council.brand).path
        if edition.language == edition.sourceLanguage {
            diagnostics += builder.theme.problems(of: edition.council)
        }
        if edition.language == edition.sourceLanguage {
            let written = Set(pages.map(\.path))
            // Few editions have old addresses.
            let files =
                whole.pages.allSatisfy(\.aliases.isEmpty)
                ? [] : Self.files(of: edition, paths: ownPaths, contacts: contactsPath)
            let tags = Set(edition.alternatives.map(\.language.tag))
            let pairs = edition.pairFolders
            for page in whole.pages {
                // No redirect is ever written over a page: it would lead nowhere, and nobody would know.
                for (alias, location) in page.placedAliases where !alias.isEmpty && !written.contains(alias) {
                    let first = alias.split(separator: "/").first.map(String.init) ?? alias
                    if let problem = Self.collision(of: alias, withAny: files, at: location) {
                        diagnostics.append(problem)
                    }
                    guard ownPaths.contains(alias) || tags.contains(first) || pairs.contains(first) else {
                        continue
                    }
                    diagnostics.append(
                        .error(
                            "AddressCollision",
                            ownPaths.contains(alias)
                                ? "the old address '\(alias)' is that of a page which every council has"
                                : "the old address '\(alias)' is where the pages in another language are",
                            at: location, help: "Remove it from 'aliases'."))
                }
            }
        }
        self.edition = edition
        self.extras = extras
        self.jobs = jobs
        self.entries = entries
        self.choices = choices
        navigationGroups = entries.mapValues { list in
            let top = list.filter { Address.depth($0.path) == 1 }
            let others = top.filter { !$0.isFoundFromEveryPage }
            let shown = Set(others.prefix(Self.navigationLimit - (top.count - others.count)).map(\.path))
            return NavigationGroup.groups(
                of: top.filter { $0.isFoundFromEveryPage || shown.contains($0.path) })
        }
        navigation = navigationGroups.mapValues { groups in groups.flatMap(\.entries) }
        navigationPlaces = navigation.mapValues { entries in
            Dictionary(entries.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
        }
        jobsByPath = Dictionary(uniqueKeysWithValues: jobs.enumerated().map { ($1.path, $0) })
        self.topics = topics
        self.diagnostics = diagnostics
    }

    /// Files that stand beside an edition's pages, below its address.
    private static func files(of edition: Edition, paths: Set<String>, contacts: String?) -> Set<String> {
        var files: Set<String> = []
        for path in paths {
            files.insert(Address.folder(path) + SecondEdition.file)
            files.insert(Address.folder(path) + ExplainedWords.file)
        }
        if contacts != nil {
            for contact in edition.contactGroups.flatMap(\.contacts) where contact.canBeSaved {
                files.insert("contacts/\(contact.id).vcf")
            }
        }
        for alternative in edition.alternatives {
            files.insert("search-\(alternative.language.tag).js")
        }
        return files
    }

    /// A page that leads on is `index.html` in a folder of its address, which nothing can be where a file is.
    package static func collision(
        of alias: String, withAny files: Set<String>, at location: SourceLocation
    ) -> Diagnostic? {
        var place = alias[...]
        while !files.contains(String(place)) {
            guard let slash = place.lastIndex(of: "/") else { return nil }
            place = place[..<slash]
        }
        return .error(
            "AddressCollision",
            place == alias
                ? "the old address '\(alias)' is that of a file which is published"
                : "the old address '\(alias)' is below '\(place)', which is a file that is published",
            at: location, help: "Remove it from 'aliases'.")
    }

    /// A job with the text of its page.
    func whole(_ index: Int) -> Job {
        var job = jobs[index]
        job.page = texts[index]
        return job
    }

    /// The text of a page; nil for one that nobody wrote.
    func page(_ path: String) -> Page? { jobsByPath[path].flatMap { texts[$0] } }

    func pageKey(_ path: String) -> ContentHash? { jobsByPath[path].flatMap { pageKeys[$0] } }

    func job(_ path: String) -> Job? { jobsByPath[path].map { jobs[$0] } }

    func placeInNavigation(_ path: String, of readers: Readers) -> Int? {
        navigationPlaces[readers]?[path]
    }

    static func readers(_ audience: Audience) -> Readers {
        audience == .professionals ? .professionals : .family
    }

    /// What is published in another language: its written pages, and those that are made from data as here.
    static func published(_ alternative: Alternative, made: Set<String>) -> Set<String> {
        var paths = alternative.paths.union(made)
        paths.insert("")
        if paths.contains(where: { $0.hasPrefix("faq/") && $0 != aToZPath }) {
            paths.insert(faqPath)
            paths.insert(aToZPath)
        } else if made.contains(faqPath) {
            paths.remove(faqPath)
            paths.remove(aToZPath)
        }
        return paths
    }
}
