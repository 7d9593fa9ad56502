import Foundation
import Workspace

/// The portal that a command means where none is named: here, or in a folder further up.
enum PortalFolder {
    /// From the working folder to the folder that holds `content/`: empty, or `../` as often as it takes.
    ///
    /// Somebody who is editing in `content/guidance/` means the portal around it, as with Git.
    static let nearest: String = find(from: FileManager.default.currentDirectoryPath, in: LocalFileSystem())

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
