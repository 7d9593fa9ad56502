import Guidance
import Markdown
import Support
import Testing
import Translations
import Workspace

/// An edit of the English, and what becomes of the translation.
struct Edit: Sendable, CustomTestStringConvertible {
    var name: String
    var before: String
    var after: String
    /// In Markdown; nil for "Zdanie." in its place.
    var translation = "Zdanie po polsku."
    /// What the translation is afterwards; nil where the English has to be translated anew.
    var expected: String?

    var testDescription: String { "\(expected == nil ? "renewed" : "kept"): \(name)" }

    static func kept(
        _ name: String, _ before: String, _ after: String, _ translation: String = "Zdanie po polsku.",
        becomes expected: String? = nil
    ) -> Edit {
        Edit(
            name: name, before: before, after: after, translation: translation,
            expected: expected ?? translation)
    }

    static func renewed(
        _ name: String, _ before: String, _ after: String, _ translation: String = "Zdanie po polsku."
    ) -> Edit {
        Edit(name: name, before: before, after: after, translation: translation, expected: nil)
    }
}

/// The table of docs/translating.md: kinds of edit, and whether translations are kept.
let edits: [Edit] = [
    // Marks at the end.
    .kept("a full stop at the end goes", "You can bring a friend.", "You can bring a friend"),
    .kept("a full stop at the end comes", "Your friend", "Your friend."),
    .kept("a full stop becomes an exclamation mark", "Call 999 now.", "Call 999 now!", "Dzwoń 999!"),
    .kept("a full stop becomes a colon", "You can bring.", "You can bring:"),
    .kept("an ellipsis goes", "And so on…", "And so on"),
    .renewed("a question becomes a statement", "Can you come?", "Can you come."),
    .renewed("a statement becomes a question", "You can come.", "You can come?"),
    // Quotation marks and apostrophes.
    .kept("a straight apostrophe becomes a curly one", "The child's plan.", "The child’s plan."),
    .kept("straight quotation marks become curly ones", "Say \"I disagree\".", "Say “I disagree”."),
    .kept("double quotation marks become single ones", "Say “I disagree”.", "Say ‘I disagree’."),
    .kept("quotation marks go", "The “core group” meets.", "The core group meets."),
    .renewed("an apostrophe within a word goes", "We're here.", "Were here."),
    // Dashes, hyphens, spaces.
    .kept("a hyphen becomes a dash", "Ask us - we help.", "Ask us – we help."),
    .kept("a dash becomes an em dash without spaces", "Ask us – we help.", "Ask us—we help."),
    .kept(
        "a range gets an en dash", "Open 9-5 on weekdays.", "Open 9–5 on weekdays.",
        "Otwarte 9–5 w dni robocze."),
    .kept("a hyphen becomes a no-break hyphen", "The follow-up meeting.", "The follow\u{2011}up meeting."),
    .kept("a soft hyphen comes", "Safeguarding.", "Safe\u{AD}guarding."),
    .kept("a space becomes a no-break space", "Within 10 days.", "Within 10\u{A0}days.", "W ciągu 10 dni."),
    .kept("two spaces become one", "Come  early.", "Come early."),
    .renewed("a hyphen within a word goes", "You re-sign the form.", "You resign the form."),
    .renewed("two words become one", "You may be asked.", "You maybe asked."),
    // Capitals.
    .kept("the first letter becomes a capital", "the chair listens.", "The chair listens."),
    .renewed("a capital within the text", "You may come in May.", "You may come in may."),
    .renewed("an abbreviation becomes a word", "IT helps.", "It helps."),
    // Commas.
    .kept(
        "a comma before “and” in a list", "A friend, a relative and a guide.",
        "A friend, a relative, and a guide."),
    .kept("a comma after an opening", "If you are ill tell us.", "If you are ill, tell us."),
    .renewed("a comma after “no”", "No contact is allowed.", "No, contact is allowed."),
    .renewed(
        "commas around who speaks", "The chair says the parent is late.",
        "The chair, says the parent, is late."),
    .renewed("a comma before a name", "Your parents, a nurse and Ann.", "Your parents, a nurse, and Ann."),
    .renewed(
        "a comma in a sentence that negates", "Do not shout, run and hide.", "Do not shout, run, and hide."),
    // Emphasis.
    .kept(
        "emphasis becomes strong", "You *can* come.", "You **can** come.", "*Możesz* przyjść.",
        becomes: "**Możesz** przyjść."),
    .kept(
        "emphasis goes", "You **can** come.", "You can come.", "**Możesz** przyjść.",
        becomes: "Możesz przyjść."),
    .kept(
        "emphasis around everything comes", "You can come.", "**You can come.**", "Możesz przyjść.",
        becomes: "**Możesz przyjść.**"),
    .kept("emphasis moves", "You **can** come.", "You can **come**.", "**Możesz** przyjść."),
    .kept("emphasis on one word comes", "You can come.", "You **can** come.", "Możesz przyjść."),
    .renewed("words are struck through", "You can come.", "You ~~can~~ come."),
    // Links.
    .kept(
        "where a link leads", "Read [this](y.md).", "Read [this](z.md).", "Czytaj [to](y.md).",
        becomes: "Czytaj [to](z.md)."),
    .kept(
        "how a link is written", "Read [this](y.md).", "Read [this](./y.md).", "Czytaj [to](y.md).",
        becomes: "Czytaj [to](./y.md)."),
    .kept(
        "a title that nobody translated", "Read [this](y.md \"Why\").", "Read [this](y.md \"Because\").",
        "Czytaj [to](y.md \"Why\").", becomes: "Czytaj [to](y.md \"Because\")."),
    .kept(
        "a title that is translated", "Read [this](y.md \"Why\").", "Read [this](y.md \"Because\").",
        "Czytaj [to](y.md \"Czemu\")."),
    .kept("a link goes", "Read [this](y.md).", "Read this.", "Czytaj [to](y.md).", becomes: "Czytaj to."),
    .kept("a link comes", "Read this.", "Read [this](y.md).", "Czytaj to."),
    .kept(
        "two links, one changes, the other way round in Polish", "See [one](y.md) and [two](z.md).",
        "See [one](x.md) and [two](z.md).", "Zob. [dwa](z.md) i [jeden](y.md).",
        becomes: "Zob. [dwa](z.md) i [jeden](x.md)."),
    .renewed("the words of a link", "Read [this](y.md).", "Read [that](y.md).", "Czytaj [to](y.md)."),
    // Words, numbers, negation, placeholders.
    .renewed("a word", "You can bring a friend.", "You can bring a relative."),
    .renewed("a typo", "You can bring a freind.", "You can bring a friend."),
    .renewed("a number", "Within 3 days.", "Within 5 days.", "W ciągu 3 dni."),
    .renewed("a number in words", "Bring one adult.", "Bring two adults."),
    .renewed("“can” becomes “cannot”", "You can appeal.", "You cannot appeal."),
    .renewed("“not” gets lost", "You do not have to answer.", "You do have to answer."),
    .renewed("“must” becomes “may”", "You must come.", "You may come."),
    .renewed(
        "a placeholder", "Come {{early}} before.", "Come {{late}} before.", "Przyjdź {{early}} wcześniej."),
    .renewed(
        "a placeholder becomes its value", "Come {{early}} before.", "Come 20 minutes before.",
        "Przyjdź {{early}} wcześniej."),
    .renewed("the order of words", "Only you can ask.", "You can only ask."),
    .renewed("a full stop within", "Stop. No entry.", "Stop no entry."),
    .renewed("brackets", "Bring your child (not a baby).", "Bring your child not a baby."),
]

@Suite("Edits of the English, from the page to the page")
struct EqualInMeaningTests {
    private static let polish = Language(tag: "pl") ?? .english

    private func portal(_ text: String) throws -> (Portal, InMemoryFileSystem) {
        let files = InMemoryFileSystem(
            sampleSite([
                "content/portal.yml":
                    "name: Help\nbase-url: https://help.example\nlanguages: [en, pl]\ntranslations: {threshold: 0}\n",
                "content/councils/a/council.yml":
                    "name: A\nnation: england\nlanguages: [en, pl]\nfacts:\n  early: 20 minutes\n  late: 30 minutes\n",
                "content/guidance/rights.md": "# Your rights\n\n\(text)\n\nIs this translated?\n",
                "content/guidance/x.md": "# X\n\nText.\n", "content/guidance/y.md": "# Y\n\nText.\n",
                "content/guidance/z.md": "# Z\n\nText.\n",
            ]))
        var diagnostics = Diagnostics()
        let portal = try #require(Portal.load(from: "content", in: files, reporting: &diagnostics))
        return (portal, files)
    }

    /// The first paragraph of the Polish page on rights.
    private func shown(_ text: String, _ file: POFile) throws -> Passage {
        let (portal, files) = try portal(text)
        var diagnostics = Diagnostics()
        let messages = portal.messages(in: files, reporting: &diagnostics).map { MessageKey($0.text) }
        let catalogue = Catalogue(file, language: Self.polish).knowing(messagesInUse: messages)
        let resources = [
            LanguageResources(language: .english, translator: nil, strings: englishStrings, review: nil),
            LanguageResources(
                language: Self.polish, translator: CatalogueTranslator(guidance: catalogue),
                strings: englishStrings, review: .draft),
        ]
        let council = try #require(portal.councils.first)
        let editions = portal.editions(
            of: portal.guidance(of: council, in: files, reporting: &diagnostics), resources: resources,
            today: try #require(CalendarDate("2026-11-21")), reporting: &diagnostics)
        let page = try #require(editions.first { $0.language == Self.polish }?.page("rights"))
        var first: Passage?
        page.introduction.forEachPassage { if first == nil { first = $0 } }
        return try #require(first)
    }

    private func extracted(_ text: String, into file: POFile) throws -> POFile {
        let (portal, files) = try portal(text)
        var diagnostics = Diagnostics()
        let messages = portal.messages(in: files, reporting: &diagnostics).map(\.extracted)
        return CatalogueMerge.merge(messages, into: file, language: Self.polish).file
    }

    @Test(
        "a harmless edit keeps the translation, on the page and in the catalogue; another one does not",
        arguments: edits)
    func edit(_ edit: Edit) throws {
        // The catalogue as it comes back from an agency.
        var file = try extracted(edit.before, into: POFile(path: "pl.po"))
        for index in file.entries.indices {
            let isEdited =
                file.entries[index].references.contains("guidance/rights.md")
                && file.entries[index].id == Passage(markdown: edit.before).markdown
            file.entries[index].strings = [isEdited ? edit.translation : "Zdanie \(index)."]
        }
        #expect(file.entries.filter { $0.strings == [edit.translation] }.count == 1)
        let before = try shown(edit.before, file)
        #expect(before.translation == .current)

        // Nobody has to run `extract` first, and running it changes nothing for readers.
        let merged = try extracted(edit.after, into: file)
        let entry = try #require(
            merged.entries.first { $0.id == Passage(markdown: edit.after).markdown && !$0.isObsolete })
        for passage in [try shown(edit.after, file), try shown(edit.after, merged)] {
            if let expected = edit.expected {
                #expect(passage.translation == .current)
                #expect(passage.plainText == Passage(markdown: expected).plainText)
            } else {
                #expect(passage.translation != .current)
            }
        }
        if let expected = edit.expected {
            #expect(!entry.isFuzzy)
            #expect(entry.previous == nil)
            #expect(entry.strings == [expected])
            #expect(
                !merged.entries.contains { $0.id == Passage(markdown: edit.before).markdown && $0.isObsolete }
            )
            // A catalogue that another tool has marked fuzzy for the edit is right as well.
            var fuzzy = merged
            let index = try #require(fuzzy.entries.firstIndex { $0.id == entry.id })
            fuzzy.entries[index].strings = [edit.translation]
            fuzzy.entries[index].isFuzzy = true
            fuzzy.entries[index].previous = .init(id: Passage(markdown: edit.before).markdown)
            #expect(try shown(edit.after, fuzzy).translation == .current)
            // Nothing that was kept blocks a build.
            let problems = CatalogueChecks.check(merged, language: Self.polish).sorted
            #expect(
                !problems.contains {
                    ["LinkMismatch", "EmphasisMismatch"].contains($0.rule) && $0.severity != .note
                })
        } else {
            #expect(entry.isFuzzy || entry.isUntranslated)
        }
    }

    @Test("both a sentence and one equal to it may be in use, and share the translation")
    func sharing() throws {
        let before = "You can come."
        var file = try extracted(before, into: POFile(path: "pl.po"))
        for index in file.entries.indices { file.entries[index].strings = ["Zdanie \(index)."] }
        let text = try #require(file.entries.first { $0.id == before }).strings
        let merged = try extracted("You can come!\n\nYou can come.", into: file)
        #expect(merged.entries.first { $0.id == "You can come!" }?.strings == text)
        #expect(merged.entries.first { $0.id == before }?.strings == text)
    }

    @Test("a note about links goes away once the translation has them")
    func notes() throws {
        var file = try extracted("Read this.", into: POFile(path: "pl.po"))
        for index in file.entries.indices { file.entries[index].strings = ["Zdanie \(index)."] }
        var merged = try extracted("Read [this](y.md).", into: file)
        let index = try #require(merged.entries.firstIndex { $0.id == "Read [this](y.md)." })
        #expect(merged.entries[index].translatorComments.count == 1)
        #expect(
            try extracted("Read [this](y.md).", into: merged).entries[index].translatorComments.count == 1)
        merged.entries[index].strings = ["Czytaj [to](y.md)."]
        #expect(try extracted("Read [this](y.md).", into: merged).entries[index].translatorComments.isEmpty)
    }
}

@Suite("Forms of messages")
struct MessageFormTests {
    private static func messages() throws -> [String] {
        var diagnostics = Diagnostics()
        let files = LocalFileSystem()
        let portal = try #require(Portal.load(from: Repository.content, in: files, reporting: &diagnostics))
        return portal.messages(in: files, reporting: &diagnostics).map(\.text)
    }

    @Test("no two messages of the example portal with other words have the same form")
    func distinct() throws {
        var byForm: [MessageForm: String] = [:]
        for message in try Self.messages() {
            let form = MessageForm(message)
            func letters(_ text: String) -> String {
                String(Passage(markdown: text).plainText.lowercased().filter { $0.isLetter || $0.isNumber })
            }
            if let other = byForm[form] { #expect(letters(other) == letters(message)) }
            byForm[form] = message
        }
    }

    @Test("harmless edits of every message of the example portal keep its form", arguments: 1...3)
    func harmless(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let edits: [(String) -> String] = [
            { $0.replacing("'", with: "’") },
            { $0.replacing("’", with: "'") },
            { $0.replacing(" – ", with: " — ") },
            { $0.replacing(" – ", with: "—") },
            { $0.hasSuffix(".") ? String($0.dropLast()) : $0 },
            { $0.last?.isLetter == true ? $0 + "." : $0 },
            { $0.hasSuffix(".") ? $0.dropLast() + "!" : $0 },
            { $0.replacing(" ", with: "\u{A0}") },
            { $0.replacing("-", with: "\u{2011}") },
            { $0.replacing("](", with: "](../") },
            { $0.replacing("**", with: "*") },
            {
                $0.first?.isUppercase == true && $0.dropFirst().first?.isUppercase != true
                    ? $0.prefix(1).lowercased() + $0.dropFirst() : $0
            },
            { $0.first?.isLetter == true && !$0.contains("*") ? "**\($0)**" : $0 },
        ]
        for message in try Self.messages() where !message.contains("<") && !message.contains("{{") {
            var edited = message
            for _ in 0..<3 {
                let edit = edits[Int.random(in: edits.indices, using: &random)]
                edited = edit(edited)
            }
            #expect(MessageForm(edited) == MessageForm(message), "\(message) → \(edited)")
        }
    }

    @Test("a change of a word, a number, a negation or a placeholder makes another form", arguments: 1...3)
    func harmful(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for message in try Self.messages() {
            let words = message.split(separator: " ")
            let index = Int.random(in: words.indices, using: &random)
            let word = words[index]
            guard word.contains(where: { $0.isLetter || $0.isNumber }), !word.contains("](") else { continue }
            var variants: [[Substring]] = []
            // A word gets lost, comes twice, or gets a "not" before it; a digit, a letter or a brace changes.
            variants.append(Array(words[..<index] + words[(index + 1)...]))
            variants.append(Array(words[..<index] + ["not"] + words[index...]))
            variants.append(Array(words[..<index] + [word] + words[index...]))
            if word.contains(where: \.isNumber) {
                let changed = word.map { $0.isNumber ? Character($0 == "7" ? "8" : "7") : $0 }
                variants.append(Array(words[..<index] + [Substring(String(changed))] + words[(index + 1)...]))
            }
            if index + 1 < words.count, words[index + 1] != word {
                variants.append(Array(words[..<index] + [words[index + 1], word] + words[(index + 2)...]))
            }
            for variant in variants {
                let edited = variant.joined(separator: " ")
                #expect(MessageForm(edited) != MessageForm(message), "\(message) → \(edited)")
            }
        }
        for (a, b) in [
            ("Come {{early}}.", "Come {{late}}."), ("Come {{early}}.", "Come \\{{early}}."),
            ("You can go.", "You cannot go."), ("You can’t go.", "You can go."),
            ("Pay £1,000.", "Pay £1.000."),
            ("-5 degrees", "5 degrees"), ("9.30", "9:30"), ("10%", "10"), ("a/b", "a b"), ("", "."),
        ] where a != "" { #expect(MessageForm(a) != MessageForm(b), "\(a) | \(b)") }
    }
}
