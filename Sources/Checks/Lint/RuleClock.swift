import Synchronization
import Workspace

/// How long each rule takes, over all files and editions.
///
/// Editions are read side by side, so the sum is processor time, and may be more than the time that passes.
package final class RuleClock: Sendable {
    private let spent = Mutex<[String: Duration]>([:])

    package init() {}

    /// What each rule took, the longest first.
    package var times: [(rule: String, time: Duration)] {
        spent.withLock { $0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { (rule: $0.key, time: $0.value) }
    }

    func add(_ time: Duration, to rule: Rule) {
        spent.withLock { $0[rule.name, default: .zero] += time }
    }
}

extension LintContext {
    /// Does a rule's work, with a look at the clock where there is one.
    func timed<Result>(_ rule: Rule, _ work: () -> Result) -> Result {
        guard let clock else { return work() }
        let start = ContinuousClock.now
        defer { clock.add(ContinuousClock.now - start, to: rule) }
        return work()
    }
}
