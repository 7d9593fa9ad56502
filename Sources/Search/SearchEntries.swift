import Guidance
import Markdown
import Translations

/// One answer that the search can find: a section of a page, or what stands before its first section.
struct SearchEntry {
    /// A sentence or list item; the best one is shown under the result.
    struct Line {
        var text: String
        /// In the source language on a page of another language.
        var isForeign: Bool
    }

    var id: String
    var title: Line
    /// What else families would ask, each without stop words.
    var alsoAsked: [String]
    var lines: [Line]
}

/// A page and its answers.
struct SearchPage {
    var path: String
    var title: String
    var isGlossary: Bool
    var entries: [SearchEntry]
}

extension Edition {
    /// What families can find: everything but pages for professionals.
    func searchPages() -> [SearchPage] {
        pages.compactMap { page in
            guard page.audience != .professionals else { return nil }
            var entries: [SearchEntry] = []
            let introduction = searchLines(introducing: page)
            // The opening of a topic of questions only repeats what its questions say better.
            if page.kind != .faq, !introduction.isEmpty {
                entries.append(
                    SearchEntry(id: "", title: line(page.title), alsoAsked: [], lines: introduction))
            }
            for section in page.allSections {
                entries.append(
                    SearchEntry(
                        id: section.id, title: line(section.heading),
                        alsoAsked: language == sourceLanguage ? section.alsoAsked.map(clean) : [],
                        lines: lines(of: section.blocks)))
            }
            guard !entries.isEmpty else { return nil }
            return SearchPage(
                path: page.path, title: clean(page.title.plainText), isGlossary: page.kind == .glossary,
                entries: entries)
        }
    }

    private func searchLines(introducing page: Page) -> [SearchEntry.Line] {
        var result = lines(of: page.introduction)
        if let summary = page.summary { result.insert(line(summary), at: 0) }
        guard page.kind == .contacts else { return result }
        for contact in contactGroups.flatMap(\.contacts) where contact.audience != .professionals {
            var parts = [contact.name.inlines.searchText]
            if let purpose = contact.purpose { parts.append(purpose.inlines.searchText) }
            if let way = contact.ways.first { parts.append(isolated(way.text)) }
            result.append(
                SearchEntry.Line(
                    text: clean(parts.joined(separator: " · ")),
                    isForeign: contact.name.translation.isFallback))
        }
        return result
    }

    private func line(_ passage: Passage) -> SearchEntry.Line {
        SearchEntry.Line(text: clean(passage.inlines.searchText), isForeign: passage.translation.isFallback)
    }

    private func lines(of blocks: [Block]) -> [SearchEntry.Line] {
        var result: [SearchEntry.Line] = []
        func add(_ passage: Passage) {
            for sentence in clean(passage.inlines.searchText).sentences() {
                result.append(SearchEntry.Line(text: sentence, isForeign: passage.translation.isFallback))
            }
        }
        for block in blocks {
            switch block.content {
            case .paragraph(let passage), .heading(_, let passage): add(passage)
            case .list(let list): for item in list.items { result += lines(of: item.blocks) }
            case .quote(let quoted): result += lines(of: quoted)
            case .table(let table):
                for row in table.rows {
                    let cells = row.filter { !$0.plainText.isEmpty }
                    guard let first = cells.first else { continue }
                    result.append(
                        SearchEntry.Line(
                            text: clean(cells.map(\.inlines.searchText).joined(separator: " · ")),
                            isForeign: first.translation.isFallback))
                }
            case .code, .thematicBreak: break
            }
        }
        return result.filter { !$0.text.isEmpty }
    }
}

/// Text on one line: the index separates its fields by tabs and line ends.
func clean(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

/// A phone number or address between marks that keep it left to right (Unicode Standard Annex 9).
private func isolated(_ text: String) -> String {
    "\u{2066}" + clean(text) + "\u{2069}"
}

extension [Inline] {
    /// The words alone, with literal values isolated.
    fileprivate var searchText: String {
        map { inline in
            switch inline {
            case .value(let value): value.kind == .literal ? isolated(value.text) : value.text
            case .emphasis(let content), .strong(let content), .strikethrough(let content): content.searchText
            case .link(let link): link.content.searchText
            case .text, .code, .lineBreak, .image, .placeholder: [inline].plainText
            }
        }.joined()
    }
}

extension String {
    /// The sentences of a text. Very short ones ("No.") stay with what follows them.
    func sentences() -> [String] {
        var result: [String] = []
        var current = ""
        var words = 0
        var index = startIndex
        while index < endIndex {
            let character = self[index]
            let next = self.index(after: index)
            current.append(character)
            if character == " " { words += 1 }
            index = next
            guard Self.enders.contains(character) else { continue }
            let isWide = Self.wideEnders.contains(character)
            guard isWide || next == endIndex || self[next] == " " else { continue }
            if next < endIndex, !isWide {
                let after = self.index(after: next)
                if after < endIndex, self[after].isLowercase { continue }
                let last = current.dropLast().split(separator: " ").last ?? ""
                if Self.abbreviations.contains(String(last)) { continue }
            }
            guard isWide ? current.count > 5 : words > 1 else { continue }
            result.append(clean(current))
            current = ""
            words = 0
        }
        let rest = clean(current)
        if !rest.isEmpty { result.append(rest) }
        return result
    }

    private static let enders: Set<Character> = [".", "?", "!", "؟", "۔", "।", "።", "。", "？", "！"]
    private static let wideEnders: Set<Character> = ["。", "？", "！"]
    private static let abbreviations: Set<String> = [
        "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "e.g", "i.e", "etc", "np", "tj", "ul", "nr",
    ]
}
