/// Marks around words of the theme's language in a text of another one, until an output says which language they are in.
///
/// Two control characters (end of text, end of transmission), which no text that is read holds (`HiddenCharacters`).
package enum SourceWords {
    package static let open: Unicode.Scalar = "\u{03}"
    package static let close: Unicode.Scalar = "\u{04}"

    /// A text of the interface, with marks around what lies between its parameters and has letters.
    static func marked(_ text: String) -> String {
        StringTemplate(text).parts.map { part in
            switch part {
            case .text(let text) where text.contains(where: \.isLetter): "\(open)\(text)\(close)"
            case .text(let text): text
            case .parameter(let name): "{\(name)}"
            }
        }.joined()
    }

    /// A text taken apart at its marks, without them.
    package static func pieces(of text: String) -> [(text: String, isSource: Bool)] {
        guard text.unicodeScalars.contains(open) else { return [(text, false)] }
        var pieces: [(text: String, isSource: Bool)] = []
        var current = String.UnicodeScalarView()
        func finish(_ isSource: Bool) {
            if !current.isEmpty { pieces.append((String(current), isSource)) }
            current = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case open: finish(false)
            case close: finish(true)
            default: current.append(scalar)
            }
        }
        finish(false)
        return pieces
    }

    package static func removed(from text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 == open || $0 == close }) else { return text }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.lazy.filter { $0 != open && $0 != close })
        return String(kept)
    }
}
