import Workspace

/// What a word processor leaves when its text is pasted or converted.
struct WordResidue: TextRule {
    static let rule = Rule(
        "WordResidue", .warning,
        "Something of a word processor was pasted with the text, and readers see it.",
        bad: "Read page ⟦Error! Bookmark not defined. for more.",
        good: "Read [your rights](rights.md) for more.")

    private static let remains: [(text: String, what: String)] =
        [
            ("Error! Bookmark not defined", "a cross-reference that Word lost"),
            ("Error! Reference source not found", "a cross-reference that Word lost"),
            ("Error! Hyperlink reference not valid", "a link that Word lost"),
            ("Error! No text of specified style", "a field that Word lost"),
            ("Error! Unknown document property", "a field that Word lost"),
            ("_Toc", "a bookmark of Word's table of contents"), ("_Ref", "a bookmark of Word"),
            ("{.underline}", "an underline from Word"), ("{.mark}", "a highlight from Word"),
            ("{width=", "a picture's size from Word"), ("{height=", "a picture's size from Word"),
            ("[]{#", "an anchor from Word"), (".emf", "a picture that browsers cannot show"),
            (".wmf", "a picture that browsers cannot show"), ("HYPERLINK \"", "a field code of Word"),
            ("PAGEREF ", "a field code of Word"), ("MERGEFIELD", "a field code of Word"),
            ("<o:p>", "a tag of Word"),
            ("mso-", "a style of Word"), ("\u{FFFD}", "a letter that was lost when the text was converted"),
            ("â€™", "an apostrophe in the wrong encoding"), ("â€œ", "a quotation mark in the wrong encoding"),
            ("â€“", "a dash in the wrong encoding"), ("Â£", "a pound sign in the wrong encoding"),
            ("â€", "a sign in the wrong encoding"), ("â‚¬", "a euro sign in the wrong encoding"),
            ("ï»¿", "a byte order mark in the wrong encoding"),
            ("ðŸ", "a picture sign in the wrong encoding"),
        ] + doubled

    /// The letters and signs of Latin-1 in UTF-8, read as Latin-1: `Ã©`, `Â½`.
    private static let doubled: [(text: String, what: String)] = (0xA0...0xBF).flatMap {
        (value: UInt32) -> [(text: String, what: String)] in
        let sign = Unicode.Scalar(value).map(String.init) ?? ""
        return [
            ("Â" + sign, "a sign in the wrong encoding"), ("Ã" + sign, "a letter in the wrong encoding"),
        ]
    }

    /// For each first byte, which of them start with it.
    private static let byFirstByte: [[Int]] = {
        var table = [[Int]](repeating: [], count: 256)
        for (index, remains) in remains.enumerated() {
            if let first = remains.text.utf8.first { table[Int(first)].append(index) }
        }
        return table
    }()
    private static let bytesOfRemains = remains.map { Array($0.text.utf8) }

    /// What a file has of them, which is hardly ever anything; bytes take a fraction of the time of letters.
    private static func remains(in bytes: [UInt8]) -> [(text: String, what: String)] {
        var found: Set<Int> = []
        bytes.withUnsafeBufferPointer { bytes in
            for start in bytes.indices {
                for index in byFirstByte[Int(bytes[start])] where !found.contains(index) {
                    let wanted = bytesOfRemains[index]
                    if bytes.count - start >= wanted.count,
                        wanted.indices.allSatisfy({ bytes[start + $0] == wanted[$0] })
                    {
                        found.insert(index)
                    }
                }
            }
        }
        return found.sorted().map { remains[$0] }
    }

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        let here = remains(in: text.source.bytes)
        guard !here.isEmpty else { return [] }
        var found: [Diagnostic] = []
        for (number, line) in text.prose {
            for (remains, what) in here {
                guard let range = line.firstRange(of: remains) else { continue }
                if remains.hasPrefix("_"), !(line[range.upperBound...].first?.isNumber ?? false) { continue }
                found.append(
                    rule.diagnostic(
                        "'\(remains)' is \(what)", at: text.location(line: number, of: range),
                        help: "Take it out, and write what was meant."))
                break
            }
        }
        return found
    }
}
