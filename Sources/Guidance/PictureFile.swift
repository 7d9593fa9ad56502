import Workspace

/// What a picture's file says besides the picture.
package struct PictureFile {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The endings of files that are looked at. Others hold nothing but a picture, or no browser shows them.
    static let endings = [".jpg", ".jpeg", ".png", ".webp", ".svg"]

    /// Bytes above which a picture is a burden to a reader who pays for each: some thirty pages of this site have no more.
    package static let heaviest = 500_000

    /// Whether it says where it was taken: in the GPS part of EXIF (CIPA DC-008, 4.6.6), or in XMP (ISO 16684-1).
    package var hasPlace: Bool {
        if bytes.starts(with: [0xFF, 0xD8]) { return jpegHasPlace }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return pngHasPlace }
        if bytes.starts(with: Array("RIFF".utf8)) { return webpHasPlace }
        return false
    }

    /// Segments before the picture itself (ITU-T T.81, B.1.1.4).
    private var jpegHasPlace: Bool {
        var index = 2
        while index + 4 <= bytes.count, bytes[index] == 0xFF, bytes[index + 1] != 0xDA {
            let end = index + 2 + (number(index + 2, 2, isLittle: false) ?? 0)
            guard end >= index + 4, end <= bytes.count else { return false }
            if bytes[index + 1] == 0xE1, isPlace(index + 4..<end) { return true }
            index = end
        }
        return false
    }

    /// Chunks of length, name, data and checksum (ISO/IEC 15948, 5.3).
    private var pngHasPlace: Bool { chunksHavePlace(isRIFF: false) }

    /// Chunks of name, length and data, at even places (RFC 9649, 2.3).
    private var webpHasPlace: Bool { chunksHavePlace(isRIFF: true) }

    private func chunksHavePlace(isRIFF: Bool) -> Bool {
        var index = isRIFF ? 12 : 8
        while let length = number(index + (isRIFF ? 4 : 0), 4, isLittle: isRIFF) {
            let data = index + 8
            guard length <= bytes.count - data else { return false }
            let name = String(decoding: bytes[(index + (isRIFF ? 0 : 4))...].prefix(4), as: UTF8.self)
            if ["eXIf", "EXIF", "iTXt", "XMP "].contains(name), isPlace(data..<(data + length)) {
                return true
            }
            index = data + length + (isRIFF ? length & 1 : 4)
        }
        return false
    }

    private func isPlace(_ range: Range<Int>) -> Bool {
        let exif = Array("Exif\0\0".utf8)
        let start = bytes[range].starts(with: exif) ? range.lowerBound + exif.count : range.lowerBound
        if bytes[start..<range.upperBound].starts(with: Array("II".utf8)) {
            return tiffHasPlace(start..<range.upperBound, isLittle: true)
        }
        if bytes[start..<range.upperBound].starts(with: Array("MM".utf8)) {
            return tiffHasPlace(start..<range.upperBound, isLittle: false)
        }
        return bytes[range].firstRange(of: Array("GPSLatitude".utf8)) != nil
    }

    /// Whether the first directory of TIFF leads to one of GPS with a latitude or longitude in it.
    private func tiffHasPlace(_ range: Range<Int>, isLittle: Bool) -> Bool {
        func read(_ at: Int, _ count: Int) -> Int? {
            at >= 0 && range.lowerBound + at + count <= range.upperBound
                ? number(range.lowerBound + at, count, isLittle: isLittle) : nil
        }
        /// The value of the first entry with one of these tags, in the directory at a place.
        func entry(_ tags: Set<Int>, in directory: Int) -> Int? {
            guard let count = read(directory, 2) else { return nil }
            for index in 0..<count {
                let at = directory + 2 + index * 12
                guard let tag = read(at, 2) else { return nil }
                if tags.contains(tag) { return read(at + 8, 4) }
            }
            return nil
        }
        guard let first = read(4, 4), let gps = entry([0x8825], in: first) else { return false }
        return entry([2, 4], in: gps) != nil
    }

    private func number(_ at: Int, _ count: Int, isLittle: Bool) -> Int? {
        guard at >= 0, at + count <= bytes.count else { return nil }
        let digits = bytes[at..<(at + count)]
        return (isLittle ? Array(digits.reversed()) : Array(digits)).reduce(0) { $0 << 8 | Int($1) }
    }
}

extension PictureFile {
    /// What is wrong with the pictures of a content folder, whoever shows them.
    ///
    /// - Parameter paths: Below `root`.
    static func problems(in paths: [String], root: String, _ files: some FileSystem) -> [Diagnostic] {
        paths.flatMap { path -> [Diagnostic] in
            let name = path.lowercased()
            if AttachedFile(path).isRecording { return problems(ofRecording: joinPath(root, path), files) }
            guard endings.contains(where: name.hasSuffix) else { return [] }
            let place = SourceLocation(file: joinPath(root, path))
            guard let bytes = try? files.read(place.file) else { return [] }
            var problems: [Diagnostic] = []
            if PictureFile(bytes).hasPlace {
                problems.append(
                    .error(
                        "PictureWithPlace", "this picture says where it was taken", at: place,
                        help:
                            "Save it without: 'exiftool -gps:all= -xmp:all= \(path)', or in Windows by Properties → Details → Remove properties."
                    ))
            }
            if name.hasSuffix(".svg"), let danger = Drawing(bytes).danger {
                let before = bytes[..<danger.offset]
                let column = danger.offset - (before.lastIndex(of: 0x0A) ?? -1)
                let start = SourceRange(line: before.count { $0 == 0x0A } + 1, column: column)
                problems.append(
                    .error(
                        "DrawingWithScript",
                        "this drawing holds \(danger.what): whoever opens the file by itself would run what is in it",
                        at: SourceLocation(file: place.file, range: start),
                        help:
                            "Save it as 'Plain SVG' or 'Optimised SVG', which leaves only what is drawn, or save it as PNG."
                    ))
            }
            if bytes.count > heaviest {
                problems.append(
                    .warning(
                        "HeavyPicture",
                        "this picture has \(bytes.count / 1000) kB, as much as \(bytes.count / 15_000) pages of text",
                        at: place,
                        help: "Make it smaller: 1200 pixels wide, as JPEG or WebP, are enough for any page."))
            }
            return problems
        }
    }

    /// Bytes above which a recording is a burden to a reader with a gigabyte a month: a fortieth of it.
    static let heaviestRecording = 25_000_000

    private static func problems(ofRecording path: String, _ files: some FileSystem) -> [Diagnostic] {
        guard let status = (try? files.status(path)) ?? nil, status.size > heaviestRecording else {
            return []
        }
        return [
            .warning(
                "HeavyRecording",
                "this recording has \(status.size / 1_000_000) MB, which readers pay for before they have seen it",
                at: SourceLocation(file: path),
                help: "Save it smaller (480 lines, 500 kbit/s), or cut it into parts of three minutes.")
        ]
    }
}
