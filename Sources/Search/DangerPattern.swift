/// A pattern of words of danger, or of a harmless saying that holds such words.
///
/// `docs/search.md` describes the language. The browser reads it again from the index, where it is checked, folded and
/// written in one way only.
struct DangerPattern: Hashable, Sendable {
    /// What a pattern is made of.
    indirect enum Part: Hashable, Sendable {
        /// Letters; `?` after one that may be missing; open where any letters may stand before or after.
        case word(String, openStart: Bool, openEnd: Bool)
        /// A list of words by its name.
        case list(String)
        /// Up to so many other words.
        case gap(Int)
        case choice([[Part]])
        case optional([[Part]])
    }

    var parts: [Part]
    /// Whether it must be all that somebody typed: `= emergency`.
    var isWhole = false

    /// Words of a gap: `*` and `**`. Chinese characters count half.
    static let gaps = [2, 5]

    /// Reads a pattern; nil if it is none, or could match anything.
    init?(_ text: String) {
        isWhole = text.hasPrefix("= ")
        var reader = Reader(text: Array(isWhole ? String(text.dropFirst(2)) : text))
        guard let parts = reader.sequence(), reader.isAtEnd, Self.isSound(parts) else { return nil }
        self.parts = parts
    }

    /// Reads the words of a list, which are alternatives: `me/us/my kids`.
    init?(list text: String) {
        var reader = Reader(text: Array("(\(text))"))
        guard let parts = reader.sequence(), reader.isAtEnd, parts.count == 1, Self.isSound(parts)
        else { return nil }
        self.parts = parts
    }

    /// The names of the lists that it uses.
    var lists: [String] { Self.lists(parts) }

    private static func lists(_ parts: [Part]) -> [String] {
        parts.flatMap { part -> [String] in
            switch part {
            case .word, .gap: []
            case .list(let name): [name]
            case .choice(let all), .optional(let all): all.flatMap { lists($0) }
            }
        }
    }

    /// Something must be there at both ends that is not just a gap.
    private static func isSound(_ parts: [Part]) -> Bool {
        func isFirm(_ part: Part?) -> Bool {
            switch part {
            case .word, .list: true
            case .gap, nil: false
            case .choice(let all): all.allSatisfy { isSound($0) }
            case .optional(let all): all.allSatisfy { isSound($0) }
            }
        }
        func isRequired(_ part: Part) -> Bool {
            switch part {
            case .word, .list, .choice: true
            case .gap, .optional: false
            }
        }
        return isFirm(parts.first) && isFirm(parts.last) && parts.contains(where: isRequired)
    }

    // MARK: Writing

    /// As it is written, with its words folded: equal patterns have equal texts.
    var text: String { (isWhole ? "= " : "") + Self.text(parts) }

    private static func text(_ parts: [Part]) -> String {
        parts.map { part in
            switch part {
            case .word(let letters, let openStart, let openEnd):
                (openStart ? "~" : "") + letters + (openEnd ? "~" : "")
            case .list(let name): "<\(name)>"
            case .gap(let words): words == gaps[0] ? "*" : "**"
            case .choice(let all):
                all.allSatisfy { $0.count == 1 && isSimple($0[0]) }
                    ? all.map { text($0) }.joined(separator: "/")
                    : "(" + all.map { text($0) }.joined(separator: "/") + ")"
            case .optional(let all): "[" + all.map { text($0) }.joined(separator: "/") + "]"
            }
        }.joined(separator: " ")
    }

    private static func isSimple(_ part: Part) -> Bool {
        switch part {
        case .word, .list: true
        case .gap, .choice, .optional: false
        }
    }

    /// As the browser gets it: every choice in parentheses, Chinese characters simplified, letters squeezed, lists as
    /// numbers.
    ///
    /// - Parameter number: The number of a list.
    func shipped(_ number: (String) -> Int) -> String {
        (isWhole ? "= " : "") + Self.shipped(parts, number)
    }

    private static func shipped(_ parts: [Part], _ number: (String) -> Int) -> String {
        parts.map { part in
            switch part {
            case .word(let letters, let openStart, let openEnd):
                (openStart ? "~" : "") + shipped(letters) + (openEnd ? "~" : "")
            case .list(let name): "<\(number(name))>"
            case .gap(let words): words == gaps[0] ? "*" : "**"
            case .choice(let all): "(" + all.map { shipped($0, number) }.joined(separator: "/") + ")"
            case .optional(let all): "[" + all.map { shipped($0, number) }.joined(separator: "/") + "]"
            }
        }.joined(separator: " ")
    }

    /// Letters of the Latin script that stand twice count once, and `ee` and `oo` as `i` and `u`; where a letter may be
    /// missing, the browser does it for each way to write the word.
    private static func shipped(_ word: String) -> String {
        let letters = Array(SimplifiedCharacters.simplified(word).unicodeScalars)
        var result = String.UnicodeScalarView()
        guard !letters.contains("?") else {
            result.append(contentsOf: letters)
            return String(result)
        }
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            var end = index + 1
            if ("a"..."z").contains(letter) {
                while end < letters.count, letters[end] == letter { end += 1 }
            }
            result.append(end - index < 2 ? letter : letter == "e" ? "i" : letter == "o" ? "u" : letter)
            index = end
        }
        return String(result)
    }

    // MARK: Reading

    private struct Reader {
        var text: [Character]
        var place = 0
        /// How many parentheses and brackets are open here.
        private var depth = 0

        init(text: [Character]) { self.text = text }

        var isAtEnd: Bool { place == text.count }
        private var next: Character? { place < text.count ? text[place] : nil }

        mutating func sequence() -> [Part]? {
            var parts: [Part] = []
            while let next, next != "/", next != ")", next != "]" {
                if next == " " {
                    place += 1
                } else if let item = item() {
                    parts += item
                } else {
                    return nil
                }
            }
            return parts.isEmpty ? nil : parts
        }

        mutating func alternatives(until end: Character) -> [[Part]]? {
            depth += 1
            var all: [[Part]] = []
            while true {
                guard let one = sequence(), let next else { return nil }
                all.append(one)
                place += 1
                if next == end {
                    depth -= 1
                    return all
                }
                guard next == "/" else { return nil }
            }
        }

        private mutating func item() -> [Part]? {
            switch next {
            case "(":
                place += 1
                return alternatives(until: ")").map { [.choice($0)] }
            case "[":
                place += 1
                return alternatives(until: "]").map { [.optional($0)] }
            case "*":
                var count = 0
                while next == "*" {
                    place += 1
                    count += 1
                }
                return count <= gaps.count ? [.gap(gaps[count - 1])] : nil
            default: return words()
            }
        }

        /// A word, or words of which any: `a/b`.
        private mutating func words() -> [Part]? {
            var all: [[Part]] = []
            while true {
                guard let word = word() else { return nil }
                all.append(word)
                // Within parentheses a slash parts sequences.
                guard next == "/", depth == 0 else { break }
                place += 1
            }
            return all.count == 1 ? all[0] : [.choice(all)]
        }

        private mutating func word() -> [Part]? {
            var raw = ""
            if next == "<" {
                place += 1
                while let letter = next, letter != ">" {
                    raw.append(letter)
                    place += 1
                }
                guard next == ">", !raw.isEmpty,
                    raw.allSatisfy({ ("a"..."z").contains($0) || $0 == "-" })
                else { return nil }
                place += 1
                return [.list(raw)]
            }
            while let letter = next, !" /()[]<>*".contains(letter) {
                raw.append(letter)
                place += 1
            }
            return fold(raw)
        }

        /// A word that folds to several (a hyphen) stands for them in a row.
        private func fold(_ raw: String) -> [Part]? {
            var raw = raw[...]
            let openStart = raw.first == "~"
            if openStart { raw.removeFirst() }
            let openEnd = raw.last == "~"
            if openEnd { raw.removeLast() }
            var rows: [String] = []
            for (number, piece) in raw.split(separator: "?", omittingEmptySubsequences: false).enumerated() {
                var terms = SearchTerms.words(of: String(piece))
                if number == 0 {
                    guard !terms.isEmpty || raw.isEmpty else { return nil }
                } else {
                    guard !rows.isEmpty, !piece.isEmpty || number == raw.split(separator: "?").count
                    else { return nil }
                    rows[rows.count - 1] += "?" + (terms.isEmpty ? "" : terms.removeFirst())
                }
                rows += terms
            }
            guard let last = rows.indices.last else { return nil }
            return rows.indices.map {
                .word(rows[$0], openStart: openStart && $0 == 0, openEnd: openEnd && $0 == last)
            }
        }
    }
}
