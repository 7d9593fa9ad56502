import Markdown
import Workspace

/// Links to sites that have been taken down, from `checks/`.
struct GoneSite: LinkRule {
    static let rule = Rule(
        "GoneSite", .warning, "A link leads to a website that is no more.",
        bad: "Read [the rules](⟦https://www.direct.gov.uk/parents).",
        good: "Read [the rules](https://www.gov.uk/child-maintenance).")

    static func problem(with link: PlacedLink, _ context: LintContext) -> (String, String?)? {
        guard let start = link.destination.firstRange(of: "://") else { return nil }
        let host = link.destination[start.upperBound...].prefix { !"/?#:".contains($0) }
        // A part of a site that is gone is gone with it; lists name sites without www.
        let parts = host.split(separator: ".")
        for first in parts.indices {
            let site = parts[first...].joined(separator: ".")
            let prose = Prose(PlacedPassage(passage: Passage(site), role: .cell))
            guard let (phrase, _) = context.phrases.matches(rule.name, in: prose).first,
                phrase.words == prose.words.map(\.text)
            else { continue }
            if let since = phrase.since, context.today < since { continue }
            let help = [phrase.write.map { "Link to \($0)." }, phrase.source.map { "Source: \($0)." }]
                .compactMap(\.self).joined(separator: " ")
            return (phrase.say ?? "the website \(site) is no more", help.isEmpty ? nil : help)
        }
        return nil
    }

    static func place(_ link: PlacedLink) -> String { link.isBare ? link.text : link.destination }
}
