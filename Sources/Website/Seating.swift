#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// People round a table, seen from above: a circle for each item of a numbered list, with its number.
///
/// The list below says who they are. So the picture holds no words: nothing in it has to be translated, and nobody who
/// does not see it misses anything.
struct Seating {
    var count: Int
    /// Which of them is the reader, who sits at the bottom.
    var reader: Int
    /// The number of the first of them.
    var first: Int

    /// Half of the picture's width, and of its height.
    private static let middle = 100.0
    /// The most that a seat may be: on the narrowest phone a number of two digits is still 14 px tall.
    private static let largestSeat = 15.0

    /// How large a seat is, so that neighbours never touch.
    var seat: Double {
        guard count > 1 else { return Self.largestSeat }
        let half = sin(.pi / Double(count))
        return min(Self.largestSeat, Self.middle * half / (1.2 + half))
    }

    /// Where they sit, from the first: clockwise from left to right, else the other way round, as one reads.
    func places(isRightToLeft: Bool) -> [(x: Int, y: Int)] {
        let radius = Self.middle - 1 - seat
        return (0..<count).map { number in
            let angle = Double(number - reader) / Double(max(1, count)) * 2 * .pi
            let side = sin(angle) * radius
            return (
                Int((Self.middle + (isRightToLeft ? side : -side)).rounded()),
                Int((Self.middle + cos(angle) * radius).rounded())
            )
        }
    }

    /// Drawn in the colour of the text; the style sheet needs to know only the number of the reader.
    func svg(isRightToLeft: Bool) -> [UInt8] {
        let size = Int(seat.rounded(.down))
        let table = max(10, Int(Self.middle) - 3 * size - 3)
        let places = places(isRightToLeft: isRightToLeft)
        var text =
            "<svg class=\"seats\" viewBox=\"0 0 200 200\" width=\"320\" height=\"320\" fill=\"none\""
            + " stroke=\"currentColor\" text-anchor=\"middle\" font-size=\"\(size)\" font-weight=\"700\""
            + " aria-hidden=\"true\">"
        text += "<circle cx=\"100\" cy=\"100\" r=\"\(table)\" fill=\"currentColor\" fill-opacity=\".07\"/>"
        for (number, place) in places.enumerated() {
            let fill = number == reader ? " fill=\"currentColor\"" : ""
            text += "<circle cx=\"\(place.x)\" cy=\"\(place.y)\" r=\"\(size)\"\(fill)/>"
        }
        text += "<g fill=\"currentColor\" stroke=\"none\">"
        for (number, place) in places.enumerated() {
            let you = number == reader ? " class=\"you\"" : ""
            text += "<text x=\"\(place.x)\" y=\"\(place.y)\" dy=\".35em\"\(you)>\(first + number)</text>"
        }
        return Array((text + "</g></svg>\n").utf8)
    }
}
