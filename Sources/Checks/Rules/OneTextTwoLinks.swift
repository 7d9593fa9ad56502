import Workspace

/// Two links with the same words that lead to different places.
struct OneTextTwoLinks: TextRule {
    static let rule = Rule(
        "OneTextTwoLinks", .warning, "Two links of a page have the same words and lead to different places.",
        bad: "Read [the guide](https://a.gov.uk/one).\n\nRead ⟦[the guide](https://a.gov.uk/two).",
        good:
            "Read [the guide for parents](https://a.gov.uk/one).\n\nRead [the guide for children](https://a.gov.uk/two)."
    )

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var first: [String: String] = [:]
        var found: [Diagnostic] = []
        for link in PlacedLink.all(in: text) {
            let words = link.text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard !words.isEmpty, !link.isBare else { continue }
            guard let known = first[words] else {
                first[words] = link.destination
                continue
            }
            guard known != link.destination else { continue }
            found.append(
                rule.diagnostic(
                    "'\(link.text)' leads to '\(link.destination)' here and to '\(known)' above",
                    at: text.location(text.place(of: "[" + link.text, in: link.range)),
                    help: "Give them different words, or one address."))
        }
        return found
    }
}
