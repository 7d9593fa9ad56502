import Foundation
import Testing
import Workspace

@testable import Publishing

/// A site whose pages lead to each other, as a menu, a language switcher and a chooser do.
///
/// A page's text is the addresses it leads to, one a line, after a line that tells its versions apart.
private struct LinkedSite: Sendable {
    var units: Site = [:]

    init(councils: Int, sections: [String], languages: [String], version: String, style: String) {
        let css = "assets/\(style).css"
        units["portal", default: [:]][css] = "css \(style)\n"
        units["portal", default: [:]]["assets/logo.png"] = "logo \(version)\n"
        let names = (0..<councils).map { "c\($0)" }
        units["portal", default: [:]]["index.html"] = Self.page(version, names.map { "\($0)/" } + [css])
        units["portal", default: [:]]["404.html"] = Self.page("", ["", css])
        units["portal", default: [:]]["sitemap.xml"] = Self.page(version, names.map { "\($0)/" } + [""])
        for name in names {
            var pages: [String] = []
            for language in languages {
                let base = language.isEmpty ? "\(name)/" : "\(name)/\(language)/"
                pages += ([""] + sections.map { "\($0)/" }).map { base + $0 }
                // A hashed index, as the search has, that lies beside pages.
                units[name, default: [:]]["\(base)search-\(style).js"] = "index\n"
            }
            for page in pages {
                units[name, default: [:]]["\(page)index.html"] = Self.page(version, pages + ["", css])
            }
        }
    }

    private static func page(_ version: String, _ links: [String]) -> String {
        ([version] + links).joined(separator: "\n")
    }

    var files: [String: String] { units.values.reduce(into: [:]) { $0.merge($1) { a, _ in a } } }

    static let small = LinkedSite(
        councils: 1, sections: ["a", "old"], languages: ["", "pl"], version: "1", style: "x")
    /// A council, a section and a language more, another section gone, every page changed.
    static let large = LinkedSite(
        councils: 2, sections: ["a", "new"], languages: ["", "pl", "ur"], version: "2", style: "y")
    static let plain = LinkedSite(councils: 1, sections: [], languages: [""], version: "1", style: "x")

    static let changes: [(LinkedSite?, LinkedSite)] = [
        (nil, small), (small, large), (large, small), (large, plain), (plain, large),
    ]
}

@Suite struct KillTests {
    /// What a reader gets of every address that either site has.
    private func served(_ disk: Disk, _ sites: [LinkedSite]) -> [String: String] {
        var found: [String: String] = [:]
        for path in Set(sites.flatMap(\.files.keys)) {
            if let text = disk.text("site/" + path) { found[path] = text }
        }
        return found
    }

    private func links(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().map {
            $0.isEmpty || $0.hasSuffix("/") ? "\($0)index.html" : String($0)
        }
    }

    /// Links of pages that lead nowhere, of those pages that can be reached from `start`.
    private func deadLinks(in pages: [String: String], from start: [String]) -> [String] {
        var dead: [String] = []
        var seen = Set(start.filter { pages[$0] != nil })
        var queue = Array(seen)
        while let path = queue.popLast() {
            guard path.hasSuffix(".html") || path.hasSuffix(".xml"), let text = pages[path] else { continue }
            for link in links(of: text) {
                if pages[link] == nil { dead.append("\(path) -> \(link)") }
                if seen.insert(link).inserted { queue.append(link) }
            }
        }
        return dead
    }

    private func clean(_ site: LinkedSite) throws -> [String: [UInt8]] {
        let disk = try Disk(.memory)
        _ = publish(site.units, to: disk.output, in: disk.files)
        return try disk.tree()
    }

    private func folders(_ disk: Disk) throws -> [String] {
        var found: [String] = []
        func walk(_ relative: String) throws {
            for entry in try disk.files.list(disk.path("site" + relative)) where entry.kind == .directory {
                found.append(relative + "/" + entry.name)
                try walk(relative + "/" + entry.name)
            }
        }
        try walk("")
        return found
    }

    /// Stops a build at every change it makes to the disk; returns how many times.
    private func killEverywhere(
        _ kind: Disk.Kind, _ old: LinkedSite?, _ new: LinkedSite, then next: LinkedSite,
        recovers: Bool = false
    ) throws -> Int {
        let expected = try clean(next)
        let finished = try clean(new)
        let texts = Set([old, new].compactMap { $0 }.flatMap(\.files.values))
        let empty = try Disk(.memory)
        _ = publish(next.units, to: empty.output, in: empty.files)
        let expectedFolders = try folders(empty)
        for step in 0..<2000 {
            let disk = try Disk(kind, isFast: true)
            let state = old.flatMap { publish($0.units, to: disk.output, in: disk.files).state }
            let failing = FailingFileSystem(
                disk.files, after: step, with: .other("stopped"), recovers: recovers)
            let cut = publish(new.units, to: disk.output, in: failing, previous: state)
            let pages = served(disk, [old, new].compactMap { $0 })
            #expect(
                pages.values.allSatisfy { texts.contains($0) }, "step \(step)")
            // In memory there are no symbolic links: there, what cannot be reached yet may lead nowhere.
            let start = kind == .real ? Array(pages.keys) : ["index.html", "404.html", "sitemap.xml"]
            let dead = deadLinks(in: pages, from: start)
            #expect(dead.isEmpty, "step \(step): \(dead.prefix(3))")
            if !cut.diagnostics.hasErrors {
                #expect(try disk.tree() == finished, "step \(step)")
            }
            if !failing.hasFailed { return step }
            // The build after it is stopped as well, at another place; the third one is not.
            let again = FailingFileSystem(disk.files, after: (step * 7) % 60, with: .other("stopped"))
            _ = publish(next.units, to: disk.output, in: again, previous: state)
            let dead2 = deadLinks(
                in: served(disk, [old, new, next].compactMap { $0 }), from: ["index.html", "404.html"])
            #expect(dead2.isEmpty, "step \(step) again: \(dead2.prefix(3))")
            let last = publish(next.units, to: disk.output, in: disk.files, previous: state)
            #expect(last.rules == [], "step \(step)")
            #expect(try disk.tree() == expected, "step \(step)")
            #expect(try folders(disk) == expectedFolders, "step \(step)")
        }
        return 0
    }

    @Test(
        "Wherever a build is killed, every link leads somewhere, and the next build is as good as a clean one",
        arguments: Disk.Kind.allCases, LinkedSite.changes.indices)
    func killed(kind: Disk.Kind, change: Int) throws {
        let (old, new) = LinkedSite.changes[change]
        #expect(try killEverywhere(kind, old, new, then: new) > 10)
        #expect(try killEverywhere(kind, old, new, then: old ?? .large) > 10)
    }

    @Test(
        "Whatever one error there is, the build ends with an error or with the whole site",
        arguments: Disk.Kind.allCases, LinkedSite.changes.indices)
    func oneError(kind: Disk.Kind, change: Int) throws {
        let (old, new) = LinkedSite.changes[change]
        #expect(try killEverywhere(kind, old, new, then: new, recovers: true) > 10)
    }
}

@Suite struct RestoringTests {
    static let site: Site = [
        "a": ["a/index.html": "a", "a/x/index.html": "ax"], "b": ["b/index.html": "b"],
        "portal": ["index.html": "chooser", "404.html": "not found"],
    ]

    enum Harm: CaseIterable {
        case edited, sameSize, emptied, lost, folderLost, everythingLost, becameFolder
        case recordsLost, manifestLost, manifestCut, stateOfOther
    }

    /// As the command builds: what is as it was left is kept, everything else is made again.
    private func rebuild(_ disk: Disk, _ state: BuildState?) async -> Build {
        var diagnostics = Diagnostics()
        guard
            let publication = Publication.open(
                output: disk.output, apartFrom: [], previous: state, files: disk.files,
                reporting: &diagnostics)
        else { return Build(outcome: nil, diagnostics: diagnostics) }
        if await !publication.keepAll(Self.site.keys) {
            for (unit, pages) in Self.site where !publication.keep(unit) {
                for (path, text) in pages { publication.unit(unit).write(path, text, describing: path) }
            }
        }
        return Build(outcome: publication.commit(reporting: &diagnostics), diagnostics: diagnostics)
    }

    @Test(
        "A file of ours that was changed or lost is written again, and named",
        arguments: Harm.allCases, Disk.Kind.allCases)
    func restored(harm: Harm, kind: Disk.Kind) async throws {
        let disk = try Disk(kind)
        let first = publish(Self.site, to: disk.output, in: disk.files)
        let before = try disk.tree()
        var named: [String]
        func remove(_ path: String) throws { try disk.files.removeFile(disk.path("site/" + path)) }
        switch harm {
        case .edited:
            try disk.put("ax and more", at: "site/a/x/index.html")
            named = ["a/x/index.html"]
        case .sameSize:
            try disk.put("ay", at: "site/a/x/index.html")
            named = ["a/x/index.html"]
        case .emptied:
            try disk.put("", at: "site/404.html")
            named = ["404.html"]
        case .lost:
            try remove("404.html")
            named = ["404.html"]
        case .folderLost:
            try remove("a/x/index.html")
            try remove("a/index.html")
            for path in ["a/x", "a"] { _ = try disk.files.removeDirectoryIfEmpty(disk.path("site/" + path)) }
            named = ["a"]
        case .everythingLost:
            for path in try disk.pages().keys { try remove(path) }
            for path in ["a/x", "a", "b"] {
                _ = try disk.files.removeDirectoryIfEmpty(disk.path("site/" + path))
            }
            named = ["404.html", "a", "b", "index.html"]
        case .becameFolder:
            try remove("404.html")
            try disk.files.makeDirectory(disk.path("site/404.html"))
            named = ["404.html"]
        case .recordsLost:
            for path in ["manifest", "lock"] { try remove(".signpost/" + path) }
            _ = try disk.files.removeDirectoryIfEmpty(disk.path("site/.signpost"))
            named = [".signpost/manifest"]
        case .manifestLost:
            try remove(".signpost/manifest")
            named = [".signpost/manifest"]
        case .manifestCut:
            try disk.put("signpost man", at: "site/.signpost/manifest")
            named = [".signpost/manifest"]
        case .stateOfOther:
            // A site that was brought back from an older copy, with its own list of files.
            var old = Self.site
            old["a"] = ["a/index.html": "older", "a/gone/index.html": "gone"]
            _ = publish(old, to: disk.output, in: disk.files)
            named = []
        }
        let second = await rebuild(disk, first.state)
        #expect(Set(second.rules) == (named.isEmpty ? [] : ["RestoredOutput"]), "\(second.rules)")
        let places = second.diagnostics.sorted.compactMap(\.location?.file)
        #expect(places.sorted() == named.map { disk.path("site/" + $0) })
        #expect(!second.diagnostics.hasErrors && second.diagnostics.count(.warning) == 0)
        #expect(try disk.tree() == before)
        let third = await rebuild(disk, second.state)
        #expect(third.rules == [])
        #expect(third.outcome?.changedNothing == true)
    }

    @Test("Without its list of files, only what is as the last build left it counts as Signpost's")
    func strangersWithoutRecords() async throws {
        let disk = try Disk(.memory)
        let first = publish(Self.site, to: disk.output, in: disk.files)
        try disk.files.removeFile(disk.path("site/.signpost/manifest"))
        try disk.put("somebody's own", at: "site/index.html")
        try disk.put("mine", at: "site/notes.txt")
        let second = await rebuild(disk, first.state)
        #expect(second.outcome == nil)
        #expect(second.diagnostics.sorted.contains { $0.rule == "ForeignFile" })
        #expect(disk.text("site/index.html") == "somebody's own" && disk.text("site/notes.txt") == "mine")
        let other = try Disk(.memory)
        try other.put("somebody's own", at: "site/index.html")
        #expect(await rebuild(other, first.state).rules == ["OutputNotOurs"])
    }

    @Test("Many changed files are counted, not listed")
    func many() throws {
        let disk = try Disk(.memory)
        let pages = Dictionary(uniqueKeysWithValues: (0..<50).map { ("p\($0).html", "\($0)") })
        let first = publish(["u": pages], to: disk.output, in: disk.files)
        for path in pages.keys { try disk.put("changed", at: "site/" + path) }
        let second = publish(["u": pages], to: disk.output, in: disk.files, previous: first.state)
        #expect(second.rules.count == 21)
        #expect(second.diagnostics.sorted.contains { $0.message.hasPrefix("30 more files") })
        #expect(try disk.pages() == pages)
    }
}
