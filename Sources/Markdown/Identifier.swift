import Foundation

/// Ids of sections, councils, facts and contacts, and addresses made from names.
public enum Identifier {
    /// Letters, digits, hyphens, underscores and full stops, starting with a letter or digit.
    public static func isValid(_ id: String) -> Bool {
        guard let first = id.unicodeScalars.first, first.properties.isAlphabetic || isDigit(first) else {
            return false
        }
        return id.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || isDigit($0) || $0 == "-" || $0 == "_" || $0 == "."
                || $0.properties.generalCategory == .nonspacingMark
        }
    }

    /// An address-friendly form of a heading or file name: lower case, accents dropped from Latin letters,
    /// everything else a single hyphen. Empty when nothing usable is left.
    public static func slug(_ text: String) -> String {
        var result = ""
        var pendingHyphen = false
        for scalar in text.lowercased().decomposedLatin.unicodeScalars {
            if scalar.properties.isAlphabetic || isDigit(scalar) {
                if pendingHyphen, !result.isEmpty { result += "-" }
                pendingHyphen = false
                result.unicodeScalars.append(scalar)
            } else if scalar == "'" || scalar == "’" || scalar.properties.generalCategory == .nonspacingMark {
                continue
            } else {
                pendingHyphen = true
            }
        }
        return result
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}

extension String {
    /// The text with Latin letters split from their accents.
    fileprivate var decomposedLatin: String {
        utf8.allSatisfy { $0 < 0x80 }
            ? self : decomposedStringWithCanonicalMapping
    }
}
