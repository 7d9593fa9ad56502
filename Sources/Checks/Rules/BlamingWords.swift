import Workspace

/// Words of files about parents, from `checks/`.
struct BlamingWords: PhraseRule {
    static let rule = Rule(
        "BlamingWords", .warning, "Words of professionals' files blame the parent who reads them.",
        bad: "Parents who ⟦fail to engage are asked again.", good: "If you do not come, we ask you again.")

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        // Who puts them in quotation marks speaks of the words: "do not write 'manipulative'".
        listed(in: prose, context).filter { finding in
            guard let range = finding.range, range.lowerBound > 0, range.upperBound < prose.scalars.count
            else {
                return true
            }
            let marks = "\"'‘’“”".unicodeScalars
            return
                !(marks.contains(prose.scalars[range.lowerBound - 1])
                && marks.contains(prose.scalars[range.upperBound]))
        }
    }

    static func message(_ found: String) -> String { "'\(found)' blames the parent who reads it" }
}
