import Workspace

/// A link without words cannot be seen, and is read out as its address.
struct EmptyLinkText: LinkRule {
    static let rule = Rule(
        "EmptyLinkText", .warning, "A link has no words, so nobody can see where it leads.",
        bad: "Read ⟦[](rights.md) first.", good: "Read [your rights](rights.md) first.")

    static func problem(with link: PlacedLink, _ context: LintContext) -> (String, String?)? {
        guard link.text.allSatisfy(\.isWhitespace), !link.hasImage else { return nil }
        return (
            "this link to '\(link.destination)' has no words", "Write [where it leads](\(link.destination))."
        )
    }

    static func place(_ link: PlacedLink) -> String { "[](" }
}
