import Workspace

/// Takes the translations of a file that somebody has sent into the portal's catalogue.
///
/// Messages are found by their text, or by what they mean (`MessageForm`), so that a file of an older English comes in as
/// well. A translation with a mistake that readers would see (a lost placeholder, another number, HTML) is refused, and
/// what the catalogue had stays. Nothing is lost: a translation of what is not in use becomes an obsolete entry.
package struct CatalogueImport {
    package private(set) var file: POFile
    /// Messages that had no translation, or a fuzzy one.
    package private(set) var added = 0
    /// Messages whose translation is another one now.
    package private(set) var changed = 0
    package private(set) var same = 0
    /// Fuzzy ones in the file that was sent: not taken where there is anything.
    package private(set) var undecided = 0
    package private(set) var unused = 0
    package private(set) var refused = 0
    /// Why, at the line of the file that was sent.
    package private(set) var problems = Diagnostics()

    private let glossaryRule: GlossaryRule?

    /// - Parameters:
    ///   - sent: With the plural forms of the language (`withForms(of:)`).
    ///   - own: The portal's catalogue, up to date with its messages.
    ///   - glossary: The terms that are translated alike. What says them otherwise comes in, and is named.
    package init(_ sent: POFile, into own: POFile, language: Language, glossary: Glossary? = nil) {
        file = own
        glossaryRule = glossary.map { GlossaryRule(glossary: $0, language: language) }
        var byKey: [MessageKey: Int] = [:]
        var byMeaning: [MeaningKey: Int] = [:]
        for (index, entry) in own.entries.enumerated() where !entry.isObsolete {
            byKey[entry.key] = byKey[entry.key] ?? index
            let meaning = Self.meaning(of: entry)
            byMeaning[meaning] = byMeaning[meaning] ?? index
        }
        var known = Set(own.entries.map(\.key))
        for given in sent.entries where !given.isUntranslated {
            guard let index = byKey[given.key] ?? byMeaning[Self.meaning(of: given)],
                own.entries[index].strings.count == given.strings.count
            else {
                // What both have as obsolete is no news.
                if given.isObsolete, known.contains(given.key) { continue }
                unused += 1
                guard known.insert(given.key).inserted else { continue }
                var kept = given
                (kept.isObsolete, kept.extractedComments, kept.references) = (true, [], [])
                file.entries.append(kept)
                continue
            }
            take(given, at: index, sent, language)
        }
    }

    private static func meaning(of entry: POEntry) -> MeaningKey {
        MeaningKey(context: entry.context, id: entry.id, plural: entry.pluralID)
    }

    private mutating func take(_ given: POEntry, at index: Int, _ sent: POFile, _ language: Language) {
        var entry = file.entries[index]
        let old = entry
        entry.strings = given.strings
        let isMarkdown = !entry.extractedComments.contains(ExtractedMessage.plainTextComment)
        if given.id != entry.id, isMarkdown, entry.pluralID == nil {
            entry.strings[0] = MarkupTransfer(given.strings[0], from: given.id, to: entry.id).text
        }
        if given.isFuzzy {
            undecided += 1
            guard old.isUntranslated else { return }
            entry.isFuzzy = true
            file.entries[index] = entry
            return
        }
        entry.isFuzzy = false
        entry.previous = nil
        entry.place = given.place
        let found = CatalogueChecks.problems(of: entry, in: sent, language: language).filter {
            $0.severity == .error
        }
        guard found.isEmpty else {
            refused += 1
            problems.add(Diagnostics(found))
            return
        }
        if let glossaryRule {
            for form in entry.strings.indices where !entry.strings[form].isEmpty {
                problems.add(
                    glossaryRule.check(
                        CheckedTranslation(file: sent, entry: entry, form: form, language: language)))
            }
        }
        entry.translatorComments += given.translatorComments.filter {
            !$0.isEmpty && !entry.translatorComments.contains($0) && MessageReview(comment: $0) == nil
        }
        if old.isTranslated, old.strings == entry.strings {
            same += 1
        } else if old.isTranslated {
            changed += 1
        } else {
            added += 1
        }
        entry.place = old.place
        file.entries[index] = entry
    }
}
