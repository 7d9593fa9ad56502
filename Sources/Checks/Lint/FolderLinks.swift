import Guidance
import Markdown
import Workspace

/// Where the links and pictures of a folder of Markdown lead that is no portal: to its files, its pages' sections, or
/// nowhere.
///
/// Nobody knows which program is to publish the folder, so a link is dead only where no program could follow it. What
/// leads out of the folder, or is made by a program's own tags, is left alone.
struct FolderLinks: Sendable {
    /// What there is to know about one page.
    struct Page: Sendable {
        var text: GuidanceText
        /// Below the folder.
        var path: String
        var links: [PlacedLink]
        var pictures: [PlacedLink]
        /// The names of its sections, as `Self.key` writes them.
        var sections: Set<String>
        /// The same as they are written in addresses.
        var ids: [String]
        /// Whether a program puts more into it: an include, a template.
        var isOpen: Bool

        init(_ text: GuidanceText, path: String) {
            self.text = text
            self.path = path
            links = PlacedLink.all(in: text)
            pictures = PlacedLink.pictures(in: text)
            var ids: [String] = []
            for block in text.blocks { Self.add(block, to: &ids) }
            self.ids = ids
            sections = Set(ids.map(FolderLinks.key))
            isOpen =
                path.hasSuffix(".erb")
                || text.prose.contains { _, line in
                    ["{%", "{{<", "{{%", "<%", "--8<--", "<!--#"].contains { line.contains($0) }
                }
        }

        private static func add(_ block: Block, to ids: inout [String]) {
            switch block.content {
            case .heading(_, let passage):
                ids.append(Identifier.slug(passage.plainText))
                if let id = block.attributes?.id { ids.append(id) }
            case .list(let list): for item in list.items { for inner in item.blocks { add(inner, to: &ids) } }
            case .quote(let blocks), .callout(_, let blocks), .footnote(_, let blocks):
                for inner in blocks { add(inner, to: &ids) }
            case .paragraph, .code, .thematicBreak, .table: break
            }
        }

        /// Whether the page's source writes an id or an anchor of this name: `<a name="who">`, `{: #who}`.
        func writes(anchor name: String) -> Bool {
            let source = text.source.string
            for sign in ["\"\(name)\"", "'\(name)'", "#\(name)}", "#\(name) ", "id=\(name)", "name=\(name)"]
            where source.contains(sign) { return true }
            return false
        }
    }

    private let root: String
    private let files: any FileSystem
    /// Every file below the folder, and every folder.
    private let paths: Set<String>
    private let folders: Set<String>
    /// Files by their name, in small letters.
    private let byName: [String: [String]]
    private let pages: [String: Page]
    /// Pages by the last part of their address, and by the addresses that they give themselves.
    private let byAddress: [String: [String]]
    private let given: Set<String>
    /// Whether a program that makes websites has its settings here, and may put files elsewhere.
    private let isSite: Bool
    /// Whether some pages are templates, whose sections nobody reads here.
    private let hasTemplates: Bool

    /// Settings of programs that make websites.
    private static let settings: Set<String> = [
        "_config.yml", "config.toml", "config.yaml", "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json",
        "mkdocs.yml", "mkdocs.yaml", "docusaurus.config.js", "docusaurus.config.ts", ".eleventy.js",
        "eleventy.config.js", "eleventy.config.cjs", "eleventy.config.mjs", "tech-docs.yml", "config.rb",
        "astro.config.mjs", "astro.config.ts", "gatsby-config.js", "next.config.js", "book.toml", "conf.py",
        "package.json", "gemfile", "zola.toml", "_quarto.yml", "antora.yml", "composer.json",
    ]

    init(root: String, paths: [String], pages: [Page], in files: any FileSystem) {
        self.root = root
        self.files = files
        self.paths = Set(paths)
        var folders: Set<String> = []
        for path in paths {
            var parts = path.split(separator: "/").dropLast()
            while !parts.isEmpty, folders.insert(parts.joined(separator: "/")).inserted { parts.removeLast() }
        }
        self.folders = folders
        byName = Dictionary(grouping: paths) { Self.name(of: $0).lowercased() }
        self.pages = Dictionary(pages.map { ($0.path, $0) }) { first, _ in first }
        byAddress = Dictionary(grouping: pages.map(\.path)) { Self.lastPart(of: $0) }
        given = Set(pages.flatMap { Self.givenAddresses($0.text) }.map(Self.plain))
        hasTemplates = paths.contains { path in
            [".erb", ".njk", ".liquid", ".mdx", ".html"].contains { path.hasSuffix($0) }
        }
        // A program's pages often stand in a folder below its settings.
        let above = (try? files.list(joinPath(root, ".."))) ?? []
        isSite = (paths.map(Self.name) + above.map(\.name)).contains {
            Self.settings.contains($0.lowercased())
        }
    }

    /// What leads nowhere, but for what another rule says of an address itself.
    func problems(_ context: LintContext) -> [Diagnostic] {
        pages.values.sorted { $0.path < $1.path }.flatMap { page in
            page.links.filter { DamagedLink.problem(with: $0, context) == nil }
                .compactMap { problem(with: $0, on: page) }
                + page.pictures.compactMap { problem(withPicture: $0, on: page) }
        }
    }

    // MARK: Links

    private func problem(with link: PlacedLink, on page: Page) -> Diagnostic? {
        guard let (target, fragment) = Self.parts(of: link) else { return nil }
        guard !target.isEmpty else {
            return fragment.flatMap { problem(withFragment: $0, of: page, link, on: page) }
        }
        switch find(target, from: page) {
        case .page(let path):
            guard let fragment, let found = pages[path] else { return nil }
            return problem(withFragment: fragment, of: found, link, on: page)
        case .file, .unknown: return nil
        case .nothing(let help):
            return .error(
                "DeadLink", "there is no page or file '\(target)' in this folder", at: place(of: link, page),
                help: help)
        }
    }

    private func problem(
        withFragment fragment: String, of target: Page, _ link: PlacedLink, on page: Page
    ) -> Diagnostic? {
        let name = PageLink.percentDecoded(fragment)
        let key = Self.key(name)
        // `#!/page` and `#/page` are a program's own; `#` and `#top` are the top of every page.
        guard !key.isEmpty, name.first != "!", name.first != "/", !name.hasPrefix(":~:"), key != "top",
            !key.hasPrefix("fn"), !target.isOpen
        else { return nil }
        if hasSection(name, key, target) { return nil }
        // Parts of a page stand in files of their own, and lead to each other's sections; templates have more of them.
        if isPart(target) || isPart(page),
            hasTemplates || pages.values.contains(where: { hasSection(name, key, $0) })
        {
            return nil
        }
        let isOwn = target.path == page.path
        let slug = Identifier.slug(name)
        let near =
            didYouMean(slug, among: target.ids)
            ?? target.ids.first { $0.contains(slug) }.map { "Did you mean '\($0)'?" }
        return .error(
            "DeadFragment",
            isOwn ? "this page has no section '\(name)'" : "'\(target.path)' has no section '\(name)'",
            at: place(of: link, page), help: near)
    }

    private func hasSection(_ name: String, _ key: String, _ page: Page) -> Bool {
        if page.sections.contains(key) || page.writes(anchor: name) { return true }
        // The second heading of one name: `dates-1`; a heading below another: `contact-dates`.
        let digits = key.reversed().prefix { $0.isNumber }.count
        if digits > 0, page.sections.contains(String(key.dropLast(digits))) { return true }
        return page.sections.contains { section in
            key.count > section.count && !section.isEmpty && key.hasSuffix(section)
                && page.sections.contains(String(key.dropLast(section.count)))
        }
    }

    /// `_contact.md`, which another page takes in.
    private func isPart(_ page: Page) -> Bool { Self.name(of: page.path).hasPrefix("_") }

    // MARK: Pictures

    private func problem(withPicture picture: PlacedLink, on page: Page) -> Diagnostic? {
        guard let (target, _) = Self.parts(of: picture), !target.isEmpty,
            // What Word draws itself is reported as such.
            !["emf", "wmf"].contains(Self.ending(of: target))
        else { return nil }
        guard case .nothing(let help) = find(target, from: page) else { return nil }
        return .error(
            "MissingFile", "there is no file '\(target)' in this folder", at: place(of: picture, page),
            help: help ?? "Put the picture beside the page, and name it as it is written here.")
    }

    // MARK: Finding

    private enum Found {
        case page(String)
        case file
        /// Outside the folder, or made by a program.
        case unknown
        case nothing(help: String?)
    }

    private func find(_ target: String, from page: Page) -> Found {
        let folder = Self.folder(of: page.path)
        let isRooted = target.hasPrefix("/")
        let ending = Self.ending(of: target)
        var places: [String] = []
        if isRooted {
            if let path = PageLink.normalize(target) { places.append(path) } else { return .unknown }
        } else {
            // Beside the file, or beside the page's own folder, which many programs make of it.
            guard let beside = PageLink.normalize(joinPath(folder, target)) else { return .unknown }
            places.append(beside)
            if let below = PageLink.normalize(joinPath(Self.stem(of: page.path), target)) {
                places.append(below)
            }
        }
        for place in places {
            if let found = existing(place) { return found }
        }
        // Symbolic links, and folders whose name starts with a full stop, were not listed.
        for place in places where (try? files.status(joinPath(root, place))) != nil { return .file }
        let isPage = ending.isEmpty || Self.pageEndings.contains(ending)
        for place in places where given.contains(Self.plain(place)) { return .unknown }
        if isRooted || isSite {
            // From the top of the website, wherever the program keeps that.
            let down = target.split(separator: "/").drop { $0 == ".." || $0 == "." }.joined(separator: "/")
            for place in places + (isSite && !isPage ? [down] : []) {
                if let found = somewhere(place, isPage: isPage) { return found }
            }
        }
        if isRooted {
            // The top of another folder than this one, unless it has a folder of that name.
            guard let first = places[0].split(separator: "/").first.map(String.init),
                places[0].contains("/"),
                folders.contains(where: { $0 == first || $0.hasSuffix("/" + first) }),
                !isSite || !ending.isEmpty && byName[Self.name(of: places[0]).lowercased()] == nil
            else { return .unknown }
        } else if isSite, isPage, !ending.hasPrefix("m") {
            // Pages of lists and of tags are made by the program.
            return .unknown
        }
        return .nothing(help: help(for: places[0], from: folder, isPage: isPage))
    }

    /// What stands at a path from the top of the folder.
    private func existing(_ path: String) -> Found? {
        if pages[path] != nil { return .page(path) }
        if paths.contains(path) { return .file }
        for name in [
            "index.md", "_index.md", "README.md", "index.markdown", "index.html.md.erb", "index.html.md",
        ] {
            let index = joinPath(path, name)
            if pages[index] != nil { return .page(index) }
        }
        if folders.contains(path) { return .file }
        let ending = Self.ending(of: path)
        guard ending.isEmpty || Self.pageEndings.contains(ending) else { return nil }
        let stem = ending == "html" || ending == "htm" ? String(path.dropLast(ending.count + 1)) : path
        for name in [".md", ".markdown", ".mdx", ".html", ".html.md", ".html.md.erb", ".md.erb"] {
            if pages[stem + name] != nil { return .page(stem + name) }
            if paths.contains(stem + name) { return .file }
        }
        return nil
    }

    /// What stands at the end of another path: `/images/map.png` is `static/images/map.png`.
    private func somewhere(_ path: String, isPage: Bool) -> Found? {
        let tail = "/" + path
        if let files = byName[Self.name(of: path).lowercased()],
            files.contains(where: { $0 == path || $0.hasSuffix(tail) })
        {
            return .unknown
        }
        guard isPage else { return nil }
        let wanted = Self.plain(path)
        for candidate in byAddress[Self.lastPart(of: path)] ?? [] {
            let address = Self.plain(candidate)
            if address == wanted || address.hasSuffix("/" + wanted) { return .page(candidate) }
        }
        return folders.contains { $0 == path || $0.hasSuffix(tail) } ? .unknown : nil
    }

    private func help(for path: String, from folder: String, isPage: Bool) -> String? {
        let name = Self.name(of: path)
        // The same name elsewhere, or in other letters.
        let same =
            (byName[name.lowercased()] ?? [])
            + (isPage ? (byAddress[Self.lastPart(of: path)] ?? []) : [])
        if let only = Set(same).first, Set(same).count == 1 {
            return "Did you mean '\(PageLink.relative(only, from: folder))'?"
        }
        let beside = paths.filter { Self.folder(of: $0) == Self.folder(of: path) }.map(Self.name)
        guard let near = nearestName(to: name, among: beside) else { return nil }
        return "Did you mean '\(PageLink.relative(joinPath(Self.folder(of: path), near), from: folder))'?"
    }

    // MARK: Names

    private static let pageEndings: Set<String> = ["md", "markdown", "mdown", "mdx", "html", "htm", "erb"]

    /// What a link names in the folder, and of it; nil where it leads elsewhere or another rule has its say.
    private static func parts(of link: PlacedLink) -> (target: String, fragment: String?)? {
        let destination = link.destination
        guard !destination.isEmpty, Link.scheme(of: destination) == nil, !destination.hasPrefix("//"),
            !destination.hasPrefix("www."), !link.isMailWithoutScheme, !destination.contains("\\"),
            !destination.contains("\""), !destination.contains("://"),
            // A program's own tags, as they are or as an address writes them.
            !["{", "}", "<", ">", "$", "%7B", "%3C", "*", "~"].contains(where: { destination.contains($0) })
        else { return nil }
        let hash = destination.firstIndex(of: "#")
        let address = PageLink.parts(of: destination).target
        return (
            PageLink.percentDecoded(address),
            hash.map { String(destination[destination.index(after: $0)...]) }
        )
    }

    private func place(of link: PlacedLink, _ page: Page) -> SourceLocation {
        page.text.location(page.text.place(of: link.destination, in: link.range, occurrence: 0))
    }

    /// Letters and digits alone, since programs make ids in ways of their own.
    private static func key(_ name: String) -> String {
        Identifier.slug(name).filter { $0 != "-" }
    }

    private static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    private static func ending(of path: String) -> String {
        let name = name(of: path)
        guard !path.hasSuffix("/"), let dot = name.lastIndex(of: ".") else { return "" }
        let ending = name[name.index(after: dot)...]
        return ending.count <= 8 && ending.contains(where: \.isLetter) ? ending.lowercased() : ""
    }

    /// The path without the ending of a page, and without `index`.
    private static func stem(of path: String) -> String {
        let name = name(of: path)
        let stem = String(name.prefix { $0 != "." })
        let folder = folder(of: path)
        return ["index", "_index", "README"].contains(stem) ? folder : joinPath(folder, stem)
    }

    /// A path as addresses are compared.
    private static func plain(_ path: String) -> String {
        stem(of: path.hasSuffix("/") ? String(path.dropLast()) : path).lowercased().split(separator: "/")
            .map { part in
                // Jekyll's posts have their day before their name.
                String(part).replacing(/^\d{4}-\d{2}-\d{2}-/, with: "")
            }.joined(separator: "/")
    }

    private static func lastPart(of path: String) -> String { name(of: plain(path)) }

    /// `permalink: /rights/`, and what a page was called before.
    private static func givenAddresses(_ text: GuidanceText) -> [String] {
        guard let settings = text.settings else { return [] }
        let keys: Set<String> = [
            "permalink", "url", "slug", "path", "aliases", "alias", "redirect_from", "redirects",
        ]
        var found: [String] = []
        var isWithin = false
        for setting in settings.settings {
            if setting.indent == 0 { isWithin = keys.contains(setting.key) }
            if isWithin { found.append(String(setting.words.text)) }
        }
        // Lists, one to a line.
        for line in text.frontMatter?.split(whereSeparator: \.isNewline) ?? [] {
            let item = line.drop { $0 == " " || $0 == "-" || $0 == "\"" || $0 == "'" }
            if item.hasPrefix("/") { found.append(String(item.filter { $0 != "\"" && $0 != "'" })) }
        }
        return found.map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
    }
}

extension PlacedLink {
    /// Pictures as what is wrong with a link is said of them too.
    static func pictures(in text: GuidanceText) -> [PlacedLink] {
        text.passages.flatMap { placed in
            var found: [PlacedLink] = []
            placed.passage.inlines.forEachInline { inline in
                guard case .image(let image) = inline, let source = image.source.written else { return }
                found.append(
                    PlacedLink(
                        text: image.alternative, destination: source, range: placed.passage.range,
                        hasImage: true, occurrence: 0))
            }
            return found
        }
    }
}
