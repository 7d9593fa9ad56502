import Markdown
import Workspace

/// Who has checked one translation, as a translator comment says it: `# signpost-reviewed: Anna Nowak, 2026-11-21, 3f9c2a1b`.
///
/// Comments survive every gettext tool. The mark at the end is a fingerprint of what was checked: the meaning of the
/// English and the words of the translation. When one of them changes, the comment no longer counts, so that a change by an
/// agency resets exactly the messages that it touches.
package struct MessageReview: Hashable, Sendable {
    package var name: String
    package var date: CalendarDate
    package var fingerprint: String

    private static let mark = "signpost-reviewed:"

    package init(of entry: POEntry, by name: String, on date: CalendarDate) {
        // A comma would end the name.
        self.name = name.split(whereSeparator: { $0 == "," || $0.isWhitespace }).joined(separator: " ")
        self.date = date
        fingerprint = Self.fingerprint(of: entry)
    }

    /// Reads a translator comment; nil where it says something else.
    package init?(comment: String) {
        guard comment.hasPrefix(Self.mark) else { return nil }
        let parts = comment.dropFirst(Self.mark.count).split(separator: ",").map {
            $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        guard parts.count == 3, !parts[0].isEmpty, let date = CalendarDate(parts[1]), date.day != nil else {
            return nil
        }
        (name, self.date, fingerprint) = (parts[0], date, parts[2])
    }

    package var comment: String { "\(Self.mark) \(name), \(date), \(fingerprint)" }

    /// Links and emphasis do not count: they follow the English by themselves.
    static func fingerprint(of entry: POEntry) -> String {
        let english = [entry.id, entry.pluralID ?? ""].map { MessageForm($0).text }
        let isMarkdown = !entry.extractedComments.contains(ExtractedMessage.plainTextComment)
        let words = entry.strings.map {
            isMarkdown ? Passage(markdown: $0, hasFootnotes: true).plainText : $0
        }
        return String(ContentHash((english + words).joined(separator: "\u{0}")).description.prefix(8))
    }
}

extension POEntry {
    /// The review that still counts; nil for a draft.
    package var currentReview: MessageReview? {
        guard isTranslated,
            let review = translatorComments.lazy.compactMap({ MessageReview(comment: $0) }).first
        else { return nil }
        return review.fingerprint == MessageReview.fingerprint(of: self) ? review : nil
    }

    /// The state that readers are told.
    package var reviewState: ReviewState {
        currentReview.map { .reviewed(by: $0.name, on: $0.date) } ?? .draft
    }

    /// Writes down who has checked the translation as it stands.
    package mutating func noteReview(by name: String, on date: CalendarDate) {
        translatorComments.removeAll { MessageReview(comment: $0) != nil }
        translatorComments.append(MessageReview(of: self, by: name, on: date).comment)
    }
}

extension POHeader {
    /// `X-Signpost-Review` of a catalogue whose messages say themselves who has checked them.
    static let byMessage = "by message"

    /// Whether each message says who has checked it.
    package var isReviewedByMessage: Bool { self["X-Signpost-Review"] == Self.byMessage }
}

extension POFile {
    /// The same catalogue, with what its header says about all messages written down at each of them.
    ///
    /// A header that says "reviewed by … on …" is true of what stands in the file that day, and of nothing that comes
    /// later.
    package func withReviewByMessage() -> POFile {
        guard case .reviewed(let name, let date)? = header.review else { return self }
        var copy = self
        copy.header["X-Signpost-Review"] = POHeader.byMessage
        for index in entries.indices where !entries[index].isObsolete && entries[index].isTranslated {
            // A later check of one message stays.
            if let known = entries[index].currentReview, known.date >= date { continue }
            copy.entries[index].noteReview(by: name, on: date)
        }
        return copy
    }

    /// Notes that somebody has checked translations.
    ///
    /// - Parameter isChecked: Whether an entry is one of them.
    /// - Returns: The catalogue, and how many messages were noted.
    package func reviewed(
        by name: String, on date: CalendarDate, where isChecked: (POEntry) -> Bool
    ) -> (file: POFile, count: Int) {
        var copy = withReviewByMessage()
        copy.header["X-Signpost-Review"] = POHeader.byMessage
        var count = 0
        for index in copy.entries.indices
        where !copy.entries[index].isObsolete && copy.entries[index].isTranslated
            && isChecked(copy.entries[index])
        {
            copy.entries[index].noteReview(by: name, on: date)
            count += 1
        }
        return (copy, count)
    }
}

extension ReviewState {
    /// The state of text that two translations make up together: a draft if one is, else the older review.
    package func joined(with other: ReviewState) -> ReviewState {
        switch (self, other) {
        case (.draft, _), (_, .draft): .draft
        case (.reviewed(_, let a), .reviewed(_, let b)): a <= b ? self : other
        }
    }
}
