import Translations

/// The order of letters in a language, for lists from A to Z.
///
/// Letters that the language writes apart from the basic ones have their own places (Polish `ą` after `a`);
/// the rest follow by code point. Alphabets as the exemplar characters and collation of Unicode CLDR 48.
struct Alphabet: Sendable {
    private let ranks: [Character: Int]
    /// Whether a list is divided by its first letters. Chinese and Japanese are not: their readers look by stroke or sound.
    let hasLetters: Bool

    init(_ language: Language) {
        hasLetters = !language.script.hasWideMarks
        let letters = Self.letters[language.tag] ?? (language.script == .latin ? Self.basic : "")
        ranks = Dictionary(letters.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The letter under which a text stands, in upper case; nil for one that starts with no letter.
    func initial(of text: String) -> String? {
        guard let first = text.lowercased().first(where: { $0.isLetter || $0.isNumber }) else { return nil }
        let letter = known(first) ?? first
        return String(letter).uppercased()
    }

    /// Items in the order in which a dictionary of the language has their texts; equal ones stay as they are.
    func sorted<Item>(_ items: [Item], by text: (Item) -> String) -> [Item] {
        let keyed = items.enumerated().map { offset, item in
            let text = text(item)
            return (key: key(text), text: text, offset: offset, item: item)
        }
        return keyed.sorted { a, b in
            if a.key != b.key { return a.key.lexicographicallyPrecedes(b.key) }
            return a.text == b.text ? a.offset < b.offset : a.text < b.text
        }.map(\.item)
    }

    private func key(_ text: String) -> [Int] {
        text.lowercased().compactMap { character -> Int? in
            guard character.isLetter || character.isNumber else { return character.isWhitespace ? -1 : nil }
            if let rank = known(character).flatMap({ ranks[$0] }) { return rank }
            return 1000 + Int(character.unicodeScalars.first?.value ?? 0)
        }
    }

    /// The letter itself, or the one without its marks.
    private func known(_ character: Character) -> Character? {
        if ranks[character] != nil { return character }
        guard let base = String(character).decomposedStringWithoutMarks, ranks[base] != nil else {
            return nil
        }
        return base
    }

    private static let basic = "abcdefghijklmnopqrstuvwxyz"
    private static let letters: [String: String] = [
        "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
        "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
        "ckb": "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆەهیێ",
        "cy": "abcdefghijklmnoprstuwy",
        "es": "abcdefghijklmnñopqrstuvwxyz",
        "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
        "hu": "aábcdeéfghiíjklmnoóöőpqrstuúüűvwxyz",
        "kmr": "abcçdeêfghiîjklmnopqrsştuûvwxyz",
        "lt": "aąbcčdeęėfghiįyjklmnoprsštuųūvzž",
        "lv": "aābcčdeēfgģhiījkķlļmnņoprsštuūvzž",
        "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
        "ps": "آابپتټثجځچڅحخدډذرړزژږسشښصضطظعغفقکګلمنڼوهیېۍئ",
        "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
        "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "sk": "aáäbcčdďeéfghiíjklĺľmnňoóôpqrŕsštťuúvwxyýzž",
        "sq": "abcçdeëfghijklmnopqrstuvwxyz",
        "tr": "abcçdefgğhıijklmnoöprsştuüvyz",
        "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "ur": "آابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے",
        "vi": "aăâbcdđeêghiklmnoôơpqrstuưvxy",
    ]
}

extension String {
    /// The first letter without accents, or nil where there is none apart.
    fileprivate var decomposedStringWithoutMarks: Character? {
        let base = unicodeScalars.first.map { scalar -> Unicode.Scalar in
            Self.bases[scalar] ?? scalar
        }
        return base.map { Character($0) }
    }

    /// Accented Latin letters of the languages we publish that are not letters of their own everywhere.
    private static let bases: [Unicode.Scalar: Unicode.Scalar] = {
        var bases: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (base, accented) in [
            ("a", "àáâãäåāăą"), ("c", "çćč"), ("d", "ďđ"), ("e", "èéêëēėęě"), ("g", "ğģ"), ("i", "ìíîïīįı"),
            ("l", "ĺľłļ"),
            ("n", "ñńňņ"), ("o", "òóôõöőøōơ"), ("r", "ŕř"), ("s", "śšşș"), ("t", "ťțţ"), ("u", "ùúûüűūųů"),
            ("w", "ŵ"),
            ("y", "ýÿŷ"), ("z", "źžż"), ("ا", "أإآ"), ("и", "йѝ"), ("е", "ёѐ"),
        ] {
            guard let letter = base.unicodeScalars.first else { continue }
            for scalar in accented.unicodeScalars { bases[scalar] = letter }
        }
        return bases
    }()
}
