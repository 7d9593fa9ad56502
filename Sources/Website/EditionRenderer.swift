import Guidance
import Markdown
import Translations
import Workspace

/// Writes the pages of a plan; keeps what several of them share.
struct EditionRenderer {
    let plan: EditionPlan
    let builder: SiteBuilder
    let edition: Edition
    let setting: EditionSetting
    /// What stands beside the pages.
    var second: SecondEdition? { plan.second }
    private let templates: TemplateRenderer
    private var bases: [BaseKey: Context] = [:]
    private var frames: [FrameKey: Frame] = [:]
    /// The templates of ordinary pages and of topics.
    private var shapes: [ShapeKey: Frame] = [:]
    private let titleTemplate: StringTemplate
    private let siteName: [UInt8]
    private let description: [UInt8]
    let councilHTML: [UInt8]
    private let languageContext: Context
    private let sourceLanguageContext: Context
    var dates: [CalendarDate: [UInt8]] = [:]

    private struct BaseKey: Hashable {
        var depth: Int
        var hasExit: Bool
    }

    private struct FrameKey: Hashable {
        var base: BaseKey
        var audience: Audience
        /// Which of the other languages have the page.
        var here: [Bool]
        var hasPanel: Bool
    }

    private struct ShapeKey: Hashable {
        var base: BaseKey
        var audience: Audience
        var shape: Shape
    }

    /// What decides how the template of an ordinary page or a topic comes out, apart from the page's texts.
    private struct Shape: Hashable {
        var template: String
        var kind: String
        /// The folder that the breadcrumb leads up from; empty on most pages.
        var folder: String
        /// Which of the optional texts there are.
        var texts: Set<Frame.Slot>
        /// Which of the languages that it can stand beside have the page.
        var pairs: [Bool]
        var translation: TranslationShape?
    }

    /// What the notice of a translated page says.
    struct TranslationShape: Hashable {
        var missing: Bool
        var replaced: Bool
        var stale: Bool
        var hasSource: Bool
        var review: ReviewState?

        var hasNotice: Bool { review == .draft || missing || replaced || stale }
    }

    init(_ plan: EditionPlan, builder: SiteBuilder) {
        self.plan = plan
        self.builder = builder
        edition = plan.edition
        setting = plan.setting
        templates = builder.theme.renderer
        titleTemplate = StringTemplate(plan.edition.strings[.pageTitle])
        siteName = HTML.escape(plan.edition.council.shortName)
        description = HTML.escape(plan.edition.portal.description?.plainText ?? "")
        councilHTML = Self.name(plan.edition.council.name, plan.setting)
        languageContext = Self.context(plan.edition.language)
        sourceLanguageContext = Self.context(plan.edition.sourceLanguage)
    }

    /// A name in the source language, marked as such within another.
    static func name(_ name: String, _ setting: EditionSetting) -> [UInt8] {
        guard setting.isTranslated else { return HTML.escape(name) }
        return Array(
            "<bdi lang=\"\(setting.sourceLanguage.tag)\" dir=\"\(setting.sourceLanguage.direction.rawValue)\">"
                .utf8) + HTML.escape(name)
            + Array("</bdi>".utf8)
    }

    static func context(_ language: Language) -> Context {
        Context([
            "tag": Words(language.tag), "direction": Words(language.direction.rawValue),
            "name": Words(language.nativeName), "english-name": Words(language.englishName),
        ])
    }

    /// Renders what is not kept.
    ///
    /// - Parameter common: What all pages are made from.
    mutating func render(common: ContentHash, keep: SiteBuilder.Keep, emit: SiteBuilder.KeyedEmit) {
        for index in plan.jobs.indices {
            let job = plan.whole(index)
            let path = Address.file(joinPath(plan.base, job.path))
            let key = key(index, common)
            // Asked for each: what is kept is known by its path.
            let isKept = keep(path, key)
            let isFileKept =
                !job.isFilledIn || plan.second == nil
                || keep(joinPath(plan.base, Address.folder(job.path) + SecondEdition.file), key)
            if !isKept || !isFileKept {
                let (whole, main) = page(job)
                emit(path, SourceWordsHTML.page(whole, of: edition), "page \(path)", key)
                if job.isFilledIn, plan.second != nil {
                    emit(
                        joinPath(plan.base, Address.folder(job.path) + SecondEdition.file),
                        SecondEdition.script(SourceWordsHTML.page(main, of: edition)), "words \(job.path)",
                        key)
                }
            }
            if let glossary = job.page, ExplainedWords.explains(glossary) {
                let path = joinPath(plan.base, Address.folder(job.path) + ExplainedWords.file)
                if !keep(path, key) {
                    emit(
                        path, ExplainedWords.script(of: glossary, in: pageSetting(job)), "words \(job.path)",
                        key)
                }
            }
            guard job.path == plan.contactsPath, plan.second == nil else { continue }
            for contact in edition.contactGroups.flatMap(\.contacts) where contact.canBeSaved {
                let path = joinPath(edition.base, "contacts/\(contact.id).vcf")
                if keep(path, common) { continue }
                emit(
                    path,
                    VCard.bytes(
                        contact, organisation: contact.isNational ? nil : edition.council.name,
                        age: ageText(contact).map(SourceWords.removed)),
                    "contact \(contact.id)", common)
            }
        }
    }

    /// What a page is made from.
    private func key(_ index: Int, _ common: ContentHash) -> ContentHash {
        let path = plan.jobs[index].path
        var digest = Digest()
        digest.add(common)
        digest.add(path)
        digest.add(plan.pageKeys[index])
        if let second = plan.second { digest.add(second.plan.pageKey(path)) }
        return digest.hash
    }

    // MARK: - One page

    /// The whole page, and what is in its `main`.
    private mutating func page(_ job: EditionPlan.Job) -> (whole: [UInt8], main: [UInt8]) {
        let hasExit =
            builder.theme.tokens.hasExit && edition.portal.exit.audiences.contains(job.audience)
            && !edition.portal.exit.url.isEmpty
        let base = BaseKey(depth: Address.depth(job.path), hasExit: hasExit)
        let page = pageSetting(job)
        let title = title(job)
        let (template, kind) = presentation(job)

        var slots = Frame.Values()
        slots[.documentTitle] = HTML.fill(
            titleTemplate, ["page": HTML.escape(documentTitle(title, job)), "site": siteName])
        slots[.description] = job.page?.summary.map { HTML.escape($0.plainText) } ?? description
        slots[.kind] = Array(kind.utf8)
        slots[.path] = HTML.escape(job.path)
        slots[.reader] = Array((job.page?.reader?.rawValue ?? "").utf8)
        slots[.folder] = HTML.escape(Address.folder(job.path))
        slots[.title] = span(title, page)
        slots[.secondTitle] = beside(
            title, secondTitle(job), page, isLabel: job.page?.kind == .form && second?.isSource ?? false)
        if let summary = job.page?.summary { slots[.summary] = span(summary, page) }
        if let reviewed = job.page?.reviewed {
            slots[.reviewed] = reviewedText(reviewed)
            slots[.reviewedDate] = Array(reviewed.description.utf8)
        }
        let translation = writeText(job, page, into: &slots)

        if job.content.hasOnlyTexts {
            let shape = Shape(
                template: template, kind: kind,
                folder: job.path.lastIndex(of: "/").map { String(job.path[..<$0]) } ?? "",
                texts: Set(Self.optionalSlots.filter { !slots[$0].isEmpty }),
                pairs: pairs(job), translation: translation)
            slots[.main] = frame(shape, job, base, page).page(slots, current: placeAmongTopics(job))
        } else {
            var values = pageValues(job, kind, page) { slots[$0].isEmpty ? nil : Words(slots[$0]) }
            values["translation"] = translationContext(translation, path: Address.folder(job.path), page)
            addNoticeFlags(translation, &values)
            addValues(job, page, &values)
            let context = Context(values, over: baseContext(base))
            slots[.main] = templates.render(context, withTemplate: template, in: setting.text)
        }
        let frame = frame(job, base, page)
        if frame.hasStyles { slots.separateStyles() }
        return (frame.page(slots, current: placeInNavigation(job)), slots[.main])
    }

    private func pageSetting(_ job: EditionPlan.Job) -> PageSetting {
        PageSetting(
            editionRoot: Address.up(from: job.path), siteRoot: siteRoot(Address.depth(job.path)),
            path: job.path,
            edition: setting)
    }

    /// The page's own place in the navigation, if it has one.
    private func placeInNavigation(_ job: EditionPlan.Job) -> Int? {
        plan.placeInNavigation(job.path, of: EditionPlan.readers(job.audience))
    }

    /// A topic's own place among the topics.
    private func placeAmongTopics(_ job: EditionPlan.Job) -> Int? {
        guard case .topic = job.content else { return nil }
        return topics(job).firstIndex { $0.path == job.path }
    }

    /// The texts that a page may lack.
    private static let optionalSlots: [Frame.Slot] = [
        .summary, .contents, .introduction, .sections, .reviewed, .secondTitle,
    ]

    /// The names of a page's template; a text comes as a value, or as the mark of its slot.
    private func pageValues(
        _ job: EditionPlan.Job, _ kind: String, _ page: PageSetting, _ text: (Frame.Slot) -> Words?
    ) -> [String: any Sendable] {
        func optional(_ slot: Frame.Slot) -> any Sendable { text(slot) ?? Absent() }
        let crumbs = breadcrumb(job, page)
        var reviewed: any Sendable = Absent()
        if let words = text(.reviewed), let date = text(.reviewedDate) {
            reviewed = Context(["text": words, "iso": date])
        }
        return [
            "title": text(.title) ?? Words(""), "kind": Words(kind), "path": text(.path) ?? Words(""),
            "audience": Words(job.audience.rawValue), "is-professional": job.audience == .professionals,
            "breadcrumb": crumbs, "has-breadcrumb": !crumbs.isEmpty, "summary": optional(.summary),
            "contents": optional(.contents), "introduction": optional(.introduction),
            "sections": optional(.sections), "reviewed": reviewed, "translation": Absent(),
            "bank-holidays": job.page?.kind == .dates ? bankHolidays() : Absent(),
            "second": secondContext(text(.secondTitle)),
            "pairs": pairLinks(
                pairs(job), folder: text(.folder)?.renderText ?? "", page, isFilledIn: job.isFilledIn),
        ]
    }

    /// The template of a page, and the kind that style sheets see.
    private func presentation(_ job: EditionPlan.Job) -> (template: String, kind: String) {
        switch job.content {
        case .home: return ("home", "home")
        case .faq: return ("faq", "faq")
        case .topic: return ("topic", "topic")
        case .aToZ: return ("a-to-z", "a-to-z")
        case .contacts: return ("contacts", "contacts")
        case .accessibility: return ("accessibility", "accessibility")
        case .leaflets: return ("leaflets", "leaflets")
        case .desk: return ("desk", "desk")
        case .steps where builder.theme.templateNames.contains(TemplateSchema.path):
            return (TemplateSchema.path, TemplateSchema.path)
        case .ordinary, .steps: break
        }
        let kind = job.page?.kind.rawValue ?? "page"
        if builder.theme.hasPageTemplates {
            let own = TemplateSchema.pagePrefix + String(job.path.map { $0 == "/" ? "-" : $0 })
            if builder.theme.templateNames.contains(own) { return (own, kind) }
        }
        if TemplateSchema.optional.contains(kind), builder.theme.templateNames.contains(kind) {
            return (kind, kind)
        }
        return ("page", kind)
    }

    func title(_ job: EditionPlan.Job) -> Passage {
        Self.title(job, edition)
    }

    private static func title(_ job: EditionPlan.Job, _ edition: Edition) -> Passage {
        if let title = job.page?.title, !title.inlines.isEmpty { return title }
        let strings = edition.strings
        switch job.content {
        case .home, .ordinary, .steps, .topic: return Passage(edition.council.name)
        case .faq: return Passage(strings[.faqTitle])
        case .aToZ: return Passage(strings[.aToZTitle])
        case .contacts: return Passage(strings[.contactsTitle])
        case .accessibility: return Passage(strings[.accessibilityTitle])
        case .leaflets: return Passage(strings[.leafletsTitle])
        case .desk: return Passage(strings[.deskTitle])
        }
    }

    /// Writes what was made from Markdown; says what must be told about its translation.
    private func writeText(
        _ job: EditionPlan.Job, _ page: PageSetting, into slots: inout Frame.Values
    ) -> TranslationShape? {
        var writer = HTMLWriter(page, kind: job.page?.kind ?? .page)
        if job.audience != .professionals, job.page?.kind != .glossary { writer.explained = [] }
        let (introduction, sections, notes) = writer.numberFootnotes(
            job.page?.introduction ?? [], job.page?.sections ?? [])
        let moved = job.page.map { formerIDs(of: $0, page) }
        writer.formerIDs = moved?.here ?? [:]
        if let second, let other = second.plan.page(job.path) {
            writer.second = SecondText(other, notes: notes, second.setting(siteRoot: page.siteRoot))
        }
        if let form = job.page { writer.writeSourceTitle(of: form) }
        slots[.introduction] = writer.take()
        if !introduction.isEmpty {
            writer.reserve(2048)
            writer.write(introduction)
            slots[.introduction] += writer.take()
        }
        if let easy = job.page, easy.kind == .easy {
            writer.writeTesters(of: easy)
            slots[.introduction] += writer.take()
        }
        if let links = moved?.elsewhere, !links.isEmpty {
            slots[.introduction] = links + slots[.introduction]
        }
        if !sections.isEmpty {
            writer.reserve(16_384)
            writer.write(sections, besideQuestion: questionLink(job, page))
            if let credits = job.page?.pictureCredits { writer.writeCredits(credits) }
            slots[.sections] = writer.take()
        }
        if !notes.isEmpty {
            writer.write(notes)
            slots[sections.isEmpty ? .introduction : .sections] += writer.take()
        }
        var translation: TranslationShape?
        if setting.isTranslated {
            let title = job.page?.title.translation ?? .current
            translation = TranslationShape(
                missing: writer.sawMissing || title == .missing,
                replaced: writer.sawReplaced || title == .replaced,
                stale: writer.sawStale || title == .stale,
                hasSource: setting.source?.paths.contains(job.path) ?? false,
                review: job.page?.review ?? edition.review)
        }
        var entries: [(id: String, heading: Passage)] = []
        switch job.content {
        case .ordinary, .topic, .faq: entries = sections.map { ($0.id, $0.heading) }
        case .contacts:
            entries =
                contactGroups(job).map { (cardID("group-" + $0.id, page), $0.heading) }
                + sections.map { ($0.id, $0.heading) }
        case .home, .steps, .aToZ, .accessibility, .leaflets, .desk: break
        }
        if entries.count > 1 {
            writer.writeContents(entries)
            slots[.contents] = writer.take()
        }
        return translation
    }

    /// Where links to ids that sections of a page had are led: the ids by the section that has their words now, and for
    /// words that are on another page, or nowhere, a link each. It shows to those alone who followed such a link.
    private func formerIDs(
        of written: Page, _ page: PageSetting
    ) -> (here: [String: [String]], elsewhere: [UInt8]) {
        var here: [String: [String]] = [:]
        var elsewhere: [UInt8] = []
        guard !written.formerIDs.isEmpty else { return (here, elsewhere) }
        let ids = Set(written.allSections.map(\.id))
        var seen = ids
        for former in written.formerIDs where seen.insert(former.id).inserted {
            let address = former.address
            if address.path == written.path {
                // Where a council does not have the section, the link leads to the top of its page.
                if let section = address.section, ids.contains(section) {
                    here[section, default: []].append(former.id)
                }
                continue
            }
            guard let target = edition.page(address.path), isPublished(address.path) else {
                continue
            }
            elsewhere += Array("<p class=\"moved\" id=\"".utf8)
            elsewhere += HTML.escape(former.id)
            elsewhere += Array("\"><a href=\"".utf8)
            elsewhere += HTML.escape(
                href(address.path, page) + (address.section.map { "#" + Address.encode($0) } ?? ""))
            elsewhere += Array("\">".utf8)
            elsewhere += setting.fill(.redirectLink, ["page": span(target.title, page, linked: false)])
            elsewhere += Array("</a></p>\n".utf8)
        }
        return (here, elsewhere)
    }

    /// Whether there is a notice, of the portal or about the translation, and whether it opens from one line.
    private func addNoticeFlags(_ translation: TranslationShape?, _ values: inout [String: any Sendable]) {
        let isTold = translation?.hasNotice ?? false
        values["has-notices"] = isTold || !edition.notice.isEmpty
        var isLong = false
        if edition.notice.count > 1, case .paragraph = edition.notice[0].content { isLong = true }
        values["has-folded-notices"] = isTold || isLong
    }

    /// Adds what the template of a page has besides its text.
    private func addValues(
        _ job: EditionPlan.Job, _ page: PageSetting, _ values: inout [String: any Sendable]
    ) {
        switch job.content {
        case .ordinary: break
        case .home: homeValues(job, page, &values)
        case .steps:
            values["steps"] = (job.page?.steps ?? []).compactMap { point($0, page) }
        case .contacts: contactsValues(job, page, &values)
        case .faq, .topic:
            values["search"] = searchContext(page)
            values["a-to-z-href"] = Words(href(EditionPlan.aToZPath, page))
            values["topics"] = topics(job, page)
        case .aToZ:
            values["search"] = searchContext(page)
            let letters = letters(job, page)
            values["has-letters"] = letters.count > 1
            values["letters"] = letters
        case .accessibility(let details): accessibilityValues(details, page, &values)
        case .leaflets: leafletValues(page, &values)
        case .desk: deskValues(page, &values)
        }
    }

    // MARK: - What pages share

    private func siteRoot(_ depth: Int) -> String {
        String(repeating: "../", count: depth + Address.depth(plan.base))
    }

    /// Whether the edition has a page, side by side with another language or by itself.
    func isPublished(_ path: String) -> Bool {
        setting.paths.contains(path) || setting.alone?.paths.contains(path) ?? false
    }

    /// The page's title in the second language.
    private func secondTitle(_ job: EditionPlan.Job) -> Passage? {
        guard let second, let other = second.plan.job(job.path) else { return nil }
        return Self.title(other, second.edition)
    }

    /// For the browser's tab and its history.
    private func documentTitle(_ title: Passage, _ job: EditionPlan.Job) -> String {
        guard let second = plan.second,
            let other = secondTitle(job)?.beside(title, isSource: second.isSource)
        else { return title.plainText }
        return "\(title.plainText) / \(other.plainText)"
    }

    func href(_ path: String, _ page: PageSetting) -> String {
        let root: String
        if let alone = setting.alone, !setting.paths.contains(path) {
            root = page.siteRoot + Address.folder(alone.base)
        } else {
            root = page.editionRoot
        }
        return root + Address.folder(path) + "index.html"
    }

    func href(_ question: EditionPlan.Question, _ page: PageSetting) -> String {
        let fragment = "#" + question.section.id
        return question.path == page.path ? fragment : href(question.path, page) + fragment
    }

    /// Text in the edition's language, as HTML.
    func html(_ text: String) -> [UInt8] { TextRuns.html(text, setting.text) }

    func span(_ passage: Passage, _ page: PageSetting, linked: Bool = true) -> [UInt8] {
        var writer = HTMLWriter(page)
        if linked { writer.writeSpan(passage) } else { writer.writeUnlinked(passage) }
        return writer.take()
    }

    private mutating func baseContext(_ key: BaseKey) -> Context {
        if let known = bases[key] { return known }
        // Only the depth matters here: no page has this path.
        let page = PageSetting(
            editionRoot: String(repeating: "../", count: key.depth), siteRoot: siteRoot(key.depth),
            path: "\u{1}",
            edition: setting)
        func own(_ path: String?) -> any Sendable {
            guard let path, isPublished(path) else { return Absent() }
            return Words(href(path, page))
        }
        let council = edition.council
        var logo: any Sendable = Absent()
        if let path = council.brand.logo, let file = setting.files[path] {
            logo = Context([
                "src": Words(page.siteRoot + Address.encode(file.path)),
                "width": optionalWords(file.size.map { "\($0.width)" }),
                "height": optionalWords(file.size.map { "\($0.height)" }),
            ])
        }
        let home = href("", page)
        let website = council.website.flatMap { Link.safe($0) }
        let context = Context([
            "string": StringsContext(strings: edition.strings),
            "pattern": StringsContext(strings: edition.strings),
            "source-string": StringsContext(strings: plan.sourceStrings),
            "asset": AssetsContext(names: builder.theme.assetPaths, root: page.siteRoot),
            "inline": InlineContext(contents: builder.theme.inlineContents),
            "root": Words(page.siteRoot), "home": Words(home), "language": languageContext,
            "source-language": sourceLanguageContext, "is-source-language": !setting.isTranslated,
            "portal": Context([
                "name": Words(span(edition.portal.name, page)),
                "href": Words(edition.portal.isSingleCouncil ? home : page.siteRoot + "index.html"),
                "has-chooser": !edition.portal.isSingleCouncil,
            ]),
            "council": Context([
                "id": Words(council.id), "name": Words(council.name), "short-name": Words(council.shortName),
                "website": optionalWords(website), "logo": logo,
            ]),
            "find": searchContext(page),
            "exit": key.hasExit
                ? Context(["href": Words(edition.portal.exit.url)]) as any Sendable : Absent(),
            "faq-href": own(EditionPlan.faqPath), "contacts-href": own(plan.contactsPath),
            "leaflets-href": own(EditionPlan.leafletsPath),
            "accessibility-href": own(EditionPlan.accessibilityPath),
            "privacy-href": own(EditionPlan.privacyPath), "safety-href": own(EditionPlan.safetyPath),
            "notice": noticeContext(edition.notice, page),
        ])
        bases[key] = context
        return context
    }

    /// The days of the council's nation that are no working days.
    private func bankHolidays() -> any Sendable {
        let holidays = builder.theme.bankHolidays
        let nation = edition.council.nation
        guard let span = holidays.span(for: nation) else { return Absent() }
        return Context([
            "days": Words(holidays.written(for: nation)),
            "from": Words(span.lowerBound.description), "to": Words(span.upperBound.description),
            "from-text": Words(edition.strings.text(span.lowerBound)),
            "to-text": Words(edition.strings.text(span.upperBound)),
        ])
    }

    /// The own template of an ordinary page or a topic, filled with the marks of its slots.
    private mutating func frame(
        _ shape: Shape, _ job: EditionPlan.Job, _ base: BaseKey, _ page: PageSetting
    ) -> Frame {
        let key = ShapeKey(base: base, audience: job.audience, shape: shape)
        if let known = shapes[key] { return known }
        var values = pageValues(job, shape.kind, page) { slot in
            switch slot {
            case .summary, .contents, .introduction, .sections, .reviewed, .secondTitle:
                shape.texts.contains(slot) ? slot.words : nil
            case .documentTitle, .description, .main, .kind, .path, .folder, .title, .reviewedDate, .reader,
                .styles:
                slot.words
            }
        }
        values["translation"] = translationContext(shape.translation, path: Frame.Slot.folder.mark, page)
        addNoticeFlags(shape.translation, &values)
        // Links to a page from itself would be fragments; the template serves several pages.
        var shared = page
        shared.path = "\u{1}"
        addValues(job, shared, &values)
        let context = Context(values, over: baseContext(base))
        let frame = Frame(templates.render(context, withTemplate: shape.template, in: setting.text))
        shapes[key] = frame
        return frame
    }

    /// The layout, filled with the marks of its slots.
    private mutating func frame(_ job: EditionPlan.Job, _ base: BaseKey, _ page: PageSetting) -> Frame {
        let readers = EditionPlan.readers(job.audience)
        let here = plan.alternatives.map { $0.paths.contains(job.path) }
        // The page of the questions has a search of its own.
        let isFAQ = if case .faq = job.content { true } else { false }
        let hasPanel = plan.extras.search != nil && !isFAQ && job.audience != .professionals
        let key = FrameKey(
            base: base, audience: job.audience, here: here, hasPanel: hasPanel)
        if let known = frames[key] { return known }

        let entries = plan.navigation[readers] ?? []
        var shared = page
        // Links to a page from itself would be fragments; the frame serves several pages.
        shared.path = "\u{1}"
        let strings = edition.strings
        let council = edition.council
        var values: [String: any Sendable] = [
            "title": Frame.Slot.documentTitle.words, "description": Frame.Slot.description.words,
            "main": Frame.Slot.main.words, "page-styles": Frame.Slot.styles.words,
            "page-kind": Frame.Slot.kind.words,
            "page-path": Frame.Slot.path.words, "reader": Frame.Slot.reader.words,
            "audience": Words(job.audience.rawValue),
            "is-for-young-people": job.audience == .youngPeople, "is-side-by-side": second != nil,
            "is-hidden-from-search-engines": !edition.portal.allowsSearchEngines,
            "policy": Words(builder.theme.policy), "stylesheet": Words(page.siteRoot + plan.stylesheet),
        ]
        let folder = Frame.Slot.folder.mark
        func web(_ base: String) -> String {
            edition.portal.baseURL + "/" + Address.folder(base) + folder
        }
        values["canonical"] = Words(web(edition.base))
        let published = zip(plan.alternatives, here).filter(\.1).map(\.0.alternative)
        var alternates: [Context] = []
        if published.count > 1, plan.second == nil {
            alternates = published.map {
                Context(["tag": Words($0.language.tag), "href": Words(web($0.base))])
            }
            if let source = published.first(where: { $0.language == edition.sourceLanguage }) {
                alternates.append(Context(["tag": Words("x-default"), "href": Words(web(source.base))]))
            }
        }
        values["alternates"] = alternates
        let links = entries.enumerated().map { number, entry in
            ListEntry(
                values: Context([
                    "href": Words(href(entry.path, shared)),
                    "title": Words(span(entry.title, shared, linked: false)),
                    "path": Words(entry.path), "kind": Words(entry.kind),
                ]),
                number: number)
        }
        values["navigation"] = links
        var rest = links[...]
        values["navigation-groups"] = (plan.navigationGroups[readers] ?? []).map { group in
            let own = rest.prefix(group.entries.count)
            rest = rest.dropFirst(group.entries.count)
            return Context([
                "heading": optionalWords(group.stage.map { html(strings[$0.heading]) } ?? []),
                "entries": Array(own),
            ])
        }
        values["has-navigation"] = !entries.isEmpty
        values["has-search-panel"] = hasPanel
        let hasProfessionals = readers == .family && !(plan.entries[.professionals] ?? []).isEmpty
        values["professionals-href"] = optionalWords(
            hasProfessionals ? href("", shared) + "#_professionals" : nil)
        values["languages"] = zip(plan.alternatives, here).map { entry, isHere in
            let language = entry.alternative.language
            let base = page.siteRoot + Address.folder(entry.alternative.base)
            return Context([
                "tag": Words(language.tag), "name": Words(language.nativeName),
                "direction": Words(language.direction.rawValue),
                "href": Words(base + (isHere ? folder : "") + "index.html"),
                "is-current": language == edition.language && plan.second == nil, "is-here": isHere,
            ])
        }
        values["has-languages"] = plan.alternatives.count > 1
        values["ended"] = Absent()
        if let end = council.validTo, end.isOver(on: edition.today) {
            values["ended"] = Context([
                "text": Words(
                    setting.fill(
                        .ended, ["council": councilHTML, "date": html(strings.text(end))])),
                "has-successors": !council.successors.isEmpty,
                "successors": council.successors.map { successor in
                    Context([
                        "name": Words(successor.name),
                        "href": optionalWords(successor.url.flatMap { Link.safe($0) }),
                        "area": optionalWords(successor.area.map { strings(.endedArea, ["area": $0]) }),
                    ])
                },
            ])
        }
        values["old-information"] = Absent()
        if let from = oldInformation {
            values["old-information"] = Words(
                setting.fill(
                    .oldInformation,
                    ["council": councilHTML, "date": html(strings.text(from))]))
        }
        // What the home page says at its top is not said again at its foot.
        let said = job.path.isEmpty ? Set(mainContacts(job).map(\.way)) : []
        let all = edition.helplines
        // On pages for the young, those that are for them come first.
        let isTheirs = { (contact: Contact) in
            job.audience == .youngPeople && contact.audience == .youngPeople
        }
        let named = all.filter { isTheirs($0.contact) } + all.filter { !isTheirs($0.contact) }
        let helplines = named.filter { !said.contains($0.way) }.map { contact, way, destination in
            Context([
                "name": Words(span(contact.name, shared, linked: false)),
                "text": Words(HTML.escape(way.shown)),
                "href": Words(destination),
            ])
        }
        values["helplines"] = helplines
        values["has-helplines"] = !helplines.isEmpty

        let context = Context(values, over: baseContext(base))
        let frame = Frame(templates.render(context, withTemplate: TemplateSchema.layout, in: setting.text))
        frames[key] = frame
        return frame
    }
}

/// The notice of every page. Of several paragraphs the first is its summary, and the page can fold the rest.
func noticeContext(_ blocks: [Block], _ setting: PageSetting) -> any Sendable {
    guard !blocks.isEmpty else { return Absent() }
    var summary = HTMLWriter(setting)
    var rest = blocks[...]
    if blocks.count > 1, case .paragraph(let passage) = blocks[0].content {
        summary.writeSpan(passage)
        rest = rest.dropFirst()
    }
    var text = HTMLWriter(setting)
    text.write(Array(rest))
    return Context(["summary": optionalWords(summary.take()), "text": Words(text.take())])
}
