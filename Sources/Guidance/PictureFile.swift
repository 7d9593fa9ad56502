import Workspace

/// What a picture's file says besides the picture.
package struct PictureFile {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The endings of files that are looked at. Others hold nothing but a picture, or no browser shows them.
    static let endings = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg"]

    /// Bytes above which a picture is a burden to a reader who pays for each: some thirty pages of this site have no more.
    package static let heaviest = 500_000
    /// Bytes above which a file is not even looked into.
    static let mostBytes = 50_000_000
    /// Dots above which an old phone has no room for a picture, however small its file is: each takes four bytes there.
    /// The largest photographs that phones take have as many.
    static let mostDots = 50_000_000

    /// Whether it says where it was taken: in the GPS part of EXIF (CIPA DC-008, 4.6.6), or in XMP (ISO 16684-1).
    package var hasPlace: Bool {
        if bytes.starts(with: [0xFF, 0xD8]) { return jpegHasPlace }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return pngHasPlace }
        if bytes.starts(with: Array("RIFF".utf8)) { return webpHasPlace }
        return false
    }

    /// The sorts of pictures, told by how their files begin.
    private enum Sort: String {
        case jpeg = "JPEG", png = "PNG", webp = "WebP", gif = "GIF", svg = "SVG"
        /// Photographs of some phones, also under other names; few browsers show them.
        case heic = "HEIC"

        init?(ending: Substring) {
            switch ending.lowercased() {
            case "jpg", "jpeg": self = .jpeg
            case "png": self = .png
            case "webp": self = .webp
            case "gif": self = .gif
            case "svg": self = .svg
            default: return nil
            }
        }
    }

    private var sort: Sort? {
        func isText(_ text: String, at place: Int) -> Bool {
            bytes.dropFirst(place).starts(with: text.utf8)
        }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if isText("RIFF", at: 0), isText("WEBP", at: 8) { return .webp }
        if isText("GIF87a", at: 0) || isText("GIF89a", at: 0) { return .gif }
        // The length of its first part comes before, so that no text is taken for one.
        if bytes.starts(with: [0, 0]), isText("ftyp", at: 4) { return .heic }
        return bytes.firstRange(of: Array("<svg".utf8)) != nil
            || bytes.firstRange(of: Array(":svg".utf8)) != nil ? .svg : nil
    }

    /// Why nobody would see it, and what to do.
    func fault(ending: Substring) -> (what: String, help: String)? {
        let again = "Copy it here again, or save it anew."
        guard !bytes.isEmpty else { return ("this picture is empty: its file has no bytes", again) }
        guard let sort else {
            return ("this is no picture of a sort that is shown", "Save it as JPEG, PNG, WebP or SVG.")
        }
        guard let told = Sort(ending: ending), told == sort else {
            return (
                "this is a \(sort.rawValue) file, and its name says that it is something else",
                sort == .heic
                    ? "Save it as JPEG: few browsers show it."
                    : "Let its name end in '.\(sort == .jpeg ? "jpg" : sort.rawValue.lowercased())'."
            )
        }
        return isCut ? ("this picture is cut short: the end of its file is missing", again) : nil
    }

    /// Whether the file ends before the picture does.
    private var isCut: Bool {
        switch sort {
        case .jpeg:
            // The picture itself holds no such pair of bytes (ITU-T T.81, B.1.1.5); a small one in EXIF may.
            guard let start = jpegSegments.first(where: { $0.marker == 0xDA })?.range.lowerBound else {
                return true
            }
            return bytes[start...].firstRange(of: [0xFF, 0xD9]) == nil
        case .png: return bytes.firstRange(of: Array("IEND".utf8)) == nil
        case .webp: return (number(4, 4, isLittle: true) ?? .max) > bytes.count - 8
        case .gif: return bytes.count < 14
        case .svg, .heic, nil: return false
        }
    }

    /// Width and height in dots, as its head says them; nil for drawings, and where it does not.
    var size: (width: Int, height: Int)? {
        func pair(_ width: Int?, _ height: Int?) -> (width: Int, height: Int)? {
            guard let width, let height else { return nil }
            return (width, height)
        }
        switch sort {
        case .jpeg:
            // The start of a frame, and not the tables that share its range (ITU-T T.81, B.1.1.3).
            let frame = jpegSegments.first {
                (0xC0...0xCF).contains($0.marker) && ![0xC4, 0xC8, 0xCC].contains($0.marker)
            }
            guard let start = frame?.range.lowerBound else { return nil }
            return pair(number(start + 3, 2, isLittle: false), number(start + 1, 2, isLittle: false))
        case .png: return pair(number(16, 4, isLittle: false), number(20, 4, isLittle: false))
        case .gif: return pair(number(6, 2, isLittle: true), number(8, 2, isLittle: true))
        case .webp:
            // Of the whole picture, of one with losses, of one without (RFC 9649, 2.5 to 2.7).
            switch String(decoding: bytes[12...].prefix(4), as: UTF8.self) {
            case "VP8X":
                return pair(
                    number(24, 3, isLittle: true).map { $0 + 1 },
                    number(27, 3, isLittle: true).map { $0 + 1 })
            case "VP8 ":
                return pair(
                    number(26, 2, isLittle: true).map { $0 & 0x3FFF },
                    number(28, 2, isLittle: true).map { $0 & 0x3FFF })
            case "VP8L":
                return number(21, 4, isLittle: true).map { ($0 & 0x3FFF + 1, $0 >> 14 & 0x3FFF + 1) }
            default: return nil
            }
        case .svg, .heic, nil: return nil
        }
    }

    /// Segments up to the one that begins the picture itself, without their length (ITU-T T.81, B.1.1.4).
    private var jpegSegments: [(marker: UInt8, range: Range<Int>)] {
        var segments: [(marker: UInt8, range: Range<Int>)] = []
        var index = 2
        while index + 4 <= bytes.count, bytes[index] == 0xFF, segments.last?.marker != 0xDA {
            if bytes[index + 1] == 0xFF {
                // Filled up before the marker.
                index += 1
                continue
            }
            let end = index + 2 + (number(index + 2, 2, isLittle: false) ?? 0)
            guard end >= index + 4, end <= bytes.count else { break }
            segments.append((bytes[index + 1], index + 4..<end))
            index = end
        }
        return segments
    }

    private var jpegHasPlace: Bool {
        jpegSegments.contains { $0.marker == 0xE1 && isPlace($0.range) }
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
            guard let ending = endings.first(where: name.hasSuffix) else { return [] }
            let place = SourceLocation(file: joinPath(root, path))
            func enormous(_ size: String) -> Diagnostic {
                .error(
                    "EnormousPicture", "this picture has \(size): phones have no room for it", at: place,
                    help: "Make it smaller: 1200 pixels wide, as JPEG or WebP, are enough for any page.")
            }
            if let status = (try? files.status(place.file)) ?? nil, status.size > mostBytes {
                return [enormous("\(status.size / 1_000_000) MB")]
            }
            guard let bytes = try? files.read(place.file) else { return [] }
            let picture = PictureFile(bytes)
            // Whatever else is the matter with it: a browser reads the file as its name says. What begins as another
            // picture is no text of any sort.
            if name.hasSuffix(".svg"), [.svg, nil].contains(picture.sort), let danger = Drawing(bytes).danger
            {
                let before = bytes[..<danger.offset]
                let column = danger.offset - (before.lastIndex(of: 0x0A) ?? -1)
                let start = SourceRange(line: before.count { $0 == 0x0A } + 1, column: column)
                return [
                    .error(
                        "DrawingWithScript",
                        "this drawing holds \(danger.what): whoever opens the file by itself would run or load it",
                        at: SourceLocation(file: place.file, range: start),
                        help:
                            "Save it as 'Plain SVG' or 'Optimised SVG', which leaves only what is drawn, or save it as PNG."
                    )
                ]
            }
            if let fault = picture.fault(ending: ending.dropFirst()) {
                return [.warning("BrokenPicture", fault.what, at: place, help: fault.help)]
            }
            if let size = picture.size,
                max(size.width, size.height) > mostDots || size.width * size.height > mostDots
            {
                return [enormous("\(size.width) by \(size.height) pixels")]
            }
            var problems: [Diagnostic] = []
            if picture.hasPlace {
                problems.append(
                    .error(
                        "PictureWithPlace", "this picture says where it was taken", at: place,
                        help:
                            "Save it without: 'exiftool -gps:all= -xmp:all= \(path)', or in Windows by Properties → Details → Remove properties."
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
