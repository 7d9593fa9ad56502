import Foundation
import Workspace

/// What a mirror of a site should hold, and where what it says it holds differs.
///
/// Signpost asks no server: the list of what a mirror has comes from the program that fills it (`find`, `rclone lsf`,
/// a crawler).
public enum Mirror {
    /// The address of every published file below a mirror's own address, sorted; nil where there is no list of files.
    ///
    /// Files have their whole names, which every server knows, also one that gives no `index.html` for a folder.
    public static func addresses(
        of site: String, below base: String, in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) -> [String]? {
        guard let paths = published(site, in: files, reporting: &diagnostics) else { return nil }
        let base = base.hasSuffix("/") ? base : base + "/"
        return paths.map { base + ($0.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? $0) }
    }

    /// Reports what is published and not on the list, and what is on it and not published.
    ///
    /// A line is an address or a path, of a file or of a folder for its `index.html`. Where on the mirror the site
    /// begins need not be said: it is the folder below which most lines are files of the site.
    ///
    /// - Returns: The number of files that the mirror should hold; nil where one of the lists cannot be read.
    public static func compare(
        _ site: String, with list: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> Int? {
        guard let paths = published(site, in: files, reporting: &diagnostics),
            let text = SourceText.read(list, in: files, reporting: &diagnostics)
        else { return nil }
        let wanted = Set(paths)
        let lines = text.string.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
            .compactMap { ListedAddress($0.element, line: $0.offset + 1) }
        let start = ListedAddress.start(of: lines, in: wanted)
        var held: Set<String> = []
        for line in lines {
            if let path = line.path(below: start) {
                if wanted.contains(path) {
                    held.insert(path)
                    continue
                }
                let first = path.prefix { $0 != "/" }
                if first == OutputFolder.records || OutputFolder.harmless.contains(path) { continue }
            }
            diagnostics.add(
                .error(
                    "StrayAddress", "the site has no file for this address",
                    at: SourceLocation(file: list, range: SourceRange(line: line.line, column: 1)),
                    help: "Remove it from the mirror. If the mirror is newer, build the site again."))
        }
        for path in paths where !held.contains(path) {
            diagnostics.add(
                .error(
                    "NotOnMirror", "the mirror's list does not have this file",
                    at: SourceLocation(file: joinPath(site, path)), help: "Copy the site to the mirror again."
                ))
        }
        return paths.count
    }

    private static func published(
        _ site: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> [String]? {
        do throws(FileError) {
            return try Verification.manifest(of: site, in: files, reporting: &diagnostics)?.lines.map(
                \.path.text)
        } catch {
            diagnostics.add(
                .error(
                    "UnreadableFile", "cannot read this: \(error.explanation)",
                    at: SourceLocation(file: error.path)))
            return nil
        }
    }
}

/// A line of what a mirror holds.
private struct ListedAddress {
    let line: Int
    /// The server, with its port; empty for a path.
    let host: Substring
    let parts: [String]

    /// Nil for a line that holds no address: an empty one, and one that begins with `#`.
    init?(_ text: Substring, line: Int) {
        self.line = line
        var rest = Substring(text.trimmingCharacters(in: .whitespaces))
        guard !rest.isEmpty, !rest.hasPrefix("#") else { return nil }
        var path: String
        if let scheme = rest.range(of: "://") {
            rest = rest[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
            host = rest.prefix { $0 != "/" }
            path = String(rest.dropFirst(host.count))
            path = path.removingPercentEncoding ?? path
        } else {
            host = ""
            path = String(rest)
            if path.hasPrefix("./") { path.removeFirst(2) }
        }
        if path.isEmpty || path.hasSuffix("/") { path += "index.html" }
        parts = path.split(separator: "/").map(String.init)
    }

    /// The path within a site that begins there; nil outside it.
    func path(below start: Start) -> String? {
        guard host.lowercased() == start.host, parts.starts(with: start.folder) else { return nil }
        return parts.dropFirst(start.folder.count).joined(separator: "/")
    }

    struct Start: Hashable {
        var host: String
        var folder: [String]
    }

    /// Where most lines are files of the site; of several such places, the nearest to the top.
    static func start(of lines: [ListedAddress], in wanted: Set<String>) -> Start {
        var counts: [Start: Int] = [:]
        for line in lines {
            let host = line.host.lowercased()
            for depth in 0..<max(1, line.parts.count)
            where wanted.contains(line.parts.dropFirst(depth).joined(separator: "/")) {
                counts[Start(host: host, folder: Array(line.parts.prefix(depth))), default: 0] += 1
            }
        }
        let best = counts.min { a, b in
            (-a.value, a.key.folder.count, a.key.host, a.key.folder.joined(separator: "/"))
                < (-b.value, b.key.folder.count, b.key.host, b.key.folder.joined(separator: "/"))
        }
        return best?.key ?? Start(host: lines.first?.host.lowercased() ?? "", folder: [])
    }
}
