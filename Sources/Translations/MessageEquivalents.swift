/// Equal for messages that one translation serves.
struct MeaningKey: Hashable {
    let context: String?
    let id: MessageForm
    let plural: MessageForm?

    init(context: String?, id: String, plural: String?) {
        self.context = context
        self.id = MessageForm(id)
        self.plural = plural.map { MessageForm($0) }
    }
}

/// Finds, for messages without a translation of their own, translations of messages that are equal in meaning.
struct MessageEquivalents {
    struct Match {
        /// The number of the entry whose translation it is.
        var entry: Int
        /// The message that the translation was made for.
        var translatedID: String
    }

    private var matches: [MessageKey: Match] = [:]

    /// - Parameters:
    ///   - plurals: The plural of those messages that have one.
    ///   - preferring: Says of an entry that its translation is to be taken before that of others; among equals, the
    ///     first in the file is taken, active ones before obsolete ones.
    init(
        _ entries: [POEntry], for wanted: some Collection<MessageKey>,
        plurals: [MessageKey: String] = [:], preferring isPreferred: (POEntry) -> Bool
    ) {
        guard !wanted.isEmpty else { return }
        // Most entries begin with another letter than anything wanted, and need no closer look.
        let initials = Set(wanted.map { Self.initial($0.id) })
        var byForm: [MeaningKey: (match: Match, rank: Int)] = [:]
        for (index, entry) in entries.enumerated() {
            guard !entry.strings.contains(""), let id = entry.translatedID,
                initials.contains(Self.initial(id)), Self.isSound(entry)
            else { continue }
            let plural = entry.isFuzzy ? entry.previous?.pluralID : entry.pluralID
            guard (plural == nil) == (entry.pluralID == nil) else { continue }
            let key = MeaningKey(context: entry.context, id: id, plural: plural)
            guard !key.id.isEmpty else { continue }
            let rank = (entry.isFuzzy ? 4 : 0) + (isPreferred(entry) ? 0 : 2) + (entry.isObsolete ? 1 : 0)
            if let known = byForm[key], known.rank <= rank { continue }
            byForm[key] = (Match(entry: index, translatedID: id), rank)
        }
        for key in wanted {
            matches[key] = byForm[MeaningKey(context: key.context, id: key.id, plural: plurals[key])]?.match
        }
    }

    func match(_ key: MessageKey) -> Match? { matches[key] }

    /// A fuzzy translation may have been worked on since: it must still have the numbers and the placeholders of the
    /// message that it was made for.
    private static func isSound(_ entry: POEntry) -> Bool {
        guard entry.isFuzzy else { return true }
        guard let id = entry.previous?.id, entry.pluralID == nil else { return false }
        let source = MessageTokens(id)
        let target = MessageTokens(entry.strings[0])
        return [.placeholder, .parameter, .number, .phone].allSatisfy { (kind: MessageTokens.Kind) in
            source.values(kind).sorted() == target.values(kind).sorted()
        }
    }

    /// The first letter or digit, of which emphasis, links and quotation marks make no other one.
    private static func initial(_ text: String) -> String {
        text.unicodeScalars.first { MessageTokens.isLetter($0) || MessageTokens.digit($0) != nil }
            .map { $0.properties.lowercaseMapping } ?? ""
    }
}
