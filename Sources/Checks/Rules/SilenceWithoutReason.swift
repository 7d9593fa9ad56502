import Workspace

/// What keeps a rule quiet must say why.
enum SilenceWithoutReason {
    static let rule = Rule(
        "SilenceWithoutReason", .warning,
        "A block asks a rule to leave it alone, or the portal turns off what a site must not have, and nobody says why; so it does not count.",
        bad: "Write TBC in the box. {ignore=EditorsNote}",
        good: "Write TBC in the box. {ignore=EditorsNote because=\"families are told to write it\"}")
}
