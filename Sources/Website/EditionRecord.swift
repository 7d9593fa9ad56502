import Guidance
import Translations

/// What the pages of the whole site need of an edition, as text: for the next build, and for other machines.
package struct EditionRecord: Hashable, Sendable {
    package var language: String
    var base: String
    var isForProfessionals: Bool
    var paths: [String]
    var aliases: [OldAddress]
    var pairs: [EditionSummary.Pair] = []
    var helplines: [EditionSummary.Helpline] = []

    package init(_ summary: EditionSummary) {
        language = summary.language.tag
        base = summary.base
        isForProfessionals = summary.isForProfessionals
        paths = summary.paths
        aliases = summary.aliases
        pairs = summary.pairs
        helplines = summary.helplines
    }

    /// One line each: what it is, then its fields, apart by tabs.
    package var lines: [String] {
        ["edition\t\(language)\t\(isForProfessionals ? "professionals" : "families")\t\(base)"]
            + paths.map { "page\t\($0)" }
            + pairs.flatMap { pair in ["pair\t\(pair.base)"] + pair.paths.map { "paired\t\($0)" } }
            + helplines.map { "helpline\t\($0.number)\t\($0.destination)\t\(Self.escaped($0.name))" }
            + aliases.flatMap { old in
                ["alias\t\(old.alias)\t\(old.path)\t\(Self.escaped(old.title))"]
                    + old.sections.map { "section\t\($0.id)\t\(Self.escaped($0.title))" }
            }
    }

    /// Reads the lines of some editions; nil for anything else.
    package static func read(_ lines: some Sequence<Substring>) -> [EditionRecord]? {
        var records: [EditionRecord] = []
        for line in lines {
            let fields = line.split(separator: "\t", maxSplits: 3, omittingEmptySubsequences: false)
            switch (fields[0], fields.count) {
            case ("edition", 4):
                guard let isForProfessionals = ["families": false, "professionals": true][fields[2]] else {
                    return nil
                }
                records.append(
                    EditionRecord(
                        language: String(fields[1]), base: String(fields[3]),
                        isForProfessionals: isForProfessionals))
            case ("page", 2) where !records.isEmpty:
                records[records.count - 1].paths.append(String(fields[1]))
            case ("pair", 2) where !records.isEmpty:
                records[records.count - 1].pairs.append(.init(base: String(fields[1]), paths: []))
            case ("paired", 2):
                guard let record = records.indices.last, let pair = records[record].pairs.indices.last else {
                    return nil
                }
                records[record].pairs[pair].paths.append(String(fields[1]))
            case ("helpline", 4) where !records.isEmpty:
                records[records.count - 1].helplines.append(
                    .init(
                        name: unescaped(fields[3]), number: String(fields[1]), destination: String(fields[2]))
                )
            case ("alias", 4) where !records.isEmpty:
                records[records.count - 1].aliases.append(
                    OldAddress(
                        alias: String(fields[1]), path: String(fields[2]), title: unescaped(fields[3]),
                        sections: []))
            case ("section", 3...):
                guard let record = records.indices.last, let alias = records[record].aliases.indices.last
                else {
                    return nil
                }
                records[record].aliases[alias].sections.append(
                    OldAddress.Section(
                        id: String(fields[1]),
                        title: unescaped(Substring(fields[2...].joined(separator: "\t")))))
            default: return nil
            }
        }
        return records
    }

    private init(language: String, base: String, isForProfessionals: Bool) {
        self.language = language
        self.base = base
        self.isForProfessionals = isForProfessionals
        paths = []
        aliases = []
    }

    /// A title may hold a line end.
    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\r", with: "\\r")
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = ""
        var isEscape = false
        for character in text.unicodeScalars {
            if isEscape {
                switch character {
                case "n": result.unicodeScalars.append("\n")
                case "r": result.unicodeScalars.append("\r")
                default: result.unicodeScalars.append(character)
                }
                isEscape = false
            } else if character == "\\" {
                isEscape = true
            } else {
                result.unicodeScalars.append(character)
            }
        }
        return result
    }
}

extension EditionSummary {
    /// The summary of an edition that was not made again.
    package init(
        _ record: EditionRecord, council: CouncilIdentity, language: Language, sourceLanguage: Language,
        strings: InterfaceStrings, latin: Language
    ) {
        self.council = council
        self.language = language
        self.sourceLanguage = sourceLanguage
        self.strings = strings
        self.latin = latin
        base = record.base
        isForProfessionals = record.isForProfessionals
        paths = record.paths
        aliases = record.aliases
        pairs = record.pairs
        helplines = record.helplines
    }
}
