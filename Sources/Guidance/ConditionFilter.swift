import Markdown
import Workspace

/// Takes out what a council's facts say is not for its readers.
struct ConditionFilter {
    let portal: Portal
    let council: Council
    let contactIDs: Set<String>
    var diagnostics = Diagnostics()
    /// Optional facts that the council does not have: text that shows one is left out.
    private let lacking: Set<String>

    init(portal: Portal, council: Council, contactIDs: Set<String>) {
        self.portal = portal
        self.council = council
        self.contactIDs = contactIDs
        lacking = Set(
            portal.facts.values.filter {
                $0.isOptional && $0.value == nil && council.facts[$0.id]?.value == nil
            }.map(\.id))
    }

    mutating func filter(_ page: MergedPage) -> MergedPage {
        var page = page
        page.page.introduction = blocks(page.page.introduction, file: page.introductionFile)
        page.page.sections = sections(page.page.sections)
        return page
    }

    private mutating func sections(_ sections: [SourceSection]) -> [SourceSection] {
        guard !lacking.isEmpty || sections.haveConditions else { return sections }
        var kept: [SourceSection] = []
        for var section in sections
        where holds(section.attributes, file: section.file) && !showsLacking(section.heading) {
            let hadContent = !section.blocks.isEmpty || !section.children.isEmpty
            section.blocks = blocks(section.blocks, file: section.file)
            section.children = self.sections(section.children)
            if hadContent, section.blocks.isEmpty, section.children.allSatisfy(\.isEasy) {
                diagnostics.add(
                    .warning(
                        "EmptySection",
                        "nothing under this heading is for \(council.identity.name), so it is left out",
                        at: SourceLocation(file: section.file, range: section.range),
                        help: "Give the heading itself a condition."))
                continue
            }
            kept.append(section)
        }
        return kept
    }

    private mutating func blocks(_ blocks: [Block], file: String) -> [Block] {
        let traits = blocks.traits
        guard traits.contains(.attributes) || !lacking.isEmpty && traits.contains(.references) else {
            return blocks
        }
        var kept: [Block] = []
        for var block in blocks where holds(block.attributes, file: file) {
            switch block.content {
            case .list(var list):
                list.items = list.items.filter { holds($0.attributes, file: file) }.compactMap { item in
                    var item = item
                    item.blocks = self.blocks(item.blocks, file: file)
                    return item.blocks.isEmpty && !lacking.isEmpty ? nil : item
                }
                if list.items.isEmpty { continue }
                block.content = .list(list)
            case .quote(let inner):
                let inner = self.blocks(inner, file: file)
                if inner.isEmpty { continue }
                block.content = .quote(inner)
            case .callout(let kind, let inner):
                let inner = self.blocks(inner, file: file)
                if inner.isEmpty { continue }
                block.content = .callout(kind, inner)
            case .footnote(let label, let inner):
                let inner = self.blocks(inner, file: file)
                if inner.isEmpty { continue }
                block.content = .footnote(label: label, inner)
            case .paragraph(let passage), .heading(_, let passage):
                if showsLacking(passage) { continue }
            case .table(var table):
                table.rows.removeAll { $0.contains(where: showsLacking) }
                if table.rows.isEmpty, !lacking.isEmpty { continue }
                block.content = .table(table)
            case .code, .thematicBreak: break
            }
            kept.append(block)
        }
        return kept
    }

    /// Whether a passage has the place of an optional fact that the council does not have.
    private func showsLacking(_ passage: Passage) -> Bool {
        guard !lacking.isEmpty else { return false }
        var found = false
        passage.inlines.forEachInline { inline in
            guard case .placeholder(let placeholder) = inline else { return }
            if case .fact(let id) = Reference(placeholder.name), lacking.contains(id) { found = true }
        }
        return found
    }

    private mutating func holds(_ attributes: Attributes?, file: String) -> Bool {
        guard let attributes else { return true }
        var all = true
        for condition in attributes.conditions {
            let holds: Bool
            switch condition.subject {
            case .fact(let name):
                holds = (council.facts[name] ?? portal.facts[name])?.holds ?? false
            case .contact(let id): holds = contactIDs.contains(id)
            case .nation(let name): holds = council.identity.nation.rawValue == name
            }
            if holds == condition.isNegated { all = false }
        }
        return all
    }
}

extension [SourceSection] {
    /// Whether any of them, or of what is in them, may have a condition.
    fileprivate var haveConditions: Bool {
        indices.contains { index in
            self[index].attributes?.conditions.isEmpty == false
                || self[index].blocks.traits.contains(.attributes) || self[index].children.haveConditions
        }
    }
}

/// Finds placeholders and conditions that name what nothing defines.
struct NameCheck {
    let portal: Portal
    var diagnostics = Diagnostics()
    /// Placeholders that were found to be defined.
    private var defined: Set<String> = []

    init(portal: Portal) {
        self.portal = portal
    }

    mutating func check(_ page: SourcePage, introductionFile: String? = nil) {
        check(page.introduction, file: introductionFile ?? page.file)
        if let title = page.title { check(title, file: page.file) }
        if let summary = page.frontMatter.summary { check(summary, file: page.file) }
        for section in page.sections {
            if section.isEasy { easyWithoutSection(section, "stands inside no section") }
            check(section, isEasy: page.kind == .easy)
        }
    }

    /// - Parameter isEasy: Whether it stands among easy words, where paragraphs have pictures.
    private mutating func check(_ section: SourceSection, isEasy: Bool) {
        check(section.heading, file: section.file)
        check(section.attributes, file: section.file)
        onSeatsOnly(section.attributes, file: section.file)
        if let name = section.attributes?.deadline, portal.knownFacts.contains(name), !portal.isDeadline(name)
        {
            diagnostics.add(
                .error(
                    "NoDeadline", "the fact '\(name)' does not say what it counts from",
                    at: SourceLocation(file: section.file, range: section.attributes?.range),
                    help: "Give it 'deadline: {from: conference, direction: after, first-day-counts: no}'."))
        }
        onParagraphsOnly(section.attributes, file: section.file)
        let isEasy = isEasy || section.isEasy
        check(section.blocks, file: section.file, isEasy: isEasy)
        var hasEasy = false
        for child in section.children {
            if child.isEasy, isEasy { easyWithoutSection(child, "stands among easy words") }
            if child.isEasy, hasEasy { easyWithoutSection(child, "is the second of its section") }
            hasEasy = hasEasy || child.isEasy
            check(child, isEasy: isEasy)
        }
    }

    private mutating func easyWithoutSection(_ section: SourceSection, _ problem: String) {
        diagnostics.add(
            .error(
                "MisplacedEasyWords", "this {easy} heading \(problem)",
                at: SourceLocation(file: section.file, range: section.attributes?.range ?? section.range),
                help: "It belongs inside the section that it says in easy words, one level deeper, once."))
    }

    private mutating func onParagraphsOnly(_ attributes: Attributes?, file: String) {
        guard let attributes, attributes.picture != nil else { return }
        diagnostics.add(
            .error(
                "UnknownAttribute", "'picture' belongs to a paragraph in easy words",
                at: SourceLocation(file: file, range: attributes.range),
                help: "Write it at the end of a paragraph under a heading with {easy}."))
    }

    private mutating func checkPicture(_ attributes: Attributes?, file: String) {
        guard let attributes, let name = attributes.picture, portal.pictures[name] == nil else { return }
        diagnostics.add(
            .error(
                "UnknownPicture", "there is no picture '\(name)'",
                at: SourceLocation(file: file, range: attributes.range),
                help: didYouMean(
                    name, among: portal.pictures.keys.sorted(),
                    otherwise: "Name the pictures that texts use in \(Picture.register).")))
    }

    private mutating func check(_ blocks: [Block], file: String, isEasy: Bool = false) {
        for block in blocks where !block.traits.isDisjoint(with: [.references, .attributes]) {
            check(block.attributes, file: file)
            if isEasy, case .paragraph = block.content {
                checkPicture(block.attributes, file: file)
            } else {
                onParagraphsOnly(block.attributes, file: file)
            }
            onHeadingsOnly(block.attributes, file: file)
            onSeatsOnly(block.attributes, file: file)
            switch block.content {
            case .paragraph(let passage), .heading(_, let passage): check(passage, file: file)
            case .list(let list):
                for (number, item) in list.items.enumerated() {
                    check(item.attributes, file: file)
                    onHeadingsOnly(item.attributes, file: file)
                    onParagraphsOnly(item.attributes, file: file)
                    if list.yourSeat != number { onSeatsOnly(item.attributes, file: file) }
                    check(item.blocks, file: file)
                }
            case .quote(let inner), .callout(_, let inner), .footnote(_, let inner): check(inner, file: file)
            case .table(let table):
                for cell in table.header { check(cell, file: file) }
                for row in table.rows { for cell in row { check(cell, file: file) } }
            case .code, .thematicBreak: break
            }
        }
    }

    private mutating func check(_ passage: Passage, file: String) {
        passage.inlines.forEachInline { inline in
            guard case .placeholder(let placeholder) = inline else { return }
            check(placeholder, file: file, range: passage.range)
        }
    }

    private mutating func check(_ placeholder: Inline.Placeholder, file: String, range: SourceRange?) {
        if defined.contains(placeholder.name) { return }
        let location = SourceLocation(file: file, range: placeholder.range ?? range)
        switch Reference(placeholder.name) {
        case .fact(let name) where !portal.knownFacts.contains(name):
            if isForeign(name), nearestName(to: name, among: portal.knownFacts) == nil {
                foreign(name, location)
            } else {
                unknownFact(name, location)
            }
        case .invalid where isForeign(placeholder.name): foreign(placeholder.name, location)
        case .contact(let id, _) where !portal.knownContacts.contains(id):
            unknownContact(id, location)
        case .invalid(let problem):
            diagnostics.add(
                .error(
                    "UnknownPlaceholder", problem, at: location,
                    help: didYouMean(
                        placeholder.name, among: portal.knownFacts,
                        otherwise:
                            "Write {{fact-name}}, {{contact id}}, {{contact id email}} or {{council name}}."
                    )
                ))
        case .fact, .contact, .council: defined.insert(placeholder.name)
        }
    }

    private mutating func check(_ attributes: Attributes?, file: String) {
        for condition in attributes?.conditions ?? [] {
            let location = SourceLocation(file: file, range: condition.range)
            switch condition.subject {
            case .fact(let name) where !portal.knownFacts.contains(name): unknownFact(name, location)
            case .contact(let id) where !portal.knownContacts.contains(id): unknownContact(id, location)
            case .nation(let name) where Nation(rawValue: name) == nil:
                diagnostics.add(
                    .error(
                        "UnknownNation", "'\(name)' is not a nation of the United Kingdom", at: location,
                        help: didYouMean(
                            name, among: Nation.allCases.map(\.rawValue),
                            otherwise: "Known: england, wales, scotland, northern-ireland.")))
            case .fact, .contact, .nation: break
            }
        }
    }

    private mutating func onHeadingsOnly(_ attributes: Attributes?, file: String) {
        guard let attributes, attributes.deadline != nil || attributes.answer != nil || attributes.isEasy
        else { return }
        let word = attributes.isEasy ? "easy" : attributes.deadline == nil ? "answer" : "deadline"
        diagnostics.add(
            .error(
                "UnknownAttribute", "'\(word)' belongs to a heading",
                at: SourceLocation(file: file, range: attributes.range),
                help: "Move it to the end of the heading above."))
    }

    /// The reader sits in one place of a numbered list: the picture has the numbers of the list.
    private mutating func onSeatsOnly(_ attributes: Attributes?, file: String) {
        guard let attributes, attributes.isYourSeat else { return }
        diagnostics.add(
            .error(
                "UnknownAttribute", "'your-seat' belongs to one item of a numbered list",
                at: SourceLocation(file: file, range: attributes.range),
                help: "Number the people round the table (1. 2. 3.), and write {your-seat} after the reader.")
        )
    }

    /// Whether other generators write such a thing between braces: `site.title`, `< ref "page.md" >`, `page.date | date`.
    private func isForeign(_ name: String) -> Bool {
        guard let first = name.first else { return false }
        return "<%#>!/".contains(first) || name.contains(where: { ".|\"'()".contains($0) })
    }

    private mutating func foreign(_ name: String, _ location: SourceLocation) {
        diagnostics.add(
            .warning(
                "ForeignPlaceholder", "'{{\(name)}}' is of another generator, and readers see it as it is",
                at: location, help: "Write what it stands for, or a fact of the council."))
    }

    private mutating func unknownFact(_ name: String, _ location: SourceLocation) {
        diagnostics.add(
            .error(
                "UnknownPlaceholder", "nothing defines the fact '\(name)'", at: location,
                help: didYouMean(
                    name, among: portal.knownFacts,
                    otherwise: "Add '\(name)' to 'facts' in portal.yml or a council.yml.")))
    }

    private mutating func unknownContact(_ id: String, _ location: SourceLocation) {
        diagnostics.add(
            .error(
                "UnknownContact", "nothing defines the contact '\(id)'", at: location,
                help: didYouMean(
                    id, among: portal.knownContacts,
                    otherwise: "Add '\(id)' to 'contacts' in portal.yml or a council.yml.")))
    }
}

/// What the words between `{{` and `}}` ask for.
package enum Reference: Hashable {
    package enum ContactPart: Hashable {
        case first
        case name
        case channel(Contact.Channel)
    }

    package enum CouncilPart: Hashable { case name, shortName }

    case fact(String)
    case contact(String, ContactPart)
    case council(CouncilPart)
    case invalid(String)

    package init(_ name: String) {
        let words = name.split(separator: " ").map(String.init)
        switch words.first {
        case "contact"?:
            guard words.count >= 2 else {
                self = .invalid("'contact' needs the name of a contact")
                return
            }
            guard words.count > 2 else {
                self = .contact(words[1], .first)
                return
            }
            if words.count == 3, words[2] == "name" {
                self = .contact(words[1], .name)
            } else if words.count == 3, let channel = Contact.Channel(rawValue: words[2]) {
                self = .contact(words[1], .channel(channel))
            } else {
                let known = ["name"] + Contact.Channel.allCases.map(\.rawValue)
                self = .invalid(
                    "a contact has no '\(words.dropFirst(2).joined(separator: " "))'; it has \(known.joined(separator: ", "))"
                )
            }
        case "council"? where words.count == 2 && words[1] == "name": self = .council(.name)
        case "council"? where words.count == 2 && words[1] == "short-name": self = .council(.shortName)
        case let word? where words.count == 1: self = .fact(word)
        default: self = .invalid("'\(name)' is not a placeholder")
        }
    }
}
