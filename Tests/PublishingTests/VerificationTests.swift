import Foundation
import Testing
import Workspace

@testable import Publishing

@Suite struct VerificationTests {
    static let site: Site = ["u": ["index.html": "home", "a/index.html": "a", "a/b/c.css": "c"]]

    private func verify(_ disk: Disk) -> [String] {
        var diagnostics = Diagnostics()
        _ = Verification.run(disk.output, in: disk.files, reporting: &diagnostics)
        return diagnostics.sorted.map {
            "\($0.rule) \($0.location?.file.dropFirst(disk.output.utf8.count + 1) ?? "")"
        }
    }

    @Test("A site that is as it was written has nothing to tell", arguments: Disk.Kind.allCases)
    func sound(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        _ = publish(Self.site, to: disk.output, in: disk.files)
        try disk.put("", at: "site/.gitkeep")
        #expect(verify(disk) == [])
    }

    @Test("What was altered, added and lost is named", arguments: Disk.Kind.allCases)
    func changed(kind: Disk.Kind) throws {
        let disk = try Disk(kind)
        _ = publish(Self.site, to: disk.output, in: disk.files)
        try disk.put("hime", at: "site/index.html")
        try disk.files.removeFile(disk.path("site/a/index.html"))
        try disk.put("x", at: "site/a/b/new.js")
        try disk.put("x", at: "site/a/.gitkeep")
        #expect(
            verify(disk) == [
                "AddedFile a/.gitkeep", "AddedFile a/b/new.js", "LostFile a/index.html",
                "AlteredFile index.html",
            ])
    }

    @Test("A link in place of a file is told, and never followed")
    func linked() throws {
        let disk = try Disk(.real)
        _ = publish(Self.site, to: disk.output, in: disk.files)
        try disk.put("home", at: "elsewhere")
        try disk.files.removeFile(disk.path("site/index.html"))
        try disk.files.makeSymbolicLink(disk.path("site/index.html"), to: "../elsewhere")
        #expect(verify(disk) == ["AlteredFile index.html"])
    }

    @Test("A folder without a list, with a damaged one, or of a stopped build is told")
    func records() throws {
        let disk = try Disk(.memory)
        try disk.put("x", at: "site/index.html")
        #expect(verify(disk) == ["NoManifest .signpost/manifest"])
        try disk.put("x", at: "site/.signpost/manifest")
        #expect(verify(disk) == ["CorruptManifest .signpost/manifest"])
        let other = try Disk(.memory)
        _ = publish(Self.site, to: other.output, in: other.files)
        try other.put("x", at: "site/.signpost/pending")
        #expect(verify(other) == ["UnfinishedBuild "])
    }

    /// What is wrong with a mirror that holds these lines.
    private func compare(_ list: String) throws -> [String] {
        let disk = try Disk(.memory)
        _ = publish(Self.site, to: disk.output, in: disk.files)
        try disk.put(list, at: "held.txt")
        var diagnostics = Diagnostics()
        _ = Mirror.compare(disk.output, with: disk.path("held.txt"), in: disk.files, reporting: &diagnostics)
        return diagnostics.sorted.map {
            let path = $0.location?.file.dropFirst(disk.root.utf8.count + 1) ?? ""
            return "\($0.rule) \(path) \($0.location?.range?.start.line ?? 0)"
        }
    }

    @Test(
        "A list of what a mirror holds is understood in the ways it can come",
        arguments: [
            "index.html\na/index.html\na/b/c.css\n",
            "./index.html\r\n./a/index.html\r\n./a/b/c.css\r\n./.signpost/manifest\r\n./.gitkeep",
            "/srv/www/help/index.html\n/srv/www/help/a/index.html\n/srv/www/help/a/b/c.css",
            "# of Tuesday\nhttps://m.example\n\nhttps://m.example/a/\nhttps://m.example/a/b/c.css",
            "https://m.example/x%20y/help/\nhttps://M.example/x y/help/a/?v=1#top\nhttp://m.example/x%20y/help/a/b/c.css",
        ])
    func mirrorHoldsAll(list: String) throws {
        #expect(try compare(list) == [])
    }

    @Test("What a mirror lacks and has too much is named")
    func mirrorDiffers() throws {
        #expect(
            try compare(
                "https://m.example/help/\nhttps://m.example/help/old/\nhttps://m.example/help/a/b/c.css\n")
                == ["StrayAddress held.txt 2", "NotOnMirror site/a/index.html 0"])
        // Another host, and what lies beside the site.
        #expect(
            try compare(
                "https://m.example/help/\nhttps://n.example/help/a/\nhttps://m.example/a/b/c.css\nhttps://m.example/help/a/b/c.css"
            )
                == [
                    "StrayAddress held.txt 2", "StrayAddress held.txt 3", "NotOnMirror site/a/index.html 0",
                ])
        #expect(try compare("").count == 3)
        #expect(try compare("\u{0}").first == "NulByte held.txt 1")
    }

    @Test("What a mirror should hold are the files by their whole names, and a site's list says which")
    func mirrorShouldHold() throws {
        let disk = try Disk(.memory)
        _ = publish(["u": ["index.html": "home", "a b/ü.pdf": "x"]], to: disk.output, in: disk.files)
        var diagnostics = Diagnostics()
        let base = "https://m.example/help"
        let addresses = Mirror.addresses(
            of: disk.output, below: base, in: disk.files, reporting: &diagnostics)
        #expect(addresses == [base + "/a%20b/%C3%BC.pdf", base + "/index.html"])
        #expect(Mirror.addresses(of: disk.root, below: base, in: disk.files, reporting: &diagnostics) == nil)
        #expect(diagnostics.sorted.map(\.rule) == ["NoManifest"])
    }
}
