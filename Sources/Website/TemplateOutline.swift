import Guidance
import Synchronization
import Translations
import Workspace

/// What a template comes out as for all contexts of one structure, cut where their texts go.
///
/// Which texts, flags and lists a context has decides how a template comes out; what the texts say does not. So a template is
/// rendered once for each structure, with marks in the place of texts, and pages of the same structure (of other councils, in
/// other languages, at another depth) have their own texts put in. The library looks each name up at each of its places.
struct TemplateOutline: Sendable {
    /// Whether a text is escaped, and whether it is running text, in which words of another script are marked.
    struct Form: OptionSet, Sendable {
        let rawValue: UInt8
        static let escaped = Form(rawValue: 1)
        static let running = Form(rawValue: 2)
    }

    private enum Piece: Sendable {
        case html([UInt8])
        case text(TextSlot, Form)
        /// Running text of the template's own.
        case running([UInt8])
    }

    private let pieces: [Piece]

    /// - Parameter rendered: The template, rendered with a context whose texts are marks.
    init(_ rendered: String) {
        var pieces: [Piece] = []
        var html: [UInt8] = []
        var rest = Array(rendered.utf8)[...]
        func end() {
            if !html.isEmpty { pieces.append(.html(html)) }
            html = []
        }
        while let byte = rest.popFirst() {
            switch byte {
            case TextSlot.start:
                end()
                guard let (slot, form) = TextSlot.read(&rest) else { continue }
                pieces.append(.text(slot, form))
            case UInt8(TextMarks.open.value):
                end()
                var own = rest.prefix { $0 != UInt8(TextMarks.close.value) }
                rest = rest.dropFirst(own.count + 1)
                if own.first == TextSlot.start, own.last == TextSlot.end,
                    own.count(where: { $0 == TextSlot.start }) == 1
                {
                    own.removeFirst()
                    guard let (slot, form) = TextSlot.read(&own) else { continue }
                    pieces.append(.text(slot, form.union(.running)))
                } else if !own.isEmpty {
                    pieces.append(.running(Array(own)))
                }
            default: html.append(byte)
            }
        }
        end()
        self.pieces = pieces
    }

    /// The template with the texts of a context of the same structure.
    func filled(_ texts: ContextTexts, _ setting: TextSetting) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16_384)
        for piece in pieces {
            switch piece {
            case .html(let html): bytes += html
            case .running(let html): TextMarks.write(html[...], setting, to: &bytes)
            case .text(let slot, let form):
                var text = texts[slot]
                if form == .escaped {
                    EscapedText.append(text, to: &bytes)
                } else if form == [.escaped, .running], !text.utf8.contains(0) {
                    TextRuns.write(text, setting, to: &bytes)
                } else if form.contains(.running) {
                    if form.contains(.escaped) { text = EscapedText().escapeText(text) }
                    TextMarks.write(Array(text.utf8)[...], setting, to: &bytes)
                } else {
                    bytes.append(contentsOf: text.utf8)
                }
            }
        }
        return bytes
    }

    /// The outlines of a theme's templates by the structures that were met.
    final class Memo: Sendable {
        private struct Key: Hashable {
            var template: String
            var isMarked: Bool
            var structure: ContentHash
        }

        /// About 30 KB each. More are only met where hardly any structure is met again.
        private static let most = 1000

        private let known = Mutex<[Key: TemplateOutline]>([:])

        func outline(
            _ template: String, isMarked: Bool, _ texts: ContextTexts, render: () -> String
        ) -> TemplateOutline {
            let key = Key(template: template, isMarked: isMarked, structure: texts.structure)
            if let outline = known.withLock({ $0[key] }) { return outline }
            let outline = TemplateOutline(render())
            known.withLock { known in
                if known.count >= Self.most { known.removeAll() }
                known[key] = outline
            }
            return outline
        }
    }
}

/// Where a text of a context stands in an outline.
enum TextSlot: Sendable {
    /// By its number among the texts.
    case text(Int)
    /// A name of one of the parts that know their texts by name.
    case named(Int, String)

    // Text holds none of the two: reading refuses them.
    static let start: UInt8 = 3
    static let end: UInt8 = 4
    static let isRaw = UInt8(ascii: "R")
    static let isEscaped = UInt8(ascii: "E")

    /// What stands for the text while a template is rendered.
    var mark: String {
        switch self {
        case .text(let number): "\u{3}R\(number)\u{4}"
        case .named(let part, let name): "\u{3}R\(part).\(name)\u{4}"
        }
    }

    /// Reads a mark after its first character.
    static func read(_ rest: inout ArraySlice<UInt8>) -> (TextSlot, TemplateOutline.Form)? {
        let own = rest.prefix { $0 != end }
        rest = rest.dropFirst(own.count + 1)
        let form: TemplateOutline.Form = own.first == isEscaped ? .escaped : []
        let words = String(decoding: own.dropFirst(), as: UTF8.self)
        let parts = words.split(separator: ".", maxSplits: 1)
        guard let number = parts.first.flatMap({ Int($0) }) else { return nil }
        return (parts.count == 1 ? .text(number) : .named(number, String(parts[1])), form)
    }
}

/// The texts of a context in order, and the structure that they stand in.
struct ContextTexts {
    private var texts: [String] = []
    private var named: [any MustacheNames] = []
    private var digest = Digest()

    /// Nothing if there is a value of a type whose structure is not known.
    init?(_ context: Context) {
        guard read(context) else { return nil }
    }

    var structure: ContentHash { digest.hash }

    subscript(slot: TextSlot) -> String {
        switch slot {
        case .text(let number): texts[number]
        case .named(let part, let name): named[part].text(name) ?? ""
        }
    }

    private enum Kind: Int { case text, absent, yes, no, context, list, entry, named, fixed, end }

    private mutating func add(_ kind: Kind) { digest.add(number: kind.rawValue) }

    private mutating func read(_ context: Context) -> Bool {
        add(.context)
        for (name, value) in context.sorted {
            digest.add(text: name)
            guard read(value) else { return false }
        }
        add(.end)
        guard let outer = context.outer else { return true }
        return read(outer)
    }

    private mutating func read(_ value: Any) -> Bool {
        switch value {
        case let words as Words:
            add(.text)
            texts.append(words.renderText)
        case is Absent: add(.absent)
        case let flag as Bool: add(flag ? .yes : .no)
        case let context as Context: return read(context)
        case let list as [Context]:
            add(.list)
            for context in list { guard read(context) else { return false } }
            add(.end)
        case let list as [ListEntry]:
            add(.list)
            for entry in list {
                add(.entry)
                digest.add(number: entry.number)
                guard read(entry.values) else { return false }
            }
            add(.end)
        case let names as any MustacheNames:
            add(.named)
            named.append(names)
        case is InlineContext: add(.fixed)
        default: return false
        }
        return true
    }

    // MARK: - Marks

    /// A context of the same structure with marks for texts; goes through it in the order of `read`.
    static func marked(_ context: Context) -> Context {
        var marks = Marks()
        return marks.marked(context)
    }

    private struct Marks {
        private var texts = 0
        private var named = 0

        mutating func marked(_ context: Context) -> Context {
            var values: [String: any Sendable] = [:]
            for (name, value) in context.sorted { values[name] = marked(value) }
            return Context(values, over: context.outer.map { marked($0) })
        }

        private mutating func mark() -> Words {
            defer { texts += 1 }
            return Words(TextSlot.text(texts).mark)
        }

        private mutating func marked(_ value: any Sendable) -> any Sendable {
            switch value {
            case is Words: return mark()
            case let context as Context: return marked(context)
            case let list as [Context]: return list.map { marked($0) }
            case let list as [ListEntry]:
                return list.map { ListEntry(values: marked($0.values), number: $0.number) }
            case let names as any MustacheNames:
                defer { named += 1 }
                return MarkedNames(part: named, names: names)
            default: return value
            }
        }
    }

    /// Gives a mark for each name that the part has.
    private struct MarkedNames: MustacheNames {
        let part: Int
        let names: any MustacheNames

        func text(_ name: String) -> String? {
            names.text(name) == nil ? nil : TextSlot.named(part, name).mark
        }
    }
}
