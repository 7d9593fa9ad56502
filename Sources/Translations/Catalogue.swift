import Workspace

/// The translations of one language, ready to be looked up.
///
/// A catalogue that knows which messages are in use also knows a stale translation the moment the English
/// changes, before anybody has extracted: see `knowing(messagesInUse:)`.
public struct Catalogue: Sendable {
    /// An up-to-date translation.
    public struct Translation: Hashable, Sendable {
        public var text: String
        /// Where the translation stands in the catalogue.
        public var location: SourceLocation

        public init(text: String, location: SourceLocation) {
            self.text = text
            self.location = location
        }
    }

    /// A translation of an earlier version of the message.
    public struct Stale: Hashable, Sendable {
        public enum Reason: Hashable, Sendable {
            /// The catalogue says so (`#, fuzzy`).
            case fuzzy
            /// The message is not in the catalogue, but one much like it that nobody uses any more.
            case changedSinceExtraction
        }

        public var text: String
        /// The message that the text translates; nil where the catalogue does not say.
        public var previousID: String?
        /// 0 to 1; 1 where it is not known what changed.
        public var similarity: Double
        public var reason: Reason
        /// Whether the change touches numbers, placeholders, addresses, dates or words such as "not", or cannot be
        /// known: the old text must then not be shown in place of the English.
        public var mayMislead: Bool
        /// Whether the message stands in the place of the one that was translated, which nobody uses any more;
        /// otherwise some tool found a translation of a message much like it.
        package var isSuccessor = true
        public var location: SourceLocation

        public init(
            text: String, previousID: String?, similarity: Double, reason: Reason, mayMislead: Bool,
            location: SourceLocation
        ) {
            self.text = text
            self.previousID = previousID
            self.similarity = similarity
            self.reason = reason
            self.mayMislead = mayMislead
            self.location = location
        }
    }

    public enum Lookup: Hashable, Sendable {
        case translated(Translation)
        case stale(Stale)
        case missing

        /// The text in the catalogue's language, whatever its state.
        public var text: String? {
            switch self {
            case .translated(let translation): translation.text
            case .stale(let stale): stale.text
            case .missing: nil
            }
        }
    }

    public let language: Language
    public let path: String
    public let header: POHeader
    /// The state of the whole catalogue: where each message has its own, a draft if one of them is.
    ///
    /// A header that cannot be understood counts as a draft.
    public var review: ReviewState {
        guard header.isReviewedByMessage else { return header.review ?? .draft }
        return reviews.values.reduce(nil) { $0?.joined(with: $1) ?? $1 } ?? .draft
    }

    /// The states of the messages that are translated, where each has its own.
    private let reviews: [MessageKey: ReviewState]

    /// Whether each message has its own state.
    package var isReviewedByMessage: Bool { header.isReviewedByMessage }

    /// How many translations somebody has checked as they stand; nil where the header speaks for all.
    package var reviewedCount: Int? {
        isReviewedByMessage ? reviews.values.count { $0 != .draft } : nil
    }

    /// Whether nobody has checked any of it.
    package var isUnreviewed: Bool { reviewedCount.map { $0 == 0 } ?? (review == .draft) }

    /// Whether messages that nobody has checked count as not translated.
    private var hidesDrafts = false

    /// The same catalogue without the translations that nobody has checked.
    package func hidingDrafts() -> Catalogue {
        var copy = self
        copy.hidesDrafts = isReviewedByMessage
        return copy
    }

    /// Who has checked the current translation of a message.
    package func review(of key: MessageKey) -> ReviewState {
        guard isReviewedByMessage else { return review }
        if let entry = active[key].map({ file.entries[$0] }), entry.isTranslated {
            return reviews[key] ?? .draft
        }
        return sources[key].flatMap { reviews[$0] } ?? .draft
    }

    /// The language of words in Latin letters within these translations, where the header names one:
    /// `X-Signpost-Latin: fr`.
    public func latin(reporting diagnostics: inout Diagnostics) -> Language? {
        guard let tag = header["X-Signpost-Latin"], !tag.isEmpty else { return nil }
        if let language = Language(tag: tag), language.script == .latin { return language }
        diagnostics.add(
            .error(
                "UnknownLanguage", "'\(tag)' is not a language in Latin letters that Signpost knows",
                at: SourceLocation(file: path),
                help: didYouMean(tag, among: Language.all.filter { $0.script == .latin }.map(\.tag))))
        return nil
    }

    private let file: POFile
    private let active: [MessageKey: Int]
    /// Stale translations of messages that are in use but not in the catalogue, once these are known.
    private var predecessors: [MessageKey: Stale] = [:]
    /// Translations of messages that are in use and equal in meaning to what was translated, once these are known.
    private var equivalents: [MessageKey: Translation] = [:]
    /// The messages that the equivalents were made for.
    private var sources: [MessageKey: MessageKey] = [:]
    /// Every message in use, once these are known.
    private var used: Set<MessageKey> = []

    /// Entries without a translation answer "missing". An obsolete entry counts where there is no other for its
    /// message: the message has come back, and its translation is still right. The first of two equal entries counts
    /// (a duplicate is an error of the parser).
    public init(_ file: POFile, language: Language) {
        self.file = file
        self.language = language
        path = file.path
        header = file.header
        var active: [MessageKey: Int] = [:]
        for isObsolete in [false, true] {
            for (index, entry) in file.entries.enumerated() where entry.isObsolete == isObsolete {
                if active[entry.key] == nil { active[entry.key] = index }
            }
        }
        self.active = active
        var reviews: [MessageKey: ReviewState] = [:]
        if file.header.isReviewedByMessage {
            for entry in file.entries where entry.isTranslated {
                if !entry.isObsolete || reviews[entry.key] == nil { reviews[entry.key] = entry.reviewState }
            }
        }
        self.reviews = reviews
    }

    /// The same catalogue, which also finds the translations of earlier versions.
    ///
    /// A message in use without a translation of its own takes that of a message equal in meaning (`MessageForm`), with
    /// the links and the emphasis that it has now. Failing that, a message that the catalogue does not have is compared
    /// with the translated entries that nobody uses (the English has changed since the last extraction, or the entry is
    /// obsolete). The most similar one, from a similarity of 0.6 on, is its stale translation; every entry serves one
    /// message at most.
    ///
    /// - Parameter messages: Every message of the whole portal, all councils together: an entry that any page
    ///   still uses is nobody's earlier version.
    public func knowing(messagesInUse messages: some Sequence<MessageKey>) -> Catalogue {
        let used = Set(messages)
        var copy = self
        copy.used = used
        (copy.equivalents, copy.sources) = equivalents(of: used)
        let wanted = used.filter { active[$0] == nil && copy.equivalents[$0] == nil }.sorted()
        let candidates = file.entries.filter {
            $0.pluralID == nil && !$0.isUntranslated && !used.contains($0.key)
        }
        let matches = MessageSimilarity.matches(
            wanted.map { .init(context: $0.context, hasPlural: false, text: $0.id) },
            among: candidates.map(\.candidate))
        copy.predecessors = [:]
        for match in matches {
            let key = wanted[match.wanted]
            let entry = candidates[match.candidate]
            let previous = entry.translatedID
            copy.predecessors[key] = Stale(
                text: entry.strings[0], previousID: previous, similarity: match.similarity,
                reason: .changedSinceExtraction,
                mayMislead: Self.mayMislead(entry.strings[0], previous: previous, current: key.id),
                location: file.location(of: entry, form: 0))
        }
        return copy
    }

    private func equivalents(
        of used: Set<MessageKey>
    ) -> ([MessageKey: Translation], sources: [MessageKey: MessageKey]) {
        let wanted = used.filter { key in
            guard let index = active[key] else { return true }
            return !file.entries[index].isTranslated
        }
        let index = MessageEquivalents(file.entries, for: wanted, preferring: { !used.contains($0.key) })
        var found: [MessageKey: Translation] = [:]
        var sources: [MessageKey: MessageKey] = [:]
        for key in wanted {
            guard let match = index.match(key) else { continue }
            let entry = file.entries[match.entry]
            let transfer = MarkupTransfer(entry.strings[0], from: match.translatedID, to: key.id)
            found[key] = Translation(text: transfer.text, location: file.location(of: entry, form: 0))
            sources[key] = entry.key
        }
        return (found, sources)
    }

    /// Whether somebody has checked a translation of a message, as it is or as it was.
    package func wasReviewed(_ key: MessageKey) -> Bool {
        active[key].map { index in
            file.entries[index].translatorComments.contains { MessageReview(comment: $0) != nil }
        } ?? false
    }

    /// Whether the catalogue has an entry for a message, translated or not.
    package func contains(_ key: MessageKey) -> Bool { active[key] != nil }

    /// The translation of a message.
    public func translation(of id: String, context: String? = nil) -> Lookup {
        translation(of: MessageKey(context: context, id: id))
    }

    /// The translation of a message.
    public func translation(of key: MessageKey) -> Lookup {
        let found = anyTranslation(of: key)
        if hidesDrafts, case .translated = found, review(of: key) == .draft { return .missing }
        return found
    }

    private func anyTranslation(of key: MessageKey) -> Lookup {
        guard let entry = active[key].map({ file.entries[$0] }) else {
            return equivalents[key].map { .translated($0) } ?? predecessors[key].map { .stale($0) }
                ?? .missing
        }
        let text = entry.strings[0]
        let location = file.location(of: entry, form: 0)
        if !text.isEmpty, !entry.isFuzzy {
            return .translated(Translation(text: text, location: location))
        }
        if let equivalent = equivalents[key] { return .translated(equivalent) }
        guard !text.isEmpty else { return .missing }
        let previous = entry.translatedID
        var stale = Stale(
            text: text, previousID: previous,
            similarity: previous.map {
                MessageSimilarity.ratio(MessageSimilarity.words($0), MessageSimilarity.words(key.id))
            } ?? 1,
            reason: .fuzzy, mayMislead: Self.mayMislead(text, previous: previous, current: key.id),
            location: location)
        stale.isSuccessor = previous.map { !used.contains(MessageKey(context: key.context, id: $0)) } ?? false
        return .stale(stale)
    }

    /// The form of a message with a plural that a count asks for, with `{n}` filled in (digits 0–9).
    ///
    /// Nil where there is no translation, or the form is missing, or somebody must look at it again.
    public func plural(id: String, plural: String, count: Int, context: String? = nil) -> String? {
        guard let entry = active[MessageKey(context: context, id: id)].map({ file.entries[$0] }),
            entry.pluralID == plural, !entry.isFuzzy
        else { return nil }
        let index = PluralRules.index(of: count, in: language)
        guard entry.strings.indices.contains(index), !entry.strings[index].isEmpty else { return nil }
        return entry.strings[index].replacing("{n}", with: "\(count)")
    }

    private static func mayMislead(_ text: String, previous: String?, current: String) -> Bool {
        guard let previous, !MessageSimilarity.differInFigures(previous, current) else { return true }
        // A translation that had other placeholders than its own English cannot be trusted either.
        func placeholders(_ text: String) -> [String] {
            let tokens = MessageTokens(text)
            return (tokens.values(.placeholder) + tokens.values(.parameter)).sorted()
        }
        return placeholders(text) != placeholders(current)
    }
}

extension POEntry {
    /// The message that the translation was made for: nil for a fuzzy entry that does not say.
    var translatedID: String? { isFuzzy ? previous?.id : id }

    /// The texts that a changed message is compared with.
    var candidate: MessageSimilarity.Candidate {
        MessageSimilarity.Candidate(
            context: context, hasPlural: pluralID != nil, texts: [id] + [translatedID].compactMap { $0 })
    }
}
