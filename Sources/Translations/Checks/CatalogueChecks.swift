import Workspace

/// Finds what is wrong with the translations of a catalogue, at its line and column in the `.po`.
///
/// Looks at what readers would see: entries that are translated and neither fuzzy nor obsolete.
public enum CatalogueChecks {
    static let translationRules: [any TranslationRule] = [
        PlaceholderRule(), NumberRule(), PhoneRule(), EmailRule(), URLRule(), LinkRule(), EmphasisRule(),
        FootnoteRule(), ShapeRule(), TagRule(), UntranslatedCopyRule(), ScriptRule(), MixedScriptRule(),
        LetterRule(), NoteRule(),
        UntranslatedWordRule(), PunctuationRule(), DirectionControlRule(), CalendarRule(),
    ]

    static let fileRules: [any CatalogueFileRule] = [
        LanguageHeaderRule(), PluralHeaderRule(), ReviewHeaderRule(), PluralFormsRule(),
    ]

    /// Every problem of a catalogue.
    ///
    /// - Parameters:
    ///   - language: The language that the file's name says.
    ///   - glossary: The terms that must be translated alike; nil for none.
    public static func check(
        _ file: POFile, language: Language, glossary: Glossary? = nil
    ) -> Diagnostics {
        var diagnostics = Diagnostics()
        let file = file.withForms(of: language)
        for rule in fileRules { diagnostics.add(rule.check(file, language: language)) }
        let glossaryRule = glossary.map { GlossaryRule(glossary: $0, language: language) }
        for entry in file.entries where !entry.isObsolete && !entry.isFuzzy {
            for (form, text) in entry.strings.enumerated() where !text.isEmpty {
                let translation = CheckedTranslation(file: file, entry: entry, form: form, language: language)
                for rule in translationRules { diagnostics.add(rule.check(translation)) }
                if let glossaryRule { diagnostics.add(glossaryRule.check(translation)) }
            }
        }
        return diagnostics
    }

    /// The problems of one entry's texts.
    static func problems(of entry: POEntry, in file: POFile, language: Language) -> [Diagnostic] {
        entry.strings.indices.filter { !entry.strings[$0].isEmpty }.flatMap { form in
            let translation = CheckedTranslation(file: file, entry: entry, form: form, language: language)
            return translationRules.flatMap { $0.check(translation) }
        }
    }
}

/// A rule about one translated text.
protocol TranslationRule: Sendable {
    func check(_ translation: CheckedTranslation) -> [Diagnostic]
}

/// A rule about a whole catalogue.
protocol CatalogueFileRule: Sendable {
    func check(_ file: POFile, language: Language) -> [Diagnostic]
}

/// A translated text beside its English, with the parts of both.
struct CheckedTranslation {
    let file: POFile
    let entry: POEntry
    let form: Int
    let language: Language
    let source: MessageTokens
    let target: MessageTokens
    let sourceText: String
    let text: String

    init(file: POFile, entry: POEntry, form: Int, language: Language) {
        self.file = file
        self.entry = entry
        self.form = form
        self.language = language
        text = entry.strings[form]
        sourceText = entry.pluralID ?? entry.id
        source = MessageTokens(sourceText)
        target = MessageTokens(text)
    }

    /// Whether this form stands for a single number, so that the number may be left out.
    var isSingleNumber: Bool {
        entry.pluralID != nil && PluralRules.isSingleNumber(form: form, in: language)
    }

    var isMarkdown: Bool { !entry.extractedComments.contains(ExtractedMessage.plainTextComment) }

    /// Whether the translation was kept when the English changed its marks and not its words: what differs is no
    /// mistake of the translator's.
    func isKept(in difference: MarkupTransfer.Difference) -> Bool {
        entry.translatorComments.contains(where: difference.isNamed)
    }

    /// Where the translation stands, or a stretch of it.
    func location(_ scalars: Range<Int>? = nil) -> SourceLocation {
        file.location(of: entry, form: form, scalars: scalars)
    }

    /// What the translation lacks of a kind, and what it has too much.
    func difference(_ kind: MessageTokens.Kind) -> (missing: [String], extra: [MessageTokens.Token]) {
        var missing = source.values(kind)
        var extra: [MessageTokens.Token] = []
        for token in target.tokens where token.kind == kind {
            if let index = missing.firstIndex(of: token.value) {
                missing.remove(at: index)
            } else {
                extra.append(token)
            }
        }
        return (missing, extra)
    }

    /// Problems of a kind whose values must be the same in both languages.
    func disagreements(
        _ kind: MessageTokens.Kind, rule: String, name: String, help: String
    ) -> [Diagnostic] {
        let (missing, extra) = difference(kind)
        // One value in place of another is one problem.
        let pairs = zip(extra, missing).map { token, value in
            Diagnostic.error(
                rule, "\(name) '\(target.text(token.range))' is not in the English, which has '\(value)'",
                at: location(token.range), help: help)
        }
        return pairs
            + extra.dropFirst(missing.count).map {
                .error(
                    rule, "\(name) '\(target.text($0.range))' is not in the English", at: location($0.range),
                    help: help)
            }
            + missing.dropFirst(extra.count).map {
                .error(rule, "\(name) '\($0)' of the English is missing", at: location(), help: help)
            }
    }
}

extension Diagnostic {
    /// The same, for people who have time to look at it.
    var asNote: Diagnostic {
        var note = self
        note.severity = .note
        return note
    }
}
