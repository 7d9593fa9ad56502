import Guidance
import Markdown
import Workspace

/// A page that an import makes.
struct ImportedPage: Sendable {
    struct Section: Sendable {
        var section: DocumentOutline.Section
        /// The document it comes from.
        var file: String
    }

    /// Below the council's folder, without the ending: `rights`, `faq/the-plan`.
    var path: String
    var kind: PageKind
    /// Nil where the shared page's title stays.
    var title: String?
    var introduction: [ForeignDocument.Placed] = []
    var sections: [Section] = []
    /// Lines of front matter.
    var settings: [String] = []
    /// The documents it comes from, in their order.
    var files: [String] = []
    /// Whether the council's page lies over a shared one.
    var isOverlay = false
    /// Whether an editor has to decide about it first: no page is made of its file.
    var isApart = false
}

/// Says which page each part of the documents goes to.
struct PagePlan {
    /// A section that the portal has already.
    struct There: Hashable, Sendable {
        var file: String
        var place: String
        var heading: String
        /// The file that has it, and its id there.
        var existing: String
        var id: String
        /// The page that it is on now, beside the other.
        var path: String
    }

    /// A part of a document that the council has word for word.
    struct Same: Hashable, Sendable {
        var file: String
        var heading: String
        var existing: String
    }

    private let portal: Portal
    private let council: Council
    /// Pages that the council has in its folder, and their sections.
    private let own: [SourcePage]
    /// Names of files that an earlier run kept apart.
    private let apartNames: Set<String>
    private var apartPaths: Set<String> = []
    private(set) var pages: [ImportedPage] = []
    /// What the council has word for word: nothing is written of it.
    private(set) var same: [Same] = []
    private(set) var there: [There] = []
    /// What else there is to say of a document, by its path.
    private(set) var losses: [(file: String, note: ForeignDocument.Note)] = []
    /// The page that a document mainly became.
    private(set) var mainPage: [String: String] = [:]

    init(portal: Portal, council: Council, own: [SourcePage], apartNames: Set<String>) {
        self.apartNames = apartNames
        self.portal = portal
        self.council = council
        self.own = own
    }

    /// - Parameters:
    ///   - file: The document's path, as it is reported.
    ///   - relative: The path within the folder that is brought in: a Markdown page keeps it.
    mutating func add(_ outline: DocumentOutline, _ document: ForeignDocument, file: String, relative: String)
    {
        let kind = kind(of: outline, document, relative)
        if kind == .accessibility {
            losses.append(
                (
                    file,
                    .init(
                        place: "the whole document",
                        what:
                            "an accessibility statement: it speaks of the old website, and each site makes its own",
                        text: outline.title)
                ))
            return
        }
        losses += outline.losses.map { (file, $0) }
        var outline = outline
        var settings = document.settings.lines
        if let audience = KindWords.audience(of: outline.title),
            !settings.contains(where: { $0.hasPrefix("audience:") })
        {
            settings.append("audience: \(audience.rawValue)")
        }
        // Parts of other kinds go to their own pages, unless the document is a page already.
        if !document.isPage, outline.sections.count > 2 {
            var kept: [DocumentOutline.Section] = []
            for section in outline.sections {
                // A heading alone is no page: it stays where it was, and is said.
                if !section.blocks.isEmpty, let other = kindOfPart(section, within: kind) {
                    put(section, on: other, file: file)
                } else {
                    kept.append(section)
                }
            }
            outline.sections = kept
        }
        var path = free(path(of: outline, document, kind, relative), file: file)
        // Two documents with one title are two pages; only what is of a kind comes together.
        if path != kind.rawValue, pages.contains(where: { $0.path == path }) {
            path += "-" + Self.slug(DocumentOutline.words(ofName: file))
            var number = 2
            while pages.contains(where: { $0.path == path }) || own.contains(where: { $0.path == path }) {
                path += "-\(number)"
                number += 1
            }
        }
        guard !outline.sections.isEmpty || !outline.introduction.isEmpty else {
            if let elsewhere = pages.first(where: { $0.files.contains(file) }) {
                mainPage[relative] = elsewhere.path
            } else {
                losses.append(
                    (
                        file,
                        .init(
                            place: "the whole document", what: "a title, and nothing below it",
                            text: outline.title)
                    ))
            }
            return
        }
        mainPage[relative] = path
        let isShared = sharedPage(path) != nil
        var page = ImportedPage(
            path: path, kind: kind, title: isShared ? nil : outline.title,
            introduction: outline.introduction,
            sections: outline.sections.map { .init(section: $0, file: file) }, settings: settings,
            files: [file], isOverlay: isShared)
        if isShared, !page.introduction.isEmpty {
            // The opening words of the shared page are not this document's to replace.
            page.sections.insert(
                .init(
                    section: .init(
                        heading: Passage(outline.title), id: nil, blocks: page.introduction,
                        place: page.introduction[0].place), file: file), at: 0)
            page.introduction = []
        }
        append(page)
    }

    // MARK: Kinds

    private func kind(of outline: DocumentOutline, _ document: ForeignDocument, _ relative: String)
        -> PageKind
    {
        if let kind = document.settings.kind.flatMap(PageKind.init) { return kind }
        if document.isPage {
            let path = Self.address(of: relative)
            let known = SourcePage.defaultKind(of: path)
            if known != .page { return known }
        }
        let questions = outline.sections.count { $0.heading.plainText.hasSuffix("?") }
        if questions >= 3, questions * 10 >= outline.sections.count * 6 { return .faq }
        return KindWords.kind(of: outline.title) ?? KindWords.kind(
            of: DocumentOutline.words(ofName: relative)) ?? .page
    }

    private func kindOfPart(_ section: DocumentOutline.Section, within kind: PageKind) -> PageKind? {
        let heading = section.heading.plainText
        if kind == .faq, heading.hasSuffix("?") { return nil }
        guard let other = KindWords.kind(of: heading), other != kind, other != .accessibility else {
            return nil
        }
        if other == .agenda {
            // Only what is counted can be a timeline.
            let isCounted = section.blocks.contains {
                if case .list(let list) = $0.block.content { list.start != nil } else { false }
            }
            if !isCounted { return nil }
        }
        return other
    }

    private mutating func put(_ section: DocumentOutline.Section, on kind: PageKind, file: String) {
        let wanted = kind == .faq ? "faq/" + Self.slug(section.heading.plainText) : kind.rawValue
        let path = free(wanted, file: file)
        let isShared = sharedPage(path) != nil
        let deeper = section.blocks.indices.filter { section.blocks[$0].block.isHeadingOfLevel(3) }
        let before = Array(section.blocks[..<(deeper.first ?? section.blocks.count)])
        var parts: [ImportedPage.Section] = []
        for (number, start) in deeper.enumerated() {
            guard case .heading(_, let heading) = section.blocks[start].block.content else { continue }
            let end = number + 1 < deeper.count ? deeper[number + 1] : section.blocks.count
            let inner = section.blocks[(start + 1)..<end].map { $0.raised }
            parts.append(
                .init(
                    section: .init(
                        heading: heading, id: section.blocks[start].block.attributes?.id, blocks: inner,
                        place: section.blocks[start].place), file: file))
        }
        var page = ImportedPage(
            path: path, kind: kind, title: isShared ? nil : section.heading.plainText, files: [file],
            isOverlay: isShared)
        let isNew = !pages.contains { $0.path == path }
        if isNew, !isShared {
            page.introduction = before
            page.sections = parts
        } else if !before.isEmpty || parts.isEmpty {
            page.sections = [.init(section: section, file: file)]
        } else {
            page.sections = parts
        }
        append(page)
    }

    /// Puts a page beside the others, or what it has on the page of that address.
    private mutating func append(_ page: ImportedPage) {
        var page = page
        page.isApart = apartPaths.contains(page.path)
        guard let index = pages.firstIndex(where: { $0.path == page.path }) else {
            pages.append(page)
            return
        }
        if pages[index].title != page.title, pages[index].title != nil {
            // Two sources share the page: what each began with needs a heading of its own.
            if !pages[index].introduction.isEmpty, let title = pages[index].title,
                let first = pages[index].files.first
            {
                pages[index].sections.insert(
                    .init(
                        section: .init(
                            heading: Passage(title), id: nil, blocks: pages[index].introduction,
                            place: pages[index].introduction[0].place), file: first), at: 0)
                pages[index].introduction = []
            }
            pages[index].title = KindWords.title(of: page.kind)
        }
        if !page.introduction.isEmpty, let title = page.title, let file = page.files.first {
            pages[index].sections.append(
                .init(
                    section: .init(
                        heading: Passage(title), id: nil, blocks: page.introduction,
                        place: page.introduction[0].place), file: file))
        }
        pages[index].sections += page.sections
        for file in page.files where !pages[index].files.contains(file) { pages[index].files.append(file) }
    }

    // MARK: Addresses

    private func sharedPage(_ path: String) -> SourcePage? {
        guard path != "index" else { return nil }
        return portal.sharedPages.first { $0.path == path && council.usesShared(path) }
    }

    /// An address that no file of the council has, and that would not change a shared page unasked.
    private mutating func free(_ wanted: String, file: String) -> String {
        let kind = SourcePage.defaultKind(of: wanted)
        let isTaken =
            own.contains { $0.path == wanted } || wanted == "index" && own.contains { $0.path.isEmpty }
        let changesShared = kind == .page && sharedPage(wanted) != nil
        guard isTaken || changesShared else { return wanted }
        let name = Self.slug(DocumentOutline.words(ofName: file))
        let folder = wanted.hasPrefix("faq/") ? "faq/" : ""
        let base = wanted.hasPrefix("faq/") ? String(wanted.dropFirst(4)) : wanted
        var path =
            base == name || base.hasPrefix(name)
            ? "\(folder)\(base)-imported" : "\(folder)\(base)-from-\(name)"
        if changesShared, !isTaken { path = "\(folder)\(base)-\(council.id)" }
        var number = 2
        let start = path
        while own.contains(where: { $0.path == path }) || apartNames.contains(path)
            || portal.sharedPages.contains(where: { $0.path == path })
        {
            path = "\(start)-\(number)"
            number += 1
        }
        // Beside a page that says the same or another thing, it is not for families to choose.
        if isTaken { apartPaths.insert(path) }
        return path
    }

    private func path(
        of outline: DocumentOutline, _ document: ForeignDocument, _ kind: PageKind, _ relative: String
    ) -> String {
        if document.isPage {
            var path = Self.address(of: relative)
            if path.isEmpty { path = "index" }
            if kind == .faq, path != "faq", !path.hasPrefix("faq/") {
                path = "faq/" + Self.slug(outline.title)
            }
            let first = path.split(separator: "/").first.map(String.init) ?? path
            return portal.languages.contains { $0.tag == first } ? "page-" + path : path
        }
        var slug = Self.slug(outline.title)
        if slug.isEmpty { slug = Self.slug(DocumentOutline.words(ofName: relative)) }
        if slug.isEmpty { slug = "page" }
        switch kind {
        case .faq: return "faq/" + (slug == "faq" ? "questions" : slug)
        case .rights, .complaints, .contacts, .agenda, .glossary: return kind.rawValue
        case .page, .accessibility, .dates, .form, .easy:
            // Words that are folders or pages of the site itself.
            let isTaken =
                ["search", "leaflets", "faq", "assets", "404", "index"].contains(slug)
                || portal.languages.contains { $0.tag == slug }
            return isTaken ? slug + "-page" : slug
        }
    }

    /// `Guides/Your rights.md` is `guides/your-rights`; an index is its folder.
    static func address(of relative: String) -> String {
        var parts = relative.split(separator: "/").map(String.init)
        guard var name = parts.popLast() else { return "" }
        if let dot = name.firstIndex(of: "."), dot != name.startIndex { name = String(name[..<dot]) }
        let slug = Identifier.slug(name)
        // Jekyll's posts begin with their day.
        let plain = slug.replacing(/^\d{4}-\d{2}-\d{2}-(?=.)/, with: "")
        if !["index", "readme", ""].contains(plain) { parts.append(plain) }
        return parts.map(Identifier.slug).filter { !$0.isEmpty }.joined(separator: "/")
    }

    /// An address of a title, cut between words.
    static func slug(_ title: String) -> String {
        let slug = Identifier.slug(title)
        guard slug.count > 50 else { return slug }
        let cut = slug.prefix(50)
        return String(cut.lastIndex(of: "-").map { cut[..<$0] } ?? cut)
    }

    // MARK: What is there already

    /// Takes out what the council has word for word, from an earlier import or by hand.
    mutating func leaveOutKnown(_ known: KnownText, words: ([ForeignDocument.Placed]) -> String) {
        for index in pages.indices {
            let page = pages[index]
            let title = KnownText.words(page.title ?? "")
            func isRelated(_ entry: KnownText.Entry) -> Bool {
                entry.path == page.path || page.path.hasPrefix(entry.path + "-") && !entry.path.isEmpty
                    || entry.path.hasPrefix(page.path + "-from-")
                    || page.kind != .page && entry.path == page.kind.rawValue
                    || entry.title == title && !title.isEmpty
            }
            let opening =
                page.introduction.isEmpty
                ? nil : known.entry("", words(page.introduction), isRelated: isRelated)
            let found = page.sections.map { section in
                known.entry(
                    KnownText.words(section.section.heading.plainText), words(section.section.blocks),
                    isRelated: isRelated)
            }
            let isAllKnown =
                !found.contains { $0 == nil } && (page.introduction.isEmpty || opening != nil)
                && !(found.isEmpty && opening == nil)
            func isKnown(_ entry: KnownText.Entry?) -> Bool {
                entry.map { isAllKnown || isRelated($0) } ?? false
            }
            if isKnown(opening), let opening {
                same.append(
                    Same(
                        file: page.files.first ?? "", heading: page.title ?? page.path,
                        existing: opening.file))
                pages[index].introduction = []
            }
            pages[index].sections = []
            for (section, entry) in zip(page.sections, found) {
                if isKnown(entry), let entry {
                    same.append(
                        Same(
                            file: section.file, heading: section.section.heading.plainText,
                            existing: entry.file))
                } else {
                    pages[index].sections.append(section)
                }
            }
            guard isAllKnown, let there = opening ?? found.compactMap({ $0 }).first else { continue }
            for (document, path) in mainPage where path == page.path { mainPage[document] = there.path }
        }
        pages.removeAll { $0.sections.isEmpty && $0.introduction.isEmpty }
    }

    /// Leaves out a section that stands on its page in the same words already: documents repeat what is to be seen.
    mutating func leaveOutRepeated(words: ([ForeignDocument.Placed]) -> String) {
        for index in pages.indices {
            var seen: Set<String> = []
            pages[index].sections.removeAll { section in
                let heading = section.section.heading.plainText
                let key = heading.lowercased() + "\n" + words(section.section.blocks)
                guard !section.section.blocks.isEmpty, !seen.insert(key).inserted else { return false }
                losses.append(
                    (
                        section.file,
                        .init(
                            place: section.section.place,
                            what: "a section that stands twice in the same words: it is brought in once",
                            text: heading)
                    ))
                return true
            }
        }
    }

    /// Keeps sections apart that the portal has under the same heading: which of the two counts is an editor's to say.
    mutating func keepApart() {
        var apart: [ImportedPage] = []
        for index in pages.indices {
            // Pages whose own file was in the way say so too.
            let kindPage = pages[index].kind == .page ? nil : pages[index].kind.rawValue
            let existing = own.filter { page in
                page.path == kindPage || pages[index].path.hasPrefix(page.path + "-from-")
                    || pages[index].path == page.path + "-imported"
            }
            for section in pages[index].sections {
                guard let found = Self.near(section.section, among: existing.flatMap(\.sections)) else {
                    continue
                }
                there.append(Self.there(section, found, on: pages[index].path))
            }
            guard pages[index].isOverlay, let shared = sharedPage(pages[index].path) else { continue }
            var kept: [ImportedPage.Section] = []
            var away: [ImportedPage.Section] = []
            for section in pages[index].sections {
                if Self.near(section.section, among: shared.sections) != nil {
                    away.append(section)
                } else {
                    kept.append(section)
                }
            }
            guard !away.isEmpty else { continue }
            pages[index].sections = kept
            let name = Self.slug(DocumentOutline.words(ofName: away[0].file))
            var path = "\(pages[index].path)-from-\(name)"
            var number = 2
            while own.contains(where: { $0.path == path }) || pages.contains(where: { $0.path == path })
                || apartNames.contains(path)
            {
                path = "\(pages[index].path)-from-\(name)-\(number)"
                number += 1
            }
            for section in away {
                guard let found = Self.near(section.section, among: shared.sections) else { continue }
                there.append(Self.there(section, found, on: path))
            }
            var page = pages[index]
            page.path = path
            page.isOverlay = false
            page.isApart = true
            page.title = KindWords.title(of: page.kind) + ": " + (council.identity.shortName)
            page.sections = away
            page.files = []
            for section in away where !page.files.contains(section.file) { page.files.append(section.file) }
            apart.append(page)
        }
        pages.removeAll { $0.sections.isEmpty && $0.introduction.isEmpty }
        pages += apart
        pages.sort { $0.path < $1.path }
    }

    private static func there(_ section: ImportedPage.Section, _ found: SourceSection, on path: String)
        -> There
    {
        There(
            file: section.file, place: section.section.place, heading: section.section.heading.plainText,
            existing: found.file, id: found.id, path: path)
    }

    private static func near(_ section: DocumentOutline.Section, among sections: [SourceSection])
        -> SourceSection?
    {
        let id = section.id ?? Identifier.slug(section.heading.plainText)
        for other in sections {
            if NearbySections.isNear(section.heading, id: id, to: other) { return other }
            if let inner = near(section, among: other.children) { return inner }
        }
        return nil
    }
}

extension Council {
    /// Whether the council shows a shared page.
    fileprivate func usesShared(_ path: String) -> Bool {
        switch sharedGuidance {
        case .all: true
        case .only(let names): names.contains(path)
        }
    }
}

extension Block {
    func isHeadingOfLevel(_ wanted: Int) -> Bool {
        if case .heading(let level, _) = content { level == wanted } else { false }
    }
}

extension ForeignDocument.Placed {
    /// A heading one level higher; all else as it is.
    fileprivate var raised: Self {
        guard case .heading(let level, let passage) = block.content else { return self }
        var copy = self
        copy.block = Block(.heading(level: max(2, level - 1), passage), attributes: block.attributes)
        return copy
    }
}
