import Workspace

/// Announcements of a day that has passed.
struct DayGoneBy: ProseRule {
    static let rule = Rule(
        "DayGoneBy", .warning, "The page announces something for a day that has gone by.",
        bad: "The office will move on ⟦1 April 2019.", good: "The office moved on 1 April 2019.")

    private static let coming: Set<String> = [
        "will", "until", "shall", "next", "upcoming", "forthcoming", "soon", "planned", "postponed",
        "expected", "closing", "deadline", "must", "apply", "register", "book", "join", "come", "reply",
        "submit",
        "closes", "opens", "starts", "begins", "return", "returned", "submitted", "sent",
    ]
    /// A date of something that goes on or is over, or of a law.
    private static let going: Set<String> = [
        "since", "was", "were", "ended", "replaced", "had", "no", "did", "became", "been", "if", "born",
        "made",
        "applied", "began", "started",
    ]

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        WrittenDate.all(in: prose).compactMap { written in
            guard let date = written.date, date.adding(months: 0) < context.today else { return nil }
            let sentence = prose.words[prose.sentence(of: written.words.lowerBound)].map(\.text)
            guard sentence.contains(where: coming.contains), !sentence.contains(where: going.contains) else {
                return nil
            }
            return Finding(
                rule, "\(date) has gone by, and this sentence still announces it", prose.range(written.words),
                help: "Say what is so now, or take it out.")
        }
    }
}
