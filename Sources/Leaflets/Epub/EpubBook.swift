import Guidance
import Markdown
import Translations
import Workspace

/// A leaflet as a book for e-readers (EPUB 3.3): the same words as on paper, for a phone without a line.
///
/// It has no fonts, colours or sizes of its own: those are the reader's. The same leaflet always gives the same bytes.
struct EpubBook {
    /// Raised when the same data would be written differently by this program.
    static let version = 1

    let data: LeafletData
    let pictures: [String: LeafletPicture]

    private struct Chapter {
        /// `part-2.xhtml`.
        var file: String
        var title: Passage
        var body: String
        /// What stands below it in the list of contents.
        var entries: [(heading: Passage, place: String)]
        /// Whether its own title is in that list, or only what stands below it.
        var isListed = true
    }

    private var edition: Edition { data.edition }
    private var spec: LeafletSpec { data.leaflet.spec }

    /// Where every part and section is, by the labels of the leaflet.
    private var places: [String: String] {
        var places: [String: String] = [:]
        for (index, part) in shownParts.enumerated() {
            let file = Self.file(index)
            places[part.id] = file
            guard case .page(let content) = part.content else { continue }
            func add(_ sections: [Section]) {
                for section in sections {
                    places["\(part.id)#\(section.id)"] = "\(file)#s-\(section.id)"
                    add(section.children)
                }
            }
            add(content.sections)
        }
        return places
    }

    /// What there is to write on and to fill in is for paper.
    private var shownParts: [Leaflet.Part] {
        data.leaflet.partsWithNumberedFootnotes.filter { part in
            switch part.content {
            case .page, .contacts: true
            case .write, .fillIn: false
            }
        }
    }

    private static func file(_ index: Int) -> String { "part-\(index + 1).xhtml" }

    /// The book's file.
    func bytes() throws(ZipArchive.Problem) -> [UInt8] {
        let places = places
        let text = EpubText(data: data, places: places, pictures: pictures.mapValues(\.name))
        var chapters = [start(text)]
        for (index, part) in shownParts.enumerated() {
            chapters.append(chapter(part, file: Self.file(index), places, text))
        }
        chapters.append(end(text))
        let shown = shownPictures
        // OCF 3.3, 4.2.2: first, as it is, so that a file is known by its first bytes.
        var archive = ZipArchive(first: "mimetype", Array("application/epub+zip".utf8))
        try archive.add("META-INF/container.xml", Array(Self.container.utf8))
        try archive.add("EPUB/package.opf", Array(package(chapters, shown).utf8))
        try archive.add("EPUB/nav.xhtml", Array(navigation(chapters, text).utf8))
        try archive.add("EPUB/style.css", Array(Self.style.utf8))
        for chapter in chapters {
            try archive.add(
                "EPUB/" + chapter.file, Array(document(chapter.title.plainText, chapter.body).utf8))
        }
        for picture in shown { try archive.add("EPUB/" + picture.name, picture.bytes) }
        return try archive.bytes()
    }

    /// Each once, by name.
    private var shownPictures: [LeafletPicture] {
        var found: [String: LeafletPicture] = [:]
        func add(_ sections: [Section]) {
            for section in sections {
                for path in section.blocks.compactMap(\.attributes?.picture) {
                    if let picture = pictures[path] { found[picture.name] = picture }
                }
                add(section.children)
            }
        }
        for case .page(let content) in shownParts.map(\.content) where content.page.kind == .easy {
            add(content.sections)
        }
        return found.values.sorted { $0.name < $1.name }
    }

    // MARK: Chapters

    private func start(_ text: EpubText) -> Chapter {
        var body = text.element("h1", spec.title)
        if let subtitle = spec.subtitle { body += text.element("p", subtitle) }
        let source = edition.sourceLanguage
        body +=
            "<p><strong\(EpubText.attributes(of: source))>\(EpubText.escaped(edition.council.name))</strong></p>\n"
        for passage in spec.about { body += text.element("p", passage) }
        for notice in data.notices { body += "<p class=\"box\">\(text.text(notice, data.ownText))</p>\n" }
        body += text.blocks(edition.notice, level: 2, kind: .page)
        return Chapter(file: "start.xhtml", title: spec.title, body: body, entries: [])
    }

    private func chapter(
        _ part: Leaflet.Part, file: String, _ places: [String: String], _ text: EpubText
    ) -> Chapter {
        switch part.content {
        case .page(let content):
            let level = content.title == nil ? 1 : 2
            var body = content.title.map { text.element("h1", $0) } ?? ""
            body += text.blocks(content.introduction, level: level, kind: content.page.kind)
            if content.page.kind == .easy {
                body += "<p class=\"small\">\(text.text(data.easyNote(content), data.ownText))</p>\n"
            }
            for section in content.sections {
                body += self.section(section, level: level, kind: content.page.kind, text)
            }
            body += groups(content.groups, level: level, text)
            if let credits = data.easyCredits(content) {
                body += "<p class=\"small\">\(text.text(credits, data.ownText))</p>\n"
            }
            let entries = content.sections.compactMap { section in
                places["\(part.id)#\(section.id)"].map { (section.heading, $0) }
            }
            return Chapter(
                file: file, title: content.title ?? content.page.title, body: body, entries: entries,
                isListed: content.title != nil || entries.isEmpty)
        case .contacts(let title, let groups):
            var body = title.map { text.element("h1", $0) } ?? ""
            body += self.groups(groups, level: title == nil ? 1 : 2, text)
            return Chapter(
                file: file, title: title ?? groups.first?.heading ?? spec.title, body: body, entries: [])
        case .write, .fillIn:
            return Chapter(file: file, title: spec.title, body: "", entries: [])
        }
    }

    private func section(_ section: Section, level: Int, kind: PageKind, _ text: EpubText) -> String {
        let id = EpubText.escaped(section.id)
        var body = "<section id=\"s-\(id)\">\n" + text.element("h\(min(6, level))", section.heading)
        body += text.blocks(section.blocks, level: level + 1, kind: kind)
        if let rule = section.deadline?.explanation(in: data.edition.strings) {
            body += "<p class=\"small\">\(text.text(rule, data.ownText))</p>\n"
        }
        for child in section.children { body += self.section(child, level: level + 1, kind: kind, text) }
        return body + "</section>\n"
    }

    private func groups(_ groups: [ContactGroup], level: Int, _ text: EpubText) -> String {
        groups.map { group in
            "<section>\n" + text.element("h\(level)", group.heading)
                + group.contacts.map { contact($0, level: level + 1, text) }.joined() + "</section>\n"
        }.joined()
    }

    private func contact(_ contact: Contact, level: Int, _ text: EpubText) -> String {
        var body = text.element("h\(level)", contact.name)
        if let purpose = contact.purpose { body += text.element("p", purpose) }
        for way in contact.ways {
            let label = text.word("leaflet-\(way.channel.rawValue)")
            body += "<p>\(label): \(text.literal(way.shown, way.destination))</p>\n"
        }
        if let hours = contact.hours {
            body += "<p>\(text.word("leaflet-hours")): \(text.span(hours))</p>\n"
        }
        if let area = contact.area { body += "<p>\(text.word("leaflet-area")): \(text.span(area))</p>\n" }
        if let note = contact.note { body += text.element("p", note) }
        switch contact.relay {
        case nil: break
        case .before?: body += "<p class=\"small\">\(text.word("leaflet-relay"))</p>\n"
        case .instead(let number)?:
            body += "<p class=\"small\">\(text.word("leaflet-relay-instead", ["number": number]))</p>\n"
        }
        return body + "<p class=\"small\">\(text.text(data.checkedWords(contact), data.ownText))</p>\n"
    }

    private func end(_ text: EpubText) -> Chapter {
        let title = Passage(edition.strings["leaflet-other-formats"])
        var body = "<h1>\(text.word("leaflet-other-formats"))</h1>\n"
        body += "<p>\(text.word("leaflet-other-formats-text"))</p>\n"
        let others = edition.alternatives.filter { $0.language != edition.language }
        if !others.isEmpty {
            body += "<p>\(text.word("leaflet-languages")):</p>\n<ul>\n"
            for other in others {
                let page = other.paths.contains(spec.page) ? spec.page : ""
                let address = Leaflet.address(edition.portal.baseURL, other.base, page)
                body +=
                    "<li><a\(EpubText.attributes(of: other.language)) href=\"\(EpubText.escaped(address))\" hreflang=\"\(other.language.tag)\">\(EpubText.escaped(other.language.nativeName))</a></li>\n"
            }
            body += "</ul>\n"
        }
        body += "<h2>\(text.word("leaflet-newer"))</h2>\n<p>\(text.word("leaflet-newer-text"))</p>\n"
        body += "<p>\(text.literal(data.address, data.address))</p>\n"
        body += "<p class=\"small\">\(text.text(data.version, data.ownText))</p>\n"
        if let due = data.reviewDue {
            body +=
                "<p class=\"small\">\(text.word("leaflet-review", ["date": edition.strings.marked.date(due)]))</p>\n"
        }
        return Chapter(file: "end.xhtml", title: title, body: body, entries: [])
    }

    // MARK: Documents

    private func document(_ title: String, _ body: String) -> String {
        """
        <?xml version="1.0" encoding="utf-8"?>
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"\(EpubText.attributes(of: edition.language))>
        <head>
        <meta charset="utf-8"/>
        <title>\(EpubText.escaped(SourceWords.removed(from: title)))</title>
        <link rel="stylesheet" type="text/css" href="style.css"/>
        </head>
        <body>
        \(body)</body>
        </html>

        """
    }

    private func navigation(_ chapters: [Chapter], _ text: EpubText) -> String {
        func entry(_ heading: Passage, _ place: String, _ inner: String = "") -> String {
            "<li><a href=\"\(EpubText.escaped(place))\">\(text.span(heading.withoutLinks))</a>\(inner)</li>\n"
        }
        var list = ""
        for chapter in chapters {
            let entries = chapter.entries.map { entry($0.heading, $0.place) }.joined()
            if chapter.isListed {
                list += entry(
                    chapter.title, chapter.file, entries.isEmpty ? "" : "\n<ol>\n\(entries)</ol>\n")
            } else {
                list += entries
            }
        }
        return document(
            spec.title.plainText,
            "<nav epub:type=\"toc\" role=\"doc-toc\" aria-labelledby=\"contents\">\n<h1 id=\"contents\">\(text.word("leaflet-contents"))</h1>\n<ol>\n\(list)</ol>\n</nav>\n"
        )
    }

    private func package(_ chapters: [Chapter], _ pictures: [LeafletPicture]) -> String {
        let language = edition.language
        let address = Leaflet.address(edition.portal.baseURL, edition.base, "leaflets/\(spec.name)-epub.epub")
        let date = data.date
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = "\(date.year)-\(two(date.month ?? 1))-\(two(date.day ?? 1))"
        func property(_ name: String, _ value: String) -> String {
            "<meta property=\"\(name)\">\(EpubText.escaped(value))</meta>\n"
        }
        var metadata = """
            <dc:identifier id="id">\(EpubText.escaped(String(address.dropLast())))</dc:identifier>
            <dc:title>\(EpubText.escaped(spec.title.plainText))</dc:title>
            <dc:language>\(language.tag)</dc:language>
            <dc:creator xml:lang="\(edition.sourceLanguage.tag)">\(EpubText.escaped(edition.council.name))</dc:creator>
            <dc:date>\(day)</dc:date>

            """
        metadata += property("dcterms:modified", "\(day)T00:00:00Z")
        // EPUB Accessibility 1.1, 2.2: what its readers can expect.
        metadata += property("schema:accessMode", "textual")
        if !pictures.isEmpty { metadata += property("schema:accessMode", "visual") }
        metadata += property("schema:accessModeSufficient", "textual")
        for feature in ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"]
        {
            metadata += property("schema:accessibilityFeature", feature)
        }
        metadata += property("schema:accessibilityHazard", "none")
        let summary = "leaflet-epub-summary"
        if edition.strings.contains(summary) {
            metadata += property(
                "schema:accessibilitySummary", SourceWords.removed(from: edition.strings[summary]))
        }
        var manifest =
            "<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n"
            + "<item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n"
        var spine = ""
        for chapter in chapters {
            let id = String(chapter.file.dropLast(".xhtml".count))
            manifest += "<item id=\"\(id)\" href=\"\(chapter.file)\" media-type=\"application/xhtml+xml\"/>\n"
            spine += "<itemref idref=\"\(id)\"/>\n"
            if id == "start" { spine += "<itemref idref=\"nav\"/>\n" }
        }
        for (index, picture) in pictures.enumerated() {
            let type =
                switch picture.name.split(separator: ".").last {
                case "svg"?: "image/svg+xml"
                case "png"?: "image/png"
                case "webp"?: "image/webp"
                default: "image/jpeg"
                }
            manifest +=
                "<item id=\"picture-\(index + 1)\" href=\"\(picture.name)\" media-type=\"\(type)\"/>\n"
        }
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="\(language.tag)" dir="\(language.direction.rawValue)">
            <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
            \(metadata)</metadata>
            <manifest>
            \(manifest)</manifest>
            <spine page-progression-direction="\(language.direction.rawValue)">
            \(spine)</spine>
            </package>

            """
    }

    private static let container = """
        <?xml version="1.0" encoding="utf-8"?>
        <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
        <rootfiles>
        <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
        </rootfiles>
        </container>

        """

    private static let style = """
        body { margin: 0 .5em; line-height: 1.5; text-align: start; hyphens: none; overflow-wrap: anywhere; }
        h1, h2, h3, h4 { line-height: 1.3; hyphens: none; }
        section { margin-block: 1.5em; }
        .box, .notice { border: 1px solid; border-inline-start-width: .4em; padding: .5em .8em; }
        .small { font-size: .9em; }
        .idea { margin-block: 1.2em; }
        .idea img { inline-size: 6em; block-size: auto; background: #fff; }
        table { border-collapse: collapse; }
        th, td { border: 1px solid; padding: .3em .5em; text-align: start; vertical-align: top; }

        """
}

extension Passage {
    /// Links cannot stand in links.
    fileprivate var withoutLinks: Passage {
        func plain(_ inlines: [Inline]) -> [Inline] {
            inlines.flatMap { inline -> [Inline] in
                switch inline {
                case .link(let link): return plain(link.content)
                case .footnote: return []
                case .value(var value):
                    value.destination = nil
                    return [.value(value)]
                case .emphasis(let content): return [.emphasis(plain(content))]
                case .strong(let content): return [.strong(plain(content))]
                case .strikethrough(let content): return [.strikethrough(plain(content))]
                case .text, .lineBreak, .code, .image, .placeholder: return [inline]
                }
            }
        }
        var passage = self
        passage.inlines = plain(inlines)
        return passage
    }
}
