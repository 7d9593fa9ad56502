/// A grammatical form that a count asks for (Unicode CLDR plural categories).
///
/// Cases are in CLDR's order, which is also the order of `msgstr[0]`, `msgstr[1]` … in catalogues.
public enum PluralCategory: String, CaseIterable, Comparable, Sendable {
    case zero, one, two, few, many, other

    public static func < (a: PluralCategory, b: PluralCategory) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .zero: 0
        case .one: 1
        case .two: 2
        case .few: 3
        case .many: 4
        case .other: 5
        }
    }
}

/// The plural rules of every language in `Language.all`, for whole numbers from 0.
///
/// Source: the cardinal rules of Unicode CLDR, in `LanguageTable.swift`. `msgstr[i]` of a catalogue is the i-th category
/// that whole numbers use in the language, in CLDR's order. Categories that only fractions use (Polish "other") have no
/// form. Kurmanji and the two kinds of Chinese follow CLDR's `ku` and `zh`.
public enum PluralRules {
    /// The form a count asks for. Counts below 0 are taken without their sign.
    public static func category(of count: Int, in language: Language) -> PluralCategory {
        rule(language).category(count.magnitude)
    }

    /// The categories that whole numbers use, in the order of `msgstr[0]`, `msgstr[1]` …
    public static func categories(in language: Language) -> [PluralCategory] { rule(language).categories }

    /// Some of the counts that take a form: "2, 3, 4, 22 …".
    package static func examples(of form: Int, in language: Language) -> String {
        let counts = (0...200).filter { index(of: $0, in: language) == form }
        let shown = counts.prefix(4).map(String.init).joined(separator: ", ")
        return counts.isEmpty ? "1000000" : shown + (counts.count > 4 ? " …" : "")
    }

    /// Which `msgstr[…]` a count takes.
    public static func index(of count: Int, in language: Language) -> Int {
        let rule = rule(language)
        return rule.categories.firstIndex(of: rule.category(count.magnitude)) ?? 0
    }

    /// The value of a catalogue's `Plural-Forms` field, in the words GNU gettext uses where its order agrees.
    public static func header(for language: Language) -> String {
        let rule = rule(language)
        return "nplurals=\(rule.categories.count); plural=\(rule.expression);"
    }

    /// Whether a form stands for one single number, so that it may leave the number out ("a day", "two days").
    public static func isSingleNumber(form index: Int, in language: Language) -> Bool {
        let rule = rule(language)
        guard rule.categories.indices.contains(index) else { return false }
        let category = rule.categories[index]
        var found = 0
        for count: UInt in 0...200 where rule.category(count) == category { found += 1 }
        return found == 1 && rule.category(1_000_000) != category
    }

    private struct Rule: Sendable {
        var categories: [PluralCategory]
        var expression: String
        var parsed: PluralExpression?

        func category(_ count: UInt) -> PluralCategory {
            let index = Int(exactly: count).flatMap { parsed?.index(of: $0) }
            return index.map { categories[$0] } ?? .other
        }
    }

    private static let rules: [String: Rule] = {
        var rules: [String: Rule] = [:]
        for (tags, categories, expression) in table {
            let rule = Rule(
                categories: categories, expression: expression,
                parsed: PluralExpression("nplurals=\(categories.count); plural=\(expression)"))
            for tag in tags.split(separator: " ") { rules[String(tag)] = rule }
        }
        return rules
    }()

    private static func rule(_ language: Language) -> Rule {
        // Every language of the table has one: a test compares them all with CLDR.
        rules[language.tag] ?? Rule(categories: [.other], expression: "0", parsed: nil)
    }
}
