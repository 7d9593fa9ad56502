import Workspace

/// What looks like a real person's number or date of birth.
struct PersonalData: ProseRule {
    static let rule = Rule(
        "PersonalData", .warning, "Something looks like a real person's data, which must not be published.",
        bad: "Example: NHS number ⟦943 476 5919.", good: "Example: your NHS number has ten digits.")

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        var found: [Finding] = []
        let words = prose.words.map(\.text)
        for index in words.indices where couldStart(words[index]) {
            let rest = words[index...].prefix(3)
            // NHS numbers: 3, 3 and 4 digits, the last a check digit (modulo 11).
            let digits = rest.joined()
            if rest.map(\.count) == [3, 3, 4], isNHSNumber(digits) {
                found.append(problem("an NHS number", prose.range(index..<(index + 3))))
            } else if words[index].count == 10, isNHSNumber(words[index]), words.contains("nhs") {
                found.append(problem("an NHS number", prose.range(index..<(index + 1))))
            } else if isInsuranceNumber(words[index]) {
                found.append(problem("a National Insurance number", prose.range(index..<(index + 1))))
            } else if isInsuranceNumber(words[index...].prefix(5).joined()),
                words[index].count == 2, words[index...].prefix(5).map(\.count) == [2, 2, 2, 2, 1]
            {
                found.append(problem("a National Insurance number", prose.range(index..<(index + 5))))
            } else if isInsuranceNumber(words[index...].prefix(3).joined()),
                words[index...].prefix(3).map(\.count) == [2, 6, 1]
            {
                found.append(problem("a National Insurance number", prose.range(index..<(index + 3))))
            } else if words[index] == "born", index + 1 < words.count,
                let day = writtenDay(prose, after: index)
            {
                found.append(problem("a date of birth", day))
            } else if isOfOneCase(words, index), let number = caseNumber(words, after: index) {
                found.append(problem("the number of somebody's case", prose.range(index..<(number + 1))))
            } else if words[index] == "dob" || words[index...].starts(with: ["date", "of", "birth"]) {
                let after = words[(index + 1)...].prefix(4)
                if after.contains(where: { $0.first?.isNumber ?? false }) {
                    let length = words[index] == "dob" ? 1 : 3
                    found.append(problem("a date of birth", prose.range(index..<(index + length))))
                }
            }
        }
        return found
    }

    /// Whether a word may be the first of what is looked for: most words are not.
    private static func couldStart(_ word: String) -> Bool {
        let bytes = word.utf8
        // A letter beyond ASCII may be a digit of another script.
        let mayHaveDigit = bytes.contains { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 >= 0x80 }
        return bytes.count == 2 || mayHaveDigit || word == "born" || word == "dob" || word == "date"
            || systems.contains(word)
    }

    private static let systems: Set<String> = ["case", "lcs", "mosaic", "liquidlogic", "child"]

    /// "born 12/03/2015", "born on 12 March 2015": a day of one child. "Born before 1 September 2021" is many.
    private static func writtenDay(_ prose: Prose, after index: Int) -> Range<Int>? {
        var first = index + 1
        if prose.words[first].text == "on" { first += 1 }
        guard first + 2 < prose.words.count else { return nil }
        let parts = prose.words[first...(first + 2)].map(\.text)
        guard let day = Int(parts[0].prefix { $0.isNumber }), (1...31).contains(day),
            Int(parts[1]).map({ (1...12).contains($0) }) ?? months.contains(String(parts[1].prefix(3))),
            let year = Int(parts[2]), (1900...2100).contains(year) || parts[2].count == 2
        else { return nil }
        return prose.range(index..<(first + 3))
    }

    private static let months: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// Whether the words are those before the number of a case: "case ref", "case number", "LCS ID".
    private static func isOfOneCase(_ words: [String], _ index: Int) -> Bool {
        guard index + 1 < words.count else { return false }
        return systems.contains(words[index])
            && ["ref", "reference", "number", "no", "id"].contains(words[index + 1])
    }

    /// The word that is a case's number: at least five digits, perhaps with letters before them.
    private static func caseNumber(_ words: [String], after index: Int) -> Int? {
        let near = (index + 2)..<min(index + 5, words.count)
        guard near.lowerBound < near.upperBound else { return nil }
        return near.first {
            words[$0].filter(\.isNumber).count >= 5 && words[$0].allSatisfy { $0.isNumber || $0.isLetter }
        }
    }

    private static func problem(_ what: String, _ range: Range<Int>) -> Finding {
        Finding(
            rule, "this looks like \(what)", range, help: "Take it out, or make an example that is nobody's.")
    }

    static func isNHSNumber(_ text: String) -> Bool {
        let digits = text.compactMap(\.wholeNumberValue)
        guard digits.count == 10, text.count == 10, !text.hasPrefix("0") else { return false }
        let sum = zip(digits, stride(from: 10, to: 1, by: -1)).reduce(0) { $0 + $1.0 * $1.1 }
        let check = 11 - sum % 11
        return check != 10 && (check == 11 ? 0 : check) == digits[9]
    }

    /// Two letters, six digits, A to D.
    private static func isInsuranceNumber(_ text: String) -> Bool {
        let signs = Array(text)
        guard signs.count == 9, signs[0].isLetter, signs[1].isLetter, "abcd".contains(signs[8]) else {
            return false
        }
        return signs[2..<8].allSatisfy(\.isNumber)
    }
}
