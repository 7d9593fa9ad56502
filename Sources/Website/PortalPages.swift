import Guidance
import Markdown
import Translations
import Workspace

/// What belongs to no single edition: style sheets, the chooser, `404.html`, redirects, `robots.txt`, `sitemap.xml`.
struct PortalPages {
    let builder: SiteBuilder
    let portal: PortalIdentity
    let editions: [EditionSummary]
    let sourceLanguage: Language
    let notice: [Block]
    let strings: InterfaceStrings
    let today: CalendarDate
    /// Where councils stood before, by their ids: at the top (empty), or in a folder.
    var formerBases: [String: [String]] = [:]

    /// The language of Latin letters in text of another script.
    private var latin: Language { sourceLanguage.orEnglish }

    /// From so many councils on they stand under their letters, and can be filtered.
    static let longList = 30

    /// A sitemap holds no more addresses than this (sitemaps.org, protocol 0.9).
    static let sitemapLimit = 50_000

    func write(_ emit: SiteBuilder.Emit) -> [Diagnostic] {
        var styles: [String: [UInt8]] = [:]
        let plain = builder.stylesheet(nil)
        styles[plain.path] = plain.bytes
        for edition in editions {
            let own = builder.stylesheet(edition.council.brand)
            styles[own.path] = own.bytes
        }
        for (path, bytes) in styles.sorted(by: { $0.key < $1.key }) { emit(path, bytes, "style sheet") }

        if !portal.isSingleCouncil { emit("index.html", chooser(stylesheet: plain.path), "chooser") }
        emit("404.html", notFound(stylesheet: plain.path), "page not found")
        emit("robots.txt", robots, "robots.txt")
        sitemap(emit)
        return redirects(emit)
    }

    // MARK: - Chooser and 404

    private func base(root: String, hasExit: Bool, isChooser: Bool = false) -> Context {
        let language = EditionRenderer.context(sourceLanguage)
        let setting = pageSetting(root: root)
        /// What the portal says everywhere is read where a council for families has it.
        func own(_ path: String) -> any Sendable {
            let edition = editions.first {
                $0.language == sourceLanguage && !$0.isForProfessionals && $0.paths.contains(path)
            }
            return optionalWords(
                edition.map { root + Address.folder($0.base) + Address.folder(path) + "index.html" })
        }
        return Context([
            "string": StringsContext(strings: strings), "pattern": StringsContext(strings: strings),
            "source-string": StringsContext(strings: strings),
            "asset": AssetsContext(names: builder.theme.assetPaths, root: root),
            "inline": InlineContext(contents: builder.theme.inlineContents),
            "root": Words(root), "home": Words(root + "index.html"), "language": language,
            "source-language": language, "is-source-language": true,
            "portal": Context([
                "name": Words(HTML.escape(portal.name.plainText)), "href": Words(root + "index.html"),
                "has-chooser": !portal.isSingleCouncil && !isChooser,
            ]),
            "council": Absent(),
            "exit": hasExit ? Context(["href": Words(portal.exit.url)]) as any Sendable : Absent(),
            "find": Absent(), "faq-href": Absent(), "contacts-href": Absent(), "leaflets-href": Absent(),
            "accessibility-href": own(EditionPlan.accessibilityPath),
            "privacy-href": own(EditionPlan.privacyPath),
            "safety-href": own(EditionPlan.safetyPath), "notice": noticeContext(notice, setting),
        ])
    }

    /// What every council for families has at the foot of its pages: whoever is here may not know yet which is theirs.
    private var helplines: [EditionSummary.Helpline] {
        let families = editions.filter { $0.language == sourceLanguage && !$0.isForProfessionals }
        return (families.first?.helplines ?? []).filter { line in
            families.allSatisfy { $0.helplines.contains(line) }
        }
    }

    private func document(
        _ template: String, title: String, kind: String, root: String, stylesheet: String, canonical: String?,
        values: [String: any Sendable] = [:]
    ) -> [UInt8] {
        let hasExit =
            builder.theme.tokens.hasExit && portal.exit.audiences.contains(.families)
            && !portal.exit.url.isEmpty
        let base = base(root: root, hasExit: hasExit, isChooser: template == "chooser")
        var values = values
        values["title"] = Words(HTML.escape(title))
        let templates = builder.theme.renderer
        let main = templates.render(
            Context(values, over: base), withTemplate: template, in: TextSetting(sourceLanguage, latin: latin)
        )
        let frame = Context(
            [
                "title": Frame.Slot.documentTitle.words, "description": Frame.Slot.description.words,
                "main": Frame.Slot.main.words, "page-styles": Frame.Slot.styles.words,
                "page-kind": Words(kind), "page-path": Words(""), "reader": Words(""),
                "audience": Words(Audience.families.rawValue),
                "is-for-young-people": false, "is-side-by-side": false, "canonical": optionalWords(canonical),
                "alternates": [Context](),
                "is-hidden-from-search-engines": !portal.allowsSearchEngines || canonical == nil,
                "policy": Words(builder.theme.policy), "stylesheet": Words(root + stylesheet),
                "navigation": [Context](), "navigation-groups": [Context](), "has-navigation": false,
                "has-search-panel": false,
                "professionals-href": Absent(),
                "languages": [Context](), "has-languages": false,
                "ended": Absent(), "old-information": Absent(),
                "helplines": helplines.map {
                    Context([
                        "name": Words(HTML.escape($0.name)), "text": Words(HTML.escape($0.number)),
                        "href": Words($0.destination),
                    ])
                },
                "has-helplines": !helplines.isEmpty,
            ], over: base)
        let pageTitle = HTML.fill(
            strings[.pageTitle], ["page": HTML.escape(title), "site": HTML.escape(portal.name.plainText)])
        var slots = Frame.Values()
        slots[.documentTitle] = pageTitle
        slots[.description] = HTML.escape(portal.description?.plainText ?? "")
        slots[.main] = main
        let layout = Frame(
            templates.render(
                frame, withTemplate: TemplateSchema.layout, in: TextSetting(sourceLanguage, latin: latin)))
        if layout.hasStyles { slots.separateStyles() }
        let page = layout.page(slots, current: nil)
        return strings.hasMarks ? SourceWordsHTML(in: sourceLanguage).resolve(page) : page
    }

    private func pageSetting(root: String) -> PageSetting {
        PageSetting(
            editionRoot: root, siteRoot: root, path: "\u{1}",
            edition: EditionSetting(
                language: sourceLanguage, sourceLanguage: sourceLanguage, paths: [], source: nil,
                files: builder.files, strings: strings, latin: latin))
    }

    private struct Council {
        var identity: CouncilIdentity
        var editions: [EditionSummary]
    }

    /// Each council once, by name.
    private var councils: [Council] {
        var byID: [String: Council] = [:]
        for edition in editions {
            byID[edition.council.id, default: Council(identity: edition.council, editions: [])].editions
                .append(edition)
        }
        return byID.values.sorted { ($0.identity.name, $0.identity.id) < ($1.identity.name, $1.identity.id) }
    }

    private func chooser(stylesheet: String) -> [UInt8] {
        func context(_ council: Council) -> Context {
            let identity = council.identity
            let own = council.editions.first { $0.language == sourceLanguage } ?? council.editions.first
            var note: String?
            if isEnded(identity), let end = identity.validTo {
                note = strings(.chooserEnded, ["date": strings.text(end)])
            } else if isOld(identity), let from = identity.informationFrom {
                note = strings(.chooserOld, ["date": strings.text(from)])
            }
            return Context([
                "id": Words(identity.id), "name": Words(identity.name),
                "nation": Words(identity.nation.rawValue),
                "href": Words(Address.folder(own?.base ?? identity.id) + "index.html"),
                "is-ended": isEnded(identity), "is-old": isOld(identity), "note": optionalWords(note),
                "is-professional": own?.isForProfessionals ?? false,
                "has-languages": council.editions.count > 1,
                "languages": council.editions.map { edition in
                    Context([
                        "tag": Words(edition.language.tag), "name": Words(edition.language.nativeName),
                        "direction": Words(edition.language.direction.rawValue),
                        "href": Words(Address.folder(edition.base) + "index.html"),
                    ])
                },
            ])
        }
        let all = councils
        func isForProfessionals(_ council: Council) -> Bool {
            council.editions.allSatisfy(\.isForProfessionals)
        }
        let valid = all.filter { !isEnded($0.identity) && !isOld($0.identity) }
        // A parent looks here first: what is not for families comes last.
        let current = valid.filter { !isForProfessionals($0) }
        let professional = valid.filter(isForProfessionals)
        let isLong = current.count >= Self.longList
        let letters =
            isLong ? builder.alphabets[sourceLanguage].groups(current, least: 1) { $0.identity.name } : []
        let past =
            all.filter { isOld($0.identity) && !isEnded($0.identity) } + all.filter { isEnded($0.identity) }
        return document(
            "chooser", title: strings[.chooserTitle], kind: "chooser", root: "", stylesheet: stylesheet,
            canonical: portal.baseURL + "/",
            values: [
                "councils": isLong ? [] : current.map(context), "is-long": isLong,
                "letters": letters.enumerated().map { index, group in
                    Context([
                        "letter": optionalWords(group.letter), "id": Words("_letter-\(index + 1)"),
                        "councils": group.items.map(context),
                    ])
                },
                "professional-councils": professional.map(context),
                "has-professional-councils": !professional.isEmpty, "has-past-councils": !past.isEmpty,
                "past-councils": past.map(context),
                "description": optionalWords(portal.description.map { HTML.escape($0.plainText) } ?? []),
            ])
    }

    private func isEnded(_ council: CouncilIdentity) -> Bool { council.validTo?.isOver(on: today) ?? false }
    private func isOld(_ council: CouncilIdentity) -> Bool {
        council.oldInformation(on: today) != nil
    }

    /// Served for any address, however deep, so its own addresses start at the top of the server.
    private func notFound(stylesheet: String) -> [UInt8] {
        document(
            "not-found", title: strings[.notFoundTitle], kind: "not-found",
            root: Self.basePath(portal.baseURL),
            stylesheet: stylesheet, canonical: nil)
    }

    /// The path of the site on its server, with slashes around it: `https://example.org/guidance` gives `/guidance/`.
    static func basePath(_ url: String) -> String {
        var rest = url[...]
        if let scheme = rest.firstIndex(of: ":"), rest[scheme...].hasPrefix("://") {
            rest = rest[rest.index(scheme, offsetBy: 3)...]
            rest = rest.firstIndex(of: "/").map { rest[$0...] } ?? ""
        }
        let path = rest.split(separator: "/").joined(separator: "/")
        return path.isEmpty ? "/" : "/\(path)/"
    }

    // MARK: - For search engines

    private var robots: [UInt8] {
        let rule = portal.allowsSearchEngines ? "Allow: /" : "Disallow: /"
        var text = "User-agent: *\n\(rule)\n"
        if portal.allowsSearchEngines { text += "\nSitemap: \(portal.baseURL)/sitemap.xml\n" }
        return Array(text.utf8)
    }

    private func sitemap(_ emit: SiteBuilder.Emit) {
        var locations: [(address: String, alternates: [(tag: String, address: String)])] = []
        func web(_ base: String, _ path: String) -> String {
            "\(portal.baseURL)/\(Address.folder(base))\(Address.folder(path))"
        }
        if !portal.isSingleCouncil { locations.append((portal.baseURL + "/", [])) }
        var byCouncil: [String: [(edition: EditionSummary, paths: Set<String>)]] = [:]
        for edition in editions {
            byCouncil[edition.council.id, default: []].append((edition, Set(edition.paths)))
        }
        for edition in editions {
            for path in edition.paths {
                let others = (byCouncil[edition.council.id] ?? []).filter { $0.paths.contains(path) }
                let alternates =
                    others.count > 1
                    ? others.map { ($0.edition.language.tag, web($0.edition.base, path)) } : []
                locations.append((web(edition.base, path), alternates))
            }
        }
        guard locations.count > Self.sitemapLimit else {
            return emit("sitemap.xml", Self.urlset(locations[...]), "sitemap")
        }
        var index = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        index += "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        for (number, start) in stride(from: 0, to: locations.count, by: Self.sitemapLimit).enumerated() {
            let part = locations[start..<min(start + Self.sitemapLimit, locations.count)]
            let name = "sitemap-\(number + 1).xml"
            emit(name, Self.urlset(part), "sitemap")
            index +=
                "<sitemap><loc>\(String(decoding: HTML.escape("\(portal.baseURL)/\(name)"), as: UTF8.self))</loc></sitemap>\n"
        }
        emit("sitemap.xml", Array((index + "</sitemapindex>\n").utf8), "sitemap")
    }

    private static func urlset(
        _ locations: ArraySlice<(address: String, alternates: [(tag: String, address: String)])>
    ) -> [UInt8] {
        var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
        bytes += Array("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"".utf8)
        bytes += Array(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n".utf8)
        func write(_ text: StaticString) { text.withUTF8Buffer { bytes.append(contentsOf: $0) } }
        for location in locations {
            write("<url><loc>")
            HTML.append(location.address, to: &bytes)
            write("</loc>")
            for alternate in location.alternates {
                write("<xhtml:link rel=\"alternate\" hreflang=\"")
                HTML.append(alternate.tag, to: &bytes)
                write("\" href=\"")
                HTML.append(alternate.address, to: &bytes)
                write("\"/>")
            }
            write("</url>\n")
        }
        write("</urlset>\n")
        return bytes
    }

    // MARK: - Old addresses

    private func redirects(_ emit: SiteBuilder.Emit) -> [Diagnostic] {
        var taken = Set(
            editions.flatMap { edition in
                edition.paths.map { joinPath(edition.base, $0) }
                    + edition.pairs.flatMap { pair in pair.paths.map { joinPath(pair.base, $0) } }
            })
        if !portal.isSingleCouncil { taken.insert("") }
        for edition in editions {
            for old in edition.aliases {
                let folder = joinPath(edition.base, old.alias)
                // A page that exists is never covered by a redirect; the check of the content reports it.
                guard !old.alias.isEmpty, Self.isSafe(old.alias), taken.insert(folder).inserted else {
                    continue
                }
                redirect(from: folder, to: old, of: edition, emit)
            }
            for pair in edition.pairs {
                let paths = Set(pair.paths)
                for old in edition.aliases where !old.alias.isEmpty && Self.isSafe(old.alias) {
                    let folder = joinPath(pair.base, old.alias)
                    guard taken.insert(folder).inserted else { continue }
                    // What stands beside nothing leads to the page by itself.
                    let base = paths.contains(old.path) ? pair.base : edition.base
                    redirect(from: folder, to: old, in: base, of: edition, emit)
                }
            }
        }
        // The whole council stood elsewhere.
        for edition in editions {
            for base in formerBases[edition.council.id] ?? [] {
                let language = edition.language == sourceLanguage ? "" : edition.language.tag
                let pages = edition.paths.map {
                    OldAddress(alias: $0, path: $0, title: edition.council.name, sections: [])
                }
                for old in pages + edition.aliases {
                    let folder = joinPath(joinPath(base, language), old.alias)
                    guard old.alias.isEmpty || Self.isSafe(old.alias), taken.insert(folder).inserted else {
                        continue
                    }
                    redirect(from: folder, to: old, of: edition, emit)
                }
                for pair in edition.pairs {
                    let name = pair.base.split(separator: "/").last.map(String.init) ?? pair.base
                    for path in pair.paths {
                        let folder = joinPath(joinPath(base, name), path)
                        guard taken.insert(folder).inserted else { continue }
                        let old = OldAddress(
                            alias: path, path: path, title: edition.council.name, sections: [])
                        redirect(from: folder, to: old, in: pair.base, of: edition, emit)
                    }
                }
            }
        }
        return []
    }

    private func redirect(
        from folder: String, to old: OldAddress, in base: String? = nil, of edition: EditionSummary,
        _ emit: SiteBuilder.Emit
    ) {
        let root = Address.up(from: folder)
        let target = Address.folder(base ?? edition.base) + Address.folder(old.path)
        var context = self.base(root: root, hasExit: false)
        context["string"] = StringsContext(strings: edition.strings)
        context["pattern"] = context["string"]
        context["language"] = EditionRenderer.context(edition.language)
        context["is-source-language"] = edition.language == sourceLanguage
        let href = root + target + "index.html"
        let sections = old.sections.map { section in
            Context([
                "href": Words(href + "#" + Address.encode(section.id)), "id": Words(section.id),
                "title": Words(section.title),
            ])
        }
        let values: [String: any Sendable] = [
            "has-sections": !sections.isEmpty, "sections": sections, "href": Words(href),
            "canonical": Words(
                "\(portal.baseURL)/\(Address.folder(edition.base))\(Address.folder(old.path))"),
            "title-text": Words(edition.strings(.redirectLink, ["page": old.title])),
        ]
        var page = builder.theme.renderer.render(
            Context(values, over: context), withTemplate: TemplateSchema.redirect,
            in: TextSetting(edition.language, latin: edition.latin))
        if edition.strings.hasMarks {
            page = SourceWordsHTML(in: edition.language).resolve(page)
        }
        emit(Address.file(folder), page, "redirect to \(target)")
    }

    /// An alias stays within its edition.
    private static func isSafe(_ alias: String) -> Bool {
        !alias.hasPrefix("/")
            && alias.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty && $0 != "." && $0 != ".."
            }
    }
}
