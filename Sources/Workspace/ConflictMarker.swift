/// What version control leaves in a file when two people changed the same lines.
///
/// Markdown would publish the marker as a quotation or a heading, and both versions of the text.
package enum ConflictMarker {
    /// An error for each stretch of a file that holds two versions.
    ///
    /// - Parameter offset: How many lines of the file stand above the text.
    package static func report(
        in source: SourceText, below offset: Int = 0, to diagnostics: inout Diagnostics
    ) {
        let bytes = source.bytes
        var line = 1
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            if isMarker(bytes[start..<end]) {
                diagnostics.add(
                    .error(
                        "ConflictMarker", "version control left two versions of the text here",
                        at: source.location(SourceRange(line: line + offset, column: 1, length: 7)),
                        help: "Keep one of the two versions, and delete the lines of <, = and >."))
            }
            line += 1
            start = end + 1
        }
    }

    /// `<<<<<<< name` or `>>>>>>> name`: git's, seven signs and a space; the lines of `=` alone may be a heading's.
    private static func isMarker(_ line: ArraySlice<UInt8>) -> Bool {
        guard let sign = line.first, sign == UInt8(ascii: "<") || sign == UInt8(ascii: ">"), line.count > 7
        else { return false }
        return line.prefix(7).allSatisfy { $0 == sign } && line[line.startIndex + 7] == 0x20
    }
}
