import Workspace

/// The text of an SVG file, which a browser runs as a page of the site when somebody opens it by itself.
///
/// Within a page nothing of it runs. This is no parser: what could be a script is refused, wherever it stands.
struct Drawing {
    private let text: [UInt8]

    init(_ bytes: [UInt8]) { text = bytes }

    /// What could run or load something, with its place in the file; nil in a drawing that only draws.
    var danger: (what: String, offset: Int)? {
        guard !text.contains(0), String(validating: text, as: UTF8.self) != nil else {
            return ("text in another encoding than UTF-8, in which nobody can look for scripts", 0)
        }
        var index = 0
        // Within a style sheet.
        var isStyle = false
        while index < text.count {
            guard text[index] == UInt8(ascii: "<") else {
                let end = text[index...].firstIndex(of: UInt8(ascii: "<")) ?? text.count
                if isStyle, let danger = Self.loaded(by: text[index..<end]) { return (danger, index) }
                index = end
                continue
            }
            if starts("<!--", at: index) {
                index = end(of: "-->", from: index + 4)
            } else if starts("<![CDATA[", at: index) {
                let end = end(of: "]]>", from: index + 9)
                if isStyle, let danger = Self.loaded(by: text[index..<end]) { return (danger, index) }
                index = end
            } else if starts("<!", at: index) {
                // Entities can say anything anywhere.
                let end = end(of: ">", from: index)
                if let place = first("<!ENTITY", in: index..<end) { return ("an entity of its own", place) }
                if text[index..<end].contains(UInt8(ascii: "[")) { return ("declarations of its own", index) }
                index = end
            } else if starts("<?", at: index) {
                if starts("<?xml-stylesheet", at: index) { return ("a style sheet from elsewhere", index) }
                let end = end(of: "?>", from: index)
                let told = String(decoding: text[index..<end], as: UTF8.self).lowercased()
                if told.contains("encoding"), !Self.encodings.contains(where: told.contains) {
                    return (
                        "text in another encoding than UTF-8, in which nobody can look for scripts", index
                    )
                }
                index = end
            } else {
                let end = endOfTag(from: index)
                if let danger = danger(ofTag: index..<end) { return (danger, index) }
                let tag = String(decoding: text[index..<end], as: UTF8.self).lowercased()
                isStyle = Self.name(of: tag.dropFirst()) == "style" && !tag.hasSuffix("/>")
                index = end
            }
        }
        return nil
    }

    /// In which a mark of the language stands for itself.
    private static let encodings = ["utf-8", "us-ascii", "iso-8859-1"]
    private static let elements: Set<String> = [
        "script", "iframe", "object", "embed", "form", "handler", "listener", "audio", "video", "base",
        "link", "meta",
    ]

    private func danger(ofTag tag: Range<Int>) -> String? {
        let content = String(decoding: text[tag], as: UTF8.self).dropFirst()
        let local = Self.name(of: content)
        if Self.elements.contains(local) { return "the element '\(HiddenCharacters.shown(local))'" }
        // Browsers leave white space and control characters out of an address.
        let plain = Self.withoutReferences(content.lowercased()).unicodeScalars.filter { $0.value > 0x20 }
        if String(String.UnicodeScalarView(plain)).contains("javascript:") {
            return "an address with a script"
        }
        var quote: Character?
        var names = ""
        var value = ""
        for character in content {
            if let open = quote {
                if character != open {
                    value.append(character)
                    continue
                }
                quote = nil
                if let danger = loaded(by: value, of: names, in: local) { return danger }
                value = ""
            } else if character == "\"" || character == "'" {
                quote = character
            } else {
                names.append(character)
            }
        }
        let handler = names.split { $0.isWhitespace || $0 == "=" || $0 == "/" || $0 == ">" }.dropFirst()
            .first { $0.count > 2 && $0.lowercased().hasPrefix("on") && $0.allSatisfy(\.isLetter) }
        return handler.map { "the attribute '\(HiddenCharacters.shown($0.lowercased()))'" }
    }

    /// The name of a tag's element in small letters, without the prefix of its namespace.
    private static func name(of tag: Substring) -> String {
        let name = tag.prefix { !$0.isWhitespace && $0 != "/" && $0 != ">" }.lowercased()
        return name.split(separator: ":").last.map(String.init) ?? name
    }

    /// What the value of an attribute loads; `names` ends with its name.
    private func loaded(by value: String, of names: String, in element: String) -> String? {
        let name = names.split { $0.isWhitespace || $0 == "=" }.last.map { $0.lowercased() } ?? ""
        let plain = Self.withoutReferences(value.lowercased())
        if name == "href" || name.hasSuffix(":href") || ["src", "srcset", "xml:base"].contains(name) {
            // Where a link leads is the reader's own choice.
            guard element != "a", element != "set", !element.hasPrefix("animate") else { return nil }
            return Self.isOwn(plain[...]) ? nil : Self.address(value[...])
        }
        let css = plain.replacing("&quot;", with: "\"").replacing("&apos;", with: "'")
        return Self.loaded(by: Array(css.utf8)[...])
    }

    /// What CSS loads.
    private static func loaded(by css: ArraySlice<UInt8>) -> String? {
        let text = withoutEscapes(String(decoding: css, as: UTF8.self).lowercased())
        if text.contains("@import") { return "a style sheet from elsewhere" }
        var rest = text[...]
        while let start = rest.firstRange(of: "url(") {
            rest = rest[start.upperBound...]
            let inner = rest.drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
            if !isOwn(inner) { return address(inner.prefix { !")\"'".contains($0) && !$0.isWhitespace }) }
        }
        return nil
    }

    /// Whether an address is one of the drawing's own parts, or holds what it leads to.
    private static func isOwn(_ address: Substring) -> Bool {
        let address = address.drop(while: \.isWhitespace)
        return address.isEmpty || address.hasPrefix("#") || address.hasPrefix("data:")
            || address.hasPrefix(")")
    }

    private static func address(_ text: Substring) -> String {
        "the address of another file, '\(HiddenCharacters.shown(String(text.prefix(60))))'"
    }

    /// With the letters in place of CSS escapes such as `\75`.
    private static func withoutEscapes(_ text: String) -> String {
        guard text.contains("\\") else { return text }
        var result = ""
        var rest = text[...]
        while let backslash = rest.firstIndex(of: "\\") {
            result += rest[..<backslash]
            rest = rest[rest.index(after: backslash)...]
            let digits = rest.prefix(6).prefix(while: \.isHexDigit)
            guard let code = UInt32(digits, radix: 16) else { continue }
            if let scalar = Unicode.Scalar(code) { result.unicodeScalars.append(scalar) }
            rest = rest[digits.endIndex...]
            if rest.first?.isWhitespace == true { rest.removeFirst() }
        }
        return (result + rest).lowercased()
    }

    /// With the letters in place of numbers such as `&#106;` and `&#x6a;`.
    private static func withoutReferences(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "&#") {
            result += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            let isHex = rest.first == "x"
            let digits = rest.dropFirst(isHex ? 1 : 0).prefix { $0.isHexDigit && (isHex || $0.isNumber) }
            if let code = UInt32(digits, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(code) {
                result.unicodeScalars.append(scalar)
                rest = rest[digits.endIndex...]
                if rest.first == ";" { rest.removeFirst() }
            } else {
                result += "&#"
            }
        }
        return (result + rest).lowercased()
    }

    private func starts(_ word: StaticString, at index: Int) -> Bool {
        word.withUTF8Buffer { text[index...].prefix($0.count).elementsEqual($0) }
    }

    private func first(_ word: String, in range: Range<Int>) -> Int? {
        text[range].firstRange(of: Array(word.utf8))?.lowerBound
    }

    /// After the next such word; the end of the file where there is none.
    private func end(of word: String, from index: Int) -> Int {
        guard index < text.count else { return text.count }
        return text[index...].firstRange(of: Array(word.utf8))?.upperBound ?? text.count
    }

    /// After the `>` that ends a tag, which may stand in an attribute too.
    private func endOfTag(from start: Int) -> Int {
        var quote: UInt8?
        for index in start..<text.count {
            let byte = text[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index + 1
            }
        }
        return text.count
    }
}
