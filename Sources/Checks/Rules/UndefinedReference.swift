import Workspace

/// `[words][name]` where nobody says what `name` is.
struct UndefinedReference: ProseRule {
    static let rule = Rule(
        "UndefinedReference", .warning,
        "A link names an address that is not given in the page, so readers see brackets.",
        bad: "Read ⟦[your rights][rights].", good: "Read [your rights](rights.md).")

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        let scalars = prose.scalars
        var found: [Finding] = []
        for index in scalars.indices.dropLast() where scalars[index] == "]" && scalars[index + 1] == "[" {
            guard let open = scalars[..<index].lastIndex(of: "["), open + 1 < index,
                let close = scalars[(index + 2)...].firstIndex(of: "]")
            else { continue }
            let name = prose.text((index + 2)..<close)
            let shown = name.isEmpty ? prose.text((open + 1)..<index) : name
            found.append(
                Finding(
                    rule, "nothing in this page says where '\(shown)' leads", open..<(close + 1),
                    help: "Write [words](page.md), or add a line '[\(shown)]: https://…'."))
        }
        return found
    }
}
