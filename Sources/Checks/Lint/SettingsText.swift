import Workspace

/// A YAML file as it is written, line by line.
struct SettingsText: Sendable {
    struct Setting: Sendable {
        var line: Int
        var indent: Int
        var key: String
        /// What stands after the colon, with any comment; without white space at its ends.
        var value: Substring
        /// The column of the value's first sign, from 1.
        var column: Int

        /// What it says, without quotation marks around it, and how many signs after the value's first it begins.
        var words: (text: Substring, offset: Int) {
            guard let quote = value.first, quote == "\"" || quote == "'", value.count > 1, value.last == quote
            else { return (value, 0) }
            return (value.dropFirst().dropLast(), 1)
        }
    }

    let file: String
    let settings: [Setting]

    init(_ source: SourceText) {
        self.init(file: source.path, text: source.string, firstLine: 1)
    }

    init(file: String, text: String, firstLine: Int) {
        self.file = file
        var settings: [Setting] = []
        var blockIndent: Int?
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let indent = line.prefix { $0 == " " }.count
            let rest = line.dropFirst(indent)
            if rest.isEmpty { continue }
            // Text of a block scalar, `>-` or `|`, is no setting.
            if let block = blockIndent {
                if indent > block { continue }
                blockIndent = nil
            }
            guard !rest.hasPrefix("#"), let colon = rest.firstIndex(of: ":") else { continue }
            var key = rest[..<colon]
            if key.hasPrefix("- ") { key = key.dropFirst(2) }
            guard !key.isEmpty, key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
            else {
                continue
            }
            let after = rest[rest.index(after: colon)...]
            guard after.isEmpty || after.hasPrefix(" ") else { continue }
            let spaces = after.prefix { $0 == " " }.count
            var value = after.dropFirst(spaces)
            while value.last?.isWhitespace ?? false { value.removeLast() }
            if let first = value.first, first == "|" || first == ">" {
                blockIndent = indent
                continue
            }
            let column = line.unicodeScalars.count - after.dropFirst(spaces).unicodeScalars.count + 1
            settings.append(
                Setting(
                    line: firstLine + index, indent: indent, key: String(key), value: value, column: column))
        }
        self.settings = settings
    }

    func location(_ setting: Setting, from offset: Int = 0, length: Int? = nil) -> SourceLocation {
        SourceLocation(
            file: file,
            range: SourceRange(
                line: setting.line, column: setting.column + offset,
                length: length ?? max(1, setting.value.unicodeScalars.count - offset)))
    }
}
