import Markdown
import Workspace

/// A Markdown file as written: front matter read, headings made into a tree of sections.
public struct SourcePage: Sendable {
    /// The page's address below a council: `rights`, `faq/the-plan`; empty for `index.md`.
    public var path: String
    /// The path of its file, as the user would type it.
    public var file: String
    public var frontMatter: FrontMatter
    /// From the front matter or the level-1 heading.
    public var title: Passage?
    public var introduction: [Block]
    public var sections: [SourceSection]
    /// Blocks about which a rule is to say nothing.
    package var silences: [Silence] = []

    /// As the front matter says, or as its name does.
    package var kind: PageKind { frontMatter.kind ?? Self.defaultKind(of: path) }

    public struct FrontMatter: Sendable {
        public var kind: PageKind?
        public var audience: Audience?
        package var reader: YoungReader?
        public var summary: Passage?
        public var order: Int?
        public var reviewed: CalendarDate?
        /// Months.
        public var reviewEvery: Int?
        /// When a family needs the page.
        public var stage: Stage?
        /// Pages and sections that the page leads through, in order: `prepare`, `faq/my-children#take-children`.
        public var steps: [(address: String, location: SourceLocation)] = []
        /// What a page of easy words brings together, in order; empty: whatever no other page does.
        package var gathers: [(address: String, location: SourceLocation)] = []
        /// Who has tried a page in easy words.
        package var testers: [EasyTester] = []
        public var aliases: [(path: String, location: SourceLocation)] = []
        /// Ids that sections of the page had, and where their words are now.
        package var formerIDs: [(former: FormerID, location: SourceLocation)] = []
        /// Settings of other generators, which do nothing here.
        var foreign: [(key: String, value: String?, location: SourceLocation)] = []
    }
}

/// A heading and what stands under it, before conditions and facts are resolved.
public struct SourceSection: Sendable {
    public var id: String
    /// Whether the id is written in the source, rather than made from the heading.
    public var hasExplicitID: Bool
    public var level: Int
    public var heading: Passage
    public var attributes: Attributes?
    public var blocks: [Block]
    public var children: [SourceSection]
    public var alsoAsked: [String]
    public var file: String
    public var range: SourceRange?

    /// A fingerprint of everything a reader could see of this section.
    public var fingerprint: ContentHash { ContentHash(canonicalText) }

    private var canonicalText: String {
        var text = "\(id)\n\(heading.markdown)\n"
        for condition in attributes?.conditions ?? [] {
            text += "\(condition.subject) \(condition.isNegated)\n"
        }
        if let deadline = attributes?.deadline { text += "deadline \(deadline)\n" }
        if let answer = attributes?.answer { text += "answer \(answer)\n" }
        text += Self.canonical(blocks)
        // The words of a council that stand here instead have easy words of their own, or none.
        for child in children where !child.isEasy { text += child.canonicalText }
        return text
    }

    private static func canonical(_ blocks: [Block]) -> String {
        var text = ""
        for block in blocks {
            for condition in block.attributes?.conditions ?? [] {
                text += "\(condition.subject) \(condition.isNegated)\n"
            }
            switch block.content {
            case .list(let list):
                for item in list.items {
                    for condition in item.attributes?.conditions ?? [] {
                        text += "\(condition.subject) \(condition.isNegated)\n"
                    }
                    text += "- " + canonical(item.blocks)
                }
            case .quote(let inner): text += "> " + canonical(inner)
            case .callout(let kind, let inner): text += "> [!\(kind.rawValue)] " + canonical(inner)
            case .footnote(let label, let inner): text += "[^\(label)]: " + canonical(inner)
            case .code(let info, let code): text += info + "\n" + code
            case .paragraph(let passage), .heading(_, let passage): text += passage.markdown + "\n"
            case .table(let table):
                for cell in table.header + table.rows.flatMap({ $0 }) { text += cell.markdown + "|" }
            case .thematicBreak: text += "---\n"
            }
        }
        return text
    }
}

extension SourcePage {
    /// Reads one page.
    ///
    /// - Parameters:
    ///   - relativePath: The file's path below `guidance/` or `councils/<id>/`: `faq/the-plan.md`.
    static func read(
        _ source: SourceText, relativePath: String, reporting diagnostics: inout Diagnostics
    ) -> SourcePage? {
        guard let path = address(of: relativePath, file: source.path, reporting: &diagnostics) else {
            return nil
        }
        let document = MarkdownDocument.parse(source, reporting: &diagnostics)
        var page = SourcePage(
            path: path, file: source.path, frontMatter: FrontMatter(), title: nil, introduction: [],
            sections: [])
        page.silences = document.blocks.silences(in: source.path)
        if let yaml = document.frontMatter {
            page.readFrontMatter(yaml, reporting: &diagnostics)
        }
        var blocks = document.blocks[...]
        if case .heading(1, let heading)? = blocks.first?.content {
            if let hidden = HiddenCharacters.first(in: heading.plainText) {
                let location = SourceLocation(file: source.path, range: blocks.first?.range)
                diagnostics.add(HiddenCharacters.problem(hidden, in: "the title", at: location))
            }
            if let title = page.title {
                page.compare(title, with: heading, at: blocks.first?.range, reporting: &diagnostics)
            } else {
                page.title = heading
            }
            blocks = blocks.dropFirst()
        }
        var builder = SectionBuilder(file: source.path)
        builder.add(blocks)
        (page.introduction, page.sections) = builder.finish()
        diagnostics.add(builder.diagnostics)
        page.checkFormerIDs(reporting: &diagnostics)
        return page
    }

    /// The front matter's title stands above the page, so what only the heading says is read by nobody.
    private func compare(
        _ title: Passage, with heading: Passage, at range: SourceRange?,
        reporting diagnostics: inout Diagnostics
    ) {
        let known = Set(Identifier.slug(title.plainText).split(separator: "-"))
        let lost = Identifier.slug(heading.plainText).split(separator: "-").filter { !known.contains($0) }
        guard let first = lost.first else { return }
        diagnostics.add(
            .warning(
                "HiddenHeading",
                "readers see 'title: \(title.plainText)' instead of this heading, and nowhere the word '\(first)'",
                at: SourceLocation(file: file, range: range),
                help:
                    "Write the same in both, take the title out of the settings, or make this heading a paragraph."
            ))
    }

    /// The address a file's name gives: `Faq/My page.md` is `faq/my-page`.
    static func address(
        of relativePath: String, file: String, reporting diagnostics: inout Diagnostics
    ) -> String? {
        var parts = relativePath.split(separator: "/").map(String.init)
        guard var name = parts.popLast() else { return nil }
        if name.hasSuffix(".md") { name.removeLast(3) }
        // As Middleman names its pages: `rights.html.md`.
        if name.hasSuffix(".html") { name.removeLast(5) }
        if Identifier.slug(name) != "index" || name.isEmpty { parts.append(name) }
        let slugs = parts.map(Identifier.slug)
        guard !slugs.contains("") else {
            diagnostics.add(
                .error(
                    "InvalidFileName", "no address can be made from this file's name",
                    at: SourceLocation(file: file), help: "Rename it with letters, digits and hyphens."))
            return nil
        }
        return slugs.joined(separator: "/")
    }

    private mutating func readFrontMatter(_ yaml: String, reporting diagnostics: inout Diagnostics) {
        let reader = YAMLReader(file: file, lineOffset: MarkdownDocument.frontMatterLineOffset)
        if var mapping = reader.root(yaml) {
            title = mapping.value("title")?.passage()
            frontMatter.kind = mapping.value("kind")?.choice(PageKind.self)
            frontMatter.audience = mapping.value("audience")?.choice(Audience.self)
            frontMatter.reader = mapping.value("reader")?.choice(YoungReader.self)
            frontMatter.summary = mapping.value("summary")?.passage()
            frontMatter.order = mapping.value("order")?.int(in: -10_000...10_000)
            frontMatter.reviewed = mapping.value("reviewed")?.date()
            frontMatter.reviewEvery = mapping.value("review-every")?.months()
            frontMatter.stage = mapping.value("stage")?.choice(Stage.self)
            frontMatter.steps = mapping.value("steps")?.addresses() ?? []
            frontMatter.gathers = mapping.value("gathers")?.addresses() ?? []
            frontMatter.testers = mapping.value("tested-with").map(EasyTester.read) ?? []
            for alias in mapping.value("aliases")?.oneOrMore() ?? [] {
                guard let written = alias.string() else { continue }
                let text = written.lowercased()
                if text != written {
                    reader.add(
                        .warning(
                            "InvalidAlias",
                            "the old address '\(written)' has capital letters, and addresses of this site have none",
                            at: alias.location,
                            help: "It leads on as '\(FormerAddress.plain(text))'. Write that."))
                }
                if let fault = FormerAddress.fault(in: text, ofPage: path) {
                    reader.add(.error("InvalidAlias", fault.message, at: alias.location, help: fault.help))
                    continue
                }
                frontMatter.aliases.append((FormerAddress.plain(text), alias.location))
            }
            for entry in mapping.value("moved")?.mapping()?.entries ?? [] {
                guard let text = entry.value.string() else { continue }
                guard Identifier.isValid(entry.key) else {
                    reader.add(
                        .error(
                            "InvalidAlias", "'\(entry.key)' cannot have been a section's id",
                            at: entry.keyLocation,
                            help: "Write the old id without #, and where it is now: 'old-id: page#new-id'."))
                    continue
                }
                frontMatter.formerIDs.append(
                    (FormerID(id: entry.key, address: SectionAddress(written: text)), entry.value.location))
            }
            let known = mapping
            var foreign: [(key: String, value: String?, location: SourceLocation)] = []
            mapping.finish { entry in
                guard ForeignKeys.known.contains(entry.key) || !known.isNearMiss(entry.key) else {
                    return false
                }
                foreign.append((entry.key, entry.value.scalarText, entry.keyLocation))
                return true
            }
            frontMatter.foreign = foreign
        }
        diagnostics.add(reader.diagnostics)
    }

    /// The kind that a page has without front matter.
    package static func defaultKind(of path: String) -> PageKind {
        if path == "faq" || path.hasPrefix("faq/") { return .faq }
        return PageKind(rawValue: path) ?? .page
    }
}

extension YAMLValue {
    /// A list of pages and sections of an edition: `rights#supporter`.
    func addresses() -> [(address: String, location: SourceLocation)] {
        list().compactMap { item in item.string().map { ($0, item.location) } }
    }

    /// A length of time in whole months: `12 months` or `1 year`.
    func months() -> Int? {
        let parts = (scalarText ?? "").split(separator: " ")
        if parts.count == 2, let amount = Int(parts[0]), (1...1200).contains(amount) {
            switch parts[1] {
            case "month", "months": return amount
            case "year", "years": return amount * 12
            default: break
            }
        }
        reader.add(
            .error(
                "WrongType", "expected a length of time such as '12 months', found '\(scalarText ?? "")'",
                at: location))
        return nil
    }
}

extension Block {
    fileprivate var isHeading: Bool { if case .heading = content { true } else { false } }

    /// The phrases of a paragraph that starts `Also asked:`.
    fileprivate var alsoAsked: [String]? {
        guard case .paragraph(let passage) = content, case .text(let start)? = passage.inlines.first,
            start.utf8.starts(with: "Also".utf8)
        else { return nil }
        let text = passage.plainText
        guard text.hasPrefix("Also asked:") else { return nil }
        return text.dropFirst("Also asked:".count).split(whereSeparator: { ";?".contains($0) })
            .map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
    }
}

/// Makes a tree of sections from a flat run of blocks.
private struct SectionBuilder {
    let file: String
    var diagnostics = Diagnostics()
    private var introduction: [Block] = []
    private var top: [SourceSection] = []
    /// Sections that are still open, outermost first, with the level each was written at.
    private var open: [(written: Int, section: SourceSection)] = []
    private var usedIDs: [String: SourceRange?] = [:]
    /// The number to try next for headings with the same words.
    private var nextNumber: [String: Int] = [:]

    init(file: String) {
        self.file = file
    }

    mutating func add(_ blocks: ArraySlice<Block>) {
        var rest = blocks
        while let block = rest.first {
            if case .heading(let level, let heading) = block.content {
                start(level, heading, block)
                rest = rest.dropFirst()
                continue
            }
            // All blocks up to the next heading at once.
            let end = rest.firstIndex(where: \.isHeading) ?? rest.endIndex
            if open.isEmpty { introduction += rest[..<end] } else { append(rest[..<end]) }
            rest = rest[end...]
        }
    }

    mutating func finish() -> ([Block], [SourceSection]) {
        close(downTo: 0)
        return (introduction, top)
    }

    private mutating func append(_ blocks: ArraySlice<Block>) {
        let last = open.count - 1
        var blocks = blocks
        while let asked = blocks.first?.alsoAsked {
            open[last].section.alsoAsked += asked
            blocks = blocks.dropFirst()
        }
        open[last].section.blocks += blocks
    }

    private mutating func start(_ level: Int, _ heading: Passage, _ block: Block) {
        let location = SourceLocation(file: file, range: block.range)
        if level == 1 {
            diagnostics.add(
                .warning(
                    "ExtraTitle", "a page has one level-1 heading, its title; this one is shown at level 2",
                    at: location, help: "Write ## instead of #."))
        }
        let written = max(2, level)
        while let last = open.last, last.written >= written { close(downTo: open.count - 1) }
        let parent = open.last?.written ?? 1
        if written > parent + 1 {
            diagnostics.add(
                .warning(
                    "HeadingLevelSkipped",
                    "this heading skips a level; it is shown at level \(open.count + 2)",
                    at: location, help: "Write \(String(repeating: "#", count: open.count + 2)) instead."))
        }
        if let hidden = HiddenCharacters.first(in: heading.plainText) {
            diagnostics.add(HiddenCharacters.problem(hidden, in: "the heading", at: location))
        }
        let (id, explicit) = identify(heading, block, location)
        open.append(
            (
                written,
                SourceSection(
                    id: id, hasExplicitID: explicit, level: min(6, open.count + 2), heading: heading,
                    attributes: block.attributes, blocks: [], children: [], alsoAsked: [], file: file,
                    range: block.range)
            ))
    }

    private mutating func identify(
        _ heading: Passage, _ block: Block, _ location: SourceLocation
    ) -> (String, Bool) {
        if let id = block.attributes?.id {
            if let first = usedIDs[id] {
                diagnostics.add(
                    .error(
                        "DuplicateID", "two sections of this page have the id '\(id)'", at: location,
                        help: "Give one of them another id.",
                        related: [
                            Diagnostic.Related("the first one", at: SourceLocation(file: file, range: first))
                        ]))
            }
            usedIDs[id] = block.range
            return (id, true)
        }
        var base = Identifier.slug(heading.plainText)
        if base.isEmpty { base = "section" }
        var id = base
        var number = 2
        if usedIDs[id] != nil {
            // From where the last search for this name ended: thousands of headings may be the same.
            number = nextNumber[base] ?? number
            repeat {
                id = "\(base)-\(number)"
                number += 1
            } while usedIDs[id] != nil
            nextNumber[base] = number
        }
        usedIDs[id] = block.range
        return (id, false)
    }

    private mutating func close(downTo count: Int) {
        while open.count > count, let (_, section) = open.popLast() {
            if open.isEmpty {
                top.append(section)
            } else {
                open[open.count - 1].section.children.append(section)
            }
        }
    }
}
