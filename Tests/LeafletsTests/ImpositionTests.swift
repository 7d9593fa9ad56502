import Testing

@testable import Leaflets

@Suite struct ImpositionTests {
    /// Folds printed sheets as hands do, and reads the booklet page by page.
    ///
    /// Sheets lie on a pile, the first one outermost. On the pile's way from outside in, each leaf shows first
    /// the half of the front that is read first, then the back's half behind it.
    private func fold(_ imposition: Imposition, rightToLeft: Bool) -> [Int?] {
        // The half that is at the front of the folded sheet: right, or left where pages turn the other way.
        let front = rightToLeft ? 0 : 1
        var firstHalf: [Int?] = []
        var secondHalf: [Int?] = []
        for sheet in 0..<imposition.sides.count / 2 {
            let outer = imposition.sides[2 * sheet].slots.map(\.page)
            // Flipped on the short edge, left and right change places.
            let inner = imposition.sides[2 * sheet + 1].slots.map(\.page)
            firstHalf += [outer[front], inner[1 - front]]
            secondHalf = [inner[front], outer[1 - front]] + secondHalf
        }
        return firstHalf + secondHalf
    }

    @Test(arguments: 1...64, [ReadingDirection.leftToRight, .rightToLeft])
    func aFoldedBookletReadsInOrder(pages: Int, direction: ReadingDirection) {
        let imposition = Imposition.booklet(pages: pages, direction: direction)
        let read = fold(imposition, rightToLeft: direction == .rightToLeft)
        let total = (pages + 3) / 4 * 4
        let expected: [Int?] = (1...total).map { $0 <= pages ? $0 : nil }
        #expect(read == expected)
        #expect(imposition.sides.count == total / 2)
        let printed = imposition.sides.flatMap(\.slots).compactMap(\.page)
        #expect(printed.sorted() == Array(1...pages))
    }

    @Test(arguments: [1, 4, 16, 37], [ReadingDirection.leftToRight, .rightToLeft])
    func pagesStandWithinTheSheetWithoutOverlap(pages: Int, direction: ReadingDirection) {
        for imposition in [
            Imposition.booklet(pages: pages, direction: direction), .trifold(direction: direction),
        ] {
            for side in imposition.sides {
                var edge = 0
                for slot in side.slots {
                    #expect(slot.x >= edge)
                    edge = slot.x + slot.width
                    #expect(slot.height == imposition.height)
                    #expect(slot.pageWidth >= slot.width)
                }
                #expect(edge == imposition.width)
            }
        }
    }

    @Test func theFirstSheetIsAsInTheBooks() {
        let sides = Imposition.booklet(pages: 8, direction: .leftToRight).sides.map { $0.slots.map(\.page) }
        #expect(sides == [[8, 1], [2, 7], [6, 3], [4, 5]])
        let mirrored = Imposition.booklet(pages: 8, direction: .rightToLeft).sides.map {
            $0.slots.map(\.page)
        }
        #expect(mirrored == [[1, 8], [7, 2], [3, 6], [5, 4]])
    }

    @Test func aFoldedLeafletHasItsNarrowPanelsInside() {
        let sides = Imposition.trifold(direction: .leftToRight).sides
        #expect(sides[0].slots.map(\.page) == [2, 6, 1])
        #expect(sides[0].slots.map(\.width) == [97, 100, 100])
        #expect(sides[1].slots.map(\.page) == [3, 4, 5])
        #expect(sides[1].slots.map(\.width) == [100, 100, 97])
    }

    @Test(arguments: [ReadingDirection.leftToRight, .rightToLeft])
    func ticksStandWhereTheSheetIsFolded(direction: ReadingDirection) {
        let imposition = Imposition.trifold(direction: direction)
        let (outside, inside) = (imposition.sides[0], imposition.sides[1])
        #expect(outside.folds.count == 2)
        // Held against the light, the ticks of the two sides lie on each other.
        #expect(outside.folds == inside.folds.map { imposition.width - $0 }.reversed())
        #expect(outside.folds.allSatisfy { fold in outside.slots.contains { $0.x == fold } })
        #expect(Imposition.booklet(pages: 8, direction: direction).sides.allSatisfy { $0.folds.isEmpty })
    }

    @Test(arguments: [ReadingDirection.leftToRight, .rightToLeft])
    func panelsOnTheTwoSidesOfOneFoldHaveTheSameWidth(direction: ReadingDirection) {
        let sides = Imposition.trifold(direction: direction).sides
        // Flipped on the short edge, the back's order is the other way round.
        #expect(sides[0].slots.map(\.width) == sides[1].slots.reversed().map(\.width))
        // The flap has the last inside panel behind it; the cover has the first.
        let behind = Dictionary(
            uniqueKeysWithValues: zip(
                sides[0].slots.compactMap(\.page), sides[1].slots.reversed().compactMap(\.page)))
        #expect(behind == [1: 3, 2: 5, 6: 4])
        // The cover is where a reader looks for it.
        let outside = sides[0].slots.map(\.page)
        #expect((direction == .leftToRight ? outside.last : outside.first) == .some(1))
    }
}
