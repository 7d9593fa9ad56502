/// The layout with everything filled in that many pages share, cut where a page's own values go.
///
/// Header, navigation and footer are the same for all pages of an edition at one depth; rendering them once and
/// copying them is what makes large sites quick.
struct Frame: Sendable {
    enum Slot: UInt8, CaseIterable, Sendable {
        case title = 1
        case description, main, kind, path
        /// The page's folder in addresses: `rights/`, or nothing.
        case folder

        /// Stands in the layout until a page is put in. Text never holds a NUL: reading and writing refuse it.
        var mark: String { "\u{0}" + String(Character(Unicode.Scalar(0x40 + rawValue))) }
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
        var title: [UInt8]
        var description: [UInt8]
        var main: String
        var kind: String
        var path: String
        var folder: String
    }

    func page(_ values: Values) -> [UInt8] {
        var values = values
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size + values.main.utf8.count + 512)
        for piece in pieces {
            switch piece {
            case .bytes(let part): bytes.append(contentsOf: part)
            case .slot(.title): bytes.append(contentsOf: values.title)
            case .slot(.description): bytes.append(contentsOf: values.description)
            case .slot(.main): values.main.withUTF8 { bytes.append(contentsOf: $0) }
            case .slot(.kind): values.kind.withUTF8 { bytes.append(contentsOf: $0) }
            case .slot(.path): HTML.append(values.path, to: &bytes)
            case .slot(.folder): HTML.append(values.folder, to: &bytes)
            }
        }
        return bytes
    }
}
