import Workspace

/// An address as text is read out sign by sign.
struct BareAddress: LinkRule {
    static let rule = Rule(
        "BareAddress", .warning, "A web address stands in the text, where words would say what it leads to.",
        bad: "See ⟦https://www.nspcc.org.uk/keeping-safe for more.",
        good: "See [keeping children safe](https://www.nspcc.org.uk/keeping-safe) for more.")

    static func problem(with link: PlacedLink, _ context: LintContext) -> (String, String?)? {
        guard link.isBare, !link.destination.hasPrefix("mailto:"), !link.destination.hasPrefix("tel:"),
            !link.isMailWithoutScheme
        else { return nil }
        return (
            "'\(link.text)' is an address where words would do", "Write [what it is](\(link.destination))."
        )
    }
}
