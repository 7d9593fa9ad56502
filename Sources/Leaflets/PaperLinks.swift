import Foundation
import Guidance
import Markdown

/// Where a link in a leaflet leads.
enum PaperLink: Hashable, Sendable {
    /// To a part or section of the same leaflet, by its label.
    case inside(String)
    case address(String)
    case nowhere
}

extension Leaflet {
    /// Where a link leads: to a place in this leaflet, or to an address.
    func target(
        of link: Inline.Link, in edition: Edition, _ publishedPath: (String) -> String?
    ) -> PaperLink {
        switch link.destination {
        case .file(let file):
            // A file is read on the website.
            guard let path = publishedPath(file) else { return .nowhere }
            // A path as it stands in an address (RFC 3986, 3.3).
            return .address(
                edition.portal.baseURL + "/"
                    + (path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path))
        case .address(let address):
            guard Link.scheme(of: address) != nil, let safe = Link.safe(address) else { return .nowhere }
            return .address(safe)
        case .page(let path, let section): return target(path, section, in: edition)
        }
    }

    private func target(_ path: String, _ fragment: String?, in edition: Edition) -> PaperLink {
        for part in parts {
            guard case .page(let content) = part.content, content.page.path == path else { continue }
            if let fragment {
                if Self.contains(fragment, in: content.sections) {
                    return .inside("\(part.id)#\(fragment)")
                }
            } else if content.title != nil {
                return .inside(part.id)
            }
        }
        // A page that this language does not have is read in the source language.
        var base = edition.base
        if edition.page(path) == nil {
            guard let source = edition.alternatives.first(where: { $0.language == edition.sourceLanguage }),
                source.paths.contains(path)
            else { return .nowhere }
            base = source.base
        }
        return .address(Self.address(edition.portal.baseURL, base, path) + (fragment.map { "#\($0)" } ?? ""))
    }

    /// The address of a page: its pieces without those that are empty.
    static func address(_ parts: String...) -> String {
        parts.filter { !$0.isEmpty }.joined(separator: "/") + "/"
    }

    private static func contains(_ id: String, in sections: [Section]) -> Bool {
        sections.contains { $0.id == id || contains(id, in: $0.children) }
    }

    /// Writes the address behind every link that leads out of the leaflet: nobody can press on paper.
    mutating func sayWhereLinksLead(_ edition: Edition, _ publishedPath: (String) -> String?) {
        let whole = self
        /// Where the page that is being read is on the website.
        var page = ""
        func said(_ inlines: [Inline]) -> [Inline] {
            inlines.flatMap { inline -> [Inline] in
                switch inline {
                case .emphasis(let content): return [.emphasis(said(content))]
                case .strong(let content): return [.strong(said(content))]
                case .strikethrough(let content): return [.strikethrough(said(content))]
                case .link(let link):
                    guard case .address(var address) = whole.target(of: link, in: edition, publishedPath)
                    else { return [inline] }
                    // A file's own address changes with what is in it; that of its page stays.
                    if case .file = link.destination { address = page }
                    guard let shown = Self.shown(address, besides: link.content.plainText) else {
                        return [inline]
                    }
                    let value = Inline.Value(kind: .literal, text: shown, destination: address, name: "")
                    return [inline, .text(" ("), .value(value), .text(")")]
                case .image(let image) where image.recording != nil:
                    // Nobody can play it on paper, but go to it.
                    return said([
                        .link(
                            Inline.Link(destination: image.source, content: [.text(image.alternative)]))
                    ])
                case .text, .lineBreak, .code, .image, .footnote, .placeholder, .value: return [inline]
                }
            }
        }
        func said(_ passage: Passage) -> Passage {
            var passage = passage
            if passage.inlines.haveReferences { passage.inlines = said(passage.inlines) }
            return passage
        }
        func said(_ sections: [Section]) -> [Section] {
            sections.map { section in
                var section = section
                section.heading = said(section.heading)
                section.blocks = section.blocks.mapPassages(said)
                section.children = said(section.children)
                return section
            }
        }
        for index in parts.indices {
            guard case .page(var content) = parts[index].content else { continue }
            page = Self.address(edition.portal.baseURL, edition.base, content.page.path)
            content.introduction = content.introduction.mapPassages(said)
            content.sections = said(content.sections)
            parts[index].content = .page(content)
        }
    }

    /// An address as it is written on paper; nil where the words before it say it already.
    ///
    /// The place within a page is left out: it has its heading there, and what has to be typed stays short.
    private static func shown(_ address: String, besides words: String) -> String? {
        let scheme = Link.scheme(of: address) ?? ""
        var rest = address.dropFirst(scheme.count + 1)
        while rest.hasPrefix("/") { rest.removeFirst() }
        rest = rest.prefix { $0 != "#" && (scheme != "mailto" || $0 != "?") }
        while rest.hasSuffix("/") { rest.removeLast() }
        if scheme == "tel" || scheme == "sms", words.contains(where: \.isNumber) { return nil }
        return rest.isEmpty || words.lowercased().contains(rest.lowercased()) ? nil : String(rest)
    }
}
