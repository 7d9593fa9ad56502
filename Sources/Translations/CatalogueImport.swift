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
    /// Those that are not finished: marked so (fuzzy) in the file that was sent, or still the words of an older text. They
    /// take the place of another unfinished translation, and of nothing else.
    package private(set) var undecided = 0
    package private(set) var unused = 0
    package private(set) var refused = 0
    /// Why, at the line of the file that was sent.
    package private(set) var problems = Diagnostics()

    private let glossaryRule: GlossaryRule?
    private let tellsUnfinished: Bool

    /// - Parameters:
    ///   - sent: With the plural forms of the language (`withForms(of:)`).
    ///   - own: The portal's catalogue, up to date with its messages.
    ///   - glossary: The terms that are translated alike. What says them otherwise comes in, and is named.
    ///   - tellsUnfinished: Whether the file says of each text if it is finished. Where it does not, a text that is still
    ///     that of an older English is not taken for a new one.
    package init(
        _ sent: POFile, into own: POFile, language: Language, glossary: Glossary? = nil,
        tellsUnfinished: Bool = true
    ) {
        file = own
        self.tellsUnfinished = tellsUnfinished
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
            guard let index = byKey[given.key] ?? byMeaning[Self.meaning(of: given)] else {
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
        if given.pluralID != nil {
            var whole = POFile(path: sent.path)
            whole.entries = [given]
            let incomplete = PluralFormsRule().check(whole, language: language)
            guard incomplete.isEmpty, given.strings.count == old.strings.count else {
                return refuse(incomplete)
            }
        }
        entry.strings = given.strings
        let isMarkdown = !entry.extractedComments.contains(ExtractedMessage.plainTextComment)
        if given.id != entry.id, isMarkdown, entry.pluralID == nil {
            entry.strings[0] = MarkupTransfer(given.strings[0], from: given.id, to: entry.id).text
        }
        let isOldText = old.isFuzzy && !old.isUntranslated && old.strings == entry.strings
        if given.isFuzzy, isOldText || old.isTranslated {
            undecided += 1
            return
        }
        entry.isFuzzy = false
        entry.place = given.place
        let found = CatalogueChecks.problems(of: entry, in: sent, language: language).filter {
            $0.severity == .error
        }
        if given.isFuzzy {
            undecided += 1
            // Readers do not get it: its mistakes are for whoever finishes it.
            problems.add(
                found.map { problem in
                    var problem = problem
                    problem.severity = .warning
                    return problem
                })
            entry.isFuzzy = true
            entry.place = old.place
            file.entries[index] = entry
            problems.add(.unfinished(at: sent.location(of: given)))
            return
        }
        guard found.isEmpty else { return refuse(found) }
        if isOldText {
            problems.add(.sameAsBefore(at: sent.location(of: given), staysUnfinished: !tellsUnfinished))
            if !tellsUnfinished {
                undecided += 1
                return
            }
        }
        if let note = ContactOrder.problem(of: entry, at: sent.location(of: given)) { problems.add(note) }
        entry.previous = nil
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

    private mutating func refuse(_ found: [Diagnostic]) {
        refused += 1
        problems.add(Diagnostics(found))
    }
}

/// Contacts and facts in another order than in the English: right in many languages, and wrong where two of them were
/// mixed up, which nothing else tells.
enum ContactOrder {
    static let name = "OtherOrder"

    static func problem(of entry: POEntry, at location: SourceLocation) -> Diagnostic? {
        guard entry.pluralID == nil else { return nil }
        let before = MessageTokens(entry.id).values(.placeholder)
        let after = MessageTokens(entry.strings[0]).values(.placeholder)
        guard before.count > 1, before != after, before.sorted() == after.sorted() else { return nil }
        return Diagnostic(
            .note, name,
            "what is filled in stands in another order than in the English: "
                + after.map { String($0.dropFirst(2).dropLast(2)) }.joined(separator: ", "),
            at: location,
            help:
                "Make sure that each stands where its own words are: a number of one service must not stand at another."
        )
    }
}

extension Diagnostic {
    fileprivate static func unfinished(at location: SourceLocation) -> Diagnostic {
        .warning(
            "MarkedUnfinished", "this new text is marked as not finished, so readers do not get it yet",
            at: location,
            help:
                "Take the mark away (the word in the column Fuzzy, '#, fuzzy', the state) and import the file again."
        )
    }

    fileprivate static func sameAsBefore(at location: SourceLocation, staysUnfinished: Bool) -> Diagnostic {
        .warning(
            "SameAsBefore", "this is still the translation of the English as it was before it changed",
            at: location,
            help: staysUnfinished
                ? "It stays marked as fuzzy. If it is right for the new English too, export the texts anew, empty the column Fuzzy and import that."
                : "It counts as translated now, as the file says. Look whether it is right for the new English."
        )
    }
}
