import Synchronization

/// A file system in memory, for tests: declare a whole site, build it, look at what came out.
public final class InMemoryFileSystem: FileSystem {
    private struct State {
        var files: [String: [UInt8]] = [:]
        var directories: Set<String> = [""]
        var modified: [String: Int64] = [:]
        var clock: Int64 = 1
        var locked: Set<String> = []
    }

    private let state: Mutex<State>

    public init(_ files: [String: String] = [:]) {
        state = Mutex(State())
        for (path, text) in files {
            try? write(Array(text.utf8), to: path)
        }
    }

    /// Every file's path, sorted.
    public var paths: [String] { state.withLock { $0.files.keys.sorted() } }

    /// A file as text, or nil where there is none.
    public func text(_ path: String) -> String? {
        state.withLock { $0.files[Self.normal(path)].map { String(decoding: $0, as: UTF8.self) } }
    }

    public func read(_ path: String) throws(FileError) -> [UInt8] {
        let key = Self.normal(path)
        guard let bytes = state.withLock({ $0.files[key] }) else { throw FileError(path, .notFound) }
        return bytes
    }

    public func status(_ path: String) throws(FileError) -> FileStatus? {
        let key = Self.normal(path)
        return state.withLock { state in
            if let bytes = state.files[key] {
                let time = state.modified[key] ?? 0
                return FileStatus(kind: .file, size: bytes.count, modified: time, changed: time)
            }
            guard state.directories.contains(key) else { return nil }
            return FileStatus(kind: .directory, size: 0, modified: 0, changed: 0)
        }
    }

    public func list(_ directory: String) throws(FileError) -> [DirectoryEntry] {
        let key = Self.normal(directory)
        let prefix = key.isEmpty ? "" : key + "/"
        return try state.withLock { state throws(FileError) in
            guard state.directories.contains(key) else { throw FileError(directory, .notFound) }
            var entries: Set<DirectoryEntry> = []
            func add(_ path: String, _ kind: DirectoryEntry.Kind) {
                guard path.hasPrefix(prefix), path.utf8.count > prefix.utf8.count else { return }
                let rest = path.dropFirst(prefix.count)
                if !rest.contains("/") { entries.insert(DirectoryEntry(name: String(rest), kind: kind)) }
            }
            for path in state.files.keys { add(path, .file) }
            for path in state.directories { add(path, .directory) }
            return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        }
    }

    public func resolve(_ path: String) throws(FileError) -> String { "/" + Self.normal(path) }

    public func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let key = Self.normal(path)
        state.withLock { state in
            state.files[key] = bytes
            state.clock += 1
            state.modified[key] = state.clock
            Self.addParents(of: key, to: &state.directories)
        }
    }

    public func makeDirectory(_ path: String) throws(FileError) {
        let key = Self.normal(path)
        state.withLock { state in
            state.directories.insert(key)
            Self.addParents(of: key, to: &state.directories)
        }
    }

    public func removeFile(_ path: String) throws(FileError) {
        let key = Self.normal(path)
        guard state.withLock({ $0.files.removeValue(forKey: key) }) != nil else {
            throw FileError(path, .notFound)
        }
    }

    public func removeDirectoryIfEmpty(_ path: String) throws(FileError) -> Bool {
        let key = Self.normal(path)
        return state.withLock { state in
            let prefix = key + "/"
            guard !state.files.keys.contains(where: { $0.hasPrefix(prefix) }),
                !state.directories.contains(where: { $0.hasPrefix(prefix) })
            else { return false }
            return state.directories.remove(key) != nil
        }
    }

    public func linkStatus(_ path: String) throws(FileError) -> FileStatus? { try status(path) }

    public func scan(_ directory: String) throws(FileError) -> [ScannedEntry] {
        try list(directory).map { entry throws(FileError) in
            ScannedEntry(entry, try status(joinPath(directory, entry.name)))
        }
    }

    public func create(_ bytes: [UInt8], at path: String) throws(FileError) -> FileStatus {
        let key = Self.normal(path)
        return try state.withLock { state throws(FileError) in
            guard state.directories.contains(Self.parent(of: key)) else { throw FileError(path, .notFound) }
            guard !state.directories.contains(key) else { throw FileError(path, .isADirectory) }
            state.files[key] = bytes
            state.clock += 1
            state.modified[key] = state.clock
            return FileStatus(
                kind: .file, size: bytes.count, modified: state.clock, changed: state.clock)
        }
    }

    public func rename(_ path: String, to target: String) throws(FileError) {
        let (from, to) = (Self.normal(path), Self.normal(target))
        try state.withLock { state throws(FileError) in
            guard state.directories.contains(Self.parent(of: to)) else { throw FileError(target, .notFound) }
            if let bytes = state.files[from] {
                guard !state.directories.contains(to) else { throw FileError(target, .isADirectory) }
                state.files[from] = nil
                state.files[to] = bytes
                state.modified[to] = state.modified.removeValue(forKey: from)
                return
            }
            guard state.directories.contains(from) else { throw FileError(path, .notFound) }
            guard state.files[to] == nil else { throw FileError(target, .notADirectory) }
            guard !state.directories.contains(to) else {
                throw FileError(target, .other("there is a folder already"))
            }
            let prefix = from + "/"
            for old in state.files.keys where old.hasPrefix(prefix) {
                let new = to + "/" + old.dropFirst(prefix.count)
                state.files[new] = state.files.removeValue(forKey: old)
                state.modified[new] = state.modified.removeValue(forKey: old)
            }
            for old in state.directories where old.hasPrefix(prefix) {
                state.directories.remove(old)
                state.directories.insert(to + "/" + old.dropFirst(prefix.count))
            }
            state.directories.remove(from)
            state.directories.insert(to)
        }
    }

    public func lock(_ path: String) throws(FileError) -> FileLock? {
        let key = Self.normal(path)
        let free = state.withLock { state in
            if state.files[key] == nil {
                state.files[key] = []
                Self.addParents(of: key, to: &state.directories)
            }
            return state.locked.insert(key).inserted
        }
        guard free else { return nil }
        return FileLock { [self] in state.withLock { _ = $0.locked.remove(key) } }
    }

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    private static func normal(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    private static func addParents(of path: String, to directories: inout Set<String>) {
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            if !directories.insert(String(rest)).inserted { return }
        }
    }
}
