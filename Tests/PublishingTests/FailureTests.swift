import Foundation
import Testing
import Workspace

@testable import Publishing

@Suite struct FailureTests {
    static let old: Site = [
        "a": ["a/1": "one", "a/2": "two", "gone/x": "x"], "b": ["b": "a file", "c/d": "a folder"],
    ]
    static let new: Site = [
        "a": ["a/1": "one", "a/2": "TWO", "new/deep/y": "y"], "b": ["b/now": "a folder", "c": "a file"],
    ]

    /// What a clean build of a site looks like.
    private func clean(_ site: Site) throws -> [String: [UInt8]] {
        let disk = try Disk(.memory)
        _ = publish(site, to: disk.output, in: disk.files)
        return try disk.tree()
    }

    @Test(
        "Wherever a build is cut off, no file is broken and the next build is as good as a clean one",
        arguments: Disk.Kind.allCases, [true, false])
    func crash(kind: Disk.Kind, isFirst: Bool) throws {
        let expected = try clean(Self.new)
        let whole = Set(Self.old.values.flatMap(\.values) + Self.new.values.flatMap(\.values))
        var isDone = false
        var steps = 0
        while !isDone, steps < 200 {
            let disk = try Disk(kind)
            var state: BuildState?
            if !isFirst { state = publish(Self.old, to: disk.output, in: disk.files).state }
            let before = isFirst ? [:] : try disk.pages()
            let failing = FailingFileSystem(disk.files, after: steps, with: .other("the program was killed"))
            let cut = publish(Self.new, to: disk.output, in: failing, previous: state)
            isDone = cut.outcome != nil && cut.rules.isEmpty
            if !isDone {
                #expect(cut.rules == ["CannotWrite"], "step \(steps)")
                if disk.files.exists(disk.output) {
                    let pages = try disk.pages()
                    #expect(pages.values.allSatisfy { whole.contains($0) }, "step \(steps)")
                    if cut.diagnostics.sorted.first?.help?.contains("Nothing was changed") == true {
                        #expect(pages == before, "step \(steps)")
                    }
                }
            }
            // The old state, if there was one, is all the next build knows.
            let next = publish(Self.new, to: disk.output, in: disk.files, previous: state)
            #expect(next.rules == [], "step \(steps)")
            #expect(try disk.tree() == expected, "step \(steps)")
            steps += 1
        }
        #expect(isDone)
        #expect(steps > 10)
    }

    @Test("After a crash, going back to the old content gives the old site")
    func crashAndBack() throws {
        let expected = try clean(Self.old)
        for step in 0..<40 {
            let disk = try Disk(.memory)
            let state = publish(Self.old, to: disk.output, in: disk.files).state
            _ = publish(Self.new, to: disk.output, in: FailingFileSystem(disk.files, after: step))
            let next = publish(Self.old, to: disk.output, in: disk.files, previous: state)
            #expect(next.rules == [], "step \(step)")
            #expect(try disk.tree() == expected, "step \(step)")
        }
    }

    @Test("A full disk leaves the old site as it is, and is reported once")
    func full() throws {
        let disk = try Disk(.memory)
        _ = publish(Self.old, to: disk.output, in: disk.files)
        let before = try disk.tree()
        let build = publish(Self.new, to: disk.output, in: FailingFileSystem(disk.files, after: 2))
        #expect(build.rules == ["CannotWrite"])
        let found = try #require(build.diagnostics.sorted.first)
        #expect(found.message.contains("the disk is full"))
        #expect(found.location?.file.contains(".signpost") == false)
        #expect(
            try disk.pages()
                == before.filter { !$0.key.hasPrefix(".signpost") }
                .mapValues { String(decoding: $0, as: UTF8.self) })
    }

    @Test("A really full disk leaves the old site as it is", .enabled(if: canMount))
    func reallyFull() throws {
        let disk = try Disk(.real)
        try disk.files.makeDirectory(disk.output)
        #expect(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.output))
        defer { run("umount", disk.output) }
        let small: Site = ["u": ["index.html": "small", "b/index.html": "b"]]
        let first = publish(small, to: disk.output, in: disk.files)
        let before = try disk.statuses()
        let big = String(repeating: "0123456789abcdef", count: 20_000)
        let build = publish(
            ["u": ["index.html": big, "b/index.html": big, "c": big, "d": big]], to: disk.output,
            in: disk.files, previous: first.state)
        #expect(build.rules == ["CannotWrite"])
        #expect(build.diagnostics.sorted.first?.message.contains("the disk is full") == true)
        #expect(try disk.statuses() == before)
        #expect(!disk.files.exists(disk.path("site/.signpost/staging")))
    }

    @Test(
        "A read-only disk is told, and a build with nothing to do still works there",
        .enabled(if: canMount))
    func readOnly() throws {
        let disk = try Disk(.real)
        try disk.files.makeDirectory(disk.output)
        #expect(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.output))
        defer { run("umount", disk.output) }
        let site: Site = ["u": ["index.html": "small"]]
        let first = publish(site, to: disk.output, in: disk.files)
        #expect(run("mount", "-o", "remount,ro", disk.output))
        #expect(publish(site, to: disk.output, in: disk.files, previous: first.state).rules == [])
        let build = publish(["u": ["index.html": "new"]], to: disk.output, in: disk.files)
        #expect(build.rules == ["CannotWrite"])
        #expect(build.diagnostics.sorted.first?.message.contains("read-only") == true)
        #expect(disk.text("site/index.html") == "small")
    }

    @Test("A folder without permission is told", arguments: [FileError.Reason.notPermitted, .readOnly])
    func noPermission(reason: FileError.Reason) throws {
        let disk = try Disk(.memory)
        let build = publish(
            Self.new, to: disk.output, in: FailingFileSystem(disk.files, after: 0, with: reason))
        #expect(build.rules == ["CannotWrite"])
        #expect(build.diagnostics.sorted.first?.help?.contains("permission") == true)
    }

    @Test("What a killed build left in staging goes", arguments: Disk.Kind.allCases)
    func leftovers(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        try disk.put("half", at: "site/.signpost/staging/a/b")
        try disk.put("half", at: "site/.signpost/manifest.signpost-partial")
        try disk.put("", at: "site/.signpost/lock")
        #expect(publish(Self.new, to: disk.output, in: disk.files).rules == [])
        #expect(try disk.tree() == clean(Self.new))
    }
}
