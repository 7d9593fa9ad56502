import Workspace

/// Addresses within the site.
enum Address {
    /// A path with everything percent-encoded that a URL path cannot hold (RFC 3986, "pchar").
    static func encode(_ path: String) -> String {
        if path.utf8.allSatisfy(isPlain) { return path }
        var result: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in path.utf8 {
            if isPlain(byte) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// `../` as many times as a folder is deep.
    static func up(from folder: String) -> String {
        String(repeating: "../", count: depth(folder))
    }

    static func depth(_ folder: String) -> Int {
        folder.isEmpty ? 0 : folder.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "/") ? 1 : 0) }
    }

    /// The folder with a slash at the end, encoded; nothing for the top.
    static func folder(_ path: String) -> String {
        path.isEmpty ? "" : encode(path) + "/"
    }

    /// The file of a page. It is named because a page opened from a disk has no server to find `index.html`.
    static func file(_ folder: String) -> String {
        folder.isEmpty ? "index.html" : folder + "/index.html"
    }

    /// `icons/phone.svg` as `icons-phone-0123456789.svg`.
    static func hashedName(_ name: String, _ bytes: [UInt8]) -> String {
        let flat = String(name.map { $0 == "/" ? "-" : $0 })
        let hash = ContentHash(bytes).short
        guard let dot = flat.lastIndex(of: "."), dot != flat.startIndex else { return "\(flat)-\(hash)" }
        return "\(flat[..<dot])-\(hash)\(flat[dot...])"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "="),
            UInt8(ascii: "@"):
            true
        default: false
        }
    }
}
