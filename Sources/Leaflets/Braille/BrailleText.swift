import Guidance
import Markdown
import Translations

/// Takes the words of a leaflet apart into runs, each for the table of its own language.
///
/// Emphasis and pictures are of print alone; braille marks them only where the sense needs it, which a transcriber decides.
struct BrailleText {
    let data: LeafletData
    let settings: BrailleSettings

    private var edition: Edition { data.edition }
    private var isTranslated: Bool { edition.language != edition.sourceLanguage }

    // MARK: Blocks

    /// - Parameter level: Of a heading among the blocks.
    func blocks(_ blocks: [Block], level: Int, depth: Int = 0, isInside: Bool = false) -> [BrailleDraft] {
        var shown: String?
        return blocks.flatMap { block in
            let state = isInside ? nil : data.state(of: block)
            defer { shown = state }
            // One notice stands before a run of blocks in the same state.
            let notice = state.flatMap {
                $0 == shown ? nil : BrailleDraft(.paragraph, word("leaflet-part-\($0)"))
            }
            return [notice].compactMap(\.self) + self.block(block, level: level, depth: depth)
        }
    }

    private func block(_ block: Block, level: Int, depth: Int) -> [BrailleDraft] {
        func inner(_ blocks: [Block], _ depth: Int) -> [BrailleDraft] {
            self.blocks(blocks, level: level, depth: depth, isInside: true)
        }
        switch block.content {
        case .paragraph(let passage):
            return [BrailleDraft(depth == 0 ? .paragraph : .item(depth), self.passage(passage))]
        case .heading(_, let passage): return [BrailleDraft(.heading(min(3, level)), self.passage(passage))]
        case .list(let list):
            return list.items.enumerated().flatMap { index, item -> [BrailleDraft] in
                var lead: [BrailleRun] = []
                if let start = list.start { lead += own("\(start + index). ") }
                if item.attributes?.isYourTurn ?? false { lead += word("leaflet-your-turn") + own(": ") }
                var drafts = inner(item.blocks, depth + 1)
                // The item itself begins one step further out than what follows in it.
                guard let first = drafts.first, case .item = first.kind else {
                    return lead.isEmpty ? drafts : [BrailleDraft(.item(depth), lead)] + drafts
                }
                drafts[0].kind = .item(depth)
                drafts[0].runs = lead + first.runs
                return drafts
            }
        case .quote(let blocks): return inner(blocks, depth + 1)
        case .callout(let callout, let blocks):
            return [
                BrailleDraft(.rule(opens: true), []),
                BrailleDraft(.heading(2), word("callout-\(callout.rawValue)")),
            ] + inner(blocks, depth) + [BrailleDraft(.rule(opens: false), [])]
        case .footnote(let number, let blocks):
            var drafts = inner(blocks, depth)
            if drafts.isEmpty { drafts = [BrailleDraft(.paragraph, [])] }
            drafts[0].runs = own("[\(number)] ") + drafts[0].runs
            return drafts
        case .code(_, let text):
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return [BrailleDraft(.item(depth), lines.flatMap { latin(String($0), endsLine: true) })]
        case .thematicBreak: return [BrailleDraft(.rule(opens: false), [])]
        case .table(let table):
            // Beside one another columns have no room: each row tells its cells with their headings.
            return table.rows.flatMap { row in
                row.enumerated().map { index, cell in
                    let heading =
                        table.header.indices.contains(index) ? self.passage(table.header[index]) : []
                    let isFirst = index == 0
                    let hasHeading = heading.contains { !$0.text.allSatisfy(\.isWhitespace) }
                    return BrailleDraft(
                        .item(depth + (isFirst ? 0 : 1)),
                        (hasHeading ? heading + own(": ") : []) + self.passage(cell))
                }
            }
        }
    }

    // MARK: Passages

    func passage(_ passage: Passage) -> [BrailleRun] {
        let isFallback = isTranslated && passage.translation.isFallback
        return inlines(
            passage.inlines, isFallback ? edition.sourceLanguage : edition.language,
            passage.translation.isFallback ? data.sourceText : data.ownText)
    }

    private func inlines(_ inlines: [Inline], _ language: Language, _ setting: TextSetting) -> [BrailleRun] {
        inlines.flatMap { inline -> [BrailleRun] in
            switch inline {
            case .text(let text): return self.text(text, language, setting)
            case .lineBreak: return [BrailleRun(text: "", table: table(language), endsLine: true)]
            case .code(let text): return latin(text)
            case .emphasis(let content), .strong(let content), .strikethrough(let content):
                return self.inlines(content, language, setting)
            case .footnote(let number): return [run(" [\(number)]", language)]
            case .image(let image): return self.text(image.alternative, language, setting)
            case .placeholder(let placeholder): return latin("{{\(placeholder.name)}}")
            case .link(let link): return self.inlines(link.content, language, setting)
            case .value(let value):
                switch value.kind {
                case .term: return [run(value.text, edition.sourceLanguage)]
                case .literal: return literal(value.text, language)
                case .words: return self.text(value.text, language, setting)
                }
            }
        }
    }

    /// A phone number, an address, or the lines of one by post.
    func literal(_ text: String) -> [BrailleRun] { literal(text, edition.language) }

    private func literal(_ text: String, _ language: Language) -> [BrailleRun] {
        let lines = text.split(separator: "\n")
        return lines.enumerated().flatMap { index, line -> [BrailleRun] in
            let isLast = index == lines.count - 1
            let hasLetters = line.contains { $0.isASCII && $0.isLetter }
            var run =
                hasLetters && language.script != .latin ? latin(String(line))[0] : run(String(line), language)
            // A postal address may be broken, a number may not.
            run.staysTogether = !hasLetters
            run.endsLine = !isLast
            return [run]
        }
    }

    /// Words of the interface.
    func word(_ key: String, _ parameters: [String: String] = [:]) -> [BrailleRun] {
        own(edition.strings.marked(key, parameters))
    }

    /// Text in the leaflet's language.
    func own(_ text: String) -> [BrailleRun] { self.text(text, edition.language, data.ownText) }

    /// Text in the language that guidance is written in.
    func source(_ text: String) -> [BrailleRun] {
        self.text(text, edition.sourceLanguage, data.sourceText)
    }

    /// Text of the program.
    func english(_ text: String) -> [BrailleRun] { [run(text, .english)] }

    private func latin(_ text: String, endsLine: Bool = false) -> [BrailleRun] {
        [
            BrailleRun(
                text: text, table: edition.language == .english ? table(.english) : settings.latin,
                endsLine: endsLine)
        ]
    }

    private func table(_ language: Language) -> String { settings.table(for: language, in: edition.language) }

    private func run(_ text: String, _ language: Language) -> BrailleRun {
        BrailleRun(
            text: text, table: table(language),
            breaksAnywhere: language.script == .simplifiedHan || language.script == .traditionalHan)
    }

    /// Text in which numbers stay on one line, and words of another language are written by its table.
    private func text(_ text: String, _ language: Language, _ setting: TextSetting) -> [BrailleRun] {
        SourceWords.pieces(of: text).flatMap { text, isSource -> [BrailleRun] in
            if isSource { return [run(text, InterfaceStrings.themeLanguage)] }
            return setting.pieces(of: text).map { text, piece in
                guard let piece else { return run(text, language) }
                switch piece.kind {
                case .phone:
                    var number = run(text, language)
                    number.staysTogether = true
                    return number
                case .email, .web: return language.script == .latin ? run(text, language) : latin(text)[0]
                case .words:
                    return piece.hasLatinWords ? run(text, setting.latin ?? language) : run(text, language)
                }
            }
        }
    }
}
