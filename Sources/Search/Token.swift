import Workspace

/// A folded word, stem or line, told from others by its bytes.
///
/// Swift's own texts look past the Unicode form, which for letters beyond English takes most of the time of an index;
/// folded words have one form.
struct Token: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    let text: String
    private let code: UInt64

    init(_ text: String) {
        self.text = text
        code = ContentHash(text).low
    }

    init(stringLiteral text: String) { self.init(text) }

    static func == (a: Token, b: Token) -> Bool { a.code == b.code && a.text.compareBytes(with: b.text) == 0 }
    static func < (a: Token, b: Token) -> Bool { a.text.compareBytes(with: b.text) < 0 }
    func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
