import Workspace

/// Which documents a council has brought in, so that nothing comes twice when its pages were changed since.
///
/// One line for each, which merges well: the fingerprint of the document, the day, its name, what it became.
struct ImportRecord: Sendable {
    /// Below the council's folder, where no page is made of anything.
    static let path = "from-documents/imported.tsv"

    struct Entry: Sendable {
        var day: String
        var name: String
        /// Below the council's folder.
        var pages: [String]
    }

    private static let head =
        "# What 'signpost import' has brought in. Without a line here, its document comes once more.\n"
    private var lines: [String]
    private var entries: [String: Entry] = [:]

    init(_ text: String) {
        lines = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.hasPrefix("#") }
        for line in lines {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 4 else { continue }
            entries[fields[0]] = Entry(
                day: fields[1], name: fields[2], pages: fields[3].split(separator: ",").map(String.init))
        }
    }

    func entry(_ hash: String) -> Entry? { entries[hash] }

    mutating func add(_ hash: String, _ name: String, on day: String, pages: [String]) {
        lines.removeAll { $0.hasPrefix(hash + "\t") }
        let plain = name.split { $0 == "\t" || $0.isNewline }.joined(separator: " ")
        lines.append([hash, day, plain, pages.joined(separator: ",")].joined(separator: "\t"))
    }

    var text: String { Self.head + lines.map { $0 + "\n" }.joined() }
}
