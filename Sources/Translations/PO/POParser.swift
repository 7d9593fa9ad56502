import Workspace

extension POFile {
    /// Reads a catalogue. Every problem is reported, and reading goes on with the next entry.
    ///
    /// CRLF line ends and a byte order mark are understood. The text is UTF-8 by then; a header that names another
    /// character set is an error, since other tools would read the file differently.
    public static func parse(
        _ source: SourceText, reporting diagnostics: inout Diagnostics
    ) -> POFile {
        var parser = POParser(path: source.path)
        parser.parse(source.string)
        // Two versions of a text are the reason for whatever else is wrong with it.
        var conflicts = Diagnostics()
        ConflictMarker.report(in: source, to: &conflicts)
        diagnostics.add(conflicts.isEmpty ? parser.diagnostics : conflicts)
        return parser.file
    }

    /// Reads a catalogue from text.
    public static func parse(
        _ text: String, path: String, reporting diagnostics: inout Diagnostics
    ) -> POFile {
        parse(SourceText(path: path, text: text), reporting: &diagnostics)
    }
}

private struct POParser {
    enum Keyword: Hashable {
        case context, id, pluralID
        case string(Int?)
    }

    /// What has been read of an entry.
    struct Draft {
        var entry = POEntry(id: "")
        var fields: [(keyword: Keyword, isPrevious: Bool, field: POPlace.Field)] = []
        var hasComment = false
        var isObsolete = false
        var isBroken = false

        func has(_ keyword: Keyword) -> Bool { fields.contains { !$0.isPrevious && $0.keyword == keyword } }
        var hasString: Bool {
            fields.contains { field in
                if case .string = field.keyword { return !field.isPrevious }
                return false
            }
        }
        var isEmpty: Bool { fields.isEmpty && !hasComment }
    }

    var file: POFile
    var diagnostics = Diagnostics()
    private var draft = Draft()
    private var seen: [MessageKey: SourceRange] = [:]
    private var hasHeader = false

    init(path: String) {
        file = POFile(path: path)
        file.header.isPresent = false
    }

    mutating func parse(_ text: String) {
        var number = 0
        for slice in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            var line = Substring(slice)
            if number == 1, line.unicodeScalars.first == "\u{FEFF}" { line.unicodeScalars.removeFirst() }
            if line.utf8.last == UInt8(ascii: "\r") { line = Substring(line.utf8.dropLast()) }
            read(line, number: number)
        }
        finish()
    }

    // MARK: Lines

    private mutating func read(_ line: Substring, number: Int) {
        var scanner = Scanner(line: line, number: number)
        scanner.skipSpace()
        guard let first = scanner.peek else { return }
        guard first == "#" else { return readField(&scanner, isObsolete: false, isPrevious: false) }
        scanner.advance()
        switch scanner.peek {
        case "~":
            scanner.advance()
            let isPrevious = scanner.peek == "|"
            if isPrevious {
                scanner.advance()
                startIfComplete()
            }
            scanner.skipSpace()
            guard scanner.peek != nil else { return }
            readField(&scanner, isObsolete: true, isPrevious: isPrevious)
        case "|":
            scanner.advance()
            scanner.skipSpace()
            guard scanner.peek != nil else { return }
            startIfComplete()
            readField(&scanner, isObsolete: false, isPrevious: true)
        default: readComment(&scanner)
        }
    }

    private mutating func readComment(_ scanner: inout Scanner) {
        startIfComplete()
        draft.hasComment = true
        switch scanner.peek {
        case ".":
            scanner.advance()
            draft.entry.extractedComments.append(scanner.comment)
        case ":":
            scanner.advance()
            draft.entry.references += scanner.view.split(whereSeparator: \.isSpace).map(String.init)
        case ",":
            scanner.advance()
            draft.entry.flags += scanner.rest.split(separator: ",").map {
                $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }.filter { !$0.isEmpty && !draft.entry.flags.contains($0) }
        default: draft.entry.translatorComments.append(scanner.comment)
        }
    }

    private mutating func readField(_ scanner: inout Scanner, isObsolete: Bool, isPrevious: Bool) {
        if scanner.peek == "\"" {
            guard !draft.fields.isEmpty, draft.isObsolete == isObsolete || isPrevious,
                draft.fields[draft.fields.count - 1].isPrevious == isPrevious
            else {
                return fail(
                    "a text stands here without a keyword before it", scanner.range,
                    help: "Put msgid or msgstr before it, or remove the line.")
            }
            readPieces(&scanner)
            return
        }
        let start = scanner.column
        let word = scanner.word()
        guard let keyword = keyword(word) else {
            startIfComplete()
            if !draft.fields.isEmpty { draft.isBroken = true }
            return fail(
                "'\(word.isEmpty ? String(scanner.rest.prefix(20)) : word)' is not a keyword of PO files",
                SourceRange(line: scanner.number, column: start, length: max(1, word.unicodeScalars.count)),
                help: didYouMean(word, among: ["msgid", "msgstr", "msgctxt", "msgid_plural"])
                    ?? "A line starts with msgctxt, msgid, msgid_plural, msgstr, # or a quotation mark.")
        }
        if !isPrevious {
            switch keyword {
            case .context, .id:
                startIfComplete()
                if draft.has(.id) || (keyword == .context && draft.has(.context)) { finish() }
            case .pluralID, .string: break
            }
        }
        let place = SourceRange(line: scanner.number, column: start, length: scanner.column - start)
        if !isPrevious, !draft.fields.isEmpty, draft.fields.contains(where: { !$0.isPrevious }),
            draft.isObsolete != isObsolete
        {
            draft.isBroken = true
            fail("only a part of this entry is marked #~", place, help: "Mark all of its lines, or none.")
        }
        draft.isObsolete = draft.isObsolete || isObsolete
        if draft.fields.contains(where: { $0.keyword == keyword && $0.isPrevious == isPrevious }) {
            draft.isBroken = true
            fail("'\(word)' is given twice in one entry", place, help: "Remove one of them.")
        }
        draft.fields.append((keyword, isPrevious, POPlace.Field(keyword: place)))
        scanner.skipSpace()
        guard scanner.peek == "\"" else {
            draft.isBroken = true
            return fail(
                "a quoted text is missing after '\(word)'", place, help: "Write \(word) \"…\" on one line.")
        }
        readPieces(&scanner)
        if !draft.isBroken, scanner.peek != nil {
            readField(&scanner, isObsolete: isObsolete, isPrevious: isPrevious)
        }
    }

    /// The quoted texts of a line, which make one text.
    private mutating func readPieces(_ scanner: inout Scanner) {
        repeat {
            guard let piece = readPiece(&scanner) else { return }
            draft.fields[draft.fields.count - 1].field.pieces.append(piece)
        } while scanner.peek == "\""
    }

    /// Whether a line goes on with another keyword, as gettext reads it: `msgid "Yes" msgstr "Tak"`.
    private func isKeywordNext(_ scanner: Scanner) -> Bool {
        var ahead = scanner
        return keyword(ahead.word()) != nil
    }

    private func keyword(_ word: String) -> Keyword? {
        switch word {
        case "msgctxt": return .context
        case "msgid": return .id
        case "msgid_plural": return .pluralID
        case "msgstr": return .string(nil)
        default:
            guard word.hasPrefix("msgstr["), word.hasSuffix("]"),
                let number = Int(word.dropFirst(7).dropLast()), (0..<100).contains(number)
            else { return nil }
            return .string(number)
        }
    }

    /// A quoted text. What follows a missing quotation mark is not guessed: the entry is left out.
    private mutating func readPiece(_ scanner: inout Scanner) -> POPlace.Piece? {
        let open = scanner.range
        scanner.advance()
        let start = SourcePosition(line: scanner.number, column: scanner.column)
        let text = scanner.quoted()
        guard scanner.peek == "\"" else {
            draft.isBroken = true
            fail(
                "the quotation mark that ends this text is missing", open,
                help: "End the line with \", and write a quotation mark inside the text as \\\".")
            return nil
        }
        scanner.advance()
        let hasSpace = scanner.peek == " " || scanner.peek == "\t"
        scanner.skipSpace()
        if let next = scanner.peek, !hasSpace || next != "\"" && !isKeywordNext(scanner) {
            draft.isBroken = true
            fail(
                "something follows the end of the text", scanner.range,
                help: "Write a quotation mark inside the text as \\\".")
            return nil
        }
        if let column = POEscape.firstUnknown(in: text) {
            diagnostics.add(
                .error(
                    "InvalidPOEscape", "this escape is not known in PO files",
                    at: file.location(
                        SourceRange(line: start.line, column: start.column + column, length: 2)),
                    help:
                        "Known are \\n \\t \\r \\\\ \\\" and ASCII characters by number; write other characters as they are."
                ))
        }
        return POPlace.Piece(start: start, raw: text)
    }

    // MARK: Entries

    private mutating func startIfComplete() {
        if draft.hasString { finish() }
    }

    private mutating func finish() {
        let finished = draft
        draft = Draft()
        guard let first = finished.fields.first else { return }
        var entry = finished.entry
        entry.isObsolete = finished.isObsolete
        func field(_ keyword: Keyword, previous: Bool = false) -> POPlace.Field? {
            finished.fields.first { $0.keyword == keyword && $0.isPrevious == previous }?.field
        }
        func text(_ field: POPlace.Field?) -> String? {
            field.map { $0.pieces.map { POEscape.unescaped($0.raw) }.joined() }
        }
        guard let id = field(.id) else {
            if !finished.isBroken {
                fail("this entry has no msgid", first.field.keyword, help: "Add a line msgid \"…\".")
            }
            return
        }
        entry.place.id = id
        entry.id = text(id) ?? ""
        entry.context = text(field(.context))
        entry.pluralID = text(field(.pluralID))
        if finished.fields.contains(where: \.isPrevious) {
            entry.previous = POEntry.Previous(
                context: text(field(.context, previous: true)), id: text(field(.id, previous: true)),
                pluralID: text(field(.pluralID, previous: true)))
        }
        guard !finished.isBroken else { return }
        guard let strings = strings(of: finished, entry: entry, id: id) else { return }
        entry.place.strings = strings
        entry.strings = strings.map { text($0) ?? "" }
        add(entry, at: id.keyword)
    }

    private mutating func strings(of draft: Draft, entry: POEntry, id: POPlace.Field) -> [POPlace.Field]? {
        var numbered: [(Int, POPlace.Field)] = []
        var plain: POPlace.Field?
        for part in draft.fields {
            guard case .string(let number) = part.keyword, !part.isPrevious else { continue }
            if let number { numbered.append((number, part.field)) } else { plain = part.field }
        }
        if entry.pluralID == nil {
            if let plain, numbered.isEmpty { return [plain] }
            if let wrong = numbered.first?.1 {
                fail(
                    "this message has no plural, but its translation has numbered forms", wrong.keyword,
                    help: "Write msgstr without a number, or add msgid_plural.")
            } else {
                fail("this entry has no msgstr", id.keyword, help: "Add a line msgstr \"\".")
            }
            return nil
        }
        if let plain {
            fail(
                "this message has a plural, so its forms need numbers", plain.keyword,
                help: "Write msgstr[0], msgstr[1] and so on.")
            return nil
        }
        guard !numbered.isEmpty else {
            fail("this entry has no msgstr[0]", id.keyword, help: "Add a line msgstr[0] \"\".")
            return nil
        }
        for (expected, (number, field)) in numbered.enumerated() where number != expected {
            fail(
                "msgstr[\(number)] stands where msgstr[\(expected)] is expected", field.keyword,
                help: "Number the forms 0, 1, 2 … in order.")
            return nil
        }
        return numbered.map(\.1)
    }

    private mutating func add(_ entry: POEntry, at range: SourceRange) {
        if let first = seen[entry.key] {
            diagnostics.add(
                .error(
                    "DuplicateMessage",
                    entry.isHeader ? "this file has two headers" : "this message is in the file twice",
                    at: file.location(range), help: "Keep one of the entries.",
                    related: [Diagnostic.Related("the first one is here", at: file.location(first))]))
            return
        }
        seen[entry.key] = range
        guard entry.isHeader, !entry.isObsolete else {
            file.entries.append(entry)
            return
        }
        file.header = POHeader(entry: entry)
        checkCharset()
    }

    private mutating func checkCharset() {
        guard let type = file.header["Content-Type"],
            let mark = type.lowercased().firstRange(of: "charset=")
        else { return }
        let charset = type.lowercased()[mark.upperBound...].prefix { !$0.isWhitespace && $0 != ";" }
        // A template that nobody has filled in says CHARSET.
        guard !["utf-8", "utf8", "charset"].contains(charset) else { return }
        diagnostics.add(
            .error(
                "UnsupportedCharset",
                "this catalogue says that it is in \(charset.uppercased()), not in UTF-8",
                at: file.location(file.header.range(of: "Content-Type")),
                help: "Convert it: msgconv --to-code=UTF-8."))
    }

    private mutating func fail(_ message: String, _ range: SourceRange, help: String) {
        diagnostics.add(.error("InvalidPO", message, at: file.location(range), help: help))
    }
}

/// Walks along one line; columns count Unicode scalars from 1.
private struct Scanner {
    private(set) var view: Substring.UnicodeScalarView
    let number: Int
    private(set) var column = 1

    init(line: Substring, number: Int) {
        view = line.unicodeScalars
        self.number = number
    }

    var peek: Unicode.Scalar? { view.first }
    var rest: Substring { Substring(view) }
    var range: SourceRange { SourceRange(line: number, column: column) }

    /// The rest of a comment line without the space after its mark.
    var comment: String {
        String(Substring(view.first == " " ? view.dropFirst() : view))
    }

    mutating func advance() {
        view.removeFirst()
        column += 1
    }

    /// Everything up to the quotation mark that ends the text, or to the end of the line.
    mutating func quoted() -> String {
        let bytes = Substring(view).utf8
        var end = bytes.startIndex
        var length = 0
        var isEscaped = false
        while end < bytes.endIndex {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\""), !isEscaped { break }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            if byte & 0xC0 != 0x80 { length += 1 }
            end = bytes.index(after: end)
        }
        let text = String(Substring(view[..<end]))
        view = view[end...]
        column += length
        return text
    }

    mutating func skipSpace() {
        while let next = peek, next == " " || next == "\t" { advance() }
    }

    mutating func word() -> String {
        var word = String.UnicodeScalarView()
        while let next = peek, next != " ", next != "\t", next != "\"" {
            word.append(next)
            advance()
        }
        return String(word)
    }
}
