import Guidance
import Workspace

/// What rules know besides the text.
package struct LintContext: Sendable {
    /// What is looked for by words: repealed laws, abolished bodies, wording.
    var phrases: PhraseIndex
    /// Terms that the glossary explains, in small letters.
    var explained: Set<String> = []
    /// The same as they are written there: the words of each.
    var terms: [[String]] = []
    /// Addresses and numbers that are contacts, as they are dialled, and the contact's name.
    var contacts: KnownContacts = KnownContacts([])
    /// What each council has as facts, by its id.
    var facts: [String: KnownFacts] = [:]
    /// Whether there are facts and contacts to refer to.
    var isPortal = true
    /// Whether the text is in English, which rules about English words need.
    var isEnglish = true
    /// The nations whose families read the text; a law may hold in one of them only.
    var nations: Set<Nation> = Set(Nation.allCases)
    /// Who reads a page that does not say it itself.
    var audience = Audience.families
    var today: CalendarDate
    var limits: [String: Int] = [:]
    /// Where somebody wants to know how long rules take.
    var clock: RuleClock?

    /// Whether the glossary has some words, alone or among others, or a part of them that says what they are about.
    func explains(_ words: [String]) -> Bool {
        terms.contains { term in
            guard !term.isEmpty else { return false }
            let (short, long) = term.count < words.count ? (term, words) : (words, term)
            return (0...(long.count - short.count)).contains { start in
                short.indices.allSatisfy { Self.isOneWord(short[$0], long[start + $0]) }
            }
        }
    }

    /// The same but for an `s` at the end.
    private static func isOneWord(_ a: String, _ b: String) -> Bool {
        a == b || a + "s" == b || a == b + "s"
    }

    /// Whether a rule can read the text.
    func reads(_ rule: Rule) -> Bool { isEnglish || !CheckRules.englishRules.contains(rule.name) }

    /// The most that a rule allows.
    func limit(of rule: Rule) -> Int { limits[rule.name] ?? rule.limit ?? 0 }
}

/// A rule about a file as it is written: its lines, its blocks.
protocol TextRule: Sendable {
    static var rule: Rule { get }
    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic]
}

/// A rule about words, which may only be wrong when a council's facts are filled in.
protocol ProseRule: Sendable {
    static var rule: Rule { get }
    static func findings(in prose: Prose, _ context: LintContext) -> [Finding]
}

/// A rule about what an edition says as a whole: places that contradict each other.
protocol EditionRule: Sendable {
    static var rule: Rule { get }
    static func problems(in edition: EditionText, _ context: LintContext) -> [Diagnostic]
}

/// A rule about a portal's own settings.
protocol PortalRule: Sendable {
    static var rule: Rule { get }
    static func problems(in portal: Portal, _ context: LintContext) -> [Diagnostic]
}

/// A rule about a YAML file as it is written.
protocol SettingsRule: Sendable {
    static var rule: Rule { get }
    static func problems(in file: SettingsText, _ context: LintContext) -> [Diagnostic]
}

/// A rule about the files of the content folder, by their paths there.
protocol FolderRule: Sendable {
    static var rule: Rule { get }
    static func problems(in paths: [String], root: String) -> [Diagnostic]
}

/// Contacts by number and address.
struct KnownContacts: Sendable {
    private(set) var names: [String: String] = [:]

    init(_ contacts: [Contact]) {
        for contact in contacts {
            for way in contact.ways {
                guard let destination = way.destination else { continue }
                names[Self.key(destination), default: contact.id] = contact.id
            }
        }
    }

    /// The contact that a number or address belongs to.
    func name(of destination: String) -> String? { names[Self.key(destination)] }

    /// The contact whose number or address differs by one sign, or whose number by two.
    func nearMiss(of destination: String) -> (name: String, signs: Int)? {
        let key = Array(Self.key(destination).utf8)
        if let near = names.filter({ Self.differByOne(key, Array($0.key.utf8)) }).values.min() {
            return (near, 1)
        }
        // An old number of the same office, or two slips. An address with two others is another address.
        guard key.count >= 10, key.allSatisfy({ $0 &- 0x30 < 10 || $0 == UInt8(ascii: "+") }) else {
            return nil
        }
        return names.filter { name, _ in
            name.utf8.count == key.count && zip(name.utf8, key).count { $0 != $1 } == 2
        }.values.min().map { ($0, 2) }
    }

    static func key(_ destination: String) -> String {
        var text = destination.lowercased()
        for scheme in ["tel:", "sms:", "mailto:"] where text.hasPrefix(scheme) {
            text = String(text.dropFirst(scheme.count))
        }
        return text
    }

    /// Whether one sign was left out, put in, changed, or two were swapped.
    static func differByOne(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a != b, abs(a.count - b.count) <= 1, min(a.count, b.count) >= 8 else { return false }
        let prefix = zip(a, b).prefix { $0 == $1 }.count
        let suffix = zip(a.dropFirst(prefix).reversed(), b.dropFirst(prefix).reversed()).prefix { $0 == $1 }
            .count
        let left = max(a.count, b.count) - prefix - suffix
        if left <= 1 { return true }
        return a.count == b.count && left == 2 && a[prefix] == b[prefix + 1] && a[prefix + 1] == b[prefix]
    }
}
