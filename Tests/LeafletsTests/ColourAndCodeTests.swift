import Support
import Testing
import Workspace

@testable import Leaflets

@Suite struct BrandColourTests {
    @Test func everyBrandColourGivesReadableWords() {
        for red in stride(from: UInt8(0), through: 255, by: 17) {
            for green in stride(from: UInt8(0), through: 255, by: 17) {
                for blue in stride(from: UInt8(0), through: 255, by: 51) {
                    let colours = BrandColours(brand: Colour(red: red, green: green, blue: blue))
                    #expect(colours.onBrand.contrast(with: colours.brand) >= 4.5)
                    #expect(colours.ink.contrast(with: .white) >= 7)
                    #expect(colours.ink.contrast(with: colours.tint) >= 7)
                    #expect(Colour.ink.contrast(with: colours.tint) >= 7)
                }
            }
        }
    }
}

@Suite struct QRCodeTests {
    @Test func aCodeHasItsThreeFinderPatterns() throws {
        let code = try #require(QRCode("https://guidance.example.org/oxfordshire/"))
        #expect(code.width == 29)
        for (row, column) in [(0, 0), (0, code.width - 7), (code.width - 7, 0)] {
            for step in 0..<7 {
                #expect(code[row, column + step] && code[row + 6, column + step])
                #expect(code[row + step, column] && code[row + step, column + 6])
            }
            #expect(!code[row + 1, column + 1] && code[row + 3, column + 3])
        }
        #expect(code.svg.contains("viewBox=\"0 0 37 37\""))
    }

    @Test func whatCannotBeACodeIsNil() {
        #expect(QRCode("") == nil)
        #expect(QRCode("a\u{0}b") == nil)
        #expect(QRCode(String(repeating: "x", count: 4000)) == nil)
    }
}
