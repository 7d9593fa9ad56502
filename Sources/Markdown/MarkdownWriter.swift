import Workspace

extension [Inline] {
    /// The canonical Markdown of running text, on one line: the identity of a translatable message.
    ///
    /// Placeholders are left in. Reading it back with `Passage(markdown:)` gives the same inlines, so
    /// extracting messages and applying them unchanged loses nothing. A hard line break is a backslash and
    /// a line feed.
    public var markdown: String {
        var output = ""
        write(to: &output)
        if output.hasSuffix("#") {
            output.removeLast()
            output += "\\#"
        }
        return output
    }

    private func write(to output: inout String) {
        for (index, inline) in enumerated() {
            switch inline {
            case .text(let text):
                let following: Inline? = index + 1 < count ? self[index + 1] : nil
                if case .link? = following, text.hasSuffix("!") {
                    Self.escape(String(text.dropLast()), to: &output)
                    output += "\\!"
                } else {
                    Self.escape(text, to: &output)
                }
            case .lineBreak: output += "\\\n"
            case .code(let code): Self.writeCode(code, to: &output)
            case .footnote(let label): output += "[^\(label)]"
            case .emphasis(let content): Self.wrap(content, "*", &output)
            case .strong(let content): Self.wrap(content, "**", &output)
            case .strikethrough(let content): Self.wrap(content, "~~", &output)
            case .link(let link): Self.write(link, to: &output)
            case .image(let image):
                output += "!["
                Self.escape(image.alternative, to: &output)
                output += "](" + Self.target(image.source.written ?? "", title: image.title) + ")"
            case .placeholder(let placeholder): output += "{{\(placeholder.name)}}"
            case .value(let value): Self.escape(value.text, to: &output)
            }
        }
    }

    private static func wrap(_ content: [Inline], _ mark: String, _ output: inout String) {
        output += mark
        content.write(to: &output)
        output += mark
    }

    private static func write(_ link: Inline.Link, to output: inout String) {
        let destination = link.destination.written ?? ""
        let plain =
            link.content == [.text(destination)]
            || link.content == [.text(String(destination.dropFirst("mailto:".count)))]
                && destination.hasPrefix("mailto:")
        if plain, link.title.isEmpty,
            ["http", "https", "mailto"].contains(Link.scheme(of: destination) ?? ""),
            !destination.contains(where: { $0.isWhitespace || $0 == "<" || $0 == ">" })
        {
            output += "<\(link.content.plainText)>"
            return
        }
        output += "["
        link.content.write(to: &output)
        output += "](" + target(destination, title: link.title) + ")"
    }

    private static func target(_ destination: String, title: String) -> String {
        var result = destination
        if destination.isEmpty || destination.contains(where: { " ()<>\\".contains($0) }) {
            result = "<"
            for character in destination {
                if "<>\\".contains(character) { result += "\\" }
                result.append(character)
            }
            result += ">"
        }
        if !title.isEmpty {
            result += " \"" + title.map { "\"\\&".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
        }
        return result
    }

    private static func writeCode(_ code: String, to output: inout String) {
        var longest = 0
        var run = 0
        for character in code {
            run = character == "`" ? run + 1 : 0
            longest = Swift.max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        // A space at both ends is taken off again when code is read, so one more must go in.
        let hasEdgeSpaces =
            code.hasPrefix(" ") && code.hasSuffix(" ") && code.contains { $0 != " " }
        let pad = hasEdgeSpaces || code.hasPrefix("`") || code.hasSuffix("`") ? " " : ""
        output += fence + pad + code + pad + fence
    }

    /// Escapes what would otherwise mean something, and nothing else, so that translators see plain text.
    private static func escape(_ text: String, to output: inout String) {
        let scalars = Array<Unicode.Scalar>(text.unicodeScalars)
        func isWord(_ index: Int) -> Bool {
            guard scalars.indices.contains(index) else { return false }
            return scalars[index].isLetter || ("0"..."9").contains(scalars[index])
        }
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "*", "`", "[", "]", "<", "~": output += "\\"
            case "\\":
                // A backslash only escapes ASCII punctuation.
                if index + 1 == scalars.count || scalars[index + 1].isASCIIPunctuation { output += "\\" }
            case "_" where !(isWord(index - 1) && isWord(index + 1)): output += "\\"
            case "&" where index + 1 < scalars.count && (scalars[index + 1] == "#" || isWord(index + 1)):
                output += "\\"
            case "{"
            where index + 1 < scalars.count && scalars[index + 1] == "{"
                || index > 0 && scalars[index - 1] == "{":
                output += "\\"
            default: break
            }
            output.unicodeScalars.append(scalar)
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isASCIIPunctuation: Bool {
        switch value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}

extension Passage {
    /// Stands for a hard line break while a message is read as a single line.
    private static let breakMark: Unicode.Scalar = "\u{E00A}"

    /// The canonical Markdown: the message id of this passage.
    public var markdown: String { inlines.markdown }

    /// Reads running text: only inline Markdown means anything, so that a message may start with `1.` or `-`.
    ///
    /// - Parameter hasFootnotes: Whether the text belongs to a section with footnotes, so that `[^1]` refers to one.
    public init(
        markdown text: String, reporting diagnostics: inout Diagnostics, path: String = "",
        hasFootnotes: Bool = false
    ) {
        if Self.isPlain(text) {
            self.init([.text(text)])
            return
        }
        // Inside a heading no block construct applies.
        let line = text.replacing("\\\n", with: String(Self.breakMark)).replacing("\n", with: " ")
        let notes = hasFootnotes ? Self.footnoteLabels(in: line).map { "\n\n[^\($0)]: …" }.joined() : ""
        let source = SourceText(path: path, text: "# " + line + notes)
        var problems = Diagnostics()
        let document = MarkdownDocument.parse(source, checksFootnotes: false, reporting: &problems)
        diagnostics.add(problems)
        guard case .heading(_, let passage)? = document.blocks.first?.content else {
            self.init([])
            return
        }
        self.init(Self.restoreBreaks(passage.inlines))
    }

    /// Reads running text that is known to be sound.
    public init(markdown text: String, hasFootnotes: Bool = false) {
        var ignored = Diagnostics()
        self.init(markdown: text, reporting: &ignored, hasFootnotes: hasFootnotes)
    }

    /// What could be references to footnotes in a text.
    private static func footnoteLabels(in text: String) -> [String] {
        var labels: [String] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "[^") {
            rest = rest[open.upperBound...]
            guard let close = rest.firstIndex(of: "]") else { break }
            let label = String(rest[..<close])
            if !label.isEmpty, !label.contains(where: \.isWhitespace), !labels.contains(label) {
                labels.append(label)
            }
        }
        return labels
    }

    /// Whether a text surely means nothing but itself in Markdown: most messages are such, and need no parser.
    private static func isPlain(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard let first = bytes.first, let last = bytes.last, first != 0x20, last != 0x20 else {
                return false
            }
            var previous: UInt8 = 0
            var webs = 0
            for byte in bytes {
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF:
                    break
                case UInt8(ascii: " "): if previous == byte { return false }
                case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "'"),
                    UInt8(ascii: "\""),
                    UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ";"), UInt8(ascii: "%"),
                    UInt8(ascii: "/"):
                    break
                default: return false
                }
                // `www.` begins an address.
                webs = byte | 0x20 == UInt8(ascii: "w") ? webs + 1 : 0
                if webs == 3 { return false }
                previous = byte
            }
            return true
        }
    }

    private static func restoreBreaks(_ inlines: [Inline]) -> [Inline] {
        inlines.flatMap { inline -> [Inline] in
            switch inline {
            case .text(let text) where text.unicodeScalars.contains(breakMark):
                var result: [Inline] = []
                for (index, part) in text.split(
                    separator: Character(breakMark), omittingEmptySubsequences: false
                )
                .enumerated() {
                    if index > 0 { result.append(.lineBreak) }
                    if !part.isEmpty { result.append(.text(String(part))) }
                }
                return result
            case .emphasis(let content): return [.emphasis(restoreBreaks(content))]
            case .strong(let content): return [.strong(restoreBreaks(content))]
            case .strikethrough(let content): return [.strikethrough(restoreBreaks(content))]
            case .link(var link):
                link.content = restoreBreaks(link.content)
                return [.link(link)]
            default: return [inline]
            }
        }
    }
}
