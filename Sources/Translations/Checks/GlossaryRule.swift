import Workspace

/// A term of the glossary is translated by one of its forms wherever the English has it.
struct GlossaryRule: TranslationRule {
    static let name = "GlossaryTerm"

    private struct Term {
        var name: String
        var words: [String]
        var forms: [String]
        var folded: [[Unicode.Scalar]]
        var location: SourceLocation
    }

    private let terms: [Term]

    init(glossary: Glossary, language: Language) {
        terms = glossary.terms.compactMap { term in
            guard let forms = term.forms[language.tag] else { return nil }
            return Term(
                name: term.term, words: MessageSimilarity.words(term.term), forms: forms,
                folded: forms.map(Self.folded), location: term.location)
        }.sorted { ($1.words.count, $0.name) < ($0.words.count, $1.name) }
    }

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        guard !terms.isEmpty else { return [] }
        var words = ScriptScanner.words(translation.source.words).map { $0.text.lowercased() }
        let text = Self.folded(translation.text)
        var problems: [Diagnostic] = []
        for term in terms {
            // The longest term counts: "child protection plan" is not also a "plan".
            var found = false
            while let start = Self.firstIndex(of: term.words, in: words) {
                words.replaceSubrange(start..<(start + term.words.count), with: [""])
                found = true
            }
            guard found, !term.folded.contains(where: { text.firstRange(of: $0) != nil }) else { continue }
            problems.append(
                .warning(
                    Self.name, "'\(term.name)' is not translated as the glossary says",
                    at: translation.location(),
                    help: "Use one of: \(term.forms.joined(separator: ", ")).",
                    related: [Diagnostic.Related("the glossary's entry", at: term.location)]))
        }
        return problems
    }

    /// Without case and marks, with plain spaces: neither the Arabic tanwin nor a no-break space hides a form.
    private static func folded(_ text: String) -> [Unicode.Scalar] {
        text.lowercased().unicodeScalars.filter { $0.properties.generalCategory != .nonspacingMark }
            .map { $0 == "\u{A0}" || $0 == "\u{202F}" ? " " : $0 }
    }

    private static func firstIndex(of term: [String], in words: [String]) -> Int? {
        guard !term.isEmpty, words.count >= term.count else { return nil }
        return (0...(words.count - term.count)).first { start in
            term.indices.allSatisfy { offset in
                let word = words[start + offset]
                return word == term[offset] || (offset == term.count - 1 && isPlural(word, of: term[offset]))
            }
        }
    }

    /// "families" of "family", "plans" and "plan's" of "plan".
    private static func isPlural(_ word: String, of term: String) -> Bool {
        [term + "s", term + "es", term + "'s", term + "’s", term + "s'", term + "s’"].contains(word)
            || (term.hasSuffix("y") && word == term.dropLast() + "ies")
    }
}
