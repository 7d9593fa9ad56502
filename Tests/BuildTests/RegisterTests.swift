import Foundation
import Support
import Testing
import Workspace

@testable import Build
@testable import Checks

/// Holds the register against what the code reports and what the tests try.
@Suite("The register of rules")
struct RegisterTests {
    private static func texts(_ folder: String, _ endings: [String]) -> [(path: String, text: String)] {
        let root = Repository.root + "/" + folder
        let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return names.sorted().filter { name in endings.contains { name.hasSuffix($0) } }.compactMap { name in
            (try? String(contentsOfFile: root + "/" + name, encoding: .utf8)).map { (name, $0) }
        }
    }

    private static let sources = texts("Sources", [".swift"])

    private static let listed = Set(RuleRegister.names)

    /// Names that stand where a problem is made.
    private static let reported: Set<String> = {
        var names: Set<String> = []
        for (path, text) in sources where !path.hasSuffix("Rules.swift") {
            for match in text.matches(
                of: /(?:\.(?:error|warning)\(|Diagnostic\(\s*\.?\w+,|report\(|fail\()\s*"([A-Z][A-Za-z0-9]+)"/
            ) {
                names.insert(String(match.1))
            }
            for match in text.matches(of: /static let (?:rule|name|[a-z]+Rule) = "([A-Z][A-Za-z]+)"/) {
                names.insert(String(match.1))
            }
            for match in text.matches(of: /\? "([A-Z][a-z]+[A-Z][A-Za-z]+)" : "([A-Z][a-z]+[A-Z][A-Za-z]+)"/)
            {
                names.formUnion([String(match.1), String(match.2)])
            }
            // A rule of its own file, which says what it finds through `rule`.
            for match in text.matches(of: /static let rule = Rule\(\s*"([A-Z][A-Za-z]+)"/) {
                names.insert(String(match.1))
            }
        }
        // The rules of catalogues stand in files that end as the lists do.
        for (path, text) in sources where path.hasPrefix("Translations/Checks/") {
            for match in text.matches(of: /static let name = "([A-Z][A-Za-z]+)"/) {
                names.insert(String(match.1))
            }
        }
        return names
    }()

    @Test("every rule that is reported is listed, and every rule that is listed is reported")
    func complete() {
        #expect(Self.reported.subtracting(Self.listed).sorted() == [])
        #expect(Self.listed.subtracting(Self.reported).sorted() == [])
    }

    @Test("no rule is listed twice, and all say something")
    func sound() {
        #expect(RuleRegister.names.count == Self.listed.count)
        for rule in RuleRegister.all {
            #expect(rule.summary.hasSuffix("."), "\(rule.name)")
            #expect(!rule.bad.isEmpty && !rule.good.isEmpty && rule.badText != rule.good, "\(rule.name)")
        }
    }

    @Test("every rule is named in a test, or its example is one")
    func tested() {
        // An example with its place marked is run by RuleExampleTests.
        let examples = Set(CheckRules.all.filter { $0.bad.contains(Rule.mark) }.map(\.name))
        let tests = Self.texts("Tests", [".swift", ".py"]).map(\.text).joined()
        let words = Set(tests.split { !$0.isLetter && !$0.isNumber })
        let untested = Self.listed.subtracting(examples).filter { !words.contains(Substring($0)) }
        #expect(untested.sorted() == [])
    }

    @Test("docs/rules.md says what the register says")
    func documented() throws {
        let path = Repository.root + "/docs/rules.md"
        let written = try String(contentsOfFile: path, encoding: .utf8)
        #expect(
            written == RuleText.list(RuleRegister.all, as: .markdown),
            "signpost check --rules --format markdown > docs/rules.md")
    }

    @Test("what keeps a site from being published is a rule")
    func strict() {
        #expect(CheckRules.requiredToPublish.subtracting(Self.listed).isEmpty)
    }
}
