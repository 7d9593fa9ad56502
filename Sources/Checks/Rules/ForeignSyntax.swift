import Markdown
import Workspace

/// What other generators understand and Signpost does not: readers would see the signs themselves.
struct ForeignSyntax: TextRule {
    static let rule = Rule(
        "ForeignSyntax", .warning,
        "Something of another generator's Markdown is shown to readers as it is written.",
        bad: "⟦{% include contact.html %}", good: "Phone {{contact chair}}.")

    private static let callouts = [
        "note", "tip", "important", "warning", "caution", "info", "danger", "success", "question",
        "example", "quote", "abstract", "failure", "bug",
    ]

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (number, line) in text.prose {
            guard let (what, help, range) = foreign(line, isFirst: number == 1) else { continue }
            found.append(
                rule.diagnostic(
                    "'\(line[range])' is \(what), and is shown as it is",
                    at: text.location(line: number, of: range), help: help))
        }
        return found
    }

    private typealias Found = (what: String, help: String, range: Range<Substring.Index>)

    private static func foreign(_ line: Substring, isFirst: Bool) -> Found? {
        let rest = line.drop { $0 == " " }
        func whole(_ what: String, _ help: String) -> Found { (what, help, rest.startIndex..<rest.endIndex) }
        if isFirst, rest == "+++" {
            return whole(
                "front matter in TOML", "Write the settings between two lines of ---, as 'name: value'.")
        }
        if rest.hasPrefix(":::") {
            return whole(
                "a box of another generator",
                "Write a callout: '> [!NOTE]', and '> ' before each of its lines.")
        }
        if ["!!! ", "??? ", "???+ "].contains(where: rest.hasPrefix),
            let kind = rest.split(separator: " ").dropFirst().first, callouts.contains(kind.lowercased())
        {
            return whole(
                "a box of MkDocs", "Write a callout: '> [!NOTE]', and '> ' before each of its lines.")
        }
        if rest.hasPrefix("%") && rest.hasSuffix("%") && rest.count > 2 || rest == "$CTA" || rest == "$C"
            || rest == "$A"
        {
            return whole("a mark of GOV.UK's Govspeak", "Write a paragraph instead.")
        }
        if rest.hasPrefix(": "), rest.count > 2 {
            return whole("a definition list", "Make the term a heading or the start of a list item.")
        }
        let lower = rest.lowercased()
        if lower == "[toc]" || lower == "[[_toc_]]" || lower == "{:toc}" || lower == "[[toc]]" {
            return whole("a table of contents", "Take it out: every page has one.")
        }
        for (open, close, what, help) in [
            (
                "{%", "%}", "a tag of Jekyll or Nunjucks",
                "Write what it stands for; a fact or contact is {{name}}."
            ),
            ("{{<", "}}", "a shortcode of Hugo", "Write what it stands for."),
            ("{{%", "}}", "a shortcode of Hugo", "Write what it stands for."),
            ("<%", "%>", "a tag of a template", "Write what it stands for."),
            ("{:", "}", "an attribute of kramdown", "Take it out; an id is {#name}."),
            ("[[", "]]", "a link of a wiki", "Write [words](page.md)."),
        ] {
            guard let start = line.firstRange(of: open),
                let end = line[start.upperBound...].firstRange(of: close)
            else { continue }
            // A link whose words stand in brackets: `[[1]](…)`.
            if open == "[[", line[end.upperBound...].hasPrefix("(") { continue }
            return (what, help, start.lowerBound..<end.upperBound)
        }
        if let start = line.firstRange(of: "{{"), let end = line[start.upperBound...].firstRange(of: "}}"),
            line[start.upperBound..<end.lowerBound].contains(where: { $0 == "." || $0 == "|" })
        {
            return (
                "a variable of another generator", "Write what it stands for, or a fact of the council.",
                start.lowerBound..<end.upperBound
            )
        }
        return emoji(line)
    }

    /// `:smile:`
    private static func emoji(_ line: Substring) -> Found? {
        var rest = line
        while let colon = rest.firstIndex(of: ":") {
            let after = rest[rest.index(after: colon)...]
            let name = after.prefix { $0.isASCII && ($0.isLowercase || $0 == "_") }
            let before = colon > line.startIndex ? line[line.index(before: colon)] : " "
            if name.count >= 3, after.dropFirst(name.count).first == ":", before.isWhitespace {
                let end = line.index(after: name.endIndex)
                if end == line.endIndex || !line[end].isLetter {
                    return ("the name of a picture sign", "Write a word instead.", colon..<end)
                }
            }
            rest = after
        }
        return nil
    }
}
