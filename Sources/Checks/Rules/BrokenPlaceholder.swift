import Workspace

/// Braces that did not become a fact, a contact or a condition.
struct BrokenPlaceholder: ProseRule {
    static let rule = Rule(
        "BrokenPlaceholder", .warning,
        "Braces did not become a fact, a contact or a condition, so readers see them instead of what is meant.",
        bad: "Phone ⟦{{contact chair} today.", good: "Phone {{contact chair}} today.")

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        // Elsewhere braces mean what another program makes of them.
        guard context.isPortal else { return [] }
        let scalars = prose.scalars
        for (number, piece) in prose.pieces.enumerated() where piece.kind == .text {
            let followsValue = number > 0 && prose.pieces[number - 1].kind == .reference
            var index = piece.range.lowerBound
            while let brace = scalars[index..<piece.range.upperBound].firstIndex(where: {
                $0 == "{" || $0 == "}"
            }) {
                index = brace
                var end = Self.end(of: index, scalars, piece.range)
                // "{{reply}}}": the last brace is one too many.
                if end == nil, followsValue, index == piece.range.lowerBound, scalars[index] == "}" {
                    end = index + 1
                }
                guard let end else {
                    index += 1
                    continue
                }
                let text = prose.text(index..<end)
                // A whole placeholder that is text has a backslash before it: the braces are meant.
                if text.hasPrefix("{{"), text.hasSuffix("}}") {
                    index = end
                    continue
                }
                return [
                    Finding(
                        rule, "readers see '\(text)' as it stands here", index..<end,
                        help: id(text).map {
                            "An id is the last on its line: put {#\($0)} at the very end, with all else that is in braces in one pair, or links to it lead nowhere. Braces that are meant stand in `…`."
                        }
                            ?? "A fact is {{name}} and a contact {{contact name}}, with two braces on each side. "
                            + "A condition is the last on its line: {when=name}. Braces that are meant stand in `…`."
                    )
                ]
            }
        }
        return []
    }

    /// The id that braces are meant to give.
    private static func id(_ text: String) -> String? {
        guard text.hasPrefix("{"), let sign = text.firstIndex(of: "#") else { return nil }
        return text[text.index(after: sign)...].trimmed(of: "} ")
    }

    /// Where what was meant to be a placeholder or an attribute ends that begins with the brace, to the end of its word at most.
    private static func end(of start: Int, _ scalars: [Unicode.Scalar], _ range: Range<Int>) -> Int? {
        let rest = String(String.UnicodeScalarView(scalars[start..<range.upperBound].prefix(60)))
        let meant =
            /\{ ?\{[^{}]{0,40}\}{0,2}|\}\}|\{ ?(?:contact [\w\-]+|[a-z][a-z0-9]*(?:-[a-z0-9]+)*|(?:when|for|ignore) ?=[^{}]{0,40}|#[\w\-]+) ?\}{1,2}|\{ ?#[a-zA-Z][\w\-]* *$/
        return rest.prefixMatch(of: meant).map { start + $0.output.unicodeScalars.count }
    }
}
