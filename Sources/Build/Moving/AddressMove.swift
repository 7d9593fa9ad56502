import Guidance
import Markdown
import Translations
import Workspace

/// Gives a page or a section another address, mends all that leads there, and leaves the old address leading on.
///
/// The whole portal is read, changed and read again in memory. Only if it is as sound as before is anything written.
package struct AddressMove: Sendable {
    static let rule = "CannotMove"

    /// What a move comes to.
    package struct Plan: Sendable {
        /// What was done, file by file, in words.
        package var report: [(file: String, notes: [String])] = []
        package var changes = FileChanges()
        package var diagnostics = Diagnostics()
    }

    let root: String
    let files: any FileSystem

    package init(content: String, files: any FileSystem) {
        root = content
        self.files = files
    }

    /// Works out what has to be changed; with errors, nothing is to be.
    ///
    /// - Parameters:
    ///   - old: `rights`, or `rights#supporter`.
    ///   - new: `your-rights`; for a section `rights#who-can-come` or `#who-can-come`.
    ///   - council: The council whose own page or section it is; nil: wherever it is.
    package func plan(from old: String, to new: String, council: String? = nil) -> Plan {
        var plan = Plan()
        do {
            try work(old, new, council, &plan)
        } catch {
            plan.diagnostics.add(error.diagnostic)
        }
        if plan.diagnostics.hasErrors {
            plan.changes = FileChanges()
            plan.report = []
        }
        return plan
    }

    fileprivate struct Refusal: Error {
        var diagnostic: Diagnostic

        init(_ message: String, at location: SourceLocation? = nil, help: String) {
            diagnostic = .error(AddressMove.rule, message, at: location, help: help)
        }

        init(_ diagnostic: Diagnostic) {
            self.diagnostic = diagnostic
        }
    }

    private func work(
        _ old: String, _ new: String, _ council: String?, _ plan: inout Plan
    ) throws(Refusal) {
        guard let before = Snapshot(root: root, files: files) else {
            var problems = Diagnostics()
            _ = Portal.load(from: root, in: files, reporting: &problems)
            plan.diagnostics = problems
            throw Refusal("the portal cannot be read", help: "Mend the errors first.")
        }
        let target = try Target(old, new, council, before)
        var edits: [String: TextEdits] = [:]
        for (path, bytes) in before.texts { edits[path] = TextEdits(file: path, bytes: bytes) }
        var mender = Mender(target: target, root: root, edits: edits)
        for page in before.pages where target.concerns(page.council) {
            mender.mend(
                page.page, of: page.council,
                isMoved: target.owners.contains { $0.page.file == page.page.file })
        }
        for path in before.texts.keys.sorted() where path.hasSuffix(".yml") { mender.mendSettings(path) }
        for owner in target.owners { mender.rename(owner.page) }
        for owner in target.aliasOwners {
            guard mender.leadOn(from: owner.page) else {
                throw Refusal(
                    "the settings at the top of this page are written in a way that cannot be added to",
                    at: SourceLocation(file: owner.page.file),
                    help:
                        "Write \(target.new.section == nil ? "'aliases: []'" : "'moved: {}'") there, and try again."
                )
            }
        }
        if let place = mender.unclear {
            throw Refusal(
                "a link here cannot be mended by a program", at: place,
                help: "Change it by hand first, or write it as [words](page.md#section).")
        }
        edits = mender.edits
        var after = try moved(before, edits, mender.renamed)
        // A section that councils stand on has new words of links, or a new name: they agreed to it all the same.
        mender.agree(before, after)
        edits = mender.edits
        after = try moved(before, edits, mender.renamed)
        let problems = after.newErrors(comparedWith: before, renamed: mender.renamed)
        guard problems.isEmpty else {
            for problem in problems { plan.diagnostics.add(problem) }
            throw Refusal(
                "the portal would have errors that it does not have now, so nothing is moved",
                help: "They are listed with their places; mend what stands in the way first.")
        }
        for (path, edit) in edits.sorted(by: { $0.key < $1.key }) {
            let name = mender.renamed[path]
            guard !edit.isEmpty || name != nil else { continue }
            if (try? files.linkStatus(path))?.map({ $0.kind != .file }) ?? false {
                throw Refusal(
                    "this is a symbolic link, which would become a file of its own",
                    at: SourceLocation(file: path), help: "Put the file itself here first.")
            }
            if !edit.isEmpty { plan.changes.write(edit.result, to: path) }
            if let name { plan.changes.move(path, to: name) }
            let notes = edit.notes.sorted { $0.place < $1.place }.map {
                "line \(edit.lineNumber(of: $0.place)): \($0.text)"
            }
            plan.report.append((path, (name.map { ["is now \($0)"] } ?? []) + notes))
        }
    }

    private func moved(
        _ before: Snapshot, _ edits: [String: TextEdits], _ renamed: [String: String]
    ) throws(Refusal) -> Snapshot {
        let memory = InMemoryFileSystem()
        do {
            for path in before.others { try memory.write([], to: path) }
            for (path, edit) in edits { try memory.write(edit.result, to: renamed[path] ?? path) }
        } catch {
            throw Refusal("\(error)", help: "Try again.")
        }
        guard let after = Snapshot(root: root, memory: memory, others: before.others) else {
            throw Refusal("the portal could not be read afterwards", help: "Nothing was changed.")
        }
        return after
    }

    // MARK: What there is

    /// A portal in memory: its texts, and what it makes of them.
    fileprivate struct Snapshot {
        /// Everything that is written by hand, by path.
        var texts: [String: [UInt8]] = [:]
        /// Files that are only looked for, such as pictures.
        var others: [String] = []
        let portal: Portal
        /// The pages as written, the shared ones first.
        var pages: [(council: String?, page: SourcePage)] = []
        var guidance: [CouncilGuidance] = []
        var diagnostics = Diagnostics()

        init?(root: String, files: any FileSystem) {
            var problems = Diagnostics()
            guard let names = Portal.load(from: root, in: files, reporting: &problems)?.contentFiles else {
                return nil
            }
            let memory = InMemoryFileSystem()
            var others: [String] = []
            for name in names {
                let path = joinPath(root, name)
                let isText = name.hasSuffix(".md") || name.hasSuffix(".yml")
                guard isText, let bytes = try? files.read(path) else {
                    others.append(path)
                    try? memory.write([], to: path)
                    continue
                }
                try? memory.write(bytes, to: path)
            }
            self.init(root: root, memory: memory, others: others)
        }

        init?(root: String, memory: InMemoryFileSystem, others: [String]) {
            self.others = others
            let councils = ((try? memory.list(joinPath(root, "councils"))) ?? [])
                .filter { $0.kind == .directory }.map(\.name)
            guard
                let portal = Portal.load(
                    from: root, in: memory, councils: councils, reporting: &diagnostics)
            else { return nil }
            self.portal = portal
            for name in portal.contentFiles where name.hasSuffix(".md") || name.hasSuffix(".yml") {
                let path = joinPath(root, name)
                texts[path] = try? memory.read(path)
            }
            pages = portal.sharedPages.map { (nil, $0) }
            let resources = LanguageResources(
                language: portal.sourceLanguage, translator: nil, strings: InterfaceStrings([:]), review: nil)
            for council in portal.councils {
                var ignored = Diagnostics()
                for page in portal.loadPages(in: "councils/\(council.id)", memory, reporting: &ignored) {
                    pages.append((council.id, page))
                }
                let own = portal.guidance(of: council, in: memory, reporting: &diagnostics)
                guidance.append(own)
                if let today = CalendarDate("2000-01-01") {
                    _ = portal.editions(
                        of: own, resources: [resources], today: today, reporting: &diagnostics)
                }
            }
        }

        /// Errors that were not there before; lines may be others than they were.
        func newErrors(comparedWith before: Snapshot, renamed: [String: String]) -> [Diagnostic] {
            func key(_ problem: Diagnostic, _ names: [String: String]) -> String {
                let file = problem.location?.file ?? ""
                return "\(problem.rule)\t\(names[file] ?? file)\t\(problem.message)"
            }
            let known = Set(
                before.diagnostics.sorted.filter { $0.severity == .error }.map { key($0, renamed) })
            return diagnostics.sorted.filter { $0.severity == .error && !known.contains(key($0, [:])) }
        }
    }

    // MARK: What is to be moved

    fileprivate struct Target {
        var old: SectionAddress
        var new: SectionAddress
        /// Nil: of every council.
        var council: String?
        /// The pages with the old address, or with the section.
        var owners: [(council: String?, page: SourcePage)] = []
        /// Those that get the line that leads on.
        var aliasOwners: [(council: String?, page: SourcePage)] = []

        /// Whether a council's links, or the shared ones, may lead to it.
        func concerns(_ owner: String?) -> Bool { council == nil || owner == council }

        init(_ oldText: String, _ newText: String, _ council: String?, _ before: Snapshot) throws(Refusal) {
            old = SectionAddress(written: oldText)
            new = SectionAddress(
                written: newText.hasPrefix("#") ? old.written.prefix { $0 != "#" } + newText : newText)
            if let council, before.portal.council(council) == nil {
                throw Refusal(
                    "there is no council '\(council)'",
                    help: didYouMean(council, oneOf: before.portal.councils.map(\.id)))
            }
            self.council = council
            guard old.section?.isEmpty != true, new.section?.isEmpty != true,
                (old.section == nil) == (new.section == nil)
            else {
                throw Refusal(
                    "'\(oldText)' and '\(newText)' are not both pages, or both sections",
                    help:
                        "Name two pages (rights your-rights), or two sections (rights#supporter rights#who-comes)."
                )
            }
            guard old != new else {
                throw Refusal("'\(old.written)' is its address already", help: "Name another one.")
            }
            if old.section == nil { try findPage(before) } else { try findSection(before) }
        }

        private func pages(_ path: String, _ before: Snapshot) -> [(council: String?, page: SourcePage)] {
            before.pages.filter { $0.page.path == path && concerns($0.council) }
        }

        private mutating func findPage(_ before: Snapshot) throws(Refusal) {
            owners = pages(old.path, before)
            let shared = before.portal.sharedPages.first { $0.path == old.path }
            guard !owners.isEmpty else { throw noPage(shared, before) }
            if old.path.isEmpty {
                throw Refusal("the home page has no other address", help: "Rename another page.")
            }
            if let council, let shared {
                throw Refusal(
                    "'\(old.written)' is a shared page, which \(council) only adds to",
                    at: SourceLocation(file: shared.file),
                    help: "Leave --council out, and it moves for everybody.")
            }
            let parts = new.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty && Identifier.slug($0) == $0 }),
                parts.last != "index"
            else {
                throw Refusal(
                    "'\(new.path)' cannot be the address of a page",
                    help: "Use small letters, digits and hyphens, and / for folders.")
            }
            if before.portal.languages.contains(where: { $0.tag == parts[0] }) {
                throw Refusal(
                    "'\(parts[0])' is where the pages in that language are", help: "Choose another address.")
            }
            // A council's page at the new address would become one with it.
            if let taken = before.pages.first(where: {
                $0.page.path == new.path && (concerns($0.council) || $0.council == nil)
            }) {
                throw Refusal(
                    "there is a page '\(new.written)' already", at: SourceLocation(file: taken.page.file),
                    help: "Choose another address, or put the words of one page into the other by hand.")
            }
            for (_, page) in before.pages where !owners.contains(where: { $0.page.file == page.file }) {
                if let alias = page.frontMatter.aliases.first(where: { $0.path == new.path }) {
                    throw Refusal(
                        "'\(new.written)' is an old address of another page", at: alias.location,
                        help: "Choose another address: who has that one is led to the other page.")
                }
            }
            // Laid over the shared page, a council's page has its old addresses too.
            let owner = owners.first { $0.council == nil }
            aliasOwners = owner.map { [$0] } ?? owners
        }

        private func noPage(_ shared: SourcePage?, _ before: Snapshot) -> Refusal {
            Refusal(
                council == nil || shared == nil
                    ? "there is no page '\(old.written)'"
                    : "\(council ?? "") has no page '\(old.written)' of its own",
                help: didYouMean(
                    old.written, among: before.pages.map { SectionAddress($0.page.path).written },
                    otherwise: "'signpost councils' lists what each council says itself.") ?? "")
        }

        private mutating func findSection(_ before: Snapshot) throws(Refusal) {
            guard new.path == old.path, let id = old.section, let name = new.section else {
                throw Refusal(
                    "a section moves to another page by cutting and pasting it",
                    help:
                        "Do that, then add 'moved: {\(old.section ?? ""): \(new.written)}' at the top of the page where it was."
                )
            }
            guard Identifier.isValid(name), name.first != "-" else {
                throw Refusal(
                    "'\(name)' cannot be a section's id",
                    help: "Use letters, digits and hyphens, and start with a letter.")
            }
            let all = before.pages.filter { $0.page.path == old.path }
            owners = all.filter { concerns($0.council) && $0.page.sectionIDs.contains(id) }
            let shared = all.first { $0.council == nil && $0.page.sectionIDs.contains(id) }
            guard !owners.isEmpty else {
                if all.isEmpty { throw noPage(nil, before) }
                throw Refusal(
                    "the page '\(SectionAddress(old.path).written)' has no section '\(id)'",
                    help: didYouMean(
                        id, among: all.flatMap(\.page.sectionIDs), otherwise: "Look into its file.") ?? "")
            }
            if let council, let shared {
                throw Refusal(
                    "'\(old.written)' is a shared section, which \(council) only replaces",
                    at: SourceLocation(file: shared.page.file),
                    help: "Leave --council out, and it moves for everybody.")
            }
            for (_, page) in all where page.sectionIDs.contains(name) {
                let section = page.allSections.first { $0.id == name }
                throw Refusal(
                    "there is a section '\(new.written)' already",
                    at: SourceLocation(file: page.file, range: section?.range), help: "Choose another id.")
            }
            for (_, page) in all {
                if let former = page.frontMatter.formerIDs.first(where: { $0.former.id == name }),
                    former.former.address != old
                {
                    throw Refusal(
                        "'\(name)' was the id of another section, and leads to '\(former.former.address.written)'",
                        at: former.location, help: "Choose another id.")
                }
            }
            let owner = owners.first { $0.council == nil }
            aliasOwners = owner.map { [$0] } ?? owners
        }
    }
}

/// Changes the spots of a portal's files that a move is about.
private struct Mender {
    let target: AddressMove.Target
    let root: String
    var edits: [String: TextEdits]
    /// New names of files.
    var renamed: [String: String] = [:]
    /// A link that the parser reads and that was not found in the text.
    var unclear: SourceLocation?

    init(target: AddressMove.Target, root: String, edits: [String: TextEdits]) {
        self.target = target
        self.root = root
        self.edits = edits
    }

    private var isPageMove: Bool { target.old.section == nil }

    /// The folder of `guidance/` or of a council that a file is below, and its path there.
    private func split(_ file: String) -> (base: String, path: String) {
        let prefix = joinPath(root, "")
        let below =
            file.hasPrefix(prefix + "/")
            ? String(file.dropFirst(prefix.count + 1)) : String(file.dropFirst(prefix.count))
        let parts = below.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let count = parts.first == "guidance" ? 1 : 2
        return (
            joinPath(root, parts.prefix(count).joined(separator: "/")),
            parts.dropFirst(count).joined(separator: "/")
        )
    }

    private func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    // MARK: Links

    /// What a link is to be; nil where it stays.
    private func mended(
        _ destination: String, onPage page: String, in here: String, now: String
    ) -> String? {
        guard Link.scheme(of: destination) == nil, !destination.hasPrefix("//") else { return nil }
        let (written, rest) = PageLink.parts(of: destination)
        let decoded = PageLink.percentDecoded(written)
        var path: String?
        if written.isEmpty {
            path = page
        } else if let full = PageLink.normalize(decoded.hasPrefix("/") ? decoded : joinPath(here, decoded)),
            PageLink.isPage(full)
        {
            path = PageLink.address(of: full)
        }
        if path == target.old.path {
            if isPageMove {
                guard !written.isEmpty else { return nil }
                let name = target.new.path + (decoded.hasSuffix(".md") ? ".md" : "")
                let slash = written.hasSuffix("/") ? "/" : ""
                let start = written.hasPrefix("/") ? "/" : written.hasPrefix("./") && here == now ? "./" : ""
                let shown = written.hasPrefix("/") ? name : PageLink.relative(name, from: now)
                return start + shown + slash + rest
            }
            guard let hash = rest.firstIndex(of: "#"),
                rest[rest.index(after: hash)...] == target.old.section ?? ""
            else { return nil }
            return written + rest[...hash] + (target.new.section ?? "")
        }
        // From another folder, everything is somewhere else.
        guard here != now, !written.isEmpty, !written.hasPrefix("/"),
            let full = PageLink.normalize(joinPath(here, written))
        else { return nil }
        return PageLink.relative(full, from: now) + (written.hasSuffix("/") ? "/" : "") + rest
    }

    /// What the parser reads of a text: the addresses of links and pictures, in order, and all the rest.
    private struct Reading: Equatable {
        var destinations: [String] = []
        var words: [String] = []

        init(_ blocks: [Block]) {
            blocks.forEachPassage { passage in
                words.append(passage.plainText)
                passage.inlines.forEachInline { inline in
                    if case .link(let link) = inline { destinations.append(link.destination.written ?? "") }
                    if case .image(let image) = inline { destinations.append(image.source.written ?? "") }
                    if case .code(let code) = inline { words.append(code) }
                }
            }
            addCode(blocks)
        }

        private mutating func addCode(_ blocks: [Block]) {
            for block in blocks {
                if case .code(_, let text) = block.content { words.append(text) }
                if case .quote(let inner) = block.content { addCode(inner) }
                if case .list(let list) = block.content { for item in list.items { addCode(item.blocks) } }
            }
        }
    }

    mutating func mend(_ page: SourcePage, of council: String?, isMoved: Bool) {
        guard var edit = edits[page.file] else { return }
        let here = folder(split(page.file).path)
        let now = isMoved && isPageMove ? folder(target.new.path) : here
        let body: Int
        switch FrontMatter.find(in: edit.bytes) {
        case .found(_, let start, _): body = start
        case .none: body = 0
        case .unterminated: return
        }
        for range in LinkPlaces(edit.bytes, from: body).ranges {
            let text = String(decoding: edit.bytes[range], as: UTF8.self)
            guard let new = mended(text, onPage: page.path, in: here, now: now), new != text else { continue }
            edit.replace(range, with: new, "\(text) is now \(new)")
        }
        mendFrontMatter(page, &edit)
        if isMoved, !isPageMove { mendHeadings(page.sections, &edit) }
        if !isPageMove, page.path == target.old.path { mendAnchors(page.sections, &edit) }
        // The parser must read the changed text as the same links, changed.
        var ignored = Diagnostics()
        func read(_ bytes: [UInt8]) -> Reading {
            let source = SourceText.check(bytes, path: page.file, reporting: &ignored)
            return Reading(source.map { MarkdownDocument.parse($0, reporting: &ignored).blocks } ?? [])
        }
        var expected = read(edit.bytes)
        expected.destinations = expected.destinations.map {
            mended($0, onPage: page.path, in: here, now: now) ?? $0
        }
        if read(edit.result) != expected {
            let body = edit.lineNumber(of: body)
            unclear = SourceLocation(file: page.file, range: SourceRange(line: body, column: 1))
        }
        edits[page.file] = edit
    }

    private mutating func mendFrontMatter(_ page: SourcePage, _ edit: inout TextEdits) {
        let addresses =
            page.frontMatter.steps + page.frontMatter.gathers
            + page.frontMatter.formerIDs.map { ($0.former.address.written, $0.location) }
        for (address, location) in addresses { mendAddress(address, at: location, &edit) }
    }

    // MARK: Sections

    private func mendHeadings(_ sections: [SourceSection], _ edit: inout TextEdits) {
        guard let old = target.old.section, let new = target.new.section else { return }
        for section in sections {
            if section.id == old {
                mendHeading(section, old, new, "the id '\(old)' is now '\(new)'", &edit)
            } else if section.attributes?.id == nil, isNumbered(section.id, after: old) {
                // Its number says that another section has the id which it would get now.
                mendHeading(section, old, section.id, "the id '\(section.id)' stays", &edit)
            }
            mendHeadings(section.children, &edit)
        }
    }

    private func isNumbered(_ id: String, after old: String) -> Bool {
        id.hasPrefix(old + "-") && Int(id.dropFirst(old.count + 1)) != nil
    }

    private func mendHeading(
        _ section: SourceSection, _ old: String, _ new: String, _ note: String, _ edit: inout TextEdits
    ) {
        if let braces = bytes(of: section.attributes, edit) {
            let id = Array("#\(old)".utf8)
            if section.attributes?.id != nil {
                if let place = word(id, in: braces, edit) {
                    edit.replace(place, with: "#\(new)", note)
                }
            } else if let open = edit.bytes[braces].firstIndex(of: UInt8(ascii: "{")) {
                edit.replace(open + 1..<open + 1, with: "#\(new) ", note)
            }
            return
        }
        guard let range = section.range, let line = edit.line(range.start.line) else { return }
        // After the words, and before the signs that may close a heading.
        var end = line.upperBound
        func trim() {
            while end > line.lowerBound, edit.bytes[end - 1] == 0x20 || edit.bytes[end - 1] == 0x09 {
                end -= 1
            }
        }
        trim()
        let first = edit.bytes[line].first { $0 != 0x20 }
        if first == UInt8(ascii: "#") {
            var signs = end
            while signs > line.lowerBound, edit.bytes[signs - 1] == UInt8(ascii: "#") { signs -= 1 }
            if signs < end, signs > line.lowerBound, edit.bytes[signs - 1] == 0x20 {
                end = signs
                trim()
            }
        }
        edit.replace(end..<end, with: " {#\(new)}", note)
    }

    /// Sections that stand after the one whose id changes.
    private func mendAnchors(_ sections: [SourceSection], _ edit: inout TextEdits) {
        guard let old = target.old.section, let new = target.new.section else { return }
        for section in sections {
            if section.attributes?.after == old, let braces = bytes(of: section.attributes, edit),
                let place = word(Array("after=\(old)".utf8), in: braces, edit)
            {
                edit.replace(place, with: "after=\(new)", "after=\(old) is now after=\(new)")
            }
            mendAnchors(section.children, &edit)
        }
    }

    private func bytes(of attributes: Attributes?, _ edit: TextEdits) -> Range<Int>? {
        guard let range = attributes?.range, let start = edit.offset(of: range.start),
            let line = edit.line(range.start.line),
            let open = edit.bytes[start..<line.upperBound].firstIndex(of: UInt8(ascii: "{")),
            let close = edit.bytes[open..<line.upperBound].firstIndex(of: UInt8(ascii: "}"))
        else { return nil }
        return open..<close + 1
    }

    /// A whole word within braces.
    private func word(_ word: [UInt8], in range: Range<Int>, _ edit: TextEdits) -> Range<Int>? {
        var index = range.lowerBound
        while index + word.count < range.upperBound {
            let end = index + word.count
            let ends: [UInt8] = [0x20, 0x09, UInt8(ascii: "}"), UInt8(ascii: "{")]
            if edit.bytes[index..<end].elementsEqual(word), ends.contains(edit.bytes[end]),
                index == range.lowerBound || ends.contains(edit.bytes[index - 1])
            {
                return index..<end
            }
            index += 1
        }
        return nil
    }

    // MARK: Settings

    /// Changes an address such as `rights#supporter` in YAML, where it is the one that moves.
    @discardableResult
    private func mendAddress(_ text: String, at location: SourceLocation, _ edit: inout TextEdits) -> Bool {
        let address = SectionAddress(written: text)
        guard address.path == target.old.path else { return false }
        var new = address
        if isPageMove {
            new.path = target.new.path
        } else {
            guard address.section == target.old.section else { return false }
            new.section = target.new.section
        }
        let hasEnding = text.prefix { $0 != "#" }.hasSuffix(".md")
        let written = hasEnding ? new.path + ".md" + (new.section.map { "#" + $0 } ?? "") : new.written
        return replace(text, with: written, at: location, &edit)
    }

    @discardableResult
    private func replace(
        _ text: String, with new: String, at location: SourceLocation, _ edit: inout TextEdits
    ) -> Bool {
        guard let range = edit.scalar(text, at: location) else { return false }
        edit.replace(range, with: new, "\(text) is now \(new)")
        return true
    }

    mutating func mendSettings(_ file: String) {
        guard var edit = edits[file] else { return }
        let below = split(file)
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let prefix = joinPath(root, "")
        let inside = String(file.dropFirst(prefix.count).drop { $0 == "/" })
        let council =
            inside.hasPrefix("councils/") ? below.base.split(separator: "/").last.map(String.init) : nil
        guard let root = YAMLReader(file: file).root(String(decoding: edit.bytes, as: UTF8.self)) else {
            return
        }
        if inside == "addresses.yml" || inside.hasPrefix("guidance/") { return }
        if let council, !target.concerns(council) { return }
        if target.council != nil, council == nil, inside != "translations/published.yml" { return }
        func value(_ key: String) -> YAMLValue? { root.entries.first { $0.key == key }?.value }
        func items(_ value: YAMLValue?) -> [YAMLValue] { value.map { $0.isSequence ? $0.list() : [] } ?? [] }
        if inside == "translations/published.yml" {
            for item in root.entries.flatMap({ items($0.value) }) { mendPublished(item, &edit) }
        } else if inside.hasPrefix("search/") {
            for entry in value("also-asked")?.mapping()?.entries ?? [] {
                mendAddress(entry.key, at: entry.keyLocation, &edit)
            }
        } else if inside.hasPrefix("leaflets/") {
            mendLeaflet(root, &edit)
        } else if name == "overrides.yml" {
            for entry in root.entries { mendAddress(entry.key, at: entry.keyLocation, &edit) }
        } else if name == "council.yml" || inside == "portal.yml" {
            let parity = value("parity").flatMap { $0.isMapping ? $0.mapping()?.entries : nil } ?? []
            let neverHeld = parity.first { $0.key == "never-held" }?.value
            for item in items(value("home-questions")) + items(neverHeld) {
                if let text = item.scalarText { mendAddress(text, at: item.location, &edit) }
            }
            for item in items(value("guidance")) where isPageMove {
                if let text = item.scalarText { mendAddress(text, at: item.location, &edit) }
            }
            for rule in value("checks").map({ $0.isMapping ? $0.mapping()?.entries ?? [] : [] }) ?? []
            where rule.value.isMapping {
                let paths = rule.value.mapping()?.entries.first { $0.key == "paths" }?.value
                for entry in paths?.mapping()?.entries ?? [] where isPageMove { mendPath(entry, &edit) }
            }
        }
        // Text among the settings: notices, what a leaflet says, what contacts are for.
        if inside == "portal.yml" || name == "council.yml" || inside.hasPrefix("leaflets/") {
            for range in LinkPlaces(edit.bytes).ranges {
                let text = String(decoding: edit.bytes[range], as: UTF8.self)
                let (written, _) = PageLink.parts(of: text)
                guard !written.isEmpty, let new = mended(text, onPage: "", in: "", now: ""), new != text
                else {
                    continue
                }
                edit.replace(range, with: new, "\(text) is now \(new)")
            }
        }
        edits[file] = edit
    }

    /// `kent/rights`.
    private func mendPublished(_ item: YAMLValue, _ edit: inout TextEdits) {
        guard isPageMove, let text = item.scalarText, let slash = text.firstIndex(of: "/") else { return }
        let council = String(text[..<slash])
        let isOwner = target.owners.contains { $0.council == nil || $0.council == council }
        guard isOwner, text[text.index(after: slash)...] == target.old.path else { return }
        replace(text, with: "\(council)/\(target.new.path)", at: item.location, &edit)
    }

    /// The path of a page's file below the content folder.
    private func mendPath(_ entry: YAMLMapping.Entry, _ edit: inout TextEdits) {
        for owner in target.owners {
            let (base, path) = split(owner.page.file)
            let folder = String(base.dropFirst(joinPath(root, "").count).drop { $0 == "/" })
            if entry.key == "\(folder)/\(path)" {
                replace(
                    entry.key, with: "\(folder)/\(target.new.path).md", at: entry.keyLocation, &edit)
            }
        }
    }

    private func mendLeaflet(_ root: YAMLMapping, _ edit: inout TextEdits) {
        func mendPage(_ value: YAMLValue?) {
            guard isPageMove, let value, let text = value.scalarText else { return }
            mendAddress(text, at: value.location, &edit)
        }
        for entry in root.entries {
            switch entry.key {
            case "page": mendPage(entry.value)
            case "sections" where entry.value.isSequence:
                for part in entry.value.list() where part.isMapping {
                    let fields = part.mapping()?.entries ?? []
                    let page = fields.first { $0.key == "page" }?.value
                    mendPage(page)
                    guard !isPageMove, let name = page?.scalarText,
                        SectionAddress(written: name).path == target.old.path
                    else { continue }
                    for field in fields
                    where ["sections", "without", "optional"].contains(field.key) && field.value.isSequence {
                        for item in field.value.list() where item.scalarText == target.old.section {
                            replace(
                                target.old.section ?? "", with: target.new.section ?? "", at: item.location,
                                &edit)
                        }
                    }
                }
            case "councils" where entry.value.isMapping:
                for council in entry.value.mapping()?.entries ?? [] where council.value.isMapping {
                    let without = council.value.mapping()?.entries.first { $0.key == "without" }?.value
                    guard let without, without.isSequence else { continue }
                    for item in without.list() {
                        if let text = item.scalarText { mendAddress(text, at: item.location, &edit) }
                    }
                }
            default: break
            }
        }
    }

    // MARK: The new name, and the old one

    mutating func rename(_ page: SourcePage) {
        guard isPageMove else { return }
        renamed[page.file] = joinPath(split(page.file).base, target.new.path + ".md")
    }

    /// Leaves the old address leading to the new one; false where the page's settings cannot be added to.
    mutating func leadOn(from page: SourcePage) -> Bool {
        guard var edit = edits[page.file] else { return false }
        defer { edits[page.file] = edit }
        if isPageMove {
            // A page without a kind has that of its name.
            let kind = SourcePage.defaultKind(of: target.old.path)
            let mustBeSaid =
                page.frontMatter.kind == nil && kind != SourcePage.defaultKind(of: target.new.path)
            let setting = mustBeSaid ? "kind: \(kind.rawValue)" : nil
            // Back where it was: the two change places.
            if let back = page.frontMatter.aliases.first(where: { $0.path == target.new.path }) {
                if let setting, !edit.add(setting: setting) { return false }
                return replace(target.new.path, with: target.old.path, at: back.location, &edit)
            }
            return edit.add(target.old.path, to: "aliases", isList: true, besides: setting)
        }
        guard let old = target.old.section else { return false }
        if let back = page.frontMatter.formerIDs.first(where: { $0.former.id == target.new.section }) {
            guard let line = back.location.range?.start.line, let range = edit.line(line),
                let place = Self.find(Array("\(back.former.id):".utf8), in: range, edit.bytes)
            else { return false }
            edit.replace(place, with: "\(old):", "'\(back.former.id)' is now '\(old)' under 'moved'")
            return true
        }
        return edit.add("\(old): \(target.new.written)", to: "moved", isList: false)
    }

    private static func find(_ text: [UInt8], in range: Range<Int>, _ bytes: [UInt8]) -> Range<Int>? {
        var index = range.lowerBound
        while index + text.count <= range.upperBound {
            if bytes[index..<index + text.count].elementsEqual(text) { return index..<index + text.count }
            index += 1
        }
        return nil
    }

    /// Writes the new fingerprints of shared sections that councils had agreed to: nothing but addresses has changed.
    mutating func agree(_ before: AddressMove.Snapshot, _ after: AddressMove.Snapshot) {
        let new = Dictionary(
            after.guidance.map { ($0.council.id, $0.overrides) }, uniquingKeysWith: { first, _ in first })
        for guidance in before.guidance {
            let file = joinPath(root, OverrideRecord.path(of: guidance.council.id))
            guard var edit = edits[file],
                let entries = YAMLReader(file: file).root(String(decoding: edit.bytes, as: UTF8.self))?
                    .entries
            else { continue }
            for override in guidance.overrides {
                guard let shared = override.shared,
                    let entry = entries.first(where: { $0.key == override.key }),
                    entry.value.scalarText == OverrideRecord.text(of: shared)
                else { continue }
                var page = override.page
                var section = override.section
                if page == target.old.path {
                    if isPageMove { page = target.new.path }
                    if !isPageMove, section == target.old.section { section = target.new.section }
                }
                guard
                    let now = new[guidance.council.id]?.first(where: {
                        $0.page == page && $0.section == section
                    })?
                    .shared, now != shared
                else { continue }
                replace(
                    OverrideRecord.text(of: shared), with: OverrideRecord.text(of: now),
                    at: entry.value.location,
                    &edit)
            }
            edits[file] = edit
        }
    }
}

extension AddressMove {
    /// Makes the changes of a plan; says why not, where one of them cannot be made.
    package static func apply(_ changes: FileChanges, in files: some FileSystem) -> Diagnostic? {
        do {
            try changes.apply(in: files)
            return nil
        } catch {
            return .error(
                rule, "a file cannot be changed, so nothing is: \(error.explanation)",
                at: SourceLocation(file: error.path),
                help: "Make the file and its folder writable, and try again.")
        }
    }
}
