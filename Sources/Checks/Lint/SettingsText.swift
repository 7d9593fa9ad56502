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
        /// Whether it stands in braces behind another.
        var isWithinBraces = false

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
            let setting = Setting(
                line: firstLine + index, indent: indent, key: String(key), value: value, column: column)
            settings.append(setting)
            settings += Self.within(setting)
        }
        self.settings = settings
    }

    /// The settings within the braces of another: `{value: 15 minutes, source: leaflet}`.
    private static func within(_ setting: Setting) -> [Setting] {
        guard setting.value.first == "{" else { return [] }
        var found: [Setting] = []
        var depth = 0
        var quote: Character?
        var start = setting.value.startIndex
        func add(_ part: Substring) {
            guard let colon = part.firstIndex(of: ":") else { return }
            let key = part[..<colon].drop { $0 == " " }
            let after = part[part.index(after: colon)...]
            guard !key.isEmpty, key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }),
                after.isEmpty || after.first == " "
            else { return }
            var value = after.drop { $0 == " " }
            while value.last == " " { value.removeLast() }
            let before = setting.value[..<value.startIndex].unicodeScalars.count
            let inner = Setting(
                line: setting.line, indent: setting.indent + 1, key: String(key), value: value,
                column: setting.column + before, isWithinBraces: true)
            found.append(inner)
            found += within(inner)
        }
        for index in setting.value.indices {
            let sign = setting.value[index]
            if let open = quote {
                if sign == open { quote = nil }
                continue
            }
            switch sign {
            case "\"", "'":
                // An apostrophe within a word opens nothing.
                let before = setting.value[..<index].last
                if before == " " || before == "{" || before == "[" || before == "," { quote = sign }
            case "{", "[":
                depth += 1
                if depth == 1 { start = setting.value.index(after: index) }
            case "}", "]":
                depth -= 1
                if depth == 0 {
                    add(setting.value[start..<index])
                    return found
                }
            case "," where depth == 1:
                add(setting.value[start..<index])
                start = setting.value.index(after: index)
            default: break
            }
        }
        return found
    }

    /// Settings below `facts:`, which are a fact's value or say something of one.
    var factSettings: [Setting] {
        var inFacts: Int?
        return settings.filter { setting in
            if let indent = inFacts, setting.indent <= indent { inFacts = nil }
            if setting.key == "facts" { inFacts = setting.indent }
            return inFacts != nil
        }
    }

    func location(_ setting: Setting, from offset: Int = 0, length: Int? = nil) -> SourceLocation {
        SourceLocation(
            file: file,
            range: SourceRange(
                line: setting.line, column: setting.column + offset,
                length: length ?? max(1, setting.value.unicodeScalars.count - offset)))
    }
}
