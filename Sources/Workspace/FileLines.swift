/// The lines of a file as its bytes are, so that some can be changed and all others stay as they were.
///
/// A line ends with `\n`, `\r\n` or `\r`, as in Markdown and YAML. A byte order mark belongs to no line, and a last line
/// without an end stays without one.
package struct FileLines: Sendable {
    package let bytes: [UInt8]
    /// Where each line starts, and where its end (`\n` and the like) starts and stops.
    private let lines: [(start: Int, end: Int, next: Int)]
    private let mark: Int

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        mark = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
        var lines: [(start: Int, end: Int, next: Int)] = []
        var start = mark
        var index = mark
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x0A || byte == 0x0D else {
                index += 1
                continue
            }
            let isPair = byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
            let next = index + (isPair ? 2 : 1)
            lines.append((start, index, next))
            (start, index) = (next, next)
        }
        if start < bytes.count { lines.append((start, bytes.count, bytes.count)) }
        self.lines = lines
    }

    package var count: Int { lines.count }

    /// A line by its number, from 1, without its end.
    package func line(_ number: Int) -> ArraySlice<UInt8> {
        guard lines.indices.contains(number - 1) else { return [] }
        return bytes[lines[number - 1].start..<lines[number - 1].end]
    }

    /// All lines as text, without their ends; line 1 is at 0.
    package var strings: [Substring] {
        lines.map { Substring(String(decoding: bytes[$0.start..<$0.end], as: UTF8.self)) }
    }

    package func isBlank(_ number: Int) -> Bool { line(number).allSatisfy { $0 == 0x20 || $0 == 0x09 } }

    /// Some lines as a text field holds them: with `\n` between, and none at the end. Those that the file does not have are
    /// left out.
    package func text(of numbers: ClosedRange<Int>) -> String {
        (numbers.lowerBound..<max(numbers.lowerBound, min(numbers.upperBound, count) + 1)).map {
            String(decoding: line($0), as: UTF8.self)
        }.joined(separator: "\n")
    }

    /// How many lines at the top and at the foot are the same in another file; none is counted twice.
    package func same(as other: FileLines) -> (top: Int, foot: Int) {
        let most = min(count, other.count)
        var top = 0
        while top < most, line(top + 1) == other.line(top + 1) { top += 1 }
        var foot = 0
        while foot < most - top, line(count - foot) == other.line(other.count - foot) { foot += 1 }
        return (top, foot)
    }

    /// The lines of a text from a text field, without those at its ends that are blank.
    package static func lines(of text: String) -> [[UInt8]] {
        let whole = FileLines(Array(text.utf8))
        var numbers = (1..<whole.count + 1)[...]
        while let last = numbers.last, whole.isBlank(last) { numbers.removeLast() }
        while let first = numbers.first, whole.isBlank(first) { numbers.removeFirst() }
        return numbers.map { Array(whole.line($0)) }
    }

    /// The file with some lines replaced.
    ///
    /// Lines that are the same before and after, at the top and at the foot, keep their bytes. New ones end as their
    /// neighbours do.
    ///
    /// - Parameter numbers: From 1; empty to add before the line at its start.
    package func replacing(_ numbers: Range<Int>, with new: [[UInt8]]) -> [UInt8] {
        let old = numbers.clamped(to: 1..<count + 1)
        let top = zip(old, new).prefix { Array(line($0)) == $1 }.count
        let foot = zip(old.dropFirst(top).reversed(), new.dropFirst(top).reversed())
            .prefix { Array(line($0)) == $1 }.count
        let first = old.lowerBound + top
        let changed = first..<max(first, old.upperBound - foot)
        let added = new[top..<new.count - foot]
        let from = first <= count ? lines[first - 1].start : bytes.count
        let to = changed.isEmpty ? from : lines[changed.upperBound - 2].next
        var result = Array(bytes[..<from])
        let isAtEnd = to == bytes.count
        let end = ending(near: changed.isEmpty ? first - 1 : changed.lowerBound)
        // After a last line without an end.
        if isAtEnd, !added.isEmpty, from == bytes.count, let last = lines.last, last.end == last.next {
            result += end
        }
        for (index, line) in added.enumerated() {
            result += line
            let isLast = index == added.count - 1
            guard !isLast || !isAtEnd || endsWithLineEnd else { continue }
            // `\r` and `\n` of two lines must not become the end of one.
            result += line.isEmpty && result.last == 0x0D && end.first == 0x0A ? [0x0D] : end
        }
        if result.last == 0x0D, to < bytes.count, bytes[to] == 0x0A { result.append(0x0A) }
        return result + bytes[to...]
    }

    /// Whether the last line has an end; an empty file's would.
    private var endsWithLineEnd: Bool { lines.last.map { $0.end < $0.next } ?? true }

    /// How a line ends, or where it has no end, how the file's first does.
    private func ending(near number: Int) -> ArraySlice<UInt8> {
        for candidate in [number, number - 1, 1] where lines.indices.contains(candidate - 1) {
            let line = lines[candidate - 1]
            if line.end < line.next { return bytes[line.end..<line.next] }
        }
        return [0x0A]
    }
}
