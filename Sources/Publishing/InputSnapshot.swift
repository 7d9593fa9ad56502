import Workspace

/// What every input file was at one moment: enough to tell later what has changed without reading it all.
///
/// A file is taken as unchanged where its size and both its times are, unless it changed so shortly before
/// the snapshot that another change could have left the same times ("racy", as in git's index). Such files,
/// and those whose times differ, are compared by their content.
public struct InputSnapshot: Sendable {
    public struct Entry: Hashable, Sendable {
        public enum Kind: UInt8, Hashable, Sendable {
            case file, directory
            /// A symbolic link to a folder: the hash is of where it leads.
            case link
            /// Something that cannot be read, such as a link that leads nowhere.
            case other
        }

        /// As in the roots: `content/guidance/rights.md`.
        public var path: String
        public var kind: Kind
        public var status: FileStatus
        /// The content's fingerprint, where it is known.
        public var hash: ContentHash?
    }

    /// Sorted by path, byte by byte.
    public private(set) var entries: [Entry]
    /// When the walk began, in nanoseconds since 1970.
    public internal(set) var taken: Int64
    /// Whether every folder could be looked into; if not, nothing counts as unchanged.
    public private(set) var isComplete: Bool
    /// Whether files had to be compared by content, so that saving this snapshot makes the next look quicker.
    public private(set) var wasRefreshed = false

    /// Changes nearer to the snapshot than this many nanoseconds are racy. Two seconds is the coarsest clock
    /// of a file system in use (FAT).
    static let margin: Int64 = 2_000_000_000

    init(entries: [Entry], taken: Int64, isComplete: Bool) {
        self.entries = entries
        self.taken = taken
        self.isComplete = isComplete
    }

    /// Walks folders and files.
    ///
    /// Names that start with a dot are left out. A symbolic link to a file stands for the file. A link to a
    /// folder is noted but not followed: if it leads into the same root, the folder is seen anyway, and if it
    /// leads out, the snapshot is incomplete.
    ///
    /// - Parameters:
    ///   - roots: The content folder, the theme folder, single files; those that are not there are noted.
    ///   - previous: An older snapshot: fingerprints of what has not changed since are taken from it.
    ///   - now: The time, in nanoseconds since 1970.
    public static func take(
        roots: [String], since previous: InputSnapshot? = nil, in files: some FileSystem,
        now: Int64 = FileStatus.now
    ) async -> InputSnapshot {
        var entries: [Entry] = []
        var isComplete = true
        for root in roots {
            switch (try? files.status(root)) ?? nil {
            case nil:
                entries.append(Entry(path: root, kind: .other, status: .unknown))
            case let status? where status.kind == .directory:
                let base = try? files.resolve(root)
                entries.append(Entry(path: root, kind: .directory, status: .unknown))
                // Level by level, so that the folders of one level can be looked into at the same time.
                var level = [root]
                while !level.isEmpty {
                    let slices = level.slices(6)
                    let walks = await slices.concurrentMap(width: slices.count > 1 ? 4 : 1) { slice in
                        var walk = Walk()
                        for folder in slice { walk.look(into: folder, base: base, in: files) }
                        return walk
                    }
                    level.removeAll()
                    for walk in walks {
                        entries += walk.entries
                        level += walk.folders
                        isComplete = isComplete && walk.isComplete
                    }
                }
            case let status?:
                entries.append(
                    Entry(path: root, kind: status.kind == .file ? .file : .other, status: status))
            }
        }
        entries.sort { $0.path.compareBytes(with: $1.path) < 0 }
        var snapshot = InputSnapshot(entries: entries, taken: now, isComplete: isComplete)
        if let previous { await snapshot.takeHashes(from: previous, in: files) }
        return snapshot
    }

    private struct Walk: Sendable {
        var entries: [Entry] = []
        var folders: [String] = []
        var isComplete = true

        mutating func look(into folder: String, base: String?, in files: some FileSystem) {
            guard let found = try? files.scan(folder) else {
                isComplete = false
                return
            }
            for item in found where item.entry.name.utf8.first != 0x2E {
                let path = joinPath(folder, item.entry.name)
                switch (item.status?.kind, item.entry.kind) {
                case (.file, _):
                    entries.append(Entry(path: path, kind: .file, status: item.status ?? .unknown))
                case (.directory, .symbolicLink):
                    let target = try? files.resolve(path)
                    let isInside = base.flatMap { base in target.map { ($0 + "/").hasPrefix(base + "/") } }
                    if isInside != true { isComplete = false }
                    entries.append(
                        Entry(
                            path: path, kind: .link, status: .unknown,
                            hash: target.map { ContentHash($0) }))
                case (.directory, _):
                    entries.append(Entry(path: path, kind: .directory, status: .unknown))
                    folders.append(path)
                case (.other, _), (nil, _):
                    entries.append(Entry(path: path, kind: .other, status: .unknown))
                }
            }
        }
    }

    /// Takes over the fingerprints of files that have not changed, and reads those that may have.
    private mutating func takeHashes(from previous: InputSnapshot, in files: some FileSystem) async {
        var doubtful: [Int] = []
        let trusted = trusted(previous)
        Self.pairs(entries, previous.entries) { index, old in
            guard let index, let old, entries[index].kind == .file, old.kind == .file else { return }
            if entries[index].status == old.status,
                !old.status.isRacy(at: trusted, margin: Self.margin)
            {
                entries[index].hash = old.hash
            } else if old.hash != nil, entries[index].status.size == old.status.size {
                doubtful.append(index)
            }
        }
        guard !doubtful.isEmpty else { return }
        wasRefreshed = true
        let paths = doubtful.map { entries[$0].path }
        let slices = paths.slices(64)
        let hashes = await slices.concurrentMap(width: slices.count > 1 ? 4 : 1) { slice in
            slice.map { path in (try? files.read(path)).map { ContentHash($0) } }
        }
        for (index, hash) in zip(doubtful, hashes.joined()) { entries[index].hash = hash }
    }

    /// Until when an older snapshot's times tell changes: not at all where the clock has gone backwards since, so that
    /// a moment may have come twice.
    private func trusted(_ previous: InputSnapshot) -> Int64 {
        previous.taken > taken ? 0 : previous.taken
    }

    /// Whether every input is the same as in an older snapshot.
    public func isUnchanged(since previous: InputSnapshot) -> Bool {
        guard isComplete, previous.isComplete, entries.count == previous.entries.count else { return false }
        var same = true
        Self.pairs(entries, previous.entries) { index, old in
            guard same else { return }
            guard let index, let old else {
                same = false
                return
            }
            same = entries[index].isSame(as: old, taken: trusted(previous))
        }
        return same
    }

    /// Paths that were added, changed or removed since an older snapshot, sorted.
    public func changes(since previous: InputSnapshot) -> [String] {
        var paths: [String] = []
        Self.pairs(entries, previous.entries) { index, old in
            if let index, let old {
                if !entries[index].isSame(as: old, taken: trusted(previous)) { paths.append(old.path) }
            } else if let path = index.map({ entries[$0].path }) ?? old?.path {
                paths.append(path)
            }
        }
        return paths
    }

    /// One fingerprint of the names and contents of chosen inputs, such as those one edition is made from.
    ///
    /// Files whose content is not known yet are read, and remembered; `note` what was read before.
    public mutating func fingerprint(
        in files: some FileSystem, where isChosen: (String) -> Bool
    ) -> ContentHash {
        var writer = ByteWriter()
        for index in entries.indices where isChosen(entries[index].path) {
            add(index, to: &writer, in: files)
        }
        return ContentHash(writer.bytes)
    }

    /// One fingerprint of everything in a folder, without looking at all other inputs.
    public mutating func fingerprint(ofFolder folder: String, in files: some FileSystem) -> ContentHash {
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].path.compareBytes(with: prefix) < 0 { low = middle + 1 } else { high = middle }
        }
        var writer = ByteWriter()
        while low < entries.count, entries[low].path.utf8.starts(with: prefix.utf8) {
            add(low, to: &writer, in: files)
            low += 1
        }
        return ContentHash(writer.bytes)
    }

    private mutating func add(_ index: Int, to writer: inout ByteWriter, in files: some FileSystem) {
        // What changed while it was read has no fingerprint: none would be that of what the output was made from.
        if entries[index].hash == nil, entries[index].kind == .file, entries[index].status != .unknown {
            entries[index].hash = (try? files.read(entries[index].path)).map { ContentHash($0) }
        }
        writer.text(entries[index].path)
        writer.number(Int(entries[index].kind.rawValue))
        writer.hash(entries[index].hash ?? ContentHash(high: 0, low: 0))
    }

    /// Notes what was read while building: it, and not what is there now, is what the output was made from.
    public mutating func note(_ recording: RecordingFileSystem) {
        let hashes = recording.hashes
        for index in entries.indices where entries[index].kind == .file {
            switch hashes[entries[index].path] {
            case nil: break
            case .content(let hash): entries[index].hash = hash
            case .unstable:
                // It changed while it was read; never take it for unchanged.
                entries[index].hash = nil
                entries[index].status = .unknown
            }
        }
    }

    /// Calls with each path's index in `new` and its entry in `old`, in order.
    private static func pairs(_ new: [Entry], _ old: [Entry], _ body: (Int?, Entry?) -> Void) {
        var (i, j) = (0, 0)
        while i < new.count || j < old.count {
            if i == new.count {
                body(nil, old[j])
                j += 1
                continue
            }
            if j == old.count {
                body(i, nil)
                i += 1
                continue
            }
            let order = new[i].path.compareBytes(with: old[j].path)
            if order == 0 {
                body(i, old[j])
                i += 1
                j += 1
            } else if order < 0 {
                body(i, nil)
                i += 1
            } else {
                body(nil, old[j])
                j += 1
            }
        }
    }
}

extension InputSnapshot.Entry {
    /// The same content as an older entry of a snapshot taken then.
    fileprivate func isSame(as old: Self, taken: Int64) -> Bool {
        guard kind == old.kind else { return false }
        switch kind {
        case .directory, .other: return true
        case .link: return hash == old.hash
        case .file:
            if let hash, let oldHash = old.hash { return hash == oldHash && status.size == old.status.size }
            return status == old.status && !old.status.isRacy(at: taken, margin: InputSnapshot.margin)
        }
    }
}

extension FileStatus {
    /// Of something whose times say nothing.
    static let unknown = FileStatus(kind: .other, size: 0, modified: 0, changed: 0)

    /// Whether a change right after this status was taken could have left the same times.
    func isRacy(at time: Int64, margin: Int64) -> Bool {
        max(modified, changed) > time - margin
    }
}

extension Array where Element: Sendable {
    /// The same elements in runs of at most `size`.
    fileprivate func slices(_ size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}

extension [InputSnapshot.Entry] {
    /// Whether a file that held something is empty now, or gone.
    package func hasLost(since previous: Self) -> Bool {
        let filled = Set(lazy.filter { $0.status.size > 0 }.map(\.path))
        return previous.contains { $0.kind == .file && $0.status.size > 0 && !filled.contains($0.path) }
    }
}
