import Workspace

/// Looks whether links to other sites still lead somewhere; what was reached lately is not asked again.
struct LinkReview: Sendable {
    let cache: String
    let today: CalendarDate
    let files: any FileSystem
    let visitor: LinkVisitor

    /// Days for which an address that was reached is not asked again.
    static let validFor = 7

    func problems(with links: [ExternalLink]) async -> Diagnostics {
        var reached = known()
        let states = await visitor.states(of: links.filter { reached[$0.address] == nil })
        // Where no host is found, it is this machine that has no line.
        if states.count > 1, states.values.allSatisfy({ $0 == .dead(LinkVisitor.noHost) }) {
            return Diagnostics([
                Diagnostic(
                    .note, "ExternalLinksSkipped",
                    "none of the \(states.count) addresses of other sites has a host that can be found",
                    at: nil, help: "Look whether this machine is on the internet.")
            ])
        }
        for (address, state) in states where state == .reached { reached[address] = today }
        save(reached.filter { address, _ in links.contains { $0.address == address } })
        return Diagnostics(links.compactMap { states[$0.address]?.problem(with: $0) })
    }

    /// The addresses that were reached, with the day.
    private func known() -> [String: CalendarDate] {
        guard let bytes = try? files.read(cache) else { return [:] }
        var known: [String: CalendarDate] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let day = CalendarDate(String(parts[0])),
                (0...Self.validFor).contains(today.dayNumber - day.dayNumber)
            else { continue }
            known[String(parts[1])] = day
        }
        return known
    }

    /// Losing it costs questions alone.
    private func save(_ reached: [String: CalendarDate]) {
        let lines = reached.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)\n" }
        let folder = cache.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
            separator: "/")
        try? files.makeDirectory(folder)
        try? files.write(Array(lines.joined().utf8), to: cache)
    }
}
