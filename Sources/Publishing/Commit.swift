import Workspace

/// The moves and removals that turn the old site into the new one.
struct Commit {
    private typealias Claim = Publication.Claim

    private let folder: OutputFolder
    private let files: any FileSystem
    private let publication: Publication
    private var claims: [Claim]
    /// What the last build knew of its files; looked up only where something is to be removed.
    private lazy var known: [OutputPath: BuildState.Output] = publication.previous?.outputsByPath ?? [:]
    private let wasRefreshed: Bool
    /// What is at the folders that were looked at.
    private var folders: [OutputPath: Place] = [:]

    /// Folders with no file in them, where a file will be.
    private var foldersInTheWay: [OutputPath] = []

    private enum Place {
        case missing, folder
        /// A file or link that Signpost did not make.
        case foreign
    }

    /// - Parameter work: With its claims sorted by path.
    init(publication: Publication, work: Publication.Work) {
        self.publication = publication
        folder = publication.folder
        files = publication.files
        claims = work.claims
        wasRefreshed = work.wasRefreshed
    }

    mutating func run(reporting diagnostics: inout Diagnostics) -> Publication.Outcome? {
        var isMidway = false
        do throws(FileError) {
            return try publish(&isMidway, reporting: &diagnostics)
        } catch {
            diagnostics.add(.cannotWrite(error, to: folder.name, isMidway: isMidway))
            return nil
        }
    }

    private mutating func publish(
        _ isMidway: inout Bool, reporting diagnostics: inout Diagnostics
    ) throws(FileError) -> Publication.Outcome? {
        let staged = claims.filter(\.isStaged)
        let (stale, kept) = try staleFiles()
        let blocking = blockers(among: stale)
        var problems = Diagnostics()
        let going = Set(stale)
        for claim in staged { try check(claim, going: going, reporting: &problems) }
        diagnostics.add(problems)
        if problems.hasErrors { return nil }
        for path in kept {
            diagnostics.add(
                .warning(
                    "ChangedOutput",
                    "this file is no longer part of the site, but somebody has changed it since Signpost wrote it, so it stays",
                    at: folder.location(path), help: "Delete it if it is not needed."))
        }

        let manifest = Manifest(sorted: claims.map { Manifest.Line(path: $0.path, hash: $0.hash) })
        let isRecorded =
            !folder.isFresh && folder.pending == nil && manifest.lines == folder.manifest.lines
        if !staged.isEmpty || !stale.isEmpty {
            let everything = Set(manifest.lines).union(folder.manifest.lines).union(
                folder.pending?.lines ?? [])
            try files.write(Manifest(everything).bytes, to: folder.pendingPath)
            isMidway = true
            try remove(blocking)
            for path in foldersInTheWay { try removeEmptyFolders(path) }
            try place(staged[...], under: OutputPath(""))
            try remove(stale.filter { !blocking.contains($0) })
        }
        if !isRecorded { try files.write(manifest.bytes, to: folder.manifestPath) }
        if isMidway || folder.pending != nil { try files.removeFile(folder.pendingPath) }
        return outcome(written: staged, removed: stale)
    }

    // MARK: Looking

    /// What Signpost wrote earlier and no unit has now: to be removed, and to be left since it was changed.
    private mutating func staleFiles() throws(FileError) -> (stale: [OutputPath], kept: [OutputPath]) {
        var index = 0
        var old = folder.manifest.lines.map(\.path)
        if !publication.alsoOwned.isEmpty {
            old = Set(old).union(publication.alsoOwned.keys).sorted()
        }
        var stale: [OutputPath] = []
        var kept: [OutputPath] = []
        for path in old {
            while index < claims.count, claims[index].path < path { index += 1 }
            if index < claims.count, claims[index].path == path { continue }
            // A folder of that name is what an interrupted build made of it, or none of ours.
            guard try parentPlace(of: path) == .folder,
                let status = try files.linkStatus(folder.absolute(path)), status.kind != .directory
            else { continue }
            if try isAsWritten(path, status) { stale.append(path) } else { kept.append(path) }
        }
        return (stale, kept)
    }

    private mutating func isAsWritten(_ path: OutputPath, _ status: FileStatus) throws(FileError) -> Bool {
        guard status.kind == .file else { return false }
        if let known = known[path], known.status == status { return true }
        let hash = ContentHash(try files.read(folder.absolute(path)))
        return publication.owned[path] == hash || publication.alsoOwned[path]?.contains(hash) == true
    }

    /// Old files that must go before the new ones can come: a file where a folder will be, a folder where a
    /// file will be, and names that some systems take for the same.
    private func blockers(among stale: [OutputPath]) -> Set<OutputPath> {
        guard !stale.isEmpty else { return [] }
        var names: Set<String> = []
        var parents: Set<String> = []
        for claim in claims {
            names.insert(claim.path.collisionKey)
            for parent in claim.path.parents where !parents.insert(parent.collisionKey).inserted { break }
        }
        return Set(
            stale.filter { path in
                let key = path.collisionKey
                return names.contains(key) || parents.contains(key)
                    || path.parents.contains { names.contains($0.collisionKey) }
            })
    }

    /// Whether everything above a path is a folder, and not a link that leads elsewhere.
    private mutating func parentPlace(of path: OutputPath) throws(FileError) -> Place {
        try place(of: path.parent)
    }

    private mutating func place(of path: OutputPath) throws(FileError) -> Place {
        if path.text.isEmpty { return .folder }
        if let found = folders[path] { return found }
        var found = try place(of: path.parent)
        if found == .folder {
            switch try files.linkStatus(folder.absolute(path))?.kind {
            case nil: found = .missing
            case .directory: found = .folder
            case .file, .other: found = .foreign
            }
        }
        folders[path] = found
        return found
    }

    /// Reports whatever Signpost did not write and would have to replace.
    private mutating func check(
        _ claim: Claim, going: Set<OutputPath>, reporting problems: inout Diagnostics
    ) throws(FileError) {
        switch try parentPlace(of: claim.path) {
        case .missing: return
        case .foreign:
            // The highest one is the file or link itself.
            var culprit = claim.path.parent
            while try place(of: culprit.parent) == .foreign { culprit = culprit.parent }
            if !going.contains(culprit) { problems.add(foreign(culprit, for: claim)) }
            return
        case .folder: break
        }
        switch try files.linkStatus(folder.absolute(claim.path))?.kind {
        case nil: return
        case .file:
            if publication.owned[claim.path] == nil, publication.alsoOwned[claim.path] == nil,
                try !isOldName(of: claim.path, going: going)
            {
                problems.add(foreign(claim.path, for: claim))
            }
        case .directory:
            if let other = try survivor(in: claim.path, going: going) {
                problems.add(foreign(other, for: claim))
            } else {
                foldersInTheWay.append(claim.path)
            }
        case .other: problems.add(foreign(claim.path, for: claim))
        }
    }

    /// Whether what is found there is an old file of ours whose name differs only in case, on a disk that
    /// does not tell the two apart.
    private func isOldName(of path: OutputPath, going: Set<OutputPath>) throws(FileError) -> Bool {
        let key = path.collisionKey
        guard going.contains(where: { $0.collisionKey == key }) else { return false }
        let folder = folder.absolute(path.parent)
        return try !files.list(folder).contains { OutputPath(joinPath(path.parent.text, $0.name)) == path }
    }

    /// The first file in a folder that will not be removed.
    private func survivor(in path: OutputPath, going: Set<OutputPath>) throws(FileError) -> OutputPath? {
        for entry in try files.list(folder.absolute(path)) {
            let child = OutputPath(joinPath(path.text, entry.name))
            if entry.kind == .directory {
                if let other = try survivor(in: child, going: going) { return other }
            } else if !going.contains(child) {
                return child
            }
        }
        return nil
    }

    private func foreign(_ path: OutputPath, for claim: Claim) -> Diagnostic {
        .error(
            "ForeignFile",
            "this is in the way of '\(claim.path.text)', and Signpost did not write it, so it will not replace it",
            at: folder.location(path), help: "Move it out of the output folder, then build again.",
            related: [
                Diagnostic.Related("this would be written there", at: SourceLocation(file: claim.source))
            ])
    }

    // MARK: Changing

    /// Moves staged files into place; where a folder is new, the whole folder in one step.
    private mutating func place(_ staged: ArraySlice<Claim>, under parent: OutputPath) throws(FileError) {
        let depth = parent.text.isEmpty ? 0 : parent.text.utf8.count + 1
        var start = staged.startIndex
        while start < staged.endIndex {
            let path = staged[start].path
            guard let name = Self.folderName(in: path, after: depth) else {
                try files.replace(folder.absolute(path), with: folder.staged(path))
                try settle(path)
                start += 1
                continue
            }
            let prefix = name + "/"
            var end = start + 1
            while end < staged.endIndex, staged[end].path.text.utf8.starts(with: prefix.utf8) { end += 1 }
            let inner = OutputPath(name)
            if try files.linkStatus(folder.absolute(inner)) != nil {
                try place(staged[start..<end], under: inner)
            } else {
                do {
                    try files.rename(folder.staged(inner), to: folder.absolute(inner))
                } catch {
                    // Some file systems move files only.
                    try files.makeDirectory(folder.absolute(inner))
                    try place(staged[start..<end], under: inner)
                }
            }
            start = end
        }
    }

    /// The folder under the one of `depth` bytes that a path lies in, from the top; nil for a file right there.
    private static func folderName(in path: OutputPath, after depth: Int) -> String? {
        let bytes = path.text.utf8
        let from = bytes.index(bytes.startIndex, offsetBy: depth)
        return bytes[from...].firstIndex(of: 0x2F).map { String(path.text[..<$0]) }
    }

    /// A moved file has a new time of change.
    private mutating func settle(_ path: OutputPath) throws(FileError) {
        var (low, high) = (0, claims.count)
        while low < high {
            let middle = (low + high) / 2
            if claims[middle].path < path { low = middle + 1 } else { high = middle }
        }
        if low < claims.count { claims[low].status = try files.linkStatus(folder.absolute(path)) }
    }

    private func remove(_ paths: some Sequence<OutputPath>) throws(FileError) {
        var emptied: Set<OutputPath> = []
        for path in paths.sorted() {
            do {
                try files.removeFile(folder.absolute(path))
            } catch {
                guard error.reason == .notFound else { throw error }
            }
            emptied.formUnion(path.parents)
        }
        // Deepest first.
        for path in emptied.sorted().reversed() {
            _ = try? files.removeDirectoryIfEmpty(folder.absolute(path))
        }
    }

    /// Removes a folder that holds nothing but folders.
    private func removeEmptyFolders(_ path: OutputPath) throws(FileError) {
        guard try files.linkStatus(folder.absolute(path)) != nil else { return }
        for entry in try files.list(folder.absolute(path)) where entry.kind == .directory {
            try removeEmptyFolders(OutputPath(joinPath(path.text, entry.name)))
        }
        _ = try files.removeDirectoryIfEmpty(folder.absolute(path))
    }

    // MARK: Telling

    private func outcome(written: [Claim], removed: [OutputPath]) -> Publication.Outcome {
        var outputs: [String: [BuildState.Output]] = [:]
        for claim in claims {
            outputs[claim.unit, default: []].append(
                BuildState.Output(path: claim.path.text, hash: claim.hash, status: claim.status ?? .unknown))
        }
        return Publication.Outcome(
            written: written.map(\.path.text), unchanged: claims.count - written.count,
            removed: removed.map(\.text), outputs: outputs, published: FileStatus.now,
            wasRefreshed: wasRefreshed)
    }
}
