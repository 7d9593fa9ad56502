import Guidance
import Markdown
import Translations
import Workspace

/// The search index of one edition: a script that a page loads when somebody starts to search.
public struct SearchIndex: Sendable {
    /// The script's bytes: one assignment to `signpostSearch["<tag>"]`, without code that runs.
    public var script: [UInt8]
    /// The JSON that the script holds packed.
    var plain: [UInt8]
    /// A name that changes with the content: `search-pl-0123456789.js`.
    public var name: String
    /// Questions and sections that can be found.
    public var entryCount: Int
    public var diagnostics: Diagnostics

    /// Makes the index of an edition.
    ///
    /// - Parameters:
    ///   - vocabulary: The words of the edition's language; an empty vocabulary will do.
    ///   - source: The vocabulary of the source language: somebody in danger may type in either.
    public static func build(
        edition: Edition, vocabulary: SearchVocabulary, source: SearchVocabulary? = nil
    ) -> SearchIndex {
        var builder = SearchIndexBuilder(edition: edition, vocabulary: vocabulary, source: source)
        return builder.build()
    }
}

/// Makes one index, step by step.
struct SearchIndexBuilder {
    /// Characters of the pages, and twice those of the vocabulary: its short phrases are packed half as well.
    /// About 3.7 become one byte; a first search is to stay within 25 KB.
    static let characterBudget = 61_400

    /// Bytes of an index that are packed at most.
    static let packingLimit = 160_000

    private let edition: Edition
    private let vocabulary: SearchVocabulary
    private let source: SearchVocabulary?
    private let forms: WordForms
    private let sourceForms: WordForms
    private let stopWords: Set<String>
    private var pages: [SearchPage]
    /// Words of the pages, and the stem each belongs to.
    private var stems: [String: String] = [:]
    /// Words that the vocabulary gives the same stem.
    private var aliases: [String: String] = [:]

    init(edition: Edition, vocabulary: SearchVocabulary, source: SearchVocabulary?) {
        self.edition = edition
        self.vocabulary = vocabulary
        self.source = source
        forms = WordForms(edition.language)
        sourceForms = WordForms(edition.sourceLanguage)
        stopWords = Set(vocabulary.stopWords)
        pages = edition.searchPages()
    }

    mutating func build() -> SearchIndex {
        for list in vocabulary.forms {
            guard let first = list.first else { continue }
            let stem = aliases[first] ?? forms.stem(first)
            for word in list { aliases[word] = stem }
        }
        shortenAlsoAsked()
        let text = pageText()
        let words = pageWords()
        let meanings = compileMeanings(words: words)
        let groups = wordGroups(words: words, spoken: meanings.words)
        var fields: [(String, JSONValue)] = [
            ("v", .int(1)), ("lang", .string(edition.language.tag)), ("text", .string(text)),
            ("stop", .string(stopWords.sorted().joined(separator: " "))), ("forms", .string(groups.forms)),
            ("endings", .string(groups.endings)), ("means", .string(meanings.means)),
            ("says", .string(meanings.says)),
            ("keep", .string(neverCorrect(known: words.union(meanings.words)))),
            ("danger", .string(dangerPhrases(\.dangerPhrases))),
            ("safe", .string(dangerPhrases(\.harmlessPhrases))), ("help", .array(helpLines())),
        ]
        fields.removeAll { if case .string("") = $0.1 { true } else { false } }
        // The tag is one of a closed set of plain names, so it needs no escaping.
        let json = JSONValue.object(fields).serialized()
        let plain = Array(json.utf8)
        // Packing is for a first search on poor data. A very large portal is over any budget, and unpacking it
        // would take an old phone too long: there the server's compression has to do.
        let value =
            plain.count <= Self.packingLimit
            ? "{size:\(plain.count),packed:\"\(IndexPacker.base64(IndexPacker.pack(plain)))\"}" : json
        let script =
            "(self.signpostSearch=self.signpostSearch||{})[\"\(edition.language.tag)\"]=\(value)\n"
        let bytes = Array(script.utf8)
        return SearchIndex(
            script: bytes, plain: plain,
            name: "search-\(edition.language.tag)-\(ContentHash(bytes).short).js",
            entryCount: pages.reduce(0) { $0 + $1.entries.count }, diagnostics: Diagnostics())
    }

    private func key(_ word: String) -> String { stems[word] ?? aliases[word] ?? forms.stem(word) }

    // MARK: The text

    /// Stop words are left out of what else is asked: they cost bytes and are not shown.
    private mutating func shortenAlsoAsked() {
        for page in pages.indices {
            for entry in pages[page].entries.indices {
                var seen: Set<String> = []
                pages[page].entries[entry].alsoAsked = pages[page].entries[entry].alsoAsked.compactMap {
                    phrase in
                    let words = SearchTerms.terms(of: phrase)
                    let telling = words.filter { !stopWords.contains($0) }
                    let short = (telling.isEmpty ? words : telling).joined(separator: " ")
                    return !short.isEmpty && seen.insert(short).inserted ? short : nil
                }
            }
        }
    }

    /// Lines that start with what they are: `#` page (`*` glossary), `?` question (`!` in the source language),
    /// `+` also asked, `-` passage (`~` in the source language).
    private func pageText() -> String {
        var lines: [String] = []
        for page in pages {
            lines.append("\(page.isGlossary ? "*" : "#")\(page.path)\t\(page.title)")
            for entry in page.entries {
                lines.append("\(entry.title.isForeign ? "!" : "?")\(entry.id)\t\(entry.title.text)")
                if !entry.alsoAsked.isEmpty { lines.append("+" + entry.alsoAsked.joined(separator: "\t")) }
                for line in entry.lines { lines.append((line.isForeign ? "~" : "-") + line.text) }
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Every word of the pages. Words of passages in the source language get that language's stem, marked
    /// so that no two languages share a group by chance.
    private mutating func pageWords() -> Set<String> {
        var own: Set<String> = []
        var foreign: Set<String> = []
        func read(_ line: SearchEntry.Line) {
            let words = SearchTerms.terms(of: line.text)
            if line.isForeign { foreign.formUnion(words) } else { own.formUnion(words) }
        }
        for page in pages {
            own.formUnion(SearchTerms.terms(of: page.title))
            for entry in page.entries {
                read(entry.title)
                entry.lines.forEach(read)
                for phrase in entry.alsoAsked { own.formUnion(SearchTerms.terms(of: phrase)) }
            }
        }
        for word in own { stems[word] = aliases[word] ?? forms.stem(word) }
        for word in foreign where stems[word] == nil { stems[word] = "\u{1}" + sourceForms.stem(word) }
        return own.union(foreign)
    }

    // MARK: What families say

    /// What remains of the vocabulary for this edition, numbered and packed.
    private struct Meanings {
        var means = ""
        var says = ""
        var words: Set<String> = []
    }

    private func compileMeanings(words: Set<String>) -> Meanings {
        if vocabulary.means.isEmpty && vocabulary.alike.isEmpty { return Meanings() }
        let pageKeys = Set(words.map(key))
        func telling(_ phrase: String) -> [String] {
            SearchTerms.terms(of: phrase).filter { !stopWords.contains($0) }
        }
        // A meaning that no page of this edition speaks of leads nowhere.
        func isSpokenOf(_ meaning: [String]) -> Bool {
            !meaning.isEmpty && meaning.allSatisfy { pageKeys.contains(key($0)) }
        }
        var says: [[String]: Saying] = [:]
        func add(_ say: String, _ meaning: [String], rank: Int) {
            let words = SearchTerms.terms(of: say)
            let keys = words.map(key)
            guard !keys.isEmpty, !meaning.allSatisfy({ keys.contains(key($0)) }) else { return }
            says[keys, default: Saying(words: words, meanings: [], rank: rank)].add(meaning, rank)
        }
        for item in vocabulary.means {
            let meaning = telling(item.meaning)
            guard isSpokenOf(meaning) else { continue }
            for (rank, say) in item.says.enumerated() { add(say, meaning, rank: rank) }
        }
        for group in vocabulary.alike {
            for other in group {
                let meaning = telling(other)
                guard isSpokenOf(meaning) else { continue }
                for say in group where say != other { add(say, meaning, rank: 0) }
            }
        }
        // What a question that the meaning leads to says itself needs no vocabulary; nor does a phrase where
        // such an answer has all of its words.
        let heard = heardPhrases(longest: says.keys.map(\.count).max() ?? 0)
        let stopKeys = Set(stopWords.map(key))
        let entryKeys = pages.flatMap(\.entries).map { entry in
            Set(
                ([entry.title.text] + entry.alsoAsked + entry.lines.map(\.text))
                    .flatMap { SearchTerms.terms(of: $0) }.map(key))
        }
        let entriesByKey = entryKeys.enumerated().reduce(into: [String: Set<Int>]()) { index, entry in
            for key in entry.element { index[key, default: []].insert(entry.offset) }
        }
        func hasAll(_ keys: [String]) -> Set<Int> {
            let sets = keys.map { entriesByKey[$0] ?? [] }.sorted { $0.count < $1.count }
            guard var all = sets.first else { return [] }
            for set in sets.dropFirst() { all.formIntersection(set) }
            return all
        }
        says = says.filter { keys, say in
            func leads(to entries: Set<Int>) -> Bool {
                !entries.isEmpty && say.meanings.contains { !entries.isDisjoint(with: hasAll($0.map(key))) }
            }
            if leads(to: heard[keys.joined(separator: " ")] ?? []) { return false }
            let telling = keys.filter { !stopKeys.contains($0) }
            if telling.count < 2, telling.count < keys.count { return true }
            return !leads(to: hasAll(telling))
        }
        // Nor does a phrase whose part means as much.
        let all = says
        says = says.filter { keys, say in
            var covered: Set<[String]> = []
            for start in keys.indices {
                for end in keys.indices where end >= start && end - start + 1 < keys.count {
                    covered.formUnion(all[Array(keys[start...end])]?.meanings ?? [])
                }
            }
            return !covered.isSuperset(of: say.meanings)
        }
        // The most usual words first, as long as there is room.
        var room = Self.characterBudget - pageText().unicodeScalars.count
        let ordered = says.values.sorted {
            ($0.rank, $0.words.joined(separator: " ")) < ($1.rank, $1.words.joined(separator: " "))
        }
        return pack(
            ordered.filter { saying in
                room -= 2 * saying.words.reduce(2) { $0 + $1.unicodeScalars.count + 1 }
                return saying.rank == 0 || room > 0
            })
    }

    /// Something families say, and the places of the vocabulary that it leads to.
    private struct Saying {
        var words: [String]
        var meanings: Set<[String]>
        /// Its place in its line of the vocabulary: the most usual words come first.
        var rank: Int

        mutating func add(_ meaning: [String], _ rank: Int) {
            meanings.insert(meaning)
            self.rank = min(self.rank, rank)
        }
    }

    /// Every run of words, as stems, in the titles and questions, and the entries that have it.
    private func heardPhrases(longest: Int) -> [String: Set<Int>] {
        var heard: [String: Set<Int>] = [:]
        for (number, entry) in pages.flatMap(\.entries).enumerated() {
            for phrase in [entry.title.text] + entry.alsoAsked {
                let keys = SearchTerms.terms(of: phrase).map(key)
                for start in keys.indices {
                    for end in start..<min(keys.count, start + longest) {
                        heard[keys[start...end].joined(separator: " "), default: []].insert(number)
                    }
                }
            }
        }
        return heard
    }

    /// Phrases with the same meanings share a line: `1 2k=phrase,phrase`, meanings numbered in base 36.
    private func pack(_ says: [Saying]) -> Meanings {
        let meanings = Set(says.flatMap { $0.meanings.map { $0.joined(separator: " ") } }).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: meanings.enumerated().map { ($1, $0) })
        var lines: [[Int]: [String]] = [:]
        var packed = Meanings()
        for saying in says {
            let key = saying.meanings.compactMap { numbers[$0.joined(separator: " ")] }.sorted()
            lines[key, default: []].append(saying.words.joined(separator: " "))
            packed.words.formUnion(saying.words)
            for meaning in saying.meanings { packed.words.formUnion(meaning) }
        }
        packed.means = meanings.joined(separator: ",")
        packed.says = lines.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { key, phrases in
                key.map { String($0, radix: 36) }.joined(separator: " ") + "="
                    + phrases.sorted().joined(separator: ",")
            }
            .joined(separator: "\n")
        return packed
    }

    // MARK: Word forms

    /// Words that are forms of one another: a list of endings that the browser takes off, and the words for
    /// which that would be wrong.
    ///
    /// The endings come from the words themselves: those that tell forms apart, less those whose removal makes
    /// more mistakes than it saves.
    private func wordGroups(words: Set<String>, spoken: Set<String>) -> (forms: String, endings: String) {
        var groups: [String: Set<String>] = [:]
        for word in words.union(spoken).union(stopWords) { groups[key(word), default: []].insert(word) }
        for (word, stem) in aliases where groups[stem] != nil { groups[stem, default: []].insert(word) }
        var counts: [String: Int] = [:]
        for group in groups.values where group.count > 1 {
            let forms = group.sorted()
            let prefix = commonPrefix(forms).unicodeScalars.count
            guard prefix >= WordForms.shortestStem else { continue }
            for form in forms where form.unicodeScalars.count > prefix {
                counts[String(form.unicodeScalars.dropFirst(prefix)), default: 0] += 1
            }
        }
        let candidates = counts.filter { $0.value >= 3 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map(\.key)
        let forms = groups.sorted { $0.key < $1.key }.enumerated().flatMap { number, group in
            group.value.sorted().map { Form($0, group: number, candidates: Set(candidates)) }
        }
        var endings: Set<String> = []
        var best = exceptions(to: endings, forms)
        for ending in candidates {
            let tried = exceptions(to: endings.union([ending]), forms)
            if tried.cost + ending.utf8.count < best.cost {
                (endings, best) = (endings.union([ending]), tried)
            }
        }
        return (best.lines.sorted().joined(separator: "\n"), endings.sorted().joined(separator: " "))
    }

    /// A word, the number of its group, and what stays of it without each ending that it has.
    private struct Form {
        let word: String
        let group: Int
        /// The longest ending first.
        let cuts: [(ending: String, stem: String)]

        init(_ word: String, group: Int, candidates: Set<String>) {
            self.word = word
            self.group = group
            cuts = WordForms.cuts(of: word).filter { candidates.contains($0.ending) }
        }

        func stem(without endings: Set<String>) -> String {
            for cut in cuts where endings.contains(cut.ending) { return cut.stem }
            return word
        }
    }

    /// The groups that taking endings off does not give, each as its common beginning and what follows.
    ///
    /// `forms` are ordered by group and word.
    private func exceptions(to endings: Set<String>, _ forms: [Form]) -> (lines: [String], cost: Int) {
        let stems = forms.map { $0.stem(without: endings) }
        // A stem stands for the group that most of its words belong to.
        var owners: [String: (group: Int, count: Int)] = [:]
        var counts: [String: [Int: Int]] = [:]
        for (form, stem) in zip(forms, stems) {
            let count = counts[stem, default: [:]][form.group, default: 0] + 1
            counts[stem, default: [:]][form.group] = count
            if count > owners[stem]?.count ?? 0 { owners[stem] = (form.group, count) }
        }
        var lines: [String] = []
        var cost = 0
        var start = 0
        while start < forms.count {
            var end = start + 1
            while end < forms.count, forms[end].group == forms[start].group { end += 1 }
            defer { start = end }
            // Of the stems that stand for the group, the one with most of its words; the other words are named.
            var main: (stem: String, count: Int)?
            for stem in stems[start..<end] {
                guard let owner = owners[stem], owner.group == forms[start].group else { continue }
                if owner.count > main?.count ?? 0 { main = (stem, owner.count) }
            }
            var named: [String] = []
            var tie: String?
            for index in start..<end {
                if stems[index] == main?.stem {
                    tie = tie ?? forms[index].word
                } else {
                    named.append(forms[index].word)
                }
            }
            if named.isEmpty { continue }
            // One word of the main stem comes first and ties the named ones to it; `!` where there is none.
            if let tie { named.insert(tie, at: 0) }
            let prefix = commonPrefix(named.sorted())
            let length = prefix.unicodeScalars.count
            let ends = named.map { String($0.unicodeScalars.dropFirst(length)) }
            let line =
                (tie == nil ? "!" : "") + prefix + " "
                + ends.map { $0.isEmpty ? "-" : $0 }.joined(separator: " ")
            lines.append(line)
            cost += line.utf8.count + 1
        }
        return (lines, cost)
    }

    private func commonPrefix(_ words: [String]) -> String {
        guard let first = words.first, let last = words.last else { return "" }
        return String(
            String.UnicodeScalarView(
                zip(first.unicodeScalars, last.unicodeScalars).prefix { $0 == $1 }.map(\.0)))
    }

    /// Only words near enough to a known word to be mistaken for it need to be named.
    private func neverCorrect(known: Set<String>) -> String {
        let byLength = Dictionary(grouping: known.map { Array($0.unicodeScalars) }, by: \.count)
        return Set(vocabulary.neverCorrect).subtracting(known).filter { word in
            let scalars = Array(word.unicodeScalars)
            guard scalars.count >= 4 else { return false }
            let limit = scalars.count < 8 ? 1 : 2
            return (scalars.count - limit...scalars.count + limit).contains { length in
                (byLength[length] ?? []).contains { isNear(scalars, $0, limit: limit) }
            }
        }.sorted().joined(separator: " ")
    }

    // MARK: Danger and help

    private func dangerPhrases(_ phrases: KeyPath<SearchVocabulary, [String]>) -> String {
        var seen: Set<String> = []
        let all = vocabulary[keyPath: phrases] + (source?[keyPath: phrases] ?? [])
        return all.filter { seen.insert($0).inserted }.joined(separator: "\n")
    }

    /// `[name, number, link, 1 in the emergency box]`: urgent ones first in the order of the vocabulary,
    /// then the council's own, then the others.
    private func helpLines() -> [JSONValue] {
        let contacts = edition.contactGroups.flatMap(\.contacts).filter { $0.audience != .professionals }
        let wanted =
            vocabulary.dangerContacts.isEmpty ? source?.dangerContacts ?? [] : vocabulary.dangerContacts
        let first = edition.contactGroups.first?.contacts.map(\.id) ?? []
        let urgent = (wanted.isEmpty ? first : wanted).compactMap { id in contacts.first { $0.id == id } }
        let urgentIDs = Set(urgent.map(\.id))
        let rest = contacts.filter { !urgentIDs.contains($0.id) }
        func lines(_ contacts: [Contact], _ isUrgent: Bool) -> [JSONValue] {
            contacts.compactMap { contact in
                guard
                    let way = contact.ways.first(where: { $0.channel == .phone })
                        ?? contact.ways.first(where: { $0.channel == .text }),
                    let destination = way.destination
                else { return nil }
                return .array([
                    .string(clean(contact.name.plainText)), .string(clean(way.text)), .string(destination),
                    .int(isUrgent ? 1 : 0),
                ])
            }
        }
        return lines(urgent, true) + lines(rest.filter { !$0.isNational }, false)
            + lines(rest.filter(\.isNational), false)
    }
}

/// Whether two words are at most `limit` slips apart (insert, leave out, replace, swap neighbours).
private func isNear(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], limit: Int) -> Bool {
    if abs(a.count - b.count) > limit { return false }
    var older: [Int] = []
    var old = Array(0...b.count)
    for i in 0..<a.count {
        var row = [i + 1]
        row.reserveCapacity(b.count + 1)
        for j in 0..<b.count {
            var cost = min(old[j] + (a[i] == b[j] ? 0 : 1), old[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, older[j - 1] + 1) }
            row.append(cost)
        }
        if (row.min() ?? 0) > limit { return false }
        (older, old) = (old, row)
    }
    return old[b.count] <= limit
}
