import FlyingFox
import Foundation
import Workspace

/// Shows a published site on this machine, and to nobody else.
public struct PreviewServer: Sendable {
    private let server: HTTPServer
    private let reload = LiveReload()

    /// - Parameters:
    ///   - folder: Where the site was published.
    ///   - port: Of the loopback address; 0 for any that is free.
    /// - Throws: Where this machine has no loopback address.
    public init(folder: String, port: UInt16, files: some FileSystem) throws {
        server = HTTPServer(
            address: try .inet(ip4: "127.0.0.1", port: port), logger: .disabled,
            handler: SiteHandler(site: PreviewFiles(folder: folder, files: files), reload: reload))
    }

    /// Has the pages that are open in a browser load themselves again.
    public func siteChanged() { reload.siteChanged() }

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
    let reload: LiveReload

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard request.method == .GET || request.method == .HEAD else {
            let headers: HTTPHeaders = [.init("Allow"): "GET, HEAD"]
            return HTTPResponse(statusCode: .methodNotAllowed, headers: headers)
        }
        // A page that is being worked on must never come from the browser's memory.
        var headers: HTTPHeaders = [.init("Cache-Control"): "no-store"]
        let page = PreviewFiles.type(of: "index.html")
        func answer(_ status: HTTPStatusCode, _ type: String, _ bytes: some Sequence<UInt8>) -> HTTPResponse {
            headers[.contentType] = type
            return HTTPResponse(statusCode: status, headers: headers, body: Data(bytes))
        }
        let path = request.target.path()
        if path == LiveReload.scriptPath {
            return answer(.ok, PreviewFiles.type(of: path), LiveReload.script.utf8)
        }
        if path == LiveReload.buildPath {
            let build = try await reload.build(after: request.query["shown"])
            return answer(.ok, PreviewFiles.type(of: "build.txt"), build.utf8)
        }
        let build = reload.build
        switch site.answer(to: path) {
        case .file(let bytes, let type):
            return answer(.ok, type, type == page ? LiveReload.page(bytes, of: build) : bytes)
        case .redirect(let path):
            headers[.location] = path
            return HTTPResponse(statusCode: .found, headers: headers)
        case .missing(let bytes): return answer(.notFound, page, LiveReload.page(bytes, of: build))
        }
    }
}
