import Guidance
import Translations
import Workspace

/// How far each language has come, council by council.
package struct TranslationReport<Files: FileSystem> {
    package struct Row {
        var language: Language
        var council: String
        var status: TranslationStatus
        var review: ReviewState?
        /// How many translations somebody has checked; nil where the catalogue's header speaks for all.
        var reviewed: Int?
        /// Files with something stale or missing.
        var pages: [(file: String, status: TranslationStatus)]
        /// Which pages the language has.
        var standings = PageStandings.Pages()
        /// Blocks of the source language that wait for this one.
        var waiting: [HeldPassage] = []
    }

    let portal: Portal
    let catalogues: CatalogueFiles<Files>
    let today: CalendarDate

    package init(portal: Portal, catalogues: CatalogueFiles<Files>, today: CalendarDate) {
        self.portal = portal
        self.catalogues = catalogues
        self.today = today
    }

    package func rows(languages wanted: [String], reporting diagnostics: inout Diagnostics) -> [Row] {
        let messages = portal.allMessages(in: catalogues.files, reporting: &diagnostics)
        var rows: [Row] = []
        var known: [Catalogue] = []
        for language in portal.languages
        where language != portal.sourceLanguage && (wanted.isEmpty || wanted.contains(language.tag)) {
            let file = catalogues.read(
                catalogues.guidancePath(language), language, reporting: &diagnostics)
            let catalogue = file.map {
                Catalogue($0, language: language).knowing(messagesInUse: messages.map { MessageKey($0.text) })
            }
            if let catalogue { known.append(catalogue) }
            for council in portal.councils where council.languages.contains(language) {
                rows.append(row(language, council, messages, catalogue))
            }
        }
        let standings = PageStandings(of: portal, catalogues: known, today: today, in: catalogues.files)
        for index in rows.indices {
            let key = PageStandings.Key(council: rows[index].council, language: rows[index].language)
            rows[index].standings = standings.pages[key] ?? .init()
            rows[index].waiting = (standings.waiting[rows[index].council] ?? [])
                .filter { $0.languages.contains(rows[index].language) }
        }
        return rows
    }

    private func row(
        _ language: Language, _ council: Council, _ messages: [SourceMessage], _ catalogue: Catalogue?
    ) -> Row {
        var status = TranslationStatus()
        var pages: [String: TranslationStatus] = [:]
        for message in messages where message.councils.isEmpty || message.councils.contains(council.id) {
            let key = MessageKey(message.text)
            let found = catalogue?.translation(of: key) ?? .missing
            status.add(key, found)
            for file in Set(message.references.map { String($0.prefix { $0 != "#" }) }) {
                if file.hasPrefix("councils/"), !file.hasPrefix("councils/\(council.id)/") { continue }
                pages[file, default: TranslationStatus()].add(key, found)
            }
        }
        return Row(
            language: language, council: council.id, status: status, review: catalogue?.review,
            reviewed: catalogue?.reviewedCount,
            pages: pages.filter { $0.value.translated < $0.value.total }
                .sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    package static func text(_ rows: [Row]) -> String {
        var table = TextTable()
        table.add(
            "language", "council", "translated", "fuzzy", "missing", "words left", "pages out", "held",
            "state")
        for row in rows {
            table.add(
                row.language.tag, row.council,
                "\(row.status.translated) (\(Int(row.status.coverage * 100)) %)",
                "\(row.status.stale)", "\(row.status.missing)", "\(row.status.wordsLeft)",
                "\(row.standings.published.count + row.standings.kept.count)",
                "\(row.standings.held.count)",
                row.reviewed.map { "\($0) messages reviewed" } ?? row.review.map { "\($0)" } ?? "no catalogue"
            )
        }
        var output = table.text()
        var affected = TextTable()
        var hasAffected = false
        for row in rows {
            for page in row.pages {
                hasAffected = true
                affected.add(
                    "  \(row.language.tag)", row.council, page.file, "\(Int(page.status.coverage * 100)) %",
                    "\(page.status.stale) fuzzy, \(page.status.missing) missing",
                    "\(page.status.wordsLeft) words left")
            }
        }
        if hasAffected { output += "\nPages with work left:\n" + affected.text() }
        for (heading, pages) in [
            (
                "Pages that are out, though too little of them is current (they stay; translate these first):",
                \PageStandings.Pages.kept
            ),
            (
                "Pages that wait until enough of them is translated (and checked, where drafts are not published):",
                \PageStandings.Pages.held
            ),
        ] {
            let listed = rows.filter { !$0.standings[keyPath: pages].isEmpty }
            guard !listed.isEmpty else { continue }
            var table = TextTable()
            for row in listed {
                table.add(
                    "  \(row.language.tag)", row.council,
                    row.standings[keyPath: pages].map { $0.isEmpty ? "(home page)" : $0 }.joined(
                        separator: ", "))
            }
            output += "\n\(heading)\n" + table.text()
        }
        let waiting = rows.filter { !$0.waiting.isEmpty }
        if !waiting.isEmpty {
            output += "\nChanged blocks that wait, in English too, until they are translated:\n"
            var table = TextTable()
            for row in waiting {
                for passage in row.waiting {
                    table.add(
                        "  \(row.language.tag)", row.council,
                        passage.page.isEmpty ? "(home page)" : passage.page,
                        passage.since.map { "since \($0)" } ?? "not extracted yet", passage.message)
                }
            }
            output += table.text()
        }
        return output
    }

    package static func json(_ rows: [Row]) -> JSONValue {
        .object([
            (
                "status",
                .array(
                    rows.map { row in
                        .object([
                            ("language", .string(row.language.tag)), ("council", .string(row.council)),
                            ("translated", .int(row.status.translated)), ("fuzzy", .int(row.status.stale)),
                            ("missing", .int(row.status.missing)), ("wordsLeft", .int(row.status.wordsLeft)),
                            ("published", .array(row.standings.published.map { .string($0) })),
                            ("kept", .array(row.standings.kept.map { .string($0) })),
                            ("held", .array(row.standings.held.map { .string($0) })),
                            (
                                "waiting",
                                .array(
                                    row.waiting.map { passage in
                                        .object([
                                            ("page", .string(passage.page)),
                                            ("since", passage.since.map { .string("\($0)") } ?? .null),
                                            ("message", .string(passage.message)),
                                            ("shown", .string(passage.previous)),
                                        ])
                                    })
                            ),
                            ("review", row.review.map { .string("\($0)") } ?? .null),
                            ("reviewed", row.reviewed.map { .int($0) } ?? .null),
                            (
                                "pages",
                                .array(
                                    row.pages.map { page in
                                        .object([
                                            ("file", .string(page.file)),
                                            ("translated", .int(page.status.translated)),
                                            ("fuzzy", .int(page.status.stale)),
                                            ("missing", .int(page.status.missing)),
                                            ("wordsLeft", .int(page.status.wordsLeft)),
                                        ])
                                    })
                            ),
                        ])
                    })
            )
        ])
    }
}
