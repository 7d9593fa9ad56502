/// A part of running text that must keep its own order, its own language, or its digits, wherever it is shown.
///
/// Pages, leaflets, search passages and the checks all ask `TextScanner` for them, so that a number which stands
/// right on a page cannot be turned round on paper.
public struct TextRun: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// 7 to 15 digits from `0` or `+` (ITU-T E.164), with what people write between them.
        case phone
        case email
        case web
        /// Anything else that reads from left to right: times, prices, references, postal addresses, names.
        case words
    }

    public var kind: Kind
    /// Offsets of Unicode scalars.
    public var range: Range<Int>
    /// Whether letters of the Latin script are in it, other than in an address.
    public var hasLatinWords = false
}

/// How text is shown, as far as runs within it are concerned.
public struct TextSetting: Hashable, Sendable {
    public var isRightToLeft: Bool
    /// The language of words in Latin letters within text of another script; nil where the text itself is written in
    /// Latin letters, so that nobody can tell them apart.
    public var latin: Language?

    public init(isRightToLeft: Bool, latin: Language?) {
        self.isRightToLeft = isRightToLeft
        self.latin = latin
    }

    /// The setting of text in a language.
    public init(_ language: Language, latin: Language) {
        self.init(isRightToLeft: language.isRightToLeft, latin: language.script == .latin ? nil : latin)
    }

    /// Text in Latin letters from left to right: only phone numbers are of interest.
    public static let latinScript = TextSetting(isRightToLeft: false, latin: nil)

    /// A text cut at its runs: nothing is lost, and what is no run has none.
    public func pieces(of text: String) -> [(text: String, run: TextRun?)] {
        var copy = text
        guard copy.withUTF8({ mayHaveRuns($0) }) else { return text.isEmpty ? [] : [(text, nil)] }
        let scanner = TextScanner(text)
        var pieces: [(text: String, run: TextRun?)] = []
        var end = 0
        func plain(to start: Int) {
            if start > end { pieces.append((scanner.text(end..<start), nil)) }
        }
        for run in TextScanner.runs(in: scanner.scalars, self) {
            plain(to: run.range.lowerBound)
            pieces.append((scanner.text(run.range), run))
            end = run.range.upperBound
        }
        plain(to: scanner.scalars.count)
        return pieces
    }

    /// Whether a text can hold a run at all, from its UTF-8 bytes: most texts cannot, and need no closer look.
    public func mayHaveRuns(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let wantsLetters = isRightToLeft || latin != nil
        var digits = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                if wantsLetters { return true }
            // Latin letters beyond ASCII (U+00C0 to U+024F), and in text from right to left the digits of other
            // scripts and letters of scripts from left to right.
            case 0xC3...0xC9: if wantsLetters { return true }
            case 0xC2, 0xD0...0xD3, 0xE0...0xF4: if isRightToLeft { return true }
            case 0xD9, 0xDB: if isRightToLeft, hasNativeDigit(text, index) { return true }
            default: break
            }
            index += 1
        }
        return digits >= (isRightToLeft ? 1 : TextScanner.leastPhoneDigits)
    }

    private func hasNativeDigit(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard index + 1 < text.count else { return false }
        // U+0660 to U+0669 and U+06F0 to U+06F9.
        return text[index] == 0xD9
            ? (0xA0...0xA9).contains(text[index + 1]) : (0xB0...0xB9).contains(text[index + 1])
    }
}
