#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The machine's own files, through POSIX: Foundation's walk costs too much for 10,000 files.
public struct LocalFileSystem: FileSystem {
    public init() {}

    public func read(_ path: String) throws(FileError) -> [UInt8] { try read(path, first: .max) }

    public func read(_ path: String, first most: Int) throws(FileError) -> [UInt8] {
        // A pipe in place of a file is not waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(path, errno: errno) }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw FileError(path, errno: errno) }
        guard info.st_mode & S_IFMT == S_IFREG else {
            throw FileError(
                path, info.st_mode & S_IFMT == S_IFDIR ? .isADirectory : .other("not a regular file"))
        }
        let size = min(Int(info.st_size), most)
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = 0
            while count < size {
                #if canImport(Darwin)
                    let got = Darwin.read(descriptor, buffer.baseAddress! + count, size - count)
                #elseif canImport(Musl)
                    let got = Musl.read(descriptor, buffer.baseAddress! + count, size - count)
                #else
                    let got = Glibc.read(descriptor, buffer.baseAddress! + count, size - count)
                #endif
                if got == 0 { break }
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    break
                }
                count += got
            }
        }
        if failure != 0 { throw FileError(path, errno: failure) }
        return bytes
    }

    public func status(_ path: String) throws(FileError) -> FileStatus? {
        var info = stat()
        guard stat(path, &info) == 0 else { return try Self.nothing(path, errno) }
        return FileStatus(info)
    }

    public func linkStatus(_ path: String) throws(FileError) -> FileStatus? {
        var info = stat()
        guard lstat(path, &info) == 0 else { return try Self.nothing(path, errno) }
        return FileStatus(info)
    }

    private static func nothing(_ path: String, _ code: Int32) throws(FileError) -> FileStatus? {
        if code == ENOENT || code == ENOTDIR { return nil }
        throw FileError(path, errno: code)
    }

    public func list(_ directory: String) throws(FileError) -> [DirectoryEntry] {
        guard let stream = opendir(directory) else { throw FileError(directory, errno: errno) }
        defer { closedir(stream) }
        var entries: [DirectoryEntry] = []
        while let (entry, _) = Self.next(stream) { entries.append(entry) }
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    public func scan(_ directory: String) throws(FileError) -> [ScannedEntry] {
        guard let stream = opendir(directory) else { throw FileError(directory, errno: errno) }
        defer { closedir(stream) }
        let folder = dirfd(stream)
        var entries: [ScannedEntry] = []
        while let (entry, name) = Self.next(stream) {
            var info = stat()
            let found = fstatat(folder, name, &info, 0) == 0
            entries.append(ScannedEntry(entry, found ? FileStatus(info) : nil))
        }
        return entries.sorted { $0.entry.name.utf8.lexicographicallyPrecedes($1.entry.name.utf8) }
    }

    /// The next name of an open folder, and where that name lies until the next call.
    private static func next(
        _ stream: DirectoryStream
    ) -> (entry: DirectoryEntry, name: UnsafePointer<CChar>)? {
        while let record = readdir(stream) {
            let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
            let name = UnsafePointer(
                UnsafeRawPointer(record).advanced(by: offset).assumingMemoryBound(to: CChar.self))
            if name[0] == 0x2E, name[1] == 0 || (name[1] == 0x2E && name[2] == 0) { continue }
            let kind: DirectoryEntry.Kind =
                switch Int32(record.pointee.d_type) {
                case Int32(DT_REG): .file
                case Int32(DT_DIR): .directory
                case Int32(DT_LNK): .symbolicLink
                case Int32(DT_UNKNOWN): unknownKind(name, in: dirfd(stream))
                default: .other
                }
            return (DirectoryEntry(name: String(cString: name), kind: kind), name)
        }
        return nil
    }

    private static func unknownKind(
        _ name: UnsafePointer<CChar>, in folder: Int32
    ) -> DirectoryEntry.Kind {
        var info = stat()
        guard fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { return .other }
        return switch info.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        case S_IFLNK: .symbolicLink
        default: .other
        }
    }

    public func resolve(_ path: String) throws(FileError) -> String {
        guard let resolved = realpath(path, nil) else { throw FileError(path, errno: errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    public func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        // A name of its own: what somebody else has there, another process too, is not written over.
        var partial = path + ".signpost-partial"
        var number = 1
        while number < 1000, try linkStatus(partial) != nil {
            number += 1
            partial = path + ".signpost-partial-\(number)"
        }
        do {
            _ = try put(bytes, at: partial, O_EXCL)
        } catch {
            // Where somebody was faster, it is theirs; what was begun is ours.
            if error.reason != .alreadyThere { unlink(partial) }
            throw FileError(path, error.reason)
        }
        do {
            // Whoever may read and write the old file may the new one: a folder may be shared by a team.
            var old = stat()
            if stat(path, &old) == 0 { _ = chmod(partial, old.st_mode & 0o7777) }
            try rename(partial, to: path)
        } catch {
            unlink(partial)
            throw FileError(path, error.reason)
        }
    }

    public func create(_ bytes: [UInt8], at path: String) throws(FileError) -> FileStatus {
        try put(bytes, at: path, O_TRUNC)
    }

    private func put(_ bytes: [UInt8], at path: String, _ flag: Int32) throws(FileError) -> FileStatus {
        let descriptor = open(path, O_WRONLY | O_CREAT | flag | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw FileError(path, errno: errno) }
        var failure: Int32 = 0
        bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return }
            var offset = 0
            while offset < buffer.count {
                #if canImport(Darwin)
                    let put = Darwin.write(descriptor, start + offset, buffer.count - offset)
                #elseif canImport(Musl)
                    let put = Musl.write(descriptor, start + offset, buffer.count - offset)
                #else
                    let put = Glibc.write(descriptor, start + offset, buffer.count - offset)
                #endif
                if put < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    return
                }
                offset += put
            }
        }
        var info = stat()
        if failure == 0, fstat(descriptor, &info) != 0 { failure = errno }
        if close(descriptor) != 0, failure == 0 { failure = errno }
        if failure != 0 { throw FileError(path, errno: failure) }
        return FileStatus(info)
    }

    public func rename(_ path: String, to target: String) throws(FileError) {
        #if canImport(Darwin)
            let result = Darwin.rename(path, target)
        #elseif canImport(Musl)
            let result = Musl.rename(path, target)
        #else
            let result = Glibc.rename(path, target)
        #endif
        if result != 0 { throw FileError(target, errno: errno) }
    }

    public func makeSymbolicLink(_ path: String, to target: String) throws(FileError) {
        guard symlink(target, path) == 0 else { throw FileError(path, errno: errno) }
    }

    public func symbolicLink(_ path: String) throws(FileError) -> String? {
        let longest = Int(PATH_MAX)
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: longest) { buffer, count in
            let got = buffer.withMemoryRebound(to: CChar.self) {
                readlink(path, $0.baseAddress!, longest)
            }
            if got < 0 { failure = errno }
            count = max(0, got)
        }
        // EINVAL: this is no symbolic link.
        if failure == EINVAL || failure == ENOENT || failure == ENOTDIR { return nil }
        if failure != 0 { throw FileError(path, errno: failure) }
        return String(decoding: bytes, as: UTF8.self)
    }

    #if canImport(Glibc)
        public func replace(_ target: String, with path: String) throws(FileError) {
            // Replacing by exchange: ext4 and others store a file before it is renamed over another.
            if let exchange = Self.renameat2, exchange(AT_FDCWD, path, AT_FDCWD, target, 2) == 0 { return }
            try rename(path, to: target)
        }

        public func exchange(_ path: String, _ other: String) throws(FileError) {
            guard let exchange = Self.renameat2 else { throw FileError(path, errno: ENOSYS) }
            guard exchange(AT_FDCWD, path, AT_FDCWD, other, 2) == 0 else {
                throw FileError(other, errno: errno)
            }
        }

        private typealias Renameat2 =
            @convention(c) (
                Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
            ) -> Int32

        /// Found by name, since Swift's Glibc module does not declare it; its flag 2 is `RENAME_EXCHANGE`.
        private static let renameat2: Renameat2? =
            dlsym(nil, "renameat2").map { unsafeBitCast($0, to: Renameat2.self) }
    #elseif canImport(Darwin)
        public func exchange(_ path: String, _ other: String) throws(FileError) {
            guard renamex_np(path, other, UInt32(RENAME_SWAP)) == 0 else {
                throw FileError(other, errno: errno)
            }
        }
    #endif

    /// `flock`, which the system takes back when the process ends, however it ends.
    public func lock(_ path: String) throws(FileError) -> FileLock? {
        var descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        if descriptor < 0, errno == EROFS || errno == EACCES {
            descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        }
        guard descriptor >= 0 else { throw FileError(path, errno: errno) }
        let held = descriptor
        while flock(held, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            if code == EINTR { continue }
            close(held)
            if code == EWOULDBLOCK { return nil }
            throw FileError(path, errno: code)
        }
        // Another process may have removed the file after it was opened here: a lock on nothing.
        var (opened, there) = (stat(), stat())
        guard fstat(held, &opened) == 0, lstat(path, &there) == 0, opened.st_ino == there.st_ino,
            opened.st_dev == there.st_dev
        else {
            close(held)
            return nil
        }
        return FileLock {
            // A child just started elsewhere holds the file open until it runs its own program.
            flock(held, LOCK_UN)
            close(held)
        }
    }

    public func makeDirectory(_ path: String) throws(FileError) {
        if path.isEmpty || mkdir(path, 0o755) == 0 { return }
        switch errno {
        case EEXIST:
            guard try status(path)?.kind == .directory else { throw FileError(path, .notADirectory) }
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
                throw FileError(path, .notFound)
            }
            try makeDirectory(String(path[..<slash]))
            if mkdir(path, 0o755) != 0, errno != EEXIST { throw FileError(path, errno: errno) }
        case let code:
            throw FileError(path, errno: code)
        }
    }

    public func removeFile(_ path: String) throws(FileError) {
        guard unlink(path) == 0 else { throw FileError(path, errno: errno) }
    }

    public func removeDirectoryIfEmpty(_ path: String) throws(FileError) -> Bool {
        if rmdir(path) == 0 { return true }
        let code = errno
        if code == ENOTEMPTY || code == EEXIST || code == ENOENT { return false }
        throw FileError(path, errno: code)
    }
}

#if canImport(Darwin)
    private typealias DirectoryStream = UnsafeMutablePointer<DIR>
#else
    private typealias DirectoryStream = OpaquePointer
#endif

extension FileStatus {
    init(_ info: stat) {
        let kind: Kind =
            switch info.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            default: .other
            }
        #if canImport(Darwin)
            let (modified, changed) = (info.st_mtimespec, info.st_ctimespec)
        #else
            let (modified, changed) = (info.st_mtim, info.st_ctim)
        #endif
        self.init(
            kind: kind, size: Int(info.st_size), modified: Self.nanoseconds(modified),
            changed: Self.nanoseconds(changed))
    }

    /// The machine's clock, on the scale of `modified` and `changed`.
    public static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return nanoseconds(time)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension FileError {
    init(_ path: String, errno code: Int32) {
        let reason: Reason =
            switch code {
            case ENOENT: .notFound
            case EACCES, EPERM: .notPermitted
            case ENOTDIR: .notADirectory
            case EISDIR: .isADirectory
            case ENOSPC, EDQUOT: .noSpace
            case EROFS: .readOnly
            case ELOOP: .symbolicLinkLoop
            case EEXIST: .alreadyThere
            default: .other(String(cString: strerror(code)))
            }
        self.init(path, reason)
    }
}
