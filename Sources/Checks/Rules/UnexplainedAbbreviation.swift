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
        let whole = text.source.string
        // A word in capitals for its weight is written in small letters elsewhere: GOOD.
        let words = Set(whole.split { !$0.isLetter })
        // A glossary's headings are what it explains.
        if text.file.hasSuffix("glossary.md") { return [] }
        for placed in text.passages {
            let prose = Prose(placed)
            // Words of a heading in capitals are no short forms.
            let capitals = prose.words.count { prose.text($0.range).allSatisfy { !$0.isLowercase } }
            if prose.words.count >= 2, capitals * 2 > prose.words.count { continue }
            for word in prose.words {
                var shown = prose.text(word.range)
                if shown.hasSuffix("s"), shown.dropLast().allSatisfy({ $0.isUppercase }) {
                    shown.removeLast()
                }
                guard (2...6).contains(shown.count), shown.allSatisfy({ $0.isUppercase && $0.isASCII }),
                    !known.contains(shown), !context.explained.contains(shown.lowercased()),
                    // A part of a postcode, a reference or an address.
                    !isJoined(prose, word.range), !words.contains(Substring(shown.lowercased())),
                    seen.insert(shown).inserted
                else { continue }
                // Explained here: in brackets after its long form, or before it.
                if whole.contains("(\(shown))") || whole.contains("\(shown) (")
                    || whole.contains("(\(shown)s)")
                    || whole.contains("\(shown), the ") || whole.contains("\(shown) is the ")
                    || whole.contains("\(shown) means ") || whole.contains("\(shown) stands for ")
                    || whole.contains("(the \(shown))")
                {
                    continue
                }
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
