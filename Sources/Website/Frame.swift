/// A template with everything filled in that many pages share, cut where a page's own values go.
///
/// Header, navigation and footer are the same for all pages of an edition at one depth, and within them ordinary pages
/// differ only in their texts. Rendering the templates once and copying bytes is what makes large sites quick.
struct Frame: Sendable {
    enum Slot: UInt8, CaseIterable, Sendable {
        // Of the layout.
        case documentTitle = 1
        case description, main, kind, path
        /// The page's folder in addresses: `rights/`, or nothing.
        case folder
        // Of an ordinary page.
        case title, summary, contents, introduction, sections, reviewed, reviewedDate
        /// The title in a second language.
        case secondTitle
        /// Of the layout: whom of the young people the page is for, or nothing.
        case reader
        /// Of the layout: the style sheets of the page alone.
        case styles

        /// Stands in the layout until a page is put in. Text never holds a NUL: reading and writing refuse it.
        var mark: String { "\u{0}" + String(Character(Unicode.Scalar(0x40 + rawValue))) }
        var words: Words { Words(mark) }
    }

    /// A flag of an entry of the navigation that only the page decides, as a section around part of a template.
    enum Flag: UInt8, Sendable {
        /// The entry leads to the page itself.
        case isCurrent = 0x2B
        /// It leads to another page.
        case isOther = 0x2D

        /// What the section comes out as: its text between marks.
        func marked(_ text: String, entry: Int) -> String {
            "\u{0}" + String(Character(Unicode.Scalar(rawValue))) + "\(entry);" + text + Self.end
        }

        private static let end = "\u{0}" + String(Character(Unicode.Scalar(endLetter)))
        fileprivate static let endLetter: UInt8 = 0x2F
    }

    private enum Piece: Sendable {
        case bytes([UInt8])
        case slot(Slot)
        /// What stands up to the piece `end` is only for some pages.
        case section(Flag, entry: Int, end: Int)
    }

    /// Whether the style sheets of a page have a place of their own, in the head.
    let hasStyles: Bool
    private let pieces: [Piece]
    private let size: Int

    /// - Parameter html: With the marks of slots.
    init(_ html: [UInt8]) {
        var pieces: [Piece] = []
        var current: [UInt8] = []
        var size = 0
        var open: [Int] = []
        var iterator = html.makeIterator()
        while let byte = iterator.next() {
            guard byte == 0 else {
                current.append(byte)
                continue
            }
            guard let letter = iterator.next() else { break }
            size += current.count
            pieces.append(.bytes(current))
            current = []
            if let slot = Slot(rawValue: letter &- 0x40) {
                pieces.append(.slot(slot))
            } else if let flag = Flag(rawValue: letter) {
                var entry = 0
                while let digit = iterator.next(), digit != UInt8(ascii: ";") {
                    entry = entry * 10 + Int(digit &- 0x30)
                }
                open.append(pieces.count)
                pieces.append(.section(flag, entry: entry, end: 0))
            } else if letter == Flag.endLetter, let start = open.popLast(),
                case .section(let flag, let entry, _) = pieces[start]
            {
                pieces[start] = .section(flag, entry: entry, end: pieces.count)
            }
        }
        size += current.count
        pieces.append(.bytes(current))
        hasStyles = pieces.contains { if case .slot(.styles) = $0 { true } else { false } }
        self.pieces = pieces
        self.size = size
    }

    /// What a page puts into the slots; all of it is HTML already.
    struct Values {
        private var slots = [[UInt8]](repeating: [], count: Slot.allCases.count + 1)

        subscript(slot: Slot) -> [UInt8] {
            get { slots[Int(slot.rawValue)] }
            set { slots[Int(slot.rawValue)] = newValue }
        }

        var size: Int { slots.reduce(0) { $0 + $1.count } }

        /// Moves the style sheets that the page's own template names in its first lines out of `main`. A browser draws what
        /// stands before a style sheet in the text while it waits for it: then what is there already would move.
        mutating func separateStyles() {
            let main = self[.main]
            var end = main.startIndex
            while main[end...].starts(with: Self.styleSheet),
                let line = main[end...].firstIndex(of: UInt8(ascii: "\n"))
            {
                end = line + 1
            }
            guard end > main.startIndex else { return }
            self[.styles] = Array(main[..<end])
            self[.main] = Array(main[end...])
        }

        private static let styleSheet = Array(#"<link rel="stylesheet""#.utf8)
    }

    /// - Parameter current: The page's own entry in the navigation, if it has one.
    func page(_ values: Values, current: Int?) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size + values.size + 256)
        var index = 0
        while index < pieces.count {
            switch pieces[index] {
            case .bytes(let part): bytes.append(contentsOf: part)
            case .slot(let slot): bytes.append(contentsOf: values[slot])
            case .section(let flag, let entry, let end):
                switch flag {
                case .isCurrent: if entry != current { index = end - 1 }
                case .isOther: if entry == current { index = end - 1 }
                }
            }
            index += 1
        }
        return bytes
    }
}
