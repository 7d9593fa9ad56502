import Workspace

/// Finds runs in text: the one place that knows what a phone number, an address or a left-to-right run looks like.
///
/// Why runs matter: in text from right to left, "01632 960 000" shows as "000 960 01632", because after an Arabic
/// letter each group of digits is a run of its own and the spaces between them take the paragraph's direction (UAX 9,
/// rules W2 and N1). Signs, brackets and dashes beside a digit move to its other side for the same reason.
public struct TextScanner {
    /// Digits that a phone number has at least.
    static let leastPhoneDigits = 7
    /// ITU-T E.164: at most fifteen digits.
    private static let mostPhoneDigits = 15

    let scalars: [Unicode.Scalar]
    /// Whether letters of scripts other than Latin belong to runs: those from left to right, within right-to-left.
    private let joinsOtherScripts: Bool

    public init(_ text: String) { self.init(Array(text.unicodeScalars)) }

    init(_ scalars: [Unicode.Scalar], joinsOtherScripts: Bool = false) {
        self.scalars = scalars
        self.joinsOtherScripts = joinsOtherScripts
    }

    /// The runs of a text, in order.
    public static func runs(in text: String, _ setting: TextSetting) -> [TextRun] {
        runs(in: Array(text.unicodeScalars), setting)
    }

    /// The runs of a text, in order.
    public static func runs(in scalars: [Unicode.Scalar], _ setting: TextSetting) -> [TextRun] {
        let scanner = TextScanner(scalars, joinsOtherScripts: setting.isRightToLeft)
        if !setting.isRightToLeft, setting.latin == nil { return scanner.phones() }
        return scanner.allRuns(setting)
    }

    /// The phone numbers of a text, in order.
    public func phones() -> [TextRun] {
        var runs: [TextRun] = []
        var index = 0
        while index < scalars.count {
            if let address = address(at: index) {
                index = address.range.upperBound
            } else if let phone = phone(at: index) {
                runs.append(TextRun(kind: .phone, range: phone.range))
                index = phone.range.upperBound
            } else {
                index += 1
            }
        }
        return runs
    }

    /// The web and e-mail addresses of a text, in order.
    package func addresses() -> [TextRun] {
        var runs: [TextRun] = []
        var index = 0
        while index < scalars.count {
            if let address = address(at: index) { runs.append(address) }
            index = max(index + 1, runs.last?.range.upperBound ?? 0)
        }
        return runs
    }

    private func allRuns(_ setting: TextSetting) -> [TextRun] {
        var runs: [TextRun] = []
        var index = 0
        while index < scalars.count {
            if let found = address(at: index) {
                runs.append(found)
                index = found.range.upperBound
            } else if let phone = phone(at: index) {
                let end = setting.isRightToLeft ? endOfExtension(after: phone.range.upperBound) : nil
                runs.append(TextRun(kind: .phone, range: index..<(end ?? phone.range.upperBound)))
                index = end ?? phone.range.upperBound
            } else if let expression = expression(at: index) {
                if setting.isRightToLeft ? expression.wouldTurn : expression.hasLatin {
                    runs.append(
                        TextRun(
                            kind: .words, range: index..<expression.end,
                            hasLatinWords: expression.hasLatin))
                }
                index = expression.end
            } else {
                index += 1
            }
        }
        return runs
    }

    func peek(_ index: Int) -> Unicode.Scalar? { scalars.indices.contains(index) ? scalars[index] : nil }

    public func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }
}

// MARK: - Addresses

extension TextScanner {
    /// A URL, a domain name or an e-mail address that starts here, all of ASCII.
    func address(at start: Int) -> TextRun? {
        guard Self.isAddressPart(scalars[start]), scalars[start] != ".", scalars[start] != "-",
            start == 0 || !Self.isAddressPart(scalars[start - 1])
        else { return nil }
        let run = scalars[start...].prefix { Self.isAddressPart($0) }
        var end = start + run.count
        if peek(end) == ":", peek(end + 1) == "/", peek(end + 2) == "/" {
            let scheme = text(start..<end)
            if scheme == "http" || scheme == "https" { return url(from: start, searchFrom: end + 3) }
        }
        if peek(end) == "@" {
            let domain = scalars[(end + 1)...].prefix { Self.isDomainPart($0) }
            let at = end
            end += 1 + domain.count
            while end > start, scalars[end - 1] == "." || scalars[end - 1] == "-" { end -= 1 }
            guard end > at, scalars[at..<end].contains(".") else { return nil }
            return TextRun(kind: .email, range: start..<end)
        }
        guard run.contains("."), Self.isDomain(text(start..<end)) else { return nil }
        return url(from: start, searchFrom: start)
    }

    private func url(from start: Int, searchFrom: Int) -> TextRun {
        var end = searchFrom
        var depth = 0
        scan: while end < scalars.count {
            let scalar = scalars[end]
            guard scalar.isASCII, scalar.value > 0x20 else { break }
            switch scalar {
            case "<", ">", "\"", "`", "{", "}", "|", "\\", "[", "]", "*": break scan
            case "(": depth += 1
            // A bracket that the address itself opened is part of it.
            case ")":
                depth -= 1
                if depth < 0 { break scan }
            default: break
            }
            end += 1
        }
        while end > searchFrom, ".,;:!?'".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
        return TextRun(kind: .web, range: start..<end)
    }

    private static func isDomain(_ text: String) -> Bool {
        let labels = text.lowercased().split(separator: ".", omittingEmptySubsequences: true)
        guard labels.count >= 2, let last = labels.last else { return false }
        return ["uk", "com", "org", "net", "info", "eu", "gov", "wales", "scot", "london"].contains(last)
    }
}

// MARK: - Phone numbers

extension TextScanner {
    struct Phone {
        /// `+` if it was written, and the digits as 0–9.
        var value: String
        var range: Range<Int>
        /// Whether it is written with digits other than 0–9.
        var hasNativeDigits: Bool
    }

    /// A phone number that starts here: `0` or `+`, and 7 to 15 digits in groups. Shorter ones (999, 101) are numbers
    /// like any other. The prefix of Relay UK belongs to the number: `18001 0800 1111`.
    func phone(at start: Int) -> Phone? {
        guard start == 0 || !isPartOfReference(start - 1) else { return nil }
        var index = start
        if let prefix = relayPrefix(at: start) { index = prefix }
        guard let number = bareNumber(at: index) else { return nil }
        guard index > start else { return number }
        return Phone(
            value: text(start..<(start + 5)) + number.value, range: start..<number.range.upperBound,
            hasNativeDigits: number.hasNativeDigits)
    }

    /// Where the number starts after 18000, 18001 or 18002 and a space (Relay UK).
    private func relayPrefix(at start: Int) -> Int? {
        guard start + 6 < scalars.count, scalars[start] == "1",
            ["18000", "18001", "18002"].contains(text(start..<(start + 5))), Self.isSpace(scalars[start + 5])
        else { return nil }
        return start + 6
    }

    private func bareNumber(at start: Int) -> Phone? {
        var index = start
        let opensBracket = peek(index) == "("
        if opensBracket { index += 1 }
        let hasPlus = peek(index) == "+"
        if hasPlus { index += 1 }
        guard let first = peek(index), let digit = Self.digit(first), hasPlus || digit == 0 else {
            return nil
        }
        // Ofcom, National Telephone Numbering Plan: 0 and at most ten digits; others by E.164, and `(0)`.
        let most = hasPlus ? Self.mostPhoneDigits + 1 : 11
        var digits = ""
        var native = false
        var depth = opensBracket ? 1 : 0
        /// Where brackets were last in balance.
        var balanced: (end: Int, digits: String)?
        while true {
            var group = ""
            var next = index
            while let scalar = peek(next), let digit = Self.digit(scalar) {
                group += "\(digit)"
                native = native || !scalar.isASCII
                next += 1
            }
            if group.isEmpty || digits.count + group.count > most { break }
            digits += group
            if depth == 0 { balanced = (next, digits) }
            // What stands before the next group: a space, a hyphen or a full stop, and at most one bracket each way.
            index = next
            var spaces = 0
            var marks = 0
            var closed = false
            separators: while let scalar = peek(index), index - next < 4 {
                switch scalar {
                case ")" where depth > 0 && !closed:
                    depth -= 1
                    closed = true
                    if depth == 0 { balanced = (index + 1, digits) }
                case "(" where depth == 0: depth += 1
                case _ where Self.isSpace(scalar): spaces += 1
                case _ where Self.isPhoneMark(scalar): marks += 1
                default: break separators
                }
                index += 1
            }
            if index == next || spaces > 2 || marks > 1 { break }
            // With spaces around it a hyphen joins the halves of one number, but not two numbers.
            if marks == 1, spaces > 0, peek(index).flatMap(Self.digit) == 0 { break }
        }
        guard let balanced,
            (Self.leastPhoneDigits...Self.mostPhoneDigits + 1).contains(balanced.digits.count),
            !(peek(balanced.end).map { Self.isRunLetter($0, false) || Self.digit($0) != nil } ?? false)
        else { return nil }
        // Brackets around the whole number are not part of it: it starts again after the bracket.
        if opensBracket, scalars[balanced.end - 1] == ")", !scalars[start..<(balanced.end - 1)].contains(")")
        {
            return nil
        }
        return Phone(
            value: (hasPlus ? "+" : "") + balanced.digits, range: start..<balanced.end,
            hasNativeDigits: native)
    }

    /// Whether a digit after this scalar belongs to something longer: a word, a number, a reference such as `CP/012`.
    private func isPartOfReference(_ index: Int) -> Bool {
        let scalar = scalars[index]
        if Self.isRunLetter(scalar, false) || Self.digit(scalar) != nil { return true }
        guard "/._-:,".unicodeScalars.contains(scalar), index > 0 else { return false }
        let before = scalars[index - 1]
        return scalar == "/" || scalar == "_" || Self.digit(before) != nil
            || scalar == "-" && Self.isRunLetter(before, false)
    }

    /// Where the extension of a phone number ends: `ext 123`, `ext. 123`, `extension 123`. It is dialled after the number.
    private func endOfExtension(after end: Int) -> Int? {
        var index = end
        if peek(index) == "," { index += 1 }
        index = skipSpaces(index)
        guard index > end else { return nil }
        let word = scalars[index...].prefix(10).prefix { $0.isASCII && MessageTokens.isLetter($0) }
        guard ["ext", "extn", "extension"].contains(text(word.indices).lowercased()) else { return nil }
        index = word.endIndex
        if peek(index) == "." { index += 1 }
        index = skipSpaces(index)
        let digits = scalars[index...].prefix { isRunDigit($0) }
        guard !digits.isEmpty, !(peek(digits.endIndex).map(isWordPart) ?? false) else { return nil }
        return digits.endIndex
    }

    private static func isPhoneMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", ".": true
        default: false
        }
    }
}

// MARK: - Everything else that reads from left to right

extension TextScanner {
    struct Expression {
        var end: Int
        var hasLatin = false
        /// Letters of any script from left to right.
        var hasLetters = false
        /// Whether the bidirectional algorithm could show it in another order, or beside its signs.
        var wouldTurn = false
    }

    /// One word or number with the signs that belong to it.
    private struct Token {
        var end: Int
        var hasLatin = false
        var hasLetters = false
        var hasDigits = false
        var startsWithLetter = false
        var isPlainNumber = false
        /// Of letters only, and not an abbreviation in capitals.
        var isShortWord = false
    }

    /// An expression that starts here: words and numbers, with what joins them.
    func expression(at start: Int) -> Expression? {
        guard
            start == 0
                || !(Self.isRunLetter(scalars[start - 1], joinsOtherScripts)
                    || isRunDigit(scalars[start - 1]))
        else { return nil }
        return sequence(from: start, depth: 0)
    }

    /// - Parameter start: Where a token or a bracket before one stands.
    private func sequence(from start: Int, depth: Int) -> Expression? {
        var result = Expression(end: start)
        var segmentIsWordy = false
        var tokens = 0
        var index = start
        var last = Token(end: start)
        if let group = bracketGroup(at: index, depth: depth), let after = peek(group.end) {
            // `(DBS) check`, `(0)20`: brackets that what follows belongs to.
            let isAttached = isWordPart(after)
            let next = isAttached ? group.end : skipSpaces(group.end)
            let isCitation = isYearInBrackets(index..<group.end)
            guard let token = token(at: next),
                isAttached || (group.hasLetters || isCitation) && token.startsWithLetter,
                phone(at: next) == nil, address(at: next) == nil
            else { return nil }
            (result.hasLatin, result.hasLetters, result.wouldTurn) = (group.hasLatin, group.hasLetters, true)
            segmentIsWordy = group.hasLetters
            index = next
            tokens = 1
        }
        guard var token = token(at: index) else { return nil }
        while true {
            tokens += 1
            last = token
            result.end = token.end
            result.hasLatin = result.hasLatin || token.hasLatin
            result.hasLetters = result.hasLetters || token.hasLetters
            result.wouldTurn = result.wouldTurn || tokens > 1 || !token.isPlainNumber
            segmentIsWordy = segmentIsWordy || token.startsWithLetter
            // Brackets after it, with what they hold.
            while let group = bracketGroup(at: skipSpaces(result.end), depth: depth) {
                result.end = group.end
                result.hasLatin = result.hasLatin || group.hasLatin
                result.hasLetters = result.hasLetters || group.hasLetters
                result.wouldTurn = true
            }
            guard let next = joined(after: result.end, last, isWordy: &segmentIsWordy) else { break }
            token = next
        }
        return result
    }

    /// The token that belongs to what ends here, across spaces, a dash or a comma.
    private func joined(after end: Int, _ last: Token, isWordy: inout Bool) -> Token? {
        let spaced = skipSpaces(end)
        guard let mark = peek(spaced) else { return nil }
        func next(at index: Int) -> Token? {
            guard let token = token(at: index), phone(at: index) == nil, address(at: index) == nil else {
                return nil
            }
            return token
        }
        if spaced > end, let token = next(at: spaced) { return token }
        switch mark {
        case "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}", "/", "&", "+",
            "\u{D7}", "\u{F7}", "=", "<", ">", "\u{2264}", "\u{2265}":
            // A range or a pair; not a name and its number, which are two things in their own order.
            guard let token = next(at: skipSpaces(spaced + 1)),
                last.hasDigits && token.hasDigits || last.startsWithLetter && token.startsWithLetter
            else { return nil }
            return token
        case "," where spaced == end:
            // The parts of a postal address each have a word; numbers in a list have none.
            let after = skipSpaces(end + 1)
            guard isWordy, after > end + 1, let token = next(at: after), segmentHasWord(from: after) else {
                return nil
            }
            isWordy = false
            return token
        case "." where spaced == end && last.isShortWord:
            // `St. Mary`, `No. 17`.
            let after = skipSpaces(end + 1)
            return after > end + 1 ? next(at: after) : nil
        default: return nil
        }
    }

    /// Whether a word starts before the next comma, or before whatever else ends the run.
    private func segmentHasWord(from start: Int) -> Bool {
        var index = start
        while let token = token(at: index) {
            if token.startsWithLetter { return true }
            let next = skipSpaces(token.end)
            if next == token.end { return false }
            index = next
        }
        return false
    }

    /// A pair of brackets that holds nothing but one expression; phone numbers and addresses stand on their own.
    private func bracketGroup(at start: Int, depth: Int) -> Expression? {
        guard depth < Self.deepest, let open = peek(start), let close = Self.closing[open],
            start + 1 < scalars.count, phone(at: start + 1) == nil, address(at: start + 1) == nil,
            var inner = sequence(from: start + 1, depth: depth + 1), peek(inner.end) == close
        else { return nil }
        inner.end += 1
        return inner
    }

    /// The year that a law report begins with: `[2026] EWHC 123 (Fam)`. A number in round brackets counts something.
    private func isYearInBrackets(_ range: Range<Int>) -> Bool {
        range.count == 6 && scalars[range.lowerBound] == "["
            && scalars[range].dropFirst().dropLast().allSatisfy { $0.isASCII && isRunDigit($0) }
    }

    /// Brackets within brackets; deeper ones are not writing.
    private static let deepest = 3
    private static let closing: [Unicode.Scalar: Unicode.Scalar] = ["(": ")", "[": "]"]

    private func token(at start: Int) -> Token? {
        var index = start
        var token = Token(end: start)
        // One, or two of which one is money: -£5, £-5, +€3.
        if let sign = peek(index), Self.isSign(sign), let after = peek(index + 1) {
            if isRunDigit(after) {
                index += 1
            } else if Self.isSign(after), Self.isCurrency(sign) != Self.isCurrency(after),
                let digit = peek(index + 2), isRunDigit(digit)
            {
                index += 2
            }
        }
        let signs = index - start
        guard let first = peek(index), isWordPart(first) else { return nil }
        token.startsWithLetter = signs == 0 && !isRunDigit(first)
        var inner = 0
        var isUpper = true
        var length = 0
        while let scalar = peek(index) {
            if isRunDigit(scalar) {
                token.hasDigits = true
            } else if Self.isRunLetter(scalar, joinsOtherScripts) {
                token.hasLetters = true
                token.hasLatin = token.hasLatin || Self.isLatin(scalar)
                if !scalar.isUppercase { isUpper = false }
            } else if Self.isMark(scalar), index > start {
                // An accent belongs to its letter.
            } else if Self.isConnector(scalar), let next = peek(index + 1) {
                // Directly between two parts; a sign of money may follow it: £20-£30.
                let afterSign = Self.isSign(next) ? peek(index + 2) : nil
                guard isWordPart(next) || afterSign.map(isRunDigit) ?? false else { break }
                inner += 1
                if afterSign != nil, !isWordPart(next) { index += 1 }
            } else {
                break
            }
            index += 1
            length += 1
        }
        // Signs after a number: 20%, 18+, 5€, 90°. A word can have a plus: LGBT+.
        var suffixes = 0
        while let scalar = peek(index), Self.isSuffix(scalar),
            suffixes > 0 || isRunDigit(scalars[index - 1]) || scalar == "+" && token.hasLetters
        {
            index += 1
            suffixes += 1
        }
        token.end = index
        token.isPlainNumber = !token.hasLetters && signs == 0 && inner == 0 && suffixes == 0
        token.isShortWord = token.hasLetters && !token.hasDigits && inner == 0 && length <= 3 && !isUpper
        return token
    }

    private func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        isRunDigit(scalar) || Self.isRunLetter(scalar, joinsOtherScripts)
    }

    /// Digits of other scripts are words of their language, except where they could be turned round.
    private func isRunDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? (48...57).contains(scalar.value) : joinsOtherScripts && Self.digit(scalar) != nil
    }

    private func skipSpaces(_ start: Int) -> Int {
        var index = start
        while let scalar = peek(index), Self.isSpace(scalar) { index += 1 }
        return index
    }
}

// MARK: - Characters

extension TextScanner {
    /// The value of a decimal digit of any script.
    static func digit(_ scalar: Unicode.Scalar) -> Int? { MessageTokens.digit(scalar) }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\u{A0}", "\u{202F}", "\u{2009}", "\n": true
        default: false
        }
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return MessageTokens.isLetter(scalar) }
        return WritingSystem(scalar) == .latin
    }

    /// A letter that can be part of a run.
    ///
    /// - Parameter joinsOthers: Also letters of other scripts, unless they run from right to left themselves.
    private static func isRunLetter(_ scalar: Unicode.Scalar, _ joinsOthers: Bool) -> Bool {
        if scalar.isASCII { return MessageTokens.isLetter(scalar) }
        guard let system = WritingSystem(scalar) else { return false }
        switch system {
        case .latin: return true
        case .arabic, .hebrew: return false
        case .greek, .cyrillic, .devanagari, .bengali, .gurmukhi, .gujarati, .tamil, .ethiopic, .han,
            .kana, .another:
            return joinsOthers && !isRightToLeftBlock(scalar)
        }
    }

    /// Syriac, Thaana, N'Ko and the other scripts from right to left that are no writing system of ours.
    private static func isRightToLeftBlock(_ scalar: Unicode.Scalar) -> Bool {
        (0x0590...0x08FF).contains(scalar.value) || (0x10800...0x10FFF).contains(scalar.value)
            || (0x1E800...0x1EFFF).contains(scalar.value)
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return false }
        switch scalar.category {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return scalar == "\u{200C}" || scalar == "\u{200D}" || scalar == "\u{AD}"
        }
    }

    /// A mark that belongs to the word or number it stands directly within.
    private static func isConnector(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ".", ",", ":", "/", "-", "'", "@", "_", "&", "+", "%", "#", "=", "?", "~", "*", "\u{2019}",
            "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}", "\u{B7}", "\u{D7}":
            true
        default: false
        }
    }

    /// A sign that stands before a number: money, plus, minus, number.
    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "+", "-", "\u{2212}", "#", "\u{B1}", "<", ">", "\u{2264}", "\u{2265}", "~": true
        default: isCurrency(scalar)
        }
    }

    private static func isSuffix(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "%", "\u{2030}", "+", "\u{B0}", "\u{2032}", "\u{2033}": true
        default: isCurrency(scalar)
        }
    }

    private static func isCurrency(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "$" || !scalar.isASCII && scalar.category == .currencySymbol
    }

    static func isDomainPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (MessageTokens.isLetter(scalar) || digit(scalar) != nil) || scalar == "."
            || scalar == "-"
    }

    static func isAddressPart(_ scalar: Unicode.Scalar) -> Bool {
        isDomainPart(scalar) || scalar == "+" || scalar == "%"
    }
}
