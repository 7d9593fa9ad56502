/// What is done to a theme's style sheets before they are published.
enum CSS {
    /// The same style sheet without comments and needless white space, its `url()`s rewritten.
    ///
    /// Strings stay as they are. `url()`s with a scheme, `data:` above all, and those that are only a fragment, too.
    static func compact(_ css: String, rewritingURL rewrite: (String) -> String?) -> String {
        let bytes = Array(css.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        func at(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "/") where at(index + 1) == UInt8(ascii: "*"):
                index += 2
                while index < bytes.count,
                    !(bytes[index] == UInt8(ascii: "*") && at(index + 1) == UInt8(ascii: "/"))
                {
                    index += 1
                }
                index += 2
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let end = stringEnd(bytes, index)
                output += bytes[index..<end]
                index = end
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                while index < bytes.count, isSpace(bytes[index]) { index += 1 }
                if let last = output.last, !"{};,".utf8.contains(last), !"{};,".utf8.contains(at(index)),
                    index < bytes.count
                {
                    output.append(UInt8(ascii: " "))
                }
            case UInt8(ascii: "}"):
                if output.last == UInt8(ascii: ";") { output.removeLast() }
                output.append(byte)
                index += 1
            case UInt8(ascii: "u") where bytes[index...].starts(with: Array("url(".utf8)):
                var end = index + 4
                while end < bytes.count, bytes[end] != UInt8(ascii: ")") {
                    end =
                        bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "'")
                        ? stringEnd(bytes, end) : end + 1
                }
                let raw = String(decoding: bytes[min(index + 4, end)..<min(end, bytes.count)], as: UTF8.self)
                let reference = raw.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
                if reference.hasPrefix("#") || reference.contains(":") {
                    output += Array("url(\(raw))".utf8)
                } else {
                    output += Array("url(\(rewrite(reference) ?? reference))".utf8)
                }
                index = end + 1
            default:
                output.append(byte)
                index += 1
            }
        }
        output.append(UInt8(ascii: "\n"))
        return String(decoding: output, as: UTF8.self)
    }

    /// The asset that a reference in a style sheet names.
    static func resolve(_ reference: String, from sheet: String) -> String {
        var parts = sheet.split(separator: "/").dropLast().map(String.init)
        for part in reference.split(separator: "/") {
            switch part {
            case ".": break
            case "..": _ = parts.popLast()
            default: parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func stringEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = start + 1
        while end < bytes.count, bytes[end] != bytes[start] {
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(end + 1, bytes.count)
    }
}
