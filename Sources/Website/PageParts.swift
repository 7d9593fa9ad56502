import Guidance
import Markdown
import Translations
import Workspace

/// What the templates of the different kinds of pages are given, besides the text of the page.
extension Passage {
    /// Its words up to a comma: what several contacts of one service have in common.
    fileprivate var beforeComma: Passage {
        let words = plainText.split(maxSplits: 1) { ",،，".contains($0) }.first.map(String.init) ?? ""
        return Passage([.text(words)], translation: translation, range: nil)
    }
}

extension EditionRenderer {
    func breadcrumb(_ job: EditionPlan.Job, _ page: PageSetting) -> [Context] {
        guard !job.path.isEmpty else { return [] }
        func crumb(_ path: String, _ title: [UInt8]) -> Context {
            Context(["href": Words(href(path, page)), "title": Words(title)])
        }
        var crumbs = [crumb("", html(edition.strings[.home]))]
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

    func translationContext(
        _ shape: TranslationShape?, path folder: String, _ page: PageSetting
    ) -> any Sendable {
        guard let shape else { return Absent() }
        func sentence(_ word: Word, _ shows: Bool) -> any Sendable {
            shows ? Words(setting.fillWithSourceName(word)) : Absent()
        }
        var isDraft = false
        var reviewed: any Sendable = Absent()
        switch shape.review {
        case .draft: isDraft = true
        case .reviewed(let name, let date):
            reviewed = Words(
                edition.strings(.translationReviewed, ["name": name, "date": edition.strings.text(date)]))
        case nil: break
        }
        var source: any Sendable = Absent()
        if shape.hasSource, let original = setting.source {
            source = Words(page.siteRoot + Address.folder(original.base) + folder + "index.html")
        }
        return Context([
            "has-notice": shape.hasNotice, "is-draft": isDraft,
            "missing": sentence(.translationMissing, shape.missing),
            "replaced": sentence(.translationReplaced, shape.replaced),
            "stale": sentence(.translationStale, shape.stale), "reviewed": reviewed, "source": source,
            "source-text": Words(setting.fillWithSourceName(.readInLanguage)),
            "source-tag": Words(edition.sourceLanguage.tag),
        ])
    }

    /// When somebody last looked at a page, and of what age its facts are where that is another day.
    ///
    /// "Last reviewed" alone would make facts look current that are old, or whose council has ended.
    mutating func reviewedText(_ date: CalendarDate) -> [UInt8] {
        if let known = dates[date] { return known }
        let strings = edition.strings
        let council = edition.council
        let sentence =
            if let end = council.validTo, end.isOver(on: edition.today) {
                strings(.wordsReviewedEnded, ["date": strings.text(date), "ended": strings.text(end)])
            } else if let from = oldInformation {
                strings(.wordsReviewedOld, ["date": strings.text(date), "from": strings.text(from)])
            } else {
                strings(.lastReviewed, ["date": strings.text(date)])
            }
        let text = html(sentence)
        dates[date] = text
        return text
    }

    /// What to know about a contact of old information.
    func ageText(_ contact: Contact) -> String? {
        edition.age(of: contact).map { edition.strings(.contactOld, ["from": edition.strings.text($0)]) }
    }

    /// The date of the council's information, where it is old.
    var oldInformation: CalendarDate? { edition.council.oldInformation(on: edition.today) }

    func questionLink(
        _ job: EditionPlan.Job, _ page: PageSetting
    ) -> (inout HTMLWriter, Section) -> Void {
        guard job.page?.kind == .faq else { return { _, _ in } }
        let link = html(edition.strings[.linkToQuestion])
        return { writer, section in
            writer.write("<a class=\"permalink\" href=\"#")
            writer.writeEscaped(section.id)
            writer.write("\"><span aria-hidden=\"true\">#</span><span class=\"hidden\">")
            writer.write(link)
            writer.write(": ")
            writer.writeUnlinked(section.heading)
            writer.write("</span></a>\n")
        }
    }

    func questionContext(_ question: EditionPlan.Question, _ page: PageSetting) -> Context {
        let same = second?.edition.page(question.path)?.sections.first { $0.id == question.section.id }
        return Context([
            "href": Words(href(question, page)),
            "title": Words(both(question.section.heading, same?.heading, page) { $0.writeUnlinked($1) }),
        ])
    }

    /// The topics for the readers of a page.
    func topics(_ job: EditionPlan.Job) -> [EditionPlan.Topic] {
        plan.topics[EditionPlan.readers(job.audience)] ?? []
    }

    /// The topics as a template lists them. Which of them a topic's page is, is known when it is put into its template.
    func topics(_ job: EditionPlan.Job, _ page: PageSetting) -> [any Sendable] {
        let isTopic = if case .topic = job.content { true } else { false }
        return topics(job).enumerated().map { number, topic in
            let other = second?.edition.page(topic.path)
            var values = Context([
                "id": Words("_topic-" + String(topic.path.map { $0 == "/" ? "-" : $0 })),
                "href": Words(href(topic.path, page)),
                "title": Words(both(topic.title, other?.title, page) { $0.writeUnlinked($1) }),
                "summary": optionalWords(topic.summary.map { both($0, other?.summary, page) } ?? []),
                "questions": topic.questions.map { questionContext($0, page) },
            ])
            if isTopic { return ListEntry(values: values, number: number) }
            values["is-current"] = false
            values["is-other"] = true
            return values
        }
    }

    func letters(_ job: EditionPlan.Job, _ page: PageSetting) -> [Context] {
        let questions = (plan.topics[EditionPlan.readers(job.audience)] ?? []).flatMap(\.questions)
        let groups = builder.alphabets[edition.language].groups(questions) { $0.section.heading.plainText }
        return groups.enumerated().map { index, group in
            Context([
                "letter": optionalWords(group.letter),
                "id": Words(group.letter == nil ? "_all" : "_letter-\(index + 1)"),
                "questions": group.items.map { questionContext($0, page) },
            ])
        }
    }

    /// The scripts that the search of a page loads, and its words.
    func searchContext(_ page: PageSetting) -> any Sendable {
        let extras = plan.extras
        guard let search = extras.search else { return Absent() }
        // A question in the source language is looked up there; what is not translated leads there.
        var source = edition
        source.language = edition.sourceLanguage
        return Context([
            "vocabulary": Words(page.siteRoot + Address.encode(search.vocabulary)),
            "index": Words(page.siteRoot + Address.encode(search.index)), "root": Words(page.editionRoot),
            "source-index": optionalWords(
                extras.sourceSearch.map { page.siteRoot + Address.encode($0.index) }),
            // In two languages answers lead to the same place in both.
            "pair-root": plan.second == nil ? Absent() : Words(page.editionRoot),
            "pair-source-root": plan.second?.language == source.language
                ? Words(page.editionRoot) : Absent(),
            "source-language": Words((edition.otherSearched ?? edition.sourceLanguage).tag),
            "source-root": Words(page.siteRoot + Address.folder(source.base)),
        ])
    }

    func homeValues(
        _ job: EditionPlan.Job, _ page: PageSetting, _ values: inout [String: any Sendable]
    ) {
        func cards(_ readers: EditionPlan.Readers, _ isShown: (EditionPlan.Entry) -> Bool = { _ in true })
            -> [Context]
        {
            let entries = plan.entries[readers] ?? []
            let paths = Set(entries.map(\.path))
            // A page below another is reached from it.
            return entries.filter { entry in
                isShown(entry)
                    && (entry.path.lastIndex(of: "/").map { !paths.contains(String(entry.path[..<$0])) }
                        ?? true)
            }.map { entry in
                var values: [String: any Sendable] = [
                    "href": Words(href(entry.path, page)),
                    "title": Words(span(entry.title, page, linked: false)),
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
        // Doors by the time at which a family needs them.
        let readers = EditionPlan.readers(job.audience)
        let doors =
            EditionPlan.Entry.haveStages(plan.entries[readers] ?? [])
            ? Stage.allCases.compactMap { stage -> Context? in
                let cards = cards(readers) { $0.shownStage == stage }
                return cards.isEmpty
                    ? nil
                    : Context([
                        "id": Words("_stage-" + stage.rawValue),
                        "heading": Words(html(edition.strings[stage.heading])),
                        "cards": cards,
                    ])
            } : []
        values["doors"] = doors
        values["has-doors"] = !doors.isEmpty
        let questions = edition.homeQuestions.compactMap { point($0, page, longest: 120) }
        values["questions"] = questions
        values["has-questions"] = !questions.isEmpty
        let choices = (plan.choices[readers] ?? []).map { entry in
            Context([
                "href": Words(href(entry.path, page)), "title": Words(span(entry.title, page, linked: false)),
                "summary": optionalWords(entry.summary.map { span($0, page) } ?? []),
            ])
        }
        values["choices"] = choices
        values["has-choices"] = !choices.isEmpty
        let contacts = mainContacts(job).map { contactContext($0.contact, page) }
        values["main-contacts"] = contacts
        values["has-main-contacts"] = !contacts.isEmpty
        let first = edition.firstContact.map { span($0, page) } ?? []
        values["first-contact"] = optionalWords(first)
        values["phones-social-worker"] = edition.phonesSocialWorkerFirst
        values["has-first-contacts"] = !first.isEmpty || edition.phonesSocialWorkerFirst || !contacts.isEmpty
    }

    /// A page or one of its sections, with what it says first; nil where the edition does not have it.
    /// - Parameter longest: How much of its first paragraph there is room for. A sentence that would be left alone may
    ///   say nothing, or what frightens: where there is room, it is as much as the section itself shows in one piece.
    func point(_ address: String, _ page: PageSetting, longest: Int? = nil) -> Context? {
        let address = SectionAddress(address)
        guard let target = edition.page(address.path), isPublished(address.path) else {
            return nil
        }
        let other = second?.edition.page(address.path)
        guard let id = address.section else {
            return Context([
                "href": Words(href(address.path, page)),
                "title": Words(both(target.title, other?.title, page) { $0.writeUnlinked($1) }),
                "answer": optionalWords(target.summary.map { both($0, other?.summary, page) } ?? []),
            ])
        }
        guard let section = target.sections.first(where: { $0.id == id }) else { return nil }
        var answer: any Sendable = Absent()
        let sameSection = other?.sections.first { $0.id == id }
        if let first = Self.firstWords(section, longest) {
            let other = sameSection.flatMap { Self.firstWords($0, longest) }
            answer = Words(both(first, other, page) { $0.writeAnswer($1) })
        }
        return Context([
            "href": Words(href(address.path, page) + "#" + id),
            "title": Words(both(section.heading, sameSection?.heading, page) { $0.writeUnlinked($1) }),
            "answer": answer,
        ])
    }

    /// What a section says first.
    private static func firstWords(_ section: Section, _ longest: Int?) -> Passage? {
        guard case .paragraph(let passage)? = section.blocks.first?.content else { return nil }
        let parts = longest.map { passage.shortParagraphs(longest: $0, wanted: $0) }
        return (parts ?? passage.shortParagraphs()).first
    }

    /// Whom to phone or to text: the first contact of each group that the portal names, else of the first groups.
    ///
    /// No number twice. Numbers of old information stand only on their cards, with their age.
    func mainContacts(_ job: EditionPlan.Job) -> [(contact: Contact, way: Contact.Way)] {
        let groups = contactGroups(job)
        let wanted =
            edition.homeContacts.isEmpty
            ? groups : edition.homeContacts.compactMap { id in groups.first { $0.id == id } }
        var found: [(contact: Contact, way: Contact.Way)] = []
        for group in wanted where found.count < Self.mainContactLimit {
            for contact in group.contacts where edition.age(of: contact) == nil {
                guard let way = contact.ways.first(where: { $0.channel == .phone || $0.channel == .text }),
                    !found.contains(where: { $0.way.destination == way.destination })
                else { continue }
                found.append((contact, way))
                break
            }
        }
        return found
    }

    private static let mainContactLimit = 3

    func contactsValues(
        _ job: EditionPlan.Job, _ page: PageSetting, _ values: inout [String: any Sendable]
    ) {
        let groups = contactGroups(job)
        values["groups"] = groups.map { group in
            Context([
                "id": Words(cardID("group-" + group.id, page)), "heading": Words(span(group.heading, page)),
                "second-heading": optionalWords(
                    beside(group.heading, second?.group(group)?.heading, page)),
                "contacts": group.contacts.map { contactContext($0, page) },
                "services": services(group.contacts, page),
            ])
        }
        let contacts = groups.flatMap(\.contacts)
        values["has-relay"] = contacts.contains { if case .before? = $0.relay { true } else { false } }
        let hasUnchecked = contacts.contains { $0.checked == nil && edition.age(of: $0) == nil }
        values["has-unchecked"] = hasUnchecked
        // The oldest day holds for all of them.
        values["checked"] = optionalWords(
            contacts.compactMap(\.checked).min().map {
                edition.strings(
                    hasUnchecked ? .someChecked : .lastChecked, ["date": edition.strings.text($0)])
            })
        values["danger"] = danger(contacts)
        values["names-social-worker"] = edition.namesSocialWorker
    }

    /// Whom to ring in danger, in one line for the head of the page.
    private func danger(_ contacts: [Contact]) -> any Sendable {
        guard let contact = contacts.first(where: \.isEmergency),
            let way = contact.ways.first(where: { $0.channel == .phone }), let href = way.destination
        else { return Absent() }
        return Context([
            "href": Words(href), "text": Words(setting.fill(.dangerNow, number(way.shown))),
        ])
    }

    /// A number for a sentence of the interface, kept in its own direction.
    private func number(_ text: String) -> [String: [UInt8]] {
        [
            "number": Array("<bdi dir=\"ltr\" translate=\"no\">".utf8) + HTML.escape(text)
                + Array("</bdi>".utf8)
        ]
    }

    /// The groups that the readers of a page need.
    func contactGroups(_ job: EditionPlan.Job) -> [ContactGroup] {
        edition.contactGroups.compactMap { group in
            var group = group
            if job.audience != .professionals {
                group.contacts.removeAll { $0.audience == .professionals }
            }
            return group.contacts.isEmpty ? nil : group
        }
    }

    /// Contacts that follow each other and have one name up to a comma are one service: "Complaints" and
    /// "Complaints, by text message".
    private func services(_ contacts: [Contact], _ page: PageSetting) -> [Context] {
        var services: [(name: String, contacts: [(part: String?, contact: Contact)])] = []
        for contact in contacts {
            let words = contact.name.plainText.split(maxSplits: 1) { ",،，".contains($0) }
            let name = words.first.map(String.init) ?? ""
            let part = words.count > 1 ? String(words[1].drop(while: \.isWhitespace)) : nil
            if services.last?.name == name {
                services[services.count - 1].contacts.append((part, contact))
            } else {
                services.append((name, [(part, contact)]))
            }
        }
        return services.map { service in
            let first = service.contacts[0].contact
            let isOne = service.contacts.count == 1
            func words(_ text: String) -> Words {
                Words(span(Passage([.text(text)], translation: first.name.translation, range: nil), page))
            }
            var secondName: Passage?
            if let other = second?.contact(first) {
                secondName = isOne ? other.name : other.name.beforeComma
            }
            let name =
                isOne
                ? first.name
                : Passage([.text(service.name)], translation: first.name.translation, range: nil)
            return Context([
                "name": Words(span(name, page)),
                "second-name": optionalWords(beside(name, secondName, page)),
                "contacts": service.contacts.map { part, contact in
                    contactContext(contact, page, part: isOne ? nil : part.map(words))
                },
            ])
        }
    }

    /// The id of a card or a group of them, which guidance may link to; a section of the page that has it keeps it.
    func cardID(_ id: String, _ page: PageSetting) -> String {
        var isTaken = false
        plan.page(page.path)?.forEachSection { if $0.id == id { isTaken = true } }
        return isTaken ? "_" + id : id
    }

    func contactContext(_ contact: Contact, _ page: PageSetting, part: Words? = nil) -> Context {
        let strings = edition.strings
        let other = second?.contact(contact)
        func optional(_ passage: Passage?, _ second: Passage?) -> any Sendable {
            optionalWords(passage.map { both($0, second, page) } ?? [])
        }
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
            // Addresses and numbers are written as the country does, whatever the page's language.
            let isAddress = way.channel == .post || way.channel == .visit
            var text: [UInt8] = []
            if destination == nil {
                let language = isAddress && setting.text.latin != nil ? " lang=\"\(edition.latin.tag)\"" : ""
                text = Array("<bdi\(language) dir=\"ltr\" translate=\"no\">".utf8)
            }
            for (index, line) in way.shown.split(separator: "\n").enumerated() {
                if index > 0 { text += Array(", ".utf8) }
                switch way.channel {
                case .email, .web: HTML.appendAddress(String(line), to: &text)
                case .phone, .text, .post, .visit: HTML.append(String(line), to: &text)
                }
            }
            if destination == nil { text += Array("</bdi>".utf8) }
            return Context([
                "channel": Words(way.channel.rawValue), "label": Words(strings[label]), "text": Words(text),
                "href": optionalWords(destination), "is-literal": true, "is-phone": way.channel == .phone,
                "is-text": way.channel == .text, "is-email": way.channel == .email,
                "is-web": way.channel == .web,
                "is-post": way.channel == .post, "is-visit": way.channel == .visit,
            ])
        }
        var relay: any Sendable = Absent()
        switch contact.relay {
        case nil: break
        case .before?:
            if let phone = contact.ways.first(where: { $0.channel == .phone }) {
                relay = Words(setting.fill(.relay, number(phone.shown)))
            }
        case .instead(let own)?: relay = Words(setting.fill(.relayInstead, number(own)))
        }
        var relayInstead: any Sendable = Absent()
        if case .instead? = contact.relay { relayInstead = relay }
        var aged: any Sendable = Absent()
        if let date = contact.checked, contact.isCheckOverdue {
            aged = Words(strings(.checkOverdue, ["date": strings.text(date)]))
        } else if let age = ageText(contact) {
            aged = Words(age)
        }
        var checked: any Sendable = Absent()
        if let date = contact.checked {
            checked = Words(
                strings(contact.isCheckOverdue ? .checkOverdue : .lastChecked, ["date": strings.text(date)]))
        } else if let age = ageText(contact) {
            checked = Words(age)
        }
        return Context([
            "id": Words(cardID("contact-" + contact.id, page)),
            "name": Words(both(contact.name, other?.name, page)),
            "part": part.map { $0 as any Sendable } ?? Absent(),
            "purpose": optional(contact.purpose, other?.purpose), "ways": ways,
            "hours": optional(contact.hours, other?.hours), "area": optional(contact.area, other?.area),
            "note": optional(contact.note, other?.note), "relay": relay, "relay-instead": relayInstead,
            "checked": checked, "aged": aged,
            "is-unchecked": contact.checked == nil && edition.age(of: contact) == nil,
            "is-overdue": contact.checked != nil && contact.isCheckOverdue,
            "is-national": contact.isNational,
            "vcard": optionalWords(
                contact.canBeSaved
                    ? (plan.second == nil ? page.editionRoot : page.siteRoot + Address.folder(edition.base))
                        + "contacts/" + Address.encode(contact.id) + ".vcf" : nil),
            "save": Words(
                setting.fill(.saveContact, ["name": span(contact.name, page, linked: false)])),
        ])
    }

    func accessibilityValues(
        _ details: AccessibilityDetails, _ page: PageSetting, _ values: inout [String: any Sendable]
    ) {
        let strings = edition.strings
        let publisher = details.publisher.map { Self.name($0, setting) } ?? councilHTML
        let council = ["council": publisher]
        values["applies"] = Words(setting.fill(.accessibilityApplies, council))
        values["commitment"] = Words(setting.fill(.accessibilityCommitment, council))
        let status: Word =
            switch details.status {
            case .fully: .accessibilityFully
            case .partially: .accessibilityPartially
            case .not: .accessibilityNot
            }
        values["status"] = Words(strings[status])
        let contact = details.contactID.flatMap { id in
            edition.contactGroups.flatMap(\.contacts).first { $0.id == id }
        }
        values["contact"] = contact.map { contactContext($0, page) as any Sendable } ?? Absent()
        values["response"] = optionalWords(
            details.responseTime.map { setting.fill(.accessibilityResponse, ["time": span($0, page)]) }
                ?? [])
        let lists = [
            ("non-compliance", details.nonCompliance),
            ("disproportionate-burden", details.disproportionateBurden),
            ("out-of-scope", details.outOfScope),
        ]
        let tests = [("tests", details.tests), ("not-tested", details.notTested)]
        for (name, passages) in lists + tests {
            values[name] = passages.map { Context(["item": Words(span($0, page))]) }
            values["has-" + name] = !passages.isEmpty
        }
        values["has-problems"] = lists.contains { !$0.1.isEmpty }
        let (text, body, address): (Word, Word, String) =
            switch edition.council.nation {
            case .england, .wales, .scotland:
                (
                    .accessibilityEnforcementEHRC, .accessibilityEASS,
                    "https://www.equalityadvisoryservice.com/"
                )
            case .northernIreland:
                (.accessibilityEnforcementECNI, .accessibilityECNI, "https://www.equalityni.org/")
            }
        var writer = HTMLWriter(page)
        writer.write("<p>")
        writer.write(html(strings[text]))
        writer.write("</p>\n<p><a href=\"")
        writer.writeEscaped(address)
        writer.write("\" rel=\"external\">")
        writer.write(
            setting.fill(.accessibilityEnforcementLink, ["name": html(strings[body])]))
        writer.write(setting.externalNote)
        writer.write("</a></p>\n")
        values["enforcement"] = Words(writer.take())
        values["prepared"] = Words(
            strings(.accessibilityPrepared, ["date": strings.text(details.prepared)]))
        values["last-reviewed"] = optionalWords(
            details.reviewed.map { strings(.accessibilityReviewed, ["date": strings.text($0)]) })
        values["tested-by"] = optionalWords(details.testedBy.map { span($0, page) } ?? [])
    }

    func leafletValues(_ page: PageSetting, _ values: inout [String: any Sendable]) {
        let strings = edition.strings
        values["leaflets"] = plan.extras.leaflets.map { leaflet in
            let id = "_leaflet-" + leaflet.id
            let chosen = leaflet.chosen
            // Each link has its own words and, for those who hear links one by one, the leaflet's title.
            func labelled(_ name: String) -> [String: any Sendable] {
                ["id": Words("_\(name)-\(leaflet.id)"), "labelled-by": Words("_\(name)-\(leaflet.id) \(id)")]
            }
            func context(_ file: EditionExtras.LeafletFile, _ name: String) -> Context {
                let values = fileValues(file, of: leaflet, page)
                return Context(values.merging(labelled(name)) { $1 })
            }
            func optional(_ file: EditionExtras.LeafletFile?, _ name: String) -> any Sendable {
                file.map { context($0, name) as any Sendable } ?? Absent()
            }
            let files = leaflet.files.enumerated().map { (file: $1, context: context($1, "file-\($0 + 1)")) }
            let others = files.filter {
                $0.file.path != chosen.read?.path && $0.file.path != chosen.print?.path
            }
            return Context([
                "id": Words(id), "title": Words(span(leaflet.title, page)),
                "summary": optionalWords(leaflet.summary.map { span($0, page) } ?? []),
                "cover": leaflet.cover.map {
                    Context([
                        "src": Words(page.siteRoot + Address.encode($0.path)),
                        "width": Words("\($0.size.width)"), "height": Words("\($0.size.height)"),
                    ]) as any Sendable
                } ?? Absent(),
                "read": optional(chosen.read, "read"), "print": optional(chosen.print, "print"),
                "others": others.map(\.context),
                "has-others": !others.isEmpty, "others-id": Words("_others-" + leaflet.id),
                "others-labelled-by": Words("_others-\(leaflet.id) \(id)"),
                "files": files.map(\.context),
            ])
        }
        let printing = printingHelp(plan.extras.leaflets.flatMap(\.files), strings)
        values["printing"] = printing
        values["has-printing"] = !printing.isEmpty
        values["desk-href"] = optionalWords(
            plan.extras.deskBase.map {
                page.siteRoot + Address.folder($0) + Address.folder(EditionPlan.deskPath) + "index.html"
            })
        if let archive = plan.extras.leafletArchive {
            values["archive"] = Context([
                "href": Words(page.siteRoot + Address.encode(archive.path)),
                "size": Words(Self.size(archive.size)),
            ])
        } else {
            values["archive"] = Absent()
        }
    }

    /// What there is to say of one file of a leaflet.
    func fileValues(
        _ file: EditionExtras.LeafletFile, of leaflet: EditionExtras.Leaflet, _ page: PageSetting
    ) -> [String: any Sendable] {
        let strings = edition.strings
        let isOnlyFile = leaflet.isOnly(file)
        let isPaper = file.format?.isPaper ?? true
        let use: Word =
            switch file.format {
            case _ where file.isForPrint: .leafletPrint
            case .braille?: .leafletTranscribe
            case .form?: file.isTyped ? .leafletFillIn : .leafletByHand
            case .a4?, .booklet?, .trifold?, .largePrint?, .epub?, nil:
                isOnlyFile && isPaper ? .leafletReadPrint : .leafletRead
            }
        // What it is, for the browser and for the reader.
        let type =
            switch file.format {
            case .epub?: ("application/epub+zip", "EPUB")
            case .braille?: ("application/x-brf", "BRF")
            case .a4?, .booklet?, .trifold?, .largePrint?, .form?, nil: ("application/pdf", "PDF")
            }
        let name = file.format.map { strings[$0.words.name] } ?? ""
        return [
            "href": Words(page.siteRoot + Address.encode(file.path)),
            "format": Words(file.format?.rawValue ?? ""),
            "type": Words(type.0), "type-name": Words(type.1), "name": Words(name),
            "use": isOnlyFile && file.format != .braille && file.format != .form
                ? Absent() : Words(strings[use]),
            "label": Words(
                strings(
                    .leafletLabel, ["title": leaflet.title.plainText, "format": name, "use": strings[use]])),
            "second": file.second.map {
                Context([
                    "name": Words($0.nativeName), "tag": Words($0.tag),
                    "direction": Words($0.direction.rawValue),
                ]) as any Sendable
            } ?? Absent(),
            "is-for-print": isPaper && (file.isForPrint || isOnlyFile),
            "pages": optionalWords(file.pages.map { strings(.leafletPages, ["count": "\($0)"]) }),
            "sheets": optionalWords(file.sheets.map { strings(.leafletSheets, ["count": "\($0)"]) }),
            "size": Words(Self.size(file.size)),
            "help": isPaper
                ? Absent()
                : optionalWords(
                    file.format.map {
                        strings[$0 == .form && !file.isTyped ? .leafletHelpByHand : $0.words.help]
                    }),
        ]
    }

    /// How each format is printed, said once; formats that are printed alike stand together.
    func printingHelp(_ files: [EditionExtras.LeafletFile], _ strings: InterfaceStrings) -> [Context] {
        var result: [(help: String, names: [String])] = []
        for format in files.compactMap(\.format) where format.isPaper {
            let (name, help) = (strings[format.words.name], strings[format.words.help])
            guard let index = result.firstIndex(where: { $0.help == help }) else {
                result.append((help, [name]))
                continue
            }
            if !result[index].names.contains(name) { result[index].names.append(name) }
        }
        return result.map { entry in
            Context(["formats": entry.names.map { Context(["name": Words($0)]) }, "help": Words(entry.help)])
        }
    }

    /// A size in kB or MB (powers of ten), rounded up: nobody's data plan is charged less.
    static func size(_ bytes: Int) -> String {
        if bytes < 1_000_000 { return "\((bytes + 999) / 1000) kB" }
        let tenths = (bytes + 99_999) / 100_000
        return "\(tenths / 10).\(tenths % 10) MB"
    }
}

extension LeafletFormat {
    /// What it is called, and how it is printed or read.
    var words: (name: Word, help: Word) {
        switch self {
        case .a4: (.leafletFormatA4, .leafletHelpA4)
        case .booklet: (.leafletFormatBooklet, .leafletHelpBooklet)
        case .trifold: (.leafletFormatTrifold, .leafletHelpTrifold)
        case .largePrint: (.leafletFormatLargePrint, .leafletHelpLargePrint)
        case .form: (.leafletFormatForm, .leafletHelpForm)
        case .braille: (.leafletFormatBraille, .leafletHelpBraille)
        case .epub: (.leafletFormatEpub, .leafletHelpEpub)
        }
    }
}

extension EditionExtras.Leaflet {
    /// Whether the file for reading is printed as it is, or cannot be printed.
    func isOnly(_ file: EditionExtras.LeafletFile) -> Bool {
        !files.contains { $0.format == file.format && $0.second == file.second && $0.path != file.path }
    }

    /// What most people want: of the first format on paper the file to read and the file to print, which may be the
    /// same.
    var chosen: (read: EditionExtras.LeafletFile?, print: EditionExtras.LeafletFile?) {
        guard let first = files.first(where: { $0.second == nil && $0.format?.isPaper ?? true }) else {
            // Braille is for a transcriber, and says so among the others.
            return (files.first { $0.format != .braille }, nil)
        }
        let own = files.filter { $0.format == first.format && $0.second == nil }
        let read = own.first { !$0.isForPrint }
        return (read, own.first { $0.isForPrint } ?? read)
    }
}
