import Guidance

/// An address that a page had, and what the page at it needs to lead on.
struct OldAddress: Hashable, Sendable, CustomStringConvertible {
    var alias: String
    /// Where the page is now.
    var path: String
    var title: String
    /// A browser does not tell a redirect which section was asked for, unless scripts run: so the page at the old address
    /// has a link to each.
    var sections: [Section]

    struct Section: Hashable, Sendable {
        var id: String
        var title: String

        /// The sections of a page, and the ids that they had before.
        static func all(of page: Page) -> [Section] {
            var titles: [String: String] = [:]
            var all: [Section] = []
            page.forEachSection { section in
                titles[section.id] = section.heading.plainText
                all.append(Section(id: section.id, title: section.heading.plainText))
            }
            for former in page.formerIDs where titles[former.id] == nil {
                let heading =
                    former.address.path == page.path ? former.address.section.flatMap { titles[$0] } : nil
                all.append(Section(id: former.id, title: heading ?? page.title.plainText))
            }
            return all
        }
    }

    var description: String { "\(alias) \(path) \(title) \(sections.map { "\($0.id) \($0.title)" })" }
}
