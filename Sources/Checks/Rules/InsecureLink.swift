import Workspace

/// A page without encryption can be read and changed on its way.
struct InsecureLink: LinkRule {
    static let rule = Rule(
        "InsecureLink", .warning,
        "A link starts with http:, so others can see and change what a family reads there.",
        bad: "Read [their page](⟦http://www.nspcc.org.uk).",
        good: "Read [their page](https://www.nspcc.org.uk).")

    static func problem(with link: PlacedLink, _ context: LintContext) -> (String, String?)? {
        guard link.destination.lowercased().hasPrefix("http://") else { return nil }
        // The writer's own computer has no encryption to offer, and is another problem.
        let host = link.destination.dropFirst(7).prefix { !"/:?#".contains($0) }.lowercased()
        if host == "localhost" || host.hasPrefix("127.") || host == "0.0.0.0" || host == "[" { return nil }
        return (
            "'\(link.destination)' is not encrypted",
            "Write https:// and try the link; nearly every site has it."
        )
    }

    static func place(_ link: PlacedLink) -> String { link.isBare ? link.text : link.destination }
}
