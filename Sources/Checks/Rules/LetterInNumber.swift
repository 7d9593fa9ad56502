import Guidance
import Workspace

/// The letter O, l or I in a number: it looks right, and cannot be dialled, counted or found.
struct LetterInNumber: ProseRule {
    static let rule = Rule(
        "LetterInNumber", .warning,
        "A number has the letter O, l or I where it means 0 or 1, so no phone dials it and no search finds it.",
        bad: "Come by 1 March ⟦2O27.", good: "Come by 1 March 2027.")

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        guard prose.hasDigits else { return [] }
        var found: [Finding] = []
        var index = 0
        while index < prose.words.count {
            guard isMixed(prose.words[index].text) else {
                index += 1
                continue
            }
            let range = phone(around: index, prose) ?? (isNumber(index, prose) ? index..<(index + 1) : nil)
            if let range, !prose.isVerbatim(prose.words[range.lowerBound].range.lowerBound) {
                let place = prose.range(range)
                let meant = PhoneNumber.withDigits(prose.text(place))
                found.append(
                    Finding(
                        rule, "'\(prose.text(place))' has a letter where a digit is meant", place,
                        help: "Write \(meant), if that is the number."))
            }
            index = max(index + 1, range?.upperBound ?? 0)
        }
        return found
    }

    /// Whether a word in small letters has digits and nothing besides but letters that look like 0 or 1.
    private static func isMixed(_ word: String) -> Bool {
        var hasDigit = false
        var hasLetter = false
        for byte in word.utf8 {
            if byte &- 0x30 < 10 {
                hasDigit = true
            } else if isLookalike(byte) {
                hasLetter = true
            } else if byte != UInt8(ascii: "-") {
                return false
            }
        }
        return hasDigit && hasLetter
    }

    private static func isLookalike(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "o") || byte == UInt8(ascii: "l") || byte == UInt8(ascii: "i")
    }

    /// The words around one that are a phone number once its letters are digits.
    private static func phone(around index: Int, _ prose: Prose) -> Range<Int>? {
        func isPart(_ word: Int) -> Bool {
            prose.words[word].text.utf8.allSatisfy {
                $0 &- 0x30 < 10 || isLookalike($0) || $0 == UInt8(ascii: "-")
            }
        }
        func isNext(_ word: Int) -> Bool {
            let gap = prose.words[word - 1].range.upperBound..<prose.words[word].range.lowerBound
            return (1...2).contains(gap.count)
                && prose.scalars[gap].allSatisfy { $0.isSpace || "-()".unicodeScalars.contains($0) }
        }
        var start = index
        while start > 0, isPart(start - 1), isNext(start), index - start < 4 { start -= 1 }
        // "I 0l865 …": the number starts where one can.
        for first in start...index {
            var end = index + 1
            while end < prose.words.count, end - first < 5, isPart(end), isNext(end) { end += 1 }
            while end > index {
                let text = PhoneNumber.withDigits(prose.text(prose.range(first..<end)))
                if let number = try? PhoneNumber(text), !number.isShort { return first..<end }
                end -= 1
            }
        }
        return nil
    }

    /// `2O26`, `1O`, `20l5`: digits, then a letter O, or any of the letters between digits. `1l` is a litre, `O2` a name.
    private static func isNumber(_ index: Int, _ prose: Prose) -> Bool {
        let scalars = prose.scalars[prose.words[index].range]
        func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value &- 0x30 < 10 }
        guard let first = scalars.first, let last = scalars.last, isDigit(first),
            scalars.allSatisfy({ isDigit($0) || "OolI".unicodeScalars.contains($0) })
        else { return false }
        let before = prose.words[index].range.lowerBound - 1
        if before >= 0, "#-/_.$+=@".unicodeScalars.contains(prose.scalars[before]) { return false }
        return isDigit(last) || scalars.drop(while: isDigit).allSatisfy { $0 == "O" }
    }
}
