import Support
import Testing
import Workspace

@testable import Checks

/// The examples of the register are the fixtures of the rules: `⟦` stands where the problem must be found.
private let marked: [Rule] = CheckRules.all.filter { $0.bad.contains(Rule.mark) }

extension Rule: CustomTestStringConvertible {
    public var testDescription: String { name }
}

/// A page of Markdown, or facts of a council.
private func sample(_ rule: Rule, _ example: String) -> (files: [String: String], places: [SourcePosition]) {
    let isSetting = CheckRules.settingsRules.contains { $0.rule.name == rule.name }
    let lead = isSetting ? "name: A\nnation: england\nlanguages: [en]\nfacts:\n  " : ""
    var text = ""
    var places: [SourcePosition] = []
    var (line, column) = (1, 1)
    for character in lead + example + "\n" {
        if character == Rule.mark {
            places.append(SourcePosition(line: line, column: column))
            continue
        }
        text.append(character)
        if character == "\n" {
            (line, column) = (line + 1, 1)
        } else {
            column += character.unicodeScalars.count
        }
    }
    return ([isSetting ? LintSample.council : LintSample.page: text], places)
}

@Suite("Examples of rules")
struct RuleExampleTests {
    @Test("what a rule is said to find is found, where it is said to be", arguments: marked)
    func bad(_ rule: Rule) throws {
        let (files, places) = sample(rule, rule.bad)
        let found = try LintSample(files).problems(rule.name).compactMap { $0.location?.range?.start }
        #expect(found == places)
    }

    @Test("what is said to be right is left alone", arguments: marked)
    func good(_ rule: Rule) throws {
        let (files, _) = sample(rule, rule.good)
        #expect(try LintSample(files).problems(rule.name).isEmpty)
    }

    @Test("every rule that reads text has an example with a place")
    func complete() {
        let readers =
            CheckRules.textRules.map { $0.rule } + CheckRules.proseRules.map { $0.rule }
            + CheckRules.settingsRules.map { $0.rule }
        for rule in readers { #expect(rule.bad.contains(Rule.mark), "\(rule.name)") }
    }
}
