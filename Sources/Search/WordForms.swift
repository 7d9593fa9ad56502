import Translations

/// Decides which words are forms of one another, so that the browser needs no stemmer.
///
/// Snowball's stemmer where it has the language; light rules of our own where it has not; else every word
/// is its own form and the browser relies on prefixes and slips alone.
package final class WordForms {
    private let stemmer: Stemmer?
    private let endings: [String]
    private var known: [String: String] = [:]

    init(_ language: Language) {
        stemmer = Self.stemmed.contains(language.tag) ? Stemmer(language) : nil
        endings = (Self.lightEndings[language.tag] ?? []).sorted {
            ($1.unicodeScalars.count, $0) < ($0.unicodeScalars.count, $1)
        }
    }

    /// Whether forms of a word are known in a language.
    package static func areKnown(in language: Language) -> Bool {
        stemmed.contains(language.tag) || lightEndings[language.tag] != nil
    }

    /// The stem of a folded word: equal for words that are forms of one another.
    func stem(_ word: String) -> String {
        if let stem = known[word] { return stem }
        let stem = stemmer?.stem(word) ?? light(word)
        known[word] = stem
        return stem
    }

    /// Letters that must stay when an ending is taken off.
    static let shortestStem = 3

    /// The endings that the browser takes off a word to find its group; what they get wrong is written out.
    static func endings(_ language: Language) -> [String] {
        usualEndings[language.tag] ?? lightEndings[language.tag].map { Array(Set($0)) } ?? []
    }

    /// Endings, ready to be taken off words.
    struct Endings {
        private let all: Set<String>
        /// Letters of the longest.
        private let longest: Int

        init(_ endings: some Sequence<String>) {
            all = Set(endings)
            longest = all.lazy.map(\.unicodeScalars.count).max() ?? 0
        }

        /// What stays of a word without the longest ending that it has.
        ///
        /// Only as much of the end is looked at as an ending can have: a page may hold a picture as one word of
        /// a million letters.
        func cut(_ word: String) -> String {
            let scalars = word.unicodeScalars
            var least = scalars.startIndex
            guard longest > 0, scalars.formIndex(&least, offsetBy: shortestStem, limitedBy: scalars.endIndex)
            else { return word }
            var index =
                scalars.index(scalars.endIndex, offsetBy: -longest, limitedBy: least) ?? least
            while index < scalars.endIndex {
                if all.contains(String(scalars[index...])) { return String(scalars[..<index]) }
                scalars.formIndex(after: &index)
            }
            return word
        }
    }

    /// How the letters of a language sound that families also type in Latin ones: each folded letter before its
    /// consonant or one of the vowels a, i and o; `^` before a letter that sounds so at the start of a word.
    static func sounds(_ language: Language) -> String { sounds[language.tag] ?? "" }

    private static let sounds: [String: String] = [
        "bn":
            "কkখkগgঘgঙnচcছcজjঝjঞnটtঠtডr^ডdঢdণnতtথt"
            + "দdধdনnপpফfবbভbমmযi^যjরrলlশsষsসsৎtংnাa"
            + "িiীiুoূoেiৈiোoৌoঅoআaইiঈiউoঊoএiঐiওoঔo",
        "ur":
            "اaبbپpتtٹtثsجjچcخkدdڈdذjرrزjژjسsشsصs"
            + "ضjطtظjعaغgفfقkكkگgلlمmنnوoيi",
    ]

    /// Characters that are written as another language of the same script is spoken, each before the one that
    /// guidance has for it: Cantonese 佢 is 他.
    static func spoken(_ language: Language) -> String {
        language.tag.hasPrefix("zh")
            ? "佢他唔不嘅的喺在冇没嚟来咗了睇看攞拿畀给俾给搵找嗰那哋们乜么咩么啲些咁这讲说识会边哪返回屋家仔子囡女系是惊怕喊哭倾谈食吃饮喝企站"
            : ""
    }

    /// Takes the longest known ending off, if at least three letters stay.
    private func light(_ word: String) -> String {
        let count = word.unicodeScalars.count
        for ending in endings
        where word.hasSuffix(ending) && count - ending.unicodeScalars.count >= Self.shortestStem {
            var rest = word.unicodeScalars
            rest.removeLast(ending.unicodeScalars.count)
            return String(rest)
        }
        return word
    }

    /// Languages whose Snowball stemmer has been tried on the search. Its rules expect letters with their marks; on
    /// folded words a few endings are missed, which only leaves two forms apart.
    private static let stemmed: Set<String> = [
        "ar", "en", "es", "fr", "hi", "hu", "it", "lt", "pt", "ro", "ru", "ta", "tr",
    ]

    /// The endings that make the shortest index: a language's usual ones, less those that go wrong more often
    /// than they save a word. Found by trying each on guidance of several councils.
    private static let usualEndings: [String: [String]] = [
        "en": ["ed", "ing", "ly", "s"],
        "ar": ["ا", "تكم", "تم", "كم", "نا", "ه", "ها", "هم", "وا", "ون", "ي", "ين"],
        "bn": ["ই", "ও", "কে", "টি", "তে", "দের", "র", "রা"],
        "es": ["a", "as", "e", "es", "o", "os", "s"],
        "fr": ["e", "ent", "er", "es", "ez", "s"],
        "hi": ["ा", "ी", "े", "ो", "ें", "ों"],
        "hu": ["a", "ak", "ban", "e", "ek", "et", "k", "nak", "t"],
        "it": ["a", "e", "i", "o"],
        "lt": ["a", "ai", "as", "e", "i", "o", "os", "u", "us"],
        "pl": [
            "a", "ac", "ach", "al", "ami", "e", "ec", "ego", "ej", "em", "enie", "i", "ic", "ie", "iej",
            "iem", "m",
            "mi", "o", "om", "ow", "owac", "owi", "u", "uja", "uje", "y", "ych", "ym", "ymi",
        ],
        "pt": ["a", "as", "e", "es", "o", "os", "s"],
        "ro": ["a", "e", "ei", "i", "ii", "le", "lor", "lui", "ul", "ului"],
        "ru": [
            "а", "ам", "ами", "ах", "е", "ей", "и", "ов", "ого", "ой", "ом", "у", "ы", "ые", "ый", "ых", "я",
        ],
        "ta": [],
        "tr": ["de", "i", "in", "lar", "ler", "ları", "leri"],
        "ur": ["ا", "تا", "تي", "نا", "ني", "ه", "ي"],
    ]

    /// Endings of inflected words, folded as `SearchTerms.fold` does: declensions and common verb endings.
    private static let lightEndings: [String: [String]] = [
        "pl": [
            "ami", "ach", "ych", "ego", "emu", "ymi", "imi", "iego", "iemu", "iej", "iach", "iami", "owi",
            "owie", "ow",
            "om", "iom", "em", "iem", "ej", "ie", "ia", "iu", "ii", "a", "e", "i", "o", "u", "y", "ac", "ec",
            "ic", "yc",
            "uje", "uja", "uj", "owac", "owal", "owala", "al", "ala", "ali", "aly", "il", "ila", "ili", "asz",
            "amy",
            "acie", "aja", "esz", "emy", "ecie", "isz", "imy", "icie", "ysz", "ymy", "ycie", "ym", "im", "mi",
            "ania", "aniu", "anie", "eniu", "enia", "enie",
        ],
        "uk": [
            "ами", "ями", "ах", "ях", "ого", "ому", "ими", "их", "им", "ою", "ею", "єю", "ів", "ей", "ові",
            "еві",
            "ам", "ям", "ом", "ем", "ем", "ій", "а", "е", "и", "і", "о", "у", "ю", "я", "ь", "ти", "ла", "ли",
            "ло", "в",
            "ить", "ать", "ять", "уть", "ють", "ти", "ння", "нню",
        ],
        "bg": [
            "ите", "ият", "ата", "ята", "ото", "ето", "ове", "еве", "ия", "та", "то", "те", "а", "е", "и",
            "о", "у", "ът", "ят",
        ],
        "sk": [
            "ami", "och", "ach", "ych", "eho", "emu", "ymi", "imi", "ovi", "ov", "om", "em", "ej", "ou", "ie",
            "ia",
            "iu", "a", "e", "i", "o", "u", "y", "at", "it", "et", "al", "ala", "ali", "il", "ila", "ili",
        ],
        "lv": [
            "iem", "am", "as", "ai", "as", "es", "ei", "is", "im", "us", "um", "os", "a", "e", "i", "s", "u",
            "am", "ot", "et", "it",
        ],
        "sq": ["ve", "ish", "it", "ut", "in", "un", "en", "et", "es", "se", "e", "i", "a", "t", "n"],
        "so": [
            "yaal", "ada", "aha", "iyo", "kii", "tii", "da", "ta", "ka", "ga", "ha", "ku", "tu", "o", "a",
            "e", "i",
        ],
        "cy": [
            "iadau", "iad", "au", "iau", "ion", "oedd", "ydd", "wyr", "on", "od", "ed", "i", "u", "a", "odd",
            "wch", "ir",
        ],
        "kmr": ["eke", "eki", "an", "en", "in", "e", "a", "i", "o", "yen", "yan"],
        "bn": ["গুলোকে", "গুলোর", "গুলো", "গুলি", "দের", "েরা", "ের", "কে", "রা", "টি", "টা", "তে", "ে", "র", "য়", "ও", "ই"],
        "pa": ["ਿਆਂ", "ੀਆਂ", "ਾਂ", "ੋਂ", "ੇ", "ੀ", "ਾ", "ੋ", "ਿ"],
        "gu": ["ઓને", "ઓની", "ઓનું", "ઓના", "માં", "થી", "ને", "ની", "નો", "ના", "નું", "ઓ", "ી", "ો", "ા", "ે"],
        "ur": [
            "وں", "ايں", "يں", "ياں", "يوں", "وں", "ے", "ي", "ا", "و", "ں", "ه", "نے", "تا", "تي", "تے", "نا",
            "ني",
        ],
        "fa": ["هايم", "هايي", "هاي", "ها", "ان", "ات", "ترين", "تر", "يم", "يد", "ند", "م", "ي", "ش"],
        "ckb": ["هكان", "هكه", "يهكان", "ان", "يك", "ه", "ي", "م", "ت"],
        "ps": ["ونه", "ونو", "انو", "ان", "ي", "ه", "و"],
        "ti": ["ታት", "ኦም", "ና", "ን"],
    ]
}
