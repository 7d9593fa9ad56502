import Guidance
import Support
import Testing
import Translations
import Workspace

/// The least that makes a portal with one council.
func sampleSite(_ changes: [String: String] = [:]) -> [String: String] {
    var files = [
        "content/portal.yml": """
        name: Help
        base-url: https://help.example
        languages: [en, pl]
        """,
        "content/councils/a/council.yml": """
        name: Council A
        nation: england
        languages: [en]
        """,
    ]
    files.merge(changes) { $1 }
    return files
}

struct LoadedSite {
    var portal: Portal?
    /// In the order of the councils.
    var editions: [Edition] = []
    var overrides: [Override] = []
    var diagnostics: [Diagnostic] = []

    func edition(_ council: String) throws -> Edition {
        try #require(editions.first { $0.council.id == council })
    }
}

let englishStrings = InterfaceStrings([
    "date": "{day} {month} {year}", "month-7": "July", "month-12": "December", "date-month": "{month} {year}",
    "month-alone-12": "December", "contacts-other": "Other contacts",
    "extension": "extension {number}", "option": "option {number}",
])

/// Loads a site and resolves every council in the source language.
func load(
    _ files: [String: String], councils: [String] = [], today: String = "2026-11-21"
) throws -> LoadedSite {
    let system = InMemoryFileSystem(files)
    var site = LoadedSite()
    var diagnostics = Diagnostics()
    let date = try #require(CalendarDate(today))
    site.portal = Portal.load(from: "content", in: system, councils: councils, reporting: &diagnostics)
    if let portal = site.portal {
        let english = LanguageResources(
            language: .english, translator: nil, strings: englishStrings, review: nil)
        for council in portal.councils {
            let guidance = portal.guidance(of: council, in: system, reporting: &diagnostics)
            site.overrides += guidance.overrides
            site.editions += portal.editions(
                of: guidance, resources: [english], today: date, reporting: &diagnostics)
        }
    }
    site.diagnostics = diagnostics.sorted
    return site
}
