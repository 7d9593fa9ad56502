import Markdown
import Workspace

/// Where facts and contacts are used: in text and in conditions.
public struct Usage: Sendable {
    /// By name of the fact or contact, the sections that use it: `rights#recording`, or
    /// `southwark/rights#recording` for a council's own words. Sorted.
    public private(set) var facts: [String: [String]] = [:]
    public private(set) var contacts: [String: [String]] = [:]

    /// Goes through the shared guidance and every council's own pages.
    public init(of portal: Portal, in files: some FileSystem, reporting diagnostics: inout Diagnostics) {
        for page in portal.sharedPages { add(page, prefix: "") }
        for council in portal.councils {
            for page in portal.loadPages(in: "councils/\(council.id)", files, reporting: &diagnostics) {
                add(page, prefix: council.id + "/")
            }
        }
        facts = facts.mapValues { Set($0).sorted() }
        contacts = contacts.mapValues { Set($0).sorted() }
    }

    private mutating func add(_ page: SourcePage, prefix: String) {
        let address = prefix + (page.path.isEmpty ? "index" : page.path)
        page.title.map { add($0, address) }
        page.frontMatter.summary.map { add($0, address) }
        add(page.introduction, address)
        for section in page.sections { add(section, page: address) }
    }

    private mutating func add(_ section: SourceSection, page: String) {
        let place = "\(page)#\(section.id)"
        add(section.attributes, place)
        add(section.heading, place)
        add(section.blocks, place)
        for child in section.children { add(child, page: page) }
    }

    private mutating func add(_ blocks: [Block], _ place: String) {
        for block in blocks {
            add(block.attributes, place)
            switch block.content {
            case .list(let list):
                for item in list.items {
                    add(item.attributes, place)
                    add(item.blocks, place)
                }
            case .quote(let inner), .callout(_, let inner), .footnote(_, let inner): add(inner, place)
            case .paragraph(let passage), .heading(_, let passage): add(passage, place)
            case .table(let table): for cell in table.header + table.rows.flatMap({ $0 }) { add(cell, place) }
            case .code, .thematicBreak: break
            }
        }
    }

    private mutating func add(_ passage: Passage, _ place: String) {
        var names: [String] = []
        passage.inlines.forEachInline { if case .placeholder(let found) = $0 { names.append(found.name) } }
        for name in names {
            switch Reference(name) {
            case .fact(let id): facts[id, default: []].append(place)
            case .contact(let id, _): contacts[id, default: []].append(place)
            case .council, .invalid: break
            }
        }
    }

    private mutating func add(_ attributes: Attributes?, _ place: String) {
        for condition in attributes?.conditions ?? [] {
            switch condition.subject {
            case .fact(let id): facts[id, default: []].append(place)
            case .contact(let id): contacts[id, default: []].append(place)
            case .nation: break
            }
        }
    }
}

extension Portal {
    /// One line of the table of facts: a fact or contact with its value at one council.
    public struct FactRow: Sendable {
        public var name: String
        public var label: String?
        /// The council's id; nil for a value that holds everywhere.
        public var council: String?
        public var value: String
        public var source: String?
        public var checked: CalendarDate?
        package var checkedBy: String?
        public var location: SourceLocation
    }

    /// Every fact that has a value, by name, the portal's own value first.
    public func factRows() -> [FactRow] {
        knownFacts.sorted().flatMap { name -> [FactRow] in
            let values = [(nil, facts[name])] + councils.map { ($0.id as String?, $0.facts[name]) }
            return values.compactMap { council, fact in
                guard let fact, let value = fact.value else { return nil }
                return FactRow(
                    name: name, label: fact.label ?? facts[name]?.label, council: council,
                    value: value.written,
                    source: fact.source, checked: fact.checked, checkedBy: fact.checkedBy,
                    location: fact.location)
            }
        }
    }

    /// Facts that are declared and have no value anywhere.
    public func factsWithoutValue() -> [String] {
        let used = Set(factRows().map(\.name))
        return knownFacts.filter { !used.contains($0) }.sorted()
    }

    /// Every contact, by name, the national ones first.
    public func contactRows() -> [FactRow] {
        func rows(_ entries: [ContactEntry], _ council: String?) -> [FactRow] {
            entries.map { entry in
                let ways = entry.contact.ways.map {
                    "\($0.channel.rawValue) \($0.text.replacing("\n", with: ", "))"
                }
                return FactRow(
                    name: entry.contact.id, label: entry.contact.name.plainText, council: council,
                    value: ways.joined(separator: "; "), source: entry.contact.source,
                    checked: entry.contact.checked, checkedBy: entry.checkedBy,
                    location: entry.contact.location)
            }
        }
        return (rows(contacts, nil) + councils.flatMap { rows($0.contacts, $0.id) })
            .sorted { ($0.name, $0.council ?? "") < ($1.name, $1.council ?? "") }
    }
}
