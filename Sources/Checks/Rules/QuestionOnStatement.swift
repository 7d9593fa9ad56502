import Workspace

/// "You can bring a friend?" makes a family doubt what they may do.
struct QuestionOnStatement: ProseRule {
    static let rule = Rule(
        "QuestionOnStatement", .warning, "A statement ends with a question mark, so a reader doubts it.",
        bad: "⟦You can bring a friend?", good: "You can bring a friend.")

    private static let subjects: Set<String> = [
        "you", "we", "they", "it", "your", "our", "this", "there", "the", "parents",
    ]
    private static let questions: Set<String> = [
        "who", "what", "when", "where", "why", "how", "which", "whose", "or", "if", "right", "ok", "yes",
        "no",
    ]

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        // A heading may ask in any way that families do.
        if case .heading = prose.role { return [] }
        return prose.sentences.compactMap { sentence in
            let words = prose.words[sentence].map(\.text)
            guard words.count >= 4, let first = words.first, subjects.contains(first),
                !words.contains(where: questions.contains),
                // "The main question is: does …?"
                !prose.contains(":", prose.range(sentence))
            else { return nil }
            let end = prose.words[sentence.upperBound - 1].range.upperBound
            let after = prose.scalars[end...].prefix { !$0.isSpace }
            // Somebody's own words stand in quotation marks.
            guard after.first == "?", !after.contains("”"), !after.contains("\"") else { return nil }
            return Finding(
                rule, "this statement ends with a question mark", prose.range(sentence),
                help: "End it with a full stop, or ask: 'Can you …?'")
        }
    }
}
