import Workspace

/// A piece of running text.
public enum Inline: Hashable, Sendable {
    /// Words; a line end in the source is a space.
    case text(String)
    case lineBreak
    case code(String)
    case emphasis([Inline])
    case strong([Inline])
    case strikethrough([Inline])
    indirect case link(Link)
    indirect case image(Image)
    /// `[^label]`: stands for a footnote of its section.
    case footnote(String)
    /// `{{…}}`: stands for a fact or contact until an edition fills it in.
    indirect case placeholder(Placeholder)
    /// What a placeholder was filled in with.
    indirect case value(Value)

    public struct Link: Hashable, Sendable {
        public var destination: Destination
        public var title: String
        public var content: [Inline]

        public init(destination: Destination, title: String = "", content: [Inline]) {
            self.destination = destination
            self.title = title
            self.content = content
        }
    }

    public struct Image: Hashable, Sendable {
        public var source: Destination
        public var title: String
        /// The alternative text.
        public var alternative: String

        public init(source: Destination, title: String = "", alternative: String) {
            self.source = source
            self.title = title
            self.alternative = alternative
        }
    }

    /// A reference such as `{{arrive-early}}` or `{{contact chair email}}`.
    public struct Placeholder: Hashable, Sendable {
        /// The words between the braces, with single spaces: `contact chair email`.
        public var name: String
        /// Where the braces stand in the source; nil for text that has no source file.
        public var range: SourceRange?

        public init(name: String, range: SourceRange? = nil) {
            self.name = name
            self.range = range
        }

        public static func == (a: Placeholder, b: Placeholder) -> Bool { a.name == b.name }
        public func hash(into hasher: inout Hasher) { hasher.combine(name) }
    }

    /// The value of a fact or contact, ready to show.
    public struct Value: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            /// Words in the language of the text around them.
            case words
            /// A phone number, e-mail address, URL or postcode: always left to right, never translated.
            case literal
            /// Words of the source language: beside their translation, or because they have none.
            case term
        }

        public var kind: Kind
        public var text: String
        /// Where it leads: `tel:`, `sms:`, `mailto:` or `https:`; nil for plain values.
        public var destination: String?
        /// The name of the placeholder it stands for.
        public var name: String

        public init(kind: Kind, text: String, destination: String? = nil, name: String) {
            self.kind = kind
            self.text = text
            self.destination = destination
            self.name = name
        }
    }
}

extension [Inline] {
    /// The words alone: no emphasis, no link targets; placeholders as `{{name}}`.
    public var plainText: String {
        var result = ""
        appendPlainText(to: &result)
        return result
    }

    private func appendPlainText(to result: inout String) {
        for inline in self {
            switch inline {
            case .text(let text), .code(let text): result += text
            case .lineBreak: result += " "
            case .footnote: break
            case .emphasis(let content), .strong(let content), .strikethrough(let content):
                content.appendPlainText(to: &result)
            case .link(let link): link.content.appendPlainText(to: &result)
            case .image(let image): result += image.alternative
            case .placeholder(let placeholder): result += "{{\(placeholder.name)}}"
            case .value(let value): result += value.text
            }
        }
    }

    /// Whether anything in them depends on the edition they are shown in: a placeholder, a link or a picture.
    public var haveReferences: Bool { traits.contains(.references) }

    /// What any of them has.
    var traits: Block.Traits {
        var traits: Block.Traits = []
        for inline in self {
            switch inline {
            case .text(let text): if text.hasDigit { traits.insert(.digits) }
            case .lineBreak, .code, .value: break
            case .footnote: traits.insert(.footnotes)
            case .emphasis(let content), .strong(let content), .strikethrough(let content):
                traits.formUnion(content.traits)
            case .link(let link):
                traits.insert(.references)
                traits.formUnion(link.content.traits)
            case .image, .placeholder: traits.insert(.references)
            }
        }
        return traits
    }

    /// Visits every inline, outer ones before inner ones.
    public func forEachInline(_ visit: (Inline) -> Void) {
        for inline in self {
            visit(inline)
            switch inline {
            case .emphasis(let content), .strong(let content), .strikethrough(let content):
                content.forEachInline(visit)
            case .link(let link): link.content.forEachInline(visit)
            case .text, .lineBreak, .code, .image, .footnote, .placeholder, .value: break
            }
        }
    }
}

extension String {
    fileprivate var hasDigit: Bool {
        let found = utf8.withContiguousStorageIfAvailable { bytes in
            // To the end, so that many bytes can be compared at once.
            var found = false
            for byte in bytes { found = (byte &- UInt8(ascii: "0") < 10) || found }
            return found
        }
        return found ?? utf8.contains { $0 &- UInt8(ascii: "0") < 10 }
    }
}
