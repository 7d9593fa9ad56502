import Markdown
import Translations
import Workspace

/// How the words of one language are found.
public struct LanguageResources: Sendable {
    public var language: Language
    /// Nil for the source language.
    public var translator: (any MessageTranslator)?
    public var strings: InterfaceStrings
    public var review: ReviewState?
    /// The language of words in Latin letters within text of another script.
    public var latin: Language
    /// Where its translations mention terms that the portal explains.
    public var terms: TermMentions
    /// Finds units of time for the source language, where a theme's catalogue has it.
    package var units: (any MessageTranslator)?
    /// Whether editions are made in it; otherwise another language only waits for its translations.
    package var isPublished = true
    /// What the translator has been asked before.
    let known: KnownMessages

    /// - Parameter parsed: Messages that were taken apart before.
    public init(
        language: Language, translator: (any MessageTranslator)?, strings: InterfaceStrings,
        review: ReviewState?, latin: Language = .english, terms: TermMentions = .none,
        parsed: ParsedMessages = ParsedMessages()
    ) {
        known = KnownMessages(parsed)
        self.language = language
        self.translator = translator
        self.strings = strings
        self.review = review
        self.latin = latin
        self.terms = terms
    }
}

/// Finds the translation of a message.
public protocol MessageTranslator: Sendable {
    func translation(of message: String, context: String?) -> MessageTranslation
    /// What is known of a message that has no current translation.
    func history(of message: String) -> MessageHistory
    /// Who has checked the current translation of a message; nil where the state of the language is that of all.
    func review(of message: String) -> ReviewState?
    /// A duration in words, such as `20 minutes`; nil where the language does not have it.
    func duration(_ amount: Int, _ unit: DurationUnit) -> String?
}

/// Whether a message without a current translation had one.
public enum MessageHistory: Hashable, Sendable {
    /// What it said before was translated.
    case wasTranslated
    /// It came after the catalogue was last brought up to date.
    case isNew
    /// It waits for its first translation.
    case untranslated
}

extension MessageTranslator {
    public func review(of message: String) -> ReviewState? { nil }

    public func history(of message: String) -> MessageHistory {
        switch translation(of: message, context: nil) {
        case .current, .stale: .wasTranslated
        case .missing: .untranslated
        }
    }
}

/// What a catalogue knows about a message.
public enum MessageTranslation: Hashable, Sendable {
    case current(String)
    /// A translation of what the message said before; it may mislead where a number or a "not" has changed.
    case stale(String, previous: String?, mayMislead: Bool)
    case missing
}

/// The words of one language: a portal's catalogue, and those of the interface for durations.
public struct CatalogueTranslator: MessageTranslator {
    let guidance: Catalogue
    let interfaces: [Catalogue]

    /// - Parameters:
    ///   - guidance: Knows the messages in use, so that it can tell what has changed.
    ///   - interfaces: Have the unit messages, the first before the others; those of `guidance` win.
    public init(guidance: Catalogue, interfaces: [Catalogue] = []) {
        self.guidance = guidance
        self.interfaces = interfaces
    }

    public func translation(of message: String, context: String?) -> MessageTranslation {
        switch guidance.translation(of: message, context: context) {
        case .translated(let translation): .current(translation.text)
        case .stale(let stale):
            .stale(stale.text, previous: stale.previousID, mayMislead: stale.mayMislead)
        case .missing: .missing
        }
    }

    public func review(of message: String) -> ReviewState? {
        guidance.isReviewedByMessage ? guidance.review(of: MessageKey(message)) : nil
    }

    public func history(of message: String) -> MessageHistory {
        let key = MessageKey(message)
        switch guidance.translation(of: key) {
        case .translated: return .wasTranslated
        case .stale(let stale): return stale.isSuccessor ? .wasTranslated : .untranslated
        case .missing:
            // A reviewed translation that somebody has worked on waits for its next review.
            if guidance.wasReviewed(key) { return .wasTranslated }
            return guidance.contains(key) ? .untranslated : .isNew
        }
    }

    public func duration(_ amount: Int, _ unit: DurationUnit) -> String? {
        for catalogue in [guidance] + interfaces {
            let (text, isTranslated) = UnitMessages.spellOut(
                amount, unit, language: catalogue.language, catalogue: catalogue)
            if isTranslated { return text }
        }
        return nil
    }
}

extension Portal {
    /// Every published edition of one council, the source language first.
    ///
    /// - Parameters:
    ///   - resources: The languages that may be published; the source language must be among them.
    ///   - today: Decides what is overdue.
    public func editions(
        of guidance: CouncilGuidance, resources: [LanguageResources], today: CalendarDate,
        reporting diagnostics: inout Diagnostics
    ) -> [Edition] {
        guard let source = resources.first(where: { $0.language == sourceLanguage }) else { return [] }
        var preparation = CouncilPreparation(portal: self, guidance: guidance, today: today)
        diagnostics.add(preparation.prepare())
        let parity = resources.filter {
            $0.language != sourceLanguage && guidance.council.parity.contains($0.language)
        }
        var editions: [Edition] = []
        for language in guidance.council.languages {
            guard let own = resources.first(where: { $0.language == language && $0.isPublished }) else {
                continue
            }
            var resolver = EditionResolver(
                preparation: preparation, own: own, source: source, parity: parity)
            if let edition = resolver.resolve() { editions.append(edition) }
            diagnostics.add(resolver.diagnostics)
        }
        editions.sort { $0.language == sourceLanguage && $1.language != sourceLanguage }
        let alternatives = editions.map {
            Alternative(
                language: $0.language, base: $0.base, paths: Set($0.pages.map(\.path)), strings: $0.strings)
        }
        let published = editions.map(\.language)
        let second = (guidance.council.sideBySide ?? sideBySide).filter(published.contains)
        for index in editions.indices {
            editions[index].alternatives = alternatives
            editions[index].sideBySide = second.filter { $0 != editions[index].language }
        }
        return editions
    }

    public func identity() -> PortalIdentity {
        PortalIdentity(
            name: name, description: description, baseURL: baseURL, isSingleCouncil: isSingleCouncil,
            allowsSearchEngines: allowsSearchEngines, exit: exit)
    }
}

/// What is the same in every language of a council: visible pages, live links, contacts.
struct CouncilPreparation {
    let portal: Portal
    let council: Council
    let today: CalendarDate
    private(set) var pages: [MergedPage]
    private(set) var contacts: [ContactEntry]
    private(set) var links: LinkResolver
    /// Which sections have easy words, and where.
    private(set) var easy: EasyRead
    /// Whether the guidance for families names a social worker.
    private(set) var namesSocialWorker = false
    private let guidance: CouncilGuidance

    init(portal: Portal, guidance: CouncilGuidance, today: CalendarDate) {
        self.portal = portal
        self.guidance = guidance
        self.today = today
        council = guidance.council
        pages = guidance.pages
        let own = Set(council.contacts.map(\.contact.id))
        contacts =
            (council.contacts
            + portal.contacts.filter { entry in
                !own.contains(entry.contact.id)
                    && entry.nations?.contains(guidance.council.identity.nation) ?? true
            }).map { entry in
                var entry = entry
                if let checked = entry.contact.checked {
                    entry.contact.isCheckOverdue =
                        checked.adding(months: portal.contactsValidForMonths) < today
                }
                return entry
            }
        links = LinkResolver(portal: portal, council: council, pages: [])
        easy = EasyRead(portal)
    }

    mutating func prepare() -> Diagnostics {
        var diagnostics = Diagnostics()
        var names = NameCheck(portal: portal)
        for merged in pages { names.check(merged.page, introductionFile: merged.introductionFile) }
        diagnostics.add(names.diagnostics)
        var filter = ConditionFilter(
            portal: portal, council: council, contactIDs: Set(contacts.map(\.contact.id)))
        pages = pages.map { filter.filter($0) }
        diagnostics.add(filter.diagnostics)
        easy.gather(&pages, of: council)
        diagnostics.add(easy.diagnostics)
        namesSocialWorker = SocialWorkerMention(portal.sourceLanguage).isOn(pages)
        links = LinkResolver(portal: portal, council: council, pages: pages, contacts: contacts)
        for merged in pages where links.targets[merged.page.path]?.count != Self.count(merged.page.sections) {
            Self.checkIDs(merged, &diagnostics)
        }
        checkAliases(&diagnostics)
        checkAges(&diagnostics)
        return diagnostics
    }

    func fact(_ name: String) -> Fact? {
        if let own = council.facts[name], own.value != nil { return own }
        return portal.facts[name]
    }

    private static func count(_ sections: [SourceSection]) -> Int {
        sections.reduce(0) { $0 + 1 + count($1.children) }
    }

    /// Reports every section of a page whose id another has.
    private static func checkIDs(_ merged: MergedPage, _ diagnostics: inout Diagnostics) {
        var seen: [String: SourceSection] = [:]
        func check(_ sections: [SourceSection]) {
            for section in sections {
                if let first = seen[section.id] {
                    diagnostics.add(
                        .error(
                            "DuplicateID", "two sections of this page have the id '\(section.id)'",
                            at: SourceLocation(file: section.file, range: section.range),
                            help: "Give one of them another id.",
                            related: [
                                .init(
                                    "the first one", at: SourceLocation(file: first.file, range: first.range))
                            ]
                        ))
                } else {
                    seen[section.id] = section
                }
                check(section.children)
            }
        }
        check(merged.page.sections)
    }

    private func checkAliases(_ diagnostics: inout Diagnostics) {
        var owners: [String: SourceLocation] = [:]
        for merged in pages { owners[merged.page.path] = SourceLocation(file: merged.page.file) }
        for merged in pages {
            for alias in merged.page.frontMatter.aliases {
                if let owner = owners[alias.path] {
                    diagnostics.add(
                        .error(
                            "AddressCollision", "the address '\(alias.path)' is already taken",
                            at: alias.location,
                            help: "Remove this alias.", related: [.init("taken here", at: owner)]))
                } else {
                    owners[alias.path] = alias.location
                }
            }
        }
    }

    private func checkAges(_ diagnostics: inout Diagnostics) {
        for merged in pages {
            let front = merged.page.frontMatter
            if let reviewed = front.reviewed, let every = front.reviewEvery,
                reviewed.adding(months: every) < today
            {
                diagnostics.add(
                    .warning(
                        "ReviewOverdue",
                        "this page was last reviewed on \(reviewed), and its review is overdue",
                        at: SourceLocation(file: merged.page.file, range: SourceRange(line: 1, column: 1))))
            }
        }
        for entry in contacts {
            let contact = entry.contact
            if contact.isCheckOverdue, let checked = contact.checked {
                diagnostics.add(
                    .warning(
                        "ContactCheckOverdue", "'\(contact.id)' was last checked on \(checked)",
                        at: contact.location,
                        help: "Try the number or address, then change 'checked'."))
            }
            if let checked = contact.checked, checked > today {
                diagnostics.add(
                    .error(
                        "DateInFuture", "'\(contact.id)' cannot have been checked on \(checked)",
                        at: contact.location))
            }
        }
    }
}

/// Makes one edition.
private struct EditionResolver {
    let preparation: CouncilPreparation
    let own: LanguageResources
    let source: LanguageResources
    var diagnostics = Diagnostics()
    private var links: LinkResolver
    private let isSource: Bool
    /// The other languages that are to say the same as the source language at any time; none where the edition's own
    /// language is not one of them.
    private let parity: [LanguageResources]
    /// The blocks that say what they said before; known of the source language alone.
    private var held: [HeldPassage] = []
    /// What another language of the parity says and the edition's own lacks, on the page being resolved.
    private var lacking: [Diagnostic] = []
    /// The ids of the sections around the block being resolved.
    private var sections: [String] = []
    /// What placeholders stand for, by their names: in the edition's language, and in the source language.
    private var values: (own: [String: Inline], source: [String: Inline]) = ([:], [:])
    private var portal: Portal { preparation.portal }
    private var council: Council { preparation.council }

    /// What is counted of the page being resolved: bytes of source text, and of those with a translation.
    private var total = 0
    private var covered = 0
    /// What of the rest was translated before its English changed, and what is newer than the catalogue.
    private var retained = 0
    private var fresh = 0
    /// What has no current translation.
    private var left: [String] = []
    /// Who has checked the translations; nil where nothing is translated, or the state of the language is that of all.
    private var review: ReviewState?
    /// The terms whose English word the page being resolved has shown; nil where none is to be shown.
    private var mentioned: Set<String>?

    init(
        preparation: CouncilPreparation, own: LanguageResources, source: LanguageResources,
        parity: [LanguageResources]
    ) {
        self.preparation = preparation
        self.own = own
        self.source = source
        isSource = own.language == source.language
        let isPart = isSource || parity.contains { $0.language == own.language }
        self.parity = isPart ? parity : []
        links = preparation.links
        links.language = own.language
    }

    mutating func resolve() -> Edition? {
        let groups = contactGroups()
        let contacts = tally()
        reportLacking()
        var pages: [Page] = []
        var withheld: [Page] = []
        pages.reserveCapacity(preparation.pages.count)
        for merged in preparation.pages {
            let page = resolve(merged, contacts: contacts)
            if page.standing == .held {
                withheld.append(page)
                if !parity.isEmpty {
                    lacking = [
                        .pageMissingInParity(merged.page, language: own.language, source: source.language)
                    ]
                }
            } else {
                pages.append(page)
            }
            reportLacking()
        }
        if !isSource, !pages.contains(where: { !$0.path.isEmpty }) { return nil }
        pages.sort { ($0.order, $0.path) < ($1.order, $1.path) }
        diagnostics.add(links.diagnostics)
        startCounting()
        var identity = portal.identity()
        identity.name = translate(portal.name, file: portalFile, page: "", mustBeCurrent: false)
        identity.description = portal.description.map {
            translate($0, file: portalFile, page: "", mustBeCurrent: false)
        }
        var edition = Edition(
            portal: identity, council: council.identity, language: own.language,
            sourceLanguage: source.language, latin: own.latin, pages: pages, contactGroups: groups,
            footerContacts: footerContacts(groups),
            accessibility: accessibility(), councilLocation: council.location, alternatives: [],
            review: own.review,
            notice: resolve(portal.notice, file: portalFile, page: "", mustBeCurrent: false),
            strings: own.strings, today: preparation.today, assets: links.assets.sorted())
        let firstContact = portal.firstContact.words.map {
            translate($0, file: portalFile, page: "", mustBeCurrent: true)
        }
        for text in portal.leafletTexts where text.councils.contains(council.id) {
            edition.heldTexts[text.passage.markdown] = heldWords(of: text)
        }
        reportLacking()
        edition.withheld = withheld
        edition.held = held
        for passage in held {
            diagnostics.add(
                .held(
                    passage, source: source.language, warnAfter: portal.parity.warnAfter,
                    today: preparation.today))
        }
        edition.homeQuestions = (council.homeQuestions ?? portal.homeQuestions).map(\.address)
        edition.homeContacts = portal.homeContacts.map(\.address)
        edition.namesSocialWorker = preparation.namesSocialWorker
        edition.firstContact = firstContact
        edition.phonesSocialWorkerFirst =
            switch portal.firstContact {
            case .asGuidanceSays: preparation.namesSocialWorker
            case .theme(let isShown): isShown
            case .words: false
            }
        if isSource { checkAddresses(edition) }
        return edition
    }

    /// Questions and steps that the council itself names must be there; those of the portal may be left out.
    private mutating func checkAddresses(_ edition: Edition) {
        let shared = Set(portal.sharedPages.map(\.file))
        let steps = preparation.pages.flatMap(\.page.frontMatter.steps).filter {
            !shared.contains($0.location.file)
        }
        for (address, location) in (council.homeQuestions ?? []) + steps {
            // A section that conditions leave out for this council is written all the same.
            SectionAddress(address).problem(
                at: location, among: preparation.pages.map { ($0.page.path, $0.page.sections.map(\.id)) }
            ).map { diagnostics.add($0) }
        }
    }

    private mutating func reportLacking() {
        diagnostics.add(Diagnostics(lacking))
        lacking = []
    }

    private var portalFile: String { joinPath(portal.root, "portal.yml") }

    private func coverage() -> Double { total == 0 ? 1 : Double(covered) / Double(total) }

    private mutating func startCounting() {
        (total, covered, retained, fresh, left, review) = (0, 0, 0, 0, [], nil)
    }

    /// How much of some messages is translated, by the bytes of the source text.
    private struct Tally {
        var coverage: Double
        /// The share that was translated when the catalogue was last brought up to date: messages that are newer do not
        /// count, and those whose English has changed since do.
        var former: Double
        /// The share that is newer than the catalogue.
        var fresh: Double
        var total: Int
        var left: [String]
        var review: ReviewState?
    }

    private func tally() -> Tally {
        let known = total - fresh
        return Tally(
            coverage: coverage(), former: known == 0 ? 0 : Double(covered + retained) / Double(known),
            fresh: total == 0 ? 0 : Double(fresh) / Double(total), total: total, left: left, review: review)
    }

    /// Whether a page is out in the edition's language.
    private mutating func standing(of page: Page, title: String, _ tallies: [Tally]) -> Page.Standing {
        let threshold = Double(portal.translations.threshold) / 100
        if isSource || page.coverage >= threshold || page.path.isEmpty { return .published }
        let wasOut =
            portal.published.contains(page.path, of: council.id, in: own.language)
            || tallies.allSatisfy { tally in
                // Mostly new text under a new title is a new page, though it may repeat a sentence of another.
                tally.former >= threshold
                    && (tally.fresh < 0.5 || own.translator?.history(of: title) == .wasTranslated)
            }
        guard wasOut else { return .held }
        // The longest ones first: the fewest that bring it back.
        var missing: [String] = []
        for tally in tallies {
            var gained = tally.coverage * Double(tally.total)
            for message in tally.left.sorted(by: { ($1.utf8.count, $0) < ($0.utf8.count, $1) })
            where gained < threshold * Double(tally.total) {
                gained += Double(message.utf8.count)
                if !missing.contains(message) { missing.append(message) }
            }
        }
        diagnostics.add(
            .warning(
                "PageBelowThreshold",
                "\(Int(page.coverage * 100)) % of this page is in \(own.language.englishName) and current, less than "
                    + "\(portal.translations.threshold) %; it stays, since it was out before",
                at: SourceLocation(file: page.file, range: SourceRange(line: 1, column: 1)),
                help: "Translate in \(own.language.tag).po: "
                    + missing.prefix(5).map { "“\($0)”" }.joined(separator: ", ")
                    + (missing.count > 5 ? " and \(missing.count - 5) more." : ".")))
        return .kept
    }

    // MARK: Pages

    private mutating func resolve(_ merged: MergedPage, contacts: Tally) -> Page {
        startCounting()
        let page = merged.page
        let front = page.frontMatter
        let kind = front.kind ?? SourcePage.defaultKind(of: page.path)
        // On these pages an old number or right could do harm.
        let mustBeCurrent = kind == .rights || kind == .complaints || kind == .easy
        func text(_ passage: Passage, _ file: String) -> Passage {
            translate(passage, file: file, page: page.path, mustBeCurrent: mustBeCurrent)
        }
        let title = page.title ?? Passage(Self.title(fromPath: page.path, council: council))
        if page.title == nil, !page.path.isEmpty {
            diagnostics.add(
                .warning(
                    "MissingTitle", "this page has no title; its file's name is shown instead",
                    at: SourceLocation(file: page.file, range: SourceRange(line: 1, column: 1)),
                    help: "Start the page with a line such as '# Your rights'."))
        }
        // Titles and summaries stand in lists, where a word in another language would be in the way.
        mentioned = nil
        var result = Page(
            path: page.path, kind: kind, audience: front.audience ?? merged.defaultAudience,
            title: text(title, page.file), summary: front.summary.map { text($0, page.file) },
            order: front.order ?? (page.path.isEmpty ? -1 : 1000), reviewed: front.reviewed,
            reviewDue: front.reviewEvery.flatMap { front.reviewed?.adding(months: $0) },
            aliases: front.aliases.map(\.path), introduction: [], sections: [], coverage: 1, file: page.file)
        if kind == .form, !isSource,
            result.title.translation == .current || result.title.translation == .stale
        {
            result.sourceTitle = fill(title, in: source, file: page.file, page: page.path, state: .missing)
        }
        result.aliasLocations = front.aliases.map(\.location)
        result.reader = front.reader
        result.stage = front.stage ?? Stage(kind)
        result.steps = front.steps.map(\.address)
        result.formerIDs = front.formerIDs.map(\.former)
        mentioned = isSource || kind == .glossary ? nil : []
        result.introduction = resolve(
            page.introduction, file: merged.introductionFile, page: page.path, mustBeCurrent: mustBeCurrent)
        result.sections = page.sections.map { resolve($0, page: page.path, mustBeCurrent: mustBeCurrent) }
        mentioned = nil
        if kind == .glossary, !isSource { nameInSource(&result.sections, page.sections) }
        if kind == .easy {
            result.testers = testers(of: page)
            result.pictureCredits = showPictures(of: result)
        }
        guard !isSource else { return result }
        let tallies = kind == .contacts ? [tally(), contacts] : [tally()]
        result.coverage = tallies.map(\.coverage).min() ?? 1
        result.review = tallies.compactMap(\.review).reduce(nil) { $0?.joined(with: $1) ?? $1 } ?? own.review
        result.standing = standing(of: result, title: title.markdown, tallies)
        return result
    }

    /// Who has tried a page in the edition's language: what is easy to read in one need not be in another.
    private func testers(of page: SourcePage) -> [EasyTester] {
        page.frontMatter.testers.filter { ($0.language ?? source.language) == own.language }
    }

    /// Notes that the site has the pictures of a page, and says whom they are from.
    private mutating func showPictures(of page: Page) -> [PictureCredit] {
        let credits = Dictionary(portal.pictures.values.map { ($0.path, $0.credit) }) { first, _ in first }
        var found: [PictureCredit] = []
        page.forEachSection { section in
            for path in section.blocks.compactMap(\.attributes?.picture) {
                links.assets.insert(path)
                if let credit = credits[path], !found.contains(credit) { found.append(credit) }
            }
        }
        return found
    }

    /// The same section for other readers.
    private func twin(of section: SourceSection, on page: String) -> SectionTwin? {
        let address = "\(page)#\(section.id)"
        if let original = preparation.easy.originals[address] {
            return SectionTwin(form: .full, address: original)
        }
        guard let twin = preparation.easy.twins[address] else { return nil }
        let isTested = preparation.pages.contains {
            $0.page.path == twin.path && !testers(of: $0.page).isEmpty
        }
        return SectionTwin(form: isTested ? .easyRead : .simple, address: twin)
    }

    /// Adds to each heading of a glossary its word in the source language.
    private func nameInSource(_ sections: inout [Section], _ sources: [SourceSection]) {
        for (index, source) in zip(sections.indices, sources) {
            let word = source.heading.plainText
            guard sections[index].heading.translation == .current,
                !sections[index].heading.plainText.lowercased().contains(word.lowercased())
            else { continue }
            sections[index].heading.inlines +=
                [
                    .text(brackets.open), .value(Inline.Value(kind: .term, text: word, name: "")),
                    .text(brackets.close),
                ]
        }
    }

    /// What stands around a word of the source language.
    private var brackets: (open: String, close: String) {
        own.language.script.hasWideMarks ? ("（", "）") : (" (", ")")
    }

    /// A translation with the source language's words beside the terms that the page has not mentioned before.
    private mutating func markTerms(_ inlines: [Inline], of message: String) -> [Inline] {
        guard var known = mentioned else { return inlines }
        let new = own.terms[message].filter { known.insert($0.term).inserted }
        mentioned = known
        let places = new.compactMap { mention in mention.place.map { (place: $0, term: mention.term) } }
        return places.isEmpty ? inlines : inlines.inserting(places, brackets: brackets)
    }

    private mutating func resolve(_ section: SourceSection, page: String, mustBeCurrent: Bool) -> Section {
        sections.append(section.id)
        defer { sections.removeLast() }
        // Headings stand in lists too.
        let known = mentioned
        mentioned = nil
        let heading = translate(section.heading, file: section.file, page: page, mustBeCurrent: mustBeCurrent)
        mentioned = known
        var result = Section(
            id: section.id, level: section.level, heading: heading,
            blocks: resolve(section.blocks, file: section.file, page: page, mustBeCurrent: mustBeCurrent),
            children: section.children.map { resolve($0, page: page, mustBeCurrent: mustBeCurrent) },
            alsoAsked: section.alsoAsked, file: section.file, range: section.range)
        result.deadline = section.attributes?.deadline.flatMap { deadline($0) }
        result.answer = section.attributes?.answer
        result.twin = twin(of: section, on: page)
        if result.answer != nil, !isSource, heading.translation == .current || heading.translation == .stale {
            result.sourceHeading = fill(
                section.heading, in: source, file: section.file, page: page, state: .missing)
        }
        return result
    }

    private mutating func resolve(
        _ blocks: [Block], file: String, page: String, mustBeCurrent: Bool
    ) -> [Block] {
        if isSource, parity.isEmpty {
            // Most text has nothing to fill in: it is shared with the source page, not copied.
            return blocks.replacingPassages(in: .references) { passage in
                guard passage.inlines.haveReferences else { return nil }
                return fill(passage, in: source, file: file, page: page, state: .current)
            }
        }
        return blocks.mapPassages { translate($0, file: file, page: page, mustBeCurrent: mustBeCurrent) }
    }

    private static func title(fromPath path: String, council: Council) -> String {
        guard let last = path.split(separator: "/").last else { return council.identity.name }
        let words = last.replacing("-", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    // MARK: Passages

    private mutating func translate(
        _ passage: Passage, file: String, page: String, mustBeCurrent: Bool
    ) -> Passage {
        if isSource {
            if let previous = previousWords(of: passage, page: page, file: file) {
                return fill(previous, in: source, file: file, page: page, state: .current)
            }
            guard passage.inlines.haveReferences else { return passage }
            return fill(passage, in: source, file: file, page: page, state: .current)
        }
        let known = own.known.of(passage, by: own.translator)
        guard known.hasWords else { return fill(passage, in: own, file: file, page: page, state: .current) }
        let message = known.message
        total += message.utf8.count
        switch known.translation {
        case .current(let inlines):
            covered += message.utf8.count
            if let checked = known.review { review = review?.joined(with: checked) ?? checked }
            let translated = Passage(markTerms(inlines, of: message), range: passage.range)
            return fill(translated, in: own, file: file, page: page, state: .current)
        case .stale(let inlines, _, let mayMislead):
            if previousWords(of: passage, page: page, file: file) != nil {
                covered += message.utf8.count
                return fill(
                    Passage(inlines, range: passage.range), in: own, file: file, page: page, state: .current)
            }
            // What holds a fact, a contact or a number may mislead when it is old: show the current words.
            let isRisky = mustBeCurrent || mayMislead || known.hasFacts
            note(missing: known, isOld: !isRisky, at: SourceLocation(file: file, range: passage.range))
            if isRisky { return fill(passage, in: source, file: file, page: page, state: .replaced) }
            let translated = Passage(inlines, range: passage.range)
            return fill(translated, in: own, file: file, page: page, state: .stale)
        case .missing:
            note(missing: known, isOld: false, at: SourceLocation(file: file, range: passage.range))
            return fill(passage, in: source, file: file, page: page, state: .missing)
        }
    }

    /// What a passage said before, where that is said in all languages of the parity until they have its new words.
    private mutating func previousWords(of passage: Passage, page: String, file: String) -> Passage? {
        guard !parity.isEmpty, !portal.parity.neverHeld.contains(page),
            !sections.contains(where: { portal.parity.neverHeld.contains("\(page)#\($0)") })
        else { return nil }
        var previous: (message: String, passage: Passage)?
        var waiting: [Language] = []
        var message = ""
        for other in parity {
            let known = other.known.of(passage, by: other.translator)
            guard known.hasWords, !known.hasFacts else { return nil }
            message = known.message
            switch known.translation {
            case .current: continue
            case .missing: return nil
            case .stale(_, let text, let mayMislead):
                guard let text, !mayMislead, known.history == .wasTranslated else { return nil }
                let before = Passage(
                    Passage(markdown: text, hasFootnotes: true).inlines, range: passage.range)
                // What it led to may be gone.
                guard
                    before.inlines.writtenDestinations.isSubset(of: passage.inlines.writtenDestinations)
                else { return nil }
                previous = previous ?? (text, before)
                waiting.append(other.language)
            }
        }
        guard let previous else { return nil }
        if isSource, !held.contains(where: { $0.page == page && $0.message == message }) {
            held.append(
                HeldPassage(
                    page: page, message: message, previous: previous.message, languages: waiting,
                    since: portal.waiting.since(message, in: waiting),
                    location: SourceLocation(file: file, range: passage.range)))
        }
        return previous.passage
    }

    /// What a leaflet's own words said before, in the edition's language, where all languages of the parity still say it.
    private mutating func heldWords(of text: LeafletText) -> Passage? {
        let previous = previousWords(of: text.passage, page: text.leaflet, file: text.file)
        guard !isSource, !parity.isEmpty else { return previous }
        let known = own.known.of(text.passage, by: own.translator)
        switch known.translation {
        case .stale(let inlines, _, _) where previous != nil:
            return Passage(inlines, range: text.passage.range)
        case .stale, .missing:
            if known.hasWords {
                note(
                    missing: known, isOld: false,
                    at: SourceLocation(file: text.file, range: text.passage.range))
            }
            return nil
        case .current: return nil
        }
    }

    private mutating func note(missing known: KnownMessages.Known, isOld: Bool, at location: SourceLocation) {
        left.append(known.message)
        if !parity.isEmpty {
            lacking.append(
                .missingInParity(
                    known.message, language: own.language, source: source.language, isOld: isOld, at: location
                ))
        }
        switch known.history {
        case .wasTranslated: retained += known.message.utf8.count
        case .isNew: fresh += known.message.utf8.count
        case .untranslated: break
        }
    }

    private mutating func fill(
        _ passage: Passage, in resources: LanguageResources, file: String, page: String,
        state: TranslationState
    ) -> Passage {
        Passage(
            fill(passage.inlines, in: resources, file: file, page: page, range: passage.range),
            translation: state, range: passage.range)
    }

    private mutating func fill(
        _ inlines: [Inline], in resources: LanguageResources, file: String, page: String, range: SourceRange?
    ) -> [Inline] {
        var result: [Inline] = []
        result.reserveCapacity(inlines.count)
        for inline in inlines {
            switch inline {
            case .text, .lineBreak, .code, .footnote, .value: result.append(inline)
            case .emphasis(let content):
                result.append(.emphasis(fill(content, in: resources, file: file, page: page, range: range)))
            case .strong(let content):
                result.append(.strong(fill(content, in: resources, file: file, page: page, range: range)))
            case .strikethrough(let content):
                result.append(
                    .strikethrough(fill(content, in: resources, file: file, page: page, range: range)))
            case .link(var link):
                let content = fill(link.content, in: resources, file: file, page: page, range: range)
                if let destination = links.resolve(link.destination, page: page, file: file, range: range) {
                    link.content = content
                    link.destination = destination
                    result.append(.link(link))
                } else {
                    result += content
                }
            case .image(var image):
                guard let written = image.source.written else {
                    result.append(inline)
                    continue
                }
                if let scheme = Link.scheme(of: written) {
                    diagnostics.add(
                        .warning(
                            "RemoteImage",
                            "pictures from other sites are not shown: a reader's visit would be seen there",
                            at: SourceLocation(file: file, range: range),
                            help: "Save the picture beside the page and name its file here."))
                    let words: [Inline] = [
                        .text(image.alternative.isEmpty ? written : image.alternative)
                    ]
                    result +=
                        ["http", "https"].contains(scheme)
                        ? [.link(Inline.Link(destination: image.source, content: words))] : words
                } else if let source = links.resolveImage(written, file: file, range: range) {
                    if image.alternative.isEmpty {
                        diagnostics.add(
                            .warning(
                                "MissingAlternative", "this picture has no text for people who cannot see it",
                                at: SourceLocation(file: file, range: range),
                                help: "Write ![what the picture shows](\(written))."))
                    }
                    image.source = source
                    result.append(.image(image))
                } else if !image.alternative.isEmpty {
                    result.append(.text(image.alternative))
                }
            case .placeholder(let placeholder):
                let isOwn = resources.language.tag == own.language.tag
                if let known = (isOwn ? values.own : values.source)[placeholder.name] {
                    result.append(known)
                } else if let value = value(
                    of: placeholder, in: resources,
                    at: SourceLocation(file: file, range: placeholder.range ?? range))
                {
                    let filled = Inline.value(value)
                    if isOwn {
                        values.own[placeholder.name] = filled
                    } else {
                        values.source[placeholder.name] = filled
                    }
                    result.append(filled)
                } else {
                    result.append(inline)
                }
            }
        }
        return result
    }

    /// The deadline that a fact is, with the words of each of its steps.
    private func deadline(_ name: String) -> Deadline? {
        guard var deadline = preparation.deadline(name) else { return nil }
        for (index, step) in deadline.steps.enumerated() {
            let (text, isSource) = written(step.amount, step.unit, in: own)
            deadline.steps[index].length = isSource ? SourceWords.marked(text) : text
        }
        return deadline
    }

    // MARK: Facts and contacts

    /// A length of time in words, and whether these are in the source language instead of the one asked for.
    private func written(
        _ amount: Int, _ unit: DurationUnit, in resources: LanguageResources
    ) -> (text: String, isSource: Bool) {
        let written = Fact.Value.duration(amount, unit).written
        // The program writes durations in English itself.
        let translated =
            resources.language == InterfaceStrings.themeLanguage
            ? written : (resources.translator ?? resources.units)?.duration(amount, unit)
        return (translated ?? written, translated == nil && resources.translator != nil)
    }

    private mutating func value(
        of placeholder: Inline.Placeholder, in resources: LanguageResources, at location: SourceLocation
    ) -> Inline.Value? {
        func words(_ text: String, isSource: Bool = false) -> Inline.Value {
            Inline.Value(kind: isSource ? .term : .words, text: text, name: placeholder.name)
        }
        func literal(_ way: Contact.Way) -> Inline.Value {
            Inline.Value(
                kind: .literal, text: way.shown(in: resources.strings).replacing("\n", with: ", "),
                destination: way.destination,
                name: placeholder.name)
        }
        let name = council.identity.name
        switch Reference(placeholder.name) {
        case .invalid: return nil
        case .council(.name): return words(name)
        case .council(.shortName): return words(council.identity.shortName)
        case .fact(let id):
            // Unknown names are reported where they are written, once for all councils.
            guard portal.knownFacts.contains(id) else { return nil }
            guard let value = preparation.fact(id)?.value else {
                diagnostics.add(
                    .error(
                        "MissingFact", "\(name) has no fact '\(id)'", at: location,
                        help: "Give the text the condition {when=\(id)}, or add the fact to the council.",
                        related: [.init("the council", at: council.location)]))
                return nil
            }
            switch value {
            case .duration(let amount, let unit):
                let (text, isSource) = written(amount, unit, in: resources)
                return words(text, isSource: isSource)
            case .number(let number): return words("\(number)")
            case .date(let date):
                return words(
                    resources.strings.date(date), isSource: resources.strings.isInSourceLanguage(date))
            case .text(let passage):
                let (text, isSource) = translatedText(passage, in: resources)
                return words(text, isSource: isSource)
            case .yesNo:
                diagnostics.add(
                    .error(
                        "FactNotShown", "'\(id)' is a yes/no fact, which has no words to show", at: location,
                        help: "Write the words, and give them the condition {when=\(id)}."))
                return nil
            }
        case .contact(let id, let part):
            guard portal.knownContacts.contains(id) else { return nil }
            guard let contact = preparation.contacts.first(where: { $0.contact.id == id })?.contact else {
                diagnostics.add(
                    .error(
                        "MissingContact", "\(name) has no contact '\(id)'", at: location,
                        help:
                            "Give the text the condition {when=contact:\(id)}, or add the contact to the council.",
                        related: [.init("the council", at: council.location)]))
                return nil
            }
            switch part {
            case .name:
                let (text, isSource) = translatedText(contact.name, in: resources)
                return words(text, isSource: isSource)
            case .first: return contact.ways.first.map(literal)
            case .channel(let channel):
                if let way = contact.ways.first(where: { $0.channel == channel }) { return literal(way) }
                diagnostics.add(
                    .error(
                        "MissingContact", "the contact '\(id)' of \(name) has no \(channel.rawValue)",
                        at: location,
                        help: "It has: \(contact.ways.map(\.channel.rawValue).joined(separator: ", ")).",
                        related: [.init("the contact", at: contact.location)]))
                return nil
            }
        }
    }

    /// The words of a text fact or a name; in the source language where there is no current translation.
    private func translatedText(_ passage: Passage, in resources: LanguageResources) -> (
        text: String, isSource: Bool
    ) {
        guard let translator = resources.translator else { return (passage.plainText, false) }
        guard case .current(let text) = translator.translation(of: passage.markdown, context: nil)
        else { return (passage.plainText, passage.hasWords) }
        return (Passage(markdown: text).plainText, false)
    }

    private mutating func contactGroups() -> [ContactGroup] {
        startCounting()
        func text(_ passage: Passage, _ contact: Contact?) -> Passage {
            translate(
                passage, file: contact?.location.file ?? portalFile, page: "contacts", mustBeCurrent: true)
        }
        func group(_ id: String, _ heading: Passage, _ entries: [ContactEntry]) -> ContactGroup {
            ContactGroup(
                id: id, heading: heading,
                contacts: entries.map { entry in
                    var contact = entry.contact
                    contact.name = text(contact.name, contact)
                    contact.purpose = contact.purpose.map { text($0, entry.contact) }
                    contact.hours = contact.hours.map { text($0, entry.contact) }
                    contact.area = contact.area.map { text($0, entry.contact) }
                    contact.note = contact.note.map { text($0, entry.contact) }
                    for index in contact.ways.indices {
                        contact.ways[index].shown = contact.ways[index].shown(in: own.strings)
                    }
                    return contact
                })
        }
        var groups: [ContactGroup] = []
        for (id, heading) in portal.contactGroups {
            let entries = preparation.contacts.filter { $0.group == id }
            if !entries.isEmpty { groups.append(group(id, text(heading, nil), entries)) }
        }
        let known = Set(portal.contactGroups.map(\.id))
        let rest = preparation.contacts.filter { $0.group.map { !known.contains($0) } ?? true }
        if !rest.isEmpty {
            let heading = Passage(
                [.text(own.strings["contacts-other"])],
                translation: own.strings.untranslated.contains("contacts-other") ? .missing : .current)
            groups.append(group("other", heading, rest))
        }
        return groups
    }

    /// What the portal names; else the first national number of each group, the first groups first.
    private func footerContacts(_ groups: [ContactGroup]) -> [String] {
        if let named = portal.footerContacts { return named.map(\.id) }
        return groups.compactMap { group in
            group.contacts.first { contact in
                contact.isNational && contact.audience != .professionals
                    && contact.ways.contains { $0.channel == .phone }
            }?.id
        }.prefix(4).map { $0 }
    }

    private mutating func accessibility() -> AccessibilityDetails? {
        let own = translated(council.accessibility)
        let shared = translated(portal.accessibility)
        return AccessibilityDetails(own, over: shared)
    }

    private mutating func translated(_ settings: AccessibilitySettings?) -> AccessibilitySettings? {
        settings.map { settings in
            settings.mapPassages {
                translate($0, file: settings.location.file, page: "accessibility", mustBeCurrent: true)
            }
        }
    }
}

extension Passage {
    /// Whether there is anything to translate beside placeholders and signs.
    var hasWords: Bool {
        var found = false
        inlines.forEachInline { inline in
            switch inline {
            case .text(let text): if text.contains(where: \.isLetter) { found = true }
            case .image(let image): if image.alternative.contains(where: \.isLetter) { found = true }
            default: break
            }
        }
        return found
    }

    var hasFacts: Bool {
        var found = false
        inlines.forEachInline { if case .placeholder = $0 { found = true } }
        return found
    }
}

extension Contact.Way {
    /// The number with what is dialled afterwards, in the words of a language.
    func shown(in strings: InterfaceStrings) -> String {
        switch menu {
        case nil: text
        case .extension(let digits)?: "\(text) \(strings("extension", ["number": digits]))"
        case .option(let digits)?: "\(text) \(strings("option", ["number": digits]))"
        }
    }
}

extension InterfaceStrings {
    /// Whether a date would be written with a month of the theme's language.
    func isInSourceLanguage(_ date: CalendarDate) -> Bool {
        guard let month = date.month else { return false }
        return untranslated.contains(date.day == nil ? "month-alone-\(month)" : "month-\(month)")
    }

    /// A date in words: `21 November 2026`, `December 2007` or `2007`.
    public func date(_ date: CalendarDate) -> String {
        guard let month = date.month else { return "\(date.year)" }
        guard let day = date.day else {
            return self("date-month", ["month": self["month-alone-\(month)"], "year": "\(date.year)"])
        }
        return self("date", ["day": "\(day)", "month": self["month-\(month)"], "year": "\(date.year)"])
    }
}
