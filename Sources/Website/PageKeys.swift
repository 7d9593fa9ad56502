import Guidance
import Markdown
import Workspace

extension Edition {
    /// What every page of the edition may show: all but the text of other pages.
    ///
    /// Pages are rendered from this and from their own page, so that what one is made from is known: nothing else can
    /// be on it.
    var outline: Edition {
        var edition = self
        // What the home page and paths through pages say of a section at once.
        let pointed = Set(homeQuestions + pages.flatMap(\.steps))
        edition.pages = pages.map { $0.outline(pointed) }
        edition.withheld = []
        edition.held = []
        return edition
    }
}

extension Page {
    /// What other pages show of it: in lists, its questions by their headings, and what sections say first that are
    /// pointed at.
    fileprivate func outline(_ pointed: Set<String>) -> Page {
        var page = self
        page.title = title.withoutPlace
        page.summary = summary?.withoutPlace
        page.sourceTitle = nil
        page.reviewed = nil
        page.reviewDue = nil
        page.introduction = []
        page.sections = sections.compactMap { section in
            // Other pages link to the words of a glossary, and its explanations are in a file of their own.
            let isPointedAt =
                pointed.contains("\(path)#\(section.id)") || ExplainedWords.explains(self)
            return kind == .faq || isPointedAt ? section.outline(withFirst: isPointedAt) : nil
        }
        page.coverage = 1
        page.file = ""
        page.standing = .published
        page.review = nil
        page.testers = []
        page.pictureCredits = []
        return page
    }
}

extension Section {
    fileprivate func outline(withFirst hasFirst: Bool) -> Section {
        var section = self
        section.heading = heading.withoutPlace
        section.blocks = hasFirst ? Array(blocks.prefix(1)) : []
        section.children = []
        section.alsoAsked = []
        section.deadline = nil
        section.answer = nil
        section.sourceHeading = nil
        section.twin = nil
        section.file = ""
        section.range = nil
        return section
    }
}

extension Passage {
    fileprivate var withoutPlace: Passage {
        var passage = self
        passage.range = nil
        return passage
    }
}

extension SiteBuilder {
    /// What all pages of a plan are made from.
    ///
    /// - Parameter program: Of the program, its options and the theme.
    func commonKey(of plan: EditionPlan, madeBy program: ContentHash) -> ContentHash {
        var digest = Digest()
        digest.add(program)
        digest.add(plan.edition)
        digest.add(plan.extras)
        digest.add(plan.stylesheet)
        digest.add(plan.second?.plan.edition)
        digest.add(plan.second?.plan.setting.paths.sorted())
        for asset in plan.edition.assets + [plan.edition.council.brand.logo].compactMap({ $0 }) {
            digest.add(asset)
            // Its name says its content, which decides its size.
            digest.add(files[asset]?.path)
        }
        return digest.hash
    }
}

extension EditionExtras: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(search)
        digest.add(sourceSearch)
        digest.add(leaflets)
        digest.add(leafletArchive)
        digest.add(desk)
        digest.add(deskBase)
    }
}

extension EditionExtras.DeskLanguage: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(language)
        digest.add(leaflets)
        digest.add(details)
    }
}

extension EditionExtras.Details: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(title)
        digest.add(fields)
    }
}

extension EditionExtras.SearchFiles: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(vocabulary)
        digest.add(index)
    }
}

extension EditionExtras.Leaflet: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(id)
        digest.add(title)
        digest.add(summary)
        digest.add(cover)
        digest.add(files)
    }
}

extension EditionExtras.Leaflet.Cover: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(path)
        digest.add(size.width)
        digest.add(size.height)
    }
}

extension EditionExtras.LeafletFile: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(path)
        digest.add(format?.rawValue)
        digest.add(second)
        digest.add(isForPrint)
        digest.add(isTyped)
        digest.add(pages)
        digest.add(sheets)
        digest.add(size)
    }
}
