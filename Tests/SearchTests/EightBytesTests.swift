import Support
import Testing

@testable import Search

@Suite("Eight bytes at a time")
struct EightBytesTests {
    private static let bytes: [UInt8] = Array(0...255)

    /// What holds for each byte, asked one by one, as flags.
    private func flags(_ bytes: [UInt8], _ holds: (UInt8) -> Bool) -> UInt64 {
        bytes.enumerated().reduce(0) { $0 | (holds($1.element) ? 0x80 << UInt64(8 * $1.offset) : 0) }
    }

    @Test("they answer for each byte as it would alone, whatever stands beside it", arguments: 0..<64)
    func answers(_ seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<64 {
            let bytes = (0..<8).map { _ in Self.bytes.randomElement(using: &generator) ?? 0 }
            let eight = try #require(bytes.withUnsafeBufferPointer { EightBytes($0, at: 0) })
            for asked in [0, 0x20, 0x27, 0x2E, 0x30, 0x3A, 0x61, 0x7B, 0x7F] as [UInt8] {
                #expect(eight.equal(to: asked) == flags(bytes) { $0 == asked })
                #expect(eight.atLeast(asked) == flags(bytes) { $0 >= asked })
            }
            #expect(eight.wide == flags(bytes) { $0 >= 0x80 })
            #expect(EightBytes.before(eight.wide) == bytes.firstIndex { $0 >= 0x80 } ?? 8)
        }
    }

    @Test("words end where they end when read byte by byte", arguments: 0..<200)
    func ends(_ seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let parts = [
            "I", "can't", "family", " ", " ", "A1", ".", "-", "conference", "é", "問", "@", "[", "`", "{", "0",
        ]
        let bytes = Array(
            (0..<Int.random(in: 1...14, using: &generator)).map { _ in
                parts.randomElement(using: &generator) ?? ""
            }.joined().utf8)
        func isWord(_ byte: UInt8) -> Bool {
            byte >= 0x80 || byte == 0x27 || Character(Unicode.Scalar(byte)).isLetter
                || (0x30...0x39).contains(byte)
        }
        bytes.withUnsafeBufferPointer { buffer in
            for start in bytes.indices {
                let expected = bytes[start...].firstIndex { !isWord($0) } ?? bytes.count
                #expect(ChunkTable.end(in: buffer, from: start) == expected)
            }
        }
    }
}
