import Workspace

/// Finds what a web server would answer with for an address of a published site.
public struct PreviewFiles: Sendable {
    public enum Answer: Hashable, Sendable {
        case file([UInt8], type: String)
        /// A folder was asked for without the slash at its end.
        case redirect(String)
        /// The site's page for addresses that do not exist.
        case missing([UInt8])
    }

    private let folder: String
    private let files: any FileSystem
    /// Larger files than this are not shown: they are held in memory.
    private static let largestFile = 256 << 20

    public init(folder: String, files: some FileSystem) {
        self.folder = folder
        self.files = files
    }

    /// Whether anything has been published here.
    var isThere: Bool { files.exists(joinPath(folder, "index.html")) }

    /// - Parameter path: As in the request, with percent signs; without the query.
    public func answer(to path: String) -> Answer {
        guard let parts = Self.parts(of: path) else { return missing() }
        let name = parts.joined(separator: "/")
        let file = parts.isEmpty ? folder : joinPath(folder, name)
        guard let status = (try? files.status(file)) ?? nil else { return missing() }
        switch status.kind {
        case .file:
            guard !path.hasSuffix("/"), let bytes = bytes(of: file) else { return missing() }
            return .file(bytes, type: Self.type(of: name))
        case .directory:
            guard path.hasSuffix("/") || parts.isEmpty else {
                // From the parts, not from the request: `//name` would be another host.
                return .redirect("/" + parts.map(Self.encoded).joined(separator: "/") + "/")
            }
            guard let bytes = bytes(of: joinPath(file, "index.html")) else { return missing() }
            return .file(bytes, type: Self.type(of: "index.html"))
        case .other: return missing()
        }
    }

    /// What a file of the site holds; nil if a symbolic link leads out of the site on the way to it.
    private func bytes(of file: String) -> [UInt8]? {
        guard let root = try? files.resolve(folder), let real = try? files.resolve(file),
            real.hasPrefix(root.hasSuffix("/") ? root : root + "/"),
            let status = (try? files.linkStatus(real)) ?? nil, status.kind == .file,
            status.size <= Self.largestFile
        else { return nil }
        return try? files.read(real)
    }

    /// A name as it stands in an address.
    private static func encoded(_ name: String) -> String {
        var text = ""
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."), UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }

    private func missing() -> Answer {
        .missing(bytes(of: joinPath(folder, "404.html")) ?? Array("There is no such page.\n".utf8))
    }

    /// The names of a path from the site's top; nil if it could lead out of the site, or to its records.
    private static func parts(of path: String) -> [String]? {
        var parts: [String] = []
        for part in path.split(separator: "/") {
            guard let name = decoded(part), !name.contains("/"), !name.contains("\\"), !name.contains("\0"),
                !name.hasPrefix(".")
            else { return nil }
            parts.append(name)
        }
        return parts
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let digits = String(rest.prefix(2)), digits.utf8.count == 2,
                let value = UInt8(digits, radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The media type of a file, by the end of its name.
    static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "json": "application/json"
        case "xml": "application/xml"
        case "txt": "text/plain; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "webp": "image/webp"
        case "ico": "image/x-icon"
        case "pdf": "application/pdf"
        case "epub": "application/epub+zip"
        case "brf": "application/x-brf"
        case "vcf": "text/vcard; charset=utf-8"
        case "zip": "application/zip"
        case "mp4": "video/mp4"
        case "webm": "video/webm"
        case "mp3": "audio/mpeg"
        case "m4a": "audio/mp4"
        case "ogg", "opus": "audio/ogg"
        case "vtt": "text/vtt; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}
