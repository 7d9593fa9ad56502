import Foundation
import Leaflets
import Workspace

/// Which files `signpost leaflets` wrote into a folder: only those may be removed when they are out of date.
///
/// It is kept beside the finished leaflets, not in the folder, which holds nothing but what people print.
struct WrittenLeaflets: Sendable {
    struct Entry: Codable, Hashable, Sendable {
        var council: String
        /// Nil for what belongs to all of a council's languages.
        var language: String?
        var format: String?
        /// Of what was written.
        var hash: String
    }

    /// What a run was asked to make.
    struct Scope: Sendable {
        /// The councils that were made without errors, and those that are no more.
        var councils: Set<String>
        /// Nil: all.
        var languages: Set<String>?
        var formats: Set<String>?

        func contains(_ entry: Entry) -> Bool {
            guard councils.contains(entry.council) else { return false }
            func isWanted(_ value: String?, among wanted: Set<String>?) -> Bool {
                guard let wanted, let value else { return true }
                return wanted.contains(value)
            }
            return isWanted(entry.language, among: languages) && isWanted(entry.format, among: formats)
        }
    }

    private let path: String
    private let output: String
    private let previous: [String: Entry]
    private(set) var entries: [String: Entry]
    /// Councils of which a file is not what it was.
    private var changed: Set<String> = []
    private var written: Set<String> = []

    /// Reads what earlier runs wrote; what cannot be read counts as written by nobody.
    init(output: String, cache: String, in files: some FileSystem) {
        self.output = output
        let absolute = URL(fileURLWithPath: output).standardizedFileURL.path
        path = joinPath(cache, "written/\(ContentHash(absolute).short).json")
        let read = (try? files.read(path)).flatMap {
            try? JSONDecoder().decode([String: Entry].self, from: Data($0))
        }
        previous = (read ?? [:]).filter { Self.isBelow($0.key) }
        entries = previous
    }

    /// Whether a path stays below the folder it is joined to.
    private static func isBelow(_ path: String) -> Bool {
        !path.split(separator: "/", omittingEmptySubsequences: false).contains {
            $0.isEmpty || $0 == "." || $0 == ".."
        }
    }

    /// Notes a file that was written, by its path below the output folder.
    mutating func add(_ path: String, _ bytes: [UInt8], council: String, language: String?, format: String?) {
        let entry = Entry(
            council: council, language: language, format: format, hash: ContentHash(bytes).description)
        if language != nil, previous[path] != entry { changed.insert(council) }
        entries[path] = entry
        written.insert(path)
    }

    /// Why a file is not written: somebody else's is there, or a link on the way leads elsewhere.
    func obstacle(to path: String, _ bytes: [UInt8], in files: some FileSystem) -> Diagnostic? {
        if let link = link(on: path, in: files) {
            return .error(
                "ForeignFile", "this is no folder that Signpost made, and nothing is written through it",
                at: SourceLocation(file: link), help: "Move it away, or choose another folder with --output.")
        }
        let file = joinPath(output, path)
        guard let status = try? files.linkStatus(file) else { return nil }
        // What it wrote itself is written again, whoever has changed it.
        guard previous[path] == nil || status.kind != .file, (try? files.read(file)) != bytes else {
            return nil
        }
        return .error(
            "ForeignFile", "Signpost did not write this file, and does not write over it",
            at: SourceLocation(file: file), help: "Move it away, or choose another folder with --output.")
    }

    /// The first folder on the way to a file of the output that is none, but a link or a file.
    private func link(on path: String, in files: some FileSystem) -> String? {
        var folder = output
        for part in path.split(separator: "/").dropLast() {
            folder = joinPath(folder, String(part))
            guard let status = try? files.linkStatus(folder) else { return nil }
            if status.kind != .directory { return folder }
        }
        return nil
    }

    /// Removes what earlier runs wrote and this one, asked for it, did not: the leaflet, the language or the
    /// council is no more. A file that is not as it was written is somebody's own, and stays.
    mutating func removeStale(
        _ scope: Scope, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) {
        let open = previous.keys.sorted().filter { !written.contains($0) }
        for path in open {
            guard let entry = previous[path], entry.language != nil, scope.contains(entry) else { continue }
            remove(path, entry, in: files, &diagnostics)
            changed.insert(entry.council)
        }
        // The one file with everything, and the page of copies, tell of leaflets that have changed since.
        for path in open {
            guard let entry = previous[path], entry.language == nil, scope.councils.contains(entry.council),
                changed.contains(entry.council)
            else { continue }
            remove(path, entry, in: files, &diagnostics)
        }
    }

    private mutating func remove(
        _ path: String, _ entry: Entry, in files: some FileSystem, _ diagnostics: inout Diagnostics
    ) {
        entries[path] = nil
        let file = joinPath(output, path)
        guard link(on: path, in: files) == nil, let bytes = try? files.read(file) else { return }
        guard ContentHash(bytes).description == entry.hash else {
            diagnostics.add(
                .warning(
                    "OldLeafletKept",
                    "this file of an earlier run is out of date; it is kept, because somebody has changed it",
                    at: SourceLocation(file: file), help: "Remove it if nobody needs it."))
            return
        }
        do {
            try files.removeFile(file)
            var folder = path[...]
            while let slash = folder.lastIndex(of: "/") {
                folder = folder[..<slash]
                guard try files.removeDirectoryIfEmpty(joinPath(output, String(folder))) else { break }
            }
        } catch {
            diagnostics.add(
                .warning(
                    "CannotRemove", "cannot remove this file, which is out of date: \(error.explanation)",
                    at: SourceLocation(file: file)))
        }
    }

    /// Keeps the list for the next run. Where that fails, files of this run are never removed: nothing is lost.
    func save(in files: some FileSystem) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard entries != previous, let data = try? encoder.encode(entries) else { return }
        do {
            if let slash = path.lastIndex(of: "/") { try files.makeDirectory(String(path[..<slash])) }
            try files.write(Array(data), to: path)
        } catch {
            return
        }
    }
}
