import Markdown
import Workspace

/// Where each scalar of a passage's words stands in the source, found by reading both side by side.
struct SourceAlignment {
    private struct Place {
        var scalar: Unicode.Scalar
        var line: Int
        var column: Int
    }

    private let source: [Place]
    private let prose: Prose
    /// Indices of `source` for each scalar of the prose.
    private var found: [Range<Int>] = []

    /// Nil where the words are not those of the source, as in a passage from another file.
    init?(_ prose: Prose, lines: [Substring]) {
        guard let range = prose.passage.range, lines.indices.contains(range.start.line - 1) else {
            return nil
        }
        var source: [Place] = []
        for number in range.start.line...max(range.start.line, min(range.end.line, lines.count)) {
            var column = 1
            for scalar in lines[number - 1].unicodeScalars {
                let isIn =
                    (number > range.start.line || column >= range.start.column)
                    && (number < range.end.line || range.end.line == range.start.line
                        || column < range.end.column)
                if isIn { source.append(Place(scalar: scalar, line: number, column: column)) }
                column += 1
            }
            source.append(Place(scalar: "\n", line: number, column: column))
        }
        self.source = source
        self.prose = prose
        // Signs of a heading, an item or a quotation may stand before the words.
        let first = source.prefix { $0.scalar != "\n" }.count
        for start in 0..<max(1, min(first, 40)) where align(from: start) { return }
        return nil
    }

    /// The place of a stretch of the words.
    func range(of scalars: Range<Int>) -> SourceRange? {
        guard !scalars.isEmpty, scalars.upperBound <= found.count else { return nil }
        let first = source[found[scalars.lowerBound].lowerBound]
        let last = source[found[scalars.upperBound - 1].upperBound - 1]
        guard (first.line, first.column) <= (last.line, last.column) else { return nil }
        return SourceRange(
            SourcePosition(line: first.line, column: first.column),
            SourcePosition(line: last.line, column: last.column + 1))
    }

    private func scalar(_ index: Int) -> Unicode.Scalar? {
        source.indices.contains(index) ? source[index].scalar : nil
    }

    private mutating func align(from start: Int) -> Bool {
        found = []
        var index = start
        for piece in prose.pieces {
            if piece.kind == .reference {
                guard let open = reference(from: index), let close = closing(open) else { return false }
                for _ in piece.range { found.append(open..<close) }
                index = close
                continue
            }
            for position in piece.range {
                let isGap = position > 0 && prose.scalars[position].isSpace
                if isGap, prose.scalars[position - 1].isSpace, let last = found.last {
                    // Spaces in a row are one gap.
                    if scalar(index)?.isSpace != true {
                        found.append(last)
                        continue
                    }
                }
                guard let next = step(prose.scalars[position], position, from: index) else { return false }
                found.append(next)
                index = next.upperBound
            }
        }
        return found.count == prose.scalars.count
    }

    /// The braces of a reference, behind marks.
    private func reference(from index: Int) -> Int? {
        var index = index
        while let sign = scalar(index) {
            if sign == "{", scalar(index + 1) == "{" { return index }
            guard let next = behindMark(index, before: nil) ?? (sign.isSpace ? index + 1 : nil) else {
                return nil
            }
            index = next
        }
        return nil
    }

    private func closing(_ open: Int) -> Int? {
        var index = open + 2
        while let sign = scalar(index) {
            if sign == "}", scalar(index + 1) == "}" { return index + 2 }
            index += 1
        }
        return nil
    }

    /// Where one scalar of the words stands, at an index or behind marks.
    private func step(_ wanted: Unicode.Scalar, _ position: Int, from index: Int) -> Range<Int>? {
        var index = index
        while let sign = scalar(index) {
            if wanted.isSpace {
                if sign.isSpace {
                    var end = index + 1
                    while let next = scalar(end), next.isSpace || next == ">" && startsLine(end) { end += 1 }
                    // Several spaces in the words take one each.
                    let isRun =
                        prose.scalars.indices.contains(position + 1) && prose.scalars[position + 1].isSpace
                    return index..<(isRun ? index + 1 : end)
                }
                if sign == "\\", scalar(index + 1) == "\n" {
                    index += 1
                    continue
                }
            } else {
                if sign == "&", let end = entity(index) { return index..<end }
                if sign == "\\", scalar(index + 1) == wanted, wanted != "\\" || scalar(index + 1) == "\\" {
                    return (index + 1)..<(index + 2)
                }
                if sign == wanted, !(sign == "]" && isLinkEnd(index, position)) { return index..<(index + 1) }
            }
            guard
                let next = behindMark(index, before: wanted)
                    ?? (sign.isSpace && !wanted.isSpace && isBesideMark(index) ? index + 1 : nil)
            else { return nil }
            index = next
        }
        return nil
    }

    /// Whether a bracket closes the words of a link rather than being one of them.
    private func isLinkEnd(_ index: Int, _ position: Int) -> Bool {
        scalar(index + 1) == "("
            && !(prose.scalars.indices.contains(position + 1) && prose.scalars[position + 1] == "(")
    }

    private func isBesideMark(_ index: Int) -> Bool {
        let marks = "*_`~[]<>\\\n".unicodeScalars
        return [index - 1, index + 1].contains { scalar($0).map(marks.contains) ?? true }
    }

    private func startsLine(_ index: Int) -> Bool {
        var before = index - 1
        while let sign = scalar(before), sign == " " || sign == "\t" || sign == ">" { before -= 1 }
        return scalar(before) == "\n" || before < 0
    }

    /// The end of `&amp;`.
    private func entity(_ index: Int) -> Int? {
        var end = index + 1
        while let sign = scalar(end), sign.isASCII, sign.isLetter || sign == "#" || ("0"..."9").contains(sign)
        {
            end += 1
        }
        return end > index + 1 && end - index < 12 && scalar(end) == ";" ? end + 1 : nil
    }

    /// The index behind a mark of Markdown that is not shown; nil where none stands.
    private func behindMark(_ index: Int, before wanted: Unicode.Scalar?) -> Int? {
        guard let sign = scalar(index) else { return nil }
        switch sign {
        case "]":
            if scalar(index + 1) == "(" { return behindDestination(index + 1) ?? index + 1 }
            if scalar(index + 1) == "[" {
                var end = index + 2
                while let next = scalar(end), next != "]", next != "\n" { end += 1 }
                return scalar(end) == "]" ? end + 1 : index + 1
            }
            return index + 1
        case "[":
            guard scalar(index + 1) == "^" else { return index + 1 }
            var end = index + 2
            while let next = scalar(end), next != "]" { end += 1 }
            return end + 1
        case "<":
            // A tag or a comment; an address in angle brackets is shown.
            var end = index + 1
            var inner = String.UnicodeScalarView()
            while let next = scalar(end), next != ">" {
                inner.append(next)
                end += 1
            }
            let text = String(inner)
            return text.contains(":") && !text.contains(" ") || text.contains("@") || scalar(end) == nil
                ? index + 1 : end + 1
        case "*", "_", "`", "~", "\\", "!", "#", ">", "|": return index + 1
        default: return nil
        }
    }

    /// Behind `(https://… "title")`.
    private func behindDestination(_ open: Int) -> Int? {
        var depth = 0
        var index = open
        var isAngled = false
        while let sign = scalar(index) {
            if sign == "\\" {
                index += 2
                continue
            }
            if sign == "<" { isAngled = true } else if sign == ">" { isAngled = false }
            if !isAngled {
                if sign == "(" { depth += 1 } else if sign == ")" { depth -= 1 }
                if depth == 0 { return index + 1 }
            }
            index += 1
        }
        return nil
    }
}
