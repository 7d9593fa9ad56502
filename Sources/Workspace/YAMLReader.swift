import Yams

/// Reads a YAML file into typed values, and turns everything unexpected into a problem at its place.
///
/// Nodes are loaded first, since they carry marks; values are then asked for by name. A key nobody asked
/// for is an error when the mapping is finished. Scalars are read as written (`no` is the text "no" unless
/// a yes/no value is asked for), so YAML's own guesses about types cannot change content.
public final class YAMLReader {
    public let file: String
    public private(set) var diagnostics = Diagnostics()
    /// Lines before the YAML text (front matter starts on line 2).
    let lineOffset: Int
    /// Where each of YAML's lines starts in the file's, from 0, if they are others: YAML ends lines at NEL and Unicode's
    /// separators too.
    private var starts: [(line: Int, column: Int)] = []

    /// Nodes counted with every alias expanded; more than this is a mistake or an attack.
    static let nodeLimit = 200_000

    public init(file: String, lineOffset: Int = 0) {
        self.file = file
        self.lineOffset = lineOffset
    }

    /// The top mapping of a YAML text. An empty text is an empty mapping.
    public func root(_ text: String) -> YAMLMapping? {
        if let node = YAMLNode.plainMapping(text) { return YAMLValue(node: node, reader: self).mapping() }
        starts = Self.starts(of: text)
        let node: Node?
        do {
            // The default encoding would be looked up in the environment, each time.
            node = try Yams.compose(yaml: text, .default, .default, .utf8)
        } catch {
            // Two versions of a text are the reason for whatever else is wrong with it.
            var conflicts = Diagnostics()
            ConflictMarker.report(
                in: SourceText(path: file, text: text), below: lineOffset, to: &conflicts)
            if conflicts.isEmpty { report(error, in: text) } else { diagnostics.add(conflicts) }
            return nil
        }
        guard let node else { return YAMLMapping(empty: self) }
        var budget = Self.nodeLimit
        guard let converted = YAMLNode(node, &budget) else {
            add(
                .error(
                    "YAMLTooLarge", "this YAML has too many values once its aliases are filled in",
                    at: SourceLocation(file: file),
                    help: "Write the values out instead of repeating them with * aliases."))
            return nil
        }
        return YAMLValue(node: converted, reader: self).mapping()
    }

    public func add(_ diagnostic: Diagnostic) {
        diagnostics.add(diagnostic)
    }

    private func location(_ mark: Mark?) -> SourceLocation {
        guard let mark else { return SourceLocation(file: file) }
        return location(line: mark.line, column: mark.column, length: 1)
    }

    fileprivate func location(of node: YAMLNode) -> SourceLocation {
        guard node.line > 0 else { return SourceLocation(file: file) }
        var length = 1
        if case .scalar(let text, _) = node.content { length = max(1, text.unicodeScalars.count) }
        return location(line: node.line, column: node.column, length: length)
    }

    private func location(line: Int, column: Int, length: Int) -> SourceLocation {
        var (line, column) = (line, column)
        if starts.indices.contains(line - 1) {
            let start = starts[line - 1]
            (line, column) = (start.line + 1, start.column + column)
        }
        return SourceLocation(
            file: file, range: SourceRange(line: line + lineOffset, column: column, length: length))
    }

    private static func starts(of text: String) -> [(line: Int, column: Int)] {
        let others: Set<Unicode.Scalar> = ["\u{85}", "\u{2028}", "\u{2029}"]
        guard text.unicodeScalars.contains(where: others.contains) else { return [] }
        var starts = [(line: 0, column: 0)]
        var (line, column) = (0, 0)
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar == "\n", previous == "\r" {
                // One end of a line with the one before.
            } else if scalar == "\n" || scalar == "\r" {
                (line, column) = (line + 1, 0)
                starts.append((line, 0))
            } else {
                column += 1
                if others.contains(scalar) { starts.append((line, column)) }
            }
            previous = scalar
        }
        return starts
    }

    /// The first place of a character that YAML does not allow: the parser gives only what it is.
    private func location(ofFirst value: Int32, in text: String) -> SourceLocation {
        var (line, column) = (1, 1)
        for scalar in text.unicodeScalars {
            if Int64(scalar.value) == Int64(value) {
                return location(line: line, column: column, length: 1)
            }
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        return SourceLocation(file: file)
    }

    private func report(_ error: any Error, in text: String) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        func bad(_ problem: String, _ mark: Mark?, _ context: String? = nil) {
            // The parser says "character that cannot start any token", which nobody can see.
            let numbers = mark.map { [$0.line, $0.line - 1] } ?? []
            let tab = numbers.first { number in
                lines.indices.contains(number - 1)
                    && lines[number - 1].prefix(while: { $0 == " " || $0 == "\t" }).contains("\t")
            }
            if let tab {
                let column = lines[tab - 1].prefix { $0 != "\t" }.count + 1
                add(
                    .error(
                        "InvalidYAML", "this is not valid YAML: a tab stands at the start of the line",
                        at: location(line: tab, column: column, length: 1),
                        help: "Put spaces in place of the tab: two for each step to the right."))
                return
            }
            add(
                .error(
                    "InvalidYAML", "this is not valid YAML: \(problem)", at: location(mark),
                    help: context
                        ?? "Check the indentation, the colons and the quotes of this line and the one before."
                ))
        }
        guard let error = error as? YamlError else { return bad("\(error)", nil) }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            bad(problem, mark)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
            add(
                .error(
                    "DuplicateYAMLKey", "\(names) is given more than once", at: location(context.mark),
                    help: "Keep one of them."))
        case .reader(let problem, _, let value, _):
            add(
                .error(
                    "InvalidYAML", "this is not valid YAML: \(problem)",
                    at: location(ofFirst: value, in: text),
                    help: "Take the character out, or write the line again by hand."))
        default:
            bad("\(error)", nil)
        }
    }
}

/// A value as it is written, with its place.
private struct YAMLNode {
    enum Content {
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    var content: Content
    /// From 1; 0 where it is not known.
    var line = 0
    var column = 0

    init(_ content: Content, line: Int, column: Int) {
        self.content = content
        self.line = line
        self.column = column
    }

    /// - Parameter budget: How many more values there may be; nil when it is used up.
    init?(_ node: Node, _ budget: inout Int) {
        budget -= 1
        if budget < 0 { return nil }
        switch node {
        case .scalar(let scalar):
            content = .scalar(scalar.string, isPlain: scalar.style == .plain || scalar.style == .any)
        case .alias: content = .scalar("", isPlain: true)
        case .sequence(let sequence):
            var children: [YAMLNode] = []
            for child in sequence {
                guard let converted = YAMLNode(child, &budget) else { return nil }
                children.append(converted)
            }
            content = .sequence(children)
        case .mapping(let mapping):
            var entries: [(YAMLNode, YAMLNode)] = []
            for (key, value) in mapping {
                guard let name = YAMLNode(key, &budget), let converted = YAMLNode(value, &budget) else {
                    return nil
                }
                entries.append((name, converted))
            }
            content = .mapping(entries)
        }
        if let mark = node.mark { (line, column) = (mark.line, mark.column) }
    }

    /// The mapping that a text of plain `name: value` lines is; nil if there is anything else in it.
    ///
    /// Nearly all front matter is such, and a general parser takes many times as long for it.
    static func plainMapping(_ text: String) -> YAMLNode? {
        var entries: [(key: YAMLNode, value: YAMLNode)] = []
        var line = 0
        var rest = text.utf8[...]
        while !rest.isEmpty {
            line += 1
            let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
            let written = rest[..<end]
            rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[rest.endIndex...]
            guard let colon = written.firstIndex(of: UInt8(ascii: ":")), colon > written.startIndex else {
                return nil
            }
            let key = written[..<colon]
            guard key.allSatisfy({ isLetter($0) || $0 == UInt8(ascii: "-") }), key.first != UInt8(ascii: "-")
            else { return nil }
            let afterColon = written.index(after: colon)
            guard afterColon < written.endIndex, written[afterColon] == 0x20 else { return nil }
            let value = written[written.index(after: afterColon)...]
            // No white space at its ends, and nothing that has a meaning in YAML.
            guard let first = value.first, isLetter(first) || isDigit(first), value.last != 0x20,
                value.allSatisfy({
                    $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "#")
                })
            else { return nil }
            let name = String(key) ?? ""
            for entry in entries {
                if case .scalar(name, _) = entry.key.content { return nil }
            }
            entries.append(
                (
                    YAMLNode(.scalar(name, isPlain: true), line: line, column: 1),
                    YAMLNode(
                        .scalar(String(value) ?? "", isPlain: true), line: line, column: name.utf8.count + 3)
                ))
        }
        return entries.isEmpty ? nil : YAMLNode(.mapping(entries), line: 1, column: 1)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

/// One YAML value and its place.
public struct YAMLValue {
    private let node: YAMLNode
    public let reader: YAMLReader

    fileprivate init(node: YAMLNode, reader: YAMLReader) {
        self.node = node
        self.reader = reader
    }

    public var location: SourceLocation { reader.location(of: node) }

    public var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = node.content else { return false }
        return text.isEmpty || text == "~" || text == "null"
    }

    /// The text of a scalar, as written.
    public var scalarText: String? {
        if case .scalar(let text, _) = node.content { text } else { nil }
    }

    public var isMapping: Bool {
        if case .mapping = node.content { true } else { false }
    }

    public var isSequence: Bool {
        if case .sequence = node.content { true } else { false }
    }

    public func string() -> String? {
        guard let text = scalarText, !isNull else { return wrongType("text") }
        if let hidden = HiddenCharacters.first(in: text) {
            reader.add(HiddenCharacters.problem(hidden, in: "this", at: location))
        }
        return text
    }

    /// Reports the sign that stands where somebody has yet to write: families would read it as it is.
    ///
    /// - Returns: Whether there is one.
    @discardableResult
    package func reportGap() -> Bool {
        guard let text = scalarText, text == "…" || text == "..." else { return false }
        reader.add(
            .error(
                "ValueToFillIn", "nobody has written yet what belongs here", at: location,
                help: "Write it, or take the line out."))
        return true
    }

    /// A name or title: text in one line. Line ends, as in a value that goes on in the next line, become spaces.
    public func line() -> String? {
        reportGap()
        return string().map { $0.contains(where: \.isNewline) ? HiddenCharacters.removed(from: $0) : $0 }
    }

    public func int(in range: ClosedRange<Int>? = nil) -> Int? {
        guard let text = scalarText, let value = Int(text) else { return wrongType("a whole number") }
        if let range, !range.contains(value) {
            return wrongType("a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    public func bool() -> Bool? {
        switch scalarText?.lowercased() {
        case "yes", "true", "on": return true
        case "no", "false", "off": return false
        default: return wrongType("yes or no")
        }
    }

    public func date() -> CalendarDate? {
        guard let text = scalarText, let date = CalendarDate(text) else {
            return wrongType(
                "a date such as 2026-11-21", help: scalarText.flatMap { CalendarDate.advice(on: $0) })
        }
        return date
    }

    /// A value of a closed set.
    public func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        guard let text = scalarText else { return wrongType("one of " + names.joined(separator: ", ")) }
        // People write England, Northern Ireland.
        let plain = text.plainName
        if let choice = Choice(rawValue: text) ?? Choice(rawValue: plain) { return choice }
        reader.add(
            .error(
                "UnknownValue", "'\(text)' is not one of \(names.joined(separator: ", "))", at: location,
                help: didYouMean(text, among: names)))
        return nil
    }

    public func list() -> [YAMLValue] {
        if case .sequence(let items) = node.content {
            return items.map { YAMLValue(node: $0, reader: reader) }
        }
        if isNull { return [] }
        let none: Int? = wrongType("a list")
        _ = none
        return []
    }

    /// The items of a list; one value that stands alone is its own list.
    public func oneOrMore() -> [YAMLValue] { scalarText == nil || isNull ? list() : [self] }

    public func strings() -> [String] { list().compactMap { $0.string() } }

    public func mapping() -> YAMLMapping? {
        guard case .mapping(let entries) = node.content else {
            if isNull { return YAMLMapping([], reader: reader, location: location) }
            return wrongType("a mapping of names to values")
        }
        return YAMLMapping(entries, reader: reader, location: location)
    }

    private func wrongType<T>(_ expected: String, help: String? = nil) -> T? {
        let found =
            if isMapping {
                "a mapping"
            } else if isSequence {
                "a list"
            } else if isNull {
                "nothing"
            } else {
                "'\(scalarText ?? "")'"
            }
        reader.add(
            .error("WrongType", "expected \(expected), found \(found)", at: location, help: help))
        return nil
    }
}

/// A mapping whose keys are asked for one by one.
public struct YAMLMapping {
    public struct Entry {
        public let key: String
        public let keyLocation: SourceLocation
        public let value: YAMLValue
    }

    public let reader: YAMLReader
    public let location: SourceLocation
    public let entries: [Entry]
    private var asked: Set<String> = []

    init(empty reader: YAMLReader) {
        self.reader = reader
        location = SourceLocation(file: reader.file)
        entries = []
    }

    fileprivate init(
        _ written: [(key: YAMLNode, value: YAMLNode)], reader: YAMLReader, location: SourceLocation
    ) {
        self.reader = reader
        self.location = location
        entries = written.compactMap { key, value in
            guard case .scalar(let name, _) = key.content else {
                reader.add(.error("WrongType", "a name must be plain text", at: reader.location(of: key)))
                return nil
            }
            return Entry(
                key: name, keyLocation: reader.location(of: key),
                value: YAMLValue(node: value, reader: reader))
        }
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// The value of a key, or nil where it is absent or empty.
    public mutating func value(_ key: String) -> YAMLValue? {
        asked.insert(key)
        guard let entry = entries.first(where: { $0.key == key }), !entry.value.isNull else { return nil }
        return entry.value
    }

    /// Whether a key that nobody asked for may be one of those asked for, misspelt.
    package func isNearMiss(_ key: String) -> Bool { nearestName(to: key, among: asked) != nil }

    /// The value of a key that must be there.
    public mutating func required(_ key: String, help: String? = nil) -> YAMLValue? {
        if let found = value(key) { return found }
        reader.add(
            .error(
                "MissingField", "'\(key)' is missing",
                at: entries.first { $0.key == key }?.keyLocation ?? location,
                help: help ?? "Add a line '\(key): …'."))
        return nil
    }

    /// Reports every key that nobody asked for.
    ///
    /// - Parameter isForeign: Whether an unknown key that is near none of those asked for is left to the caller.
    public func finish(isForeign: (Entry) -> Bool = { _ in false }) {
        for entry in entries where !asked.contains(entry.key) {
            if isForeign(entry) { continue }
            reader.add(
                .error(
                    "UnknownKey", "unknown key '\(entry.key)'", at: entry.keyLocation,
                    help: didYouMean(
                        entry.key, among: asked,
                        otherwise: "Known here: " + asked.sorted().joined(separator: ", ") + ".")))
        }
    }
}

extension String {
    /// As names of closed sets are spelled: people write "England" and "Northern Ireland" for `northern-ireland`.
    package var plainName: String {
        lowercased().split { $0 == " " || $0 == "_" }.joined(separator: "-")
    }
}
