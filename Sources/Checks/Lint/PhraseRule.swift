import Workspace

/// A rule whose words are data: `checks/*.yml` of the theme and of the portal.
protocol PhraseRule: ProseRule {
    /// What is wrong with a phrase of which the list does not say it.
    static func message(_ found: String) -> String
}

extension PhraseRule {
    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] { listed(in: prose, context) }

    /// What of its list stands in a passage.
    static func listed(in prose: Prose, _ context: LintContext) -> [Finding] {
        context.phrases.matches(rule.name, in: prose).compactMap { phrase, words in
            if let since = phrase.since, context.today < since { return nil }
            if phrase.nations.isDisjoint(with: context.nations) { return nil }
            let range = prose.range(words)
            let found = prose.text(range)
            var help = phrase.write.map { "Write '\($0)'." }
            if let source = phrase.source { help = (help.map { $0 + " " } ?? "") + "Source: \(source)." }
            return Finding(rule, phrase.say ?? message(found), range, help: help)
        }
    }
}
