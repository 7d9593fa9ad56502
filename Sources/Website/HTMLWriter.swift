import Guidance
import Markdown
import Translations

/// What text needs to know about the page it stands on.
struct PageSetting: Sendable {
    /// From the page's folder to the folder of its edition: `../`.
    var editionRoot: String
    /// From the page's folder to the top of the site: `../../`.
    var siteRoot: String
    /// The page's path within its edition.
    var path: String
    var edition: EditionSetting
}

/// What text needs to know about its edition.
final class EditionSetting: Sendable {
    let language: Language
    let sourceLanguage: Language
    /// Paths of the pages that are published.
    let paths: Set<String>
    /// The same council in the source language, for pages that this language does not have.
    let source: (base: String, paths: Set<String>)?
    /// The edition's own pages, where the paths are those of its pages side by side with another language.
    let alone: (base: String, paths: Set<String>)?
    /// Published paths of images and other files, by their path below the content folder.
    let files: [String: ContentFile]
    let strings: InterfaceStrings
    /// How text in the edition's language is shown, and how text in the source language is.
    let text: TextSetting
    let sourceText: TextSetting
    // Looked up once; they stand on every page.
    let externalNote: [UInt8]
    let languageNote: [UInt8]
    /// The source language's name in the edition's language; its own name, marked, where that is not known.
    let sourceName: [UInt8]
    /// Its own name, marked.
    private let ownSourceName: [UInt8]
    let yourTurn: [UInt8]
    let tableName: StringTemplate
    let footnote: StringTemplate
    let fallbackAttributes: [UInt8]
    let words: ExplainedWords
    let runs: TextRuns.Memo

    var isTranslated: Bool { language != sourceLanguage }

    init(
        language: Language, sourceLanguage: Language, paths: Set<String>,
        source: (base: String, paths: Set<String>)?, alone: (base: String, paths: Set<String>)? = nil,
        files: [String: ContentFile],
        strings: InterfaceStrings, latin: Language, words: ExplainedWords = .none,
        runs: TextRuns.Memo = TextRuns.Memo()
    ) {
        self.words = words
        self.runs = runs
        self.language = language
        self.sourceLanguage = sourceLanguage
        self.paths = paths
        self.source = source
        self.alone = alone
        self.files = files
        self.strings = strings
        let text = TextSetting(language, latin: latin)
        self.text = text
        sourceText = TextSetting(sourceLanguage, latin: latin)
        let direction = sourceLanguage.direction.rawValue
        let isTranslated = language != sourceLanguage
        fallbackAttributes = Array(
            " class=\"fallback\" lang=\"\(sourceLanguage.tag)\" dir=\"\(direction)\"".utf8)
        ownSourceName = Array(
            (isTranslated
                ? "<bdi lang=\"\(sourceLanguage.tag)\" dir=\"\(direction)\">\(sourceLanguage.nativeName)</bdi>"
                : sourceLanguage.nativeName).utf8)
        sourceName = sourceLanguage.name(in: language).map { TextRuns.html($0, text) } ?? ownSourceName
        func note(_ word: Word, _ start: String, _ values: [String: [UInt8]] = [:]) -> [UInt8] {
            Array(" \(start)(".utf8) + HTML.fill(StringTemplate(strings[word]), values, text)
                + Array(")</span>".utf8)
        }
        externalNote = note(.externalLink, "<span class=\"external-note\">")
        let isOwn = strings.untranslated.contains(Word.inLanguage.rawValue)
        languageNote = note(
            .inLanguage, "<span class=\"language-note\">",
            ["language": isOwn ? ownSourceName : sourceName])
        tableName = StringTemplate(strings[.table])
        footnote = StringTemplate(strings[.footnote])
        yourTurn =
            Array("<span class=\"turn\">".utf8) + TextRuns.html(strings[.yourTurn], text)
            + Array("</span> ".utf8)
    }
}

extension EditionSetting {
    /// A string of the interface as HTML, with HTML for its parameters.
    func fill(_ word: Word, _ values: [String: [UInt8]] = [:]) -> [UInt8] {
        HTML.fill(StringTemplate(strings[word]), values, text)
    }

    /// A sentence with the name of the source language: in the page's language, unless the sentence is not.
    func fillWithSourceName(_ word: Word) -> [UInt8] {
        let isOwn = strings.untranslated.contains(word.rawValue)
        return fill(word, ["language": isOwn ? ownSourceName : sourceName])
    }
}

/// A file of the content folder that is published with the site.
struct ContentFile: Hashable, Sendable {
    /// Within the site.
    var path: String
    var size: ImageSize?
    /// Bytes.
    var count = 0
}

extension ContentFile {
    /// `PDF, 240 kB`: what it is, and what it costs a reader who pays for each byte.
    var cost: String {
        let ending = path.split(separator: ".").last.map { $0.uppercased() } ?? ""
        let size =
            count < 999_500 ? "\(max(1, (count + 500) / 1000)) kB" : "\((count + 500_000) / 1_000_000) MB"
        return ending.isEmpty ? size : "\(ending), \(size)"
    }
}

enum HTML {
    static func escape(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return bytes
    }

    static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { append($0, to: &bytes) }
    }

    /// Appends text with the five characters escaped that mean something in HTML.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        var start = 0
        var index = 0
        func flush() {
            if index > start { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index])) }
        }
        while index < text.count {
            // No character with a meaning comes after `>`.
            guard text[index] <= UInt8(ascii: ">"), let entity = entity(text[index]) else {
                index += 1
                continue
            }
            flush()
            entity.withUTF8Buffer { bytes.append(contentsOf: $0) }
            index += 1
            start = index
        }
        flush()
    }

    /// Appends an address of e-mail or the web, which breaks after its signs and nowhere else.
    static func appendAddress(_ text: String, to bytes: inout [UInt8]) {
        guard text.contains("@") || text.contains("."), !text.contains(" ") else {
            return append(text, to: &bytes)
        }
        var rest = Substring(text)
        while let place = rest.firstIndex(where: { "@./-".contains($0) }),
            place < rest.index(before: rest.endIndex)
        {
            // Two slashes are one sign.
            let end = rest[place...].firstIndex { !"@./-".contains($0) } ?? rest.endIndex
            append(String(rest[..<end]), to: &bytes)
            rest = rest[end...]
            if !rest.isEmpty { bytes += Array("<wbr>".utf8) }
        }
        append(String(rest), to: &bytes)
    }

    static func entity(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        // No text holds it, and it marks the slots of the layout.
        case 0: "\u{FFFD}"
        default: nil
        }
    }

    /// A string with its parameters filled in with HTML.
    static func fill(_ text: String, _ values: [String: [UInt8]]) -> [UInt8] {
        fill(StringTemplate(text), values)
    }

    /// - Parameter setting: How the words are shown; nil for an attribute, which has no elements.
    static func fill(
        _ template: StringTemplate, _ values: [String: [UInt8]], _ setting: TextSetting? = nil
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in template.parts {
            switch part {
            case .text(let text):
                if let setting { TextRuns.write(text, setting, to: &bytes) } else { append(text, to: &bytes) }
            case .parameter(let name):
                if let value = values[name] { bytes += value } else { append("{\(name)}", to: &bytes) }
            }
        }
        return bytes
    }
}

/// Writes blocks and running text as HTML.
struct HTMLWriter {
    private(set) var bytes: [UInt8] = []
    let setting: PageSetting
    let kind: PageKind
    /// How passages related to the page's language, seen so far.
    private(set) var sawMissing = false
    private(set) var sawReplaced = false
    private(set) var sawStale = false
    private let isTranslated: Bool
    /// Links cannot stand in links.
    private var isInLink = false
    /// An element around already has the language of the fallback.
    private var isInFallback = false
    /// The state that the last notice told of, so that it is not repeated for each of several passages.
    private var notedState = TranslationState.current
    private var section = ""
    private var isInBlock = false
    /// Ids that sections had before, by what they are now.
    var formerIDs: [String: [String]] = [:]
    /// The next paragraph is the first of an answer.
    private var startsAnswer = false
    /// Whether footnotes have numbers, and their texts come at the end of the page.
    private var hasNumberedFootnotes = false
    /// The words that this page has explained; nil on a page whose words stay as they are.
    var explained: Set<Int>?
    /// Within text that is read on, not a heading.
    private var isRunning = false
    /// A value stands directly before the text.
    private var followsValue = false
    /// How often the text has referred to each footnote, by its number.
    private var footnoteReferences: [String: Int] = [:]
    /// The page in a second language, of which every passage stands beside the same one in the page's own.
    var second: SecondText?
    /// Where this writes a second language: the numbers of the page's footnotes, by those of the text.
    private var footnoteNumbers: [String: String]?

    init(_ setting: PageSetting, kind: PageKind = .page) {
        self.setting = setting
        self.kind = kind
        isTranslated = setting.edition.isTranslated
    }

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    /// What was written so far, leaving nothing.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    mutating func write(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ html: [UInt8]) { bytes.append(contentsOf: html) }

    /// Text of an attribute, or other text without isolation.
    mutating func writeEscaped(_ text: String) { HTML.append(text, to: &bytes) }
}

// MARK: - Blocks

extension HTMLWriter {
    mutating func write(_ blocks: [Block], headingLevel: Int = 2) {
        for block in blocks { write(block, headingLevel: headingLevel) }
    }

    private mutating func write(_ block: Block, headingLevel: Int) {
        if case .callout(let kind, let blocks) = block.content {
            return write(kind, blocks, headingLevel: headingLevel)
        }
        // Notices stand between the outermost blocks; what is inside a list or a table belongs to its block.
        let isOutermost = !isInBlock
        var wholeIsFallback = false
        if isTranslated && isOutermost { wholeIsFallback = noteTranslation(of: block) }
        isInBlock = true
        let wasRunning = isRunning
        isRunning = if case .heading = block.content { false } else { true }
        defer {
            if isOutermost { isInBlock = false }
            isRunning = wasRunning
        }
        switch block.content {
        case .paragraph(let passage):
            let isAnswer = isOutermost && startsAnswer
            startsAnswer = false
            let isSplit = kind == .faq && isOutermost
            let isPictured = isOutermost && openPictured(block)
            if let figure = passage.figure, figure.caption != nil || figure.image.recording != nil,
                let path = path(of: figure.image)
            {
                pair(passage) { writer, passage in
                    guard let figure = passage.figure else {
                        return writer.writeParagraphs(passage, isSplit: false, isAnswer: false)
                    }
                    writer.write(figure, file: path, passage)
                }
            } else {
                pair(passage) { $0.writeParagraphs($1, isSplit: isSplit, isAnswer: isAnswer) }
            }
            if isPictured { write("</div></div>\n") }
        case .heading(_, let passage):
            let level = min(6, headingLevel)
            pairHeading(passage) { writer in
                writer.writeOpenHeading(level, id: block.attributes?.id)
                writer.writeSpan(passage)
                writer.writeCloseHeading(level)
            }
        case .list(let list):
            enclose(wholeIsFallback) { $0.write(list, headingLevel: headingLevel, isFallback: $1) }
        case .quote(let blocks):
            enclose(wholeIsFallback) { writer, isFallback in
                writer.write("<blockquote")
                if isFallback { writer.write(writer.setting.edition.fallbackAttributes) }
                writer.write(">\n")
                writer.write(blocks, headingLevel: headingLevel)
                writer.write("</blockquote>\n")
            }
        case .callout: break
        case .footnote(_, let blocks): write(blocks, headingLevel: headingLevel)
        case .code(_, let text):
            write("<pre dir=\"ltr\" translate=\"no\"><code>")
            writeEscaped(text)
            write("</code></pre>\n")
        case .thematicBreak: write("<hr>\n")
        case .table(let table):
            enclose(wholeIsFallback) { $0.write(table, isFallback: $1) }
        }
    }

    /// Its word is in the page's language, whatever the language of its text; notices stand within.
    private mutating func write(_ kind: Callout, _ blocks: [Block], headingLevel: Int) {
        if kind.folds { return writeFolded(kind, blocks, headingLevel: headingLevel) }
        write(kind.warns ? "<div class=\"box warn\" role=\"note\">\n" : "<div class=\"box\" role=\"note\">\n")
        write("<p><strong>")
        write(setting.edition.fill(Word(kind)))
        writeSecond(Word(kind))
        write("</strong></p>\n")
        write(blocks, headingLevel: headingLevel)
        write("</div>\n")
    }

    /// A word of the interface in the second language, beside the same in the page's own.
    mutating func writeSecond(_ word: Word) {
        guard let second else { return }
        write(" <span class=\"second\"")
        write(second.attributes)
        write(">")
        write(second.fill(word))
        write("</span>")
    }

    /// What opens when a reader asks for it; on paper it stands open.
    private mutating func writeFolded(_ kind: Callout, _ blocks: [Block], headingLevel: Int) {
        var rest = blocks[...]
        write("<details class=\"more\"><summary>")
        if case .heading(_, let title)? = blocks.first?.content {
            rest = rest.dropFirst()
            writeUnlinked(title)
            if let text = second, let other = text.counterpart(of: title, in: section) {
                write(" <span class=\"second\"")
                write(text.attributes)
                write(">")
                write(text.html(unnoted: other) { $0.writeUnlinked($1) })
                write("</span>")
            }
        } else {
            write("<span>")
            write(setting.edition.fill(Word(kind)))
            write("</span>")
            writeSecond(Word(kind))
        }
        write("</summary>\n")
        write(Array(rest), headingLevel: headingLevel)
        write("</details>\n")
    }

    private mutating func enclose(_ isFallback: Bool, _ body: (inout HTMLWriter, Bool) -> Void) {
        guard isFallback else { return body(&self, false) }
        isInFallback = true
        body(&self, true)
        isInFallback = false
    }

    private mutating func write(_ list: Block.List, headingLevel: Int, isFallback: Bool) {
        let isOrdered = list.start != nil
        if let seat = list.yourSeat {
            let isRightToLeft = (isFallback ? setting.edition.sourceText : setting.edition.text).isRightToLeft
            write(
                Seating(count: list.items.count, reader: seat, first: list.start ?? 1)
                    .svg(isRightToLeft: isRightToLeft))
        }
        if isOrdered {
            switch kind {
            case .agenda: write("<ol class=\"timeline")
            case .complaints: write("<ol class=\"steps")
            case .page, .rights, .faq, .contacts, .glossary, .accessibility, .dates, .form, .easy:
                write("<ol")
            }
            let hasClass = kind == .agenda || kind == .complaints
            if isFallback {
                if hasClass {
                    write(" fallback\" role=\"list\" lang=\"")
                    writeEscaped(setting.edition.sourceLanguage.tag)
                    write("\" dir=\"")
                    writeEscaped(setting.edition.sourceLanguage.direction.rawValue)
                    write("\"")
                } else {
                    write(setting.edition.fallbackAttributes)
                }
            } else if hasClass {
                write("\" role=\"list\"")
            }
            if let start = list.start, start != 1 {
                write(" start=\"")
                writeEscaped("\(start)")
                write("\"")
            }
            write(">\n")
        } else {
            write("<ul")
            if isFallback { write(setting.edition.fallbackAttributes) }
            write(">\n")
        }
        for item in list.items {
            if item.attributes?.isYourTurn == true {
                write("<li class=\"your-turn\">")
                if isFallback {
                    // The mark is in the page's language, also within a list that is not.
                    write("<span class=\"turn\" lang=\"")
                    writeEscaped(setting.edition.language.tag)
                    write("\" dir=\"")
                    writeEscaped(setting.edition.language.direction.rawValue)
                    write("\">")
                    writeEscaped(setting.edition.strings[.yourTurn])
                    write("</span> ")
                } else {
                    write(setting.edition.yourTurn)
                }
                if let second {
                    write("<span class=\"second\"")
                    write(second.attributes)
                    write(">")
                    write(second.yourTurn)
                    write("</span>")
                }
            } else {
                write("<li>")
            }
            for (index, block) in item.blocks.enumerated() {
                if list.isTight, case .paragraph(let passage) = block.content {
                    if index > 0 { write("\n") }
                    pair(passage) { $0.writeSpan($1) }
                } else {
                    if index == 0 || list.isTight { write("\n") }
                    write(block, headingLevel: headingLevel)
                }
            }
            write("</li>\n")
        }
        write(isOrdered ? "</ol>\n" : "</ul>\n")
    }

    private mutating func write(_ table: Block.Table, isFallback: Bool) {
        let isWide = table.header.count >= 3
        if isWide {
            write("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
            let name = (isFallback ? setting.edition.sourceLanguage : setting.edition.language).list(
                table.header.map(\.plainText).filter { !$0.isEmpty })
            write(HTML.fill(setting.edition.tableName, ["name": HTML.escape(name)]))
            write("\">\n")
        }
        write("<table")
        if isFallback { write(setting.edition.fallbackAttributes) }
        write(">\n<thead>\n<tr>")
        let hasRowHeaders = table.header.first?.inlines.isEmpty ?? false
        for (column, passage) in table.header.enumerated() {
            let isCorner = column == 0 && hasRowHeaders
            write(isCorner ? "<td" : "<th scope=\"col\"")
            writeCell(passage, alignment(table, column))
            write(isCorner ? "</td>" : "</th>")
        }
        write("</tr>\n</thead>\n")
        if !table.rows.isEmpty {
            write("<tbody>\n")
            for row in table.rows {
                write("<tr>")
                for (column, passage) in row.enumerated() {
                    let isHeader = column == 0 && hasRowHeaders
                    write(isHeader ? "<th scope=\"row\"" : "<td")
                    writeCell(passage, alignment(table, column))
                    write(isHeader ? "</th>" : "</td>")
                }
                write("</tr>\n")
            }
            write("</tbody>\n")
        }
        write("</table>\n")
        if isWide { write("</div>\n") }
    }

    private func alignment(_ table: Block.Table, _ column: Int) -> Block.Table.Alignment {
        table.alignments.indices.contains(column) ? table.alignments[column] : .none
    }

    private mutating func writeCell(_ passage: Passage, _ alignment: Block.Table.Alignment) {
        switch alignment {
        case .none, .start: break
        case .centre: write(" class=\"align-centre\"")
        case .end: write(" class=\"align-end\"")
        }
        write(">")
        writeSpan(passage)
        writeSecond(passage)
    }
}

// MARK: - Two languages

extension HTMLWriter {
    /// Takes up writing a second language where its last passage ended.
    mutating func begin(after state: TranslationState, footnotes numbers: [String: String]) {
        notedState = state
        footnoteNumbers = numbers
        hasNumberedFootnotes = true
    }

    mutating func writeNoticeBeside(_ state: TranslationState) { writeNotice(state) }

    fileprivate mutating func writeParagraphs(_ passage: Passage, isSplit: Bool, isAnswer: Bool) {
        for (index, part) in (isSplit ? passage.shortParagraphs() : [passage]).enumerated() {
            write("<p")
            writeFallbackAttributes(part)
            write(">")
            if isAnswer, index == 0 { writeShortAnswer(part) } else { writeContent(part) }
            write("</p>\n")
        }
    }

    /// Writes a passage, and beside it the same in the second language.
    private mutating func pair(_ passage: Passage, _ body: (inout HTMLWriter, Passage) -> Void) {
        guard let other = second?.counterpart(of: passage, in: section), var text = second else {
            return body(&self, passage)
        }
        write("<div class=\"pair\"><div>")
        body(&self, passage)
        write("</div>\n<div class=\"second\"")
        write(text.attributes)
        write(">")
        write(text.html(other, body))
        write("</div></div>\n")
        second = text
    }

    /// Writes a heading, and beside it the same words in the second language, which are no second heading.
    private mutating func pairHeading(
        _ passage: Passage, isLabel: Bool = false, _ body: (inout HTMLWriter) -> Void
    ) {
        guard let text = second, let other = text.counterpart(of: passage, in: section) else {
            return body(&self)
        }
        write("<div class=\"pair\">")
        body(&self)
        write(isLabel ? "<p class=\"second beside\"" : "<p class=\"second\"")
        write(text.attributes)
        write(">")
        write(text.html(unnoted: other) { $0.writeSpan($1) })
        write("</p></div>\n")
    }

    /// Writes a passage in the second language below the same one.
    private mutating func writeSecond(_ passage: Passage) {
        guard let text = second, let other = text.counterpart(of: passage, in: section) else { return }
        write("<div class=\"second\"")
        write(text.attributes)
        write(">")
        write(text.html(unnoted: other) { $0.writeSpan($1) })
        write("</div>")
    }
}

// MARK: - Sections

extension HTMLWriter {
    /// The sections of a page, as its kind presents them.
    ///
    /// - Parameter besideQuestion: Writes what stands beside a question.
    mutating func write(
        _ sections: [Section], level: Int = 2,
        besideQuestion: (inout HTMLWriter, Section) -> Void = { _, _ in }
    ) {
        switch kind {
        case .rights:
            guard !sections.isEmpty else { return }
            write("<ol class=\"rights\" role=\"list\">\n")
            for section in sections {
                write("<li class=\"right\"")
                writeID(section.id)
                write(">\n")
                writeHeading(section, level: level, withID: false)
                writeTwin(of: section)
                writeBody(section, level: level)
                write("</li>\n")
            }
            write("</ol>\n")
        case .faq:
            for section in sections {
                write("<section class=\"question\"")
                writeID(section.id)
                write(">\n")
                writeHeading(section, level: level, withID: false)
                besideQuestion(&self, section)
                write("<div>\n")
                writeTwin(of: section)
                startsAnswer = true
                writeBody(section, level: level)
                startsAnswer = false
                write("</div>\n")
                write("</section>\n")
            }
        case .glossary where sections.allSatisfy(\.children.isEmpty):
            guard !sections.isEmpty else { return }
            write("<dl>\n")
            for section in sections {
                write("<div class=\"term\"")
                writeID(section.id)
                write("><dt>")
                writeFormerIDs(of: section)
                write("<dfn>")
                self.section = section.id
                let isBeside = hasSourceTermBeside(section.heading)
                writeSpan(isBeside ? section.heading.withoutTerm : section.heading)
                write("</dfn>")
                writeSecond(section.heading)
                write("</dt>\n<dd>\n")
                beginSection(section)
                write(section.blocks, headingLevel: level + 1)
                write("</dd></div>\n")
            }
            write("</dl>\n")
        case .page, .agenda, .complaints, .contacts, .glossary, .accessibility, .dates, .form, .easy:
            writePlain(sections, level: level)
        }
    }

    private mutating func writePlain(_ sections: [Section], level: Int) {
        for section in sections {
            let isFillIn = openFillIn(section)
            writeHeading(section, level: level, withID: true)
            writeSourceHeading(section)
            if kind != .easy { writeTwin(of: section) }
            writeBody(section, level: level)
            if kind == .easy { writeTwin(of: section) }
            if isFillIn { closeFillIn(section) }
        }
    }

    private mutating func writeBody(_ section: Section, level: Int) {
        beginSection(section)
        write(section.blocks, headingLevel: level + 1)
        writePlain(section.children, level: level + 1)
    }

    /// Headings go down one level at a time, however deep they were written.
    private mutating func writeHeading(_ section: Section, level: Int, withID: Bool) {
        let level = min(6, level)
        self.section = section.id
        let heading =
            hasSourceTermBeside(section.heading) ? section.heading.withoutTerm : section.heading
        pairHeading(section.heading, isLabel: section.answer != nil) { writer in
            writer.writeOpenHeading(level, id: withID ? section.id : nil)
            writer.writeFormerIDs(of: section)
            // A heading keeps its place at the page's own side; only its words run the other way.
            writer.writeSpan(heading)
            writer.writeCloseHeading(level)
        }
    }

    /// Whether the source language's word for a term stands beside it anyway.
    private func hasSourceTermBeside(_ heading: Passage) -> Bool {
        guard kind == .glossary, let second, second.isSource else { return false }
        return second.counterpart(of: heading, in: section) != nil
    }

    /// Whether the heading in the source language stands beside it anyway.
    func hasSourceHeadingBeside(_ section: Section) -> Bool {
        guard let second, second.isSource else { return false }
        return second.counterpart(of: section.heading, in: section.id) != nil
    }

    private mutating func beginSection(_ section: Section) {
        self.section = section.id
        guard isTranslated else { return }
        note(section.heading.translation)
        if section.heading.translation == .current {
            notedState = .current
        } else {
            writeNotice(section.heading.translation)
        }
    }

    /// The on-this-page list.
    mutating func writeContents(_ entries: [(id: String, heading: Passage)]) {
        write("<ol>\n")
        for entry in entries {
            write("<li><a href=\"#")
            writeEscaped(entry.id)
            write("\">")
            // A list is for finding: the source language's word stands where the term is explained.
            writeUnlinked(entry.heading.withoutTerm)
            if let text = second, let other = text.counterpart(of: entry.heading, in: entry.id) {
                write(" <span class=\"second\"")
                write(text.attributes)
                write(">")
                write(text.html(unnoted: other.withoutTerm) { $0.writeUnlinked($1) })
                write("</span>")
            }
            write("</a></li>\n")
        }
        write("</ol>\n")
    }

    /// Places for links to ids that the section had before.
    private mutating func writeFormerIDs(of section: Section) {
        for id in formerIDs[section.id] ?? [] {
            write("<span")
            writeID(id)
            write("></span>")
        }
    }

    private mutating func writeID(_ id: String) {
        write(" id=\"")
        writeEscaped(id)
        write("\"")
    }

    private mutating func writeOpenHeading(_ level: Int, id: String?) {
        write("<h")
        bytes.append(UInt8(ascii: "0") + UInt8(level))
        if let id { writeID(id) }
        write(">")
    }

    private mutating func writeCloseHeading(_ level: Int) {
        write("</h")
        bytes.append(UInt8(ascii: "0") + UInt8(level))
        write(">\n")
    }
}

// MARK: - Footnotes

extension HTMLWriter {
    /// The introduction and the sections of a page with their footnotes numbered, and the footnotes.
    ///
    /// What is written after this refers to them.
    mutating func numberFootnotes(
        _ introduction: [Block], _ sections: [Section]
    ) -> (introduction: [Block], sections: [Section], notes: [Footnotes.Note]) {
        guard introduction.traits.contains(.footnotes) || sections.contains(where: \.hasFootnotes) else {
            return (introduction, sections, [])
        }
        hasNumberedFootnotes = true
        var footnotes = Footnotes()
        let introduction = footnotes.number(introduction)
        let sections = sections.map { footnotes.number($0) }
        return (introduction, sections, footnotes.notes)
    }

    /// A section's id has no such sign.
    private static func id(_ number: String, reference: Int? = nil) -> String {
        "note:\(number)" + (reference.map { ":\($0)" } ?? "")
    }

    private mutating func writeReference(toFootnote number: String) {
        // Lists of headings and answers elsewhere have no footnotes below them.
        guard hasNumberedFootnotes, !isInLink else { return }
        if let footnoteNumbers {
            // In a second language: the way back leads to the first.
            guard let own = footnoteNumbers[number] else { return }
            write("<sup><a href=\"#")
            writeEscaped(Self.id(own))
            write("\" aria-label=\"")
            write(HTML.fill(setting.edition.footnote, ["number": HTML.escape(own)]))
            write("\">")
            writeEscaped(own)
            write("</a></sup>")
            return
        }
        let count = (footnoteReferences[number] ?? 0) + 1
        footnoteReferences[number] = count
        write("<sup><a href=\"#")
        writeEscaped(Self.id(number))
        write("\"")
        writeID(Self.id(number, reference: count))
        write(" aria-label=\"")
        write(HTML.fill(setting.edition.footnote, ["number": HTML.escape(number)]))
        write("\">")
        writeEscaped(number)
        write("</a></sup>")
    }

    /// The footnotes, each with a way back to every place that refers to it.
    mutating func write(_ notes: [Footnotes.Note]) {
        guard !notes.isEmpty else { return }
        write("<section class=\"notes\">\n<h2>")
        write(setting.edition.fill(.footnotes))
        write("</h2>\n<ol>\n")
        for note in notes {
            let number = "\(note.number)"
            write("<li")
            writeID(Self.id(number))
            write(">\n")
            notedState = .current
            section = SecondText.section(ofNote: note.number)
            write(note.blocks, headingLevel: 3)
            let count = footnoteReferences[number] ?? 0
            if count > 0 { write("<p>") }
            for reference in 0..<count {
                if reference > 0 { write(" ") }
                write("<a href=\"#")
                writeEscaped(Self.id(number, reference: reference + 1))
                write("\">")
                write(setting.edition.fill(.footnoteBack))
                if count > 1 { writeEscaped(" (\(reference + 1))") }
                write("</a>")
            }
            if count > 0 { write("</p>\n") }
            write("</li>\n")
        }
        write("</ol>\n</section>\n")
    }
}

extension Section {
    fileprivate var hasFootnotes: Bool {
        blocks.traits.contains(.footnotes) || children.contains(where: \.hasFootnotes)
    }
}

extension Footnotes {
    fileprivate mutating func number(_ section: Section) -> Section {
        guard section.hasFootnotes else { return section }
        var section = section
        section.heading = number(section.heading, over: section.blocks)
        section.blocks = number(section.blocks)
        section.children = section.children.map { number($0) }
        return section
    }
}

// MARK: - Translation

extension HTMLWriter {
    private mutating func note(_ state: TranslationState) {
        switch state {
        case .current: break
        case .stale: sawStale = true
        case .replaced: sawReplaced = true
        case .missing: sawMissing = true
        }
    }

    /// Writes the notice that a block needs, unless the block before had it; says whether all of the block is in
    /// the source language.
    private mutating func noteTranslation(of block: Block) -> Bool {
        var worst = TranslationState.current
        var all = true
        var any = false
        var seen: Set<TranslationState> = []
        func rank(_ state: TranslationState) -> Int {
            switch state {
            case .current: 0
            case .stale: 1
            case .missing: 2
            case .replaced: 3
            }
        }
        [block].forEachPassage { passage in
            guard !passage.inlines.isEmpty else { return }
            any = true
            if !passage.translation.isFallback { all = false }
            seen.insert(passage.translation)
            if rank(passage.translation) > rank(worst) { worst = passage.translation }
        }
        seen.forEach { note($0) }
        if any { writeNotice(worst) }
        return any && all
    }

    private mutating func writeNotice(_ state: TranslationState) {
        guard state != notedState else { return }
        notedState = state
        let edition = setting.edition
        switch state {
        case .current: return
        case .missing:
            write("<p class=\"translation-note\" data-state=\"missing\">")
            write(edition.fillWithSourceName(.noteMissing))
        case .replaced:
            write("<p class=\"translation-note\" data-state=\"replaced\">")
            write(edition.fillWithSourceName(.noteReplaced))
        case .stale:
            write("<p class=\"translation-note\" data-state=\"stale\">")
            write(edition.fillWithSourceName(.noteStale))
            if let source = edition.source, source.paths.contains(setting.path) {
                write(" <a href=\"")
                writeEscaped(setting.siteRoot + Address.folder(source.base) + Address.folder(setting.path))
                write("index.html")
                if !section.isEmpty {
                    write("#")
                    writeEscaped(section)
                }
                write("\" hreflang=\"")
                writeEscaped(edition.sourceLanguage.tag)
                write("\">")
                write(edition.fillWithSourceName(.readInLanguage))
                write("</a>")
            }
        }
        write("</p>\n")
    }

    private mutating func writeFallbackAttributes(_ passage: Passage) {
        if isTranslated, !isInFallback, passage.translation.isFallback {
            write(setting.edition.fallbackAttributes)
        }
    }
}

// MARK: - Running text

extension HTMLWriter {
    /// A passage without an element of its own; in a `span` where it is in another language.
    mutating func writeSpan(_ passage: Passage) {
        if isTranslated { note(passage.translation) }
        let needsSpan = isTranslated && !isInFallback && passage.translation.isFallback
        if needsSpan {
            write("<span")
            write(setting.edition.fallbackAttributes)
            write(">")
        }
        writeContent(passage)
        if needsSpan { write("</span>") }
    }

    /// What answers a question, without links; in a `span` where it is in another language.
    mutating func writeAnswer(_ passage: Passage) {
        isInLink = true
        if isTranslated { note(passage.translation) }
        let needsSpan = isTranslated && passage.translation.isFallback
        if needsSpan {
            write("<span")
            write(setting.edition.fallbackAttributes)
            write(">")
        }
        writeShortAnswer(passage)
        if needsSpan { write("</span>") }
        isInLink = false
    }

    /// A passage, whose first sentence stands out where it is the answer: "No."
    private mutating func writeShortAnswer(_ passage: Passage) {
        guard let (answer, rest) = passage.shortAnswer() else { return writeContent(passage) }
        write("<b class=\"short\">")
        writeContent(answer)
        write("</b>")
        writeContent(rest)
    }

    /// A passage in which links would be out of place.
    mutating func writeUnlinked(_ passage: Passage) {
        isInLink = true
        writeSpan(passage)
        isInLink = false
    }

    private mutating func writeContent(_ passage: Passage) {
        // Within a fallback the text runs as its own language does.
        let isFallback = isInFallback || passage.translation.isFallback
        write(passage.inlines, isFallback ? setting.edition.sourceText : setting.edition.text)
    }

    private mutating func write(_ inlines: [Inline], _ shown: TextSetting) {
        for inline in inlines {
            if case .text(let text) = inline { writeExplained(text, shown) } else { write(inline, shown) }
            followsValue = if case .value = inline { true } else { false }
        }
    }

    private mutating func write(_ inline: Inline, _ shown: TextSetting) {
        switch inline {
        case .text(let text): writeText(text, shown)
        case .lineBreak: write("<br>\n")
        case .code(let text):
            write("<code dir=\"ltr\" translate=\"no\">")
            writeEscaped(text)
            write("</code>")
        case .emphasis(let content):
            write("<em>")
            write(content, shown)
            write("</em>")
        case .strong(let content):
            write("<strong>")
            write(content, shown)
            write("</strong>")
        case .strikethrough(let content):
            write("<del>")
            write(content, shown)
            write("</del>")
        case .link(let link): write(link, shown)
        case .image(let image): write(image)
        case .footnote(let number): writeReference(toFootnote: number)
        case .placeholder(let placeholder):
            // An edition has none; if one were left, it is seen and not mistaken for text.
            write("<code>{{")
            writeEscaped(placeholder.name)
            write("}}</code>")
        case .value(let value): write(value, shown)
        }
    }

    /// Text whose words link to what explains them. Translated words are not looked for: they have the source
    /// language's word beside them, and that is the link.
    private mutating func writeExplained(_ text: String, _ shown: TextSetting) {
        guard isRunning, !isInLink, var known = explained,
            !isTranslated || shown == setting.edition.sourceText
        else { return writeText(text, shown) }
        let words = setting.edition.words
        let bytes = Array(text.utf8)
        var end = 0
        while let found = words.first(in: bytes, from: end, except: known, followsValue: followsValue) {
            writeText(String(decoding: bytes[end..<found.range.lowerBound], as: UTF8.self), shown)
            writeOpenLink(to: words[found.word])
            writeText(String(decoding: bytes[found.range], as: UTF8.self), shown)
            write("</a>")
            known.insert(found.word)
            end = found.range.upperBound
        }
        explained = known
        if end == 0 { return writeText(text, shown) }
        writeText(String(decoding: bytes[end...], as: UTF8.self), shown)
    }

    private mutating func writeOpenLink(to word: ExplainedWords.Word) {
        write("<a class=\"word\" href=\"")
        writeEscaped(setting.editionRoot + Address.folder(word.path) + "index.html#" + word.section)
        write("\">")
    }

    /// Text in which numbers, addresses, times and names keep their order and their language.
    mutating func writeText(_ text: String, _ shown: TextSetting) {
        setting.edition.runs.write(text, shown, to: &bytes)
    }

    private mutating func write(_ value: Inline.Value, _ shown: TextSetting) {
        switch value.kind {
        case .words:
            if let destination = value.destination {
                write(Inline.Link(destination: .address(destination), content: [.text(value.text)]), shown)
            } else {
                writeText(value.text, shown)
            }
        case .term:
            var isLinked = false
            if isRunning, !isInLink, let known = explained,
                let index = setting.edition.words.index(of: value.text), !known.contains(index)
            {
                explained?.insert(index)
                writeOpenLink(to: setting.edition.words[index])
                isLinked = true
            }
            defer { if isLinked { write("</a>") } }
            write("<bdi lang=\"")
            writeEscaped(setting.edition.sourceLanguage.tag)
            write("\" dir=\"")
            writeEscaped(setting.edition.sourceLanguage.direction.rawValue)
            write("\">")
            writeEscaped(value.text)
            write("</bdi>")
        case .literal:
            let destination = isInLink ? nil : value.destination.flatMap { Link.safe($0) }
            if let destination {
                write("<a href=\"")
                writeEscaped(destination)
                write("\"")
                switch Link.scheme(of: destination) {
                case "tel": write(" class=\"phone\"")
                case "http", "https": write(" class=\"web\" rel=\"external\"")
                default: break
                }
                write(" dir=\"ltr\" translate=\"no\">")
                writeLines(value.text)
                write("</a>")
            } else {
                write("<bdi dir=\"ltr\" translate=\"no\">")
                writeLines(value.text)
                write("</bdi>")
            }
        }
    }

    /// A literal; the lines of an address under each other.
    mutating func writeLines(_ text: String) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: true).enumerated() {
            if index > 0 { write("<br>") }
            HTML.appendAddress(String(line), to: &bytes)
        }
    }

    private mutating func write(_ link: Inline.Link, _ shown: TextSetting) {
        guard !isInLink, let target = target(link.destination) else {
            return write(link.content, shown)
        }
        write("<a href=\"")
        for part in target.href { writeEscaped(part) }
        write("\"")
        if !link.title.isEmpty {
            write(" title=\"")
            writeEscaped(link.title)
            write("\"")
        }
        switch target.kind {
        case .within: break
        case .external: write(" rel=\"external\"")
        case .otherLanguage:
            write(" hreflang=\"")
            writeEscaped(setting.edition.sourceLanguage.tag)
            write("\" class=\"other-language\"")
        }
        write(">")
        isInLink = true
        write(link.content, shown)
        isInLink = false
        switch target.kind {
        case .within: break
        case .external: write(setting.edition.externalNote)
        case .otherLanguage: write(setting.edition.languageNote)
        }
        if case .file(let path) = link.destination { writeCost(of: path, besides: link.content.plainText) }
        write("</a>")
        if case .file(let path) = link.destination { writeEasyRead(of: path) }
    }

    /// What the file of a link is, how much it costs to fetch, and its language where that is not the page's.
    private mutating func writeCost(of path: String, besides words: String) {
        guard let file = setting.edition.files[path] else { return }
        let variant = AttachedFile(path).variant
        if isTranslated, variant != .language(setting.edition.language), variant != .signed {
            write(setting.edition.languageNote)
        }
        // Many say it themselves.
        if words.uppercased().contains(AttachedFile(path).ending.uppercased()) { return }
        write(" <span class=\"cost\">(<bdi dir=\"ltr\">")
        writeEscaped(file.cost)
        write("</bdi>)</span>")
    }

    private mutating func writeEasyRead(of path: String) {
        let files = setting.edition.files
        guard let easy = AttachedFile(path).easyRead(where: { files[$0] != nil }), let file = files[easy]
        else { return }
        write(" · <a href=\"")
        writeEscaped(setting.siteRoot + Address.encode(file.path))
        write("\">")
        write(setting.edition.fill(.easyReadFile))
        writeCost(of: easy, besides: "")
        write("</a>")
    }

    // MARK: Figures

    /// Where the file of a picture lies below the content folder, if it is published.
    private func path(of image: Inline.Image) -> String? {
        guard case .file(let path) = image.source, setting.edition.files[path] != nil else { return nil }
        return path
    }

    /// A picture with what is said below it, or a recording.
    private mutating func write(
        _ figure: (image: Inline.Image, caption: Passage?), file path: String, _ passage: Passage
    ) {
        write("<figure")
        writeFallbackAttributes(passage)
        write(">")
        let recording = figure.image.recording
        if let recording { write(recording, figure.image) } else { write(figure.image) }
        write("\n<figcaption>")
        if recording != nil {
            let isFallback = isInFallback || passage.translation.isFallback
            writeText(
                figure.image.alternative, isFallback ? setting.edition.sourceText : setting.edition.text)
            writeCost(of: path, besides: "")
            if figure.caption != nil { write("<br>\n") }
        }
        if let caption = figure.caption { writeContent(caption) }
        write("</figcaption></figure>\n")
    }

    /// Nothing of a recording is fetched until a reader starts it, for readers pay for each byte.
    private mutating func write(_ recording: AttachedFile, _ image: Inline.Image) {
        let files = setting.edition.files
        func address(_ path: String) -> String {
            setting.siteRoot + Address.encode(files[path]?.path ?? path)
        }
        let isVideo = recording.kind == .video
        write(isVideo ? "<video controls preload=\"none\"" : "<audio controls preload=\"none\"")
        write(" src=\"")
        writeEscaped(address(recording.path))
        write("\" aria-label=\"")
        writeEscaped(image.alternative)
        write("\"")
        if isVideo, let poster = recording.poster(where: { files[$0] != nil }) {
            write(" poster=\"")
            writeEscaped(address(poster))
            write("\"")
            if let size = files[poster]?.size {
                write(" width=\"")
                writeEscaped("\(size.width)")
                write("\" height=\"")
                writeEscaped("\(size.height)")
                write("\"")
            }
        }
        write(">")
        if isVideo,
            let captions = recording.captions(in: setting.edition.language, where: { files[$0] != nil })
        {
            let own: Language? =
                if case .language(let language)? = recording.variant { language } else { nil }
            let language = captions.language ?? own ?? setting.edition.sourceLanguage
            write("<track kind=\"captions\" default srclang=\"")
            writeEscaped(language.tag)
            write("\" label=\"")
            writeEscaped(language.nativeName)
            write("\" src=\"")
            writeEscaped(address(captions.path))
            write("\">")
        }
        write(isVideo ? "</video>" : "</audio>")
    }

    enum TargetKind { case within, external, otherLanguage }

    /// Where a destination leads from this page, in parts; nil where it leads nowhere that may be published.
    private func target(_ destination: Destination) -> (href: [String], kind: TargetKind)? {
        switch destination {
        case .page(let path, let section): return pageTarget(path, section)
        case .file(let file):
            return setting.edition.files[file].map {
                ([setting.siteRoot, Address.encode($0.path)], .within)
            }
        case .address(let address):
            guard let safe = Link.safe(address) else { return nil }
            switch Link.scheme(of: safe) {
            case "http", "https": return ([safe], .external)
            default: return ([safe], .within)
            }
        }
    }

    func pageTarget(_ path: String, _ section: String?) -> (href: [String], kind: TargetKind)? {
        let fragment = section.map { "#" + $0 } ?? ""
        let edition = setting.edition
        if path == setting.path, section != nil { return ([fragment], .within) }
        if edition.paths.contains(path) {
            return ([setting.editionRoot, Address.folder(path), "index.html", fragment], .within)
        }
        if let alone = edition.alone, alone.paths.contains(path) {
            let folder = [setting.siteRoot, Address.folder(alone.base), Address.folder(path)]
            return (folder + ["index.html", fragment], .within)
        }
        guard let source = edition.source, source.paths.contains(path) else { return nil }
        let folder = [setting.siteRoot, Address.folder(source.base), Address.folder(path)]
        return (folder + ["index.html", fragment], .otherLanguage)
    }

    mutating func write(_ image: Inline.Image) {
        if case .file(let name) = image.source, let file = setting.edition.files[name], image.recording == nil
        {
            write("<img src=\"")
            writeEscaped(setting.siteRoot + Address.encode(file.path))
            write("\" alt=\"")
            writeEscaped(image.alternative)
            write("\"")
            if let size = file.size {
                write(" width=\"")
                writeEscaped("\(size.width)")
                write("\" height=\"")
                writeEscaped("\(size.height)")
                write("\"")
            }
            write(" loading=\"lazy\">")
            return
        }
        // Nothing is fetched from another origin: the picture becomes a link, or its words. So does a recording among words.
        write(
            Inline.Link(destination: image.source, title: image.title, content: [.text(image.alternative)]),
            setting.edition.text)
    }
}

extension Passage {
    /// A heading without the source language's word behind it.
    fileprivate var withoutTerm: Passage {
        guard inlines.count > 3, case .value(let value) = inlines[inlines.count - 2], value.kind == .term,
            value.name.isEmpty
        else {
            return self
        }
        var passage = self
        passage.inlines.removeLast(3)
        return passage
    }
}
