import Workspace

/// Publishes several new pages, or takes several old ones away, in one moment that readers see whole.
///
/// New pages lead to each other (a page has a menu, and its other languages), so that whichever was put in
/// place first would for a moment lead nowhere; so would the last ones of those that are taken away. Where the
/// system has symbolic links and can exchange two names, a symbolic link therefore stands in the place of each
/// page for a moment:
///
/// - *New pages.* The links lead into `.signpost/next`, which is not there: nobody sees anything. Then the
///   staging folder is renamed to `next`, and all of them are there at once. Then each link is exchanged for
///   what it leads to.
/// - *Old pages.* Each is exchanged for a link to where it now lies, in `.signpost/away`. Then `away` is renamed,
///   and all of them have gone at once. Then the links are removed.
///
/// `recover` finishes what a build that was stopped in between has left. The folder of the site is never
/// exchanged as a whole: a web server that was given it, or a container it is mounted in, would go on to show
/// the old one.
struct Switch {
    let folder: OutputFolder
    let files: any FileSystem

    /// Whether this disk has symbolic links and can exchange one for a folder.
    func isPossible() -> Bool {
        let (a, b) = (joinPath(folder.gonePath, "a"), joinPath(folder.gonePath, "b"))
        do throws(FileError) {
            try files.makeDirectory(a)
            try files.makeSymbolicLink(b, to: "a")
            try files.exchange(a, b)
            return try files.symbolicLink(a) == "a"
        } catch {
            return false
        }
    }

    /// Puts new pages in place, all in one moment.
    ///
    /// - Parameter paths: Of files and folders in the staging folder, where nothing is in the site.
    /// - Returns: The folder that what is still staged lies in from now on.
    func add(_ paths: [OutputPath]) throws(FileError) -> String {
        for path in paths {
            try files.makeSymbolicLink(folder.absolute(path), to: Self.link(path, into: folder.nextPath))
        }
        try files.rename(folder.stagingPath, to: folder.nextPath)
        for path in paths {
            try files.exchange(folder.absolute(path), joinPath(folder.nextPath, path.text))
        }
        return folder.nextPath
    }

    /// Takes pages away, all in one moment.
    ///
    /// - Parameter paths: Of files and folders in the site.
    func remove(_ paths: [OutputPath]) throws(FileError) {
        for path in paths {
            let away = joinPath(folder.awayPath, path.text)
            try files.makeDirectory(joinPath(folder.awayPath, path.parent.text))
            try files.makeSymbolicLink(away, to: Self.link(path, into: folder.awayPath))
            try files.exchange(folder.absolute(path), away)
        }
        try files.rename(folder.awayPath, to: joinPath(folder.gonePath, "pages"))
        for path in paths { try files.removeFile(folder.absolute(path)) }
    }

    /// Where the link in the place of a page leads to, from there.
    private static func link(_ path: OutputPath, into records: String) -> String {
        let up = String(repeating: "../", count: path.text.utf8.count { $0 == 0x2F })
        let name = records.split(separator: "/").last ?? ""
        return "\(up)\(OutputFolder.records)/\(name)/\(path.text)"
    }

    /// Puts pages in the place of the links that a stopped build left, and removes links that lead nowhere.
    ///
    /// Pages that were about to go are there again, and new ones are there for good: the next build finds them in the
    /// list of what the stopped one was about to write, and decides.
    func recover() throws(FileError) {
        guard let pending = folder.pending else { return }
        var folders: [OutputPath: Bool] = [OutputPath(""): true]
        /// Whether a path is a folder of the site, after the link in its place, if there was one, was seen to.
        func settle(_ path: OutputPath) throws(FileError) -> Bool {
            if let known = folders[path] { return known }
            var isFolder = false
            if try settle(path.parent) {
                try restore(path)
                isFolder = try files.linkStatus(folder.absolute(path))?.kind == .directory
            }
            folders[path] = isFolder
            return isFolder
        }
        for line in pending.lines where try settle(line.path.parent) { try restore(line.path) }
    }

    private func restore(_ path: OutputPath) throws(FileError) {
        let place = folder.absolute(path)
        guard try files.linkStatus(place)?.kind == .other, let target = try files.symbolicLink(place)
        else { return }
        for records in [folder.nextPath, folder.awayPath] where target == Self.link(path, into: records) {
            let page = joinPath(records, path.text)
            if try files.linkStatus(page) != nil {
                try files.exchange(place, page)
            } else {
                try files.removeFile(place)
            }
            return
        }
    }
}
