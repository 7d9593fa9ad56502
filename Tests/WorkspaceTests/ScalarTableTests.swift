import Testing
import Workspace

@Suite("What Unicode says of scalars")
struct ScalarTableTests {
    @Test("is what the standard library says, in the table and behind it")
    func agrees() {
        for value in Array(0..<0x3400 as Range<UInt32>) + [
            0x4E00, 0xFEFF, 0xFF10, 0xFF21, 0x1D400, 0x1F9FF, 0x10FFFF,
        ] {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let properties = scalar.properties
            #expect(scalar.category == properties.generalCategory)
            #expect(scalar.isLetter == properties.isAlphabetic)
            #expect(scalar.isSpace == properties.isWhitespace)
            #expect(scalar.isUppercase == properties.isUppercase)
            #expect(scalar.isLowercase == properties.isLowercase)
        }
    }

    @Test(
        "letters, marks and numbers make words",
        arguments: ["a", "é", "\u{301}", "5", "٣", "ক", "\u{9BE}", "中", "Ⅷ"])
    func words(_ text: String) {
        let isWord = text.unicodeScalars.allSatisfy(\.isLetterMarkOrNumber)
        #expect(isWord)
    }

    @Test("spaces and signs do not", arguments: [" ", "\u{A0}", "-", "’", "۔", "。", "$", "\u{200D}"])
    func others(_ text: String) {
        let hasWord = text.unicodeScalars.contains(where: \.isLetterMarkOrNumber)
        #expect(!hasWord)
    }
}
