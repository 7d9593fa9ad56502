import Markdown
import Workspace

/// Who needs easy words reads one short sentence at a time.
struct LongEasySentence: TextRule {
    static let rule = Rule(
        "LongEasySentence", .warning, "A sentence among easy words has too many words for them.",
        bad:
            "## You can bring someone\n\nBring a friend.\n\n### You can bring someone {easy}\n\n⟦You can bring a friend or a relative to the meeting if you tell the chair before it.",
        good:
            "## You can bring someone\n\nBring a friend.\n\n### You can bring someone {easy}\n\nYou can bring a friend. Tell the chair before the meeting.",
        limit: 13)

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        let limit = context.limit(of: rule)
        return EasyBlock.all(in: text).flatMap(\.proses).flatMap { prose in
            prose.sentences.filter { $0.count > limit }.map { sentence in
                rule.diagnostic(
                    "this sentence has \(sentence.count) words, and easy words have at most \(limit)",
                    at: text.location(
                        text.place(
                            of: prose.text(ofSentence: sentence), in: prose.passage.range,
                            occurrence: prose.occurrence(of: prose.range(sentence)))),
                    help: "Make two of it, each with one idea.")
            }
        }
    }
}
