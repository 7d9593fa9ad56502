import Translations
import Workspace

/// The pages that are out in a language: `translations/published.yml`.
///
/// ```yaml
/// pl:
///   - oxfordshire/rights
/// ```
///
/// Sorted, one to a line, so that changes of two people merge. A page named here is published in that language however
/// much of its English has changed or is new; taking its line out takes the page down once too little of it is
/// translated. A council's home page is always out.
package struct PublishedPages: Hashable, Sendable {
    /// `council/path`, by language tag.
    private var pages: [String: Set<String>] = [:]

    package init() {}

    package var isEmpty: Bool { pages.values.allSatisfy(\.isEmpty) }

    package func contains(_ path: String, of council: String, in language: Language) -> Bool {
        pages[language.tag]?.contains("\(council)/\(path)") ?? false
    }

    package mutating func insert(_ path: String, of council: String, in language: Language) {
        pages[language.tag, default: []].insert("\(council)/\(path)")
    }

    /// Forgets what a portal does not have any more.
    ///
    /// - Parameter paths: The paths of every council's pages, by the council's id.
    package mutating func keep(languages: [Language], paths: [String: Set<String>]) {
        let tags = Set(languages.map(\.tag))
        pages = pages.filter { tags.contains($0.key) }.mapValues { names in
            names.filter { name in
                guard let slash = name.firstIndex(of: "/") else { return false }
                return paths[String(name[..<slash])]?.contains(String(name[name.index(after: slash)...]))
                    ?? false
            }
        }.filter { !$0.value.isEmpty }
    }

    package static func path(in root: String) -> String { joinPath(root, "translations/published.yml") }

    /// Reads the record of a portal; empty where there is none. An unknown language is an error.
    static func load(
        from root: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> PublishedPages {
        var result = PublishedPages()
        let path = path(in: root)
        guard files.exists(path), let source = SourceText.read(path, in: files, reporting: &diagnostics)
        else {
            return result
        }
        let reader = YAMLReader(file: path)
        for entry in reader.root(source.string)?.entries ?? [] {
            guard let language = Language(tag: entry.key) else {
                reader.add(
                    .error(
                        "UnknownLanguage", "'\(entry.key)' is not a language that Signpost knows",
                        at: entry.keyLocation, help: Language.advice(on: entry.key)))
                continue
            }
            result.pages[language.tag, default: []].formUnion(entry.value.strings())
        }
        diagnostics.add(reader.diagnostics)
        return result
    }

    package func serialized() -> String {
        var output =
            "# Pages that are out in a language and stay there. Kept by 'signpost translations extract'.\n"
        for (tag, names) in pages.sorted(by: { $0.key < $1.key }) where !names.isEmpty {
            output += "\(tag):\n"
            for name in names.sorted() { output += "  - \(name)\n" }
        }
        return output
    }
}
