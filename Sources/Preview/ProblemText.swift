import Workspace

/// A problem as a page shows it: the place, the words, the way out.
package enum ProblemText {
    package static func json(_ problem: Diagnostic, _ sources: inout LinesOfFiles) -> JSONValue {
        var fields: [(String, JSONValue)] = [
            ("severity", .string(problem.severity.rawValue)), ("rule", .string(problem.rule)),
            ("message", text(problem.message)), ("help", problem.help.map(text) ?? .null),
        ]
        fields += place(problem.location, &sources)
        let related = problem.related.map { other in
            JSONValue.object([("message", text(other.message))] + place(other.location, &sources))
        }
        fields.append(("related", .array(related)))
        return .object(fields)
    }

    /// Where it is, and the line with the words that are meant between what stands before and after them.
    private static func place(
        _ location: SourceLocation?, _ sources: inout LinesOfFiles
    ) -> [(String, JSONValue)] {
        guard let location else { return [("place", .null), ("line", .null)] }
        var fields: [(String, JSONValue)] = [("place", text(location.description))]
        if let range = location.range, let line = line(range.start.line, of: location.file, &sources) {
            let start = min(max(range.start.column - 1, 0), line.count)
            let end = range.end.line == range.start.line ? range.end.column - 1 : line.count
            let stop = min(max(end, start), line.count)
            let parts = [line[..<start], line[start..<stop], line[stop...]].map { scalars in
                var part = String.UnicodeScalarView()
                part.append(contentsOf: scalars)
                return text(String(part))
            }
            fields.append(("line", .array(parts)))
        } else {
            fields.append(("line", .null))
        }
        return fields
    }

    /// A line's scalars; nil where there is none, or where it is too long to show.
    private static func line(
        _ number: Int, of file: String, _ sources: inout LinesOfFiles
    ) -> [Unicode.Scalar]? {
        guard let lines = sources.lines(of: file), number >= 1, number <= lines.count else { return nil }
        let line = Array(String(decoding: lines.line(number), as: UTF8.self).unicodeScalars)
        return line.count <= longestLine ? line : nil
    }

    /// A longer line is no text that somebody writes, and does not fit on a page. In scalars.
    private static let longestLine = 600

    private static func text(_ text: String) -> JSONValue { .string(HiddenCharacters.shown(text)) }
}
