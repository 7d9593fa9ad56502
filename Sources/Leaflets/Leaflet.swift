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
        public var content: Content
        public var panel: LeafletSpec.Panel
        public var startsNewPage: Bool
    }

    /// Something that a folded leaflet may leave out.
    public struct Droppable: Hashable, Sendable {
        var part: Int
        var section: String?
        var panel: LeafletSpec.Panel
        /// `rights#records`, or the name of a part.
        public var name: String
    }

    public var spec: LeafletSpec
    public var format: LeafletFormat
    public var parts: [Part]
    /// What was left out because the leaflet was too long.
    public var dropped: [Droppable]
    /// What could still be left out, in the order of the leaflet.
    public var droppable: [Droppable]

    /// Chooses what the specification names from an edition; nil where nothing of it is there.
    ///
    /// Pages and sections that this council does not have are left out: a condition may have taken them
    /// away. Pages for professionals are never part of a leaflet.
    ///
    /// - Parameter dropping: Optional parts to leave out. Only folded leaflets leave anything out.
    public init?(
        _ spec: LeafletSpec, format: LeafletFormat, edition: Edition, dropping: [Droppable] = []
    ) {
        self.spec = spec
        self.format = format
        let without = Set(spec.councils[edition.council.id]?.without ?? [])
        func isWanted(_ part: LeafletSpec.Part) -> Bool {
            guard part.formats?.contains(format) ?? true else { return false }
            if case .page(let content) = part.content { return !without.contains(content.path) }
            return true
        }
        let wanted = spec.parts.enumerated().filter { isWanted($0.element) }

        var units: [Droppable] = []
        if format == .trifold {
            for (index, part) in wanted {
                if part.isOptional {
                    units.append(
                        Droppable(part: index, section: nil, panel: part.panel, name: Self.name(of: part)))
                }
                guard case .page(let content) = part.content, let page = edition.page(content.path) else {
                    continue
                }
                for id in part.optionalSections where page.allSections.contains(where: { $0.id == id }) {
                    units.append(
                        Droppable(
                            part: index, section: id, panel: part.panel, name: "\(Self.name(of: part))#\(id)")
                    )
                }
            }
        }
        dropped = units.filter(dropping.contains)
        // What goes with a part that is gone already is no choice any more.
        let dropped = self.dropped
        droppable = units.filter { unit in
            !dropped.contains(unit) && !dropped.contains { $0.part == unit.part && $0.section == nil }
        }

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
        for (index, part) in wanted {
            if dropped.contains(where: { $0.part == index && $0.section == nil }) { continue }
            let content: Part.Content
            let id: String
            switch part.content {
            case .page(let chosen):
                var left = without
                for unit in dropped where unit.part == index {
                    if let section = unit.section { left.insert("\(chosen.path)#\(section)") }
                }
                guard let page = Self.choose(chosen, from: edition, without: left) else { continue }
                content = .page(page)
                id = chosen.path.isEmpty ? "index" : chosen.path
            case .contacts(let title, let groups):
                let shown = Self.contacts(of: edition, groups: groups)
                guard !shown.isEmpty else { continue }
                content = .contacts(title: title, groups: shown)
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
                    id: unique(id), content: content, panel: part.panel, startsNewPage: part.startsNewPage))
        }
        self.parts = parts
        guard !pages.isEmpty else { return nil }
    }

    /// The pages of the edition that are shown, in order.
    public var pages: [Page] {
        parts.compactMap { part in
            if case .page(let content) = part.content { content.page } else { nil }
        }
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

    private static func name(of part: LeafletSpec.Part) -> String {
        switch part.content {
        case .page(let content): content.path.isEmpty ? "index" : content.path
        case .contacts(let title, _): title?.plainText ?? "contacts"
        case .write(let title, _, _), .fillIn(let title, _, _): title.plainText
        }
    }

    private static func choose(
        _ chosen: LeafletSpec.Part.PageContent, from edition: Edition, without: Set<String>
    ) -> Part.PageContent? {
        guard let page = edition.page(chosen.path), page.audience != .professionals else { return nil }
        func isLeft(_ section: Section) -> Bool {
            !chosen.without.contains(section.id) && !without.contains("\(chosen.path)#\(section.id)")
        }
        func kept(_ sections: [Section]) -> [Section] {
            sections.filter(isLeft).map { section in
                var section = section
                section.children = kept(section.children)
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
            page.kind == .contacts && chosen.sections == nil ? contacts(of: edition, groups: nil) : []
        let introduction = chosen.showsIntroduction ? page.introduction : []
        guard !sections.isEmpty || !introduction.isEmpty || !groups.isEmpty else { return nil }
        return Part.PageContent(
            page: page, title: chosen.showsTitle ? page.title : nil, introduction: introduction,
            sections: sections, groups: groups)
    }

    private static func contacts(of edition: Edition, groups: [String]?) -> [ContactGroup] {
        let chosen =
            groups.map { ids in ids.compactMap { id in edition.contactGroups.first { $0.id == id } } }
            ?? edition.contactGroups
        return chosen.compactMap { group in
            var group = group
            group.contacts = group.contacts.filter { $0.audience != .professionals }
            return group.contacts.isEmpty ? nil : group
        }
    }
}

/// What leaflets can name: pages with their sections, groups of contacts, councils.
public struct LeafletInventory: Sendable {
    /// The ids of the sections of each page, by path.
    var pages: [String: Set<String>] = [:]
    var groups: Set<String> = []
    var councils: Set<String> = []

    /// What the portal says before any council does.
    public init(_ portal: Portal) {
        groups = Set(portal.contactGroups.map(\.id))
        councils = Set(portal.allCouncils.map(\.id))
    }

    /// Adds what one council has. Ids are the same in every language, so one of its editions is enough.
    public mutating func add(_ edition: Edition) {
        for page in edition.pages {
            pages[page.path, default: []].formUnion(page.allSections.map(\.id))
        }
        groups.formUnion(edition.contactGroups.map(\.id))
        councils.insert(edition.council.id)
    }

    public mutating func formUnion(_ other: LeafletInventory) {
        pages.merge(other.pages) { $0.union($1) }
        groups.formUnion(other.groups)
        councils.formUnion(other.councils)
    }
}

extension LeafletSpec {
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
        for part in parts {
            switch part.content {
            case .page(let content):
                guard isPage(content.path, at: part.location) else { continue }
                var seen: Set<String> = []
                for id in (content.sections ?? []) + content.without + part.optionalSections
                where seen.insert(id).inserted {
                    checkSection(id, of: content.path, at: content.places[id] ?? part.location)
                }
            case .contacts(_, let wanted):
                for id in wanted ?? [] where !known.groups.contains(id) {
                    problems.append(
                        .error(
                            "UnknownContactGroup", "there is no contact group '\(id)'", at: part.location,
                            help: didYouMean(id, among: known.groups.sorted())))
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
