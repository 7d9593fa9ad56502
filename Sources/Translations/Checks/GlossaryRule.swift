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
        let terms = index.lookUp(translation.source, translation.sourceText, of: translation.entry.id).terms
        return index.missing(terms, in: translation.text, translation.target).map { term in
            .warning(
                Self.name, "'\(term.name)' is not translated as the glossary says",
                at: translation.location(),
                help: "Use one of: \(term.forms.joined(separator: ", ")). If another word is right in this "
                    + "sentence, write an exception with its reason into the glossary.",
                related: [Diagnostic.Related("the glossary's entry", at: term.entry.location)])
        }
    }

    /// Which exceptions an entry meets, and whether its translation needs them.
    func exceptions(_ entry: POEntry, in file: POFile, _ language: Language) -> [(
        exception: Glossary.Exception, isNeeded: Bool
    )] {
        let text = entry.pluralID ?? entry.id
        let excepted = index.lookUp(MessageTokens(text), text, of: entry.id).excepted
        guard !excepted.isEmpty else { return [] }
        // What is not translated yet may need it.
        let texts = entry.isTranslated ? entry.strings.filter { !$0.isEmpty } : []
        return excepted.map { excepted in
            let isNeeded =
                texts.isEmpty
                || texts.contains { !index.missing([excepted.term], in: $0, MessageTokens($0)).isEmpty }
            return (excepted.exception, isNeeded)
        }
    }
}

/// Which exceptions of a glossary the catalogues use.
package struct GlossaryUse: Sendable {
    private var met: Set<Glossary.Exception> = []
    private var needed: Set<Glossary.Exception> = []
    private var languages: Set<String> = []

    package init() {}

    /// Looks through a catalogue.
    package mutating func add(_ file: POFile, language: Language, glossary: Glossary) {
        guard glossary.terms.contains(where: { !$0.exceptions.isEmpty }) else { return }
        languages.insert(language.tag)
        let rule = GlossaryRule(glossary: glossary, language: language)
        for entry in file.entries where !entry.isObsolete && !entry.id.isEmpty {
            for (exception, isNeeded) in rule.exceptions(entry, in: file, language) {
                met.insert(exception)
                if isNeeded { needed.insert(exception) }
            }
        }
    }

    package mutating func add(_ other: GlossaryUse) {
        met.formUnion(other.met)
        needed.formUnion(other.needed)
        languages.formUnion(other.languages)
    }

    /// Exceptions that no translation needs: a warning each.
    ///
    /// - Parameter isWhole: Whether all catalogues were looked through. Otherwise nothing is said of exceptions that
    ///   others may need.
    package func problems(of glossary: Glossary, isWhole: Bool) -> Diagnostics {
        var problems = Diagnostics()
        for term in glossary.terms {
            for exception in term.exceptions where !needed.contains(exception) {
                guard
                    isWhole || (!exception.languages.isEmpty && languages.isSuperset(of: exception.languages))
                else { continue }
                problems.add(
                    .warning(
                        "UnusedGlossaryException",
                        met.contains(exception)
                            ? "the translations say '\(term.term)' here as the glossary says, so this exception is not needed"
                            : "this exception from '\(term.term)' fits no message that has the term",
                        at: exception.location,
                        help: met.contains(exception)
                            ? "Take it out."
                            : "Take it out, or write the English as it is in the catalogue today."))
            }
        }
        return problems
    }
}
