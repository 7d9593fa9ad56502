import Workspace

/// A translation is not the English copied.
///
/// Texts without words and abbreviations in capitals may be the same; others say so with a translator comment
/// `# signpost-same`. A single word may be spelled alike in two languages of the Latin script: a warning.
struct UntranslatedCopyRule: TranslationRule {
    static let name = "UntranslatedCopy"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        guard translation.language != .english, !translation.entry.maySayTheSame,
            [translation.entry.id, translation.sourceText].contains(translation.text)
        else { return [] }
        let words = ScriptScanner.words(translation.target.words).filter { word in
            let letters = word.scalars.filter(MessageTokens.isLetter)
            return !letters.isEmpty && !letters.allSatisfy { $0.isUppercase }
        }
        guard !words.isEmpty else { return [] }
        let isOneWord = words.count == 1 && translation.language.script == .latin
        return [
            Diagnostic(
                isOneWord ? .warning : .error, Self.name, "the translation is the English text",
                at: translation.location(),
                help:
                    "Translate it, leave msgstr empty, or add the line '# signpost-same' above the entry if it is the same on purpose."
            )
        ]
    }
}
