import Guidance
import Markdown
import Workspace

/// Makes the links of documents into links of the portal, and says which could not stay.
struct LinkMender {
    /// The council's own site, for addresses that begin with `/`.
    let website: String?
    /// The page that a document became, by the document's path below the folder that is brought in.
    let pages: [String: String]
    /// The path below that folder, by the document's path.
    let documents: [String: String]
    private(set) var losses: [(file: String, note: ForeignDocument.Note)] = []

    init(website: String?, pages: [String: String], documents: [String: String]) {
        self.website = website
        self.pages = pages
        self.documents = documents
    }

    /// What stands for a link: itself, another one, or its words.
    mutating func mended(_ link: Inline.Link, on page: ImportedPage, file: String, place: String) -> [Inline]
    {
        let written = (link.destination.written ?? "").filter { !$0.isNewline && $0 != "\t" }
        let address = Self.unwrapped(written.trimmingSpaces)
        func words(_ what: String?) -> [Inline] {
            if let what {
                losses.append(
                    (
                        file,
                        .init(
                            place: place, what: what,
                            text: "\(link.content.plainText) (\(address.prefix(200)))")
                    ))
            }
            return link.content
        }
        func kept(_ address: String) -> [Inline] {
            var link = link
            link.destination = .address(address)
            // A picture alone, or nothing: the address is all there is to show.
            if link.content.plainText.allSatisfy(\.isWhitespace) {
                guard link.content.images.isEmpty else { return link.content }
                return []
            }
            return [.link(link)]
        }
        if address.isEmpty { return words(nil) }
        let scheme = Link.scheme(of: address)
        if let scheme {
            guard Link.safe(address) != nil else {
                return words(
                    scheme == "file" || scheme.count == 1
                        ? "a link to a file on somebody's computer: its words stay"
                        : "a link that starts with '\(scheme):' and could run a program: its words stay")
            }
            if scheme == "http" || scheme == "https" {
                guard !address.contains(where: \.isWhitespace), Link.deception(in: address) == nil,
                    address.split(separator: "/").count > 1
                else { return words("a link whose address is damaged or misleads: its words stay") }
            }
            if scheme == "mailto" {
                let mail = address.dropFirst("mailto:".count).prefix { $0 != "?" }
                guard mail.contains("@"), !mail.contains(where: \.isWhitespace) else {
                    return words("a link whose address is damaged or misleads: its words stay")
                }
                return kept("mailto:" + mail)
            }
            return kept(address)
        }
        if address.hasPrefix("//") {
            return words("a link whose address is damaged or misleads: its words stay")
        }
        if address.hasPrefix("\\") { return words("a link to a file on somebody's computer: its words stay") }
        if address.hasPrefix("#") {
            let id = String(address.dropFirst())
            if isSection(id, of: page) { return kept(address) }
            // Word's own marks, and places that every page has.
            let isFrame =
                ["_toc", "_ref", "_hlk", "_goback", "_heading"].contains { id.lowercased().hasPrefix($0) }
                || ["", "top", "content", "main", "main-content"].contains(id.lowercased())
            if isFrame, link.content.plainText.count < 20, link.content.plainText.lowercased().contains("top")
            {
                return []
            }
            return words(isFrame ? nil : "a link to a place in the document: its words stay")
        }
        if let target = target(of: address, in: file) {
            let (path, section) = target
            let here = page.path.split(separator: "/").dropLast()
            let up = String(repeating: "../", count: here.count)
            let own = path == page.path
            if own, section.isEmpty { return words(nil) }
            return kept(up + path + ".md" + section)
        }
        // A file of another generator is no address of the council's site.
        let isSource = address.prefix { $0 != "#" && $0 != "?" }.hasSuffix(".md")
        if address.hasPrefix("/"), !isSource, let website {
            let end = website.hasSuffix("/") ? String(website.dropLast()) : website
            let host = end.split(separator: "/", omittingEmptySubsequences: false).prefix(3).joined(
                separator: "/")
            if Link.safe(host + address) != nil, !address.contains(where: \.isWhitespace) {
                return kept(host + address)
            }
        }
        return words("a link to something that is not brought in: its words stay")
    }

    /// Outlook and Google put an address of their own around every link.
    private static func unwrapped(_ address: String) -> String {
        for (host, name) in [
            ("safelinks.protection.outlook.com/", "url="), ("www.google.com/url?", "q="),
            ("urldefense.com/v3/__", ""),
        ] {
            guard address.contains(host) else { continue }
            if name.isEmpty {
                guard let start = address.firstRange(of: host),
                    let end = address[start.upperBound...].firstRange(of: "__;")
                else { continue }
                return String(address[start.upperBound..<end.lowerBound])
            }
            let query = address.split(separator: "?", maxSplits: 1).last ?? ""
            if let part = query.replacing("&amp;", with: "&").split(separator: "&").first(where: {
                $0.hasPrefix(name)
            }),
                let plain = String(part.dropFirst(name.count)).removingPercentEncoding,
                plain.hasPrefix("http")
            {
                return plain
            }
        }
        return address
    }

    private func isSection(_ id: String, of page: ImportedPage) -> Bool {
        page.sections.contains { section in
            let own = section.section.id ?? Identifier.slug(section.section.heading.plainText)
            if own == id { return true }
            return section.section.blocks.contains { placed in
                guard case .heading(_, let passage) = placed.block.content else { return false }
                return (placed.block.attributes?.id ?? Identifier.slug(passage.plainText)) == id
            }
        }
    }

    /// The page that a relative address leads to, and the section with its `#`.
    private func target(of address: String, in file: String) -> (String, String)? {
        var path = address
        if let hash = path.firstIndex(of: "#") { path = String(path[..<hash]) }
        if let query = path.firstIndex(of: "?") { path = String(path[..<query]) }
        path = path.removingPercentEncoding ?? path
        let base = documents[file].map { $0.split(separator: "/").dropLast() } ?? []
        var parts = path.hasPrefix("/") ? [] : base.map(String.init)
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { if !parts.isEmpty { parts.removeLast() } } else { parts.append(String(part)) }
        }
        let wanted = parts.joined(separator: "/")
        if let page = pages[wanted] { return (page, "") }
        // Other generators drop the ending, or give a folder.
        let address = PagePlan.address(of: wanted)
        let near = pages.keys.sorted().filter { PagePlan.address(of: $0) == address && !address.isEmpty }
        if near.count == 1 { return pages[near[0]].map { ($0, "") } }
        // Hugo serves `content/guides/x.md` as `/guides/x`.
        let ends = pages.keys.sorted().filter {
            ("/" + PagePlan.address(of: $0)).hasSuffix("/" + address) && !address.isEmpty
        }
        return ends.count == 1 ? pages[ends[0]].map { ($0, "") } : nil
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var text = self[...]
        while text.first?.isWhitespace ?? false { text = text.dropFirst() }
        while text.last?.isWhitespace ?? false { text = text.dropLast() }
        return String(text)
    }
}
