import Workspace

/// What there is to say about rules, for `check --rules` and `check --explain`.
package enum RuleText {
    package static func list(_ rules: [Rule], as format: DiagnosticFormat) -> String {
        switch format {
        case .json: json(rules).serialized(pretty: true) + "\n"
        case .markdown: markdown(rules)
        case .text, .github, .sarif: text(rules)
        }
    }

    private static func text(_ rules: [Rule]) -> String {
        var table = TextTable()
        for rule in rules { table.add(rule.name, rule.severity.rawValue, rule.summary) }
        return table.text()
    }

    package static func explanation(of rule: Rule) -> String {
        func indented(_ text: String) -> String {
            text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
        }
        var output = "\(rule.name) (\(rule.severity.rawValue), since \(rule.since))\n\n\(rule.summary)\n"
        if let limit = rule.limit {
            output += "The limit is \(limit); 'limit' under 'checks' in portal.yml changes it.\n"
        }
        output += "\nInstead of\n\n\(indented(rule.badText))\nwrite\n\n\(indented(rule.good))"
        return output
    }

    private static func json(_ rules: [Rule]) -> JSONValue {
        .object([
            (
                "rules",
                .array(
                    rules.map { rule in
                        .object([
                            ("name", .string(rule.name)), ("severity", .string(rule.severity.rawValue)),
                            ("summary", .string(rule.summary)), ("bad", .string(rule.badText)),
                            ("good", .string(rule.good)), ("since", .string(rule.since)),
                            ("limit", rule.limit.map { .int($0) } ?? .null),
                        ])
                    })
            )
        ])
    }

    /// `docs/rules.md`.
    private static func markdown(_ rules: [Rule]) -> String {
        var output = """
            # Rules

            <!-- Made by 'signpost check --rules --format markdown'; a test compares. Change the rules, not this file. -->

            Every problem that Signpost reports names its rule. `signpost check --explain NAME` says what it is about, with an example. How to turn rules off, make them errors or silence one of them in one place is in [checking](checking.md).

            | rule | default | what it finds |
            | --- | --- | --- |

            """
        for rule in rules {
            output +=
                "| [\(rule.name)](#\(rule.name.lowercased())) | \(rule.severity.rawValue) | \(rule.summary) |\n"
        }
        for rule in rules {
            output += "\n## \(rule.name)\n\n\(rule.summary) (\(rule.severity.rawValue), since \(rule.since)"
            if let limit = rule.limit { output += ", limit \(limit)" }
            output += ")\n\nInstead of\n\n\(fenced(rule.badText))\nwrite\n\n\(fenced(rule.good))"
        }
        return output
    }

    private static func fenced(_ text: String) -> String { "````\n\(text)\n````\n" }
}
