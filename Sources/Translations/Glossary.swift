import Workspace

/// How the terms of the guidance are translated: `translations/glossary.yml`.
///
/// ```yaml
/// child protection conference:
///   pl: [konferencj]             # a part of the word that all its endings share, or every form
///   cy: [cynhadledd* amddiffyn plant]
///   ar: [اجتماع حماية الطفل]
///   except:
///     - message: Conference room 2
///       languages: [pl]
///       reason: a room, which people call sala konferencyjna
/// ```
public struct Glossary: Hashable, Sendable {
    public struct Term: Hashable, Sendable {
        /// The English term in the singular.
        public var term: String
        /// By language tag: texts of which one must be in the translation, whatever stands around it. A `*` stands for
        /// any letters.
        public var forms: [String: [String]]
        public var exceptions: [Exception]
        public var location: SourceLocation

        public init(
            term: String, forms: [String: [String]], exceptions: [Exception] = [], location: SourceLocation
        ) {
            self.term = term
            self.forms = forms
            self.exceptions = exceptions
            self.location = location
        }
    }

    /// Where the English has a term, and a translation need not have it.
    public struct Exception: Hashable, Sendable {
        public enum Place: Hashable, Sendable {
            /// One message, whatever its marks and spaces.
            case message(String)
            /// These English words, wherever they stand: in "press conference" a conference is not the term.
            case words(String)
        }

        public var place: Place
        /// Empty: all.
        public var languages: [String]
        public var reason: String
        public var location: SourceLocation

        public init(place: Place, languages: [String] = [], reason: String, location: SourceLocation) {
            self.place = place
            self.languages = languages
            self.reason = reason
            self.location = location
        }

        /// Whether it is one in a language.
        func counts(in language: Language) -> Bool { languages.isEmpty || languages.contains(language.tag) }
    }

    /// The name in a term's mapping that is no language.
    package static let exceptionsKey = "except"

    /// In the order of the file.
    public var terms: [Term]

    public init(terms: [Term] = []) {
        self.terms = terms
    }

    /// Reads a glossary. An unknown language tag is an error.
    public static func parse(_ source: SourceText, reporting diagnostics: inout Diagnostics) -> Glossary {
        let reader = YAMLReader(file: source.path)
        let terms = reader.root(source.string)?.entries.compactMap(term) ?? []
        diagnostics.add(reader.diagnostics)
        return Glossary(terms: terms)
    }

    private static func term(_ entry: YAMLMapping.Entry) -> Term? {
        guard let languages = entry.value.mapping() else { return nil }
        var forms: [String: [String]] = [:]
        var exceptions: [Exception] = []
        for named in languages.entries {
            if named.key == exceptionsKey {
                exceptions = named.value.list().compactMap(exception)
                continue
            }
            guard let known = language(named.key, at: named.keyLocation, entry.value.reader) else {
                continue
            }
            let texts = named.value.isSequence ? named.value.list() : [named.value]
            forms[known.tag] = texts.compactMap(form)
        }
        return Term(
            term: entry.key, forms: forms.filter { !$0.value.isEmpty }, exceptions: exceptions,
            location: entry.keyLocation)
    }

    private static func form(_ value: YAMLValue) -> String? {
        guard let text = value.string(), !text.isEmpty else { return nil }
        guard text.contains(where: { $0 != "*" && !$0.isWhitespace }) else {
            value.reader.add(
                .error(
                    "InvalidGlossaryForm", "'\(text)' would be in every translation", at: value.location,
                    help: "Write the letters that all endings share, and '*' where letters differ."))
            return nil
        }
        return text
    }

    private static func exception(_ value: YAMLValue) -> Exception? {
        guard var fields = value.mapping() else { return nil }
        let message = fields.value("message")
        let words = fields.value("words")
        let languages = fields.value("languages")
        let reason = fields.required(
            "reason", help: "Say why, for whoever reads the glossary next: 'reason: …'.")?.string()
        fields.finish()
        let place: Exception.Place
        switch (message?.string(), words?.string()) {
        case (let message?, nil): place = .message(message)
        case (nil, let words?): place = .words(words)
        default:
            value.reader.add(
                .error(
                    "InvalidGlossaryException", "an exception has either 'message' or 'words'",
                    at: value.location,
                    help:
                        "Give the English of one message as 'message: …', or words in which it is not the term as 'words: …'."
                ))
            return nil
        }
        let tags =
            (languages.map { $0.isSequence ? $0.list() : [$0] } ?? []).compactMap { tag in
                tag.string().flatMap { language($0, at: tag.location, tag.reader)?.tag }
            }
        return reason.map {
            Exception(place: place, languages: tags, reason: $0, location: value.location)
        }
    }

    private static func language(
        _ tag: String, at location: SourceLocation, _ reader: YAMLReader
    ) -> Language? {
        if let known = Language(tag: tag) { return known }
        reader.add(
            .error(
                "UnknownLanguage", "'\(tag)' is not a language that Signpost knows", at: location,
                help: Language.advice(on: tag)))
        return nil
    }
}
