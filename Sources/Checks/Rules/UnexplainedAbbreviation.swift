import Workspace

/// Short forms that professionals know and families do not.
struct UnexplainedAbbreviation: TextRule {
    static let rule = Rule(
        "UnexplainedAbbreviation", .warning,
        "A short form stands in the page, and nobody says what it means.",
        bad: "The ⟦LADO will phone you.",
        good: "The local authority designated officer (LADO) will phone you.")

    /// Short forms that everybody reads as words.
    private static let known: Set<String> = [
        "UK", "NHS", "GP", "PDF", "BBC", "OK", "TV", "ID", "PO", "FAQ", "BSL", "DVD", "CD", "HTML", "URL",
        "USB",
        "SMS", "AM", "PM", "MP", "USA", "EU", "II", "III", "IV", "HIV", "DNA", "UTF", "GDPR", "CAFCASS",
        "NSPCC",
        "RSPCA", "IT", "HM", "QR", "LGBT", "LGBTQ", "IPHONE", "PIN", "PC", "VIP", "SOS", "WC", "TBC", "TBA",
        "TODO",
        "FIXME", "NB", "HEAD", "XXX", "XX", "COVID", "RNID", "WCAG", "WHATSAPP", "DIY", "ATM",
    ]

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var seen: Set<String> = []
        var found: [Diagnostic] = []
        // A word in capitals for its weight is written in small letters elsewhere: GOOD.
        lazy var words = Set(text.source.string.split { !$0.isLetter })
        // A glossary's headings are what it explains.
        if text.file.hasSuffix("glossary.md") { return [] }
        for (placed, prose) in zip(text.passages, text.proses) {
            let short = prose.words.filter { isShort(prose.scalars[$0.range]) }
            guard !short.isEmpty else { continue }
            // Words of a heading in capitals are no short forms.
            let capitals = prose.words.count { word in
                !prose.scalars[word.range].contains { $0.properties.isLowercase }
            }
            if prose.words.count >= 2, capitals * 2 > prose.words.count { continue }
            for word in short {
                var shown = prose.text(word.range)
                if shown.hasSuffix("s"), shown.dropLast().allSatisfy({ $0.isUppercase }) {
                    shown.removeLast()
                }
                guard !known.contains(shown), !context.explained.contains(shown.lowercased()),
                    // A part of a postcode, a reference or an address.
                    !isJoined(prose, word.range), !words.contains(Substring(shown.lowercased())),
                    seen.insert(shown).inserted
                else { continue }
                // Explained here: in brackets after its long form, or before it.
                if isExplained(shown, in: text.source.bytes) { continue }
                found.append(
                    rule.diagnostic(
                        "'\(shown)' is not explained in this page or in the glossary",
                        at: text.location(
                            text.place(
                                of: prose.text(word.range), in: placed.passage.range,
                                occurrence: prose.occurrence(of: word.range))),
                        help: "Write it out, with the short form in brackets, or add it to glossary.md."))
            }
        }
        return found
    }

    /// Two to six capitals of English, perhaps with an `s` after them.
    private static func isShort(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
        let letters = word.last == "s" ? word.dropLast() : word
        return (2...6).contains(letters.count) && letters.allSatisfy { ("A"..."Z").contains($0) }
    }

    /// Whether a short form stands in brackets, or before its long form, as far as one look at the file tells.
    private static func isExplained(_ shown: String, in bytes: [UInt8]) -> Bool {
        let name = Array(shown.utf8)
        var start = 0
        while start + name.count <= bytes.count {
            guard bytes[start] == name[0], bytes[start..<(start + name.count)].elementsEqual(name) else {
                start += 1
                continue
            }
            let before = bytes[..<start]
            let after = bytes[(start + name.count)...]
            if before.last == UInt8(ascii: "("),
                after.starts(with: ")".utf8) || after.starts(with: "s)".utf8)
            {
                return true
            }
            if before.reversed().starts(with: "(the ".utf8.reversed()), after.first == UInt8(ascii: ")") {
                return true
            }
            if introductions.contains(where: { after.starts(with: $0.utf8) }) { return true }
            start += name.count
        }
        return false
    }

    /// What stands between a short form and what it means.
    private static let introductions = [" (", ", the ", " is the ", " means ", " stands for "]

    private static func isJoined(_ prose: Prose, _ range: Range<Int>) -> Bool {
        func isPart(_ index: Int) -> Bool {
            guard prose.scalars.indices.contains(index) else { return false }
            let scalar = prose.scalars[index]
            return "-/@._&".unicodeScalars.contains(scalar) || scalar.properties.numericType != nil
        }
        let nearDigit =
            range.upperBound + 1 < prose.scalars.count
            && prose.scalars[range.upperBound + 1].properties.numericType != nil
        return isPart(range.lowerBound - 1) || nearDigit
            || isPart(range.upperBound) && prose.scalars[range.upperBound] != "."
    }
}
