/// The lines of a text, to find words in that a problem is about.
package struct SourceLines: Sendable {
    /// Without their ends; line 1 is at 0.
    private let lines: [Substring]

    package init(_ lines: [Substring]) { self.lines = lines }

    package init(_ file: FileLines) { lines = file.strings }

    /// Where words of a passage stand in the source.
    ///
    /// - Parameters:
    ///   - words: As a reader sees them; line ends and marks of emphasis may stand between them in the source.
    ///   - range: The passage.
    ///   - occurrence: Which of several, from 0.
    /// - Returns: Nil where they are not found, as in text that a fact was filled into.
    package func place(of words: String, in range: SourceRange, occurrence: Int = 0) -> SourceRange? {
        let wanted = Array(words.unicodeScalars)
        guard !wanted.isEmpty, lines.indices.contains(range.start.line - 1) else { return nil }
        var scalars: [(scalar: Unicode.Scalar, line: Int, column: Int)] = []
        for number in range.start.line...max(range.start.line, min(range.end.line, lines.count)) {
            var column = 1
            for scalar in lines[number - 1].unicodeScalars {
                if number > range.start.line || column >= range.start.column {
                    scalars.append((scalar, number, column))
                }
                column += 1
            }
            scalars.append((" ", number, column))
        }
        var left = occurrence
        var start = 0
        while start < scalars.count {
            if scalars[start].scalar == wanted[0], let end = Self.match(wanted, scalars, from: start) {
                if left == 0 {
                    return SourceRange(
                        SourcePosition(line: scalars[start].line, column: scalars[start].column),
                        SourcePosition(line: scalars[end].line, column: scalars[end].column + 1))
                }
                left -= 1
                start = end
            }
            start += 1
        }
        return nil
    }

    /// The index of the last scalar of the words.
    private static func match(
        _ wanted: [Unicode.Scalar], _ scalars: [(scalar: Unicode.Scalar, line: Int, column: Int)],
        from start: Int
    ) -> Int? {
        var index = start
        var position = 0
        var last = start
        while position < wanted.count {
            guard index < scalars.count else { return nil }
            let scalar = scalars[index].scalar
            if wanted[position].isSpace {
                guard scalar.isSpace else {
                    if "*_`\\[]>".unicodeScalars.contains(scalar) {
                        index += 1
                        continue
                    }
                    return nil
                }
                while index < scalars.count,
                    scalars[index].scalar.isSpace || scalars[index].scalar == ">"
                {
                    index += 1
                }
                while position < wanted.count, wanted[position].isSpace { position += 1 }
            } else if scalar == wanted[position] {
                last = index
                index += 1
                position += 1
            } else if index > start, "*_`\\[]".unicodeScalars.contains(scalar) {
                index += 1
            } else {
                return nil
            }
        }
        return last
    }
}

/// The lines of files, each file read once and only when it is asked for.
package struct LinesOfFiles {
    private let files: any FileSystem
    private var known: [String: FileLines?] = [:]

    package init(_ files: some FileSystem) { self.files = files }

    /// The lines of a file; nil where it cannot be read.
    package mutating func lines(of file: String) -> FileLines? {
        if let lines = known[file] { return lines }
        let lines = (try? files.read(file)).map { FileLines($0) }
        known[file] = .some(lines)
        return lines
    }
}

extension Diagnostics {
    /// Narrows the places of problems to the words that they are about.
    package mutating func locateSubjects(in files: some FileSystem) {
        var sources = LinesOfFiles(files)
        replaceEach { problem in
            guard let subject = problem.subject, let location = problem.location, let range = location.range
            else { return problem }
            var located = problem
            located.subject = nil
            if let lines = sources.lines(of: location.file),
                let place = SourceLines(lines).place(of: subject, in: range)
            {
                located.location?.range = place
            }
            return located
        }
    }
}
