import Guidance
import Translations
import Workspace

extension LeafletBuilder {
    /// Makes the page that an office keeps beside its printer: what there is to print, on how many sheets, how to
    /// fold it, and room to write numbers of copies.
    ///
    /// - Parameters:
    ///   - edition: The council's edition in the language of the office.
    ///   - made: The council's leaflets by language, in the order they are shown.
    /// - Returns: A PDF/UA-1 file; nil with the reason among the problems.
    public func copiesSheet(
        for edition: Edition, of made: [(language: Language, leaflets: [LeafletDescription])]
    ) async -> (pdf: [UInt8]?, diagnostics: Diagnostics) {
        var diagnostics = Diagnostics()
        guard let strings = theme.copiesStrings else {
            diagnostics.add(
                .error(
                    "IncompleteLeafletTheme", "the theme has no page for numbers of copies", at: nil,
                    help: "Take leaflets/copies.typ and leaflets/copies.yml from the default theme."))
            return (nil, diagnostics)
        }
        let job = JSONValue.object([
            ("step", .string("sheet")),
            ("data", .string(copiesData(edition, made, strings).serialized())),
            ("timestamp", .int(edition.today.dayNumber * 86_400)),
            ("standards", .array([.string("ua-1")])),
        ])
        func failed(_ reason: String) -> Diagnostic {
            .error(
                "LeafletFailed",
                "the page for copies of \(edition.council.name) could not be made: \(reason)",
                at: nil)
        }
        do {
            let answer = try await workers.withWorker { lease in await lease.run(job) }
            if let reason = answer.failure { diagnostics.add(failed(reason)) }
            for error in answer.errors ?? [] {
                let hints = error.hints.joined(separator: " ")
                diagnostics.add(
                    .error(
                        "LeafletThemeError",
                        "the page for copies of \(edition.council.name) could not be laid out: \(error.message)",
                        at: place(of: error), help: hints.isEmpty ? nil : hints))
            }
            for warning in answer.warnings ?? [] {
                if let family = Self.suffix(of: warning.message, after: "unknown font family: ") {
                    diagnostics.add(
                        .warning(
                            "LeafletFontMissing",
                            "the font '\(family)' for the page of copies is not installed",
                            at: nil, help: "Run 'signpost doctor' to see what is missing."))
                } else {
                    diagnostics.add(.warning("LeafletLayoutWarning", warning.message, at: place(of: warning)))
                }
            }
            return (diagnostics.hasErrors ? nil : answer.pdf.map { Array($0) }, diagnostics)
        } catch {
            diagnostics.add(failed((error as? TypstWorkers.EngineMissing)?.reason ?? "\(error)"))
            return (nil, diagnostics)
        }
    }

    private func copiesData(
        _ edition: Edition, _ made: [(language: Language, leaflets: [LeafletDescription])],
        _ strings: [String: String]
    ) -> JSONValue {
        let language = edition.language
        let all = Set(made.map(\.language) + [language, edition.sourceLanguage, .english]).sorted {
            $0.tag < $1.tag
        }
        let colours =
            edition.council.brand.colour.flatMap { Colour($0) }.map { BrandColours(brand: $0) } ?? .standard
        let date = edition.today
        func named(_ language: Language) -> JSONValue {
            .object([
                ("lang", .string(language.tag)), ("dir", .string(language.direction.rawValue)),
                ("native", .string(language.nativeName)), ("english", .string(language.englishName)),
            ])
        }
        let made = made.map { edition in
            // Whoever prints copies for many prints those in one language.
            (language: edition.language, leaflets: edition.leaflets.filter { $0.second == nil })
        }
        let known = made.flatMap(\.leaflets)
        let rows = LeafletFormat.allCases.filter(\.isPaper).map { format -> JSONValue in
            var names: [String] = []
            for leaflet in known where leaflet.format == format && !names.contains(leaflet.name) {
                names.append(leaflet.name)
            }
            return .object([
                ("format", .string(format.rawValue)),
                (
                    "leaflets",
                    .array(
                        names.map { name in
                            let cells = made.map { edition in
                                edition.leaflets.first { $0.name == name && $0.format == format }
                            }
                            let title =
                                zip(made, cells).first { $0.0.language == language }?.1?.title
                                ?? cells.lazy.compactMap { $0 }.first?.title
                            return .object([
                                ("title", .string(title?.plainText ?? name)), ("name", .string(name)),
                                (
                                    "cells",
                                    .array(
                                        cells.map { cell in
                                            cell.map {
                                                .object([
                                                    ("pages", .int($0.printedPages)),
                                                    ("sheets", .int($0.sheets)),
                                                ])
                                            } ?? .null
                                        })
                                ),
                            ])
                        })
                ),
            ])
        }
        return .object([
            ("format", .string("copies")), ("print", .bool(true)),
            ("lang", .string(language.tag)), ("dir", .string(language.direction.rawValue)),
            (
                "source",
                .object([
                    ("lang", .string(edition.sourceLanguage.tag)),
                    ("dir", .string(edition.sourceLanguage.direction.rawValue)),
                ])
            ),
            ("title-text", .string(strings["copies-title"] ?? "")),
            (
                "council",
                .object([
                    ("name", .string(edition.council.name)), ("short", .string(edition.council.shortName)),
                ])
            ),
            ("colours", colours.json),
            ("fonts", .object(all.map { ($0.tag, theme.fonts.json(for: $0, forPrinter: false)) })),
            ("scripts", .object(all.map { ($0.tag, .string($0.script.rawValue)) })),
            (
                "date",
                .object([
                    ("year", .int(date.year)), ("month", .int(date.month ?? 1)), ("day", .int(date.day ?? 1)),
                ])
            ),
            ("date-text", .string(edition.strings.date(date))),
            ("strings", .object(strings.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
            ("languages", .array(made.map { named($0.language) })),
            ("formats", .array(rows)),
        ])
    }
}
