import Synchronization

/// What was looked at in a file system while something was made, to tell later whether the same would come of it.
package struct FileTrace: Sendable {
    fileprivate enum Look: Hashable, Sendable {
        /// Nil where it could not be read.
        case content(ContentHash?)
        /// Times are left out: what a file holds decides, and that is looked at when it is read.
        case status(FileStatus.Kind?, size: Int)
        case names([DirectoryEntry]?)
        case entries([ScannedEntry]?)
        case target(String?)

        fileprivate enum Kind: Hashable, Sendable { case content, status, linkStatus, names, entries, target }
    }

    fileprivate struct Question: Hashable, Sendable {
        var path: String
        var kind: Look.Kind
    }

    /// What was seen; nil where two looks saw different things.
    fileprivate var looks: [Question: Look?] = [:]

    fileprivate mutating func note(_ question: Question, _ look: Look) {
        if let earlier = looks.updateValue(look, forKey: question), earlier != look {
            looks[question] = .some(nil)
        }
    }

    /// Whether all of it looks the same now.
    package func isSame(in files: some FileSystem) -> Bool {
        looks.allSatisfy { question, look in look == Self.look(question, in: files) }
    }

    private static func look(_ question: Question, in files: some FileSystem) -> Look {
        let path = question.path
        switch question.kind {
        case .content: return .content((try? files.read(path)).map { ContentHash($0) })
        case .status: return .status(of: (try? files.status(path)) ?? nil)
        case .linkStatus: return .status(of: (try? files.linkStatus(path)) ?? nil)
        case .names: return .names(try? files.list(path))
        case .entries: return .entries(try? files.scan(path))
        case .target: return .target(try? files.resolve(path))
        }
    }
}

extension FileTrace.Look {
    fileprivate static func status(of status: FileStatus?) -> Self {
        .status(status?.kind, size: status?.kind == .file ? status?.size ?? 0 : 0)
    }
}

/// Passes everything on to another file system, and keeps what was looked at.
package final class TracingFileSystem: FileSystem {
    private let base: any FileSystem
    private let traced = Mutex(FileTrace())

    package init(_ base: any FileSystem) { self.base = base }

    package var trace: FileTrace { traced.withLock { $0 } }

    private func note(_ path: String, _ kind: FileTrace.Look.Kind, _ look: FileTrace.Look) {
        traced.withLock { $0.note(.init(path: path, kind: kind), look) }
    }

    package func read(_ path: String) throws(FileError) -> [UInt8] {
        do throws(FileError) {
            let bytes = try base.read(path)
            note(path, .content, .content(ContentHash(bytes)))
            return bytes
        } catch {
            note(path, .content, .content(nil))
            throw error
        }
    }

    package func status(_ path: String) throws(FileError) -> FileStatus? {
        do throws(FileError) {
            let status = try base.status(path)
            note(path, .status, .status(of: status))
            return status
        } catch {
            note(path, .status, .status(of: nil))
            throw error
        }
    }

    package func linkStatus(_ path: String) throws(FileError) -> FileStatus? {
        do throws(FileError) {
            let status = try base.linkStatus(path)
            note(path, .linkStatus, .status(of: status))
            return status
        } catch {
            note(path, .linkStatus, .status(of: nil))
            throw error
        }
    }

    package func list(_ directory: String) throws(FileError) -> [DirectoryEntry] {
        do throws(FileError) {
            let names = try base.list(directory)
            note(directory, .names, .names(names))
            return names
        } catch {
            note(directory, .names, .names(nil))
            throw error
        }
    }

    package func scan(_ directory: String) throws(FileError) -> [ScannedEntry] {
        do throws(FileError) {
            let entries = try base.scan(directory)
            note(directory, .entries, .entries(entries))
            return entries
        } catch {
            note(directory, .entries, .entries(nil))
            throw error
        }
    }

    package func resolve(_ path: String) throws(FileError) -> String {
        do throws(FileError) {
            let target = try base.resolve(path)
            note(path, .target, .target(target))
            return target
        } catch {
            note(path, .target, .target(nil))
            throw error
        }
    }

    package func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        try base.write(bytes, to: path)
    }
    package func create(_ bytes: [UInt8], at path: String) throws(FileError) -> FileStatus {
        try base.create(bytes, at: path)
    }
    package func rename(_ path: String, to target: String) throws(FileError) {
        try base.rename(path, to: target)
    }
    package func makeDirectory(_ path: String) throws(FileError) { try base.makeDirectory(path) }
    package func removeFile(_ path: String) throws(FileError) { try base.removeFile(path) }
    package func removeDirectoryIfEmpty(_ path: String) throws(FileError) -> Bool {
        try base.removeDirectoryIfEmpty(path)
    }
    package func lock(_ path: String) throws(FileError) -> FileLock? { try base.lock(path) }
}
