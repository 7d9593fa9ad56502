import Markdown
import Workspace

/// "Easy read" is a promise: somebody who needs it has tried it.
struct UntestedEasyRead: TextRule {
    static let rule = Rule(
        "UntestedEasyRead", .error,
        "A page calls itself easy read, and names nobody who has tried it and needs such words.",
        bad: "---\nkind: easy\n---\n\n⟦# The conference, easy read\n\nRead it with someone.",
        good: "---\nkind: easy\n---\n\n# The conference in simple words\n\nRead it with someone.")

    private static let claims = ["easy read", "easy-read", "easyread"]

    /// Whether words promise it.
    static func claims(_ words: some StringProtocol) -> Bool {
        let words = words.lowercased()
        return claims.contains { words.contains($0) }
    }

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        guard EasyBlock.isEasyPage(text),
            !(text.settings?.settings.contains { $0.indent == 0 && $0.key == "tested-with" } ?? false)
        else { return [] }
        let headings = text.passages.filter { placed in
            if case .heading = placed.role { claims(placed.passage.plainText) } else { false }
        }
        var places = headings.map { text.location($0.block) }
        if places.isEmpty, let settings = text.settings {
            places = settings.settings.filter {
                $0.indent == 0 && ["title", "summary"].contains($0.key) && claims($0.words.text)
            }.map { settings.location($0, from: 0, length: $0.value.count) }
        }
        return places.map { place in
            rule.diagnostic(
                "this page is called easy read, and nobody is named who has tried it", at: place,
                help:
                    "Call it 'in simple words', or name in 'tested-with' who has tried it.")
        }
    }
}
