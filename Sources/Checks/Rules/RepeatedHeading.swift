import Markdown
import Workspace

/// Two sections of one page with one name.
struct RepeatedHeading: TextRule {
    static let rule = Rule(
        "RepeatedHeading", .warning,
        "Two sections of a page have one heading, so a list of them helps nobody.",
        bad: "## Your views\n\nSay them.\n\n⟦## Your views\n\nWrite them.",
        good: "## Say your views\n\nSay them.\n\n## Write your views\n\nWrite them.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var path: [Int: String] = [:]
        var first: [String: SourceRange] = [:]
        var found: [Diagnostic] = []
        for block in text.blocks {
            guard case .heading(let level, let passage) = block.content, let range = block.range else {
                continue
            }
            let words = passage.plainText.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(
                separator: " ")
            path = path.filter { $0.key < level }
            path[level] = words
            // Councils' own words may stand behind a condition.
            guard block.attributes?.conditions.isEmpty ?? true, !words.isEmpty else { continue }
            let key = path.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "\n")
            guard let known = first[key] else {
                first[key] = range
                continue
            }
            found.append(
                rule.diagnostic(
                    "the section in line \(known.start.line) has this heading too", at: text.location(range),
                    help: "Say in the heading what is different, or make one section of them.",
                    related: [.init("the first one", at: text.location(known))]))
        }
        return found
    }
}
