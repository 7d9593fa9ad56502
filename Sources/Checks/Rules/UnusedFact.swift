import Guidance
import Workspace

/// A council's fact that nothing shows, as when its name is misspelt: the sentence that needs it is missing.
enum UnusedFact {
    static let rule = Rule(
        "UnusedFact", .warning,
        "A council gives a fact that no page uses, as when its name is misspelt: its sentence is then missing.",
        bad: "facts: {arive-early: 10 minutes}", good: "facts: {arrive-early: 10 minutes}")

    static func problems(in portal: Portal, _ files: any FileSystem) -> [Diagnostic] {
        let candidates = portal.councils.flatMap { council in
            council.facts.values.filter { portal.facts[$0.id] == nil }.map { (council, $0) }
        }
        guard !candidates.isEmpty else { return [] }
        // Whoever loads the pages says what is wrong with them.
        var ignored = Diagnostics()
        let used = Usage(of: portal, in: files, reporting: &ignored).facts
        let unused = candidates.filter { used[$0.1.id] == nil }
        guard !unused.isEmpty else { return [] }
        let settings = portal.contentFiles.filter { $0.hasSuffix(".yml") }.compactMap { path in
            try? files.read(joinPath(portal.root, path))
        }.map { String(decoding: $0, as: UTF8.self) }
        let known = Set(used.keys).union(portal.facts.keys)
        return unused.compactMap { council, fact in
            // Settings and leaflets may show one too.
            let shown = ["{{\(fact.id)}}", "{{ \(fact.id) }}", "has:\(fact.id)", "fact:\(fact.id)"]
            guard !settings.contains(where: { text in shown.contains(where: text.contains) }) else {
                return nil
            }
            let missing = known.filter { name in
                council.facts[name]?.value == nil && portal.facts[name]?.value == nil
            }
            let near = nearestName(to: fact.id, among: missing) ?? nearestName(to: fact.id, among: known)
            var help =
                near.map { "Did you mean '\($0)'?" }
                ?? "Take it out, or write {{\(fact.id)}} where it belongs."
            if let near, missing.contains(near), let places = used[near], !places.isEmpty {
                help +=
                    " What needs it is missing at this council: \(places.prefix(3).joined(separator: ", "))."
            }
            return rule.diagnostic("no page uses the fact '\(fact.id)'", at: fact.location, help: help)
        }
    }
}
