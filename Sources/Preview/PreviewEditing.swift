import Foundation
import Workspace

/// What pages of the preview may ask to be changed, and how it is known that they are the ones that ask.
package struct PreviewEditing: Sendable {
    /// What a page asks: which of these is needed depends on what is to be done.
    package struct Request: Decodable, Sendable {
        /// The page's address within the site.
        package var page: String?
        package var council: String?
        package var file: String?
        package var start: Int?
        package var end: Int?
        package var version: String?
        package var text: String?
        /// Of a fact or a contact: where it stands in the file, its name, and what it is to say.
        package var kind: String?
        package var name: String?
        package var values: [String: String]?
        /// Of what is to be undone.
        package var id: Int?

        init?(_ body: [UInt8]) {
            guard let read = try? JSONDecoder().decode(Request.self, from: Data(body)) else { return nil }
            self = read
        }
    }

    /// What a request says of where it comes from.
    struct Asked {
        var host: String?
        var origin: String?
        var site: String?
        var token: String?
        var type: String?
    }

    /// A status and what is said; nil where nothing is known of such an action.
    package typealias Answer = @Sendable (_ action: String, Request) async -> (Int, Workspace.JSONValue)?

    /// Longer than any passage, in bytes.
    static let longestRequest = 512 << 10

    /// Another with each start. It stands in the pages, which no other site can read.
    let token = PreviewAccess.newToken()
    let answer: Answer

    package init(_ answer: @escaping Answer) {
        self.answer = answer
    }

    /// Whether a request was made by a script of a page that this preview has shown.
    ///
    /// Each of these would be enough by itself: the token, the origin, and a type of content for which a browser asks
    /// before it sends it to another site.
    func isFromOwnPage(_ asked: Asked) -> Bool {
        guard let host = asked.host?.lowercased(), PreviewAccess.isThisMachine(host),
            asked.origin?.lowercased() == "http://" + host,
            asked.site == nil || asked.site == "same-origin",
            asked.type?.lowercased().split(separator: ";").first == "application/json",
            let token = asked.token
        else { return false }
        return PreviewAccess.isSame(token, self.token)
    }
}
