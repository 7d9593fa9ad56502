import Markdown
import Workspace

/// A link and where it stands.
struct PlacedLink: Sendable {
    var text: String
    var destination: String
    var range: SourceRange?
    var hasImage: Bool
    /// How many links of the passage with the same text stand before it.
    var occurrence: Int

    /// Whether the address itself is shown.
    var isBare: Bool {
        let shown = text.lowercased()
        return shown == destination.lowercased() || "http://" + shown == destination.lowercased()
            || "https://" + shown == destination.lowercased() || "mailto:" + shown == destination.lowercased()
    }

    /// Whether it leads to an e-mail address as to a page: `jo@kent.gov.uk`.
    var isMailWithoutScheme: Bool {
        guard let at = destination.firstIndex(of: "@"), !destination.contains("/"), !destination.contains(":")
        else { return false }
        return destination[at...].contains(".")
    }

    static func all(in text: GuidanceText) -> [PlacedLink] {
        text.passages.flatMap { placed in
            var links: [PlacedLink] = []
            placed.passage.inlines.forEachInline { inline in
                guard case .link(let link) = inline, let destination = link.destination.written else {
                    return
                }
                var hasImage = false
                link.content.forEachInline {
                    if case .image = $0 { hasImage = true }
                    if case .placeholder = $0 { hasImage = true }
                }
                let words = link.content.plainText
                links.append(
                    PlacedLink(
                        text: words, destination: destination, range: placed.passage.range,
                        hasImage: hasImage, occurrence: links.count { $0.text == words }))
            }
            return links
        }
    }
}

/// A rule about one link.
protocol LinkRule: TextRule {
    /// What is wrong and what to do; nil where nothing is.
    static func problem(with link: PlacedLink, _ context: LintContext) -> (String, String?)?
    /// What of the source to point at.
    static func place(_ link: PlacedLink) -> String
}

extension LinkRule {
    static func place(_ link: PlacedLink) -> String { link.isBare ? link.text : "[" + link.text }

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        PlacedLink.all(in: text).compactMap { link in
            guard let (message, help) = problem(with: link, context) else { return nil }
            return rule.diagnostic(
                message,
                at: text.location(text.place(of: place(link), in: link.range, occurrence: link.occurrence)),
                help: help)
        }
    }
}
