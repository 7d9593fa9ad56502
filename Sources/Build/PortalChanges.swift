import Guidance
import Markdown
import Workspace

/// What a portal says now that it did not say before: facts, contacts and sections, council by council.
package struct PortalChanges: Sendable {
    package struct Change: Hashable, Sendable {
        package enum Kind: String, Sendable { case fact, contact, section, council }

        package var kind: Kind
        /// The council's id; nil for what every council shares.
        package var council: String?
        /// What it is, in words.
        package var name: String
        /// Nil where it is new.
        package var before: String?
        /// Nil where it is gone.
        package var after: String?
        /// The file it is in, or was in.
        package var file: String
    }

    package let changes: [Change]
    /// The names of councils, old and new, by their ids.
    package let councils: [String: String]

    package init(
        from old: Portal, in oldFiles: some FileSystem, to new: Portal, in newFiles: some FileSystem
    ) {
        let before = Statements(of: old, in: oldFiles)
        let after = Statements(of: new, in: newFiles)
        var changes: [Change] = []
        for key in Set(before.all.keys).union(after.all.keys) {
            let (was, now) = (before.all[key], after.all[key])
            guard was?.text != now?.text, let either = now ?? was else { continue }
            changes.append(
                Change(
                    kind: key.kind, council: key.council, name: either.name, before: was?.shown,
                    after: now?.shown, file: either.file))
        }
        self.changes = changes.sorted {
            ($0.council ?? "", $0.kind.rawValue, $0.file, $0.name, $0.after ?? "")
                < ($1.council ?? "", $1.kind.rawValue, $1.file, $1.name, $1.after ?? "")
        }
        councils = before.councils.merging(after.councils) { $1 }
    }

    private init(changes: [Change], councils: [String: String]) {
        self.changes = changes
        self.councils = councils
    }

    /// What concerns these councils, and what every council shares; all of it for none.
    package func of(councils ids: [String]) -> PortalChanges {
        guard !ids.isEmpty else { return self }
        return PortalChanges(
            changes: changes.filter { $0.council.map(ids.contains) ?? true }, councils: councils)
    }
}

/// Everything a portal says, each with what it is compared by.
private struct Statements {
    struct Key: Hashable {
        var kind: PortalChanges.Change.Kind
        var council: String?
        var id: String
    }

    struct Statement {
        var name: String
        /// Another where anything has changed.
        var text: String
        /// What of it a report shows.
        var shown: String
        var file: String
    }

    var all: [Key: Statement] = [:]
    var councils: [String: String] = [:]

    init(of portal: Portal, in files: some FileSystem) {
        var ignored = Diagnostics()
        for row in portal.factRows() {
            all[Key(kind: .fact, council: row.council, id: row.name)] = Statement(
                name: row.label ?? row.name, text: "\(row.value) \(row.source ?? "")", shown: row.value,
                file: row.location.file)
        }
        for row in portal.contactRows() {
            let rest = portal.allContacts(of: row.council).first { $0.id == row.name }
            let details = [rest?.hours, rest?.area, rest?.note, rest?.purpose].compactMap { $0?.markdown }
            all[Key(kind: .contact, council: row.council, id: row.name)] = Statement(
                name: row.label ?? row.name,
                text: ([row.label ?? "", row.value, row.source ?? ""] + details).joined(separator: "\n"),
                shown: ([row.value] + (rest?.hours.map { [$0.plainText] } ?? [])).joined(separator: "; "),
                file: row.location.file)
        }
        var shared: [String: String] = [:]
        for page in portal.sharedPages {
            shared[page.path] = Self.text(of: page.introduction)
            add(page, council: nil) { _ in true }
        }
        for council in portal.allCouncils {
            councils[council.id] = council.identity.name
            all[Key(kind: .council, council: council.id, id: council.id)] = Statement(
                name: council.identity.name,
                text:
                    "\(council.identity.name) \(council.identity.nation.rawValue) \(council.languages.map(\.tag)) "
                    + "\(String(describing: council.identity.validTo)) \(council.isDraft)",
                shown: council.isDraft
                    ? "being prepared"
                    : "in " + council.languages.map(\.englishName).joined(separator: ", ")
                        + (council.identity.validTo.map { ", up to \($0)" } ?? ""),
                file: council.location.file)
            let own = joinPath(portal.root, "councils/\(council.id)") + "/"
            for merged in portal.guidance(of: council, in: files, reporting: &ignored).pages {
                let introduction = Self.text(of: merged.page.introduction)
                let isOwn = shared[merged.page.path] != introduction
                add(merged.page, council: council.id, hasIntroduction: isOwn) { $0.file.hasPrefix(own) }
            }
        }
    }

    private mutating func add(
        _ page: SourcePage, council: String?, hasIntroduction: Bool = true,
        where isWanted: (SourceSection) -> Bool
    ) {
        let title = page.title?.plainText ?? (page.path.isEmpty ? "Home page" : page.path)
        let introduction = Self.text(of: page.introduction)
        if hasIntroduction, !introduction.isEmpty {
            all[Key(kind: .section, council: council, id: page.path + "#")] = Statement(
                name: "\(title): what stands first", text: introduction, shown: Self.short(introduction),
                file: page.file)
        }
        func add(_ sections: [SourceSection]) {
            for section in sections {
                if isWanted(section) {
                    var alone = section
                    // Those below it are compared by themselves.
                    alone.children = []
                    all[Key(kind: .section, council: council, id: "\(page.path)#\(section.id)")] = Statement(
                        name: "\(title): \(section.heading.plainText)", text: "\(alone.fingerprint)",
                        shown: Self.short(Self.text(of: section.blocks)), file: section.file)
                }
                add(section.children)
            }
        }
        add(page.sections)
    }

    private static func text(of blocks: [Block]) -> String {
        var parts: [String] = []
        blocks.forEachPassage { parts.append($0.markdown) }
        return parts.joined(separator: " ")
    }

    /// Enough to know it again.
    private static func short(_ text: String) -> String {
        text.count <= 160 ? text : text.prefix(157) + "…"
    }
}

extension Portal {
    fileprivate func allContacts(of council: String?) -> [Contact] {
        guard let council else { return nationalContacts }
        return allCouncils.first { $0.id == council }?.ownContacts ?? []
    }
}

extension PortalChanges {
    /// A report in Markdown.
    ///
    /// - Parameter people: Who has changed a file, for the end of each line.
    package func report(people: (String) -> String?) -> String {
        guard !changes.isEmpty else { return "" }
        var output = ""
        for group in Set(changes.map { $0.council ?? "" }).sorted() {
            output += "## \(group.isEmpty ? "What every council shares" : councils[group] ?? group)\n\n"
            for change in changes where (change.council ?? "") == group {
                output += "- " + Self.sentence(change) + (people(change.file).map { " (\($0))" } ?? "") + "\n"
            }
            output += "\n"
        }
        return output
    }

    private static func sentence(_ change: Change) -> String {
        let what = HiddenCharacters.shown(change.name)
        switch (change.kind, change.before, change.after) {
        case (.section, nil, _): return "New section – \(what)"
        case (.section, _, nil): return "Section taken away – \(what)"
        case (.section, let before?, let after?):
            return before == after
                ? "Section changed – \(what)"
                : "Section changed – \(what)\n  - before: \(before)\n  - now: \(after)"
        case (.council, nil, let after?): return "New council – \(what), \(after)"
        case (.council, _, nil): return "Council taken away – \(what)"
        case (.council, let before?, let after?): return "Council – \(what): \(after); before: \(before)"
        case (let kind, nil, let after?): return "New \(kind.rawValue) – \(what): \(after)"
        case (let kind, let before?, nil):
            return "\(kind.rawValue.capitalized) taken away – \(what): \(before)"
        case (let kind, let before?, let after?):
            let isSame = before == after
            return "\(kind.rawValue.capitalized) – \(what): \(after)"
                + (isSame ? " (its source or its details)" : "; before: \(before)")
        case (_, nil, nil): return what
        }
    }

    package func json(people: (String) -> [String]) -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return .object([
            (
                "changes",
                .array(
                    changes.map { change in
                        .object([
                            ("kind", .string(change.kind.rawValue)), ("council", text(change.council)),
                            ("name", .string(change.name)), ("before", text(change.before)),
                            ("after", text(change.after)), ("file", .string(change.file)),
                            ("people", .array(people(change.file).map { .string($0) })),
                        ])
                    })
            )
        ])
    }
}
