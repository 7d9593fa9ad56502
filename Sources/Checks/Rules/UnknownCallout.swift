import Markdown
import Workspace

/// A callout of a kind that is not there, which the parser reports: the mark becomes that of the nearest kind.
struct UnknownCallout: FixableRule {
    static let rule = Rule("UnknownCallout", .warning, "", bad: "", good: "")

    static func fix(_ lines: inout [String], at range: SourceRange) -> Bool {
        guard let columns = range.columns else { return false }
        let line = lines[range.start.line - 1]
        let name = line.scalars(columns).trimmingPrefix("[!").prefix { $0 != "]" }
        guard !name.isEmpty else { return false }
        lines[range.start.line - 1] = line.replacingScalars(
            columns, with: "[!\(Callout.nearest(to: String(name)).rawValue.uppercased())]")
        return true
    }
}
