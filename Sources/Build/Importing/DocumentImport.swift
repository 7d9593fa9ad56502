import Checks
import Foundation
import Guidance
import Markdown
import Workspace

/// Brings documents that a council has into its pages.
///
/// Everything is read and planned first, and tried on the portal in memory; `write` then makes the files. No file that is
/// there is ever changed.
package struct DocumentImport: Sendable {
    /// Where problems of an import itself are.
    static let rule = "CannotImport"

    /// Files in one run; a folder with more is hardly guidance.
    static let mostFiles = 500
    /// Bytes of one document.
    static let mostBytes = 64 << 20

    package struct Outcome: Sendable {
        package struct Written: Sendable {
            package var path: String
            package var bytes: [UInt8]
        }

        /// What there is to say of one document.
        package struct Source: Sendable {
            package var file: String
            package var pages: [String] = []
            package var losses: [ForeignDocument.Note] = []
            package var leftOut: [ForeignDocument.Note] = []
            /// Why nothing of it came over.
            package var refusal: UnreadableDocument?
        }

        package struct Page: Sendable {
            /// The file's path, as it is written.
            package var file: String
            package var kind: PageKind
            package var title: String?
            package var headings: [String]
            package var words: Int
            package var sources: [String]
            package var isOverlay: Bool
            /// Whether its file is one that no page is made of.
            package var isApart: Bool
        }

        package struct Picture: Sendable {
            package var file: String
            package var source: String
            package var place: String
            package var needsAlternative: Bool
        }

        /// What the council has word for word.
        package struct Same: Sendable {
            package var heading: String
            package var source: String
            package var existing: String
        }

        /// A document that was brought in before, as it is now.
        package struct Before: Sendable {
            package var source: String
            package var day: String
            /// What it became, below the council's folder.
            package var pages: [String]
        }

        package struct There: Sendable {
            package var heading: String
            package var source: String
            package var place: String
            package var existing: String
            package var id: String
            package var page: String
        }

        package var council = ""
        package var sources: [Source] = []
        package var pages: [Page] = []
        package var pictures: [Picture] = []
        package var there: [There] = []
        package var same: [Same] = []
        package var before: [Before] = []
        package var data: DataProposals?
        package var dataFile: String?
        package var files: [Written] = []
        /// Errors that the portal would have with these files, and has not now; and warnings about their text.
        package var problems = Diagnostics()
        package var isWritten = false
        /// What is noted of the documents, for the next time: what its file is to hold, and what it held when it was
        /// read; nil where there was none.
        fileprivate var record: (file: String, bytes: [UInt8], before: [UInt8]?)?
        /// Every file that is written.
        package var targets: [String] {
            files.isEmpty ? [] : files.map(\.path) + [record?.file].compactMap(\.self)
        }
    }

    private let settings: SiteSettings
    private let files: any FileSystem
    private let reader: any DocumentReader

    package init(settings: SiteSettings, files: any FileSystem, reader: any DocumentReader) {
        self.settings = settings
        self.files = files
        self.reader = reader
    }

    /// Reads a document or a folder of them, and says what would come of it.
    ///
    /// - Parameter again: Whether documents that were brought in before come once more.
    package func plan(_ path: String, council id: String, again: Bool = false) async -> Outcome {
        var outcome = Outcome()
        outcome.council = id
        var diagnostics = Diagnostics()
        var settings = settings
        settings.councils = [id]
        let model = await SiteModel.load(settings, in: files, reporting: &diagnostics)
        guard let model, let council = model.portal.council(id) else {
            // Which says so as well where there is no such council.
            outcome.problems = Diagnostics(diagnostics.sorted.filter { $0.severity == .error })
            return outcome
        }
        var ignored = Diagnostics()
        let own = model.portal.loadPages(in: "councils/\(id)", files, reporting: &ignored)
        let found = find(path)
        outcome.sources = found.others
        guard !found.documents.isEmpty else {
            if found.others.isEmpty {
                outcome.problems.add(
                    .error(
                        Self.rule, "there is no document here", at: SourceLocation(file: path),
                        help: "Documents are .docx, .html, .md, .txt and .pdf."))
            }
            return outcome
        }
        var documents: [(file: String, relative: String, document: ForeignDocument)] = []
        let names = Set(model.portal.knownFacts).union(
            model.portal.knownContacts.union(council.ownContacts.map(\.id)).map { "contact \($0)" })
        let texts = TextDocuments(linter: model.linter, names: names)
        let folder = joinPath(settings.content, "councils/\(id)")
        let recordFile = joinPath(folder, ImportRecord.path)
        let recorded: [UInt8]?
        do throws(FileError) {
            recorded = try self.recorded(recordFile)
        } catch {
            // Without it, nobody knows what has been brought in already.
            outcome.problems.add(
                .error(
                    Self.rule, "cannot read what has been brought in before: \(error.explanation)",
                    at: SourceLocation(file: recordFile),
                    help:
                        "Put a readable file in its place, or take it away: then every document comes again."
                ))
            return outcome
        }
        let record = ImportRecord(recorded.map { String(decoding: $0, as: UTF8.self) } ?? "")
        var hashes: [String: String] = [:]
        var former: [String: String] = [:]
        for (file, relative, kind) in found.documents {
            do throws(UnreadableDocument) {
                let bytes = try bytes(of: file)
                let hash = ContentHash(bytes).description
                if !again, let entry = record.entry(hash) {
                    outcome.before.append(.init(source: file, day: entry.day, pages: entry.pages))
                    if let page = entry.pages.first(where: { !$0.hasPrefix(ContentTree.setApart + "/") }) {
                        former[relative] = String(page.dropLast(3))
                    }
                    continue
                }
                let document = try await read(bytes, file, kind, texts)
                hashes[file] = hash
                documents.append((file, relative, Tidying(document).document))
            } catch {
                outcome.sources.append(.init(file: file, refusal: error))
            }
        }
        assemble(documents, root: found.root, former, model, council, own, &outcome)
        await tryOut(&outcome, council, settings)
        var noted = record
        for source in outcome.sources {
            guard let hash = hashes[source.file], !source.pages.isEmpty else { continue }
            noted.add(
                hash, Self.name(source.file), on: "\(settings.today)",
                pages: source.pages.map { String($0.dropFirst(folder.count + 1)) })
        }
        outcome.record = (recordFile, Array(noted.text.utf8), recorded)
        outcome.sources.sort { $0.file < $1.file }
        return outcome
    }

    /// The record of what was brought in; nil where there is none.
    ///
    /// A link is none: writing through it, or in its place, would change what somebody keeps elsewhere.
    private func recorded(_ path: String) throws(FileError) -> [UInt8]? {
        guard let found = try files.linkStatus(path) else { return nil }
        switch found.kind {
        case .file: return try files.read(path)
        case .directory: throw FileError(path, .isADirectory)
        case .other: throw FileError(path, .other("it is no file of its own, but a link or something else"))
        }
    }

    /// Makes the files of a plan; all, or none.
    package func write(_ outcome: inout Outcome) {
        var made: [String] = []
        if let record = outcome.record, !outcome.files.isEmpty {
            do throws(FileError) {
                guard try recorded(record.file) == record.before else {
                    throw FileError(record.file, .other("somebody has changed it in the meantime"))
                }
            } catch {
                outcome.problems.add(Self.unwritable(record.file, error))
                return
            }
        }
        for file in outcome.files {
            do throws(FileError) {
                // Somebody may have made it in the meantime.
                guard !files.exists(file.path) else {
                    throw FileError(file.path, .other("there is a file already"))
                }
                if let slash = file.path.lastIndex(of: "/") {
                    try files.makeDirectory(String(file.path[..<slash]))
                }
                try files.write(file.bytes, to: file.path)
                made.append(file.path)
            } catch {
                for path in made { try? files.removeFile(path) }
                outcome.problems.add(Self.unwritable(file.path, error))
                return
            }
        }
        if let record = outcome.record, !outcome.files.isEmpty {
            do throws(FileError) {
                if let slash = record.file.lastIndex(of: "/") {
                    try files.makeDirectory(String(record.file[..<slash]))
                }
                try files.write(record.bytes, to: record.file)
            } catch {
                for path in made { try? files.removeFile(path) }
                outcome.problems.add(Self.unwritable(record.file, error))
                return
            }
        }
        outcome.isWritten = true
    }

    private static func unwritable(_ path: String, _ error: FileError) -> Diagnostic {
        .error(
            rule, "cannot write this file: \(error.explanation); nothing was written",
            at: SourceLocation(file: path), help: "Make room for it, and try again.")
    }

    // MARK: Finding and reading

    private struct Found {
        var root: String
        var documents: [(file: String, relative: String, kind: DocumentKind)] = []
        var others: [Outcome.Source] = []
    }

    private func find(_ path: String) -> Found {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let status = (try? files.status(path)) ?? nil
        guard status?.kind == .directory else {
            let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
            var found = Found(root: folder.isEmpty && path.hasPrefix("/") ? "/" : folder)
            let name = path.split(separator: "/").last.map(String.init) ?? path
            if status == nil {
                found.others.append(.init(file: path, refusal: .init("there is no such file")))
            } else if let kind = DocumentKind(path: path) {
                found.documents.append((path, name, kind))
            } else {
                found.others.append(.init(file: path, refusal: Self.unknown(path)))
            }
            return found
        }
        var found = Found(root: path)
        func walk(_ relative: String, depth: Int) {
            let folder = joinPath(path, relative)
            for entry in (try? files.list(folder)) ?? []
            where !entry.name.hasPrefix(".") && !entry.name.hasPrefix("~$") {
                let child = relative.isEmpty ? entry.name : relative + "/" + entry.name
                let full = joinPath(path, child)
                switch entry.kind {
                case .directory:
                    // What a browser saves beside a page, and what other programs keep.
                    if entry.name.hasSuffix("_files") || entry.name.hasSuffix(".files")
                        || entry.name == "node_modules" || depth > 12
                    {
                        continue
                    }
                    walk(child, depth: depth + 1)
                case .file:
                    if let kind = DocumentKind(path: child) {
                        if found.documents.count < Self.mostFiles {
                            found.documents.append((full, child, kind))
                        } else {
                            found.others.append(
                                .init(
                                    file: full,
                                    refusal: .init(
                                        "it is one of more than \(Self.mostFiles) documents",
                                        help: "Bring in one folder after the other.")))
                        }
                    } else if DocumentKind.help(for: child) != nil {
                        found.others.append(.init(file: full, refusal: Self.unknown(full)))
                    }
                case .symbolicLink:
                    found.others.append(
                        .init(
                            file: full,
                            refusal: .init(
                                "it is a symbolic link, which is not followed", help: "Name what it leads to."
                            )))
                case .other: break
                }
            }
        }
        walk("", depth: 0)
        return found
    }

    private static func unknown(_ path: String) -> UnreadableDocument {
        .init(
            "files of this kind are not read",
            help: DocumentKind.help(for: path) ?? "Documents are .docx, .html, .md, .txt and .pdf.")
    }

    private func bytes(of file: String) throws(UnreadableDocument) -> [UInt8] {
        let size = ((try? files.status(file)) ?? nil)?.size ?? 0
        guard size <= Self.mostBytes else {
            throw UnreadableDocument(
                "it is larger than \(Self.mostBytes >> 20) MB", help: "Save it with smaller pictures.")
        }
        do { return try files.read(file) } catch { throw UnreadableDocument(error.explanation) }
    }

    private func read(
        _ bytes: [UInt8], _ file: String, _ kind: DocumentKind, _ texts: TextDocuments
    ) async throws(UnreadableDocument) -> ForeignDocument {
        switch kind {
        case .markdown: return try texts.markdown(bytes, path: file)
        case .text: return try texts.plain(bytes)
        case .docx, .html, .pdf: return try await reader.read(bytes, kind)
        }
    }

    // MARK: Pages

    private func assemble(
        _ documents: [(file: String, relative: String, document: ForeignDocument)], root: String,
        _ former: [String: String], _ model: SiteModel, _ council: Council, _ own: [SourcePage],
        _ outcome: inout Outcome
    ) {
        let folder = joinPath(settings.content, "councils/\(council.id)")
        let apart = joinPath(folder, ContentTree.setApart)
        var known = KnownText()
        for page in own { add(page.file, path: page.path, to: &known) }
        var apartNames: Set<String> = []
        for name in markdown(in: apart) {
            let path = String(name.dropLast(3))
            apartNames.insert(path)
            add(joinPath(apart, name), path: path, to: &known)
        }
        var plan = PagePlan(portal: model.portal, council: council, own: own, apartNames: apartNames)
        var data = DataProposals(council, in: model.portal)
        for (file, relative, document) in documents {
            let outline = DocumentOutline(document, path: file)
            plan.add(outline, document, file: file, relative: relative)
            data.read(outline.introduction, heading: outline.title, file: Self.name(file))
            for section in outline.sections {
                data.read(section.blocks, heading: section.heading.plainText, file: Self.name(file))
            }
            data.read(document.around, heading: outline.title, file: Self.name(file))
        }
        let names = Set(model.portal.knownFacts).union(
            model.portal.knownContacts.union(council.ownContacts.map(\.id)).map { "contact \($0)" })
        let finder = data.finder
        func words(_ placed: [ForeignDocument.Placed]) -> String {
            let blocks = placed.map(\.block).mapPassages {
                Passage(finder.referring($0.inlines).tidied)
            }
            return KnownText.words(MarkdownText(blocks, names: names).text)
        }
        plan.leaveOutRepeated(words: words)
        plan.leaveOutKnown(known.referring(finder), words: words)
        outcome.same = plan.same.map { .init(heading: $0.heading, source: $0.file, existing: $0.existing) }
        plan.keepApart()
        var pictures = PictureStore(
            folder: joinPath(folder, "pictures"), root: root, files: files,
            documents: documents.map { ($0.file, $0.document.pictures) })
        var links = LinkMender(
            website: council.identity.website,
            pages: plan.mainPage.filter { main in
                !plan.pages.contains { $0.path == main.value && $0.isApart }
                    && !apartNames.contains(main.value)
            }.merging(former) { now, _ in now },
            documents: Dictionary(documents.map { ($0.file, $0.relative) }) { first, _ in first })
        for page in plan.pages {
            let target = joinPath(page.isApart ? apart : folder, page.path + ".md")
            let text = PageText(page, names: names) { block, file, place in
                let isHeading = if case .heading = block.content { true } else { false }
                return [block].mapPassages { passage in
                    let linked = passage.inlines.mapLinks {
                        links.mended($0, on: page, file: file, place: place)
                    }
                    let referring = isHeading ? linked : data.finder.referring(linked)
                    return Passage(
                        referring.mapImages { pictures.placed($0, on: page.path, file: file, place: place) }
                            .tidied)
                }[0]
            }
            outcome.files.append(.init(path: target, bytes: Array(text.text.utf8)))
            outcome.pages.append(
                .init(
                    file: target, kind: page.kind, title: page.title,
                    headings: page.sections.map { $0.section.heading.plainText },
                    words: text.text.split(whereSeparator: \.isWhitespace).count, sources: page.files,
                    isOverlay: page.isOverlay, isApart: page.isApart))
        }
        for there in plan.there {
            let isApart = plan.pages.contains { $0.path == there.path && $0.isApart }
            outcome.there.append(
                .init(
                    heading: there.heading, source: there.file, place: there.place, existing: there.existing,
                    id: there.id, page: joinPath(isApart ? apart : folder, there.path + ".md")))
        }
        outcome.files += pictures.files.map { .init(path: $0.path, bytes: $0.bytes) }
        outcome.pictures = pictures.shown
        for (file, _, document) in documents {
            let extra =
                plan.losses.filter { $0.file == file }.map(\.note)
                + links.losses.filter { $0.file == file }.map(\.note)
                + pictures.losses.filter { $0.file == file }.map(\.note)
            outcome.sources.append(
                .init(
                    file: file, pages: outcome.pages.filter { $0.sources.contains(file) }.map(\.file),
                    losses: Self.merged(document.losses + extra), leftOut: document.leftOut))
        }
        // What was proposed before, and not taken over yet, is not proposed again.
        for name in (try? files.list(folder)) ?? []
        where name.name.hasPrefix("proposed") && name.name.hasSuffix(".yml") {
            guard let bytes = try? files.read(joinPath(folder, name.name)) else { continue }
            data.leaveOut(proposedIn: String(decoding: bytes, as: UTF8.self))
        }
        outcome.data = data
        if !data.isEmpty {
            let sources = Self.sourceNames(documents.map { Self.name($0.file) }, council: council)
            var path = joinPath(folder, "proposed.yml")
            var number = 2
            while files.exists(path) {
                path = joinPath(folder, "proposed-\(number).yml")
                number += 1
            }
            outcome.dataFile = path
            outcome.files.append(.init(path: path, bytes: Array(data.fragment(sources: sources).utf8)))
        }
    }

    private func add(_ file: String, path: String, to known: inout KnownText) {
        guard let bytes = try? files.read(file) else { return }
        known.add(TextDocuments.decoded(bytes), path: path, file: file)
    }

    /// The Markdown files below a folder, by their paths there.
    private func markdown(in folder: String, below: String = "") -> [String] {
        ((try? files.list(joinPath(folder, below))) ?? []).flatMap { entry -> [String] in
            let path = joinPath(below, entry.name)
            switch entry.kind {
            case .directory: return markdown(in: folder, below: path)
            case .file: return path.hasSuffix(".md") ? [path] : []
            case .symbolicLink, .other: return []
            }
        }
    }

    private static func name(_ file: String) -> String {
        file.split(separator: "/").last.map(String.init) ?? file
    }

    /// The same thing at one place once.
    private static func merged(_ notes: [ForeignDocument.Note]) -> [ForeignDocument.Note] {
        var seen: Set<ForeignDocument.Note> = []
        return notes.filter { seen.insert($0).inserted }
    }

    /// Short names for documents as sources.
    private static func sourceNames(_ files: [String], council: Council) -> [String: String] {
        var names: [String: String] = [:]
        var used: Set<String> = []
        for file in files {
            let base = PagePlan.slug(DocumentOutline.words(ofName: file))
            var name = base.isEmpty ? "document" : base
            var number = 2
            while !used.insert(name).inserted {
                name = "\(base)-\(number)"
                number += 1
            }
            names[file] = name
        }
        return names
    }

    // MARK: Trying it

    /// Checks the portal as it would be.
    private func tryOut(_ outcome: inout Outcome, _ council: Council, _ settings: SiteSettings) async {
        let texts = outcome.files
        guard !texts.isEmpty else { return }
        var settings = settings
        settings.readsEverything = true
        settings.languages = []
        let changed = Dictionary(texts.map { ($0.path, $0.bytes) }) { first, _ in first }
        let after = await CheckRun(settings: settings, files: TrialFileSystem(files, with: changed)).portal()
        if after.hasErrors {
            // Those that are there already are not the import's.
            let before = await CheckRun(settings: settings, files: files).portal()
            outcome.problems.add(ContentTrial.newErrors(in: after, before: before))
        }
        outcome.problems.add(
            after.sorted.filter { problem in
                problem.severity == .warning && changed[problem.location?.file ?? ""] != nil
            })
    }
}

/// A page's text, made of its parts.
struct PageText {
    let text: String

    init(
        _ page: ImportedPage, names: Set<String>,
        change: (_ block: Block, _ file: String, _ place: String) -> Block
    ) {
        var settings = page.settings
        if SourcePage.defaultKind(of: page.path == "index" ? "" : page.path) != page.kind {
            settings.insert("kind: \(page.kind.rawValue)", at: 0)
        }
        var blocks: [Block] = []
        var notes = 0
        var used: Set<String> = []
        /// A heading's own id, unless another has it, or it is of those that the theme keeps for itself.
        func id(_ written: String?, _ heading: Passage) -> String? {
            let id = written.flatMap { used.contains($0) || $0.hasPrefix("_") ? nil : $0 }
            used.insert(id ?? Identifier.slug(heading.plainText))
            return id
        }
        if let title = page.title {
            blocks.append(Block(.heading(level: 1, Passage([Inline.text(title)].tidied))))
        }
        func add(_ placed: [ForeignDocument.Placed], _ file: String) {
            // Footnotes of several documents may have the same label.
            let labels = placed.compactMap {
                if case .footnote(let label, _) = $0.block.content { label } else { nil }
            }
            var renamed: [String: String] = [:]
            for label in labels where renamed[label] == nil {
                notes += 1
                renamed[label] = "\(notes)"
            }
            var defined: Set<String> = []
            for placed in placed {
                // Two parts of a section may refer to one footnote.
                if case .footnote(let label, _) = placed.block.content, !defined.insert(label).inserted {
                    continue
                }
                var block = change(placed.block.withFootnotes(renamed), file, placed.place)
                if case .heading(_, let heading) = block.content {
                    block.attributes = id(block.attributes?.id, heading).map { Attributes(id: $0) }
                }
                if !block.isEmpty { blocks.append(block) }
            }
        }
        add(page.introduction, page.files.first ?? "")
        var lines: [String] = []
        func flush() {
            if !blocks.isEmpty { lines.append(MarkdownText(blocks, names: names).text) }
            blocks = []
        }
        for section in page.sections {
            flush()
            let heading = MarkdownText(
                [Block(.heading(level: 2, Passage(section.section.heading.inlines.asHeading)))], names: names
            ).text.dropLast()
            let id = id(section.section.id, section.section.heading).map { " {#\($0)}" } ?? ""
            lines.append(heading + id + "\n")
            add(section.section.blocks, section.file)
        }
        flush()
        let front = settings.isEmpty ? "" : "---\n" + settings.joined(separator: "\n") + "\n---\n\n"
        text = front + lines.joined(separator: "\n")
    }
}

extension Block {
    /// The same with other labels of footnotes; a footnote whose text is not in the section is taken out.
    fileprivate func withFootnotes(_ labels: [String: String]) -> Block {
        var block = [self].mapPassages { passage in
            Passage(
                passage.inlines.mapLeaves { inline in
                    guard case .footnote(let label) = inline else { return [inline] }
                    return labels[label].map { [.footnote($0)] } ?? []
                })
        }[0]
        if case .footnote(let label, let inner) = block.content {
            block.content = .footnote(label: labels[label] ?? label, inner)
        }
        return block
    }
}
