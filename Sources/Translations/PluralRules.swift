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
/// Source: Unicode CLDR 48, cardinal rules. `msgstr[i]` of a catalogue is the i-th category that whole numbers
/// use in the language, in CLDR's order. Categories that only fractions use (Polish "other") have no form.
/// Sorani, Kurmanji and the two kinds of Chinese follow CLDR's `ckb`, `ku` and `zh`.
public enum PluralRules {
    /// The form a count asks for. Counts below 0 are taken without their sign.
    public static func category(of count: Int, in language: Language) -> PluralCategory {
        rule(language).category(count.magnitude)
    }

    /// The categories that whole numbers use, in the order of `msgstr[0]`, `msgstr[1]` …
    public static func categories(in language: Language) -> [PluralCategory] { rule(language).categories }

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

    private struct Rule {
        var categories: [PluralCategory]
        var expression: String
        var category: (UInt) -> PluralCategory
    }

    private static func rule(_ language: Language) -> Rule {
        switch language.tag {
        case "vi", "zh-Hans", "zh-Hant":
            Rule(categories: [.other], expression: "0") { _ in .other }
        case "bn", "fa", "gu", "hi", "pa", "ti":
            Rule(categories: [.one, .other], expression: "(n > 1)") { $0 <= 1 ? .one : .other }
        case "fr", "pt":
            Rule(
                categories: [.one, .many, .other],
                expression: "(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"
            ) { $0 <= 1 ? .one : $0 % 1_000_000 == 0 ? .many : .other }
        case "es", "it":
            Rule(
                categories: [.one, .many, .other],
                expression: "n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2"
            ) { $0 == 1 ? .one : $0 != 0 && $0 % 1_000_000 == 0 ? .many : .other }
        case "pl":
            Rule(
                categories: [.one, .few, .many],
                expression: "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
            ) { $0 == 1 ? .one : isSlavicFew($0) ? .few : .many }
        case "ru", "uk":
            Rule(
                categories: [.one, .few, .many],
                expression:
                    "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
            ) { $0 % 10 == 1 && $0 % 100 != 11 ? .one : isSlavicFew($0) ? .few : .many }
        case "sk":
            Rule(
                categories: [.one, .few, .other], expression: "(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2"
            ) { $0 == 1 ? .one : (2...4).contains($0) ? .few : .other }
        case "lt":
            Rule(
                categories: [.one, .few, .other],
                expression:
                    "(n%10==1 && (n%100<11 || n%100>19) ? 0 : n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2)"
            ) {
                if (11...19).contains($0 % 100) || $0 % 10 == 0 { return .other }
                return $0 % 10 == 1 ? .one : .few
            }
        case "lv":
            Rule(
                categories: [.zero, .one, .other],
                expression: "(n%10==0 || (n%100>=11 && n%100<=19)) ? 0 : n%10==1 ? 1 : 2"
            ) {
                if (11...19).contains($0 % 100) || $0 % 10 == 0 { return .zero }
                return $0 % 10 == 1 ? .one : .other
            }
        case "ro":
            Rule(
                categories: [.one, .few, .other],
                expression: "n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2"
            ) { $0 == 1 ? .one : $0 == 0 || (1...19).contains($0 % 100) ? .few : .other }
        case "ar":
            Rule(
                categories: [.zero, .one, .two, .few, .many, .other],
                expression: "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"
            ) {
                switch $0 {
                case 0: .zero
                case 1: .one
                case 2: .two
                case _ where (3...10).contains($0 % 100): .few
                case _ where (11...99).contains($0 % 100): .many
                default: .other
                }
            }
        case "cy":
            Rule(
                categories: [.zero, .one, .two, .few, .many, .other],
                expression: "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5"
            ) {
                switch $0 {
                case 0: .zero
                case 1: .one
                case 2: .two
                case 3: .few
                case 6: .many
                default: .other
                }
            }
        default:
            // bg ckb en hu kmr ps so sq ta tr ur. A test compares every language of the closed set with CLDR,
            // so that a new one cannot get these rules by accident.
            Rule(categories: [.one, .other], expression: "(n != 1)") { $0 == 1 ? .one : .other }
        }
    }

    private static func isSlavicFew(_ n: UInt) -> Bool {
        (2...4).contains(n % 10) && !(12...14).contains(n % 100)
    }
}
