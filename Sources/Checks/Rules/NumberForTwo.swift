import Guidance
import Workspace

/// One number behind two names on a page.
struct NumberForTwo: TextRule {
    static let rule = Rule(
        "NumberForTwo", .note,
        "One phone number stands behind two names: one of them is a copy, or both are one desk.",
        bad: "- Childline: 0800 1111\n- ⟦NSPCC: 0800 1111",
        good: "- Childline: 0800 1111\n- NSPCC: 0808 800 5000")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var first: [String: (name: String, range: SourceRange?)] = [:]
        var found: [Diagnostic] = []
        for prose in text.proses {
            guard let (name, dialled) = entry(prose) else { continue }
            guard let known = first[dialled] else {
                first[dialled] = (name, prose.passage.range)
                continue
            }
            let words = Set(Self.words(name))
            // "The chair" and "Conference chair" are one desk in other words.
            guard words.isDisjoint(with: Self.words(known.name)) else { continue }
            found.append(
                rule.diagnostic(
                    "'\(name)' has the number of '\(known.name)'",
                    at: text.location(text.place(of: name, in: prose.passage.range)),
                    help: "Check whose it is; where both are reached by one number, say it once.",
                    related: known.range.map { [.init("'\(known.name)'", at: text.location($0))] } ?? []))
        }
        return found
    }

    /// "Childline: 0800 1111": a name, and one number after it.
    private static func entry(_ prose: Prose) -> (name: String, dialled: String)? {
        guard prose.words.count <= 16, prose.words.contains(where: { $0.text.first == "0" }) else {
            return nil
        }
        let text = prose.text(0..<prose.scalars.count)
        let numbers = TypedContact.phoneNumbers(in: text)
        guard numbers.count == 1, let place = text.firstRange(of: numbers[0]),
            let dialled = (try? PhoneNumber(numbers[0]))?.dialled
        else { return nil }
        let before = text[..<place.lowerBound]
        // A name in capitals before a sign: no sentence.
        guard let end = before.lastIndex(where: { ":–—,|".contains($0) }),
            before[before.index(after: end)...].split(separator: " ").allSatisfy({
                ways.contains($0.lowercased())
            })
        else { return nil }
        let name = String(before[..<end]).trimmed(of: " *:–—,|")
        let first = name.first?.isUppercase ?? false
        guard first, (1...5).contains(name.split(separator: " ").count),
            !name.contains(where: { ".?!:".contains($0) }),
            !words(name).allSatisfy({ ways.contains($0) })
        else { return nil }
        return (name, dialled)
    }

    private static func words(_ name: String) -> [String] {
        name.lowercased().split { !$0.isLetter }.map(String.init).filter { $0.count > 2 && $0 != "the" }
    }

    /// How somebody is reached, and not who.
    private static let ways: Set<String> = [
        "phone", "telephone", "tel", "call", "ring", "text", "mobile", "on", "number", "freephone",
        "landline",
        "fax", "minicom", "textphone", "office", "daytime", "evenings", "weekends", "hours", "out", "of",
        "emergency", "emergencies", "contact", "helpline", "line", "us", "or",
    ]
}
