import Foundation
import Synchronization
import Testing
import Workspace

@testable import Publishing

/// Somewhere to publish to: in memory, or a folder on the real disk that goes away with the value.
final class Disk: Sendable {
    enum Kind: CaseIterable, Sendable { case memory, real }

    let files: any FileSystem
    let root: String
    private let isReal: Bool

    /// - Parameter isFast: Takes a disk in the machine's memory, where there is one, as the real one.
    init(_ kind: Kind, isFast: Bool = false) throws {
        switch kind {
        case .memory:
            files = InMemoryFileSystem()
            root = "/disk"
            isReal = false
        case .real:
            files = LocalFileSystem()
            let memory = "/dev/shm"
            let folder = isFast && access(memory, W_OK) == 0 ? memory : NSTemporaryDirectory()
            root = try LocalFileSystem().resolve(folder) + "/signpost-\(UUID().uuidString)"
            isReal = true
        }
        try files.makeDirectory(root)
    }

    deinit {
        if isReal { try? FileManager.default.removeItem(atPath: root) }
    }

    var output: String { root + "/site" }

    func path(_ relative: String) -> String { root + "/" + relative }

    func put(_ text: String, at relative: String) throws {
        let path = self.path(relative)
        try files.makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
        try files.write(Array(text.utf8), to: path)
    }

    func text(_ relative: String) -> String? {
        (try? files.read(path(relative))).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Every file under the output, with its bytes, the lock aside unless asked for.
    func tree(_ folder: String = "site") throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        func walk(_ relative: String) throws {
            for entry in try files.list(path(folder + relative)) {
                let child = relative + "/" + entry.name
                if entry.kind == .directory {
                    try walk(child)
                } else {
                    found[String(child.dropFirst())] = try files.read(path(folder + child))
                }
            }
        }
        try walk("")
        return found
    }

    /// The site's own files, as text.
    func pages(_ folder: String = "site") throws -> [String: String] {
        try tree(folder).filter { !$0.key.hasPrefix(".signpost/") }
            .mapValues { String(decoding: $0, as: UTF8.self) }
    }

    func statuses(_ folder: String = "site") throws -> [String: FileStatus] {
        var found: [String: FileStatus] = [:]
        for path in try tree(folder).keys {
            found[path] = try files.linkStatus(self.path(folder + "/" + path))
        }
        return found
    }
}

/// A site: the files of each unit.
typealias Site = [String: [String: String]]

struct Build {
    var outcome: Publication.Outcome?
    var diagnostics: Diagnostics

    /// The state as the command would save it.
    var state: BuildState? {
        outcome.map {
            BuildState(
                program: ContentHash("1"), inputs: InputSnapshot(entries: [], taken: 0, isComplete: true),
                outcome: $0, fingerprints: [:], diagnostics: [:])
        }
    }

    var rules: [String] { diagnostics.sorted.map(\.rule) }
}

/// Publishes a site, all of it made anew.
func publish(
    _ site: Site, to output: String, in files: any FileSystem, apartFrom inputs: [InputFolder] = [],
    previous: BuildState? = nil
) -> Build {
    var diagnostics = Diagnostics()
    guard
        let publication = Publication.open(
            output: output, apartFrom: inputs, previous: previous, files: files, reporting: &diagnostics)
    else { return Build(outcome: nil, diagnostics: diagnostics) }
    for (unit, pages) in site {
        let writer = publication.unit(unit)
        for (path, text) in pages { writer.write(path, text, describing: "content/\(path).md") }
    }
    let outcome = publication.commit(reporting: &diagnostics)
    return Build(outcome: outcome, diagnostics: diagnostics)
}

/// Lets a number of changes through and then refuses every one, as if the disk were full or the program dead;
/// or only the next one, as if something had been in the way for a moment.
final class FailingFileSystem: FileSystem {
    private let base: any FileSystem
    private let reason: FileError.Reason
    private let recovers: Bool
    private let left: Mutex<Int>

    init(
        _ base: any FileSystem, after changes: Int, with reason: FileError.Reason = .noSpace,
        recovers: Bool = false
    ) {
        self.base = base
        self.reason = reason
        self.recovers = recovers
        left = Mutex(changes)
    }

    /// Whether a change was refused.
    var hasFailed: Bool { left.withLock { $0 < 0 } }

    private func change(_ path: String) throws(FileError) {
        let isDead = left.withLock { left in
            left -= 1
            return recovers ? left == -1 : left < 0
        }
        if isDead { throw FileError(path, reason) }
    }

    func read(_ path: String) throws(FileError) -> [UInt8] { try base.read(path) }
    func status(_ path: String) throws(FileError) -> FileStatus? { try base.status(path) }
    func linkStatus(_ path: String) throws(FileError) -> FileStatus? { try base.linkStatus(path) }
    func list(_ directory: String) throws(FileError) -> [DirectoryEntry] { try base.list(directory) }
    func scan(_ directory: String) throws(FileError) -> [ScannedEntry] { try base.scan(directory) }
    func resolve(_ path: String) throws(FileError) -> String { try base.resolve(path) }
    func lock(_ path: String) throws(FileError) -> FileLock? { try base.lock(path) }
    func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        try change(path)
        try base.write(bytes, to: path)
    }
    func create(_ bytes: [UInt8], at path: String) throws(FileError) -> FileStatus {
        try change(path)
        return try base.create(bytes, at: path)
    }
    func rename(_ path: String, to target: String) throws(FileError) {
        try change(path)
        try base.rename(path, to: target)
    }
    func makeSymbolicLink(_ path: String, to target: String) throws(FileError) {
        try change(path)
        try base.makeSymbolicLink(path, to: target)
    }
    func symbolicLink(_ path: String) throws(FileError) -> String? { try base.symbolicLink(path) }
    func exchange(_ path: String, _ other: String) throws(FileError) {
        try change(path)
        try base.exchange(path, other)
    }
    func makeDirectory(_ path: String) throws(FileError) {
        try change(path)
        try base.makeDirectory(path)
    }
    func removeFile(_ path: String) throws(FileError) {
        try change(path)
        try base.removeFile(path)
    }
    func removeDirectoryIfEmpty(_ path: String) throws(FileError) -> Bool {
        try change(path)
        return try base.removeDirectoryIfEmpty(path)
    }
}

/// Whether this process may mount file systems, for tests that need a small or read-only disk.
let canMount: Bool = {
    guard geteuid() == 0 else { return false }
    let folder = NSTemporaryDirectory() + "/signpost-mount-\(UUID().uuidString)"
    guard (try? LocalFileSystem().makeDirectory(folder)) != nil else { return false }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    guard run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder) else { return false }
    return run("umount", folder)
}()

@discardableResult
func run(_ arguments: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
}
