/// A rule by which problems are found: what `--rules`, `--explain`, `docs/rules.md` and SARIF say about it.
///
/// Each module declares the rules that it reports in an `enum <Module>Rules`; the command joins the lists. A
/// problem names its rule by `name`, and a test holds the lists against what the code reports.
package struct Rule: Hashable, Sendable {
    /// `UpperCamel`; never changes.
    package var name: String
    /// What it is where nobody has said otherwise in `portal.yml`.
    package var severity: Diagnostic.Severity
    /// What is wrong, or why it matters, in one sentence.
    package var summary: String
    /// What is reported. `⟦` stands where the problem is, where the rule can be shown in one page of Markdown.
    package var bad: String
    /// The same put right.
    package var good: String
    /// The first version that has it.
    package var since: String
    /// The most or least of something that the rule allows, which `portal.yml` may change.
    package var limit: Int?

    package init(
        _ name: String, _ severity: Diagnostic.Severity, _ summary: String, bad: String, good: String,
        since: String = "0.1.0", limit: Int? = nil
    ) {
        self.name = name
        self.severity = severity
        self.summary = summary
        self.bad = bad
        self.good = good
        self.since = since
        self.limit = limit
    }
}

extension Rule {
    /// Stands in `bad` where the problem is.
    package static let mark: Character = "⟦"

    /// `bad` as somebody would write it.
    package var badText: String { bad.filter { $0 != Self.mark } }

    package func diagnostic(
        _ message: String, at location: SourceLocation?, help: String? = nil,
        related: [Diagnostic.Related] = []
    ) -> Diagnostic {
        Diagnostic(severity, name, message, at: location, help: help, related: related)
    }
}
