/// The words of the interface (buttons, notices, labels) in one language.
///
/// A theme's `strings.yml` gives every string in the source language; its catalogues in
/// `translations/<tag>.po` translate them. Parameters stand in braces: `Last reviewed {date}`.
public struct InterfaceStrings: Sendable {
    private let texts: [String: String]

    public init(_ texts: [String: String]) {
        self.texts = texts
    }

    public var keys: [String] { texts.keys.sorted() }

    /// The text of a key. A theme that lacks a key which the program or a template names is an error of the build
    /// (`MissingString`, `UnknownString`), so that no reader ever sees a key in place of its words.
    public subscript(_ key: String) -> String { texts[key] ?? "" }

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
