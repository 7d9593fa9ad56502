import Foundation
import Guidance
import Markdown
import Translations
import Workspace

/// What the theme is given: one leaflet as JSON. Words are data there, never Typst source.
struct LeafletData {
    let leaflet: Leaflet
    let edition: Edition
    let theme: LeafletTheme
    let colours: BrandColours
    /// The logo's name among the job's files, and its text for those who cannot see it.
    let logo: (path: String, alternative: String)?
    /// The pictures' names among the job's files, by their paths below the content folder.
    let pictures: [String: String]
    /// The path within the site of a content file that pages link to.
    let publishedPath: @Sendable (String) -> String?
    /// The words of the second language, where it has two.
    var second: SecondWords?
    /// Where the passages are that are set, for their counterparts.
    var place = ""

    private var language: Language { edition.language }

    /// Where the same words stand on the web.
    var address: String {
        Leaflet.address(edition.portal.baseURL, edition.base, leaflet.spec.page)
    }

    /// The title in the source language, where others read answers who do not know this one.
    private var titleBeside: Passage? {
        guard second == nil else { return nil }
        let answered = leaflet.pages.contains { $0.allSections.contains { $0.sourceHeading != nil } }
        return answered ? leaflet.spec.sourceTitle : nil
    }

    /// Whether the page that its code leads to is one to type on.
    private var isTypedOnline: Bool { edition.page(leaflet.spec.page)?.kind.isFilledIn ?? false }

    /// The newest day on which somebody checked what the leaflet says; the build's day where nobody has.
    var date: CalendarDate {
        let checks = leaflet.pages.compactMap(\.reviewed) + leaflet.contacts.compactMap(\.checked)
        return checks.max() ?? edition.today
    }

    /// The day on which the first of its pages must be checked again. A day that has passed promises nothing to who holds the
    /// paper; the check tells it to the council.
    var reviewDue: CalendarDate? {
        leaflet.pages.compactMap(\.reviewDue).min().flatMap { $0 < edition.today ? nil : $0 }
    }

    /// The languages of every passage and of the names of the other languages.
    var languages: [Language] {
        let all =
            [language, edition.sourceLanguage, edition.latin, .english] + edition.alternatives.map(\.language)
            + [second?.language].compactMap(\.self)
        return Set(all).sorted { $0.tag < $1.tag }
    }

    /// The data of the file for reading, or of the one for the printer.
    ///
    /// The version's code is made from everything else: two leaflets with the same code say the same.
    func json(forPrinter: Bool) -> JSONValue {
        let body = fields(forPrinter: forPrinter)
        let whole = JSONValue.object(body + [("version", words(version))])
        // Paper shows words as they are written.
        return forPrinter ? whole : whole.withoutArabicMarks
    }

    /// The version's date and its code.
    var version: String {
        let code = String(
            ContentHash(JSONValue.object(fields(forPrinter: false)).serialized()).short.prefix(4))
        return word("leaflet-version", ["date": edition.strings.marked.date(date), "code": code])
    }

    /// Whether the file for the printer shows signs that the one for reading must do without.
    var hasArabicMarks: Bool { JSONValue.object(fields(forPrinter: true)).hasArabicMarks }

    private func fields(forPrinter: Bool) -> [(String, JSONValue)] {
        let spec = leaflet.spec
        let council = edition.council
        let url = address
        let shownAddress = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
        return [
            ("format", .string(leaflet.format.rawValue)),
            ("print", .bool(forPrinter)),
            ("typed", .bool(theme.fonts.typedFamily(for: language) != nil)),
            ("typed-online", .bool(isTypedOnline)),
            ("lang", .string(language.tag)),
            ("dir", .string(language.direction.rawValue)),
            (
                "source",
                .object([
                    ("lang", .string(edition.sourceLanguage.tag)),
                    ("dir", .string(edition.sourceLanguage.direction.rawValue)),
                ])
            ),
            ("title", passage(spec.title)),
            ("title-text", .string(spec.title.plainText)),
            ("title-beside", titleBeside.map(passage) ?? .null),
            ("subtitle", spec.subtitle.map(passage) ?? .null),
            (
                "council",
                .object([("name", .string(council.name)), ("short", .string(council.shortName))])
            ),
            (
                "logo",
                logo.map { .object([("path", .string($0.path)), ("alt", .string($0.alternative))]) } ?? .null
            ),
            ("colours", colours.json),
            (
                "fonts",
                .object(
                    languages.map { ($0.tag, theme.fonts.json(for: $0, forPrinter: forPrinter)) })
            ),
            ("scripts", .object(languages.map { ($0.tag, .string($0.script.rawValue)) })),
            (
                "language",
                .object([
                    ("native", .string(language.nativeName)), ("english", .string(language.englishName)),
                ])
            ),
            (
                "date",
                .object([
                    ("year", .int(date.year)), ("month", .int(date.month ?? 1)), ("day", .int(date.day ?? 1)),
                ])
            ),
            (
                "review",
                reviewDue.map { day in
                    both { $0.word("leaflet-review", ["date": $0.edition.strings.marked.date(day)]) }
                } ?? .null
            ),
            ("address", .string(url)),
            ("address-text", .string(shownAddress.dropFirst().joined(separator: "/"))),
            ("qr", QRCode(url).map { .string($0.svg) } ?? .null),
            ("notices", .array(notes.map(both))),
            // On the cover of a folded leaflet it stands under the title.
            (
                "portal-notice",
                .array(
                    edition.notice.enumerated().map { index, block in
                        at(SecondWords.notice(index)).block(
                            block, level: leaflet.format == .trifold ? 2 : 3, kind: .page)
                    })
            ),
            ("about", .array(spec.about.map(passage))),
            ("contents", .bool(spec.showsContents)),
            ("layout", .string(spec.layout.rawValue)),
            ("audience", .string(leaflet.audience.rawValue)),
            ("reader", leaflet.reader.map { .string($0.rawValue) } ?? .null),
            ("shortened", .bool(leaflet.isShortened)),
            ("brief", .bool(leaflet.fit.isBrief)),
            ("tight", .bool(leaflet.fit.isTight)),
            ("whole", .bool(leaflet.fit.keepsSections)),
            ("lists", .bool(leaflet.fit.keepsLists)),
            ("strings", .object(theme.stringKeys.map { ($0, .string(edition.strings[$0])) })),
            ("words", .object(markedStrings)),
            (
                "alternatives",
                .array(
                    edition.alternatives.filter { $0.language != language }.map(alternative))
            ),
            ("parts", .array(leaflet.partsWithNumberedFootnotes.map(part))),
        ] + closeness + secondLanguage
    }

    /// Only where a folded leaflet needs the room: the code of every other leaflet stays what it was.
    private var closeness: [(String, JSONValue)] {
        (leaflet.fit.isClose ? [("close", .bool(true))] : [])
            + (leaflet.leftOut.isEmpty ? [] : [("left-out", .array(leaflet.leftOut.map(passage)))])
    }

    /// Only where there is one: the code of every other leaflet stays what it was.
    private var secondLanguage: [(String, JSONValue)] {
        guard let second else { return [] }
        return [
            (
                "second",
                .object([
                    ("lang", .string(second.language.tag)),
                    ("dir", .string(second.language.direction.rawValue)),
                    ("native", .string(second.language.nativeName)),
                    ("words", .object(second.strings(beside: edition.strings))),
                ])
            )
        ]
    }

    /// Another language the same words can be had in: in its own words, with where they are.
    private func alternative(_ other: Alternative) -> JSONValue {
        let key = "leaflet-in-this-language"
        let page = other.paths.contains(leaflet.spec.page) ? leaflet.spec.page : ""
        let url = Leaflet.address(edition.portal.baseURL, other.base, page)
        let name = other.language.nativeName
        let isTheme = other.language == InterfaceStrings.themeLanguage
        let strings = isTheme ? InterfaceStrings(theme.strings) : other.strings
        // What is not translated would be English in another language's letters.
        let isOwn = strings.contains(key) && (isTheme || strings[key] != theme.strings[key])
        let words = isOwn ? strings(key, ["language": name]) : name
        return .object([
            ("lang", .string(other.language.tag)),
            ("dir", .string(other.language.direction.rawValue)),
            ("name", .string(name)),
            ("words", .string(words)),
            ("address", .string(url)),
            ("qr", QRCode(url).map { .string($0.svg) } ?? .null),
        ])
    }

    /// How text of the leaflet's language is shown, and how text of the source language is.
    var ownText: TextSetting { TextSetting(language, latin: edition.latin) }
    var sourceText: TextSetting { TextSetting(edition.sourceLanguage, latin: edition.latin) }

    /// Text of the leaflet's language: a string, or a passage where something in it must keep its own order or language.
    private func words(_ text: String) -> JSONValue {
        let pieces = runs(text, ownText)
        guard pieces.contains(where: \.isRun) else { return .string(text) }
        return .object([("c", .array(pieces.map(\.json)))])
    }

    /// Words of the theme in the leaflet's language; where it has two, in both. What they say beside that, such as a day, is
    /// said by each in its own way.
    private func both(_ text: (LeafletData) -> String) -> JSONValue {
        let own = text(self)
        guard let other = second?.json(text, beside: own) else { return words(own) }
        return .object([("c", .array(runs(own, ownText).map(\.json))), ("second", other)])
    }

    /// Words of the theme, for a leaflet of which this language is the second.
    func secondWords(_ text: String) -> JSONValue { second(runs(text, ownText)) }

    /// The same of words with parameters, which stand in braces.
    func secondString(_ key: String) -> JSONValue { second(template(key)) }

    private func second(_ pieces: [Piece]) -> JSONValue {
        .object([
            ("lang", .string(language.tag)), ("dir", .string(language.direction.rawValue)),
            ("c", .array(pieces.map(\.json))),
        ])
    }

    private func template(_ key: String) -> [Piece] {
        StringTemplate(edition.strings.marked[key]).parts.flatMap { part in
            switch part {
            case .text(let text): runs(text, ownText)
            // Its name is no word in Latin letters.
            case .parameter(let name): [Piece(plain: "{\(name)}")]
            }
        }
    }

    /// The theme's words in which something must keep its own order or language.
    private var markedStrings: [(String, JSONValue)] {
        theme.stringKeys.compactMap { key in
            let pieces = template(key)
            return pieces.contains(where: \.isRun) ? (key, .array(pieces.map(\.json))) : nil
        }
    }

    /// A stretch of text, or a run in it.
    private struct Piece {
        var isRun: Bool
        var json: JSONValue

        init(plain text: String) {
            isRun = false
            json = .object([("t", .string("text")), ("s", .string(text))])
        }

        init(run fields: [(String, JSONValue)]) {
            isRun = true
            json = .object([("t", .string("run"))] + fields)
        }
    }

    private func runs(_ text: String, _ setting: TextSetting) -> [Piece] {
        SourceWords.pieces(of: text).flatMap { text, isSource in
            isSource
                ? [
                    Piece(run: [
                        ("s", .string(text)), ("kind", .string("words")),
                        ("lang", .string(InterfaceStrings.themeLanguage.tag)),
                    ])
                ] : ownRuns(text, setting)
        }
    }

    private func ownRuns(_ text: String, _ setting: TextSetting) -> [Piece] {
        setting.pieces(of: text).map { text, run in
            guard let run else { return Piece(plain: text) }
            let kind =
                switch run.kind {
                case .phone: "phone"
                case .email, .web: "address"
                case .words: "words"
                }
            var fields: [(String, JSONValue)] = [("s", .string(text)), ("kind", .string(kind))]
            if run.hasLatinWords, let latin = setting.latin { fields.append(("lang", .string(latin.tag))) }
            return Piece(run: fields)
        }
    }

    private func word(_ key: String, _ parameters: [String: String] = [:]) -> String {
        edition.strings.marked(key, parameters)
    }

    /// What the reader must know before reading.
    var notices: [String] { notes.map { $0(self) } }

    /// The same, to be said in a language: one with a second language says it in both.
    private var notes: [(LeafletData) -> String] {
        var all: [(LeafletData) -> String] = []
        let council = edition.council
        if let ended = council.validTo, ended < edition.today {
            all.append {
                $0.word(
                    "leaflet-ended", ["name": council.name, "date": $0.edition.strings.marked.date(ended)])
            }
            for successor in council.successors {
                let name = [successor.name, successor.area].compactMap { $0 }.joined(separator: ": ")
                all.append { $0.word("leaflet-successor", ["name": name]) }
            }
        }
        if let from = council.informationFrom {
            all.append { $0.word("leaflet-old-information", ["date": $0.edition.strings.marked.date(from)]) }
        }
        if edition.review == .draft || second?.isDraft == true { all.append { $0.word("leaflet-draft") } }
        return all
    }

    // MARK: Parts

    private func part(_ part: Leaflet.Part) -> JSONValue {
        var fields: [(String, JSONValue)] = [
            ("id", .string(part.id)),
            ("number", .int(part.number)),
            ("panel", .string(part.panel.rawValue)),
            ("new-page", .bool(part.startsNewPage)),
        ]
        switch part.content {
        case .page(let content):
            let placed = at(SecondWords.place(part.number))
            // Sections stand one level below the part's title; without a title, at its level.
            let level = content.title == nil ? 2 : 3
            fields += [
                ("kind", .string("page")),
                ("page-kind", .string(content.page.kind.rawValue)),
                ("title", content.title.map { placed.passage($0) } ?? .null),
                (
                    "intro",
                    placed.blocks(content.introduction, level: level, kind: content.page.kind)
                ),
                (
                    "sections",
                    .array(
                        content.sections.map {
                            section(
                                $0, level: level, kind: content.page.kind, part: part.id, number: part.number)
                        })
                ),
                ("groups", groups(content.groups)),
            ]
            if content.page.kind == .easy { fields += easyWords(content) }
        case .contacts(let title, let shown):
            fields += [
                ("kind", .string("contacts")), ("title", title.map(passage) ?? .null),
                ("groups", groups(shown)),
            ]
        case .write(let title, let text, let lines):
            fields += [
                ("kind", .string("write")), ("title", passage(title)), ("text", .array(text.map(passage))),
                ("lines", .int(lines ?? 0)),
            ]
        case .fillIn(let title, let text, let labels):
            fields += [
                ("kind", .string("fill-in")), ("title", passage(title)), ("text", .array(text.map(passage))),
                ("fields", .array(labels.map(passage))),
            ]
        }
        return .object(fields)
    }

    private func section(
        _ section: Section, level: Int, kind: PageKind, part: String, number: Int
    ) -> JSONValue {
        let placed = at(SecondWords.place(number, section.id))
        var fillIn: [(String, JSONValue)] = []
        if let deadline = section.deadline {
            fillIn.append(("deadline", self.deadline(deadline, in: SecondWords.place(number, section.id))))
        }
        switch section.answer {
        case .lines(let lines)?: fillIn.append(("answer", .int(lines)))
        case .drawing?: fillIn.append(("answer", .string("drawing")))
        case nil: break
        }
        // Where two languages stand side by side, the question is there in both.
        if second == nil, let heading = section.sourceHeading { fillIn.append(("beside", passage(heading))) }
        return .object(
            fillIn + [
                ("id", .string("\(part)#\(section.id)")),
                ("level", .int(min(6, level))),
                ("heading", placed.passage(section.heading)),
                ("blocks", placed.blocks(section.blocks, level: level + 1, kind: kind)),
                (
                    "children",
                    .array(
                        section.children.map {
                            self.section($0, level: level + 1, kind: kind, part: part, number: number)
                        })
                ),
            ])
    }

    private func easyWords(_ content: Leaflet.Part.PageContent) -> [(String, JSONValue)] {
        [
            ("note", both { $0.easyNote(content) }),
            ("credits", easyCredits(content) == nil ? .null : both { $0.easyCredits(content) ?? "" }),
        ]
    }

    /// Who has tried a page in easy words, or that nobody has.
    func easyNote(_ content: Leaflet.Part.PageContent) -> String {
        let testers = content.page.testers.map { tester in
            tester.who + (tester.date.map { " (\(edition.strings.marked.date($0)))" } ?? "")
        }
        return testers.isEmpty
            ? word("easy-untested") : word("easy-tested", ["who": testers.joined(separator: "; ")])
    }

    /// Whom the pictures of a page in easy words are from; nil where none is shown.
    func easyCredits(_ content: Leaflet.Part.PageContent) -> String? {
        let shown = content.page.pictureCredits.map(\.words).joined(separator: "; ")
        let hasPictures = content.sections.contains { section in
            section.blocks.contains { $0.attributes?.picture != nil }
        }
        return hasPictures ? word("easy-pictures", ["credits": shown]) : nil
    }

    private func deadline(_ deadline: Deadline, in place: String) -> JSONValue {
        let other = second?.deadline(in: place) ?? deadline
        func said(_ words: (Deadline, InterfaceStrings) -> String) -> JSONValue {
            both { words($0.language == language ? deadline : other, $0.edition.strings) }
        }
        let isShared = [deadline, other].allSatisfy { $0.firstDay(in: edition.strings) != nil }
        return .object([
            ("rule", said { $0.rule(in: $1) }),
            ("brief", said { $0.rule(in: $1, saysFirstDay: false) }),
            ("first-day", isShared ? said { $0.firstDay(in: $1) ?? "" } : .null),
        ])
    }

    private func groups(_ groups: [ContactGroup]) -> JSONValue {
        .array(
            groups.map { group in
                .object([
                    ("heading", passage(group.heading, beside: second?.group(group)?.heading)),
                    ("contacts", .array(group.contacts.map(contact))),
                ])
            })
    }

    /// When a contact was checked, or what to know where nobody has.
    func checkedWords(_ contact: Contact) -> String {
        let age = edition.age(of: contact).map {
            word("leaflet-contact-old", ["date": edition.strings.marked.date($0)])
        }
        if let day = contact.checked {
            return word(
                contact.isCheckOverdue ? "leaflet-check-overdue" : "leaflet-checked",
                ["date": edition.strings.marked.date(day)])
        }
        return age ?? word("leaflet-not-checked")
    }

    /// The same of several contacts of which nobody has checked the others, in the words of the website.
    private func someCheckedWords(_ day: CalendarDate) -> String {
        edition.strings.marked("contacts-some-checked", ["date": edition.strings.marked.date(day)])
    }

    private func contact(_ contact: Contact) -> JSONValue {
        func ways(_ ways: [Contact.Way]) -> JSONValue {
            .array(
                ways.map { way in
                    .object([
                        ("channel", .string(way.channel.rawValue)),
                        ("s", .string(way.shown)),
                        ("dest", way.destination.map { .string($0) } ?? .null),
                    ])
                })
        }
        let other = second?.contact(contact)
        return .object([
            ("name", passage(contact.name, beside: other?.name)),
            ("purpose", contact.purpose.map { passage($0, beside: other?.purpose) } ?? .null),
            ("ways", ways(contact.ways)), ("brief", ways(Leaflet.briefWays(of: contact))),
            ("hours", contact.hours.map { passage($0, beside: other?.hours) } ?? .null),
            ("area", contact.area.map { passage($0, beside: other?.area) } ?? .null),
            ("note", contact.note.map { passage($0, beside: other?.note) } ?? .null),
            ("relay", relay(contact.relay)),
            ("checked", both { $0.checkedWords(contact) }),
            ("some-checked", contact.checked.map { day in both { $0.someCheckedWords(day) } } ?? .null),
            ("standing", .string(standing(of: contact))),
        ])
    }

    /// Whether its numbers were tried: what is the same for many contacts is said once.
    private func standing(of contact: Contact) -> String {
        if contact.checked != nil { return contact.isCheckOverdue ? "overdue" : "checked" }
        return edition.age(of: contact) == nil ? "unchecked" : "old"
    }

    private func relay(_ relay: Contact.Relay?) -> JSONValue {
        switch relay {
        case nil: .null
        case .before: both { $0.word("leaflet-relay") }
        case .instead(let number): both { $0.word("leaflet-relay-instead", ["number": number]) }
        }
    }

    // MARK: Blocks and passages

    private func blocks(_ blocks: [Block], level: Int, kind: PageKind) -> JSONValue {
        .array(blocks.map { block($0, level: level, kind: kind) })
    }

    private func block(_ block: Block, level: Int, kind: PageKind) -> JSONValue {
        var fields: [(String, JSONValue)]
        switch block.content {
        case .paragraph(let passage):
            fields = [("t", .string("p")), ("p", self.passage(passage))]
            if kind == .easy, let picture = block.attributes?.picture.flatMap({ pictures[$0] }) {
                fields.append(("picture", .string(picture)))
            }
        case .heading(_, let passage):
            // A heading inside a section's blocks is one level below it, whatever its Markdown level: a level
            // that is skipped cannot be read aloud in order (PDF/UA-1, 7.4.2).
            fields = [
                ("t", .string("h")), ("level", .int(min(6, level))), ("p", self.passage(passage)),
            ]
        case .list(let list):
            let items = JSONValue.array(
                list.items.map { item in
                    .object([
                        ("turn", .bool(item.attributes?.isYourTurn ?? false)),
                        ("blocks", self.blocks(item.blocks, level: level, kind: kind)),
                    ])
                })
            fields = [
                ("t", .string(list.start == nil ? "ul" : "ol")), ("tight", .bool(list.isTight)),
                ("items", items),
            ]
            if let start = list.start {
                fields += [
                    ("start", .int(start)),
                    ("style", kind == .agenda ? .string("timeline") : .string("steps")),
                ]
                if let seat = list.yourSeat { fields.append(("seat", .int(seat))) }
            }
        case .quote(let inner):
            fields = [
                ("t", .string("quote")),
                ("blocks", self.blocks(inner, level: level, kind: kind)),
            ]
        case .callout(let callout, let inner):
            fields = [
                ("t", .string("callout")), ("warns", .bool(callout.warns)),
                ("title", both { $0.edition.strings.marked["callout-\(callout.rawValue)"] }),
                ("blocks", self.blocks(inner, level: level, kind: kind)),
            ]
        case .footnote(let number, let inner):
            fields = [
                ("t", .string("note")), ("number", .string(number)),
                ("blocks", self.blocks(inner, level: level, kind: kind)),
            ]
        case .code(_, let text):
            fields = [("t", .string("code")), ("s", .string(text))]
        case .thematicBreak:
            fields = [("t", .string("rule"))]
        case .table(let table):
            fields = [
                ("t", .string("table")),
                (
                    "align",
                    .array(
                        table.alignments.map { alignment in
                            switch alignment {
                            case .none, .start: .string("start")
                            case .centre: .string("centre")
                            case .end: .string("end")
                            }
                        })
                ),
                ("header", .array(table.header.map { passage($0) })),
                ("rows", .array(table.rows.map { .array($0.map { passage($0) }) })),
            ]
        }
        if let state = state(of: block) { fields.append(("state", .string(state))) }
        return .object(fields)
    }

    /// The state of a block's first passage that is not a current translation.
    func state(of block: Block) -> String? {
        guard language != edition.sourceLanguage else { return nil }
        var found: String?
        [block].forEachPassage { passage in
            guard found == nil else { return }
            switch passage.translation {
            case .current: break
            case .stale: found = "stale"
            case .replaced: found = "replaced"
            case .missing: found = "missing"
            }
        }
        return found
    }

    /// The same leaflet's data at a place of it.
    private func at(_ place: String) -> LeafletData {
        var data = self
        data.place = place
        return data
    }

    /// A passage of the second language, with what must be known of its translation.
    func secondPassage(_ passage: Passage) -> JSONValue {
        let isFallback = passage.translation.isFallback && language != edition.sourceLanguage
        let shown = isFallback ? edition.sourceLanguage : language
        var fields: [(String, JSONValue)] = [
            ("lang", .string(shown.tag)), ("dir", .string(shown.direction.rawValue)),
            ("c", .array(inlines(passage.inlines, isFallback ? sourceText : ownText))),
        ]
        let state: String? =
            switch passage.translation {
            case .current: nil
            case .stale: "stale"
            case .replaced: "replaced"
            case .missing: "missing"
            }
        if let state, language != edition.sourceLanguage {
            fields.append(("note", words(edition.strings["leaflet-part-\(state)"])))
            fields.append(("note-lang", .string(language.tag)))
            fields.append(("note-dir", .string(language.direction.rawValue)))
        }
        return .object(fields)
    }

    private func passage(_ passage: Passage) -> JSONValue {
        self.passage(passage, beside: second?.counterpart(of: passage, in: place))
    }

    private func passage(_ passage: Passage, beside other: Passage?) -> JSONValue {
        var fields: [(String, JSONValue)] = []
        if passage.translation.isFallback, language != edition.sourceLanguage {
            fields += [
                ("lang", .string(edition.sourceLanguage.tag)),
                ("dir", .string(edition.sourceLanguage.direction.rawValue)),
            ]
        }
        fields.append(
            ("c", .array(inlines(passage.inlines, passage.translation.isFallback ? sourceText : ownText))))
        if let second, let other, let words = second.json(other, beside: passage) {
            fields.append(("second", words))
        }
        return .object(fields)
    }

    private func inlines(_ inlines: [Inline], _ setting: TextSetting) -> [JSONValue] {
        func wrapped(_ name: String, _ content: [Inline]) -> JSONValue {
            .object([("t", .string(name)), ("c", .array(self.inlines(content, setting)))])
        }
        return inlines.flatMap { inline -> [JSONValue] in
            switch inline {
            case .text(let text): runs(text, setting).map(\.json)
            case .lineBreak: [.object([("t", .string("break"))])]
            case .footnote(let number): [.object([("t", .string("note")), ("s", .string(number))])]
            case .code(let text): [.object([("t", .string("code")), ("s", .string(text))])]
            case .emphasis(let content): [wrapped("emph", content)]
            case .strong(let content): [wrapped("strong", content)]
            case .strikethrough(let content): [wrapped("strike", content)]
            // Pictures are not part of leaflets; their alternative text is.
            case .image(let image): [Piece(plain: image.alternative).json]
            // An edition has none left; one that is there all the same shows as it was written.
            case .placeholder(let placeholder): [Piece(plain: "{{\(placeholder.name)}}").json]
            case .value(let value) where value.kind == .term:
                [
                    .object([
                        ("t", .string("run")), ("s", .string(value.text)), ("kind", .string("words")),
                        ("lang", .string(edition.sourceLanguage.tag)),
                    ])
                ]
            case .value(let value):
                [
                    .object([
                        ("t", .string("value")), ("s", .string(value.text)),
                        ("literal", .bool(value.kind == .literal)),
                        ("c", .array(value.kind == .literal ? [] : runs(value.text, setting).map(\.json))),
                        ("dest", value.destination.map { .string($0) } ?? .null),
                    ])
                ]
            case .link(let link):
                [
                    .object([
                        ("t", .string("link")), destination(of: link),
                        ("c", .array(self.inlines(link.content, setting))),
                    ])
                ]
            }
        }
    }

    private func destination(of link: Inline.Link) -> (String, JSONValue) {
        switch leaflet.target(of: link, in: edition, publishedPath) {
        case .inside(let label): ("to", .string(label))
        case .address(let address): ("dest", .string(address))
        case .nowhere: ("dest", .null)
        }
    }

    // MARK: Places

    /// Every text with the file it comes from, to find where a letter was written.
    var sources: [(text: String, location: SourceLocation)] {
        var all: [(String, SourceLocation)] = []
        func add(_ passage: Passage?, _ file: String) {
            guard let passage else { return }
            all.append((passage.plainText, SourceLocation(file: file, range: passage.range)))
        }
        func add(_ blocks: [Block], _ file: String) { blocks.forEachPassage { add($0, file) } }
        func add(_ sections: [Section]) {
            for section in sections {
                add(section.heading, section.file)
                add(section.blocks, section.file)
                add(section.children)
            }
        }
        func add(_ groups: [ContactGroup]) {
            for contact in groups.flatMap(\.contacts) {
                for text in [contact.name, contact.purpose, contact.note, contact.hours, contact.area]
                    .compactMap({ $0 })
                {
                    all.append((text.plainText, contact.location))
                }
                for way in contact.ways { all.append((way.shown, contact.location)) }
            }
        }
        for passage in leaflet.spec.passages { add(passage, leaflet.spec.file) }
        for part in leaflet.parts {
            switch part.content {
            case .page(let content):
                add(content.title, content.page.file)
                add(content.introduction, content.page.file)
                add(content.sections)
                add(content.groups)
            case .contacts(_, let groups): add(groups)
            case .write, .fillIn: break
            }
        }
        return all
    }
}

extension Leaflet {
    /// The parts with the footnotes of the whole leaflet numbered in reading order, each below the section that first refers
    /// to it.
    var partsWithNumberedFootnotes: [Part] {
        var footnotes = Footnotes()
        return parts.map { part in
            guard case .page(var content) = part.content else { return part }
            content.introduction = footnotes.numberAndAppend(content.introduction)
            content.sections = content.sections.map { footnotes.numberAndAppend($0) }
            var part = part
            part.content = .page(content)
            return part
        }
    }
}

extension Footnotes {
    fileprivate mutating func numberAndAppend(_ section: Section) -> Section {
        var section = section
        let first = notes.count
        section.heading = number(section.heading, over: section.blocks)
        section.blocks = number(section.blocks) + new(since: first)
        section.children = section.children.map { numberAndAppend($0) }
        return section
    }

    fileprivate mutating func numberAndAppend(_ blocks: [Block]) -> [Block] {
        let first = notes.count
        return number(blocks) + new(since: first)
    }

    private func new(since first: Int) -> [Block] {
        notes[first...].map { Block(.footnote(label: "\($0.number)", $0.blocks)) }
    }
}

extension JSONValue {
    /// Whether any text has a vowel sign of Arabic writing.
    fileprivate var hasArabicMarks: Bool {
        switch self {
        case .null, .bool, .int, .double: false
        case .string(let text): text.unicodeScalars.contains(where: Self.isArabicMark)
        case .array(let values): values.contains(where: \.hasArabicMarks)
        case .object(let fields): fields.contains { $0.1.hasArabicMarks }
        }
    }

    /// The same without the vowel signs of Arabic writing, for files that are read aloud or copied from.
    ///
    /// The engine (0.15) stores a letter twice where a sign stands above it: copied or read aloud, أيضًا would
    /// become أيضًضًا. It also tears the line apart at each sign and tags the pieces from left to right, so that even
    /// with the second letter taken out of the file a screen reader would read the end of a word before its beginning.
    /// Without the signs every word comes back as it is.
    fileprivate var withoutArabicMarks: JSONValue {
        switch self {
        case .null, .bool, .int, .double: self
        case .string(let text):
            text.unicodeScalars.contains(where: Self.isArabicMark)
                ? .string(
                    String(String.UnicodeScalarView(text.unicodeScalars.filter { !Self.isArabicMark($0) })))
                : self
        case .array(let values): .array(values.map(\.withoutArabicMarks))
        case .object(let fields): .object(fields.map { ($0.0, $0.1.withoutArabicMarks) })
        }
    }

    /// Fathatan to sukun and the superscript alef (Unicode 16, block Arabic).
    private static func isArabicMark(_ scalar: Unicode.Scalar) -> Bool {
        (0x064B...0x0652).contains(scalar.value) || scalar.value == 0x0670
    }
}
