import Workspace

/// What is wrong with Markdown as it is written.
package enum MarkdownRules {
    package static let all: [Rule] = [
        Rule(
            "ExtraTableCells", .warning,
            "A table's row has more cells than its header, and what stands in them is lost.",
            bad: "| Who | Phone |\n| - | - |\n| Front door | 01865 815672 | ⟦ext 3 |",
            good: "| Who | Phone | Extension |\n| - | - | - |\n| Front door | 01865 815672 | 3 |"),
        Rule(
            "MisplacedAttributes", .error,
            "A condition stands where it does nothing, so that its words would be shown to everybody.",
            bad: "Your child gets lunch ⟦{when=meals}.", good: "Your child gets lunch. {when=meals}"),
        Rule(
            "MisleadingAddress", .warning, "A link does not lead where its address seems to lead.",
            bad: "[the bank](https://bank.example@other.example/)", good: "[the bank](https://bank.example/)"),
        Rule(
            "NestingTooDeep", .error, "Lists, quotes or emphasis are nested too deep to be meant.",
            bad: "> > > > … 41 times", good: "> A quotation."),
        Rule(
            "RawHTML", .warning, "HTML is shown to readers as text, so that nothing in content can run.",
            bad: "<b>Bring a friend.</b>", good: "**Bring a friend.**"),
        Rule(
            "UndefinedFootnote", .warning,
            "A text refers to a footnote that is not there, and readers see brackets.",
            bad: "You can see the report.⟦[^1]",
            good: "You can see the report.[^1]\n\n[^1]: Ask your social worker for it."),
        Rule(
            "UnknownAttribute", .error, "What stands in braces at the end of a block means nothing.",
            bad: "You are recorded. {whne=recording}", good: "You are recorded. {when=recording}"),
        Rule(
            "UnknownCallout", .warning, "A callout is of no kind there is, and is shown as the nearest.",
            bad: "> ⟦[!DANGER]\n> Do not go back to the house.",
            good: "> [!CAUTION]\n> Do not go back to the house."),
        Rule(
            "UnsafeLink", .warning, "A link's address could run a program or leave the site unseen.",
            bad: "[Form](javascript:open())", good: "[Form](https://www.kent.gov.uk/form)"),
        Rule(
            "UnusedFootnote", .warning, "Nothing refers to a footnote, so no page shows it.",
            bad: "You can see the report.\n\n⟦[^1]: Ask your social worker for it.",
            good: "You can see the report.[^1]\n\n[^1]: Ask your social worker for it."),
        Rule(
            "UnterminatedFrontMatter", .error, "The settings at the top of a page never end.",
            bad: "---\ntitle: Your rights", good: "---\ntitle: Your rights\n---"),
    ]
}
