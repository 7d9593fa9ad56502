import Guidance
import Workspace

/// A phone number with a digit too many or too few, or an extension without its number.
struct ImpossibleNumber: ProseRule {
    static let rule = Rule(
        "ImpossibleNumber", .warning,
        "A phone number in the text has a digit too many or too few, or is an extension that nobody outside can dial.",
        bad: "Phone ⟦01865 81567 for help.", good: "Phone {{contact chair}} for help.")

    /// Words after which figures are a phone number.
    private static let cues: Set<String> = [
        "phone", "telephone", "tel", "call", "calling", "ring", "text", "sms", "mobile", "mob", "helpline",
        "freephone", "dial", "fax", "switchboard", "phoning", "ringing", "telephoning",
    ]

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        // Every number begins with 0, and an extension names itself.
        guard prose.words.contains(where: { $0.text.first == "0" || extensions.contains($0.text) }) else {
            return []
        }
        let numbers = groups(in: prose)
        var found = numbers.compactMap { number -> Finding? in
            guard isSpokenOf(number, numbers, prose), let problem = problem(with: number, prose) else {
                return nil
            }
            let place = prose.range(number)
            let digits = prose.text(place).filter(\.isNumber)
            let near = context.contacts.nearMiss(of: "tel:+44" + digits.dropFirst())
            return Finding(
                rule, problem.message, place,
                help: near.map { "If you mean the contact '\($0.name)', write {{contact \($0.name)}}." }
                    ?? problem.help)
        }
        found += numberlessExtensions(in: prose, numbers)
        return found
    }

    /// Words that are one number: groups of digits, from one that starts with 0 on.
    private static func groups(in prose: Prose) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < prose.words.count {
            let word = prose.words[index]
            guard word.text.first == "0", isDigits(word.text), word.text.count >= 3,
                !isJoined(before: word.range.lowerBound, prose)
            else {
                index += 1
                continue
            }
            var end = index + 1
            while end < prose.words.count, isDigits(prose.words[end].text),
                isSpace(prose.words[end - 1].range.upperBound..<prose.words[end].range.lowerBound, prose)
            {
                end += 1
            }
            found.append(index..<end)
            index = end
        }
        return found
    }

    private static func problem(with number: Range<Int>, _ prose: Prose) -> PhoneNumber.Problem? {
        let words = prose.words[number]
        let digits = words.reduce(0) { $0 + $1.text.filter(\.isNumber).count }
        // Fewer are a code of another sort, more are two numbers.
        guard (7...14).contains(digits), words.count <= 5,
            !isJoined(after: prose.words[number.upperBound - 1].range.upperBound, prose)
        else { return nil }
        // "0300 123 1234 24 hours a day", "01632 960 111 2 to 4pm": the number ends before the last figures.
        for end in (number.lowerBound + 1)..<max(number.lowerBound + 2, number.upperBound)
        where (try? PhoneNumber(prose.text(prose.range(number.lowerBound..<end)))) != nil { return nil }
        do throws(PhoneNumber.Problem) {
            _ = try PhoneNumber(prose.text(prose.range(number)))
            return nil
        } catch { return error }
    }

    /// Whether the words before a number say that it is dialled, back to the number before it.
    private static func isSpokenOf(_ number: Range<Int>, _ numbers: [Range<Int>], _ prose: Prose) -> Bool {
        let sentence = prose.sentence(of: number.lowerBound)
        let before = numbers.last { $0.upperBound <= number.lowerBound }?.upperBound ?? 0
        let from = max(sentence.lowerBound, before, number.lowerBound - 8)
        if from < number.lowerBound,
            prose.words[from..<number.lowerBound].contains(where: { isCue($0.text) })
        {
            return true
        }
        // "Phone 01865 815672 or 01865 81567": the second as the first.
        return before > 0 && number.lowerBound - before <= 2 && before > sentence.lowerBound
            && numbers.last { $0.upperBound <= number.lowerBound }.map { isSpokenOf($0, numbers, prose) }
                == true
    }

    private static func isCue(_ word: String) -> Bool {
        cues.contains(word) || word.split(separator: "-").contains { cues.contains(String($0)) }
    }

    private static let extensions: Set<String> = ["ext", "extn", "extension"]

    /// "Ask for ext. 4512", where no number stands before it.
    private static func numberlessExtensions(in prose: Prose, _ numbers: [Range<Int>]) -> [Finding] {
        prose.words.indices.dropLast().compactMap { index in
            let next = prose.words[index + 1].text
            guard extensions.contains(prose.words[index].text), isDigits(next), (2...6).contains(next.count),
                isSpace(
                    prose.words[index].range.upperBound..<prose.words[index + 1].range.lowerBound, prose,
                    or: ".:"),
                // A number or a contact that is filled in stands before it.
                !prose.words[..<index].contains(where: {
                    $0.text == "{{}}" || isDigits($0.text) && $0.text.count >= 3
                }),
                !prose.hasValues
            else { return nil }
            let range = prose.range(index..<(index + 2))
            return Finding(
                rule, "'\(prose.text(range))' can be dialled from within the office only", range,
                help: "Write the whole number before it.")
        }
    }

    // MARK: Signs

    private static func isDigits(_ word: String) -> Bool {
        !word.isEmpty && word.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D }
            && word.first != "-"
    }

    private static func isSpace(_ range: Range<Int>, _ prose: Prose, or others: String = "") -> Bool {
        prose.scalars[range].allSatisfy { $0.isSpace || others.unicodeScalars.contains($0) }
            && range.count <= 2
    }

    /// A part of a longer name or number: `REF-01234567`, `#0123`, `£0.50`.
    private static func isJoined(before index: Int, _ prose: Prose) -> Bool {
        guard index > 0 else { return false }
        return "#-/_.£$+=@".unicodeScalars.contains(prose.scalars[index - 1])
    }

    /// `01632 960 111/112`, `01/02/2026`, `01632 960…`.
    private static func isJoined(after index: Int, _ prose: Prose) -> Bool {
        guard index < prose.scalars.count else { return false }
        return "/_=@%…-–xX*".unicodeScalars.contains(prose.scalars[index])
    }
}
