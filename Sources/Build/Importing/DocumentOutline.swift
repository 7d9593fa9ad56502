import Foundation
import Guidance
import Markdown
import Workspace

/// A document cut at its headings: a title, what stands before the first section, and the sections.
struct DocumentOutline: Sendable {
    struct Section: Sendable {
        var heading: Passage
        /// As the document gives it.
        var id: String?
        /// With the headings of deeper levels among them.
        var blocks: [ForeignDocument.Placed]
        var place: String
        /// Whether its blocks are questions that stood behind it.
        fileprivate(set) var holdsQuestions = false

        init(heading: Passage, id: String?, blocks: [ForeignDocument.Placed], place: String) {
            self.heading = heading
            self.id = id
            self.blocks = blocks
            self.place = place
        }
    }

    var title: String
    var introduction: [ForeignDocument.Placed] = []
    var sections: [Section] = []
    /// What the cut itself could not keep as it was.
    private(set) var losses: [ForeignDocument.Note] = []

    init(_ document: ForeignDocument, path: String) {
        var blocks = document.blocks
        title = Self.takeTitle(from: &blocks, document, path)
        blocks = withFootnotes(blocks)
        var levels: [Int] = []
        for placed in blocks {
            guard case .heading(let written, let passage) = placed.block.content else {
                add(placed)
                continue
            }
            // Levels by how headings lie within each other, so that none is skipped.
            while let last = levels.last, last >= written { levels.removeLast() }
            levels.append(written)
            if levels.count == 1 {
                sections.append(
                    Section(
                        heading: passage, id: placed.block.attributes?.id, blocks: [], place: placed.place))
            } else {
                var placed = placed
                let id = placed.block.attributes?.id
                placed.block = Block(
                    .heading(level: min(levels.count + 1, 6), passage),
                    attributes: id.map { Attributes(id: $0) })
                add(placed)
            }
        }
        if !document.isPage { holdQuestions() }
        for section in sections where section.blocks.isEmpty {
            losses.append(
                .init(
                    place: section.place,
                    what: "a heading with nothing below it: what comes next has its level",
                    text: section.heading.plainText))
        }
    }

    /// Puts the text of each footnote behind the words that refer to it, before the next heading: parts of a document go to
    /// several pages.
    private mutating func withFootnotes(_ blocks: [ForeignDocument.Placed]) -> [ForeignDocument.Placed] {
        var notes: [String: ForeignDocument.Placed] = [:]
        for placed in blocks {
            if case .footnote(let label, _) = placed.block.content, notes[label] == nil {
                notes[label] = placed
            }
        }
        guard !notes.isEmpty else { return blocks }
        var result: [ForeignDocument.Placed] = []
        var waiting: [String] = []
        var used: Set<String> = []
        func flush() {
            result += waiting.compactMap { notes[$0] }
            waiting = []
        }
        for placed in blocks {
            if case .footnote = placed.block.content { continue }
            if case .heading = placed.block.content { flush() }
            result.append(placed)
            for label in placed.block.footnoteLabels where notes[label] != nil && !waiting.contains(label) {
                waiting.append(label)
                used.insert(label)
            }
        }
        flush()
        for (label, note) in notes.sorted(by: { $0.key < $1.key }) where !used.contains(label) {
            losses.append(
                .init(place: note.place, what: "a footnote that nothing refers to", text: [note.block].words))
        }
        return result
    }

    /// A heading such as "Frequently asked questions" over questions of its own level holds them.
    private mutating func holdQuestions() {
        var result: [Section] = []
        for section in sections {
            if let last = result.last, KindWords.kind(of: last.heading.plainText) == .faq,
                last.blocks.isEmpty || last.holdsQuestions, section.heading.plainText.hasSuffix("?")
            {
                result[result.count - 1].holdsQuestions = true
                result[result.count - 1].blocks.append(
                    .init(
                        Block(
                            .heading(level: 3, section.heading),
                            attributes: section.id.map { Attributes(id: $0) }), place: section.place))
                result[result.count - 1].blocks += section.blocks.map(\.lowered)
            } else {
                result.append(section)
            }
        }
        sections = result
    }

    private mutating func add(_ placed: ForeignDocument.Placed) {
        if sections.isEmpty {
            introduction.append(placed)
        } else {
            sections[sections.count - 1].blocks.append(placed)
        }
    }

    private static func takeTitle(
        from blocks: inout [ForeignDocument.Placed], _ document: ForeignDocument, _ path: String
    ) -> String {
        let given = document.title.map(withoutSite).flatMap { isUseful($0) ? $0 : nil }
        let name = words(ofName: path)
        func take(_ index: Int) -> String? {
            guard case .heading(_, let passage) = blocks[index].block.content else { return nil }
            blocks.remove(at: index)
            return passage.plainText
        }
        if let index = blocks.firstIndex(where: \.isTitle), let title = take(index) { return title }
        // A Markdown page says its title in its settings, and may say it again.
        let headings = blocks.indices.compactMap { index -> (index: Int, level: Int, text: String)? in
            guard case .heading(let level, let passage) = blocks[index].block.content else { return nil }
            return (index, level, passage.plainText)
        }
        let top = headings.filter { $0.level == 1 }
        if document.isPage, let given = document.title.map(PlainSigns.of), !given.isEmpty {
            if let first = top.first, top.count == 1, Identifier.slug(first.text) == Identifier.slug(given) {
                blocks.remove(at: first.index)
            }
            return given
        }
        if top.count == 1, let title = take(top[0].index) { return title }
        guard let first = headings.first else { return given ?? name }
        let isFirst = first.index == 0
        let known = [given, name].compactMap { $0 }.map(Identifier.slug)
        let follows = headings.dropFirst().first.map { $0.index == 1 } ?? false
        let isOver = headings.dropFirst().allSatisfy { $0.level > first.level } && headings.count > 1
        if isFirst, isOver || follows || known.contains(Identifier.slug(first.text)), let title = take(0) {
            return title
        }
        return given ?? name
    }

    /// `Child protection | Kent County Council` without its end.
    private static func withoutSite(_ title: String) -> String {
        let title = PlainSigns.of(title).trimmingCharacters(in: .whitespaces)
        for mark in [" | ", " :: ", " – ", " — ", " - "] {
            if let range = title.firstRange(of: mark), range.lowerBound > title.startIndex {
                return String(title[..<range.lowerBound])
            }
        }
        return title
    }

    /// What programs write where nobody gave a title.
    private static func isUseful(_ title: String) -> Bool {
        let lower = title.lowercased()
        return title.count > 2 && title.count <= 120
            && ![
                "microsoft word", "untitled", "document", "powerpoint", "slide 1", "title", "home",
                "template",
            ]
            .contains { lower == $0 || lower.hasPrefix($0 + " ") || lower.hasPrefix($0 + "1") }
            && ![".doc", ".docx", ".pdf", ".indd", ".pub"].contains(where: lower.hasSuffix)
    }

    static func words(ofName path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let name = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
        let words = name.split { "-_ .+".contains($0) }.joined(separator: " ")
        return words.isEmpty ? "Page" : words.prefix(1).uppercased() + words.dropFirst()
    }
}

extension ForeignDocument.Placed {
    /// A heading one level lower; all else as it is.
    fileprivate var lowered: Self {
        guard case .heading(let level, let passage) = block.content else { return self }
        var copy = self
        copy.block = Block(.heading(level: min(level + 1, 6), passage), attributes: block.attributes)
        return copy
    }
}

/// Which kind of page words speak of.
enum KindWords {
    static func kind(of heading: String) -> PageKind? {
        let words = heading.lowercased().replacing("’", with: "'").split { !$0.isLetter && $0 != "'" }.map(
            String.init)
        let text = " " + words.joined(separator: " ") + " "
        func has(_ phrases: String...) -> Bool { phrases.contains { text.contains(" \($0) ") } }
        guard words.count <= 12 else { return nil }
        if has("accessibility statement") { return .accessibility }
        if has(
            "frequently asked questions", "faq", "faqs", "questions and answers", "common questions",
            "your questions")
        {
            return .faq
        }
        if has(
            "glossary", "jargon", "what the words mean", "words explained", "what do the words mean",
            "terms explained", "words we use", "words used", "useful words", "key terms")
        {
            return .glossary
        }
        if has(
            "complain", "complaint", "complaints", "complaining", "unhappy", "not happy", "appeal", "appeals",
            "disagree", "if you disagree", "dissatisfied")
        {
            return .complaints
        }
        if has("right", "rights") && !has("right now", "right away", "right to buy")
            && (has("your", "rights", "my", "parents'", "parent's") || has("you have the right"))
        {
            return .rights
        }
        if has(
            "agenda", "order of the meeting", "what happens at the meeting", "what happens at the conference",
            "what will happen at the meeting",
            "what will happen at the conference", "what happens on the day",
            "what happens during the meeting", "what happens during the conference", "how the meeting runs",
            "running order")
        {
            return .agenda
        }
        if has(
            "contact", "contacts", "contact us", "contact details", "useful numbers", "phone numbers",
            "helplines", "get in touch", "getting in touch", "who to call", "who to contact",
            "useful contacts", "where to get help", "sources of support", "sources of help")
        {
            // "Contact with your child" is another thing.
            return has(
                "contact with", "contact between", "contact order", "contact arrangements", "family contact",
                "contact centre", "contact time", "supervised contact") ? nil : .contacts
        }
        return nil
    }

    /// What a page of a kind is called where the sections on it have several names.
    static func title(of kind: PageKind) -> String {
        switch kind {
        case .rights: "Your rights"
        case .complaints: "If you are unhappy with something"
        case .contacts: "Who to contact"
        case .agenda: "What happens at the meeting"
        case .glossary: "What the words mean"
        case .faq: "Questions and answers"
        case .accessibility: "Accessibility"
        case .dates: "Key dates"
        case .form: "Have your say"
        case .easy: "In simple words"
        case .page: "Guidance"
        }
    }

    /// Whom a title names as its readers; nil for families.
    static func audience(of title: String) -> Audience? {
        let text = " " + title.lowercased().split { !$0.isLetter }.joined(separator: " ") + " "
        func has(_ phrases: String...) -> Bool { phrases.contains { text.contains(" \($0) ") } }
        if has(
            "for professionals", "for practitioners", "for staff", "for social workers", "for chairs",
            "for schools", "for partners", "multi agency guidance")
        {
            return .professionals
        }
        if has(
            "for young people", "for children", "guide for young people", "young people s guide",
            "children s guide", "for teenagers")
        {
            return .youngPeople
        }
        return nil
    }
}
