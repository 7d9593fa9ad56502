/// Writes text so that numbers and addresses typed in it keep their order.
///
/// Without isolation "01632 960 000" after Urdu text shows as "000 960 01632", because each group of digits is
/// a run of its own in the bidirectional algorithm (UAX 9) and spaces between them take the paragraph's direction.
enum TextRuns {
    /// Digits that a phone number has at least.
    private static let leastPhoneDigits = 7

    static func write(_ text: UnsafeBufferPointer<UInt8>, isRightToLeft: Bool, to bytes: inout [UInt8]) {
        let count = text.count
        let plain = plain
        var start = 0
        var index = 0
        func flush(_ end: Int) {
            if end > start { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end])) }
        }
        while index < count {
            let byte = text[index]
            // Most bytes of most texts mean nothing here.
            if byte >= 0x80 || (byte >= 0x40 ? !isRightToLeft : plain &>> UInt64(byte) & 1 != 0) {
                index += 1
                continue
            }
            let kind = kind(byte)
            switch kind {
            case .plain: index += 1
            case .markup:
                flush(index)
                HTML.entity(byte)?.withUTF8Buffer { bytes.append(contentsOf: $0) }
                index += 1
                start = index
            case .digitOrPlus, .letter, .bracket:
                let end = isRightToLeft ? runEnd(text, index) : phoneEnd(text, index)
                guard let end else {
                    switch kind {
                    case .bracket: index += 1
                    case .plain, .markup, .digitOrPlus, .letter:
                        index = isRightToLeft ? tokenEnd(text, index) : numberEnd(text, index)
                    }
                    continue
                }
                flush(index)
                append("<bdi dir=\"ltr\">", to: &bytes)
                HTML.append(UnsafeBufferPointer(rebasing: text[index..<end]), to: &bytes)
                append("</bdi>", to: &bytes)
                index = end
                start = end
            }
        }
        flush(count)
    }

    private static func append(_ text: StaticString, to bytes: inout [UInt8]) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// One bit for each byte below 0x40 that is `.plain`.
    private static let plain: UInt64 = (UInt8(0)..<0x40).reduce(0) { bits, byte in
        if case .plain = kind(byte) { bits | 1 << UInt64(byte) } else { bits }
    }

    private enum ByteKind { case plain, markup, digitOrPlus, letter, bracket }

    private static func kind(_ byte: UInt8) -> ByteKind {
        switch byte {
        case 0, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
            UInt8(ascii: "'"):
            .markup
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"): .digitOrPlus
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): .letter
        case UInt8(ascii: "("): .bracket
        default: .plain
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    private static func numberEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var end = start + 1
        while end < text.count, isDigit(text[end]) { end += 1 }
        return end
    }

    private static func tokenEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var end = start + 1
        while end < text.count, isDigit(text[end]) || isLetter(text[end]) { end += 1 }
        return end
    }

    /// Where a phone number ends that starts here: `0` or `+`, at least seven digits, in groups.
    private static func phoneEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        var index = start
        var isInBrackets = false
        if text[index] == UInt8(ascii: "(") {
            isInBrackets = true
            index += 1
        }
        guard index < text.count, text[index] == UInt8(ascii: "0") || text[index] == UInt8(ascii: "+") else {
            return nil
        }
        let opens = isInBrackets
        var isClosed = false
        var digits = 0
        var end = start
        while index < text.count {
            let byte = text[index]
            if isDigit(byte) {
                digits += 1
                index += 1
                end = index
            } else if byte == UInt8(ascii: "+"), digits == 0 {
                index += 1
            } else if byte == UInt8(ascii: ")"), isInBrackets {
                isInBrackets = false
                isClosed = true
                index += 1
            } else if byte == UInt8(ascii: "("), digits > 0, !isInBrackets {
                isInBrackets = true
                index += 1
            } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-"), digits > 0 {
                index += 1
            } else {
                break
            }
        }
        return digits >= leastPhoneDigits && (isClosed || !opens) ? end : nil
    }

    /// Where a run ends that must stay in left-to-right order within right-to-left text: several tokens with a
    /// digit among them (phones, times, postcodes, dates), or an e-mail or web address.
    private static func runEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        var index = start
        var hasBracket = false
        if text[index] == UInt8(ascii: "(") {
            guard index + 1 < text.count, isDigit(text[index + 1]) else { return nil }
            hasBracket = true
            index += 1
        }
        if text[index] == UInt8(ascii: "+") {
            guard index + 1 < text.count, isDigit(text[index + 1]) else { return nil }
            index += 1
        }
        var end = start
        var tokens = 0
        var hasDigit = false
        var hasLetter = false
        var isAddress = false
        var needsClosing = hasBracket
        while index < text.count {
            let byte = text[index]
            guard isDigit(byte) || isLetter(byte) else { break }
            tokens += 1
            while index < text.count, isDigit(text[index]) || isLetter(text[index]) {
                if isDigit(text[index]) { hasDigit = true } else { hasLetter = true }
                index += 1
            }
            end = index
            // Up to three marks may stand between two tokens: `) `, ` - `, `://`.
            let separator = index
            while index < text.count, index - separator < 3 {
                let mark = text[index]
                if mark == UInt8(ascii: ")") {
                    guard needsClosing else { break }
                    needsClosing = false
                } else if mark == UInt8(ascii: "("), index + 1 < text.count, isDigit(text[index + 1]) {
                    needsClosing = true
                } else if !separators.contains(mark) {
                    break
                }
                if mark == UInt8(ascii: "@") { isAddress = true }
                if mark == UInt8(ascii: "."), index == separator, index + 1 < text.count,
                    isLetter(text[index + 1]) || isDigit(text[index + 1])
                {
                    isAddress = true
                }
                index += 1
            }
            if index == separator { break }
        }
        let isOrdered = hasDigit && (tokens > 1 || hasLetter)
        return (isOrdered || isAddress) && !(hasBracket && needsClosing) ? end : nil
    }

    private static let separators: Set<UInt8> = Set(" -.:/@_+&?=#%~".utf8)
}
