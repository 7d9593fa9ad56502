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

        fileprivate enum Kind: Hashable, Sendable {
            case content, status, linkStatus, names, entries, target, link
        }
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
        case .link: return .target((try? files.symbolicLink(path)) ?? nil)
        }
    }
}

extension FileTrace.Look {
    fileprivate static func status(of status: FileStatus?) -> Self {
        .status(status?.kind, size: status?.kind == .file ? status?.size ?? 0 : 0)
    }
}

/// Passes everything on to another file system, and keeps what was looked at.
package final class TracingFileSystem: LayeredFileSystem {
    package let base: any FileSystem
    private let traced = Mutex(FileTrace())

    package init(_ base: any FileSystem) { self.base = base }

    package var trace: FileTrace { traced.withLock { $0 } }

    /// Looks, and notes what was seen; that nothing could be seen is noted too.
    private func noting<Seen>(
        _ path: String, _ kind: FileTrace.Look.Kind, as look: (Seen?) -> FileTrace.Look,
        _ see: () throws(FileError) -> Seen
    ) throws(FileError) -> Seen {
        let seen = Result(catching: see)
        traced.withLock { $0.note(.init(path: path, kind: kind), look(try? seen.get())) }
        return try seen.get()
    }

    package func read(_ path: String) throws(FileError) -> [UInt8] {
        try noting(path, .content, as: { .content($0.map { ContentHash($0) }) }) { () throws(FileError) in
            try base.read(path)
        }
    }

    package func status(_ path: String) throws(FileError) -> FileStatus? {
        try noting(path, .status, as: { .status(of: $0 ?? nil) }) { () throws(FileError) in
            try base.status(path)
        }
    }

    package func linkStatus(_ path: String) throws(FileError) -> FileStatus? {
        try noting(path, .linkStatus, as: { .status(of: $0 ?? nil) }) { () throws(FileError) in
            try base.linkStatus(path)
        }
    }

    package func list(_ directory: String) throws(FileError) -> [DirectoryEntry] {
        try noting(directory, .names, as: { .names($0) }) { () throws(FileError) in
            try base.list(directory)
        }
    }

    package func scan(_ directory: String) throws(FileError) -> [ScannedEntry] {
        try noting(directory, .entries, as: { .entries($0) }) { () throws(FileError) in
            try base.scan(directory)
        }
    }

    package func resolve(_ path: String) throws(FileError) -> String {
        try noting(path, .target, as: { .target($0) }) { () throws(FileError) in
            try base.resolve(path)
        }
    }

    package func symbolicLink(_ path: String) throws(FileError) -> String? {
        try noting(path, .link, as: { .target($0 ?? nil) }) { () throws(FileError) in
            try base.symbolicLink(path)
        }
    }
}
