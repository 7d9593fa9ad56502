import Workspace

/// An e-mail address that nobody can press or copy: hidden from robots, or broken on its way into the page.
struct BrokenEmail: ProseRule {
    static let rule = Rule(
        "BrokenEmail", .warning,
        "An e-mail address is hidden or broken, so that nobody can press it, copy it or have it read out.",
        bad: "Write to ⟦cp(at)kent.gov.uk.", good: "Write to us by e-mail.")

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        let scalars = prose.scalars
        var ranges = scalars.indices.compactMap { scalars[$0] == "@" ? broken(at: $0, prose) : nil }
        if scalars.contains(where: { "([{<".unicodeScalars.contains($0) }) { ranges += hidden(in: prose) }
        guard !ranges.isEmpty else { return [] }
        let code = prose.pieces.filter { $0.kind == .verbatim && !prose.contains("@", $0.range) }.map(\.range)
        return ranges.filter { range in !code.contains { $0.overlaps(range) } }.map { range in
            Finding(
                rule, "'\(prose.text(range))' is an e-mail address that nobody can use", range,
                help: context.isPortal
                    ? "Make it a contact with its whole address, and write {{contact name email}}."
                    : "Write it as it is typed, without spaces: help@kent.gov.uk.")
        }
    }

    /// `cp(at)kent.gov.uk`, `cp [at] kent [dot] gov [dot] uk`.
    private static func hidden(in prose: Prose) -> [Range<Int>] {
        let text = prose.text(0..<prose.scalars.count)
        let pattern =
            /[\w.+\-]+\s?[(\[{<]\s?(?i:at)\s?[)\]}>]\s?[\w\-]+(?:(?:\.|\s?[(\[{<]\s?(?i:dot)\s?[)\]}>]\s?)[\w\-]+)+/
        return text.matches(of: pattern).map { match in
            let start = text.unicodeScalars.distance(from: text.startIndex, to: match.range.lowerBound)
            let length = text.unicodeScalars.distance(
                from: match.range.lowerBound, to: match.range.upperBound)
            return start..<(start + length)
        }
    }

    /// What the second half of an address in the United Kingdom starts with, where a space has got before it.
    private static let domains = ["gov", "org", "co", "com", "nhs", "ac", "sch", "uk", "net"]

    private static func broken(at sign: Int, _ prose: Prose) -> Range<Int>? {
        let scalars = prose.scalars
        func scalar(_ index: Int) -> Unicode.Scalar? {
            scalars.indices.contains(index) ? scalars[index] : nil
        }
        func run(from start: Int) -> Range<Int> {
            var end = start
            while let next = scalar(end), isName(next) { end += 1 }
            return start..<end
        }
        /// Without the stop of the sentence.
        func whole(_ start: Int) -> Int {
            start + prose.text(run(from: start)).trimmedEnd(of: ".-").unicodeScalars.count
        }
        func startsDomain(_ start: Int) -> Bool {
            domains.contains {
                prose.text(run(from: start)).lowercased().split(separator: ".").first == $0[...]
            }
        }
        var left = sign
        let isApart = scalar(left - 1) == " "
        if isApart { left -= 1 }
        let localEnd = left
        while let before = scalar(left - 1), isName(before) { left -= 1 }
        guard left < localEnd else { return nil }
        var right = sign + 1
        // "cp@@kent.gov.uk"
        if scalar(right) == "@" { return left..<whole(right + 1) }
        let isLoose = scalar(right) == " "
        if isLoose { right += 1 }
        let domain = run(from: right)
        let name = prose.text(domain).trimmed(of: ".")
        let end = right + prose.text(domain).trimmedEnd(of: ".-").unicodeScalars.count
        guard !name.isEmpty else { return nil }
        if isApart || isLoose {
            guard domains.contains(where: { name.lowercased().hasSuffix("." + $0) }) else { return nil }
            // "Follow us @kent.gov.uk" is the name of an account, "your @kent.gov.uk address" the end of one.
            return isLoose && !isApart || isAddressed(left..<localEnd, prose) ? left..<end : nil
        }
        if name.contains("..") { return left..<end }
        let after = domain.upperBound
        let isStopped = prose.text(domain).hasSuffix(".")
        switch scalar(after) {
        case " " where scalar(after + 1) == "." && startsDomain(after + 2):
            return left..<whole(after + 2)
        case " " where isStopped && startsDomain(after + 1) && !isSentence(after + 1, prose):
            return left..<whole(after + 1)
        case " " where !name.contains(".") && startsDomain(after + 1):
            return left..<whole(after + 1)
        case "," where startsDomain(after + 1): return left..<whole(after + 1)
        default: return nil
        }
    }

    /// Whether the word before the sign is what somebody writes to: "e-mail cp @kent.gov.uk".
    private static func isAddressed(_ local: Range<Int>, _ prose: Prose) -> Bool {
        guard let word = prose.words.firstIndex(where: { $0.range.overlaps(local) }), word > 0,
            !["a", "an", "the", "your", "our", "my", "their", "us", "any", "with"].contains(
                prose.words[word].text)
        else { return false }
        return ["email", "e-mail", "mail", "emailing", "to"].contains(prose.words[word - 1].text)
    }

    /// Whether what follows a stop starts a sentence: with a capital.
    private static func isSentence(_ index: Int, _ prose: Prose) -> Bool {
        prose.scalars[index].properties.isUppercase
    }

    private static func isName(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isLetter || scalar.properties.numericType != nil || ".-_+".unicodeScalars.contains(scalar)
    }
}

extension String {
    fileprivate func trimmedEnd(of signs: String) -> String {
        var text = self
        while let last = text.last, signs.contains(last) { text.removeLast() }
        return text
    }
}
