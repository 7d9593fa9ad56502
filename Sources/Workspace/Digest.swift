/// Gathers values into one fingerprint: equal values give equal ones, in every run and on every machine.
package struct Digest: Sendable {
    private var bytes: [UInt8] = []

    package init() {}

    /// The fingerprint of one value.
    package static func of(_ value: some Digestible) -> ContentHash {
        var digest = Digest()
        value.digest(into: &digest)
        return digest.hash
    }

    package var hash: ContentHash { ContentHash(bytes) }

    package mutating func add(_ value: some Digestible) { value.digest(into: &self) }

    /// A number in one byte, where it is small.
    package mutating func add(number value: Int) {
        var rest = UInt64(bitPattern: Int64(value))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    package mutating func add(text value: String) {
        add(number: value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }
}

/// A value whose fingerprint is of everything that is stored in it.
///
/// What is made from values alone may be kept as long as their fingerprints stay the same: a property that is left out
/// would leave old words on a page. A test holds the properties that are added against those that there are.
package protocol Digestible {
    func digest(into digest: inout Digest)
}

extension String: Digestible {
    package func digest(into digest: inout Digest) { digest.add(text: self) }
}

extension Int: Digestible {
    package func digest(into digest: inout Digest) { digest.add(number: self) }
}

extension Bool: Digestible {
    package func digest(into digest: inout Digest) { digest.add(number: self ? 1 : 0) }
}

extension Double: Digestible {
    package func digest(into digest: inout Digest) { digest.add(number: Int(truncatingIfNeeded: bitPattern)) }
}

extension ContentHash: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(number: Int(truncatingIfNeeded: high))
        digest.add(number: Int(truncatingIfNeeded: low))
    }
}

extension Optional: Digestible where Wrapped: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(number: self == nil ? 0 : 1)
        if let value = self { digest.add(value) }
    }
}

extension Array: Digestible where Element: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(number: count)
        for element in self { digest.add(element) }
    }
}

extension Set: Digestible where Element: Digestible & Comparable {
    package func digest(into digest: inout Digest) { digest.add(sorted()) }
}

extension CalendarDate: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(year)
        digest.add(month)
        digest.add(day)
    }
}

extension SourceRange: Digestible {
    package func digest(into digest: inout Digest) {
        for position in [start, end] {
            digest.add(position.line)
            digest.add(position.column)
        }
    }
}

extension SourceLocation: Digestible {
    package func digest(into digest: inout Digest) {
        digest.add(file)
        digest.add(range)
    }
}
