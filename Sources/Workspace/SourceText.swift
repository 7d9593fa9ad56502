/// A text file that was read and is known to be sound: valid UTF-8, no NUL, not too large.
public struct SourceText: Sendable {
    /// Larger files are not guidance; reading them would only hide a mistake.
    public static let sizeLimit = 4 * 1024 * 1024

    /// The path as the user would type it.
    public let path: String
    /// The content without a byte order mark.
    public let bytes: [UInt8]
    public let isASCII: Bool

    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Reads a file, or says at which line and column it is not sound.
    public static func read(
        _ path: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> SourceText? {
        do {
            if let status = try files.status(path), status.size > sizeLimit {
                diagnostics.add(
                    .error(
                        "FileTooLarge",
                        "this file has \(status.size / 1_048_576) MB; at most \(sizeLimit / 1_048_576) MB can be read",
                        at: SourceLocation(file: path),
                        help: "Split it into several pages, or move it out of the content folder."))
                return nil
            }
            let source = check(try files.read(path), path: path, reporting: &diagnostics)
            if let source { ConflictMarker.report(in: source, to: &diagnostics) }
            return source
        } catch {
            diagnostics.add(
                .error(
                    "UnreadableFile", "cannot read this file: \(error.explanation)",
                    at: SourceLocation(file: path)))
            return nil
        }
    }

    /// Checks bytes that were read elsewhere.
    public static func check(
        _ bytes: [UInt8], path: String, reporting diagnostics: inout Diagnostics
    ) -> SourceText? {
        var bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        let scan = bytes.withUnsafeBufferPointer { scanUTF8($0) }
        if let offset = scan.invalid {
            let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            let (line, column) = position(of: offset, in: bytes)
            diagnostics.add(
                .error(
                    "InvalidUTF8", "this is not valid UTF-8 text",
                    at: SourceLocation(file: path, range: SourceRange(line: line, column: column)),
                    help:
                        "Save the file with the encoding UTF-8 (it \(isUTF16 ? "is UTF-16" : "may be Windows-1252") now)."
                ))
            return nil
        }
        if let offset = scan.nul {
            let (line, column) = position(of: offset, in: bytes)
            diagnostics.add(
                .error(
                    "NulByte", "this file holds a NUL byte, which no text has",
                    at: SourceLocation(file: path, range: SourceRange(line: line, column: column)),
                    help: "Save the file as UTF-8 text (it may be UTF-16, or not a text file at all)."))
            return nil
        }
        return SourceText(path: path, bytes: bytes, isASCII: scan.ascii)
    }

    /// Text that did not come from a file and is known to be sound.
    public init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8), isASCII: text.utf8.allSatisfy { $0 < 0x80 })
    }

    private init(path: String, bytes: [UInt8], isASCII: Bool) {
        self.path = path
        self.bytes = bytes
        self.isASCII = isASCII
    }

    public func location(_ range: SourceRange?) -> SourceLocation {
        SourceLocation(file: path, range: range)
    }

    private static func position(of offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
        var line = 1
        var column = 1
        for byte in bytes[..<offset] {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }

    /// Where the first byte is that is no UTF-8, where the first NUL, and whether all is ASCII.
    private static func scanUTF8(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> (invalid: Int?, nul: Int?, ascii: Bool) {
        var index = 0
        var nul: Int?
        var ascii = true
        let count = bytes.count
        while index < count {
            // Eight ASCII bytes without a zero at a time.
            if index + 8 <= count {
                let word = UnsafeRawPointer(bytes.baseAddress! + index).loadUnaligned(as: UInt64.self)
                if word & 0x8080_8080_8080_8080 == 0,
                    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 == 0
                {
                    index += 8
                    continue
                }
            }
            let byte = bytes[index]
            if byte < 0x80 {
                if byte == 0, nul == nil { nul = index }
                index += 1
                continue
            }
            ascii = false
            let (length, low, high): (Int, UInt8, UInt8) =
                switch byte {
                case 0xC2...0xDF: (2, 0x80, 0xBF)
                case 0xE0: (3, 0xA0, 0xBF)
                case 0xED: (3, 0x80, 0x9F)
                case 0xE1...0xEF: (3, 0x80, 0xBF)
                case 0xF0: (4, 0x90, 0xBF)
                case 0xF1...0xF3: (4, 0x80, 0xBF)
                case 0xF4: (4, 0x80, 0x8F)
                default: (0, 0, 0)
                }
            guard length > 0, index + length <= count, (low...high).contains(bytes[index + 1]) else {
                return (index, nul, false)
            }
            var rest = 2
            while rest < length {
                if bytes[index + rest] & 0xC0 != 0x80 { return (index, nul, false) }
                rest += 1
            }
            index += length
        }
        return (nil, nul, ascii)
    }
}
