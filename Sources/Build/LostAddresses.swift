import Guidance
import Leaflets
import Markdown
import Website
import Workspace

/// Finds addresses that have been published and lead nowhere any more.
struct LostAddresses: Sendable {
    static let rule = "LostAddress"

    let model: SiteModel
    /// Nil where nobody knows which leaflets there are.
    let specs: [LeafletSpec]?
    private let places: PublishedPlaces
    /// Files that have errors.
    private let broken: Set<String>
    private var portal: Portal { model.portal }
    private var recorded: PublishedAddresses { model.portal.recorded }

    /// - Parameter diagnostics: What is wrong with the shared guidance: a page that cannot be read has lost nothing.
    init(_ model: SiteModel, specs: [LeafletSpec]?, besides diagnostics: Diagnostics) {
        self.model = model
        broken = Self.files(of: diagnostics)
        self.specs = specs
        places = PublishedPlaces(model.portal)
    }

    private static func files(of diagnostics: Diagnostics) -> Set<String> {
        Set(diagnostics.sorted.filter { $0.severity == .error }.compactMap { $0.location?.file })
    }

    /// The addresses that one council has lost.
    ///
    /// - Parameters:
    ///   - paths: Of its pages in the source language, those that nobody wrote too.
    ///   - diagnostics: What else is wrong with the council.
    func problems(
        of council: Council, _ editions: [Edition], paths: [String], besides diagnostics: Diagnostics
    ) -> [Diagnostic] {
        guard recorded.councils.contains(council.id),
            let source = editions.inSourceLanguage,
            let current = places.current(editions, paths: paths, specs: specs)
        else { return [] }
        let codes = recorded.printed(of: council.id)
        let broken = self.broken.union(Self.files(of: diagnostics))
        let files = Dictionary(
            source.pages.map { (SectionAddress($0.path).written, $0.file) }, uniquingKeysWith: { a, _ in a })
        var problems: [Diagnostic] = []
        for address in recorded.addresses.all(of: council.id).sorted() where !current.has(address) {
            let page = PublishedAddresses.page(of: address)
            if page != address {
                // The page is what is lost, or cannot be read.
                if !current.has(page) || files[page].map(broken.contains) ?? false { continue }
            } else if address.hasSuffix("/") {
                if !model.settings.languages.isEmpty { continue }
            } else if isLeaflet(address), specs == nil {
                continue
            }
            problems.append(problem(address, of: council, source, isPrinted: codes.contains(address)))
        }
        return problems
    }

    /// Councils that have been published and are not there any more.
    func councilProblems() -> [Diagnostic] {
        // A build of some councils is not about the others.
        guard model.settings.councils.isEmpty else { return [] }
        return recorded.councils.sorted().compactMap { id in
            let council = portal.allCouncils.first { $0.id == id }
            guard council?.isDraft ?? true else { return nil }
            let isPrinted = !recorded.printed(of: id).isEmpty
            return Diagnostic(
                isPrinted ? .error : .warning, Self.rule,
                council == nil
                    ? "the council '\(id)' has been published and is gone, with all its addresses"
                    : "the council '\(id)' has been published and is a draft now, so all its addresses are gone",
                at: recorded.location(of: id),
                help: council == nil
                    ? "Bring its folder back, and say in its council.yml when it ended ('valid-to') and whom to ask instead ('successors'). If nobody can have its addresses any more, take its lines out of \(recorded.location(of: id)?.file ?? "addresses.yml")."
                    : "Delete the line 'draft: yes' in its council.yml.")
        }
    }

    /// Whether a council may have something that another has lost.
    private func isStillShared(_ address: String) -> Bool {
        if address.hasSuffix("/") { return portal.languages.contains { "\($0.tag)/" == address } }
        if isLeaflet(address), address.contains(".") {
            let files = (specs ?? []).flatMap { spec in
                LeafletFormat.allCases.filter { format in
                    spec.formats.contains(format)
                        || spec.councils.values.contains { $0.formats?.contains(format) ?? false }
                }.flatMap { PublishedPlaces.files(of: spec, $0) }
            }
            return files.contains(address)
        }
        // What is made of data depends on a council's own.
        return places.isShared(address) || EditionPlan.madePaths.contains(address)
    }

    private func isLeaflet(_ address: String) -> Bool {
        address == "leaflets" || address.hasPrefix("leaflets/")
    }

    // MARK: What to say

    private func problem(
        _ address: String, of council: Council, _ source: Edition, isPrinted: Bool
    ) -> Diagnostic {
        let (location, isShared) = recorded.location(of: address, council: council.id)
        // What every council has lost is said once.
        let isGoneForAll = isShared && !isStillShared(address)
        let whose = isGoneForAll ? "" : " of \(council.identity.name)"
        let page = PublishedAddresses.page(of: address)
        let what =
            if page != address {
                "the section '\(address)'\(whose)"
            } else if address.hasSuffix("/") {
                "the language '\(address.dropLast())'\(whose)"
            } else if isLeaflet(address), address.contains(".") {
                "the file '\(address)'\(whose)"
            } else {
                "the page '\(address)'\(whose)"
            }
        let pages = isGoneForAll ? portal.sharedPages.map(Place.init) : source.pages.map(Place.init)
        var help: String
        if address.hasSuffix("/") {
            help =
                "Publish the council in this language again: 'signpost translations status' says what is missing."
        } else if page == address, isLeaflet(address), address.contains(".") {
            help = "Give the leaflet its old name and format again, in leaflets/ and in its 'formats'."
        } else if page != address {
            help = helpForSection(address, page, council, pages, isGoneForAll: isGoneForAll)
        } else {
            help = helpForPage(address, council, pages, isGoneForAll: isGoneForAll)
        }
        // A line that councils share is still needed by the others.
        if !isShared || isGoneForAll, let location, let line = location.range?.start.line {
            help += " If nobody can have the address any more, take line \(line) out of \(location.file)."
        }
        return Diagnostic(
            isPrinted ? .error : .warning, Self.rule,
            "\(what) has been published and is gone"
                + (isPrinted ? "; a QR code on a leaflet leads there" : ""),
            at: location, help: help)
    }

    /// A page as far as it matters here.
    private struct Place {
        var name: String
        var title: String
        var file: String
        var aliases: [String]
        var hasMoved: Bool
        var sections: [(id: String, heading: String)] = []

        init(_ page: SourcePage) {
            name = SectionAddress(page.path).written
            title = page.title?.plainText ?? ""
            file = page.file
            aliases = page.frontMatter.aliases.map(\.path)
            hasMoved = !page.frontMatter.formerIDs.isEmpty
            sections = page.allSections.map { ($0.id, $0.heading.plainText) }
        }

        init(_ page: Page) {
            name = SectionAddress(page.path).written
            title = page.title.plainText
            file = page.file
            aliases = page.aliases
            hasMoved = !page.formerIDs.isEmpty
            page.forEachSection { sections.append(($0.id, $0.heading.plainText)) }
        }
    }

    /// The file in which a council's page is to be changed: its own, though it may not be there yet.
    private func file(of place: Place, _ council: Council, isGoneForAll: Bool) -> String {
        guard !isGoneForAll else { return place.file }
        let own = joinPath(portal.root, "councils/\(council.id)/")
        return place.file.hasPrefix(own) ? place.file : own + place.name + ".md"
    }

    private func helpForSection(
        _ address: String, _ page: String, _ council: Council, _ pages: [Place], isGoneForAll: Bool
    ) -> String {
        let id = String(address.dropFirst(page.utf8.count + 1))
        guard let here = pages.first(where: { $0.name == page }) else {
            return "Bring it back, or lead on from its page."
        }
        let new = newPlace(of: id, here, pages)
        let target = new ?? page
        let written = file(of: here, council, isGoneForAll: isGoneForAll)
        let cause =
            isGoneForAll || !places.isShared(address)
            ? "" : "The council's own page or a condition leaves it out. "
        let guess = new.map { "It may be '\($0)' now: add" } ?? "Bring it back, or lead on to its page: add"
        let line =
            here.hasMoved && written == here.file
            ? "'  \(id): \(target)' under 'moved:' at the top of \(written)."
            : "'moved: {\(id): \(target)}' between the lines --- at the top of \(written)."
        return cause + guess + " " + line
    }

    /// Where the words of a section are likely to be now.
    private func newPlace(of id: String, _ here: Place, _ pages: [Place]) -> String? {
        func same(_ section: (id: String, heading: String)) -> Bool { Identifier.slug(section.heading) == id }
        if let section = here.sections.first(where: same) { return "\(here.name)#\(section.id)" }
        let others = pages.filter { $0.name != here.name }
        let moved = others.filter { $0.sections.contains { $0.id == id } }
        if moved.count == 1 { return "\(moved[0].name)#\(id)" }
        if let near = nearestName(to: id, among: here.sections.map(\.id)) { return "\(here.name)#\(near)" }
        for page in others {
            if let section = page.sections.first(where: same) { return "\(page.name)#\(section.id)" }
        }
        return nil
    }

    private func helpForPage(
        _ address: String, _ council: Council, _ pages: [Place], isGoneForAll: Bool
    ) -> String {
        if !isGoneForAll, places.isShared(address) {
            return
                "The council does not use this shared page any more: add '\(address)' to 'guidance' in its council.yml, or 'aliases: [\(address)]' to one of its own pages."
        }
        // A page that one council took over is lost for the others.
        if isGoneForAll,
            let taken = portal.contentFiles.first(where: {
                $0.hasPrefix("councils/") && $0.hasSuffix("/\(address).md")
                    && $0.split(separator: "/").count > 2
            })
        {
            return "It is a council's own now: move \(taken) to guidance/\(address).md, if it is for all."
        }
        guard let new = newPlace(ofPage: address, of: council, pages, isGoneForAll: isGoneForAll) else {
            return
                "Bring it back, or add 'aliases: [\(address)]' to the page that has its words now, between the lines --- at its top."
        }
        let aliases = (new.aliases + [address]).joined(separator: ", ")
        return
            "It may be '\(new.name)' now: add '\(address)' to its old addresses, between the lines --- at the top of \(file(of: new, council, isGoneForAll: isGoneForAll)): 'aliases: [\(aliases)]'. Or give the file its old name again, and 'signpost move \(address) \(new.name)' changes the links too."
    }

    /// The page that is likely to have the words of one that is gone.
    private func newPlace(
        ofPage address: String, of council: Council, _ pages: [Place], isGoneForAll: Bool
    ) -> Place? {
        // The one that has most of its sections.
        let prefix = address + "#"
        let all = isGoneForAll ? recorded.addresses.shared : recorded.addresses.all(of: council.id)
        let ids = Set(all.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
        let counted = pages.map { page in (page, page.sections.count { ids.contains($0.id) }) }
        if let best = counted.max(by: { $0.1 < $1.1 }), best.1 > 0, best.1 * 2 >= ids.count { return best.0 }
        let name = address.split(separator: "/").last.map(String.init) ?? address
        func lastPart(_ page: Place) -> String { page.name.split(separator: "/").last.map(String.init) ?? "" }
        if let same = pages.first(where: { lastPart($0) == name || Identifier.slug($0.title) == name }) {
            return same
        }
        let near = nearestName(to: address, among: pages.map(\.name))
        return pages.first { $0.name == near }
    }
}
