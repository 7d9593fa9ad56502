import Markdown
import Workspace

/// The same paragraph twice on one page.
struct RepeatedText: TextRule {
    static let rule = Rule(
        "RepeatedText", .warning, "A paragraph stands twice on one page.",
        bad:
            "You can ask the chair to wait until your supporter has come.\n\nTell us early.\n\n⟦You can ask the chair to wait until your supporter has come.",
        good: "You can ask the chair to wait until your supporter has come.\n\nTell us early.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var first: [String: SourceRange] = [:]
        var found: [Diagnostic] = []
        // Whether the section is shown to some only, or stands in a list of dates of its own.
        var standsApart = false
        for block in text.blocks {
            let isForAll = block.attributes?.conditions.isEmpty ?? true
            if case .heading = block.content {
                standsApart = !isForAll || block.attributes?.deadline != nil
            }
            guard isForAll, !standsApart, case .paragraph(let passage) = block.content else { continue }
            let words = passage.plainText.lowercased().split(whereSeparator: \.isWhitespace)
            guard words.count >= 8, let range = passage.range else { continue }
            let key = words.joined(separator: " ")
            guard let known = first[key] else {
                first[key] = range
                continue
            }
            found.append(
                rule.diagnostic(
                    "this paragraph already stands in line \(known.start.line)", at: text.location(range),
                    help: "Keep one of them, and link to it.",
                    related: [.init("the first one", at: text.location(known))]))
        }
        return found
    }
}
