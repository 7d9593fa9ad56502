import Workspace

/// Marks of bold text or of a link that did not become one.
struct StrayMarks: ProseRule {
    static let rule = Rule(
        "StrayMarks", .warning, "Stars or brackets did not become bold text or a link, so readers see them.",
        bad: "You are ⟦**not ** recorded.", good: "You are **not** recorded.")

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        let scalars = prose.scalars
        var found: [Finding] = []
        for index in scalars.indices.dropLast() {
            if scalars[index] == "*", scalars[index + 1] == "*" {
                found.append(
                    Finding(
                        rule, "these stars did not make bold text", index..<(index + 2),
                        help: "Leave no space inside them: **word**."))
                break
            }
            if scalars[index] == "]", scalars[index + 1] == "(",
                let open = scalars[..<index].lastIndex(of: "[")
            {
                let end = scalars[index...].firstIndex(of: ")").map { $0 + 1 } ?? index + 2
                found.append(
                    Finding(
                        rule, "this did not become a link", open..<end,
                        help: "An address holds no spaces: write %20 for each, or rename the file."))
                break
            }
            if scalars[index] == "]", scalars[index + 1] == " ", index + 2 < scalars.count,
                scalars[index + 2] == "(", let open = scalars[..<index].lastIndex(of: "[")
            {
                let after = scalars[(index + 3)...].prefix { $0 != ")" }
                guard String(String.UnicodeScalarView(after)).hasPrefix("http") || after.contains("/") else {
                    continue
                }
                let end = scalars[index...].firstIndex(of: ")").map { $0 + 1 } ?? index + 3
                found.append(
                    Finding(
                        rule, "this did not become a link", open..<end,
                        help: "Leave no space between ] and (."))
                break
            }
        }
        return found
    }
}
