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
    /// Files of an earlier build that a new one takes the place of.
    private var replaced: Set<OutputPath> = []
    /// Files of ours that were no longer there, and those that somebody has changed.
    private var lost: [OutputPath] = []
    private var altered: [OutputPath] = []
    /// Folders that only what is not on the site any more was in.
    private var emptied: Set<OutputPath> = []
    /// Where what is still staged lies.
    private var stage: String
    private let link: Switch
    private lazy var canSwitch = link.isPossible()

    /// A new file, or a new folder with all that is new in it.
    private struct Addition {
        var path: OutputPath
        var claims: ArraySlice<Claim>
        var isFolder: Bool
        /// Whether readers can follow links from it.
        var hasPages: Bool { claims.contains { $0.path.isPage } }
    }

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
        stage = publication.folder.stagingPath
        link = Switch(folder: publication.folder, files: publication.files)
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
        let blocking = try blockers(among: stale)
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
            !folder.isFresh && !folder.isRebuilt && folder.pending == nil
            && manifest.lines == folder.manifest.lines
        if !staged.isEmpty || !stale.isEmpty {
            let everything = Set(manifest.lines).union(folder.manifest.lines).union(
                folder.pending?.lines ?? [])
            try files.write(Manifest(everything).bytes, to: folder.pendingPath)
            isMidway = true
            try remove(blocking)
            for path in foldersInTheWay { try removeEmptyFolders(path) }
            try change(staged, removing: stale.filter { !blocking.contains($0) })
        }
        if !emptied.isEmpty {
            isMidway = true
            try removeEmptied()
        }
        if !isRecorded { try files.write(manifest.bytes, to: folder.manifestPath) }
        if try files.linkStatus(folder.pendingPath) != nil { try files.removeFile(folder.pendingPath) }
        tellRestored(to: &diagnostics)
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
            guard try parentPlace(of: path) == .folder else {
                emptied.formUnion(path.parents)
                continue
            }
            // A folder of that name is what an interrupted build made of it, or none of ours.
            guard let status = try files.linkStatus(folder.absolute(path)), status.kind != .directory
            else {
                emptied.formUnion(path.parents)
                continue
            }
            if try isAsWritten(path, status) { stale.append(path) } else { kept.append(path) }
        }
        return (stale, kept)
    }

    /// Whether a file has content that Signpost gave it.
    private mutating func isAsWritten(_ path: OutputPath, _ status: FileStatus) throws(FileError) -> Bool {
        guard status.kind == .file else { return false }
        if let known = known[path], known.status == status { return true }
        let hash = ContentHash(try files.read(folder.absolute(path)))
        return publication.owned[path] == hash || publication.alsoOwned[path]?.contains(hash) == true
    }

    /// Old files that must go before the new ones can come: a file where a folder will be, a folder where a
    /// file will be, and names that this disk takes for the same.
    private func blockers(among stale: [OutputPath]) throws(FileError) -> Set<OutputPath> {
        guard !stale.isEmpty else { return [] }
        // Texts are equal in Swift whatever their Unicode form, as on disks that do not tell forms apart.
        let foldsCase = try files.linkStatus(folder.recordsPath.uppercasedName) != nil
        func key(_ path: OutputPath) -> String { foldsCase ? path.collisionKey : path.text }
        var names: Set<String> = []
        var parents: Set<String> = []
        for claim in claims {
            names.insert(key(claim.path))
            for parent in claim.path.parents where !parents.insert(key(parent)).inserted { break }
        }
        return Set(
            stale.filter { path in
                let own = key(path)
                return names.contains(own) || parents.contains(own)
                    || path.parents.contains { names.contains(key($0)) }
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
        let isOwned = publication.owned[claim.path] != nil
        switch try parentPlace(of: claim.path) {
        case .missing:
            if isOwned { lost.append(claim.path) }
            return
        case .foreign:
            // The highest one is the file or link itself.
            var culprit = claim.path.parent
            while try place(of: culprit.parent) == .foreign { culprit = culprit.parent }
            if !going.contains(culprit) { problems.add(foreign(culprit, for: claim)) }
            return
        case .folder: break
        }
        let status = try files.linkStatus(folder.absolute(claim.path))
        switch status?.kind {
        case nil:
            if isOwned { lost.append(claim.path) }
        case .file:
            if isOwned || publication.alsoOwned[claim.path] != nil {
                replaced.insert(claim.path)
                if let status, try !isAsWritten(claim.path, status) { altered.append(claim.path) }
            } else if try !isOldName(of: claim.path, going: going) {
                problems.add(foreign(claim.path, for: claim))
            }
        case .directory:
            if let other = try survivor(in: claim.path, going: going) {
                problems.add(foreign(other, for: claim))
            } else {
                foldersInTheWay.append(claim.path)
                if isOwned, going.isEmpty { altered.append(claim.path) }
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

    /// Turns the old site into the new one, so that every link leads somewhere at every moment: first what is new
    /// comes, then what has changed, then what is no longer needed goes.
    ///
    /// Files that no page can be reached from, such as style sheets, come before the pages and go after them.
    private mutating func change(_ staged: [Claim], removing stale: [OutputPath]) throws(FileError) {
        var additions: [Addition] = []
        var changed: [Claim] = []
        try sort(staged[...], under: OutputPath(""), into: &additions, &changed)
        for addition in additions where !addition.hasPages { try add(addition) }
        try addPages(additions.filter(\.hasPages))
        for claim in changed {
            try files.replace(folder.absolute(claim.path), with: joinPath(stage, claim.path.text))
            try settle(claim.path)
        }
        let departures = try departures(stale)
        try removePages(departures.pages)
        try remove(departures.others)
        for path in stale { emptied.formUnion(path.parents) }
    }

    /// Tells what is new from what takes the place of an older file; a new folder is one addition.
    private func sort(
        _ staged: ArraySlice<Claim>, under parent: OutputPath, into additions: inout [Addition],
        _ changed: inout [Claim]
    ) throws(FileError) {
        let depth = parent.text.isEmpty ? 0 : parent.text.utf8.count + 1
        var start = staged.startIndex
        while start < staged.endIndex {
            let path = staged[start].path
            guard let name = Self.folderName(in: path, after: depth) else {
                if replaced.contains(path) {
                    changed.append(staged[start])
                } else {
                    additions.append(
                        Addition(path: path, claims: staged[start...start], isFolder: false))
                }
                start += 1
                continue
            }
            let prefix = name + "/"
            var end = start + 1
            while end < staged.endIndex, staged[end].path.text.utf8.starts(with: prefix.utf8) { end += 1 }
            let inner = OutputPath(name)
            if try files.linkStatus(folder.absolute(inner)) != nil {
                try sort(staged[start..<end], under: inner, into: &additions, &changed)
            } else {
                additions.append(Addition(path: inner, claims: staged[start..<end], isFolder: true))
            }
            start = end
        }
    }

    private mutating func addPages(_ additions: [Addition]) throws(FileError) {
        guard additions.count > 1, canSwitch else {
            // The start page leads to all the others, and other pages at the top lead to it.
            func rank(_ addition: Addition) -> Int {
                if addition.isFolder || addition.path.text.contains("/") {
                    return -addition.path.parents.count
                }
                return addition.path.text == "index.html" ? 1 : 2
            }
            for addition in additions.sorted(by: { rank($0) < rank($1) }) { try add(addition) }
            return
        }
        stage = try link.add(additions.map(\.path))
        for addition in additions where !addition.isFolder { try settle(addition.path) }
    }

    private mutating func add(_ addition: Addition) throws(FileError) {
        if addition.isFolder {
            do {
                return try files.rename(
                    joinPath(stage, addition.path.text), to: folder.absolute(addition.path))
            } catch {
                // Some file systems move files only.
            }
        }
        for claim in addition.claims {
            if addition.isFolder { try files.makeDirectory(folder.absolute(claim.path.parent)) }
            try files.rename(joinPath(stage, claim.path.text), to: folder.absolute(claim.path))
            try settle(claim.path)
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

    /// What is to go: pages, or the highest folders with pages that nothing else is in; and all other files.
    private func departures(
        _ stale: [OutputPath]
    ) throws(FileError) -> (pages: [OutputPath], others: [OutputPath]) {
        let going = Set(stale)
        var needed: Set<OutputPath> = []
        for claim in claims {
            for parent in claim.path.parents where !needed.insert(parent).inserted { break }
        }
        var isWhole: [OutputPath: Bool] = [:]
        var pages: Set<OutputPath> = []
        for path in stale where path.isPage {
            var top = path
            for parent in path.parents {
                if needed.contains(parent) { break }
                if isWhole[parent] == nil { isWhole[parent] = try survivor(in: parent, going: going) == nil }
                if isWhole[parent] != true { break }
                top = parent
            }
            pages.insert(top)
        }
        let others = stale.filter { path in
            !pages.contains(path) && !path.parents.contains { pages.contains($0) }
        }
        return (pages.sorted(), others)
    }

    private mutating func removePages(_ paths: [OutputPath]) throws(FileError) {
        guard !paths.isEmpty else { return }
        if paths.count > 1, canSwitch { return try link.remove(paths) }
        try files.makeDirectory(folder.gonePath)
        for (index, path) in paths.sorted(by: { $0.parents.count < $1.parents.count }).enumerated() {
            do {
                try files.rename(folder.absolute(path), to: joinPath(folder.gonePath, "page\(index)"))
            } catch {
                // Some file systems move files only.
                try publication.removeTree(folder.absolute(path))
            }
        }
    }

    private mutating func remove(_ paths: some Sequence<OutputPath>) throws(FileError) {
        for path in paths.sorted() {
            do {
                try files.removeFile(folder.absolute(path))
            } catch {
                guard error.reason == .notFound else { throw error }
            }
            emptied.formUnion(path.parents)
        }
    }

    /// Removes the folders that nothing is in any more, deepest first.
    private func removeEmptied() throws(FileError) {
        for path in emptied.sorted().reversed() {
            guard try files.linkStatus(folder.absolute(path))?.kind == .directory else { continue }
            _ = try files.removeDirectoryIfEmpty(folder.absolute(path))
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

    /// Says which files were not as Signpost had left them and are right again.
    private mutating func tellRestored(to diagnostics: inout Diagnostics) {
        // After a build that was stopped, what is there and what is not says nothing of what people did.
        guard folder.pending == nil else { return }
        let help =
            "To change what the site says, change the content: what is changed here is lost with the next build."
        func tell(_ message: String, at location: SourceLocation) {
            diagnostics.add(Diagnostic(.note, "RestoredOutput", message, at: location, help: help))
        }
        for path in altered.prefix(Self.longestList) {
            tell(
                "somebody has changed this file since Signpost wrote it, so it was written again",
                at: folder.location(path))
        }
        if altered.count > Self.longestList {
            tell(
                "\(altered.count - Self.longestList) more files were changed since Signpost wrote them, so they were written again",
                at: SourceLocation(file: folder.name))
        }
        var missing: [OutputPath: Int] = [:]
        for path in lost {
            // The highest folder that was gone with it.
            let top = path.parents.last { folders[$0] == .missing } ?? path
            missing[top, default: 0] += 1
        }
        for (path, count) in missing.sorted(by: { $0.key < $1.key }).prefix(Self.longestList) {
            let what = folders[path] == nil ? "this file was" : "this folder (files: \(count)) was"
            tell("\(what) no longer there, so it was written again", at: folder.location(path))
        }
        if missing.count > Self.longestList {
            tell(
                "\(missing.count - Self.longestList) more files and folders were no longer there, so they were written again",
                at: SourceLocation(file: folder.name))
        }
    }

    /// More files than this are counted, not named.
    private static let longestList = 20

    private func outcome(written: [Claim], removed: [OutputPath]) -> Publication.Outcome {
        var outputs: [String: [BuildState.Output]] = [:]
        for claim in claims {
            outputs[claim.unit, default: []].append(
                BuildState.Output(
                    path: claim.path.text, hash: claim.hash, status: claim.status ?? .unknown, key: claim.key)
            )
        }
        return Publication.Outcome(
            written: written.map(\.path.text), unchanged: claims.count - written.count,
            removed: removed.map(\.text), outputs: outputs, published: FileStatus.now,
            wasRefreshed: wasRefreshed)
    }
}

extension OutputPath {
    /// Whether readers, or search engines, follow links from it.
    var isPage: Bool { text.hasSuffix(".html") || text.hasSuffix(".xml") }
}

extension String {
    /// The path with its last name in capital letters.
    fileprivate var uppercasedName: String {
        let start = lastIndex(of: "/").map(index(after:)) ?? startIndex
        return self[..<start] + self[start...].uppercased()
    }
}
