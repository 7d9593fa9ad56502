import Markdown
import Testing

@testable import Website

@Suite struct SeatingTests {
    private func list(_ count: Int, reader: Int?, start: Int? = 1) -> Block {
        Block(
            .list(
                Block.List(
                    start: start,
                    items: (0..<count).map { number in
                        var attributes = Attributes()
                        attributes.isYourSeat = number == reader
                        return Block.Item(blocks: [.paragraph("Somebody")], attributes: attributes)
                    })))
    }

    @Test("the reader sits at the bottom, and nobody's seat touches another's", arguments: 1...40)
    func seats(_ count: Int) {
        let seating = Seating(count: count, reader: count / 2, first: 1)
        let places = seating.places(isRightToLeft: false)
        #expect(places.count == count)
        #expect(places.map(\.y).max() == places[count / 2].y)
        #expect(places[count / 2].x == 100)
        for (number, place) in places.enumerated() {
            #expect(abs(place.x - 100) + Int(seating.seat) <= 100)
            for other in places[(number + 1)...] {
                let (x, y) = (Double(place.x - other.x), Double(place.y - other.y))
                #expect((x * x + y * y).squareRoot() > 2 * seating.seat.rounded(.down))
            }
        }
    }

    @Test("from right to left the others sit the other way round")
    func mirrored() {
        let seating = Seating(count: 7, reader: 2, first: 1)
        let (there, here) = (
            seating.places(isRightToLeft: true), seating.places(isRightToLeft: false)
        )
        #expect(zip(there, here).allSatisfy { $0.x == 200 - $1.x && $0.y == $1.y })
        #expect(here[3].x < 100)
    }

    @Test("the picture has a number for each item of its list, and no words")
    func numbers() throws {
        let html = try Sample.html([list(4, reader: 2, start: 3)])
        let svg = try #require(html.split(separator: "</svg>").first)
        #expect(svg.hasPrefix("<svg class=\"seats\""))
        #expect(svg.contains("aria-hidden=\"true\""))
        for number in 3...6 { #expect(svg.contains(">\(number)</text>")) }
        #expect(svg.contains("class=\"you\">5</text>"))
        #expect(!svg.contains("Somebody"))
        #expect(html.contains("</svg>\n<ol start=\"3\">"))
    }

    @Test("other lists have no picture")
    func otherLists() throws {
        #expect(try !Sample.html([list(3, reader: nil)]).contains("<svg"))
        #expect(try !Sample.html([list(3, reader: 1, start: nil)]).contains("<svg"))
    }
}
