/// Where the pages of a leaflet stand on the sheets that a printer prints.
///
/// All measures are millimetres from the top left of the sheet's side.
public struct Imposition: Hashable, Sendable {
    /// One page's place on a side.
    public struct Slot: Hashable, Sendable {
        /// The page, from 1; nil is a blank.
        public var page: Int?
        public var x: Int
        public var width: Int
        public var height: Int
        /// The width of the page itself: where the slot is narrower, as much is cut off on the left as on
        /// the right.
        public var pageWidth: Int
    }

    /// One side of a sheet, its slots from left to right.
    public struct Side: Hashable, Sendable {
        public var slots: [Slot]
        /// Where ticks show how to fold, from the left.
        public var folds: [Int] = []
    }

    /// Front, back, front, back … : printed on both sides, flipped on the short edge.
    public var sides: [Side]
    /// A4 landscape.
    public var width: Int { 297 }
    public var height: Int { 210 }

    /// A booklet of A5 pages, two on a side, folded in the middle and stapled in the fold.
    ///
    /// Blanks fill the end up to a multiple of four. On sheet s, counted from 0, the front holds pages N−2s
    /// and 1+2s, the back 2+2s and N−1−2s; right to left, both are swapped on every side.
    public static func booklet(pages: Int, direction: ReadingDirection) -> Imposition {
        let total = max(4, (pages + 3) / 4 * 4)
        func side(_ left: Int, _ right: Int) -> Side {
            let order = direction == .rightToLeft ? [right, left] : [left, right]
            // A5 is 148 mm wide; the fold is in the middle of the 297 mm, so that each half has 148.5.
            return Side(
                slots: order.enumerated().map { index, page in
                    Slot(
                        page: page <= pages ? page : nil, x: index * 149, width: 148, height: 210,
                        pageWidth: 148)
                })
        }
        return Imposition(
            sides: (0..<total / 4).flatMap { sheet in
                [
                    side(total - 2 * sheet, 1 + 2 * sheet),
                    side(2 + 2 * sheet, total - 1 - 2 * sheet),
                ]
            })
    }

    /// The panels of a leaflet folded in three, in reading order: cover, flap, three inside panels, back.
    public static let trifoldPanels = 6

    /// A leaflet of six panels on one sheet. The panels that fold inwards (the flap, and the last inside
    /// panel behind it) are 97 mm wide, the others 100 mm, so that the fold lies flat.
    ///
    /// Outside, left to right: flap, back, cover. Inside: the three panels in order. Right to left, both
    /// sides are mirrored.
    public static func trifold(direction: ReadingDirection) -> Imposition {
        func side(_ panels: [(page: Int, width: Int)]) -> Side {
            var x = 0
            var slots: [Slot] = []
            for panel in direction == .rightToLeft ? panels.reversed() : panels {
                slots.append(Slot(page: panel.page, x: x, width: panel.width, height: 210, pageWidth: 100))
                x += panel.width
            }
            return Side(slots: slots, folds: slots.dropFirst().map(\.x))
        }
        return Imposition(sides: [
            side([(2, 97), (6, 100), (1, 100)]),
            side([(3, 100), (4, 100), (5, 97)]),
        ])
    }
}

/// The direction in which pages are turned.
public enum ReadingDirection: Hashable, Sendable {
    case leftToRight, rightToLeft
}
