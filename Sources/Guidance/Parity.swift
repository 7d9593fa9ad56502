import Markdown
import Translations
import Workspace

/// How a portal treats languages that a council must treat alike, such as English and Welsh under the Welsh Language
/// Standards: a block whose words have changed is *held*, and says in all of them what it said before, until the
/// others have its new words.
///
/// A block that holds a fact, a contact or a number is never held, nor is a change that touches figures, dates or words
/// such as "not".
package struct ParitySettings: Sendable {
    /// Pages by their paths, and sections as `path#id`: what they say is never held.
    package var neverHeld: Set<String> = []
    /// The same as they are written.
    fileprivate var places: [(address: String, location: SourceLocation)] = []
    /// Days after which a held block is a warning.
    package var warnAfter = 30

    static func read(_ value: YAMLValue?) -> ParitySettings {
        var settings = ParitySettings()
        guard var fields = value?.mapping() else { return settings }
        settings.places = fields.value("never-held")?.addresses() ?? []
        settings.neverHeld = Set(settings.places.map { $0.address == "index" ? "" : $0.address })
        if let days = fields.value("warn-after")?.int(in: 1...365) { settings.warnAfter = days }
        fields.finish()
        return settings
    }

    /// Rules that `--strict` makes errors.
    package static let strictRules: Set<String> = ["HeldTooLong", "MissingInParity"]
}

extension Portal {
    /// Names of pages and sections that neither the shared guidance nor a council has.
    func checkNeverHeld(_ diagnostics: inout Diagnostics) {
        func ids(_ sections: [SourceSection]) -> [String] { sections.flatMap { [$0.id] + ids($0.children) } }
        let shared = sharedPages.map { (path: $0.path, sections: ids($0.sections)) }
        for (address, location) in parity.places {
            let path = SectionAddress(address).path
            let isOwn = allCouncils.contains { tree.contains("councils/\($0.id)/\(path).md") }
            if isOwn { continue }
            SectionAddress(address == "index" ? "" : address).problem(at: location, among: shared)
                .map { diagnostics.add($0) }
        }
    }
}

/// A text of a leaflet's own: its title, a box to fill in.
package struct LeafletText: Sendable {
    var passage: Passage
    /// The leaflet: `leaflets/short`.
    var leaflet: String
    var file: String
    /// The ids of the councils that make the leaflet.
    var councils: Set<String>

    package init(_ passage: Passage, leaflet: String, file: String, councils: Set<String>) {
        self.passage = passage
        self.leaflet = leaflet
        self.file = file
        self.councils = councils
    }
}

/// A block whose new words wait for a translation.
public struct HeldPassage: Hashable, Sendable {
    /// The page's path; `leaflets/short` for a leaflet's own words.
    public var page: String
    /// The new words, as the message that translators get.
    public var message: String
    /// The message that is shown instead.
    public var previous: String
    /// Whose translation is waited for.
    public var languages: [Language]
    /// When the record first named it; nil where it does not yet.
    public var since: CalendarDate?
    public var location: SourceLocation
}

/// Since when blocks have been held: `translations/waiting.yml`.
///
/// ```yaml
/// cy:
///   5d41402abc4b2a76: 2026-11-28 # You can bring someone with you.
/// ```
///
/// Each line has a fingerprint of the new English and the day on which `translations extract` first met it. Sorted, one
/// to a line, so that changes of two people merge.
package struct WaitingMessages: Hashable, Sendable {
    private struct Wait: Hashable, Sendable {
        var since: CalendarDate
        var words: String
    }

    private var waits: [String: [String: Wait]] = [:]

    package init() {}

    private static func key(_ message: String) -> String {
        String(ContentHash(message).description.prefix(16))
    }

    /// The earliest day on which one of the languages was waited for.
    func since(_ message: String, in languages: [Language]) -> CalendarDate? {
        languages.compactMap { waits[$0.tag]?[Self.key(message)]?.since }.min()
    }

    /// The record with these blocks alone: those that it knew keep their day.
    package func recording(_ held: some Sequence<HeldPassage>, on today: CalendarDate) -> WaitingMessages {
        var record = WaitingMessages()
        for passage in held {
            let key = Self.key(passage.message)
            for language in passage.languages {
                record.waits[language.tag, default: [:]][key] = Wait(
                    since: waits[language.tag]?[key]?.since ?? today, words: Self.start(of: passage.message))
            }
        }
        return record
    }

    /// The first words, for people who read the record.
    private static func start(of message: String) -> String {
        let words = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > 60 ? words.prefix(59) + "…" : words
    }

    package static func path(in root: String) -> String { joinPath(root, "translations/waiting.yml") }

    /// Reads the record of a portal; empty where there is none.
    static func load(
        from root: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> WaitingMessages {
        var result = WaitingMessages()
        let path = path(in: root)
        guard files.exists(path), let source = SourceText.read(path, in: files, reporting: &diagnostics)
        else {
            return result
        }
        let reader = YAMLReader(file: path)
        for language in reader.root(source.string)?.entries ?? [] {
            for entry in language.value.mapping()?.entries ?? [] {
                guard let since = entry.value.date() else { continue }
                result.waits[language.key, default: [:]][entry.key] = Wait(since: since, words: "")
            }
        }
        diagnostics.add(reader.diagnostics)
        return result
    }

    package var isEmpty: Bool { waits.isEmpty }

    package func serialized() -> String {
        var output =
            "# Changed blocks that wait for a translation, and since when. Kept by 'signpost translations extract'.\n"
        for (tag, messages) in waits.sorted(by: { $0.key < $1.key }) {
            output += "\(tag):\n"
            for (key, wait) in messages.sorted(by: { $0.key < $1.key }) {
                output += "  \"\(key)\": \(wait.since) # \(wait.words)\n"
            }
        }
        return output
    }
}

extension Diagnostic {
    static func held(_ passage: HeldPassage, source: Language, warnAfter days: Int, today: CalendarDate)
        -> Diagnostic
    {
        let others = passage.languages.map(\.englishName).joined(separator: " and ")
        let tags = passage.languages.map { "\($0.tag).po" }.joined(separator: " and ")
        let help =
            "Translate in \(tags): “\(passage.message)” Until then readers get, in \(source.englishName): "
            + "“\(passage.previous)”"
        let wait =
            passage.since.map { "since \($0)" } ?? "until the next 'signpost translations extract' unnoticed"
        let message = "these words wait for \(others), \(wait), so that no language is behind another"
        guard let since = passage.since, today.dayNumber - since.dayNumber > days else {
            return Diagnostic(.note, "HeldForParity", message, at: passage.location, help: help)
        }
        return .warning("HeldTooLong", message, at: passage.location, help: help)
    }
}

extension Diagnostic {
    /// A block that one of the languages that are treated alike has, and another lacks.
    ///
    /// - Parameter isOld: Whether readers of the other language get what it said before.
    static func missingInParity(
        _ message: String, language: Language, source: Language, isOld: Bool, at location: SourceLocation
    ) -> Diagnostic {
        .warning(
            "MissingInParity",
            isOld
                ? "these words are new in \(source.englishName), and readers in \(language.englishName) get the old ones"
                : "these words are not in \(language.englishName): its page has them in \(source.englishName)",
            at: location, help: "Translate in \(language.tag).po: “\(message)”")
    }

    /// A page that is out in one of the languages that are treated alike, and not in another.
    static func pageMissingInParity(_ page: SourcePage, language: Language, source: Language) -> Diagnostic {
        .warning(
            "MissingInParity",
            "this page is out in \(source.englishName) and not in \(language.englishName)",
            at: SourceLocation(file: page.file, range: SourceRange(line: 1, column: 1)),
            help: "Translate it in \(language.tag).po.")
    }
}

extension [Inline] {
    /// What links and pictures name, as it is written.
    var writtenDestinations: Set<String> {
        var found: Set<String> = []
        forEachInline { inline in
            switch inline {
            case .link(let link): link.destination.written.map { _ = found.insert($0) }
            case .image(let image): image.source.written.map { _ = found.insert($0) }
            default: break
            }
        }
        return found
    }
}
