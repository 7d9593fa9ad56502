import Workspace

/// Writes numbers and texts compactly, for the state file.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []
    private var previous: [UInt8] = []

    /// Small numbers take one byte (LEB128).
    mutating func number(_ value: Int) {
        var rest = UInt64(bitPattern: Int64(value))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func word(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func text(_ value: String) {
        number(value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }

    /// A path of a sorted list: only what differs from the path before.
    mutating func path(_ value: String) {
        let new = Array(value.utf8)
        var shared = 0
        while shared < new.count, shared < previous.count, new[shared] == previous[shared] { shared += 1 }
        number(shared)
        number(new.count - shared)
        bytes.append(contentsOf: new[shared...])
        previous = new
    }

    mutating func hash(_ value: ContentHash) {
        word(value.high)
        word(value.low)
    }

    mutating func status(_ value: FileStatus) {
        number(value.size)
        word(UInt64(bitPattern: value.modified))
        word(UInt64(bitPattern: value.changed))
    }
}

/// Reads what `ByteWriter` writes; anything else makes it fail, never trap.
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private var previous: [UInt8] = []
    private(set) var failed = false

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number() -> Int {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int(Int64(bitPattern: value)) }
            shift += 7
        }
        failed = true
        return 0
    }

    /// How many things follow; each takes a byte at least, so more than the bytes left is a mistake.
    mutating func count() -> Int {
        let value = number()
        guard value >= 0, value <= bytes.count - position else {
            failed = true
            return 0
        }
        return value
    }

    mutating func word() -> UInt64 {
        guard bytes.count - position >= 8 else {
            failed = true
            return 0
        }
        defer { position += 8 }
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    mutating func text() -> String {
        let size = count()
        defer { position += size }
        return String(decoding: bytes[position..<position + size], as: UTF8.self)
    }

    mutating func path() -> String {
        let shared = number()
        let size = count()
        guard shared >= 0, shared <= previous.count else {
            failed = true
            return ""
        }
        previous.removeLast(previous.count - shared)
        previous.append(contentsOf: bytes[position..<position + size])
        position += size
        return String(decoding: previous, as: UTF8.self)
    }

    mutating func hash() -> ContentHash {
        let high = word()
        return ContentHash(high: high, low: word())
    }

    mutating func status() -> FileStatus {
        let size = number()
        let modified = Int64(bitPattern: word())
        return FileStatus(kind: .file, size: size, modified: modified, changed: Int64(bitPattern: word()))
    }
}
