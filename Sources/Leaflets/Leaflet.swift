import Guidance
import Markdown
import Translations
import Workspace

/// One leaflet of one edition in one format: everything chosen, ready to be laid out.
public struct Leaflet: Sendable {
    public struct Part: Sendable {
        public enum Content: Sendable {
            case page(PageContent)
            case contacts(title: Passage?, groups: [ContactGroup])
            case write(title: Passage, text: [Passage], lines: Int?)
            case fillIn(title: Passage, text: [Passage], fields: [Passage])
        }

        public struct PageContent: Sendable {
            public var page: Page
            public var title: Passage?
            public var introduction: [Block]
            public var sections: [Section]
            public var groups: [ContactGroup]
        }

        /// Unique in the leaflet; a page's is its path.
        public var id: String
        /// Its place among the parts of the specification.
        var number: Int
        public var content: Content
        public var panel: LeafletSpec.Panel
        /// Where it may stand, this panel included.
        var possiblePanels: [LeafletSpec.Panel]
        public var startsNewPage: Bool
    }

    /// Something that a folded leaflet may leave out.
    public struct Droppable: Hashable, Codable, Sendable {
        var part: Int
        var section: String?
        /// Only the sections inside of it go; it stays itself.
        var isInside = false
        /// `rights#records`, or the name of a part.
        public var name: String
    }

    /// What is done to make a folded leaflet fit. Nothing of it makes the type smaller, and nothing of it takes
    /// a right away.
    public struct Fit: Hashable, Codable, Sendable {
        /// The panel of a part that may stand on several, by its number in the specification.
        var panels: [Int: LeafletSpec.Panel] = [:]
        /// Boxes and headings that say nothing new are left away: those of contacts, and round "your turn".
        public internal(set) var isBrief = false
        /// Lines stand closer together, and margins are narrower.
        var isTight = false
        /// As close as clear print allows; scripts that are set larger than Latin letters are nearly as large as those.
        var isClose = false
        /// A section does not go on from one panel to the next.
        var keepsSections = true
        /// A list does not go on from one panel to the next, whatever else does.
        var keepsLists = true
        var dropped: [Droppable] = []
        /// How many paragraphs of each right are shown at most; at 0 the headings, which say the rights, stand
        /// alone. Nil: as many as the specification wants.
        var rightsParagraphs: Int?
        /// How many of the first rights show one paragraph more than that, because there is room.
        var fullerRights = 0

        public init() {}

        /// A change that shows what was left out after all.
        static func restoring(_ unit: Droppable) -> (inout Fit) -> Void {
            { fit in fit.dropped.removeAll { $0 == unit } }
        }
    }

    public var spec: LeafletSpec
    public var format: LeafletFormat
    public var parts: [Part]
    public var fit: Fit
    /// The language that it is set beside; nil: it has one language.
    public internal(set) var second: Language?
    let language: Language
    /// Whether anything of what was chosen is not shown because a folded leaflet has little room.
    public var isShortened: Bool
    /// The headings of what a folded leaflet leaves out, so that it can say what to read elsewhere.
    let leftOut: [Passage]
    /// What could still be left out, in the order of the leaflet.
    public var droppable: [Droppable]
    /// The rights it holds: `rights#supporter`.
    public var rights: [String]

    /// Chooses what the specification names from an edition; nil where nothing of it is there.
    ///
    /// Pages and sections that this council does not have are left out: a condition may have taken them
    /// away. Pages for professionals are never part of a leaflet.
    ///
    /// - Parameters:
    ///   - fit: How it is made to fit; only folded leaflets need any of it.
    ///   - publishedPath: The path within the site of a content file, for links to it.
    public init?(
        _ spec: LeafletSpec, format: LeafletFormat, edition: Edition, fit: Fit = Fit(),
        publishedPath: (String) -> String? = { _ in nil }
    ) {
        self.spec = spec
        language = edition.language
        self.format = format
        self.fit = fit
        let isFolded = format == .trifold
        let without = Set(spec.councils[edition.council.id]?.without ?? [])
        func isWanted(_ part: LeafletSpec.Part) -> Bool {
            guard part.formats?.contains(format) ?? true else { return false }
            if case .page(let content) = part.content { return !without.contains(content.path) }
            return true
        }
        let wanted = spec.parts.enumerated().filter { isWanted($0.element) }

        // Rights are never among what may go. What is not optional keeps its own words, but sections inside of it
        // may go, all of them together, after everything that is optional.
        var units: [Droppable] = []
        var last: [Droppable] = []
        var inside: [Droppable] = []
        for (index, part) in wanted where isFolded {
            var page: Page?
            if case .page(let content) = part.content { page = edition.pageOnPaper(content.path) }
            guard page?.kind != .rights else { continue }
            if part.isOptional {
                let whole = Droppable(part: index, section: nil, name: part.name)
                if part.goesLast { last.append(whole) } else { units.append(whole) }
            }
            for id in part.optionalSections where page?.allSections.contains(where: { $0.id == id }) ?? false
            {
                units.append(Droppable(part: index, section: id, name: "\(part.name)#\(id)"))
            }
            guard case .page(let content) = part.content, let page else { continue }
            let chosen = content.sections ?? page.sections.map(\.id)
            for section in page.allSections where chosen.contains(section.id) && !section.children.isEmpty {
                inside.append(
                    Droppable(
                        part: index, section: section.id, isInside: true,
                        name: "sections inside \(part.name)#\(section.id)"))
            }
        }
        units = inside + last + units
        // What goes with a part that is gone already is no choice any more.
        let dropped = units.filter(fit.dropped.contains)
        droppable = units.filter { unit in
            !dropped.contains(unit) && !dropped.contains { $0.part == unit.part && $0.section == nil }
        }
        var isShortened = !dropped.isEmpty

        var used: Set<String> = []
        func unique(_ id: String) -> String {
            var candidate = id
            var number = 2
            while !used.insert(candidate).inserted {
                candidate = "\(id)~\(number)"
                number += 1
            }
            return candidate
        }
        var parts: [Part] = []
        var leftOut: [Passage] = []
        for (index, part) in wanted {
            let gone = dropped.filter { $0.part == index && !$0.isInside }
            leftOut += gone.flatMap { Self.headings(of: $0, in: part, edition) }
            if gone.contains(where: { $0.section == nil }) { continue }
            let content: Part.Content
            let id: String
            switch part.content {
            case .page(let chosen):
                var left = without
                var alone: Set<String> = []
                for unit in dropped where unit.part == index {
                    guard let section = unit.section else { continue }
                    if unit.isInside {
                        alone.insert(section)
                    } else {
                        left.insert("\(chosen.path)#\(section)")
                    }
                }
                guard
                    var page = Self.choose(
                        chosen, from: edition, without: left, alone: alone, format: format)
                else { continue }
                if isFolded {
                    let most =
                        page.page.kind == .rights
                        ? fit.rightsParagraphs ?? chosen.paragraphs : chosen.paragraphs
                    let fuller = page.page.kind == .rights ? fit.fullerRights : 0
                    if let most, page.sections.shorten(to: most, except: fuller) { isShortened = true }
                }
                content = .page(page)
                id = chosen.path.isEmpty ? "index" : chosen.path
            case .contacts(let chosen):
                let shown = Self.contacts(of: edition, chosen, format: format)
                guard !shown.isEmpty else { continue }
                content = .contacts(title: chosen.title, groups: shown)
                id = "contacts~"
            case .write(let title, let text, let lines):
                content = .write(title: title, text: text, lines: lines)
                id = "write~"
            case .fillIn(let title, let text, let fields):
                content = .fillIn(title: title, text: text, fields: fields)
                id = "fill-in~"
            }
            parts.append(
                Part(
                    id: unique(id), number: index, content: content,
                    panel: fit.panels[index] ?? part.panels.first ?? .inside,
                    possiblePanels: part.panels, startsNewPage: part.startsNewPage))
        }
        self.parts = parts
        self.isShortened = isShortened
        self.leftOut = leftOut
        rights = []
        guard !pages.isEmpty else { return nil }
        for case .page(let content) in parts.map(\.content) where content.page.kind == .rights {
            rights += content.sections.flattened.map { "\(content.page.path)#\($0.id)" }
        }
        if !format.hasLinks { sayWhereLinksLead(edition, publishedPath) }
    }

    /// The ways to put parts on the panels they may stand on that could make everything fit, the one closest to
    /// the specification's wishes first; four at most.
    func packings(_ info: TypstAnswer.Info) -> [Fit] {
        // Points: where a column breaks, a little more or less is needed than the parts' heights say. Only the inside has
        // such breaks: what is too tall for another panel is too tall for it.
        func tolerance(_ panel: LeafletSpec.Panel) -> Double {
            (info.line ?? 0) * (panel == .inside ? 2 : 0.5)
        }
        let heights = Dictionary((info.parts ?? []).map { ($0.number, $0.height) }) { $1 }
        let rooms = Dictionary((info.rooms ?? []).map { ($0.panel, $0.height) }) { $1 }
        let movable = parts.filter { $0.possiblePanels.count > 1 }.prefix(Self.mostMovable)
        var left = rooms
        for part in parts where !movable.contains(where: { $0.number == part.number }) {
            left[part.panel, default: 0] -= heights[part.number] ?? 0
        }
        // Where sections stay whole, columns end early.
        let wasted = fit.keepsSections ? (rooms[.inside] ?? 0) * Self.wastedByWholeSections : 0
        var found: [(wishes: Int, fit: Fit)] = []
        func place(_ rest: ArraySlice<Part>, _ fit: Fit, _ left: [LeafletSpec.Panel: Double], _ wishes: Int) {
            guard let part = rest.first else {
                guard left.allSatisfy({ $1 >= -tolerance($0) }) else { return }
                let isLikely = (left[.inside] ?? 0) >= wasted
                found.append((wishes + (isLikely ? 0 : Self.unlikely), fit))
                return
            }
            for (wish, panel) in part.possiblePanels.enumerated() {
                // The flap is read before the inside: no page stands there before which another should be read.
                if panel == .flap, case .page = part.content,
                    movable.contains(where: { other in
                        guard other.number < part.number, case .page = other.content else { return false }
                        return fit.panels[other.number] == .inside
                    })
                {
                    continue
                }
                var fit = fit
                var left = left
                fit.panels[part.number] = panel
                left[panel, default: 0] -= heights[part.number] ?? 0
                guard (left[panel] ?? 0) >= -tolerance(panel) else { continue }
                // Whoever reads first keeps their place first.
                place(rest.dropFirst(), fit, left, wishes + wish * rest.count)
            }
        }
        place(movable, fit, left, 0)
        let now = fit
        return found.enumerated().sorted { ($0.element.wishes, $0.offset) < ($1.element.wishes, $1.offset) }
            .map(\.element.fit).filter { $0 != now }.prefix(4).map { $0 }
    }

    /// Of more parts that may be moved, the rest stays: there would be too many ways to try.
    private static var mostMovable: Int { 8 }
    /// The share of the inside panels that stays empty at their ends, as measured on the example portal.
    private static var wastedByWholeSections: Double { 0.06 }
    /// More than all wishes that are not granted.
    private static var unlikely: Int { 1000 }

    /// The next step where panels are too long and no part can be moved; nil where there is none.
    ///
    /// Lines to write on and pictures have gone by themselves: the theme gives them only room that is left over.
    /// Then boxes and headings that repeat go, lines move closer together, and sections go on from one panel to the
    /// next, and letters are no larger than those of other languages; then rights keep their first paragraphs, what is
    /// optional goes, the last in the file first, and what is to go last; then sections inside others; at last rights are headings alone, but none of them goes.
    func tighterFit(for panels: Set<String>) -> Fit? {
        var fit = fit
        if !fit.isBrief {
            fit.isBrief = true
            return fit
        }
        if !fit.isTight {
            fit.isTight = true
            return fit
        }
        // Of a sheet nothing goes: the theme sets it as close as clear print allows, or it takes another one.
        guard format == .trifold else { return nil }
        if fit.keepsSections {
            (fit.keepsSections, fit.keepsLists) = (false, false)
            return fit
        }
        // Before anything goes.
        if !fit.isClose {
            fit.isClose = true
            return fit
        }
        // What goes from another panel helps too, where a part can move there.
        var helping = panels
        while true {
            let more = parts.map { Set($0.possiblePanels.map(\.rawValue)) }
                .filter { !$0.isDisjoint(with: helping) }.reduce(helping) { $0.union($1) }
            if more == helping { break }
            helping = more
        }
        let over = parts.filter { helping.contains($0.panel.rawValue) }
        // A whole answer is worth more than what else there is to say of a right that is told.
        let longest = longestRight(of: over)
        if longest <= 1,
            let next = droppable.last(where: { unit in over.contains { $0.number == unit.part } })
        {
            fit.dropped.append(next)
            return fit
        }
        guard longest > 0 else { return nil }
        fit.rightsParagraphs = longest - 1
        return fit
    }

    /// The way that keeps lists whole where rights say a little less: each of them still one paragraph at least. Nil where
    /// lists are whole already, or where rights have nothing to give.
    var fitForWholeLists: Fit? {
        guard format == .trifold, !fit.keepsLists else { return nil }
        let most = longestRight(of: parts)
        guard most > 1 else { return nil }
        var next = fit
        (next.keepsLists, next.rightsParagraphs, next.fullerRights) = (true, most - 1, 0)
        return next
    }

    /// The most paragraphs of any right.
    private func longestRight(of parts: [Part]) -> Int {
        parts.map { part in
            guard case .page(let content) = part.content, content.page.kind == .rights else { return 0 }
            return content.sections.flattened.map(\.blocks.paragraphs.count).max() ?? 0
        }.max() ?? 0
    }

    /// What decides how it can be made to fit, besides its words.
    var choices: String {
        droppable.map(\.name).joined(separator: " ")
            + parts.map { " " + $0.possiblePanels.map(\.rawValue).joined(separator: "/") }.joined()
    }

    /// Whether it should take no more paper than a fixed number of panels or pages.
    var hasFixedRoom: Bool {
        format == .trifold || spec.layout.isFixed && format.isPaper && second == nil
    }

    /// The pages of the edition that are shown, in order.
    public var pages: [Page] {
        parts.compactMap { part in
            if case .page(let content) = part.content { content.page } else { nil }
        }
    }

    /// Whom it is for: young people where all its pages are.
    var audience: Audience {
        !pages.isEmpty && pages.allSatisfy { $0.audience == .youngPeople } ? .youngPeople : .families
    }

    /// Whom of the young people it is for, where its pages agree.
    var reader: YoungReader? {
        let readers = Set(pages.map(\.reader))
        return readers.count == 1 ? readers.first ?? nil : nil
    }

    /// Every contact that is shown.
    var contacts: [Contact] {
        parts.flatMap { part in
            switch part.content {
            case .page(let content): content.groups.flatMap(\.contacts)
            case .contacts(_, let groups): groups.flatMap(\.contacts)
            case .write, .fillIn: [Contact]()
            }
        }
    }

    /// How to reach somebody where there is little room: by a number, or else in the first way there is.
    public static func briefWays(of contact: Contact) -> [Contact.Way] {
        let numbers = contact.ways.filter { $0.channel == .phone || $0.channel == .text }
        return numbers.isEmpty ? Array(contact.ways.prefix(1)) : numbers
    }

    /// What stands above something that is left out.
    private static func headings(of unit: Droppable, in part: LeafletSpec.Part, _ edition: Edition)
        -> [Passage]
    {
        switch part.content {
        case .page(let chosen):
            guard let page = edition.pageOnPaper(chosen.path) else { return [] }
            if unit.section == nil, chosen.showsTitle { return [page.title] }
            let ids = unit.section.map { [$0] } ?? chosen.sections ?? page.sections.map(\.id)
            return ids.compactMap { id in page.allSections.first { $0.id == id }?.heading }
        case .contacts(let chosen): return [chosen.title].compactMap(\.self)
        // What was to be written down is nothing to read.
        case .write, .fillIn: return []
        }
    }

    /// - Parameter alone: Sections that are shown without those inside of them.
    private static func choose(
        _ chosen: LeafletSpec.Part.PageContent, from edition: Edition, without: Set<String>,
        alone: Set<String>, format: LeafletFormat
    ) -> Part.PageContent? {
        guard let page = edition.pageOnPaper(chosen.path), page.audience != .professionals else { return nil }
        func isLeft(_ section: Section) -> Bool {
            !chosen.without.contains(section.id) && !without.contains("\(chosen.path)#\(section.id)")
        }
        func kept(_ sections: [Section]) -> [Section] {
            sections.filter(isLeft).map { section in
                var section = section
                section.children = alone.contains(section.id) ? [] : kept(section.children)
                return section
            }
        }
        let sections: [Section]
        if let ids = chosen.sections {
            let all = page.allSections
            sections = kept(ids.compactMap { id in all.first { $0.id == id } })
        } else {
            sections = kept(page.sections)
        }
        let groups =
            page.kind == .contacts && chosen.sections == nil ? contacts(of: edition, nil, format: format) : []
        let introduction = chosen.showsIntroduction ? page.introduction : []
        guard !sections.isEmpty || !introduction.isEmpty || !groups.isEmpty else { return nil }
        return Part.PageContent(
            page: page, title: chosen.showsTitle ? page.title : nil, introduction: introduction,
            sections: sections, groups: groups)
    }

    /// The contacts that are chosen by group or one by one, in that order; each stands once.
    private static func contacts(
        of edition: Edition, _ chosen: LeafletSpec.Part.ContactsContent?, format: LeafletFormat
    ) -> [ContactGroup] {
        var shown: Set<String> = []
        var result: [ContactGroup] = []
        func add(_ group: ContactGroup, only id: String? = nil) {
            var group = group
            group.contacts = group.contacts.filter { contact in
                if let id { guard contact.id == id else { return false } }
                // One that is named itself is wanted, whoever runs it.
                let isForeign = id == nil && chosen?.onlyOwn ?? false && contact.isNational
                // A folded leaflet has no room for the age of a number: those of old information are left out.
                if format == .trifold, edition.age(of: contact) != nil { return false }
                return contact.audience != .professionals && !isForeign && shown.insert(contact.id).inserted
            }
            guard !group.contacts.isEmpty else { return }
            if result.last?.id == group.id {
                result[result.count - 1].contacts += group.contacts
            } else {
                result.append(group)
            }
        }
        guard let ids = chosen?.chosen else {
            for group in edition.contactGroups { add(group) }
            return result
        }
        for id in ids {
            if let group = edition.contactGroups.first(where: { $0.id == id }) {
                add(group)
            } else if let group = edition.contactGroups.first(where: { $0.contacts.contains { $0.id == id } })
            {
                add(group, only: id)
            }
        }
        return result
    }
}

extension Edition {
    /// A page as leaflets show it: however little of it is translated, the rest of it in the source language and marked.
    /// The website leads to the English page instead, which paper cannot; what is not there nobody would miss.
    fileprivate func pageOnPaper(_ path: String) -> Page? {
        page(path) ?? withheld.first { $0.path == path }
    }
}

extension [Section] {
    /// Leaves at most so many paragraphs of each section, of the first ones (`except`) one more; whether anything
    /// went.
    fileprivate mutating func shorten(to most: Int, except first: Int = 0) -> Bool {
        var isShorter = false
        for index in indices {
            let count = index < first ? most + 1 : most
            let paragraphs = self[index].blocks.paragraphs
            if paragraphs.count > count {
                // A footnote goes where nothing is left that refers to it.
                self[index].blocks =
                    paragraphs.prefix(count).reduce(into: []) { $0 += $1 } + self[index].blocks.footnotes
                isShorter = true
            }
            if self[index].children.shorten(to: count) { isShorter = true }
        }
        return isShorter
    }

    /// Every section, a parent before its children.
    fileprivate var flattened: [Section] { flatMap { [$0] + $0.children.flattened } }
}

extension [Block] {
    /// The blocks, each paragraph with what belongs to it: a list, a table or a quotation after it.
    ///
    /// Blocks are the same in every language, so a text is cut at the same place in all of them.
    fileprivate var paragraphs: [ArraySlice<Block>] {
        let end = count - footnotes.count
        var starts: [Int] = []
        for index in 0..<end {
            switch self[index].content {
            case .paragraph:
                // What stands under a heading within a section stays with it.
                if index > 0, case .heading = self[index - 1].content { continue }
                starts.append(index)
            case .heading: starts.append(index)
            case .list, .quote, .callout, .footnote, .code, .thematicBreak, .table:
                if index == 0 { starts.append(index) }
            }
        }
        return zip(starts, starts.dropFirst() + [end]).map { self[$0..<$1] }
    }

    /// The last ones.
    fileprivate var footnotes: ArraySlice<Block> {
        self[(lastIndex { if case .footnote = $0.content { false } else { true } }.map { $0 + 1 } ?? 0)...]
    }
}

/// What leaflets can name: pages with their sections, groups of contacts, councils.
public struct LeafletInventory: Sendable {
    /// The ids of the sections of each page, by path.
    var pages: [String: Set<String>] = [:]
    /// The pages among them that say rights.
    var rightsPages: Set<String> = []
    /// Pages in easy words that nobody has tried.
    var untestedPages: Set<String> = []
    var groups: Set<String> = []
    var contacts: Set<String> = []
    var councils: Set<String> = []

    init() {}

    /// What the portal says before any council does.
    public init(_ portal: Portal) {
        groups = Set(portal.contactGroups.map(\.id))
        contacts = portal.knownContacts
        councils = Set(portal.allCouncils.map(\.id))
        // Its facts decide whether a council shows a section; that no council does yet is no mistake of a leaflet.
        for page in portal.sharedPages { add(page.sections, of: page.path) }
    }

    private mutating func add(_ sections: [SourceSection], of path: String) {
        for section in sections where !section.isEasy {
            pages[path, default: []].insert(section.id)
            add(section.children, of: path)
        }
    }

    /// Adds what one council has. Ids are the same in every language, so one of its editions is enough.
    public mutating func add(_ edition: Edition) {
        for page in edition.pages {
            pages[page.path, default: []].formUnion(page.allSections.map(\.id))
            if page.kind == .rights { rightsPages.insert(page.path) }
            if page.kind == .easy, page.testers.isEmpty { untestedPages.insert(page.path) }
        }
        groups.formUnion(edition.contactGroups.map(\.id))
        councils.insert(edition.council.id)
    }

    public mutating func formUnion(_ other: LeafletInventory) {
        pages.merge(other.pages) { $0.union($1) }
        rightsPages.formUnion(other.rightsPages)
        untestedPages.formUnion(other.untestedPages)
        groups.formUnion(other.groups)
        contacts.formUnion(other.contacts)
        councils.formUnion(other.councils)
    }
}

extension LeafletSpec.Part {
    /// What problems call it: the page, the groups of contacts, or the title.
    var name: String {
        switch content {
        case .page(let content): content.path.isEmpty ? "index" : content.path
        case .contacts(let content): "contacts: \(content.chosen?.joined(separator: ", ") ?? "all")"
        case .write(let title, _, _), .fillIn(let title, _, _): title.plainText
        }
    }
}

extension LeafletSpec {
    /// Rights that the leaflet of the source language holds and the one of another language would not: a family
    /// must never be told of fewer rights because of its language.
    ///
    /// - Parameters:
    ///   - edition: The council's edition in another language.
    ///   - source: The same council's edition in the source language.
    public func rightsDropped(in edition: Edition, comparedWith source: Edition) -> Diagnostic? {
        guard edition.language != source.language else { return nil }
        var dropped: [String] = []
        for format in formats(for: source.council.id) {
            let held = Set(Leaflet(self, format: format, edition: edition)?.rights ?? [])
            for right in Leaflet(self, format: format, edition: source)?.rights ?? []
            where !held.contains(right) && !dropped.contains(right) { dropped.append(right) }
        }
        guard !dropped.isEmpty else { return nil }
        let paths = Set(dropped.map { String($0.prefix { $0 != "#" }) })
        let part = parts.first { part in
            if case .page(let content) = part.content { paths.contains(content.path) } else { false }
        }
        let language = edition.language.englishName
        let pages = source.pages.filter { paths.contains($0.path) }
        return .error(
            "LeafletRightsDropped",
            "the leaflet '\(name)' of \(source.council.name) in \(language) does not hold \(dropped.count) of the rights that it holds in \(source.language.englishName): \(dropped.joined(separator: ", "))",
            at: part?.location ?? location,
            help:
                "Give the page in \(language) the same rights. What is not translated may stand in \(source.language.englishName).",
            related: pages.map {
                Diagnostic.Related("the rights are written here", at: SourceLocation(file: $0.file))
            })
    }

    /// Pages, sections, contact groups and councils that do not exist: mistakes in the file, not conditions.
    ///
    /// - Parameter known: What all councils of the portal have; of a part of them, what others have would seem
    ///   unknown.
    public func check(against known: LeafletInventory) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        func isPage(_ path: String, at location: SourceLocation) -> Bool {
            if known.pages[path] != nil { return true }
            problems.append(
                .error(
                    "UnknownLeafletPage", "no council has a page '\(path)'", at: location,
                    help: didYouMean(
                        path, among: known.pages.keys.sorted(),
                        otherwise: "A page is named like its file in guidance/, without '.md'.")))
            return false
        }
        func checkSection(_ id: String, of path: String, at location: SourceLocation) {
            let ids = known.pages[path] ?? []
            guard !ids.contains(id) else { return }
            problems.append(
                .error(
                    "UnknownLeafletSection",
                    "the page '\(path.isEmpty ? "index" : path)' has no section '\(id)'",
                    at: location,
                    help: didYouMean(
                        id, among: ids.sorted(),
                        otherwise: ids.isEmpty ? nil : "It has: \(ids.sorted().joined(separator: ", ")).")))
        }
        if let pageLocation, !page.isEmpty { _ = isPage(page, at: pageLocation) }
        if pagePaths.contains(where: known.untestedPages.contains),
            let claim = [title, subtitle].compactMap(\.self).first(where: {
                $0.plainText.lowercased().replacing("-", with: " ").contains("easy read")
            })
        {
            problems.append(
                .error(
                    "UntestedEasyRead",
                    "this leaflet is called easy read, and nobody is named who has tried it",
                    at: SourceLocation(file: file, range: claim.range),
                    help:
                        "Call it 'in simple words', or name in 'tested-with' of its page who has tried it."))
        }
        for part in parts {
            switch part.content {
            case .page(let content):
                guard isPage(content.path, at: part.location) else { continue }
                var seen: Set<String> = []
                for id in (content.sections ?? []) + content.without + part.optionalSections
                where seen.insert(id).inserted {
                    checkSection(id, of: content.path, at: content.places[id] ?? part.location)
                }
                if known.rightsPages.contains(content.path), let location = content.optionalLocation {
                    problems.append(
                        .error(
                            "OptionalRights", "rights cannot be optional", at: location,
                            help:
                                "Take 'optional' away. Where a folded leaflet is too long, its rights are shortened to their headings, and none is left out."
                        ))
                }
            case .contacts(let content):
                for id in content.chosen ?? []
                where !known.groups.contains(id) && !known.contacts.contains(id) {
                    problems.append(
                        .error(
                            "UnknownContactGroup", "there is no group of contacts and no contact '\(id)'",
                            at: content.places[id] ?? part.location,
                            help: didYouMean(id, among: known.groups.union(known.contacts).sorted())))
                }
            case .write, .fillIn: break
            }
        }
        for (id, own) in councils {
            guard known.councils.contains(id) else {
                problems.append(
                    .error(
                        "UnknownLeafletCouncil", "there is no council '\(id)'", at: own.location,
                        help: didYouMean(id, among: known.councils.sorted())))
                continue
            }
            for name in own.without {
                let pieces = name.split(separator: "#", maxSplits: 1).map(String.init)
                let path = pieces.first == "index" ? "" : pieces.first ?? ""
                if isPage(path, at: own.location), pieces.count > 1 {
                    checkSection(pieces[1], of: path, at: own.location)
                }
            }
        }
        return problems.sorted()
    }
}
