import Markdown
import Synchronization
import Translations

/// Where the translated messages of one language mention terms that the portal explains.
///
/// Families get letters in English, so the first mention of a term on a translated page carries its English word. It
/// comes from the glossary of the catalogues, and is put in when an edition is made: no translator types it.
public struct TermMentions: Sendable {
    struct Mention: Sendable {
        /// The English term in the singular.
        var term: String
        /// Where the English goes: scalars into the running text of the translation outside links; nil where the
        /// translation has the English already.
        var place: Int?
    }

    private let mentions: [String: [Mention]]

    public static let none = TermMentions(mentions: [:])

    private init(mentions: [String: [Mention]]) { self.mentions = mentions }

    subscript(message: String) -> [Mention] { mentions[message] ?? [] }

    /// Looks through messages once, for all councils.
    public init(
        of messages: some Sequence<String>, by finder: TermFinder, translator: some MessageTranslator,
        parsed: ParsedMessages
    ) {
        guard !finder.isEmpty else {
            mentions = [:]
            return
        }
        var mentions: [String: [Mention]] = [:]
        for message in messages {
            let terms = finder.terms(in: message)
            guard !terms.isEmpty,
                case .current(let translated) = translator.translation(of: message, context: nil)
            else { continue }
            let found = finder.mentions(of: terms, in: translated, parsed)
            if !found.isEmpty { mentions[message] = found }
        }
        self.mentions = mentions
    }
}

/// Finds the terms of a glossary in messages and in their translations into one language. It remembers what it has found:
/// nothing but the words decides it.
public final class TermFinder: Sendable {
    private struct Translated: Hashable {
        var terms: [String]
        var text: String
    }

    private struct Found: Sendable {
        var terms: [String: [GlossaryIndex.Term]] = [:]
        var mentions: [Translated: [TermMentions.Mention]] = [:]
    }

    private let index: GlossaryIndex
    private let found = Mutex(Found())

    /// - Parameter explained: The headings of the portal's glossary pages, in the source language.
    public init(_ language: Language, glossary: Glossary, explained: Set<String>) {
        let names = Set(explained.map { $0.lowercased() })
        index = GlossaryIndex(
            glossary.terms.filter { names.contains($0.term.lowercased()) }, language: language)
    }

    var isEmpty: Bool { index.isEmpty }

    func terms(in message: String) -> [GlossaryIndex.Term] {
        if let known = found.withLock({ $0.terms[message] }) { return known }
        let terms = index.terms(in: message)
        found.withLock { $0.terms[message] = terms }
        return terms
    }

    func mentions(
        of terms: [GlossaryIndex.Term], in translation: String, _ parsed: ParsedMessages
    ) -> [TermMentions.Mention] {
        let key = Translated(terms: terms.map(\.name), text: translation)
        if let known = found.withLock({ $0.mentions[key] }) { return known }
        let mentions = Self.look(for: terms, in: parsed.translation(translation).runningText)
        found.withLock { $0.mentions[key] = mentions }
        return mentions
    }

    private static func look(
        for terms: [GlossaryIndex.Term], in running: String
    ) -> [TermMentions.Mention] {
        let lowered = running.lowercased()
        var text = GlossaryIndex.FoldedText(running)
        return terms.compactMap { term in
            if lowered.contains(term.name.lowercased()) {
                return TermMentions.Mention(term: term.name, place: nil)
            }
            guard let range = term.range(in: text) else { return nil }
            // A word within a longer term is not a term of its own there, wherever that one stands.
            var next: Range<Int>? = range
            while let taken = next {
                text.takeOut(taken)
                next = term.range(in: text)
            }
            return TermMentions.Mention(term: term.name, place: range.upperBound)
        }
    }
}

extension Portal {
    /// The headings of the shared glossary pages, in the source language.
    public var explainedTerms: Set<String> {
        var headings: Set<String> = []
        for page in sharedPages
        where (page.frontMatter.kind ?? SourcePage.defaultKind(of: page.path)) == .glossary {
            for section in page.sections { headings.insert(section.heading.plainText) }
        }
        return headings
    }
}

extension [Inline] {
    /// The text outside links, one after the other.
    var runningText: String {
        var result = ""
        for inline in self {
            switch inline {
            case .text(let text): result += text
            case .emphasis(let content), .strong(let content), .strikethrough(let content):
                result += content.runningText
            case .lineBreak, .code, .link, .image, .footnote, .placeholder, .value: break
            }
        }
        return result
    }

    /// The same with terms put in at places of the running text.
    func inserting(_ terms: [(place: Int, term: String)], brackets: (open: String, close: String)) -> [Inline]
    {
        var terms = terms.sorted { $0.place < $1.place }
        var position = 0
        return inserting(&terms, &position, brackets)
    }

    private func inserting(
        _ terms: inout [(place: Int, term: String)], _ position: inout Int,
        _ brackets: (open: String, close: String)
    ) -> [Inline] {
        var result: [Inline] = []
        for inline in self {
            switch inline {
            case .text(let text):
                var rest = text.unicodeScalars[...]
                var start = position
                position += text.unicodeScalars.count
                while let next = terms.first, next.place <= position {
                    terms.removeFirst()
                    let head = rest.prefix(next.place - start)
                    rest = rest.dropFirst(next.place - start)
                    start = next.place
                    result.append(.text(String(head) + brackets.open))
                    result.append(.value(Inline.Value(kind: .term, text: next.term, name: "")))
                    result.append(.text(brackets.close))
                }
                if !rest.isEmpty { result.append(.text(String(rest))) }
            case .emphasis(let content):
                result.append(.emphasis(content.inserting(&terms, &position, brackets)))
            case .strong(let content):
                result.append(.strong(content.inserting(&terms, &position, brackets)))
            case .strikethrough(let content):
                result.append(.strikethrough(content.inserting(&terms, &position, brackets)))
            case .lineBreak, .code, .link, .image, .footnote, .placeholder, .value: result.append(inline)
            }
        }
        return result
    }
}
