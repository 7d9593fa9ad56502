import Foundation
import Workspace

/// A colour of the sRGB space.
public struct Colour: Hashable, Sendable, CustomStringConvertible {
    /// 0 to 255.
    public var red: Int
    public var green: Int
    public var blue: Int

    public init(red: Int, green: Int, blue: Int) {
        self.red = min(255, max(0, red))
        self.green = min(255, max(0, green))
        self.blue = min(255, max(0, blue))
    }

    /// Reads `#rrggbb`.
    public init?(_ text: String) {
        let digits = text.dropFirst()
        guard text.hasPrefix("#"), digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
            let value = Int(digits, radix: 16)
        else {
            return nil
        }
        self.init(red: value >> 16, green: value >> 8 & 255, blue: value & 255)
    }

    public var description: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    public static let white = Colour(red: 255, green: 255, blue: 255)
    /// The colour of text in leaflets.
    public static let ink = Colour(red: 0x16, green: 0x18, blue: 0x1D)

    /// This colour with a share (0 to 1) of another in it.
    func mixed(with other: Colour, share: Double) -> Colour {
        func mix(_ a: Int, _ b: Int) -> Int { Int((Double(a) * (1 - share) + Double(b) * share).rounded()) }
        return Colour(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    /// Relative luminance (WCAG 2.2, definition of "relative luminance"): 0 to 1.
    var luminance: Double {
        func linear(_ value: Int) -> Double {
            let share = Double(value) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// Contrast ratio (WCAG 2.2): 1 to 21.
    public func contrast(with other: Colour) -> Double {
        let (a, b) = (luminance, other.luminance)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }
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
            brand = brand.mixed(with: .ink, share: 0.05)
        }
        self.brand = brand
        onBrand = brand.contrast(with: .white) >= brand.contrast(with: .ink) ? .white : .ink
        tint = Colour.white.mixed(with: brand, share: 0.09)
        line = Colour.white.mixed(with: brand, share: 0.38)
        var ink = brand
        var step = 0
        while step < 40, ink.contrast(with: .white) < 7 || ink.contrast(with: tint) < 7 {
            ink = ink.mixed(with: .ink, share: 0.1)
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
