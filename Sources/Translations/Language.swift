/// A language that Signpost can publish, named by its BCP 47 tag.
///
/// The set is closed: a tag that is not here is an error, never a silent fallback. Names are as in
/// Unicode CLDR 48; the choice of languages is explained in CONTRIBUTING.md.
public struct Language: Hashable, Sendable, CustomStringConvertible {
    public enum Direction: String, Hashable, Sendable {
        case leftToRight = "ltr"
        case rightToLeft = "rtl"
    }

    /// The writing system, by its ISO 15924 code.
    public enum Script: String, Hashable, CaseIterable, Sendable {
        case latin = "Latn"
        case cyrillic = "Cyrl"
        case arabic = "Arab"
        case bengali = "Beng"
        case gurmukhi = "Guru"
        case gujarati = "Gujr"
        case devanagari = "Deva"
        case tamil = "Taml"
        case simplifiedHan = "Hans"
        case traditionalHan = "Hant"
        case ethiopic = "Ethi"

        public var direction: Direction { self == .arabic ? .rightToLeft : .leftToRight }
    }

    /// `pl`, `zh-Hans`.
    public let tag: String
    public let englishName: String
    /// The language's name in the language itself.
    public let nativeName: String
    public let script: Script

    public var direction: Direction { script.direction }
    public var isRightToLeft: Bool { direction == .rightToLeft }
    public var description: String { tag }
    public var isChinese: Bool { script == .simplifiedHan || script == .traditionalHan }
    /// The language, if it is written in Latin letters; else English.
    public var orEnglish: Language { script == .latin ? self : .english }

    /// The language with a tag, or nil if Signpost does not know it.
    public init?(tag: String) {
        guard let known = Self.byTag[tag] else { return nil }
        self = known
    }

    private init(_ tag: String, _ englishName: String, _ nativeName: String, _ script: Script) {
        self.tag = tag
        self.englishName = englishName
        self.nativeName = nativeName
        self.script = script
    }

    public static let english = Language("en", "English", "English", .latin)

    /// Every known language, by tag.
    public static let all: [Language] = [
        Language("ar", "Arabic", "العربية", .arabic),
        Language("bg", "Bulgarian", "Български", .cyrillic),
        Language("bn", "Bengali", "বাংলা", .bengali),
        Language("ckb", "Kurdish (Sorani)", "کوردیی ناوەندی", .arabic),
        Language("cy", "Welsh", "Cymraeg", .latin),
        english,
        Language("es", "Spanish", "Español", .latin),
        Language("fa", "Persian", "فارسی", .arabic),
        Language("fr", "French", "Français", .latin),
        Language("gu", "Gujarati", "ગુજરાતી", .gujarati),
        Language("hi", "Hindi", "हिन्दी", .devanagari),
        Language("hu", "Hungarian", "Magyar", .latin),
        Language("it", "Italian", "Italiano", .latin),
        Language("kmr", "Kurdish (Kurmanji)", "Kurmancî", .latin),
        Language("lt", "Lithuanian", "Lietuvių", .latin),
        Language("lv", "Latvian", "Latviešu", .latin),
        Language("pa", "Panjabi", "ਪੰਜਾਬੀ", .gurmukhi),
        Language("pl", "Polish", "Polski", .latin),
        Language("ps", "Pashto", "پښتو", .arabic),
        Language("pt", "Portuguese", "Português", .latin),
        Language("ro", "Romanian", "Română", .latin),
        Language("ru", "Russian", "Русский", .cyrillic),
        Language("sk", "Slovak", "Slovenčina", .latin),
        Language("so", "Somali", "Soomaali", .latin),
        Language("sq", "Albanian", "Shqip", .latin),
        Language("ta", "Tamil", "தமிழ்", .tamil),
        Language("ti", "Tigrinya", "ትግርኛ", .ethiopic),
        Language("tr", "Turkish", "Türkçe", .latin),
        Language("uk", "Ukrainian", "Українська", .cyrillic),
        Language("ur", "Urdu", "اردو", .arabic),
        Language("vi", "Vietnamese", "Tiếng Việt", .latin),
        Language("zh-Hans", "Chinese (Simplified)", "简体中文", .simplifiedHan),
        Language("zh-Hant", "Chinese (Traditional)", "繁體中文", .traditionalHan),
    ]

    private static let byTag = Dictionary(uniqueKeysWithValues: all.map { ($0.tag, $0) })
}
