import Workspace

/// A page of which nothing is left to read.
struct EmptyPage: TextRule {
    static let rule = Rule(
        "EmptyPage", .warning, "A page has a title at most, and nothing to read.", bad: "⟦# Your rights",
        good: "# Your rights\n\nYou can come to the conference.")

    /// Pages that the program fills: contacts, accessibility.
    private static let filled = ["contacts.md", "accessibility.md", "index.md", "faq.md", "README.md"]

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        let name = text.file.split(separator: "/").last.map(String.init) ?? ""
        let words = text.passages.filter {
            if case .heading = $0.role { return false }
            var shows = false
            $0.passage.inlines.forEachInline {
                switch $0 {
                case .image, .placeholder, .value, .footnote: shows = true
                case .text, .lineBreak, .code, .emphasis, .strong, .strikethrough, .link: break
                }
            }
            return shows || !$0.passage.plainText.allSatisfy(\.isWhitespace)
        }
        // A page that leads through others shows what they say.
        let leads =
            text.settings?.settings.contains { $0.indent == 0 && $0.key == "steps" } ?? false
        let removes = text.blocks.contains { $0.attributes?.removes ?? false }
        guard words.isEmpty, !removes, !leads, !Self.filled.contains(name),
            text.blocks.allSatisfy({
                switch $0.content {
                case .heading, .thematicBreak, .paragraph: true
                case .list, .quote, .callout, .footnote, .code, .table: false
                }
            })
        else { return [] }
        return [
            rule.diagnostic(
                "this page has nothing to read", at: text.location(line: text.firstLine, length: 1),
                help: "Write it, or move the file out of the content folder.")
        ]
    }
}
