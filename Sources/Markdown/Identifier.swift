import Foundation
import Workspace

/// Ids of sections, councils, facts and contacts, and addresses made from names.
public enum Identifier {
    /// Letters, digits, hyphens, underscores and full stops, starting with a letter or digit.
    public static func isValid(_ id: String) -> Bool {
        let isPlain = id.utf8.allSatisfy {
            switch $0 {
            case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
        if isPlain, let first = id.utf8.first { return first >= 0x30 && first != UInt8(ascii: "_") }
        guard let first = id.unicodeScalars.first, first.isLetter || isDigit(first) else {
            return false
        }
        return id.unicodeScalars.allSatisfy {
            $0.isLetter || isDigit($0) || $0 == "-" || $0 == "_" || $0 == "."
                || $0.category == .nonspacingMark
        }
    }

    /// An address-friendly form of a heading or file name: lower case, accents dropped from Latin letters,
    /// everything else a single hyphen. Empty when nothing usable is left.
    public static func slug(_ text: String) -> String {
        if let slug = asciiSlug(text) { return slug }
        var result = ""
        var pendingHyphen = false
        for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
            if scalar.isLetter || isDigit(scalar) {
                if pendingHyphen, !result.isEmpty { result += "-" }
                pendingHyphen = false
                result.unicodeScalars.append(scalar)
            } else if scalar == "'" || scalar == "’" || scalar.category == .nonspacingMark {
                continue
            } else {
                pendingHyphen = true
            }
        }
        return result
    }

    /// The same for text in ASCII, which most headings are; nil for any other.
    private static func asciiSlug(_ text: String) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var pendingHyphen = false
        for byte in text.utf8 {
            switch byte {
            case 0x61...0x7A, 0x30...0x39, 0x41...0x5A:
                if pendingHyphen, !bytes.isEmpty { bytes.append(UInt8(ascii: "-")) }
                pendingHyphen = false
                bytes.append(0x41...0x5A ~= byte ? byte | 0x20 : byte)
            case UInt8(ascii: "'"): continue
            case 0x80...: return nil
            default: pendingHyphen = true
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
