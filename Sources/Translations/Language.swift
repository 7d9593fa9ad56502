import Workspace

/// A language that Signpost can publish, named by its BCP 47 tag.
///
/// The set is closed: a tag that is not here is an error, never a silent fallback. It has every language with plural
/// rules in Unicode CLDR (`LanguageTable.swift`).
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
        case adlam = "Adlm"
        case armenian = "Armn"
        case canadianAboriginal = "Cans"
        case cherokee = "Cher"
        case georgian = "Geor"
        case greek = "Grek"
        case hebrew = "Hebr"
        case nyiakengPuachueHmong = "Hmnp"
        case japanese = "Jpan"
        case khmer = "Khmr"
        case kannada = "Knda"
        case korean = "Kore"
        case lao = "Laoo"
        case malayalam = "Mlym"
        case mongolian = "Mong"
        case myanmar = "Mymr"
        case nko = "Nkoo"
        case olChiki = "Olck"
        case oriya = "Orya"
        case osage = "Osge"
        case sinhala = "Sinh"
        case syriac = "Syrc"
        case telugu = "Telu"
        case tifinagh = "Tfng"
        case thaana = "Thaa"
        case thai = "Thai"
        case tibetan = "Tibt"
        case yi = "Yiii"

        public var direction: Direction {
            Self.rightToLeft.contains(self) ? .rightToLeft : .leftToRight
        }

        private static let rightToLeft: Set<Script> = [.arabic, .hebrew, .syriac, .thaana, .nko, .adlam]

        /// Whether each letter has one shape and follows the one before it, to the right: what a program that sets one
        /// glyph for each character gets right. Letters of other scripts join, change places or carry signs; a fifth of
        /// the Han script's characters alone is too much to take along in a small file.
        package var isSetLetterByLetter: Bool {
            switch self {
            case .latin, .cyrillic, .greek: true
            case .arabic, .bengali, .gurmukhi, .gujarati, .devanagari, .tamil, .simplifiedHan,
                .traditionalHan,
                .ethiopic, .adlam, .armenian, .canadianAboriginal, .cherokee, .georgian, .hebrew,
                .nyiakengPuachueHmong, .japanese, .khmer, .kannada, .korean, .lao, .malayalam, .mongolian,
                .myanmar, .nko, .olChiki, .oriya, .osage, .sinhala, .syriac, .telugu, .tifinagh, .thaana,
                .thai,
                .tibetan, .yi:
                false
            }
        }

        /// Whether brackets and other marks are as wide as its letters.
        package var hasWideMarks: Bool {
            self == .simplifiedHan || self == .traditionalHan || self == .japanese
        }
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

    init(_ tag: String, _ englishName: String, _ nativeName: String, _ script: Script) {
        self.tag = tag
        self.englishName = englishName
        self.nativeName = nativeName
        self.script = script
    }

    public static let english = Language("en", "English", "English", .latin)

    /// Every known language, by tag.
    public static let all: [Language] = table

    /// What to write instead of a tag that is not known: the language that it means in another standard, one with a
    /// name or a tag like it.
    package static func advice(on tag: String) -> String {
        if let meant = Language(localeName: tag) {
            return "Write '\(meant.tag)' for \(meant.englishName)."
        }
        let named = all.filter {
            $0.englishName.lowercased().hasPrefix(tag.lowercased())
                || $0.nativeName.lowercased() == tag.lowercased()
        }
        if !named.isEmpty, tag.count > 3 {
            return "Write " + named.map { "'\($0.tag)' for \($0.englishName)" }.joined(separator: " or ")
                + "."
        }
        // Of a short tag, nearly every other one is a neighbour: those that begin alike are meant most often.
        var near = all.filter { tag.count > 1 && $0.tag.hasPrefix(tag.prefix(2).lowercased()) }
        if near.isEmpty, let tag = nearestName(to: tag, among: all.map(\.tag)) {
            near = all.filter { $0.tag == tag }
        }
        guard !near.isEmpty else {
            return
                "Use the tag of BCP 47, such as 'cy' for Welsh. All with plural rules in Unicode CLDR are known."
        }
        return "Near it: " + near.prefix(6).map { "'\($0.tag)' (\($0.englishName))" }.joined(separator: ", ")
            + "."
    }

    private static let byTag = Dictionary(uniqueKeysWithValues: all.map { ($0.tag, $0) })
}
