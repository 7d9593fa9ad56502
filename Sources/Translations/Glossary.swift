import Workspace

/// How the terms of the guidance are translated: `translations/glossary.yml`.
///
/// ```yaml
/// child protection conference:
///   pl: [konferencj]        # a part of the word that all its endings share, or every form
///   ar: [مؤتمر حماية الطفل]
/// ```
public struct Glossary: Hashable, Sendable {
    public struct Term: Hashable, Sendable {
        /// The English term in the singular.
        public var term: String
        /// By language tag: texts of which one must be in the translation, whatever stands around it.
        public var forms: [String: [String]]
        public var location: SourceLocation

        public init(term: String, forms: [String: [String]], location: SourceLocation) {
            self.term = term
            self.forms = forms
            self.location = location
        }
    }

    /// In the order of the file.
    public var terms: [Term]

    public init(terms: [Term] = []) {
        self.terms = terms
    }

    /// Reads a glossary. An unknown language tag is an error.
    public static func parse(_ source: SourceText, reporting diagnostics: inout Diagnostics) -> Glossary {
        let reader = YAMLReader(file: source.path)
        var terms: [Term] = []
        if let root = reader.root(source.string) {
            for entry in root.entries {
                guard let languages = entry.value.mapping() else { continue }
                var forms: [String: [String]] = [:]
                for language in languages.entries {
                    guard let known = Language(tag: language.key) else {
                        reader.add(
                            .error(
                                "UnknownLanguage", "'\(language.key)' is not a language that Signpost knows",
                                at: language.keyLocation,
                                help: Language.advice(on: language.key)))
                        continue
                    }
                    let texts =
                        language.value.isSequence
                        ? language.value.strings() : [language.value.string()].compactMap { $0 }
                    forms[known.tag] = texts.filter { !$0.isEmpty }
                }
                terms.append(
                    Term(
                        term: entry.key, forms: forms.filter { !$0.value.isEmpty },
                        location: entry.keyLocation))
            }
        }
        diagnostics.add(reader.diagnostics)
        return Glossary(terms: terms)
    }
}
