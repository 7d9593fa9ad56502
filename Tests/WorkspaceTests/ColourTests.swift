import Testing
import Workspace

@Suite("Colours")
struct ColourTests {
    @Test("contrast is as in the standard")
    func contrast() throws {
        #expect(abs(Colour.white.contrast(with: .black) - 21) < 0.001)
        // WCAG's own example of a grey that just passes.
        let grey = try #require(Colour("#767676"))
        #expect(abs(grey.contrast(with: .white) - 4.54) < 0.01)
    }

    @Test(
        "only a hash sign and six digits are a colour",
        arguments: [
            "#fff", "123456", "767676a", "#12345g", "#1234567", "", "#+12345", "#-12345", "#１２３４５６",
        ])
    func invalid(_ text: String) {
        #expect(Colour(text) == nil)
    }

    @Test("a colour is written as it was read", arguments: ["#000000", "#0a4a52", "#ffffff"])
    func roundTrip(_ text: String) {
        #expect(Colour(text)?.description == text)
    }

    @Test("mixing leads from one colour to the other")
    func mixing() throws {
        let brand = try #require(Colour("#0a4a52"))
        #expect(brand.mixed(with: .white, 0) == brand)
        #expect(brand.mixed(with: .white, 255) == .white)
        #expect(Colour.black.mixed(with: .white, 128) == Colour("#808080"))
    }
}
