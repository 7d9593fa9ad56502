import Leaflets
import Workspace

/// A published site as one file, to hand over or to upload: what readers get, without the records of the build.
package enum SiteArchive {
    /// Writes the archive; the same site always gives the same bytes.
    ///
    /// - Parameters:
    ///   - paths: The files of the site, below `output`.
    ///   - path: The archive. It cannot lie within the site, which holds only what was built.
    package static func write(
        _ paths: [String], of output: String, to path: String, in files: some FileSystem
    ) -> Diagnostic? {
        do {
            var archive = ZipArchive()
            for name in paths { try archive.add(name, try files.read(joinPath(output, name))) }
            let bytes = try archive.bytes()
            if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
                try files.makeDirectory(String(path[..<slash]))
            }
            try files.write(bytes, to: path)
            return nil
        } catch {
            let reason = (error as? FileError)?.explanation ?? "\(error)"
            return .error(
                "CannotWrite", "cannot write the site into this file: \(reason)",
                at: SourceLocation(file: path),
                help: "The site itself is published. Name another file with --archive.")
        }
    }
}
