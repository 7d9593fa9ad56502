import Workspace

/// One entry of a gettext catalogue: a message and its translation.
///
/// Entries are equal when they say the same; where they stand in a file does not matter.
public struct POEntry: Hashable, Sendable {
    /// What the message was when it was translated (`#|`).
    public struct Previous: Hashable, Sendable {
        public var context: String?
        public var id: String?
        public var pluralID: String?

        public init(context: String? = nil, id: String?, pluralID: String? = nil) {
            self.context = context
            self.id = id
            self.pluralID = pluralID
        }
    }

    /// Lines of `#`, without the mark and the space after it.
    public var translatorComments: [String] = []
    /// Lines of `#.`, written by the extraction.
    public var extractedComments: [String] = []
    /// `#:`, one each; they hold no white space.
    public var references: [String] = []
    /// `#,`, in the order of the file: `fuzzy`, `no-wrap`.
    public var flags: [String] = []
    public var previous: Previous?
    /// `msgctxt`; an empty context is not the same as none.
    public var context: String?
    public var id: String
    public var pluralID: String?
    /// `msgstr`, or `msgstr[0]`, `msgstr[1]` … of a message with a plural. Never empty.
    public var strings: [String]
    /// Whether the message is no longer used (`#~`).
    public var isObsolete = false
    /// Where it stands in the file it was read from.
    public var place = POPlace()

    public init(context: String? = nil, id: String, pluralID: String? = nil, strings: [String] = [""]) {
        self.context = context
        self.id = id
        self.pluralID = pluralID
        self.strings = strings.isEmpty ? [""] : strings
    }

    public var key: MessageKey { MessageKey(context: context, id: id) }
    public var isHeader: Bool { id.isEmpty && context == nil }

    /// Whether somebody must look at the translation again.
    public var isFuzzy: Bool {
        get { flags.contains("fuzzy") }
        set {
            flags.removeAll { $0 == "fuzzy" }
            if newValue { flags.insert("fuzzy", at: 0) }
        }
    }

    /// Whether nothing is translated.
    public var isUntranslated: Bool { strings.allSatisfy(\.isEmpty) }

    /// Whether every form is translated and nobody needs to look again.
    public var isTranslated: Bool { !isFuzzy && !strings.contains("") }

    /// Whether the translation is meant to be the same as the original: a name, for example.
    ///
    /// Said by a translator comment `# signpost-same`, since GNU tools drop flags that they do not know; the flag
    /// `signpost-same` counts as well.
    public var maySayTheSame: Bool {
        flags.contains("signpost-same")
            || translatorComments.contains { $0.split(separator: " ").contains("signpost-same") }
    }
}

/// What tells messages apart: the text, and the context where one text needs two translations.
public struct MessageKey: Hashable, Comparable, Sendable {
    public var context: String?
    public var id: String

    public init(context: String? = nil, id: String) {
        self.context = context
        self.id = id
    }

    public init(_ id: String, context: String? = nil) {
        self.init(context: context, id: id)
    }

    public static func < (a: MessageKey, b: MessageKey) -> Bool {
        (a.id, a.context ?? "") < (b.id, b.context ?? "")
    }
}

/// Where the parts of an entry stand in their file.
///
/// All places are equal, so that entries compare by what they say.
public struct POPlace: Hashable, Sendable {
    /// One quoted piece of a text that may go on over several lines.
    public struct Piece: Sendable {
        /// Where the first character after the quotation mark stands.
        public var start: SourcePosition
        /// As written, with escapes, without the quotation marks.
        public var raw: String

        public init(start: SourcePosition, raw: String) {
            self.start = start
            self.raw = raw
        }
    }

    /// A keyword (`msgid`, `msgstr[1]`) and its text.
    public struct Field: Sendable {
        public var keyword: SourceRange
        public var pieces: [Piece]

        public init(keyword: SourceRange, pieces: [Piece] = []) {
            self.keyword = keyword
            self.pieces = pieces
        }

        /// Where a stretch of the unescaped text stands; offsets count Unicode scalars.
        ///
        /// A stretch that goes on over several pieces is cut at the end of its first one. Without a stretch, the
        /// first piece that holds text.
        public func range(_ scalars: Range<Int>? = nil) -> SourceRange {
            guard let scalars else {
                guard let piece = pieces.first(where: { !$0.raw.isEmpty }) else { return keyword }
                return SourceRange(
                    line: piece.start.line, column: piece.start.column, length: piece.raw.unicodeScalars.count
                )
            }
            var offset = 0
            var last: SourceRange?
            for piece in pieces {
                var start: Int?
                var column = piece.start.column
                for (_, width) in POEscape.scalars(of: piece.raw) {
                    if offset == scalars.lowerBound { start = column }
                    if offset >= scalars.upperBound, let start {
                        return SourceRange(
                            line: piece.start.line, column: start, length: max(1, column - start))
                    }
                    offset += 1
                    column += width
                }
                if let start {
                    return SourceRange(line: piece.start.line, column: start, length: max(1, column - start))
                }
                if !piece.raw.isEmpty { last = SourceRange(line: piece.start.line, column: column) }
            }
            return last ?? keyword
        }
    }

    public var id: Field?
    /// By number of the form.
    public var strings: [Field] = []

    public init() {}

    public static func == (a: POPlace, b: POPlace) -> Bool { true }
    public func hash(into hasher: inout Hasher) {}
}

/// The escapes of PO texts: those of C.
enum POEscape {
    /// Each scalar that a raw text stands for, and how many characters of the file it takes. An escape that C does
    /// not have stands for its letter.
    static func scalars(of raw: String) -> [(scalar: Unicode.Scalar, width: Int)] {
        var result: [(Unicode.Scalar, Int)] = []
        let source = Array(raw.unicodeScalars)
        result.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            guard source[index] == "\\", index + 1 < source.count else {
                result.append((source[index], 1))
                index += 1
                continue
            }
            let (scalar, width, _) = escape(source, at: index)
            result.append((scalar, width))
            index += width
        }
        return result
    }

    static func unescaped(_ raw: String) -> String {
        guard raw.utf8.contains(UInt8(ascii: "\\")) else { return raw }
        var view = String.UnicodeScalarView()
        for (scalar, _) in scalars(of: raw) { view.append(scalar) }
        return String(view)
    }

    /// The column, from 0, of the first escape that PO files do not have.
    static func firstUnknown(in raw: String) -> Int? {
        guard raw.utf8.contains(UInt8(ascii: "\\")) else { return nil }
        let source = Array(raw.unicodeScalars)
        var index = 0
        while index < source.count {
            if source[index] == "\\" {
                guard index + 1 < source.count else { return index }
                let (_, width, known) = escape(source, at: index)
                if !known { return index }
                index += width
            } else {
                index += 1
            }
        }
        return nil
    }

    private static func escape(
        _ source: [Unicode.Scalar], at index: Int
    ) -> (scalar: Unicode.Scalar, width: Int, isKnown: Bool) {
        let letter = source[index + 1]
        switch letter {
        case "n": return ("\n", 2, true)
        case "t": return ("\t", 2, true)
        case "r": return ("\r", 2, true)
        case "a": return ("\u{07}", 2, true)
        case "b": return ("\u{08}", 2, true)
        case "f": return ("\u{0C}", 2, true)
        case "v": return ("\u{0B}", 2, true)
        case "\\", "\"": return (letter, 2, true)
        case "x": return number(source, from: index + 2, radix: 16, limit: 2, letter: letter)
        case "0"..."7": return number(source, from: index + 1, radix: 8, limit: 3, letter: letter)
        default: return (letter, 2, false)
        }
    }

    /// Only ASCII can be written by number: a byte from 0x80 on is a part of a character.
    private static func number(
        _ source: [Unicode.Scalar], from start: Int, radix: UInt32, limit: Int, letter: Unicode.Scalar
    ) -> (scalar: Unicode.Scalar, width: Int, isKnown: Bool) {
        var value: UInt32 = 0
        var end = start
        while end < source.count, end - start < limit,
            let digit = Character(source[end]).hexDigitValue, source[end].isASCII, digit < Int(radix)
        {
            value = value * radix + UInt32(digit)
            end += 1
        }
        let backslash = radix == 16 ? start - 2 : start - 1
        guard end > start, (1..<0x80).contains(value), let scalar = Unicode.Scalar(value) else {
            return (letter, 2, false)
        }
        return (scalar, end - backslash, true)
    }
}
