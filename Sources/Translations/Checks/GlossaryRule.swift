import Workspace

/// A term of the glossary is translated by one of its forms wherever the English has it.
struct GlossaryRule: TranslationRule {
    static let name = "GlossaryTerm"

    private let index: GlossaryIndex

    init(glossary: Glossary, language: Language) {
        index = GlossaryIndex(glossary.terms, language: language)
    }

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        guard !index.isEmpty else { return [] }
        let text = GlossaryIndex.foldedWithPlaces(Array(translation.text.unicodeScalars)).text
        return index.terms(in: translation.source).filter { !$0.stands(in: text) }.map { term in
            .warning(
                Self.name, "'\(term.name)' is not translated as the glossary says",
                at: translation.location(),
                help: "Use one of: \(term.forms.joined(separator: ", ")).",
                related: [Diagnostic.Related("the glossary's entry", at: term.entry.location)])
        }
    }
}
