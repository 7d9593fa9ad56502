import Build
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
        _ diagnostics: Diagnostics, as format: DiagnosticFormat, files: some FileSystem, most: Int? = nil,
        limitsErrors: Bool = false, excused: [ExcusedDiagnostic]? = nil
    ) {
        let text = diagnostics.formatted(
            format,
            source: { path in
                // A spreadsheet, a document or UTF-16 has no lines that a terminal can show.
                guard let bytes = try? files.read(path), !bytes.contains(0) else { return nil }
                return String(decoding: bytes, as: UTF8.self).split(
                    omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            }, colour: allowsColour && format == .text, version: Signpost.version, most: most,
            limitsErrors: limitsErrors,
            rules: RuleRegister.all, excused: excused)
        if format == .text { writeError(text) } else { write(text) }
    }
}
