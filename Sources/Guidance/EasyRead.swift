import Markdown
import Translations
import Workspace

/// Somebody who has tried a page in easy words.
package struct EasyTester: Hashable, Sendable {
    package var who: String
    package var date: CalendarDate?
    /// The language in which it was tried; nil: that of the guidance.
    package var language: Language?

    static func read(_ value: YAMLValue) -> [EasyTester] {
        value.list().compactMap { item in
            guard item.isMapping, var fields = item.mapping() else {
                return item.line().map { EasyTester(who: $0) }
            }
            defer { fields.finish() }
            let who = fields.required("who", help: "Say who tried it: a group, and how many people.")?.line()
            let date = fields.value("on")?.date()
            var language: Language?
            if let value = fields.value("language"), let tag = value.string() {
                language = Language(tag: tag)
                if language == nil {
                    value.reader.add(
                        .error(
                            "UnknownLanguage", "'\(tag)' is not a language that Signpost knows",
                            at: value.location, help: Language.advice(on: tag)))
                    return nil
                }
            }
            return who.map { EasyTester(who: $0, date: date, language: language) }
        }
    }
}

/// Where the words of a section stand for other readers.
package struct SectionTwin: Hashable, Sendable {
    package enum Form: String, Sendable {
        /// In easy words that nobody has tried.
        case simple
        /// In easy words that somebody has tried.
        case easyRead = "easy-read"
        /// As most readers read them.
        case full
    }

    package var form: Form
    package var address: SectionAddress
}

extension SourceSection {
    /// Whether it says the section around it once more, in easy words.
    package var isEasy: Bool { attributes?.isEasy ?? false }
}

/// The sections in easy words of one council, taken out of the pages where they were written and brought together on
/// pages of their own.
///
/// They stand inside the section they say once more. So they go where it goes: a condition, a council's own section
/// and `{remove}` take both, and nobody reads easy words about something that is not so here.
struct EasyRead {
    /// Where the easy words of a section are, and the section of easy words, by address: `rights#supporter`.
    private(set) var twins: [String: SectionAddress] = [:]
    private(set) var originals: [String: SectionAddress] = [:]
    private(set) var diagnostics = Diagnostics()
    private let portal: Portal

    private struct Found {
        var page: String
        var section: String
        var audience: Audience
        var easy: SourceSection
    }

    init(_ portal: Portal) { self.portal = portal }

    /// - Parameter pages: Of one council, without what its facts say is not for its readers.
    mutating func gather(_ pages: inout [MergedPage], of council: Council) {
        var found: [Found] = []
        let order = pages.indices.sorted { a, b in
            func key(_ index: Int) -> (Int, String) {
                (pages[index].page.frontMatter.order ?? 1000, pages[index].page.path)
            }
            return key(a) < key(b)
        }
        for index in order where pages[index].page.kind != .easy {
            let page = pages[index]
            let audience = page.page.frontMatter.audience ?? page.defaultAudience
            var sections = pages[index].page.sections
            take(from: &sections) { section, easy in
                found.append(
                    Found(page: page.page.path, section: section.id, audience: audience, easy: easy))
            }
            pages[index].page.sections = sections
        }
        let easyPages = order.filter { pages[$0].page.kind == .easy }
        for index in easyPages {
            showPictures(&pages[index].page.sections)
            let audience = pages[index].page.frontMatter.audience ?? pages[index].defaultAudience
            for (address, location) in pages[index].page.frontMatter.gathers {
                let wanted = SectionAddress(address)
                let taken = found.indices.filter { place in
                    found[place].page == wanted.path && found[place].audience == audience
                        && (wanted.section ?? found[place].section) == found[place].section
                }
                if taken.isEmpty { report(address, at: location, of: council, pages) }
                for place in taken { add(found[place], to: &pages[index].page) }
                for place in taken.reversed() { found.remove(at: place) }
            }
        }
        for index in easyPages where pages[index].page.frontMatter.gathers.isEmpty {
            let audience = pages[index].page.frontMatter.audience ?? pages[index].defaultAudience
            for item in found where item.audience == audience { add(item, to: &pages[index].page) }
            found.removeAll { $0.audience == audience }
        }
        for item in found where council.uses("easy") || item.easy.file.contains("/councils/") {
            diagnostics.add(
                .warning(
                    "EasyNotShown", "no page shows these easy words",
                    at: SourceLocation(file: item.easy.file, range: item.easy.range),
                    help: easyPages.isEmpty
                        ? "Add a page of the kind 'easy', such as guidance/easy.md."
                        : "Name '\(item.page)#\(item.section)' in 'gathers' of a page of the kind 'easy' with the same audience."
                ))
        }
        // A council of which nothing is said in easy words has no such page.
        pages.removeAll { $0.page.kind == .easy && $0.page.sections.isEmpty }
    }

    private func take(
        from sections: inout [SourceSection], _ found: (SourceSection, SourceSection) -> Void
    ) {
        for index in sections.indices {
            let section = sections[index]
            if section.children.contains(where: \.isEasy) {
                // A second one is an error where it stands.
                section.children.first(where: \.isEasy).map { found(section, $0) }
                sections[index].children.removeAll(where: \.isEasy)
            }
            if !sections[index].children.isEmpty { take(from: &sections[index].children, found) }
        }
    }

    private mutating func add(_ item: Found, to page: inout SourcePage) {
        var section = item.easy.moved(toLevel: 2)
        // What leads to the section can lead to its easy words by the same name.
        if !section.hasExplicitID { section.id = item.section }
        showPictures(&section)
        let key = "\(item.page)#\(item.section)"
        twins[key] = twins[key] ?? SectionAddress(path: page.path, section: section.id)
        originals["\(page.path)#\(section.id)"] = SectionAddress(path: item.page, section: item.section)
        page.sections.append(section)
    }

    /// Puts each picture's path for its name.
    private func showPictures(_ sections: inout [SourceSection]) {
        for index in sections.indices { showPictures(&sections[index]) }
    }

    private func showPictures(_ section: inout SourceSection) {
        for index in section.blocks.indices {
            guard let name = section.blocks[index].attributes?.picture else { continue }
            section.blocks[index].attributes?.picture = portal.pictures[name]?.path
        }
        showPictures(&section.children)
    }

    /// What a page asks for and nobody has written. What conditions or a council's own section leave out is written all
    /// the same.
    private mutating func report(
        _ address: String, at location: SourceLocation, of council: Council, _ pages: [MergedPage]
    ) {
        let wanted = SectionAddress(address)
        let written = portal.sharedPages.filter { $0.path == wanted.path }.flatMap(\.sections)
        func hasEasy(_ sections: [SourceSection]) -> Bool {
            sections.contains { section in
                section.children.contains(where: \.isEasy) && (wanted.section ?? section.id) == section.id
                    || hasEasy(section.children)
            }
        }
        if hasEasy(written) { return }
        let places = pages.map { ($0.page.path, $0.page.sectionIDs) }
        let shared = portal.sharedPages.map { ($0.path, $0.sectionIDs) }
        diagnostics.add(
            wanted.problem(at: location, among: places + shared)
                ?? .error(
                    "NoEasyWords", "'\(address)' has no easy words", at: location,
                    help: "Write them inside the section, under a heading that ends with {easy}."))
    }
}
