/// Words that are forms of one another, written for a browser that can only take a language's endings off.
///
/// The browser puts words with the same cut (what stays without the longest ending) into one group. Lines name what
/// that gets wrong: a word whose group the line is about, then the words that belong to it, as their common
/// beginning and what follows (`-` for nothing). A line that starts with `!` is a group of its own.
struct WordGroups {
    struct Form: Hashable {
        var word: String
        /// Equal for words that are forms of one another.
        var stem: String
        /// The word without the longest of its language's endings.
        var cut: String
    }

    /// What the words of an edition are joined to: the groups of the vocabulary.
    struct Joints {
        var words: Set<String> = []
        /// For each stem, a word that stands in its group.
        var speakers: [String: String] = [:]
        /// For each cut, the stem whose group it leads to.
        var owners: [String: String] = [:]
    }

    private(set) var lines: String
    /// Of these forms alone.
    private(set) var joints = Joints()

    /// - Parameter joined: What the browser knows before; none of the forms may be among its words.
    init(_ forms: [Form], joinedTo joined: Joints = Joints()) {
        // A cut leads to the group that most of its words belong to.
        var counts: [String: [String: Int]] = [:]
        for form in forms where joined.owners[form.cut] == nil {
            counts[form.cut, default: [:]][form.stem, default: 0] += 1
        }
        var owners: [String: String] = [:]
        for (cut, stems) in counts {
            owners[cut] = stems.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
        }
        var groups: [String: [Form]] = [:]
        for form in forms {
            joints.words.insert(form.word)
            groups[form.stem, default: []].append(form)
        }
        var written: [String] = []
        for (stem, group) in groups {
            func leadsHere(_ cut: String) -> Bool { (joined.owners[cut] ?? owners[cut]) == stem }
            let sorted = group.sorted { $0.word < $1.word }
            if let speaker = joined.speakers[stem] {
                let named = sorted.filter { !(leadsHere($0.cut) && joined.owners[$0.cut] != nil) }
                if !named.isEmpty { written.append(Self.line([speaker] + named.map(\.word))) }
                continue
            }
            // Of the cuts that lead here, the one of most words; the other words are named.
            var main: (cut: String, count: Int)?
            for cut in sorted.map(\.cut) where leadsHere(cut) {
                let count = counts[cut]?[stem] ?? 0
                if count > main?.count ?? 0 { main = (cut, count) }
            }
            let tie = sorted.first { $0.cut == main?.cut }?.word
            let named = sorted.filter { $0.cut != main?.cut }.map(\.word)
            joints.speakers[stem] = tie ?? named.first
            // The other cuts lead nowhere in the browser: their words are named.
            if let main { joints.owners[main.cut] = stem }
            if let tie, !named.isEmpty {
                written.append(Self.line([tie] + named))
            } else if tie == nil {
                written.append("!" + Self.line(named))
            }
        }
        lines = written.sorted().joined(separator: "\n")
    }

    private static func line(_ words: [String]) -> String {
        var prefix = Array((words.first ?? "").unicodeScalars)
        for word in words.dropFirst() {
            prefix = Array(zip(prefix, word.unicodeScalars).prefix { $0 == $1 }.map(\.0))
        }
        let ends = words.map { String($0.unicodeScalars.dropFirst(prefix.count)) }
        return String(String.UnicodeScalarView(prefix)) + " "
            + ends.map { $0.isEmpty ? "-" : $0 }.joined(separator: " ")
    }
}
