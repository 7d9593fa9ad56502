import Markdown
import Workspace

/// What a message says: its text without what may change while every translation of it stays right.
///
/// Two messages with equal forms are equal in meaning, and one translation serves both. These do not count:
///
/// - marks at the end: `.`, `,`, `;`, `:`, `!` and `…`. A question mark counts, since it makes a question of a
///   statement; `!` is a full stop said louder;
/// - the kind of quotation marks and apostrophes, and quotation marks in pairs altogether. An apostrophe within a
///   word counts: "we're" is not "were";
/// - the kind of a dash, and of the space around it; no-break and soft hyphens;
/// - how much white space there is, and of what kind; marks of writing direction;
/// - whether the first letter is a capital;
/// - emphasis, links, where links and pictures lead, and titles of links;
/// - the comma before "and" or "or" in a list, and the comma after an opening such as "If you are ill", in a sentence
///   that negates nothing. Any other comma can turn a sentence around ("No, contact is allowed.").
///
/// Everything else counts, letter by letter: words, numbers, negation, placeholders, the capitals within a text, text
/// that is struck through, the words of a picture.
package struct MessageForm: Hashable, Sendable {
    package let text: String

    package init(_ message: String) {
        self.init(Passage(markdown: message, hasFootnotes: true).inlines)
    }

    package init(_ inlines: [Inline]) {
        var raw = String.UnicodeScalarView()
        Self.write(inlines, to: &raw)
        var scalars = Self.spaced(raw)
        Self.dropQuotes(&scalars)
        Self.joinDashes(&scalars)
        Self.dropCommas(&scalars)
        Self.dropEnd(&scalars)
        Self.lowerFirst(&scalars)
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        text = String(view)
    }

    /// Whether there is nothing by which messages could be told apart.
    package var isEmpty: Bool { !text.unicodeScalars.contains(where: MessageTokens.isLetter) }

    // MARK: The words

    /// Before what is no running text, so that words that look the same are not taken for it.
    private static let mark: Unicode.Scalar = "\u{E000}"

    private static func write(_ inlines: [Inline], to output: inout String.UnicodeScalarView) {
        for inline in inlines {
            switch inline {
            case .text(let text): output.append(contentsOf: text.unicodeScalars)
            case .lineBreak: output.append(" ")
            case .footnote(let label):
                output.append(mark)
                output.append(contentsOf: "[^\(label)]".unicodeScalars)
            case .code(let code):
                output.append(mark)
                output.append(contentsOf: "`\(code)`".unicodeScalars)
            case .emphasis(let content), .strong(let content): write(content, to: &output)
            case .strikethrough(let content):
                output.append(contentsOf: [mark, "~"])
                write(content, to: &output)
                output.append(contentsOf: ["~", mark])
            case .link(let link): write(link.content, to: &output)
            case .image(let image):
                output.append(mark)
                output.append(contentsOf: "![\(image.alternative)]".unicodeScalars)
            case .placeholder(let placeholder):
                output.append(mark)
                output.append(contentsOf: "{{\(placeholder.name)}}".unicodeScalars)
            case .value(let value): output.append(contentsOf: value.text.unicodeScalars)
            }
        }
    }

    /// One space for all white space, one sign for all of a kind, and nothing that is not seen.
    private static func spaced(_ raw: String.UnicodeScalarView) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(raw.count)
        for scalar in raw {
            switch scalar {
            // Soft hyphen, zero-width space, word joiner, byte order mark, marks of direction.
            case "\u{AD}", "\u{200B}", "\u{2060}", "\u{FEFF}", "\u{61C}", "\u{200E}", "\u{200F}",
                "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                break
            case "‘", "’", "‛", "ʼ", "＇": result.append("'")
            case "“", "”", "„", "‟", "«", "»", "＂": result.append("\"")
            case "…": result.append(contentsOf: [".", ".", "."])
            case "‐", "‑": result.append("-")
            case "‒": result.append("–")
            case "―": result.append("—")
            default:
                if !scalar.isSpace {
                    result.append(scalar)
                } else if result.last != " ", !result.isEmpty {
                    result.append(" ")
                }
            }
        }
        if result.last == " " { result.removeLast() }
        return result
    }

    // MARK: Quotation marks

    private static func dropQuotes(_ scalars: inout [Unicode.Scalar]) {
        // One alone is no quotation: 5" is a length.
        if scalars.count(where: { $0 == "\"" }).isMultiple(of: 2) { scalars.removeAll { $0 == "\"" } }
        guard scalars.count(where: { $0 == "'" }) > 1 else { return }
        var dropped: Set<Int> = []
        var open: Int?
        for index in scalars.indices where scalars[index] == "'" {
            let before = index == 0 ? nil : scalars[index - 1]
            let after = index + 1 < scalars.count ? scalars[index + 1] : nil
            if open == nil, !isWord(before), after != nil, after != " ", before.map(isOpening) != false {
                open = index
            } else if let start = open, !isWord(after), before != " " {
                dropped.formUnion([start, index])
                open = nil
            }
        }
        guard !dropped.isEmpty else { return }
        scalars = scalars.indices.filter { !dropped.contains($0) }.map { scalars[$0] }
    }

    private static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || "([{–—-".unicodeScalars.contains(scalar)
    }

    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { MessageTokens.isLetter($0) || MessageTokens.digit($0) != nil } ?? false
    }

    // MARK: Dashes

    /// `-` within a word or between numbers, ` - ` between parts of a sentence.
    private static func joinDashes(_ scalars: inout [Unicode.Scalar]) {
        func isDash(_ scalar: Unicode.Scalar) -> Bool { scalar == "-" || scalar == "–" || scalar == "—" }
        guard scalars.contains(where: isDash) else { return }
        var result: [Unicode.Scalar] = []
        var index = 0
        while index < scalars.count {
            guard isDash(scalars[index]) else {
                result.append(scalars[index])
                index += 1
                continue
            }
            var end = index + 1
            while end < scalars.count, isDash(scalars[end]) { end += 1 }
            let isLong = scalars[index] == "—" || end > index + 1
            let spaceBefore = result.last == " "
            let spaceAfter = end < scalars.count && scalars[end] == " "
            let before = spaceBefore ? result.dropLast().last : result.last
            let next = end + (spaceAfter ? 1 : 0)
            let after = next < scalars.count ? scalars[next] : nil
            let isRange =
                before.map { MessageTokens.digit($0) != nil } == true
                && after.map { MessageTokens.digit($0) != nil } == true && spaceBefore == spaceAfter
            if isRange {
                if spaceBefore { result.removeLast() }
                result.append("-")
                index = next
            } else if (spaceBefore && spaceAfter) || (isLong && (isWord(before) || spaceBefore || spaceAfter))
            {
                if !spaceBefore { result.append(" ") }
                result.append(contentsOf: ["-", " "])
                index = next
            } else {
                // Before a word it may be a sign, and within one it makes another word.
                result.append("-")
                index = end
            }
        }
        scalars = result
    }

    // MARK: Commas

    private static let openings: Set<String> = [
        "after", "as", "at", "before", "by", "during", "for", "if", "in", "on", "once", "since", "until",
        "when", "while",
    ]

    private static func dropCommas(_ scalars: inout [Unicode.Scalar]) {
        guard scalars.contains(",") else { return }
        var dropped: Set<Int> = []
        var start = 0
        for index in scalars.indices {
            let isLast = index + 1 == scalars.count
            let ends =
                [".", "!", "?", ":", ";"].contains(scalars[index]) && (isLast || scalars[index + 1] == " ")
            if ends || isLast {
                dropped.formUnion(commas(in: scalars, start..<(index + 1)))
                start = index + 1
            }
        }
        guard !dropped.isEmpty else { return }
        scalars = scalars.indices.filter { !dropped.contains($0) }.map { scalars[$0] }
    }

    /// The commas of a sentence that mean nothing.
    private static func commas(in scalars: [Unicode.Scalar], _ sentence: Range<Int>) -> Set<Int> {
        let commas = sentence.filter {
            scalars[$0] == "," && $0 + 2 < scalars.count && scalars[$0 + 1] == " "
                // Numbers in a row are a list, and would run together.
                && MessageTokens.digit(scalars[$0 + 2]) == nil
        }
        guard !commas.isEmpty else { return [] }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[sentence])
        let words = MessageSimilarity.words(String(view))
        guard !words.contains(where: EnglishNumbers.negates) else { return [] }
        if commas.count == 1, let first = words.first, openings.contains(first) { return [commas[0]] }
        return Set(
            commas.dropFirst().filter { comma in
                let rest = scalars[(comma + 2)..<sentence.upperBound]
                return [["a", "n", "d", " "], ["o", "r", " "]].contains { (word: [Unicode.Scalar]) in
                    // A name after it may explain what stands before: "your parents, Ann and Bob".
                    rest.starts(with: word)
                        && rest.dropFirst(word.count).first?.isLowercase == true
                }
            })
    }

    // MARK: The ends

    private static func dropEnd(_ scalars: inout [Unicode.Scalar]) {
        var asks = false
        while let last = scalars.last, ".,;:!? ".unicodeScalars.contains(last) {
            asks = asks || last == "?"
            scalars.removeLast()
        }
        if asks { scalars.append("?") }
    }

    private static func lowerFirst(_ scalars: inout [Unicode.Scalar]) {
        guard let first = scalars.first, MessageTokens.isLetter(first), first.isUppercase else {
            return
        }
        // An abbreviation is not a word with a capital: IT, US.
        if scalars.count > 1, scalars[1].isUppercase { return }
        scalars.replaceSubrange(0..<1, with: first.properties.lowercaseMapping.unicodeScalars)
    }
}
