import Guidance
import Translations
import Workspace

/// The search index of one edition: its text, and how its words join the language's vocabulary.
public struct SearchIndex: Sendable {
    public var script: SearchScript
    /// `search-pl.js`. Pages name it, so it stays the same when the guidance changes.
    public var name: String
    /// Questions and sections that can be found.
    public var entryCount: Int

    /// The name of an edition's index; nil where there is nothing to find.
    package static func name(for edition: Edition) -> String? {
        let isFound = edition.pages.contains { SearchText.isFound($0, in: edition) }
        return isFound ? "search-\(edition.language.tag).js" : nil
    }

    /// - Parameters:
    ///   - lexicon: The words of the edition's language; one lexicon serves all editions in it.
    ///   - source: The words of the source language; for an edition in that language, of the other that people type in.
    ///   - topics: Of the edition in the source language.
    public init(
        _ edition: Edition, _ lexicon: SearchLexicon, source: SearchLexicon? = nil,
        topics: SectionTopics? = nil
    ) {
        let text = SearchText(edition, asked: lexicon.asked, lexicon: lexicon, source: source) {
            lexicon.stopWords.contains($0)
        }
        let tag = edition.language.tag
        name = "search-\(tag).js"
        entryCount = text.entryCount
        let columns = SearchText.Columns(text.lines)
        let help = Help(edition, [lexicon.vocabulary] + (source.map { [$0.vocabulary] } ?? []))
        script = SearchScript(
            tag,
            [
                ("rows", .string(columns.rows)),
                ("places", .string(columns.places.joined(separator: "\n"))),
                ("titles", .string(columns.titles.joined(separator: "\n"))),
                ("asks", .string(columns.asks.joined(separator: "\n"))),
                ("topics", .string(topics?.column(of: text.entries) ?? "")),
                ("other", .string(topics?.distanceText ?? "")),
                ("lines", .string(columns.lines.joined(separator: "\n"))),
                ("again", .string(columns.again.map { String($0, radix: 36) }.joined(separator: " "))),
                ("forms", .string(Self.forms(text, lexicon, source: source))),
                (
                    "simple",
                    .string(
                        edition.language.isChinese
                            ? SimplifiedCharacters.pairs(
                                in: text.lines.lazy.map(\.text), besides: lexicon.simplified) : "")
                ),
                ("says", .object(Self.words(edition))),
                ("foreign", .string(Self.foreign(edition.strings))),
                ("help", .array(help.lines.map { .array($0.map { .string($0) }) })),
                ("ask", .array(help.advisers.map { .int($0) })),
                ("often", .array(text.often.map { .int($0) })),
            ])
    }

    /// What the browser says about answers; parameters are left for it.
    private static func words(_ edition: Edition) -> [(String, JSONValue)] {
        said.map { name, key in
            // The theme has a sentence for English alone.
            if name == "foreign", let other = edition.otherSearched, other != .english {
                return (name, .string(edition.strings("in-language", ["language": other.nativeName])))
            }
            return (name, .string(edition.strings[key]))
        }
    }

    private static let said = [
        (name: "count", key: "search-count"), (name: "none", key: "search-none"),
        (name: "near", key: "search-near"), (name: "ask", key: "search-ask"),
        (name: "danger", key: "search-danger"),
        (name: "page", key: "search-from-page"), (name: "foreign", key: "search-in-english"),
    ]

    /// Which of them are still in the theme's language.
    private static func foreign(_ strings: InterfaceStrings) -> String {
        said.filter { strings.untranslated.contains($0.key) }.map(\.name).joined(separator: " ")
    }

    private static func forms(_ text: SearchText, _ lexicon: SearchLexicon, source: SearchLexicon?) -> String
    {
        let known = lexicon.joints.words
        var forms = lexicon.forms(of: text.words.own)
        // Words that stand only in passages in the source language get that language's stem.
        let foreign = source?.forms(of: text.words.foreign) ?? []
        if !foreign.isEmpty {
            let own = Set(forms.map(\.word))
            let endings = lexicon.endings
            for var form in foreign where !own.contains(form.word) {
                form.stem = Token("\u{1}" + form.stem.text)
                form.cut = Token(endings.cut(form.word.text))
                forms.append(form)
            }
        }
        forms.removeAll { known.contains($0.word) }
        return WordGroups(forms, joinedTo: lexicon.joints).lines
    }
}

/// Whom a reader can phone.
private struct Help {
    /// Id, name, number, link and what else to know: those for danger first in the order of the vocabulary, then the
    /// council's own, then the others.
    private(set) var lines: [[String]] = []
    /// Places of whom to ask where the guidance has no answer: the council's first own number, and the first of an
    /// adviser who is not the council.
    private(set) var advisers: [Int] = []

    init(_ edition: Edition, _ vocabularies: [SearchVocabulary]) {
        let danger = DangerContacts(vocabularies)
        let kinds = danger.kinds.flatMap(\.contacts)
        let contacts = edition.contactGroups.flatMap(\.contacts).filter { $0.audience != .professionals }
        var wanted = danger.general.isEmpty ? kinds : danger.general
        if wanted.isEmpty { wanted = edition.contactGroups.first?.contacts.map(\.id) ?? [] }
        let urgent = wanted.enumerated().filter { wanted.firstIndex(of: $0.element) == $0.offset }
            .compactMap { item in contacts.first { $0.id == item.element } }
        let urgentIDs = Set(urgent.map(\.id))
        let rest = contacts.filter { !urgentIDs.contains($0.id) }
        var own: Int?
        var adviser: Int?
        // There is no room for the age of a number here, so those of old information stay on their cards.
        for contact in urgent + rest.filter({ !$0.isNational && edition.age(of: $0) == nil })
            + rest.filter(\.isNational)
        {
            guard
                let way = contact.ways.first(where: { $0.channel == .phone })
                    ?? contact.ways.first(where: { $0.channel == .text }),
                let destination = way.destination
            else { continue }
            var line = [contact.id, contact.name.plainText.onOneLine, way.shown.onOneLine, destination]
            if urgentIDs.contains(contact.id) || kinds.contains(contact.id), let note = contact.note {
                line.append(note.plainText.onOneLine)
            }
            if !kinds.contains(contact.id), !urgentIDs.contains(contact.id) {
                if contact.isNational {
                    adviser = adviser ?? lines.count
                } else {
                    own = own ?? lines.count
                }
            }
            lines.append(line)
        }
        advisers = [own, adviser].compactMap { $0 }
        if advisers.isEmpty { advisers = Array(lines.indices.prefix(2)) }
    }
}
