import Markdown
import Workspace

/// "Fill in the form below", where there is none.
struct ReferenceToNothing: TextRule {
    static let rule = Rule(
        "ReferenceToNothing", .warning,
        "The text points to what is not there: a form below, an appendix, a page number of a booklet, the other side of a leaflet, 'these standards' that nothing names.",
        bad: "Fill in ⟦the form below.", good: "Fill in [the form](form.pdf).")

    private static let things: [String: Set<String>] = [
        "form": ["link"], "forms": ["link"], "link": ["link"], "links": ["link"], "leaflet": ["link"],
        "table": ["table"], "chart": ["table", "image"], "diagram": ["image"], "map": ["image", "link"],
        "picture": ["image"], "list": ["list", "table"], "button": ["link"], "video": ["link"],
    ]

    private static let wheres: Set<String> = ["below", "above", "opposite"]

    private static func hasHeading(_ blocks: [Block], below line: Int) -> Bool {
        blocks.contains { block in
            guard case .heading = block.content else { return false }
            return block.range.map { $0.start.line > line } ?? false
        }
    }

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (placed, prose) in zip(text.passages, text.proses) {
            for index in prose.words.indices.dropFirst(2)
            where wheres.contains(prose.words[index].text) && prose.words[index - 2].text == "the" {
                let (thing, place) = (prose.words[index - 1].text, prose.words[index].text)
                // What stands above may be anywhere on the page, since a link goes back to it as well.
                guard let wanted = things[thing], let line = placed.passage.range?.start.line,
                    kinds(in: text.blocks, from: place == "below" ? line : 0).isDisjoint(with: wanted)
                else { continue }
                // A list may be of headings.
                if thing == "list", hasHeading(text.blocks, below: line) { continue }
                found.append(
                    rule.diagnostic(
                        place == "below" ? "there is no \(thing) below" : "this page has no \(thing)",
                        at: text.location(
                            text.place(
                                of: prose.text(prose.range((index - 2)..<(index + 1))),
                                in: placed.passage.range)),
                        help: "Add it, or link to where it is."))
            }
        }
        return found + promises(in: text) + printed(in: text) + unnamed(in: text) + pointers(in: text)
    }

    /// "See above" in the first words of a page, "see below" in its last.
    private static func pointers(in text: GuidanceText) -> [Diagnostic] {
        let bodies = text.proses.indices.filter { index in
            if case .heading = text.proses[index].role { return false }
            return !text.proses[index].words.isEmpty
        }
        guard let first = bodies.first, let last = bodies.last else { return [] }
        func find(_ place: String, at index: Int) -> [Diagnostic] {
            let prose = text.proses[index]
            // A picture that is no text may be what is meant.
            let line = text.passages[index].block?.start.line ?? 0
            guard place == "above" || !kinds(in: text.blocks, from: line).contains("image") else { return [] }
            return prose.words.indices.dropLast().compactMap { word in
                guard prose.words[word + 1].text == place,
                    ["see", "described", "listed", "mentioned", "shown", "explained", "set-out"].contains(
                        prose.words[word].text),
                    // In a passage of several sentences it may be another of them.
                    place == "above"
                        ? prose.sentence(of: word) == prose.sentences.first
                        : prose.sentence(of: word) == prose.sentences.last,
                    word + 2 == prose.words.count || isPointerEnd(prose, word + 1)
                else { return nil }
                return rule.diagnostic(
                    place == "above" ? "nothing stands above" : "nothing stands below",
                    at: text.location(prose.range(word..<(word + 2)), of: prose),
                    help: "Link to what is meant, or say it here.")
            }
        }
        return find("above", at: first) + find("below", at: last)
    }

    /// Whether nothing that "above" could belong to follows it: "see above the door" is a place.
    private static func isPointerEnd(_ prose: Prose, _ word: Int) -> Bool {
        let next = prose.words[word].range.upperBound
        guard next < prose.scalars.count else { return true }
        return ".,;:)]!?".unicodeScalars.contains(prose.scalars[next])
            || ["for", "and", "if", "to"].contains(prose.words[word + 1].text)
    }

    /// Where a text speaks of the paper that it once stood on.
    private static let sides = [
        "overleaf", "see over the page", "turn over the page", "continued over the page", "on the reverse",
        "the back of this leaflet", "the back of this booklet", "the back page", "the centre pages",
        "inside back cover",
    ].map { $0.split(separator: " ").map(String.init) }

    private static let sidesByStart = Dictionary(grouping: sides) { $0[0] }

    private static let pages: Set<String> = ["page", "pages", "p", "pp"]
    private static let appendices: Set<String> = ["appendix", "annex", "annexe", "appendices"]
    /// The words that what `printed` looks for begins with.
    private static let starts = pages.union(appendices).union(sidesByStart.keys)

    /// Whose pages and appendices these are: another paper's, which readers have.
    private static let owners: Set<String> = ["of", "in", "at", "from", "to"]

    /// "See overleaf", "page 7", "appendix 2": a page of a website has none of them.
    private static func printed(in text: GuidanceText) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for prose in text.proses where prose.words.contains(where: { starts.contains($0.text) }) {
            let words = prose.words.map(\.text)
            func add(_ range: Range<Int>, _ message: String) {
                found.append(
                    rule.diagnostic(
                        message, at: text.location(prose.range(range), of: prose),
                        help: "Link to what is meant, or say it here."))
            }
            for index in words.indices where starts.contains(words[index]) {
                if let side = sidesByStart[words[index]]?.first(where: { words[index...].starts(with: $0) }) {
                    let range = index..<(index + side.count)
                    if !isOwned(words, after: range.upperBound) {
                        add(range, "a page on a screen has no '\(prose.text(prose.range(range)))'")
                    }
                }
                guard index + 1 < words.count else { continue }
                let range = index..<(index + 2)
                let between = signs(after: index, prose)
                guard between == " " || between == "\u{A0}" || between == ". " || between == "." else {
                    continue
                }
                if pages.contains(words[index]), isNumber(words[index + 1]),
                    index == 0 || !["web", "this", "facebook", "our"].contains(words[index - 1]),
                    !isOwned(words, after: index + 2), !isLinked(prose, range)
                {
                    add(range, "'\(prose.text(prose.range(range)))' is a page of something printed")
                } else if appendices.contains(words[index]),
                    isNumber(words[index + 1]) || words[index + 1].count == 1,
                    !isOwned(words, after: index + 2), !isLinked(prose, range),
                    !hasHeading(text, words[range])
                {
                    add(range, "this page has no '\(prose.text(prose.range(range)))'")
                }
            }
        }
        return found
    }

    /// What stands between a word and the next.
    private static func signs(after index: Int, _ prose: Prose) -> String {
        prose.text(prose.words[index].range.upperBound..<prose.words[index + 1].range.lowerBound)
    }

    private static func isNumber(_ word: String) -> Bool {
        (1...3).contains(word.count) && word.allSatisfy(\.isNumber)
    }

    private static func isOwned(_ words: [String], after index: Int) -> Bool {
        index < words.count && owners.contains(words[index])
    }

    private static func isLinked(_ prose: Prose, _ words: Range<Int>) -> Bool {
        let shown = prose.text(prose.range(words))
        var linked = false
        prose.passage.inlines.forEachInline { inline in
            if case .link(let link) = inline, link.content.plainText.contains(shown) { linked = true }
        }
        return linked
    }

    private static func hasHeading(_ text: GuidanceText, _ words: ArraySlice<String>) -> Bool {
        text.proses.contains { prose in
            guard case .heading = prose.role else { return false }
            let heading = prose.words.map(\.text)
            return heading.indices.contains { heading[$0...].starts(with: words) }
        }
    }

    /// What a text may speak of as "these" only after it has named them.
    private static let namedBefore = [
        "standards", "criteria", "guidelines", "principles", "procedures", "timescales", "objectives",
        "appendices", "leaflets", "booklets", "forms",
    ]

    /// "These standards", where nothing before has named any.
    private static func unnamed(in text: GuidanceText) -> [Diagnostic] {
        var before: Set<String> = []
        var found: [Diagnostic] = []
        let wanted = Set(namedBefore.map(stem))
        guard text.proses.contains(where: { $0.words.contains { $0.text == "these" } }) else { return [] }
        for (placed, prose) in zip(text.passages, text.proses) {
            for (index, word) in prose.words.enumerated() {
                if index > 0, prose.words[index - 1].text == "these", namedBefore.contains(word.text),
                    !before.contains(stem(word.text)), !comesAfterList(placed, in: text)
                {
                    found.append(
                        rule.diagnostic(
                            "nothing above says which \(word.text) these are",
                            at: text.location(prose.range((index - 1)..<(index + 1)), of: prose),
                            help: "Name them, or link to them."))
                }
                let stem = stem(word.text)
                if wanted.contains(stem) { before.insert(stem) }
            }
        }
        return found
    }

    private static func stem(_ word: String) -> String {
        switch word {
        case "criteria", "criterion": "criteri"
        case "appendices", "appendix": "appendi"
        default: word.hasSuffix("s") ? String(word.dropLast()) : word
        }
    }

    /// Whether what "these" are may be the items of a list above.
    private static func comesAfterList(_ placed: PlacedPassage, in text: GuidanceText) -> Bool {
        guard let line = placed.passage.range?.start.line else { return false }
        return text.blocks.contains { block in
            guard case .list = block.content, let range = block.range else { return false }
            return range.end.line < line && line - range.end.line <= 4
        }
    }

    /// What is sent along with a letter, and a page has only by a link.
    private static let papers: Set<String> = [
        "form", "forms", "leaflet", "leaflets", "booklet", "document", "documents", "letter", "map",
        "factsheet",
        "checklist", "guide", "guidance", "poster", "questionnaire", "template", "agenda", "list",
    ]

    /// "The form is attached", "download the leaflet", on a page that links to nothing.
    private static func promises(in text: GuidanceText) -> [Diagnostic] {
        guard !kinds(in: text.blocks, from: 0).contains("link") else { return [] }
        return zip(text.passages, text.proses).flatMap { placed, prose -> [Diagnostic] in
            let words = prose.words.map(\.text)
            return words.indices.compactMap { index in
                guard papers.contains(words[index]), let range = promise(words, of: index) else { return nil }
                return rule.diagnostic(
                    "this page has no link to the \(words[index])",
                    at: text.location(
                        text.place(of: prose.text(prose.range(range)), in: placed.passage.range)),
                    help: "Link to it, or say where families get it.")
            }
        }
    }

    private static func promise(_ words: [String], of index: Int) -> Range<Int>? {
        let sent: Set<String> = ["attached", "enclosed"]
        // "the attached form"
        if index > 0, sent.contains(words[index - 1]) { return (index - 1)..<(index + 1) }
        // "the form is attached"
        if index + 2 < words.count, ["is", "are"].contains(words[index + 1]), sent.contains(words[index + 2])
        {
            return index..<(index + 3)
        }
        // "download the form", "download our leaflet"
        if index > 1, words[index - 2] == "download", ["the", "our", "this", "a"].contains(words[index - 1]) {
            return (index - 2)..<(index + 1)
        }
        return nil
    }

    /// What of links, lists, tables and pictures stands at a line or below it.
    private static func kinds(in blocks: [Block], from line: Int) -> Set<String> {
        var kinds: Set<String> = []
        func walk(_ blocks: [Block]) {
            for block in blocks where block.range.map({ $0.end.line >= line }) ?? true {
                switch block.content {
                case .list(let list):
                    if block.range.map({ $0.start.line > line }) ?? true { kinds.insert("list") }
                    for item in list.items { walk(item.blocks) }
                case .quote(let inner), .callout(_, let inner), .footnote(_, let inner): walk(inner)
                case .table: kinds.insert("table")
                case .paragraph, .heading, .code, .thematicBreak: break
                }
            }
        }
        walk(blocks)
        blocks.filter { $0.range.map { $0.end.line >= line } ?? true }.forEachPassage { passage in
            passage.inlines.forEachInline { inline in
                switch inline {
                case .link, .placeholder: kinds.insert("link")
                case .image: kinds.insert("image")
                case .text, .lineBreak, .code, .emphasis, .strong, .strikethrough, .footnote, .value: break
                }
            }
        }
        return kinds
    }
}
