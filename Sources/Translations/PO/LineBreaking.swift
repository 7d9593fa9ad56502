/// Finds where a line may end, so that catalogues are wrapped as GNU gettext wraps them.
///
/// The pair table method of UAX #14 (Unicode line breaking), without its rules for Hangul and emoji sequences.
enum LineBreaking {
    /// In the order of `LineBreakTable.pairs`, then those that have rules of their own.
    enum Class: UInt8 {
        case open, closePunctuation, closeParenthesis, quotation, glue, nonStarter, exclamation, symbol,
            infix,
            prefix, postfix, number, alphabetic, ideograph, inseparable, hyphen, breakAfter, breakBefore,
            breakBoth, wordJoiner
        case mark, zeroWidthSpace, space, mandatory

        init?(name: some StringProtocol) {
            let names = [
                "OP", "CL", "CP", "QU", "GL", "NS", "EX", "SY", "IS", "PR", "PO", "NU", "AL", "ID", "IN",
                "HY",
                "BA", "BB", "B2", "WJ", "CM", "ZW", "SP", "BK",
            ]
            guard let index = names.firstIndex(where: { $0 == name }) else { return nil }
            self.init(rawValue: UInt8(index))
        }
    }

    /// A character of a line.
    struct Piece {
        var scalar: Unicode.Scalar
        /// Whether the line may end before it, if the characters allow it.
        var allowsBreak = true
    }

    private struct Span {
        var first: UInt32
        var last: UInt32
        var kind: Class
        var width: Int
    }

    private static let spans: [Span] = {
        var spans: [Span] = []
        for line in LineBreakTable.text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 2, let kind = Class(name: words[0]), let width = Int(words[1]) else {
                continue
            }
            for range in words.dropFirst(2) {
                let ends = range.split(separator: "-").compactMap { UInt32($0, radix: 16) }
                guard let first = ends.first, let last = ends.last else { continue }
                spans.append(Span(first: first, last: last, kind: kind, width: width))
            }
        }
        return spans.sorted { $0.first < $1.first }
    }()

    /// Class and width of the characters that catalogues mostly hold, looked up once.
    private static let common: [(kind: Class, width: Int)] = (0..<0x3000).map { search(UInt32($0)) }

    static func properties(_ scalar: Unicode.Scalar) -> (kind: Class, width: Int) {
        let value = scalar.value
        if value < 0x3000 { return common[Int(value)] }
        if value >= 0x10000 {
            // Emoji and ideographs beyond the basic plane are wide; variation selectors are marks.
            switch value {
            case 0x1F000...0x1FAFF, 0x20000...0x3FFFD: return (.ideograph, 2)
            case 0xE0000...0xE0FFF: return (.mark, 0)
            default: return (.alphabetic, 1)
            }
        }
        return search(value)
    }

    private static func search(_ value: UInt32) -> (kind: Class, width: Int) {
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].last < value { low = middle + 1 } else { high = middle }
        }
        guard low < spans.count, spans[low].first <= value else { return (.alphabetic, 1) }
        return (spans[low].kind, spans[low].width)
    }

    private static let pairs: [[UInt8]] = LineBreakTable.pairs.map { row in
        row.withUTF8Buffer { Array($0) }
    }

    /// The indices before which a line ends, when as much as possible goes on each line.
    static func breaks(_ text: [Piece], width: Int, startColumn: Int) -> [Int] {
        let possible = possibleBreaks(text)
        var result: [Int] = []
        var candidate: Int?
        var column = startColumn
        var pending = 0
        for (index, piece) in text.enumerated() {
            if possible[index], piece.allowsBreak {
                if let open = candidate, column + pending > width {
                    result.append(open)
                    column = 0
                }
                candidate = index
                column += pending
                pending = 0
            }
            pending += properties(piece.scalar).width
        }
        if let open = candidate, column + pending > width { result.append(open) }
        return result
    }

    /// Whether a line may end before each character.
    private static func possibleBreaks(_ text: [Piece]) -> [Bool] {
        var result = [Bool](repeating: false, count: text.count)
        // The class of the last character that is no space; nil at the start.
        var last: Class?
        var spaces: [Int] = []
        func decide(_ kind: Class, at index: Int, afterSpace: Bool) -> Bool {
            guard let last else { return false }
            if last == .zeroWidthSpace { return true }
            switch pairs[Int(last.rawValue)][Int(kind.rawValue)] {
            case UInt8(ascii: "D"): return true
            case UInt8(ascii: "I"): return afterSpace
            default: return false
            }
        }
        for (index, piece) in text.enumerated() {
            let kind = properties(piece.scalar).kind
            switch kind {
            case .space:
                spaces.append(index)
            case .mandatory:
                last = nil
                spaces = []
            case .zeroWidthSpace:
                last = .zeroWidthSpace
                spaces = []
            case .mark:
                if last == .zeroWidthSpace {
                    result[index] = true
                    last = .ideograph
                } else if let space = spaces.last {
                    // A mark on a space makes it a character of its own.
                    result[space] = decide(.ideograph, at: space, afterSpace: spaces.count > 1)
                    last = .ideograph
                    spaces = []
                } else if last == nil {
                    last = .alphabetic
                }
            default:
                result[index] = decide(kind, at: index, afterSpace: !spaces.isEmpty)
                last = kind
                spaces = []
            }
        }
        return result
    }
}
