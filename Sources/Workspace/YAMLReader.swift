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

    /// Nodes counted with every alias expanded; more than this is a mistake or an attack.
    static let nodeLimit = 200_000

    public init(file: String, lineOffset: Int = 0) {
        self.file = file
        self.lineOffset = lineOffset
    }

    /// The top mapping of a YAML text. An empty text is an empty mapping.
    public func root(_ text: String) -> YAMLMapping? {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            report(error)
            return nil
        }
        guard let node else { return YAMLMapping(empty: self) }
        var budget = Self.nodeLimit
        guard Self.fits(node, &budget) else {
            add(
                .error(
                    "YAMLTooLarge", "this YAML has too many values once its aliases are filled in",
                    at: SourceLocation(file: file),
                    help: "Write the values out instead of repeating them with * aliases."))
            return nil
        }
        return YAMLValue(node: node, reader: self).mapping()
    }

    public func add(_ diagnostic: Diagnostic) {
        diagnostics.add(diagnostic)
    }

    private static func fits(_ node: Node, _ budget: inout Int) -> Bool {
        budget -= 1
        if budget < 0 { return false }
        switch node {
        case .scalar, .alias: return true
        case .sequence(let sequence):
            for child in sequence where !fits(child, &budget) { return false }
            return true
        case .mapping(let mapping):
            for (key, value) in mapping where !(fits(key, &budget) && fits(value, &budget)) { return false }
            return true
        }
    }

    func location(_ mark: Mark?, length: Int = 1) -> SourceLocation {
        guard let mark else { return SourceLocation(file: file) }
        return SourceLocation(
            file: file, range: SourceRange(line: mark.line + lineOffset, column: mark.column, length: length))
    }

    private func report(_ error: any Error) {
        func bad(_ problem: String, _ mark: Mark?, _ context: String? = nil) {
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
        case .reader(let problem, _, _, _):
            bad(problem, nil)
        default:
            bad("\(error)", nil)
        }
    }
}

/// One YAML value and its place.
public struct YAMLValue {
    let node: Node
    public let reader: YAMLReader

    init(node: Node, reader: YAMLReader) {
        self.node = node
        self.reader = reader
    }

    public var location: SourceLocation {
        let length = node.scalar.map { max(1, $0.string.unicodeScalars.count) } ?? 1
        return reader.location(node.mark, length: length)
    }

    public var isNull: Bool {
        guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }

    /// The text of a scalar, as written.
    public var scalarText: String? { node.scalar?.string }

    public var isMapping: Bool { node.mapping != nil }
    public var isSequence: Bool { node.sequence != nil }

    public func string() -> String? {
        guard let text = scalarText, !isNull else { return wrongType("text") }
        return text
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
            return wrongType("a date such as 2026-11-21")
        }
        return date
    }

    /// A value of a closed set.
    public func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        guard let text = scalarText else { return wrongType("one of " + names.joined(separator: ", ")) }
        if let choice = Choice(rawValue: text) { return choice }
        reader.add(
            .error(
                "UnknownValue", "'\(text)' is not one of \(names.joined(separator: ", "))", at: location,
                help: didYouMean(text, among: names)))
        return nil
    }

    public func list() -> [YAMLValue] {
        if let sequence = node.sequence { return sequence.map { YAMLValue(node: $0, reader: reader) } }
        if isNull { return [] }
        let none: Int? = wrongType("a list")
        _ = none
        return []
    }

    public func strings() -> [String] { list().compactMap { $0.string() } }

    public func mapping() -> YAMLMapping? {
        guard let mapping = node.mapping else {
            if isNull { return YAMLMapping(empty: reader) }
            return wrongType("a mapping of names to values")
        }
        return YAMLMapping(mapping, reader: reader, location: location)
    }

    private func wrongType<T>(_ expected: String) -> T? {
        let found =
            if node.mapping != nil {
                "a mapping"
            } else if node.sequence != nil {
                "a list"
            } else if isNull {
                "nothing"
            } else {
                "'\(scalarText ?? "")'"
            }
        reader.add(
            .error("WrongType", "expected \(expected), found \(found)", at: location))
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

    init(_ mapping: Node.Mapping, reader: YAMLReader, location: SourceLocation) {
        self.reader = reader
        self.location = location
        entries = mapping.compactMap { key, value in
            guard let name = key.scalar?.string else {
                reader.add(.error("WrongType", "a name must be plain text", at: reader.location(key.mark)))
                return nil
            }
            return Entry(
                key: name, keyLocation: reader.location(key.mark, length: name.unicodeScalars.count),
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
    public func finish() {
        for entry in entries where !asked.contains(entry.key) {
            reader.add(
                .error(
                    "UnknownKey", "unknown key '\(entry.key)'", at: entry.keyLocation,
                    help: didYouMean(
                        entry.key, among: asked,
                        otherwise: "Known here: " + asked.sorted().joined(separator: ", ") + ".")))
        }
    }
}
