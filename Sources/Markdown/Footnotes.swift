import Workspace

/// Numbers footnotes in the order in which their references are read.
///
/// A footnote belongs to its section, so that a council's own words bring their own footnotes; what stands on one page or in
/// one leaflet is numbered together.
package struct Footnotes: Sendable {
    package struct Note: Sendable {
        /// From 1.
        package var number: Int
        package var blocks: [Block]
    }

    package private(set) var notes: [Note] = []
    /// The numbers of footnotes that were met, by what they say.
    private var numbers: [[Block]: Int] = [:]

    package init() {}

    /// The same blocks, with numbers for labels, and without the footnotes.
    ///
    /// A reference whose footnote is not for these readers is taken out.
    package mutating func number(_ blocks: [Block]) -> [Block] {
        guard blocks.traits.contains(.footnotes) else { return blocks }
        let known = blocks.footnotes
        return number(blocks.filter { !$0.isFootnote }, known)
    }

    /// The same heading, with numbers for labels.
    ///
    /// - Parameter blocks: What stands under it.
    package mutating func number(_ heading: Passage, over blocks: [Block]) -> Passage {
        guard heading.inlines.traits.contains(.footnotes) else { return heading }
        return number(heading, blocks.footnotes)
    }

    private mutating func number(_ blocks: [Block], _ known: [String: [Block]]) -> [Block] {
        blocks.replacingPassages(in: .footnotes) { number($0, known) }
    }

    private mutating func number(_ passage: Passage, _ known: [String: [Block]]) -> Passage {
        var passage = passage
        passage.inlines = passage.inlines.mappingFootnotes { label in
            known[label].map { "\(number(of: $0, known))" }
        }
        return passage
    }

    private mutating func number(of blocks: [Block], _ known: [String: [Block]]) -> Int {
        if let number = numbers[blocks] { return number }
        let number = notes.count + 1
        numbers[blocks] = number
        notes.append(Note(number: number, blocks: blocks))
        // A footnote may refer to another.
        notes[number - 1].blocks = self.number(blocks, known)
        return number
    }
}

extension Block {
    fileprivate var isFootnote: Bool { if case .footnote = content { true } else { false } }

    fileprivate var isHeading: Bool { if case .heading = content { true } else { false } }

    /// The labels of the footnotes it refers to.
    fileprivate var footnoteReferences: [String] {
        var labels: [String] = []
        [self].forEachPassage(in: .footnotes) { passage in
            passage.inlines.forEachInline { if case .footnote(let label) = $0 { labels.append(label) } }
        }
        return labels
    }
}

extension [Block] {
    /// What the labels of references stand for.
    fileprivate var footnotes: [String: [Block]] {
        var known: [String: [Block]] = [:]
        for block in self {
            if case .footnote(let label, let blocks) = block.content { known[label] = blocks }
        }
        return known
    }

    /// The blocks of a document with each footnote at the end of every section that refers to it.
    func placingFootnotes() -> [Block] {
        var notes: [String: Block] = [:]
        for block in self { if case .footnote(let label, _) = block.content { notes[label] = block } }
        guard !notes.isEmpty else { return self }
        var result: [Block] = []
        result.reserveCapacity(count)
        var labels: [String] = []
        func endSection() {
            // What a footnote refers to is appended while they are gone through.
            var index = 0
            while index < labels.count {
                if let note = notes[labels[index]] {
                    result.append(note)
                    labels += note.footnoteReferences.filter { !labels.contains($0) }
                }
                index += 1
            }
            labels = []
        }
        for block in self where !block.isFootnote {
            if block.isHeading { endSection() }
            labels += block.footnoteReferences.filter { !labels.contains($0) }
            result.append(block)
        }
        endSection()
        return result
    }

    /// The lines that code stands on.
    var codeLines: Set<Int> {
        var lines: Set<Int> = []
        func collect(_ blocks: [Block]) {
            for block in blocks {
                switch block.content {
                case .code: if let range = block.range { lines.formUnion(range.start.line...range.end.line) }
                case .list(let list): for item in list.items { collect(item.blocks) }
                case .quote(let inner), .callout(_, let inner), .footnote(_, let inner): collect(inner)
                case .paragraph, .heading, .thematicBreak, .table: break
                }
            }
        }
        collect(self)
        return lines
    }
}

extension [Inline] {
    /// The same with other labels of references; nil for one that is left out.
    fileprivate func mappingFootnotes(_ label: (String) -> String?) -> [Inline] {
        compactMap { inline in
            switch inline {
            case .footnote(let old): label(old).map { .footnote($0) }
            case .emphasis(let content): .emphasis(content.mappingFootnotes(label))
            case .strong(let content): .strong(content.mappingFootnotes(label))
            case .strikethrough(let content): .strikethrough(content.mappingFootnotes(label))
            case .link(var link):
                {
                    link.content = link.content.mappingFootnotes(label)
                    return .link(link)
                }()
            case .text, .lineBreak, .code, .image, .placeholder, .value: inline
            }
        }
    }
}
