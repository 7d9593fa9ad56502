import Workspace

/// Which destinations may be published.
public enum Link {
    /// Schemes that are safe and that family guidance needs.
    public static let schemes: Set<String> = ["http", "https", "mailto", "tel", "sms"]

    /// The destination if it may be published: one of `schemes`, or relative to the page; nil otherwise.
    ///
    /// Browsers ignore tabs and line ends inside an address and white space around it, so these are taken
    /// out before the scheme is judged (WHATWG URL Standard, "basic URL parser").
    public static func safe(_ destination: String) -> String? {
        // Nearly every address is printable ASCII, and clean.
        guard !destination.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return judged(destination) }
        var cleaned = String.UnicodeScalarView()
        for scalar in destination.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
            cleaned.append(scalar)
        }
        while cleaned.first == " " { cleaned.removeFirst() }
        while cleaned.last == " " { cleaned.removeLast() }
        return judged(String(cleaned))
    }

    private static func judged(_ text: String) -> String? {
        if let scheme = scheme(of: text) { return schemes.contains(scheme) ? text : nil }
        // `//host` and `\\host` lead to another site under the page's own scheme.
        if text.hasPrefix("//") || text.hasPrefix("\\") || text.hasPrefix("/\\") { return nil }
        return text
    }

    /// What a reader could take an address for that it is not: a user's name before its host, as in
    /// `http://bank.example@evil.test/`, or a host with letters that look like others.
    ///
    /// - Returns: What is wrong, which names the host that the address really leads to; nil if nothing is.
    public static func deception(in destination: String) -> String? {
        guard let scheme = scheme(of: destination), scheme == "http" || scheme == "https" else { return nil }
        // Browsers take a backslash for a slash here.
        let rest = destination.dropFirst(scheme.count + 1).drop { $0 == "/" || $0 == "\\" }
        let authority = rest.prefix { !"/\\?#".contains($0) }
        let at = authority.lastIndex(of: "@")
        let host = (at.map { authority[authority.index(after: $0)...] } ?? authority).lowercased()
        if at != nil {
            return "this address leads to '\(host)', and not to what stands before the @"
        }
        let strange = host.unicodeScalars.filter { !$0.isASCII }
        if let first = strange.first {
            return
                "the host '\(host)' of this address has letters beyond a to z (\(HiddenCharacters.name(first))), which can look like others"
        }
        if host.split(separator: ".").contains(where: { $0.hasPrefix("xn--") }) {
            return
                "the host '\(host)' of this address is shown with letters beyond a to z, which can look like others"
        }
        return nil
    }

    /// The warning for such an address, where it is written.
    public static func warning(of destination: String, at location: SourceLocation?) -> Diagnostic? {
        deception(in: destination).map {
            .warning(
                "MisleadingAddress", $0, at: location,
                help: "Write the address as its owner gives it, without a name before the host.")
        }
    }

    /// The scheme in lower case, or nil for a relative destination.
    public static func scheme(of destination: String) -> String? {
        guard let colon = destination.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = destination[..<colon]
        guard let first = name.utf8.first, (first | 0x20) >= UInt8(ascii: "a"),
            (first | 0x20) <= UInt8(ascii: "z"),
            name.utf8.allSatisfy({ byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            })
        else { return nil }
        return name.lowercased()
    }
}
