import Foundation
import Guidance
import Translations
import Workspace

/// The search index of one edition: a script that a page loads when somebody starts to search.
public struct SearchIndex: Sendable {
    /// The script's bytes: one assignment to `signpostSearch["<tag>"]`, without code that runs.
    public var script: [UInt8]
    /// The JSON that the script holds packed.
    var plain: ArraySlice<UInt8>
    /// A name that changes with the content: `search-pl-0123456789.js`.
    public var name: String
    /// A script that names the index, for pages that must not change when the index does.
    public var pointer: [UInt8]
    /// Its name, which stays: `search-pl.js`.
    public var pointerName: String
    /// Questions and sections that can be found.
    public var entryCount: Int

    /// Makes the index of an edition.
    ///
    /// - Parameters:
    ///   - lexicon: The words of the edition's language; one lexicon serves all editions in it.
    ///   - source: The words of the source language: somebody in danger may type in either.
    public static func build(
        edition: Edition, lexicon: SearchLexicon, source: SearchLexicon? = nil
    ) -> SearchIndex {
        SearchIndexBuilder(edition: edition, lexicon: lexicon, source: source).build()
    }
}

/// Makes one index, step by step.
struct SearchIndexBuilder {
    /// Bytes that the vocabulary may fill a packed index up to: with the script, a first search stays within
    /// 60 KB.
    static let packedBudget = 36_000

    /// Phrases of the vocabulary that an index always has, even where the pages are long.
    static let leastVocabulary = 200

    /// Bytes of an index that are packed at most.
    static let packingLimit = 160_000

    /// Foreign stems are numbered from here, so that no two languages share a group by chance.
    private static let foreignKeys: Int32 = 1 << 24

    private let edition: Edition
    private let lexicon: SearchLexicon
    private let source: SearchLexicon?
    private var vocabulary: SearchVocabulary { lexicon.vocabulary }

    init(edition: Edition, lexicon: SearchLexicon, source: SearchLexicon?) {
        self.edition = edition
        self.lexicon = lexicon
        self.source = source
    }

    func build() -> SearchIndex {
        let text = SearchText(edition) { lexicon.stopWords.contains($0) }
        let shared = lexicon.words(of: text.chunks)
        let words = EditionWords(text, shared, foreign: foreignKeys(text, shared))
        let candidates = compileMeanings(text, shared, words)
        // The tag is one of a closed set of plain names, so it needs no escaping.
        let tag = edition.language.tag
        let start = Array("(self.signpostSearch=self.signpostSearch||{})[\"\(tag)\"]=".utf8)
        let isPacked = text.json.count <= Self.packingLimit
        let danger = dangerFields()
        /// The JSON with so many phrases of the vocabulary.
        func json(_ count: Int, after start: [UInt8] = []) -> [UInt8] {
            let meanings = pack(candidates, count, shared.sayings)
            let known = words.present.union(meanings.words)
            var json: [UInt8] = []
            json.reserveCapacity(start.count + text.json.count + 60_000)
            json += start
            json += Array("{\"v\":1,\"lang\":\"\(tag)\",\"text\":\"".utf8)
            json += text.json
            var rest: [(String, JSONValue)] = [
                ("stop", .string(lexicon.stopWords.sorted().joined(separator: " "))),
                ("skip", .string(lexicon.fillers.sorted().joined(separator: " "))),
                ("forms", .string(wordGroups(shared, words, known))),
                ("endings", .string(lexicon.endings.sorted().joined(separator: " "))),
                ("means", .string(meanings.means)), ("says", .string(meanings.says)),
                ("off", .string(meanings.elsewhere)), ("keep", .string(neverCorrect(shared, known))),
            ]
            rest += danger
            rest.removeAll { if case .string("") = $0.1 { true } else { false } }
            json.append(0x22)
            json.append(0x2C)
            json += Array(JSONValue.object(rest).serialized().utf8.dropFirst())
            return json
        }
        var script = start
        var plain: [UInt8] = []
        // Packing is for a first search on poor data. A very large portal is over any budget, and unpacking it
        // would take an old phone too long: there the server's compression has to do.
        if isPacked {
            let fitting = Self.fitting(candidates.phrases.count) { json($0) }
            plain = fitting.plain
            let packed = IndexPacker.base64(fitting.packed)
            script += Array("{size:\(plain.count),packed:\"\(packed)\"}".utf8)
        } else {
            script = json(candidates.phrases.count, after: start)
        }
        script.append(0x0A)
        let name = "search-\(tag)-\(ContentHash(script).short).js"
        return SearchIndex(
            script: script, plain: isPacked ? plain[...] : script[start.count..<(script.count - 1)],
            name: name,
            pointer: start + Array("{at:\"\(name)\"}\n".utf8), pointerName: "search-\(tag).js",
            entryCount: text.entryCount)
    }

    /// Packs an index with as many phrases of the vocabulary as there is room for, the most usual first.
    ///
    /// The first phrases need more bytes than the last, whose words are known by then: against a power of their
    /// number the bytes are nearly a straight line, so that a few tries find how many fit.
    private static func fitting(
        _ count: Int, _ json: (Int) -> [UInt8]
    ) -> (plain: [UInt8], packed: [UInt8]) {
        func scale(_ count: Int) -> Double { pow(Double(count), 0.75) }
        func attempt(_ count: Int) -> (plain: [UInt8], packed: [UInt8]) {
            let plain = json(count)
            return (plain, IndexPacker.pack(plain))
        }
        let whole = attempt(count)
        var most = (count: count, bytes: whole.packed.count)
        if most.bytes <= packedBudget || count <= leastVocabulary { return whole }
        var best = attempt(leastVocabulary)
        var least = (count: leastVocabulary, bytes: best.packed.count)
        var tries = 0
        while least.bytes + 60 <= packedBudget, tries < 5 {
            tries += 1
            let share = Double(packedBudget - least.bytes - 30) / Double(most.bytes - least.bytes)
            let place = scale(least.count) + (scale(most.count) - scale(least.count)) * share
            let count = Int(pow(place, 1 / 0.75))
            if count <= least.count || count >= most.count { break }
            let found = attempt(count)
            if found.packed.count <= packedBudget {
                least = (count, found.packed.count)
                best = found
            } else {
                most = (count, found.packed.count)
            }
        }
        return best
    }

    // MARK: Words

    /// The words of an edition: which there are, and the stem of each.
    private struct EditionWords {
        /// Numbers of the words on the pages.
        var present: Set<Int32> = []
        /// Other stems for words that stand in the source language alone.
        var foreign: [Int32: (key: Int32, stem: String)]
        /// For each key that the vocabulary has, whether the pages have it.
        var isOnPages: [Bool]
        let words: [SearchLexicon.Word]

        init(
            _ text: SearchText, _ shared: SearchLexicon.Snapshot, foreign: [Int32: (key: Int32, stem: String)]
        ) {
            self.foreign = foreign
            words = shared.words
            isOnPages = [Bool](repeating: false, count: shared.stems.count)
            for chunk in shared.chunkWords {
                for word in chunk where present.insert(word).inserted && foreign[word] == nil {
                    isOnPages[Int(shared.words[Int(word)].key)] = true
                }
            }
        }

        func key(_ word: Int32) -> Int32 { foreign[word]?.key ?? words[Int(word)].key }
    }

    /// Words that stand only in passages in the source language get that language's stem.
    private func foreignKeys(
        _ text: SearchText, _ shared: SearchLexicon.Snapshot
    ) -> [Int32: (key: Int32, stem: String)] {
        guard let source, text.runs.contains(where: \.isForeign) else { return [:] }
        var own: Set<Int32> = []
        var foreign: Set<Int32> = []
        for run in text.runs {
            for token in text.tokens[Int(run.firstToken)..<Int(run.endToken)] {
                for word in shared.chunkWords[Int(token)] {
                    if run.isForeign { foreign.insert(word) } else { own.insert(word) }
                }
            }
        }
        let sayings = shared.sayings
        for saying in sayings.all { own.formUnion(saying.words) }
        for wording in sayings.meanings.flatMap(\.wordings) { own.formUnion(wording.words) }
        own.formUnion(sayings.fixedWords + sayings.formWords)
        let only = foreign.subtracting(own).sorted()
        let stems = source.stems(of: only.map { shared.words[Int($0)].text })
        return Dictionary(
            uniqueKeysWithValues: zip(only, stems).map {
                ($0, (Self.foreignKeys + $1.number, "\u{1}" + $1.text))
            })
    }

    // MARK: What families say

    /// What remains of the vocabulary for this edition, numbered and packed.
    private struct Meanings {
        var means = ""
        var says = ""
        var elsewhere = ""
        var words: Set<Int32> = []
    }

    /// What of the vocabulary leads somewhere in this edition.
    private struct Candidates {
        /// Numbers of sayings, each with one thing that it means; the most usual first.
        var phrases: [(number: Int, meaning: Int32)] = []
        /// For each meaning the wordings that the pages have.
        var wordings: [[SearchLexicon.Sayings.Wording]] = []
        var elsewhere: [SearchLexicon.Sayings.Saying] = []
    }

    private func compileMeanings(
        _ text: SearchText, _ shared: SearchLexicon.Snapshot, _ words: EditionWords
    ) -> Candidates {
        let sayings = shared.sayings
        if sayings.all.isEmpty && sayings.elsewhere.isEmpty { return Candidates() }
        func isOnPages(_ keys: [Int32]) -> Bool {
            keys.allSatisfy { $0 < 0 || Int($0) < words.isOnPages.count && words.isOnPages[Int($0)] }
        }
        // A meaning that no page of this edition speaks of leads nowhere.
        let wordings = sayings.meanings.map { meaning in
            meaning.wordings.filter { isOnPages($0.keys) }
        }
        // A very large index has no budget to keep: what leads nowhere new is left in it.
        if text.json.count > Self.packingLimit {
            var all = Candidates(wordings: wordings)
            for (number, saying) in sayings.all.enumerated() {
                for (meaning, _) in saying.meanings where !wordings[Int(meaning)].isEmpty {
                    all.phrases.append((number, meaning))
                }
            }
            all.elsewhere = sayings.elsewhere.filter { !isOnPages($0.keys) }
            return all
        }
        var places = EntryPlaces(entries: text.entryCount, keys: sayings.isWanted.count)
        var heard: [Int32: EntrySet] = [:]
        // Most words of a text are in no saying: what a chunk has for the vocabulary is looked up once.
        let keys = shared.chunkWords.map { chunk in chunk.map { words.key($0) } }
        var wanted: [Int32] = []
        var ends: [Int32] = [0]
        ends.reserveCapacity(keys.count + 1)
        for chunk in keys {
            wanted += chunk.filter { $0 < sayings.isWanted.count && sayings.isWanted[Int($0)] }
            ends.append(Int32(wanted.count))
        }
        var line: [Int32] = []
        for run in text.runs where run.entry >= 0 {
            let entry = Int(run.entry)
            for place in Int(run.firstToken)..<Int(run.endToken) {
                let token = Int(text.tokens[place])
                for index in ends[token]..<ends[token + 1] { places.add(entry, to: Int(wanted[Int(index)])) }
            }
            if run.field == .passage { continue }
            line.removeAll(keepingCapacity: true)
            for token in text.tokens[Int(run.firstToken)..<Int(run.endToken)] { line += keys[Int(token)] }
            // Every saying that a heading or question has in a row.
            for start in line.indices {
                for number in sayings.byFirst[line[start]] ?? [] {
                    if line[start...].starts(with: sayings.all[Int(number)].keys) {
                        heard[number, default: EntrySet(count: text.entryCount)].insert(entry)
                    }
                }
            }
        }
        // What a question that the meaning leads to says itself needs no vocabulary; nor does a phrase where
        // such an answer has all of its words.
        let hasMeaning = wordings.map { $0.compactMap { places.all($0.keys) } }
        var alive: [[(meaning: Int32, rank: Int)]] = []
        alive.reserveCapacity(sayings.all.count)
        for (number, saying) in sayings.all.enumerated() {
            let spoken = saying.meanings.filter { !wordings[Int($0.meaning)].isEmpty }
            func leads(to entries: EntrySet?) -> Bool {
                guard let entries else { return false }
                return spoken.contains { hasMeaning[Int($0.meaning)].contains { $0.meets(entries) } }
            }
            let isKept: Bool
            if spoken.isEmpty || leads(to: heard[Int32(number)]) {
                isKept = false
            } else if saying.telling.count < 2, saying.telling.count < saying.keys.count {
                isKept = true
            } else {
                isKept = !leads(to: places.all(saying.telling))
            }
            alive.append(isKept ? spoken : [])
        }
        // Nor does a phrase whose part means as much.
        var kept: [(number: Int, meaning: Int32, rank: Int)] = []
        for (number, saying) in sayings.all.enumerated() {
            for (meaning, rank) in alive[number]
            where !saying.parts.contains(where: { alive[Int($0)].contains { $0.meaning == meaning } }) {
                kept.append((number, meaning, rank))
            }
        }
        kept.sort {
            ($0.rank, sayings.all[$0.number].text, $0.meaning) < (
                $1.rank, sayings.all[$1.number].text, $1.meaning
            )
        }
        return Candidates(
            phrases: kept.map { ($0.number, $0.meaning) }, wordings: wordings,
            // What some page does speak of is not elsewhere.
            elsewhere: sayings.elsewhere.filter { places.all($0.keys.filter { $0 >= 0 }) == nil })
    }

    /// Phrases with the same meanings share a line: `1 2k=phrase,phrase`, meanings numbered in base 36. A meaning is its
    /// wordings: `live elsewhere/leave home`.
    private func pack(_ candidates: Candidates, _ count: Int, _ sayings: SearchLexicon.Sayings) -> Meanings {
        let kept = candidates.phrases.prefix(count)
        let texts = candidates.wordings.map { $0.map(\.text).joined(separator: "/") }
        let used = Set(kept.map(\.meaning)).sorted {
            (texts[Int($0)], $0) < (texts[Int($1)], $1)
        }
        let numbers = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
        var meant: [Int: [Int]] = [:]
        for (number, meaning) in kept { meant[number, default: []].append(numbers[meaning] ?? 0) }
        var lines: [[Int]: [String]] = [:]
        var packed = Meanings()
        for (number, meanings) in meant {
            lines[meanings.sorted(), default: []].append(sayings.all[number].text)
            packed.words.formUnion(sayings.all[number].words)
        }
        for meaning in used {
            for wording in candidates.wordings[Int(meaning)] { packed.words.formUnion(wording.words) }
        }
        packed.means = used.map { texts[Int($0)] }.joined(separator: ",")
        packed.says = lines.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { key, phrases in
                key.map { String($0, radix: 36) }.joined(separator: " ") + "="
                    + phrases.sorted().joined(separator: ",")
            }
            .joined(separator: "\n")
        for saying in candidates.elsewhere { packed.words.formUnion(saying.words) }
        packed.elsewhere = candidates.elsewhere.map(\.text).sorted().joined(separator: ",")
        return packed
    }

    // MARK: Word forms

    /// Words that are forms of one another, where taking the language's endings off does not show it: each
    /// group as its common beginning and what follows (`!` in front where no stem stands for the group).
    private func wordGroups(
        _ shared: SearchLexicon.Snapshot, _ words: EditionWords, _ known: Set<Int32>
    ) -> String {
        struct Form {
            var key: Int32
            var cut: Int32
            var word: Int32
        }
        var all = known.union(shared.sayings.fixedWords)
        let keys = Set(all.map { words.key($0) })
        all.formUnion(shared.sayings.formWords.filter { keys.contains(words.key($0)) })
        var forms = all.map { Form(key: words.key($0), cut: shared.words[Int($0)].cut, word: $0) }
        func stem(_ form: Form) -> String {
            words.foreign[form.word]?.stem ?? shared.stems[Int(form.key)]
        }
        // A stem stands for the group that most of its words belong to.
        forms.sort { ($0.cut, $0.key) < ($1.cut, $1.key) }
        var owners = [(key: Int32, count: Int)](repeating: (-1, 0), count: shared.cutCount)
        var start = 0
        var ownerStem = ""
        while start < forms.count {
            var end = start + 1
            while end < forms.count, forms[end].cut == forms[start].cut, forms[end].key == forms[start].key {
                end += 1
            }
            let cut = Int(forms[start].cut)
            if owners[cut].count < end - start {
                owners[cut] = (forms[start].key, end - start)
                ownerStem = stem(forms[start])
            } else if owners[cut].count == end - start {
                let other = stem(forms[start])
                if other < ownerStem {
                    owners[cut].key = forms[start].key
                    ownerStem = other
                }
            }
            start = end
        }
        forms.sort { ($0.key, $0.cut) < ($1.key, $1.cut) }
        var lines: [String] = []
        start = 0
        while start < forms.count {
            var end = start + 1
            while end < forms.count, forms[end].key == forms[start].key { end += 1 }
            defer { start = end }
            let group = forms[start..<end]
            if forms[start].cut == forms[end - 1].cut, owners[Int(forms[start].cut)].key == forms[start].key {
                continue
            }
            let sorted = group.map { (text: shared.words[Int($0.word)].text, cut: $0.cut) }.sorted {
                $0.text < $1.text
            }
            // Of the stems that stand for the group, the one with most of its words; the other words are named.
            var main: (cut: Int32, count: Int)?
            for form in sorted {
                let owner = owners[Int(form.cut)]
                if owner.key == forms[start].key, owner.count > main?.count ?? 0 {
                    main = (form.cut, owner.count)
                }
            }
            var named = sorted.filter { $0.cut != main?.cut }.map(\.text)
            if named.isEmpty { continue }
            // One word of the main stem comes first and ties the named ones to it; `!` where there is none.
            let tie = sorted.first { $0.cut == main?.cut }?.text
            if let tie { named.insert(tie, at: 0) }
            let prefix = commonPrefix(named)
            let ends = named.map { String($0.unicodeScalars.dropFirst(prefix.unicodeScalars.count)) }
            lines.append(
                (tie == nil ? "!" : "") + prefix + " "
                    + ends.map { $0.isEmpty ? "-" : $0 }.joined(separator: " "))
        }
        return lines.sorted().joined(separator: "\n")
    }

    private func commonPrefix(_ words: [String]) -> String {
        var prefix = Array((words.first ?? "").unicodeScalars)
        for word in words.dropFirst() {
            prefix = Array(zip(prefix, word.unicodeScalars).prefix { $0 == $1 }.map(\.0))
        }
        return String(String.UnicodeScalarView(prefix))
    }

    /// Only words near enough to a known word to be mistaken for it need to be named.
    private func neverCorrect(_ shared: SearchLexicon.Snapshot, _ known: Set<Int32>) -> String {
        let near = known.reduce(into: Set<Int32>()) { $0.formUnion(shared.words[Int($1)].near) }
        let texts = Set(near.map { vocabulary.neverCorrect[Int($0)] })
        return texts.subtracting(known.map { shared.words[Int($0)].text }).sorted().joined(separator: " ")
    }

    // MARK: Danger and help

    /// What people in danger say, in this language and the source language, and whom the box offers for it.
    private func dangerFields() -> [(String, JSONValue)] {
        let vocabularies = [vocabulary] + (source.map { [$0.vocabulary] } ?? [])
        var lists: [String] = []
        func shipped(_ texts: [String], _ vocabulary: SearchVocabulary, _ numbers: [String: Int]) -> [String]
        {
            texts.compactMap { DangerPattern($0) }.map { $0.shipped { numbers[$0] ?? 0 } }
        }
        var kinds: [(name: String, contacts: [String], lines: [String])] = []
        var harmless: [String] = []
        for vocabulary in vocabularies {
            var numbers: [String: Int] = [:]
            // Lists may name others, and the numbers of all must be known first.
            for name in vocabulary.dangerWords.keys.sorted() { numbers[name] = lists.count + numbers.count }
            for name in vocabulary.dangerWords.keys.sorted() {
                let parts = (vocabulary.dangerWords[name] ?? []).compactMap { DangerPattern(list: $0) }
                lists.append("(" + parts.map { $0.shipped { numbers[$0] ?? 0 } }.joined(separator: "/") + ")")
            }
            for danger in vocabulary.dangers {
                let lines = shipped(danger.phrases, vocabulary, numbers)
                if let known = kinds.firstIndex(where: { $0.name == danger.name }) {
                    kinds[known].lines += lines
                    if kinds[known].contacts.isEmpty { kinds[known].contacts = danger.contacts }
                } else {
                    kinds.append((danger.name, danger.contacts, lines))
                }
            }
            harmless += shipped(vocabulary.harmlessPhrases, vocabulary, numbers)
        }
        func unique(_ lines: [String]) -> String {
            var seen: Set<String> = []
            return lines.filter { seen.insert($0).inserted }.joined(separator: "\n")
        }
        let general = kinds.first { $0.name.isEmpty }?.contacts ?? []
        let (help, places) = helpLines(general, kinds.flatMap(\.contacts))
        let lines = kinds.filter { !$0.lines.isEmpty }.map { kind in
            let own = kind.contacts.compactMap { places[$0] }
            let usual = general.compactMap { places[$0] }
            // Somebody must always be offered.
            let shown = !own.isEmpty ? own : !usual.isEmpty ? usual : Array(0..<min(help.count, 3))
            return JSONValue.array([
                .string(shown.map(String.init).joined(separator: " ")), .string(unique(kind.lines)),
            ])
        }
        let text = lists.joined() + unique(harmless) + kinds.flatMap(\.lines).joined()
        return [
            ("danger", .array(lines)), ("safe", .string(unique(harmless))),
            ("lists", .string(lists.joined(separator: "\n"))), ("han", .string(traditional(of: text))),
            ("guess", .string(Set(vocabularies.flatMap(\.guessedWords)).sorted().joined(separator: " "))),
            ("known", .string(Set(vocabularies.flatMap(\.knownWords)).sorted().joined(separator: " "))),
            ("help", .array(help)),
        ]
    }

    /// Each traditional character that a text has the simplified one of, and that one: `殺杀`.
    private func traditional(of text: String) -> String {
        let present = Set(text.unicodeScalars)
        var pairs = String.UnicodeScalarView()
        for (traditional, simplified) in SimplifiedCharacters.byTraditional.sorted(by: { $0.key < $1.key })
        where present.contains(simplified) {
            pairs.append(traditional)
            pairs.append(simplified)
        }
        return String(pairs)
    }

    /// `[name, number, link, 1 where it is urgent, what else to know]`: urgent ones first in the order of the
    /// vocabulary, then the council's own, then the others; and the place of each contact.
    ///
    /// - Parameters:
    ///   - general: Whom to phone in danger of no kind.
    ///   - kinds: Whom the boxes of the kinds show, which may be more.
    private func helpLines(
        _ general: [String], _ kinds: [String]
    ) -> (lines: [JSONValue], places: [String: Int]) {
        let contacts = edition.contactGroups.flatMap(\.contacts).filter { $0.audience != .professionals }
        let first = edition.contactGroups.first?.contacts.map(\.id) ?? []
        var wanted = general.isEmpty ? kinds : general
        if wanted.isEmpty { wanted = first }
        let urgent = wanted.enumerated().filter { wanted.firstIndex(of: $0.element) == $0.offset }
            .compactMap { item in contacts.first { $0.id == item.element } }
        let urgentIDs = Set(urgent.map(\.id))
        let rest = contacts.filter { !urgentIDs.contains($0.id) }
        var lines: [JSONValue] = []
        var places: [String: Int] = [:]
        func add(_ contacts: [Contact], _ isUrgent: Bool) {
            for contact in contacts {
                guard
                    let way = contact.ways.first(where: { $0.channel == .phone })
                        ?? contact.ways.first(where: { $0.channel == .text }),
                    let destination = way.destination
                else { continue }
                var line: [JSONValue] = [
                    .string(clean(contact.name.plainText)), .string(clean(way.shown)), .string(destination),
                    .int(isUrgent ? 1 : 0),
                ]
                if isUrgent || kinds.contains(contact.id), let note = contact.note {
                    line.append(.string(clean(note.plainText)))
                }
                places[contact.id] = lines.count
                lines.append(.array(line))
            }
        }
        // There is no room for the age of a number here, so those of old information stay on their cards.
        add(urgent, true)
        add(rest.filter { !$0.isNational && edition.age(of: $0) == nil }, false)
        add(rest.filter(\.isNational), false)
        return (lines, places)
    }
}

/// Text on one line.
private func clean(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

/// A set of entries, one bit each.
struct EntrySet {
    private var bits: [UInt64]

    init(count: Int) { bits = [UInt64](repeating: 0, count: (count + 63) / 64) }

    fileprivate init(_ bits: ArraySlice<UInt64>) { self.bits = Array(bits) }

    mutating func insert(_ entry: Int) { bits[entry >> 6] |= 1 << UInt64(entry & 63) }

    var isEmpty: Bool { bits.allSatisfy { $0 == 0 } }

    func meets(_ other: EntrySet) -> Bool {
        for index in bits.indices where bits[index] & other.bits[index] != 0 { return true }
        return false
    }

    fileprivate mutating func formIntersection(_ row: ArraySlice<UInt64>) {
        for (index, word) in row.enumerated() { bits[index] &= word }
    }
}

/// For each word of the vocabulary, the entries that have it.
struct EntryPlaces {
    private let width: Int
    /// Where each key's row starts; -1 for none.
    private var starts: [Int32]
    private var rows: [UInt64] = []

    init(entries: Int, keys: Int) {
        width = (entries + 63) / 64
        starts = [Int32](repeating: -1, count: keys)
    }

    mutating func add(_ entry: Int, to key: Int) {
        if starts[key] < 0 {
            starts[key] = Int32(rows.count)
            rows.append(contentsOf: repeatElement(0, count: width))
        }
        rows[Int(starts[key]) + entry >> 6] |= 1 << UInt64(entry & 63)
    }

    /// The entries that have all of some keys; nil where none has.
    func all(_ keys: [Int32]) -> EntrySet? {
        var result: EntrySet?
        for key in keys {
            guard Int(key) < starts.count, starts[Int(key)] >= 0 else { return nil }
            let row = rows[Int(starts[Int(key)])..<(Int(starts[Int(key)]) + width)]
            if result == nil { result = EntrySet(row) } else { result?.formIntersection(row) }
        }
        return result?.isEmpty == false ? result : nil
    }
}
