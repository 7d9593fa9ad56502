import Workspace

/// `colour: #6a1b9a` is a comment to YAML, and the value is empty.
struct ValueIsComment: SettingsRule {
    static let rule = Rule(
        "ValueIsComment", .warning,
        "YAML reads what follows a # as a comment, so the value is lost or cut short.",
        bad: "title: Plan ⟦#2", good: "title: \"Plan #2\"")

    static func problems(in file: SettingsText, _ context: LintContext) -> [Diagnostic] {
        file.settings.compactMap { setting in
            // A comment ends what stands in braces on its line: the setting with the braces tells of it.
            if setting.isWithinBraces { return nil }
            var quote: Character?
            var last: Character = " "
            for (offset, character) in setting.value.enumerated() {
                defer { last = character }
                if let open = quote {
                    if character == open { quote = nil }
                    continue
                }
                if (character == "\"" || character == "'"), offset == 0 || "[{, ".contains(last) {
                    quote = character
                }
                guard character == "#", last == " " else { continue }
                let comment = setting.value.dropFirst(offset + 1)
                // A comment has a space after its sign; a colour or a number has none.
                guard let first = comment.first, !first.isWhitespace, first != "#" else { return nil }
                let rest = setting.value.dropFirst(offset)
                return rule.diagnostic(
                    "YAML reads '\(rest)' as a comment, so '\(setting.key)' \(offset == 0 ? "is empty" : "is cut short")",
                    at: file.location(setting, from: offset),
                    help: "Write it in quotes: \"\(setting.value)\".")
            }
            return nil
        }
    }
}
