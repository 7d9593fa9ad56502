import Support
import Testing

@testable import Workspace

@Suite("Changing some lines of a file")
struct FileLinesTests {
    private func changed(_ file: String, _ lines: Range<Int>, _ text: String) -> String {
        String(
            decoding: FileLines(Array(file.utf8)).replacing(lines, with: FileLines.lines(of: text)),
            as: UTF8.self)
    }

    @Test(
        "lines end as they did before",
        arguments: [
            ("a\nb\nc\n", 2..<3, "B", "a\nB\nc\n"),
            ("a\r\nb\r\nc\r\n", 2..<3, "B\nB2", "a\r\nB\r\nB2\r\nc\r\n"),
            ("a\rb\rc\r", 2..<3, "B\nB2", "a\rB\rB2\rc\r"),
            // Without an end at the last line it stays so, however many lines it becomes.
            ("a\nb", 2..<3, "B", "a\nB"), ("a\r\nb", 2..<3, "B\nC", "a\r\nB\r\nC"), ("a", 1..<2, "A", "A"),
            // A byte order mark belongs to no line.
            ("\u{FEFF}a\nb\n", 1..<2, "A", "\u{FEFF}A\nb\n"),
            // Lines that stay the same keep their bytes, each its own end.
            ("a\r\nb\nc\r\nd\n", 1..<5, "a\nb\nC\nd", "a\r\nb\nC\r\nd\n"),
            ("a\nb\nc\n", 2..<3, "", "a\nc\n"), ("a\nb\n", 1..<3, "", ""),
            // Blank lines around what was typed are no part of it.
            ("a\nb\nc\n", 2..<3, "\n\nB\n \n", "a\nB\nc\n"),
            // Added before a line, and at the end.
            ("a\nc\n", 2..<2, "b", "a\nb\nc\n"), ("a\nb\n", 3..<3, "c", "a\nb\nc\n"),
            ("a\nb", 3..<3, "c", "a\nb\nc"), ("", 1..<1, "a\nb", "a\nb\n"),
        ])
    func ends(_ file: String, _ lines: Range<Int>, _ text: String, _ expected: String) {
        #expect(changed(file, lines, text) == expected)
    }

    @Test("all other lines keep their bytes, whatever they end with", arguments: 0..<300)
    func others(seed: Int) {
        var source = SeededGenerator(seed: UInt64(seed))
        let pieces = ["\n", "\r\n", "\r", "a", "é", " ", "\u{2028}", "\u{0B}", "---", "", "{{x}}"]
        func text(_ count: Int) -> String {
            (0..<count).map { _ in pieces.randomElement(using: &source) ?? "" }.joined()
        }
        let before = Array((Bool.random(using: &source) ? "\u{FEFF}" : "").utf8) + Array(text(40).utf8)
        let file = FileLines(before)
        guard file.count > 0 else { return }
        let first = Int.random(in: 1...file.count, using: &source)
        let last = Int.random(in: first...file.count, using: &source)
        let new = FileLines.lines(of: text(8))
        let after = FileLines(file.replacing(first..<last + 1, with: new))
        // The lines before and after are byte for byte the same, and between stands what was typed.
        #expect((1..<first).allSatisfy { file.line($0) == after.line($0) })
        #expect(
            (last + 1..<file.count + 1).allSatisfy {
                file.line($0) == after.line($0 + after.count - file.count)
            })
        if last < file.count || !new.isEmpty {
            #expect(after.count == file.count - (last - first + 1) + new.count)
        }
        // The same text again changes nothing.
        let same = file.replacing(first..<last + 1, with: (first...last).map { Array(file.line($0)) })
        #expect(same == before)
    }
}
