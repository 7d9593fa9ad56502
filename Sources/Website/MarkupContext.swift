import Translations

/// Where in the HTML of a template a tag stands.
///
/// A value printed between elements gets an element around what is in another script; one in an attribute, in `<title>`
/// or in an element that says its own language is left as it is. So no theme has to think of it.
struct MarkupContext {
    private enum State {
        case text
        /// After `<`; the characters of the element's start or end tag so far.
        case tag
        /// Within quotes in a tag.
        case quoted(Unicode.Scalar)
    }

    private var state = State.text
    private var tag = String.UnicodeScalarView()
    /// The open elements, and whether each decides what its text is.
    private var elements: [(name: String, isMarked: Bool)] = []

    /// Whether a value that stands here is read as running text of the page's language.
    var isRunningText: Bool {
        if case .text = state { !(elements.last?.isMarked ?? false) } else { false }
    }

    mutating func read(_ scalar: Unicode.Scalar) {
        switch state {
        case .text:
            guard scalar == "<" else { return }
            state = .tag
            tag = String.UnicodeScalarView()
        case .tag:
            switch scalar {
            case ">":
                state = .text
                close()
            case "\"", "'":
                state = .quoted(scalar)
                tag.append(scalar)
            default: tag.append(scalar)
            }
        case .quoted(let quote):
            if scalar == quote { state = .tag }
            tag.append(scalar)
        }
    }

    private mutating func close() {
        let text = String(tag)
        guard let first = text.first, first != "!" else { return }
        if first == "/" {
            let name = Self.name(text.dropFirst())
            guard let index = elements.lastIndex(where: { $0.name == name }) else { return }
            elements.removeSubrange(index...)
            return
        }
        let name = Self.name(text[...])
        guard !Self.void.contains(name), !text.hasSuffix("/") else { return }
        let isMarked =
            Self.raw.contains(name) || name != "html" && text.contains(" lang=")
            || text.contains("translate=\"no\"")
            || elements.last?.isMarked ?? false
        elements.append((name, isMarked))
    }

    private static func name(_ text: Substring) -> String {
        text.prefix { $0.isLetter || $0.isNumber || $0 == "-" }.lowercased()
    }

    /// Elements without an end (HTML, 13.1.2).
    private static let void: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]
    /// Elements whose content is no markup.
    private static let raw: Set<String> = ["title", "script", "style", "textarea", "option"]
}

/// The marks around values in running text, between rendering a template and its bytes.
enum TextMarks {
    static let open: Unicode.Scalar = "\u{1}"
    static let close: Unicode.Scalar = "\u{2}"

    /// Marks the runs of every value in running text.
    ///
    /// - Parameter rendered: HTML in which such values stand, escaped, between the marks.
    static func resolve(_ rendered: String, _ setting: TextSetting) -> [UInt8] {
        let source = Array(rendered.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count + source.count / 8)
        var start = 0
        while let first = source[start...].firstIndex(of: UInt8(open.value)) {
            bytes += source[start..<first]
            let end = source[first...].firstIndex(of: UInt8(close.value)) ?? source.count
            write(source[(first + 1)..<end], setting, to: &bytes)
            start = min(source.count, end + 1)
        }
        bytes += source[start...]
        return bytes
    }

    /// Appends one such value.
    static func write(_ value: ArraySlice<UInt8>, _ setting: TextSetting, to bytes: inout [UInt8]) {
        // A slot that is filled later brings its own elements.
        if value.contains(0) {
            bytes += value
        } else {
            TextRuns.write(unescaped(value), setting, to: &bytes)
        }
    }

    /// Takes back the five escapes of the template library.
    private static func unescaped(_ value: ArraySlice<UInt8>) -> String {
        let text = String(decoding: value, as: UTF8.self)
        guard value.contains(UInt8(ascii: "&")) else { return text }
        return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}
