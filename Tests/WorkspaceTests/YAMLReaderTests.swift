import Testing

@testable import Workspace

@Suite("Reading YAML")
struct YAMLReaderTests {
    /// Everything a reader can see of a text: keys, values, places, problems.
    private func reading(_ yaml: String) -> [String] {
        let reader = YAMLReader(file: "page.md", lineOffset: 1)
        guard let mapping = reader.root(yaml) else { return reader.diagnostics.sorted.map { "\($0)" } }
        return ["at \(mapping.location)"]
            + mapping.entries.map { entry in
                "\(entry.key) \(entry.keyLocation) = \(entry.value.scalarText ?? "-") \(entry.value.location) "
                    + "\(entry.value.location.range.map { "\($0.end)" } ?? "") \(entry.value.isNull)"
            } + reader.diagnostics.sorted.map { "\($0)" }
    }

    @Test(
        "places are those of the file, where YAML sees more lines",
        arguments: ["\u{85}", "\u{2028}", "\u{2029}"])
    func separators(_ separator: String) throws {
        let reader = YAMLReader(file: "a.yml")
        let mapping = try #require(reader.root("title: 'one\(separator) two'\r\nlist: [x]\nother: {a: b}\n"))
        #expect(mapping.entries.map { $0.keyLocation.range?.start.line } == [1, 2, 3])
        let broken = YAMLReader(file: "a.yml")
        #expect(broken.root("title: 'one\(separator) two'\nlist: [x\n") == nil)
        let lines = broken.diagnostics.sorted.compactMap { $0.location?.range?.start.line }
        #expect(lines.allSatisfy { $0 <= 3 } && !lines.isEmpty)
    }

    @Test(
        "simple lines read as the general parser reads them",
        arguments: [
            "title: Your rights\norder: 3\nreviewed: 2026-11-01\n", "title: A", "a: null\n",
            "a: yes\nb: No\n",
            "a: 1\na: 2\n", "review-every: 12 months\n", "title: what's \"new\", [here] & {there}\n",
            "a: x - y\n", "a: b \n", "a:  two spaces\n", "a: -x\n", "a: ~\n", "a:\n", "a: b: c\n", "a: b:\n",
            "a: b #c\n", "a: b#c\n", "a: é\n", "é: a\n", "-a: b\n", "a b: c\n", "a: b\n  c\n",
            "a: b\n\nc: d\n",
            "a: &x b\n", "a: *x\n", "a: 'b'\n", "a: [b]\n", "a: |\n  b\n", "a: b\tc\n", "a: b\r\nc: d\r\n",
            "\n",
            "", "a: %b\n", "a: 10:30\n", "? a\n: b\n", "a: b\n...\n", "---\na: b\n",
        ])
    func simpleLines(_ yaml: String) {
        // A comment after the text sends it to the general parser, and changes nothing else.
        #expect(reading(yaml) == reading(yaml + "\n# end\n"))
    }

    @Test(
        "a date that is none says what to write",
        arguments: [
            ("21/11/2026", "Write 2026-11-21."), ("21 November 2026", "Write 2026-11-21."),
            ("2026-1-5", "Write 2026-01-05."), ("2026-11-31", "November 2026 has 30 days."),
        ])
    func dates(_ written: String, _ advice: String) {
        #expect(CalendarDate.advice(on: written) == advice)
    }

    @Test("a tab is named")
    func tab() {
        #expect(reading("a:\n\tb: c\n").joined().contains("tab"))
    }
}
