import Markdown
import Workspace

/// What lies in the content folder: every file, with symbolic links followed safely.
package struct ContentTree: Sendable {
    /// Paths below the content folder, sorted.
    let files: [String]
    private let known: Set<String>
    /// What a browser or a server would run, by the paths of files whose names say otherwise.
    private(set) var programs: [String: String] = [:]

    func contains(_ path: String) -> Bool { known.contains(path) }

    /// The folder of a council whose files are kept for an editor to decide about: no page is made of them.
    package static let setApart = "from-documents"

    /// Names of the folders directly below a folder that hold any file.
    func folders(in folder: String) -> [String] {
        let prefix = folder.isEmpty ? "" : folder + "/"
        var names: [String] = []
        for file in files where file.hasPrefix(prefix) {
            let rest = file.utf8.dropFirst(prefix.utf8.count)
            guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { continue }
            let name = String(file[file.utf8.index(file.startIndex, offsetBy: prefix.utf8.count)..<slash])
            if names.last != name { names.append(name) }
        }
        return names
    }

    /// Markdown files below a folder.
    func markdown(in folder: String) -> [String] {
        // The files are sorted by their bytes, so a folder's files stand together.
        let prefix = Array((folder + "/").utf8)
        var (low, high) = (0, files.count)
        while low < high {
            let middle = (low + high) / 2
            if files[middle].utf8.lexicographicallyPrecedes(prefix) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return files[low...].prefix { $0.utf8.starts(with: prefix) }.filter { $0.hasSuffix(".md") }
    }

    static func scan(
        _ root: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> ContentTree? {
        do {
            guard try files.status(root)?.kind == .directory else {
                diagnostics.add(
                    .error(
                        "MissingContent", "there is no content folder here", at: SourceLocation(file: root),
                        help: "Make one with 'signpost new portal', or name it with --content."))
                return nil
            }
            var scanner = Scanner(root: root, files: files, realRoot: try files.resolve(root))
            scanner.walk("", ancestors: [scanner.realRoot])
            diagnostics.add(scanner.diagnostics)
            return ContentTree(files: scanner.found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        } catch {
            diagnostics.add(
                .error(
                    "UnreadableFile", "cannot read this folder: \(error.explanation)",
                    at: SourceLocation(file: root)))
            return nil
        }
    }

    init(files: [String]) {
        self.files = files
        known = Set(files)
    }

    /// Looks at how the files begin that pages can show or lead to.
    mutating func findPrograms(root: String, in files: some FileSystem, councils wanted: [String]) {
        for path in self.files {
            let parts = path.split(separator: "/", maxSplits: 2)
            let isShown =
                parts.first == "guidance" || parts.first == "pictures"
                || parts.first == "councils" && parts.count > 2
                    && (wanted.isEmpty || wanted.contains(String(parts[1])))
            let file = AttachedFile(path)
            // What a drawing holds is looked for in all of it.
            guard isShown, file.ending != "svg", file.isPublishable,
                let start = try? files.read(joinPath(root, path), first: AttachedFile.telling)
            else { continue }
            programs[path] = AttachedFile.program(in: start)
        }
    }

    private struct Scanner<Files: FileSystem> {
        let root: String
        let files: Files
        let realRoot: String
        var found: [String] = []
        var diagnostics = Diagnostics()

        init(root: String, files: Files, realRoot: String) {
            self.root = root
            self.files = files
            self.realRoot = realRoot
        }

        mutating func walk(_ folder: String, ancestors: [String]) {
            let entries: [DirectoryEntry]
            do {
                entries = try files.list(joinPath(root, folder))
            } catch {
                report("UnreadableFile", folder, "cannot read this folder: \(error.explanation)")
                return
            }
            for entry in entries where !Self.isIgnored(entry.name) {
                let path = joinPath(folder, entry.name)
                switch entry.kind {
                case .file: found.append(path)
                case .directory where Self.isSetApart(path): break
                case .directory: walk(path, ancestors: ancestors)
                case .symbolicLink: follow(path, ancestors: ancestors)
                case .other:
                    report("UnreadableFile", path, "this is neither a file nor a folder")
                }
            }
        }

        private mutating func follow(_ path: String, ancestors: [String]) {
            let full = joinPath(root, path)
            do {
                let target = try files.resolve(full)
                guard target == realRoot || target.hasPrefix(realRoot + "/") else {
                    report(
                        "SymlinkOutside", path, "this link leads out of the content folder, to \(target)",
                        help: "Copy the file into the content folder.")
                    return
                }
                guard try files.status(full)?.kind == .directory else {
                    found.append(path)
                    return
                }
                guard !ancestors.contains(where: { $0 == target || $0.hasPrefix(target + "/") }) else {
                    report(
                        "SymlinkLoop", path, "this link leads back to a folder it stands in",
                        help: "Remove the link.")
                    return
                }
                walk(path, ancestors: ancestors + [target])
            } catch {
                let loop = error.reason == .symbolicLinkLoop
                report(
                    loop ? "SymlinkLoop" : "UnreadableFile", path,
                    loop ? "this link leads back to itself" : "this link leads nowhere",
                    help: "Remove the link.")
            }
        }

        private mutating func report(_ rule: String, _ path: String, _ message: String, help: String? = nil) {
            diagnostics.add(.error(rule, message, at: SourceLocation(file: joinPath(root, path)), help: help))
        }

        /// `councils/<id>/from-documents`, where an import puts what has a place already.
        private static func isSetApart(_ path: String) -> Bool {
            let parts = path.split(separator: "/")
            return parts.count == 3 && parts[0] == "councils" && parts[2] == ContentTree.setApart
        }

        /// Hidden files and what editors and systems leave behind.
        private static func isIgnored(_ name: String) -> Bool {
            name.hasPrefix(".") || name.hasSuffix("~") || name == "Thumbs.db" || name == "desktop.ini"
        }
    }
}
