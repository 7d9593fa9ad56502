import Workspace

extension Colour {
    /// The colour of text in leaflets.
    public static let ink = Colour(red: 0x16, green: 0x18, blue: 0x1D)
}

/// The colours a leaflet uses, made from one brand colour so that every pair can be read.
public struct BrandColours: Hashable, Sendable {
    /// Large areas: the cover, discs.
    public var brand: Colour
    /// Words on `brand`, which are always large: at least 4.5:1.
    public var onBrand: Colour
    /// Headings and links: at least 7:1 on white and on `tint` (WCAG 2.2, 1.4.6).
    public var ink: Colour
    /// The background of boxes; the text on it has at least 7:1.
    public var tint: Colour
    /// Lines, which carry no meaning.
    public var line: Colour

    public init(brand: Colour) {
        // A colour of middling brightness carries neither white nor black words well.
        var brand = brand
        while max(brand.contrast(with: .white), brand.contrast(with: .ink)) < 4.5 {
            brand = brand.mixed(with: .ink, 13)
        }
        self.brand = brand
        onBrand = brand.contrast(with: .white) >= brand.contrast(with: .ink) ? .white : .ink
        tint = Colour.white.mixed(with: brand, 23)
        line = Colour.white.mixed(with: brand, 97)
        var ink = brand
        var step = 0
        while step < 40, ink.contrast(with: .white) < 7 || ink.contrast(with: tint) < 7 {
            ink = ink.mixed(with: .ink, 26)
            step += 1
        }
        self.ink = ink
    }

    /// Where a council gives no colour, or one that cannot be read.
    public static let standard = BrandColours(brand: Colour(red: 0x0A, green: 0x4A, blue: 0x52))
}

extension BrandColours {
    /// What templates get.
    var json: JSONValue {
        .object([
            ("brand", .string("\(brand)")), ("on-brand", .string("\(onBrand)")), ("ink", .string("\(ink)")),
            ("tint", .string("\(tint)")), ("line", .string("\(line)")),
        ])
    }
}
