import Synchronization
import Workspace

/// Passes everything on to another file system, and keeps the fingerprint of every file that is read.
///
/// It is how a build knows what it was made from, without reading anything twice.
public final class RecordingFileSystem: FileSystem {
    enum Read: Hashable, Sendable {
        case content(ContentHash)
        /// Two reads gave different content.
        case unstable
    }

    private let base: any FileSystem
    private let recorded = Mutex<[String: Read]>([:])

    public init(_ base: any FileSystem) {
        self.base = base
    }

    var hashes: [String: Read] { recorded.withLock { $0 } }

    public func read(_ path: String) throws(FileError) -> [UInt8] {
        let bytes = try base.read(path)
        let read = Read.content(ContentHash(bytes))
        recorded.withLock { recorded in
            if let earlier = recorded.updateValue(read, forKey: path), earlier != read {
                recorded[path] = .unstable
            }
        }
        return bytes
    }

    public func status(_ path: String) throws(FileError) -> FileStatus? { try base.status(path) }
    public func linkStatus(_ path: String) throws(FileError) -> FileStatus? { try base.linkStatus(path) }
    public func list(_ directory: String) throws(FileError) -> [DirectoryEntry] { try base.list(directory) }
    public func scan(_ directory: String) throws(FileError) -> [ScannedEntry] { try base.scan(directory) }
    public func resolve(_ path: String) throws(FileError) -> String { try base.resolve(path) }
    public func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        try base.write(bytes, to: path)
    }
    public func create(_ bytes: [UInt8], at path: String) throws(FileError) -> FileStatus {
        try base.create(bytes, at: path)
    }
    public func rename(_ path: String, to target: String) throws(FileError) {
        try base.rename(path, to: target)
    }
    public func makeDirectory(_ path: String) throws(FileError) { try base.makeDirectory(path) }
    public func removeFile(_ path: String) throws(FileError) { try base.removeFile(path) }
    public func removeDirectoryIfEmpty(_ path: String) throws(FileError) -> Bool {
        try base.removeDirectoryIfEmpty(path)
    }
    public func lock(_ path: String) throws(FileError) -> FileLock? { try base.lock(path) }
}
