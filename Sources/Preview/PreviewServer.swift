import FlyingFox
import Foundation
import Workspace

/// Shows a published site on this machine, and to nobody else.
public struct PreviewServer: Sendable {
    private let server: HTTPServer

    /// - Parameters:
    ///   - folder: Where the site was published.
    ///   - port: Of the loopback address; 0 for any that is free.
    /// - Throws: Where this machine has no loopback address.
    public init(folder: String, port: UInt16, files: some FileSystem) throws {
        server = HTTPServer(
            address: try .inet(ip4: "127.0.0.1", port: port), logger: .disabled,
            handler: SiteHandler(site: PreviewFiles(folder: folder, files: files)))
    }

    /// Serves until the task is cancelled.
    ///
    /// - Throws: Where the port is taken or may not be used.
    public func run() async throws { try await server.run() }

    /// Waits until the server listens, and says on which port.
    public func listeningPort() async throws -> UInt16? {
        try await server.waitUntilListening()
        switch await server.listeningAddress {
        case .ip4(_, let port), .ip6(_, let port): return port
        case .unix, nil: return nil
        }
    }
}

private struct SiteHandler: HTTPHandler {
    let site: PreviewFiles

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard request.method == .GET || request.method == .HEAD else {
            let headers: HTTPHeaders = [.init("Allow"): "GET, HEAD"]
            return HTTPResponse(statusCode: .methodNotAllowed, headers: headers)
        }
        let answer = site.answer(to: request.target.path())
        // A page that is being worked on must never come from the browser's memory.
        var headers: HTTPHeaders = [.init("Cache-Control"): "no-store"]
        switch answer {
        case .file(let bytes, let type):
            headers[.contentType] = type
            return HTTPResponse(statusCode: .ok, headers: headers, body: Data(bytes))
        case .redirect(let path):
            headers[.location] = path
            return HTTPResponse(statusCode: .found, headers: headers)
        case .missing(let bytes):
            headers[.contentType] = PreviewFiles.type(of: "404.html")
            return HTTPResponse(statusCode: .notFound, headers: headers, body: Data(bytes))
        }
    }
}
