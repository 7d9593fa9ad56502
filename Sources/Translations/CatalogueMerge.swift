import Workspace

/// A message as the portal holds it now.
public struct ExtractedMessage: Hashable, Sendable {
    public var context: String?
    public var id: String
    public var pluralID: String?
    /// For translators: the page, what each placeholder is, who sees the text.
    public var comments: [String]
    /// Files with the id of the section, never line numbers: `guidance/rights.md#supporter`.
    public var references: [String]
    /// Whether the text is Markdown; otherwise it is shown as it stands, and a comment tells translators.
    public var isMarkdown: Bool

    /// The extracted comment of messages that are no Markdown; checks of markup leave them alone.
    public static let plainTextComment = "Plain text, not Markdown."

    public init(
        context: String? = nil, id: String, pluralID: String? = nil, comments: [String] = [],
        references: [String] = [], isMarkdown: Bool = true
    ) {
        self.context = context
        self.id = id
        self.pluralID = pluralID
        self.comments = comments
        self.references = references
        self.isMarkdown = isMarkdown
    }

    public var key: MessageKey { MessageKey(context: context, id: id) }
}

/// Brings a catalogue up to date with the messages of the portal.
///
/// A translation is never lost: what is unchanged or equal in meaning (`MessageForm`) stays, a changed message keeps
/// its old translation as fuzzy with the old message beside it, a removed one becomes obsolete and comes back with its translation when the message
/// does. The order is the order of the messages.
public enum CatalogueMerge {
    /// What a merge did.
    public struct Summary: Hashable, Sendable {
        public var kept = 0
        /// Those of the kept ones whose English changed without a change of its meaning.
        package var carried = 0
        public var added = 0
        /// Changed messages whose old translation is now fuzzy.
        public var changed = 0
        /// Messages that came back from being obsolete.
        public var revived = 0
        public var removed = 0

        public init(kept: Int = 0, added: Int = 0, changed: Int = 0, revived: Int = 0, removed: Int = 0) {
            self.kept = kept
            self.added = added
            self.changed = changed
            self.revived = revived
            self.removed = removed
        }
    }

    /// The header of a new catalogue.
    ///
    /// - Parameter date: Written as the revision date, so that the same day gives the same bytes.
    public static func header(for language: Language, project: String, date: CalendarDate) -> POHeader {
        var header = baseHeader(project: project, date: "\(date) 00:00+0000")
        header["Language"] = language.tag
        header["Plural-Forms"] = PluralRules.header(for: language)
        header["X-Signpost-Review"] = "\(ReviewState.draft)"
        return header
    }

    private static func baseHeader(project: String, date: String) -> POHeader {
        POHeader([
            .init("Project-Id-Version", project), .init("PO-Revision-Date", date),
            .init("Last-Translator", "nobody yet"), .init("Language-Team", "none"), .init("Language", ""),
            .init("MIME-Version", "1.0"), .init("Content-Type", "text/plain; charset=UTF-8"),
            .init("Content-Transfer-Encoding", "8bit"),
        ])
    }

    /// The template (`.pot`): every message, nothing translated.
    public static func template(_ messages: [ExtractedMessage], path: String, project: String) -> POFile {
        var header = baseHeader(project: project, date: "YEAR-MO-DA HO:MI+ZONE")
        header["Plural-Forms"] = "nplurals=INTEGER; plural=EXPRESSION;"
        header.flags = ["fuzzy"]
        return POFile(path: path, header: header, entries: joined(messages).map { entry(for: $0, forms: 2) })
    }

    /// Merges messages into a catalogue.
    ///
    /// Messages with the same key become one, with the comments and references of all. The header is kept, but says
    /// the right `Plural-Forms` afterwards.
    ///
    /// Entries that could not be parsed are not in `file`: do not write the result over a file whose parsing reported
    /// errors.
    public static func merge(
        _ messages: [ExtractedMessage], into file: POFile, language: Language
    ) -> (file: POFile, summary: Summary) {
        let messages = joined(messages)
        // What the header says is true of what is in the file now, and of nothing that is added below.
        let file = file.withReviewByMessage()
        let forms = PluralRules.categories(in: language).count
        var summary = Summary()
        var merged = file
        if merged.header["Plural-Forms"].flatMap(PluralExpression.init).map({ agrees($0, language) }) != true
        {
            merged.header["Plural-Forms"] = PluralRules.header(for: language)
        }
        merged.header.isPresent = true

        var active: [MessageKey: Int] = [:]
        var obsolete: [MessageKey: Int] = [:]
        for (index, entry) in file.entries.enumerated() {
            if entry.isObsolete {
                if obsolete[entry.key] == nil { obsolete[entry.key] = index }
            } else if active[entry.key] == nil {
                active[entry.key] = index
            }
        }
        let wantedKeys = Set(messages.map(\.key))
        var used: Set<Int> = []
        let needy = messages.filter { message in
            (active[message.key] ?? obsolete[message.key]).map { !file.entries[$0].isTranslated } ?? true
        }
        let moved = sameTexts(
            messages.filter { active[$0.key] == nil && obsolete[$0.key] == nil }, in: file.entries)
        let equivalents = MessageEquivalents(
            file.entries, for: needy.map(\.key),
            plurals: needy.reduce(into: [:]) { $0[$1.key] = $1.pluralID },
            preferring: { !wantedKeys.contains($0.key) })
        let fresh = messages.filter {
            active[$0.key] == nil && obsolete[$0.key] == nil && moved[$0.key] == nil
                && equivalents.match($0.key) == nil
        }
        let candidateIndices = file.entries.indices.filter { index in
            let entry = file.entries[index]
            return !entry.isUntranslated && !wantedKeys.contains(entry.key)
        }
        let matches = MessageSimilarity.matches(
            fresh.map { .init(context: $0.context, hasPlural: $0.pluralID != nil, text: $0.id) },
            among: candidateIndices.map { file.entries[$0].candidate })
        var predecessor: [MessageKey: Int] = [:]
        for match in matches { predecessor[fresh[match.wanted].key] = candidateIndices[match.candidate] }

        var entries: [POEntry] = []
        for message in messages {
            var entry = entry(for: message, forms: forms)
            if let index = moved[message.key] {
                let old = file.entries[index]
                if !old.isObsolete, !wantedKeys.contains(old.key) { used.insert(index) }
                take(from: old, into: &entry, forms: forms)
                summary.kept += 1
            } else if let match = equivalents.match(message.key) {
                let old = file.entries[match.entry]
                // An obsolete entry stays, and so does one of a message that is still there.
                if !old.isObsolete, !wantedKeys.contains(old.key) || old.key == message.key {
                    used.insert(match.entry)
                }
                take(from: old, into: &entry, forms: forms)
                if entry.strings.count == old.strings.count {
                    carry(from: match.translatedID, into: &entry, isMarkdown: message.isMarkdown)
                }
                if let own = active[message.key], own != match.entry {
                    used.insert(own)
                    entry.translatorComments =
                        file.entries[own].translatorComments.filter {
                            !entry.translatorComments.contains($0)
                        } + entry.translatorComments
                }
                summary.kept += 1
                summary.carried += 1
            } else if let index = active[message.key] ?? obsolete[message.key] {
                let old = file.entries[index]
                used.insert(index)
                if let extra = active[message.key] != nil ? obsolete[message.key] : nil { used.insert(extra) }
                take(from: old, into: &entry, forms: forms)
                dropSettledNotes(of: &entry)
                if old.isObsolete { summary.revived += 1 } else { summary.kept += 1 }
            } else if let index = predecessor[message.key] {
                let old = file.entries[index]
                // An obsolete entry stays: its own message may come back.
                if !old.isObsolete { used.insert(index) }
                take(from: old, into: &entry, forms: forms)
                entry.previous =
                    old.isFuzzy
                    ? old.previous
                    : POEntry.Previous(context: old.context, id: old.id, pluralID: old.pluralID)
                entry.isFuzzy = true
                summary.changed += 1
            } else {
                summary.added += 1
            }
            entries.append(entry)
        }
        for (index, old) in file.entries.enumerated() where !used.contains(index) {
            if !old.isObsolete { summary.removed += 1 }
            guard !old.isUntranslated else { continue }
            var old = old
            old.isObsolete = true
            old.extractedComments = []
            old.references = []
            entries.append(old)
        }
        merged.entries = entries
        return (merged, summary)
    }

    /// The entries that have the very text of a message, of the same place, under another context.
    ///
    /// Two messages of one text are told apart by their contexts, and one alone has none: it gets one as soon as another
    /// says the same, and loses it when that no longer does.
    private static func sameTexts(_ messages: [ExtractedMessage], in entries: [POEntry]) -> [MessageKey: Int]
    {
        guard !messages.isEmpty else { return [:] }
        let texts = Set(messages.map(\.id))
        var indices: [String: [Int]] = [:]
        for (index, entry) in entries.enumerated() where texts.contains(entry.id) && !entry.isUntranslated {
            indices[entry.id, default: []].append(index)
        }
        var found: [MessageKey: Int] = [:]
        for message in messages {
            let places = Set(entry(for: message, forms: 1).references)
            found[message.key] = indices[message.id]?.first { index in
                let old = entries[index]
                guard (old.pluralID == nil) == (message.pluralID == nil) else { return false }
                if !places.isDisjoint(with: old.references) { return true }
                // What is obsolete has no place any more; its context may name it.
                return message.context == nil
                    && old.context.map { context in places.contains { $0.hasSuffix("#" + context) } } ?? false
            }
        }
        return found
    }

    /// Makes the translation of an equal message that of this one.
    private static func carry(from translatedID: String, into entry: inout POEntry, isMarkdown: Bool) {
        entry.isFuzzy = false
        entry.previous = nil
        guard isMarkdown, entry.pluralID == nil else { return }
        let transfer = MarkupTransfer(entry.strings[0], from: translatedID, to: entry.id)
        entry.strings[0] = transfer.text
        for difference in transfer.differences.sorted() {
            entry.translatorComments.removeAll(where: difference.isNamed)
            entry.translatorComments.append(difference.comment)
        }
    }

    /// Takes out what `carry` noted, once the translation follows the English again.
    private static func dropSettledNotes(of entry: inout POEntry) {
        func has(_ difference: MarkupTransfer.Difference) -> Bool {
            entry.translatorComments.contains(where: difference.isNamed)
        }
        guard has(.link) || has(.emphasis) else { return }
        let source = MessageTokens(entry.id)
        let target = MessageTokens(entry.strings[0])
        if source.values(.destination).sorted() == target.values(.destination).sorted() {
            entry.translatorComments.removeAll(where: MarkupTransfer.Difference.link.isNamed)
        }
        if (source.emphasisCount, source.strongCount) == (target.emphasisCount, target.strongCount) {
            entry.translatorComments.removeAll(where: MarkupTransfer.Difference.emphasis.isNamed)
        }
    }

    private static func agrees(_ expression: PluralExpression, _ language: Language) -> Bool {
        PluralExpression(PluralRules.header(for: language)).map { $0.agrees(with: expression) } ?? false
    }

    private static func entry(for message: ExtractedMessage, forms: Int) -> POEntry {
        var entry = POEntry(
            context: message.context, id: message.id, pluralID: message.pluralID,
            strings: Array(repeating: "", count: message.pluralID == nil ? 1 : forms))
        entry.extractedComments = message.comments.flatMap {
            $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        if !message.isMarkdown { entry.extractedComments.append(ExtractedMessage.plainTextComment) }
        // A space would end the reference; it is written as URLs do.
        entry.references = message.references.map { reference in
            reference.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace).joined(
                separator: "%20")
        }
        return entry
    }

    /// Takes over the translation and what belongs to it.
    ///
    /// A message that got or lost its plural, or has a wrong number of forms, keeps what there is and becomes
    /// fuzzy.
    private static func take(from old: POEntry, into entry: inout POEntry, forms: Int) {
        entry.translatorComments = old.translatorComments
        entry.flags = old.flags
        entry.previous = old.previous
        entry.place = old.place
        if (old.pluralID == nil) == (entry.pluralID == nil), old.strings.count == entry.strings.count {
            entry.strings = old.strings
            if old.pluralID != entry.pluralID, !old.isUntranslated, !old.isFuzzy {
                entry.previous = POEntry.Previous(context: old.context, id: old.id, pluralID: old.pluralID)
                entry.isFuzzy = true
            }
            return
        }
        guard !old.isUntranslated else { return }
        if !old.isFuzzy {
            entry.previous = POEntry.Previous(context: old.context, id: old.id, pluralID: old.pluralID)
        }
        entry.isFuzzy = true
        // Nothing may get lost: what has no place in the new entry goes to a comment.
        let count = entry.strings.count
        entry.strings = (0..<count).map { $0 < old.strings.count ? old.strings[$0] : "" }
        entry.translatorComments += old.strings.dropFirst(count).filter { !$0.isEmpty }.map {
            "was: " + $0.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
    }

    /// One message for each key, in order of its first use.
    private static func joined(_ messages: [ExtractedMessage]) -> [ExtractedMessage] {
        var result: [ExtractedMessage] = []
        var index: [MessageKey: Int] = [:]
        for message in messages {
            guard let known = index[message.key] else {
                index[message.key] = result.count
                result.append(message)
                continue
            }
            result[known].comments += message.comments.filter { !result[known].comments.contains($0) }
            result[known].references += message.references.filter { !result[known].references.contains($0) }
            result[known].pluralID = result[known].pluralID ?? message.pluralID
            result[known].isMarkdown = result[known].isMarkdown || message.isMarkdown
        }
        return result
    }
}
