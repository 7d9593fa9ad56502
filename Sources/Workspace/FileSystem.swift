import Synchronization

/// The one door to files, so that tests can use a whole site in memory.
///
/// Paths are `/`-separated strings. Implementations are safe to use from several tasks.
public protocol FileSystem: Sendable {
    /// The bytes of a file.
    func read(_ path: String) throws(FileError) -> [UInt8]
    /// The first bytes of a file, at most `count`.
    func read(_ path: String, first count: Int) throws(FileError) -> [UInt8]
    /// What is at a path, following symbolic links; nil where there is nothing.
    func status(_ path: String) throws(FileError) -> FileStatus?
    /// Names in a folder, sorted by their UTF-8 bytes, without `.` and `..`.
    func list(_ directory: String) throws(FileError) -> [DirectoryEntry]
    /// The path with every symbolic link resolved.
    func resolve(_ path: String) throws(FileError) -> String
    /// Writes a file so that a reader sees the old content or the new, never a part.
    func write(_ bytes: [UInt8], to path: String) throws(FileError)
    /// Makes a folder and those above it.
    func makeDirectory(_ path: String) throws(FileError)
    /// Removes a file.
    func removeFile(_ path: String) throws(FileError)
    /// Removes a folder if it is empty; says whether it was.
    func removeDirectoryIfEmpty(_ path: String) throws(FileError) -> Bool

    /// What is at a path itself: a symbolic link is `.other`, whatever it leads to. Nil where there is nothing.
    func linkStatus(_ path: String) throws(FileError) -> FileStatus?
    /// What a folder holds, sorted by name, with what each name leads to.
    ///
    /// The status is nil where nothing could be found out, as with a symbolic link that leads nowhere.
    func scan(_ directory: String) throws(FileError) -> [ScannedEntry]
    /// Writes a file in place, for folders that nobody reads yet; the folder must be there.
    func create(_ bytes: [UInt8], at path: String) throws(FileError) -> FileStatus
    /// Moves a file over another, or a folder to a place where nothing is, in one step.
    func rename(_ path: String, to target: String) throws(FileError)
    /// Puts a new file in the place of an old one, in one step.
    ///
    /// The old content may be left at `path`. Unlike `rename` it does not make the disk store the new content
    /// first, which for thousands of files takes longer than writing them.
    func replace(_ target: String, with path: String) throws(FileError)
    /// Makes a symbolic link at a path where nothing is; where it leads to need not be there.
    func makeSymbolicLink(_ path: String, to target: String) throws(FileError)
    /// Where a symbolic link leads to, as it was made; nil for anything else.
    func symbolicLink(_ path: String) throws(FileError) -> String?
    /// Puts two things (files, folders or symbolic links) in each other's place, in one step.
    ///
    /// Not every system can; where it cannot, nothing is changed.
    func exchange(_ path: String, _ other: String) throws(FileError)
    /// Takes a lock that no other process can hold at the same time; nil while another one does.
    ///
    /// The file is made if it is not there, and stays, empty.
    func lock(_ path: String) throws(FileError) -> FileLock?
}

/// A name in a folder and what it leads to.
public struct ScannedEntry: Hashable, Sendable {
    public var entry: DirectoryEntry
    public var status: FileStatus?

    public init(_ entry: DirectoryEntry, _ status: FileStatus?) {
        self.entry = entry
        self.status = status
    }
}

/// A lock on a file, held until it is released or forgotten.
public final class FileLock: Sendable {
    private let release: Mutex<(@Sendable () -> Void)?>

    public init(release: @escaping @Sendable () -> Void) {
        self.release = Mutex(release)
    }

    /// Gives the lock back; a second call does nothing.
    public func unlock() {
        let release = self.release.withLock { action in
            defer { action = nil }
            return action
        }
        release?()
    }

    deinit { unlock() }
}

/// What a file is and when it changed.
public struct FileStatus: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case file, directory, other }

    public var kind: Kind
    /// Bytes.
    public var size: Int
    /// Nanoseconds since 1970, of the last change of the content.
    public var modified: Int64
    /// Nanoseconds since 1970, of the last change of content or attributes.
    public var changed: Int64

    public init(kind: Kind, size: Int, modified: Int64, changed: Int64) {
        self.kind = kind
        self.size = size
        self.modified = modified
        self.changed = changed
    }
}

/// One name in a folder.
public struct DirectoryEntry: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case file, directory, symbolicLink, other }

    public var name: String
    public var kind: Kind

    public init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// Why a file could not be used.
public struct FileError: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        case notFound, notPermitted, notADirectory, isADirectory, noSpace, readOnly, symbolicLinkLoop,
            alreadyThere
        case other(String)
    }

    public var path: String
    public var reason: Reason

    public init(_ path: String, _ reason: Reason) {
        self.path = path
        self.reason = reason
    }
}

extension FileError: CustomStringConvertible {
    public var description: String { "\(path): \(explanation)" }

    /// What is wrong, in plain words, without the path.
    public var explanation: String {
        switch reason {
        case .notFound: "there is no such file or folder"
        case .notPermitted: "permission denied"
        case .notADirectory: "this is a file, not a folder"
        case .isADirectory: "this is a folder, not a file"
        case .noSpace: "the disk is full"
        case .readOnly: "the disk is read-only"
        case .alreadyThere: "there is a file already"
        case .symbolicLinkLoop: "the symbolic link leads back to itself"
        case .other(let text): text
        }
    }
}

extension FileSystem {
    public func read(_ path: String, first count: Int) throws(FileError) -> [UInt8] {
        Array(try read(path).prefix(count))
    }

    public func replace(_ target: String, with path: String) throws(FileError) {
        try rename(path, to: target)
    }

    public func makeSymbolicLink(_ path: String, to target: String) throws(FileError) {
        throw FileError(path, .other("there are no symbolic links here"))
    }

    public func symbolicLink(_ path: String) throws(FileError) -> String? { nil }

    public func exchange(_ path: String, _ other: String) throws(FileError) {
        throw FileError(path, .other("two files cannot be exchanged here"))
    }

    /// Whether anything is at a path.
    public func exists(_ path: String) -> Bool {
        ((try? status(path)) ?? nil) != nil
    }
}

/// Joins two parts of a path with one `/`.
public func joinPath(_ base: String, _ rest: String) -> String {
    if rest.isEmpty { return base }
    if base.isEmpty || base == "." { return rest }
    return base.hasSuffix("/") ? base + rest : base + "/" + rest
}
