import Guidance
import Markdown
import Workspace

/// What a council says of itself in `council.yml`: its name, languages, sources, colours.
extension ContentEditor {
    package struct CouncilSettings: Sendable {
        package var file: String
        package var version: String
        /// What can be changed, by `CouncilSettings.keys`; `languages` with commas between.
        package var values: [String: String]
        /// Short names for sources, and what they stand for.
        package var sources: [(key: String, text: String)]

        /// In the order of a form. A name after a full stop is that of a value within.
        package static let keys = [
            "name", "short-name", "website", "languages", "brand.colour", "brand.colour-dark",
        ]
        /// Stands before the short name of a source.
        package static let sourcePrefix = "sources."
    }

    package func settings(of council: String) throws(Refusal) -> CouncilSettings {
        let file = "councils/\(council)/council.yml"
        let (_, bytes) = try settingsBytes(of: file)
        do {
            let edit = try YAMLEdit(bytes)
            var values: [String: String] = [:]
            for field in try edit.fields(at: []) where CouncilSettings.keys.contains(field.key) {
                values[field.key] = field.text
            }
            for field in (try? edit.fields(at: ["brand"])) ?? [] {
                let key = "brand.\(field.key)"
                if CouncilSettings.keys.contains(key) { values[key] = field.text }
            }
            values["languages"] = edit.list("languages")?.joined(separator: ", ")
            let sources = ((try? edit.fields(at: ["sources"])) ?? []).map { ($0.key, $0.text) }
            return CouncilSettings(
                file: file, version: ContentHash(bytes).description, values: values, sources: sources)
        } catch {
            throw .notEditable("\(file) cannot be read as YAML. Mend it there.")
        }
    }

    /// What is wrong with a council's settings as somebody has just written them. Nothing is written.
    package func review(
        settings values: [String: String], of council: String, version: String
    ) async throws -> Review {
        let change = try change(values, of: council, version)
        return try await review(change, Self.settingsFile(council), version, councils: [council])
    }

    /// Writes those lines of a council's settings that have changed.
    package func save(
        settings values: [String: String], of council: String, version: String
    ) async throws -> Step? {
        try await save(change(values, of: council, version), Self.settingsFile(council), version) { _, _ in
            .changedOnDisk(now: nil, isSame: false)
        }
    }

    private static func settingsFile(_ council: String) -> String { "councils/\(council)/council.yml" }

    private func change(
        _ values: [String: String], of council: String, _ version: String
    ) throws(Refusal) -> Change {
        let now = try settings(of: council)
        guard now.version == version else { throw .changedOnDisk(now: nil, isSame: false) }
        let (path, before) = try settingsBytes(of: now.file)
        var bytes = before
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            let isSource = key.hasPrefix(CouncilSettings.sourcePrefix)
            let name = String(key.split(separator: ".", maxSplits: 1).last ?? "")
            guard CouncilSettings.keys.contains(key) || isSource && Identifier.isValid(name) else {
                throw .notEditable(
                    isSource
                        ? "'\(name)' cannot be a short name: use letters, digits and hyphens."
                        : "'\(key)' is not changed here.")
            }
            let text = try Self.oneLine(value, of: name)
            let old = isSource ? now.sources.first { $0.key == name }?.text : now.values[key]
            if text == old ?? "" { continue }
            guard !text.isEmpty else {
                throw .notEditable(
                    "'\(name)' cannot be left empty. Take it out of \(now.file) instead, if it is not known.")
            }
            do {
                let edit = try YAMLEdit(bytes)
                if key == "languages" {
                    let tags = text.split { $0 == "," || $0 == " " }.map(String.init)
                    bytes = try edit.setting(list: tags, of: key)
                } else if key.contains(".") {
                    let parent = isSource ? "sources" : "brand"
                    bytes =
                        old == nil
                        ? try edit.adding(name, .text(text), to: parent)
                        : try edit.setting([name: text], at: [parent], order: [name])
                } else {
                    bytes = try edit.setting(
                        [key: text], at: [], order: ["name", "nation", "short-name", "website"])
                }
            } catch {
                throw .notEditable(
                    "'\(name)' is written in \(now.file) in a way that a form cannot change safely. Change it there."
                )
            }
        }
        let (top, foot) = FileLines(before).same(as: FileLines(bytes))
        let last = FileLines(bytes).count - foot
        return Change(
            path: path, before: before, after: bytes, lines: last > top ? top + 1...last : nil,
            keepsNeighbours: true, line: top + 1)
    }
}
