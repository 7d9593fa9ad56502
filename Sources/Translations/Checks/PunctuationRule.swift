import Workspace

/// Sentences end, and commas look, as the language writes them.
struct PunctuationRule: TranslationRule {
    static let name = "ForeignPunctuation"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        guard let marks = Self.marks[translation.language.tag] else { return [] }
        let own = WritingSystem(translation.language.script)
        let text = translation.target.scalars
        return text.indices.dropFirst().compactMap { index in
            guard let right = marks[text[index]], translation.target.words[index] == text[index],
                Self.belongs(text, before: index, to: own)
            else { return nil }
            // A full stop inside a word or after a single letter ends no sentence.
            let isStop = text[index] == "."
            let after = index + 1 < text.count ? text[index + 1] : " "
            if isStop, own != .han,
                !after.isSpace || Self.letterCount(text, before: index) < 2
            {
                return nil
            }
            return .warning(
                Self.name, "'\(text[index])' is written '\(right)' in \(translation.language.englishName)",
                at: translation.location(index..<(index + 1)), help: "Write '\(right)'.")
        }
    }

    private static func belongs(_ text: [Unicode.Scalar], before index: Int, to own: WritingSystem) -> Bool {
        if WritingSystem(text[index - 1]) == own { return true }
        // Vowel signs and marks count with their letter.
        return text[index - 1].properties.canonicalCombiningClass != .notReordered
    }

    private static func letterCount(_ text: [Unicode.Scalar], before index: Int) -> Int {
        text[..<index].reversed().prefix { !$0.isSpace && !MessageTokens.isPunctuation($0) }
            .count
    }

    private static let marks: [String: [Unicode.Scalar: Unicode.Scalar]] = {
        let arabic: [Unicode.Scalar: Unicode.Scalar] = [",": "،", ";": "؛", "?": "؟"]
        let chinese: [Unicode.Scalar: Unicode.Scalar] = [
            ",": "，", ".": "。", "?": "？", "!": "！", ":": "：", ";": "；",
        ]
        return [
            "ar": arabic, "fa": arabic, "ckb": arabic, "ps": arabic,
            "ur": arabic.merging([".": "۔"]) { $1 },
            "zh-Hans": chinese, "zh-Hant": chinese,
            "bn": [".": "।"], "hi": [".": "।"], "pa": [".": "।"],
            "ti": [".": "።", ",": "፣", ";": "፤"],
        ]
    }()
}
