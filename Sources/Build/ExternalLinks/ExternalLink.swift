import Guidance
import Markdown
import Workspace

/// An address of another site, with the places that lead to it.
struct ExternalLink: Sendable {
    /// Without its fragment.
    var address: String
    /// The first in the order of files and lines first.
    var places: [SourceLocation]

    /// Every address of other sites that the editions of a council show, with its place.
    ///
    /// Translations lead where the source language leads, so that alone is looked at.
    static func places(in editions: [Edition]) -> [(address: String, place: SourceLocation)] {
        guard let edition = editions.inSourceLanguage else { return [] }
        var found: [(address: String, place: SourceLocation)] = []
        func note(_ address: String, _ place: SourceLocation) {
            let address = String(address.prefix { $0 != "#" })
            if ["http", "https"].contains(Link.scheme(of: address) ?? "") { found.append((address, place)) }
        }
        func note(_ blocks: [Block], _ file: String) {
            blocks.forEachPassage { passage in
                passage.inlines.forEachInline { inline in
                    let place = SourceLocation(file: file, range: passage.range)
                    switch inline {
                    case .link(let link): link.destination.written.map { note($0, place) }
                    case .value(let value): value.destination.map { note($0, place) }
                    default: break
                    }
                }
            }
        }
        for page in edition.pages {
            note(page.introduction, page.file)
            page.forEachSection { note($0.blocks, $0.file) }
        }
        for contact in edition.contactGroups.flatMap(\.contacts) {
            for way in contact.ways { way.destination.map { note($0, contact.location) } }
        }
        let council = edition.council
        if let website = council.website { note(website, edition.councilLocation) }
        for successor in council.successors { successor.url.map { note($0, edition.councilLocation) } }
        return found
    }

    /// The same by address, each place once.
    static func joined(_ found: some Sequence<(address: String, place: SourceLocation)>) -> [ExternalLink] {
        var places: [String: Set<SourceLocation>] = [:]
        for (address, place) in found { places[address, default: []].insert(place) }
        return places.map { address, places in
            ExternalLink(address: address, places: places.sorted())
        }.sorted { $0.address < $1.address }
    }
}

/// What is found where an address leads.
enum LinkState: Hashable, Sendable {
    case reached
    /// It leads elsewhere for good.
    case moved(to: String)
    /// Nothing is there; why, in words.
    case dead(String)
    /// Nothing can be said; why, in words.
    case unknown(String)

    func problem(with link: ExternalLink) -> Diagnostic? {
        let related = link.places.dropFirst().map { Diagnostic.Related("it is named here too", at: $0) }
        let place = link.places.first
        switch self {
        case .reached: return nil
        case .moved(let target):
            return Diagnostic(
                .note, "MovedExternalLink", "'\(link.address)' has moved for good", at: place,
                help: "Write \(target), if that is what readers should find.", related: related)
        case .dead(let reason):
            return .warning(
                "DeadExternalLink", "'\(link.address)' leads nowhere: \(reason)", at: place,
                help: "Look for the page on that site, or take the link out.", related: related)
        case .unknown(let reason):
            return Diagnostic(
                .note, "UncheckedExternalLink", "'\(link.address)' could not be looked at: \(reason)",
                at: place,
                help: "Open it in a browser. Some sites turn programs away, and say so to nobody else.",
                related: related)
        }
    }
}
