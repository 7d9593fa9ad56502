/// One cell of braille, or a sign for where lines may end.
///
/// The dots are the lowest six bits, dot 1 the lowest, as in Unicode's block of braille patterns.
typealias BrailleCell = UInt8

extension BrailleCell {
    static var blank: UInt8 { 0 }
    /// A blank that stays on the line.
    static var fixedBlank: UInt8 { 0x40 }
    /// No cell, but a place where a line may end.
    static var softBreak: UInt8 { 0x41 }
    /// No cell, but the end of a line.
    static var lineEnd: UInt8 { 0x42 }

    /// Dot 5, at the end of a line on which a word without a blank is broken off (Unified English Braille, 10.13).
    static var continuation: UInt8 { 0b010000 }
    static var numberSign: UInt8 { 0b111100 }

    /// The sign of North American ASCII braille, which files that are ready to be embossed are written in.
    var ascii: UInt8 { self < 64 ? Self.asciiSigns[Int(self)] : UInt8(ascii: " ") }

    private static let asciiSigns = Array(
        " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)=".utf8)

    /// Ten letters, a to j, are the digits.
    private static let digits: [UInt8] = [
        0b011010, 0b000001, 0b000011, 0b001001, 0b011001, 0b010001, 0b001011, 0b011011, 0b010011, 0b001010,
    ]

    /// A number, alike in all codes of six dots.
    static func number(_ number: Int) -> [UInt8] {
        [numberSign] + "\(number)".utf8.map { digits[Int($0 - UInt8(ascii: "0"))] }
    }

    /// A line from end to end (Unified English Braille, 16.2).
    static func rule(_ width: Int) -> [UInt8] {
        [0b010000] + [UInt8](repeating: 0b010010, count: Swift.max(0, width - 1))
    }
}

/// Words and how they are set.
struct BrailleBlock: Sendable {
    enum Kind: Hashable, Sendable {
        /// In the middle, with a blank line before and after.
        case title
        /// A blank line before; 1 is in the middle with one after it too, 2 begins at the fifth cell, 3 at the seventh.
        case heading(Int)
        /// Begins at the third cell, and goes on at the first.
        case paragraph
        /// In the middle, with nothing around it.
        case centred
        /// Begins at the first cell and goes on at the third; each step inwards is two cells more.
        case item(Int)
        /// A line from end to end; one that opens a box stays with what follows.
        case rule(opens: Bool)
        /// A line of the list of contents, with the page on which a block stands.
        case entry(Int)
    }

    var kind: Kind
    var cells: [BrailleCell]
    var startsPage = false
    /// A blank line stands before it.
    var isApart = false
}

/// Braille on lines and pages of a fixed size.
struct BraillePages: Sendable {
    /// Cells of each line of each page.
    private(set) var pages: [[[BrailleCell]]] = []
    /// The page on which each block begins, from 0.
    private(set) var places: [Int] = []

    private let width: Int
    /// Without the line at the top.
    private let height: Int

    /// Sets blocks.
    ///
    /// - Parameter entryPages: The numbers of pages that entries of a list of contents name, by the block's number.
    init(_ blocks: [BrailleBlock], cells: Int, lines: Int, entryPages: [Int: Int] = [:]) {
        width = cells
        height = max(1, lines - 1)
        var page: [[BrailleCell]] = []
        func turn(_ pages: inout [[[BrailleCell]]]) {
            while page.last?.isEmpty ?? false { page.removeLast() }
            if !page.isEmpty { pages.append(page) }
            page = []
        }
        let set = blocks.map { Self.lines(of: $0, width: cells, entryPages) }
        for (index, block) in blocks.enumerated() {
            if block.startsPage { turn(&pages) }
            let lines = set[index]
            let isApart = block.isApart || block.kind.isApart
            var before = isApart && !page.isEmpty && !(page.last?.isEmpty ?? true) ? 1 : 0
            // A heading stays with the two lines that follow it, and with the headings before them.
            var needed = lines.count
            if block.kind.staysWithNext {
                var next = index + 1
                while next < blocks.count, !blocks[next].startsPage {
                    let isStill = blocks[next].kind.staysWithNext
                    needed +=
                        (blocks[next].kind.isApart || blocks[next].isApart ? 1 : 0)
                        + (isStill ? set[next].count : min(2, set[next].count))
                    if !isStill { break }
                    next += 1
                }
            } else {
                needed = min(lines.count, 2)
            }
            if !page.isEmpty, page.count + before + min(needed, height) > height {
                turn(&pages)
                before = 0
            }
            if before == 1 { page.append([]) }
            places.append(pages.count)
            for line in lines {
                if page.count == height { turn(&pages) }
                page.append(line)
            }
            if block.kind.endsApart, page.count < height { page.append([]) }
        }
        turn(&pages)
    }

    /// The lines of a block, each with the blanks that it begins with.
    private static func lines(
        of block: BrailleBlock, width: Int, _ entryPages: [Int: Int]
    ) -> [[BrailleCell]] {
        func indented(_ first: Int, _ next: Int, _ narrower: Int = 0) -> [[BrailleCell]] {
            wrap(block.cells, first: width - first - narrower, next: width - next - narrower)
                .enumerated().map { number, line in
                    let indent = number == 0 ? first : next
                    return line.isEmpty ? [] : [UInt8](repeating: .blank, count: indent) + line
                }
        }
        func centred(_ room: Int) -> [[BrailleCell]] {
            wrap(block.cells, first: room, next: room).map { line in
                [UInt8](repeating: .blank, count: (width - line.count) / 2) + line
            }
        }
        switch block.kind {
        // At least three cells are left on either side, so that it is felt to be in the middle.
        case .title, .centred, .heading(1): return centred(width - 6)
        case .heading(let level):
            let indent = level == 2 ? 4 : 6
            return indented(indent, indent)
        case .paragraph: return indented(2, 0)
        case .item(let depth):
            let indent = min(2 * depth, width / 3)
            return indented(indent, indent + 2)
        case .rule: return [BrailleCell.rule(width)]
        case .entry(let number):
            // The number has its own cells, whatever it is: so the list is as long before its pages are known.
            var lines = indented(0, 2, Self.numberRoom)
            guard let last = lines.popLast() else { return [] }
            let page = entryPages[number].map(BrailleCell.number) ?? []
            let gap = width - last.count - page.count
            // Fewer than two guide dots guide nobody.
            let leaders =
                gap >= 4
                ? [.blank] + [UInt8](repeating: .continuation, count: gap - 2) + [.blank]
                : [UInt8](repeating: .blank, count: max(1, gap))
            return lines + [last + leaders + page]
        }
    }

    /// A blank, the number sign, three digits and a guide dot.
    private static var numberRoom: Int { 6 }

    /// Words on lines of some widths, broken at blanks.
    static func wrap(_ cells: [BrailleCell], first: Int, next: Int) -> [[BrailleCell]] {
        var lines: [[BrailleCell]] = []
        for part in cells.split(separator: .lineEnd, omittingEmptySubsequences: false) {
            var line: [BrailleCell] = []
            var hasBlank = false
            var room: Int { lines.isEmpty ? first : next }
            func finish() {
                while line.last == .blank { line.removeLast() }
                lines.append(line)
                line = []
            }
            /// Puts a word on the line, or on the next one; one that no line has room for is broken.
            func put(_ word: ArraySlice<BrailleCell>, after blank: Bool) {
                for (number, piece) in word.split(separator: .softBreak).enumerated() {
                    let gap = number == 0 && blank && !line.isEmpty ? 1 : 0
                    if line.count + gap + piece.count > room, !line.isEmpty {
                        // The rest of a line is used only up to the end of a part of an address.
                        let isBroken =
                            piece.count > next && hasStop(piece, within: room - line.count - gap - 1)
                        if isBroken { line += [UInt8](repeating: .blank, count: gap) } else { finish() }
                    } else if gap == 1 {
                        line.append(.blank)
                    }
                    var rest = piece
                    while line.count + rest.count > room {
                        let cut = cut(rest, to: Swift.max(1, room - line.count - 1))
                        line += rest.prefix(cut) + [.continuation]
                        rest = rest.dropFirst(cut)
                        finish()
                    }
                    line += rest
                }
            }
            for word in part.split(separator: .blank) {
                put(word, after: hasBlank)
                hasBlank = true
            }
            if !line.isEmpty || part.isEmpty && !cells.isEmpty { finish() }
        }
        return lines
    }

    /// The ends of a slash, a full stop and a hyphen: an address is broken where its parts end.
    private static let stops: Set<BrailleCell> = [0b001100, 0b110010, 0b100100]

    private static func hasStop(_ word: ArraySlice<BrailleCell>, within room: Int) -> Bool {
        room > 0 && word.prefix(room).contains(where: stops.contains)
    }

    /// How much of a long word stays on the line.
    private static func cut(_ word: ArraySlice<BrailleCell>, to room: Int) -> Int {
        guard let index = word.prefix(room).lastIndex(where: stops.contains) else { return room }
        return index - word.startIndex + 1
    }

    /// The file: a line with the page's number above each page, and what ends lines and pages of braille.
    ///
    /// - Parameter title: Stands in that line, from the second page on.
    func file(title: [BrailleCell]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, page) in pages.enumerated() {
            let number = BrailleCell.number(index + 1)
            var line = [UInt8](repeating: .blank, count: width - number.count)
            // Three cells on either side, or a number would seem to be part of the title.
            let room = width - 2 * (number.count + 3)
            if index > 0, room > 6, let running = Self.wrap(title, first: room, next: room).first,
                !running.isEmpty
            {
                let start = (width - running.count) / 2
                line.replaceSubrange(start..<start + running.count, with: running)
            }
            for line in [line + number] + page {
                bytes += line.map(\.ascii)
                while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
                // As embossers expect the end of a line, and of a page.
                bytes += [0x0D, 0x0A]
            }
            bytes.append(0x0C)
        }
        return bytes
    }
}

extension BrailleBlock.Kind {
    fileprivate var isApart: Bool {
        switch self {
        case .title, .heading: true
        case .rule(let opens): opens
        case .paragraph, .centred, .item, .entry: false
        }
    }

    fileprivate var endsApart: Bool {
        switch self {
        case .title, .heading(1): true
        case .rule(let opens): !opens
        case .heading, .paragraph, .centred, .item, .entry: false
        }
    }

    fileprivate var staysWithNext: Bool {
        switch self {
        case .title, .heading: true
        case .rule(let opens): opens
        case .paragraph, .centred, .item, .entry: false
        }
    }
}
