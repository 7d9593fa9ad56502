/// The part of a file that a request asks for (RFC 9110, section 14).
///
/// Safari plays no recording from a server that cannot send a part of it, and every browser needs one to jump within a
/// recording.
enum ByteRange: Hashable, Sendable {
    /// All of it: no part is asked for, or more than one, or something that is no range. A server may answer so.
    case whole
    /// What is asked for, as places in the file.
    case part(Range<Int>)
    /// Nothing of the file is within it.
    case outside

    /// - Parameters:
    ///   - header: What the request's `Range` says, such as `bytes=0-1`, `bytes=500-` or `bytes=-500`.
    ///   - count: How long the file is, in bytes.
    init(_ header: String?, of count: Int) {
        self = .whole
        guard let header, let ends = header.wholeMatch(of: /(?i:bytes)= *([0-9]*) *- *([0-9]*) */) else {
            return
        }
        switch (Self.number(ends.1), Self.number(ends.2)) {
        case (nil, nil): return
        case (nil, let length?):
            self = length > 0 && count > 0 ? .part(max(0, count - length)..<count) : .outside
        case (let first?, let last):
            if let last, last < first { return }
            self = first < count ? .part(first..<(min(last ?? Int.max, count - 1) + 1)) : .outside
        }
    }

    /// The number that some digits are; nil for none. One that is too large is more than a file can have.
    private static func number(_ digits: Substring) -> Int? {
        digits.isEmpty ? nil : Int(digits) ?? Int.max
    }
}
