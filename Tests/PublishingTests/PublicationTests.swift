import Foundation
import Testing
import Workspace

@testable import Publishing

@Suite struct PublicationTests {
    let site: Site = [
        "oxfordshire/en": [
            "oxfordshire/index.html": "home", "oxfordshire/rights/index.html": "rights",
            "oxfordshire/faq/index.html": "faq",
        ],
        "oxfordshire/pl": ["oxfordshire/pl/index.html": "dom", "oxfordshire/pl/rights/index.html": "prawa"],
        "portal": ["index.html": "chooser", "404.html": "not found"],
    ]

    var pages: [String: String] { site.values.reduce(into: [:]) { $0.merge($1) { a, _ in a } } }

    @Test("A new folder gets the whole site", arguments: Disk.Kind.allCases)
    func newFolder(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        let build = publish(site, to: disk.output, in: disk.files)
        let outcome = try #require(build.outcome)
        #expect(outcome.written == pages.keys.sorted())
        #expect(outcome.paths == pages.keys.sorted())
        #expect(outcome.unchanged == 0 && outcome.removed.isEmpty)
        #expect(try disk.pages() == pages)
        #expect(
            try disk.tree().keys.filter { $0.hasPrefix(".signpost/") }.sorted() == [
                ".signpost/lock", ".signpost/manifest",
            ])
        #expect(disk.files.exists(disk.path("site/.signpost/staging")) == false)
    }

    @Test("A file made from the same is kept, and one that somebody has changed is not")
    func keys() throws {
        let disk = try Disk(Disk.Kind.allCases[0])
        let (first, second) = (ContentHash("one"), ContentHash("two"))
        func build(_ previous: BuildState?, key: ContentHash) throws -> (kept: Bool, state: BuildState) {
            var diagnostics = Diagnostics()
            let publication = try #require(
                Publication.open(
                    output: disk.output, apartFrom: [], previous: previous, files: disk.files,
                    reporting: &diagnostics))
            let unit = publication.unit("a")
            let kept = unit.keep("a.html", key: key)
            if !kept { unit.write("a.html", Array("a".utf8), describing: "a.md", key: key) }
            let outcome = try #require(publication.commit(reporting: &diagnostics))
            let state = BuildState(
                program: first, inputs: InputSnapshot(entries: [], taken: 0, isComplete: true),
                outcome: outcome, fingerprints: [:], diagnostics: [:])
            // As it is read again.
            return (kept, try #require(BuildState(bytes: state.bytes(output: "x"), output: "x")))
        }
        let new = try build(nil, key: first)
        #expect(!new.kept)
        let again = try build(new.state, key: first)
        #expect(again.kept)
        // What was kept can be kept once more.
        let once = try build(again.state, key: first)
        #expect(once.kept)
        let other = try build(once.state, key: second)
        #expect(!other.kept)
        try disk.files.write(Array("changed by hand".utf8), to: disk.path("site/a.html"))
        #expect(try !build(other.state, key: second).kept)
        #expect(try disk.pages()["a.html"] == "a")
    }

    @Test("Nothing is seen before commit, and nothing is left after abandon", arguments: Disk.Kind.allCases)
    func abandon(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        var diagnostics = Diagnostics()
        let first = try #require(
            Publication.open(
                output: disk.output, apartFrom: [], previous: nil, files: disk.files, reporting: &diagnostics)
        )
        first.unit("a").write("a.html", "a", describing: "a.md")
        #expect(try disk.pages().isEmpty)
        first.abandon()
        #expect(!disk.files.exists(disk.output))

        let old = publish(site, to: disk.output, in: disk.files)
        let before = try disk.statuses()
        let second = try #require(
            Publication.open(
                output: disk.output, apartFrom: [], previous: old.state, files: disk.files,
                reporting: &diagnostics))
        second.unit("a").write("index.html", "changed", describing: "a.md")
        second.abandon()
        second.unit("a").write("late.html", "late", describing: "a.md")
        #expect(second.commit(reporting: &diagnostics) == nil)
        #expect(try disk.statuses() == before)
        #expect(diagnostics.isEmpty)
    }

    @Test("A second build of the same site changes no file", arguments: Disk.Kind.allCases, [true, false])
    func unchanged(kind: Disk.Kind, hasState: Bool) throws {
        let disk = try Disk(kind)
        let first = publish(site, to: disk.output, in: disk.files)
        let before = try disk.statuses()
        let second = publish(site, to: disk.output, in: disk.files, previous: hasState ? first.state : nil)
        let outcome = try #require(second.outcome)
        #expect(outcome.changedNothing)
        #expect(outcome.unchanged == pages.count)
        #expect(try disk.statuses() == before)
    }

    @Test("Only the changed page is written", arguments: Disk.Kind.allCases)
    func oneChange(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        let first = publish(site, to: disk.output, in: disk.files)
        let before = try disk.statuses()
        var changed = site
        changed["oxfordshire/en"]?["oxfordshire/faq/index.html"] = "new answers"
        let second = publish(changed, to: disk.output, in: disk.files, previous: first.state)
        let outcome = try #require(second.outcome)
        #expect(outcome.written == ["oxfordshire/faq/index.html"])
        let after = try disk.statuses()
        #expect(
            Set(after.keys.filter { after[$0] != before[$0] }) == [
                "oxfordshire/faq/index.html", ".signpost/manifest",
            ])
        let third = publish(changed, to: disk.output, in: disk.files, previous: second.state)
        #expect(try #require(third.outcome).changedNothing)
        #expect(
            try #require(second.state?.units["oxfordshire/en"]).outputs.allSatisfy {
                after[$0.path] == $0.status
            })
    }

    @Test("Pages that are no longer made go, with their folders", arguments: Disk.Kind.allCases)
    func removal(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        let first = publish(site, to: disk.output, in: disk.files)
        var smaller = site
        smaller["oxfordshire/pl"] = nil
        let second = publish(smaller, to: disk.output, in: disk.files, previous: first.state)
        #expect(
            try #require(second.outcome).removed == [
                "oxfordshire/pl/index.html", "oxfordshire/pl/rights/index.html",
            ])
        #expect(!disk.files.exists(disk.path("site/oxfordshire/pl")))
        #expect(disk.text("site/oxfordshire/rights/index.html") == "rights")
    }

    @Test("A page may become a folder, and a folder a page", arguments: Disk.Kind.allCases)
    func fileAndFolderSwap(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        let before: Site = ["u": ["a": "file", "b/c/d": "deep", "b/e": "e"]]
        let after: Site = ["u": ["a/x/y": "deep", "b": "file"]]
        _ = publish(before, to: disk.output, in: disk.files)
        let second = publish(after, to: disk.output, in: disk.files)
        #expect(second.rules == [])
        #expect(try disk.pages() == ["a/x/y": "deep", "b": "file"])
        #expect(try #require(publish(before, to: disk.output, in: disk.files).outcome).written.count == 3)
        #expect(try disk.pages() == ["a": "file", "b/c/d": "deep", "b/e": "e"])
    }

    @Test("A damaged or missing page is put right", arguments: Disk.Kind.allCases)
    func repair(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        let first = publish(site, to: disk.output, in: disk.files)
        try disk.put("HOME", at: "site/oxfordshire/index.html")
        try disk.files.removeFile(disk.path("site/index.html"))
        let second = publish(site, to: disk.output, in: disk.files, previous: first.state)
        #expect(try #require(second.outcome).written == ["index.html", "oxfordshire/index.html"])
        #expect(try disk.pages() == pages)
    }

    @Test("The same site in two folders is the same, byte for byte", arguments: Disk.Kind.allCases)
    func reproducible(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        _ = publish(["old": ["gone.html": "x"]], to: disk.path("one"), in: disk.files)
        _ = publish(site, to: disk.path("one"), in: disk.files)
        _ = publish(site, to: disk.path("deeper/two"), in: disk.files)
        #expect(try disk.tree("one") == disk.tree("deeper/two"))
        #expect(try disk.tree("one").count == pages.count + 2)
    }

    @Test("Units write from many tasks at once")
    func concurrent() async throws {
        let disk = try Disk(.real)
        var diagnostics = Diagnostics()
        let publication = try #require(
            Publication.open(
                output: disk.output, apartFrom: [], previous: nil, files: disk.files, reporting: &diagnostics)
        )
        await withTaskGroup(of: Void.self) { group in
            for unit in 0..<20 {
                group.addTask {
                    let writer = publication.unit("u\(unit)")
                    for page in 0..<20 {
                        writer.write("u\(unit)/p\(page)/index.html", "\(unit) \(page)", describing: "x.md")
                    }
                }
            }
        }
        let outcome = try #require(publication.commit(reporting: &diagnostics))
        #expect(outcome.written.count == 400)
        #expect(outcome.outputs.count == 20)
        #expect(disk.text("site/u7/p3/index.html") == "7 3")
        #expect(diagnostics.isEmpty)
    }
}

@Suite struct KeepingTests {
    let site: Site = ["a": ["a/1": "one", "a/2": "two"], "b": ["b/1": "three"]]

    func open(_ disk: Disk, _ state: BuildState?) throws -> Publication {
        var diagnostics = Diagnostics()
        return try #require(
            Publication.open(
                output: disk.output, apartFrom: [], previous: state, files: disk.files,
                reporting: &diagnostics))
    }

    @Test("A unit is kept without being made", arguments: Disk.Kind.allCases)
    func kept(kind: Disk.Kind) async throws {
        let disk = try Disk(kind)
        let first = publish(site, to: disk.output, in: disk.files)
        let before = try disk.statuses()
        let publication = try open(disk, first.state)
        #expect(await publication.keepAll(["a", "b"]))
        var diagnostics = Diagnostics()
        let outcome = try #require(publication.commit(reporting: &diagnostics))
        #expect(outcome.changedNothing && outcome.unchanged == 3)
        #expect(try disk.statuses() == before)
    }

    @Test("Kept units and new ones make one site", arguments: Disk.Kind.allCases)
    func mixed(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        let first = publish(site, to: disk.output, in: disk.files)
        let publication = try open(disk, first.state)
        #expect(publication.keep("a"))
        publication.unit("b").write("b/2", "four", describing: "b.md")
        var diagnostics = Diagnostics()
        let outcome = try #require(publication.commit(reporting: &diagnostics))
        #expect(outcome.written == ["b/2"] && outcome.removed == ["b/1"] && outcome.unchanged == 2)
        #expect(try disk.pages() == ["a/1": "one", "a/2": "two", "b/2": "four"])
    }

    enum Damage: CaseIterable { case edited, sameSize, removed, unknownUnit, noState, folder }

    @Test("A unit with a file that is not as it was left must be made", arguments: Damage.allCases)
    func damaged(damage: Damage) throws {
        let disk = try Disk(.real)
        let first = publish(site, to: disk.output, in: disk.files)
        var state = first.state
        switch damage {
        case .edited: try disk.put("longer than before", at: "site/a/2")
        case .sameSize: try disk.put("TWO", at: "site/a/2")
        case .removed: try disk.files.removeFile(disk.path("site/a/2"))
        case .unknownUnit: state?.units["a"] = nil
        case .noState: state = nil
        case .folder:
            try disk.files.removeFile(disk.path("site/a/2"))
            try disk.files.makeDirectory(disk.path("site/a/2"))
        }
        let publication = try open(disk, state)
        #expect(!publication.keep("a"))
        #expect(publication.keep("b") == (damage != .noState))
        publication.abandon()
        #expect(disk.text("site/a/1") == "one")
    }

    @Test("A copied site, with all times new, is kept after a look at the content")
    func copied() throws {
        let disk = try Disk(.real)
        let first = publish(site, to: disk.output, in: disk.files)
        for (path, bytes) in try disk.tree() { try disk.files.write(bytes, to: disk.path("site/" + path)) }
        let publication = try open(disk, first.state)
        #expect(publication.keep("a") && publication.keep("b"))
        var diagnostics = Diagnostics()
        let outcome = try #require(publication.commit(reporting: &diagnostics))
        #expect(outcome.changedNothing && outcome.wasRefreshed)
    }
}

@Suite struct OwnershipTests {
    @Test("A folder with files of somebody else is refused", arguments: Disk.Kind.allCases)
    func notOurs(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        try disk.put("mine", at: "site/thesis.txt")
        let build = publish(["u": ["index.html": "x"]], to: disk.output, in: disk.files)
        #expect(build.outcome == nil)
        #expect(build.rules == ["OutputNotOurs"])
        #expect(build.diagnostics.sorted.first?.message.contains("thesis.txt") == true)
        #expect(try disk.tree() == ["thesis.txt": Array("mine".utf8)])
    }

    @Test(
        "Files that keep a folder in git do not matter, and are never touched", arguments: Disk.Kind.allCases)
    func harmless(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        for name in ["README.md", ".gitignore", ".gitkeep"] { try disk.put(name, at: "site/" + name) }
        _ = publish(["u": ["index.html": "x"]], to: disk.output, in: disk.files)
        let second = publish(["u": ["other.html": "y"]], to: disk.output, in: disk.files)
        #expect(second.rules == [])
        #expect(
            try disk.pages() == [
                "README.md": "README.md", ".gitignore": ".gitignore", ".gitkeep": ".gitkeep",
                "other.html": "y",
            ])
        let third = publish(["u": ["README.md": "ours"]], to: disk.output, in: disk.files)
        #expect(third.rules == ["ForeignFile"])
        #expect(disk.text("site/README.md") == "README.md")
    }

    @Test(
        "An output that shares a folder with the content is refused",
        arguments: [
            ("content", "content"), ("content", "content/site"), ("deep/content", "deep"),
            ("content", "./content/../content/x/y"),
            ("content", "link"), ("content", "link/site"),
        ])
    func overlap(content: String, output: String) throws {
        let disk = try Disk(.real)
        try disk.put("name: x", at: content + "/portal.yml")
        try FileManager.default.createSymbolicLink(
            atPath: disk.path("link"), withDestinationPath: disk.path(content))
        let before = try disk.tree(content)
        let build = publish(
            ["u": ["index.html": "x"]], to: disk.path(output), in: disk.files,
            apartFrom: [InputFolder("content", disk.path(content))])
        #expect(build.rules == ["OutputOverlapsContent"])
        #expect(try disk.tree(content) == before)
    }

    @Test("A folder whose name only starts like the content's is fine")
    func similarName() throws {
        let disk = try Disk(.real)
        try disk.put("name: x", at: "content/portal.yml")
        let build = publish(
            ["u": ["index.html": "x"]], to: disk.path("content-site"), in: disk.files,
            apartFrom: [InputFolder("content", disk.path("content"))])
        #expect(build.outcome != nil)
    }

    @Test("A file in place of the folder is refused", arguments: Disk.Kind.allCases)
    func fileInPlace(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        try disk.put("a file", at: "site")
        #expect(publish(["u": ["i": "x"]], to: disk.output, in: disk.files).rules == ["OutputNotAFolder"])
        #expect(disk.text("site") == "a file")
    }

    @Test("A link to the output folder is followed; one that leads nowhere is an error")
    func linkedOutput() throws {
        let disk = try Disk(.real)
        try disk.files.makeDirectory(disk.path("real"))
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: disk.output, withDestinationPath: disk.path("real"))
        #expect(publish(["u": ["i": "x"]], to: disk.output, in: disk.files).outcome != nil)
        #expect(disk.text("real/i") == "x")
        try manager.createSymbolicLink(atPath: disk.path("lost"), withDestinationPath: disk.path("nowhere"))
        #expect(publish(["u": ["i": "x"]], to: disk.path("lost"), in: disk.files).rules == ["CannotWrite"])
        #expect(!disk.files.exists(disk.path("nowhere")))
    }

    @Test(
        "A damaged list of files stops the build and touches nothing",
        arguments: [
            "", "hello", "signpost manifest 1\n", "cut", "edited", "escape",
        ])
    func corruptManifest(damage: String) throws {
        let disk = try Disk(.memory)
        _ = publish(["u": ["index.html": "x", "b.html": "y"]], to: disk.output, in: disk.files)
        let sound = try #require(disk.text("site/.signpost/manifest"))
        let text =
            switch damage {
            case "cut": String(sound.dropLast(50))
            case "edited": sound.replacingOccurrences(of: "b.html", with: "c.html")
            case "escape":
                String(
                    decoding: Manifest([.init(path: OutputPath("../../etc/passwd"), hash: ContentHash("x"))])
                        .bytes, as: UTF8.self)
            default: damage
            }
        try disk.put(text, at: "site/.signpost/manifest")
        let before = try disk.tree()
        let build = publish(["u": ["index.html": "new"]], to: disk.output, in: disk.files)
        #expect(build.rules == ["CorruptManifest"])
        #expect(build.diagnostics.sorted.first?.help?.contains("build again") == true)
        #expect(try disk.tree() == before)
    }

    @Test("Files put into the site by others survive every build", arguments: Disk.Kind.allCases)
    func foreignSurvive(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        _ = publish(["u": ["a/index.html": "x", "b.html": "y"]], to: disk.output, in: disk.files)
        try disk.put("mine", at: "site/a/notes.txt")
        try disk.put("yours", at: "site/CNAME")
        let second = publish(["u": ["b.html": "z"]], to: disk.output, in: disk.files)
        #expect(second.rules == [])
        #expect(try disk.pages() == ["a/notes.txt": "mine", "b.html": "z", "CNAME": "yours"])
    }

    @Test(
        "A file of somebody else in the way stops the build before anything changes",
        arguments: [
            ("index.html", "index.html"), ("a/b/index.html", "a/b"), ("a", "a/b/c.txt"),
        ])
    func foreignInTheWay(ours: String, theirs: String) throws {
        for kind in Disk.Kind.allCases {
            let disk = try Disk(kind)
            let first = publish(["u": ["old.html": "old", "z.html": "z"]], to: disk.output, in: disk.files)
            try disk.put("theirs", at: "site/" + theirs)
            let before = try disk.tree()
            let build = publish(
                ["u": [ours: "ours", "z.html": "new"]], to: disk.output, in: disk.files,
                previous: first.state)
            #expect(build.rules == ["ForeignFile"])
            #expect(build.diagnostics.sorted.first?.location?.file.hasSuffix("site/" + theirs) == true)
            #expect(try disk.tree() == before)
        }
    }

    @Test("A page that somebody rewrote is not removed with the rest", arguments: Disk.Kind.allCases)
    func changedStays(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        let first = publish(
            ["u": ["a.html": "a", "b.html": "b", "c.html": "c"]], to: disk.output, in: disk.files)
        try disk.put("my own words", at: "site/a.html")
        let second = publish(["u": ["c.html": "c"]], to: disk.output, in: disk.files, previous: first.state)
        #expect(second.rules == ["ChangedOutput"])
        #expect(try #require(second.outcome).removed == ["b.html"])
        #expect(try disk.pages() == ["a.html": "my own words", "c.html": "c"])
    }

    @Test(
        "A link inside the output cannot lead the writing outside", arguments: ["a", "a/b", "a/b/index.html"])
    func linkInside(link: String) throws {
        let disk = try Disk(.real)
        let first = publish(["u": ["a/b/index.html": "x", "z.html": "z"]], to: disk.output, in: disk.files)
        try disk.put("precious", at: "outside/b/index.html")
        try disk.put("precious", at: "outside/index.html")
        let manager = FileManager.default
        try manager.removeItem(atPath: disk.path("site/" + link))
        try manager.createSymbolicLink(
            atPath: disk.path("site/" + link),
            withDestinationPath: disk.path(link.hasSuffix("html") ? "outside/index.html" : "outside"))
        let changed = publish(
            ["u": ["a/b/index.html": "new", "z.html": "new"]], to: disk.output, in: disk.files,
            previous: first.state)
        #expect(changed.rules == ["ForeignFile"])
        #expect(disk.text("site/z.html") == "z")
        let removed = publish(["u": ["z.html": "z"]], to: disk.output, in: disk.files, previous: first.state)
        #expect(removed.outcome != nil)
        #expect(try disk.pages("outside") == ["b/index.html": "precious", "index.html": "precious"])
    }

    @Test("A link in place of the records folder is refused")
    func linkedRecords() throws {
        let disk = try Disk(.real)
        try disk.files.makeDirectory(disk.output)
        try disk.put("precious", at: "outside/staging/file")
        try FileManager.default.createSymbolicLink(
            atPath: disk.path("site/.signpost"), withDestinationPath: disk.path("outside"))
        #expect(publish(["u": ["i": "x"]], to: disk.output, in: disk.files).rules == ["OutputNotOurs"])
        #expect(disk.text("outside/staging/file") == "precious")
    }

    @Test("Two builds into one folder do not mix", arguments: Disk.Kind.allCases)
    func busy(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        var diagnostics = Diagnostics()
        let first = try #require(
            Publication.open(
                output: disk.output, apartFrom: [], previous: nil, files: disk.files, reporting: &diagnostics)
        )
        first.unit("u").write("a", "first", describing: "a")
        #expect(publish(["u": ["a": "second"]], to: disk.output, in: disk.files).rules == ["OutputBusy"])
        #expect(first.commit(reporting: &diagnostics) != nil)
        #expect(disk.text("site/a") == "first")
        #expect(publish(["u": ["a": "third"]], to: disk.output, in: disk.files).rules == [])
    }

    @Test("Another process's lock is seen")
    func busyElsewhere() throws {
        let disk = try Disk(.real)
        _ = publish(["u": ["a": "1"]], to: disk.output, in: disk.files)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["flock", disk.path("site/.signpost/lock"), "-c", "echo held; read line"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
        #expect(publish(["u": ["a": "2"]], to: disk.output, in: disk.files).rules == ["OutputBusy"])
        input.fileHandleForWriting.write(Data("\n".utf8))
        process.waitUntilExit()
        #expect(publish(["u": ["a": "2"]], to: disk.output, in: disk.files).rules == [])
    }
}

@Suite struct PathTests {
    @Test(
        "Paths that lead elsewhere or cannot be stored are refused",
        arguments: [
            "", "/etc/passwd", "..", "../x", "a/../../x", "a/./b", "a//b", "a/", "./a", "a\\b", "a\0b",
            "a\nb", "a\u{7F}",
            ".signpost/manifest", ".Signpost/x", String(repeating: "x", count: 256),
            String(repeating: "é", count: 128), String(repeating: "a/", count: 600) + "x",
        ])
    func invalid(path: String) throws {
        let disk = try Disk(.real)
        let build = publish(["u": [path: "x", "fine.html": "y"]], to: disk.output, in: disk.files)
        #expect(build.rules == ["InvalidOutputPath"])
        #expect(build.outcome == nil)
        #expect(!disk.files.exists(disk.output))
    }

    @Test(
        "Unusual but sound paths are written as they are",
        arguments: [
            "a b/c.html", "ür/ś.html", "日本/index.html", "🙂.txt", "quote\"'s.html", "...", "a..b",
            ".well-known/x",
            String(repeating: "x", count: 255),
        ])
    func valid(path: String) throws {
        let disk = try Disk(.real)
        #expect(publish(["u": [path: "x"]], to: disk.output, in: disk.files).rules == [])
        #expect(disk.text("site/" + path) == "x")
    }

    static let collisions: [(Site, String)] = [
        (["a": ["x.html": "1"], "b": ["x.html": "2"]], "'x.html' would be written more than once"),
        (["a": ["x.html": "1"], "b": ["X.html": "2"]], "differ only in capital letters"),
        (
            ["a": ["caf\u{E9}.html": "1"], "b": ["cafe\u{301}.html": "2"]],
            "differ only in how accents are stored"
        ),
        (["a": ["STRASSE": "1", "stra\u{DF}e": "2"]], "differ only in capital letters"),
        (["a": ["x": "1"], "b": ["x/y": "2"]], "both a file and a folder"),
        (["a": ["F/1": "1"], "b": ["f/2": "2"]], "the folders 'F' and 'f' differ only in capital letters"),
    ]

    @Test("Two files for one place are an error that names both owners", arguments: collisions)
    func collision(site: Site, message: String) throws {
        let disk = try Disk(.real)
        let build = publish(site, to: disk.output, in: disk.files)
        #expect(build.rules == ["OutputCollision"])
        let found = try #require(build.diagnostics.sorted.first)
        #expect(found.message.contains(message), "\(found.message)")
        for (unit, pages) in site {
            #expect(found.message.contains("(\(unit))"))
            for path in pages.keys { #expect(found.message.contains("content/\(path).md")) }
        }
        #expect(!disk.files.exists(disk.output))
    }

    @Test("A unit that writes a file twice is told so, in the same words each time")
    func twice() throws {
        let disk = try Disk(.memory)
        var messages: Set<String> = []
        for order in [["b.md", "a.md"], ["a.md", "b.md"]] {
            var diagnostics = Diagnostics()
            let publication = try #require(
                Publication.open(
                    output: disk.output, apartFrom: [], previous: nil, files: disk.files,
                    reporting: &diagnostics))
            for source in order { publication.unit("u").write("x", "same", describing: source) }
            #expect(publication.commit(reporting: &diagnostics) == nil)
            messages.formUnion(diagnostics.sorted.map(\.message))
        }
        #expect(messages == ["'x' would be written more than once: by a.md (u) and b.md (u)"])
    }
}
