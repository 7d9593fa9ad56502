import Workspace

/// Tells which problems of a build are new, so that each is said once while somebody writes.
package struct ProblemHistory: Sendable {
    /// What makes a problem the same one after lines were added above it.
    private struct Key: Hashable {
        var rule: String
        var severity: Diagnostic.Severity
        var file: String?
        var message: String

        init(_ problem: Diagnostic) {
            rule = problem.rule
            severity = problem.severity
            file = problem.location?.file
            message = problem.message
        }
    }

    package struct Change: Sendable {
        package var new = Diagnostics()
        /// How many problems there were that there are no more.
        package var mended = 0
        /// How many have been said before.
        package var known = 0
    }

    /// Of the last build that found all there is.
    private var whole: [Key: Int] = [:]
    /// Of the last build.
    private var last: [Key: Int] = [:]

    package init() {}

    /// - Parameter isWhole: Whether the build went to its end. One that stopped at an error has not looked for all that
    ///   was known before, so nothing counts as mended, and nothing of it is new once more when the error is mended.
    package mutating func take(_ problems: Diagnostics, isWhole: Bool) -> Change {
        var change = Change()
        var unsaid = whole.merging(last, uniquingKeysWith: max)
        let before = unsaid.values.reduce(0, +)
        last = [:]
        for problem in problems.sorted {
            let key = Key(problem)
            last[key, default: 0] += 1
            if let left = unsaid[key], left > 0 {
                unsaid[key] = left - 1
                change.known += 1
            } else {
                change.new.add(problem)
            }
        }
        if isWhole {
            change.mended = before - change.known
            whole = last
        }
        return change
    }
}
