extension Language {
    /// The language that an agency or a tool means: `pl_PL`, `pt-BR`, `zh_CN`, `zh_Hant_TW`, `pl_PL.UTF-8`, `pl@latin`.
    ///
    /// A region does not change which language it is; for Chinese, and Panjabi of Pakistan, it says the script (Unicode
    /// CLDR, likely subtags). A script that the language is not written in here makes it another language, which is nil.
    /// `ku` is Kurmanji, as in CLDR, and `ku_IQ` Sorani.
    package init?(localeName: some StringProtocol) {
        let bare = localeName.prefix { $0 != "." && $0 != "@" }
        let parts = bare.split(whereSeparator: { $0 == "_" || $0 == "-" }).map { $0.lowercased() }
        guard let first = parts.first, bare.allSatisfy({ $0.isASCII && !$0.isWhitespace }) else { return nil }
        let rest = parts.dropFirst()
        let modifier = localeName.firstIndex(of: "@").map {
            localeName[localeName.index(after: $0)...].lowercased()
        }
        let script =
            rest.first { $0.count == 4 && $0.allSatisfy(\.isLetter) }
            ?? modifier.flatMap { ["latin": "latn", "cyrillic": "cyrl", "arabic": "arab"][$0] }
        let region = rest.first { $0.count == 2 || ($0.count == 3 && $0.allSatisfy(\.isNumber)) }
        let tag = Self.tag(of: Self.currentCodes[first] ?? first, script: script, region: region)
        guard let tag, let language = Self.all.first(where: { $0.tag.lowercased() == tag.lowercased() })
        else {
            return nil
        }
        if let script, script != language.script.rawValue.lowercased() { return nil }
        self = language
    }

    /// The language with a name of its own or in English, as some tools write it: `Polish`, `polski`.
    package init?(name: some StringProtocol) {
        let name = name.lowercased()
        let found = Self.all.filter {
            $0.englishName.lowercased() == name || $0.nativeName.lowercased() == name
        }
        guard found.count == 1 else { return nil }
        self = found[0]
    }

    private static func tag(of language: String, script: String?, region: String?) -> String? {
        switch language {
        case "zh", "cmn":
            if let script { return "zh-\(script)" }
            return ["tw", "hk", "mo"].contains(region) ? "zh-Hant" : "zh-Hans"
        case "cnr", "sh":
            return script == "cyrl" ? "sr" : "sr-Latn"
        case "pnb":
            return "pa-Arab"
        case "ku":
            return script == "arab" || region == "iq" || region == "ir" ? "ckb" : "kmr"
        default:
            let script = script ?? (language == "pa" && region == "pk" ? "arab" : nil)
            guard let script else { return language }
            let own = "\(language)-\(script)"
            return all.contains { $0.tag.lowercased() == own } ? own : language
        }
    }

    /// What older and other standards call a language: the aliases of Unicode CLDR for what is spoken in the United
    /// Kingdom, Dari among them.
    private static let currentCodes = [
        "iw": "he", "in": "id", "tl": "fil", "mo": "ro", "no": "nb", "arb": "ar", "pes": "fa", "prs": "fa",
        "swh": "sw", "uzn": "uz", "npi": "ne", "khk": "mn", "lvs": "lv", "ekk": "et", "als": "sq",
        "gaz": "om",
    ]
}

extension Language {
    /// What this language is called in another, as a dictionary has it: English is "engleză" in Romanian. Nil where CLDR
    /// has no word, and for languages that no council of the United Kingdom writes its guidance in.
    package func name(in other: Language) -> String? { Self.names[tag]?[other.tag] }

    /// Things side by side, with the language's own comma between them.
    package func list(_ parts: [String]) -> String {
        parts.joined(separator: Self.separators[tag] ?? ", ")
    }

    private static let names: [String: [String: String]] = nameTable.mapValues { table in
        Dictionary(
            uniqueKeysWithValues: table.split(separator: "\n").compactMap { line in
                line.firstIndex(of: " ").map {
                    (String(line[..<$0]), String(line[line.index(after: $0)...]))
                }
            })
    }

    private static let separators: [String: String] = Dictionary(
        uniqueKeysWithValues: listTable.flatMap { row in
            row.tags.split(separator: " ").map { (String($0), row.separator) }
        })

    /// The calendar by which families who read the language may count years and months, where it is not the Gregorian
    /// one; Unicode CLDR's calendar preferences of the countries that speak it, and Nepal's.
    package var otherCalendar: String? {
        switch tag {
        case "am", "ti", "tig": "Ethiopian"
        case "fa", "ps", "lrc", "mzn", "uz-Arab": "Persian"
        case "th": "Buddhist"
        case "ne": "Nepali"
        default: nil
        }
    }
}
