import Foundation
import Guidance
import Markdown
import Workspace

/// Pictures of documents on their way into a council's folder.
struct PictureStore {
    /// Where they go.
    let folder: String
    /// No picture from outside of this folder is ever read.
    let root: String
    private let disk: any FileSystem
    private let documents: [String: [Int: ForeignDocument.Picture]]
    private(set) var files: [(path: String, bytes: [UInt8])] = []
    private(set) var shown: [DocumentImport.Outcome.Picture] = []
    private(set) var losses: [(file: String, note: ForeignDocument.Note)] = []
    /// The path of each picture that was placed, by its document and id.
    private var paths: [String: String] = [:]

    /// Bytes above which a file is no picture for a page.
    private static let most = 16 << 20

    init(
        folder: String, root: String, files: any FileSystem, documents: [(String, [ForeignDocument.Picture])]
    ) {
        self.folder = folder
        self.root = root
        disk = files
        self.documents = Dictionary(
            documents.map { ($0.0, Dictionary($0.1.map { ($0.id, $0) }) { first, _ in first }) }
        ) { first, _ in first }
    }

    /// The picture with the address that it gets; nil where it cannot be shown.
    mutating func placed(
        _ image: Inline.Image, on page: String, file: String, place: String
    ) -> Inline.Image? {
        guard let id = image.source.written.flatMap(PictureAddress.id), let picture = documents[file]?[id]
        else {
            return nil
        }
        let key = "\(file)\n\(id)"
        if paths[key] == nil {
            guard let bytes = bytes(of: picture, image, file, place), let path = store(bytes, picture, file)
            else {
                return nil
            }
            paths[key] = path
        }
        guard let path = paths[key] else { return nil }
        let ups = page.split(separator: "/").count - 1
        var image = image
        image.source = .address(
            String(repeating: "../", count: ups) + "pictures/" + (path.split(separator: "/").last ?? ""))
        shown.append(
            .init(
                file: path, source: file, place: place,
                needsAlternative: image.alternative.allSatisfy { !$0.isLetter }))
        return image
    }

    private mutating func bytes(
        of picture: ForeignDocument.Picture, _ image: Inline.Image, _ file: String, _ place: String
    ) -> [UInt8]? {
        func lose(_ what: String) -> [UInt8]? {
            losses.append(
                (
                    file,
                    .init(
                        place: place, what: what,
                        text: [image.alternative, picture.source ?? picture.name].filter { !$0.isEmpty }
                            .joined(separator: " · "))
                ))
            return nil
        }
        var bytes = picture.bytes
        if bytes == nil, let source = picture.source {
            guard let path = path(of: source, in: file) else {
                return lose("a picture that is not beside the document: put it in by hand")
            }
            guard (((try? disk.status(path)) ?? nil)?.size ?? 0) <= Self.most else {
                return lose("a picture of more than 16 MB")
            }
            bytes = try? disk.read(path)
        }
        guard let bytes, bytes.count <= Self.most else { return lose("a picture of more than 16 MB") }
        guard Self.ending(of: bytes) != nil else {
            return lose(
                picture.name.lowercased().hasSuffix(".svg")
                    ? "a drawing (SVG), which could hold a script: look at it and put it in by hand"
                    : "a picture in a format that browsers do not show: save it as PNG")
        }
        guard !PictureFile(bytes).hasPlace else {
            return lose("a picture that says where it was taken: save it without, and put it in by hand")
        }
        return bytes
    }

    /// What the bytes say, whatever the name does.
    private static func ending(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "jpg" }
        if bytes.starts(with: Array("GIF8".utf8)) { return "gif" }
        if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            return "webp"
        }
        return nil
    }

    private mutating func store(_ bytes: [UInt8], _ picture: ForeignDocument.Picture, _ file: String)
        -> String?
    {
        guard let ending = Self.ending(of: bytes) else { return nil }
        if let same = files.first(where: { $0.bytes == bytes }) { return same.path }
        // Word calls every picture `image1.png`.
        let name = picture.name.lastIndex(of: ".").map { String(picture.name[..<$0]) } ?? picture.name
        var base = PagePlan.slug(name.removingPercentEncoding ?? name)
        if base.isEmpty || base.wholeMatch(of: /(image|picture|img)-?\d*/) != nil {
            let document = PagePlan.slug(DocumentOutline.words(ofName: file))
            base = (document.isEmpty ? "picture" : document) + (base.isEmpty ? "" : "-" + base)
        }
        var path = joinPath(folder, "\(base).\(ending)")
        var number = 2
        while true {
            if let there = try? disk.read(path) {
                // The same picture is there from an earlier run.
                if there == bytes { return path }
            } else if !files.contains(where: { $0.path == path }), !disk.exists(path) {
                break
            }
            path = joinPath(folder, "\(base)-\(number).\(ending)")
            number += 1
        }
        files.append((path, bytes))
        return path
    }

    /// The file that a document names, if it is within the folder that is brought in.
    private func path(of source: String, in file: String) -> String? {
        var name = source
        if let end = name.firstIndex(where: { $0 == "?" || $0 == "#" }) { name = String(name[..<end]) }
        name = (name.removingPercentEncoding ?? name).replacing("\\", with: "/")
        guard !name.contains("\0") else { return nil }
        let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ""
        // Generators keep what pages name from the site's top in a folder of their own.
        let bases =
            name.hasPrefix("/")
            ? ["", "static", "public", "assets", "source", "src", "docs"].map { joinPath(root, $0) }
            : [folder]
        for base in bases {
            guard let path = Self.within(root, joinPath(base, String(name.drop { $0 == "/" }))) else {
                continue
            }
            // A symbolic link could lead anywhere.
            guard let status = (try? disk.linkStatus(path)) ?? nil, status.kind == .file, isInside(path)
            else { continue }
            return path
        }
        return nil
    }

    /// A path without `..`, if it does not leave a folder.
    private static func within(_ root: String, _ path: String) -> String? {
        let top = root.split(separator: "/").filter { $0 != "." }.map(String.init)
        guard !top.contains("..") || path.hasPrefix(root) else { return nil }
        let rest = root.isEmpty ? path[...] : path.dropFirst(root.count)
        var parts: [String] = []
        for part in rest.split(separator: "/") where part != "." {
            if part == ".." {
                guard !parts.isEmpty else { return nil }
                parts.removeLast()
            } else {
                parts.append(String(part))
            }
        }
        return parts.isEmpty ? nil : joinPath(root, parts.joined(separator: "/"))
    }

    /// Whether no folder on the way is a symbolic link to somewhere else.
    private func isInside(_ path: String) -> Bool {
        guard let whole = try? disk.resolve(path), let top = try? disk.resolve(root.isEmpty ? "." : root)
        else { return false }
        return whole.hasPrefix(top.hasSuffix("/") ? top : top + "/")
    }
}
