import Support
import Testing

@testable import Workspace

@Suite("Changing values of a YAML file in their lines")
struct YAMLEditTests {
    private static let file = """
        # Kent
        name: Kent
        facts:
          arrive-early:   # before the start
            value: 20 minutes   # as the leaflet says
            source: leaflet
          short: 5 weeks
          flow: {value: yes, source: "The \\"leaflet\\""}   # one line
          long:
            value: >-
              many
              words
        contacts:
          line:
            name: 'The team''s line'
            phone: "01632 960 100"

        """

    private func set(_ values: [String: String], _ path: String, in text: String = file) throws -> String {
        let edit = try YAMLEdit(Array(text.utf8))
        let bytes = try edit.setting(
            values, at: path.split(separator: ".").map(String.init),
            order: ["value", "phone", "name", "source", "checked"])
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "only what is meant changes",
        arguments: [
            ("facts.arrive-early", ["value": "30 minutes"], "value: 20 minutes ", "value: 30 minutes "),
            (
                "facts.arrive-early", ["checked": "2026-11-29"], "    source: leaflet\n",
                "    source: leaflet\n    checked: 2026-11-29\n"
            ),
            ("facts.short", ["value": "6 weeks"], "short: 5 weeks", "short: 6 weeks"),
            (
                "facts.short", ["checked": "2026-11-29"], "short: 5 weeks",
                "short: {value: 5 weeks, checked: 2026-11-29}"
            ),
            ("facts.flow", ["value": "no"], "{value: yes,", "{value: no,"),
            (
                "facts.flow", ["checked": "2026-11-29", "source": "Web: page"], "\"The \\\"leaflet\\\"\"}",
                "\"Web: page\", checked: 2026-11-29}"
            ),
            ("contacts.line", ["phone": "01632 960 200"], "\"01632 960 100\"", "01632 960 200"),
            ("contacts.line", ["name": "It's #1, really"], "'The team''s line'", "\"It's #1, really\""),
            ("contacts.line", ["phone": "+44 1632 960 200"], "\"01632 960 100\"", "\"+44 1632 960 200\""),
        ], ["\n", "\r\n"])
    func changes(_ change: (path: String, values: [String: String], old: String, new: String), end: String)
        throws
    {
        let text = "\u{FEFF}" + Self.file.replacing("\n", with: end)
        #expect(
            try set(change.values, change.path, in: text)
                == text.replacing(
                    change.old.replacing("\n", with: end), with: change.new.replacing("\n", with: end)))
    }

    @Test("the values that a form shows")
    func fields() throws {
        let edit = try YAMLEdit(Array(Self.file.utf8))
        #expect(
            try edit.fields(at: ["facts", "arrive-early"]) == [
                .init(key: "value", text: "20 minutes", line: 5),
                .init(key: "source", text: "leaflet", line: 6),
            ])
        #expect(try edit.fields(at: ["facts", "short"]) == [.init(key: "value", text: "5 weeks", line: 7)])
        #expect(try edit.fields(at: ["facts", "flow"]).last?.text == "The \"leaflet\"")
        #expect(try edit.fields(at: ["facts", "long"]).isEmpty)
        #expect(throws: YAMLEdit.Failure.notThere) { try edit.fields(at: ["facts", "other"]) }
        #expect(throws: YAMLEdit.Failure.notThere) { try edit.fields(at: ["name", "value"]) }
    }

    @Test("what cannot be changed safely is left alone")
    func refused() throws {
        #expect(throws: YAMLEdit.Failure.notSimple(key: "value")) { try set(["value": "x"], "facts.long") }
        for text in ["a: [", "a: 1\na: 2\n", "", "a: &x 1\nb: *x\nfacts: {c: 1}\u{2028}"] {
            #expect(throws: YAMLEdit.Failure.self) { try set(["value": "x"], "facts.c", in: text) }
        }
        // An anchor that another entry repeats would change with it.
        let shared = "facts:\n  a: &a {value: 1}\n  b: *a\n"
        #expect(throws: YAMLEdit.Failure.self) { try set(["value": "2"], "facts.a", in: shared) }
    }

    @Test("whatever is typed is read as that, and nothing else changes its meaning", arguments: 0..<400)
    func anyText(seed: Int) throws {
        var source = SeededGenerator(seed: UInt64(seed))
        let pieces = [
            "a", "é", " ", "\"", "'", ":", ": ", " #", "#", "{", "}", "[", ",", "&", "*", "!", "|", ">", "%",
            "@",
            "`", "\\", "\\n", "-", "- ", "?", "0", "yes", "null", "~", "\u{FEFF}", "😀", "\u{200F}", "=", "<<",
        ]
        let typed = (0..<Int.random(in: 1...8, using: &source))
            .map { _ in pieces.randomElement(using: &source) ?? "" }.joined()
        let paths = ["facts.arrive-early", "facts.short", "facts.flow"]
        let path = paths[seed % paths.count]
        let changed: String
        do { changed = try set(["value": typed], path) } catch is YAMLEdit.Failure {
            // Signs that YAML cannot hold.
            #expect(typed.unicodeScalars.contains { $0 == "\u{FEFF}" })
            return
        }
        let fields = try YAMLEdit(Array(changed.utf8)).fields(at: path.split(separator: ".").map(String.init))
        #expect(fields.first?.text == typed)
        let (before, after) = (FileLines(Array(Self.file.utf8)), FileLines(Array(changed.utf8)))
        let same = before.same(as: after)
        #expect(before.count == after.count && same.top + same.foot >= before.count - 1)
    }

    private func add(_ name: String, _ addition: YAMLEdit.Addition, to key: String, in text: String) throws
        -> String
    {
        String(decoding: try YAMLEdit(Array(text.utf8)).adding(name, addition, to: key), as: UTF8.self)
    }

    @Test(
        "an entry is added at the end of its mapping, which is written where there is none",
        arguments: [
            ("facts:\n  a: 1\n", "facts:\n  a: 1\n  b:\n    value: 2 weeks\n"),
            (
                "facts:\n    a: 1\n\n# Contacts\ncontacts:\n  c: {}\n",
                "facts:\n    a: 1\n    b:\n      value: 2 weeks\n\n# Contacts\ncontacts:\n  c: {}\n"
            ),
            (
                "facts:\n  # One\n  # x: {value: 1}\ncontacts:\n",
                "facts:\n  b:\n    value: 2 weeks\n  # One\n  # x: {value: 1}\ncontacts:\n"
            ),
            ("facts: {}   # none yet\n", "facts:    # none yet\n  b:\n    value: 2 weeks\n"),
            ("name: A\n", "name: A\nfacts:\n  b:\n    value: 2 weeks\n"),
            ("name: A", "name: A\nfacts:\n  b:\n    value: 2 weeks"),
            (
                "name: A\r\nfacts:\r\n  a: 1\r\n",
                "name: A\r\nfacts:\r\n  a: 1\r\n  b:\r\n    value: 2 weeks\r\n"
            ),
            ("facts:\n  a: >-\n    x\n    # y\nname: A\n", nil),
            ("facts: {a: 1}\n", nil), ("facts: []\n", nil), ("facts: none\n", nil), ("{name: A}\n", nil),
            ("- a\n", nil),
            ("facts:\n  b: 1\n", nil),
        ] as [(String, String?)])
    func adding(_ text: String, _ result: String?) throws {
        guard let result else {
            #expect(throws: YAMLEdit.Failure.self) {
                try add("b", .mapping([("value", "2 weeks")]), to: "facts", in: text)
            }
            return
        }
        #expect(try add("b", .mapping([("value", "2 weeks")]), to: "facts", in: text) == result)
    }

    @Test("what is added is quoted where it could be taken for something else")
    func addingQuoted() throws {
        #expect(
            try add("colour", .text("#003a5d"), to: "brand", in: "name: A\n")
                == "name: A\nbrand:\n  colour: \"#003a5d\"\n")
    }

    @Test("a list on one line is set, and no other")
    func lists() throws {
        let edit = try YAMLEdit(Array("name: A\nlanguages: [en, pl]  # both\n".utf8))
        #expect(edit.list("languages") == ["en", "pl"] && edit.list("name") == nil)
        let text = String(
            decoding: try edit.setting(list: ["en", "cy", "zh-Hans"], of: "languages"), as: UTF8.self)
        #expect(text == "name: A\nlanguages: [en, cy, zh-Hans]  # both\n")
        for other in ["languages:\n  - en\n", "languages: [en,\n  pl]\n", "name: A\n"] {
            #expect(throws: YAMLEdit.Failure.self) {
                try YAMLEdit(Array(other.utf8)).setting(list: ["cy"], of: "languages")
            }
        }
    }
}
