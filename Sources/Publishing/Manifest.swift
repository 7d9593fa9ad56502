import Workspace

/// What Signpost wrote into an output folder: every path with the fingerprint of its content.
///
/// The text form is sorted and holds nothing of the machine or the time, so that equal sites have equal
/// manifests. Its last line tells a whole manifest from a cut one.
struct Manifest: Sendable {
    struct Line: Hashable, Comparable, Sendable {
        var path: OutputPath
        var hash: ContentHash

        static func < (a: Line, b: Line) -> Bool {
            a.path == b.path ? a.hash < b.hash : a.path < b.path
        }
    }

    private static let header = Array("signpost manifest 1\n".utf8)

    /// Sorted; a pending manifest may name a path twice, with its old and its new content.
    var lines: [Line]

    init(_ lines: some Sequence<Line>) {
        self.lines = lines.sorted()
    }

    /// Lines that are in order already.
    init(sorted lines: [Line]) {
        self.lines = lines
    }

    var bytes: [UInt8] {
        var text = Self.header
        text.reserveCapacity(lines.count * 96)
        for line in lines {
            line.hash.appendHex(to: &text)
            text.append(0x20)
            text.append(contentsOf: line.path.text.utf8)
            text.append(0x0A)
        }
        let sum = ContentHash(text)
        text.append(contentsOf: "end ".utf8)
        sum.appendHex(to: &text)
        text.append(0x0A)
        return text
    }

    /// Reads what `bytes` writes; nil for anything else.
    init?(bytes: [UInt8]) {
        // "end ", 32 digits and a line end.
        let tail = 37
        guard bytes.starts(with: Self.header), bytes.count >= Self.header.count + tail else { return nil }
        let end = bytes.count - tail
        let sum = bytes.withUnsafeBytes { ContentHash(UnsafeRawBufferPointer(rebasing: $0[..<end])) }
        guard bytes[end...].starts(with: "end ".utf8), bytes[bytes.count - 1] == 0x0A,
            ContentHash(hexDigits: bytes[(end + 4)...].prefix(32)) == sum
        else { return nil }
        var lines: [Line] = []
        var start = Self.header.count
        while start < end {
            guard let stop = bytes[start..<end].firstIndex(of: 0x0A), stop > start + 33,
                bytes[start + 32] == 0x20, let hash = ContentHash(hexDigits: bytes[start..<start + 32])
            else { return nil }
            let path = String(decoding: bytes[(start + 33)..<stop], as: UTF8.self)
            guard OutputPath.problem(with: path) == nil else { return nil }
            lines.append(Line(path: OutputPath(path), hash: hash))
            start = stop + 1
        }
        self.lines = lines
    }
}

extension ContentHash {
    fileprivate func appendHex(to bytes: inout [UInt8]) {
        for word in [high, low] {
            for shift in stride(from: 60, through: 0, by: -4) {
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 0xF
                bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
            }
        }
    }

    fileprivate init?(hexDigits: ArraySlice<UInt8>) {
        guard hexDigits.count == 32 else { return nil }
        var words: (high: UInt64, low: UInt64) = (0, 0)
        for (index, byte) in hexDigits.enumerated() {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x61...0x66: digit = byte - 0x57
            default: return nil
            }
            if index < 16 {
                words.high = words.high << 4 | UInt64(digit)
            } else {
                words.low = words.low << 4 | UInt64(digit)
            }
        }
        self.init(high: words.high, low: words.low)
    }
}
