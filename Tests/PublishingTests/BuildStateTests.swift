import Foundation
import Testing
import Workspace

@testable import Publishing

@Suite struct BuildStateTests {
    static let state: BuildState = {
        let place = SourceLocation(file: "content/a.md", range: SourceRange(line: 3, column: 7, length: 4))
        let entries = (0..<50).map { index in
            InputSnapshot.Entry(
                path: "content/councils/c\(100 + index)/ü.md", kind: .file,
                status: FileStatus(
                    kind: .file, size: index * 1000, modified: Int64(index) << 40, changed: -Int64(index)),
                hash: index % 3 == 0 ? nil : ContentHash("\(index)"))
        }
        let extra = [
            InputSnapshot.Entry(path: "content", kind: .directory, status: .unknown),
            InputSnapshot.Entry(path: "content/x", kind: .link, status: .unknown, hash: ContentHash("/t")),
            InputSnapshot.Entry(path: "content/y", kind: .other, status: .unknown),
            InputSnapshot.Entry(path: "content/z", kind: .file, status: .unknown),
        ]
        let output = BuildState.Output(
            path: "a/index.html", hash: ContentHash("x"),
            status: FileStatus(kind: .file, size: 5, modified: 6, changed: 7))
        return BuildState(
            program: ContentHash("v1"),
            inputs: InputSnapshot(entries: entries + extra, taken: 1 << 60, isComplete: true),
            units: [
                "a/en": .init(
                    fingerprint: ContentHash("a"), outputs: [output],
                    diagnostics: [
                        .warning(
                            "SomeRule", "message – with “quotes”", at: place, help: "Do this.",
                            related: [.init("see", at: SourceLocation(file: "content/b.md"))]),
                        .error("Other", "no place", at: nil),
                    ]),
                "portal": .init(fingerprint: ContentHash("b"), outputs: []),
            ], published: 12345)
    }()

    @Test("What is saved is what is loaded")
    func roundTrip() throws {
        let bytes = Self.state.bytes(output: "/site", at: 7)
        let loaded = try #require(BuildState(bytes: bytes, output: "/site"))
        #expect(loaded.bytes(output: "/site", at: 7) == bytes)
        #expect(loaded.inputs.entries == Self.state.inputs.entries)
        #expect(loaded.inputs.taken == 1 << 60 && loaded.published == 12345)
        #expect(loaded.units["a/en"]?.outputs == Self.state.units["a/en"]?.outputs)
        #expect(loaded.units["a/en"]?.diagnostics == Self.state.units["a/en"]?.diagnostics)
        #expect(loaded.diagnostics.count(.warning) == 1)
    }

    @Test("A damaged state is ignored, wherever it is damaged")
    func corrupt() {
        let bytes = Self.state.bytes(output: "/site")
        for index in stride(from: 0, to: bytes.count, by: 7) {
            var damaged = bytes
            damaged[index] ^= 0x41
            #expect(BuildState(bytes: damaged, output: "/site") == nil)
            #expect(BuildState(bytes: Array(bytes[..<index]), output: "/site") == nil)
        }
    }

    @Test("Nonsense with a right checksum is ignored and never traps")
    func nonsense() {
        var generator = SystemRandomNumberGenerator()
        let sound = Self.state.bytes(output: "/site")
        let start = Array("signpost state 1\n".utf8).count
        for _ in 0..<2000 {
            var body = Array(sound[(start + 16)...])
            for _ in 0..<3 { body[Int.random(in: 0..<body.count, using: &generator)] = .random(in: 0...255) }
            var sum = ByteWriter()
            sum.hash(ContentHash(body))
            // Loading may succeed, as where a hash was changed; it must only not trap.
            if let state = BuildState(bytes: sound[..<start] + sum.bytes + body, output: "/site") {
                #expect(state.bytes(output: "/site").count > 0)
            }
        }
    }

    @Test("The state of another folder, another version, or none at all is ignored")
    func others() throws {
        let disk = try Disk(.real)
        var diagnostics = Diagnostics()
        let cache = disk.path("cache/deep")
        try disk.files.makeDirectory(disk.output)
        try disk.files.makeDirectory(disk.path("other"))
        #expect(BuildState.load(from: cache, output: disk.output, in: disk.files) == nil)
        Self.state.save(to: cache, output: disk.output, in: disk.files, reporting: &diagnostics)
        #expect(BuildState.load(from: cache, output: disk.output, in: disk.files) != nil)
        #expect(BuildState.load(from: cache, output: disk.path("other"), in: disk.files) == nil)
        var bytes = try disk.files.read(cache + "/state")
        bytes[15] = UInt8(ascii: "9")
        try disk.files.write(bytes, to: cache + "/state")
        #expect(BuildState.load(from: cache, output: disk.output, in: disk.files) == nil)
        #expect(diagnostics.isEmpty)
    }

    @Test("A cache folder that cannot be written is a warning")
    func unwritable() throws {
        let disk = try Disk(.memory)
        var diagnostics = Diagnostics()
        Self.state.save(
            to: "/cache", output: "/", in: FailingFileSystem(disk.files, after: 0), reporting: &diagnostics)
        #expect(diagnostics.sorted.map(\.rule) == ["CannotSaveState"])
        #expect(!diagnostics.hasErrors)
    }
}

@Suite struct InputSnapshotTests {
    static let second: Int64 = 1_000_000_000

    func disk() throws -> Disk {
        let disk = try Disk(.real)
        for path in [
            "content/portal.yml", "content/guidance/a.md", "content/guidance/b.md", "theme/page.css",
        ] {
            try disk.put(path, at: path)
        }
        return disk
    }

    func take(
        _ disk: Disk, since previous: InputSnapshot? = nil, later seconds: Int64 = 10
    ) async -> InputSnapshot {
        await InputSnapshot.take(
            roots: [disk.path("content"), disk.path("theme")], since: previous, in: disk.files,
            now: FileStatus.now + seconds * Self.second)
    }

    @Test("Files and folders are found, sorted; hidden ones are left out", arguments: Disk.Kind.allCases)
    func walk(kind: Disk.Kind) async throws {
        let disk = try Disk(kind)
        for path in ["c/b.md", "c/a/x.md", "c/a.md", "c/.git/config", "c/a/.swp", "t/x.css"] {
            try disk.put(path, at: path)
        }
        let snapshot = await InputSnapshot.take(
            roots: [disk.path("c"), disk.path("t/x.css"), disk.path("none")], in: disk.files)
        let found = snapshot.entries.map { String($0.path.dropFirst(disk.root.utf8.count + 1)) }
        #expect(found == ["c", "c/a", "c/a.md", "c/a/x.md", "c/b.md", "none", "t/x.css"])
        #expect(snapshot.entries.map(\.kind) == [.directory, .directory, .file, .file, .file, .other, .file])
        #expect(snapshot.isComplete)
    }

    @Test("Nothing changed is seen as nothing changed, without reading")
    func unchanged() async throws {
        let disk = try disk()
        let first = await take(disk)
        let second = await take(disk, since: first)
        #expect(second.isUnchanged(since: first))
        #expect(second.changes(since: first) == [])
        #expect(!second.wasRefreshed)
    }

    enum Change: CaseIterable {
        case content, size, added, removed, emptyFolder, renamed, replacedByFolder
    }

    @Test("Every change is seen", arguments: Change.allCases)
    func changed(change: Change) async throws {
        let disk = try disk()
        let first = await take(disk)
        var expected: [String]
        switch change {
        case .content:
            try disk.put("content/guidance/A.md", at: "content/guidance/a.md")
            expected = ["content/guidance/a.md"]
        case .size:
            try disk.put("x", at: "theme/page.css")
            expected = ["theme/page.css"]
        case .added:
            try disk.put("x", at: "content/new.md")
            expected = ["content/new.md"]
        case .removed:
            try disk.files.removeFile(disk.path("content/guidance/b.md"))
            expected = ["content/guidance/b.md"]
        case .emptyFolder:
            try disk.files.makeDirectory(disk.path("content/councils/x"))
            expected = ["content/councils", "content/councils/x"]
        case .renamed:
            try disk.files.rename(disk.path("content/portal.yml"), to: disk.path("content/q.yml"))
            expected = ["content/portal.yml", "content/q.yml"]
        case .replacedByFolder:
            try disk.files.removeFile(disk.path("content/guidance/b.md"))
            try disk.files.makeDirectory(disk.path("content/guidance/b.md"))
            expected = ["content/guidance/b.md"]
        }
        let second = await take(disk, since: first)
        #expect(!second.isUnchanged(since: first))
        #expect(second.changes(since: first) == expected.map { disk.path($0) })
    }

    @Test("A file that was only touched is the same where its content is known")
    func touched() async throws {
        let disk = try disk()
        let recorder = RecordingFileSystem(disk.files)
        var first = await take(disk)
        for entry in first.entries where entry.kind == .file { _ = try recorder.read(entry.path) }
        first.note(recorder)
        #expect(first.entries.filter { $0.kind == .file }.allSatisfy { $0.hash != nil })
        try disk.put("content/guidance/a.md", at: "content/guidance/a.md")
        let second = await take(disk, since: first)
        #expect(second.isUnchanged(since: first))
        #expect(second.wasRefreshed)
        #expect(second.entries.filter { $0.kind == .file }.allSatisfy { $0.hash != nil })
    }

    @Test("A file that changed in the same moment as the snapshot is compared by content")
    func racy() async throws {
        let files = InMemoryFileSystem()
        try files.write(Array("old".utf8), to: "c/a.md")
        let recorder = RecordingFileSystem(files)
        // The snapshot is taken in the very tick of the write.
        let time = try #require(try files.status("c/a.md")).modified
        var first = await InputSnapshot.take(roots: ["c"], in: files, now: time)
        _ = try recorder.read("c/a.md")
        first.note(recorder)
        // The same size and the same times, other content: only reading can tell.
        let stopped = StoppedClock(files, at: time)
        try files.write(Array("new".utf8), to: "c/a.md")
        let second = await InputSnapshot.take(
            roots: ["c"], since: first, in: stopped, now: time + 60 * Self.second)
        #expect(second.entries.map(\.status) == first.entries.map(\.status))
        #expect(!second.isUnchanged(since: first))
        // Put back, it is the same again; and then it is old enough to be trusted.
        try files.write(Array("old".utf8), to: "c/a.md")
        let third = await InputSnapshot.take(
            roots: ["c"], since: first, in: stopped, now: time + 60 * Self.second)
        #expect(third.isUnchanged(since: first) && third.wasRefreshed)
        let fourth = await InputSnapshot.take(
            roots: ["c"], since: third, in: stopped, now: time + 90 * Self.second)
        #expect(fourth.isUnchanged(since: third) && !fourth.wasRefreshed)
    }

    @Test("A file that changed while it was read is never taken as unchanged")
    func unstable() async throws {
        let disk = try disk()
        let recorder = RecordingFileSystem(disk.files)
        var first = await take(disk)
        _ = try recorder.read(disk.path("content/guidance/a.md"))
        try disk.put("between", at: "content/guidance/a.md")
        _ = try recorder.read(disk.path("content/guidance/a.md"))
        first.note(recorder)
        var second = await take(disk, since: first)
        #expect(second.changes(since: first) == [disk.path("content/guidance/a.md")])
        // A fingerprint taken afterwards is not of what is there now: the output may be of what was there before.
        let folder = disk.path("content/guidance")
        let built = first.fingerprint(ofFolder: folder, in: disk.files)
        #expect(built != second.fingerprint(ofFolder: folder, in: disk.files))
    }

    @Test("Links are safe: loops end, files stand for themselves, folders outside make it incomplete")
    func links() async throws {
        let disk = try disk()
        let manager = FileManager.default
        try disk.put("shared", at: "elsewhere/shared.md")
        try manager.createSymbolicLink(
            atPath: disk.path("content/loop"), withDestinationPath: disk.path("content"))
        try manager.createSymbolicLink(atPath: disk.path("content/self"), withDestinationPath: "self")
        try manager.createSymbolicLink(
            atPath: disk.path("content/shared.md"), withDestinationPath: "../elsewhere/shared.md")
        let first = await take(disk)
        #expect(first.isComplete)
        #expect(first.entries.count == 10)
        try disk.put("changed", at: "elsewhere/shared.md")
        let second = await take(disk, since: first)
        #expect(second.changes(since: first) == [disk.path("content/shared.md")])
        try manager.createSymbolicLink(
            atPath: disk.path("content/out"), withDestinationPath: disk.path("elsewhere"))
        let third = await take(disk, since: second)
        #expect(!third.isComplete && !third.isUnchanged(since: third))
    }

    @Test("A unit's fingerprint depends on the chosen files alone")
    func fingerprints() async throws {
        let disk = try disk()
        func prints() async -> [ContentHash] {
            var snapshot = await take(disk)
            return ["/guidance/a.md", "/guidance/", ".css"].map { part in
                snapshot.fingerprint(in: disk.files) { $0.contains(part) }
            }
        }
        let first = await prints()
        #expect(Set(first).count == 3)
        #expect(await prints() == first)
        try disk.put("new text", at: "content/guidance/b.md")
        let second = await prints()
        #expect(first[0] == second[0] && first[1] != second[1] && first[2] == second[2])
    }

    @Test("A folder's fingerprint is that of the files in it, and of none with a similar name")
    func folderFingerprint() async throws {
        let disk = try disk()
        for path in ["content/guidance-old/x.md", "content/guidance.md", "content/guidance0/y.md"] {
            try disk.put("beside", at: path)
        }
        let folder = disk.path("content/guidance")
        var snapshot = await take(disk)
        let chosen = snapshot.fingerprint(in: disk.files) { $0.hasPrefix(folder + "/") }
        #expect(snapshot.fingerprint(ofFolder: folder, in: disk.files) == chosen)
        #expect(snapshot.fingerprint(ofFolder: folder + "/", in: disk.files) == chosen)
        #expect(snapshot.fingerprint(ofFolder: disk.path("none"), in: disk.files) != chosen)
    }
}

/// Gives every file the same times.
private final class StoppedClock: FileSystem {
    private let base: any FileSystem
    private let time: Int64

    init(_ base: any FileSystem, at time: Int64) {
        self.base = base
        self.time = time
    }

    func stopped(_ status: FileStatus?) -> FileStatus? {
        status.map { FileStatus(kind: $0.kind, size: $0.size, modified: time, changed: time) }
    }
    func status(_ path: String) throws(FileError) -> FileStatus? { stopped(try base.status(path)) }
    func linkStatus(_ path: String) throws(FileError) -> FileStatus? { stopped(try base.linkStatus(path)) }
    func scan(_ directory: String) throws(FileError) -> [ScannedEntry] {
        try base.scan(directory).map { ScannedEntry($0.entry, stopped($0.status)) }
    }
    func read(_ path: String) throws(FileError) -> [UInt8] { try base.read(path) }
    func list(_ directory: String) throws(FileError) -> [DirectoryEntry] { try base.list(directory) }
    func resolve(_ path: String) throws(FileError) -> String { try base.resolve(path) }
    func write(_ bytes: [UInt8], to path: String) throws(FileError) { try base.write(bytes, to: path) }
    func create(_ bytes: [UInt8], at path: String) throws(FileError) -> FileStatus {
        try base.create(bytes, at: path)
    }
    func rename(_ path: String, to target: String) throws(FileError) { try base.rename(path, to: target) }
    func makeDirectory(_ path: String) throws(FileError) { try base.makeDirectory(path) }
    func removeFile(_ path: String) throws(FileError) { try base.removeFile(path) }
    func removeDirectoryIfEmpty(_ path: String) throws(FileError) -> Bool {
        try base.removeDirectoryIfEmpty(path)
    }
    func lock(_ path: String) throws(FileError) -> FileLock? { try base.lock(path) }
}
