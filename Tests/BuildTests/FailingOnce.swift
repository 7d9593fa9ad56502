import Synchronization
import Workspace

/// A disk that fails once, at the n-th change.
final class FailingOnce: FileSystem {
    private let files: InMemoryFileSystem
    private let left: Mutex<Int>

    init(_ files: InMemoryFileSystem, at step: Int) {
        self.files = files
        left = Mutex(step)
    }

    var hasFailed: Bool { left.withLock { $0 < 0 } }

    private func change(_ path: String) throws(FileError) {
        let fails = left.withLock { left in
            left -= 1
            return left == -1
        }
        if fails { throw FileError(path, .noSpace) }
    }

    func read(_ path: String) throws(FileError) -> [UInt8] { try files.read(path) }
    func status(_ path: String) throws(FileError) -> FileStatus? { try files.status(path) }
    func list(_ directory: String) throws(FileError) -> [DirectoryEntry] { try files.list(directory) }
    func resolve(_ path: String) throws(FileError) -> String { try files.resolve(path) }
    func linkStatus(_ path: String) throws(FileError) -> FileStatus? { try files.linkStatus(path) }
    func scan(_ directory: String) throws(FileError) -> [ScannedEntry] { try files.scan(directory) }
    func lock(_ path: String) throws(FileError) -> FileLock? { try files.lock(path) }

    func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        try change(path)
        try files.write(bytes, to: path)
    }

    func makeDirectory(_ path: String) throws(FileError) {
        try change(path)
        try files.makeDirectory(path)
    }

    func removeFile(_ path: String) throws(FileError) {
        try change(path)
        try files.removeFile(path)
    }

    func removeDirectoryIfEmpty(_ path: String) throws(FileError) -> Bool {
        try files.removeDirectoryIfEmpty(path)
    }

    func create(_ bytes: [UInt8], at path: String) throws(FileError) -> FileStatus {
        try change(path)
        return try files.create(bytes, at: path)
    }

    func rename(_ path: String, to target: String) throws(FileError) {
        try change(path)
        try files.rename(path, to: target)
    }
}
