import Foundation
import Harnesses
import Support
import Testing

/// A short part of what `make fuzz` does for hours: the same in every run.
@Suite("Readers of foreign text never trap, hang or lose anything")
struct HarnessTests {
    @Test("what was found once", arguments: Harness.allCases)
    func regressions(of harness: Harness) throws {
        for file in try files(in: "Tests/Fuzz/Regressions/\(harness.rawValue)") {
            #expect(throws: Never.self, "\(file)") {
                try harness.run(Array(Data(contentsOf: URL(fileURLWithPath: file))))
            }
        }
    }

    @Test("the example with some bytes changed", arguments: Harness.allCases)
    func mutations(of harness: Harness) throws {
        var generator = SeededGenerator(seed: 14)
        let seeds = try seeds(of: harness)
        #expect(!seeds.isEmpty)
        for round in 0..<(harness == .portal ? 40 : 400) {
            var bytes = try #require(seeds.randomElement(using: &generator))
            for _ in 0...Int.random(in: 0...8, using: &generator) { mutate(&bytes, &generator) }
            #expect(throws: Never.self, "round \(round) of \(harness.rawValue)") { try harness.run(bytes) }
        }
    }

    /// Files of the example that a harness reads, and its small inputs, cut to what a test can afford.
    private func seeds(of harness: Harness) throws -> [[UInt8]] {
        let folder =
            switch harness {
            case .markdown, .portal: "content/guidance"
            case .catalogue: "content/translations"
            case .settings: "content/councils/southwark"
            case .vocabulary: "themes/default/search"
            case .leaflet: "content/leaflets"
            case .template: "themes/default/templates"
            case .message, .plurals, .request: "Tests/Fuzz/Seeds/\(harness.rawValue)"
            }
        return try files(in: folder).map { path in
            let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)).prefix(6000))
            // Two files, the portal's and the council's, with a zero between them.
            return path.hasSuffix("council.yml")
                ? Array("name: P\nbase-url: https://p.example\n\0".utf8) + bytes : bytes
        }
    }

    private func files(in folder: String) throws -> [String] {
        let path = Repository.root + "/" + folder
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted().map { path + "/" + $0 }
            .filter {
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder)
                    && !isFolder.boolValue
            }
    }

    /// One change as they happen: a byte, a bit, a piece doubled, moved, lost, or a sign that means something.
    private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        let signs = [
            "{{", "}}", "---\n", "[", "](", "\"", "\n\n", "#", "{#", "\u{202E}", "\r\n", ":", "\t", "%00",
            "|", "\0",
        ]
        guard !bytes.isEmpty else {
            bytes = Array((signs.randomElement(using: &generator) ?? "").utf8)
            return
        }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
        switch Int.random(in: 0...5, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
        case 2:
            bytes.insert(
                contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &generator))
        case 3: bytes.removeSubrange(place..<end)
        case 4:
            bytes.insert(contentsOf: Array((signs.randomElement(using: &generator) ?? "").utf8), at: place)
        default: bytes.removeSubrange(end...)
        }
    }
}
