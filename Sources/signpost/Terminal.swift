import Foundation
import Workspace

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What is written to the terminal: problems, tables, progress.
struct Terminal: Sendable {
    let isInteractive: Bool
    let allowsColour: Bool

    static func current() -> Terminal {
        let interactive = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
        return Terminal(
            isInteractive: interactive,
            allowsColour: interactive && ProcessInfo.processInfo.environment["NO_COLOR"] == nil)
    }

    func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    func writeError(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }

    /// Problems: for people on standard error, for programs on standard output.
    func report(
        _ diagnostics: Diagnostics, as format: DiagnosticFormat, files: some FileSystem, most: Int? = nil
    ) {
        let text = diagnostics.formatted(
            format,
            source: { path in
                guard let bytes = try? files.read(path) else { return nil }
                return String(decoding: bytes, as: UTF8.self).split(
                    omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            }, colour: allowsColour && format == .text, version: Signpost.version, most: most,
            rules: RuleRegister.all)
        if format == .text { writeError(text) } else { write(text) }
    }
}

/// Columns of text, padded to the widest entry of each.
struct TextTable {
    private var rows: [[String]] = []

    mutating func add(_ cells: String...) {
        rows.append(cells.map { HiddenCharacters.shown($0).replacing("\n", with: " ") })
    }

    func text(indent: String = "") -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].unicodeScalars.count : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = indent
            for (column, cell) in row.enumerated() {
                line += cell
                if column < row.count - 1 {
                    line += String(repeating: " ", count: widths[column] - cell.unicodeScalars.count + 2)
                }
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
