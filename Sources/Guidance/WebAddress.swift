import Markdown

/// Addresses of the web in settings, which go to readers, QR codes and sitemaps as they are written.
package enum WebAddress {
    /// Whether a text is `https://host…` or `http://host…` with nothing in it that an address cannot hold.
    ///
    /// Browsers read `https:/\\host` and `http:host` as addresses too, and people as something else.
    package static func isValid(_ text: String) -> Bool {
        guard let scheme = Link.scheme(of: text), ["http", "https"].contains(scheme) else { return false }
        let rest = text.dropFirst(scheme.count)
        guard rest.hasPrefix("://") else { return false }
        let host = rest.dropFirst(3).prefix { !"/?#".contains($0) }
        return host.contains { $0.isLetter || $0.isNumber }
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.value > 0x20 && scalar.value != 0x7F && !scalar.properties.isWhitespace
                    && !"\\\"<>`".unicodeScalars.contains(scalar)
            }
    }
}
