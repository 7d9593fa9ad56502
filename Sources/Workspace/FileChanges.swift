/// Changes of several files that are made all together, or not at all.
///
/// Every new text is first written beside its file, under a name that starts with a full stop; only when all are there
/// do they take their places. If one of these steps fails, what was changed is put back.
package struct FileChanges: Sendable {
    private var texts: [String: [UInt8]] = [:]
    private var moves: [String: String] = [:]

    package init() {}

    package var isEmpty: Bool { texts.isEmpty && moves.isEmpty }

    /// Every file that is written, by the name that it has afterwards.
    package var targets: [String] { Set(texts.keys).union(moves.keys).map { moves[$0] ?? $0 }.sorted() }

    /// What a file says afterwards; of one that is moved, under its old name.
    package mutating func write(_ bytes: [UInt8], to path: String) { texts[path] = bytes }

    /// A file's new name; nothing may be there yet.
    package mutating func move(_ path: String, to target: String) { moves[path] = target }

    /// Makes the changes.
    package func apply(in files: some FileSystem) throws(FileError) {
        var staged: [(temporary: String, target: String, source: String, old: [UInt8])] = []
        var folders: [String] = []
        func abandon() {
            for file in staged { try? files.removeFile(file.temporary) }
            for folder in folders.reversed() { _ = try? files.removeDirectoryIfEmpty(folder) }
        }
        do throws(FileError) {
            for source in Set(texts.keys).union(moves.keys).sorted() {
                let target = moves[source] ?? source
                let old = try files.read(source)
                if target != source, files.exists(target) {
                    throw FileError(target, .other("there is a file already"))
                }
                let folder = Self.folder(of: target)
                var missing: [String] = []
                var above = folder
                while !above.isEmpty, !files.exists(above) {
                    missing.append(above)
                    above = Self.folder(of: above)
                }
                folders += missing.reversed()
                if !missing.isEmpty { try files.makeDirectory(folder) }
                let name = target.split(separator: "/").last ?? ""
                let temporary = joinPath(folder, ".\(name).signpost-new")
                staged.append((temporary, target, source, old))
                _ = try files.create(texts[source] ?? old, at: temporary)
            }
        } catch {
            abandon()
            throw error
        }
        var done = 0
        do throws(FileError) {
            for file in staged {
                try files.rename(file.temporary, to: file.target)
                done += 1
                if file.source != file.target { try files.removeFile(file.source) }
            }
        } catch {
            for file in staged[..<done].reversed() {
                try? files.write(file.old, to: file.source)
                if file.source != file.target { try? files.removeFile(file.target) }
            }
            staged.removeFirst(done)
            abandon()
            throw error
        }
        for (source, target) in moves where Self.folder(of: source) != Self.folder(of: target) {
            _ = try? files.removeDirectoryIfEmpty(Self.folder(of: source))
        }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}
