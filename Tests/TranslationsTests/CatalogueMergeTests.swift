import Testing
import Translations
import Workspace

@Suite struct CatalogueMergeTests {
    private let polish: Language

    init() throws { polish = try #require(Language(tag: "pl")) }

    private func message(_ id: String, plural: String? = nil, context: String? = nil) -> ExtractedMessage {
        ExtractedMessage(
            context: context, id: id, pluralID: plural, comments: ["Your rights"],
            references: ["guidance/rights.md#supporter"])
    }

    private func file(_ text: String) -> POFile {
        var diagnostics = Diagnostics()
        return POFile.parse(text, path: "pl.po", reporting: &diagnostics)
    }

    private let start = """
        # keep me
        msgid "You can bring one adult with you."
        msgstr "Możesz zabrać jedną osobę."

        msgid "The chair listens."
        msgstr "Przewodniczący słucha."

        msgid "Not translated"
        msgstr ""

        #~ msgid "It comes back."
        #~ msgstr "Wraca."

        """

    @Test func `what is unchanged keeps its translation, and the order is that of the messages`() {
        let (merged, summary) = CatalogueMerge.merge(
            [
                message("The chair listens."), message("Not translated"),
                message("You can bring one adult with you."),
            ],
            into: file(start), language: polish)
        #expect(
            merged.entries.map(\.id) == [
                "The chair listens.", "Not translated", "You can bring one adult with you.", "It comes back.",
            ])
        #expect(merged.entries[2].strings == ["Możesz zabrać jedną osobę."])
        #expect(merged.entries[2].translatorComments == ["keep me"])
        #expect(merged.entries[2].extractedComments == ["Your rights"])
        #expect(!merged.entries[2].isFuzzy)
        #expect(summary == .init(kept: 3, added: 0, changed: 0, revived: 0, removed: 0))
    }

    @Test func `a changed message is fuzzy and shows what it was`() {
        let (merged, summary) = CatalogueMerge.merge(
            [message("You can bring two adults with you."), message("The chair listens.")],
            into: file(start), language: polish)
        #expect(merged.entries[0].isFuzzy)
        #expect(merged.entries[0].previous == .init(id: "You can bring one adult with you."))
        #expect(merged.entries[0].strings == ["Możesz zabrać jedną osobę."])
        #expect(summary == .init(kept: 1, added: 0, changed: 1, revived: 0, removed: 1))
        #expect(!merged.entries.contains { $0.id == "You can bring one adult with you." })
        // Changed once more before anybody translated: the translation still stands for the first text.
        let again = CatalogueMerge.merge(
            [message("You can bring two adults with you today."), message("The chair listens.")],
            into: merged, language: polish
        ).file
        #expect(again.entries[0].previous == .init(id: "You can bring one adult with you."))
    }

    @Test func `a removed message becomes obsolete and comes back`() {
        let removed = CatalogueMerge.merge(
            [message("The chair listens.")], into: file(start), language: polish
        ).file
        #expect(
            removed.entries.filter(\.isObsolete).map(\.id) == [
                "You can bring one adult with you.", "It comes back.",
            ])
        let (back, summary) = CatalogueMerge.merge(
            [message("It comes back."), message("The chair listens.")], into: removed, language: polish)
        #expect(back.entries[0].strings == ["Wraca."])
        #expect(!back.entries[0].isObsolete && !back.entries[0].isFuzzy)
        #expect(summary.revived == 1)
    }

    @Test func `messages that several pages share become one entry`() {
        var other = message("The chair listens.")
        other.references = ["guidance/my page.md#chair"]
        other.comments = ["The conference", "Your rights"]
        let merged = CatalogueMerge.merge(
            [message("The chair listens."), other], into: file(""), language: polish
        ).file
        #expect(merged.entries.count == 1)
        #expect(
            merged.entries[0].references == ["guidance/rights.md#supporter", "guidance/my%20page.md#chair"])
        #expect(merged.entries[0].extractedComments == ["Your rights", "The conference"])
    }

    @Test func `plural messages get the forms of the language, also when they had too few`() {
        let old = file(
            """
            msgctxt "duration"
            msgid "{n} day"
            msgid_plural "{n} days"
            msgstr[0] "{n} dzień"
            msgstr[1] "{n} dni"
            """)
        let day = message("{n} day", plural: "{n} days", context: "duration")
        let merged = CatalogueMerge.merge([day], into: old, language: polish).file
        #expect(merged.entries[0].strings == ["{n} dzień", "{n} dni", ""])
        #expect(merged.entries[0].isFuzzy)
        #expect(merged.header["Plural-Forms"] == PluralRules.header(for: polish))
        let single = CatalogueMerge.merge(
            [message("{n} day", context: "duration")], into: old, language: polish
        ).file
        #expect(single.entries[0].strings == ["{n} dzień"])
        #expect(single.entries[0].translatorComments == ["was: {n} dni"])
    }

    @Test func `a text that gets a twin, or loses it, keeps its translation under its new context`() throws {
        func word(_ key: String, _ text: String, isAlone: Bool) -> ExtractedMessage {
            ExtractedMessage(context: isAlone ? nil : key, id: text, references: ["strings.yml#\(key)"])
        }
        let alone = [
            word("page", "Numbers can change.", isAlone: true),
            word("paper", "Some have no date.", isAlone: true),
        ]
        let old = file(
            """
            #: strings.yml#page
            msgid "Numbers can change."
            msgstr "Numery się zmieniają."

            #: strings.yml#paper
            msgid "Some have no date."
            msgstr "Niektóre nie mają daty."
            """)
        let twins = ["page", "paper"].map { word($0, "Numbers can change.", isAlone: false) }
        let both = CatalogueMerge.merge(twins, into: old, language: polish).file
        #expect(both.entries[0].key == MessageKey(context: "page", id: "Numbers can change."))
        #expect(both.entries[0].strings == ["Numery się zmieniają."] && !both.entries[0].isFuzzy)
        // The other says something new, which may need other words there.
        #expect(!both.entries[1].isTranslated)
        let (again, summary) = CatalogueMerge.merge(alone, into: both, language: polish)
        #expect(again.entries[0].key == MessageKey(context: nil, id: "Numbers can change."))
        #expect(again.entries[0].strings == ["Numery się zmieniają."] && !again.entries[0].isFuzzy)
        #expect(again.entries[1].strings == ["Niektóre nie mają daty."])
        #expect(summary.added == 0)
        // Also from what has become obsolete in between.
        let gone = CatalogueMerge.merge([], into: both, language: polish).file
        let back = CatalogueMerge.merge(Array(alone.prefix(1)), into: gone, language: polish).file
        #expect(back.entries[0].strings == ["Numery się zmieniają."] && !back.entries[0].isFuzzy)
    }

    @Test func `one changed message touches only its own lines`() {
        let messages = (0..<30).map { message("Sentence number \($0) of the page stays the same.") }
        let before = CatalogueMerge.merge(messages, into: file(""), language: polish).file.serialized()
        var changed = messages
        changed[12].id = "Sentence number 12 of the page stays as it is."
        let after = CatalogueMerge.merge(
            changed, into: file(before), language: polish
        ).file.serialized()
        let lines = before.split(separator: "\n")
        let difference = after.split(separator: "\n").difference(from: lines)
        #expect(difference.count == 2)
    }

    @Test func `the template holds every message and nothing else`() {
        let template = CatalogueMerge.template(
            [message("A"), message("{n} day", plural: "{n} days")], path: "signpost.pot", project: "Signpost")
        let text = template.serialized()
        #expect(text.contains("msgid_plural \"{n} days\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n"))
        #expect(text.hasPrefix("#, fuzzy\nmsgid \"\"\n"))
        #expect(template.entries.allSatisfy { $0.isUntranslated })
    }

    @Test(arguments: 1...8)
    func `a merge never loses a translation`(seed: UInt64) {
        var generator = CatalogueGenerator(seed: seed)
        var file = generator.file(language: polish, entries: 40)
        for _ in 0..<3 {
            // Some messages stay, some change a word, some go, some are new.
            var messages: [ExtractedMessage] = []
            for entry in file.entries.shuffled(using: &generator.random) {
                var message = ExtractedMessage(context: entry.context, id: entry.id, pluralID: entry.pluralID)
                switch Int.random(in: 0..<6, using: &generator.random) {
                case 0: continue
                case 1: message.id += " changed"
                case 2: message.id = message.id.replacing(" ", with: " x ", maxReplacements: 1)
                case 3: message.pluralID = message.pluralID == nil ? "several" : nil
                default: break
                }
                messages.append(message)
            }
            messages.append(ExtractedMessage(id: generator.text()))
            let merged = CatalogueMerge.merge(messages, into: file, language: polish).file
            let kept = Set(merged.entries.flatMap(\.strings))
            let comments = merged.entries.flatMap(\.translatorComments).joined(separator: "\n")
            let lost = file.entries.flatMap(\.strings).filter { string in
                let flat = string.split(whereSeparator: \.isNewline).joined(separator: " ")
                return !string.isEmpty && !kept.contains(string) && !comments.contains(flat)
            }
            #expect(lost.isEmpty)
            #expect(
                Set(messages.map(\.key)).isSubset(
                    of: Set(merged.entries.filter { !$0.isObsolete }.map(\.key))))
            // What was written is read back, and merging the same messages again changes nothing.
            var diagnostics = Diagnostics()
            let read = POFile.parse(merged.serialized(), path: "pl.po", reporting: &diagnostics)
            #expect(diagnostics.sorted == [])
            let again = CatalogueMerge.merge(messages, into: read, language: polish).file
            #expect(again.serialized() == merged.serialized())
            file = read
        }
    }
}
