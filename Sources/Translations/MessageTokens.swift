import Workspace

/// The parts of a message that every language must keep: placeholders, numbers, addresses, links, emphasis.
///
/// Found by scanning the message's Markdown; offsets count Unicode scalars.
struct MessageTokens {
    enum Kind: Hashable {
        /// `{{arrive-early}}`.
        case placeholder
        /// `{n}`.
        case parameter
        case email
        case url
        case phone
        case number
        /// Where a link or an image leads.
        case destination
        /// `[^law]`.
        case footnote
    }

    struct Token: Hashable {
        var kind: Kind
        /// The same for all spellings of one thing: digits 0–9, no spaces inside a phone number.
        var value: String
        var range: Range<Int>
        /// Whether it is written with digits other than 0–9.
        var hasNativeDigits = false
    }

    private(set) var tokens: [Token] = []
    /// The text with everything that is not running words blanked out, for looking at words.
    private(set) var words: [Unicode.Scalar]
    private(set) var emphasisCount = 0
    private(set) var strongCount = 0
    let scalars: [Unicode.Scalar]

    private let scanner: TextScanner
    private var runs: [DelimiterRun] = []

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        scanner = TextScanner(scalars)
        words = scalars
        scan()
        countEmphasis()
    }

    func values(_ kind: Kind) -> [String] { tokens.filter { $0.kind == kind }.map(\.value) }

    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    // MARK: Scanning

    private mutating func scan() {
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            let next = peek(index + 1)
            let end: Int?
            switch scalar {
            case "\\" where next.map(Self.isPunctuation) == true: end = index + 2
            case "`": end = codeEnd(from: index)
            case "{" where next == "{": end = placeholder(at: index)
            case "{": end = parameter(at: index)
            case "[" where next == "^": end = footnote(at: index)
            case "]" where next == "(": end = destination(at: index + 1)
            case "*", "_": end = delimiters(at: index)
            default: end = address(at: index) ?? number(at: index)
            }
            if let end {
                for position in index..<min(end, scalars.count) { words[position] = " " }
                index = end
            } else {
                index += 1
            }
        }
    }

    private func peek(_ index: Int) -> Unicode.Scalar? {
        scalars.indices.contains(index) ? scalars[index] : nil
    }

    private mutating func add(
        _ kind: Kind, _ value: String, _ range: Range<Int>, native: Bool = false
    ) -> Int {
        tokens.append(Token(kind: kind, value: value, range: range, hasNativeDigits: native))
        return range.upperBound
    }

    private func codeEnd(from start: Int) -> Int? {
        let length = scalars[start...].prefix { $0 == "`" }.count
        var index = start + length
        while index < scalars.count {
            let run = scalars[index...].prefix { $0 == "`" }.count
            if run == length { return index + run }
            index += max(1, run)
        }
        return start + length
    }

    private mutating func placeholder(at start: Int) -> Int? {
        var index = start + 2
        while index + 1 < scalars.count, scalars[index] != "{" {
            if scalars[index] == "}", scalars[index + 1] == "}" {
                let name = text((start + 2)..<index).split(whereSeparator: \.isWhitespace).joined(
                    separator: " ")
                return add(.placeholder, "{{\(name)}}", start..<(index + 2))
            }
            index += 1
        }
        return nil
    }

    private mutating func footnote(at start: Int) -> Int? {
        let label = scalars[(start + 2)...].prefix { $0 != "]" && !$0.isSpace }
        guard !label.isEmpty, peek(label.endIndex) == "]" else { return nil }
        return add(.footnote, text(start..<(label.endIndex + 1)), start..<(label.endIndex + 1))
    }

    private mutating func parameter(at start: Int) -> Int? {
        let name = scalars[(start + 1)...].prefix { Self.isNamePart($0) }
        let end = start + 1 + name.count
        guard !name.isEmpty, peek(end) == "}" else { return nil }
        return add(.parameter, text(start..<(end + 1)), start..<(end + 1))
    }

    /// `(…)` after the text of a link; a title after the destination stays running text.
    private mutating func destination(at open: Int) -> Int? {
        var depth = 0
        var index = open
        var end: Int?
        while index < scalars.count {
            switch scalars[index] {
            case "(": depth += 1
            case ")": depth -= 1
            case " ", "\n": end = end ?? index
            default: break
            }
            if depth == 0 { break }
            index += 1
        }
        guard depth == 0, index > open else { return nil }
        let destination = (open + 1)..<(end ?? index)
        return add(.destination, text(destination), destination)
    }

    /// A URL, a domain name, an e-mail address or a phone number.
    private mutating func address(at start: Int) -> Int? {
        if let found = scanner.address(at: start) {
            let value = text(found.range)
            return switch found.kind {
            case .email: add(.email, value.lowercased(), found.range)
            case .web, .phone, .words: add(.url, value, found.range)
            }
        }
        return scanner.phone(at: start).map {
            add(.phone, $0.value, $0.range, native: $0.hasNativeDigits)
        }
    }

    /// Digits, with groups of thousands joined: `1,000`, `1 000` and `১,০০০` are all 1000.
    private mutating func number(at start: Int) -> Int? {
        guard Self.digit(scalars[start]) != nil else { return nil }
        var end = start
        var digits = ""
        var native = false
        func group(from index: Int) -> [Int] {
            scalars[index...].prefix(20).prefix { Self.digit($0) != nil }.compactMap(Self.digit)
        }
        func take(_ group: [Int]) {
            for digit in group { digits += "\(digit)" }
            native = native || scalars[end..<(end + group.count)].contains { !$0.isASCII }
            end += group.count
        }
        let first = group(from: start)
        take(first)
        if first.count <= 3, first.first != 0 {
            while let separator = peek(end), Self.isGroupSeparator(separator), end + 1 < scalars.count {
                let next = group(from: end + 1)
                guard next.count == 3 else { break }
                end += 1
                take(next)
            }
        }
        let trimmed = digits.drop { $0 == "0" }
        return add(.number, trimmed.isEmpty ? "0" : String(trimmed), start..<end, native: native)
    }

    // MARK: Emphasis

    /// A run of `*` or `_` (CommonMark 0.31, "Emphasis and strong emphasis").
    private struct DelimiterRun {
        var mark: Unicode.Scalar
        var count: Int
        var original: Int
        var canOpen: Bool
        var canClose: Bool
    }

    private mutating func delimiters(at start: Int) -> Int {
        let mark = scalars[start]
        let count = scalars[start...].prefix { $0 == mark }.count
        let before = start == 0 ? " " : scalars[start - 1]
        let after = peek(start + count) ?? " "
        let spaceBefore = before.isSpace
        let spaceAfter = after.isSpace
        let punctuationBefore = Self.isPunctuation(before)
        let punctuationAfter = Self.isPunctuation(after)
        let left = !spaceAfter && (!punctuationAfter || spaceBefore || punctuationBefore)
        let right = !spaceBefore && (!punctuationBefore || spaceAfter || punctuationAfter)
        let isStar = mark == "*"
        runs.append(
            DelimiterRun(
                mark: mark, count: count, original: count,
                canOpen: left && (isStar || !right || punctuationBefore),
                canClose: right && (isStar || !left || punctuationAfter)))
        return start + count
    }

    private mutating func countEmphasis() {
        var closer = 0
        while closer < runs.count {
            guard runs[closer].canClose, runs[closer].count > 0 else {
                closer += 1
                continue
            }
            var opener = closer - 1
            while opener >= 0, !matches(opener, closer) { opener -= 1 }
            guard opener >= 0 else {
                closer += 1
                continue
            }
            let used = runs[opener].count >= 2 && runs[closer].count >= 2 ? 2 : 1
            if used == 2 { strongCount += 1 } else { emphasisCount += 1 }
            runs[opener].count -= used
            runs[closer].count -= used
            for between in (opener + 1)..<closer { runs[between].count = 0 }
        }
    }

    private func matches(_ opener: Int, _ closer: Int) -> Bool {
        let a = runs[opener]
        let b = runs[closer]
        guard a.mark == b.mark, a.canOpen, a.count > 0 else { return false }
        // The rule of three: a run that both opens and closes does not pair with every length.
        if a.canClose || b.canOpen, (a.original + b.original) % 3 == 0,
            a.original % 3 != 0 || b.original % 3 != 0
        {
            return false
        }
        return true
    }

    // MARK: Characters

    /// The value of a decimal digit of any script.
    static func digit(_ scalar: Unicode.Scalar) -> Int? {
        if scalar.isASCII { return (48...57).contains(scalar.value) ? Int(scalar.value) - 48 : nil }
        guard scalar.category == .decimalNumber else { return nil }
        return scalar.properties.numericValue.map { Int($0) }
    }

    static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.isLetter }

    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (33...126).contains(scalar.value) && !isASCIIAlphanumeric(scalar) }
        return switch scalar.category {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
            .modifierSymbol, .otherSymbol:
            true
        default: false
        }
    }

    private static func isASCIIAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (isLetter(scalar) || digit(scalar) != nil)
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        isASCIIAlphanumeric(scalar) || scalar == "-" || scalar == "_"
    }

    private static func isGroupSeparator(_ scalar: Unicode.Scalar) -> Bool {
        ",. \u{A0}\u{202F}\u{2009}\u{66C}\u{FF0C}".unicodeScalars.contains(scalar)
    }
}
