import Guidance
import Translations

/// Says in HTML which language the words between the marks of `SourceWords` are in.
///
/// Text gets an element of its own. Where no element can be, the element that has the words says it if it has no other
/// text (`<input aria-label>`, `<meta content>`); what a script will write later is said by `data-lang`. A label of an
/// element with text of its own cannot be marked: HTML has one language for an element and its attributes.
struct SourceWordsHTML {
    private let start: [UInt8]
    private let attributes: [UInt8]
    private let dataAttribute: [UInt8]

    /// - Parameters:
    ///   - source: Of the words.
    ///   - language: Of the page.
    init(source: Language = InterfaceStrings.themeLanguage, in language: Language) {
        let direction =
            source.direction == language.direction ? "" : " dir=\"\(source.direction.rawValue)\""
        attributes = Array(" lang=\"\(source.tag)\"\(direction)".utf8)
        start = Array("<span".utf8) + attributes + [UInt8(ascii: ">")]
        dataAttribute = Array(" data-lang=\"\(source.tag)\"".utf8)
    }

    /// A page of an edition, with its marks resolved.
    static func page(_ html: [UInt8], of edition: Edition) -> [UInt8] {
        guard edition.strings.hasMarks else { return html }
        return SourceWordsHTML(in: edition.language).resolve(html)
    }

    func resolve(_ html: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(html.count + html.count / 8)
        var index = 0
        var rawTextEnd: [UInt8]?
        while index < html.count {
            let byte = html[index]
            if let mark = Self.mark(byte) {
                if rawTextEnd == nil {
                    result.append(contentsOf: mark == .open ? start : Array("</span>".utf8))
                }
                index += 1
            } else if byte == UInt8(ascii: "<") {
                if let end = rawTextEnd {
                    if html[index...].starts(with: end) { rawTextEnd = nil }
                    result.append(byte)
                    index += 1
                } else {
                    let tag = tag(html, from: &index)
                    result.append(contentsOf: tag.html)
                    if ["title", "script", "style", "textarea"].contains(tag.name) {
                        rawTextEnd = Array("</\(tag.name)".utf8)
                    }
                }
            } else {
                result.append(byte)
                index += 1
            }
        }
        return result
    }

    private enum Mark { case open, close }

    private static func mark(_ byte: UInt8) -> Mark? {
        byte == UInt8(ascii: SourceWords.open)
            ? .open : byte == UInt8(ascii: SourceWords.close) ? .close : nil
    }

    /// Reads a tag with its attributes, and moves the index behind it.
    private func tag(_ html: [UInt8], from index: inout Int) -> (html: [UInt8], name: String) {
        var tag: [UInt8] = []
        var quote: UInt8?
        var attribute: [UInt8] = []
        var isMarked = false
        var isMarkedForScripts = false
        var saysLanguage = false
        while index < html.count {
            let byte = html[index]
            if Self.mark(byte) != nil {
                if attribute.starts(with: Array("data-".utf8)) {
                    isMarkedForScripts = true
                } else {
                    isMarked = true
                }
                index += 1
                continue
            }
            if quote == nil, byte == UInt8(ascii: ">") { break }
            tag.append(byte)
            index += 1
            if let open = quote {
                if byte == open { (quote, attribute) = (nil, []) }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: " ") {
                attribute = []
            } else if byte == UInt8(ascii: "=") {
                if attribute == Array("lang".utf8) { saysLanguage = true }
            } else {
                attribute.append(byte)
            }
        }
        let name = String(
            decoding: tag.dropFirst().prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }, as: UTF8.self)
        if isMarked, !saysLanguage, Self.withoutText.contains(name) { tag.append(contentsOf: attributes) }
        if isMarkedForScripts { tag.append(contentsOf: dataAttribute) }
        if index < html.count {
            tag.append(html[index])
            index += 1
        }
        return (tag, name)
    }

    private static let withoutText: Set<String> = ["input", "img", "meta"]
}
