/// Files as they would be if some of them held something else: nothing is written.
package struct TrialFileSystem: LayeredFileSystem {
    package let base: any FileSystem
    private let changed: [String: [UInt8]]

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
        if let bytes = changed[path] {
            return FileStatus(kind: .file, size: bytes.count, modified: 0, changed: 0)
        }
        // A folder that only a new file makes.
        guard changed.keys.contains(where: { $0.hasPrefix(path + "/") }), !base.exists(path) else {
            return nil
        }
        return FileStatus(kind: .directory, size: 0, modified: 0, changed: 0)
    }

    package func list(_ directory: String) throws(FileError) -> [DirectoryEntry] {
        var entries = base.exists(directory) || own(directory) == nil ? try base.list(directory) : []
        for (name, kind) in added(to: directory) where !entries.contains(where: { $0.name == name }) {
            entries.append(DirectoryEntry(name: name, kind: kind))
        }
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    package func scan(_ directory: String) throws(FileError) -> [ScannedEntry] {
        var entries = base.exists(directory) || own(directory) == nil ? try base.scan(directory) : []
        for (name, kind) in added(to: directory) {
            guard let status = own(joinPath(directory, name)) else { continue }
            entries.removeAll { $0.entry.name == name }
            entries.append(ScannedEntry(DirectoryEntry(name: name, kind: kind), status))
        }
        return entries.sorted { $0.entry.name.utf8.lexicographicallyPrecedes($1.entry.name.utf8) }
    }

    /// Names in a folder of files that hold something else, and of folders that only such files make.
    private func added(to directory: String) -> [String: DirectoryEntry.Kind] {
        var names: [String: DirectoryEntry.Kind] = [:]
        for path in changed.keys {
            guard directory.isEmpty || path.hasPrefix(directory + "/") else { continue }
            let rest = path.dropFirst(directory.isEmpty ? 0 : directory.count + 1)
            guard let name = rest.split(separator: "/").first.map(String.init) else { continue }
            names[name] = rest.contains("/") ? .directory : .file
        }
        return names
    }

    package func resolve(_ path: String) throws(FileError) -> String {
        base.exists(path) || own(path) == nil ? try base.resolve(path) : path
    }

    private func refuse(_ path: String) -> FileError {
        FileError(path, .other("nothing is written while something is tried"))
    }

    package func write(_ bytes: [UInt8], to path: String) throws(FileError) { throw refuse(path) }
    package func create(_ bytes: [UInt8], at path: String) throws(FileError) -> FileStatus {
        throw refuse(path)
    }
    package func rename(_ path: String, to target: String) throws(FileError) { throw refuse(path) }
    package func replace(_ target: String, with path: String) throws(FileError) { throw refuse(target) }
    package func exchange(_ path: String, _ other: String) throws(FileError) { throw refuse(path) }
    package func makeSymbolicLink(_ path: String, to target: String) throws(FileError) {
        throw refuse(path)
    }
    package func makeDirectory(_ path: String) throws(FileError) { throw refuse(path) }
    package func removeFile(_ path: String) throws(FileError) { throw refuse(path) }
    package func removeDirectoryIfEmpty(_ path: String) throws(FileError) -> Bool { throw refuse(path) }
    package func lock(_ path: String) throws(FileError) -> FileLock? { throw refuse(path) }
}
