import Checks
import Foundation
import Guidance
import Markdown
import Workspace

/// Reads Markdown that was written for another generator, and plain text.
struct TextDocuments: Sendable {
    /// Puts right what can only be meant one way, before the text is read.
    let linter: Linter?
    /// Names of facts and contacts, which stand in braces.
    var names: Set<String> = []

    /// The text of a file: UTF-8 or UTF-16 by its mark, else the code page of Windows.
    static func decoded(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]),
            let text = String(data: Data(bytes), encoding: .utf16)
        {
            return text
        }
        let plain = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        return String(validating: plain, as: UTF8.self)
            ?? String(data: Data(plain), encoding: .windowsCP1252) ?? String(decoding: plain, as: UTF8.self)
    }

    // MARK: Markdown

    func markdown(_ bytes: [UInt8], path: String) throws(UnreadableDocument) -> ForeignDocument {
        var document = ForeignDocument()
        document.isPage = true
        var text = Self.decoded(bytes).replacing("\r\n", with: "\n")
        // Hugo's settings in TOML.
        if text.hasPrefix("+++\n"), let end = text.dropFirst(4).firstRange(of: "\n+++") {
            let settings = text[text.index(text.startIndex, offsetBy: 4)..<end.lowerBound]
            let body = text[end.upperBound...].drop { $0 != "\n" }
            let lines = settings.split(separator: "\n").map { line -> String in
                let parts = line.split(separator: "=", maxSplits: 1).map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                return parts.count == 2 ? "\(parts[0]): \(parts[1])" : "# \(line)"
            }
            // Lines stay where they are, so that places stay true.
            text = "---\n" + lines.joined(separator: "\n") + "\n---" + body
        }
        let plain = ForeignMarkup(text, names: names)
        text = plain.text
        document.losses += plain.losses
        document.leftOut += plain.leftOut
        for _ in 0..<3 {
            guard let linter else { break }
            let problems = linter.problems(in: SourceText(path: path, text: text)).problems
            let fixes = Fixes(text, problems: problems.filter { Fixes.rules.contains($0.rule) })
            guard !fixes.changes.isEmpty else { break }
            text = fixes.text
        }
        var diagnostics = Diagnostics()
        let parsed = MarkdownDocument.parse(SourceText(path: path, text: text), reporting: &diagnostics)
        for problem in diagnostics.sorted where problem.severity == .error || problem.rule == "UnsafeLink" {
            document.losses.append(.init(place: Self.place(problem.location?.range), what: problem.message))
        }
        if let yaml = parsed.frontMatter { try readSettings(yaml, path, &document) }
        for block in parsed.blocks { read(block, &document) }
        return document
    }

    private static func place(_ range: SourceRange?) -> String { "line \(range?.start.line ?? 1)" }

    private func read(_ block: Block, _ document: inout ForeignDocument) {
        let place = Self.place(block.range)
        var pictures = document.pictures
        var losses: [ForeignDocument.Note] = []
        var block = block
        block =
            [block].mapPassages { passage in
                Passage(
                    passage.inlines.mapImages { image in
                        let source = image.source.written ?? ""
                        if Link.scheme(of: source) != nil || source.hasPrefix("//") {
                            losses.append(
                                .init(
                                    place: place,
                                    what: "a picture of another site: fetch it and put it in by hand",
                                    text: [image.alternative, source].filter { !$0.isEmpty }.joined(
                                        separator: " ")))
                            return nil
                        }
                        var image = image
                        let id = pictures.first { $0.source == source }?.id ?? pictures.count
                        if id == pictures.count {
                            let name = source.split(separator: "/").last.map(String.init) ?? source
                            pictures.append(.init(id: id, name: name, source: source))
                        }
                        image.source = .address(PictureAddress.written(id))
                        return image
                    }, translation: .current, range: passage.range)
            }[0]
        document.pictures = pictures
        document.losses += losses
        if case .code(let info, let text) = block.content, !info.isEmpty || text.count > 400 {
            document.losses.append(
                .init(
                    place: place, what: "a listing of code: the page shows it as it is",
                    text: String(text.prefix(100))))
        }
        document.blocks.append(.init(block, place: place))
    }

    private func readSettings(
        _ yaml: String, _ path: String, _ document: inout ForeignDocument
    ) throws(UnreadableDocument) {
        let reader = YAMLReader(file: path, lineOffset: MarkdownDocument.frontMatterLineOffset)
        guard let root = reader.root(yaml) else {
            document.losses.append(.init(place: "line 1", what: "settings that cannot be read", text: yaml))
            return
        }
        var ignored: [String] = []
        for entry in root.entries {
            let text = entry.value.scalarText.map { PlainSigns.of($0) } ?? ""
            switch entry.key.lowercased() {
            case "title": document.title = text.isEmpty ? nil : text
            case "summary", "description", "excerpt":
                if !text.isEmpty {
                    document.settings.lines.append("summary: \(JSONValue.string(text).serialized())")
                }
            case "order", "weight", "nav_order", "menu_order":
                if let number = Int(text), abs(number) <= 10_000 {
                    document.settings.lines.append("order: \(number)")
                }
            case "reviewed", "last_reviewed_on":
                if let date = CalendarDate(text) { document.settings.lines.append("reviewed: \(date)") }
            case "aliases", "redirect_from":
                // Old addresses lead on, where they have the form that they have here.
                let written =
                    entry.value.isSequence ? entry.value.list().compactMap { $0.scalarText } : [text]
                let aliases = written.map { $0.split(separator: "/").joined(separator: "/") }.filter {
                    !$0.isEmpty && !$0.contains { " ?#:\"".contains($0) }
                }
                if !aliases.isEmpty {
                    let list = aliases.map { JSONValue.string($0).serialized() }.joined(separator: ", ")
                    document.settings.lines.append("aliases: [\(list)]")
                }
            case "kind":
                if let kind = PageKind(rawValue: text) {
                    document.settings.kind = kind.rawValue
                } else {
                    ignored.append(entry.key)
                }
            case "audience":
                if let audience = Audience(rawValue: text) {
                    document.settings.lines.append("audience: \(audience.rawValue)")
                } else {
                    ignored.append(entry.key)
                }
            case "draft" where text.lowercased() == "true", "published" where text.lowercased() == "false":
                throw UnreadableDocument(
                    "it is a draft, which its old generator did not publish",
                    help: "Take the line '\(entry.key): \(text)' out of it if it is to be brought in.")
            default: ignored.append(entry.key)
            }
        }
        if !ignored.isEmpty {
            document.leftOut.append(
                .init(
                    place: "line 1", what: "settings of its old generator",
                    text: ignored.joined(separator: ", ")))
        }
    }

    // MARK: Plain text

    func plain(_ bytes: [UInt8]) throws(UnreadableDocument) -> ForeignDocument {
        guard
            !bytes.prefix(4096).contains(0) || bytes.starts(with: [0xFF, 0xFE])
                || bytes.starts(with: [0xFE, 0xFF])
        else { throw UnreadableDocument("it is no text") }
        var document = ForeignDocument()
        let lines = Self.decoded(bytes).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
            .replacing("\u{C}", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        var paragraph: [(number: Int, text: Substring)] = []
        var paragraphs: [[(number: Int, text: Substring)]] = []
        for (index, line) in lines.enumerated() {
            if line.allSatisfy(\.isWhitespace) {
                if !paragraph.isEmpty { paragraphs.append(paragraph) }
                paragraph = []
            } else {
                paragraph.append((index + 1, line.drop { $0.isWhitespace }))
            }
        }
        if !paragraph.isEmpty { paragraphs.append(paragraph) }
        for (index, lines) in paragraphs.enumerated() {
            var lines = lines
            // A line with signs below it, or above and below.
            func isRule(_ text: Substring) -> Bool {
                text.count >= 3 && Set(text.filter { !$0.isWhitespace }).count == 1
                    && "=-_*~#".contains(text.first ?? " ")
            }
            if lines.count > 1, isRule(lines[0].text) { lines.removeFirst() }
            if lines.count >= 2, isRule(lines[1].text) {
                document.blocks.append(
                    .init(
                        Block(
                            .heading(
                                level: lines[1].text.hasPrefix("=") ? 1 : 2, Passage(String(lines[0].text)))),
                        place: "line \(lines[0].number)"))
                lines.removeFirst(2)
            }
            lines.removeAll { isRule($0.text) }
            guard let first = lines.first else { continue }
            if lines.count == 1, isHeading(first.text), index + 1 < paragraphs.count || index == 0 {
                document.blocks.append(
                    .init(
                        Block(.heading(level: index == 0 ? 1 : 2, Passage(String(first.text)))),
                        place: "line \(first.number)"))
                continue
            }
            var inlines: [Inline] = []
            for (index, line) in lines.enumerated() {
                if index > 0 {
                    // Lines that fill their width were wrapped; shorter ones were ended.
                    let wasWrapped = lines[index - 1].text.count >= 55 && !Self.startsItem(line.text)
                    inlines.append(wasWrapped ? .text(" ") : .lineBreak)
                }
                inlines.append(.text(String(line.text)))
            }
            document.blocks.append(.init(Block(.paragraph(Passage(inlines))), place: "line \(first.number)"))
        }
        return document
    }

    private func isHeading(_ text: Substring) -> Bool {
        guard text.count <= 70, let last = text.last, !".,;:!".contains(last), let first = text.first,
            first.isUppercase,
            text.split(separator: " ").count <= 12
        else { return false }
        return FoundData.ways(in: Passage(String(text))).isEmpty
    }

    private static func startsItem(_ text: Substring) -> Bool {
        guard let first = text.first else { return false }
        if first == "o", text.dropFirst().first?.isWhitespace ?? false { return true }
        return !first.isLetter && !first.isNumber && first != "(" && first != "\""
            || first.isNumber && text.prefix(5).contains { $0 == "." || $0 == ")" }
    }
}

extension [Inline] {
    /// The same with everything changed that holds no other text.
    func mapLeaves(_ change: (Inline) -> [Inline]) -> [Inline] {
        flatMap { inline -> [Inline] in
            switch inline {
            case .emphasis(let content): return [.emphasis(content.mapLeaves(change))]
            case .strong(let content): return [.strong(content.mapLeaves(change))]
            case .strikethrough(let content): return [.strikethrough(content.mapLeaves(change))]
            case .link(var link):
                link.content = link.content.mapLeaves(change)
                return [.link(link)]
            case .text, .lineBreak, .code, .image, .footnote, .placeholder, .value: return change(inline)
            }
        }
    }

    /// The same with every picture changed, or taken out.
    func mapImages(_ change: (Inline.Image) -> Inline.Image?) -> [Inline] {
        mapLeaves { inline in
            guard case .image(let image) = inline else { return [inline] }
            return change(image).map { [.image($0)] } ?? []
        }
    }
}
