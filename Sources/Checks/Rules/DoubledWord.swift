import Workspace

/// "the the": the eye slips over it, a screen reader does not.
struct DoubledWord: ProseRule {
    static let rule = Rule(
        "DoubledWord", .warning, "A word stands twice in a row.", bad: "You can bring ⟦a a friend.",
        good: "You can bring a friend.")

    /// Words that may follow themselves.
    private static let meant: Set<String> = [
        "had", "that", "very", "bye", "no", "so", "ha", "tap", "is", "do", "{{}}",
    ]

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        let words = prose.words
        return words.indices.dropLast().compactMap { index in
            let (first, second) = (words[index], words[index + 1])
            // One finding for a run.
            if index > 0, words[index - 1].text == first.text { return nil }
            guard first.text == second.text, !meant.contains(first.text),
                first.text.allSatisfy({ $0.isLetter || $0 == "'" }),
                // A setting and its value: `warning=warning`.
                second.range.upperBound == prose.scalars.count
                    || prose.scalars[second.range.upperBound] != "=",
                prose.scalars[first.range.upperBound..<second.range.lowerBound].allSatisfy({
                    $0.isSpace
                })
            else { return nil }
            return Finding(
                rule, "'\(first.text)' stands twice", first.range.lowerBound..<second.range.upperBound,
                help: "Delete one.")
        }
    }
}
