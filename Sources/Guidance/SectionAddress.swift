import Workspace

/// A page of an edition, or one of its sections: `prepare`, `faq/my-children#take-children`.
package struct SectionAddress: Hashable, Sendable {
    /// Empty for the home page.
    package var path: String
    package var section: String?

    package init(_ text: String) {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0])
        section = parts.count > 1 ? String(parts[1]) : nil
    }

    package init(path: String, section: String?) {
        self.path = path
        self.section = section
    }

    /// What is wrong with it where these pages are known, each with the ids of its sections.
    func problem(
        at location: SourceLocation, among pages: @autoclosure () -> [(path: String, sections: [String])]
    ) -> Diagnostic? {
        let pages = pages()
        guard let page = pages.first(where: { $0.path == path }) else {
            return .error(
                "DeadLink", "there is no page '\(path)'", at: location,
                help: didYouMean(path, among: pages.map(\.path)))
        }
        guard let section, !page.sections.contains(section) else { return nil }
        return .error(
            "DeadFragment", "the page '\(path)' has no section '\(section)'", at: location,
            help: didYouMean(section, among: page.sections))
    }
}
