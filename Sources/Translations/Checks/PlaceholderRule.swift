import Workspace

/// Placeholders `{{…}}` and parameters `{name}` are the same in both languages.
///
/// `{n}` may be left out of a plural form that stands for one single number ("a day", "two days").
struct PlaceholderRule: TranslationRule {
    static let name = "PlaceholderMismatch"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        [MessageTokens.Kind.placeholder, .parameter].flatMap { kind in
            let (missing, extra) = translation.difference(kind)
            let wanted = translation.source.values(kind)
            return extra.map { token -> Diagnostic in
                .error(
                    Self.name, "\(token.value) is not in the English, or not as often",
                    at: translation.location(token.range),
                    help: didYouMean(token.value, among: missing)
                        ?? (wanted.isEmpty
                            ? "The English has none." : "The English has \(wanted.joined(separator: " ")).")
                )
            }
                + missing.filter { !($0 == "{n}" && translation.isSingleNumber) }.map {
                    .error(
                        Self.name, "\($0) of the English is missing in the translation",
                        at: translation.location(),
                        help: "Write \($0) where the value belongs; it is filled in when the page is made.")
                }
        }
    }
}
