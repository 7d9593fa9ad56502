import Guidance
import Markdown
import Workspace

/// One role under two names: a family takes them for two people.
struct RoleTwoNames: EditionRule {
    static let rule = Rule(
        "RoleTwoNames", .warning, "One role has two names, and a family takes them for two people.",
        bad: "The independent chair phones you.\n\n## Later\n\nAsk the ⟦conference chairperson.",
        good: "The independent chair phones you.\n\n## Later\n\nAsk the independent chair.")

    /// Words of a sentence that says that a role has several names.
    private static let explaining: Set<String> = [
        "called", "known", "also", "or", "formerly", "named", "means",
    ]

    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic] {
        let pieces = edition.pieces.filter {
            $0.page.audience != .professionals && $0.page.kind != .glossary
        }
        return twice(pieces.map(\.prose), context) { edition.location($1, in: pieces[$0]) }
    }

    /// - Parameter place: Where a stretch of one of the passages stands.
    fileprivate static func twice(
        _ passages: [Prose], _ context: LintContext, place: (Int, Range<Int>) -> SourceLocation
    ) -> [Diagnostic] {
        var names: [String: [(name: String, at: SourceLocation)]] = [:]
        var found: [Diagnostic] = []
        for (index, prose) in passages.enumerated() {
            for (phrase, words) in context.phrases.matches(rule.name, in: prose) {
                let sentence = prose.sentence(of: words.lowerBound)
                guard let role = phrase.write,
                    !prose.words[sentence].contains(where: { explaining.contains($0.text) }),
                    !prose.contains("(", prose.range(sentence))
                else { continue }
                let name = phrase.words.joined(separator: " ")
                let shown = prose.text(prose.range(words))
                let at = place(index, prose.range(words))
                let known = names[role] ?? []
                if known.contains(where: { $0.name == name }) { continue }
                names[role, default: []].append((name, at))
                guard let first = known.first else { continue }
                found.append(
                    rule.diagnostic(
                        "'\(shown)' and '\(first.name)' are two names for \(role)", at: at,
                        help: "Keep to one name, or say once that they are the same person.",
                        related: [.init("the other name", at: first.at)]))
            }
        }
        return found
    }
}

/// A page that belongs to no portal is read alone.
extension RoleTwoNames: TextRule {
    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        guard !context.isPortal else { return [] }
        let passages = text.proses
        return twice(passages, context) { text.location($1, of: passages[$0]) }
    }
}
