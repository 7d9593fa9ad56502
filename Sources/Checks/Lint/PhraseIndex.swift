import Guidance
import Workspace

/// Words that rules look for, from the lists that a theme and a portal keep: `checks/*.yml`.
///
/// ```yaml
/// rule: RepealedLaw
/// unless: [replaced, repealed]      # a sentence with one of these already says so
/// phrases:
///   - find: [Data Protection Act 1998]
///     say: the Data Protection Act 1998 is no longer law
///     write: the UK GDPR and the Data Protection Act 2018
///     since: 2018-05-25
///     nations: [england, wales, scotland, northern-ireland]
///     source: Data Protection Act 2018, section 44
/// ```
package struct PhraseIndex: Sendable {
    struct Phrase: Sendable {
        var rule: String
        var words: [String]
        /// Whether capitals count: TBC.
        var isExact: Bool
        /// As it is written, where capitals count.
        var written: String
        /// What is wrong.
        var say: String?
        /// What to write instead.
        var write: String?
        var since: CalendarDate?
        var nations: Set<Nation>
        var source: String?
        /// A sentence that has one of these is left alone.
        var unless: [[String]]
    }

    /// By their first word; the longest first.
    private(set) var phrases: [String: [Phrase]] = [:]
    private(set) var rules: Set<String> = []
    private(set) var count = 0

    package init() {}

    /// Reads every list of some folders.
    package static func load(
        folders: [String], in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> PhraseIndex {
        var index = PhraseIndex()
        for folder in folders {
            let names = ((try? files.list(folder)) ?? []).filter { $0.kind != .directory }.map(\.name)
            for name in names.sorted() where name.hasSuffix(".yml") {
                guard
                    let source = SourceText.read(joinPath(folder, name), in: files, reporting: &diagnostics)
                else { continue }
                index.add(source, reporting: &diagnostics)
            }
        }
        return index
    }

    private mutating func add(_ source: SourceText, reporting diagnostics: inout Diagnostics) {
        let reader = YAMLReader(file: source.path)
        defer { diagnostics.add(reader.diagnostics) }
        guard var root = reader.root(source.string) else { return }
        let known = CheckRules.phraseRules.map(\.name)
        guard let value = root.required("rule"), let rule = value.string() else { return }
        guard known.contains(rule) else {
            diagnostics.add(
                .error(
                    "UnknownRule", "'\(rule)' is not a rule that reads lists", at: value.location,
                    help: didYouMean(rule, oneOf: known.sorted()))
            )
            return
        }
        let shared = (root.value("unless")?.strings() ?? []).map(Self.words)
        for entry in root.required("phrases")?.list() ?? [] {
            guard var fields = entry.mapping() else { continue }
            let find = fields.required("find")?.strings() ?? []
            let isExact = fields.value("exact")?.bool() ?? false
            var phrase = Phrase(
                rule: rule, words: [], isExact: isExact, written: "", say: fields.value("say")?.string(),
                write: fields.value("write")?.string(), since: fields.value("since")?.date(),
                nations: Set(
                    fields.value("nations")?.list().compactMap { $0.choice(Nation.self) } ?? Nation.allCases),
                source: fields.value("source")?.string(),
                unless: shared + (fields.value("unless")?.strings() ?? []).map(Self.words))
            fields.finish()
            for text in find {
                phrase.words = Self.words(text)
                phrase.written = text
                guard let first = phrase.words.first else { continue }
                phrases[first, default: []].append(phrase)
                count += 1
            }
        }
        root.finish()
        rules.insert(rule)
        for key in phrases.keys { phrases[key]?.sort { $0.words.count > $1.words.count } }
    }

    static func words(_ text: String) -> [String] {
        Prose(PlacedPassage(passage: .init(text), role: .paragraph)).words.map(\.text)
    }

    /// What a rule looks for, in the order it stands; a word counts for one phrase only.
    func matches(_ rule: String, in prose: Prose) -> [(phrase: Phrase, words: Range<Int>)] {
        guard rules.contains(rule) else { return [] }
        var found: [(Phrase, Range<Int>)] = []
        var index = 0
        while index < prose.words.count {
            guard let match = match(rule, prose, at: index) else {
                index += 1
                continue
            }
            found.append((match, index..<(index + match.words.count)))
            index += match.words.count
        }
        return found
    }

    private func match(_ rule: String, _ prose: Prose, at index: Int) -> Phrase? {
        guard let candidates = phrases[prose.words[index].text] else { return nil }
        return candidates.first { phrase in
            guard phrase.rule == rule, index + phrase.words.count <= prose.words.count else { return false }
            for offset in phrase.words.indices where prose.words[index + offset].text != phrase.words[offset]
            {
                return false
            }
            let words = index..<(index + phrase.words.count)
            if phrase.isExact, prose.text(prose.range(words)) != phrase.written { return false }
            let sentence = prose.sentence(of: index)
            return !phrase.unless.contains { Self.contains($0, prose, sentence, except: words) }
        }
    }

    private static func contains(
        _ wanted: [String], _ prose: Prose, _ sentence: Range<Int>, except: Range<Int>
    )
        -> Bool
    {
        guard !wanted.isEmpty else { return false }
        var index = sentence.lowerBound
        while index + wanted.count <= sentence.upperBound {
            if !except.contains(index),
                wanted.indices.allSatisfy({ prose.words[index + $0].text == wanted[$0] })
            {
                return true
            }
            index += 1
        }
        return false
    }
}
