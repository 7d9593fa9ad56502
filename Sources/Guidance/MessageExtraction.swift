import Translations
import Workspace

extension SourceMessage {
    /// The message as a catalogue holds it, with what a translator should know.
    public var extracted: ExtractedMessage {
        var comments = [role.prefix(1).uppercased() + role.dropFirst()]
        if councils.count == 1, let council = councils.first { comments[0] += ", only for \(council)" }
        comments[0] += "."
        return ExtractedMessage(id: text, comments: comments + placeholders, references: references)
    }
}

extension InterfaceStrings {
    /// The context of a key: none, unless another key has the same words in the theme's language.
    static func contexts(_ texts: [String: String]) -> [String: String] {
        var keysByText: [String: [String]] = [:]
        for (key, text) in texts { keysByText[text, default: []].append(key) }
        var contexts: [String: String] = [:]
        for keys in keysByText.values where keys.count > 1 {
            for key in keys { contexts[key] = key }
        }
        return contexts
    }

    /// What a theme's catalogue holds: its words and the units of time, in the order of the keys given.
    public static func messages(_ texts: [String: String], order: [String]) -> [ExtractedMessage] {
        let contexts = contexts(texts)
        return order.compactMap { key in
            texts[key].map {
                ExtractedMessage(
                    context: contexts[key], id: $0, comments: ["Interface: \(key)."],
                    references: ["strings.yml#\(key)"],
                    isMarkdown: false)
            }
        } + UnitMessages.messages
    }

    /// The words in a language; what has no current translation stays in the theme's, where that is another.
    ///
    /// - Returns: The words, and the keys without a translation, sorted.
    public static func translated(
        _ texts: [String: String], into language: Language, by catalogues: [Catalogue]
    ) -> (strings: InterfaceStrings, missing: [String]) {
        let contexts = contexts(texts)
        var result = texts
        var missing: [String] = []
        for (key, text) in texts where text.contains(where: \.isLetter) {
            let found = catalogues.lazy.compactMap { catalogue -> String? in
                guard
                    case .translated(let translation) = catalogue.translation(
                        of: text, context: contexts[key])
                else { return nil }
                return translation.text
            }.first
            if let found {
                result[key] = found
            } else if language != themeLanguage {
                missing.append(key)
            }
        }
        return (InterfaceStrings(result, untranslated: Set(missing)), missing.sorted())
    }
}
