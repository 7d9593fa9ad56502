/// What stands in code within one line: nothing in it is a mark of Markdown.
struct CodeSpans {
    private let ranges: [Range<Substring.Index>]

    init(_ line: Substring) {
        var ranges: [Range<Substring.Index>] = []
        // Hardly a line has any.
        guard line.utf8.contains(UInt8(ascii: "`")) else {
            self.ranges = ranges
            return
        }
        var start = line.startIndex
        while let open = line[start...].firstIndex(of: "`") {
            let ticks = line[open...].prefix { $0 == "`" }
            start = ticks.endIndex
            // Two ticks are closed by two.
            var next = start
            while let close = line[next...].firstIndex(of: "`") {
                let closing = line[close...].prefix { $0 == "`" }
                next = closing.endIndex
                if closing.count == ticks.count {
                    ranges.append(open..<closing.endIndex)
                    start = closing.endIndex
                    break
                }
            }
        }
        self.ranges = ranges
    }

    /// Whether a stretch of the line has any of it.
    func touch(_ range: Range<Substring.Index>) -> Bool { ranges.contains { $0.overlaps(range) } }
}

extension Substring {
    /// The first place of a text that is not code.
    func firstRange(of text: String, outside code: CodeSpans) -> Range<Substring.Index>? {
        var rest = self
        while let range = rest.firstRange(of: text) {
            if !code.touch(range) { return range }
            rest = self[range.upperBound...]
        }
        return nil
    }
}
