import Guidance
import Markdown
import Translations
import Workspace

/// The words of a leaflet in a second language, beside which those of its own are set.
///
/// Both leaflets are made of the same blocks, so a passage and its counterpart have the same place in the source file: that
/// is how they are found, never by counting. What has no counterpart stands alone.
final class SecondWords: Sendable {
    /// A place within a leaflet: two files can be in one part, but not in one section.
    private struct Place: Hashable {
        var place: String
        var range: SourceRange
    }

    private let passages: [Place: Passage]
    private let deadlines: [String: Deadline]
    private let contacts: [String: Contact]
    private let groups: [String: ContactGroup]
    /// Sets passages of the second language: links within the leaflet lead to the same places.
    private let setting: LeafletData

    var language: Language { setting.edition.language }
    /// Whether the second language is the one that guidance is written in.
    private var isSource: Bool { setting.edition.language == setting.edition.sourceLanguage }

    /// - Parameters:
    ///   - leaflet: The same leaflet, chosen from the second edition.
    ///   - setting: The leaflet's own data, with the second edition.
    init(_ leaflet: Leaflet, _ setting: LeafletData) {
        self.setting = setting
        var found: [Place: Passage] = [:]
        var deadlines: [String: Deadline] = [:]
        func add(_ passage: Passage?, _ place: String) {
            guard let passage, let range = passage.range else { return }
            found[Place(place: place, range: range)] = passage
        }
        func add(_ blocks: [Block], _ place: String) { blocks.forEachPassage { add($0, place) } }
        func add(_ sections: [Section], _ part: Int) {
            for section in sections {
                let place = Self.place(part, section.id)
                add(section.heading, place)
                deadlines[place] = section.deadline
                add(section.blocks, place)
                add(section.children, part)
            }
        }
        for passage in leaflet.spec.passages { add(passage, "") }
        for (index, block) in setting.edition.notice.enumerated() {
            var count = 0
            [block].forEachPassage { _ in count += 1 }
            if count == 1 { add([block], Self.notice(index)) }
        }
        for part in leaflet.partsWithNumberedFootnotes {
            guard case .page(let content) = part.content else { continue }
            add(content.title, Self.place(part.number))
            add(content.introduction, Self.place(part.number))
            add(content.sections, part.number)
        }
        passages = found
        self.deadlines = deadlines
        let groups = setting.edition.contactGroups
        self.groups = Dictionary(groups.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        contacts = Dictionary(
            groups.flatMap(\.contacts).map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    }

    /// What the place of a block of the portal's notice is called. All of the notice is one value of a file: its passages
    /// have one range, and a block with several of them stands alone.
    static func notice(_ index: Int) -> String { "notice \(index)" }

    /// What a passage's place is called in a part of the leaflet, and in one of its sections.
    static func place(_ part: Int, _ section: String? = nil) -> String {
        section.map { "\(part)#\($0)" } ?? "\(part)"
    }

    func counterpart(of passage: Passage, in place: String) -> Passage? {
        passage.range.flatMap { passages[Place(place: place, range: $0)] }
    }

    func deadline(in place: String) -> Deadline? { deadlines[place] }
    func contact(_ contact: Contact) -> Contact? { contacts[contact.id] }
    func group(_ group: ContactGroup) -> ContactGroup? { groups[group.id] }

    /// Whether the second language is a draft, of which the reader must know.
    var isDraft: Bool { setting.edition.review == .draft }

    /// Words of the theme, as the second language has them; nil where it would say the same once more.
    func json(_ words: (LeafletData) -> String, beside own: String) -> JSONValue? {
        let other = words(setting)
        // Words that nobody has translated are marked as such.
        let isSame = SourceWords.removed(from: other) == SourceWords.removed(from: own)
        return isSame ? nil : setting.secondWords(other)
    }

    /// All words of the theme that differ, by their keys.
    func strings(beside own: InterfaceStrings) -> [(String, JSONValue)] {
        setting.theme.stringKeys.compactMap { key in
            let other = setting.edition.strings[key]
            return other == own[key] ? nil : (key, setting.secondString(key))
        }
    }

    /// A passage of the second language as data; nil where it would say the same words once more.
    func json(_ other: Passage, beside passage: Passage) -> JSONValue? {
        other.beside(passage, isSource: isSource).map(setting.secondPassage)
    }
}
