import Foundation
import Workspace

/// The portal that a command means where none is named: here, or in a folder further up.
enum PortalFolder {
    /// From the working folder to the folder that holds `content/`: empty, or `../` as often as it takes.
    ///
    /// Somebody who is editing in `content/guidance/` means the portal around it, as with Git.
    static let nearest: String = find(from: FileManager.default.currentDirectoryPath, in: LocalFileSystem())

    /// The content folder that is meant by a folder which somebody names: it, the one in it, or the one around it.
    ///
    /// `--content .` in `content/guidance`, or in the portal's folder, can mean one thing only.
    static func content(_ given: String) -> String { content(given, in: LocalFileSystem()) }

    static func content(_ given: String, in files: some FileSystem) -> String {
        func isContent(_ path: String) -> Bool { files.exists(joinPath(path, "portal.yml")) }
        guard !given.isEmpty, !isContent(given) else { return given }
        let inner = joinPath(given, "content")
        if isContent(inner) { return inner }
        // As many steps up as there are folders.
        guard let real = try? files.resolve(given) else { return given }
        var around = given == "." ? ".." : joinPath(given, "..")
        for _ in real.split(separator: "/") {
            if isContent(around) { return around }
            around += "/.."
        }
        return given
    }

    static func find(from folder: String, in files: some FileSystem) -> String {
        var path = folder
        var up = ""
        while true {
            if files.exists(joinPath(path, "content/portal.yml")) { return up }
            guard let slash = path.lastIndex(of: "/"), path != "/" else { return "" }
            path = slash == path.startIndex ? "/" : String(path[..<slash])
            up += "../"
        }
    }
}
