import Guidance
import Markdown
import Translations

/// The page where staff choose what to print for a family.
extension EditionRenderer {
    func deskValues(_ page: PageSetting, _ values: inout [String: any Sendable]) {
        let own = plan.extras.desk.first { $0.language == edition.language }
        // Leaflets go by the titles that staff know, whatever language the family reads.
        let titles = Dictionary(
            (own?.leaflets ?? []).map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        values["desk"] = plan.extras.desk.flatMap { entry in
            entry.seconds.map { deskContext(entry, beside: $0, titles: titles, page) }
        }
        values["details"] = detailsContext(own?.details, of: edition.language)
        let printing = printingHelp(
            plan.extras.desk.flatMap { $0.leaflets.flatMap { $0.printed() } }, edition.strings)
        values["printing"] = printing
        values["has-printing"] = !printing.isEmpty
    }

    /// What there is for a family that reads one language, or that two languages are printed for, side by side.
    private func deskContext(
        _ entry: EditionExtras.DeskLanguage, beside second: Language?, titles: [String: Passage],
        _ page: PageSetting
    ) -> Context {
        let isOther = entry.language != edition.language
        func joined(_ name: (Language) -> String, by mark: String) -> Words {
            Words(([entry.language] + (second.map { [$0] } ?? [])).map(name).joined(separator: mark))
        }
        return Context([
            "tag": Words(entry.language.tag), "direction": Words(entry.language.direction.rawValue),
            "key": joined(\.tag, by: "+"),
            "name": joined(\.nativeName, by: " + "), "english-name": joined(\.englishName, by: " + "),
            "is-other": isOther,
            "details": second == nil ? detailsContext(entry.details, of: entry.language) : Absent(),
            "leaflets": entry.leaflets.compactMap { leaflet -> Context? in
                let files = leaflet.printed(beside: second).map { file in
                    let all = fileValues(file, of: leaflet, page)
                    return Context(
                        all.filter { ["href", "format", "name", "sheets", "size"].contains($0.key) })
                }
                guard !files.isEmpty else { return nil }
                return Context([
                    "id": Words(leaflet.id),
                    "title": Words(span(titles[leaflet.id] ?? leaflet.title, page)),
                    "own-title": isOther && titles[leaflet.id] != nil
                        ? Words(HTML.escape(leaflet.title.plainText)) : Absent(),
                    "files": files,
                ])
            },
        ])
    }

    /// What to fill in, in the family's language; words that are not translated say so.
    private func detailsContext(_ details: EditionExtras.Details?, of language: Language) -> any Sendable {
        guard let details else { return Absent() }
        func words(_ passage: Passage) -> Words {
            let text = HTML.escape(passage.plainText)
            guard passage.translation.isFallback, language != edition.language else { return Words(text) }
            return Words(
                Array("<span".utf8) + SecondText.attributes(edition.language) + Array(">".utf8) + text
                    + Array("</span>".utf8))
        }
        return Context([
            "title": words(details.title),
            "fields": details.fields.enumerated().map { number, field in
                Context(["number": Words("\(number + 1)"), "label": words(field)])
            },
        ])
    }
}

extension EditionExtras.DeskLanguage {
    /// What its leaflets have beside the language: nothing first, then each second language once.
    fileprivate var seconds: [Language?] {
        leaflets.flatMap(\.files).reduce(into: [nil]) { all, file in
            if !all.contains(file.second) { all.append(file.second) }
        }
    }
}

extension EditionExtras.Leaflet {
    /// The one file of each format that goes to the printer.
    ///
    /// - Parameter second: The language that stands beside the leaflet's own; nil for its own alone.
    func printed(beside second: Language? = nil) -> [EditionExtras.LeafletFile] {
        files.filter { file in
            (file.format?.isPaper ?? false) && file.second == second && (file.isForPrint || isOnly(file))
        }
    }
}
