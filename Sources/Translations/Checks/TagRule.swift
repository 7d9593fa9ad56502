import Workspace

/// A translation holds no HTML: readers would see the tags.
///
/// Emphasis is `**…**` and links are `[words](page)` in every language. A character written by name (`&nbsp;`) is read in
/// Markdown, and shown as it stands elsewhere.
struct TagRule: TranslationRule {
    static let name = "HTMLInTranslation"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        let english = Set(Self.tags(translation.source).map(\.name))
        let tags = Self.tags(translation.target).filter { !english.contains($0.name) }.map {
            tag -> Diagnostic in
            .error(
                Self.name, "the HTML tag \(translation.target.text(tag.range)) would be shown to readers",
                at: translation.location(tag.range), help: Self.help(tag.name))
        }
        guard !translation.isMarkdown else { return tags }
        return tags
            + Self.entities(translation.target).map { range in
                .error(
                    Self.name, "\(translation.target.text(range)) would be shown to readers as it stands",
                    at: translation.location(range), help: "Type the character itself.")
            }
    }

    private static func help(_ name: String) -> String {
        switch name {
        case "b", "strong": "Write **words** to make words strong."
        case "i", "em": "Write *words* to emphasise words."
        case "a": "Write a link as the English does: [words](page.md)."
        case "br", "p": "Take it out: a message is one paragraph."
        default: "Take it out; the page's own markup says what is needed."
        }
    }

    /// `<b>`, `</span>`, `<br/>`: not `<https://…>`, `<name@example.org>` or what stands in code.
    private static func tags(_ tokens: MessageTokens) -> [(name: String, range: Range<Int>)] {
        let scalars = tokens.scalars
        var found: [(String, Range<Int>)] = []
        var index = 0
        while index < scalars.count {
            defer { index += 1 }
            // A bracket with a backslash before it is blank among the words, and is still shown.
            guard scalars[index] == "<", tokens.words[index] == "<" || isEscaped(scalars, index) else {
                continue
            }
            var end = index + 1
            if end < scalars.count, scalars[end] == "/" { end += 1 }
            let name = scalars[end...].prefix { isLetterOrDigit($0) }
            guard let first = name.first, MessageTokens.isLetter(first), first.isASCII else { continue }
            end += name.count
            guard end < scalars.count, [" ", "/", ">", "\n", "\\"].contains(scalars[end]),
                let close = scalars[end...].firstIndex(where: { $0 == ">" || $0 == "<" }),
                scalars[close] == ">"
            else { continue }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: name)
            found.append((String(view).lowercased(), index..<(close + 1)))
        }
        return found
    }

    /// `&nbsp;`, `&#160;`.
    private static func entities(_ tokens: MessageTokens) -> [Range<Int>] {
        let scalars = tokens.scalars
        return scalars.indices.compactMap { index in
            guard scalars[index] == "&" else { return nil }
            let name = scalars[(index + 1)...].prefix { isLetterOrDigit($0) || $0 == "#" }
            let end = index + 1 + name.count
            guard name.count > 1, end < scalars.count, scalars[end] == ";" else { return nil }
            return index..<(end + 1)
        }
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (MessageTokens.isLetter(scalar) || MessageTokens.digit(scalar) != nil)
    }

    private static func isEscaped(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        index > 0 && scalars[index - 1] == "\\"
    }
}
