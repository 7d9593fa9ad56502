import Workspace

/// Digits say the same in both languages, in whatever script.
///
/// A translation may write a number in digits that the English has in words, a month by its number, and an
/// afternoon time by the 24-hour clock. Arabic may say 1 and 2 by the form of the noun. Numbers in words cannot be
/// compared.
struct NumberRule: TranslationRule {
    static let name = "NumberMismatch"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        let source = translation.source
        let numbers = source.tokens.filter { $0.kind == .number }
        var missing = numbers.map { (token: $0, accepted: accepted($0, in: source, all: numbers)) }
        var extra: [MessageTokens.Token] = []
        let given = translation.target.tokens.filter { $0.kind == .number }
        // Exact matches first, so that a time does not take another number's place.
        var rest: [MessageTokens.Token] = []
        for token in given {
            if let index = missing.firstIndex(where: { $0.token.value == token.value }) {
                missing.remove(at: index)
            } else {
                rest.append(token)
            }
        }
        var free = rest.isEmpty ? [] : freeNumbers(source)
        for token in rest {
            if let index = missing.firstIndex(where: { $0.accepted.contains(token.value) }) {
                missing.remove(at: index)
            } else if let index = free.firstIndex(of: token.value) {
                free.remove(at: index)
            } else {
                extra.append(token)
            }
        }
        if translation.language.tag == "ar" { missing.removeAll { ["1", "2"].contains($0.token.value) } }
        let help = "Write the same number as the English, with digits."
        return zip(extra, missing).map { token, wanted in
            .error(
                Self.name,
                "the number \(translation.target.text(token.range)) is not in the English, which has \(source.text(wanted.token.range))",
                at: translation.location(token.range), help: help)
        }
            + extra.dropFirst(missing.count).map {
                .error(
                    Self.name, "the number \(translation.target.text($0.range)) is not in the English",
                    at: translation.location($0.range), help: help)
            }
            + missing.dropFirst(extra.count).map {
                .error(
                    Self.name, "the number \(source.text($0.token.range)) of the English is missing",
                    at: translation.location(), help: help)
            }
    }

    /// The values that a number may have: for the hour of a time, also that of the 24-hour clock.
    private func accepted(
        _ token: MessageTokens.Token, in source: MessageTokens, all: [MessageTokens.Token]
    ) -> Set<String> {
        guard let hour = Int(token.value), hour <= 12, let half = dayHalf(token, in: source, all: all) else {
            return [token.value]
        }
        return [token.value, "\(hour % 12 + (half == "p" ? 12 : 0))"]
    }

    /// `a` or `p` of the `am` or `pm` after a number, or after the minutes that follow it.
    private func dayHalf(
        _ token: MessageTokens.Token, in source: MessageTokens, all: [MessageTokens.Token]
    ) -> Unicode.Scalar? {
        var end = token.range.upperBound
        if let minutes = all.first(where: { $0.range.lowerBound == end + 1 }),
            [".", ":"].contains(source.scalars[end])
        {
            end = minutes.range.upperBound
        }
        let after = source.scalars[end...].drop { $0 == " " || $0 == "\u{A0}" }.prefix(3)
        guard let letter = after.first, letter == "a" || letter == "p", after.dropFirst().first == "m",
            after.count < 3 || !MessageTokens.isLetter(after[after.startIndex + 2])
        else { return nil }
        return letter
    }

    /// Numbers that a translation may write although the English has no digits for them.
    private func freeNumbers(_ source: MessageTokens) -> [String] {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: source.words)
        let words = MessageSimilarity.words(String(view))
        var free = words.flatMap { word in
            word.split(separator: "-").compactMap { EnglishNumbers.value(String($0)).map { "\($0)" } }
        }
        // "3pm" may become "15:00", and "midday" "12:00".
        let hasTime = words.contains { word in
            ["am", "pm", "midday", "noon", "midnight"].contains(word)
        }
        if hasTime { free += Array(repeating: "0", count: words.count) }
        return free
    }
}
