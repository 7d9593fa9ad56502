import Translations
import Workspace

/// Files that look like content and that nobody reads.
struct UnreadFile: FolderRule {
    static let rule = Rule(
        "UnreadFile", .warning, "A file looks like guidance or settings, and is not read.",
        bad: "guidance/rights.docx", good: "guidance/rights.md")

    static func problems(in paths: [String], root: String) -> [Diagnostic] {
        let isPortal = paths.contains("portal.yml")
        return paths.compactMap { path in
            let name = path.split(separator: "/").last.map(String.init) ?? path
            guard let dot = name.lastIndex(of: ".") else { return nil }
            let ending = String(name[dot...])
            let help: String
            switch ending {
            case ".txt" where path.hasPrefix("search/"):
                // The search reads what families ask and have asked.
                if isOfSearch(name) { return nil }
                help =
                    "The search reads topics-en.txt, topics-en.guidance.txt and asked-en.txt, each with the tag of its language."
            case ".docx", ".doc", ".odt", ".rtf", ".pages":
                help =
                    ending == ".docx"
                    ? "Make pages of it: 'signpost import \(name) --council …'."
                    : "Save it as .docx, and make pages of it: 'signpost import \(name[..<dot]).docx --council …'."
            case ".txt", ".markdown", ".mdown", ".mkd", ".MD", ".Md", ".mdx":
                help = "Rename it to end with .md, if it is guidance."
            // In a folder that is no portal it is read as Markdown.
            case ".erb" where !isPortal && name.hasSuffix(".md.erb"): return nil
            case ".erb", ".liquid", ".njk", ".j2", ".jinja", ".Rmd", ".qmd", ".livemd":
                help =
                    "It is a template of another program. Save its text as Markdown, in a file that ends with .md alone."
            case ".htm", ".html", ".xhtml": help = "Make pages of it: 'signpost import \(name) --council …'."
            case ".rst", ".adoc", ".asciidoc", ".textile", ".org", ".wiki",
                ".epub":
                help = "Save its text as Markdown: 'pandoc \(name) -o \(name[..<dot]).md'."
            case ".yaml", ".YML", ".YAML": help = "Rename it to end with .yml."
            case ".po" where name.contains("_"): help = "Name it by the language's tag, such as pl.po."
            case ".heic", ".HEIC", ".tiff", ".bmp":
                help = "Save the picture as PNG, JPEG or SVG: browsers cannot show it."
            case ".orig", ".rej", ".bak", ".swp", ".tmp":
                help = "A program left it. Delete it when you need nothing of it."
            case ".xliff", ".xlf", ".xlsx",
                ".csv" where path.hasPrefix("translations/"):
                help =
                    "Bring it in with 'signpost translations import \(name)'; only .po files are read here."
            case ".md" where isPortal:
                return misplaced(path).map { help in
                    rule.diagnostic(
                        "nothing is read from here", at: SourceLocation(file: joinPath(root, path)),
                        help: help)
                }
            default: return nil
            }
            return rule.diagnostic(
                "'\(ending)' files are not read here", at: SourceLocation(file: joinPath(root, path)),
                help: help)
        }
    }

    /// Where a page of a portal should stand instead; nil where it is read.
    private static func misplaced(_ path: String) -> String? {
        let parts = path.split(separator: "/")
        guard let folder = parts.first else { return nil }
        if parts.count == 1 {
            return path.lowercased() == "readme.md"
                ? nil : "Move it to guidance/, or to the folder of a council, if families are to read it."
        }
        if folder == "councils", parts.count == 2 { return "Move it to the folder of a council." }
        guard !known.contains(String(folder)), !folder.hasPrefix("_"), !folder.hasPrefix(".") else {
            return nil
        }
        return didYouMean(
            String(folder), among: known.sorted(), otherwise: "Pages stand in guidance/ and councils/.")
    }

    /// The folders of a portal.
    private static let known: Set<String> = [
        "guidance", "councils", "leaflets", "translations", "search", "checks", "pictures",
    ]

    /// `asked-pl.txt`, `topics-pl.txt` or `topics-en.guidance.txt`.
    private static func isOfSearch(_ name: String) -> Bool {
        for (start, end) in [("asked-", ".txt"), ("topics-", ".guidance.txt"), ("topics-", ".txt")] {
            if name.hasPrefix(start), name.hasSuffix(end) {
                return Language(tag: String(name.dropFirst(start.count).dropLast(end.count))) != nil
            }
        }
        return false
    }
}
