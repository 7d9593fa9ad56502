import Guidance

/// Makes a laid-out leaflet one that is filled in on a screen.
///
/// The engine has no form fields. So the theme puts links where there is room to write, which the engine places, tags and
/// numbers in reading order; here each of them becomes a field in the same place, and its tag that of a form (ISO 32000-1,
/// 12.7 and 14.8.4.5; ISO 14289-1, 7.18.4). What changes is written behind the file, which stays as it is (7.5.6).
struct FillablePDF {
    /// Raised when the same file would be changed differently by this program.
    static let version = 1

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
    private static let font = "/Helv 12 Tf 0 g"

    private let pdf: [UInt8]
    /// Where objects begin, by their numbers.
    private var offsets: [Int: Int] = [:]
    private var trailer: ArraySlice<UInt8> = []
    private var table = 0

    /// The file with a field for each of the theme's links.
    static func made(
        _ pdf: [UInt8], fields: [Field], isRightToLeft: Bool
    ) throws(Problem) -> [UInt8] {
        var file = FillablePDF(pdf: pdf)
        try file.readTable()
        return try file.withFields(fields, isRightToLeft)
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

    // MARK: Writing

    private func withFields(_ fields: [Field], _ isRightToLeft: Bool) throws(Problem) -> [UInt8] {
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
        // The letters of a field are those of the reader's own program: which will be typed, nobody knows.
        let form =
            "/AcroForm<</Fields[\(list)]/NeedAppearances true/DA(\(Self.font))/DR<</Font<</Helv \(count.value) 0 R>>>>>>"
        changed[root] =
            Array("<</Type/Catalog\(form)".utf8) + catalogue.dropFirst("<</Type/Catalog".utf8.count)
        changed[count.value] = Array(
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".utf8)

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
            Array(trailer[..<count.range.lowerBound]) + Array("\(count.value + 1)".utf8)
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
