import CQREncode

/// A QR code (ISO/IEC 18004) as a grid of dark and light modules.
public struct QRCode: Hashable, Sendable {
    /// Modules on each side, without the quiet zone.
    public let width: Int
    /// Row by row from the top left: true is dark.
    public let modules: [Bool]

    /// Encodes a text with error correction M (15 % of the code may be unreadable), or nil where it is too
    /// long for a QR code (about 2,300 bytes).
    public init?(_ text: String) {
        guard !text.isEmpty, !text.utf8.contains(0) else { return nil }
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        self.width = width
        // The lowest bit of each byte is the module's colour (qrencode.h).
        modules = (0..<width * width).map { code.pointee.data[$0] & 1 == 1 }
    }

    public subscript(row: Int, column: Int) -> Bool { modules[row * width + column] }

    /// The code as one SVG path with a quiet zone of four modules on each side, which readers need.
    public var svg: String {
        let quiet = 4
        let size = width + 2 * quiet
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                guard self[row, column] else {
                    column += 1
                    continue
                }
                var end = column
                while end < width, self[row, end] { end += 1 }
                path += "M\(column + quiet) \(row + quiet)h\(end - column)v1h-\(end - column)z"
                column = end
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(size) \(size)\">"
            + "<rect width=\"\(size)\" height=\"\(size)\" fill=\"#fff\"/><path d=\"\(path)\"/></svg>"
    }
}
