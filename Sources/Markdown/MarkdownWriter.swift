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

    /// - Parameter marks: What the text stands in: a mark within its like would be read as another one.
    private func write(within marks: Marks = [], to output: inout String) {
        var index = 0
        while index < count {
            let inline = self[index]
            index += 1
            switch inline {
            case .text(var text):
                // What must be escaped is told by what stands beside it.
                while index < count, case .text(let more) = self[index] {
                    text += text.hasSuffix(" ") ? String(more.trimmingPrefix(" ")) : more
                    index += 1
                }
                if index < count, case .link = self[index], text.hasSuffix("!") {
                    Self.escape(String(text.dropLast()), within: marks, to: &output)
                    output += "\\!"
                } else {
                    Self.escape(text, within: marks, to: &output)
                }
            case .lineBreak: output += "\\\n"
            case .code(let code): Self.writeCode(code, to: &output)
            case .footnote(let label): output += "[^\(label)]"
            case .emphasis(let content), .strong(let content), .strikethrough(let content):
                let mark = inline.mark
                let sign = marks.isSuperset(of: mark) ? "" : mark.sign
                output += sign
                content.write(within: marks.union(mark), to: &output)
                // Side by side they are one.
                while index < count, self[index].mark == mark {
                    self[index].marked.write(within: marks.union(mark), to: &output)
                    index += 1
                }
                output += sign
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

    /// The text without marks.
    fileprivate var unmarked: [Inline] {
        flatMap { inline in inline.mark.isEmpty ? [inline] : inline.marked.unmarked }
    }

    private static func write(_ link: Inline.Link, to output: inout String) {
        let destination = link.destination.written ?? ""
        let plain =
            link.content == [.text(destination)]
            || link.content == [.text(String(destination.dropFirst("mailto:".count)))]
                && destination.hasPrefix("mailto:")
        if plain, link.title.isEmpty,
            ["http", "https", "mailto"].contains(Link.scheme(of: destination) ?? ""),
            !destination.contains(where: { $0.isWhitespace || $0 == "<" || $0 == ">" }),
            !destination.hasPrefix("mailto:") || isAddress(link.content.plainText)
        {
            output += "<\(link.content.plainText)>"
            return
        }
        output += "["
        link.content.write(within: .link, to: &output)
        output += "](" + target(destination, title: link.title) + ")"
    }

    /// Whether an e-mail address is one between `<` and `>` too, where CommonMark takes fewer than where it stands bare.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        func isLetter(_ byte: UInt8?) -> Bool {
            guard let byte, byte < 0x80 else { return false }
            let character = Character(Unicode.Scalar(byte))
            return character.isLetter || character.isNumber
        }
        return parts.count == 2 && !parts[0].isEmpty
            && parts[0].allSatisfy { isLetter($0) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains($0) }
            && parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
                isLetter($0.first) && isLetter($0.last) && $0.count <= 63
                    && $0.allSatisfy { isLetter($0) || $0 == UInt8(ascii: "-") }
            }
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
    private static func escape(_ text: String, within marks: Marks = [], to output: inout String) {
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
            // Such an address is no link, and what is escaped in it would be a part of it.
            case ":" where scalars[index...].starts(with: "://".unicodeScalars) && !marks.contains(.link):
                output += "\\"
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

/// What text may stand in.
private struct Marks: OptionSet {
    let rawValue: UInt8

    static let emphasis = Marks(rawValue: 1)
    static let strong = Marks(rawValue: 2)
    static let strikethrough = Marks(rawValue: 4)
    /// A link, in whose text an address is no other link.
    static let link = Marks(rawValue: 8)

    var sign: String { self == .emphasis ? "*" : self == .strong ? "**" : "~~" }
}

extension Inline {
    /// What this marks its content with; nothing where it is no mark.
    fileprivate var mark: Marks {
        switch self {
        case .emphasis: .emphasis
        case .strong: .strong
        case .strikethrough: .strikethrough
        case .text, .lineBreak, .code, .footnote, .link, .image, .placeholder, .value: []
        }
    }

    /// What is marked.
    fileprivate var marked: [Inline] {
        switch self {
        case .emphasis(let content), .strong(let content), .strikethrough(let content): content
        case .text, .lineBreak, .code, .footnote, .link, .image, .placeholder, .value: []
        }
    }

    /// Whether this may be read as something else once it is written: marks, which open and close by what stands beside
    /// them; what may be an address, though it was none where it stood; and code, which may hold half a placeholder.
    fileprivate var mayBeReadOtherwise: Bool {
        switch self {
        case .text(var text): text.withUTF8 { CommonMark.hasSignsOfAddress(UnsafeRawBufferPointer($0)) }
        case .emphasis, .strong, .strikethrough, .code: true
        case .lineBreak, .footnote, .link, .image, .placeholder, .value: false
        }
    }
}

extension Passage {
    /// Stands for a hard line break while a message is read as a single line.
    private static let breakMark: Unicode.Scalar = "\u{E00A}"

    /// The canonical Markdown: the message id of this passage, which is read as what is written the same.
    public var markdown: String {
        var text = inlines.markdown
        let isEven =
            text.utf8.first != UInt8(ascii: " ") && !text.utf8.contains(UInt8(ascii: "\t"))
            && text.utf8.last != UInt8(ascii: " ")
        guard
            !isEven || text.utf8.contains(UInt8(ascii: "\\")) || inlines.contains(where: \.mayBeReadOtherwise)
        else { return text }
        var hasFootnotes = false
        inlines.forEachInline { if case .footnote = $0 { hasFootnotes = true } }
        for _ in 0..<Self.readings {
            let again = Passage(markdown: text, hasFootnotes: hasFootnotes).inlines.markdown
            if again == text { return text }
            text = again
        }
        // Signs without sense: what they mark cannot be told.
        return inlines.unmarked.markdown
    }

    /// How often a message is read again at most; what nobody would write took three.
    private static let readings = 8

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
        let document = MarkdownDocument.parse(source, isPassage: true, reporting: &problems)
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
