import Markdown

/// Gives a translation the links and the emphasis of a message that is equal in meaning to the one it was made for.
///
/// Links are told apart by where they led before, emphasis by its order. Where that does not say what belongs where,
/// the translation stays as it is, and the difference is named.
struct MarkupTransfer {
    /// What the message has and the translation does not follow.
    enum Difference: Hashable, Comparable, Sendable {
        case link, emphasis, title

        /// What a translator reads in the catalogue, after `# `.
        var comment: String {
            switch self {
            case .link: "signpost-kept link: the English has other links now; the words are the same"
            case .emphasis:
                "signpost-kept emphasis: the English marks other words now; the words are the same"
            case .title: "signpost-kept title: the title of a link has changed in the English"
            }
        }

        private var prefix: String { String(comment.prefix { $0 != ":" }) }

        /// Whether a line of a catalogue's translator comments names this difference.
        func isNamed(by comment: String) -> Bool { comment.hasPrefix(prefix) }
    }

    private(set) var text: String
    private(set) var differences: Set<Difference> = []

    /// - Parameters:
    ///   - translation: Markdown.
    ///   - old: The message that it was made for.
    ///   - new: What the message says now.
    init(_ translation: String, from old: String, to new: String) {
        text = translation
        guard old != new else { return }
        let before = Marks(Passage(markdown: old, hasFootnotes: true).inlines)
        let after = Marks(Passage(markdown: new, hasFootnotes: true).inlines)
        guard before != after else { return }
        let original = Passage(markdown: translation, hasFootnotes: true).inlines
        var inlines = original
        moveLinks(&inlines, before.links, after.links)
        moveEmphasis(&inlines, before, after)
        if inlines != original { text = inlines.markdown }
    }

    // MARK: What a message marks

    private struct Target: Hashable {
        var destination: Destination
        var title: String
        var isImage: Bool
        /// The form of the words between the brackets.
        var words: String
    }

    private struct Emphasis: Hashable {
        var isStrong: Bool
        var words: String
    }

    private struct Marks: Hashable {
        var links: [Target] = []
        var emphasis: [Emphasis] = []
        /// Whether the first emphasis is around everything.
        var isWhole = false

        init(_ inlines: [Inline]) {
            inlines.forEachInline { inline in
                switch inline {
                case .link(let link):
                    links.append(
                        Target(
                            destination: link.destination, title: link.title, isImage: false,
                            words: MessageForm(link.content).text))
                case .image(let image):
                    links.append(
                        Target(
                            destination: image.source, title: image.title, isImage: true,
                            words: image.alternative))
                case .emphasis(let content):
                    emphasis.append(Emphasis(isStrong: false, words: MessageForm(content).text))
                case .strong(let content):
                    emphasis.append(Emphasis(isStrong: true, words: MessageForm(content).text))
                case .text, .lineBreak, .code, .strikethrough, .footnote, .placeholder, .value: break
                }
            }
            if inlines.count == 1 {
                switch inlines[0] {
                case .emphasis, .strong: isWhole = true
                default: break
                }
            }
        }

        var kinds: [Bool] { emphasis.map(\.isStrong) }
    }

    // MARK: Links

    private mutating func moveLinks(_ inlines: inout [Inline], _ old: [Target], _ new: [Target]) {
        guard old != new else { return }
        // What each of the old links has become; nil for those that are gone.
        var successors = [Target?](repeating: nil, count: old.count)
        var free = new
        for pass in 0..<3 {
            for index in old.indices where successors[index] == nil {
                let found = free.firstIndex { candidate in
                    guard candidate.isImage == old[index].isImage else { return false }
                    return switch pass {
                    case 0:
                        candidate.words == old[index].words && candidate.destination == old[index].destination
                    case 1: candidate.words == old[index].words
                    default: candidate.destination == old[index].destination
                    }
                }
                guard let found else { continue }
                successors[index] = free.remove(at: found)
            }
        }
        // One link around other words of the sentence is still that link.
        let lost = old.indices.filter { successors[$0] == nil }
        if lost.count == free.count, zip(lost, free).allSatisfy({ old[$0].isImage == $1.isImage }) {
            for index in lost { successors[index] = free.removeFirst() }
        }
        if !free.isEmpty { differences.insert(.link) }
        var left = old.indices.map { (old: old[$0], new: successors[$0]) }
        inlines = relinked(inlines, &left)
    }

    private mutating func relinked(
        _ inlines: [Inline], _ left: inout [(old: Target, new: Target?)]
    ) -> [Inline] {
        var result: [Inline] = []
        func take(_ destination: Destination, isImage: Bool) -> (old: Target, new: Target?)? {
            left.firstIndex { $0.old.destination == destination && $0.old.isImage == isImage }
                .map { left.remove(at: $0) }
        }
        for inline in inlines {
            switch inline {
            case .link(var link):
                let found = take(link.destination, isImage: false)
                link.content = relinked(link.content, &left)
                guard let found else {
                    result.append(.link(link))
                    continue
                }
                guard let new = found.new else {
                    result += link.content
                    continue
                }
                link.destination = new.destination
                link.title = title(link.title, from: found.old.title, to: new.title)
                result.append(.link(link))
            case .image(var image):
                if let found = take(image.source, isImage: true), let new = found.new {
                    image.source = new.destination
                    image.title = title(image.title, from: found.old.title, to: new.title)
                }
                result.append(.image(image))
            case .emphasis(let content): result.append(.emphasis(relinked(content, &left)))
            case .strong(let content): result.append(.strong(relinked(content, &left)))
            case .strikethrough(let content): result.append(.strikethrough(relinked(content, &left)))
            case .text, .lineBreak, .code, .footnote, .placeholder, .value: result.append(inline)
            }
        }
        return result.joiningText
    }

    /// A title in the words of the translation stays; one that was not translated follows the message.
    private mutating func title(_ mine: String, from old: String, to new: String) -> String {
        if old == new || mine == new { return mine }
        if mine == old || new.isEmpty { return new }
        differences.insert(.title)
        return mine
    }

    // MARK: Emphasis

    private mutating func moveEmphasis(_ inlines: inout [Inline], _ old: Marks, _ new: Marks) {
        guard old.emphasis != new.emphasis || old.isWhole != new.isWhole else { return }
        let mine = Marks(inlines)
        if new.emphasis.isEmpty {
            var kinds: [Bool?] = Array(repeating: nil, count: mine.emphasis.count)
            inlines = Self.emphasised(inlines, &kinds)
        } else if old.emphasis.map(\.words) == new.emphasis.map(\.words), mine.kinds == old.kinds,
            // In another order it could not be told which is which.
            Set(old.kinds).count == 1
        {
            if Set(new.kinds).count == 1 {
                var kinds: [Bool?] = new.kinds
                inlines = Self.emphasised(inlines, &kinds)
            } else {
                differences.insert(.emphasis)
            }
        } else if new.isWhole, new.emphasis.count == 1, mine.emphasis.isEmpty {
            inlines = [new.kinds[0] ? .strong(inlines) : .emphasis(inlines)]
        } else if old.emphasis != new.emphasis {
            differences.insert(.emphasis)
        }
    }

    /// The same with emphasis of the kinds given, in order: true for strong, nil for none.
    private static func emphasised(_ inlines: [Inline], _ kinds: inout [Bool?]) -> [Inline] {
        var result: [Inline] = []
        for inline in inlines {
            switch inline {
            case .emphasis(let content), .strong(let content):
                let kind = kinds.isEmpty ? nil : kinds.removeFirst()
                let inner = emphasised(content, &kinds)
                switch kind {
                case true?: result.append(.strong(inner))
                case false?: result.append(.emphasis(inner))
                case nil: result += inner
                }
            case .strikethrough(let content): result.append(.strikethrough(emphasised(content, &kinds)))
            case .link(var link):
                link.content = emphasised(link.content, &kinds)
                result.append(.link(link))
            case .text, .lineBreak, .code, .image, .footnote, .placeholder, .value: result.append(inline)
            }
        }
        return result.joiningText
    }
}
