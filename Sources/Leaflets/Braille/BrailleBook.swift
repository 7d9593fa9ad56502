import Guidance
import Markdown
import Translations

/// A leaflet in braille, as a file of pages that is ready to be embossed (BRF): for a council's transcriber, who reads it
/// first.
struct BrailleBook {
    /// Raised when the same data would be written differently by this program.
    static let version = 1

    let data: LeafletData
    let settings: BrailleSettings
    /// Of liblouis.
    let engine: String

    /// A finished file.
    struct Made: Sendable {
        var bytes: [UInt8]
        var pages: Int
        /// Signs that no table knows, each with the text that it stands in.
        var unknown: [(sign: String, text: String)]
    }

    private var edition: Edition { data.edition }
    private var spec: LeafletSpec { data.leaflet.spec }
    private var text: BrailleText { BrailleText(data: data, settings: settings) }

    /// The file.
    func made(by translator: BrailleTranslator) async throws(BrailleTranslator.Problem) -> Made {
        let text = self.text
        let front = front(text)
        let body = body(text)
        let contents = spec.showsContents ? self.contents(of: body) : []
        let running = BrailleDraft(.centred, text.passage(spec.title))
        let drafts = front + contents + body + [running]
        let (cells, unknown) = try await translated(drafts, by: translator)
        let blocks = zip(drafts, cells).map { draft, cells in
            BrailleBlock(kind: draft.kind, cells: cells, startsPage: draft.startsPage, isApart: draft.isApart)
        }
        let frontCount = front.count + contents.count
        let bodyBlocks = Array(blocks[frontCount..<blocks.count - 1])
        func set(_ blocks: some Collection<BrailleBlock>, _ entries: [Int: Int] = [:]) -> BraillePages {
            BraillePages(Array(blocks), cells: settings.cells, lines: settings.lines, entryPages: entries)
        }
        let places = set(bodyBlocks).places
        let frontPages = set(blocks[..<frontCount]).pages.count
        let numbers = Dictionary(
            uniqueKeysWithValues: places.enumerated().map { ($0, frontPages + $1 + 1) })
        let all = set(blocks.dropLast(), numbers)
        return Made(bytes: all.file(title: cells.last ?? []), pages: all.pages.count, unknown: unknown)
    }

    // MARK: Translation

    /// The cells of each draft: every table is asked once.
    private func translated(
        _ drafts: [BrailleDraft], by translator: BrailleTranslator
    ) async throws(BrailleTranslator.Problem) -> (
        cells: [[BrailleCell]], unknown: [(sign: String, text: String)]
    ) {
        struct Place {
            var draft: Int
            var segment: Int
        }
        let segments = drafts.map { BrailleSegment.segments(of: $0.runs) }
        var places: [String: [Place]] = [:]
        for (draft, segments) in segments.enumerated() {
            for (index, segment) in segments.enumerated() {
                places[segment.table, default: []].append(Place(draft: draft, segment: index))
            }
        }
        var cells = segments.map { $0.map { _ in [BrailleCell]() } }
        var unknown: [(sign: String, text: String)] = []
        for (table, places) in places.sorted(by: { $0.key < $1.key }) {
            let texts = places.map { place in
                let segment = segments[place.draft][place.segment]
                return BrailleTranslator.Text(text: segment.text, keep: segment.keep)
            }
            let made = try await translator.translate(texts, table: table, latin: settings.latin)
            for (place, made) in zip(places, made) {
                let segment = segments[place.draft][place.segment]
                cells[place.draft][place.segment] = try segment.cells(made)
                unknown += made.unknown.map { ($0, segment.text) }
            }
        }
        let joined = zip(drafts, zip(segments, cells)).map { draft, parts in
            zip(parts.0, parts.1).map { segment, cells in
                cells + (segment.endsLine ? [BrailleCell.lineEnd] : [])
            }.reduce(into: []) { $0 += $1 }
        }
        return (joined, unknown)
    }

    // MARK: Parts

    private func front(_ text: BrailleText) -> [BrailleDraft] {
        var all = [BrailleDraft(.title, text.passage(spec.title))]
        if let subtitle = spec.subtitle { all.append(BrailleDraft(.centred, text.passage(subtitle))) }
        all.append(BrailleDraft(.centred, text.source(edition.council.name)))
        // First of all: whoever opens the file must not take it for finished braille.
        var draft = BrailleDraft(.paragraph, text.word("leaflet-braille-draft"))
        draft.isApart = true
        all.append(draft)
        if edition.language != InterfaceStrings.themeLanguage,
            let words = data.theme.strings["leaflet-braille-draft"]
        {
            // In English too, for the transcriber.
            all.append(BrailleDraft(.paragraph, text.english(words)))
        }
        let table = settings.table(for: edition.language, in: edition.language)
        all.append(BrailleDraft(.paragraph, text.english("liblouis \(engine), \(table)")))
        var about = spec.about.map { BrailleDraft(.paragraph, text.passage($0)) }
        about += data.notices.map { BrailleDraft(.paragraph, text.own($0)) }
        about += text.blocks(edition.notice, level: 2)
        if !about.isEmpty { about[0].isApart = true }
        all += about
        var version = BrailleDraft(.paragraph, text.own(data.version))
        version.isApart = true
        all.append(version)
        if let due = data.reviewDue {
            all.append(
                BrailleDraft(
                    .paragraph, text.word("leaflet-review", ["date": edition.strings.marked.date(due)])))
        }
        all.append(BrailleDraft(.item(0), text.literal(data.address)))
        return all
    }

    /// The headings of parts, with their pages.
    private func contents(of body: [BrailleDraft]) -> [BrailleDraft] {
        let entries = body.enumerated().compactMap { index, draft -> BrailleDraft? in
            guard draft.isListed else { return nil }
            return BrailleDraft(.entry(index), draft.runs)
        }
        guard !entries.isEmpty else { return [] }
        var heading = BrailleDraft(.heading(1), text.word("leaflet-contents"))
        heading.startsPage = true
        return [heading] + entries
    }

    private func body(_ text: BrailleText) -> [BrailleDraft] {
        var all: [BrailleDraft] = []
        for part in data.leaflet.partsWithNumberedFootnotes {
            var drafts: [BrailleDraft] = []
            switch part.content {
            case .page(let content):
                if let title = content.title { drafts.append(BrailleDraft(.heading(1), text.passage(title))) }
                drafts += text.blocks(content.introduction, level: 2)
                if content.page.kind == .easy {
                    drafts.append(BrailleDraft(.paragraph, text.own(data.easyNote(content))))
                }
                let level = content.title == nil ? 1 : 2
                for section in content.sections { drafts += self.section(section, level: level, text) }
                drafts += groups(content.groups, level: level, text)
            case .contacts(let title, let groups):
                if let title { drafts.append(BrailleDraft(.heading(1), text.passage(title))) }
                drafts += self.groups(groups, level: title == nil ? 1 : 2, text)
            // Who reads with their fingers writes elsewhere: what is asked is here, the room to write is not.
            case .write(let title, let words, _):
                drafts.append(BrailleDraft(.heading(1), text.passage(title)))
                drafts += words.map { BrailleDraft(.paragraph, text.passage($0)) }
            case .fillIn(let title, let words, let fields):
                drafts.append(BrailleDraft(.heading(1), text.passage(title)))
                drafts += words.map { BrailleDraft(.paragraph, text.passage($0)) }
                drafts += fields.map { BrailleDraft(.item(0), text.passage($0)) }
            }
            if part.startsNewPage || all.isEmpty, !drafts.isEmpty { drafts[0].startsPage = true }
            if let first = drafts.first, case .heading = first.kind { drafts[0].isListed = true }
            all += drafts
        }
        return all + end(text)
    }

    private func section(_ section: Section, level: Int, _ text: BrailleText) -> [BrailleDraft] {
        var all = [BrailleDraft(.heading(min(3, level)), text.passage(section.heading))]
        all += text.blocks(section.blocks, level: level + 1)
        if let rule = section.deadline?.explanation(in: data.edition.strings) {
            all.append(BrailleDraft(.paragraph, text.own(rule)))
        }
        for child in section.children { all += self.section(child, level: level + 1, text) }
        return all
    }

    private func groups(_ groups: [ContactGroup], level: Int, _ text: BrailleText) -> [BrailleDraft] {
        groups.flatMap { group in
            [BrailleDraft(.heading(min(3, level)), text.passage(group.heading))]
                + group.contacts.flatMap { contact($0, level: level + 1, text) }
        }
    }

    private func contact(_ contact: Contact, level: Int, _ text: BrailleText) -> [BrailleDraft] {
        var all = [BrailleDraft(.heading(min(3, level)), text.passage(contact.name))]
        if let purpose = contact.purpose { all.append(BrailleDraft(.paragraph, text.passage(purpose))) }
        func line(_ label: String, _ runs: [BrailleRun]) {
            all.append(BrailleDraft(.item(0), text.word(label) + text.own(": ") + runs))
        }
        for way in contact.ways { line("leaflet-\(way.channel.rawValue)", text.literal(way.shown)) }
        if let hours = contact.hours { line("leaflet-hours", text.passage(hours)) }
        if let area = contact.area { line("leaflet-area", text.passage(area)) }
        if let note = contact.note { all.append(BrailleDraft(.paragraph, text.passage(note))) }
        switch contact.relay {
        case nil: break
        case .before?: all.append(BrailleDraft(.item(0), text.word("leaflet-relay")))
        case .instead(let number)?:
            all.append(BrailleDraft(.item(0), text.word("leaflet-relay-instead", ["number": number])))
        }
        all.append(BrailleDraft(.paragraph, text.own(data.checkedWords(contact))))
        return all
    }

    private func end(_ text: BrailleText) -> [BrailleDraft] {
        var all = [
            BrailleDraft(.heading(1), text.word("leaflet-other-formats")),
            BrailleDraft(.paragraph, text.word("leaflet-other-formats-text")),
            BrailleDraft(.heading(2), text.word("leaflet-newer")),
            BrailleDraft(.paragraph, text.word("leaflet-newer-text")),
            BrailleDraft(.item(0), text.literal(data.address)),
        ]
        all[0].isListed = true
        return all
    }
}

/// Words that are not translated yet, and how they are set.
struct BrailleDraft: Sendable {
    var kind: BrailleBlock.Kind
    var runs: [BrailleRun]
    var startsPage = false
    var isApart = false
    /// Whether it stands in the list of contents.
    var isListed = false

    init(_ kind: BrailleBlock.Kind, _ runs: [BrailleRun]) {
        self.kind = kind
        self.runs = runs
    }
}

/// Text that is translated by one table.
struct BrailleRun: Hashable, Sendable {
    var text: String
    var table: String
    /// A number that is read in one go stays on its line.
    var staysTogether = false
    /// Whether lines may end between any two of its signs, as in Chinese.
    var breaksAnywhere = false
    /// Whether the line ends after it.
    var endsLine = false
}

/// Runs beside one another that are translated together, so that contractions know what is around them.
struct BrailleSegment: Sendable {
    var text = ""
    var table: String
    /// Scalars of the stretches that stay together.
    var keep: [Range<Int>] = []
    var breaksAnywhere = false
    var endsLine = false

    static func segments(of runs: [BrailleRun]) -> [BrailleSegment] {
        var all: [BrailleSegment] = []
        for run in runs where !run.text.isEmpty || run.endsLine {
            if all.last?.table != run.table || all.last?.endsLine ?? false {
                all.append(BrailleSegment(table: run.table, breaksAnywhere: run.breaksAnywhere))
            }
            let start = all[all.count - 1].text.unicodeScalars.count
            all[all.count - 1].text += run.text
            if run.staysTogether {
                all[all.count - 1].keep.append(start..<start + run.text.unicodeScalars.count)
            }
            all[all.count - 1].endsLine = run.endsLine
        }
        return all
    }

    /// The cells of a translated segment, with signs for where lines may end.
    func cells(_ made: BrailleTranslator.Translated) throws(BrailleTranslator.Problem) -> [BrailleCell] {
        var cells: [BrailleCell] = []
        for scalar in made.cells.unicodeScalars {
            // Eight dots are for displays; paper has six.
            guard (0x2800..<0x2840).contains(scalar.value) else {
                throw .failed("the table \(table) is not one of six dots")
            }
            cells.append(BrailleCell(scalar.value - 0x2800))
        }
        for place in made.kept where place.count == 2 && place[0] <= place[1] && place[1] <= cells.count {
            for index in place[0]..<place[1] where cells[index] == .blank { cells[index] = .fixedBlank }
        }
        guard breaksAnywhere else { return cells }
        let starts = Set(made.starts)
        return cells.enumerated().flatMap { index, cell in
            starts.contains(index) && index > 0 && cell != .blank ? [.softBreak, cell] : [cell]
        }
    }
}
