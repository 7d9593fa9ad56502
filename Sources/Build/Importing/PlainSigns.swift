import Foundation
import Markdown

/// Makes the signs that word processors put in their own way into those that everybody types.
enum PlainSigns {
    static func of(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) || text.contains("  ") else { return text }
        var result = ""
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "\t", "\n", "\r", "\u{B}", "\u{C}", "\u{A0}", "\u{1680}", "\u{2000}"..."\u{200A}",
                "\u{2028}",
                "\u{2029}", "\u{202F}", "\u{205F}", "\u{3000}":
                result += " "
            // Of no width, soft hyphens, controls of direction, marks of byte order.
            case "\u{AD}", "\u{180E}", "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}",
                "\u{2060}"..."\u{206F}", "\u{FEFF}", "\u{FFF9}"..."\u{FFFC}", "\u{0}"..."\u{1F}",
                "\u{7F}"..."\u{9F}", "\u{E000}"..."\u{F8FF}", "\u{E0000}"..."\u{E007F}":
                break
            case "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}", "\u{2BC}", "\u{2032}", "\u{B4}":
                result += "'"
            case "\u{201C}", "\u{201D}", "\u{201E}", "\u{201F}", "\u{2033}", "\u{AB}", "\u{BB}":
                result += "\""
            case "\u{2026}": result += "..."
            case "\u{2010}", "\u{2011}": result += "-"
            case "\u{FB00}": result += "ff"
            case "\u{FB01}": result += "fi"
            case "\u{FB02}": result += "fl"
            case "\u{FB03}": result += "ffi"
            case "\u{FB04}": result += "ffl"
            default: result.unicodeScalars.append(scalar)
            }
        }
        while result.contains("  ") { result = result.replacing("  ", with: " ") }
        return result
    }
}

extension [Inline] {
    /// Plain signs, no white space at the ends or twice, nothing marked that holds no words.
    var tidied: [Inline] {
        var result = cleaned
        result.trimStart()
        result.trimEnd()
        return result
    }

    private var cleaned: [Inline] {
        var result: [Inline] = []
        func marked(_ content: [Inline], _ make: ([Inline]) -> Inline) {
            // Spaces at the ends belong outside of the marks, where Markdown wants them.
            var inner = content.cleaned
            let leads = inner.first?.startsWithSpace ?? false
            let trails = inner.last?.endsWithSpace ?? false
            inner.trimStart()
            inner.trimEnd()
            if leads { result.append(text: " ") }
            // Neighbours of one kind are one: `**a****b**` would show its signs.
            if !leads, let last = result.last, let joined = last.joined(with: inner, make(inner)) {
                result[result.count - 1] = joined
            } else if !inner.isEmpty {
                result.append(make(inner))
            }
            if trails { result.append(text: " ") }
        }
        for inline in self {
            switch inline {
            case .text(let text): result.append(text: PlainSigns.of(text))
            case .emphasis(let content): marked(content) { .emphasis($0) }
            case .strong(let content): marked(content) { .strong($0) }
            case .strikethrough(let content): marked(content) { .strikethrough($0) }
            case .link(var link):
                let destination = link.destination
                marked(link.content) { inner in
                    link.content = inner
                    link.destination = destination
                    link.title = PlainSigns.of(link.title)
                    return .link(link)
                }
            case .image(var image):
                image.alternative = PlainSigns.of(image.alternative).trimmingCharacters(in: .whitespaces)
                result.append(.image(image))
            case .lineBreak:
                result.trimSpaceAtEnd()
                result.append(inline)
            case .code, .footnote, .placeholder, .value: result.append(inline)
            }
        }
        return result
    }

    fileprivate mutating func append(text: String) {
        var text = text
        if let last {
            if case .lineBreak = last { text = String(text.drop { $0 == " " }) }
            if last.endsWithSpace { text = String(text.drop { $0 == " " }) }
        }
        guard !text.isEmpty else { return }
        if case .text(let before)? = last {
            self[count - 1] = .text(before + text)
        } else {
            append(.text(text))
        }
    }

    fileprivate mutating func trimStart() {
        while let first {
            switch first {
            case .lineBreak: removeFirst()
            case .text(let text):
                let rest = String(text.drop { $0 == " " })
                if rest == text { return }
                if rest.isEmpty { removeFirst() } else { self[0] = .text(rest) }
            default: return
            }
        }
    }

    fileprivate mutating func trimEnd() {
        while let last {
            if case .lineBreak = last {
                removeLast()
                continue
            }
            let before = count
            guard last.endsWithSpace else { return }
            trimSpaceAtEnd()
            if count == before, self.last == last { return }
        }
    }

    fileprivate mutating func trimSpaceAtEnd() {
        guard case .text(var text)? = last, text.hasSuffix(" ") else { return }
        while text.hasSuffix(" ") { text.removeLast() }
        if text.isEmpty { removeLast() } else { self[count - 1] = .text(text) }
    }

    /// The text cut at its line breaks; lines without words are empty.
    var lines: [[Inline]] {
        var lines: [[Inline]] = [[]]
        for inline in self {
            if case .lineBreak = inline { lines.append([]) } else { lines[lines.count - 1].append(inline) }
        }
        return lines.map(\.tidied)
    }

    /// The words without bold, italics, links and line breaks, as a heading has them.
    var asHeading: [Inline] {
        var text = ""
        forEachInline { inline in
            switch inline {
            case .text(let words), .code(let words): text += words
            case .lineBreak: text += " "
            case .emphasis, .strong, .strikethrough, .link, .image, .footnote: break
            case .placeholder(let placeholder): text += "{{\(placeholder.name)}}"
            case .value(let value): text += value.text
            }
        }
        return [Inline.text(text)].tidied
    }

    /// What is bold from end to end; nil for anything else.
    var whollyBold: [Inline]? {
        var words: [Inline] = []
        for inline in self {
            switch inline {
            case .strong(let content): words += content
            case .emphasis(let content):
                guard let inner = content.whollyBold else { return nil }
                words += inner
            case .text(let text) where text.allSatisfy({ $0.isWhitespace || $0 == ":" }): words.append(inline)
            case .lineBreak: words.append(.text(" "))
            case .link(let link):
                guard link.content.whollyBold != nil else { return nil }
                words.append(inline)
            case .text, .code, .strikethrough, .image, .footnote, .placeholder, .value: return nil
            }
        }
        return words.plainText.contains(where: \.isLetter) ? words : nil
    }
}

extension Inline {
    /// This one with the content of another of its kind behind its own; nil for another kind.
    fileprivate func joined(with content: [Inline], _ other: Inline) -> Inline? {
        switch (self, other) {
        case (.strong(let own), .strong): .strong((own + content).tidied)
        case (.emphasis(let own), .emphasis): .emphasis((own + content).tidied)
        case (.strikethrough(let own), .strikethrough): .strikethrough((own + content).tidied)
        default: nil
        }
    }

    fileprivate var startsWithSpace: Bool {
        if case .text(let text) = self { text.hasPrefix(" ") } else { false }
    }
    fileprivate var endsWithSpace: Bool {
        if case .text(let text) = self { text.hasSuffix(" ") } else { false }
    }
}
