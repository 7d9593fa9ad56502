import Workspace

/// A file of a finished site, as the list in its records folder has it.
package struct PublishedFile: Hashable, Sendable {
    package var path: String
    package var hash: ContentHash

    /// Every file of a site, sorted by path; nil where there is no list, or the last build was stopped.
    package static func list(of site: String, in files: some FileSystem) -> [PublishedFile]? {
        let records = joinPath(site, OutputFolder.records)
        guard !files.exists(joinPath(records, "pending")),
            let bytes = try? files.read(joinPath(records, "manifest")), let manifest = Manifest(bytes: bytes)
        else { return nil }
        return manifest.lines.map { PublishedFile(path: $0.path.text, hash: $0.hash) }
    }
}
