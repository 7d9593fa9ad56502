import Markdown
import Workspace

/// A block of the guidance as a translator sees it: its canonical Markdown, and where it is read.
public struct SourceMessage: Sendable {
    /// The message id.
    public var text: String
    /// What the text is: `heading`, `paragraph`, `title`, `contact hours` …
    public var role: String
    /// Sections that show it: `guidance/rights.md#recording`, without line numbers, so that editing a page
    /// changes few references.
    public var references: [String]
    /// Councils that show it; empty where every council may.
    public var councils: Set<String>
    /// What each placeholder in it is, with an example: `{{arrive-early}}: How early to arrive, e.g. 20 minutes`.
    public var placeholders: [String]

    public init(
        text: String, role: String, references: [String], councils: Set<String>, placeholders: [String]
    ) {
        self.text = text
        self.role = role
        self.references = references
        self.councils = councils
        self.placeholders = placeholders
    }
}

extension Portal {
    /// Every translatable block of the portal once, in reading order.
    public func messages(
        in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> [SourceMessage] {
        var collector = MessageCollector(portal: self)
        collector.addPortal()
        for page in sharedPages.inReadingOrder {
            collector.add(page, council: nil)
        }
        for council in allCouncils where council.languages.contains(where: { $0 != sourceLanguage }) {
            collector.add(council)
            for page in loadPages(in: "councils/\(council.id)", files, reporting: &diagnostics).inReadingOrder
            {
                collector.add(page, council: council.id)
            }
        }
        return collector.messages
    }
}

extension [SourcePage] {
    fileprivate var inReadingOrder: [SourcePage] {
        sorted { a, b in
            let x = (a.frontMatter.order ?? (a.path.isEmpty ? -1 : 1000), a.path)
            let y = (b.frontMatter.order ?? (b.path.isEmpty ? -1 : 1000), b.path)
            // Topics of questions follow the pages.
            let (p, q) = (a.path.hasPrefix("faq/"), b.path.hasPrefix("faq/"))
            return p == q ? x < y : q
        }
    }
}

private struct MessageCollector {
    let portal: Portal
    var messages: [SourceMessage] = []
    private var index: [String: Int] = [:]

    init(portal: Portal) {
        self.portal = portal
    }

    mutating func addPortal() {
        let file = "portal.yml"
        add(portal.name, "name of the portal", file, nil)
        portal.description.map { add($0, "description of the portal", file, nil) }
        portal.firstContact.words.map { add($0, "whom to phone first, on home pages", file, nil) }
        portal.notice.forEachPassage { add($0, "notice on every page", file, nil) }
        for group in portal.contactGroups { add(group.heading, "heading of a group of contacts", file, nil) }
        for entry in portal.contacts { add(entry.contact, file, nil) }
        for fact in portal.facts.values.sorted(by: { $0.id < $1.id }) {
            if case .text(let passage)? = fact.value { add(passage, "fact \(fact.id)", file, nil) }
        }
        for passage in portal.accessibility?.passages ?? [] {
            add(passage, "accessibility statement", file, nil)
        }
    }

    mutating func add(_ council: Council) {
        let file = "councils/\(council.id)/council.yml"
        for entry in council.contacts { add(entry.contact, file, council.id) }
        for fact in council.facts.values.sorted(by: { $0.id < $1.id }) {
            if case .text(let passage)? = fact.value { add(passage, "fact \(fact.id)", file, council.id) }
        }
        for passage in council.accessibility?.passages ?? [] {
            add(passage, "accessibility statement", file, council.id)
        }
    }

    mutating func add(_ page: SourcePage, council: String?) {
        let prefix = portal.root.hasSuffix("/") ? portal.root : portal.root + "/"
        let file = page.file.hasPrefix(prefix) ? String(page.file.dropFirst(prefix.count)) : page.file
        page.title.map { add($0, "title", file, council) }
        page.frontMatter.summary.map { add($0, "summary", file, council) }
        add(page.introduction, file, council)
        for section in page.sections { add(section, file, council) }
    }

    private mutating func add(_ section: SourceSection, _ file: String, _ council: String?) {
        let place = "\(file)#\(section.id)"
        add(section.heading, "heading", place, council)
        add(section.blocks, place, council)
        for child in section.children { add(child, file, council) }
    }

    private mutating func add(_ blocks: [Block], _ place: String, _ council: String?) {
        for block in blocks {
            switch block.content {
            case .paragraph(let passage): add(passage, "paragraph", place, council)
            case .heading(_, let passage): add(passage, "heading", place, council)
            case .list(let list):
                for item in list.items {
                    for (position, block) in item.blocks.enumerated() {
                        if position == 0, case .paragraph(let passage) = block.content {
                            add(passage, "list item", place, council)
                        } else {
                            add([block], place, council)
                        }
                    }
                }
            case .quote(let inner), .callout(_, let inner), .footnote(_, let inner):
                add(inner, place, council)
            case .table(let table):
                for cell in table.header + table.rows.flatMap({ $0 }) {
                    add(cell, "table cell", place, council)
                }
            case .code, .thematicBreak: break
            }
        }
    }

    private mutating func add(_ contact: Contact, _ file: String, _ council: String?) {
        add(contact.name, "contact name", file, council)
        contact.purpose.map { add($0, "contact purpose", file, council) }
        contact.note.map { add($0, "contact note", file, council) }
        contact.hours.map { add($0, "contact hours", file, council) }
        contact.area.map { add($0, "contact area", file, council) }
    }

    private mutating func add(_ passage: Passage, _ role: String, _ place: String, _ council: String?) {
        guard passage.hasWords else { return }
        let text = passage.markdown
        if let known = index[text] {
            if messages[known].references.last != place, !messages[known].references.contains(place) {
                messages[known].references.append(place)
            }
            if let council, !messages[known].councils.isEmpty {
                messages[known].councils.insert(council)
            } else {
                messages[known].councils = []
            }
            return
        }
        index[text] = messages.count
        messages.append(
            SourceMessage(
                text: text, role: role, references: [place], councils: council.map { [$0] } ?? [],
                placeholders: explain(passage)))
    }

    private func explain(_ passage: Passage) -> [String] {
        var names: [String] = []
        passage.inlines.forEachInline {
            if case .placeholder(let found) = $0, !names.contains(found.name) { names.append(found.name) }
        }
        return names.compactMap { name in
            switch Reference(name) {
            case .fact(let id):
                let label = portal.facts[id]?.label
                let values = [portal.facts[id]?.value] + portal.allCouncils.map { $0.facts[id]?.value }
                let example = values.compactMap { $0 }.first.map { "e.g. \($0.written)" }
                return "{{\(name)}}: " + [label, example].compactMap { $0 }.joined(separator: ", ")
            case .contact(let id, let part):
                let entries = portal.contacts + portal.allCouncils.flatMap(\.contacts)
                guard let contact = entries.first(where: { $0.contact.id == id })?.contact else { return nil }
                let example: String? =
                    switch part {
                    case .name: contact.name.plainText
                    case .first: contact.ways.first?.text
                    case .channel(let channel): contact.ways.first { $0.channel == channel }?.text
                    }
                return "{{\(name)}}: \(contact.name.plainText)"
                    + (example.map { ", e.g. \($0.replacing("\n", with: ", "))" } ?? "")
            case .council: return "{{\(name)}}: the council's name"
            case .invalid: return nil
            }
        }
    }
}
