import Markdown
import Workspace

/// A page of one council before facts are filled in: the shared page, the council's own, or one laid over
/// the other.
public struct MergedPage: Sendable {
    public var page: SourcePage
    /// The default audience of a page that names none.
    var defaultAudience: Audience
    /// Where links in the introduction are relative to.
    var introductionFile: String
}

/// What a council says instead of, or besides, the shared guidance.
public struct Override: Sendable {
    public enum Kind: String, Sendable { case replaces, adds, removes, page }

    public var council: String
    /// The page's path; empty for the home page.
    public var page: String
    /// The section's id; nil where the council has a page of its own or replaces an introduction.
    public var section: String?
    public var kind: Kind
    /// The fingerprint of the shared section it stands on.
    public var shared: ContentHash?
    public var location: SourceLocation

    /// `rights#recording`.
    public var key: String { (page.isEmpty ? "index" : page) + (section.map { "#" + $0 } ?? "") }
}

/// The file in which a council keeps what the shared sections were when it agreed to its overrides.
public enum OverrideRecord {
    public static func path(of council: String) -> String { "councils/\(council)/overrides.yml" }

    /// What is written for a fingerprint.
    public static func text(of hash: ContentHash) -> String { hash.short }
}

/// One council's pages, laid over the shared ones.
public struct CouncilGuidance: Sendable {
    public var council: Council
    /// Sorted by path.
    public var pages: [MergedPage]
    public var overrides: [Override]
    /// Blocks of the council's own pages about which a rule is to say nothing.
    package var silences: [Silence] = []
}

extension Portal {
    /// Reads a council's own pages and lays them over the shared guidance.
    public func guidance(
        of council: Council, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> CouncilGuidance {
        let own = loadPages(in: "councils/\(council.id)", files, reporting: &diagnostics)
        var result = CouncilGuidance(council: council, pages: [], overrides: [])
        result.silences = own.flatMap(\.silences)
        var ownByPath = Dictionary(uniqueKeysWithValues: own.map { ($0.path, $0) })
        for shared in sharedPages where council.uses(shared.path) {
            if let overlay = ownByPath.removeValue(forKey: shared.path) {
                var merger = OverlayMerger(council: council.id, shared: shared, overlay: overlay)
                result.pages.append(merger.merge())
                result.overrides += merger.overrides
                diagnostics.add(merger.diagnostics)
            } else {
                result.pages.append(
                    MergedPage(page: shared, defaultAudience: .families, introductionFile: shared.file))
            }
        }
        for page in own where ownByPath[page.path] != nil {
            result.pages.append(
                MergedPage(page: page, defaultAudience: council.audience, introductionFile: page.file))
            result.overrides.append(
                Override(
                    council: council.id, page: page.path, section: nil, kind: .page, shared: nil,
                    location: SourceLocation(file: page.file)))
            Self.checkNoRemovals(page.sections, reporting: &diagnostics)
        }
        result.pages.sort { $0.page.path < $1.page.path }
        // Those of the shared guidance are held against the shared guidance.
        let places = result.pages.map { ($0.page.path, $0.page.sectionIDs) }
        for former in own.flatMap(\.frontMatter.formerIDs) {
            former.former.address.problem(at: former.location, among: places).map { diagnostics.add($0) }
        }
        NearbySections(result).report(to: &diagnostics)
        for override in result.overrides {
            guard let shared = override.shared, let recorded = council.recordedOverrides[override.key],
                recorded != OverrideRecord.text(of: shared)
            else { continue }
            diagnostics.add(
                .warning(
                    "SharedSectionChanged",
                    "the shared section that this replaces has changed since the council last looked",
                    at: override.location,
                    help:
                        "Compare the two; then run 'signpost councils --council \(council.id) --record' to say it is right."
                ))
        }
        return result
    }

    private static func checkNoRemovals(_ sections: [SourceSection], reporting diagnostics: inout Diagnostics)
    {
        for section in sections {
            if section.attributes?.removes == true {
                diagnostics.add(
                    .error(
                        "UnknownSection", "there is no shared page here to remove '\(section.id)' from",
                        at: SourceLocation(file: section.file, range: section.attributes?.range)))
            }
            checkNoRemovals(section.children, reporting: &diagnostics)
        }
    }
}

extension Council {
    /// Whether the council uses a shared page.
    func uses(_ path: String) -> Bool {
        switch sharedGuidance {
        case .all: true
        case .only(let names): names.contains(path.isEmpty ? "index" : path)
        }
    }
}

/// Lays one council's page over a shared one, section by section.
private struct OverlayMerger {
    let council: String
    let shared: SourcePage
    let overlay: SourcePage
    var overrides: [Override] = []
    var diagnostics = Diagnostics()
    /// The last section put after an anchor, so that several keep their order.
    private var lastAfter: [String: String] = [:]
    /// The ids of all sections of the page, as far as it is merged.
    private var ids: Set<String> = []
    /// Where the last section was replaced: a council mostly keeps the order of the shared page.
    private var place = 0

    init(council: String, shared: SourcePage, overlay: SourcePage) {
        self.council = council
        self.shared = shared
        self.overlay = overlay
    }

    mutating func merge() -> MergedPage {
        var page = shared
        page.title = overlay.title ?? shared.title
        let front = overlay.frontMatter
        page.frontMatter.kind = front.kind ?? shared.frontMatter.kind
        page.frontMatter.audience = front.audience ?? shared.frontMatter.audience
        page.frontMatter.reader = front.reader ?? shared.frontMatter.reader
        page.frontMatter.summary = front.summary ?? shared.frontMatter.summary
        page.frontMatter.order = front.order ?? shared.frontMatter.order
        page.frontMatter.reviewed = front.reviewed ?? shared.frontMatter.reviewed
        page.frontMatter.reviewEvery = front.reviewEvery ?? shared.frontMatter.reviewEvery
        page.frontMatter.stage = front.stage ?? shared.frontMatter.stage
        page.frontMatter.steps = front.steps.isEmpty ? shared.frontMatter.steps : front.steps
        page.frontMatter.gathers = front.gathers.isEmpty ? shared.frontMatter.gathers : front.gathers
        page.frontMatter.testers = front.testers.isEmpty ? shared.frontMatter.testers : front.testers
        page.frontMatter.aliases = shared.frontMatter.aliases + front.aliases
        page.frontMatter.formerIDs = shared.frontMatter.formerIDs + front.formerIDs
        var introductionFile = shared.file
        if !overlay.introduction.isEmpty {
            page.introduction = overlay.introduction
            introductionFile = overlay.file
            overrides.append(
                Override(
                    council: council, page: page.path, section: nil, kind: .replaces, shared: nil,
                    location: SourceLocation(file: overlay.file, range: overlay.introduction.first?.range)))
        }
        for section in page.sections { note(section) }
        for section in overlay.sections { apply(section, to: &page.sections) }
        return MergedPage(page: page, defaultAudience: .families, introductionFile: introductionFile)
    }

    private mutating func apply(_ section: SourceSection, to sections: inout [SourceSection]) {
        let location = SourceLocation(file: section.file, range: section.range)
        if section.attributes?.removes == true {
            if let removed = Self.remove(section.id, from: &sections) {
                record(.removes, section, removed.fingerprint, location)
            } else {
                unknown(
                    section.id, "there is no shared section '\(section.id)' to remove",
                    SourceLocation(file: section.file, range: section.attributes?.range ?? section.range))
            }
            return
        }
        if let replaced = replace(section, in: &sections) {
            record(.replaces, section, replaced.fingerprint, location)
            return
        }
        record(.adds, section, nil, location)
        note(section)
        guard let anchor = section.attributes?.after else {
            sections.append(section)
            return
        }
        if !Self.insert(section, after: lastAfter[anchor] ?? anchor, in: &sections) {
            unknown(
                anchor, "there is no section '\(anchor)' to put this one after",
                SourceLocation(file: section.file, range: section.attributes?.range))
            sections.append(section)
        }
        lastAfter[anchor] = section.id
    }

    private mutating func record(
        _ kind: Override.Kind, _ section: SourceSection, _ shared: ContentHash?, _ location: SourceLocation
    ) {
        overrides.append(
            Override(
                council: council, page: overlay.path, section: section.id, kind: kind, shared: shared,
                location: location))
    }

    private mutating func unknown(_ id: String, _ message: String, _ location: SourceLocation) {
        var ids: [String] = []
        func collect(_ sections: [SourceSection]) {
            for section in sections {
                ids.append(section.id)
                collect(section.children)
            }
        }
        collect(shared.sections)
        diagnostics.add(
            .error(
                "UnknownSection", message, at: location,
                help: didYouMean(id, oneOf: ids)))
    }

    private static func remove(_ id: String, from sections: inout [SourceSection]) -> SourceSection? {
        if let index = sections.firstIndex(where: { $0.id == id }) { return sections.remove(at: index) }
        for index in sections.indices {
            if let removed = remove(id, from: &sections[index].children) { return removed }
        }
        return nil
    }

    private mutating func note(_ section: SourceSection) {
        ids.insert(section.id)
        for child in section.children { note(child) }
    }

    /// Puts a section in the place of the one with its id; nil where the page has none.
    private mutating func replace(
        _ new: SourceSection, in sections: inout [SourceSection]
    ) -> SourceSection? {
        guard ids.contains(new.id) else { return nil }
        for offset in sections.indices {
            let index = (place + offset) % sections.count
            if let old = Self.replace(new, at: index, in: &sections) {
                place = index
                note(new)
                return old
            }
        }
        return nil
    }

    private static func replace(
        _ new: SourceSection, at index: Int, in sections: inout [SourceSection]
    ) -> SourceSection? {
        if sections[index].id == new.id {
            let old = sections[index]
            sections[index] = new.moved(toLevel: old.level)
            return old
        }
        for child in sections[index].children.indices {
            if let old = replace(new, at: child, in: &sections[index].children) { return old }
        }
        return nil
    }

    private static func insert(
        _ new: SourceSection, after anchor: String, in sections: inout [SourceSection]
    ) -> Bool {
        if let index = sections.firstIndex(where: { $0.id == anchor }) {
            sections.insert(new.moved(toLevel: sections[index].level), at: index + 1)
            return true
        }
        for index in sections.indices where insert(new, after: anchor, in: &sections[index].children) {
            return true
        }
        return false
    }
}

extension SourceSection {
    /// The section and those in it, as if its heading were written at another level.
    func moved(toLevel level: Int) -> SourceSection {
        var copy = self
        copy.level = min(6, level)
        copy.children = children.map { $0.moved(toLevel: level + 1) }
        return copy
    }
}
