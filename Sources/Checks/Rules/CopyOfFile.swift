import Workspace

/// Copies that a computer makes are published as pages.
struct CopyOfFile: FolderRule {
    static let rule = Rule(
        "CopyOfFile", .warning,
        "A file looks like a copy that was made by mistake, and is published as a page.",
        bad: "guidance/rights (1).md", good: "guidance/rights.md")

    private static let signs = [
        " - copy", "copy of ", " copy.", "_old.", "-old.", " old.", ".bak.", " (copy", "-backup.", "_backup.",
        "_final",
        " final.", "-final.", "~.", "_copy.", "-draft.", "_draft.", " draft.", "-v2.", "_v2.", " v2.", "_v1.",
        "-copy.",
    ]

    static func problems(in paths: [String], root: String) -> [Diagnostic] {
        paths.compactMap { path in
            guard path.hasSuffix(".md") || path.hasSuffix(".markdown") else { return nil }
            let name = (path.split(separator: "/").last.map(String.init) ?? path).lowercased()
            let isNumbered =
                name.hasSuffix(").md") && name.dropLast(4).last?.isNumber ?? false
                && name.contains(" (") && name.split(separator: "(").last?.count ?? 9 <= 5
            // "rights copy 2.md", "rights_v3.md".
            let stem = name.prefix { $0 != "." }
            let bare = stem.reversed().drop { $0.isNumber || $0 == " " }
            let isCounted =
                bare.count < stem.count
                && ["ypoc ", "ypoc-", "ypoc_"].contains { String(bare).hasPrefix($0) }
            guard isNumbered || isCounted || signs.contains(where: name.contains) || name == "readme.md"
            else {
                return nil
            }
            return rule.diagnostic(
                name == "readme.md"
                    ? "this looks like a note about the folder, and is published as a page"
                    : "this looks like a copy or a draft, and is published as a page",
                at: SourceLocation(file: joinPath(root, path)),
                help: "Remove it, move it out of the content folder, or give it the name of a page.")
        }
    }
}
