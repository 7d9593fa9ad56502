import Workspace

/// `name: “Kent County Council”`: to YAML only straight quotation marks are none of the text.
struct QuotesAroundValue: SettingsRule {
    static let rule = Rule(
        "QuotesAroundValue", .warning,
        "Curly quotation marks stand around a value, as a word processor makes them: readers see them.",
        bad: "title: ⟦“Your plan”", good: "title: Your plan")

    private static let pairs: [Character: Set<Character>] = [
        "“": ["”", "“"], "”": ["”"], "„": ["“", "”"], "‘": ["’", "‘"], "’": ["’"], "«": ["»"],
    ]

    static func problems(in file: SettingsText, _ context: LintContext) -> [Diagnostic] {
        file.settings.compactMap { setting in
            var value = setting.value
            if let comment = value.firstRange(of: " #") { value = value[..<comment.lowerBound] }
            while value.last?.isWhitespace ?? false { value.removeLast() }
            guard value.count > 1, let first = value.first, let last = value.last,
                let closing = pairs[first], closing.contains(last)
            else { return nil }
            let inner = value.dropFirst().dropLast()
            // Quoted words at both ends are the text's own.
            guard
                !inner.contains(where: {
                    closing.contains($0) && !"’‘".contains($0) || pairs[$0] != nil && !"’‘".contains($0)
                })
            else { return nil }
            return rule.diagnostic(
                "these quotation marks are a part of '\(setting.key)', and readers see them",
                at: file.location(setting, from: 0, length: value.unicodeScalars.count),
                help: "Write '\(setting.key): \(inner)', or use straight quotation marks: \"\(inner)\".")
        }
    }
}
