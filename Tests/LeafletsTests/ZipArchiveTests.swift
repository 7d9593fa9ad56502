import Foundation
import Testing
import Workspace

@testable import Leaflets

@Suite struct ZipArchiveTests {
    @Test(arguments: [("123456789", UInt32(0xCBF4_3926)), ("", 0), ("a", 0xE8B7_BE43)])
    func sumsAsTheStandardSays(text: String, sum: UInt32) {
        #expect(CRC32.checksum(of: Array(text.utf8)) == sum)
    }

    @Test func theSameFilesGiveTheSameBytesInAnyOrder() throws {
        var first = ZipArchive()
        try first.add("a/one.pdf", [1, 2, 3])
        try first.add("b/two.pdf", [])
        var second = ZipArchive()
        try second.add("b/two.pdf", [])
        try second.add("a/one.pdf", [1, 2, 3])
        #expect(try first.bytes() == second.bytes())
    }

    @Test(arguments: ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "a\\b", "c:x", "a\nb"])
    func refusesNamesThatUnpackElsewhere(name: String) {
        var archive = ZipArchive()
        #expect(throws: ZipArchive.Problem.unusableName(name)) { try archive.add(name, [1]) }
        #expect(archive.isEmpty)
    }

    @Test func aCouncilWhoseLeafletsDoNotFitIsAProblemWithAWayOut() {
        let problem = Diagnostic.cannotArchive("kent", ZipArchive.Problem.sameName("a.pdf"))
        #expect(problem.rule == "CannotArchive")
        #expect(problem.message.contains("kent") && problem.help?.contains("--language") == true)
    }

    @Test func refusesANameTwice() throws {
        var archive = ZipArchive()
        try archive.add("a", [1])
        #expect(throws: ZipArchive.Problem.sameName("a")) { try archive.add("a", [2]) }
    }

    /// Another program reads what was written: names, bytes, checksums, times.
    @Test func pythonReadsTheArchive() throws {
        var archive = ZipArchive()
        var wanted: [String: [UInt8]] = ["empty": [], "pl/przewodnik–żółw.pdf": Array("words".utf8)]
        wanted["指南/large.bin"] = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        for (name, bytes) in wanted { try archive.add(name, bytes) }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("zip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("archive.zip").path
        try LocalFileSystem().write(archive.bytes(), to: path)
        let script = """
            import sys, zipfile, json
            archive = zipfile.ZipFile(sys.argv[1])
            assert archive.testzip() is None
            assert all(i.date_time == (1980, 1, 1, 0, 0, 0) for i in archive.infolist())
            assert all(i.external_attr >> 16 == 0o100644 for i in archive.infolist())
            print(json.dumps({i.filename: archive.read(i).hex() for i in archive.infolist()}))
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let read = try JSONDecoder().decode([String: String].self, from: output)
        let hex = wanted.mapValues { bytes in
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        #expect(read == hex)
    }
}
