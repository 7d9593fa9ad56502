/// Eight bytes of a text that are looked at together, the first one lowest ("SIMD within a register").
///
/// What a question finds is said by flags: the highest bit of each byte that the answer holds for.
struct EightBytes {
    let value: UInt64

    static let ones: UInt64 = 0x0101_0101_0101_0101
    static let flags: UInt64 = 0x8080_8080_8080_8080

    init(_ value: UInt64) {
        self.value = value
    }

    /// Nil where the text has fewer bytes left.
    @inline(__always)
    init?(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
        guard index + 8 <= bytes.count, let base = bytes.baseAddress else { return nil }
        value = UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
    }

    /// Bytes that are not ASCII.
    var wide: UInt64 { value & Self.flags }

    /// Bytes from a number of ASCII up to 255.
    @inline(__always)
    func atLeast(_ byte: UInt8) -> UInt64 {
        (((value & ~Self.flags) &+ Self.ones &* UInt64(0x80 &- byte)) | value) & Self.flags
    }

    @inline(__always)
    func equal(to byte: UInt8) -> UInt64 {
        let difference = value ^ (Self.ones &* UInt64(byte))
        return ~(((difference & ~Self.flags) &+ ~Self.flags) | difference) & Self.flags
    }

    /// How many bytes stand before the first that has a flag; 8 where none has.
    @inline(__always)
    static func before(_ flags: UInt64) -> Int { flags.trailingZeroBitCount >> 3 }
}
