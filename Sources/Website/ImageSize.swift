/// The size of a picture in CSS pixels, so that a page keeps its place for it while it loads.
struct ImageSize: Hashable, Sendable {
    var width: Int
    var height: Int

    private init?(_ width: Int, _ height: Int) {
        guard (1...100_000).contains(width), (1...100_000).contains(height) else { return nil }
        self.width = width
        self.height = height
    }

    /// Reads the header of a PNG, GIF, JPEG or SVG; nil for anything else.
    init?(_ bytes: [UInt8]) {
        func big(_ at: Int) -> Int { Int(bytes[at]) << 8 | Int(bytes[at + 1]) }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]), bytes.count >= 24 {
            self.init(big(16) << 16 | big(18), big(20) << 16 | big(22))
        } else if bytes.starts(with: Array("GIF8".utf8)), bytes.count >= 10 {
            self.init(Int(bytes[6]) | Int(bytes[7]) << 8, Int(bytes[8]) | Int(bytes[9]) << 8)
        } else if bytes.starts(with: [0xFF, 0xD8]) {
            var index = 2
            while index + 9 < bytes.count, bytes[index] == 0xFF {
                let marker = bytes[index + 1]
                // Start of frame, except the tables that share its range.
                if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                    self.init(big(index + 7), big(index + 5))
                    return
                }
                index += 2 + big(index + 2)
            }
            return nil
        } else {
            let head = String(decoding: bytes.prefix(2048), as: UTF8.self)
            guard let start = head.firstRange(of: "<svg"), let end = head[start...].firstIndex(of: ">") else {
                return nil
            }
            let tag = head[start..<end]
            if let width = Self.number(tag, " width=\""), let height = Self.number(tag, " height=\"") {
                self.init(width, height)
                return
            }
            guard let box = Self.value(tag, " viewBox=\"") else { return nil }
            let numbers = box.split { $0 == " " || $0 == "," }.compactMap { Double($0) }
            guard numbers.count == 4, numbers[2].magnitude < 100_000, numbers[3].magnitude < 100_000 else {
                return nil
            }
            self.init(Int(numbers[2].rounded()), Int(numbers[3].rounded()))
        }
    }

    private static func value(_ tag: Substring, _ name: String) -> Substring? {
        guard let start = String(tag).firstRange(of: name) else { return nil }
        let text = String(tag)
        let rest = text[text.index(start, offsetBy: name.count)...]
        return rest.firstIndex(of: "\"").map { rest[..<$0] }
    }

    private static func number(_ tag: Substring, _ name: String) -> Int? {
        guard var text = value(tag, name) else { return nil }
        if text.hasSuffix("px") { text.removeLast(2) }
        return Double(text).flatMap { $0.magnitude < 100_000 ? Int($0.rounded()) : nil }
    }
}

extension String {
    /// The first place of a text, without Foundation.
    fileprivate func firstRange(of text: String) -> Index? {
        var start = startIndex
        while let first = text.first, let candidate = self[start...].firstIndex(of: first) {
            if self[candidate...].hasPrefix(text) { return candidate }
            start = index(after: candidate)
        }
        return nil
    }
}
