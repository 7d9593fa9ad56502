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
            let code = CodeSpans(line)
            var all = gaps(in: line, outside: code)
            // A portal says itself what each pair of braces is.
            if let first = foreign(line, isFirst: number == 1, outside: code), !code.touch(first.range),
                !(context.isPortal && line[first.range].hasPrefix("{{"))
            {
                all.removeAll { $0.range.overlaps(first.range) }
                all.append(first)
            }
            for (what, help, range) in all {
                found.append(
                    rule.diagnostic(
                        "'\(line[range])' is \(what), and is shown as it is",
                        at: text.location(line: number, of: range), help: help))
            }
        }
        return found
    }

    private typealias Found = (what: String, help: String, range: Range<Substring.Index>)

    /// The bytes of the signs that gaps begin with.
    private static let signsOfGaps = Set("$%@#*«".utf8)

    /// What another program would have filled in: `${fee}`, `%%FEE%%`, `$fee_2024$`.
    private static func gaps(in line: Substring, outside code: CodeSpans) -> [Found] {
        guard line.utf8.contains(where: signsOfGaps.contains) else { return [] }
        func isName(_ text: Substring) -> Bool {
            guard let first = text.first, first.isLetter || first == "_" else { return false }
            return text.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
        }
        var found: [Found] = []
        for (open, close, isLoose) in [
            ("${", "}", true), ("{$", "$}", true), ("{$", "}", false), ("%{", "}", false), ("#{", "}", false),
            ("%%", "%%", false), ("@@", "@@", false), ("*|", "|*", true), ("$", "$", false),
            ("«", "»", false),
        ] {
            var rest = line
            while let start = rest.firstRange(of: open) {
                rest = line[start.upperBound...]
                guard let end = rest.firstRange(of: close) else { break }
                let range = start.lowerBound..<end.upperBound
                let inner = line[start.upperBound..<end.lowerBound]
                let name = inner.filter { $0 != " " }[...]
                guard isName(isLoose ? name : inner), inner.count <= 60, !code.touch(range),
                    !found.contains(where: { $0.range.overlaps(range) })
                else { continue }
                // One word in quotation marks of another country; the gaps of a letter have a sign between words.
                if open == "«", !inner.contains("_") { continue }
                // `US$ and A$`: an amount or a letter stands beside the sign.
                if open == "$" {
                    let before =
                        start.lowerBound > line.startIndex ? line[line.index(before: start.lowerBound)] : " "
                    let after = end.upperBound < line.endIndex ? line[end.upperBound] : " "
                    if before.isLetter || before.isNumber || after.isLetter || after.isNumber { continue }
                }
                found.append(
                    (
                        "a gap that another program would fill in",
                        "Write what it stands for, or a fact: {{name}}.", range
                    ))
                rest = line[end.upperBound...]
            }
        }
        return found
    }

    /// The bytes that something foreign begins with, or `%` and `$` which begin a line of it.
    private static let signsOfForeign = Set("+:!?%${[<".utf8)

    private static func foreign(_ line: Substring, isFirst: Bool, outside code: CodeSpans) -> Found? {
        guard line.utf8.contains(where: signsOfForeign.contains) else { return nil }
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
        let lower = rest.first == "[" || rest.first == "{" ? rest.lowercased() : ""
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
            ("{.", "}", "a class of another generator", "Take it out; an id is {#name}."),
            ("[[", "]]", "a link of a wiki", "Write [words](page.md)."),
        ] where line.utf8.contains(open.utf8.first ?? 0) {
            guard let start = line.firstRange(of: open, outside: code),
                let end = line[start.upperBound...].firstRange(of: close)
            else { continue }
            // Word's have a rule of their own.
            if open == "{.", ["underline", "mark"].contains(line[start.upperBound..<end.lowerBound]) {
                continue
            }
            // A link whose words stand in brackets: `[[1]](…)`.
            if open == "[[", line[end.upperBound...].hasPrefix("(") { continue }
            return (what, help, start.lowerBound..<end.upperBound)
        }
        if line.utf8.contains(UInt8(ascii: "{")), let start = line.firstRange(of: "{{", outside: code),
            let end = line[start.upperBound...].firstRange(of: "}}"),
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
        guard line.utf8.contains(UInt8(ascii: ":")) else { return nil }
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

/// What has another way to be written that means the same.
extension ForeignSyntax: FixableRule {
    static func fix(_ lines: inout [String], at range: SourceRange) -> Bool {
        fix(&lines, at: range, pages: KnownPages())
    }

    static func fix(_ lines: inout [String], at range: SourceRange, pages: KnownPages) -> Bool {
        let index = range.start.line - 1
        let line = lines[index]
        let rest = line.drop { $0 == " " }
        if rest.hasPrefix(":::") { return fixFencedBox(&lines, at: index) }
        if ["!!! ", "??? ", "???+ "].contains(where: rest.hasPrefix) {
            return fixIndentedBox(&lines, at: index)
        }
        // An id that stands below its heading: `{: #who }`.
        if rest.hasPrefix("{:"), index > 0, lines[index - 1].hasPrefix("#"), !lines[index - 1].contains("{"),
            let id = rest.split(whereSeparator: { " {}:".contains($0) }).first(where: { $0.hasPrefix("#") })
        {
            lines[index - 1] += " {\(id)}"
            lines[index] = ""
            return true
        }
        let fixed = links(in: line, pages)
        guard fixed != line else { return false }
        lines[index] = fixed
        return true
    }

    /// `::: warning Title` … `:::`
    private static func fixFencedBox(_ lines: inout [String], at index: Int) -> Bool {
        let head = lines[index].drop { $0 == " " || $0 == ":" }
        let word = head.prefix { $0.isLetter }
        // A line of colons alone ends a box that is put right from its start.
        guard !word.isEmpty,
            let end = lines[(index + 1)...].firstIndex(where: {
                let line = $0.drop { $0 == " " }
                return line.hasPrefix(":::") && !line.contains(where: \.isLetter)
            }), !lines[(index + 1)..<end].contains(where: { $0.drop { $0 == " " }.hasPrefix(":::") })
        else { return false }
        let title = head.dropFirst(word.count).filter { !"[]{}\"".contains($0) }
        replace(&lines, index...end, Array(lines[(index + 1)..<end]), String(word), String(title))
        return true
    }

    /// `!!! note "Title"` and what is indented below it.
    private static func fixIndentedBox(_ lines: inout [String], at index: Int) -> Bool {
        let head = lines[index].drop { !$0.isLetter }
        let word = head.prefix { $0.isLetter }
        var end = index
        for next in lines.indices.dropFirst(index + 1) {
            if lines[next].hasPrefix("    ") {
                end = next
            } else if lines[next].contains(where: { $0 != " " }) {
                break
            }
        }
        guard !word.isEmpty, end > index else { return false }
        let title = head.dropFirst(word.count).filter { $0 != "\"" }
        replace(
            &lines, index...end, lines[(index + 1)...end].map { String($0.dropFirst(4)) }, String(word),
            String(title))
        return true
    }

    private static func replace(
        _ lines: inout [String], _ range: ClosedRange<Int>, _ body: [String], _ word: String, _ title: String
    ) {
        func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }
        var body = body[...]
        while let first = body.first, isBlank(first) { body.removeFirst() }
        while let last = body.last, isBlank(last) { body.removeLast() }
        let kind = Callout.nearest(to: word).rawValue.uppercased()
        let heading = title.trimmingPrefix(while: \.isWhitespace)
        var quote = ["> [!\(kind)]" + (heading.isEmpty ? "" : " \(heading)")]
        quote += body.map { isBlank($0) ? ">" : "> \($0)" }
        lines.replaceSubrange(range, with: quote)
    }

    /// Links of Jekyll, Hugo and wikis, as links here.
    private static func links(in line: String, _ pages: KnownPages) -> String {
        // What is code stays, and so does the rest of its line.
        if line.contains("`") { return line }
        var line = line
        for (open, close) in [("{% link ", "%}"), ("{{< ref ", ">}}"), ("{{< relref ", ">}}")] {
            while let start = line.firstRange(of: open),
                let end = line[start.upperBound...].firstRange(of: close)
            {
                let path = line[start.upperBound..<end.lowerBound].filter { !" \"".contains($0) }
                guard !path.isEmpty else { break }
                line.replaceSubrange(start.lowerBound..<end.upperBound, with: path)
            }
        }
        for base in ["{{ site.baseurl }}", "{{site.baseurl}}", "{{ site.url }}", "{{site.url}}"] {
            line = line.replacing("](" + base + "/", with: "](/").replacing(
                "](" + base + ")", with: "](index.md)")
        }
        var done = 0
        while let start = line.dropFirst(done).firstRange(of: "[["),
            let end = line[start.upperBound...].firstRange(of: "]]"), !line[end.upperBound...].hasPrefix("(")
        {
            let length = line.count
            let inner = line[start.upperBound..<end.lowerBound]
            let parts = inner.split(separator: "|", maxSplits: 1).map(String.init)
            guard let target = parts.first, !target.isEmpty else { break }
            let isPicture =
                start.lowerBound > line.startIndex && line[line.index(before: start.lowerBound)] == "!"
            let pieces = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let page = String(pieces[0])
            let fragment = pieces.count > 1 ? "#" + Identifier.slug(String(pieces[1])) : ""
            if isPicture {
                line.replaceSubrange(start.lowerBound..<end.upperBound, with: "[](<\(page)>)")
            } else {
                // Wikis know pages by their title, whose file is often named in small letters.
                let names = page.isEmpty ? [""] : [page + ".md", Identifier.slug(page) + ".md"]
                guard let name = names.first(where: { $0.isEmpty || pages.contains($0) }) else {
                    done = line.distance(from: line.startIndex, to: end.upperBound)
                    continue
                }
                let destination = name + fragment
                line.replaceSubrange(
                    start.lowerBound..<end.upperBound, with: "[\(parts.last ?? target)](<\(destination)>)")
            }
            done = max(0, done + line.count - length)
        }
        return line
    }
}

/// The same between double braces, which a portal reports where it reads them.
struct ForeignPlaceholder: FixableRule {
    static let rule = Rule("ForeignPlaceholder", .warning, "", bad: "", good: "")

    static func fix(_ lines: inout [String], at range: SourceRange) -> Bool {
        ForeignSyntax.fix(&lines, at: range)
    }

    static func fix(_ lines: inout [String], at range: SourceRange, pages: KnownPages) -> Bool {
        ForeignSyntax.fix(&lines, at: range, pages: pages)
    }
}
