import Foundation
import Guidance
import Workspace

/// What is in a file of a leaflet.
package enum LeafletContent: Sendable {
    case made([UInt8])
    /// One that is kept on disk too, as it is there.
    case kept([UInt8], path: String, in: any FileSystem)
    /// One that stays on disk until somebody needs it, if ever: mostly the site has it already. Another build may have
    /// cleared it away by then.
    case onDisk(path: String, size: Int, in: any FileSystem)

    package var size: Int {
        switch self {
        case .made(let bytes), .kept(let bytes, _, _): bytes.count
        case .onDisk(_, let size, _): size
        }
    }

    package func bytes() throws(FileError) -> [UInt8] {
        switch self {
        case .made(let bytes), .kept(let bytes, _, _): bytes
        case .onDisk(let path, _, let files): try files.read(path)
        }
    }

    /// The same without its bytes, where they are on disk.
    package var withoutBytes: LeafletContent {
        if case .kept(let bytes, let path, let files) = self {
            .onDisk(path: path, size: bytes.count, in: files)
        } else {
            self
        }
    }
}

/// A finished leaflet.
struct MadeLeaflet: Sendable {
    var pages: Int
    /// Pages on paper: another font may take more room than the one for reading.
    var printedPages: Int
    var reading: LeafletContent
    var printing: LeafletContent?
    var thumbnail: LeafletContent?
    /// What was done to make it fit.
    var fit: Leaflet.Fit
}

/// Finished leaflets on disk, by everything they are made from.
struct LeafletCache: Sendable {
    /// Raised when the same data would be laid out differently by this program.
    static let version = 4

    let folder: String
    let files: any FileSystem
    /// The engine and the fonts of this machine.
    let engine: ContentHash

    private struct Entry: Codable {
        var pages: Int
        var printedPages: Int
        var printing: Bool
        var thumbnail: Bool
        var fit: Leaflet.Fit
        /// Of all of it: a disk that gives back other bytes than it was given publishes no leaflet nobody can open.
        var sum: String

        init(_ made: MadeLeaflet) throws(FileError) {
            pages = made.pages
            printedPages = made.printedPages
            printing = made.printing != nil
            thumbnail = made.thumbnail != nil
            fit = made.fit
            sum = ""
            var hashes = [bytes.map { ContentHash($0).description } ?? ""]
            for content in [made.reading, made.printing, made.thumbnail] {
                let bytes = try content?.bytes()
                hashes.append(bytes.map { ContentHash($0).description } ?? "")
            }
            sum = ContentHash(hashes.joined(separator: " ")).description
        }

        var bytes: [UInt8]? {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return (try? encoder.encode(self)).map { Array($0) }
        }
    }

    func key(_ parts: [String]) -> String {
        ContentHash((["\(Self.version)", engine.description] + parts).joined(separator: "\u{0}")).description
    }

    private func path(_ key: String, _ ending: String) -> String {
        joinPath(joinPath(folder, "leaflets"), key + ending)
    }

    /// The leaflet, if all of it is there as it was written.
    func read(_ key: String) -> MadeLeaflet? {
        guard let bytes = try? files.read(path(key, ".json")),
            let entry = try? JSONDecoder().decode(Entry.self, from: Data(bytes))
        else { return nil }
        func content(_ ending: String) -> LeafletContent? {
            let path = path(key, ending)
            return (try? files.read(path)).map { .kept($0, path: path, in: files) }
        }
        guard let reading = content(".pdf") else { return nil }
        var made = MadeLeaflet(
            pages: entry.pages, printedPages: entry.printedPages, reading: reading, fit: entry.fit)
        if entry.printing {
            guard let printing = content("-print.pdf") else { return nil }
            made.printing = printing
        }
        if entry.thumbnail {
            guard let thumbnail = content(".png") else { return nil }
            made.thumbnail = thumbnail
        }
        guard let sum = try? Entry(made).sum, sum == entry.sum else { return nil }
        return made
    }

    /// Keeps a leaflet. Where that fails (a full disk), it is made again next time: nothing is lost.
    ///
    /// - Returns: The leaflet as it is kept; as it was made, where it is not.
    func write(_ made: MadeLeaflet, _ key: String) -> MadeLeaflet {
        do {
            try files.makeDirectory(joinPath(folder, "leaflets"))
            func keep(_ content: LeafletContent, _ ending: String) throws(FileError) -> LeafletContent {
                let (bytes, path) = (try content.bytes(), path(key, ending))
                try files.write(bytes, to: path)
                return .kept(bytes, path: path, in: files)
            }
            var kept = made
            kept.reading = try keep(made.reading, ".pdf")
            kept.printing = try made.printing.map { content throws(FileError) in
                try keep(content, "-print.pdf")
            }
            kept.thumbnail = try made.thumbnail.map { content throws(FileError) in try keep(content, ".png") }
            // Last: an entry that can be read is whole.
            let entry = try Entry(made)
            guard let bytes = entry.bytes else { return made }
            try files.write(bytes, to: path(key, ".json"))
            return kept
        } catch {
            return made
        }
    }
}

extension LeafletBuilder {
    /// Removes finished leaflets that no edition uses any more.
    ///
    /// - Parameter keys: The `cacheKeys` of every edition of a whole build.
    public static func prune(cache: String, keeping keys: Set<String>, in files: some FileSystem) {
        let folder = joinPath(cache, "leaflets")
        for entry in (try? files.list(folder)) ?? [] {
            let key = String(entry.name.prefix(32))
            // Only what looks like an entry is touched.
            guard ContentHash(key[...]) != nil, !keys.contains(key) else { continue }
            try? files.removeFile(joinPath(folder, entry.name))
        }
    }
}

/// The folders in which the machine's fonts are.
package enum LeafletFontFolders {
    /// Changes when a font is added, replaced or removed: a folder's own date tells.
    package static func fingerprint(_ files: any FileSystem) -> String {
        let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
        var found: [String] = []
        func visit(_ folder: String, depth: Int) {
            guard let status = (try? files.status(folder)) ?? nil, status.kind == .directory else { return }
            found.append("\(folder) \(status.changed)")
            guard depth < 4 else { return }
            for entry in (try? files.list(folder)) ?? [] where entry.kind == .directory {
                visit(joinPath(folder, entry.name), depth: depth + 1)
            }
        }
        for folder in [
            "/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts",
            joinPath(home, ".fonts"), joinPath(home, ".local/share/fonts"), joinPath(home, "Library/Fonts"),
        ] { visit(folder, depth: 0) }
        return found.joined(separator: "\n")
    }
}

/// A picture beside words, as one of the files of a job.
struct LeafletPicture: Sendable {
    /// Its name says what is in it, so that a leaflet with another picture is another leaflet.
    var name: String
    var bytes: [UInt8]

    /// The pictures that an edition's pages in easy words show, by their paths below the content folder.
    static func readAll(
        for edition: Edition, content: String, files: any FileSystem, reporting diagnostics: inout Diagnostics
    ) -> [String: LeafletPicture] {
        var pictures: [String: LeafletPicture] = [:]
        for page in edition.pages where page.kind == .easy {
            for block in page.allSections.flatMap(\.blocks) {
                guard let path = block.attributes?.picture, pictures[path] == nil else { continue }
                let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
                do {
                    let bytes = try files.read(joinPath(content, path))
                    pictures[path] = LeafletPicture(
                        name: "picture-\(ContentHash(bytes).short).\(ending)", bytes: bytes)
                } catch {
                    diagnostics.add(
                        .error(
                            "UnreadableFile", "cannot read this picture: \(error.explanation)",
                            at: SourceLocation(file: joinPath(content, path))))
                }
            }
        }
        return pictures
    }
}

/// A council's logo.
struct LeafletLogo: Sendable {
    /// Its name among the files of a job: `logo.svg`.
    var name: String
    var bytes: [UInt8]
    var hash: ContentHash

    static func read(
        for edition: Edition, content: String, files: any FileSystem, reporting diagnostics: inout Diagnostics
    ) -> LeafletLogo? {
        guard let path = edition.council.brand.logo else { return nil }
        let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
        let location = edition.council.brand.location
        guard ["svg", "png", "jpg", "jpeg", "webp"].contains(ending) else {
            diagnostics.add(
                .warning(
                    "UnusableLogo", "leaflets cannot show the logo '\(path)'", at: location,
                    help: "Use an SVG or PNG file."))
            return nil
        }
        do {
            let bytes = try files.read(joinPath(content, path))
            return LeafletLogo(name: "logo.\(ending)", bytes: bytes, hash: ContentHash(bytes))
        } catch {
            diagnostics.add(
                .warning(
                    "UnusableLogo", "leaflets cannot show the logo '\(path)': \(error.explanation)",
                    at: location))
            return nil
        }
    }
}
