import Checks
import Guidance
import Workspace

/// Where a site comes from and what is wanted of it.
package struct SiteSettings: Sendable {
    package var content: String
    /// The folder of all themes, and the name of the one to use.
    package var themes: String
    package var theme: String
    package var councils: [String]
    /// Tags of the languages wanted besides the source language; empty for all.
    package var languages: [String]
    package var baseURL: String?
    package var isStrict: Bool
    /// Whether every rule reads all guidance: what `check` is for, and what must be so before a site is publishable.
    package var readsEverything: Bool
    package var today: CalendarDate
    /// The Python that has the layout engine of leaflets, and the engine that tries the search.
    package var python: String
    /// Where the time of each rule is added up; nil where nobody asks.
    package var clock: RuleClock?

    package init(
        content: String, themes: String, theme: String, councils: [String] = [], languages: [String] = [],
        baseURL: String? = nil, isStrict: Bool = false, readsEverything: Bool = false, today: CalendarDate,
        python: String = "python3"
    ) {
        self.content = content
        self.themes = themes
        self.theme = theme
        self.councils = councils
        self.languages = languages
        self.baseURL = baseURL
        self.isStrict = isStrict
        self.readsEverything = readsEverything
        self.today = today
        self.python = python
    }

    /// An error for each language that is wanted and that a portal does not publish.
    package func unknownLanguages(of portal: Portal) -> Diagnostics {
        let tags = portal.languages.map(\.tag)
        return Diagnostics(
            languages.filter { !tags.contains($0) }.map { tag in
                .error(
                    "UnknownLanguage", "the portal does not publish '\(tag)'",
                    at: SourceLocation(file: joinPath(content, "portal.yml")),
                    help: didYouMean(tag, among: tags, otherwise: "Known: \(tags.joined(separator: ", ")).")
                )
            })
    }
}
