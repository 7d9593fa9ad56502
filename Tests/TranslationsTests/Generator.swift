import Translations

/// A generator of random numbers that gives the same ones for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Makes catalogues of every shape from a seed.
struct CatalogueGenerator {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    static let sentences: [String] = [
        "You can bring one adult to support you: a friend, a relative or another person (ask first).",
        "Phone {{contact chair}} or e-mail help@example.gov.uk, Monday to Friday, 9.30am–5pm.",
        "Read [how to complain](complaints.md#steps) — or go to https://www.example.gov.uk/a/b?c=d&e=f today!",
        "Możesz zabrać ze sobą jedną dorosłą osobę, np. znajomego; „przewodniczący” sprawdzi to przed konferencją.",
        "يمكنك إحضار شخص بالغ واحد لدعمك، مثل صديق أو قريب. اتصل بالرقم 01632 960 000 قبل {{report-before}} من الاجتماع؟",
        "آپ اپنی مدد کے لیے ایک بالغ شخص کو ساتھ لا سکتے ہیں۔ کیا اجلاس ریکارڈ کیا جائے گا؟ (براہِ کرم پوچھیں)",
        "আপনি আপনার সহায়তার জন্য একজন প্রাপ্তবয়স্ক ব্যক্তিকে আনতে পারেন। সভাটি কি রেকর্ড করা হবে?",
        "您可以带一位成年人来支持您：朋友、亲戚或其他人（请先询问）。会议会被录音吗？“是的”，请在{{report-before}}之前联系我们。",
        "ਤੁਸੀਂ ਆਪਣੇ ਸਮਰਥਨ ਲਈ ਇੱਕ ਬਾਲਗ ਨੂੰ ਲਿਆ ਸਕਦੇ ਹੋ। ਕਿਰਪਾ ਕਰਕੇ ਪਹਿਲਾਂ ਪੁੱਛੋ।",
        "Ви можете взяти з собою дорослу людину; п’ять днів, 50 % «витрат» № 3 — до 21 листопада 2026 р.",
        "ንስኻ ሓደ ዓቢ ሰብ ከተምጽእ ትኽእል ኢኻ። በጃኻ፣ ቅድሚ ኩሉ ሕተት፤ እወ፧",
        "دەتوانیت کەسێکی گەورە لەگەڵ خۆت بهێنیت، هاوڕێ یان خزم. پێش {n} ڕۆژ؟",
        "Waxaad keeni kartaa hal qof weyn oo ku taageera; lo' iyo $50/bishii +10% 'haa' \"maya\".",
        "नीचे दी गई तारीख़ — १२/०३ … हाँ ! क्या ? (ठीक है) 100°C №5 a/b/c d-e-f ——— end",
    ]

    mutating func text() -> String {
        var words: [Substring] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let all = Self.sentences.randomElement(using: &random)?.split(separator: " ") ?? []
            let start = Int.random(in: 0..<all.count, using: &random)
            words += all[start..<Int.random(in: (start + 1)...all.count, using: &random)]
        }
        var text = words.joined(separator: Bool.random(using: &random) ? " " : "  ")
        switch Int.random(in: 0..<12, using: &random) {
        case 0: text += "\n"
        case 1: text = text.replacing(" a ", with: "\n")
        case 2: text += " \\ \"quoted\"\t" + text
        case 3: text = words.joined()
        default: break
        }
        return text
    }

    mutating func entry(number: Int, forms: Int) -> POEntry {
        var entry = POEntry(id: "\(number) " + text())
        if Int.random(in: 0..<6, using: &random) == 0 { entry.context = "duration" }
        if Int.random(in: 0..<6, using: &random) == 0 { entry.pluralID = text() }
        let count = entry.pluralID == nil ? 1 : forms
        let isTranslated = Int.random(in: 0..<4, using: &random) != 0
        entry.strings = (0..<count).map { _ in isTranslated ? text() : "" }
        entry.isObsolete = isTranslated && Int.random(in: 0..<6, using: &random) == 0
        if Bool.random(using: &random) { entry.translatorComments = ["A note", "", "another"] }
        if !entry.isObsolete {
            if Bool.random(using: &random) {
                entry.extractedComments = ["Your rights", "arrive-early: 20 minutes"]
            }
            entry.references = (0..<Int.random(in: 0..<6, using: &random)).map {
                "guidance/rights.md#section-\($0)"
            }
        }
        if isTranslated, Int.random(in: 0..<5, using: &random) == 0 {
            entry.isFuzzy = true
            if Bool.random(using: &random) { entry.previous = .init(context: entry.context, id: text()) }
        }
        return entry
    }

    mutating func file(language: Language, entries: Int) -> POFile {
        let forms = PluralRules.categories(in: language).count
        let header = POHeader([
            .init("Project-Id-Version", "Signpost"), .init("PO-Revision-Date", "2026-11-21 00:00+0000"),
            .init("Last-Translator", "none"), .init("Language-Team", "none"), .init("Language", language.tag),
            .init("MIME-Version", "1.0"), .init("Content-Type", "text/plain; charset=UTF-8"),
            .init("Content-Transfer-Encoding", "8bit"),
            .init("Plural-Forms", PluralRules.header(for: language)), .init("X-Signpost-Review", "draft"),
        ])
        let made = (0..<entries).map { entry(number: $0, forms: forms) }
        return POFile(
            path: "\(language.tag).po", header: header,
            entries: made.filter { !$0.isObsolete } + made.filter(\.isObsolete))
    }
}
