import Yams

/// Changes values of one entry of a YAML file in the lines where they stand: comments, order and all other lines stay.
///
/// What comes out is read once more: all else must still mean what it meant.
package struct YAMLEdit {
    package enum Failure: Error, Hashable, Sendable {
        case notYAML
        /// There is no such entry.
        case notThere
        /// It is written in a way that is not changed here, such as over several lines.
        case notSimple(key: String)
    }

    /// A value that is written on one line.
    package struct Field: Hashable, Sendable {
        package var key: String
        package var text: String
        /// From 1.
        package var line: Int
    }

    private indirect enum Tree: Equatable {
        case scalar(String)
        case sequence([Tree])
        case mapping([String: Tree])

        init?(_ node: Node, _ budget: inout Int) {
            budget -= 1
            guard budget > 0 else { return nil }
            switch node {
            case .scalar(let scalar): self = .scalar(scalar.string)
            case .alias: return nil
            case .sequence(let sequence):
                var all: [Tree] = []
                for child in sequence {
                    guard let tree = Tree(child, &budget) else { return nil }
                    all.append(tree)
                }
                self = .sequence(all)
            case .mapping(let mapping):
                var all: [String: Tree] = [:]
                for (key, value) in mapping {
                    guard let name = key.scalar?.string, let tree = Tree(value, &budget) else { return nil }
                    all[name] = tree
                }
                self = .mapping(all)
            }
        }

        /// The same with some values of an entry set; a value alone becomes the entry's `value`.
        func setting(_ values: [String: String], at path: ArraySlice<String>) -> Tree {
            guard case .mapping(var all) = self else {
                guard path.isEmpty else { return self }
                return Tree.mapping(["value": self]).setting(values, at: [])
            }
            if let name = path.first {
                all[name] = all[name]?.setting(values, at: path.dropFirst())
            } else {
                for (key, value) in values { all[key] = .scalar(value) }
            }
            return .mapping(all)
        }
    }

    private let file: FileLines
    private let root: Node
    private let tree: Tree

    private static let mostNodes = 200_000

    package init(_ bytes: [UInt8]) throws(Failure) {
        file = FileLines(bytes)
        guard let (root, tree) = Self.read(file) else { throw .notYAML }
        self.root = root
        self.tree = tree
    }

    private static func read(_ file: FileLines) -> (Node, Tree)? {
        // YAML ends lines at these too, so its numbers of lines would be others.
        let others: Set<Unicode.Scalar> = ["\u{85}", "\u{2028}", "\u{2029}"]
        guard file.count > 0 else { return nil }
        let text = file.text(of: 1...file.count)
        var budget = mostNodes
        guard !text.unicodeScalars.contains(where: { others.contains($0) }),
            let node = (try? Yams.compose(yaml: text, .default, .default, .utf8)) ?? nil,
            let tree = Tree(node, &budget)
        else { return nil }
        return (node, tree)
    }

    private func node(at path: [String]) -> Node? {
        var node = root
        for name in path {
            guard case .mapping(let mapping) = node, let child = Self.value(name, in: mapping) else {
                return nil
            }
            node = child
        }
        return node
    }

    private static func value(_ name: String, in mapping: Node.Mapping) -> Node? {
        for (key, value) in mapping where key.scalar?.string == name { return value }
        return nil
    }

    /// The values of an entry that can be changed here; a value alone is called `value`.
    package func fields(at path: [String]) throws(Failure) -> [Field] {
        guard let node = node(at: path) else { throw .notThere }
        switch node {
        case .scalar(let scalar):
            return place(of: scalar).map { [Field(key: "value", text: scalar.string, line: $0.line)] } ?? []
        case .mapping(let mapping):
            return mapping.compactMap { key, value in
                guard let name = key.scalar?.string, let scalar = value.scalar, let place = place(of: scalar)
                else { return nil }
                return Field(key: name, text: scalar.string, line: place.line)
            }
        case .sequence, .alias: return []
        }
    }

    /// Where a value stands, if it stands on one line: in scalars, from 0.
    private func place(of scalar: Node.Scalar) -> (line: Int, columns: Range<Int>)? {
        guard let mark = scalar.mark, mark.line <= file.count, mark.column > 0 else { return nil }
        let line = Array(String(decoding: file.line(mark.line), as: UTF8.self).unicodeScalars)
        let start = mark.column - 1
        guard line.indices.contains(start) else { return nil }
        let quote = line[start]
        guard quote == "\"" || quote == "'" else {
            let text = Array(scalar.string.unicodeScalars)
            guard !text.isEmpty, line[start...].starts(with: text) else { return nil }
            return (mark.line, start..<start + text.count)
        }
        var index = start + 1
        while index < line.count {
            if quote == "\"", line[index] == "\\" {
                index += 1
            } else if line[index] == quote {
                guard quote == "'", index + 1 < line.count, line[index + 1] == "'" else {
                    return (mark.line, start..<index + 1)
                }
                index += 1
            }
            index += 1
        }
        return nil
    }

    /// The file with some values of an entry set; those that the entry has not are added to it.
    ///
    /// - Parameter order: Of keys that are added.
    package func setting(
        _ values: [String: String], at path: [String], order: [String]
    ) throws(Failure) -> [UInt8] {
        guard let node = node(at: path) else { throw .notThere }
        var bytes = file.bytes
        switch node {
        case .scalar(let scalar):
            guard let place = place(of: scalar) else { throw .notSimple(key: "value") }
            var all = values
            all["value"] = all["value"] ?? scalar.string
            let pairs = order.compactMap { key in all[key].map { "\(key): \(Self.written($0))" } }
            let text =
                all.count == 1 ? Self.written(all["value"] ?? "") : "{\(pairs.joined(separator: ", "))}"
            bytes = replacing(place.line, [(place.columns, text)], in: bytes)
            guard all.count == 1 else { break }
            // It stays a value alone.
            var expected = tree
            expected = Self.replacing(expected, at: path[...], with: .scalar(all["value"] ?? ""))
            return try checked(bytes, expected, path)
        case .mapping(let mapping):
            bytes = try setting(values, in: mapping, order: order)
        case .sequence, .alias: throw .notSimple(key: path.last ?? "")
        }
        return try checked(bytes, tree.setting(values, at: path[...]), path)
    }

    private static func replacing(_ tree: Tree, at path: ArraySlice<String>, with new: Tree) -> Tree {
        guard let name = path.first, case .mapping(var all) = tree, let child = all[name] else { return new }
        all[name] = replacing(child, at: path.dropFirst(), with: new)
        return .mapping(all)
    }

    private func checked(_ bytes: [UInt8], _ expected: Tree, _ path: [String]) throws(Failure) -> [UInt8] {
        guard let (_, read) = Self.read(FileLines(bytes)), read == expected else {
            throw .notSimple(key: path.last ?? "")
        }
        return bytes
    }

    private func setting(
        _ values: [String: String], in mapping: Node.Mapping, order: [String]
    ) throws(Failure) -> [UInt8] {
        var changes: [Int: [(Range<Int>, String)]] = [:]
        var last: (line: Int, columns: Range<Int>)?
        var first: Mark?
        for (key, value) in mapping {
            first = first ?? key.mark
            guard let name = key.scalar?.string else { continue }
            let scalar: Node.Scalar? = value.scalar
            let place = scalar.flatMap { self.place(of: $0) }
            if let new = values[name], scalar?.string != new {
                guard let place else { throw .notSimple(key: name) }
                changes[place.line, default: []].append((place.columns, Self.written(new)))
            }
            if let place, order.contains(name) || last == nil { last = place }
        }
        let present = Set(mapping.compactMap { $0.key.scalar?.string })
        let added = order.filter { values[$0] != nil && !present.contains($0) }
            .map { "\($0): \(Self.written(values[$0] ?? ""))" }
        var lines: (after: Int, texts: [String])?
        if !added.isEmpty {
            guard let last, let first else { throw .notSimple(key: order.first ?? "") }
            let before = String(decoding: file.line(first.line), as: UTF8.self).unicodeScalars
                .prefix(first.column - 1)
            // In `{…}` on one line.
            if before.contains(where: { $0 != " " }) {
                let end = last.columns.upperBound
                changes[last.line, default: []].append((end..<end, added.map { ", " + $0 }.joined()))
            } else {
                let indent = String(repeating: " ", count: first.column - 1)
                lines = (last.line, added.map { indent + $0 })
            }
        }
        // From the last line to the first, so that numbers stay true.
        var bytes = file.bytes
        if let lines {
            bytes = FileLines(bytes).replacing(
                lines.after + 1..<lines.after + 1, with: lines.texts.map { Array($0.utf8) })
        }
        for (line, parts) in changes { bytes = replacing(line, parts, in: bytes) }
        return bytes
    }

    /// What is put into a mapping.
    package enum Addition: Sendable {
        case text(String)
        /// In this order.
        case mapping([(key: String, text: String)])
    }

    /// The file with another entry at the end of a mapping at its top, such as `facts`; the mapping is written where the
    /// file has none.
    package func adding(_ name: String, _ entry: Addition, to key: String) throws(Failure) -> [UInt8] {
        guard case .mapping(let top) = root, case .mapping(var all) = tree, !starts(top.mark, "{") else {
            throw .notSimple(key: key)
        }
        var indent = 2
        var before = file.count
        var head: [String] = ["\(key):"]
        var bytes = file.bytes
        var children: [String: Tree] = [:]
        if let (keyNode, value) = top.first(where: { $0.key.scalar?.string == key }) {
            guard let mark = keyNode.mark else { throw .notSimple(key: key) }
            head = []
            before = mark.line
            switch value {
            case .scalar(let scalar):
                // Nothing stands behind the colon.
                guard scalar.string.isEmpty, scalar.style == .plain else { throw .notSimple(key: key) }
            case .mapping(let mapping) where mapping.isEmpty:
                guard let place = mapping.mark, place.line == mark.line, starts(place, "{}") else {
                    throw .notSimple(key: key)
                }
                let start = place.column - 1
                bytes = replacing(place.line, [(start..<start + 2, "")], in: bytes)
            case .mapping(let mapping):
                guard !starts(mapping.mark, "{"), let first = mapping.first?.key.mark,
                    case .mapping(let known)? = all[key], known[name] == nil
                else { throw .notSimple(key: key) }
                children = known
                indent = first.column - 1
                let next = top.compactMap { $0.key.mark?.line }.filter { $0 > mark.line }.min()
                before = (next ?? file.count + 1) - 1
                while before > first.line, isBlankOrComment(before) { before -= 1 }
            case .sequence, .alias: throw .notSimple(key: key)
            }
        } else {
            while before > 0, file.isBlank(before) { before -= 1 }
        }
        let space = String(repeating: " ", count: indent)
        var lines = head
        switch entry {
        case .text(let text):
            lines.append("\(space)\(name): \(Self.written(text))")
            children[name] = .scalar(text)
        case .mapping(let fields):
            lines.append("\(space)\(name):")
            lines += fields.map { "\(space)  \($0.key): \(Self.written($0.text))" }
            children[name] = .mapping(
                Dictionary(fields.map { ($0.key, Tree.scalar($0.text)) }) { first, _ in first })
        }
        bytes = FileLines(bytes).replacing(before + 1..<before + 1, with: lines.map { Array($0.utf8) })
        all[key] = .mapping(children)
        return try checked(bytes, .mapping(all), [key, name])
    }

    /// Whether some signs stand at a place. The styles that Yams gives are those of where a value ends.
    private func starts(_ mark: Mark?, _ signs: String) -> Bool {
        guard let mark, mark.line <= file.count, mark.column > 0 else { return false }
        return String(decoding: file.line(mark.line), as: UTF8.self).unicodeScalars.dropFirst(mark.column - 1)
            .starts(with: signs.unicodeScalars)
    }

    private func isBlankOrComment(_ line: Int) -> Bool {
        let text = file.line(line).drop { $0 == 0x20 || $0 == 0x09 }
        return text.isEmpty || text.first == UInt8(ascii: "#")
    }

    /// The texts of a list at the top of the file; nil where there is none.
    package func list(_ key: String) -> [String]? {
        guard case .mapping(let top) = root, case .sequence(let items)? = Self.value(key, in: top) else {
            return nil
        }
        let texts = items.compactMap { $0.scalar?.string }
        return texts.count == items.count ? texts : nil
    }

    /// The file with a list set that stands on one line: `languages: [en, pl]`.
    package func setting(list texts: [String], of key: String) throws(Failure) -> [UInt8] {
        guard case .mapping(let top) = root, case .mapping(var all) = tree,
            case .sequence(let items)? = Self.value(key, in: top), let mark = items.mark
        else { throw .notThere }
        let line = Array(String(decoding: file.line(mark.line), as: UTF8.self).unicodeScalars)
        let start = mark.column - 1
        guard starts(mark, "["), let end = line[start...].firstIndex(of: "]")
        else { throw .notSimple(key: key) }
        let written = "[\(texts.map(Self.written).joined(separator: ", "))]"
        all[key] = .sequence(texts.map { .scalar($0) })
        return try checked(
            replacing(mark.line, [(start..<end + 1, written)], in: file.bytes), .mapping(all), [key])
    }

    private func replacing(_ line: Int, _ parts: [(Range<Int>, String)], in bytes: [UInt8]) -> [UInt8] {
        var scalars = Array(String(decoding: file.line(line), as: UTF8.self).unicodeScalars)
        for (columns, text) in parts.sorted(by: { $0.0.lowerBound > $1.0.lowerBound }) {
            scalars.replaceSubrange(columns, with: text.unicodeScalars)
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return FileLines(bytes).replacing(line..<line + 1, with: [Array(String(view).utf8)])
    }

    /// A value as it is written: plain where that cannot be taken for anything else.
    private static func written(_ text: String) -> String {
        func isPlain(_ scalar: Unicode.Scalar) -> Bool {
            scalar.isLetter || ("0"..."9").contains(scalar)
                || " -./()".unicodeScalars.contains(scalar)
        }
        let scalars = text.unicodeScalars
        if let first = scalars.first, first.isLetter || ("0"..."9").contains(first),
            scalars.last != " ", text.lowercased() != "null", scalars.allSatisfy(isPlain)
        {
            return text
        }
        var quoted = "\""
        for scalar in scalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
