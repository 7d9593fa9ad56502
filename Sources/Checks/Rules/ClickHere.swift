import Workspace

/// People who listen to a page hear its links alone.
struct ClickHere: LinkRule {
    static let rule = Rule(
        "ClickHere", .warning, "A link's words do not say where it leads (WCAG 2.2, 2.4.4).",
        bad: "For your rights, ⟦[click here](rights.md).", good: "Read [your rights](rights.md).")

    private static let empty: Set<String> = [
        "click", "click here", "click this link", "click on this link", "download", "download here",
        "find out more",
        "follow this link", "form", "here", "info", "learn more", "link", "more", "more details", "more info",
        "more information", "on this page", "page", "pdf", "please click here", "read more", "see here",
        "see more",
        "this", "this link", "this page", "this website", "view", "website", "web page", "webpage",
        "see this page",
        "follow link", "the link", "this document", "document", "this form", "further information", "go",
        "visit",
    ]

    static func problem(with link: PlacedLink, _ context: LintContext) -> (String, String?)? {
        let words = link.text.lowercased().split { !$0.isLetter && $0 != "'" }.joined(separator: " ")
        guard empty.contains(words) else { return nil }
        return (
            "'\(link.text)' does not say where the link leads",
            "Name the page or the thing: [your rights](…)."
        )
    }
}
