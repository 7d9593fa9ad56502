import Markdown
import Workspace

/// An id that a section of a page had, and where its words are now.
package struct FormerID: Hashable, Sendable {
    package var id: String
    /// The place that a link to it is led to.
    package var address: SectionAddress
}

/// Old addresses, as `aliases` of a page list them.
enum FormerAddress {
    /// The address without slashes at its ends, or two in a row.
    static func plain(_ text: String) -> String {
        text.split(separator: "/").joined(separator: "/")
    }

    /// Files at the top of a site with one council, or of every site.
    private static let siteFiles: Set<String> = ["404.html", "robots.txt", "sitemap.xml"]

    private static func folder(of address: String) -> String {
        address.split(separator: "/").prefix { $0.lowercased() != "index.html" }.joined(separator: "/")
    }

    /// Why a text cannot be an old address of a page, and what to write instead; nil if it can be one.
    ///
    /// A redirect is a file in a folder of this name, on any disk, so signs that an address or a disk cannot hold are
    /// none of it.
    static func fault(in text: String, ofPage page: String) -> (message: String, help: String)? {
        let address = plain(text)
        let parts = address.split(separator: "/")
        let outside = "'\(text)' is not an address within the site"
        if Link.scheme(of: text) != nil || text.hasPrefix("//") {
            return (
                outside,
                "Write only what follows the council's address: 'old/page' for https://…/council/old/page/."
            )
        }
        guard !address.isEmpty, !parts.contains(".."), !parts.contains("."), !address.contains("\\") else {
            return (outside, "Write the address below the council's home page, such as 'old/page'.")
        }
        if let mark = address.first(where: { $0 == "?" || $0 == "#" }) {
            return (
                "an old address has no '\(mark)': it never reaches the page that would lead on",
                mark == "#"
                    ? "Write '\(address.prefix { $0 != "#" })' here; an old id of a section goes under 'moved'."
                    : "Write '\(address.prefix { $0 != "?" })'."
            )
        }
        if address.contains(where: \.isWhitespace) {
            let hyphens = address.split(whereSeparator: \.isWhitespace).joined(separator: "-")
            return ("the old address '\(address)' has a space", "Write '\(hyphens)', if it was that.")
        }
        if let sign = address.first(where: { ":%*\"<>|".contains($0) }) {
            return (
                "the old address '\(address)' has a '\(sign)', which no address of this site ever had",
                "Write the address as the browser showed it."
            )
        }
        if let own = parts.first(where: { $0.hasPrefix(".") || $0.lowercased() == "index.html" }) {
            return (
                "the old address '\(address)' has the name '\(own)', which files of every site have",
                own.hasPrefix(".") ? "Remove it." : "Write the folder alone: '\(folder(of: address))'."
            )
        }
        if parts.count == 1, siteFiles.contains(address.lowercased()) {
            return ("'\(address)' is the name of a file that every site has", "Remove it.")
        }
        if address == page {
            return ("'\(address)' is this page's own address, which would lead to itself", "Remove it.")
        }
        return nil
    }
}

extension SectionAddress {
    /// The address as editors write it: the home page is `index`.
    package init(written text: String) {
        self.init(text)
        if path.hasSuffix(".md") { path.removeLast(3) }
        if path == "index" { path = "" }
    }

    /// As editors write it.
    package var written: String {
        (path.isEmpty ? "index" : path) + (section.map { "#" + $0 } ?? "")
    }
}

extension SourcePage {
    /// The ids of its sections, those within others too.
    package var sectionIDs: [String] { allSections.map(\.id) }

    /// Its sections in the order in which they are read, those within others too.
    package var allSections: [SourceSection] {
        var all: [SourceSection] = []
        func walk(_ sections: [SourceSection]) {
            for section in sections {
                all.append(section)
                walk(section.children)
            }
        }
        walk(sections)
        return all
    }

    /// Reports an old id that a section of the page still has.
    func checkFormerIDs(reporting diagnostics: inout Diagnostics) {
        guard !frontMatter.formerIDs.isEmpty else { return }
        let ids = Set(allSections.filter { $0.attributes?.removes != true }.map(\.id))
        for (former, location) in frontMatter.formerIDs where ids.contains(former.id) {
            diagnostics.add(
                .error(
                    "AddressCollision",
                    "this page has a section '\(former.id)', so nothing is to be led away from it",
                    at: location, help: "Remove this line, or give the section another id."))
        }
    }
}
