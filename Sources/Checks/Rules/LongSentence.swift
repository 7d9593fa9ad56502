import Workspace

/// Long sentences lose people who read under stress or in a second language.
struct LongSentence: ProseRule {
    static let rule = Rule(
        "LongSentence", .warning, "A sentence has more words than a reader under stress can hold.",
        bad:
            "⟦You can bring a friend or a relative to the conference if you tell the chair before the day on which it is held so that there is a seat for everyone who wants to come along with you.",
        good: "You can bring a friend or a relative. Tell the chair before the day.", limit: 30)

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        let limit = context.limit(of: rule)
        return prose.sentences.compactMap { sentence in
            guard sentence.count > limit else { return nil }
            let range = prose.range(sentence)
            // The cells of a table that did not become one.
            if prose.scalars[range].count(where: { $0 == "|" }) > 2 { return nil }
            // Names in brackets and after commas are read as a list.
            return Finding(
                rule, "this sentence has \(sentence.count) words", range,
                help: "Make two of it: GOV.UK's limit is 25 words, this check's is \(limit).")
        }
    }
}
