import Guidance
import Translations
import Workspace

/// The editions that a command about the search looks at.
package struct AskedEditions: Sendable {
    package let model: SiteModel
    /// Each with all its editions.
    package let councils: [(council: Council, editions: [Edition])]
    private let languages: Set<String>

    package func isWanted(_ edition: Edition) -> Bool {
        languages.isEmpty || languages.contains(edition.language.tag)
    }

    /// Reads the portal as it is published: addresses are those of the whole site.
    ///
    /// - Parameter councilsWithoutName: How many councils there may be where none is named.
    /// - Returns: nil where there is nothing to look at, which is reported.
    package static func load(
        _ wantedSettings: SiteSettings, in files: some FileSystem, councilsWithoutName: Int,
        reporting diagnostics: inout Diagnostics
    ) async -> AskedEditions? {
        var settings = wantedSettings
        let wanted = settings.councils
        settings.councils = []
        var found = Diagnostics()
        guard let model = await SiteModel.load(settings, in: files, reporting: &found) else {
            diagnostics.add(found)
            return nil
        }
        diagnostics.add(settings.unknownLanguages(of: model.portal))
        let all = model.portal.councils
        for id in wanted where !all.contains(where: { $0.id == id }) {
            diagnostics.add(
                .error(
                    "UnknownCouncil", "there is no council '\(id)'",
                    at: SourceLocation(file: joinPath(settings.content, "councils")),
                    help: didYouMean(id, among: all.map(\.id))))
        }
        if wanted.isEmpty, all.count > councilsWithoutName {
            diagnostics.add(
                .error(
                    "NoCouncilNamed", "the portal has \(all.count) councils", at: nil,
                    help: "Name one with --council: \(all.map(\.id).joined(separator: ", "))."))
        }
        guard !diagnostics.hasErrors else { return nil }
        // Without a language, families read the one the guidance is written in first.
        let languages =
            settings.languages.isEmpty && councilsWithoutName == 1
            ? [model.portal.sourceLanguage.tag] : settings.languages
        var councils: [(council: Council, editions: [Edition])] = []
        for council in all where wanted.isEmpty || wanted.contains(council.id) {
            let (editions, problems) = model.editions(of: council, in: files)
            diagnostics.add(Diagnostics(problems.sorted.filter { $0.severity == .error }))
            for tag in languages
            where !wanted.isEmpty && !editions.contains(where: { $0.language.tag == tag }) {
                diagnostics.add(
                    .error(
                        "UnknownLanguage", "\(council.identity.name) is not published in '\(tag)'", at: nil,
                        help: didYouMean(
                            tag, among: editions.map(\.language.tag),
                            otherwise: "It is published in: "
                                + editions.map(\.language.tag).joined(separator: ", ") + ".")))
            }
            councils.append((council, editions))
        }
        // What is wrong with the words of the search explains what it finds.
        let words = joinPath(settings.content, "search/")
        diagnostics.add(
            Diagnostics(
                found.sorted.filter {
                    $0.severity == .error && $0.location?.file.hasPrefix(words) ?? false
                }))
        return AskedEditions(model: model, councils: councils, languages: Set(languages))
    }
}

extension Diagnostic {
    package static func nothingToFind(
        _ council: Council, _ language: Language, _ content: String
    ) -> Diagnostic {
        .error(
            "NothingToFind",
            "\(council.identity.name) has no section that can be found in \(language.englishName)",
            at: SourceLocation(file: joinPath(content, "councils/\(council.id)")),
            help: "Write a page with headings, or a page of questions.")
    }
}
