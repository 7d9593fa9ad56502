import Translations
import Workspace

/// "Phone 01323 466606 or 01323 464222": a family does not know which.
struct NumbersNotToldApart: ProseRule {
    static let rule = Rule(
        "NumbersNotToldApart", .warning,
        "Two phone numbers stand side by side, and nothing says when to use which.",
        bad: "Phone ⟦01323 466606 or 01323 464222.",
        good: "Phone 01323 466606 on weekdays, or 01323 464222 at night.")

    /// What may stand between two numbers and tells nobody anything.
    private static let joints: Set<String> = [
        "or", "and", "tel", "telephone", "phone", "call", "ring", "on", "no", "number", "alternatively", "t",
        "please", "us",
    ]
    /// What tells them apart after the second.
    private static let told: Set<String> = [
        "if", "for", "in", "at", "after", "outside", "out", "during", "when", "between", "from", "to", "as",
        "respectively", "evenings", "weekends", "mobile", "text", "fax", "minicom", "textphone", "freephone",
        "free", "ext", "extension", "option",
    ]

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        guard prose.scalars.count(where: { $0.properties.numericType != nil }) >= 18 else { return [] }
        let numbers = places(in: prose)
        return zip(numbers, numbers.dropFirst()).compactMap { first, second in
            let between = words(prose, first.range.upperBound..<second.range.lowerBound)
            guard let between, between.allSatisfy(joints.contains),
                // A mobile phone and a desk tell themselves apart.
                first.digits.hasPrefix("07") == second.digits.hasPrefix("07"), first.digits != second.digits,
                !isTold(prose, after: second.range.upperBound)
            else { return nil }
            let range = first.range.lowerBound..<second.range.upperBound
            return Finding(
                rule, "'\(prose.text(range))': nothing says which of the two to phone", range,
                help: "Say when, or for what, each is: 01323 466606 on weekdays, 01323 464222 at night.")
        }
    }

    private static func places(in prose: Prose) -> [(range: Range<Int>, digits: String)] {
        let numbers = TypedContact.phoneNumbers(in: prose.text(0..<prose.scalars.count))
        return zip(numbers, prose.ranges(of: numbers)).compactMap { number, range in
            range.map { ($0, number.filter { $0.isNumber || $0 == "+" }) }
        }
    }

    /// The words of a stretch in small letters; nil where it has a bracket or a sign that opens something else.
    private static func words(_ prose: Prose, _ range: Range<Int>) -> [String]? {
        let text = prose.text(range).lowercased()
        guard !text.contains(where: { "()[]–—".contains($0) }) else { return nil }
        return text.split { !$0.isLetter }.map(String.init)
    }

    private static func isTold(_ prose: Prose, after end: Int) -> Bool {
        let rest = prose.scalars[end...].drop { $0 == " " || $0 == "," }
        if let sign = rest.first, "(–—-".unicodeScalars.contains(sign) { return true }
        guard let next = prose.words.first(where: { $0.range.lowerBound >= end }),
            !prose.scalars[end..<next.range.lowerBound].contains(".")
        else { return false }
        return told.contains(next.text)
    }
}
