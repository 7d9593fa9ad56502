import FlyingFox
import FlyingSocks
import Foundation

/// The body of an answer after which the connection is closed.
///
/// The server reads on after an answer, and would take a request's body that was refused unread for the next request:
/// somebody else's page could so have it answer a request that no browser would let that page make.
struct LastAnswer: AsyncBufferedSequence {
    typealias Element = UInt8

    private struct Closed: Error {}

    let bytes: Data

    struct AsyncIterator: AsyncBufferedIteratorProtocol {
        var rest: Data

        mutating func next() async throws -> UInt8? {
            guard let byte = rest.popFirst() else { throw Closed() }
            return byte
        }

        mutating func nextBuffer(suggested count: Int) async throws -> Data? {
            guard !rest.isEmpty else { throw Closed() }
            defer { rest = rest.dropFirst(count) }
            return Data(rest.prefix(count))
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: bytes) }
}

extension HTTPRequest {
    /// Whether bytes may follow the head of the request.
    var mayHaveBody: Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } ?? false
    }
}

extension HTTPResponse {
    /// The same, after which nothing more is read from the connection.
    func closing() async throws -> HTTPResponse {
        let bytes = try await bodyData
        var headers = headers
        headers[.connection] = "close"
        return HTTPResponse(
            statusCode: statusCode, headers: headers,
            body: HTTPBodySequence(from: LastAnswer(bytes: bytes), count: bytes.count))
    }
}
