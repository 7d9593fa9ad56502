extension POFile {
    /// The file as `msgcat` writes it: lines of at most 79 columns, obsolete entries at the end, a blank line
    /// between entries, LF line ends.
    ///
    /// Obsolete entries without a translation hold nothing worth keeping and are left out, as `msgcat` does.
    public func serialized() -> String {
        var parts: [String] = []
        if header.isPresent { parts.append(POWriter.text(of: header.entry)) }
        parts += entries.filter { !$0.isObsolete }.map(POWriter.text)
        parts += entries.filter { $0.isObsolete && $0.strings.first?.isEmpty == false }.map(POWriter.text)
        return parts.joined(separator: "\n")
    }
}

enum POWriter {
    /// Columns of a line, quotation marks included (`PAGE_WIDTH` of gettext).
    static let width = 79

    static func text(of entry: POEntry) -> String {
        var output = ""
        for comment in entry.translatorComments { output += commentLine("#", comment) }
        for comment in entry.extractedComments { output += commentLine("#.", comment) }
        writeReferences(entry.references, to: &output)
        let flags = ordered(entry.flags)
        if !flags.isEmpty { output += "#, " + flags.joined(separator: ", ") + "\n" }
        let mark = entry.isObsolete ? "#~ " : ""
        let wraps = !entry.flags.contains("no-wrap")
        if let previous = entry.previous {
            let mark = entry.isObsolete ? "#~| " : "#| "
            for (keyword, text) in [
                ("msgctxt", previous.context), ("msgid", previous.id), ("msgid_plural", previous.pluralID),
            ] {
                if let text { write(keyword, text, mark: mark, wraps: wraps, to: &output) }
            }
        }
        if let context = entry.context { write("msgctxt", context, mark: mark, wraps: wraps, to: &output) }
        write("msgid", entry.id, mark: mark, wraps: wraps, to: &output)
        if let plural = entry.pluralID {
            write("msgid_plural", plural, mark: mark, wraps: wraps, to: &output)
            for (number, text) in entry.strings.enumerated() {
                write("msgstr[\(number)]", text, mark: mark, wraps: wraps, to: &output)
            }
        } else {
            write("msgstr", entry.strings.first ?? "", mark: mark, wraps: wraps, to: &output)
        }
        return output
    }

    private static func commentLine(_ mark: String, _ text: String) -> String {
        text.isEmpty ? mark + "\n" : "\(mark) \(text)\n"
    }

    /// The order of gettext: `fuzzy`, formats, ranges, wrapping, then what gettext does not know.
    private static func ordered(_ flags: [String]) -> [String] {
        func rank(_ flag: String) -> Int {
            if flag == "fuzzy" { return 0 }
            if flag.hasSuffix("-format") { return 1 }
            if flag.hasPrefix("range:") { return 2 }
            if flag == "wrap" || flag == "no-wrap" { return 3 }
            return 4
        }
        return flags.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
            .map(\.element)
    }

    private static func writeReferences(_ references: [String], to output: inout String) {
        guard !references.isEmpty else { return }
        output += "#:"
        var column = 2
        for reference in references {
            let length = reference.utf8.count + 1
            if column > 2, column + length > width {
                output += "\n#:"
                column = 2
            }
            output += " " + reference
            column += length
        }
        output += "\n"
    }

    // MARK: Texts

    private static func write(
        _ keyword: String, _ text: String, mark: String, wraps: Bool, to output: inout String
    ) {
        let portions = portions(of: text)
        let available = wraps ? width - 2 - mark.utf8.count : .max
        if portions.count <= 1 {
            let start = keyword.utf8.count + 1
            let portion = portions.first ?? []
            // A text that does not fit beside its keyword starts on the next line.
            if LineBreaking.breaks(portion, width: available, startColumn: start).isEmpty, start <= available
            {
                output += "\(mark)\(keyword) \"\(string(portion))\"\n"
                return
            }
        }
        output += "\(mark)\(keyword) \"\"\n"
        for portion in portions {
            let breaks = Set(LineBreaking.breaks(portion, width: available, startColumn: 0))
            output += mark + "\""
            for (index, piece) in portion.enumerated() {
                if breaks.contains(index) { output += "\"\n\(mark)\"" }
                output.unicodeScalars.append(piece.scalar)
            }
            output += "\"\n"
        }
    }

    private static func string(_ portion: [LineBreaking.Piece]) -> String {
        var view = String.UnicodeScalarView()
        for piece in portion { view.append(piece.scalar) }
        return String(view)
    }

    /// The escaped text, cut after each line feed.
    private static func portions(of text: String) -> [[LineBreaking.Piece]] {
        var portions: [[LineBreaking.Piece]] = []
        var current: [LineBreaking.Piece] = []
        for scalar in text.unicodeScalars {
            guard let letter = escapeLetter(scalar) else {
                current.append(LineBreaking.Piece(scalar: scalar))
                continue
            }
            // Never break before the \n at the end of a line, nor inside an escape.
            current.append(LineBreaking.Piece(scalar: "\\", allowsBreak: scalar != "\n"))
            current.append(LineBreaking.Piece(scalar: letter, allowsBreak: false))
            if scalar == "\n" {
                portions.append(current)
                current = []
            }
        }
        if !current.isEmpty { portions.append(current) }
        return portions
    }

    private static func escapeLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "\n": "n"
        case "\t": "t"
        case "\r": "r"
        case "\u{07}": "a"
        case "\u{08}": "b"
        case "\u{0B}": "v"
        case "\u{0C}": "f"
        case "\\", "\"": scalar
        default: nil
        }
    }
}
