import Guidance
import Markdown
import Workspace

/// Words of the trade that the glossary does not have.
struct UnexplainedJargon: TextRule {
    static let rule = Rule(
        "UnexplainedJargon", .warning,
        "A page uses a word of professionals that neither it nor the glossary explains.",
        bad: "The ⟦strategy discussion was in May.",
        good: "The strategy discussion is a meeting of the police and social workers. It was in May.")

    /// After the words, these begin to say what they are.
    private static let telling: Set<String> = ["is", "are", "means", "mean"]
    /// Before the words, these end the saying.
    private static let naming: Set<String> = ["called", "named", "as", "term"]

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        guard context.audience != .professionals, !text.file.hasSuffix("glossary.md"),
            // Without a glossary, nobody has promised to explain them.
            !context.terms.isEmpty
        else { return [] }
        var first: [String: (prose: Prose, range: Range<Int>)] = [:]
        var explained: Set<String> = []
        for prose in text.proses {
            for (phrase, words) in context.phrases.matches(rule.name, in: prose) {
                // One word in the singular and the plural.
                let name = phrase.words.joined(separator: " ").replacing(/s$/, with: "")
                if context.explains(phrase.words) || explains(prose, words) {
                    explained.insert(name)
                } else if first[name] == nil {
                    first[name] = (prose, prose.range(words))
                }
            }
        }
        return first.filter { !explained.contains($0.key) }.values.map { prose, range in
            rule.diagnostic(
                "'\(prose.text(range))' is not explained in this page or in the glossary",
                at: text.location(range, of: prose),
                help: "Say in plain words what it is, or add it to glossary.md.")
        }
    }

    /// Whether a passage says what some of its words mean.
    private static func explains(_ prose: Prose, _ words: Range<Int>) -> Bool {
        switch prose.role {
        // Below a heading, and beside them in a table, stands what they are.
        case .heading, .cell: return true
        case .paragraph, .item: break
        }
        let all = prose.words
        if words.upperBound < all.count, telling.contains(all[words.upperBound].text) { return true }
        if words.lowerBound > 0, naming.contains(all[words.lowerBound - 1].text) { return true }
        if words.lowerBound > 1, ["a", "an", "the"].contains(all[words.lowerBound - 1].text),
            naming.contains(all[words.lowerBound - 2].text)
        {
            return true
        }
        let range = prose.range(words)
        func sign(_ index: Int) -> Unicode.Scalar? {
            prose.scalars.indices.contains(index) ? prose.scalars[index] : nil
        }
        // "a strategy discussion (a meeting of …)", "the police talk (a strategy discussion)", "'strategy discussion'"
        let after = prose.scalars[range.upperBound...].prefix(3).drop { $0 == " " || $0 == "s" }
        if let next = after.first, "(–—:'’”\"".unicodeScalars.contains(next) { return true }
        if let last = sign(range.lowerBound - 1), "('‘“\"".unicodeScalars.contains(last) { return true }
        if after.first == ",", words.upperBound < all.count,
            ["which", "a", "an", "the", "where", "when", "or"].contains(all[words.upperBound].text)
        {
            return true
        }
        return false
    }
}
