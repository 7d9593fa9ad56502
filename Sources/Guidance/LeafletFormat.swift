/// The sizes and foldings a leaflet can be made in.
public enum LeafletFormat: String, CaseIterable, Comparable, Sendable {
    /// A4 pages, 14 pt.
    case a4
    /// A5 pages, 12 pt; for the printer two on a side of A4, to be stapled.
    case booklet
    /// A4 folded in three; for reading, six panels.
    case trifold
    /// A4 pages, 18 pt.
    case largePrint = "large-print"
    /// A4 pages with fields to type in, for a screen.
    case form
    /// A book for phones and e-readers, without pages.
    case epub
    /// Pages of braille, ready to be embossed, for a transcriber.
    case braille

    /// Whether the file for the printer differs from the file for reading.
    public var isImposed: Bool { self == .booklet || self == .trifold }

    /// Whether it can be printed.
    package var isPaper: Bool {
        switch self {
        case .a4, .booklet, .trifold, .largePrint: true
        case .form, .epub, .braille: false
        }
    }

    /// Whether it can be made in two languages side by side: the others have too little room, or pages of another sort.
    package var canBePaired: Bool { self == .a4 || self == .largePrint }

    /// Whether it has pages of its own.
    package var hasPages: Bool { self != .epub }

    /// Whether links can be pressed; otherwise what they lead to is written out.
    package var hasLinks: Bool { self == .epub }

    /// The ending of its file for reading.
    package var ending: String {
        switch self {
        case .a4, .booklet, .trifold, .largePrint, .form: ".pdf"
        case .epub: ".epub"
        case .braille: ".brf"
        }
    }

    public static func < (a: LeafletFormat, b: LeafletFormat) -> Bool { a.rawValue < b.rawValue }
}
