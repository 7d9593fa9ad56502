import Testing
import Translations
import Workspace

@Suite struct CatalogueChecksTests {
    /// A wrong translation; `➤` marks the expected place.
    struct Sample: CustomTestStringConvertible, Sendable {
        var tag: String
        var id: String
        var translation: String
        var rule: String

        init(_ tag: String, _ id: String, _ translation: String, _ rule: String) {
            self.tag = tag
            self.id = id
            self.translation = translation
            self.rule = rule
        }

        var testDescription: String { "\(rule): \(translation)" }
    }

    private func problems(
        _ tag: String, _ body: String, language: String? = nil, glossary: Glossary? = nil
    ) throws -> (found: [Diagnostic], expected: [String]) {
        let header = """
            msgid ""
            msgstr ""
            "Language: \(tag)\\n"
            "Plural-Forms: \(PluralRules.header(for: try #require(Language(tag: tag))))\\n"

            """
        let marked = (header + "\n" + body).split(separator: "\n", omittingEmptySubsequences: false)
        var expected: [String] = []
        for (index, line) in marked.enumerated() {
            if let mark = line.unicodeScalars.firstIndex(of: "➤") {
                let column = line.unicodeScalars.distance(from: line.unicodeScalars.startIndex, to: mark) + 1
                expected.append("\(index + 1):\(column)")
            }
        }
        let text = marked.joined(separator: "\n").replacing("➤", with: "")
        var diagnostics = Diagnostics()
        let file = POFile.parse(text, path: "x.po", reporting: &diagnostics)
        try #require(diagnostics.sorted == [])
        let known = try #require(Language(tag: language ?? tag))
        return (CatalogueChecks.check(file, language: known, glossary: glossary).sorted, expected)
    }

    private func summary(_ diagnostic: Diagnostic) -> String {
        let start = diagnostic.location?.range?.start
        return "\(diagnostic.rule) \(start?.line ?? 0):\(start?.column ?? 0)"
    }

    @Test(arguments: [
        Sample("pl", "Arrive {{arrive-early}} early.", "➤Przyjdź wcześniej.", "PlaceholderMismatch"),
        Sample("pl", "Arrive early.", "Przyjdź ➤{{arrive-early}} wcześniej.", "PlaceholderMismatch"),
        Sample("pl", "Last reviewed {date}", "➤Ostatnio sprawdzono", "PlaceholderMismatch"),
        Sample("pl", "You can come.", "Możesz ➤<b>przyjść.", "HTMLInTranslation"),
        Sample("pl", "You can come.", "Możesz przyjść.➤<br/>", "HTMLInTranslation"),
        Sample("pl", "You can come.", "Możesz ➤<span class='x'>przyjść.", "HTMLInTranslation"),
        Sample("pl", "Within 15 days of it.", "W ciągu ➤51 dni.", "NumberMismatch"),
        Sample("pl", "Within 15 days of it.", "➤W ciągu kilku dni.", "NumberMismatch"),
        Sample("bn", "Within 15 days.", "➤৫১ দিনের মধ্যে।", "NumberMismatch"),
        Sample("pl", "You can come.", "Możesz przyjść o ➤17.", "NumberMismatch"),
        Sample("pl", "Call 0808 801 0366 now.", "Zadzwoń: ➤0808 801 0363.", "PhoneMismatch"),
        Sample("ur", "Call 0808 801 0366 now.", "➤ابھی فون کریں۔", "PhoneMismatch"),
        Sample("bn", "Call 0808 801 0366.", "ফোন করুন ➤০৮০৮ ৮০১ ০৩৬৬।", "PhoneMismatch"),
        Sample("pl", "Write to help@nspcc.org.uk today.", "Napisz na ➤help@nspcc.org dziś.", "EmailMismatch"),
        Sample("zh-Hans", "See https://www.nhs.uk/a.", "请看➤https://www.nhs.uk/b。", "URLMismatch"),
        Sample("pl", "Read [your rights](rights.md#x).", "Przeczytaj [prawa](➤rights.md#y).", "LinkMismatch"),
        Sample("pl", "Read [your rights](rights.md).", "➤Przeczytaj prawa.", "LinkMismatch"),
        Sample("pl", "This is **important** to know.", "➤To jest ważne.", "EmphasisMismatch"),
        Sample("zh-Hans", "**This is important.** Read it.", "➤**这很重要。**请阅读。", "EmphasisMismatch"),
        Sample("pl", "It is *new* here.", "➤To jest **nowe** tutaj.", "EmphasisMismatch"),
        Sample("pl", "It is a right.[^law]", "➤To prawo.", "FootnoteMismatch"),
        Sample("pl", "It is a right.", "To prawo.➤[^law]", "FootnoteMismatch"),
        Sample("pl", "On the 3rd day.", "➤3. dnia.", "MessageShape"),
        Sample("pl", "You come.", "Przychodzisz.➤ ", "MessageShape"),
        Sample("pl", "You come.", "➤- Przychodzisz.", "MessageShape"),
        Sample("ar", "The chair will phone you.", "➤The chair will phone you.", "UntranslatedCopy"),
        Sample("pl", "Plan", "➤Plan", "UntranslatedCopy"),
        Sample("pl", "You can come.", "Możesz przyjść. ➤TODO", "NoteInTranslation"),
        Sample("ar", "The chair will phone you.", "سيتصل بك ➤[الاسم] قريباً.", "NoteInTranslation"),
        Sample("pl", "The conference", "K➤оnferencja", "MixedScript"),
        Sample("uk", "The chair", "Голов➤a", "MixedScript"),
        Sample("pl", "The chair", "➤Голова", "WrongScript"),
        Sample("bn", "The chair", "সভাপ➤ति", "WrongScript"),
        Sample("ar", "The chair comes", "➤alraees yati", "WrongScript"),
        Sample("ur", "Your child", "آپ کا بچہ ➤ي", "WrongLetter"),
        Sample("ur", "The book", "➤كتاب", "WrongLetter"),
        Sample("ckb", "Who", "➤كێ", "WrongLetter"),
        Sample("ar", "The book", "➤کتاب", "WrongLetter"),
        Sample("ro", "And", "➤şi", "WrongLetter"),
        Sample("ro", "The meeting", "➤Ţinerea", "WrongLetter"),
        Sample("uk", "You", "В➤ы", "WrongLetter"),
        Sample("zh-Hans", "The meeting", "➤會议", "WrongLetter"),
        Sample("zh-Hant", "The meeting", "會➤议", "WrongLetter"),
        Sample("ar", "Yes, no", "نعم➤, لا", "ForeignPunctuation"),
        Sample("ur", "It is so.", "ایسا ہے➤.", "ForeignPunctuation"),
        Sample("zh-Hans", "Who?", "谁➤?", "ForeignPunctuation"),
        Sample("bn", "Come here.", "এখানে আসুন➤.", "ForeignPunctuation"),
        Sample("ar", "Talk to the chair first", "تحدث مع ➤chair أولاً", "UntranslatedWord"),
        Sample("ar", "Come with us", "تعال ➤\u{202E}معنا", "DirectionControl"),
    ])
    func `a wrong translation is reported at its place`(sample: Sample) throws {
        let (found, expected) = try problems(
            sample.tag, "msgid \"\(sample.id)\"\nmsgstr \"\(sample.translation)\"\n")
        #expect(expected.count == 1)
        // UntranslatedCopy of a text in another script is one more way to see the same fault.
        let others = Set(["WrongScript", "UntranslatedWord"]).subtracting([sample.rule])
        let own = found.filter { !others.contains($0.rule) }
        #expect(own.map(summary) == expected.map { "\(sample.rule) \($0)" }, "\(found.map(\.message))")
        #expect(own.allSatisfy { $0.help != nil })
    }

    @Test(arguments: [
        ("pl", "Arrive {{a}} early, by **9.30am**.", "Przyjdź {{ a }} wcześniej, do **9:30**."),
        ("pl", "From 1pm to 3.30pm", "Od 13:00 do 15:30"),
        ("pl", "By midday on 21 November 2026", "Do 12:00 dnia 21 listopada 2026 r."),
        ("zh-Hans", "By 21 November 2026", "2026年11月21日之前"),
        ("zh-Hans", "You can bring two people.", "您可以带2个人。"),
        ("bn", "Within 15 days, £1,000", "১৫ দিনের মধ্যে, £১,০০০"),
        ("fr", "1,000 people", "1 000 personnes"),
        ("ar", "2 parents come", "يأتي الوالدان"),
        ("ar", "Call 0808 801 0366 or +44 20 7946 0958.", "اتصل على 0808 801 0366 أو ‎+44 20 7946 0958‎."),
        ("pl", "Call (01865) 815 843", "Zadzwoń: 01865 815843"),
        ("pl", "NSPCC", "NSPCC"), ("pl", "999", "999"), ("ar", "{{contact chair}}", "{{contact chair}}"),
        ("ur", "Microsoft Teams is used.", "Microsoft Teams استعمال ہوتا ہے۔"),
        ("zh-Hans", "A PDF file from the NHS", "来自NHS的PDF文件"),
        ("uk", "The child’s health", "Здоров’я дитини"),
        ("ps", "The child", "ماشوم يې"),
        ("ro", "And the meeting", "Și ședința"),
        ("tr", "The work", "İş"),
        ("zh-Hans", "**This is important.** Read it.", "**这很重要**。请阅读。"),
        (
            "pl", "Read [your rights](rights.md#x) and `code`.",
            "Przeczytaj o [prawach](rights.md#x) i `code`."
        ),
        (
            "ar", "Write to a.b@example.gov.uk, or see www.nhs.uk.",
            "اكتب إلى a.b@example.gov.uk، أو انظر www.nhs.uk."
        ),
        ("pl", "A *new* and _other_ word", "*Nowe* i *inne* słowo"),
        ("pl", "See <https://www.nhs.uk/>, <a.b@nhs.uk>.", "Zob. <https://www.nhs.uk/>, <a.b@nhs.uk>."),
        ("pl", "Less than: 5 < 7, `<b>`", "Mniej niż: 5 < 7, `<b>`"),
        ("pl", "Write \\\\<b> here", "Napisz \\\\<b> tutaj"),
        ("pl", "Use snake_case_names here", "Użyj tu snake_case_names"),
    ])
    func `a right translation is not reported`(tag: String, id: String, translation: String) throws {
        let (found, _) = try problems(tag, "msgid \"\(id)\"\nmsgstr \"\(translation)\"\n")
        #expect(found.map(summary) == [], "\(found.map(\.message))")
    }

    @Test func `the place is found on a continued line behind escapes`() throws {
        let (found, expected) = try problems(
            "pl",
            "msgid \"Say \\\"yes\\\" within 15 days.\"\nmsgstr \"\"\n\"Powiedz \\\"tak\\\" \"\n\"w ciągu ➤51 dni.\"\n"
        )
        #expect(found.map(summary) == expected.map { "NumberMismatch \($0)" })
    }

    @Test func `stars of a text that is no Markdown are only stars`() throws {
        let body = "msgid \"Fill in *this* field\"\nmsgstr \"3. Wypełnij pole\"\n"
        let rules = Set(try problems("pl", body).found.map(\.rule))
        #expect(rules == ["EmphasisMismatch", "MessageShape", "NumberMismatch"])
        let plain = "#. \(ExtractedMessage.plainTextComment)\n" + body
        #expect(try problems("pl", plain).found.map(\.rule) == ["NumberMismatch"])
    }

    @Test func `fuzzy and obsolete entries are not what readers see`() throws {
        let (found, _) = try problems(
            "pl",
            "#, fuzzy\nmsgid \"In 3 days\"\nmsgstr \"Za 4 dni\"\n\n#~ msgid \"In 5 days\"\n#~ msgstr \"Za 6 dni\"\n"
        )
        #expect(found.isEmpty)
    }

    @Test(arguments: ["# signpost-same", "# A name, so signpost-same is right", "#, signpost-same"])
    func `a translation may be the same on purpose`(mark: String) throws {
        let body = "msgid \"Coram Voice\"\nmsgstr \"Coram Voice\"\n"
        #expect(try problems("ar", mark + "\n" + body).found.isEmpty)
        let (unmarked, _) = try problems("ar", body)
        #expect(unmarked.map(\.rule).contains("UntranslatedCopy"))
    }

    @Test(arguments: [
        ("msgstr[0] \"{n} dzień\"\nmsgstr[1] \"➤\"\nmsgstr[2] \"{n} dni\"", "IncompletePlural"),
        ("msgstr[0] \"{n} dzień\"\nmsgstr[1] \"➤{n} dni\"", "IncompletePlural"),
        ("msgstr[0] \"jeden dzień\"\nmsgstr[1] \"{n} dni\"\nmsgstr[2] \"➤dni\"", "PlaceholderMismatch"),
    ])
    func `plural forms are complete and hold the number`(forms: String, rule: String) throws {
        let (found, expected) = try problems("pl", "msgid \"{n} day\"\nmsgid_plural \"{n} days\"\n\(forms)\n")
        // An empty form has no text to point at: its keyword is the place.
        let place =
            expected[0].hasSuffix(":12") && forms.contains("\"➤\"")
            ? "\(expected[0].dropLast(2))1" : expected[0]
        #expect(found.map(summary) == ["\(rule) \(place)"])
    }

    @Test func `Arabic may say one and two by the noun alone`() throws {
        let body = """
            msgid "{n} day"
            msgid_plural "{n} days"
            msgstr[0] "أقل من يوم"
            msgstr[1] "يوم واحد"
            msgstr[2] "يومان"
            msgstr[3] "{n} أيام"
            msgstr[4] "{n} يومًا"
            msgstr[5] "{n} يوم"

            """
        #expect(try problems("ar", body).found.isEmpty)
    }

    @Test(arguments: [
        ("\"Language: ➤pl\\n\"", "uk", "CatalogueLanguage"),
        ("\"Plural-Forms: nplurals=2; plural=n != 1;\\n\"", "pl", "PluralFormsHeader"),
        ("\"Plural-Forms: nplurals=3; plural=n > 1;\\n\"", "pl", "PluralFormsHeader"),
        ("\"Plural-Forms: rubbish\\n\"", "pl", "PluralFormsHeader"),
        ("\"X-Signpost-Review: fine\\n\"", "pl", "CatalogueReview"),
    ])
    func `the header is checked at the line of its field`(line: String, tag: String, rule: String) throws {
        let text =
            "msgid \"\"\nmsgstr \"\"\n\"MIME-Version: 1.0\\n\"\n\(line.replacing("➤", with: ""))\n"
            + (rule == "CatalogueLanguage" ? "" : "\"Language: \(tag)\\n\"\n")
            + (rule == "PluralFormsHeader"
                ? "\nmsgid \"{n} day\"\nmsgid_plural \"{n} days\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"\nmsgstr[2] \"\"\n"
                : "")
        var diagnostics = Diagnostics()
        let file = POFile.parse(text, path: "x.po", reporting: &diagnostics)
        let found = CatalogueChecks.check(file, language: try #require(Language(tag: tag))).sorted
        #expect(found.map(summary) == ["\(rule) 4:2"])
    }

    @Test(arguments: [
        ("zh-Hans", "zh_Hans"), ("zh-Hans", "zh_CN"), ("pl", "pl_PL"), ("pl", "pl-PL"), ("ar", "ar_SA"),
        ("pt", "pt_PT"),
    ])
    func `a region does not make another language`(tag: String, name: String) throws {
        var diagnostics = Diagnostics()
        let file = POFile.parse(
            "msgid \"\"\nmsgstr \"Language: \(name)\\n\"\n", path: "x.po", reporting: &diagnostics)
        #expect(CatalogueChecks.check(file, language: try #require(Language(tag: tag))).isEmpty)
    }

    @Test(arguments: [
        "nplurals=2; plural=n != 1;", "nplurals=4; plural=(n==1 ? 0 : n%10>=2 ? 1 : 2);", "rubbish",
    ])
    func `without a plural any header will do`(forms: String) throws {
        var diagnostics = Diagnostics()
        let file = POFile.parse(
            "msgid \"\"\nmsgstr \"\"\n\"Language: pl\\n\"\n\"Plural-Forms: \(forms)\\n\"\n\nmsgid \"a\"\nmsgstr \"b\"\n",
            path: "pl.po", reporting: &diagnostics)
        let polish = try #require(Language(tag: "pl"))
        #expect(CatalogueChecks.check(file, language: polish).sorted == [])
        #expect(file.withForms(of: polish).header["Plural-Forms"] == PluralRules.header(for: polish))
    }

    @Test(arguments: ["{day} {month} {year}", "{month} {year}"])
    func `a date names its calendar where families may count by another`(id: String) throws {
        func found(_ tag: String, _ translation: String) throws -> [String] {
            try problems(tag, "msgid \"\(id)\"\nmsgstr \"\(translation)\"\n").found.map(\.rule)
                .filter { $0 == "UnnamedCalendar" }
        }
        #expect(try found("ti", id) == ["UnnamedCalendar"])
        #expect(try found("fa", "\(id).") == ["UnnamedCalendar"])
        #expect(try found("ti", "\(id) (ኣቆጻጽራ ግሪጎርያን)") == [])
        #expect(try found("fa", "\(id) میلادی") == [])
        #expect(try found("ur", id) == [])
    }

    private func glossary(_ text: String) -> (Glossary, [Diagnostic]) {
        var diagnostics = Diagnostics()
        let glossary = Glossary.parse(SourceText(path: "glossary.yml", text: text), reporting: &diagnostics)
        return (glossary, diagnostics.sorted)
    }

    @Test func `terms are translated as the glossary says`() throws {
        let (glossary, wrong) = glossary(
            "child protection plan:\n  pl: [plan ochrony dziecka, planu ochrony dziecka]\nplan:\n  pl: plan\nfamily:\n  pl: [rodzin]\n"
        )
        #expect(wrong.isEmpty)
        let good =
            "msgid \"Child protection plans help families.\"\nmsgstr \"Plan ochrony dziecka pomaga rodzinom.\"\n"
        #expect(try problems("pl", good, glossary: glossary).found.isEmpty)
        let bad = "msgid \"A child protection plan\"\nmsgstr \"➤Plan opieki nad dzieckiem\"\n"
        let (found, expected) = try problems("pl", bad, glossary: glossary)
        #expect(found.map(summary) == expected.map { "GlossaryTerm \($0)" })
        #expect(found.first?.severity == .warning)
        #expect(found.first?.related.first?.location.description == "glossary.yml:1:1")
        let other = "msgid \"{{plan}} is planned\"\nmsgstr \"{{plan}} jest zamierzone\"\n"
        #expect(try problems("pl", other, glossary: glossary).found.isEmpty)
    }

    @Test func `a glossary with an unknown language is an error at its place`() {
        let (_, problems) = glossary("plan:\n  pll: [plan]\n")
        #expect(problems.map(summary) == ["UnknownLanguage 2:3"])
    }
}
