import Workspace

/// A rule whose problems a program can put right without a doubt about what was meant.
protocol FixableRule: Sendable {
    static var rule: Rule { get }
    /// Puts one problem right.
    ///
    /// - Parameters:
    ///   - lines: The file's lines without their ends; line 1 is at 0.
    ///   - range: Where the problem is.
    /// - Returns: Whether anything was changed.
    static func fix(_ lines: inout [String], at range: SourceRange) -> Bool
    /// The same, where pages beside the file decide what can be done.
    static func fix(_ lines: inout [String], at range: SourceRange, pages: KnownPages) -> Bool
}

extension FixableRule {
    static func fix(_ lines: inout [String], at range: SourceRange, pages: KnownPages) -> Bool {
        fix(&lines, at: range)
    }
}

/// The pages that a link of a file can lead to, by their paths from it.
package struct KnownPages: Sendable {
    private let isThere: @Sendable (String) -> Bool

    /// Every page there could be: of a text whose neighbours are not known.
    package init() { isThere = { _ in true } }

    package init(_ isThere: @escaping @Sendable (String) -> Bool) { self.isThere = isThere }

    func contains(_ path: String) -> Bool { isThere(path) }
}

/// What `check --fix` did to a file.
package struct Fixes: Sendable {
    package struct Change: Sendable {
        package var rule: String
        /// The first line that changed, from 1, as it was numbered before.
        package var line: Int
        package var before: String
        package var after: String
    }

    package var text: String
    package var changes: [Change]

    /// Names of the rules that can be fixed.
    package static let rules = Set(CheckRules.fixableRules.map { $0.rule.name })

    /// Puts right what can be, from the last line to the first, so that places stay true.
    package init(_ text: String, problems: [Diagnostic], pages: KnownPages = KnownPages()) {
        let ending = text.contains("\r\n") ? "\r\n" : "\n"
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        changes = []
        for problem in problems.sorted().reversed() {
            guard let range = problem.location?.range, lines.indices.contains(range.start.line - 1),
                let rule = CheckRules.fixableRules.first(where: { $0.rule.name == problem.rule })
            else { continue }
            let before = lines
            guard rule.fix(&lines, at: range, pages: pages) else { continue }
            let top = zip(before, lines).prefix { $0 == $1 }.count
            changes.append(
                Change(
                    rule: problem.rule, line: top + 1,
                    before: before.indices.contains(top) ? before[top] : "",
                    after: lines.indices.contains(top) ? lines[top] : ""))
        }
        changes.reverse()
        self.text = lines.joined(separator: ending)
    }
}

extension String {
    /// The scalars of some columns, from 1.
    func scalars(_ columns: Range<Int>) -> String {
        String(
            String.UnicodeScalarView(unicodeScalars.dropFirst(columns.lowerBound - 1).prefix(columns.count)))
    }

    /// The same with the scalars of some columns replaced.
    func replacingScalars(_ columns: Range<Int>, with text: String) -> String {
        String(String.UnicodeScalarView(unicodeScalars.prefix(columns.lowerBound - 1))) + text
            + String(String.UnicodeScalarView(unicodeScalars.dropFirst(columns.upperBound - 1)))
    }
}

extension SourceRange {
    /// The columns of a range within one line.
    var columns: Range<Int>? {
        start.line == end.line && start.column < end.column ? start.column..<end.column : nil
    }
}
