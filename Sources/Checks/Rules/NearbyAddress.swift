import Workspace

/// One address in several spellings on one page: all but one are wrong.
struct NearbyAddress: TextRule {
    static let rule = Rule(
        "NearbyAddress", .warning,
        "Two e-mail addresses of a page differ by one sign, or by the end of their domain.",
        bad: "Write to <chair@kent.gov.uk>.\n\nOr write to <⟦chiar@kent.gov.uk>.",
        good: "Write to <chair@kent.gov.uk>.\n\nOr write to <help@kent.gov.uk>.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var seen: [String] = []
        var found: [Diagnostic] = []
        for link in PlacedLink.all(in: text) where link.destination.hasPrefix("mailto:") {
            let address = link.destination.dropFirst("mailto:".count).prefix { $0 != "?" }.lowercased()
            guard !seen.contains(address) else { continue }
            defer { seen.append(address) }
            guard let near = seen.first(where: { areNear($0, address) }) else { continue }
            let shown = link.isBare ? link.text : String(link.destination.dropFirst("mailto:".count))
            found.append(
                rule.diagnostic(
                    "'\(address)' is nearly '\(near)', which stands above",
                    at: text.location(text.place(of: shown, in: link.range)),
                    help: "Find out which is right, and write it once."))
        }
        return found
    }

    private static func areNear(_ a: String, _ b: String) -> Bool {
        let one = a.split(separator: "@"), other = b.split(separator: "@")
        guard one.count == 2, other.count == 2 else { return false }
        // team1@ and team2@ are meant to differ.
        guard a.filter(\.isNumber) == b.filter(\.isNumber) else { return false }
        if one[0] == other[0] {
            return one[1].hasPrefix(other[1]) || other[1].hasPrefix(one[1]) || near(a, b)
                || one[1].dropLast(one[1].split(separator: ".").last?.count ?? 0)
                    == other[1].dropLast(other[1].split(separator: ".").last?.count ?? 0)
        }
        return near(a, b)
    }

    private static func near(_ a: String, _ b: String) -> Bool {
        KnownContacts.differByOne(Array(a.utf8), Array(b.utf8))
    }
}
