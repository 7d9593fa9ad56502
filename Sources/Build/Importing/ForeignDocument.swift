import Foundation
import Markdown
import Workspace

/// A document of another program as it was read: its blocks, each with its place, and what was not taken over.
package struct ForeignDocument: Sendable {
    /// A block and where in the document it stood.
    package struct Placed: Sendable {
        package var block: Block
        /// `line 12`, `paragraph 7`, `page 3`.
        package var place: String
        /// A heading that is the title of the document, whatever its level.
        package var isTitle = false
        /// Of its largest letters, in half points, where it is known.
        package var size: Int?

        package init(_ block: Block, place: String, isTitle: Bool = false) {
            self.block = block
            self.place = place
            self.isTitle = isTitle
        }
    }

    /// Something of the document that is not, or not as it was, in the pages.
    package struct Note: Hashable, Sendable, Decodable {
        package var place: String
        /// What it is, in plain words.
        package var what: String
        /// Its words, shortened; whole where they say how to reach somebody.
        package var text: String
        /// Whether a family could reach somebody by its words: such are always shown.
        package var reaches = false

        package init(place: String, what: String, text: String = "", reaches: Bool = false) {
            self.place = place
            self.what = what
            self.text = text
            self.reaches = reaches
        }

        private enum CodingKeys: CodingKey { case place, what, text, reaches }

        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            place = try values.decode(String.self, forKey: .place)
            what = try values.decode(String.self, forKey: .what)
            text = try values.decode(String.self, forKey: .text)
            reaches = try values.decodeIfPresent(Bool.self, forKey: .reaches) ?? false
        }
    }

    /// A picture, with its bytes or with the path by which the document names it.
    package struct Picture: Sendable {
        package var id: Int
        package var name: String
        package var bytes: [UInt8]?
        package var source: String?

        package init(id: Int, name: String, bytes: [UInt8]? = nil, source: String? = nil) {
            self.id = id
            self.name = name
            self.bytes = bytes
            self.source = source
        }
    }

    /// Settings that the document itself has: those of a Markdown page.
    package struct Settings: Sendable {
        package var lines: [String] = []
        package var kind: String?

        package init() {}
    }

    package var title: String?
    package var blocks: [Placed] = []
    package var pictures: [Picture] = []
    /// What a reader of the pages will not find.
    package var losses: [Note] = []
    /// What belongs to the frame of the document, and is not meant to be in the pages.
    package var leftOut: [Note] = []
    /// Lines of the frame that say how to reach somebody: no page has them, but they are proposed as contacts.
    package var around: [Placed] = []
    package var settings = Settings()
    /// Whether it was written as one page already, so that its sections stay together.
    package var isPage = false

    package init() {}
}

/// Why a document cannot be read, and what to do.
package struct UnreadableDocument: Error, Hashable, Sendable {
    package var reason: String
    package var help: String?

    package init(_ reason: String, help: String? = nil) {
        self.reason = reason
        self.help = help
    }
}

/// Reads documents that no Swift code here can read.
package protocol DocumentReader: Sendable {
    func read(_ bytes: [UInt8], _ kind: DocumentKind) async throws(UnreadableDocument) -> ForeignDocument
}

/// The kinds of documents that can be brought in.
package enum DocumentKind: String, CaseIterable, Sendable {
    case docx, html, markdown, text, pdf

    package init?(path: String) {
        switch path.split(separator: "/").last?.split(separator: ".").dropFirst().last?.lowercased() {
        case "docx", "docm", "dotx": self = .docx
        case "html", "htm", "xhtml": self = .html
        case "md", "markdown", "mdown", "mkd", "mdx": self = .markdown
        case "txt", "text": self = .text
        case "pdf": self = .pdf
        default: return nil
        }
    }

    /// What to do about a file of another kind that people have; nil for what is no document.
    package static func help(for path: String) -> String? {
        switch path.split(separator: ".").last?.lowercased() {
        case "doc", "rtf", "odt", "pages", "wps", "pub", "dot":
            "Open it in the program that it was made with, or in LibreOffice, and save it as .docx."
        case "pptx", "ppt", "key", "odp": "Copy the text of its slides into a Word document."
        case "xlsx", "xls", "csv", "ods": "Copy the table into a Word document."
        case "indd", "idml", "ai", "psd": "Ask whoever designed it for the text, or for a PDF."
        case "mht", "mhtml", "webarchive":
            "Open it in a browser, and save it as 'web page, complete', which gives an .html file."
        case "rst", "adoc", "asciidoc", "textile", "org", "wiki", "epub":
            "Convert it to Markdown: pandoc does."
        case "erb", "njk", "liquid", "j2", "haml", "slim", "aspx", "php":
            "It is a template of another program. Open the page that comes of it in a browser, and save that as .html."
        case "eml", "msg": "Save what it has attached, and bring that in."
        default: nil
        }
    }
}

/// Documents read by a worker process in Python, with lxml.
package struct DocumentWorker: DocumentReader {
    private let python: String

    /// - Parameter python: The Python that has the packages of `tools/requirements.txt`.
    package init(python: String) { self.python = python }

    /// What the worker runs: its parts, one after the other.
    private static let script = [
        PackageResources.answer_py, PackageResources.word_py, PackageResources.webpage_py,
        PackageResources.pdf_py, PackageResources.worker_py,
    ].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n\n")

    private struct Answer: Decodable {
        var refused: String?
        var help: String?
        var missing: String?
        var title: String?
        var blocks: [WorkerBlock]?
        var footnotes: [String: [WorkerRun]]?
        var losses: [ForeignDocument.Note]?
        var leftOut: [ForeignDocument.Note]?
        var around: [WorkerBlock]?
        var pictures: [Picture]?
        var base: String?

        struct Picture: Decodable {
            var id: Int
            var name: String
            var source: String?
            var data: Data?
        }
    }

    package func read(
        _ bytes: [UInt8], _ kind: DocumentKind
    ) async throws(UnreadableDocument) -> ForeignDocument {
        let worker: WorkerProcess
        do {
            worker = try WorkerProcess(
                python: python, script: Self.script)
        } catch {
            throw UnreadableDocument("cannot start \(python): \(error.explanation)")
        }
        defer { worker.stop() }
        let job: JSONValue = .object([
            ("kind", .string(kind.rawValue)), ("data", .string(Data(bytes).base64EncodedString())),
        ])
        let line: [UInt8]
        switch await worker.exchange(WorkerProcess.line(job), within: .seconds(180)) {
        case .line(let bytes): line = bytes
        case .late: throw UnreadableDocument("it was not read within three minutes")
        case .ended: throw UnreadableDocument("the program that reads it (\(python)) broke down over it")
        }
        let answer: Answer
        do { answer = try JSONDecoder().decode(Answer.self, from: Data(line)) } catch {
            throw UnreadableDocument("\(python) gave an answer that makes no sense")
        }
        if answer.missing != nil {
            throw UnreadableDocument(
                "Python's package for such files is not there (\(python))",
                help: "Run 'make site', or '\(python) -m pip install lxml==6.1.3'.")
        }
        if let reason = answer.refused { throw UnreadableDocument(reason, help: answer.help) }
        var document = ForeignDocument()
        document.title = answer.title
        document.losses = answer.losses ?? []
        document.leftOut = answer.leftOut ?? []
        document.around = WorkerBlock.placed(answer.around ?? [], footnotes: [:])
        document.pictures = (answer.pictures ?? []).map {
            .init(id: $0.id, name: $0.name, bytes: $0.data.map(Array.init), source: $0.source)
        }
        document.blocks = WorkerBlock.placed(answer.blocks ?? [], footnotes: answer.footnotes ?? [:])
        if let base = answer.base { document.resolveAddresses(against: base) }
        return document
    }
}

/// A run of text as the worker gives it.
struct WorkerRun: Decodable {
    var s: String?
    var b: Int?
    var i: Int?
    var x: Int?
    var l: String?
    var br: Int?
    var img: Int?
    var alt: String?
    var fn: String?

    static func inlines(_ runs: [WorkerRun]) -> [Inline] {
        var result: [Inline] = []
        var index = 0
        while index < runs.count {
            // A link may go over several runs: it is one link.
            if let link = runs[index].l {
                var inner: [Inline] = []
                while index < runs.count, runs[index].l == link {
                    inner += runs[index].plain
                    index += 1
                }
                result.append(.link(.init(destination: .address(link), content: joined(inner))))
            } else {
                result += runs[index].plain
                index += 1
            }
        }
        return joined(result)
    }

    private var plain: [Inline] {
        if br != nil { return [.lineBreak] }
        if let img {
            return [.image(.init(source: .address(PictureAddress.written(img)), alternative: alt ?? ""))]
        }
        if let fn { return [.footnote(fn)] }
        guard let s, !s.isEmpty else { return [] }
        var inline = Inline.text(s)
        // Spaces are never bold: the signs would be shown.
        guard s.contains(where: { !$0.isWhitespace }) else { return [inline] }
        if x != nil { inline = .strikethrough([inline]) }
        if i != nil { inline = .emphasis([inline]) }
        if b != nil { inline = .strong([inline]) }
        return [inline]
    }

    /// Neighbours of one kind made one: `**a****b**` would show its signs.
    private static func joined(_ inlines: [Inline]) -> [Inline] {
        var result: [Inline] = []
        for inline in inlines {
            switch (result.last, inline) {
            case (.text(let a)?, .text(let b)): result[result.count - 1] = .text(a + b)
            case (.strong(let a)?, .strong(let b)): result[result.count - 1] = .strong(joined(a + b))
            case (.emphasis(let a)?, .emphasis(let b)): result[result.count - 1] = .emphasis(joined(a + b))
            default: result.append(inline)
            }
        }
        return result
    }
}

/// What stands for a picture of a document until it has a place in the portal.
enum PictureAddress {
    static func written(_ id: Int) -> String { "picture:\(id)" }

    static func id(_ address: String) -> Int? {
        address.hasPrefix("picture:") ? Int(address.dropFirst("picture:".count)) : nil
    }
}

/// A block as the worker gives it: lists are flat, each item with its depth.
struct WorkerBlock: Decodable {
    var k: String
    var p: String
    var t: [WorkerRun]?
    var level: Int?
    var title: Bool?
    var ordered: Bool?
    var start: Int?
    var kind: String?
    var group: Int?
    var text: String?
    var rows: [[[WorkerRun]]]?
    var head: Bool?
    var size: Int?

    private var passage: Passage { Passage(WorkerRun.inlines(t ?? [])) }

    static func placed(_ blocks: [WorkerBlock], footnotes: [String: [WorkerRun]]) -> [ForeignDocument.Placed]
    {
        var result: [ForeignDocument.Placed] = []
        var index = 0
        while index < blocks.count {
            let block = blocks[index]
            switch block.k {
            case "h":
                result.append(
                    .init(
                        Block(.heading(level: block.level ?? 2, block.passage)), place: block.p,
                        isTitle: block.title ?? false))
            case "li", "lc":
                let end = blocks[index...].firstIndex { $0.k != "li" && $0.k != "lc" } ?? blocks.count
                result += lists(blocks[index..<end]).map { .init(Block(.list($0)), place: block.p) }
                index = end - 1
            case "quote", "callout":
                let end =
                    blocks[index...].firstIndex { $0.k != block.k || $0.group != block.group } ?? blocks.count
                let inner = blocks[index..<end].map { Block(.paragraph($0.passage)) }
                result.append(
                    .init(
                        block.k == "quote"
                            ? Block(.quote(inner))
                            : Block(.callout(Callout.nearest(to: block.kind ?? "note"), inner)),
                        place: block.p))
                index = end - 1
            case "code":
                result.append(.init(Block(.code(info: "", text: block.text ?? "")), place: block.p))
            case "table": result.append(.init(table(block), place: block.p))
            default:
                var placed = ForeignDocument.Placed(Block(.paragraph(block.passage)), place: block.p)
                placed.size = block.size
                result.append(placed)
            }
            index += 1
        }
        return withFootnotes(result, footnotes)
    }

    private static func table(_ block: WorkerBlock) -> Block {
        var rows = (block.rows ?? []).map { $0.map { Passage(WorkerRun.inlines($0)) } }
        let width = rows.map(\.count).max() ?? 0
        for index in rows.indices {
            rows[index] += Array(repeating: Passage([]), count: width - rows[index].count)
        }
        let header = rows.isEmpty ? [] : rows.removeFirst()
        return Block(
            .table(
                .init(alignments: Array(repeating: .none, count: width), header: header, rows: rows)))
    }

    /// Items with their depths as lists in lists; where numbers and bullets change, another list begins.
    private static func lists(_ items: ArraySlice<WorkerBlock>) -> [Block.List] {
        var result: [Block.List] = []
        var rest = items
        let depth = rest.first?.level ?? 0
        while let item = rest.first {
            rest = rest.dropFirst()
            let deeper = rest.prefix { ($0.level ?? 0) > depth && $0.k == "li" || $0.k == "lc" }
            rest = rest.dropFirst(deeper.count)
            var blocks = item.t == nil ? [] : [Block(.paragraph(item.passage))]
            var inner = deeper
            while let next = inner.first {
                if next.k == "lc" && (next.level ?? 0) <= depth {
                    blocks.append(Block(.paragraph(next.passage)))
                    inner = inner.dropFirst()
                } else {
                    let nested = inner.prefix { ($0.level ?? 0) > depth }
                    guard !nested.isEmpty else {
                        blocks.append(Block(.paragraph(next.passage)))
                        inner = inner.dropFirst()
                        continue
                    }
                    blocks += lists(nested).map { Block(.list($0)) }
                    inner = inner.dropFirst(nested.count)
                }
            }
            let isOrdered = item.ordered ?? false
            if let last = result.last, (last.start != nil) == isOrdered,
                !isOrdered || (item.start ?? 1) != 1
            {
                result[result.count - 1].items.append(.init(blocks: blocks))
            } else {
                result.append(
                    .init(start: isOrdered ? item.start ?? 1 : nil, items: [.init(blocks: blocks)]))
            }
        }
        return result
    }

    /// Puts the text of each footnote after the last block of the section that refers to it.
    private static func withFootnotes(
        _ blocks: [ForeignDocument.Placed], _ footnotes: [String: [WorkerRun]]
    ) -> [ForeignDocument.Placed] {
        guard !footnotes.isEmpty else { return blocks }
        var result: [ForeignDocument.Placed] = []
        var waiting: [ForeignDocument.Placed] = []
        for placed in blocks {
            if case .heading = placed.block.content {
                result += waiting
                waiting = []
            }
            result.append(placed)
            for label in placed.block.footnoteLabels where !waiting.contains(where: { $0.isNote(label) }) {
                waiting.append(
                    .init(
                        Block(
                            .footnote(
                                label: label,
                                [
                                    Block(.paragraph(Passage(WorkerRun.inlines(footnotes[label] ?? []))))
                                ])), place: placed.place))
            }
        }
        return result + waiting
    }
}

extension ForeignDocument.Placed {
    fileprivate func isNote(_ label: String) -> Bool {
        if case .footnote(label, _) = block.content { true } else { false }
    }
}

extension Block {
    /// The footnotes that its text refers to.
    var footnoteLabels: [String] {
        var labels: [String] = []
        [self].forEachPassage { passage in
            passage.inlines.forEachInline { if case .footnote(let label) = $0 { labels.append(label) } }
        }
        return labels
    }
}

extension ForeignDocument {
    /// Makes addresses that a web page gives relative to itself whole ones, where the page says what its own is.
    fileprivate mutating func resolveAddresses(against base: String) {
        guard let base = URL(string: base), base.scheme == "https" || base.scheme == "http" else { return }
        for index in blocks.indices {
            blocks[index].block =
                [blocks[index].block].mapPassages { passage in
                    Passage(
                        passage.inlines.mapLinks { link in
                            guard let written = link.destination.written, written.hasPrefix("/"),
                                let whole = URL(string: written, relativeTo: base)?.absoluteString
                            else { return [.link(link)] }
                            var link = link
                            link.destination = .address(whole)
                            return [.link(link)]
                        })
                }[0]
        }
    }
}

extension [Inline] {
    /// The same with every link changed, inner ones first.
    func mapLinks(_ change: (Inline.Link) -> [Inline]) -> [Inline] {
        flatMap { inline -> [Inline] in
            switch inline {
            case .emphasis(let content): return [.emphasis(content.mapLinks(change))]
            case .strong(let content): return [.strong(content.mapLinks(change))]
            case .strikethrough(let content): return [.strikethrough(content.mapLinks(change))]
            case .link(let link):
                var link = link
                link.content = link.content.mapLinks(change)
                return change(link)
            case .text, .lineBreak, .code, .image, .footnote, .placeholder, .value: return [inline]
            }
        }
    }
}
