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

    /// - Parameters:
    ///   - lexicon: The words of the edition's language; one lexicon serves all editions in it.
    ///   - source: The words of the source language.
    public init(_ edition: Edition, _ lexicon: SearchLexicon, source: SearchLexicon? = nil) {
        let text = SearchText(edition) { lexicon.stopWords.contains($0) }
        let tag = edition.language.tag
        name = "search-\(tag).js"
        entryCount = text.entryCount
        script = SearchScript(
            tag,
            [
                ("text", .string(text.lines)),
                ("forms", .string(Self.forms(text, lexicon, source: source))),
                (
                    "simple",
                    .string(edition.language.isChinese ? SimplifiedCharacters.pairs(in: [text.lines]) : "")
                ),
                (
                    "help",
                    .array(Self.help(edition, [lexicon.vocabulary] + (source.map { [$0.vocabulary] } ?? [])))
                ),
            ])
    }

    private static func forms(_ text: SearchText, _ lexicon: SearchLexicon, source: SearchLexicon?) -> String
    {
        let known = lexicon.joints.words
        var forms = lexicon.forms(of: text.runs.lazy.filter { !$0.isForeign }.map(\.text))
        // Words that stand only in passages in the source language get that language's stem.
        if let source, text.runs.contains(where: \.isForeign) {
            let own = Set(forms.map(\.word))
            let endings = Set(WordForms.endings(lexicon.language))
            for var form in source.forms(of: text.runs.lazy.filter(\.isForeign).map(\.text))
            where !own.contains(form.word) {
                form.stem = "\u{1}" + form.stem
                form.cut = WordForms.cut(form.word, endings)
                forms.append(form)
            }
        }
        forms.removeAll { known.contains($0.word) }
        return WordGroups(forms, joinedTo: lexicon.joints).lines
    }

    /// `[id, name, number, link, what else to know]` of whom to phone: those for danger first in the order of the
    /// vocabulary, then the council's own, then the others.
    private static func help(_ edition: Edition, _ vocabularies: [SearchVocabulary]) -> [JSONValue] {
        let danger = DangerContacts(vocabularies)
        let kinds = danger.kinds.flatMap(\.contacts)
        let contacts = edition.contactGroups.flatMap(\.contacts).filter { $0.audience != .professionals }
        var wanted = danger.general.isEmpty ? kinds : danger.general
        if wanted.isEmpty { wanted = edition.contactGroups.first?.contacts.map(\.id) ?? [] }
        let urgent = wanted.enumerated().filter { wanted.firstIndex(of: $0.element) == $0.offset }
            .compactMap { item in contacts.first { $0.id == item.element } }
        let urgentIDs = Set(urgent.map(\.id))
        let rest = contacts.filter { !urgentIDs.contains($0.id) }
        // There is no room for the age of a number here, so those of old information stay on their cards.
        let ordered =
            urgent + rest.filter { !$0.isNational && edition.age(of: $0) == nil } + rest.filter(\.isNational)
        return ordered.compactMap { contact in
            guard
                let way = contact.ways.first(where: { $0.channel == .phone })
                    ?? contact.ways.first(where: { $0.channel == .text }),
                let destination = way.destination
            else { return nil }
            var line = [contact.id, contact.name.plainText.onOneLine, way.shown.onOneLine, destination]
            if urgentIDs.contains(contact.id) || kinds.contains(contact.id), let note = contact.note {
                line.append(note.plainText.onOneLine)
            }
            return .array(line.map { .string($0) })
        }
    }
}
