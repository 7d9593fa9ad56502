import Translations
import Workspace

/// The words of the interface (buttons, notices, labels) in one language.
///
/// A theme's `strings.yml` gives every string in English, whatever a portal is written in; catalogues in
/// `translations/<tag>.po` translate them. Parameters stand in braces: `Last reviewed {date}`.
public struct InterfaceStrings: Sendable {
    /// The language of a theme's own words.
    package static let themeLanguage = Language.english

    private let texts: [String: String]
    /// The keys whose words are still in the theme's language.
    package let untranslated: Set<String>
    /// Of the texts and of which of them are in the theme's language: the pages of every edition are made from them.
    package let fingerprint: ContentHash
    private var isMarking = false

    public init(_ texts: [String: String]) {
        self.init(texts, untranslated: [])
    }

    package init(_ texts: [String: String], untranslated: Set<String>) {
        self.texts = texts
        self.untranslated = untranslated
        var digest = Digest()
        digest.add(number: texts.count)
        for (key, text) in texts.sorted(by: { $0.key < $1.key }) {
            digest.add(key)
            digest.add(text)
        }
        digest.add(untranslated)
        fingerprint = digest.hash
    }

    /// The same words, with what is still in the theme's language between the marks of `SourceWords`: for outputs that
    /// can say of a word which language it is in.
    package var marked: InterfaceStrings {
        var copy = self
        copy.isMarking = !untranslated.isEmpty
        return copy
    }

    package var hasMarks: Bool { isMarking }

    public var keys: [String] { texts.keys.sorted() }

    /// The text of a key. A theme that lacks a key which the program or a template names is an error of the build
    /// (`MissingString`, `UnknownString`), so that no reader ever sees a key in place of its words.
    public subscript(_ key: String) -> String {
        let text = texts[key] ?? ""
        return isMarking && untranslated.contains(key) ? SourceWords.marked(text) : text
    }

    /// The same words, where some keys say what others do; one whose other is not there stays as it is.
    ///
    /// - Parameter others: The key whose words to take, by the key that says them.
    package func saying(_ others: [String: String]) -> InterfaceStrings {
        var texts = texts
        var untranslated = untranslated
        for (key, other) in others {
            guard let text = self.texts[other] else { continue }
            texts[key] = text
            if self.untranslated.contains(other) {
                untranslated.insert(key)
            } else {
                untranslated.remove(key)
            }
        }
        var copy = InterfaceStrings(texts, untranslated: untranslated)
        copy.isMarking = isMarking
        return copy
    }

    public func contains(_ key: String) -> Bool { texts[key] != nil }

    /// The text of a key with its parameters filled in.
    public func callAsFunction(_ key: String, _ parameters: [String: String]) -> String {
        StringTemplate(self[key]).parts.map { part in
            switch part {
            case .text(let text): text
            case .parameter(let name): parameters[name] ?? "{\(name)}"
            }
        }.joined()
    }
}

/// A string of the interface taken apart at its parameters: `Last reviewed {date}`.
public struct StringTemplate: Sendable {
    public enum Part: Sendable {
        case text(String)
        /// Its name, without the braces.
        case parameter(String)
    }

    public let parts: [Part]

    public init(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(.parameter(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    public var parameters: [String] {
        parts.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }
}
