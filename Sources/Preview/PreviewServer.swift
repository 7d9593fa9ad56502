import FlyingFox
import Foundation
import Synchronization
import Workspace

/// Shows a published site on this machine, and to nobody else.
public struct PreviewServer: Sendable {
    private let server: HTTPServer
    private let reload = LiveReload()
    /// Whether the server has listened, on a port that was chosen for it and that it will find again.
    private let canGoOn = Flag()
    private let hasFixedPort: Bool
    private static let address = "127.0.0.1"
    /// How long an answer may take, in seconds.
    private static let timeout = 30.0

    /// - Parameters:
    ///   - folder: Where the site was published.
    ///   - port: Of the loopback address; 0 for any that is free.
    /// - Throws: Where this machine has no loopback address.
    public init(folder: String, port: UInt16, files: some FileSystem) throws {
        hasFixedPort = port != 0
        server = HTTPServer(
            address: try .inet(ip4: Self.address, port: port), timeout: Self.timeout, logger: .disabled,
            handler: SiteHandler(site: PreviewFiles(folder: folder, files: files), reload: reload))
    }

    /// Has the pages that are open in a browser load themselves again.
    public func siteChanged() { reload.siteChanged() }

    /// Serves until the task is cancelled.
    ///
    /// - Throws: Where the port is taken or may not be used.
    public func run() async throws {
        while true {
            do {
                return try await server.run()
            } catch {
                // Where it ran out of file handles, for one, all connections have been let go: go on.
                guard canGoOn.isSet, !Task.isCancelled else { throw error }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Waits until the server listens, and says on which port.
    public func listeningPort() async throws -> UInt16? {
        try await server.waitUntilListening()
        canGoOn.set(hasFixedPort)
        switch await server.listeningAddress {
        case .ip4(_, let port), .ip6(_, let port): return port
        case .unix, nil: return nil
        }
    }
}

private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set(_ new: Bool) { value.withLock { $0 = new } }
}

private struct SiteHandler: HTTPHandler {
    let site: PreviewFiles
    let reload: LiveReload

    /// The names of this machine that a browser may have asked for.
    ///
    /// Any other is the name of somebody's website that was made to lead here, so that its scripts could read the
    /// site ("DNS rebinding").
    private static let hosts: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    private static func isOwn(_ host: String?) -> Bool {
        guard let host = host?.lowercased() else { return false }
        let end = host.lastIndex(of: ":").flatMap { host.hasSuffix("]") ? nil : $0 } ?? host.endIndex
        let port = host[end...].dropFirst()
        return hosts.contains(String(host[..<end])) && port.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard Self.isOwn(request.headers[.host]) else {
            return HTTPResponse(
                statusCode: HTTPStatusCode(421, phrase: "Misdirected Request"),
                headers: [.contentType: "text/plain; charset=utf-8"],
                body: Data("This preview answers only to localhost and 127.0.0.1.\n".utf8))
        }
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
