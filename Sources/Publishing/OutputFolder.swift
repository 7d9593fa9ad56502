import Workspace

/// A folder that Signpost reads, which the output must not share.
public struct InputFolder: Sendable {
    /// What it holds, for messages: "content".
    public var name: String
    public var path: String

    public init(_ name: String, _ path: String) {
        self.name = name
        self.path = path
    }
}

/// The folder a site is published to, found, checked and locked.
struct OutputFolder: Sendable {
    /// Where Signpost keeps its records inside the output.
    static let records = ".signpost"
    /// Files that keep an empty folder in git, or say what it is for: nobody's site, and never touched.
    static let harmless: Set<String> = ["README.md", ".gitignore", ".gitkeep"]

    /// As the user typed it, for messages.
    let name: String
    /// With every symbolic link resolved.
    let root: String
    let lock: FileLock
    /// Whether the folder was made just now, and goes again if nothing is published.
    let isNew: Bool
    /// Whether nothing was ever published here.
    let isFresh: Bool
    let manifest: Manifest
    /// Whether the list of what Signpost wrote was lost, and was put together again.
    let isRebuilt: Bool
    /// What an interrupted build was about to write.
    let pending: Manifest?

    var recordsPath: String { joinPath(root, Self.records) }
    var stagingPath: String { joinPath(recordsPath, "staging") }
    /// Where staged pages lie from the moment in which all of them are published; see `Switch`.
    var nextPath: String { joinPath(recordsPath, "next") }
    /// Where pages lie that are about to go, and where they lie once they have gone.
    var awayPath: String { joinPath(recordsPath, "away") }
    var gonePath: String { joinPath(recordsPath, "gone") }
    var manifestPath: String { joinPath(recordsPath, "manifest") }
    var pendingPath: String { joinPath(recordsPath, "pending") }
    var lockPath: String { joinPath(recordsPath, "lock") }

    func absolute(_ path: OutputPath) -> String { joinPath(root, path.text) }
    func staged(_ path: OutputPath) -> String { joinPath(stagingPath, path.text) }
    func location(_ path: OutputPath) -> SourceLocation {
        SourceLocation(file: joinPath(name, path.text))
    }

    static func open(
        _ name: String, apartFrom inputs: [InputFolder], previous: BuildState?, in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) -> OutputFolder? {
        let location = SourceLocation(file: name)
        do {
            let root = try resolve(name, in: files)
            for input in inputs {
                guard let problem = try overlap(of: root, with: input, in: files) else { continue }
                diagnostics.add(
                    .error(
                        "OutputOverlapsContent", problem, at: location,
                        help: "Choose a folder of its own for the site with --output."))
                return nil
            }
            let status = try files.status(root)
            guard status == nil || status?.kind == .directory else {
                diagnostics.add(
                    .error(
                        "OutputNotAFolder", "the site cannot be written here: this is not a folder",
                        at: location, help: "Choose another folder with --output."))
                return nil
            }
            var rebuilt: Manifest?
            if status != nil, try isWithoutSoundManifest(root, in: files) {
                rebuilt = try previous?.manifest(ofFilesIn: root, files)
            }
            if rebuilt == nil {
                guard
                    try isOurs(root, name: name, isThere: status != nil, in: files, reporting: &diagnostics)
                else { return nil }
            }
            try files.makeDirectory(joinPath(root, records))
            guard let lock = try files.lock(joinPath(root, records + "/lock")) else {
                diagnostics.add(
                    .error(
                        "OutputBusy", "another Signpost is publishing to this folder", at: location,
                        help: "Wait until it has finished, or choose another folder with --output."))
                return nil
            }
            // Only now: the one that held the lock before may have changed them.
            var manifest = try read(joinPath(root, records + "/manifest"), in: files)
            let pending = try read(joinPath(root, records + "/pending"), in: files)
            if let rebuilt {
                diagnostics.add(
                    Diagnostic(
                        .note, "RestoredOutput",
                        "the list of files that Signpost wrote here was lost, so those that are as the last build left them (\(rebuilt.lines.count)) are taken as Signpost's",
                        at: SourceLocation(file: joinPath(name, records + "/manifest"))))
                manifest = .sound(rebuilt)
            }
            if manifest == .corrupt || pending == .corrupt {
                let file = joinPath(records, manifest == .corrupt ? "manifest" : "pending")
                lock.unlock()
                diagnostics.add(
                    .error(
                        "CorruptManifest",
                        "the list of files that Signpost wrote here is damaged, so it cannot tell its own files from yours",
                        at: SourceLocation(file: joinPath(name, file)),
                        help:
                            "Move away what is not part of the site, delete the folder '\(name)' and build again, or bring back this file."
                    ))
                return nil
            }
            return OutputFolder(
                name: name, root: root, lock: lock, isNew: status == nil,
                isFresh: manifest == .absent && pending == .absent,
                manifest: manifest.value ?? Manifest([]), isRebuilt: rebuilt != nil, pending: pending.value)
        } catch {
            diagnostics.add(.cannotWrite(error, to: name))
            return nil
        }
    }

    private enum Record: Equatable {
        case absent, corrupt
        case sound(Manifest)

        var value: Manifest? {
            if case .sound(let manifest) = self { return manifest }
            return nil
        }

        static func == (a: Record, b: Record) -> Bool {
            switch (a, b) {
            case (.absent, .absent), (.corrupt, .corrupt): true
            case (.sound(let x), .sound(let y)): x.lines == y.lines
            case (.absent, _), (.corrupt, _), (.sound, _): false
            }
        }
    }

    private static func read(_ path: String, in files: some FileSystem) throws(FileError) -> Record {
        guard let status = try files.linkStatus(path) else { return .absent }
        guard status.kind == .file else { return .corrupt }
        return Manifest(bytes: try files.read(path)).map { .sound($0) } ?? .corrupt
    }

    /// Whether a folder has no list of what Signpost wrote, or a damaged one, and none of an interrupted build.
    private static func isWithoutSoundManifest(_ root: String, in files: some FileSystem) throws(FileError)
        -> Bool
    {
        if let kind = try files.linkStatus(joinPath(root, records))?.kind, kind != .directory { return false }
        guard try read(joinPath(root, records + "/pending"), in: files) == .absent else { return false }
        return switch try read(joinPath(root, records + "/manifest"), in: files) {
        case .absent, .corrupt: true
        case .sound: false
        }
    }

    /// The path with links resolved, also where the last parts are not there yet.
    private static func resolve(_ path: String, in files: some FileSystem) throws(FileError) -> String {
        var base = path.isEmpty ? "." : path
        var missing: [Substring] = []
        while try files.status(base) == nil {
            // A link that leads nowhere would be followed by whatever writes through it.
            if try files.linkStatus(base) != nil { throw FileError(base, .notFound) }
            let parts = base.split(separator: "/")
            guard let last = parts.last else { break }
            missing.append(last)
            let start = base.hasPrefix("/") ? "/" : ""
            base = start + parts.dropLast().joined(separator: "/")
            if base.isEmpty { base = "." }
        }
        var root = try files.resolve(base)
        for part in missing.reversed() where part != "." {
            if part == ".." {
                let parts = root.split(separator: "/").dropLast()
                root = "/" + parts.joined(separator: "/")
            } else {
                root = joinPath(root, String(part))
            }
        }
        return root
    }

    private static func overlap(
        of root: String, with input: InputFolder, in files: some FileSystem
    ) throws(FileError) -> String? {
        guard try files.status(input.path) != nil else { return nil }
        let folder = try files.resolve(input.path)
        func isInside(_ inner: String, _ outer: String) -> Bool {
            outer == "/" || inner.hasPrefix(outer.hasSuffix("/") ? outer : outer + "/")
        }
        if root == folder { return "the site would be written into the \(input.name) folder itself" }
        if isInside(root, folder) {
            return "the site would be written inside the \(input.name) folder '\(input.path)'"
        }
        if isInside(folder, root) {
            return "the \(input.name) folder '\(input.path)' lies inside the folder for the site"
        }
        return nil
    }

    /// Whether a site may be written here: nothing is there, or Signpost was here before.
    private static func isOurs(
        _ root: String, name: String, isThere: Bool, in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) throws(FileError) -> Bool {
        guard isThere else { return true }
        let recordsPath = joinPath(root, records)
        let recordsKind = try files.linkStatus(recordsPath)?.kind
        if let recordsKind, recordsKind != .directory {
            diagnostics.add(
                .error(
                    "OutputNotOurs", "'\(records)' in this folder is not a folder that Signpost made",
                    at: SourceLocation(file: joinPath(name, records)),
                    help: "Remove it, or choose another folder with --output."))
            return false
        }
        if recordsKind != nil {
            for record in ["manifest", "pending"] {
                if try files.linkStatus(joinPath(recordsPath, record)) != nil { return true }
            }
        }
        let others = try files.list(root).map(\.name).filter { $0 != records && !harmless.contains($0) }
        guard let example = others.first else { return true }
        diagnostics.add(
            .error(
                "OutputNotOurs",
                "this folder holds files that Signpost did not write, such as '\(example)'",
                at: SourceLocation(file: name),
                help:
                    "Choose a new or empty folder with --output, or empty this one if nothing in it is needed."
            ))
        return false
    }
}

extension BuildState {
    /// A list of the files in a folder that have the content that this build gave them; nil if there are none.
    fileprivate func manifest(ofFilesIn root: String, _ files: some FileSystem) throws(FileError) -> Manifest?
    {
        var lines: [Manifest.Line] = []
        for output in units.values.flatMap(\.outputs) where OutputPath.problem(with: output.path) == nil {
            let path = joinPath(root, output.path)
            guard let status = try files.linkStatus(path), status.kind == .file,
                status.size == output.status.size, ContentHash(try files.read(path)) == output.hash
            else { continue }
            lines.append(Manifest.Line(path: OutputPath(output.path), hash: output.hash))
        }
        return lines.isEmpty ? nil : Manifest(lines)
    }
}

extension Diagnostic {
    /// What was published is right, but what it was made with could not be removed.
    static func cannotTidy(_ error: FileError, in name: String) -> Diagnostic {
        .error(
            "CannotWrite",
            "the site is complete, but '\(error.path)' could not be removed: \(error.explanation)",
            at: SourceLocation(file: name), help: "The next build removes it. Do not publish it.")
    }

    /// A file that could not be written, with what to do about it.
    static func cannotWrite(_ error: FileError, to name: String, isMidway: Bool = false) -> Diagnostic {
        let help =
            switch error.reason {
            case .noSpace: "Make room on this disk, or choose another with --output."
            case .readOnly, .notPermitted:
                "Give yourself permission to write there, or choose another folder with --output."
            case .notFound, .notADirectory, .isADirectory, .symbolicLinkLoop, .alreadyThere, .other:
                "Check this folder, or choose another with --output."
            }
        return .error(
            "CannotWrite", "cannot write the site to '\(name)': \(error.explanation)",
            at: SourceLocation(file: error.path),
            help: isMidway
                ? "Some files are new and some still old; the next build puts that right. " + help
                : help + " Nothing was changed.")
    }
}
