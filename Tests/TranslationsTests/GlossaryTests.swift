import Testing
import Translations
import Workspace

/// Terms that are translated alike, in languages that change their words.
@Suite struct GlossaryTests {
    private func glossary(_ text: String) throws -> Glossary {
        let (glossary, problems) = parse(text)
        try #require(problems == [])
        return glossary
    }

    private func parse(_ text: String) -> (Glossary, [Diagnostic]) {
        var diagnostics = Diagnostics()
        let glossary = Glossary.parse(SourceText(path: "glossary.yml", text: text), reporting: &diagnostics)
        return (glossary, diagnostics.sorted)
    }

    private func catalogue(_ tag: String, _ messages: [(id: String, text: String)], fuzzy: Bool = false)
        throws
        -> POFile
    {
        var text = "msgid \"\"\nmsgstr \"\"\n\"Language: \(tag)\\n\"\n"
        for message in messages {
            text += "\n\(fuzzy ? "#, fuzzy\n" : "")msgid \"\(message.id)\"\nmsgstr \"\(message.text)\"\n"
        }
        var diagnostics = Diagnostics()
        let file = POFile.parse(text, path: "\(tag).po", reporting: &diagnostics)
        try #require(diagnostics.sorted == [])
        return file
    }

    /// The terms that a translation lacks.
    private func missing(_ tag: String, _ glossary: Glossary, _ id: String, _ text: String) throws -> [String]
    {
        let language = try #require(Language(tag: tag))
        return CatalogueChecks.check(try catalogue(tag, [(id, text)]), language: language, glossary: glossary)
            .sorted.filter { $0.rule == "GlossaryTerm" }
            .map { String($0.message.split(separator: "'")[0]) }
    }

    @Test(arguments: [
        // Polish: the letters that endings share, in each word.
        ("pl", "grup* podstawow*", "Spotkanie grupy podstawowej jest jutro."),
        ("pl", "grup* podstawow*", "Porozmawiaj z grupami podstawowymi."),
        ("pl", "konferencj", "O konferencjach"),
        ("pl", "*konferencj*", "Na wideokonferencji"),
        ("cy", "* cynllun* gofal *", "Y gynlluniau gofal"),
        // Welsh: soft, nasal and aspirate mutation, of the first and of later words.
        ("cy", "cynhadledd", "Dewch i'r gynhadledd."),
        ("cy", "cynhadledd", "yng nghynhadledd y plentyn"),
        ("cy", "cynhadledd", "ei chynhadledd hi"),
        ("cy", "cynllun* amddiffyn plant", "Bydd gynlluniau amddiffyn plant yn helpu."),
        ("cy", "grŵp craidd", "y grŵp graidd"),
        ("cy", "gweithiwr cymdeithasol", "Siaradwch â'ch weithiwr cymdeithasol."),
        ("cy", "gweithiwr cymdeithasol", "fy ngweithiwr cymdeithasol"),
        ("cy", "llys", "o flaen y lys"),
        ("cy", "rhiant", "ei riant"),
        ("cy", "hawl", "eich hawliau"),
        ("cy", "adolygiad", "ei hadolygiad"),
        // Romanian: Snowball's forms, with a comma or a cedilla below.
        ("ro", "conferință", "Veniți la conferințele de protecție."),
        ("ro", "conferință", "în timpul conferinţei"),
        ("ro", "asistent social", "Vorbiți cu asistentului social."),
        ("ro", "plan* de protecți", "planurile de protecție"),
        // Turkish: cases, possessives and the i without a dot.
        ("tr", "toplantı", "Toplantıya gelin."),
        ("tr", "toplantı", "TOPLANTIDA KONUŞUN"),
        ("tr", "çocuk", "çocuğunuzu koruyoruz"),
        // Arabic: what is joined to the front, and an article that disappears behind a preposition.
        ("ar", "اجتماع", "والاجتماع غدًا"),
        ("ar", "الاجتماع العائلي", "للاجتماع العائلي دور"),
        ("ar", "أخصائي اجتماعي", "تحدث مع الأخصائي الاجتماعي"),
        ("ar", "خطت", "لِخُطَّتِكُم"),
        ("ar", "خطة", "بالخطةِ"),
        // A mark of its own behind its letter is the same letter.
        ("ro", "ședință", "s\u{326}edint\u{326}a\u{306}"),
        // Without spaces.
        ("zh-Hans", "儿童保护会议", "参加儿童保护会议之前"),
    ])
    func `a form of the agreed word is the agreed word`(tag: String, form: String, text: String) throws {
        let glossary = try glossary("chair:\n  \(tag): [\"\(form)\"]\n")
        #expect(try missing(tag, glossary, "The chair", text) == [])
    }

    @Test(arguments: [
        ("pl", "grup* podstawow*", "Grupa główna spotyka się jutro."),
        // The star stands for letters, not for more words.
        ("pl", "grup* podstawow*", "Grupa jest podstawowa."),
        ("cy", "cynhadledd", "Dewch i'r cyfarfod."),
        ("cy", "gweithiwr cymdeithasol", "Siaradwch â'ch gofalwr cymdeithasol."),
        // A mutation is at the beginning of a word.
        ("cy", "gofal", "blofalus"),
        ("ro", "conferință", "Veniți la întâlnire."),
        ("ro", "asistent social", "Vorbiți cu un lucrător social."),
        ("tr", "toplantı", "Görüşmeye gelin."),
        ("ar", "اجتماع", "تعال إلى المؤتمر"),
        ("ar", "أخصائي اجتماعي", "تحدث مع عامل اجتماعي"),
        ("zh-Hans", "儿童保护会议", "参加会议之前"),
    ])
    func `another word is named`(tag: String, form: String, text: String) throws {
        let glossary = try glossary("chair:\n  \(tag): [\"\(form)\"]\n")
        #expect(try missing(tag, glossary, "The chair", text) == ["chair"])
    }

    @Test func `a message is named at the line of its translation`() throws {
        let glossary = try glossary("plan:\n  pl: [plan]\n")
        let file = try catalogue("pl", [("The plan", "Plan"), ("A plan", "Zamiar"), ("Planning", "Zamiary")])
        let found = CatalogueChecks.check(
            file, language: try #require(Language(tag: "pl")), glossary: glossary
        ).sorted
        #expect(found.map { $0.location?.description } == ["pl.po:9:9"])
        #expect(found.first?.help?.contains("Use one of: plan.") == true)
        #expect(found.first?.related.first?.location.description == "glossary.yml:1:1")
    }

    // MARK: Exceptions

    private static let excepted = """
        conference:
          pl: [konferencj]
          except:
            - words: press conference
              reason: a meeting with journalists
            - message: Conference room 2
              languages: [pl]
              reason: a room
        """

    @Test(arguments: [
        ("Two press conferences", "Dwa spotkania z prasą", []),
        ("Conference  room 2.", "Sala nr 2", []),
        ("The conference is in room 2", "Spotkanie jest w sali 2", ["conference"]),
        // The same words once as the term and once not.
        (
            "After the conference, no press conference", "Po spotkaniu nie ma spotkania z prasą",
            ["conference"]
        ),
        ("After the conference, no press conference", "Po konferencji nie ma spotkania z prasą", []),
    ])
    func `an exception is for its message or its words only`(id: String, text: String, terms: [String]) throws
    {
        #expect(try missing("pl", glossary(Self.excepted), id, text) == terms)
    }

    @Test func `an exception of another language does not count`() throws {
        let glossary = try glossary(Self.excepted.replacing("languages: [pl]", with: "languages: [ro]"))
        #expect(try missing("pl", glossary, "Conference room 2", "Sala nr 2") == ["conference"])
    }

    private func unused(_ messages: [(id: String, text: String)], fuzzy: Bool = false, isWhole: Bool = true)
        throws
        -> [String]
    {
        let glossary = try glossary(Self.excepted)
        var use = GlossaryUse()
        use.add(
            try catalogue("pl", messages, fuzzy: fuzzy), language: try #require(Language(tag: "pl")),
            glossary: glossary)
        return use.problems(of: glossary, isWhole: isWhole).sorted.map {
            "\($0.rule) \($0.location?.range?.start.line ?? 0) \($0.message.contains("not needed"))"
        }
    }

    @Test func `an exception that nothing needs is a warning at its line`() throws {
        let both = [("A press conference", "Spotkanie z prasą"), ("Conference room 2", "Sala nr 2")]
        #expect(try unused(both) == [])
        #expect(try unused([both[0]]) == ["UnusedGlossaryException 6 false"])
        #expect(
            try unused([both[0], ("Conference room 2", "Sala konferencji 2")])
                == ["UnusedGlossaryException 6 true"])
        #expect(try unused([("Rights", "Prawa")]).count == 2)
        // Nothing is said of what another catalogue may need, and of what is not translated yet.
        #expect(try unused([("Rights", "Prawa")], isWhole: false) == ["UnusedGlossaryException 6 false"])
        #expect(try unused([("A press conference", ""), ("Conference room 2", "")]) == [])
        #expect(
            try unused(
                [("A press conference", "Konferencja"), ("Conference room 2", "Konferencja 2")], fuzzy: true)
                == [])
    }

    @Test(arguments: [
        ("plan:\n  except: [{reason: r}]\n", "InvalidGlossaryException 2:12"),
        ("plan:\n  except: [{words: a, message: b, reason: r}]\n", "InvalidGlossaryException 2:12"),
        ("plan:\n  except: [{words: a}]\n", "MissingField 2:12"),
        ("plan:\n  except: [{words: a, reason: r, langauges: [pl]}]\n", "UnknownKey 2:34"),
        ("plan:\n  except: [{words: a, reason: r, languages: [xx]}]\n", "UnknownLanguage 2:46"),
        ("plan:\n  pl: ['plan', '* ']\n", "InvalidGlossaryForm 2:16"),
    ])
    func `a mistake in a glossary is an error at its place`(text: String, expected: String) {
        let found = parse(text).1.map {
            "\($0.rule) \($0.location?.range?.start.line ?? 0):\($0.location?.range?.start.column ?? 0)"
        }
        #expect(found == [expected])
    }

    // MARK: Import

    @Test func `what an agency sends with another word comes in and is named`() throws {
        let polish = try #require(Language(tag: "pl"))
        let own = try catalogue("pl", [("The plan", ""), ("A plan", "")])
        let sent = try catalogue("pl", [("The plan", "Plan"), ("A plan", "Zamiar")])
        let result = CatalogueImport(
            sent, into: own, language: polish, glossary: try glossary("plan:\n  pl: [plan]\n"))
        #expect(result.added == 2)
        #expect(result.refused == 0)
        #expect(result.problems.sorted.map { "\($0.rule) \($0.severity)" } == ["GlossaryTerm warning"])
        #expect(result.problems.sorted.first?.location?.description == "pl.po:9:9")
    }
}
