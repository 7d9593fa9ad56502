/// Characters that cannot be seen, and can hide what a text says: control characters, line separators, those that
/// turn the direction of writing, and those without a width.
///
/// A terminal obeys control characters; a phone takes a line end in a vCard for the next field; a name with an
/// override reads as another ("Trojan Source", CVE-2021-42574). Joiners (U+200C, U+200D) and the marks of
/// direction (U+200E, U+200F, U+061C), which words of several languages need, are not among them.
package enum HiddenCharacters {
    package static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        // Line and paragraph separator.
        case 0x2028, 0x2029: true
        // Embeddings, overrides, isolates.
        case 0x202A...0x202E, 0x2066...0x2069: true
        // No width: space, word joiner and invisible signs, Mongolian vowel separator, byte order mark.
        case 0x200B, 0x2060...0x2064, 0x180E, 0xFEFF: true
        // Deprecated controls of digits and shapes, notes between lines, tags.
        case 0x206A...0x206F, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }

    /// The first one in a text, line ends and tabs aside unless asked for.
    package static func first(in text: String, withLineEnds: Bool = false) -> Unicode.Scalar? {
        // Nearly every text is printable ASCII.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return nil }
        return text.unicodeScalars.first {
            contains($0) && (withLineEnds || !($0 == "\n" || $0 == "\t" || $0 == "\r"))
        }
    }

    /// How one is told in a message: `U+202E`.
    package static func name(_ scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }

    /// A text with each of them shown as `<U+202E>`, so that it can be written to a terminal.
    ///
    /// - Parameter inOneLine: Also line ends, which in the name of a file begin what looks like another message.
    package static func shown(_ text: String, inOneLine: Bool = false) -> String {
        guard first(in: text, withLineEnds: true) != nil else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" && !inOneLine || !contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "<\(name(scalar))>"
            }
        }
        return result
    }

    /// A text without them, in one line.
    package static func removed(from text: String) -> String {
        guard first(in: text, withLineEnds: true) != nil else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\n", "\r", "\t", "\u{85}", "\u{2028}", "\u{2029}": result.append(" ")
            case _ where contains(scalar): continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// The problem of a text that may not have any, such as a name.
    package static func problem(_ scalar: Unicode.Scalar, in what: String, at location: SourceLocation?)
        -> Diagnostic
    {
        .error(
            "HiddenCharacter", "\(what) has a character that cannot be seen (\(name(scalar)))", at: location,
            help: "Type it again instead of copying it: such characters can make a text read as another.")
    }
}
