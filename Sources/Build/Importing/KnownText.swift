import Checks
import Guidance
import Markdown
import Workspace

/// The words of what a council has already, by which it is found that a document was brought in before.
struct KnownText: Sendable {
    struct Entry: Hashable, Sendable {
        /// Of the section; empty for what stands before the first.
        var heading: String
        var words: String
        /// The page's address, and the file.
        var path: String
        var file: String
        var title: String
    }

    private(set) var entries: [Entry] = []

    /// Reads a file as it is written: what was brought in and not changed since has the same words.
    mutating func add(_ markdown: String, path: String, file: String) {
        var lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)[...]
        if lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") {
            lines = lines[(end + 1)...]
        }
        var title = ""
        var heading = ""
        var text = ""
        var isCode = false
        func entry() -> Entry {
            Entry(heading: heading, words: Self.words(text), path: path, file: file, title: title)
        }
        for line in lines {
            if line.hasPrefix("```") { isCode.toggle() }
            if !isCode, line.hasPrefix("# "), title.isEmpty {
                title = Self.words(String(line.dropFirst(2)))
            } else if !isCode, line.hasPrefix("## ") {
                entries.append(entry())
                heading = Self.words(String(line.dropFirst(3)))
                text = ""
            } else {
                text += line + "\n"
            }
        }
        entries.append(entry())
    }

    /// What people read of Markdown: no signs, addresses, ids, numbers of items or marks of footnotes.
    static func words(_ markdown: String) -> String {
        var text = markdown.replacing(/!\[[^\]]*\]\([^)]*\)/, with: " ")
            .replacing(/\]\([^)]*\)/, with: " ")
            .replacing(/\{#[^}]*\}/, with: " ").replacing(/\[\^[^\]]*\]:?/, with: " ")
        text = text.split(separator: "\n").map { line in
            String(line).replacing(/^[\s>]*\d+\\?[.)]\s/, with: "")
        }.joined(separator: "\n")
        return text.split { !($0.isLetter || $0.isNumber || "{}@".contains($0)) }.joined(separator: " ")
    }

    /// The same with references to contacts in the place of their numbers, which were typed before there was a contact.
    func referring(_ finder: FoundData) -> KnownText {
        var copy = self
        for index in copy.entries.indices {
            // Words have no signs any more: only numbers and addresses of digits and letters are found.
            copy.entries[index].words = Self.words(
                finder.referring([.text(copy.entries[index].words)]).asHeading.plainText)
        }
        return copy
    }

    /// Where the same words stand under the same heading; on a page that is related to one, if there is such.
    func entry(_ heading: String, _ words: String, isRelated: (Entry) -> Bool) -> Entry? {
        let found = entries.filter {
            $0.heading == heading && $0.words == words && !($0.words + heading).isEmpty
        }
        return found.first(where: isRelated) ?? found.first
    }
}
