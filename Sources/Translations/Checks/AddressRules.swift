import Workspace

/// Phone numbers have the same digits in both languages, written 0–9.
struct PhoneRule: TranslationRule {
    static let name = "PhoneMismatch"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        translation.disagreements(
            .phone, rule: Self.name, name: "the phone number",
            help: "Copy the number from the English. Better, use a contact: {{contact …}}.")
            + translation.target.tokens.filter { $0.kind == .phone && $0.hasNativeDigits }.map {
                .error(
                    Self.name, "a phone number is written with the digits 0 to 9 in every language",
                    at: translation.location($0.range), help: "Write it as the English does.")
            }
    }
}

/// E-mail addresses are the same in both languages.
struct EmailRule: TranslationRule {
    static let name = "EmailMismatch"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        translation.disagreements(
            .email, rule: Self.name, name: "the e-mail address", help: "Copy the address from the English.")
    }
}

/// Web addresses are the same in both languages.
struct URLRule: TranslationRule {
    static let name = "URLMismatch"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        translation.disagreements(
            .url, rule: Self.name, name: "the address", help: "Copy the address from the English.")
    }
}

/// Links lead to the same places in both languages.
struct LinkRule: TranslationRule {
    static let name = "LinkMismatch"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        guard translation.isMarkdown else { return [] }
        let problems = translation.disagreements(
            .destination, rule: Self.name, name: "the link target",
            help: "Keep what stands in (…) after [the words of the link] as it is in the English.")
        return translation.isKept(in: .link) ? problems.map(\.asNote) : problems
    }
}
