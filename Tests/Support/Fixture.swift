import Workspace

/// A small site as text, with the places where problems are expected marked by `⟦RuleName⟧`.
///
/// The marker stands right before the first character of the expected range and is taken out before the
/// site is read.
public struct Fixture: Sendable {
    public struct Expectation: Hashable, Comparable, CustomStringConvertible, Sendable {
        public var rule: String
        public var file: String
        public var position: SourcePosition?

        public var description: String {
            "\(file):\(position.map { "\($0.line):\($0.column)" } ?? "-") [\(rule)]"
        }

        public static func < (a: Expectation, b: Expectation) -> Bool { a.description < b.description }
    }

    public var files: [String: String] = [:]
    public var expected: Set<Expectation> = []

    public init(_ marked: [String: String]) {
        for (path, text) in marked {
            var plain = ""
            var line = 1
            var column = 1
            var rest = text[...]
            while let first = rest.first {
                if first == "⟦", let end = rest.firstIndex(of: "⟧") {
                    let rule = String(rest[rest.index(after: rest.startIndex)..<end])
                    expected.insert(
                        Expectation(
                            rule: rule, file: path, position: SourcePosition(line: line, column: column)))
                    rest = rest[rest.index(after: end)...]
                    continue
                }
                plain.append(first)
                if first == "\n" {
                    line += 1
                    column = 1
                } else {
                    column += first.unicodeScalars.count
                }
                rest = rest.dropFirst()
            }
            files[path] = plain
        }
    }

    /// What was found, in the form of expectations.
    public static func found(_ diagnostics: [Diagnostic]) -> Set<Expectation> {
        Set(
            diagnostics.map {
                Expectation(rule: $0.rule, file: $0.location?.file ?? "", position: $0.location?.range?.start)
            })
    }
}
