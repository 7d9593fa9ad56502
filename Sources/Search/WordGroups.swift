import Workspace

/// Words that are forms of one another, written for a browser that can only take a language's endings off.
///
/// The browser puts words with the same cut (what stays without the longest ending) into one group. Lines name what
/// that gets wrong: a word whose group the line is about, then the words that belong to it, as their common
/// beginning and what follows (`-` for nothing). A line that starts with `!` is a group of its own.
struct WordGroups {
    struct Form: Hashable, Sendable {
        var word: Token
        /// Equal for words that are forms of one another.
        var stem: Token
        /// The word without the longest of its language's endings.
        var cut: Token
    }

    /// What the words of an edition are joined to: the groups of the vocabulary.
    struct Joints: Sendable {
        var words: Set<Token> = []
        /// For each stem, a word that stands in its group.
        var speakers: [Token: Token] = [:]
        /// For each cut, the stem whose group it leads to.
        var owners: [Token: Token] = [:]
    }

    let lines: String
    /// Of these forms alone; nothing joins those of an edition.
    private(set) var joints = Joints()

    /// Numbers for different tokens, from 0.
    private struct Numbers {
        private(set) var tokens: [Token] = []
        private var numbers: [Token: Int] = [:]

        mutating func number(of token: Token) -> Int {
            if let known = numbers[token] { return known }
            numbers[token] = tokens.count
            tokens.append(token)
            return tokens.count - 1
        }
    }

    /// One form with the numbers of its stem and its cut.
    private struct Place {
        var word: Token
        var stem: Int
        var cut: Int
    }

    /// A cut and a stem together.
    private struct Pair: Hashable {
        var cut: Int
        var stem: Int
    }

    /// - Parameter joined: What the browser knows before; none of the forms may be among its words.
    init(_ forms: [Form], joinedTo joined: Joints? = nil) {
        var stems = Numbers()
        var cuts = Numbers()
        let places = forms.map {
            Place(word: $0.word, stem: stems.number(of: $0.stem), cut: cuts.number(of: $0.cut))
        }
        // A cut leads to the group that most of its words belong to.
        let known = cuts.tokens.map { joined?.owners[$0] }
        var counts: [Pair: Int] = [:]
        for place in places where known[place.cut] == nil {
            counts[Pair(cut: place.cut, stem: place.stem), default: 0] += 1
        }
        var owners = [Int?](repeating: nil, count: cuts.tokens.count)
        for (pair, count) in counts {
            if let other = owners[pair.cut] {
                let most = counts[Pair(cut: pair.cut, stem: other)] ?? 0
                guard count > most || count == most && stems.tokens[pair.stem] < stems.tokens[other] else {
                    continue
                }
            }
            owners[pair.cut] = pair.stem
        }
        var groups = [[Place]](repeating: [], count: stems.tokens.count)
        for place in places { groups[place.stem].append(place) }
        var written: [Token] = []
        for (stem, group) in groups.enumerated() {
            let name = stems.tokens[stem]
            func leadsHere(_ cut: Int) -> Bool { known[cut].map { $0 == name } ?? (owners[cut] == stem) }
            let sorted = group.sorted { $0.word < $1.word }
            if let speaker = joined?.speakers[name] {
                let named = sorted.filter { !(known[$0.cut] != nil && leadsHere($0.cut)) }
                if !named.isEmpty { written.append(Self.line([speaker] + named.map(\.word), isTied: true)) }
                continue
            }
            // Of the cuts that lead here, the one of most words; the other words are named.
            var main: (cut: Int, count: Int)?
            for place in sorted where leadsHere(place.cut) {
                let count = counts[Pair(cut: place.cut, stem: stem)] ?? 0
                if count > main?.count ?? 0 { main = (place.cut, count) }
            }
            let tie = sorted.first { $0.cut == main?.cut }?.word
            let named = sorted.filter { $0.cut != main?.cut }.map(\.word)
            if joined == nil {
                joints.speakers[name] = tie ?? named.first
                // The other cuts lead nowhere in the browser: their words are named.
                if let main { joints.owners[cuts.tokens[main.cut]] = name }
            }
            if let tie, !named.isEmpty {
                written.append(Self.line([tie] + named, isTied: true))
            } else if tie == nil {
                written.append(Self.line(named, isTied: false))
            }
        }
        if joined == nil { joints.words = Set(forms.map(\.word)) }
        lines = written.sorted().map(\.text).joined(separator: "\n")
    }

    private static func line(_ words: [Token], isTied: Bool) -> Token {
        var prefix = Array((words.first?.text ?? "").utf8)
        for word in words.dropFirst() {
            let shared = zip(prefix, word.text.utf8).prefix { $0 == $1 }.count
            prefix.removeLast(prefix.count - shared)
        }
        // Back to where a character starts in all of them.
        func isInside(_ byte: UInt8?) -> Bool { byte.map { $0 & 0xC0 == 0x80 } ?? false }
        while !prefix.isEmpty,
            words.contains(where: { isInside($0.text.utf8.dropFirst(prefix.count).first) })
        {
            prefix.removeLast()
        }
        var line = isTied ? "" : "!"
        line += String(decoding: prefix, as: UTF8.self)
        for word in words {
            let end = word.text.utf8.dropFirst(prefix.count)
            line += " "
            line += end.isEmpty ? "-" : String(Substring(end))
        }
        return Token(line)
    }
}
