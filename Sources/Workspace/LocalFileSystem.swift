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

    public func read(_ path: String) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path, errno: errno) }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw FileError(path, errno: errno) }
        guard info.st_mode & S_IFMT == S_IFREG else {
            throw FileError(
                path, info.st_mode & S_IFMT == S_IFDIR ? .isADirectory : .other("not a regular file"))
        }
        let size = Int(info.st_size)
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
        guard stat(path, &info) == 0 else {
            let code = errno
            if code == ENOENT || code == ENOTDIR { return nil }
            throw FileError(path, errno: code)
        }
        let kind: FileStatus.Kind =
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
        return FileStatus(
            kind: kind, size: Int(info.st_size), modified: nanoseconds(modified),
            changed: nanoseconds(changed))
    }

    public func list(_ directory: String) throws(FileError) -> [DirectoryEntry] {
        guard let stream = opendir(directory) else { throw FileError(directory, errno: errno) }
        defer { closedir(stream) }
        var entries: [DirectoryEntry] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            let kind: DirectoryEntry.Kind
            switch Int32(entry.pointee.d_type) {
            case Int32(DT_REG): kind = .file
            case Int32(DT_DIR): kind = .directory
            case Int32(DT_LNK): kind = .symbolicLink
            case Int32(DT_UNKNOWN): kind = unknownKind(joinPath(directory, name))
            default: kind = .other
            }
            entries.append(DirectoryEntry(name: name, kind: kind))
        }
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    public func resolve(_ path: String) throws(FileError) -> String {
        guard let resolved = realpath(path, nil) else { throw FileError(path, errno: errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    public func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let partial = path + ".signpost-partial"
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError(path, errno: errno) }
        var failure: Int32 = 0
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                #if canImport(Darwin)
                    let put = Darwin.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
                #elseif canImport(Musl)
                    let put = Musl.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
                #else
                    let put = Glibc.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
                #endif
                if put < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    return
                }
                offset += put
            }
        }
        if close(descriptor) != 0, failure == 0 { failure = errno }
        if failure == 0, rename(partial, path) != 0 { failure = errno }
        if failure != 0 {
            unlink(partial)
            throw FileError(path, errno: failure)
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

    private func unknownKind(_ path: String) -> DirectoryEntry.Kind {
        var info = stat()
        guard lstat(path, &info) == 0 else { return .other }
        return switch info.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        case S_IFLNK: .symbolicLink
        default: .other
        }
    }

    private func nanoseconds(_ time: timespec) -> Int64 {
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
            default: .other(String(cString: strerror(code)))
            }
        self.init(path, reason)
    }
}
