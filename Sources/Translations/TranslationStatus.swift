/// How much of a set of messages a catalogue translates.
public struct TranslationStatus: Hashable, Sendable {
    /// Translated and up to date.
    public var translated = 0
    /// The English has changed since: fuzzy, or changed since the last extraction.
    public var stale = 0
    public var missing = 0
    /// English words of the stale and missing messages.
    public var wordsLeft = 0
    /// English words of all messages.
    public var words = 0

    public init() {}

    /// Counts each message once. The catalogue should know the messages in use, so that a changed message counts
    /// as stale before it is extracted.
    public init(of messages: some Sequence<MessageKey>, in catalogue: Catalogue?) {
        var seen: Set<MessageKey> = []
        for key in messages where seen.insert(key).inserted {
            add(key, catalogue?.translation(of: key) ?? .missing)
        }
    }

    public mutating func add(_ key: MessageKey, _ lookup: Catalogue.Lookup) {
        let count = Self.wordCount(key.id)
        words += count
        switch lookup {
        case .translated:
            translated += 1
            return
        case .stale: stale += 1
        case .missing: missing += 1
        }
        wordsLeft += count
    }

    public var total: Int { translated + stale + missing }

    /// The share of messages that are translated and current: 0 to 1; 1 where there is nothing to translate.
    public var coverage: Double { total == 0 ? 1 : Double(translated) / Double(total) }

    /// Words that a translator is asked for: placeholders and addresses do not count.
    public static func wordCount(_ text: String) -> Int {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: MessageTokens(text).words)
        return String(view).split(whereSeparator: \.isWhitespace).reduce(0) { count, word in
            count + (word.unicodeScalars.contains(where: MessageTokens.isLetter) ? 1 : 0)
        }
    }
}
