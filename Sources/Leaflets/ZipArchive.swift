import Workspace

/// A ZIP file (PKWARE APPNOTE 6.3.10) whose bytes depend on its content alone: names are sorted, every file has the
/// same time, nothing of the machine is in it.
///
/// Files are stored as they are: the streams inside a PDF are compressed already.
public struct ZipArchive: Sendable {
    /// Why a file cannot be part of an archive.
    public enum Problem: Error, Hashable, Sendable {
        /// Not a relative path of plain names, or longer than 65,535 bytes.
        case unusableName(String)
        case sameName(String)
        /// More than 65,535 files or 4 GiB, for which the format's 64-bit form would be needed.
        case tooLarge
    }

    /// By name; a name is unique.
    private var files: [String: [UInt8]] = [:]
    /// What stands before all others, whatever its name.
    private var first: String?

    public init() {}

    /// An archive that begins with a certain file.
    init(first name: String, _ bytes: [UInt8]) {
        first = name
        files[name] = bytes
    }

    public var isEmpty: Bool { files.isEmpty }

    /// Adds a file.
    ///
    /// - Parameter name: Its path in the archive, with `/` between folders.
    public mutating func add(_ name: String, _ bytes: [UInt8]) throws(Problem) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        // What unpacks outside its folder, or differently on another system, is nobody's leaflet.
        guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
            !name.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: ":") }),
            name.utf8.count <= Int(UInt16.max)
        else { throw .unusableName(name) }
        guard files.updateValue(bytes, forKey: name) == nil else { throw .sameName(name) }
    }

    /// The archive.
    public func bytes() throws(Problem) -> [UInt8] {
        let sorted = files.sorted { a, b in
            if (a.key == first) != (b.key == first) { return a.key == first }
            return a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
        }
        let size = sorted.reduce(22) { $0 + $1.value.count + 2 * $1.key.utf8.count + 30 + 46 }
        guard sorted.count <= Int(UInt16.max), size < Int(UInt32.max) else { throw .tooLarge }
        var archive: [UInt8] = []
        archive.reserveCapacity(size)
        var directory: [UInt8] = []
        for (name, content) in sorted {
            let offset = archive.count
            let common = Self.commonFields(name, content)
            archive.append(contentsOf: [0x50, 0x4B, 0x03, 0x04])
            archive.append(contentsOf: common)
            archive.append(contentsOf: name.utf8)
            archive.append(contentsOf: content)
            directory.append(contentsOf: [0x50, 0x4B, 0x01, 0x02])
            directory.append(UInt16(3 << 8 | Self.version))
            directory.append(contentsOf: common)
            // No comment, disk 0, no internal attributes; a regular file that all may read.
            for _ in 0..<3 { directory.append(UInt16(0)) }
            directory.append(UInt32(0o100644) << 16)
            directory.append(UInt32(offset))
            directory.append(contentsOf: name.utf8)
        }
        let start = archive.count
        archive.append(contentsOf: directory)
        archive.append(contentsOf: [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0])
        archive.append(UInt16(sorted.count))
        archive.append(UInt16(sorted.count))
        archive.append(UInt32(directory.count))
        archive.append(UInt32(start))
        archive.append(UInt16(0))
        return archive
    }

    /// 2.0: files in folders.
    private static let version: UInt16 = 20
    /// 1 January 1980, the first day that the format can express.
    private static let date: UInt16 = 0 << 9 | 1 << 5 | 1

    /// What the header of a file and its entry in the directory have in common.
    private static func commonFields(_ name: String, _ content: [UInt8]) -> [UInt8] {
        var fields: [UInt8] = []
        fields.append(version)
        // Bit 11: the name is UTF-8.
        fields.append(UInt16(1 << 11))
        // Method 0, stored; time 00:00.
        fields.append(UInt16(0))
        fields.append(UInt16(0))
        fields.append(date)
        fields.append(CRC32.checksum(of: content))
        fields.append(UInt32(content.count))
        fields.append(UInt32(content.count))
        fields.append(UInt16(name.utf8.count))
        fields.append(UInt16(0))
        return fields
    }
}

/// The checksum of ZIP (ISO/IEC 8802-3, reflected, polynomial 0xEDB88320).
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { value in
        (0..<8).reduce(UInt32(value)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
    }

    static func checksum(of bytes: [UInt8]) -> UInt32 {
        table.withUnsafeBufferPointer { table in
            ~bytes.reduce(~UInt32(0)) { sum, byte in table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
        }
    }
}

extension [UInt8] {
    /// Appends a number, the lowest byte first.
    fileprivate mutating func append(_ number: UInt16) {
        for shift in [0, 8] { append(UInt8(truncatingIfNeeded: number >> UInt16(shift))) }
    }

    fileprivate mutating func append(_ number: UInt32) {
        for shift in [0, 8, 16, 24] { append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
    }
}

extension Diagnostic {
    /// A council's leaflets that do not go into one file.
    package static func cannotArchive(_ council: String, _ error: any Error) -> Diagnostic {
        .error(
            "CannotArchive", "the leaflets of \(council) cannot be put into one file: \(error)", at: nil,
            help: "Make fewer at a time, with --language or --format.")
    }
}
