import Markdown
import Synchronization
import Translations
import Workspace

/// Passages and translations as they were taken apart: true of the words themselves, whatever catalogue they are in.
public final class ParsedMessages: Sendable {
    /// What a passage says to a translator.
    struct Source: Sendable {
        /// The message's Markdown.
        var message: String
        var hasWords: Bool
        var hasFacts: Bool
    }

    private let sources = Mutex<[ContentHash: Source]>([:])
    private let translations = Mutex<[String: [Inline]]>([:])

    public init() {}

    /// - Parameter key: Of the passage's inlines.
    func source(_ passage: Passage, key: ContentHash) -> Source {
        if let known = sources.withLock({ $0[key] }) { return known }
        let source = Source(
            message: passage.markdown, hasWords: passage.hasWords, hasFacts: passage.hasFacts)
        sources.withLock { $0[key] = source }
        return source
    }

    func translation(_ text: String) -> [Inline] {
        if let known = translations.withLock({ $0[text] }) { return known }
        let inlines = Passage(markdown: text, hasFootnotes: true).inlines
        translations.withLock { $0[text] = inlines }
        return inlines
    }
}

/// What a language knows of each message, looked up and parsed once for all councils.
public final class KnownMessages: Sendable {
    /// A message and its translation.
    struct Known: Sendable {
        /// The message's Markdown.
        var message: String
        var hasWords: Bool
        var hasFacts: Bool
        var translation: Translation
        /// Who has checked the translation.
        var review: ReviewState?
        var history: MessageHistory
    }

    enum Translation: Sendable {
        case current([Inline])
        /// - Parameter previous: The message that was translated, where the catalogue says it.
        case stale([Inline], previous: String?, mayMislead: Bool)
        case missing
    }

    private let known = Mutex<[ContentHash: Known]>([:])
    private let parsed: ParsedMessages

    public init(_ parsed: ParsedMessages = ParsedMessages()) { self.parsed = parsed }

    /// - Parameter translator: The same at every call.
    func of(_ passage: Passage, by translator: (any MessageTranslator)?) -> Known {
        let key = Digest.of(passage.inlines)
        if let known = known.withLock({ $0[key] }) { return known }
        let found = look(up: parsed.source(passage, key: key), by: translator)
        known.withLock { $0[key] = found }
        return found
    }

    private func look(up source: ParsedMessages.Source, by translator: (any MessageTranslator)?) -> Known {
        let message = source.message
        var found = Known(
            message: message, hasWords: source.hasWords, hasFacts: source.hasFacts, translation: .missing,
            review: nil, history: .untranslated)
        guard found.hasWords, let translator else { return found }
        switch translator.translation(of: message, context: nil) {
        case .current(let text):
            found.translation = .current(parsed.translation(text))
            found.review = translator.review(of: message)
            found.history = .wasTranslated
        case .stale(let text, let previous, let mayMislead):
            let inlines = parsed.translation(text)
            found.translation = .stale(
                inlines, previous: previous, mayMislead: mayMislead || Passage(inlines).hasFacts)
            found.history = translator.history(of: message)
        case .missing: found.history = translator.history(of: message)
        }
        return found
    }
}
