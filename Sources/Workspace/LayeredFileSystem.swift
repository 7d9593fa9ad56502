/// A file system that lies over another one: what it does not answer itself is passed on.
public protocol LayeredFileSystem: FileSystem {
    var base: any FileSystem { get }
}

extension LayeredFileSystem {
    public func read(_ path: String) throws(FileError) -> [UInt8] { try base.read(path) }
    public func status(_ path: String) throws(FileError) -> FileStatus? { try base.status(path) }
    public func linkStatus(_ path: String) throws(FileError) -> FileStatus? { try base.linkStatus(path) }
    public func list(_ directory: String) throws(FileError) -> [DirectoryEntry] { try base.list(directory) }
    public func scan(_ directory: String) throws(FileError) -> [ScannedEntry] { try base.scan(directory) }
    public func resolve(_ path: String) throws(FileError) -> String { try base.resolve(path) }
    public func symbolicLink(_ path: String) throws(FileError) -> String? { try base.symbolicLink(path) }
    public func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        try base.write(bytes, to: path)
    }
    public func create(_ bytes: [UInt8], at path: String) throws(FileError) -> FileStatus {
        try base.create(bytes, at: path)
    }
    public func rename(_ path: String, to target: String) throws(FileError) {
        try base.rename(path, to: target)
    }
    public func replace(_ target: String, with path: String) throws(FileError) {
        try base.replace(target, with: path)
    }
    public func exchange(_ path: String, _ other: String) throws(FileError) {
        try base.exchange(path, other)
    }
    public func makeSymbolicLink(_ path: String, to target: String) throws(FileError) {
        try base.makeSymbolicLink(path, to: target)
    }
    public func makeDirectory(_ path: String) throws(FileError) { try base.makeDirectory(path) }
    public func removeFile(_ path: String) throws(FileError) { try base.removeFile(path) }
    public func removeDirectoryIfEmpty(_ path: String) throws(FileError) -> Bool {
        try base.removeDirectoryIfEmpty(path)
    }
    public func lock(_ path: String) throws(FileError) -> FileLock? { try base.lock(path) }
}
