import Build
import Guidance
import Markdown
import Preview
import Workspace

/// Answers what the pages of the preview ask while somebody edits in them.
struct EditDesk: Sendable {
    let findings: FindingsReader
    let editor: ContentEditor
    /// What "checked today" writes.
    let today: CalendarDate

    func answer(_ action: String, _ asked: PreviewEditing.Request) async -> (Int, JSONValue)? {
        do {
            switch action {
            case "passages":
                guard let page = await findings.page(at: asked.page ?? "/") else {
                    return await (200, .object(ends([("passages", .array([])), ("others", .array([]))])))
                }
                return await (200, .object(ends(PagePassages(page, editor).fields)))
            case "check":
                guard let (place, text) = Self.passage(asked) else { return Self.incomplete }
                let review = try await editor.review(place, text: text, council: asked.council ?? "")
                return (200, Self.json(review, lineOfText: true))
            case "save":
                guard let (place, text) = Self.passage(asked) else { return Self.incomplete }
                let step = try await editor.save(place, text: text)
                await findings.forget()
                return (200, .object([("undo", Self.json(step))]))
            case "entry":
                guard let file = asked.file, let kind = Self.kind(asked), let name = asked.name else {
                    return Self.incomplete
                }
                return (200, .object(await Self.json(try editor.entry(file, kind, name), today)))
            case "check-entry":
                guard let (place, values) = Self.entry(asked) else { return Self.incomplete }
                let review = try await editor.review(place, values: values, council: asked.council ?? "")
                return (200, Self.json(review, lineOfText: false))
            case "save-entry":
                guard let (place, values) = Self.entry(asked) else { return Self.incomplete }
                let step = try await editor.save(place, values: values)
                await findings.forget()
                return (200, .object([("undo", Self.json(step))]))
            case "check-question":
                guard let file = asked.file, let version = asked.version, let question = asked.name,
                    let answer = asked.text
                else { return Self.incomplete }
                let review = try await editor.review(
                    question: question, answer: answer, file: file, version: version,
                    council: asked.council ?? "")
                return (200, Self.json(review, lineOfText: false))
            case "add-question":
                guard let file = asked.file, let version = asked.version, let question = asked.name,
                    let answer = asked.text
                else { return Self.incomplete }
                let step = try await editor.add(
                    question: question, answer: answer, file: file, version: version)
                await findings.forget()
                return (200, .object([("undo", Self.json(step))]))
            case "check-page":
                guard let page = Self.page(asked) else { return Self.incomplete }
                return (
                    200,
                    Self.json(try await editor.review(page, council: asked.council ?? ""), lineOfText: false)
                )
            case "add-page":
                guard let page = Self.page(asked) else { return Self.incomplete }
                let step = try await editor.add(page)
                await findings.forget()
                return (
                    200, .object([("undo", Self.json(step)), ("address", .string(page.path + "/"))])
                )
            case "choices":
                let choices = try await editor.entryChoices(council: asked.council ?? "")
                return (200, Self.json(choices, today))
            case "check-new-entry":
                guard let (place, values) = Self.entry(asked) else { return Self.incomplete }
                let review = try await editor.review(new: place, values: values, council: asked.council ?? "")
                return (200, Self.json(review, lineOfText: false))
            case "add-entry":
                guard let (place, values) = Self.entry(asked) else { return Self.incomplete }
                let step = try await editor.add(place, values: values)
                await findings.forget()
                return (200, .object([("undo", Self.json(step))]))
            case "settings":
                let settings = try await editor.settings(of: asked.council ?? "")
                return (200, Self.json(settings))
            case "check-settings":
                guard let council = asked.council, let values = asked.values, let version = asked.version
                else { return Self.incomplete }
                let review = try await editor.review(settings: values, of: council, version: version)
                return (200, Self.json(review, lineOfText: false))
            case "save-settings":
                guard let council = asked.council, let values = asked.values, let version = asked.version
                else { return Self.incomplete }
                let step = try await editor.save(settings: values, of: council, version: version)
                await findings.forget()
                return (200, .object([("undo", Self.json(step))]))
            case "undo":
                guard let id = asked.id else { return Self.incomplete }
                let step = try await editor.undo(id)
                await findings.forget()
                return await (
                    200, .object([("undone", Self.json(step)), ("undo", Self.json(editor.lastStep))])
                )
            default: return nil
            }
        } catch let refusal as ContentEditor.Refusal {
            return json(refusal)
        } catch {
            return (500, .object([("message", .string("\(error)"))]))
        }
    }

    private func ends(_ fields: [(String, JSONValue)]) async -> [(String, JSONValue)] {
        await fields + [("undo", Self.json(editor.lastStep))]
    }

    private static let incomplete = (
        400, JSONValue.object([("message", .string("The request does not say what is meant."))])
    )

    private static func passage(_ asked: PreviewEditing.Request) -> (ContentEditor.Place, String)? {
        guard let file = asked.file, let start = asked.start, let end = asked.end, start > 0, end >= start,
            let version = asked.version, let text = asked.text
        else { return nil }
        return (ContentEditor.Place(file: file, lines: start...end, version: version), text)
    }

    private static func page(_ asked: PreviewEditing.Request) -> ContentEditor.NewPage? {
        guard let values = asked.values, let kind = asked.kind.flatMap(PageKind.init),
            let title = values["title"],
            let section = values["section"], let text = asked.text
        else { return nil }
        return ContentEditor.NewPage(
            council: values["owner"] == "council" ? asked.council : nil, kind: kind, title: title,
            name: values["name"] ?? "", section: section, text: text)
    }

    private static func json(_ choices: ContentEditor.EntryChoices, _ today: CalendarDate) -> JSONValue {
        func named(_ rows: [(id: String, label: String)]) -> JSONValue {
            .array(rows.map { .object([("id", .string($0.id)), ("label", .string($0.label))]) })
        }
        return .object([
            (
                "facts",
                .array(
                    choices.facts.map {
                        .object([
                            ("id", .string($0.id)), ("label", .string($0.label)), ("type", .string($0.kind)),
                        ])
                    })
            ),
            ("contacts", named(choices.contacts)), ("groups", named(choices.groups)),
            (
                "files",
                .array(
                    choices.files.map {
                        .object([
                            ("file", .string($0.file)), ("version", .string($0.version)),
                            ("sources", .array($0.sources.map { .string($0) })),
                        ])
                    })
            ),
            ("today", .string("\(today)")),
            ("types", .array(Fact.Kind.allCases.map { .string($0.rawValue) })),
        ])
    }

    private static func json(_ settings: ContentEditor.CouncilSettings) -> JSONValue {
        .object([
            ("file", .string(settings.file)), ("version", .string(settings.version)),
            (
                "values",
                .object(
                    ContentEditor.CouncilSettings.keys.map { ($0, .string(settings.values[$0] ?? "")) })
            ),
            (
                "sources",
                .array(
                    settings.sources.map { .object([("key", .string($0.key)), ("text", .string($0.text))]) })
            ),
        ])
    }

    private static func kind(_ asked: PreviewEditing.Request) -> ContentEditor.EntryKind? {
        asked.kind.flatMap(ContentEditor.EntryKind.init)
    }

    private static func entry(
        _ asked: PreviewEditing.Request
    ) -> (ContentEditor.EntryPlace, [String: String])? {
        guard let file = asked.file, let kind = kind(asked), let name = asked.name,
            let version = asked.version, let values = asked.values
        else { return nil }
        return (ContentEditor.EntryPlace(file: file, kind: kind, id: name, version: version), values)
    }

    private static func json(_ entry: ContentEditor.Entry, _ today: CalendarDate) -> [(String, JSONValue)] {
        [
            ("file", .string(entry.place.file)), ("kind", .string(entry.place.kind.rawValue)),
            ("name", .string(entry.place.id)), ("version", .string(entry.place.version)),
            ("today", .string("\(today)")), ("sources", .array(entry.sources.map { .string($0) })),
            (
                "fields",
                .array(
                    entry.fields.map {
                        .object([
                            ("key", .string($0.key)), ("text", .string($0.text)), ("line", .int($0.line)),
                        ])
                    })
            ),
        ]
    }

    private static func json(_ step: ContentEditor.Step?) -> JSONValue {
        guard let step else { return .null }
        return .object([
            ("id", .int(step.id)), ("file", .string(step.file)), ("line", .int(step.line)),
        ])
    }

    private static func json(_ review: ContentEditor.Review, lineOfText: Bool) -> JSONValue {
        var sources = LinesOfFiles(review.files)
        let here = review.here.map { problem in
            let line = (problem.location?.range?.start.line ?? review.firstLine) - review.firstLine + 1
            guard case .object(let fields) = ProblemText.json(problem, &sources) else {
                return JSONValue.null
            }
            return .object(fields + [("lineOfText", lineOfText ? .int(line) : .null)])
        }
        return .object([
            ("here", .array(here)),
            ("elsewhere", .array(review.elsewhere.map { ProblemText.json($0, &sources) })),
            ("canBeSaved", .bool(review.obstacles.isEmpty)),
        ])
    }

    private func json(_ refusal: ContentEditor.Refusal) -> (Int, JSONValue) {
        func object(_ message: String, _ fields: [(String, JSONValue)] = []) -> JSONValue {
            .object([("message", .string(HiddenCharacters.shown(message)))] + fields)
        }
        switch refusal {
        case .notEditable(let message): return (403, object(message))
        case .changedOnDisk(let now, let isSame):
            let found = now.map { PagePassages.json($0.place) + [("text", .string($0.text))] }
            return (
                409,
                object(
                    isSame
                        ? "Somebody has changed another part of this file since you opened this passage."
                        : "Somebody has changed this passage on the disk since you opened it.",
                    [("now", found.map { .object($0) } ?? .null), ("isSame", .bool(isSame))])
            )
        case .entryChangedOnDisk(let now):
            return (
                409,
                object(
                    "Somebody has changed this file on the disk since you opened the form.",
                    [("now", now.map { .object(Self.json($0, today)) } ?? .null)])
            )
        case .errors(let problems, let files):
            var sources = LinesOfFiles(files)
            return (
                422,
                object(
                    "This is not saved: with it, the site could not be built.",
                    [("problems", .array(problems.map { ProblemText.json($0, &sources) }))])
            )
        case .notWritten(let error):
            return (500, object("\(error.path) could not be written: \(error.explanation)."))
        }
    }
}

/// The passages of a page that can be edited on it, and what shows there but stands elsewhere.
struct PagePassages {
    let fields: [(String, JSONValue)]

    static func json(_ place: ContentEditor.Place) -> [(String, JSONValue)] {
        [
            ("file", .string(place.file)), ("start", .int(place.lines.lowerBound)),
            ("end", .int(place.lines.upperBound)), ("version", .string(place.version)),
        ]
    }

    /// One block as the page shows it: all its texts, in order.
    private struct Row {
        var place: ContentEditor.Place
        var kind: String
        var text: String
        var section: String?
        var shown: [String] = []
        var values: [String] = []
        /// Which of all the page's texts they are.
        var indices: [Int] = []
    }

    init(_ page: PageFindings, _ editor: ContentEditor) async {
        let source = page.source ?? page.page
        let written = page.passages(of: source)
        let shown = page.passages(of: page.page)
        var files: [String: (passages: Passages, version: String)?] = [:]
        var rows: [Row] = []
        var others: [JSONValue] = []
        for (index, placed) in written.enumerated() {
            let name = page.below(placed.file)
            if files[name] == nil { files[name] = .some(try? await editor.read(name)) }
            let text =
                shown.indices.contains(index) ? shown[index].passage.plainText : placed.passage.plainText
            guard let (passages, version) = files[name] ?? nil, let line = placed.passage.range?.start.line,
                let entry = passages.entry(at: line)
            else {
                let place = SourceLocation(file: placed.file, range: placed.passage.range)
                others.append(
                    .object([
                        ("text", .string(text)), ("place", .string("\(place)")),
                        ("section", placed.section.map { .string($0) } ?? .null),
                    ]))
                continue
            }
            let place = ContentEditor.Place(file: name, lines: entry.lines, version: version)
            let row: Int
            if let known = rows.firstIndex(where: { $0.place == place }) {
                row = known
            } else {
                row = rows.count
                rows.append(
                    Row(
                        place: place, kind: Self.kind(of: entry.block),
                        text: passages.file.text(of: entry.lines), section: placed.section))
            }
            rows[row].shown.append(text)
            rows[row].indices.append(index)
            placed.passage.inlines.forEachInline { inline in
                if case .value(let value) = inline, !rows[row].values.contains(value.name) {
                    rows[row].values.append(value.name)
                }
            }
        }
        let translations = page.translations.map {
            (language: $0.language, texts: page.passages(of: $0.page))
        }
        let passages = rows.map { row in
            let file = joinPath(page.root, row.place.file)
            let stale = translations.filter { other in
                row.indices.contains { index in
                    other.texts.indices.contains(index) && other.texts[index].passage.translation == .current
                        && written[index].passage.plainText.contains { $0.isLetter }
                }
            }
            return JSONValue.object(
                Self.json(row.place) + [
                    ("name", .string("\(SourceLocation(file: file))")), ("kind", .string(row.kind)),
                    ("text", .string(row.text)), ("section", row.section.map { .string($0) } ?? .null),
                    ("shown", .array(row.shown.map { .string($0) })),
                    ("values", .array(row.values.map { .string($0) })),
                    ("isShared", .bool(page.isShared(file))),
                    ("usedBy", .int(page.uses(file, row.section))),
                    ("stale", .array(stale.map { .string($0.language.englishName) })),
                ])
        }
        // Where a new question goes: the file that the page's other questions are in.
        let file = page.below(source.file)
        let questions: JSONValue
        if source.kind == .faq, let read = try? await editor.read(file) {
            questions = .object([
                ("file", .string(file)), ("name", .string(joinPath(page.root, file))),
                ("version", .string(read.version)), ("isShared", .bool(page.isShared(source.file))),
                ("usedBy", .int(page.uses(source.file, nil))),
            ])
        } else {
            questions = .null
        }
        let isTranslated = page.edition.language != page.edition.sourceLanguage
        fields = [
            ("council", .string(page.council.id)), ("councilName", .string(page.council.identity.name)),
            ("councils", .int(page.councils)),
            ("language", .string(page.edition.language.englishName)),
            ("sourceLanguage", .string(page.edition.sourceLanguage.englishName)),
            ("sourceTag", .string(page.edition.sourceLanguage.tag)),
            ("isTranslated", .bool(isTranslated)),
            ("passages", .array(passages)), ("others", .array(others)), ("facts", page.facts),
            ("questions", questions),
            ("kinds", .array(PageKind.allCases.map { .string($0.rawValue) })),
            ("base", .string(page.isSingleCouncil ? "/" : "/\(page.council.id)/")),
        ]
    }

    private static func kind(of block: Block) -> String {
        switch block.content {
        case .paragraph: "paragraph"
        case .heading(level: 1, _): "title"
        case .heading: "heading"
        case .list: "list"
        case .quote: "quotation"
        case .callout: "notice"
        case .footnote: "footnote"
        case .code, .thematicBreak: "block"
        case .table: "table"
        }
    }
}
