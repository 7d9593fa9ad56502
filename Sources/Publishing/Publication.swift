import Synchronization
import Workspace

/// One build's writing into an output folder: all of it is published, or none.
///
/// Files are first written to a staging folder inside the output, unless the same content is there already.
/// `commit` then moves them into place. Until then the old site is untouched. Every file belongs to a
/// *unit*, such as one edition; a unit that has not changed can be kept without being made again.
///
/// Safe to use from several tasks, up to `commit` or `abandon`, which end it.
public final class Publication: Sendable {
    /// What was published.
    public struct Outcome: Sendable {
        /// Paths of files that are new or have new content, sorted.
        public var written: [String]
        /// How many files were right already.
        public var unchanged: Int
        /// Paths of files that were removed, sorted.
        public var removed: [String]
        /// Every file of the site by its unit, sorted by path.
        public var outputs: [String: [BuildState.Output]]
        /// When everything was in place, in nanoseconds since 1970.
        public var published: Int64
        /// Whether files had to be read to see that they are right, so that saving the state again makes
        /// the next build quicker.
        public var wasRefreshed: Bool

        /// Whether the site was right as it was.
        public var changedNothing: Bool { written.isEmpty && removed.isEmpty }

        /// Every path of the site, sorted.
        public var paths: [String] {
            outputs.values.joined().map { OutputPath($0.path) }.sorted().map(\.text)
        }
    }

    /// One file that a unit wants to be on the site.
    struct Claim: Sendable {
        var path: OutputPath
        var unit: String
        /// Where it comes from, for messages.
        var source: String
        var hash: ContentHash
        /// Of what it is made from.
        var key: ContentHash?
        /// Of the file in the output, once it is known to be right.
        var status: FileStatus?
        var isStaged = false
    }

    struct Work: Sendable {
        var claims: [Claim] = []
        /// The first claim of each collision key.
        var first: [String: Int] = [:]
        /// Claims to what another had claimed, with the index of that one.
        var rivals: [(first: Int, claim: Claim)] = []
        var stagedFolders: Set<String> = []
        /// What the last build knew of the files of each unit.
        private var known: [String: [OutputPath: BuildState.Output]] = [:]
        var problems = Diagnostics()
        var hasFailed = false
        /// A file that could not be staged because a folder has its name, or the other way round.
        var conflict: FileError?
        /// After `commit` has begun, nothing more is taken.
        var isClosed = false
        var isFinished = false
        var wasRefreshed = false
    }

    let folder: OutputFolder
    let files: any FileSystem
    let previous: BuildState?
    /// What Signpost wrote, or was about to write, with the content it may have.
    let owned: [OutputPath: ContentHash]
    let alsoOwned: [OutputPath: Set<ContentHash>]
    private let work = Mutex(Work())

    private init(folder: OutputFolder, files: any FileSystem, previous: BuildState?) {
        self.folder = folder
        self.files = files
        self.previous = previous
        var owned = [OutputPath: ContentHash](minimumCapacity: folder.manifest.lines.count)
        for line in folder.manifest.lines { owned[line.path] = line.hash }
        self.owned = owned
        var also: [OutputPath: Set<ContentHash>] = [:]
        for line in folder.pending?.lines ?? [] { also[line.path, default: []].insert(line.hash) }
        alsoOwned = also
    }

    /// Prepares an output folder for a build, or says why nothing may be published there.
    ///
    /// The folder is made if it is not there. It stays locked for other builds until `commit` or `abandon`.
    ///
    /// - Parameters:
    ///   - output: The folder as the user typed it. Symbolic links are followed.
    ///   - inputs: Folders the output must be apart from.
    ///   - previous: What the last build into this folder left; nil makes it slower, never wrong.
    public static func open(
        output: String, apartFrom inputs: [InputFolder], previous: BuildState?,
        files: any FileSystem, reporting diagnostics: inout Diagnostics
    ) -> Publication? {
        guard
            let folder = OutputFolder.open(
                output, apartFrom: inputs, previous: previous, in: files, reporting: &diagnostics)
        else { return nil }
        let publication = Publication(folder: folder, files: files, previous: previous)
        do {
            try publication.clearLeftovers()
        } catch {
            diagnostics.add(.cannotWrite(error, to: output))
            publication.abandon()
            return nil
        }
        return publication
    }

    deinit { abandon() }

    /// What a killed build may have left in the records folder.
    private func clearLeftovers() throws(FileError) {
        try Switch(folder: folder, files: files).recover()
        for path in [folder.stagingPath, folder.nextPath, folder.awayPath, folder.gonePath] {
            try removeTree(path)
        }
        guard try files.status(folder.recordsPath) != nil else { return }
        for entry in try files.list(folder.recordsPath)
        where ["manifest", "pending"].contains(where: { entry.name.hasPrefix($0 + ".signpost-partial") }) {
            try files.removeFile(joinPath(folder.recordsPath, entry.name))
        }
    }

    /// Whether writing has failed, so that there is no use in going on; `commit` says why.
    public var hasFailed: Bool { work.withLock { $0.hasFailed } }

    /// Where the files of one unit are written to.
    public func unit(_ name: String) -> UnitWriter {
        UnitWriter(name: name, publication: self)
    }

    // MARK: Keeping

    /// Keeps the files of a unit from the last build; false if any is not as it was left, or nothing is known.
    ///
    /// The caller decides whether what the unit is made from has changed.
    public func keep(_ unit: String) -> Bool {
        guard let found = intactFiles(of: unit) else { return false }
        take(found)
        return true
    }

    /// Keeps the files of several units, looking at them at the same time; where one cannot be kept, none is.
    public func keepAll(_ units: some Sequence<String>) async -> Bool {
        let found = await units.sorted().concurrentMap(width: 4) { self.intactFiles(of: $0) }
        guard found.allSatisfy({ $0 != nil }) else { return false }
        for found in found.compactMap({ $0 }) { take(found) }
        return true
    }

    private struct IntactFiles: Sendable {
        var claims: [Claim] = []
        var wasRefreshed = false
    }

    /// The files of a unit, if all of them are as the last build left them.
    private func intactFiles(of unit: String) -> IntactFiles? {
        guard let previous, let record = previous.units[unit] else { return nil }
        var found = IntactFiles()
        found.claims.reserveCapacity(record.outputs.count)
        for output in record.outputs {
            let path = OutputPath(output.path)
            guard owned[path] != nil || alsoOwned[path] != nil,
                let status = try? intact(
                    path, hash: output.hash, size: output.status.size, known: output,
                    wasRefreshed: &found.wasRefreshed)
            else { return nil }
            found.claims.append(
                Claim(
                    path: path, unit: unit, source: "the last build", hash: output.hash, key: output.key,
                    status: status))
        }
        return found
    }

    /// Keeps one file of the last build, made from the same; nil if it is not as it was left, or nothing is known.
    fileprivate func keep(_ path: String, key: ContentHash, unit: String) -> Int? {
        guard OutputPath.problem(with: path) == nil else { return nil }
        let path = OutputPath(path)
        guard let known = work.withLock({ $0.known(path, of: unit, from: previous) }), known.key == key,
            owned[path] != nil || alsoOwned[path] != nil
        else { return nil }
        var found = IntactFiles()
        guard
            let status = try? intact(
                path, hash: known.hash, size: known.status.size, known: known,
                wasRefreshed: &found.wasRefreshed)
        else { return nil }
        found.claims = [
            Claim(
                path: path, unit: unit, source: "the last build", hash: known.hash, key: key, status: status)
        ]
        take(found)
        return status.size
    }

    private func take(_ found: IntactFiles) {
        work.withLock { work in
            work.wasRefreshed = work.wasRefreshed || found.wasRefreshed
            for claim in found.claims { _ = work.add(claim) }
        }
    }

    /// The status of a file in the output if it has this content, else nil.
    private func intact(
        _ path: OutputPath, hash: ContentHash, size: Int, known: BuildState.Output?,
        wasRefreshed: inout Bool
    ) throws(FileError) -> FileStatus? {
        let absolute = folder.absolute(path)
        guard let status = try files.linkStatus(absolute), status.kind == .file, status.size == size else {
            return nil
        }
        if let known, let previous, known.hash == hash, known.status == status,
            !status.isRacy(at: previous.published, margin: Self.margin(of: status))
        {
            return status
        }
        guard ContentHash(try files.read(absolute)) == hash else { return nil }
        wasRefreshed = true
        return status
    }

    /// How shortly before the end of a build a file's time is not to be trusted, in nanoseconds: a few ticks
    /// of the system's clock, or two seconds where the disk stores whole seconds only.
    private static func margin(of status: FileStatus) -> Int64 {
        status.changed % 1_000_000_000 == 0 ? 2_000_000_000 : 50_000_000
    }

    // MARK: Writing

    fileprivate func write(
        _ bytes: [UInt8], to path: String, unit: String, source: String, key: ContentHash?
    ) {
        if let problem = OutputPath.problem(with: path) {
            let shown = String(path.prefix(80).filter { $0.isASCII ? $0 >= " " : true })
            work.withLock {
                $0.problems.add(
                    .error(
                        "InvalidOutputPath", "cannot write '\(shown)': \(problem)",
                        at: SourceLocation(file: source),
                        help: "Rename the file or folder that this address is made from."))
            }
            return
        }
        let path = OutputPath(path)
        let hash = ContentHash(bytes)
        let claim = Claim(path: path, unit: unit, source: source, hash: hash, key: key)
        let (slot, known) = work.withLock { work -> (Int?, BuildState.Output?) in
            guard !work.hasFailed, !work.isClosed, let slot = work.add(claim) else { return (nil, nil) }
            return (slot, work.known(path, of: unit, from: previous))
        }
        guard let slot else { return }
        do throws(FileError) {
            var wasRefreshed = false
            var status: FileStatus?
            if owned[path] == hash || alsoOwned[path]?.contains(hash) == true {
                status = try intact(
                    path, hash: hash, size: bytes.count, known: known, wasRefreshed: &wasRefreshed)
            }
            let isStaged = status == nil
            if isStaged { status = try stage(bytes, at: path) }
            let final = status
            work.withLock { work in
                work.claims[slot].status = final
                work.claims[slot].isStaged = isStaged
                work.wasRefreshed = work.wasRefreshed || wasRefreshed
            }
        } catch {
            work.withLock { work in
                if error.reason == .notADirectory || error.reason == .isADirectory {
                    // A page and a folder of one name meet in staging first; `commit` sees which they are.
                    work.claims[slot].isStaged = true
                    work.conflict = error
                    return
                }
                // One full disk is one problem, not one for each page.
                if !work.hasFailed {
                    work.problems.add(
                        .cannotWrite(FileError(folder.location(path).file, error.reason), to: folder.name))
                }
                work.hasFailed = true
            }
        }
    }

    private func stage(_ bytes: [UInt8], at path: OutputPath) throws(FileError) -> FileStatus {
        let parent = path.parent.text
        if !work.withLock({ $0.stagedFolders.contains(parent) }) {
            try files.makeDirectory(joinPath(folder.stagingPath, parent))
            work.withLock { _ = $0.stagedFolders.insert(parent) }
        }
        return try files.create(bytes, at: folder.staged(path))
    }

    // MARK: Ending

    /// Throws away what was written and leaves the old site as it is. Does nothing after `commit`.
    public func abandon() {
        let isFirst = work.withLock { work in
            defer { (work.isClosed, work.isFinished) = (true, true) }
            return !work.isFinished
        }
        guard isFirst else { return }
        try? removeTree(folder.stagingPath)
        if folder.isFresh {
            // Nothing was ever published: leave no trace.
            try? files.removeFile(folder.lockPath)
            _ = try? files.removeDirectoryIfEmpty(folder.recordsPath)
            if folder.isNew { _ = try? files.removeDirectoryIfEmpty(folder.root) }
        }
        folder.lock.unlock()
    }

    /// Publishes what was written and kept, and removes what Signpost wrote earlier and no unit has now.
    ///
    /// Files that Signpost did not write are neither replaced nor removed. If it is stopped half-way, each
    /// file is whole, old or new, and the next build finishes the work.
    ///
    /// - Parameter published: Is told of the new site as soon as it is there, before what is left over is removed.
    /// - Returns: nil if nothing was published, with the reason reported.
    public func commit(
        reporting diagnostics: inout Diagnostics, published: (Outcome) -> Void = { _ in }
    ) -> Outcome? {
        let taken: Work? = work.withLock { work in
            guard !work.isClosed else { return nil }
            work.isClosed = true
            defer { work.claims = [] }
            return work
        }
        guard var taken else { return nil }
        let collisions = taken.collisions
        diagnostics.add(taken.problems)
        diagnostics.add(collisions)
        if let conflict = taken.conflict, collisions.isEmpty {
            taken.hasFailed = true
            diagnostics.add(.cannotWrite(conflict, to: folder.name))
        }
        guard !taken.hasFailed, !taken.problems.hasErrors, collisions.isEmpty else {
            abandon()
            return nil
        }
        taken.claims.sort { $0.path < $1.path }
        var commit = Commit(publication: self, work: taken)
        guard let outcome = commit.run(reporting: &diagnostics) else {
            abandon()
            return nil
        }
        work.withLock { $0.isFinished = true }
        defer { folder.lock.unlock() }
        published(outcome)
        do throws(FileError) {
            for path in [folder.stagingPath, folder.nextPath, folder.gonePath] { try removeTree(path) }
        } catch {
            diagnostics.add(.cannotTidy(error, in: folder.name))
        }
        return outcome
    }

    /// Removes a folder with all it holds; symbolic links in it are removed, not followed.
    func removeTree(_ path: String) throws(FileError) {
        guard let status = try files.linkStatus(path) else { return }
        guard status.kind == .directory else { return try files.removeFile(path) }
        for entry in try files.list(path) {
            let child = joinPath(path, entry.name)
            if entry.kind == .directory { try removeTree(child) } else { try files.removeFile(child) }
        }
        _ = try files.removeDirectoryIfEmpty(path)
    }
}

/// Writes the files of one unit; safe to use from several tasks.
public struct UnitWriter: Sendable {
    public let name: String
    fileprivate let publication: Publication

    /// Writes a file of the site, unless it is there already with this content.
    ///
    /// What goes wrong is reported by `commit`.
    ///
    /// - Parameters:
    ///   - path: Relative to the output folder, with `/` between its parts.
    ///   - source: What it is made from, for messages, such as the source file.
    ///   - key: Of all it is made from, so that a later build can keep it.
    public func write(
        _ path: String, _ bytes: [UInt8], describing source: String, key: ContentHash? = nil
    ) {
        publication.write(bytes, to: path, unit: name, source: source, key: key)
    }

    /// Keeps a file of the last build that was made from the same; false where it has to be written.
    package func keep(_ path: String, key: ContentHash) -> Bool { keepSized(path, key: key) != nil }

    /// The same.
    ///
    /// - Returns: How many bytes the file has; nil where it has to be written.
    package func keepSized(_ path: String, key: ContentHash) -> Int? {
        publication.keep(path, key: key, unit: name)
    }

    /// Writes a text file as UTF-8.
    public func write(_ path: String, _ text: String, describing source: String) {
        write(path, Array(text.utf8), describing: source)
    }
}

extension Publication.Work {
    /// Notes a claim and returns its index; nil if another claim has the path already.
    mutating func add(_ claim: Publication.Claim) -> Int? {
        let key = claim.path.collisionKey
        if let earlier = first[key] {
            rivals.append((earlier, claim))
            return nil
        }
        first[key] = claims.count
        claims.append(claim)
        return claims.count - 1
    }

    /// What the last build knew of a file of the same unit.
    mutating func known(_ path: OutputPath, of unit: String, from previous: BuildState?)
        -> BuildState.Output?
    {
        if let known = known[unit] { return known[path] }
        var all: [OutputPath: BuildState.Output] = [:]
        for output in previous?.units[unit]?.outputs ?? [] { all[OutputPath(output.path)] = output }
        known[unit] = all
        return all[path]
    }

    /// A problem for each path that two claims, or a claim and a folder, would share.
    var collisions: [Diagnostic] {
        var groups: [Int: [Publication.Claim]] = [:]
        for (index, claim) in rivals { groups[index, default: [claims[index]]].append(claim) }
        var found = groups.values.map { Publication.collision($0.sorted(by: Publication.inOrder)) }
        guard claims.contains(where: \.isStaged) else { return found }
        // In order, so that the same claim is named whichever task came first.
        var folders: [String: (path: OutputPath, claim: Publication.Claim)] = [:]
        for claim in claims.sorted(by: Publication.inOrder) {
            for parent in claim.path.parents {
                let key = parent.collisionKey
                if let other = folders[key] {
                    if other.path == parent { break }
                    found.append(
                        Publication.collision(
                            "the folders", other.path, parent, of: [other.claim, claim]))
                    break
                }
                folders[key] = (parent, claim)
                if let index = first[key] {
                    found.append(
                        Publication.collision(
                            "'\(claims[index].path.text)' would be both a file and a folder",
                            of: [claims[index], claim]))
                }
            }
        }
        return found
    }
}

extension BuildState {
    var outputsByPath: [OutputPath: Output] {
        var all: [OutputPath: Output] = [:]
        for unit in units.values {
            for output in unit.outputs { all[OutputPath(output.path)] = output }
        }
        return all
    }
}

extension Publication {
    fileprivate static func inOrder(_ a: Claim, _ b: Claim) -> Bool {
        if a.path != b.path { return a.path < b.path }
        return (a.unit, a.source) < (b.unit, b.source)
    }

    /// - Parameter claims: In order, two at least.
    fileprivate static func collision(_ claims: [Claim]) -> Diagnostic {
        let (a, b) = (claims[0].path, claims[claims.count - 1].path)
        if a == b { return collision("'\(a.text)' would be written more than once", of: claims) }
        return collision("the files", a, b, of: claims)
    }

    fileprivate static func collision(
        _ what: String, _ a: OutputPath, _ b: OutputPath, of claims: [Claim]
    ) -> Diagnostic {
        // Swift's equality looks past the Unicode form.
        let difference = a.text == b.text ? "in how accents are stored" : "in capital letters"
        return collision(
            "\(what) '\(a.text)' and '\(b.text)' differ only \(difference); some systems take them for one",
            of: claims)
    }

    private static func collision(_ message: String, of claims: [Claim]) -> Diagnostic {
        let owners = claims.map { "\($0.source) (\($0.unit))" }.joined(separator: " and ")
        return .error(
            "OutputCollision", "\(message): by \(owners)", at: SourceLocation(file: claims[0].source),
            help: "Rename one of them.",
            related: claims.dropFirst().map {
                Diagnostic.Related("this one collides with it", at: SourceLocation(file: $0.source))
            })
    }
}
