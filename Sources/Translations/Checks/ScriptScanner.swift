import Workspace

/// A writing system, as far as the checks tell them apart.
enum WritingSystem: String, Hashable, Sendable {
    case latin = "Latin"
    case greek = "Greek"
    case cyrillic = "Cyrillic"
    case hebrew = "Hebrew"
    case arabic = "Arabic"
    case devanagari = "Devanagari"
    case bengali = "Bengali"
    case gurmukhi = "Gurmukhi"
    case gujarati = "Gujarati"
    case tamil = "Tamil"
    case ethiopic = "Ethiopic"
    case han = "Chinese"
    case kana = "Japanese"
    case another = "another script"

    /// That of a language; `another` for those that no other language of the portal is confused with.
    init(_ script: Language.Script) {
        self = Self.byScript[script] ?? .another
    }

    private static let byScript: [Language.Script: Self] = [
        .latin: .latin, .greek: .greek, .cyrillic: .cyrillic, .hebrew: .hebrew, .arabic: .arabic,
        .devanagari: .devanagari, .bengali: .bengali, .gurmukhi: .gurmukhi, .gujarati: .gujarati,
        .tamil: .tamil, .ethiopic: .ethiopic, .simplifiedHan: .han, .traditionalHan: .han, .japanese: .kana,
    ]

    /// Whether letters of another writing system belong to texts of this one: Chinese characters in Japanese.
    func accepts(_ other: Self) -> Bool { other == self || (self == .kana && other == .han) }

    /// The script of a letter, by its block; nil for what is no letter or belongs to every script.
    init?(_ scalar: Unicode.Scalar) {
        guard MessageTokens.isLetter(scalar) else { return nil }
        switch scalar.value {
        case 0x41...0x24F, 0x250...0x2AF, 0x1D00...0x1DBF, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA720...0xA7FF,
            0xAB30...0xAB6F, 0xFB00...0xFB06, 0xFF21...0xFF5A:
            self = .latin
        case 0x2B0...0x36F: return nil
        case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
        case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: self = .cyrillic
        case 0x590...0x5FF, 0xFB1D...0xFB4F: self = .hebrew
        case 0x640, 0x64B...0x655, 0x670: return nil
        case 0x600...0x6FF, 0x750...0x77F, 0x870...0x8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFF: self = .arabic
        case 0x900...0x97F, 0xA8E0...0xA8FF: self = .devanagari
        case 0x980...0x9FF: self = .bengali
        case 0xA00...0xA7F: self = .gurmukhi
        case 0xA80...0xAFF: self = .gujarati
        case 0xB80...0xBFF: self = .tamil
        case 0x1200...0x139F, 0x2D80...0x2DDF, 0xAB00...0xAB2F: self = .ethiopic
        case 0x3041...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: self = .kana
        case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x3029, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xF900...0xFAFF, 0x20000...0x3FFFF:
            self = .han
        default: self = .another
        }
    }
}

/// Finds words in a text whose other parts are blanked out.
enum ScriptScanner {
    struct Word {
        var scalars: [Unicode.Scalar]
        var range: Range<Int>

        var text: String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view)
        }
    }

    static func words(_ text: [Unicode.Scalar]) -> [Word] {
        var words: [Word] = []
        var start: Int?
        for index in 0...text.count {
            if index < text.count, isWordPart(text[index]) {
                start = start ?? index
            } else if let first = start {
                words.append(Word(scalars: Array(text[first..<index]), range: first..<index))
                start = nil
            }
        }
        return words
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        if MessageTokens.isLetter(scalar) { return true }
        if scalar.isASCII { return scalar == "'" }
        switch scalar.category {
        case .nonspacingMark, .spacingMark, .modifierLetter: return true
        default: return ["’", "\u{200C}", "\u{200D}", "\u{AD}"].contains(scalar)
        }
    }
}
