import Workspace

/// One block's running text: the unit that is translated.
///
/// A paragraph, a heading, the text of a list item and a table cell each hold one passage.
public struct Passage: Hashable, Sendable {
    public var inlines: [Inline]
    /// How the text relates to the language of the page it is shown on.
    public var translation: TranslationState
    /// Where the text stands in its source file.
    public var range: SourceRange?

    public init(_ inlines: [Inline], translation: TranslationState = .current, range: SourceRange? = nil) {
        self.inlines = inlines
        self.translation = translation
        self.range = range
    }

    public init(_ text: String, range: SourceRange? = nil) {
        self.init([.text(text)], range: range)
    }

    public var plainText: String { inlines.plainText }
}

/// How a passage relates to the language of the page it is shown on.
public enum TranslationState: Hashable, Sendable {
    /// In the page's language, and up to date.
    case current
    /// In the page's language, but the source text has changed since.
    case stale
    /// In the source language, because the translation is out of date and could mislead.
    case replaced
    /// In the source language, because there is no translation.
    case missing

    /// Whether the text is in the source language on a page of another language.
    public var isFallback: Bool { self == .replaced || self == .missing }
}

/// A block of a Markdown document.
public struct Block: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        case paragraph(Passage)
        /// A heading inside a section's blocks (deeper than sections go), or of a plain document.
        case heading(level: Int, Passage)
        case list(List)
        case quote([Block])
        /// `> [!NOTE]`: what must not be overlooked.
        case callout(Callout, [Block])
        /// `[^label]: …`: what a reference within the same section stands for; it comes after the section's other blocks.
        case footnote(label: String, [Block])
        case code(info: String, text: String)
        case thematicBreak
        case table(Table)
    }

    public struct List: Hashable, Sendable {
        /// The first number of an ordered list; nil for bullets.
        public var start: Int?
        /// No blank lines between items: paragraphs show without space between them.
        public var isTight: Bool
        public var items: [Item]

        public init(start: Int? = nil, isTight: Bool = true, items: [Item]) {
            self.start = start
            self.isTight = isTight
            self.items = items
        }

        /// Which of the items is the reader's seat, in a list that is drawn as people round a table; nil in others.
        package var yourSeat: Int? {
            start == nil ? nil : items.firstIndex { $0.attributes?.isYourSeat ?? false }
        }
    }

    public struct Item: Hashable, Sendable {
        public var blocks: [Block]
        private var box: Box<Attributes>?

        public var attributes: Attributes? {
            get { box?.value }
            set { box = newValue.map(Box.init) }
        }

        public init(blocks: [Block], attributes: Attributes? = nil) {
            self.blocks = blocks
            box = attributes.map(Box.init)
        }

        fileprivate var hasAttributes: Bool { box != nil }
    }

    public struct Table: Hashable, Sendable {
        public enum Alignment: Hashable, Sendable { case none, start, centre, end }

        public var alignments: [Alignment]
        public var header: [Passage]
        public var rows: [[Passage]]

        public init(alignments: [Alignment], header: [Passage], rows: [[Passage]]) {
            self.alignments = alignments
            self.header = header
            self.rows = rows
        }
    }

    /// What a block and everything in it have, so that what looks for it need not walk through all blocks.
    public struct Traits: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// A placeholder, a link or a picture: what depends on the edition it is shown in.
        public static let references = Traits(rawValue: 1)
        /// `{…}` with an id or a condition.
        public static let attributes = Traits(rawValue: 2)
        /// A digit in text that is not code: without one there is no number to check.
        public static let digits = Traits(rawValue: 4)
        /// A footnote, or a reference to one.
        package static let footnotes = Traits(rawValue: 8)

        /// Whether a block with these may hold what somebody looks for; for no traits, whatever it is.
        fileprivate func meet(_ wanted: Traits) -> Bool { wanted.isEmpty || !isDisjoint(with: wanted) }
    }

    public var content: Content {
        didSet { updateTraits() }
    }
    /// Where the block starts and ends in its source file.
    public var range: SourceRange?
    public private(set) var traits: Traits = []
    private var box: Box<Attributes>?

    public var attributes: Attributes? {
        get { box?.value }
        set {
            box = newValue.map(Box.init)
            if box != nil { traits.insert(.attributes) } else { updateTraits() }
        }
    }

    public init(_ content: Content, range: SourceRange? = nil, attributes: Attributes? = nil) {
        self.content = content
        self.range = range
        box = attributes.map(Box.init)
        updateTraits()
    }

    private mutating func updateTraits() {
        traits = content.traits
        if box != nil { traits.insert(.attributes) }
    }

    public static func paragraph(_ text: String) -> Block { Block(.paragraph(Passage(text))) }
}

extension Block.Content {
    fileprivate var traits: Block.Traits {
        var traits: Block.Traits = []
        switch self {
        case .paragraph(let passage), .heading(_, let passage): traits = passage.inlines.traits
        case .list(let list):
            for index in list.items.indices {
                if list.items[index].hasAttributes { traits.insert(.attributes) }
                traits.formUnion(list.items[index].blocks.traits)
            }
        case .quote(let blocks), .callout(_, let blocks): traits = blocks.traits
        case .footnote(_, let blocks): traits = blocks.traits.union(.footnotes)
        case .table(let table):
            for cell in table.header { traits.formUnion(cell.inlines.traits) }
            for row in table.rows { for cell in row { traits.formUnion(cell.inlines.traits) } }
        case .code, .thematicBreak: break
        }
        return traits
    }
}

/// Keeps a rare, large value out of line.
private final class Box<Value: Hashable & Sendable>: Hashable, Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }

    static func == (a: Box, b: Box) -> Bool { a.value == b.value }
    func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

/// What `{…}` at the end of a heading, paragraph or list item says.
public struct Attributes: Hashable, Sendable {
    /// `{#id}`.
    public var id: String?
    public var conditions: [Condition]
    /// `{remove}`: this section of the shared guidance is not for this council.
    public var removes: Bool
    /// `{after=id}`: where a new section goes.
    public var after: String?
    /// `{your-turn}`: the reader's turn to speak.
    public var isYourTurn: Bool
    /// `{your-seat}`: where the reader sits; its list is drawn as people round a table.
    package var isYourSeat = false
    /// `{deadline=fact}`: the fact that says when this happens.
    package var deadline: String?
    /// `{answer=6}`: room for the reader's own words.
    package var answer: Answer?
    /// `{easy}`: the words of the section around it once more, in easy words.
    package var isEasy = false
    /// `{picture=meeting}`: the picture beside a paragraph in easy words; in an edition, its path below the content
    /// folder.
    package var picture: String?
    /// `{ignore=Rule because="…"}`: rules whose problems in this block are meant.
    package var ignoredRules: [String] = []
    /// Why they are meant.
    package var reason: String?
    /// Where the braces stand.
    public var range: SourceRange?

    public init(
        id: String? = nil, conditions: [Condition] = [], removes: Bool = false, after: String? = nil,
        isYourTurn: Bool = false, range: SourceRange? = nil
    ) {
        self.id = id
        self.conditions = conditions
        self.removes = removes
        self.after = after
        self.isYourTurn = isYourTurn
        self.range = range
    }
}

/// Room that a reader gets below a heading.
package enum Answer: Hashable, Sendable {
    /// So many lines to write on.
    case lines(Int)
    /// A frame to draw in.
    case drawing
}

/// `when=` or `unless=` and what it asks about.
public struct Condition: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        /// `when=recording`: the council has this fact, and it is not `no`.
        case fact(String)
        /// `when=contact:chair`: the council or the portal has this contact.
        case contact(String)
        /// `when=nation:wales`.
        case nation(String)
    }

    public var subject: Subject
    /// True for `unless`.
    public var isNegated: Bool
    public var range: SourceRange?

    public init(_ subject: Subject, isNegated: Bool = false, range: SourceRange? = nil) {
        self.subject = subject
        self.isNegated = isNegated
        self.range = range
    }
}

extension [Block] {
    /// What any of them has.
    public var traits: Block.Traits {
        // By index, so that no block is copied to look at it.
        var traits: Block.Traits = []
        for index in indices { traits.formUnion(self[index].traits) }
        return traits
    }

    /// Visits passages in reading order.
    ///
    /// - Parameter traits: Only passages in blocks that have one of these are visited; of none, every passage.
    public func forEachPassage(in traits: Block.Traits = [], _ visit: (Passage) -> Void) {
        for index in indices where self[index].traits.meet(traits) {
            switch self[index].content {
            case .paragraph(let passage), .heading(_, let passage): visit(passage)
            case .list(let list):
                for item in list.items.indices { list.items[item].blocks.forEachPassage(in: traits, visit) }
            case .quote(let blocks), .callout(_, let blocks), .footnote(_, let blocks):
                blocks.forEachPassage(in: traits, visit)
            case .table(let table):
                table.header.forEach(visit)
                for row in table.rows { row.forEach(visit) }
            case .code, .thematicBreak: break
            }
        }
    }

    /// The same blocks with some passages changed; what has none of these is shared, not copied.
    ///
    /// - Parameters:
    ///   - traits: Only passages in blocks that have one of these are visited; of none, every passage.
    ///   - transform: In reading order; nil for a passage that stays as it is.
    public func replacingPassages(
        in traits: Block.Traits = [], _ transform: (Passage) -> Passage?
    ) -> [Block] {
        guard indices.contains(where: { self[$0].traits.meet(traits) }) else { return self }
        var result = self
        _ = result.replacePassages(in: traits, transform)
        return result
    }

    /// Returns whether anything was changed; until then nothing is copied.
    private mutating func replacePassages(
        in traits: Block.Traits, _ transform: (Passage) -> Passage?
    ) -> Bool {
        var hasChanged = false
        for index in indices where self[index].traits.meet(traits) {
            switch self[index].content {
            case .paragraph(let passage):
                guard let new = transform(passage) else { continue }
                self[index].content = .paragraph(new)
            case .heading(let level, let passage):
                guard let new = transform(passage) else { continue }
                self[index].content = .heading(level: level, new)
            case .list(var list):
                var isNew = false
                for item in list.items.indices {
                    var blocks = list.items[item].blocks
                    guard blocks.replacePassages(in: traits, transform) else { continue }
                    list.items[item].blocks = blocks
                    isNew = true
                }
                guard isNew else { continue }
                self[index].content = .list(list)
            case .quote(var blocks):
                guard blocks.replacePassages(in: traits, transform) else { continue }
                self[index].content = .quote(blocks)
            case .callout(let kind, var blocks):
                guard blocks.replacePassages(in: traits, transform) else { continue }
                self[index].content = .callout(kind, blocks)
            case .footnote(let label, var blocks):
                guard blocks.replacePassages(in: traits, transform) else { continue }
                self[index].content = .footnote(label: label, blocks)
            case .table(var table):
                var isNew = false
                for column in table.header.indices {
                    guard let new = transform(table.header[column]) else { continue }
                    table.header[column] = new
                    isNew = true
                }
                for row in table.rows.indices {
                    for column in table.rows[row].indices {
                        guard let new = transform(table.rows[row][column]) else { continue }
                        table.rows[row][column] = new
                        isNew = true
                    }
                }
                guard isNew else { continue }
                self[index].content = .table(table)
            case .code, .thematicBreak: continue
            }
            hasChanged = true
        }
        return hasChanged
    }

    /// The same blocks with every passage changed, in reading order.
    public func mapPassages(_ transform: (Passage) -> Passage) -> [Block] {
        replacingPassages { transform($0) }
    }
}
