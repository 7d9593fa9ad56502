import Markdown
import Synchronization
import Translations
import Workspace

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

    public init() {}

    /// - Parameter translator: The same at every call.
    func of(_ passage: Passage, by translator: (any MessageTranslator)?) -> Known {
        let key = Digest.of(passage.inlines)
        if let known = known.withLock({ $0[key] }) { return known }
        let found = Self.look(up: passage, by: translator)
        known.withLock { $0[key] = found }
        return found
    }

    private static func look(up passage: Passage, by translator: (any MessageTranslator)?) -> Known {
        let message = passage.markdown
        var found = Known(
            message: message, hasWords: passage.hasWords, hasFacts: passage.hasFacts, translation: .missing,
            review: nil, history: .untranslated)
        guard found.hasWords, let translator else { return found }
        switch translator.translation(of: message, context: nil) {
        case .current(let text):
            found.translation = .current(Passage(markdown: text, hasFootnotes: true).inlines)
            found.review = translator.review(of: message)
            found.history = .wasTranslated
        case .stale(let text, let previous, let mayMislead):
            let inlines = Passage(markdown: text, hasFootnotes: true).inlines
            found.translation = .stale(
                inlines, previous: previous, mayMislead: mayMislead || Passage(inlines).hasFacts)
            found.history = translator.history(of: message)
        case .missing: found.history = translator.history(of: message)
        }
        return found
    }
}
