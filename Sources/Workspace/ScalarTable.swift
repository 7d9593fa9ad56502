/// What Unicode says of the scalars that most text is made of, looked up once.
///
/// The properties of the standard library are found by hashing, and binary ones all at a time: asking them of every letter
/// took a tenth of a check of the example. Scalars from U+3000 on are asked as ever: they are few in most languages, and
/// of Chinese characters little is asked.
private struct ScalarTable: Sendable {
    /// One past the last scalar in the table: Latin to Ethiopic, the Indic scripts, punctuation and signs.
    static let end = 0x3000

    static let shared = ScalarTable()

    let categories: [Unicode.GeneralCategory]
    let traits: [Traits]

    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8
        static let letter = Self(rawValue: 1)
        static let space = Self(rawValue: 2)
        static let uppercase = Self(rawValue: 4)
        static let lowercase = Self(rawValue: 8)
    }

    private init() {
        let all = (0..<UInt32(Self.end)).map { Unicode.Scalar($0)?.properties }
        categories = all.map { $0?.generalCategory ?? .unassigned }
        traits = all.map { properties in
            guard let properties else { return [] }
            var traits: Traits = []
            if properties.isAlphabetic { traits.insert(.letter) }
            if properties.isWhitespace { traits.insert(.space) }
            if properties.isUppercase { traits.insert(.uppercase) }
            if properties.isLowercase { traits.insert(.lowercase) }
            return traits
        }
    }
}

extension Unicode.Scalar {
    private var isInTable: Bool { value < ScalarTable.end }
    private var traits: ScalarTable.Traits { ScalarTable.shared.traits[Int(value)] }

    /// As `properties.generalCategory`, and faster.
    package var category: Unicode.GeneralCategory {
        isInTable ? ScalarTable.shared.categories[Int(value)] : properties.generalCategory
    }

    /// As `properties.isAlphabetic`, and faster.
    package var isLetter: Bool { isInTable ? traits.contains(.letter) : properties.isAlphabetic }

    /// As `properties.isWhitespace`, and faster.
    package var isSpace: Bool { isInTable ? traits.contains(.space) : properties.isWhitespace }

    /// As `properties.isUppercase`, and faster.
    package var isUppercase: Bool { isInTable ? traits.contains(.uppercase) : properties.isUppercase }

    /// As `properties.isLowercase`, and faster.
    package var isLowercase: Bool { isInTable ? traits.contains(.lowercase) : properties.isLowercase }

    /// Whether it is a letter, a mark or a number, as words are made of in any script.
    package var isLetterMarkOrNumber: Bool {
        switch category {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}
