import Markdown
import Workspace

/// A question that a reader under stress asks, and whose answer stands at the end.
struct AnswerComesLate: TextRule {
    static let rule = Rule(
        "AnswerComesLate", .warning, "The answer to a question does not come in its first sentence.",
        bad: "## Can I bring a friend?\n\n⟦Many parents ask this. Yes, you can bring one person.",
        good: "## Can I bring a friend?\n\nYes, you can bring one person.")

    /// What a question begins with that is answered by yes or no.
    private static let asking: Set<String> = [
        "can", "could", "will", "would", "do", "does", "did", "is", "are", "am", "must", "should", "may",
        "have",
        "has",
    ]
    private static let answers: Set<String> = ["yes", "no"]

    /// Beginnings that answer nothing.
    private static let preambles: [[String]] = [
        "many parents ask", "many families ask", "this is a question", "this is a common question",
        "this is one of the", "thank you for", "it is important to note", "it is important to understand",
        "it is important to remember", "there are many factors", "there are a number of factors",
        "there are many reasons", "the policy sets out", "this section explains", "this section sets out",
        "this question is", "we are often asked", "we understand that", "in order to answer",
    ].map { $0.split(separator: " ").map(String.init) }

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        text.blocks.indices.compactMap { index in
            guard case .heading(_, let heading) = text.blocks[index].content,
                heading.plainText.hasSuffix("?"),
                let (passage, prose) = firstPassage(text.blocks[(index + 1)...]),
                let first = prose.sentences.first
            else { return nil }
            let words = prose.words.map(\.text)
            guard !answers.contains(words[first.lowerBound]) else { return nil }
            let question = Prose(PlacedPassage(passage: heading, role: .heading(2))).words.first?.text ?? ""
            let isLate =
                asking.contains(question)
                && prose.sentences.dropFirst().contains {
                    answers.contains(words[$0.lowerBound]) && isSaid($0, prose)
                }
            guard isLate || preambles.contains(where: { words.starts(with: $0) }) else { return nil }
            let sentence = prose.text(prose.range(first))
            return rule.diagnostic(
                "this does not answer '\(heading.plainText)'",
                at: text.location(
                    text.place(of: sentence, in: passage.range) ?? passage.range),
                help: "Begin with the answer; say what it depends on after that.")
        }
    }

    /// "No, you cannot", and not "No parent is asked to leave".
    private static func isSaid(_ sentence: Range<Int>, _ prose: Prose) -> Bool {
        let end = prose.words[sentence.lowerBound].range.upperBound
        return end == prose.scalars.count || ",.:;!–—".unicodeScalars.contains(prose.scalars[end])
    }

    /// The first paragraph below a heading, without the words that families would ask with.
    private static func firstPassage(_ blocks: ArraySlice<Block>) -> (Passage, Prose)? {
        for block in blocks {
            guard case .paragraph(let passage) = block.content else { return nil }
            if passage.plainText.hasPrefix("Also asked:") { continue }
            return (passage, Prose(PlacedPassage(passage: passage, role: .paragraph)))
        }
        return nil
    }
}
