import Guidance
import Leaflets
import Website
import Workspace

/// What a portal publishes today, as `addresses.yml` records it.
///
/// Addresses are the same in every language, so the edition in the source language tells all of them; which languages
/// there are is an address each.
struct PublishedPlaces: Sendable {
    /// What the shared guidance has for every council that uses it.
    private let shared: Set<String>

    init(_ portal: Portal) {
        var shared: Set<String> = []
        for page in portal.sharedPages {
            let name = SectionAddress(page.path).written
            shared.insert(name)
            shared.formUnion(page.sectionIDs.map { "\(name)#\($0)" })
            shared.formUnion(page.frontMatter.formerIDs.map { "\(name)#\($0.former.id)" })
            shared.formUnion(page.frontMatter.aliases.map(\.path))
        }
        self.shared = shared
    }

    /// Whether the shared guidance has it, whatever a council makes of it.
    func isShared(_ address: String) -> Bool { shared.contains(address) }

    /// What one council publishes; nil where it has no edition in the source language.
    ///
    /// - Parameters:
    ///   - paths: Of the source language's pages, those that nobody wrote too.
    ///   - specs: Nil where it is not known which leaflets there are.
    func current(
        _ editions: [Edition], paths: [String], specs: [LeafletSpec]?
    ) -> PublishedAddresses.Current? {
        guard let source = editions.inSourceLanguage else { return nil }
        var result = PublishedAddresses.Current()
        var written: Set<String> = []
        func add(_ address: String, isShared: Bool? = nil) {
            result.addresses.insert(address)
            if isShared ?? shared.contains(address) { result.shared.insert(address) }
        }
        for page in source.pages {
            let name = SectionAddress(page.path).written
            written.insert(name)
            add(name)
            page.forEachSection { add("\(name)#\($0.id)") }
            for former in page.formerIDs { add("\(name)#\(former.id)") }
            for alias in page.aliases {
                add(alias)
                result.aliases[alias] = name
            }
        }
        // What the program makes of data is the same for all.
        for path in paths.map({ SectionAddress($0).written }) where !written.contains(path) {
            add(path, isShared: true)
        }
        for edition in editions where edition.language != source.language {
            add("\(edition.language.tag)/", isShared: true)
        }
        for edition in editions { addLeaflets(of: edition, specs ?? [], to: &result) }
        return result
    }

    /// The files that a leaflet has in a format, below a council's address.
    static func files(of spec: LeafletSpec, _ format: LeafletFormat) -> [String] {
        let name = "leaflets/\(spec.name)-\(format.rawValue)"
        return [name + format.ending] + (format.isImposed ? [name + "-print.pdf"] : [])
    }

    /// Its files in two languages, without endings.
    private static func pairs(of spec: LeafletSpec, _ format: LeafletFormat, _ edition: Edition) -> [String] {
        guard spec.isSideBySide, format.canBePaired else { return [] }
        return edition.sideBySide.map {
            "leaflets/" + spec.fileName(format, in: edition.language, beside: $0)
        }
    }

    /// Old addresses of pages at which a council has a leaflet.
    ///
    /// - Parameter specs: Nil where it is not known which leaflets there are.
    static func problems(of editions: [Edition], specs: [LeafletSpec]?) -> [Diagnostic] {
        guard let specs, !specs.isEmpty, let source = editions.inSourceLanguage,
            source.pages.contains(where: { page in page.aliases.contains { $0.hasPrefix("leaflets/") } })
        else { return [] }
        var files: Set<String> = []
        // In every language: the page that leads on stands in each.
        for (spec, edition) in specs.flatMap({ spec in editions.map { (spec, $0) } }) {
            for format in spec.formats(for: edition.council.id)
            where Leaflet(spec, format: format, edition: edition) != nil {
                files.formUnion(Self.files(of: spec, format))
                for name in Self.pairs(of: spec, format, edition) {
                    files.formUnion([name + format.ending, name + "-print.pdf"])
                }
            }
        }
        if !files.isEmpty { files.insert("leaflets/\(source.council.id).zip") }
        return source.pages.flatMap { page in
            page.placedAliases.compactMap { alias, location in
                EditionPlan.collision(of: alias, withAny: files, at: location)
            }
        }
    }

    private func addLeaflets(
        of edition: Edition, _ specs: [LeafletSpec], to result: inout PublishedAddresses.Current
    ) {
        let isSource = edition.language == edition.sourceLanguage
        for spec in specs {
            var isMade = false
            for format in spec.formats(for: edition.council.id)
            where Leaflet(spec, format: format, edition: edition) != nil {
                isMade = true
                let files = Self.files(of: spec, format)
                if isSource {
                    result.addresses.formUnion(files)
                    result.shared.formUnion(files)
                    result.addresses.formUnion(
                        Self.pairs(of: spec, format, edition).map { $0 + format.ending })
                }
            }
            guard isMade else { continue }
            if isSource {
                result.addresses.formUnion(["leaflets", "leaflets/\(edition.council.id).zip"])
                result.shared.insert("leaflets")
            }
            let code = isSource ? SectionAddress(spec.page).written : "\(edition.language.tag)/"
            guard result.addresses.contains(code) else { continue }
            result.qrCodes.insert(code)
            // Which pages leaflets lead to is said for all councils.
            result.shared.insert(code)
        }
    }
}
