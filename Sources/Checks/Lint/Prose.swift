import Markdown
import Workspace

/// The words of one passage, cut once for all rules that read them.
struct Prose: Sendable {
    struct Word: Sendable {
        /// In small letters, with straight apostrophes.
        var text: String
        /// Offsets of scalars.
        var range: Range<Int>
    }

    let scalars: [Unicode.Scalar]
    let words: [Word]
    /// Ranges of `words`; a sentence without a word is none.
    let sentences: [Range<Int>]
    let role: PlacedPassage.Role
    let passage: Passage
    /// Whether facts are filled in.
    let hasValues: Bool
    /// Whether a digit from 0 to 9 stands in it: most rules about dates, times and numbers have nothing to read else.
    let hasDigits: Bool
    /// What stands in the scalars, in order and without a gap; made anew each time, since few rules ask.
    var pieces: [Piece] { Self.pieces(of: passage.inlines) }

    /// A stretch of scalars that comes from one piece of running text.
    struct Piece: Sendable {
        enum Kind: Hashable, Sendable {
            case text
            /// Shown as it is written: code, or an address that is its own link.
            case verbatim
            /// A fact or contact, filled in or not.
            case reference
        }

        var kind: Kind
        var range: Range<Int>
    }

    init(_ placed: PlacedPassage) {
        passage = placed.passage
        role = placed.role
        var values = false
        passage.inlines.forEachInline { if case .value = $0 { values = true } }
        hasValues = values
        scalars = Array(passage.plainText.unicodeScalars)
        hasDigits = scalars.contains { $0.value &- 0x30 < 10 }
        words = Self.words(in: scalars)
        sentences = Self.sentences(scalars, words)
    }

    private static func pieces(of inlines: [Inline]) -> [Piece] {
        var pieces: [Piece] = []
        func add(_ text: String, _ kind: Piece.Kind) {
            let start = pieces.last?.range.upperBound ?? 0
            pieces.append(Piece(kind: kind, range: start..<(start + text.unicodeScalars.count)))
        }
        func add(_ inlines: [Inline], _ kind: Piece.Kind) {
            for inline in inlines {
                switch inline {
                case .text(let text): add(text, kind)
                case .code(let text): add(text, .verbatim)
                case .lineBreak: add(" ", kind)
                case .footnote: break
                case .emphasis(let inner), .strong(let inner), .strikethrough(let inner): add(inner, kind)
                case .link(let link):
                    let shown = link.content.plainText
                    let leadsToItself = link.destination.written.map { written in
                        ["", "mailto:", "http://", "https://"].contains { $0 + shown == written }
                    }
                    add(link.content, leadsToItself == true ? .verbatim : kind)
                case .image(let image): add(image.alternative, kind)
                case .placeholder(let placeholder): add("{{\(placeholder.name)}}", .reference)
                case .value(let value): add(value.text, .reference)
                }
            }
        }
        add(inlines, .text)
        return pieces
    }

    /// Whether a scalar is a part of code, of an address, of a file's name, or of a fact: signs in it are no
    /// punctuation.
    func isVerbatim(_ index: Int) -> Bool {
        if let piece = pieces.first(where: { $0.range.contains(index) }), piece.kind != .text { return true }
        let start = scalars[..<index].lastIndex(where: \.isSpace).map { $0 + 1 } ?? 0
        let end = scalars[index...].firstIndex(where: \.isSpace) ?? scalars.count
        return WrittenName.isOne(scalars[start..<end])
    }

    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    /// The scalars of some words, and of what stands between them.
    func range(_ words: Range<Int>) -> Range<Int> {
        self.words[words.lowerBound].range.lowerBound..<self.words[words.upperBound - 1].range.upperBound
    }

    /// The words of the sentence that a word stands in.
    func sentence(of word: Int) -> Range<Int> {
        sentences.first { $0.contains(word) } ?? 0..<words.count
    }

    func text(ofSentence words: Range<Int>) -> String { text(range(words)) }

    /// Where some texts stand, each after the one before it; nil for one that does not.
    func ranges(of texts: [String]) -> [Range<Int>?] {
        var from = 0
        return texts.map { text in
            let wanted = Array(text.unicodeScalars)
            let start = scalars.indices.dropFirst(from).first { scalars[$0...].starts(with: wanted) }
            let range = start.map { $0..<($0 + wanted.count) }
            from = range?.upperBound ?? from
            return range
        }
    }

    /// How often the text of a range stands before it.
    func occurrence(of range: Range<Int>) -> Int {
        let wanted = Array(scalars[range])
        guard !wanted.isEmpty else { return 0 }
        var count = 0
        var start = 0
        while start + wanted.count <= range.lowerBound {
            if scalars[start] == wanted[0], scalars[start..<(start + wanted.count)].elementsEqual(wanted) {
                count += 1
                start += wanted.count
            } else {
                start += 1
            }
        }
        return count
    }

    /// Whether a sign stands in a range of scalars.
    func contains(_ sign: Unicode.Scalar, _ range: Range<Int>) -> Bool { scalars[range].contains(sign) }

    private static func words(in scalars: [Unicode.Scalar]) -> [Word] {
        var words: [Word] = []
        var index = 0
        while index < scalars.count {
            // A fact that is not filled in counts as one word.
            if scalars[index] == "{", index + 1 < scalars.count, scalars[index + 1] == "{" {
                var end = index + 2
                while end + 1 < scalars.count, !(scalars[end] == "}" && scalars[end + 1] == "}") { end += 1 }
                end = min(end + 2, scalars.count)
                words.append(Word(text: "{{}}", range: index..<end))
                index = end
                continue
            }
            guard isLetter(scalars[index]) else {
                index += 1
                continue
            }
            var end = index + 1
            while end < scalars.count {
                if isLetter(scalars[end]) {
                    end += 1
                } else if end + 1 < scalars.count, isLetter(scalars[end + 1]), isJoint(scalars[end]) {
                    end += 2
                } else {
                    break
                }
            }
            var text = String.UnicodeScalarView()
            for scalar in scalars[index..<end] { text.append(scalar == "’" ? "'" : scalar) }
            words.append(Word(text: String(text).lowercased(), range: index..<end))
            index = end
        }
        return words
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 {
            return (scalar.value | 0x20) &- 0x61 < 26 || scalar.value &- 0x30 < 10
        }
        return scalar.isLetter
    }

    private static func isJoint(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "'" || scalar == "’" || scalar == "-" || scalar == "." || scalar == "@"
    }

    /// Words that end with a full stop and no sentence.
    private static let shortened: Set<String> = [
        "e.g", "i.e", "etc", "mr", "mrs", "ms", "dr", "prof", "st", "no", "tel", "ext", "vs", "cf", "approx",
        "para",
    ]

    private static func sentences(_ scalars: [Unicode.Scalar], _ words: [Word]) -> [Range<Int>] {
        var sentences: [Range<Int>] = []
        var start = 0
        for index in words.indices {
            let end = words[index].range.upperBound
            let next = index + 1 < words.count ? words[index + 1].range.lowerBound : scalars.count
            let between = scalars[end..<next]
            let ends = between.contains { ".!?".unicodeScalars.contains($0) }
            let isSpaced = between.contains { $0.isSpace }
            let isLast = index + 1 == words.count
            guard isLast || ends && isSpaced && !shortened.contains(words[index].text) else { continue }
            sentences.append(start..<(index + 1))
            start = index + 1
        }
        return sentences
    }
}

/// A stretch of a passage that a rule has something to say about.
struct Finding {
    var rule: Rule
    var message: String
    /// Scalars of the passage; nil for all of it.
    var range: Range<Int>?
    var help: String?
    var severity: Diagnostic.Severity?

    init(
        _ rule: Rule, _ message: String, _ range: Range<Int>?, help: String? = nil,
        severity: Diagnostic.Severity? = nil
    ) {
        self.rule = rule
        self.message = message
        self.range = range
        self.help = help
        self.severity = severity
    }
}
