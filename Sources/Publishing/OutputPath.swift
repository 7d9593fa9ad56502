import Workspace

/// A path inside the output folder, compared byte by byte.
///
/// Swift takes two spellings of one letter (NFC, NFD) for the same text; a disk may not.
struct OutputPath: Hashable, Comparable, Sendable {
    let text: String

    /// Longest name that common file systems store, in bytes.
    static let longestName = 255
    /// Longest path, in bytes: leaves room for the folder it is published to.
    static let longestPath = 1024

    /// The path as given; `problem(with:)` says whether it may be used.
    init(_ text: String) {
        self.text = text
    }

    /// Why a path cannot be written, or nil if it can.
    static func problem(with path: String) -> String? {
        var path = path
        if let problem = path.withUTF8({ problem(with: $0) }) { return problem }
        return HiddenCharacters.first(in: path).map {
            "it has a character that cannot be seen (\(HiddenCharacters.name($0)))"
        }
    }

    private static func problem(with bytes: UnsafeBufferPointer<UInt8>) -> String? {
        if bytes.isEmpty { return "it is empty" }
        if bytes.count > longestPath { return "it is longer than \(longestPath) bytes" }
        if bytes[0] == 0x2F { return "it starts with a slash" }
        var start = 0
        for index in 0...bytes.count {
            if index < bytes.count {
                let byte = bytes[index]
                if byte == 0x5C { return "it has a backslash" }
                if byte < 0x20 || byte == 0x7F { return "it has a control character" }
                guard byte == 0x2F else { continue }
            }
            let count = index - start
            if count == 0 { return "it has an empty part" }
            if bytes[start] == 0x2E, count == 1 || (count == 2 && bytes[start + 1] == 0x2E) {
                return "it has the part '\(count == 1 ? "." : "..")', which leads elsewhere"
            }
            if count > longestName { return "one part is longer than \(longestName) bytes" }
            if start == 0, bytes[0] == 0x2E {
                let name = String(decoding: bytes[..<index], as: UTF8.self)
                if collisionKey(name) == OutputFolder.records {
                    return "'\(OutputFolder.records)' is where Signpost keeps its records"
                }
            }
            start = index + 1
        }
        return nil
    }

    /// Equal for paths that some systems take for one file: case and Unicode normalisation aside.
    var collisionKey: String { Self.collisionKey(text) }

    private static func collisionKey(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { $0 < 0x80 && !(0x41...0x5A).contains($0) }
        return plain ? text : text.uppercased().lowercased()
    }

    /// The folders the path lies in, deepest first.
    var parents: [OutputPath] {
        var found: [OutputPath] = []
        var rest = text[...]
        while let slash = rest.utf8.lastIndex(of: 0x2F) {
            rest = rest[..<slash]
            found.append(OutputPath(String(rest)))
        }
        return found
    }

    /// The folder the path lies in; empty for the top.
    var parent: OutputPath {
        OutputPath(text.utf8.lastIndex(of: 0x2F).map { String(text[..<$0]) } ?? "")
    }

    static func == (a: OutputPath, b: OutputPath) -> Bool { a.text.compareBytes(with: b.text) == 0 }

    static func < (a: OutputPath, b: OutputPath) -> Bool { a.text.compareBytes(with: b.text) < 0 }

    func hash(into hasher: inout Hasher) {
        let done: Void? = text.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if done == nil {
            for byte in text.utf8 { hasher.combine(byte) }
        }
    }
}
