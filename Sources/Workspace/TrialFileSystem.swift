/// Files as they would be if some of them held something else: nothing is written.
package struct TrialFileSystem: FileSystem {
    private let base: any FileSystem
    private let changed: [String: [UInt8]]

    /// The files that hold something else.
    package var all: [String: [UInt8]] { changed }

    package init(_ base: any FileSystem, with changed: [String: [UInt8]]) {
        self.base = base
        self.changed = changed
    }

    package func read(_ path: String) throws(FileError) -> [UInt8] {
        if let bytes = changed[path] { return bytes }
        return try base.read(path)
    }

    package func status(_ path: String) throws(FileError) -> FileStatus? {
        if let own = own(path) { return own }
        return try base.status(path)
    }

    package func linkStatus(_ path: String) throws(FileError) -> FileStatus? {
        if let own = own(path) { return own }
        return try base.linkStatus(path)
    }

    private func own(_ path: String) -> FileStatus? {
        changed[path].map { FileStatus(kind: .file, size: $0.count, modified: 0, changed: 0) }
    }

    package func list(_ directory: String) throws(FileError) -> [DirectoryEntry] {
        var entries = try base.list(directory)
        for name in added(to: directory) where !entries.contains(where: { $0.name == name }) {
            entries.append(DirectoryEntry(name: name, kind: .file))
        }
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    package func scan(_ directory: String) throws(FileError) -> [ScannedEntry] {
        var entries = try base.scan(directory)
        for name in added(to: directory) {
            let status = own(joinPath(directory, name))
            entries.removeAll { $0.entry.name == name }
            entries.append(ScannedEntry(DirectoryEntry(name: name, kind: .file), status))
        }
        return entries.sorted { $0.entry.name.utf8.lexicographicallyPrecedes($1.entry.name.utf8) }
    }

    /// Names of files in a folder that hold something else.
    private func added(to directory: String) -> [String] {
        changed.keys.compactMap { path in
            let slash = path.lastIndex(of: "/")
            let folder = slash.map { String(path[..<$0]) } ?? ""
            return folder == directory ? slash.map { String(path[path.index(after: $0)...]) } ?? path : nil
        }
    }

    package func resolve(_ path: String) throws(FileError) -> String { try base.resolve(path) }
    package func symbolicLink(_ path: String) throws(FileError) -> String? { try base.symbolicLink(path) }

    private func refuse(_ path: String) -> FileError {
        FileError(path, .other("nothing is written while something is tried"))
    }

    package func write(_ bytes: [UInt8], to path: String) throws(FileError) { throw refuse(path) }
    package func create(_ bytes: [UInt8], at path: String) throws(FileError) -> FileStatus {
        throw refuse(path)
    }
    package func rename(_ path: String, to target: String) throws(FileError) { throw refuse(path) }
    package func makeDirectory(_ path: String) throws(FileError) { throw refuse(path) }
    package func removeFile(_ path: String) throws(FileError) { throw refuse(path) }
    package func removeDirectoryIfEmpty(_ path: String) throws(FileError) -> Bool { throw refuse(path) }
    package func lock(_ path: String) throws(FileError) -> FileLock? { throw refuse(path) }
}
