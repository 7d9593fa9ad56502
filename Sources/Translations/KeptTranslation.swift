import Workspace

/// A translation whose English has changed in its words: an editor may say that it means the same.
package struct KeptTranslation: Hashable, Sendable {
    /// The number of the entry in its catalogue.
    package var entry: Int
    /// The English that was translated, and what it is now.
    package var before: String
    package var after: String
    package var translation: String

    /// Every translation of a catalogue that waits because its English has changed.
    package static func all(in file: POFile) -> [KeptTranslation] {
        file.entries.enumerated().compactMap { index, entry in
            guard !entry.isObsolete, entry.isFuzzy, entry.pluralID == nil, !entry.strings[0].isEmpty,
                let previous = entry.previous?.id
            else { return nil }
            return KeptTranslation(
                entry: index, before: previous, after: entry.id, translation: entry.strings[0])
        }
    }

    /// What speaks against it: words and figures by which a reader decides what to do, and that are not the same.
    package var obstacles: [String] {
        let old = Self.weighty(before)
        let new = Self.weighty(after)
        let words = Set(old.keys).union(new.keys).sorted()
        return words.compactMap { word in
            let (a, b) = (old[word] ?? 0, new[word] ?? 0)
            return a == b ? nil : a > b ? "“\(word)” is gone" : "“\(word)” is new"
        }
    }

    /// Words that say what somebody may, must or will do.
    private static let modals: Set<String> = [
        "can", "could", "may", "might", "must", "need", "needs", "ought", "shall", "should", "will", "would",
        "allowed", "able", "required", "optional", "always", "sometimes", "usually", "all", "any", "some",
    ]

    private static func weighty(_ text: String) -> [String: Int] {
        let tokens = MessageTokens(text)
        var result: [String: Int] = [:]
        // Where a link leads follows the English by itself.
        for token in tokens.tokens where token.kind != .destination { result[token.value, default: 0] += 1 }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: tokens.words)
        for word in MessageSimilarity.words(String(view)).map({ $0.replacing("’", with: "'") })
        where EnglishNumbers.isFigure(word) || EnglishNumbers.negates(word) || modals.contains(word) {
            result[word, default: 0] += 1
        }
        return result
    }
}

extension POFile {
    /// Keeps a translation on an editor's word, and writes down whose, when and why.
    ///
    /// A review of the translation stays as well, if it was one of what the English said before.
    package mutating func keep(
        _ kept: KeptTranslation, by name: String, on date: CalendarDate, because reason: String
    ) {
        var entry = entries[kept.entry]
        var before = entry
        before.id = kept.before
        before.isFuzzy = false
        let review = before.currentReview
        let isMarkdown = !entry.extractedComments.contains(ExtractedMessage.plainTextComment)
        if isMarkdown {
            let transfer = MarkupTransfer(kept.translation, from: kept.before, to: kept.after)
            entry.strings[0] = transfer.text
            entry.translatorComments += transfer.differences.sorted().map(\.comment)
        }
        entry.isFuzzy = false
        entry.previous = nil
        func flat(_ text: String) -> String {
            text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        entry.translatorComments.append(
            "signpost-meaning-unchanged: \(flat(name)), \(date): \(flat(reason)); before: \(flat(kept.before))"
        )
        if let review { entry.noteReview(by: review.name, on: review.date) }
        entries[kept.entry] = entry
    }
}
