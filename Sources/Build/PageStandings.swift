import Guidance
import Translations
import Workspace

/// Which pages are out in which language, as the catalogues stand.
package struct PageStandings: Sendable {
    struct Key: Hashable, Sendable {
        var council: String
        var language: Language
    }

    /// Paths of pages, in navigation order.
    package struct Pages: Sendable {
        var published: [String] = []
        /// Out, although too little of them is translated and current now.
        var kept: [String] = []
        /// Waiting until enough of them is translated.
        var held: [String] = []
    }

    private(set) var pages: [Key: Pages] = [:]
    /// Blocks that wait for a translation, by the council's id.
    private(set) var waiting: [String: [HeldPassage]] = [:]
    /// The paths of every council's pages, by the council's id.
    private(set) var paths: [String: Set<String>] = [:]

    /// - Parameter catalogues: Those that know the messages in use.
    package init(of portal: Portal, catalogues: [Catalogue], today: CalendarDate, in files: some FileSystem) {
        // Problems of the pages are those of a build.
        var ignored = Diagnostics()
        let portal = portal.withLeafletTexts(in: files)
        let noStrings = InterfaceStrings([:])
        var resources = [
            LanguageResources(
                language: portal.sourceLanguage, translator: nil, strings: noStrings, review: nil)
        ]
        for catalogue in catalogues where !catalogue.isUnreviewed || portal.translations.publishesDrafts {
            let catalogue = portal.translations.publishesDrafts ? catalogue : catalogue.hidingDrafts()
            resources.append(
                LanguageResources(
                    language: catalogue.language,
                    translator: CatalogueTranslator(guidance: catalogue), strings: noStrings,
                    review: catalogue.review))
        }
        for council in portal.councils {
            let guidance = portal.guidance(of: council, in: files, reporting: &ignored)
            let editions = portal.editions(
                of: guidance, resources: resources, today: today, reporting: &ignored)
            let source = editions.first { $0.language == portal.sourceLanguage }
            let all = source?.pages.map(\.path) ?? []
            if let held = source?.held, !held.isEmpty { waiting[council.id] = held }
            paths[council.id] = Set(all)
            for language in council.languages where language != portal.sourceLanguage {
                var found = Pages()
                let edition = editions.first { $0.language == language }
                for path in all {
                    switch edition?.page(path)?.standing {
                    case .published?: found.published.append(path)
                    case .kept?: found.kept.append(path)
                    case .held?, nil: found.held.append(path)
                    }
                }
                pages[Key(council: council.id, language: language)] = found
            }
        }
    }

    /// The record of what is out, with what it said before.
    package func record(after known: PublishedPages, of portal: Portal) -> PublishedPages {
        var record = known
        for (key, pages) in pages {
            for path in pages.published + pages.kept where !path.isEmpty {
                record.insert(path, of: key.council, in: key.language)
            }
        }
        record.keep(languages: portal.languages, paths: paths)
        return record
    }
}
