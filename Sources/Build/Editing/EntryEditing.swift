import Guidance
import Workspace

/// Facts and contacts: entries of `portal.yml` and `council.yml`.
extension ContentEditor {
    package enum EntryKind: String, Hashable, Sendable {
        case fact = "facts"
        case contact = "contacts"

        /// What a form can change, in the order in which it is added where it is missing.
        package var keys: [String] {
            switch self {
            case .fact: ["value", "source", "checked", "checked-by"]
            case .contact:
                [
                    "phone", "extension", "option", "text", "email", "web", "hours", "source", "checked",
                    "checked-by",
                ]
            }
        }

        /// What a form for a new one writes, in this order.
        package var newKeys: [String] {
            switch self {
            case .fact: ["label", "type", "value", "source", "checked", "checked-by"]
            case .contact:
                [
                    "name", "purpose", "group", "phone", "text", "email", "web", "hours", "source", "checked",
                    "checked-by",
                ]
            }
        }

        /// What a form can add.
        var added: Set<String> { ["source", "checked", "checked-by"] }
    }

    /// An entry that is meant, as it was when its file was read.
    package struct EntryPlace: Hashable, Sendable {
        package var file: String
        package var kind: EntryKind
        package var id: String
        /// Of the whole file.
        package var version: String

        package init(file: String, kind: EntryKind, id: String, version: String) {
            self.file = file
            self.kind = kind
            self.id = id
            self.version = version
        }
    }

    package struct Entry: Sendable {
        package var place: EntryPlace
        package var fields: [YAMLEdit.Field]
        /// Short names for sources that the file has.
        package var sources: [String]
    }

    /// What a form shows of an entry.
    package func entry(_ file: String, _ kind: EntryKind, _ id: String) throws(Refusal) -> Entry {
        let (_, bytes) = try settingsBytes(of: file)
        let version = ContentHash(bytes).description
        do {
            let edit = try YAMLEdit(bytes)
            let fields = try edit.fields(at: [kind.rawValue, id]).filter { kind.keys.contains($0.key) }
            let sources = (try? edit.fields(at: ["sources"]).map(\.key)) ?? []
            return Entry(
                place: EntryPlace(file: file, kind: kind, id: id, version: version), fields: fields,
                sources: sources)
        } catch {
            throw .notEditable("There is no '\(id)' in \(file) that a form can change.")
        }
    }

    /// What is wrong with an entry as somebody has just written it. Nothing is written.
    package func review(
        _ place: EntryPlace, values: [String: String], council: String
    ) async throws -> Review {
        try await review(change(place, to: values), place.file, place.version, councils: [council])
    }

    /// Writes the lines of an entry that have changed, if the portal can be built with them.
    ///
    /// - Returns: What can be undone; nil where the values are what the file has already.
    package func save(_ place: EntryPlace, values: [String: String]) async throws -> Step? {
        let change = try change(place, to: values)
        return try await save(change, place.file, place.version) { editor, _ in
            .entryChangedOnDisk(now: try? editor.entry(place.file, place.kind, place.id))
        }
    }

    /// A value as it stands on one line.
    static func oneLine(_ value: String, of key: String) throws(Refusal) -> String {
        let text = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard text.utf8.count <= 2000,
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { throw .notEditable("'\(key)' is too long, or holds signs that no text has.") }
        return text
    }

    private func change(_ place: EntryPlace, to values: [String: String]) throws(Refusal) -> Change {
        let (path, bytes) = try settingsBytes(of: place.file)
        let now = try entry(place.file, place.kind, place.id)
        guard now.place.version == place.version else { throw .entryChangedOnDisk(now: now) }
        var new: [String: String] = [:]
        for (key, value) in values {
            let text = try Self.oneLine(value, of: key)
            let old = now.fields.first { $0.key == key }
            guard place.kind.keys.contains(key), old != nil || place.kind.added.contains(key) else {
                throw .notEditable("'\(key)' is not changed here.")
            }
            if text.isEmpty {
                guard old == nil else {
                    throw .notEditable(
                        "'\(key)' cannot be left empty. Take it out of \(place.file) instead, if it is not known."
                    )
                }
            } else if old?.text != text {
                new[key] = text
            }
        }
        let line = now.fields.map(\.line).min() ?? 1
        guard !new.isEmpty else {
            return Change(
                path: path, before: bytes, after: bytes, lines: nil, keepsNeighbours: true, line: line)
        }
        let after: [UInt8]
        do {
            after = try YAMLEdit(bytes).setting(
                new, at: [place.kind.rawValue, place.id], order: place.kind.keys)
        } catch {
            throw .notEditable(
                "'\(place.id)' is written in \(place.file) in a way that a form cannot change safely. Change it there."
            )
        }
        let last =
            max(now.fields.map(\.line).max() ?? line, line) + FileLines(after).count - FileLines(bytes).count
        return Change(
            path: path, before: bytes, after: after, lines: line...max(line, last), keepsNeighbours: true,
            line: line)
    }
}
