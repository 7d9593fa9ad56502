import Workspace

/// What looks like a real person's number or date of birth.
struct PersonalData: ProseRule {
    static let rule = Rule(
        "PersonalData", .warning, "Something looks like a real person's data, which must not be published.",
        bad: "Example: NHS number ⟦943 476 5919.", good: "Example: your NHS number has ten digits.")

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        var found: [Finding] = []
        let words = prose.words.map(\.text)
        for index in words.indices {
            let rest = words[index...].prefix(3)
            // NHS numbers: 3, 3 and 4 digits, the last a check digit (modulo 11).
            let digits = rest.joined()
            if rest.map(\.count) == [3, 3, 4], isNHSNumber(digits) {
                found.append(problem("an NHS number", prose.range(index..<(index + 3))))
            } else if words[index].count == 10, isNHSNumber(words[index]), words.contains("nhs") {
                found.append(problem("an NHS number", prose.range(index..<(index + 1))))
            } else if isInsuranceNumber(words[index]) {
                found.append(problem("a National Insurance number", prose.range(index..<(index + 1))))
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
