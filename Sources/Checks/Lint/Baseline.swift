import Workspace

/// The problems that are there today and that somebody will get to: a check with it shows only what is new.
///
/// One line for each problem: the rule, the file, and a fingerprint of the words of its line, so that a problem
/// stays known when lines are added above it. Sorted, so that two people's changes merge.
package struct Baseline: Sendable {
    private var counts: [String: Int] = [:]

    private static let heading =
        "# Problems that 'signpost check' knows: rule, file, fingerprint of the line. Write it anew with --write-baseline.\n"

    package init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            counts[String(line), default: 0] += 1
        }
    }

    package init(_ diagnostics: Diagnostics, line: (SourceLocation) -> String?) {
        for diagnostic in diagnostics.sorted where diagnostic.severity != .note {
            counts[Self.key(diagnostic, line), default: 0] += 1
        }
    }

    package var text: String {
        Self.heading
            + counts.sorted { $0.key < $1.key }
            .map { String(repeating: $0.key + "\n", count: $0.value) }.joined()
    }

    package var count: Int { counts.values.reduce(0, +) }

    /// What is not in the baseline, and how many problems of it are gone.
    package func new(
        in diagnostics: Diagnostics, line: (SourceLocation) -> String?
    ) -> (diagnostics: Diagnostics, known: Int, gone: Int) {
        var left = counts
        var known = 0
        let new = diagnostics.sorted.filter { diagnostic in
            let key = Self.key(diagnostic, line)
            guard let count = left[key], count > 0 else { return true }
            left[key] = count - 1
            known += 1
            return false
        }
        return (Diagnostics(new), known, left.values.reduce(0, +))
    }

    private static func key(_ diagnostic: Diagnostic, _ line: (SourceLocation) -> String?) -> String {
        let text = diagnostic.location.flatMap(line) ?? diagnostic.message
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return "\(diagnostic.rule)\t\(diagnostic.location?.file ?? "-")\t\(ContentHash(words).short)"
    }
}
