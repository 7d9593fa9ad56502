import Guidance
import Markdown
import Workspace

/// New pages of guidance.
extension ContentEditor {
    /// A page as somebody fills it in.
    package struct NewPage: Hashable, Sendable {
        /// Whose own page it is; nil for one that all councils share.
        package var council: String?
        package var kind: PageKind
        package var title: String
        /// The name of its file without `.md`; empty: made from the title.
        package var name: String
        /// The heading of its first section, and what stands under it.
        package var section: String
        package var text: String

        package init(
            council: String?, kind: PageKind, title: String, name: String, section: String, text: String
        ) {
            self.council = council
            self.kind = kind
            self.title = title
            self.name = name
            self.section = section
            self.text = text
        }

        /// Its address below a council: questions stand by topics in a folder of their own.
        package var path: String {
            (kind == .faq ? "faq/" : "") + Identifier.slug(name.isEmpty ? title : name)
        }

        /// Below the content folder.
        package var file: String { (council.map { "councils/\($0)/" } ?? "guidance/") + path + ".md" }

        /// The first words of the page, and the rest of it.
        fileprivate var lines: [String] {
            func oneLine(_ text: String) -> String {
                text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            let settings =
                SourcePage.defaultKind(of: path) == kind ? [] : ["---", "kind: \(kind.rawValue)", "---", ""]
            return settings + ["# \(oneLine(title))", "", "## \(oneLine(section))", ""]
                + FileLines.lines(of: text).map { String(decoding: $0, as: UTF8.self) } + [""]
        }
    }

    /// What is wrong with a page that somebody is writing. Nothing is written.
    package func review(_ page: NewPage, council: String) async throws -> Review {
        try await review(adding(page), page.file, "", councils: [council])
    }

    /// Writes a page that was not there, if the portal can be built with it. No file is written over.
    package func add(_ page: NewPage) async throws -> Step {
        let change = try await adding(page)
        let review = try await review(change, page.file, "", councils: settings.councils)
        guard review.obstacles.isEmpty else { throw Refusal.errors(review.obstacles, in: review.files) }
        // While it was read with the rules, somebody may have written the file, or put a link in the place of a folder.
        guard try newPath(of: page.file) == change.path else {
            throw Refusal.notEditable("The folder of \(page.file) is another now. Load the page again.")
        }
        guard isFree(change.path) else { throw Self.taken(page) }
        return try write(change.after, over: nil, at: change.path, page.file, line: change.line)
    }

    private static func taken(_ page: NewPage) -> Refusal {
        .notEditable(
            "\(page.file) is there already, and nothing is written over. Choose another name, or edit that page."
        )
    }

    private func adding(_ page: NewPage) async throws -> Change {
        let words = [page.title, page.section].map { $0.drop { $0 == "#" || $0.isWhitespace } }
        guard words.allSatisfy({ !$0.isEmpty }), !FileLines.lines(of: page.text).isEmpty else {
            throw Refusal.notEditable("Write a title, the heading of the first section, and what it says.")
        }
        guard
            words.map(String.init)
                == [page.title, page.section].map({ $0.drop(while: \.isWhitespace) }).map(String.init)
        else { throw Refusal.notEditable("Write the title and the heading without # before them.") }
        guard page.text.utf8.count + page.title.utf8.count + page.section.utf8.count <= Self.longestText,
            page.title.utf8.count <= 200
        else { throw Refusal.notEditable("The title or the text is too long.") }
        let name = page.path.split(separator: "/").last.map(String.init) ?? ""
        guard !name.isEmpty, name != "faq", name.utf8.count <= 100 else {
            throw Refusal.notEditable(
                "No address can be made of this title. Give the file a name of letters, digits and hyphens.")
        }
        guard let model = await loaded() else {
            throw Refusal.notEditable("The portal cannot be read: see the errors on the page.")
        }
        let path = try newPath(of: page.file)
        guard isFree(path) else { throw Self.taken(page) }
        if let council = page.council {
            guard model.portal.council(council) != nil else {
                throw Refusal.notEditable("There is no council '\(council)' in this preview.")
            }
            // It would lie over the shared page.
            guard !model.portal.sharedPages.contains(where: { $0.path == page.path }) else {
                throw Refusal.notEditable(
                    "The shared guidance has a page '\(page.path)' already. Edit that one, or choose another name."
                )
            }
        } else if let own = model.portal.contentFiles.first(where: { file in
            file.hasPrefix("councils/") && file.hasSuffix("/\(page.path).md")
                && file.split(separator: "/").count == page.path.split(separator: "/").count + 2
        }) {
            throw Refusal.notEditable(
                "\(own) is there already, and would lie over this page. Choose another name.")
        }
        let lines = page.lines
        let bytes = Array(lines.joined(separator: "\n").utf8)
        guard let passages = Passages(bytes, path: path) else {
            throw Refusal.notEditable("The text holds signs that no text has.")
        }
        let headings = passages.entries.compactMap { entry -> Int? in
            if case .heading(let level, _) = entry.block.content { level } else { nil }
        }
        return Change(
            path: path, before: [], after: bytes, lines: 1...lines.count,
            keepsNeighbours: headings.starts(with: [1, 2]) && passages.isClosed(path: path), line: 1,
            isNew: true)
    }
}
