#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An opaque sRGB colour.
public struct Colour: Hashable, Sendable, CustomStringConvertible {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads `#rrggbb`.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[0] == UInt8(ascii: "#"),
            let value = UInt32(text.dropFirst(), radix: 16), !text.contains("+"), !text.contains("-")
        else { return nil }
        self.init(
            red: UInt8(value >> 16 & 0xFF), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    }

    public var description: String {
        let digits = String(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue), radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    public static let white = Colour(red: 255, green: 255, blue: 255)
    public static let black = Colour(red: 0, green: 0, blue: 0)

    /// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
    public var luminance: Double {
        func linear(_ value: UInt8) -> Double {
            let share = Double(value) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
    public func contrast(with other: Colour) -> Double {
        let (a, b) = (luminance, other.luminance)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// The hue in degrees, 0 (red) to 360, and how strong it is, 0 (grey) to 1 (CSS Color 4, `hsl` and `hwb`).
    public var hue: (degrees: Double, chroma: Double) {
        let (r, g, b) = (Double(red) / 255, Double(green) / 255, Double(blue) / 255)
        let most = max(r, g, b)
        let chroma = most - min(r, g, b)
        guard chroma > 0 else { return (0, 0) }
        let sixth =
            most == r
            ? (g - b) / chroma + (g < b ? 6 : 0) : most == g ? (b - r) / chroma + 2 : (r - g) / chroma + 4
        return (sixth * 60, chroma)
    }

    /// Whether two colours look alike: nearly one hue, and less contrast than the edge of a button needs.
    public func isLike(_ other: Colour) -> Bool {
        guard contrast(with: other) < 3 else { return false }
        let (a, b) = (hue, other.hue)
        // So little colour is seen as black or grey.
        guard a.chroma > 0.12, b.chroma > 0.12 else { return a.chroma <= 0.12 && b.chroma <= 0.12 }
        let apart = abs(a.degrees - b.degrees)
        return min(apart, 360 - apart) < 20
    }

    /// The colour some way towards another: 0 is this one, 255 the other.
    public func mixed(with other: Colour, _ amount: Int) -> Colour {
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
            UInt8(clamping: (Int(a) * (255 - amount) + Int(b) * amount + 127) / 255)
        }
        return Colour(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    /// The nearest lighter or darker shade that passes a test, or nil where none does.
    public func nearestShade(where passes: (Colour) -> Bool) -> Colour? {
        for amount in 0...255 {
            for end in [Colour.black, .white] {
                let shade = mixed(with: end, amount)
                if passes(shade) { return shade }
            }
        }
        return nil
    }
}
