import Workspace

/// What is wrong with the words that families use.
package enum SearchRules {
    package static let all: [Rule] = [
        Rule(
            "DeadVocabularyLine", .warning, "No page has the words that a line of the vocabulary leads to.",
            bad: "zebra crossing: [stripes on the road]", good: "child protection plan: [cp plan]"),
        Rule(
            "EmptySearchPhrase", .error, "A phrase of the vocabulary has no word to search for.",
            bad: "says: [\"…\"]", good: "says: [take my kids]"),
        Rule(
            "ExampleWithoutTopic", .error,
            "An example of what families ask stands above the first topic, or below a line that names none.",
            bad: "will they take my kids", good: "# take-children\nwill they take my kids"),
        Rule(
            "InvalidDangerPhrase", .error, "A pattern of words that tell of danger cannot be read.",
            bad: "hit/(me", good: "hit/hits me"),
        Rule(
            "NobodyToAsk", .error, "A subject near the guidance does not say who answers questions about it.",
            bad: "adoption: {asked: adopt a child}",
            good: "adoption: {who: an adoption agency, asked: adopt a child}"),
        Rule(
            "NothingToRemove", .warning, "The vocabulary takes out a phrase that is not in it.",
            bad: "without: [taik]", good: "without: [take]"),
        Rule(
            "UnknownTopic", .warning,
            "Families ask about a topic, and no example says how guidance answers it; or the other way round.",
            bad: "# take-childen\nwill they take my kids", good: "# take-children\nwill they take my kids"),
        Rule(
            "UnknownDangerWords", .error, "A pattern names a list of words that nobody wrote.",
            bad: "<peple> hits me", good: "<people> hits me"),
    ]
}
