import Workspace

/// Addresses that were copied from a mail, a search or a private place.
struct DamagedLink: LinkRule {
    static let rule = Rule(
        "DamagedLink", .warning,
        "A link's address was damaged when it was copied, or leads to a place families cannot see.",
        bad: "[The form](⟦https://eur01.safelinks.protection.outlook.com/?url=x)",
        good: "[The form](https://www.kent.gov.uk/form)")

    private static let signs: [(text: String, what: String)] = [
        ("safelinks.protection.outlook.com", "it was copied from a mail, which watches who follows it"),
        ("urldefense", "it was copied from a mail, which watches who follows it"),
        ("#:~:text=", "it was copied from a search, and marks words that may change"),
        ("google.com/url", "it was copied from a search"),
        ("utm_source", "it tells the site where a reader came from"),
        ("fbclid=", "it tells a network who follows it"),
        ("sharepoint.com", "families cannot open it without an account"),
        ("docs.google.com", "families may not be able to open it without an account"),
        ("//intranet", "families cannot open the intranet"),
        ("localhost", "it leads to the writer's own computer"),
        ("127.0.0.1", "it leads to the writer's own computer"), ("https://https", "it has https twice"),
        ("http://http", "it has http twice"), ("https//", "it lacks a colon"), ("http//", "it lacks a colon"),
        ("wwww.", "it has a w too many"),
        ("/edit?", "it leads to an editor"),
        ("web.archive.org", "it leads to an old copy"), ("%E2%80%8B", "it has an invisible sign in it"),
        ("C:\\", "it is a place on the writer's own computer"),
        ("C:/", "it is a place on the writer's own computer"),
    ]

    /// Places whose address is right, and that families cannot reach: copying it anew gives the same.
    private static let closed: Set<String> = [
        "sharepoint.com", "docs.google.com", "//intranet", "localhost", "127.0.0.1", "/edit?", "C:\\", "C:/",
    ]

    static func problem(with link: PlacedLink, _ context: LintContext) -> (String, String?)? {
        for (text, what) in signs where link.destination.contains(text) {
            return (
                "this address looks wrong: \(what)",
                closed.contains(text)
                    ? "Put the words on a page here, or the file beside the page, and link to that."
                    : "Open the page, and copy its address anew."
            )
        }
        if link.destination.hasPrefix("http"), let last = link.destination.last, ".,;)%".contains(last),
            !(last == ")" && closesItsBrackets(link.destination))
        {
            return ("this address ends with '\(last)'", "Take the sign out of the address.")
        }
        if link.destination.hasSuffix("%20") {
            return ("this address ends with a space", "Take %20 from its end.")
        }
        if link.destination.hasPrefix("www.") {
            return (
                "this address has no https://, so it leads to a page here",
                "Write https://\(link.destination)."
            )
        }
        if link.isMailWithoutScheme {
            return (
                "this e-mail address has no mailto:, so it leads to a page here",
                "Write mailto:\(link.destination)."
            )
        }
        if ["http:/", "https:/"].contains(where: { start in
            link.destination.hasPrefix(start) && !link.destination.hasPrefix(start + "/")
        }) {
            return ("this address lacks a slash after its colon", "Open the page, and copy its address anew.")
        }
        // A subject may have spaces; it stands after the address.
        let address = link.destination.prefix { $0 != "?" }
        if link.destination.hasPrefix("mailto:"), !address.contains("@") || address.contains("%20") {
            return (
                "'\(link.destination)' is no e-mail address", "Write mailto: and the address, without spaces."
            )
        }
        return nil
    }

    /// Whether every bracket that the address closes was opened in it, as in `Children_Act_(1989)`.
    private static func closesItsBrackets(_ address: String) -> Bool {
        var open = 0
        for sign in address {
            if sign == "(" { open += 1 } else if sign == ")" { open -= 1 }
            if open < 0 { return false }
        }
        return true
    }

    static func place(_ link: PlacedLink) -> String { link.isBare ? link.text : link.destination }
}
