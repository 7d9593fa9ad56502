import Guidance
import Translations
import Workspace

/// How far each language has come, council by council.
struct TranslationReport<Files: FileSystem> {
    struct Row {
        var language: Language
        var council: String
        var status: TranslationStatus
        var review: ReviewState?
        /// Files with something stale or missing, and how many messages of each.
        var pages: [(file: String, stale: Int, missing: Int)]
    }

    let portal: Portal
    let catalogues: CatalogueFiles<Files>

    func rows(languages wanted: [String], reporting diagnostics: inout Diagnostics) -> [Row] {
        let messages = portal.allMessages(in: catalogues.files, reporting: &diagnostics)
        var rows: [Row] = []
        for language in portal.languages
        where language != portal.sourceLanguage && (wanted.isEmpty || wanted.contains(language.tag)) {
            let file = catalogues.read(catalogues.guidancePath(language.tag), reporting: &diagnostics)
            let catalogue = file.map {
                Catalogue($0, language: language).knowing(messagesInUse: messages.map { MessageKey($0.text) })
            }
            for council in portal.councils where council.languages.contains(language) {
                rows.append(row(language, council, messages, catalogue))
            }
        }
        return rows
    }

    private func row(
        _ language: Language, _ council: Council, _ messages: [SourceMessage], _ catalogue: Catalogue?
    ) -> Row {
        var status = TranslationStatus()
        var pages: [String: (stale: Int, missing: Int)] = [:]
        for message in messages where message.councils.isEmpty || message.councils.contains(council.id) {
            let key = MessageKey(message.text)
            let found = catalogue?.translation(of: key) ?? .missing
            status.add(key, found)
            for reference in message.references {
                let file = String(reference.prefix { $0 != "#" })
                if file.hasPrefix("councils/"), !file.hasPrefix("councils/\(council.id)/") { continue }
                switch found {
                case .translated: break
                case .stale: pages[file, default: (0, 0)].stale += 1
                case .missing: pages[file, default: (0, 0)].missing += 1
                }
            }
        }
        return Row(
            language: language, council: council.id, status: status, review: catalogue?.review,
            pages: pages.sorted { $0.key < $1.key }.map { ($0.key, $0.value.stale, $0.value.missing) })
    }

    static func text(_ rows: [Row]) -> String {
        var table = TextTable()
        table.add("language", "council", "translated", "fuzzy", "missing", "words left", "state")
        for row in rows {
            table.add(
                row.language.tag, row.council,
                "\(row.status.translated) (\(Int(row.status.coverage * 100)) %)",
                "\(row.status.stale)", "\(row.status.missing)", "\(row.status.wordsLeft)",
                row.review.map { "\($0)" } ?? "no catalogue")
        }
        var output = table.text()
        var affected = TextTable()
        var hasAffected = false
        for row in rows {
            for page in row.pages {
                hasAffected = true
                affected.add(
                    "  \(row.language.tag)", row.council, page.file,
                    "\(page.stale) fuzzy, \(page.missing) missing")
            }
        }
        if hasAffected { output += "\nPages with work left:\n" + affected.text() }
        return output
    }

    static func json(_ rows: [Row]) -> JSONValue {
        .object([
            (
                "status",
                .array(
                    rows.map { row in
                        .object([
                            ("language", .string(row.language.tag)), ("council", .string(row.council)),
                            ("translated", .int(row.status.translated)), ("fuzzy", .int(row.status.stale)),
                            ("missing", .int(row.status.missing)), ("wordsLeft", .int(row.status.wordsLeft)),
                            ("review", row.review.map { .string("\($0)") } ?? .null),
                            (
                                "pages",
                                .array(
                                    row.pages.map { page in
                                        .object([
                                            ("file", .string(page.file)), ("fuzzy", .int(page.stale)),
                                            ("missing", .int(page.missing)),
                                        ])
                                    })
                            ),
                        ])
                    })
            )
        ])
    }
}
