import Guidance
import Mustache
import Translations

/// The values of one template or section, found by name and without reflection.
struct Context: MustacheParent {
    private(set) var values: [String: any Sendable]
    private let parent: Parent?

    private final class Parent: Sendable {
        let context: Context
        init(_ context: Context) { self.context = context }
    }

    init(_ values: [String: any Sendable], over parent: Context? = nil) {
        self.values = values
        self.parent = parent.map { Parent($0) }
    }

    func child(named name: String) -> Any? {
        values[name] ?? parent?.context.child(named: name)
    }

    /// Where names are looked up that are not here.
    var outer: Context? { parent?.context }

    /// The values here by their names, in the order of names.
    var sorted: [(key: String, value: any Sendable)] { values.sorted { $0.key < $1.key } }

    /// The values here and further out.
    var allValues: [String: any Sendable] {
        parent.map { $0.context.allValues.merging(values) { $1 } } ?? values
    }

    subscript(name: String) -> (any Sendable)? {
        get { values[name] }
        set { values[name] = newValue }
    }
}

extension Context: Sendable {}

/// Text or HTML. Whether it is escaped is the template's affair, which the check of the theme has judged.
struct Words: MustacheParent, MustacheCustomRenderable, Sendable {
    let renderText: String

    init(_ text: String) { renderText = text }
    init(_ bytes: [UInt8]) { renderText = String(decoding: bytes, as: UTF8.self) }

    var isNull: Bool { false }
    // Without this the library would reflect on the text to look for names in it.
    func child(named name: String) -> Any? { nil }
}

/// A declared name that has no value here. It hides a value of the same name further out.
struct Absent: MustacheParent, MustacheCustomRenderable, Sendable {
    var renderText: String { "" }
    var isNull: Bool { true }
    func child(named name: String) -> Any? { nil }
}

/// Text that may be absent.
func optionalWords(_ text: String?) -> any Sendable {
    if let text { Words(text) } else { Absent() }
}

/// HTML that may be absent; none is the same as empty.
func optionalWords(_ bytes: [UInt8]) -> any Sendable {
    if bytes.isEmpty { Absent() } else { Words(bytes) }
}

/// Texts by names, of which not all are looked up.
protocol MustacheNames: MustacheParent, Sendable {
    /// - Returns: nil for a name that has no text, in every context of the theme.
    func text(_ name: String) -> String?
}

extension MustacheNames {
    func child(named name: String) -> Any? { text(name).map { Words($0) } }
}

/// `string.<key>` in templates.
struct StringsContext: MustacheNames {
    let strings: InterfaceStrings
    func text(_ name: String) -> String? { strings[name] }
}

/// `asset.<name>`: its address from the page.
struct AssetsContext: MustacheNames {
    /// Published names by template name.
    let names: [String: String]
    /// From the page to the top of the site.
    let root: String
    func text(_ name: String) -> String? { names[name].map { root + $0 } }
}

/// `inline.<name>`: its content.
struct InlineContext: MustacheParent, Sendable {
    let contents: [String: String]
    func child(named name: String) -> Any? { contents[name].map { Words($0) } }
}

/// An entry of the navigation or of the list of topics. Which one the page itself is, its frame does not know: the
/// sections that ask for it are marked, and decided when a page is put in.
struct ListEntry: MustacheParent, Sendable {
    let values: Context
    /// Its place in the list.
    let number: Int

    static let flags: [String: Frame.Flag] = ["is-current": .isCurrent, "is-other": .isOther]

    func child(named name: String) -> Any? {
        guard let flag = Self.flags[name] else { return values.child(named: name) }
        return MustacheLambda { flag.marked($0, entry: number) }
    }
}

/// The five escapes of HTML, byte by byte. The library's own go through a text by its graphemes.
struct EscapedText: MustacheContentType {
    /// A line before a template whose values are escaped so; the line itself leaves nothing.
    static let pragma = "{{% CONTENT_TYPE: escaped }}\n"

    static func register() { MustacheContentTypes.register(EscapedText(), named: "escaped") }

    func escapeText(_ text: String) -> String {
        var text = text
        return text.withUTF8 { source in
            if source.first == TextSlot.start {
                var mark = Array(source)
                mark[1] = TextSlot.isEscaped
                return String(decoding: mark, as: UTF8.self)
            }
            guard Self.hasEntities(source) else { return nil }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(source.count + 16)
            Self.append(source, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        } ?? text
    }

    static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { source in
            if hasEntities(source) { append(source, to: &bytes) } else { bytes.append(contentsOf: source) }
        }
    }

    // Marks of slots go through as they are.
    private static func hasEntities(_ source: UnsafeBufferPointer<UInt8>) -> Bool {
        source.contains { $0 != 0 && HTML.entity($0) != nil }
    }

    private static func append(_ source: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        for byte in source {
            if byte != 0, let entity = HTML.entity(byte) {
                entity.withUTF8Buffer { bytes.append(contentsOf: $0) }
            } else {
                bytes.append(byte)
            }
        }
    }
}

/// Renders checked templates.
struct TemplateRenderer: Sendable {
    private let library: MustacheLibrary
    /// The same templates with marks around the values in running text.
    private let marked: MustacheLibrary
    private let outlines = TemplateOutline.Memo()
    /// Sees every context before it is rendered, so that tests can hold it against the contract.
    var observe: (@Sendable (_ template: String, _ context: Context) -> Void)?

    init(_ library: MustacheLibrary, marked: MustacheLibrary) {
        self.library = library
        self.marked = marked
    }

    /// - Parameter setting: Of the page's language. Where words of another script can stand in its texts, each
    ///   value that a template prints as running text has them marked.
    /// - Returns: HTML in UTF-8.
    func render(_ context: Context, withTemplate name: String, in setting: TextSetting) -> [UInt8] {
        observe?(name, context)
        guard let texts = ContextTexts(context) else {
            return renderAnew(context, withTemplate: name, in: setting)
        }
        let isMarked = setting != .latinScript
        let outline = outlines.outline(name, isMarked: isMarked, texts) {
            rendered(ContextTexts.marked(context), name, isMarked: isMarked)
        }
        return outline.filled(texts, setting)
    }

    private func rendered(_ context: Context, _ name: String, isMarked: Bool) -> String {
        (isMarked ? marked : library).render(context, withTemplate: name) ?? ""
    }

    /// The same without an outline.
    func renderAnew(_ context: Context, withTemplate name: String, in setting: TextSetting) -> [UInt8] {
        guard setting != .latinScript else { return Array(rendered(context, name, isMarked: false).utf8) }
        return TextMarks.resolve(rendered(context, name, isMarked: true), setting)
    }
}
