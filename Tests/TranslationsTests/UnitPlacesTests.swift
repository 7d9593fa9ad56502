import Testing
import Translations
import Workspace

/// Messages with contexts and plurals in files that have neither.
@Suite struct UnitPlacesTests {
    private let polish: Language

    init() throws { polish = try #require(Language(tag: "pl")) }

    private var own: POFile {
        var entries = [
            POEntry(context: "month-5", id: "May", strings: ["maja"]),
            POEntry(context: "month-alone-5", id: "May", strings: ["maj"]),
            POEntry(context: "duration", id: "{n} day", pluralID: "{n} days", strings: ["", "", ""]),
            POEntry(id: "Close"),
        ]
        entries[0].references = ["strings.yml#month-5"]
        entries[1].references = ["strings.yml#month-alone-5"]
        entries[3].references = ["strings.yml#close", "strings.yml#shut"]
        return POFile(path: "pl.po", entries: entries)
    }

    private func unit(_ place: String?, _ text: String, _ translation: String) -> POEntry {
        var entry = POEntry(id: text, strings: [translation])
        entry.references = [place].compactMap { $0 }
        return entry
    }

    @Test func `a unit is named by where its entry stands, and each form of a plural by its number`() {
        #expect(
            own.entries.map(\.unitPlaces) == [
                ["strings.yml#month-5"], ["strings.yml#month-alone-5"],
                ["duration/{n} day[0]", "duration/{n} day[1]", "duration/{n} day[2]"],
                ["strings.yml#close strings.yml#shut"],
            ])
    }

    @Test func `meanings and forms find their entries again`() {
        var notes: [String] = []
        let sent =
            [
                unit("strings.yml#month-alone-5", "May", "Maj"), unit("strings.yml#month-5", "May", "Maja"),
                unit("duration/{n} day[2]", "{n} days", "{n} dni"),
                unit("duration/{n} day[0]", "{n} day", "{n} dzień"), unit(nil, "Close", "Zamknij"),
            ] + [unit("strings.yml#old", "Gone", "Nie ma")]
        let found = UnitPlaces(own).entries(of: sent, notes: &notes)
        #expect(found.map(\.context) == ["month-alone-5", "month-5", "duration", nil, nil])
        #expect(
            found.map(\.strings) == [
                ["Maj"], ["Maja"], ["{n} dzień", "", "{n} dni"], ["Zamknij"], ["Nie ma"],
            ])
        #expect(notes.isEmpty)
    }

    @Test func `English with several meanings is not guessed`() {
        var notes: [String] = []
        #expect(UnitPlaces(own).entries(of: [unit(nil, "May", "Maj")], notes: &notes).isEmpty)
        #expect(notes.count == 1 && notes[0].contains("'May' has several meanings"))
        // A place whose English is another one by now is no place of it.
        #expect(
            UnitPlaces(own).entries(of: [unit("strings.yml#month-5", "Close", "Zamknij")], notes: &notes)
                .map(\.references) == [["strings.yml#close", "strings.yml#shut"]])
    }

    @Test func `the counts of a form are shown`() {
        #expect(
            (0..<3).map { PluralRules.examples(of: $0, in: polish) } == [
                "1", "2, 3, 4, 22 …", "0, 5, 6, 7 …",
            ])
    }
}
