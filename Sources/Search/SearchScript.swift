import Workspace

/// A script that a page loads when somebody starts to search: one assignment, without code that runs. A script and
/// not JSON, since it is also loaded from a folder without a server.
public struct SearchScript: Sendable {
    public var bytes: [UInt8]

    /// Raised when the browser's side of the format changes.
    static let version = 3

    /// - Parameters:
    ///   - key: The property of `signpostSearch` that is set; of a closed set of plain names, so it needs no escaping.
    ///   - fields: Empty strings and lists are left out.
    init(_ key: String, _ fields: [(String, JSONValue)]) {
        let told = fields.filter {
            switch $0.1 {
            case .string(let text): !text.isEmpty
            case .array(let items): !items.isEmpty
            default: true
            }
        }
        let json = JSONValue.object([("v", .int(Self.version))] + told).serialized()
        // JSON has `<` as `\u003c`: nothing ends the script's element where a page holds it.
        bytes = Array("(self.signpostSearch=self.signpostSearch||{})[\"\(key)\"]=\(json)\n".utf8)
    }
}
