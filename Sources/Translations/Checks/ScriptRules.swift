import Workspace

/// Letters belong to the script that the language is written in; other languages than those of the Latin script may
/// hold Latin names.
struct ScriptRule: TranslationRule {
    static let name = "WrongScript"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        let own = WritingSystem(translation.language.script)
        var hasOwn = false
        var firstForeign: ScriptScanner.Word?
        var problems: [Diagnostic] = []
        for word in ScriptScanner.words(translation.target.words) {
            let scripts = word.scalars.map { WritingSystem($0) }
            hasOwn = hasOwn || scripts.contains { $0.map(own.accepts) ?? false }
            if scripts.contains(.latin) { firstForeign = firstForeign ?? word }
            // A word of two scripts that look alike is reported by MixedScriptRule.
            if MixedScriptRule.mixture(scripts) != nil { continue }
            guard
                let index = scripts.firstIndex(where: { $0.map { !own.accepts($0) && $0 != .latin } ?? false }
                ),
                let script = scripts[index]
            else { continue }
            let start = word.range.lowerBound + index
            problems.append(
                .error(
                    Self.name,
                    "'\(word.text)' has the letter '\(word.scalars[index])' (\(script.rawValue)) in a text in \(translation.language.englishName)",
                    at: translation.location(start..<(start + 1)),
                    help: "Write the word with the letters of \(translation.language.englishName)."))
        }
        // Latin letters only: names of the English may stand as they are, anything else is a transliteration.
        if own != .latin, !hasOwn, let word = firstForeign, problems.isEmpty,
            !translation.entry.maySayTheSame,
            translation.text != translation.sourceText
        {
            let known = Set(
                ScriptScanner.words(translation.source.words).map { word in
                    word.text.hasSuffix("'s") || word.text.hasSuffix("’s")
                        ? String(word.text.dropLast(2)) : word.text
                })
            if ScriptScanner.words(translation.target.words).contains(where: { !known.contains($0.text) }) {
                problems.append(
                    .error(
                        Self.name,
                        "the translation has no letter of the script that \(translation.language.englishName) is written in",
                        at: translation.location(word.range),
                        help: "Write it in \(own.rawValue) script, or add '# signpost-same' if it is a name.")
                )
            }
        }
        return problems
    }
}

/// A word does not mix scripts that look alike: a Cyrillic а in a Polish word, a Latin i in a Ukrainian one.
struct MixedScriptRule: TranslationRule {
    static let name = "MixedScript"
    private static let alike: Set<WritingSystem> = [.latin, .cyrillic, .greek]

    /// The rarer of two such scripts of a word; nil where it has only one.
    static func mixture(_ scripts: [WritingSystem?]) -> WritingSystem? {
        var counts: [WritingSystem: Int] = [:]
        for script in scripts { if let script, alike.contains(script) { counts[script, default: 0] += 1 } }
        guard counts.count > 1 else { return nil }
        return counts.min { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }?.key
    }

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        let own = WritingSystem(translation.language.script)
        return ScriptScanner.words(translation.target.words).compactMap { word in
            let scripts = word.scalars.map { WritingSystem($0) }
            guard let rarer = Self.mixture(scripts) else { return nil }
            // In a text of one of these scripts, the other one is the intruder.
            let foreign = Self.alike.contains(own) ? scripts.first { $0 != nil && $0 != own } : rarer
            guard let foreign, let index = scripts.firstIndex(of: foreign), let script = foreign else {
                return nil
            }
            let start = word.range.lowerBound + index
            let letter = word.scalars[index]
            return .error(
                Self.name,
                "'\(word.text)' mixes scripts: '\(letter)' (U+\(Self.hex(letter))) is a \(script.rawValue) letter",
                at: translation.location(start..<(start + 1)),
                help: "Type the word again with the keyboard of the language.")
        }
    }

    static func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// Words in English letters inside a text of another script are names or abbreviations, not forgotten English.
///
/// English in brackets after a translated term is there on purpose: readers meet the word on paper.
struct UntranslatedWordRule: TranslationRule {
    static let name = "UntranslatedWord"
    /// Small words inside names: "Disclosure and Barring Service".
    private static let connectors: Set<String> = ["and", "of", "for", "the"]

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        guard translation.language.script != .latin, !translation.entry.maySayTheSame,
            translation.text != translation.sourceText
        else { return [] }
        let known = Set(
            ScriptScanner.words(translation.source.words).map { word in
                word.text.hasSuffix("'s") || word.text.hasSuffix("’s")
                    ? String(word.text.dropLast(2)) : word.text
            })
        return Self.latinRuns(Self.withoutBrackets(translation.target.words)).compactMap { word in
            guard word.scalars.count > 1, let first = word.scalars.first else { return nil }
            let isName = first.isUppercase && known.contains(word.text)
            let isAbbreviation = word.scalars.allSatisfy { !$0.isLowercase }
            guard !isName, !isAbbreviation, !Self.connectors.contains(word.text) else { return nil }
            return .warning(
                Self.name, "'\(word.text)' is not translated", at: translation.location(word.range),
                help: "Translate it. A name stays as it is in the English, with a capital letter.")
        }
    }

    /// The same text with spaces for what stands in brackets, so that places stay right.
    private static func withoutBrackets(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var depth = 0
        return text.map { scalar in
            switch scalar {
            case "(", "（": depth += 1
            case ")", "）": depth = max(0, depth - 1)
            default: if depth == 0 { return scalar }
            }
            return " "
        }
    }

    /// Runs of Latin letters: Chinese puts no space around them.
    private static func latinRuns(_ text: [Unicode.Scalar]) -> [ScriptScanner.Word] {
        ScriptScanner.words(
            text.map { WritingSystem($0) == .latin || "'’".unicodeScalars.contains($0) ? $0 : " " }
        )
        .filter { $0.scalars.contains(where: MessageTokens.isLetter) }
    }
}

/// Directions are set by the page: marks in the text that switch them would turn numbers around.
struct DirectionControlRule: TranslationRule {
    static let name = "DirectionControl"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        translation.target.scalars.enumerated().compactMap { index, scalar in
            guard (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value) else {
                return nil
            }
            return .error(
                Self.name, "an invisible direction control (U+\(MixedScriptRule.hex(scalar))) stands here",
                at: translation.location(index..<(index + 1)),
                help: "Delete it: phone numbers, addresses and names are isolated when the page is made.")
        }
    }
}
