import Markdown
import Translations
import Workspace

/// One council in one language: everything resolved, nothing left to look up.
///
/// Every output (page, search index, leaflet) is a function of one edition and the theme.
public struct Edition: Sendable {
    public var portal: PortalIdentity
    public var council: CouncilIdentity
    public var language: Language
    /// The language the guidance is written in; fallback passages are in it.
    public var sourceLanguage: Language
    /// The language of words in Latin letters within text of another script.
    public var latin: Language
    /// In navigation order: by `order`, then by path.
    public var pages: [Page]
    /// Contacts grouped as the portal orders them, without those nobody of this council's nation needs.
    public var contactGroups: [ContactGroup]
    /// The contacts at the foot of every page, by id.
    public var footerContacts: [String]
    public var accessibility: AccessibilityDetails?
    /// Where the council is declared.
    public var councilLocation: SourceLocation
    /// Other languages this council is published in, this one included, in the portal's order.
    public var alternatives: [Alternative]
    /// The review state of this language's catalogue; nil for the source language.
    public var review: ReviewState?
    /// Shown at the top of every page.
    public var notice: [Block]
    /// The words of the interface in this edition's language.
    public var strings: InterfaceStrings
    /// The day of the build, which decides what is ended, old or overdue.
    public var today: CalendarDate
    /// Files that pages show or link to below the content folder, sorted.
    public var assets: [String]
    /// The pages that the website does not have in this language, because too little of them is translated.
    /// What is not translated is in the source language.
    public var withheld: [Page] = []
    /// Blocks that say what they said before, until other languages have their new words; of the source language alone.
    public var held: [HeldPassage] = []
    /// What a leaflet's own words said before, by the message, where other languages do not have the new ones yet.
    package var heldTexts: [String: Passage] = [:]
    /// The questions that the home page answers at once: `faq/my-children#take-children`.
    package var homeQuestions: [String] = []
    /// The groups of contacts whose first number stands on the home page, by id; empty where the portal does not say.
    package var homeContacts: [String] = []
    /// The other languages beside which its pages can be read, in the order the council wants them.
    package var sideBySide: [Language] = []
    /// The portal's own words on whom to phone first, on the home page.
    package var firstContact: Passage?
    /// Whether the theme's words stand there: "Your social worker: the number is on your letter."
    package var phonesSocialWorkerFirst = false
    /// Whether families read of a social worker, so that the interface may tell them to ask one.
    package var namesSocialWorker = false

    /// The other language that people type questions in: that of the guidance; on pages in that one, English.
    package var otherSearched: Language? {
        let other = language == sourceLanguage ? .english : sourceLanguage
        return other == language ? nil : other
    }

    /// The page with a path such as `rights` or `faq/the-plan`.
    public func page(_ path: String) -> Page? { pages.first { $0.path == path } }

    /// Addresses of this edition's pages within the site: ``, `oxfordshire`, `oxfordshire/pl`.
    public var base: String {
        var parts: [String] = []
        if !portal.isSingleCouncil { parts.append(council.id) }
        if language != sourceLanguage { parts.append(language.tag) }
        return parts.joined(separator: "/")
    }

    /// The folders, within the council's, of all pages that stand side by side.
    package var pairFolders: Set<String> {
        let second = Set(alternatives.map(\.language))
        return Set(
            alternatives.flatMap { first in
                second.filter { $0 != first.language }.map { "\(first.language.tag)-and-\($0.tag)" }
            })
    }

    /// Where its pages stand side by side with those in another language: `oxfordshire/pl-and-en`.
    ///
    /// Letters and hyphens alone: a plus sign would be a space to some servers.
    package func base(beside other: Language) -> String {
        let folder = "\(language.tag)-and-\(other.tag)"
        return portal.isSingleCouncil ? folder : "\(council.id)/\(folder)"
    }
}

/// What every edition of a portal shares.
public struct PortalIdentity: Sendable {
    public var name: Passage
    public var description: Passage?
    /// Without a slash at the end.
    public var baseURL: String
    /// Whether the site has one council, at `/`, and no chooser.
    public var isSingleCouncil: Bool
    public var allowsSearchEngines: Bool
    public var exit: ExitSettings

    public struct ExitSettings: Hashable, Sendable {
        public var url: String
        public var audiences: Set<Audience>
    }
}

public struct CouncilIdentity: Sendable {
    public var id: String
    public var name: String
    public var shortName: String
    public var nation: Nation
    public var website: String?
    public var validFrom: CalendarDate?
    public var validTo: CalendarDate?
    public var successors: [Successor]
    /// How old the published facts are, where the council says so.
    public var informationFrom: CalendarDate?
    public var brand: Brand

    public struct Successor: Hashable, Sendable {
        public var name: String
        public var url: String?
        public var area: String?
    }

    public struct Brand: Hashable, Sendable {
        /// `#rrggbb`.
        public var colour: String?
        public var darkColour: String?
        /// The logo's path below the content folder.
        public var logo: String?
        public var location: SourceLocation?
        public init() {}
    }
}

extension Edition {
    /// The age of a contact that comes from old information and that nobody has checked since.
    ///
    /// Such a number may reach anybody today: it stands only where its age stands beside it.
    public func age(of contact: Contact) -> CalendarDate? {
        contact.isNational || contact.checked != nil ? nil : council.oldInformation(on: today)
    }
}

extension CouncilIdentity {
    /// The date of the published facts, where they are older than three years on this day.
    public func oldInformation(on today: CalendarDate) -> CalendarDate? {
        informationFrom.flatMap { $0.adding(months: 36) < today ? $0 : nil }
    }
}

public enum Nation: String, CaseIterable, Sendable {
    case england, wales, scotland
    case northernIreland = "northern-ireland"
}

public enum Audience: String, CaseIterable, Sendable {
    case families
    case youngPeople = "young-people"
    case professionals
}

/// Whom a page for young people is written for.
package enum YoungReader: String, CaseIterable, Sendable {
    /// About 8 to 11.
    case child
    /// 12 and over.
    case teenager
}

public enum PageKind: String, CaseIterable, Sendable {
    case page, rights, faq, agenda, complaints, contacts, glossary, accessibility
    /// Dates that follow from the day of the conference.
    case dates
    /// Questions to answer in one's own words.
    case form
    /// Sections of other pages in easy words.
    case easy

    /// Whether readers type into the page.
    package var isFilledIn: Bool {
        switch self {
        case .dates, .form: true
        case .page, .rights, .faq, .agenda, .complaints, .contacts, .glossary, .accessibility, .easy: false
        }
    }
}

/// When a family needs a page.
public enum Stage: String, CaseIterable, Sendable {
    case before, day, after, help

    /// Where nobody has said it.
    init?(_ kind: PageKind) {
        switch kind {
        case .rights, .form: self = .before
        case .agenda: self = .day
        case .complaints, .dates: self = .after
        case .faq, .contacts, .glossary, .accessibility, .easy: self = .help
        case .page: return nil
        }
    }
}

/// One page of an edition.
public struct Page: Sendable {
    /// `rights`, `faq/the-plan`; empty for the council's home page.
    public var path: String
    public var kind: PageKind
    public var audience: Audience
    /// Whom of the young people it is for, where somebody has said it.
    package var reader: YoungReader?
    public var title: Passage
    /// The title in the source language, of a page of answers that people read who do not know the page's language.
    package var sourceTitle: Passage?
    public var summary: Passage?
    public var order: Int
    public var reviewed: CalendarDate?
    /// When the page must be reviewed again.
    public var reviewDue: CalendarDate?
    /// Old addresses that lead here, without slashes at the ends.
    public var aliases: [String]
    /// Where each of them is written.
    package var aliasLocations: [SourceLocation] = []
    /// The old addresses with where they are written; in the page's file, where it is not known better.
    package var placedAliases: [(address: String, location: SourceLocation)] {
        aliases.enumerated().map { index, alias in
            (
                alias,
                aliasLocations.indices.contains(index) ? aliasLocations[index] : SourceLocation(file: file)
            )
        }
    }
    /// Ids that its sections had, and where their words are now.
    package var formerIDs: [FormerID] = []
    /// What stands before the first section.
    public var introduction: [Block]
    public var sections: [Section]
    /// The share of passages that are in the page's language and current: 0 to 1.
    public var coverage: Double
    /// The file it comes from.
    public var file: String
    package var standing = Standing.published
    /// When a family needs it; nil where nobody has said it and the kind does not tell.
    package var stage: Stage?
    /// Pages and sections that the page leads through, in order: `prepare`, `faq/my-children#take-children`.
    package var steps: [String] = []
    /// Who has checked the translations on this page; nil in the source language.
    package var review: ReviewState?
    /// Who has tried a page in easy words, in the edition's language; without anybody it is not called easy read.
    package var testers: [EasyTester] = []
    /// Whom its pictures are from, each once, in the order of the pictures.
    package var pictureCredits: [PictureCredit] = []

    /// Whether a page is out in its language.
    package enum Standing: Hashable, Sendable {
        /// Enough of it is translated and current; so is every page in the source language.
        case published
        /// Too little is, but the page was out before, and stays.
        case kept
        /// Too little is yet.
        case held
    }

    /// Every section, a parent before its children.
    public var allSections: [Section] {
        var all: [Section] = []
        forEachSection { all.append($0) }
        return all
    }

    /// Visits every section in reading order, outer ones before inner ones.
    public func forEachSection(_ visit: (Section) -> Void) {
        func walk(_ sections: [Section]) {
            for section in sections {
                visit(section)
                if !section.children.isEmpty { walk(section.children) }
            }
        }
        walk(sections)
    }
}

/// A heading and what stands under it.
public struct Section: Sendable {
    /// The same in every language.
    public var id: String
    /// 2 to 6.
    public var level: Int
    public var heading: Passage
    public var blocks: [Block]
    public var children: [Section]
    /// The words families would use for this question; not shown.
    public var alsoAsked: [String]
    /// When what it is about happens.
    package var deadline: Deadline?
    /// Room for the reader's own words; nil where there is nothing to answer.
    package var answer: Answer?
    /// The heading in the source language, beside an answer that people read who do not know the page's language.
    package var sourceHeading: Passage?
    /// The same words for other readers; nil where there are none.
    package var twin: SectionTwin?
    /// The file the section comes from: the shared page's, or the council's.
    public var file: String
    public var range: SourceRange?
}

public struct ContactGroup: Sendable {
    public var id: String
    public var heading: Passage
    public var contacts: [Contact]
}

/// A way to reach somebody.
public struct Contact: Sendable {
    public enum Channel: String, CaseIterable, Sendable {
        case phone, text, email, web, post, visit
    }

    /// One way: what is shown, and where it leads.
    public struct Way: Hashable, Sendable {
        public var channel: Channel
        /// As people say or write it; lines of an address are separated by line feeds.
        public var text: String
        /// `tel:`, `sms:`, `mailto:` or `https:`; nil for postal addresses and visits.
        public var destination: String?
        /// What is dialled once somebody answers; `text` does not have it, `shown` does.
        public var menu: PhoneNumber.Menu?
        /// The number with its extension in words, in the edition's language.
        public var shown: String

        public init(
            channel: Channel, text: String, destination: String? = nil, menu: PhoneNumber.Menu? = nil
        ) {
            self.channel = channel
            self.text = text
            self.destination = destination
            self.menu = menu
            shown = text
        }
    }

    /// How people who cannot hear or speak on the phone reach it through Relay UK.
    public enum Relay: Hashable, Sendable {
        /// Digits before the number.
        case before(String)
        /// A number of its own.
        case instead(String)
    }

    public var id: String
    public var name: Passage
    public var purpose: Passage?
    public var ways: [Way]
    public var hours: Passage?
    public var area: Passage?
    /// What else to know before reaching out: how 999 hears people who cannot speak.
    public var note: Passage?
    /// Nil where Relay UK cannot be used, or nobody has said how.
    public var relay: Relay?
    public var audience: Audience
    public var source: String?
    /// When somebody last checked it; nil if nobody has.
    public var checked: CalendarDate?
    /// Whether the check is older than the portal allows on the build's date.
    public var isCheckOverdue: Bool
    /// National contacts come from the portal.
    public var isNational: Bool
    /// Whether readers are offered to keep it on their phone: only where somebody said so, since a helpline that is
    /// found on a watched phone can put its owner in danger.
    package var canBeSaved = false
    public var location: SourceLocation

    /// Whether it is the number of the emergency services, 999 or 112.
    package var isEmergency: Bool {
        ways.contains { $0.destination == "tel:999" || $0.destination == "tel:112" }
    }
}

/// What the accessibility statement needs (Public Sector Bodies Accessibility Regulations 2018).
public struct AccessibilityDetails: Sendable {
    public enum Status: String, CaseIterable, Sendable { case fully, partially, not }

    /// Who runs the website, where that is not the council.
    public var publisher: String?
    /// Who takes reports; nil where nobody is named.
    public var contactID: String?
    public var responseTime: Passage?
    public var status: Status
    public var prepared: CalendarDate
    public var reviewed: CalendarDate?
    public var testedBy: Passage?
    public var nonCompliance: [Passage]
    public var disproportionateBurden: [Passage]
    public var outOfScope: [Passage]
    /// What was tested, and what came out.
    public var tests: [Passage]
    /// What only people can test, and nobody has yet.
    public var notTested: [Passage]
    public var location: SourceLocation

    public init(
        publisher: String? = nil, contactID: String? = nil, responseTime: Passage? = nil, status: Status,
        prepared: CalendarDate, reviewed: CalendarDate? = nil, testedBy: Passage? = nil,
        nonCompliance: [Passage] = [], disproportionateBurden: [Passage] = [], outOfScope: [Passage] = [],
        tests: [Passage] = [], notTested: [Passage] = [], location: SourceLocation
    ) {
        self.publisher = publisher
        self.contactID = contactID
        self.responseTime = responseTime
        self.status = status
        self.prepared = prepared
        self.reviewed = reviewed
        self.testedBy = testedBy
        self.nonCompliance = nonCompliance
        self.disproportionateBurden = disproportionateBurden
        self.outOfScope = outOfScope
        self.tests = tests
        self.notTested = notTested
        self.location = location
    }
}

/// Another language of the same council.
public struct Alternative: Sendable {
    public var language: Language
    /// The base address of that edition within the site.
    public var base: String
    /// Paths of the pages that are published in that language.
    public var paths: Set<String>
    /// The words of the interface in that language.
    public var strings = InterfaceStrings([:])
}

extension Sequence where Element == Edition {
    /// Of a council's editions the one in the language that its guidance is written in.
    package var inSourceLanguage: Edition? { first { $0.language == $0.sourceLanguage } }
}
