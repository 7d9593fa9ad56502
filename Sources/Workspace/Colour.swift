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
        0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
    }

    /// How much light a value of sRGB stands for, 0 to 1.
    private static func linear(_ value: UInt8) -> Double {
        let share = Double(value) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
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

    /// How far two colours are apart for the eye: the distance in Oklab (Ottosson 2020, as in CSS Color 4).
    public func distance(to other: Colour) -> Double {
        let (a, b) = (oklab, other.oklab)
        let (l, m, s) = (a.0 - b.0, a.1 - b.1, a.2 - b.2)
        return (l * l + m * m + s * s).squareRoot()
    }

    private var oklab: (Double, Double, Double) {
        let (r, g, b) = (Self.linear(red), Self.linear(green), Self.linear(blue))
        let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
        let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
        let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
        return (
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        )
    }

    /// The same strength of colour in another hue.
    func turned(by degrees: Int) -> Colour {
        let least = min(red, green, blue)
        let chroma = Double(max(red, green, blue) - least)
        let sixth = ((hue.degrees + Double(degrees) + 360) / 60).truncatingRemainder(dividingBy: 6)
        let middle = chroma * (1 - abs(sixth.truncatingRemainder(dividingBy: 2) - 1))
        let parts: (Double, Double, Double) =
            switch Int(sixth) {
            case 0: (chroma, middle, 0)
            case 1: (middle, chroma, 0)
            case 2: (0, chroma, middle)
            case 3: (0, middle, chroma)
            case 4: (middle, 0, chroma)
            default: (chroma, 0, middle)
            }
        func value(_ part: Double) -> UInt8 { UInt8(clamping: Int(part.rounded()) + Int(least)) }
        return Colour(red: value(parts.0), green: value(parts.1), blue: value(parts.2))
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

    /// The nearest colour of a neighbouring hue that passes a test, or nil where none does: for a colour of which no shade
    /// passes.
    public func nearestNeighbour(where passes: (Colour) -> Bool) -> Colour? {
        var tried: Set<Colour> = []
        for degrees in stride(from: -90, through: 90, by: 3) {
            let turned = turned(by: degrees)
            for amount in stride(from: 0, through: 250, by: 5) {
                tried.insert(turned.mixed(with: .black, amount))
                tried.insert(turned.mixed(with: .white, amount))
            }
        }
        // By their digits where two are equally near: the same answer each time.
        return tried.map { ($0, distance(to: $0)) }
            .sorted { $0.1 == $1.1 ? $0.0.description < $1.0.description : $0.1 < $1.1 }
            .first { passes($0.0) }?.0
    }
}
