import Build
import Checks
import Guidance
import Markdown
import Preview
import Translations
import Workspace

/// What there is to say of each page of a site while somebody writes: read when a page asks, once for each build.
actor FindingsReader {
    private let settings: SiteSettings
    /// The folder that the preview is built into.
    private let folder: String
    private let files: ContainedFileSystem
    private let kept: KeptParts
    private var site: Task<ReadSite?, Never>?
    private var councils: [String: Task<ReadCouncil, Never>] = [:]

    /// - Parameters:
    ///   - folder: The folder that the preview is built into.
    ///   - kept: What the builds of this process leave for one another.
    init(settings: SiteSettings, site folder: String, files: ContainedFileSystem, kept: KeptParts) {
        var settings = settings
        settings.readsEverything = true
        self.settings = settings
        self.folder = folder
        self.files = files
        self.kept = kept
    }

    /// To be said when there is something new to read.
    func forget() {
        site = nil
        councils = [:]
    }

    /// - Parameter address: Of a page within the site, such as `/oxfordshire/pl/rights/`.
    func findings(at address: String) async -> JSONValue? {
        await page(at: address)?.json(in: folder)
    }

    /// - Parameter address: Of a page within the site, such as `/oxfordshire/pl/rights/`.
    func page(at address: String) async -> PageFindings? {
        let path = address.split(separator: "/").filter { $0 != "index.html" }.joined(separator: "/")
        guard let site = await readSite() else { return nil }
        for council in site.model.portal.councils {
            let base = site.model.portal.isSingleCouncil ? "" : council.id
            guard base.isEmpty || path == base || path.hasPrefix(base + "/") else { continue }
            let read = await self.read(council, site)
            // A language's folder may also be the start of a page's name: the longest base is meant.
            let editions = read.editions.sorted { $0.base.utf8.count > $1.base.utf8.count }
            for edition in editions {
                guard let name = Self.path(path, in: edition.base), let page = edition.page(name) else {
                    continue
                }
                return PageFindings(page, edition, council, read, site, files)
            }
        }
        return nil
    }

    private static func path(_ path: String, in base: String) -> String? {
        if base.isEmpty { return path }
        if path == base { return "" }
        return path.hasPrefix(base + "/") ? String(path.dropFirst(base.count + 1)) : nil
    }

    private func readSite() async -> ReadSite? {
        if let site { return await site.value }
        let (settings, files, kept) = (settings, files, kept)
        let task = Task { await ReadSite.read(settings, files, kept) }
        site = task
        return await task.value
    }

    private func read(_ council: Council, _ site: ReadSite) async -> ReadCouncil {
        if let known = councils[council.id] { return await known.value }
        let files = files
        let task = Task { ReadCouncil(council, site, files) }
        councils[council.id] = task
        return await task.value
    }
}

/// What all pages of a site are measured against.
private struct ReadSite: Sendable {
    var model: SiteModel
    var problems: Diagnostics
    /// In how many councils a page or section of the shared guidance is shown, by where it is written.
    var usedBy: [PlaceKey: Int]

    static func read(
        _ settings: SiteSettings, _ files: ContainedFileSystem, _ kept: KeptParts
    ) async -> ReadSite? {
        var problems = Diagnostics()
        guard let model = await SiteModel.load(settings, in: files, keeping: kept, reporting: &problems)
        else { return nil }
        if let linter = model.linter {
            let (found, silences) = linter.problems(in: model.portal)
            problems.add(model.policy.adding(silences).apply(to: found))
        }
        let keys = await model.portal.councils.concurrentMap(width: 2) { council in
            var ignored = Diagnostics()
            return PlaceKey.all(of: model.portal.guidance(of: council, in: files, reporting: &ignored))
        }
        var usedBy: [PlaceKey: Int] = [:]
        for key in keys.joined() { usedBy[key, default: 0] += 1 }
        return ReadSite(model: model, problems: problems, usedBy: usedBy)
    }
}

/// Where a page (no section) or a section is written.
private struct PlaceKey: Hashable, Sendable {
    var file: String
    var section: String?

    /// Each once.
    static func all(of guidance: CouncilGuidance) -> Set<PlaceKey> {
        var keys: Set<PlaceKey> = []
        func add(_ sections: [SourceSection]) {
            for section in sections {
                keys.insert(PlaceKey(file: section.file, section: section.id))
                add(section.children)
            }
        }
        for merged in guidance.pages {
            keys.insert(PlaceKey(file: merged.page.file, section: nil))
            add(merged.page.sections)
        }
        return keys
    }
}

private struct ReadCouncil: Sendable {
    var editions: [Edition]
    var problems: Diagnostics
    var overrides: [Override]

    init(_ council: Council, _ site: ReadSite, _ files: ContainedFileSystem) {
        (editions, problems) = site.model.editions(of: council, in: files)
        var ignored = Diagnostics()
        overrides = site.model.portal.guidance(of: council, in: files, reporting: &ignored).overrides
    }
}

/// What there is to say of one page in one language.
struct PageFindings {
    let page: Page
    let edition: Edition
    let council: Council
    private let read: ReadCouncil
    private let site: ReadSite
    private let files: ContainedFileSystem
    /// The same page in the language it is written in.
    let source: Page?

    fileprivate init(
        _ page: Page, _ edition: Edition, _ council: Council, _ read: ReadCouncil, _ site: ReadSite,
        _ files: ContainedFileSystem
    ) {
        self.page = page
        self.edition = edition
        self.council = council
        self.read = read
        self.site = site
        self.files = files
        source = read.editions.inSourceLanguage?.page(page.path)
    }

    /// The folder that the names of files start with.
    var root: String { site.model.portal.root }

    /// A file by its path below the content folder.
    func below(_ file: String) -> String {
        file.hasPrefix(root + "/") ? String(file.dropFirst(root.count + 1)) : file
    }

    var councils: Int { site.model.portal.councils.count }
    /// Whether the council stands at the top of the site.
    var isSingleCouncil: Bool { site.model.portal.isSingleCouncil }

    /// The same page in the council's other languages.
    var translations: [(language: Language, page: Page)] {
        read.editions.filter { $0.language != $0.sourceLanguage }
            .compactMap { other in other.page(page.path).map { (other.language, $0) } }
    }

    /// - Parameter folder: The one that the preview is built into.
    func json(in folder: String) -> JSONValue {
        .object([
            ("title", .string(page.title.plainText)), ("file", .string(page.file)),
            ("council", .string(council.identity.name)), ("language", .string(edition.language.englishName)),
            ("isShared", .bool(isShared(page.file))), ("usedBy", .int(uses(page.file, nil))),
            ("councils", .int(site.model.portal.councils.count)), ("problems", problems),
            ("sections", sections), ("facts", facts), ("overrides", overrides),
            ("translation", translation), ("others", others(in: folder)),
        ])
    }

    func isShared(_ file: String) -> Bool {
        !file.hasPrefix(joinPath(site.model.portal.root, "councils") + "/")
    }

    func uses(_ file: String, _ section: String?) -> Int {
        site.usedBy[PlaceKey(file: file, section: section)] ?? 0
    }

    // MARK: The same page for others

    /// The pages that show the same for other councils and in other languages, and where other audiences start: those
    /// that the preview has built.
    private func others(in folder: String) -> JSONValue {
        func address(_ base: String, _ path: String) -> String? {
            let names = [base, path].filter { !$0.isEmpty }.joined(separator: "/")
            guard files.exists(joinPath(folder, names.isEmpty ? "index.html" : "\(names)/index.html")) else {
                return nil
            }
            return names.isEmpty ? "/" : "/\(names)/"
        }
        func row(_ name: String, _ address: String?, _ language: Language? = nil) -> JSONValue? {
            address.map { address in
                var fields: [(String, JSONValue)] = [("name", .string(name)), ("address", .string(address))]
                language.map { fields.append(("language", .string($0.englishName))) }
                return .object(fields)
            }
        }
        let own = isSingleCouncil ? "" : council.id
        let tail = String(edition.base.dropFirst(own.utf8.count).drop { $0 == "/" })
        let councils = site.model.portal.councils.filter { $0.id != council.id }.compactMap { other in
            // In the same language, or else as it is written.
            row(other.identity.name, address(tail.isEmpty ? other.id : "\(other.id)/\(tail)", page.path))
                ?? row(other.identity.name, address(other.id, page.path), edition.sourceLanguage)
        }
        let languages = read.editions.filter { $0.language != edition.language }.compactMap {
            row($0.language.englishName, address($0.base, page.path))
        }
        func depth(_ page: Page) -> Int { page.path.split(separator: "/").count }
        let audiences = Audience.allCases.compactMap { audience -> JSONValue? in
            guard audience != page.audience else { return nil }
            // The one that the others lie below, or the first of the menu.
            let first = edition.pages.filter { $0.audience == audience }.min { depth($0) < depth($1) }
            guard let first,
                case .object(let fields)? = row(first.title.plainText, address(edition.base, first.path))
            else { return nil }
            return .object(fields + [("audience", .string(audience.rawValue))])
        }
        return .object([
            ("audience", .string(page.audience.rawValue)), ("councils", .array(councils)),
            ("languages", .array(languages)), ("audiences", .array(audiences)),
        ])
    }

    // MARK: Problems

    /// A stretch of a file that the page shows, and the section it stands in.
    private struct Span {
        var file: String
        var lines: ClosedRange<Int>
        var section: String?
    }

    private var spans: [Span] {
        var spans: [Span] = []
        func add(_ range: SourceRange?, _ file: String, _ section: String?) {
            guard let range else { return }
            // A range that ends at the start of a line does not reach into it.
            let end = range.end.column <= 1 ? range.end.line - 1 : range.end.line
            spans.append(
                Span(file: file, lines: range.start.line...max(range.start.line, end), section: section))
        }
        for block in page.introduction { add(block.range, page.file, nil) }
        add(page.title.range, page.file, nil)
        page.forEachSection { section in
            add(section.heading.range, section.file, section.id)
            add(section.range.map { SourceRange($0.start, $0.start) }, section.file, section.id)
            for block in section.blocks { add(block.range, section.file, section.id) }
        }
        return spans
    }

    private var problems: JSONValue {
        let spans = spans
        let used = Set(usedContacts.map(\.location) + usedFacts.map(\.location))
        var sources = LinesOfFiles(files)
        var first: [String: Int] = [:]
        for span in spans { first[span.file] = min(first[span.file] ?? .max, span.lines.lowerBound) }
        let all = Diagnostics(site.problems.sorted + read.problems.sorted).sorted
        return .array(
            all.compactMap { problem in
                guard let location = problem.location else { return nil }
                let line = location.range?.start.line ?? 1
                let span = spans.first { $0.file == location.file && $0.lines.contains(line) }
                let isOfPage =
                    // What stands before the first words is about the page: its front matter.
                    location.file == page.file && line < first[page.file] ?? .max
                let isOfData = used.contains {
                    $0.file == location.file && $0.range?.start.line == location.range?.start.line
                }
                guard span != nil || isOfPage || isOfData,
                    case .object(let fields) = ProblemText.json(problem, &sources)
                else { return nil }
                return .object(fields + [("section", span?.section.map { .string($0) } ?? .null)])
            })
    }

    // MARK: Sections

    private var sections: JSONValue {
        var rows: [JSONValue] = []
        // The formula is for English.
        let hasAge = edition.sourceLanguage.tag == "en"
        func age(_ blocks: [Block]) -> JSONValue {
            (hasAge ? ReadingAges.age(of: blocks) : nil).map { .int($0) } ?? .null
        }
        func row(_ id: String?, _ heading: Passage, _ file: String, _ range: SourceRange?, _ blocks: [Block])
        {
            let place = SourceLocation(file: file, range: range)
            rows.append(
                .object([
                    ("section", id.map { .string($0) } ?? .null), ("heading", .string(heading.plainText)),
                    ("place", .string("\(place)")), ("age", age(blocks)),
                    ("isShared", .bool(isShared(file))), ("usedBy", .int(uses(file, id))),
                ]))
        }
        guard let source else { return .array([]) }
        if !source.introduction.isEmpty {
            row(nil, source.title, source.file, source.introduction[0].range, source.introduction)
        }
        source.forEachSection { row($0.id, $0.heading, $0.file, $0.range, $0.blocks) }
        return .array(rows)
    }

    // MARK: Facts and contacts

    /// The names of all placeholders on the page, in the order they are met.
    private var names: [String] {
        var names: [String] = []
        for passage in passages(of: page) {
            passage.passage.inlines.forEachInline { inline in
                if case .value(let value) = inline, !names.contains(value.name) { names.append(value.name) }
            }
        }
        return names
    }

    private var usedFacts: [Fact] {
        names.compactMap { name in
            guard case .fact(let id) = Reference(name) else { return nil }
            let own = council.facts[id]
            return own?.value != nil ? own : site.model.portal.facts[id]
        }
    }

    private func isOverdue(_ fact: Fact) -> Bool {
        guard let checked = fact.checked else { return false }
        return checked.adding(months: site.model.portal.factsValidForMonths) < edition.today
    }

    private var usedContacts: [Contact] {
        let all = edition.contactGroups.flatMap(\.contacts)
        if page.kind == .contacts { return all }
        let ids = names.compactMap { name -> String? in
            if case .contact(let id, _) = Reference(name) { id } else { nil }
        }
        return all.filter { ids.contains($0.id) }
    }

    var facts: JSONValue {
        func row(
            _ kind: String, _ name: String, _ label: String?, _ value: String, _ source: String?,
            _ checked: CalendarDate?, _ by: String?, _ isOverdue: Bool, _ place: SourceLocation
        ) -> JSONValue {
            .object([
                ("kind", .string(kind)), ("name", .string(name)),
                ("label", label.map { .string($0) } ?? .null),
                ("value", .string(value)), ("source", source.map { .string($0) } ?? .null),
                ("checked", checked.map { .string("\($0)") } ?? .null),
                ("checkedBy", by.map { .string($0) } ?? .null), ("isOverdue", .bool(isOverdue)),
                ("place", .string("\(place)")), ("file", .string(below(place.file))),
            ])
        }
        return .array(
            usedFacts.map { fact in
                row(
                    "fact", fact.id, fact.label ?? site.model.portal.facts[fact.id]?.label,
                    fact.value?.written ?? "", fact.source, fact.checked, fact.checkedBy, isOverdue(fact),
                    fact.location)
            }
                + usedContacts.map { contact in
                    row(
                        "contact", contact.id, contact.name.plainText,
                        contact.ways.map { $0.text.replacing("\n", with: ", ") }.joined(separator: "; "),
                        contact.source, contact.checked,
                        contact.isNational
                            ? site.model.portal.checker(ofContact: contact.id)
                            : council.checker(ofContact: contact.id), contact.isCheckOverdue, contact.location
                    )
                })
    }

    // MARK: Overrides

    private var overrides: JSONValue {
        .array(
            read.overrides.filter { $0.page == page.path }.map { override in
                .object([
                    ("kind", .string(override.kind.rawValue)),
                    ("section", override.section.map { .string($0) } ?? .null),
                    ("place", .string("\(override.location)")),
                    ("state", .string(state(of: override))),
                ])
            })
    }

    private func state(of override: Override) -> String {
        guard let shared = override.shared else { return "" }
        guard let known = council.recordedOverrides[override.key] else { return "not recorded" }
        return known == OverrideRecord.text(of: shared) ? "up to date" : "the shared section has changed"
    }

    // MARK: Translation

    struct Placed {
        var passage: Passage
        var file: String
        var section: String?
    }

    func passages(of page: Page) -> [Placed] {
        var all = [Placed(passage: page.title, file: page.file, section: nil)]
        page.summary.map { all.append(Placed(passage: $0, file: page.file, section: nil)) }
        func add(_ blocks: [Block], _ file: String, _ section: String?) {
            blocks.forEachPassage { all.append(Placed(passage: $0, file: file, section: section)) }
        }
        add(page.introduction, page.file, nil)
        page.forEachSection { section in
            all.append(Placed(passage: section.heading, file: section.file, section: section.id))
            add(section.blocks, section.file, section.id)
        }
        return all
    }

    /// Null in the language that the guidance is written in.
    private var translation: JSONValue {
        guard edition.language != edition.sourceLanguage, let source else { return .null }
        // Both have the same blocks in the same order: conditions depend on the council, not on the language.
        let pairs = zip(passages(of: page), passages(of: source)).filter { pair in
            pair.1.passage.plainText.contains(where: \.isLetter)
        }
        var counts: [String: Int] = [:]
        let blocks = pairs.map { own, english in
            let state = Self.name(of: own.passage.translation)
            counts[state, default: 0] += 1
            return JSONValue.object([
                ("state", .string(state)), ("section", own.section.map { .string($0) } ?? .null),
                ("place", .string("\(SourceLocation(file: own.file, range: own.passage.range))")),
                ("english", .string(english.passage.plainText)), ("text", .string(own.passage.plainText)),
            ])
        }
        return .object([
            ("tag", .string(edition.language.tag)),
            ("direction", .string(edition.language.isRightToLeft ? "rtl" : "ltr")),
            ("from", .string(edition.sourceLanguage.englishName)),
            ("fromTag", .string(edition.sourceLanguage.tag)),
            ("counts", .object(counts.sorted { $0.key < $1.key }.map { ($0.key, .int($0.value)) })),
            ("blocks", .array(blocks)),
        ])
    }

    private static func name(of state: TranslationState) -> String {
        switch state {
        case .current: "current"
        case .stale: "stale"
        case .replaced: "replaced"
        case .missing: "missing"
        }
    }
}
