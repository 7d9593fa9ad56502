/// Who may read a preview.
package struct PreviewAccess: Sendable {
    /// Nil where it listens to this machine alone.
    package let token: String?

    /// This machine, and nobody else.
    package static let thisMachine = PreviewAccess(token: nil)

    /// Whoever has been given the address with the token in it.
    package static func byToken() -> PreviewAccess {
        PreviewAccess(token: newToken())
    }

    /// 128 bits that nobody can guess.
    static func newToken() -> String {
        var source = SystemRandomNumberGenerator()
        let halves = [
            UInt64.random(in: 0...UInt64.max, using: &source), .random(in: 0...UInt64.max, using: &source),
        ]
        return halves.map { hex($0) }.joined()
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// What is added to an address that is given to somebody.
    package var query: String { token.map { "?\(Self.parameter)=\($0)" } ?? "" }

    enum Answer: Hashable {
        case granted
        /// The token was right: it is kept by the browser, and leaves the address.
        case remember(String)
        case wrongHost
        case noToken
    }

    static let parameter = "token"
    private static let cookie = "signpost-preview"

    func answer(host: String?, cookies: String?, given: String?) -> Answer {
        guard let token else { return Self.isThisMachine(host) ? .granted : .wrongHost }
        if let given, Self.isSame(given, token) { return .remember(Self.setting(token)) }
        let pairs = (cookies ?? "").split(separator: ";").map { $0.drop { $0 == " " } }
        let isKnown = pairs.contains { pair in
            let parts = pair.split(separator: "=", maxSplits: 1)
            return parts.count == 2 && parts[0] == Self.cookie && Self.isSame(String(parts[1]), token)
        }
        return isKnown ? .granted : .noToken
    }

    /// `Lax`, since an address that was sent in a message is opened from another site.
    private static func setting(_ token: String) -> String {
        "\(cookie)=\(token); Path=/; HttpOnly; SameSite=Lax"
    }

    /// Compares in a time that does not tell how much is right.
    static func isSame(_ a: String, _ b: String) -> Bool {
        guard a.utf8.count == b.utf8.count else { return false }
        return zip(a.utf8, b.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The names of this machine that a browser may have asked for.
    ///
    /// Any other is the name of somebody's website that was made to lead here, so that its scripts could read the
    /// site ("DNS rebinding").
    private static let hosts: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    static func isThisMachine(_ host: String?) -> Bool {
        guard let host = host?.lowercased() else { return false }
        let end = host.lastIndex(of: ":").flatMap { host.hasSuffix("]") ? nil : $0 } ?? host.endIndex
        let port = host[end...].dropFirst()
        return hosts.contains(String(host[..<end])) && port.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
