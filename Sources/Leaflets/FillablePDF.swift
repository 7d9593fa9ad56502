import Guidance
import Translations

/// Makes a laid-out leaflet one that is filled in on a screen.
///
/// The engine has no form fields. So the theme puts links where there is room to write, which the engine places, tags and
/// numbers in reading order; here each of them becomes a field in the same place, and its tag that of a form (ISO 32000-1,
/// 12.7 and 14.8.4.5; ISO 14289-1, 7.18.4). What changes is written behind the file, which stays as it is (7.5.6).
struct FillablePDF {
    /// Raised when the same file would be changed differently by this program.
    static let version = 2

    struct Field: Decodable, Hashable, Sendable {
        /// What is to be written there, for those who cannot see it.
        var label: String
        var lines: Int
    }

    /// Why a file was not changed.
    struct Problem: Error, Hashable, Sendable {
        var reason: String
    }

    /// What the theme's links lead to, before the number of the field.
    private static let scheme = "x-signpost-field:"
    /// PDFium, which Chromium shows PDFs with, sets a letter in the form's own font only where it takes the font for one of
    /// that letter's code page. A font of this name it asks for every letter, and draws it with what is in the file. Other
    /// programs do not look at the name, which nobody sees. Measured with PDFium 7000 and poppler 22.12: with any other
    /// name the Welsh ŵ, the Romanian ș and all Cyrillic are left out.
    private static let fontName = "Wingdings"
    private static let font = "/\(fontName) 12 Tf 0 g"

    /// The letters that can be typed: those of European languages in Latin and Cyrillic letters, of Vietnamese, and of the
    /// script. What the theme's font does not have is left out.
    static func letters(of script: Language.Script) -> String {
        var ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0xA0...0xAC, 0xAE...0x17F, 0x192...0x192, 0x1A0...0x1A1, 0x1AF...0x1B0,
            0x218...0x21B,
            0x1E62...0x1E63, 0x1E80...0x1E85, 0x1E9E...0x1E9E, 0x1EA0...0x1EF9, 0x2010...0x2015,
            0x2018...0x201E,
            0x2020...0x2022, 0x2026...0x2026, 0x2039...0x203A, 0x20AC...0x20AC, 0x2116...0x2116,
            0x2122...0x2122,
            0x400...0x45F, 0x490...0x493,
        ]
        if script == .greek { ranges += [0x384...0x38A, 0x38C...0x38C, 0x38E...0x3A1, 0x3A3...0x3CE] }
        return String(String.UnicodeScalarView(ranges.joined().compactMap(Unicode.Scalar.init)))
    }

    private let pdf: [UInt8]
    /// Where objects begin, by their numbers.
    private var offsets: [Int: Int] = [:]
    private var trailer: ArraySlice<UInt8> = []
    private var table = 0

    /// The file with a field for each of the theme's links.
    ///
    /// - Parameter letters: A file of the engine that holds the letters for the fields in one font.
    static func made(
        _ pdf: [UInt8], fields: [Field], letters: [UInt8], isRightToLeft: Bool
    ) throws(Problem) -> [UInt8] {
        var file = FillablePDF(pdf: pdf)
        try file.readTable()
        var other = FillablePDF(pdf: letters)
        try other.readTable()
        return try file.withFields(fields, font: try other.onlyFont(), isRightToLeft)
    }

    private init(pdf: [UInt8]) { self.pdf = pdf }

    // MARK: Reading

    /// Reads the table of objects, as the engine writes it: one, and not compressed.
    private mutating func readTable() throws(Problem) {
        let unknown = Problem(reason: "the engine has written a file of another form")
        guard let mark = pdf.lastRange(of: "startxref"),
            let start = pdf[mark.upperBound...].firstNumber, pdf.indices.contains(start.value)
        else { throw unknown }
        table = start.value
        var lines = Lines(rest: pdf[start.value...])
        guard lines.next() == Array("xref".utf8)[...], let head = lines.next()?.numbers,
            head == [0, head.last ?? 0]
        else { throw unknown }
        for number in 0..<(head.last ?? 0) {
            guard let line = lines.next(), let offset = line.firstNumber?.value else { throw unknown }
            if line.last(where: { $0 != 0x20 }) == UInt8(ascii: "n") { offsets[number] = offset }
        }
        guard let begin = lines.rest.firstRange(of: "<<"),
            let end = pdf[..<mark.lowerBound].lastRange(of: ">>"),
            begin.upperBound <= end.lowerBound
        else { throw unknown }
        trailer = pdf[begin.upperBound..<end.lowerBound]
    }

    /// What stands between the beginning and the end of an object without a stream.
    private func object(_ number: Int) -> ArraySlice<UInt8>? {
        guard let offset = offsets[number], pdf.indices.contains(offset),
            let begin = pdf[offset...].firstRange(of: "obj"),
            let end = pdf[begin.upperBound...].firstRange(of: "endobj")
        else { return nil }
        return pdf[begin.upperBound..<end.lowerBound].trimmed
    }

    /// A font, and all that it is made of.
    private struct Font {
        var number: Int
        /// By their numbers, in the file that they come from.
        var objects: [Int: [UInt8]]

        /// The same, with other numbers.
        func numbered(from first: Int) -> Font {
            let numbers = Dictionary(
                uniqueKeysWithValues: objects.keys.sorted().enumerated().map { ($1, first + $0) })
            var moved = Font(number: numbers[number] ?? first, objects: [:])
            for (old, object) in objects {
                // Bytes of a stream are no references.
                let head = object.firstRange(of: "stream").map(\.lowerBound) ?? object.endIndex
                var bytes = [UInt8]()
                var rest = object[..<head]
                for reference in rest.references {
                    bytes += rest[rest.startIndex..<reference.range.lowerBound]
                    bytes += Array("\(numbers[reference.number] ?? 0) 0 R".utf8)
                    rest = rest[reference.range.upperBound...]
                }
                moved.objects[numbers[old] ?? first] = bytes + rest + object[head...]
            }
            return moved
        }
    }

    /// The one font of a file, which has each letter that it is to have.
    private func onlyFont() throws(Problem) -> Font {
        let unknown = Problem(reason: "the engine has written the letters in another form")
        // The object ends where the next one, or the table, begins: what is in a stream can look like an end.
        let ends = (offsets.values + [table]).sorted()
        var objects: [Int: [UInt8]] = [:]
        func whole(_ number: Int) -> [UInt8]? {
            guard let offset = offsets[number], let next = ends.first(where: { $0 > offset }),
                next <= pdf.count,
                let begin = pdf[offset..<next].firstRange(of: "obj"),
                let end = pdf[begin.upperBound..<next].lastRange(of: "endobj")
            else { return nil }
            return Array(pdf[begin.upperBound..<end.lowerBound].trimmed)
        }
        let fonts = offsets.keys.filter {
            object($0)?.starts(with: "<</Type/Font/Subtype/Type0".utf8) ?? false
        }
        guard let font = fonts.first, fonts.count == 1 else { throw unknown }
        var wanted = [font]
        while let number = wanted.popLast() {
            guard objects[number] == nil else { continue }
            guard let object = whole(number) else { throw unknown }
            objects[number] = object
            let head = object.firstRange(of: "stream").map(\.lowerBound) ?? object.endIndex
            wanted += object[..<head].references.map(\.number)
        }
        return Font(number: font, objects: objects)
    }

    // MARK: Writing

    private func withFields(
        _ fields: [Field], font: Font, _ isRightToLeft: Bool
    ) throws(Problem) -> [UInt8] {
        var changed: [Int: [UInt8]] = [:]
        var numbers: [Int: Int] = [:]
        for number in offsets.keys.sorted() {
            guard let object = object(number), object.starts(with: "<</Type/Annot".utf8),
                let mark = object.firstRange(of: "/URI(" + Self.scheme),
                let index = object[mark.upperBound...].firstNumber?.value, fields.indices.contains(index),
                numbers[index] == nil, let box = object.part(from: "/Rect[", to: "]"),
                let parent = object.firstRange(of: "/StructParent "),
                let key = object[parent.upperBound...].firstNumber?.value
            else { continue }
            numbers[index] = number
            let field = fields[index]
            changed[number] = Array(
                "<</Type/Annot/Subtype/Widget/Rect[\(box)]/F 4/StructParent \(key)/FT/Tx/T(field-\(index + 1))/TU\(Self.text(field.label))/Ff \(field.lines > 1 ? 4096 : 0)/Q \(isRightToLeft ? 2 : 0)/DA(\(Self.font))>>"
                    .utf8)
        }
        guard numbers.count == fields.count else {
            throw Problem(reason: "the engine has placed \(numbers.count) of \(fields.count) fields")
        }
        let widgets = Set(numbers.values)
        for number in offsets.keys.sorted() {
            guard let object = object(number), object.starts(with: "<</Type/StructElem/S/Link".utf8),
                let mark = object.firstRange(of: "/Obj "),
                let target = object[mark.upperBound...].firstNumber?.value, widgets.contains(target)
            else { continue }
            changed[number] =
                Array("<</Type/StructElem/S/Form".utf8)
                + object.dropFirst("<</Type/StructElem/S/Link".utf8.count)
        }
        guard changed.count == 2 * fields.count else {
            throw Problem(reason: "the engine has not tagged each field by itself")
        }
        guard let mark = trailer.firstRange(of: "/Root "),
            let root = trailer[mark.upperBound...].firstNumber?.value, let catalogue = object(root),
            catalogue.starts(with: "<</Type/Catalog".utf8), let size = trailer.firstRange(of: "/Size "),
            let count = trailer[size.upperBound...].firstNumber
        else { throw Problem(reason: "the engine has written a file of another form") }
        let list = fields.indices.compactMap { numbers[$0].map { "\($0) 0 R" } }.joined(separator: " ")
        // Which letters will be typed, nobody knows: the reader's own program sets them, from the font that the file brings.
        let own = font.numbered(from: count.value)
        let form =
            "/AcroForm<</Fields[\(list)]/NeedAppearances true/DA(\(Self.font))/DR<</Font<</\(Self.fontName) \(own.number) 0 R>>>>>>"
        changed[root] =
            Array("<</Type/Catalog\(form)".utf8) + catalogue.dropFirst("<</Type/Catalog".utf8.count)
        changed.merge(own.objects) { $1 }

        var bytes = pdf
        if bytes.last != 0x0A { bytes.append(0x0A) }
        var entries = ""
        for (number, object) in changed.sorted(by: { $0.key < $1.key }) {
            let digits = "\(bytes.count)"
            entries +=
                "\(number) 1\n\(String(repeating: "0", count: max(0, 10 - digits.count)))\(digits) 00000 n\r\n"
            bytes += Array("\(number) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
        }
        let start = bytes.count
        let rest =
            Array(trailer[..<count.range.lowerBound]) + Array("\(count.value + own.objects.count)".utf8)
            + Array(trailer[count.range.upperBound...])
        bytes += Array("xref\n\(entries)trailer\n<<".utf8) + rest
        bytes += Array("/Prev \(table)>>\nstartxref\n\(start)\n%%EOF\n".utf8)
        return bytes
    }

    /// A text string in UTF-16 (ISO 32000-1, 7.9.2.2), in hexadecimal digits: nothing in it can end it.
    private static func text(_ text: String) -> String {
        "<FEFF"
            + text.utf16.map { unit in
                let digits = String(unit, radix: 16, uppercase: true)
                return String(repeating: "0", count: 4 - digits.count) + digits
            }.joined() + ">"
    }
}

/// Lines that end with a line feed, or with a carriage return and one.
private struct Lines {
    var rest: ArraySlice<UInt8>

    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: 0x0A) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end].trimmed
    }
}

extension RandomAccessCollection<UInt8> where Index == Int {
    fileprivate func firstRange(of text: String) -> Range<Int>? {
        let wanted = Array(text.utf8)
        guard let first = wanted.first, count >= wanted.count else { return nil }
        var index = startIndex
        while index <= endIndex - wanted.count {
            if self[index] == first, self[index..<index + wanted.count].elementsEqual(wanted) {
                return index..<index + wanted.count
            }
            index += 1
        }
        return nil
    }

    fileprivate func lastRange(of text: String) -> Range<Int>? {
        let wanted = Array(text.utf8)
        guard count >= wanted.count else { return nil }
        var index = endIndex - wanted.count
        while index >= startIndex {
            if self[index..<index + wanted.count].elementsEqual(wanted) {
                return index..<index + wanted.count
            }
            index -= 1
        }
        return nil
    }

    /// The number that comes first, after blanks and ends of lines at most.
    fileprivate var firstNumber: (value: Int, range: Range<Int>)? {
        guard let start = firstIndex(where: { $0 > 0x20 }) else { return nil }
        let end = self[start...].firstIndex { !(0x30...0x39).contains($0) } ?? endIndex
        return Int(String(decoding: self[start..<end], as: UTF8.self)).map { ($0, start..<end) }
    }
}

extension ArraySlice<UInt8> {
    fileprivate var trimmed: ArraySlice<UInt8> {
        var slice = self
        while let last = slice.last, last <= 0x20 { slice.removeLast() }
        return slice.drop { $0 <= 0x20 }
    }

    /// `12 0 R`, in order.
    fileprivate var references: [(number: Int, range: Range<Int>)] {
        var found: [(number: Int, range: Range<Int>)] = []
        var rest = self
        while let mark = rest.firstRange(of: " 0 R") {
            let digits = rest[..<mark.lowerBound].reversed().prefix { (0x30...0x39).contains($0) }.count
            let start = mark.lowerBound - digits
            if let number = Int(String(decoding: rest[start..<mark.lowerBound], as: UTF8.self)) {
                found.append((number, start..<mark.upperBound))
            }
            rest = rest[mark.upperBound...]
        }
        return found
    }

    fileprivate var numbers: [Int] {
        split(separator: 0x20).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    fileprivate func part(from begin: String, to end: String) -> String? {
        guard let start = firstRange(of: begin), let stop = self[start.upperBound...].firstRange(of: end)
        else {
            return nil
        }
        return String(decoding: self[start.upperBound..<stop.lowerBound], as: UTF8.self)
    }
}
