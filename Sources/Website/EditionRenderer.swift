import Guidance
import Markdown
import Mustache
import Translations
import Workspace

/// Writes the pages of a plan; keeps what several of them share.
struct EditionRenderer {
    let plan: EditionPlan
    let builder: SiteBuilder
    private let edition: Edition
    private let setting: EditionSetting
    private let library: MustacheLibrary
    private var bases: [BaseKey: Context] = [:]
    private var frames: [FrameKey: Frame] = [:]
    private var cards: [CardKey: Context] = [:]
    private let titleTemplate: StringTemplate
    private let siteName: [UInt8]
    private let description: [UInt8]
    private let councilHTML: [UInt8]
    private let languageContext: Context
    private let sourceLanguageContext: Context
    private var dates: [CalendarDate: String] = [:]

    private struct BaseKey: Hashable {
        var depth: Int
        var hasExit: Bool
    }

    private struct FrameKey: Hashable {
        var base: BaseKey
        var audience: Audience
        /// The page's own place in the navigation, if it has one.
        var current: String
        /// Which of the other languages have the page.
        var here: [Bool]
    }

    private struct CardKey: Hashable {
        var depth: Int
        var contact: String
    }

    init(_ plan: EditionPlan, builder: SiteBuilder) {
        self.plan = plan
        self.builder = builder
        edition = plan.edition
        setting = plan.setting
        library = builder.theme.library
        titleTemplate = StringTemplate(plan.edition.strings[.pageTitle])
        siteName = HTML.escape(plan.edition.council.shortName)
        description = HTML.escape(plan.edition.portal.description?.plainText ?? "")
        let council = plan.edition.council.name
        councilHTML =
            plan.setting.isTranslated
            ? Array("<bdi lang=\"\(plan.edition.sourceLanguage.tag)\">".utf8) + HTML.escape(council) + Array("</bdi>".utf8)
            : HTML.escape(council)
        languageContext = Self.context(plan.edition.language)
        sourceLanguageContext = Self.context(plan.edition.sourceLanguage)
    }

    static func context(_ language: Language) -> Context {
        Context([
            "tag": Words(language.tag), "direction": Words(language.direction.rawValue),
            "name": Words(language.nativeName),
        ])
    }

    mutating func render(_ range: Range<Int>, emit: SiteBuilder.Emit) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for job in plan.jobs[range] {
            let path = Address.file(joinPath(edition.base, job.path))
            emit(path, page(job, &diagnostics), "page \(path)")
            if job.path == plan.contactsPath {
                for contact in edition.contactGroups.flatMap(\.contacts) {
                    emit(
                        joinPath(edition.base, "contacts/\(contact.id).vcf"),
                        VCard.bytes(contact, organisation: contact.isNational ? nil : edition.council.name),
                        "contact \(contact.id)")
                }
            }
        }
        return diagnostics
    }

    // MARK: - One page

    private mutating func page(_ job: EditionPlan.Job, _ diagnostics: inout [Diagnostic]) -> [UInt8] {
        let hasExit =
            builder.theme.tokens.hasExit && edition.portal.exit.audiences.contains(job.audience)
            && !edition.portal.exit.url.isEmpty
        let base = BaseKey(depth: Address.depth(job.path), hasExit: hasExit)
        let page = PageSetting(
            editionRoot: Address.up(from: job.path), siteRoot: siteRoot(base.depth), path: job.path,
            edition: setting)
        var (template, kind, values) = content(job, page)
        let title = title(job)
        values["title"] = Words(span(title, page))
        values["kind"] = Words(kind)
        values["path"] = Words(job.path)
        values["audience"] = Words(job.audience.rawValue)
        values["is-professional"] = job.audience == .professionals
        let crumbs = breadcrumb(job, page)
        values["breadcrumb"] = crumbs
        values["has-breadcrumb"] = !crumbs.isEmpty
        if let summary = job.page?.summary { values["summary"] = Words(span(summary, page)) }
        if let reviewed = job.page?.reviewed {
            let date = text(reviewed)
            values["reviewed"] = Context([
                "text": Words(edition.strings(.lastReviewed, ["date": date])), "iso": Words(reviewed.description),
            ])
        }
        let context = Context(values, over: baseContext(base))
        template = templateName(template, job)
        check(job, template, &diagnostics)
        let main = library.render(context, withTemplate: template) ?? ""

        let pageTitle = HTML.fill(
            titleTemplate, ["page": HTML.escape(title.plainText), "site": siteName])
        return frame(job, base, page).page(
            Frame.Values(
                title: pageTitle,
                description: job.page?.summary.map { HTML.escape($0.plainText) } ?? description, main: main,
                kind: kind, path: job.path, folder: Address.folder(job.path)))
    }

    private func templateName(_ name: String, _ job: EditionPlan.Job) -> String {
        guard name == "page" else { return name }
        let own = TemplateSchema.pagePrefix + String(job.path.map { $0 == "/" ? "-" : $0 })
        if builder.theme.templateNames.contains(own) { return own }
        if let kind = job.page?.kind.rawValue, TemplateSchema.optional.contains(kind),
            builder.theme.templateNames.contains(kind)
        {
            return kind
        }
        return name
    }

    private func title(_ job: EditionPlan.Job) -> Passage {
        if let title = job.page?.title, !title.inlines.isEmpty { return title }
        let strings = edition.strings
        switch job.content {
        case .home, .ordinary, .topic: return Passage(edition.council.name)
        case .faq: return Passage(strings[.faqTitle])
        case .aToZ: return Passage(strings[.aToZTitle])
        case .contacts: return Passage(strings[.contactsTitle])
        case .accessibility: return Passage(strings[.accessibilityTitle])
        case .leaflets: return Passage(strings[.leafletsTitle])
        }
    }

    /// Sections cannot have the ids that the templates use.
    private func check(_ job: EditionPlan.Job, _ template: String, _ diagnostics: inout [Diagnostic]) {
        guard !setting.isTranslated, let page = job.page else { return }
        let reserved = builder.theme.reservedIDs[template] ?? []
        func check(_ sections: [Section]) {
            for section in sections {
                if reserved.contains(section.id) {
                    diagnostics.append(
                        .error(
                            "ReservedID", "the theme's templates use the id '\(section.id)' themselves",
                            at: SourceLocation(file: section.file, range: section.range),
                            help: "Give this section another id: {#\(section.id)-2}."))
                }
                check(section.children)
            }
        }
        check(page.sections)
    }

    /// The template of a page, the kind that style sheets see, and the names with a value of their own.
    private mutating func content(
        _ job: EditionPlan.Job, _ page: PageSetting
    ) -> (template: String, kind: String, values: [String: any Sendable]) {
        var values = Self.absent
        var writer = HTMLWriter(page, kind: job.page?.kind ?? .page)
        let sections = job.page?.sections ?? []
        if let introduction = job.page?.introduction, !introduction.isEmpty {
            writer.reserve(2048)
            writer.write(introduction)
            values["introduction"] = Words(writer.take())
        }
        if !sections.isEmpty {
            writer.reserve(16_384)
            writer.write(sections, afterQuestion: questionEnd(job, page))
            values["sections"] = optionalWords(writer.take())
        }
        if setting.isTranslated { values["translation"] = translation(job, writer, page) }

        var entries = sections.map { (id: $0.id, heading: $0.heading) }
        switch job.content {
        case .home:
            homeValues(job, page, &values)
            return ("home", "home", values)
        case .ordinary, .topic: break
        case .faq, .aToZ: break
        case .contacts:
            let groups = contactGroups(job)
            entries = groups.map { ("group-" + $0.id, $0.heading) } + entries
            values["groups"] = groups.map { group in
                Context([
                    "id": Words("group-" + group.id), "heading": Words(span(group.heading, page)),
                    "contacts": group.contacts.map { contactContext($0, page) },
                ])
            }
        case .accessibility, .leaflets: entries = []
        }
        if entries.count > 1 {
            writer.writeContents(entries)
            values["contents"] = Words(writer.take())
        }
        switch job.content {
        case .home, .ordinary: return ("page", job.page?.kind.rawValue ?? "page", values)
        case .contacts: return ("contacts", "contacts", values)
        case .faq, .topic:
            values["search"] = searchContext(page)
            values["a-to-z-href"] = Words(href(EditionPlan.aToZPath, page))
            values["topics"] = topics(job, page)
            if case .faq = job.content { return ("faq", "faq", values) }
            return ("topic", "topic", values)
        case .aToZ:
            values["search"] = searchContext(page)
            let letters = letters(job, page)
            values["has-letters"] = Alphabet(edition.language).hasLetters
            values["letters"] = letters
            return ("a-to-z", "a-to-z", values)
        case .accessibility(let details):
            accessibilityValues(details, page, &values)
            return ("accessibility", "accessibility", values)
        case .leaflets:
            leafletValues(page, &values)
            return ("leaflets", "leaflets", values)
        }
    }

    /// Every name that may be absent from a page.
    private static let absent: [String: any Sendable] = [
        "summary": Absent(), "contents": Absent(), "introduction": Absent(), "sections": Absent(),
        "reviewed": Absent(), "translation": Absent(),
    ]

    // MARK: - Parts of pages

    private func breadcrumb(_ job: EditionPlan.Job, _ page: PageSetting) -> [Context] {
        guard !job.path.isEmpty else { return [] }
        func crumb(_ path: String, _ title: [UInt8]) -> Context {
            Context(["href": Words(href(path, page)), "title": Words(title)])
        }
        var crumbs = [crumb("", HTML.escape(edition.strings[.home]))]
        var folder = job.path[...]
        var above: [Context] = []
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            let path = String(folder)
            guard let parent = plan.job(path) else { continue }
            above.append(crumb(path, span(title(parent), page, linked: false)))
        }
        crumbs += above.reversed()
        return crumbs
    }

    private func translation(_ job: EditionPlan.Job, _ writer: HTMLWriter, _ page: PageSetting) -> any Sendable {
        let language = ["language": setting.sourceName]
        func sentence(_ word: Word, _ shows: Bool) -> any Sendable {
            shows ? Words(HTML.fill(edition.strings[word], language)) : Absent()
        }
        var title = TranslationState.current
        if let own = job.page?.title { title = own.translation }
        let missing = writer.sawMissing || title == .missing
        let replaced = writer.sawReplaced || title == .replaced
        let stale = writer.sawStale || title == .stale
        var isDraft = false
        var reviewed: any Sendable = Absent()
        switch edition.review {
        case .draft: isDraft = true
        case .reviewed(let name, let date):
            reviewed = Words(edition.strings(.translationReviewed, ["name": name, "date": text(date, edition.strings)]))
        case nil: break
        }
        var source: any Sendable = Absent()
        if let original = setting.source, original.paths.contains(job.path) {
            source = Words(
                page.siteRoot + Address.folder(original.base) + Address.folder(job.path) + "index.html")
        }
        return Context([
            "has-notice": isDraft || missing || replaced || stale, "is-draft": isDraft,
            "missing": sentence(.translationMissing, missing), "replaced": sentence(.translationReplaced, replaced),
            "stale": sentence(.translationStale, stale), "reviewed": reviewed, "source": source,
            "source-text": Words(HTML.fill(edition.strings[.readInLanguage], language)),
            "source-tag": Words(edition.sourceLanguage.tag),
        ])
    }

    private func text(_ date: CalendarDate, _ strings: InterfaceStrings) -> String { strings.text(date) }

    private mutating func text(_ date: CalendarDate) -> String {
        if let known = dates[date] { return known }
        let text = edition.strings.text(date)
        dates[date] = text
        return text
    }

    private func questionEnd(
        _ job: EditionPlan.Job, _ page: PageSetting
    ) -> (inout HTMLWriter, Section) -> Void {
        guard job.page?.kind == .faq else { return { _, _ in } }
        let link = HTML.escape(edition.strings[.linkToQuestion])
        let heading = HTML.escape(edition.strings[.relatedQuestions])
        let related = plan.extras.relatedQuestions
        return { writer, section in
            let questions = (related["\(job.path)#\(section.id)"] ?? []).compactMap { question($0) }
            if !questions.isEmpty {
                writer.write("<div class=\"related\">\n<h3>")
                writer.write(heading)
                writer.write("</h3>\n<ul>\n")
                for question in questions {
                    writer.write("<li><a href=\"")
                    writer.writeEscaped(href(question, page))
                    writer.write("\">")
                    writer.writeUnlinked(question.section.heading)
                    writer.write("</a></li>\n")
                }
                writer.write("</ul>\n</div>\n")
            }
            writer.write("<p class=\"permalink\"><a href=\"#")
            writer.writeEscaped(section.id)
            writer.write("\">")
            writer.write(link)
            writer.write("<span class=\"visually-hidden\">: ")
            writer.writeUnlinked(section.heading)
            writer.write("</span></a></p>\n")
        }
    }

    private func question(_ address: String) -> EditionPlan.Question? {
        let parts = address.split(separator: "#")
        guard parts.count == 2, let page = edition.page(String(parts[0])), setting.paths.contains(page.path),
            let section = page.sections.first(where: { $0.id == parts[1] })
        else { return nil }
        return EditionPlan.Question(path: page.path, section: section)
    }

    private func questionContext(_ question: EditionPlan.Question, _ page: PageSetting) -> Context {
        Context([
            "href": Words(href(question, page)), "title": Words(span(question.section.heading, page, linked: false)),
        ])
    }

    private func topics(_ job: EditionPlan.Job, _ page: PageSetting) -> [Context] {
        (plan.topics[EditionPlan.readers(job.audience)] ?? []).map { topic in
            Context([
                "id": Words("topic-" + String(topic.path.map { $0 == "/" ? "-" : $0 })),
                "href": Words(href(topic.path, page)),
                "title": Words(span(topic.title, page, linked: false)),
                "summary": optionalWords(topic.summary.map { span($0, page) } ?? []),
                "is-current": topic.path == job.path,
                "questions": topic.questions.map { questionContext($0, page) },
            ])
        }
    }

    private func letters(_ job: EditionPlan.Job, _ page: PageSetting) -> [Context] {
        let questions = (plan.topics[EditionPlan.readers(job.audience)] ?? []).flatMap(\.questions)
        let alphabet = Alphabet(edition.language)
        guard alphabet.hasLetters else {
            return [
                Context([
                    "letter": Absent(), "id": Words("all"), "questions": questions.map { questionContext($0, page) },
                ])
            ]
        }
        let sorted = questions.map { ($0, $0.section.heading.plainText) }.enumerated().sorted { a, b in
            if a.element.1 == b.element.1 { return a.offset < b.offset }
            return alphabet.precedes(a.element.1, b.element.1)
        }
        var groups: [(letter: String, questions: [EditionPlan.Question])] = []
        for (_, (question, text)) in sorted {
            let letter = alphabet.initial(of: text) ?? "#"
            if groups.last?.letter != letter { groups.append((letter, [])) }
            groups[groups.count - 1].questions.append(question)
        }
        return groups.enumerated().map { index, group in
            Context([
                "letter": Words(group.letter), "id": Words("letter-\(index + 1)"),
                "questions": group.questions.map { questionContext($0, page) },
            ])
        }
    }

    private func searchContext(_ page: PageSetting) -> any Sendable {
        guard let index = plan.extras.searchIndex else { return Absent() }
        // A question in the source language is looked up there; what is not translated leads there.
        var source = edition
        source.language = edition.sourceLanguage
        return Context([
            "index": Words(page.siteRoot + Address.encode(index)), "root": Words(page.editionRoot),
            "source-index": optionalWords(
                plan.extras.sourceSearchIndex.map { page.siteRoot + Address.encode($0) }),
            "source-language": Words(edition.sourceLanguage.tag),
            "source-root": Words(page.siteRoot + Address.folder(source.base)),
            "count": Words(edition.strings("search-count", ["n": "{n}"])),
            "from-page": Words(edition.strings("search-from-page", ["page": "{page}"])),
        ])
    }

    private func homeValues(_ job: EditionPlan.Job, _ page: PageSetting, _ values: inout [String: any Sendable]) {
        func cards(_ readers: EditionPlan.Readers) -> [Context] {
            (plan.entries[readers] ?? []).map { entry in
                var values: [String: any Sendable] = [
                    "href": Words(href(entry.path, page)), "title": Words(span(entry.title, page, linked: false)),
                    "summary": optionalWords(entry.summary.map { span($0, page) } ?? []),
                    "kind": Words(entry.kind), "path": Words(entry.path),
                ]
                for kind in TemplateSchema.cardKinds { values["is-" + kind] = kind == entry.kind }
                return Context(values)
            }
        }
        let family = cards(.family)
        let professionals = cards(.professionals)
        values["cards"] = family
        values["has-cards"] = !family.isEmpty
        values["professional-cards"] = professionals
        values["has-professional-cards"] = !professionals.isEmpty
        // Whom to phone: the first of each of the first groups that can be phoned or texted.
        let contacts = contactGroups(job).lazy.compactMap { group in
            group.contacts.first { $0.ways.contains { $0.channel == .phone || $0.channel == .text } }
        }.prefix(3).map { contactContext($0, page) }
        values["main-contacts"] = Array(contacts)
        values["has-main-contacts"] = !contacts.isEmpty
    }

    /// The groups that the readers of a page need.
    private func contactGroups(_ job: EditionPlan.Job) -> [ContactGroup] {
        edition.contactGroups.compactMap { group in
            var group = group
            if job.audience != .professionals {
                group.contacts.removeAll { $0.audience == .professionals }
            }
            return group.contacts.isEmpty ? nil : group
        }
    }

    private func contactContext(_ contact: Contact, _ page: PageSetting) -> Context {
        let strings = edition.strings
        func optional(_ passage: Passage?) -> any Sendable { optionalWords(passage.map { span($0, page) } ?? []) }
        let ways = contact.ways.map { way -> Context in
            let destination = way.destination.flatMap { Link.safe($0) }
            let label: Word =
                switch way.channel {
                case .phone: .phone
                case .text: .text
                case .email: .email
                case .web: .web
                case .post: .post
                case .visit: .visit
                }
            var text: [UInt8] = destination == nil ? Array("<bdi dir=\"ltr\" translate=\"no\">".utf8) : []
            for (index, line) in way.text.split(separator: "\n").enumerated() {
                if index > 0 { text += Array("<br>".utf8) }
                HTML.append(String(line), to: &text)
            }
            if destination == nil { text += Array("</bdi>".utf8) }
            return Context([
                "channel": Words(way.channel.rawValue), "label": Words(strings[label]), "text": Words(text),
                "href": optionalWords(destination), "is-literal": true, "is-phone": way.channel == .phone,
                "is-text": way.channel == .text, "is-email": way.channel == .email, "is-web": way.channel == .web,
                "is-post": way.channel == .post, "is-visit": way.channel == .visit,
            ])
        }
        var relay: any Sendable = Absent()
        if contact.relay, let phone = contact.ways.first(where: { $0.channel == .phone }) {
            let number =
                Array("<bdi dir=\"ltr\" translate=\"no\">".utf8) + HTML.escape(phone.text) + Array("</bdi>".utf8)
            relay = Words(HTML.fill(strings[.relay], ["number": number]))
        }
        var checked: any Sendable = Absent()
        if let date = contact.checked {
            checked = Words(
                strings(contact.isCheckOverdue ? .checkOverdue : .lastChecked, ["date": strings.text(date)]))
        }
        return Context([
            "id": Words("contact-" + contact.id), "name": Words(span(contact.name, page)),
            "purpose": optional(contact.purpose), "ways": ways, "hours": optional(contact.hours),
            "area": optional(contact.area), "relay": relay, "checked": checked,
            "is-unchecked": contact.checked == nil, "is-overdue": contact.checked != nil && contact.isCheckOverdue,
            "is-national": contact.isNational,
            "vcard": Words(page.editionRoot + "contacts/" + Address.encode(contact.id) + ".vcf"),
            "save": Words(
                HTML.fill(strings[.saveContact], ["name": span(contact.name, page, linked: false)])),
        ])
    }

    private func accessibilityValues(
        _ details: AccessibilityDetails, _ page: PageSetting, _ values: inout [String: any Sendable]
    ) {
        let strings = edition.strings
        let council = ["council": councilHTML]
        values["applies"] = Words(HTML.fill(strings[.accessibilityApplies], council))
        values["commitment"] = Words(HTML.fill(strings[.accessibilityCommitment], council))
        let status: Word =
            switch details.status {
            case .fully: .accessibilityFully
            case .partially: .accessibilityPartially
            case .not: .accessibilityNot
            }
        values["status"] = Words(strings[status])
        let contact = edition.contactGroups.flatMap(\.contacts).first { $0.id == details.contactID }
        values["contact"] = contact.map { contactContext($0, page) as any Sendable } ?? Absent()
        values["response"] = optionalWords(
            details.responseTime.map { HTML.fill(strings[.accessibilityResponse], ["time": span($0, page)]) } ?? [])
        let lists = [
            ("non-compliance", details.nonCompliance), ("disproportionate-burden", details.disproportionateBurden),
            ("out-of-scope", details.outOfScope),
        ]
        for (name, passages) in lists {
            values[name] = passages.map { Context(["item": Words(span($0, page))]) }
            values["has-" + name] = !passages.isEmpty
        }
        values["has-problems"] = lists.contains { !$0.1.isEmpty }
        let (text, body, address): (Word, Word, String) =
            switch edition.council.nation {
            case .england, .wales, .scotland:
                (.accessibilityEnforcementEHRC, .accessibilityEASS, "https://www.equalityadvisoryservice.com/")
            case .northernIreland:
                (.accessibilityEnforcementECNI, .accessibilityECNI, "https://www.equalityni.org/")
            }
        var writer = HTMLWriter(page)
        writer.write("<p>")
        writer.writeEscaped(strings[text])
        writer.write("</p>\n<p><a href=\"")
        writer.writeEscaped(address)
        writer.write("\" rel=\"external\" class=\"external\">")
        writer.write(
            HTML.fill(strings[.accessibilityEnforcementLink], ["name": HTML.escape(strings[body])]))
        writer.write(setting.externalNote)
        writer.write("</a></p>\n")
        values["enforcement"] = Words(writer.take())
        values["prepared"] = Words(
            strings(.accessibilityPrepared, ["date": strings.text(details.prepared)]))
        values["last-reviewed"] = optionalWords(
            details.reviewed.map { strings(.accessibilityReviewed, ["date": strings.text($0)]) })
        values["tested-by"] = optionalWords(details.testedBy.map { span($0, page) } ?? [])
    }

    private func leafletValues(_ page: PageSetting, _ values: inout [String: any Sendable]) {
        let strings = edition.strings
        func file(_ file: EditionExtras.LeafletFile, _ title: String) -> Context {
            let format: (name: Word, help: Word)? = file.format.map {
                switch $0 {
                case .a4: (.leafletFormatA4, .leafletHelpA4)
                case .booklet: (.leafletFormatBooklet, .leafletHelpBooklet)
                case .trifold: (.leafletFormatTrifold, .leafletHelpTrifold)
                case .largePrint: (.leafletFormatLargePrint, .leafletHelpLargePrint)
                }
            }
            return Context([
                "href": Words(page.siteRoot + Address.encode(file.path)), "format": Words(file.format?.rawValue ?? ""),
                "label": Words(
                    strings(
                        .leafletLabel,
                        [
                            "title": title, "format": format.map { strings[$0.name] } ?? "",
                            "use": strings[file.isForPrint ? .leafletPrint : .leafletRead],
                        ])),
                "is-for-print": file.isForPrint,
                "pages": optionalWords(file.pages.map { strings(.leafletPages, ["count": "\($0)"]) }),
                "size": Words(Self.size(file.size)),
                "print-help": optionalWords(file.isForPrint ? format.map { strings[$0.help] } : nil),
            ])
        }
        values["leaflets"] = plan.extras.leaflets.map { leaflet in
            Context([
                "id": Words("leaflet-" + leaflet.id), "title": Words(span(leaflet.title, page)),
                "summary": optionalWords(leaflet.summary.map { span($0, page) } ?? []),
                "files": leaflet.files.map { file($0, leaflet.title.plainText) },
            ])
        }
        if let archive = plan.extras.leafletArchive {
            values["archive"] = Context([
                "href": Words(page.siteRoot + Address.encode(archive.path)), "size": Words(Self.size(archive.size)),
            ])
        } else {
            values["archive"] = Absent()
        }
    }

    /// A size in kB or MB (powers of ten), rounded up: nobody's data plan is charged less.
    static func size(_ bytes: Int) -> String {
        if bytes < 1_000_000 { return "\((bytes + 999) / 1000) kB" }
        let tenths = (bytes + 99_999) / 100_000
        return "\(tenths / 10).\(tenths % 10) MB"
    }

    // MARK: - What pages share

    private func siteRoot(_ depth: Int) -> String {
        String(repeating: "../", count: depth + Address.depth(edition.base))
    }

    private func href(_ path: String, _ page: PageSetting) -> String {
        page.editionRoot + Address.folder(path) + "index.html"
    }

    private func href(_ question: EditionPlan.Question, _ page: PageSetting) -> String {
        let fragment = "#" + question.section.id
        return question.path == page.path ? fragment : href(question.path, page) + fragment
    }

    private func span(_ passage: Passage, _ page: PageSetting, linked: Bool = true) -> [UInt8] {
        var writer = HTMLWriter(page)
        if linked { writer.writeSpan(passage) } else { writer.writeUnlinked(passage) }
        return writer.take()
    }

    private mutating func baseContext(_ key: BaseKey) -> Context {
        if let known = bases[key] { return known }
        // Only the depth matters here: no page has this path.
        let page = PageSetting(
            editionRoot: String(repeating: "../", count: key.depth), siteRoot: siteRoot(key.depth), path: "\u{1}",
            edition: setting)
        func own(_ path: String?) -> any Sendable {
            guard let path, setting.paths.contains(path) else { return Absent() }
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
            "exit": key.hasExit
                ? Context(["href": Words(edition.portal.exit.url)]) as any Sendable : Absent(),
            "faq-href": own(EditionPlan.faqPath), "contacts-href": own(plan.contactsPath),
            "leaflets-href": own(EditionPlan.leafletsPath), "accessibility-href": own(EditionPlan.accessibilityPath),
            "privacy-href": own(EditionPlan.privacyPath), "safety-href": own(EditionPlan.safetyPath),
        ])
        bases[key] = context
        return context
    }

    private mutating func frame(_ job: EditionPlan.Job, _ base: BaseKey, _ page: PageSetting) -> Frame {
        let readers = EditionPlan.readers(job.audience)
        let here = plan.alternatives.map { $0.paths.contains(job.path) }
        let current = plan.isInNavigation(job.path, of: readers) ? job.path : ""
        let key = FrameKey(base: base, audience: job.audience, current: current, here: here)
        if let known = frames[key] { return known }

        let entries = plan.navigation[readers] ?? []
        var shared = page
        // Links to a page from itself would be fragments; the frame serves several pages.
        shared.path = "\u{1}"
        let strings = edition.strings
        let council = edition.council
        var values: [String: any Sendable] = [
            "title": Words(Frame.Slot.title.mark), "description": Words(Frame.Slot.description.mark),
            "main": Words(Frame.Slot.main.mark), "page-kind": Words(Frame.Slot.kind.mark),
            "page-path": Words(Frame.Slot.path.mark), "audience": Words(job.audience.rawValue),
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
        if published.count > 1 {
            alternates = published.map {
                Context(["tag": Words($0.language.tag), "href": Words(web($0.base))])
            }
            if let source = published.first(where: { $0.language == edition.sourceLanguage }) {
                alternates.append(Context(["tag": Words("x-default"), "href": Words(web(source.base))]))
            }
        }
        values["alternates"] = alternates
        values["navigation"] = entries.map { entry in
            Context([
                "href": Words(href(entry.path, shared)), "title": Words(span(entry.title, shared, linked: false)),
                "path": Words(entry.path), "kind": Words(entry.kind), "is-current": entry.path == job.path,
            ])
        }
        values["has-navigation"] = !entries.isEmpty
        let hasProfessionals = readers == .family && !(plan.entries[.professionals] ?? []).isEmpty
        values["professionals-href"] = optionalWords(hasProfessionals ? href("", shared) + "#professionals" : nil)
        values["languages"] = zip(plan.alternatives, here).map { entry, isHere in
            let language = entry.alternative.language
            let base = page.siteRoot + Address.folder(entry.alternative.base)
            return Context([
                "tag": Words(language.tag), "name": Words(language.nativeName),
                "direction": Words(language.direction.rawValue),
                "href": Words(base + (isHere ? folder : "") + "index.html"),
                "is-current": language == edition.language, "is-here": isHere,
            ])
        }
        values["has-languages"] = plan.alternatives.count > 1
        var notice = HTMLWriter(shared)
        notice.write(edition.notice)
        values["notice"] = optionalWords(notice.take())
        values["ended"] = Absent()
        if let end = council.validTo, end.isOver(on: edition.today) {
            values["ended"] = Context([
                "text": Words(
                    HTML.fill(strings[.ended], ["council": councilHTML, "date": HTML.escape(strings.text(end))])),
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
        if let from = council.informationFrom, from.isOld(on: edition.today) {
            values["old-information"] = Words(
                HTML.fill(
                    strings[.oldInformation], ["council": councilHTML, "date": HTML.escape(strings.text(from))]))
        }
        let helplines = edition.contactGroups.flatMap(\.contacts).filter {
            $0.isNational && $0.audience != .professionals
        }.compactMap { contact -> Context? in
            guard let way = contact.ways.first(where: { $0.channel == .phone }),
                let destination = way.destination.flatMap({ Link.safe($0) })
            else { return nil }
            return Context([
                "name": Words(span(contact.name, shared, linked: false)), "text": Words(HTML.escape(way.text)),
                "href": Words(destination),
            ])
        }.prefix(4)
        values["helplines"] = Array(helplines)
        values["has-helplines"] = !helplines.isEmpty

        let context = Context(values, over: baseContext(base))
        let frame = Frame(library.render(context, withTemplate: TemplateSchema.layout) ?? "")
        frames[key] = frame
        return frame
    }
}

extension CalendarDate {
    /// Whether information of this date is older than three years.
    func isOld(on today: CalendarDate) -> Bool { adding(months: 36) < today }
}
