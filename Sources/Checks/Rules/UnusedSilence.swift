import Workspace

/// A silence that keeps nothing quiet hides what comes later.
enum UnusedSilence {
    static let rule = Rule(
        "UnusedSilence", .warning,
        "A block or a setting asks a rule to leave something alone, and the rule has nothing to say there.",
        bad: "Write it in the box. {ignore=EditorsNote because=\"…\"}", good: "Write it in the box.")
}
