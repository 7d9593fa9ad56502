import Workspace

/// What editors write for themselves: families read it as if it were meant for them.
struct EditorsNote: PhraseRule {
    static let rule = Rule(
        "EditorsNote", .warning,
        "A note between editors, or a gap nobody filled, is published with the text.",
        bad: "Phone ⟦[insert name] on Monday. ⟦TBC", good: "Phone the chair on Monday.")

    static func message(_ found: String) -> String { "'\(found)' looks like a note between editors" }

    /// First words of what stands in square brackets until somebody writes it.
    private static let gaps: Set<String> = [
        "add", "address", "area", "check", "council", "date", "delete", "editor", "email", "enter", "example",
        "insert", "link", "local", "name", "note", "number", "phone", "tba", "tbc", "telephone", "time",
        "title",
        "todo", "venue", "x", "xx", "xxx", "xxxx", "your", "placeholder", "image", "logo", "url", "web",
    ]

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        let phrases = context.phrases.matches(rule.name, in: prose).map { phrase, words in
            let range = prose.range(words)
            return Finding(
                rule, phrase.say ?? message(prose.text(range)), range,
                help: "Write what is missing, or take it out.")
        }
        // One note has several of these words: "please delete this before publishing".
        var sentences: Set<Int> = []
        func isFirst(_ finding: Finding) -> Bool {
            guard let start = finding.range?.lowerBound else { return true }
            let sentence = prose.sentences.firstIndex {
                prose.range($0).upperBound > start
            }
            return sentences.insert(sentence ?? -1).inserted
        }
        // Each gap has to be filled.
        let gaps = brackets(prose) + runs(prose)
        for gap in gaps { _ = isFirst(gap) }
        return gaps + phrases.filter(isFirst)
    }

    /// `[insert name]`, `{insert name}`, `<<name>>`.
    private static func brackets(_ prose: Prose) -> [Finding] {
        var found: [Finding] = []
        let scalars = prose.scalars
        for open in scalars.indices where "[{<".unicodeScalars.contains(scalars[open]) {
            let closing: Unicode.Scalar =
                switch scalars[open] {
                case "[": "]"
                case "{": "}"
                default: ">"
                }
            // `[^1]` is a footnote, `{{name}}` a fact.
            if open + 1 < scalars.count, scalars[open + 1] == "^" || scalars[open + 1] == "{" { continue }
            if scalars[open] == "<" {
                guard open + 1 < scalars.count, scalars[open + 1] == "<" else { continue }
            }
            guard let close = scalars[open...].firstIndex(of: closing), close - open < 80 else { continue }
            let end =
                closing == ">" && close + 1 < scalars.count && scalars[close + 1] == ">"
                ? close + 2 : close + 1
            guard let first = prose.words.first(where: { $0.range.lowerBound > open }),
                first.range.upperBound <= close, first.range.lowerBound - open <= 2,
                gaps.contains(first.text) || closing == ">"
            else { continue }
            let range = open..<end
            found.append(
                Finding(
                    rule, "'\(prose.text(range))' is a gap that nobody has filled", range,
                    help: "Write what belongs here, or take it out."))
        }
        return found
    }

    /// `???`, `XXXX` and `____`.
    private static func runs(_ prose: Prose) -> [Finding] {
        var found: [Finding] = []
        let scalars = prose.scalars
        var index = 0
        while index < scalars.count {
            let sign = scalars[index]
            guard sign == "?" || sign == "X" || sign == "_" else {
                index += 1
                continue
            }
            let end = scalars[index...].firstIndex { $0 != sign } ?? scalars.count
            let isWord =
                sign == "X"
                && (index > 0 && scalars[index - 1].isLetter
                    || end < scalars.count && scalars[end].isLetter)
            if end - index >= (sign == "_" ? 4 : 3), !isWord {
                found.append(
                    Finding(
                        rule, "'\(prose.text(index..<end))' is a gap that nobody has filled", index..<end,
                        help: "Write what belongs here, or take it out."))
            }
            index = end
        }
        return found
    }
}
