import Markdown
import Translations
import Workspace

/// All councils, shared guidance, facts and contacts: read, validated, immutable; every value knows its place.
///
/// The shared guidance is held; a council's own pages are read when its editions are made, so that memory
/// does not grow with the number of councils.
public struct Portal: Sendable {
    /// The content folder, as the user would type it.
    public var root: String
    public var name: Passage
    public var description: Passage?
    /// Without a slash at the end.
    public var baseURL: String
    public var languages: [Language]
    public var sourceLanguage: Language
    public var notice: [Block]
    public var allowsSearchEngines: Bool
    public var exit: PortalIdentity.ExitSettings
    public var translations: TranslationPolicy
    /// The pages that are out in a language, and stay.
    package var published = PublishedPages()
    /// How languages that are treated alike wait for one another.
    package var parity = ParitySettings()
    /// Since when they do.
    package var waiting = WaitingMessages()
    /// What leaflets say besides the guidance, for the councils that treat languages alike; it is read by who makes
    /// leaflets.
    package var leafletTexts: [LeafletText] = []
    /// The addresses that have been published, and must not be lost.
    package var recorded = PublishedAddresses()
    /// Languages beside which every page in another language can be read, unless its council names others.
    package var sideBySide: [Language] = []
    /// Months for which a contact's check date counts.
    public var contactsValidForMonths: Int
    public var facts: [String: Fact]
    /// What the accessibility statement of a council says where the council itself says nothing else.
    var accessibility: AccessibilitySettings?
    /// Every fact that the portal or any council names, for "did you mean".
    public var knownFacts: Set<String>
    public var councils: [Council]
    /// Every council of the portal, wanted or not: what one still says is nobody's old text.
    public var allCouncils: [Council] = []
    /// The shared guidance, sorted by path.
    public var sharedPages: [SourcePage]

    /// What rules may say, and where.
    package var checks = CheckSettings()
    /// Months for which a fact's check date counts.
    package var factsValidForMonths: Int
    /// Whether it says itself how long facts count, so that each needs a date.
    package var wantsFactDates: Bool
    /// What the short names of sources stand for.
    var sources: [String: String]
    package var baseURLLocation: SourceLocation?

    package var contactGroups: [(id: String, heading: Passage)]
    /// The contacts at the foot of every page, by id; nil where the portal does not say.
    var footerContacts: [(id: String, location: SourceLocation)]?
    /// Questions that every home page answers at once, unless its council names others.
    var homeQuestions: [(address: String, location: SourceLocation)]
    /// Groups whose first number stands on every home page, in order.
    var homeContacts: [(address: String, location: SourceLocation)]
    /// What stands first where home pages say whom to phone.
    var firstContact = FirstContact.asGuidanceSays
    var contacts: [ContactEntry]
    /// What the contacts are that the shared guidance expects of councils, by id.
    package var councilContacts: [(id: String, label: String)] = []
    /// Every contact that the portal or any council names.
    package var knownContacts: Set<String>
    /// Pictures that pages in easy words can show, by name.
    package var pictures: [String: Picture] = [:]
    /// Files in the content folder that pages can show or link to.
    var tree: ContentTree

    public var isSingleCouncil: Bool { councils.count == 1 }

    /// Every file below the content folder, by its path there, sorted.
    package var contentFiles: [String] { tree.files }

    /// The contacts that the portal declares for every council.
    package var nationalContacts: [Contact] { contacts.map(\.contact) }

    /// Who checked a contact of `portal.yml`; nil where nobody has said.
    package func checker(ofContact id: String) -> String? {
        contacts.first { $0.contact.id == id }?.checkedBy
    }

    /// The contacts of `portal.yml` that councils of a nation do not show.
    package func contacts(notFor nation: Nation) -> [Contact] {
        contacts.filter { !($0.nations?.contains(nation) ?? true) }.map(\.contact)
    }

    public struct TranslationPolicy: Sendable {
        /// Percent of a page's passages that must be translated and current.
        public var threshold: Int
        /// Whether catalogues that nobody has reviewed are published.
        public var publishesDrafts: Bool
    }

    /// Every fact and contact that content can name, sorted; what one council adds may mend another's text.
    public var knownNames: [String] { knownFacts.sorted() + knownContacts.sorted() }

    /// The contacts that a council's pages can refer to: its own, and the portal's for its nation.
    package func contacts(shownBy council: Council) -> [Contact] {
        let own = council.ownContacts
        let names = Set(own.map(\.id))
        return own
            + contacts.filter {
                !names.contains($0.contact.id) && $0.nations?.contains(council.identity.nation) ?? true
            }.map(\.contact)
    }

    public func council(_ id: String) -> Council? { councils.first { $0.id == id } }
}

/// One council as its `council.yml` declares it.
public struct Council: Sendable {
    public enum SharedGuidance: Sendable {
        case all
        case only(Set<String>)
    }

    public var identity: CouncilIdentity
    public var languages: [Language]
    public var sharedGuidance: SharedGuidance
    /// Languages that say the same at any time, the source language among them; empty where they need not.
    package var parity: [Language] = []
    /// Languages beside which its pages in other languages can be read; nil where the council does not say.
    package var sideBySide: [Language]?
    /// The default audience of the council's own pages.
    public var audience: Audience
    public var facts: [String: Fact]
    var accessibility: AccessibilitySettings?
    /// What was recorded of the shared sections when the council last agreed to its overrides.
    public var recordedOverrides: [String: String]
    public var location: SourceLocation
    /// Whether it is being prepared, and published only where it is asked for by its id.
    package var isDraft = false

    var contacts: [ContactEntry]
    /// Instead of the portal's; nil where the council does not say.
    var homeQuestions: [(address: String, location: SourceLocation)]?

    public var id: String { identity.id }

    /// The contacts that the council declares itself.
    package var ownContacts: [Contact] { contacts.map(\.contact) }

    /// Who checked a contact of the council's own; nil where nobody has said.
    package func checker(ofContact id: String) -> String? {
        contacts.first { $0.contact.id == id }?.checkedBy
    }
}
