import Guidance
import Translations
import Workspace

/// What somebody has to look at by a day: pages, facts, contacts, translations and statements.
package struct Upkeep: Sendable {
    package struct Item: Hashable, Sendable {
        package enum Kind: String, CaseIterable, Sendable {
            case page, fact, contact, translation, statement
        }

        package var kind: Kind
        /// What it is, in words.
        package var name: String
        /// The council whose it is; nil for what every council shares.
        package var council: String?
        /// When it has to be looked at. What nobody has ever looked at is due at once.
        package var due: CalendarDate
        /// When somebody last looked; nil where nobody has, or where no day says so.
        package var last: CalendarDate?
        /// Who did, where the file says it.
        package var lastBy: String?
        package var action: String
        package var location: SourceLocation
    }

    package let today: CalendarDate
    /// By due day, then by name.
    package let items: [Item]
    /// The names of councils by their ids.
    package let councils: [String: String]

    /// - Parameter until: The last day that is asked for.
    package init(
        of portal: Portal, settings: SiteSettings, until: CalendarDate, in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) {
        today = settings.today
        councils = Dictionary(
            portal.councils.map { ($0.id, $0.identity.name) }, uniquingKeysWith: { first, _ in first })
        var found = Finder(portal: portal, today: settings.today)
        found.addShared()
        for council in portal.councils {
            // Nobody keeps the facts of a body that is no more.
            if let end = council.identity.validTo, end < settings.today { continue }
            found.add(council, in: files, reporting: &diagnostics)
        }
        found.addTranslations(
            CatalogueFiles(settings: settings, files: files), reporting: &diagnostics)
        items = Set(found.items).filter { $0.due <= until }.sorted {
            ($0.due, $0.council ?? "", $0.kind.rawValue, $0.name, $0.location)
                < ($1.due, $1.council ?? "", $1.kind.rawValue, $1.name, $1.location)
        }
    }

    package func isOverdue(_ item: Item) -> Bool { item.due < today }

    /// Who has to look: a council, or who keeps what all share.
    package func owner(of item: Item) -> String {
        item.council.map { councils[$0] ?? $0 } ?? "Shared by every council"
    }
}

private struct Finder {
    let portal: Portal
    let today: CalendarDate
    var items: [Upkeep.Item] = []

    mutating func addShared() {
        for page in portal.sharedPages { add(page, council: nil) }
        for fact in portal.facts.values { add(fact, council: nil) }
        for contact in portal.nationalContacts {
            add(contact, by: portal.checker(ofContact: contact.id), council: nil)
        }
    }

    mutating func add(
        _ council: Council, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) {
        let guidance = portal.guidance(of: council, in: files, reporting: &diagnostics)
        let own = joinPath(portal.root, "councils/\(council.id)") + "/"
        for merged in guidance.pages where merged.page.file.hasPrefix(own) {
            add(merged.page, council: council.id)
        }
        for fact in council.facts.values { add(fact, council: council.id) }
        for contact in council.ownContacts {
            add(contact, by: council.checker(ofContact: contact.id), council: council.id)
        }
        let source = LanguageResources(
            language: portal.sourceLanguage, translator: nil, strings: InterfaceStrings([:]), review: nil)
        var ignored = Diagnostics()
        let editions = portal.editions(
            of: guidance, resources: [source], today: today, reporting: &ignored)
        guard let edition = editions.first else { return }
        guard let statement = edition.accessibility else {
            items.append(
                Upkeep.Item(
                    kind: .statement, name: "Accessibility statement", council: council.id, due: today,
                    last: nil, action: "Write it: the law asks for one", location: edition.councilLocation))
            return
        }
        let last = statement.reviewed ?? statement.prepared
        items.append(
            Upkeep.Item(
                kind: .statement, name: "Accessibility statement", council: council.id,
                // Regulation 8 of the 2018 Regulations wants it reviewed; the model statement says each year.
                due: last.adding(months: 12), last: last,
                action: "Test the site again, then change 'reviewed'",
                location: statement.location))
    }

    private mutating func add(_ page: SourcePage, council: String?) {
        guard let months = page.frontMatter.reviewEvery else { return }
        let last = page.frontMatter.reviewed
        let title = page.title?.plainText ?? (page.path.isEmpty ? "Home page" : page.path)
        items.append(
            Upkeep.Item(
                kind: .page, name: title, council: council, due: last?.adding(months: months) ?? today,
                last: last, action: "Read it again, then change 'reviewed'",
                location: SourceLocation(file: page.file)))
    }

    private mutating func add(_ fact: Fact, council: String?) {
        guard fact.value != nil else { return }
        items.append(
            Upkeep.Item(
                kind: .fact, name: fact.label ?? portal.facts[fact.id]?.label ?? fact.id, council: council,
                due: fact.checked?.adding(months: portal.factsValidForMonths) ?? today, last: fact.checked,
                lastBy: fact.checkedBy, action: "Ask whoever decides it, then change 'checked'",
                location: fact.location))
    }

    private mutating func add(_ contact: Contact, by name: String?, council: String?) {
        items.append(
            Upkeep.Item(
                kind: .contact, name: contact.name.plainText, council: council,
                due: contact.checked?.adding(months: portal.contactsValidForMonths) ?? today,
                last: contact.checked, lastBy: name, action: "Try it, then change 'checked'",
                location: contact.location))
    }

    /// One for each language whose English has changed, or has grown, since it was translated.
    mutating func addTranslations<Files: FileSystem>(
        _ catalogues: CatalogueFiles<Files>, reporting diagnostics: inout Diagnostics
    ) {
        let messages = portal.allMessages(in: catalogues.files, reporting: &diagnostics)
            .map { MessageKey($0.text) }
        for language in portal.languages where language != portal.sourceLanguage {
            let path = catalogues.guidancePath(language)
            let file = catalogues.read(path, language, reporting: &diagnostics)
            let catalogue = file.map { Catalogue($0, language: language).knowing(messagesInUse: messages) }
            var (stale, missing) = (0, 0)
            for message in Set(messages) {
                switch catalogue?.translation(of: message) ?? .missing {
                case .translated: break
                case .stale: stale += 1
                case .missing: missing += 1
                }
            }
            guard stale + missing > 0 else { continue }
            let parts = [
                stale == 0 ? nil : "\(stale) of changed text", missing == 0 ? nil : "\(missing) of new text",
            ].compactMap { $0 }
            items.append(
                Upkeep.Item(
                    kind: .translation, name: "\(language.englishName): \(parts.joined(separator: ", "))",
                    council: nil, due: today, last: nil,
                    action: "Run 'signpost translations extract', and have it translated",
                    location: SourceLocation(file: path)))
        }
    }
}

extension Upkeep {
    package var json: JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return .object([
            (
                "items",
                .array(
                    items.map { item in
                        .object([
                            ("kind", .string(item.kind.rawValue)), ("name", .string(item.name)),
                            ("council", text(item.council)), ("owner", .string(owner(of: item))),
                            ("due", .string("\(item.due)")), ("last", text(item.last.map { "\($0)" })),
                            ("lastBy", text(item.lastBy)),
                            ("overdue", .bool(isOverdue(item))), ("action", .string(item.action)),
                            ("file", .string(item.location.file)),
                            ("line", item.location.range.map { .int($0.start.line) } ?? .null),
                        ])
                    })
            ),
            (
                "summary",
                .object([("items", .int(items.count)), ("overdue", .int(items.count(where: isOverdue)))])
            ),
        ])
    }

    /// A calendar (RFC 5545) with a whole day for each item. What is overdue stands on today, where somebody sees it.
    package var calendar: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Signpost//Upkeep//EN", "CALSCALE:GREGORIAN",
        ]
        func compact(_ date: CalendarDate) -> String {
            let whole = CalendarDate(dayNumber: date.dayNumber)
            return "\(whole)".filter { $0 != "-" }
        }
        func escaped(_ text: String) -> String {
            text.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
                .replacing("\n", with: "\\n")
        }
        for item in items {
            let day = max(CalendarDate(dayNumber: item.due.dayNumber), today)
            // The same from one run to the next, so that a calendar that was taken in before is brought up to date.
            let id = ContentHash(
                "\(item.kind.rawValue) \(item.council ?? "") \(item.location.file) "
                    + (item.kind == .translation ? "" : item.name))
            let name = item.lastBy.map { " by \($0)" } ?? ""
            let last = item.last.map { "Last: \($0)\(name). " } ?? ""
            lines += [
                "BEGIN:VEVENT", "UID:\(id)@signpost", "DTSTAMP:\(compact(today))T000000Z",
                "DTSTART;VALUE=DATE:\(compact(day))",
                "SUMMARY:\(escaped("\(item.name) (\(item.kind.rawValue), \(owner(of: item)))"))",
                "DESCRIPTION:\(escaped("\(item.action). \(last)\(item.location)"))",
                "CATEGORIES:\(escaped(owner(of: item)))", "TRANSP:TRANSPARENT", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return lines.map(Self.folded).joined()
    }

    /// A line of at most 75 bytes, which goes on after a space (RFC 5545, 3.1).
    private static func folded(_ line: String) -> String {
        var output = ""
        var length = 0
        for scalar in line.unicodeScalars {
            let size = UTF8.width(scalar)
            if length + size > 75 {
                output += "\r\n "
                length = 1
            }
            output.unicodeScalars.append(scalar)
            length += size
        }
        return output + "\r\n"
    }
}
