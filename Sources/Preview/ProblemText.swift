import Workspace

/// A problem as a page shows it: the place, the words, the way out.
package enum ProblemText {
    package static func json(_ problem: Diagnostic, _ sources: inout SourceLines) -> JSONValue {
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
        _ location: SourceLocation?, _ sources: inout SourceLines
    ) -> [(String, JSONValue)] {
        guard let location else { return [("place", .null), ("line", .null)] }
        var fields: [(String, JSONValue)] = [("place", text(location.description))]
        if let range = location.range, let line = sources.line(range.start.line, of: location.file) {
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

    private static func text(_ text: String) -> JSONValue { .string(HiddenCharacters.shown(text)) }
}

/// The lines of files, each file read once.
package struct SourceLines {
    private let files: any FileSystem
    private var known: [String: [Substring]] = [:]
    /// A longer line is no text that somebody writes, and does not fit on a page.
    private static let longest = 600

    package init(_ files: some FileSystem) { self.files = files }

    /// A line by its number, from 1; nil where there is none, or where it is too long to show.
    mutating func line(_ number: Int, of file: String) -> [Unicode.Scalar]? {
        if known[file] == nil {
            known[file] = (try? files.read(file)).map {
                String(decoding: $0, as: UTF8.self)
                    .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            }
        }
        guard let lines = known[file], lines.indices.contains(number - 1) else { return nil }
        let line = Array(lines[number - 1].unicodeScalars)
        return line.count <= Self.longest ? line : nil
    }
}
