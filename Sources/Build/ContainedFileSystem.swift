import Workspace

/// Passes everything on to another file system, but reads nothing of a folder that lies elsewhere.
///
/// Content comes from many hands. A link in it that leads out of its folder could have any file of this machine published, or
/// shown in a message that quotes it.
package struct ContainedFileSystem: LayeredFileSystem {
    package let base: any FileSystem
    private let root: String
    private let realRoot: String?

    package init(_ base: any FileSystem, containing root: String) {
        self.base = base
        self.root = root
        realRoot = try? base.resolve(root)
    }

    private func check(_ path: String) throws(FileError) {
        // What lies beside the folder is named by way of it: 'content/../.signpost'.
        guard let realRoot, path.hasPrefix(root + "/"), !path.hasPrefix(root + "/../") else { return }
        guard let real = try? base.resolve(path), !(real + "/").hasPrefix(realRoot + "/") else { return }
        throw FileError(path, .other("it lies outside of '\(root)'"))
    }

    package func read(_ path: String, first count: Int) throws(FileError) -> [UInt8] {
        try check(path)
        return try base.read(path, first: count)
    }

    package func read(_ path: String) throws(FileError) -> [UInt8] {
        try check(path)
        return try base.read(path)
    }

    package func list(_ directory: String) throws(FileError) -> [DirectoryEntry] {
        try check(directory)
        return try base.list(directory)
    }

    package func scan(_ directory: String) throws(FileError) -> [ScannedEntry] {
        try check(directory)
        return try base.scan(directory)
    }

    /// The link that would lead a new file out of the folder, and what to do about it; nil where none does.
    ///
    /// - Parameter path: Below the folder; neither the file nor its folders need be there.
    package func linkOutside(writing path: String) -> Diagnostic? {
        guard let realRoot else { return nil }
        var place = root
        let parts = path.hasPrefix(root + "/") ? path.dropFirst(root.count + 1) : path[...]
        for part in parts.split(separator: "/") {
            place = joinPath(place, String(part))
            guard let found = try? base.linkStatus(place) else { return nil }
            // A link.
            guard found.kind == .other else { continue }
            let target = try? base.resolve(place)
            if let target, (target + "/").hasPrefix(realRoot + "/") { continue }
            return .error(
                "SymlinkOutside",
                target.map { "this link leads out of the content folder, to \($0)" }
                    ?? "this link leads nowhere, so nothing is written through it",
                at: SourceLocation(file: place),
                help: target == nil ? "Remove the link." : "Copy what it leads to into the content folder.")
        }
        return nil
    }
}
