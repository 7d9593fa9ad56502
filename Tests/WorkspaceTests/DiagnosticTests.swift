import Foundation
import Support
import Testing

@testable import Workspace

private let place = SourceLocation(file: "a b/x.md", range: SourceRange(line: 2, column: 6, length: 4))

private func sample() -> Diagnostics {
    Diagnostics([
        .error(
            "DeadLink", "no page 'rigts'", at: place, help: "Did you mean 'rights'?",
            related: [
                .init(
                    "declared here", at: SourceLocation(file: "y.yml", range: SourceRange(line: 1, column: 1))
                )
            ]),
        .warning("MissingTitle", "50% of, this\nis odd", at: SourceLocation(file: "a.md")),
        .error(
            "DeadLink", "no page 'rigts'", at: place, help: "Did you mean 'rights'?",
            related: [
                .init(
                    "declared here", at: SourceLocation(file: "y.yml", range: SourceRange(line: 1, column: 1))
                )
            ]),
    ])
}

@Suite("Problems")
struct DiagnosticTests {
    @Test("are written for people with the line and a caret range, each once, the worst last")
    func text() {
        let text = sample().formatted(
            .text, source: { $0 == "a b/x.md" ? ["one", "żółć 1234 end"] : ["name: x"] })
        #expect(
            text == """
                a.md: warning: 50% of, this<U+000A>is odd [MissingTitle]
                a b/x.md:2:6: error: no page 'rigts' [DeadLink]
                 2 | żółć 1234 end
                   |      ^^^^
                   help: Did you mean 'rights'?
                y.yml:1:1: note: declared here
                 1 | name: x
                   | ^

                """)
    }

    @Test("are valid JSON with the promised fields")
    func json() throws {
        let text = sample().formatted(.json, source: { _ in nil })
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let list = try #require(object["diagnostics"] as? [[String: Any]])
        #expect(list.count == 2)
        #expect(
            Set(list[0].keys) == ["rule", "severity", "message", "file", "line", "column", "help", "related"])
        #expect(list[0]["line"] as? Int == 2)
        #expect(list[0]["column"] as? Int == 6)
        #expect(list[1]["line"] is NSNull)
        #expect(object["summary"] as? [String: Int] == ["errors": 1, "warnings": 1])
    }

    @Test("are GitHub commands with their special characters escaped")
    func github() {
        let lines = sample().formatted(.github, source: { _ in nil }).split(separator: "\n")
        #expect(
            lines[0]
                == "::error file=a b/x.md,line=2,col=6,title=DeadLink::no page 'rigts'%0ADid you mean 'rights'?"
        )
        #expect(lines[1] == "::warning file=a.md,title=MissingTitle::50%25 of, this%0Ais odd")
    }

    @Test("are SARIF 2.1.0")
    func sarif() throws {
        let text = sample().formatted(.sarif, source: { _ in nil }, version: "1.0")
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["version"] as? String == "2.1.0")
        let run = try #require((object["runs"] as? [[String: Any]])?.first)
        #expect(run["columnKind"] as? String == "unicodeCodePoints")
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.map { $0["level"] as? String } == ["error", "warning"])
        let locations = try #require(results[0]["locations"] as? [[String: Any]])
        let physical = try #require(locations[0]["physicalLocation"] as? [String: Any])
        #expect((physical["artifactLocation"] as? [String: Any])?["uri"] as? String == "a%20b/x.md")
    }

    @Test(
        "suggest the nearest name, and none that is far",
        arguments: [
            ("arive-early", "arrive-early"), ("recroding", "recording"), ("chair-titel", "chair-title"),
            ("zebra", nil),
        ])
    func nearest(_ name: String, _ expected: String?) {
        #expect(nearestName(to: name, among: ["arrive-early", "recording", "chair-title"]) == expected)
    }
}

@Suite("Texts and dates")
struct SourceTextTests {
    @Test("a byte order mark is taken off")
    func byteOrderMark() throws {
        var diagnostics = Diagnostics()
        let text = try #require(
            SourceText.check([0xEF, 0xBB, 0xBF, 0x61], path: "x", reporting: &diagnostics))
        #expect(text.string == "a")
        #expect(text.isASCII)
    }

    @Test(
        "bytes that are no UTF-8 are found where they are",
        arguments: [
            ([0x61, 0x0A, 0xC3, 0xA9, 0xFF], 2, 2), ([0xC0, 0x80], 1, 1), ([0xED, 0xA0, 0x80], 1, 1),
            ([0xF5, 0x80, 0x80, 0x80], 1, 1),
            ([0x61, 0xE2, 0x82], 1, 2), ([0x80], 1, 1),
        ] as [([UInt8], Int, Int)])
    func invalid(_ bytes: [UInt8], _ line: Int, _ column: Int) {
        var diagnostics = Diagnostics()
        #expect(SourceText.check(bytes, path: "x", reporting: &diagnostics) == nil)
        #expect(diagnostics.sorted.map(\.rule) == ["InvalidUTF8"])
        #expect(
            diagnostics.sorted.first?.location?.range?.start == SourcePosition(line: line, column: column))
    }

    @Test(
        "a mark at the start tells UTF-16",
        arguments: [
            ([0xFF, 0xFE, 0x61, 0], "it is UTF-16"), ([0xFE, 0xFF, 0, 0x61], "it is UTF-16"),
            ([0xE9, 0x61], "it may be Windows-1252"),
        ]
            as [([UInt8], String)])
    func encodings(_ bytes: [UInt8], _ guess: String) {
        var diagnostics = Diagnostics()
        #expect(SourceText.check(bytes, path: "x", reporting: &diagnostics) == nil)
        #expect(diagnostics.sorted.first?.help?.contains(guess) == true)
    }

    @Test("every text that Swift can make is valid, wherever the scan's words begin", arguments: 0..<20)
    func valid(_ offset: Int) {
        var diagnostics = Diagnostics()
        let text = String(repeating: "a", count: offset) + "żółć 中文 اردو 😀 plain words to the end"
        #expect(SourceText.check(Array(text.utf8), path: "x", reporting: &diagnostics)?.string == text)
    }

    @Test(
        "dates that do not exist are refused",
        arguments: ["2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-00", "x", ""])
    func badDates(_ text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test("dates are counted as the Gregorian calendar does")
    func dateArithmetic() throws {
        #expect(try #require(CalendarDate("2024-02-29")).adding(months: 12) == CalendarDate("2025-02-28"))
        #expect(try #require(CalendarDate("2026-11-21")).dayNumber == 20778)
        #expect(CalendarDate(dayNumber: 20778) == CalendarDate("2026-11-21"))
        for number in stride(from: -10_000, to: 60_000, by: 97) {
            #expect(CalendarDate(dayNumber: number).dayNumber == number)
        }
        #expect(try #require(CalendarDate("2007-12")) < #require(CalendarDate("2007-12-02")))
    }
}

@Suite("Characters that cannot be seen")
struct HiddenCharacterTests {
    static let hidden: [Unicode.Scalar] = [
        "\u{0}", "\u{7}", "\u{1B}", "\u{7F}", "\u{85}", "\u{9B}", "\u{200B}", "\u{202E}", "\u{2066}",
        "\u{2028}", "\u{2029}", "\u{2060}", "\u{FEFF}", "\u{E0041}",
    ]

    @Test("never reach a terminal as they are", arguments: hidden)
    func terminal(scalar: Unicode.Scalar) {
        let text = "a\(scalar)b"
        let place = SourceLocation(file: text, range: SourceRange(line: 1, column: 1, length: 1))
        let problems = Diagnostics([
            .error("X", text, at: place, help: text, related: [.init(text, at: place)])
        ])
        for format in [DiagnosticFormat.text, .github, .json] {
            let written = problems.formatted(format, source: { _ in [text[...]] })
            let found = written.unicodeScalars.contains(scalar)
            #expect(!found || (scalar.value > 0xFFFF && format == .json), "\(format)")
        }
        #expect(
            problems.formatted(.text, source: { _ in nil }).contains("a<\(HiddenCharacters.name(scalar))>b"))
    }

    @Test("leave words of every language as they are")
    func words() {
        for text in [
            "Zażółć", "می\u{200C}خواهم", "ক্\u{200D}ষ", "שלום\u{200F}!", "👨\u{200D}👩\u{200D}👧", "a b\u{A0}c",
        ] {
            #expect(HiddenCharacters.first(in: text, withLineEnds: true) == nil)
            #expect(HiddenCharacters.shown(text) == text && HiddenCharacters.removed(from: text) == text)
        }
        #expect(HiddenCharacters.removed(from: "a\r\nb\u{2028}c\u{202E}d") == "a b cd")
    }
}
