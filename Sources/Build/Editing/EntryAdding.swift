import Guidance
import Markdown
import Workspace

/// Facts and contacts that are not there yet.
extension ContentEditor {
    /// What a form for a new fact or contact offers.
    package struct EntryChoices: Sendable {
        package struct File: Sendable {
            package var file: String
            package var version: String
            /// Short names for sources that the file has.
            package var sources: [String]
        }
        /// Facts that guidance knows and the council has no value of; contacts that guidance names and nobody has.
        package var facts: [(id: String, label: String, kind: String)]
        package var contacts: [(id: String, label: String)]
        package var groups: [(id: String, label: String)]
        /// The council's own file, then the portal's.
        package var files: [File]
    }

    package func entryChoices(council id: String) async throws -> EntryChoices {
        guard let portal = await loaded()?.portal, let council = portal.council(id) else {
            throw Refusal.notEditable("The portal cannot be read: see the errors on the page.")
        }
        var files: [EntryChoices.File] = []
        for file in ["councils/\(id)/council.yml", "portal.yml"] {
            let (_, bytes) = try settingsBytes(of: file)
            let sources = (try? YAMLEdit(bytes).fields(at: ["sources"]).map(\.key)) ?? []
            files.append(.init(file: file, version: ContentHash(bytes).description, sources: sources))
        }
        let lacking = portal.facts.values.filter { $0.value == nil && council.facts[$0.id]?.value == nil }
        let own = Set((council.ownContacts + portal.nationalContacts).map(\.id))
        return EntryChoices(
            facts: lacking.sorted { $0.id < $1.id }.map {
                ($0.id, $0.label ?? $0.id, $0.kind?.rawValue ?? "")
            },
            contacts: portal.councilContacts.filter { !own.contains($0.id) },
            groups: portal.contactGroups.map { ($0.id, $0.heading.plainText) }, files: files)
    }

    /// What is wrong with a fact or contact that is to be added. Nothing is written.
    package func review(
        new place: EntryPlace, values: [String: String], council: String
    ) async throws -> Review {
        try await review(adding(place, values), place.file, place.version, councils: [council])
    }

    /// Writes a fact or contact at the end of those that the file has.
    package func add(_ place: EntryPlace, values: [String: String]) async throws -> Step? {
        try await save(adding(place, values), place.file, place.version) { _, _ in
            .changedOnDisk(now: nil, isSame: false)
        }
    }

    private func adding(_ place: EntryPlace, _ values: [String: String]) throws(Refusal) -> Change {
        let (path, bytes) = try settingsBytes(of: place.file)
        guard ContentHash(bytes).description == place.version else {
            throw .changedOnDisk(now: nil, isSame: false)
        }
        guard Identifier.isValid(place.id), place.id.utf8.count <= 100 else {
            throw .notEditable("'\(place.id)' cannot be a name: use letters, digits and hyphens.")
        }
        var fields: [(key: String, text: String)] = []
        for key in place.kind.newKeys {
            let text = try Self.oneLine(values[key] ?? "", of: key)
            if !text.isEmpty { fields.append((key, text)) }
        }
        if let key = values.keys.first(where: { !place.kind.newKeys.contains($0) }) {
            throw .notEditable("'\(key)' is not written here.")
        }
        let needed = place.kind == .fact ? ["value"] : ["name"]
        guard needed.allSatisfy({ key in fields.contains { $0.key == key } }) else {
            throw .notEditable(place.kind == .fact ? "Write a value." : "Write a name.")
        }
        let after: [UInt8]
        let added: [YAMLEdit.Field]
        do {
            let edit = try YAMLEdit(bytes)
            guard (try? edit.fields(at: [place.kind.rawValue, place.id])) == nil else {
                throw Refusal.notEditable(
                    "'\(place.id)' is in \(place.file) already. Change it there, or choose another name.")
            }
            after = try edit.adding(place.id, .mapping(fields), to: place.kind.rawValue)
            added = try YAMLEdit(after).fields(at: [place.kind.rawValue, place.id])
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .notEditable(
                "\(place.file) is written in a way that a form cannot add to safely. Add '\(place.id)' there."
            )
        }
        let lines = added.map(\.line)
        let first = (lines.min() ?? 2) - 1
        return Change(
            path: path, before: bytes, after: after, lines: first...max(first, lines.max() ?? first),
            keepsNeighbours: true, line: first)
    }
}
