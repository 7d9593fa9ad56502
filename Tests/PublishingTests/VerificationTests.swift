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
}
