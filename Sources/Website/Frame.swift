/// The layout with everything filled in that many pages share, cut where a page's own values go.
///
/// Header, navigation and footer are the same for all pages of an edition at one depth, and ordinary pages differ
/// only in their texts. Rendering the templates once and copying bytes is what makes large sites quick.
struct Frame: Sendable {
    enum Slot: UInt8, CaseIterable, Sendable {
        // Of the layout.
        case documentTitle = 1
        case description, main, kind, path
        /// The page's folder in addresses: `rights/`, or nothing.
        case folder
        // Of an ordinary page.
        case title, summary, contents, introduction, sections, reviewed, reviewedDate

        /// Stands in the layout until a page is put in. Text never holds a NUL: reading and writing refuse it.
        var mark: String { "\u{0}" + String(Character(Unicode.Scalar(0x40 + rawValue))) }
        var words: Words { Words(mark) }
    }

    private enum Piece: Sendable {
        case bytes([UInt8])
        case slot(Slot)
    }

    private let pieces: [Piece]
    private let size: Int

    init(_ text: String) {
        var pieces: [Piece] = []
        var current: [UInt8] = []
        var size = 0
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            guard byte == 0 else {
                current.append(byte)
                continue
            }
            guard let letter = iterator.next(), let slot = Slot(rawValue: letter &- 0x40) else { continue }
            size += current.count
            pieces.append(.bytes(current))
            current = []
            pieces.append(.slot(slot))
        }
        size += current.count
        pieces.append(.bytes(current))
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
    }

    func page(_ values: Values) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size + values.size + 256)
        for piece in pieces {
            switch piece {
            case .bytes(let part): bytes.append(contentsOf: part)
            case .slot(let slot): bytes.append(contentsOf: values[slot])
            }
        }
        return bytes
    }
}
