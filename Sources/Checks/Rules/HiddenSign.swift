import Workspace

/// Signs in running text that nobody sees: they turn words round, or keep a word from being found.
///
/// In names, titles and headings they are the error `HiddenCharacter`; in translations `DirectionControl`.
struct HiddenSign: TextRule {
    static let rule = Rule(
        "HiddenSign", .warning,
        "A sign that cannot be seen stands in the text: it turns words round, or keeps a word from being found.",
        bad: "You can ⟦\u{202E}bring a friend.", good: "You can bring a friend.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        // Nearly every file is printable ASCII.
        guard text.source.bytes.contains(where: { $0 >= 0x7F || $0 < 0x20 && !"\n\r\t".utf8.contains($0) })
        else {
            return []
        }
        var found: [Diagnostic] = []
        for (number, line) in text.prose {
            guard let index = line.unicodeScalars.firstIndex(where: { isHidden($0, in: line) }),
                !line.drop(while: { $0 == " " }).hasPrefix("#")
            else { continue }
            let scalar = line.unicodeScalars[index]
            let turns = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            found.append(
                rule.diagnostic(
                    "a sign that cannot be seen (\(HiddenCharacters.name(scalar))) "
                        + (turns ? "turns what follows round" : "stands here"),
                    at: text.location(line: number, of: index..<line.unicodeScalars.index(after: index)),
                    help: "Take it out with 'signpost check --fix', or delete the words and type them again.")
            )
        }
        return found
    }

    private static func isHidden(_ scalar: Unicode.Scalar, in line: Substring) -> Bool {
        guard !scalar.isASCII || scalar.value < 0x20 || scalar.value == 0x7F, scalar != "\t", scalar != "\r",
            HiddenCharacters.contains(scalar) || scalar.value == 0xAD
        else { return false }
        // Thai, Lao, Burmese and Khmer have no spaces between words: where a line may end is said by U+200B.
        return scalar.value != 0x200B
            || !line.unicodeScalars.contains {
                (0xE00...0x109F).contains($0.value) || (0x1780...0x17FF).contains($0.value)
            }
    }
}

extension HiddenSign: FixableRule {
    static func fix(_ lines: inout [String], at range: SourceRange) -> Bool {
        let line = lines[range.start.line - 1]
        let kept = line.unicodeScalars.filter { !isHidden($0, in: line[...]) }
        let text = String(String.UnicodeScalarView(kept))
        guard text.unicodeScalars.count < line.unicodeScalars.count else { return false }
        lines[range.start.line - 1] = text
        return true
    }
}
