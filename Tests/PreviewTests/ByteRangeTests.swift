import Testing

@testable import Preview

@Suite("Parts of a file")
struct ByteRangeTests {
    @Test(
        "what a browser asks for",
        arguments: [
            ("bytes=0-1", .part(0..<2)), ("bytes=0-", .part(0..<10)), ("bytes=9-", .part(9..<10)),
            ("bytes=-3", .part(7..<10)), ("bytes=-30", .part(0..<10)), ("bytes=4-4", .part(4..<5)),
            ("bytes=4-99999999999999999999999", .part(4..<10)), ("Bytes= 2 - 3 ", .part(2..<4)),
            ("bytes=10-", .outside), ("bytes=10-20", .outside), ("bytes=-0", .outside),
            ("bytes=99999999999999999999999-", .outside),
        ] as [(String, ByteRange)])
    func parts(_ header: String, _ expected: ByteRange) {
        #expect(ByteRange(header, of: 10) == expected)
    }

    @Test(
        "what is no range of one part gets all of it",
        arguments: [
            nil, "", "bytes", "bytes=", "bytes=-", "bytes=3-2", "bytes=0-1,4-5", "bytes=a-b", "bytes=1-2-3",
            "bytes=+1-2", "bytes=٣-٤", "lines=0-1",
        ])
    func wholes(_ header: String?) {
        #expect(ByteRange(header, of: 10) == .whole)
    }

    @Test("an empty file has no parts")
    func empty() {
        #expect(ByteRange("bytes=0-", of: 0) == .outside)
        #expect(ByteRange("bytes=-1", of: 0) == .outside)
        #expect(ByteRange(nil, of: 0) == .whole)
    }
}
