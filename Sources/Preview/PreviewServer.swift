import FlyingFox
import Foundation
import Synchronization
import Workspace

/// Shows a published site on this machine, and to nobody else unless that is wanted.
package final class PreviewServer: Sendable {
    private let state: PreviewState
    private let files: any FileSystem
    private let running: Task<Void, any Error>
    /// Where it listens.
    package let host: String
    package let port: UInt16
    package let access: PreviewAccess

    /// How long an answer may take, in seconds.
    private static let timeout = 30.0

    /// Why there is no preview.
    package enum Failure: Error, Hashable, Sendable {
        /// The port is taken, or may not be used.
        case cannotListen(port: UInt16, reason: String)
        case notAnAddress(String)
    }

    private init(
        _ state: PreviewState, _ files: any FileSystem,
        _ running: Task<Void, any Error>,
        host: String, port: UInt16, access: PreviewAccess
    ) {
        self.state = state
        self.files = files
        self.running = running
        self.host = host
        self.port = port
        self.access = access
    }

    deinit { running.cancel() }

    /// Starts to serve a folder.
    ///
    /// - Parameters:
    ///   - folder: Where the site is published.
    ///   - host: The address of this machine to listen on, such as `127.0.0.1`.
    ///   - ports: The first that is free is taken; 0 is any that is free.
    ///   - findings: What there is to say of a page, by its address within the site; nil where nothing is known of it.
    ///   - editing: Changes the content; nil where nobody may. Never to be given with access by token: others could
    ///     then change what this machine has.
    package static func start(
        folder: String, host: String, ports: [UInt16], access: PreviewAccess, files: some FileSystem,
        findings: @escaping @Sendable (String) async -> Workspace.JSONValue? = { _ in nil },
        editing: PreviewEditing? = nil
    ) async throws(Failure) -> PreviewServer {
        var last = Failure.notAnAddress(host)
        for port in ports {
            let state = PreviewState()
            let handler = SiteHandler(
                site: PreviewFiles(folder: folder, files: files), state: state, access: access,
                findings: findings, editing: access.token == nil ? editing : nil)
            let server: HTTPServer
            do { server = try Self.server(host, port, handler) } catch { throw .notAnAddress(host) }
            // Nil until it listens.
            let place = Mutex<UInt16?>(nil)
            let ended = Flag()
            let running = Task {
                defer { ended.set(true) }
                var server = server
                while true {
                    do {
                        return try await server.run()
                    } catch {
                        // Where it ran out of file handles, for one, all connections have been let go: go on.
                        guard let port = place.withLock({ $0 }), !Task.isCancelled else { throw error }
                        try await Task.sleep(for: .milliseconds(200))
                        // Where any port would have done, pages that are open know the one that it was.
                        server = try Self.server(host, port, handler)
                    }
                }
            }
            if let listening = try? await listeningPort(of: server, unless: ended) {
                place.withLock { $0 = listening }
                return PreviewServer(
                    state, files, running, host: host, port: listening, access: access)
            }
            running.cancel()
            do { try await running.value } catch { last = .cannotListen(port: port, reason: "\(error)") }
        }
        throw last
    }

    private static func server(_ host: String, _ port: UInt16, _ handler: SiteHandler) throws -> HTTPServer {
        host.contains(":")
            ? HTTPServer(
                address: try .inet6(ip6: host, port: port), timeout: timeout, logger: .disabled,
                handler: handler)
            : HTTPServer(
                address: try .inet(ip4: host, port: port), timeout: timeout, logger: .disabled,
                handler: handler)
    }

    private static func listeningPort(of server: HTTPServer, unless ended: Flag) async throws -> UInt16? {
        while !ended.isSet {
            switch await server.listeningAddress {
            case .ip4(_, let port), .ip6(_, let port): return port
            case .unix, nil: try await Task.sleep(for: .milliseconds(5))
            }
        }
        return nil
    }

    /// Serves until the task is cancelled.
    package func run() async throws {
        try await withTaskCancellationHandler {
            try await running.value
        } onCancel: {
            running.cancel()
        }
    }

    /// The path of the page that was asked for last; nil before there was any.
    package var openPage: String? { state.openPage }

    /// Says in open pages that what was written is being built.
    package func buildStarted() { state.startBuilding() }

    /// Has the pages that are open in a browser load themselves again, where they are others than before.
    ///
    /// - Parameter changed: The files of the site that are new, others than before, or gone.
    package func buildSucceeded(changing changed: [String]) { state.finish(changing: changed) }

    /// Shows the errors in open pages.
    package func buildFailed(_ problems: Diagnostics) {
        state.fail(problems.sorted.filter { $0.severity == .error }, in: files)
    }
}

private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set(_ new: Bool) { value.withLock { $0 = new } }
}

private struct SiteHandler: HTTPHandler {
    let site: PreviewFiles
    let state: PreviewState
    let access: PreviewAccess
    let findings: @Sendable (String) async -> Workspace.JSONValue?
    let editing: PreviewEditing?

    private static let pageType = PreviewFiles.type(of: "index.html")

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let answer = try await answer(request)
        return request.mayHaveBody ? try await answer.closing() : answer
    }

    private func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        let path = request.target.path()
        switch access.answer(
            host: request.headers[.host], cookies: request.headers[.cookie],
            given: request.query[PreviewAccess.parameter])
        {
        case .granted: break
        case .wrongHost:
            return Self.plain(
                HTTPStatusCode(421, phrase: "Misdirected Request"),
                "This preview answers only to localhost and 127.0.0.1.")
        case .noToken:
            return Self.plain(
                .forbidden,
                "This preview is shown to those who have its whole address, with the token at its end.")
        case .remember(let cookie):
            // One slash: two would be another host.
            let headers: HTTPHeaders = [
                .location: "/" + path.drop { $0 == "/" || $0 == "\\" }, .setCookie: cookie,
            ]
            return HTTPResponse(statusCode: .found, headers: headers)
        }
        if path.hasPrefix(PreviewPages.editPrefix) {
            return try await edit(String(path.dropFirst(PreviewPages.editPrefix.count)), request)
        }
        guard request.method == .GET || request.method == .HEAD else {
            let headers: HTTPHeaders = [.init("Allow"): "GET, HEAD"]
            return HTTPResponse(statusCode: .methodNotAllowed, headers: headers)
        }
        if let asset = PreviewPages.asset(path) {
            var answer = Self.answer(.ok, PreviewFiles.type(of: path), asset)
            if path == PreviewPages.viewPath {
                answer.headers[.init("Content-Security-Policy")] = PreviewPages.viewPolicy
            }
            return answer
        }
        if path == PreviewPages.statePath {
            let told = try await state.told(after: request.query["seen"], to: request.query["page"])
            return Self.answer(.ok, PreviewFiles.type(of: "state.json"), told.serialized().utf8)
        }
        if path == PreviewPages.findingsPath {
            guard let found = await findings(request.query["page"] ?? "/") else {
                return Self.plain(.notFound, "Nothing is known of this page.")
            }
            return Self.answer(.ok, PreviewFiles.type(of: "findings.json"), found.serialized().utf8)
        }
        // Before the page is read, so that no build after that is missed.
        let shown = state.site(of: path)
        switch site.answer(to: path) {
        case .file(let bytes, let type):
            guard type != Self.pageType else {
                state.open(path)
                return Self.answer(.ok, type, page(bytes, of: shown))
            }
            return Self.answer(part: request.headers[.range], of: bytes, type)
        case .redirect(let path):
            var headers = Self.headers
            headers[.location] = path
            return HTTPResponse(statusCode: .found, headers: headers)
        case .missing(let bytes):
            guard site.isThere else {
                return Self.answer(
                    .serviceUnavailable, Self.pageType, PreviewPages.page(PreviewPages.waiting, of: shown))
            }
            return Self.answer(.notFound, Self.pageType, page(bytes, of: shown))
        }
    }

    private func page(_ bytes: [UInt8], of site: String) -> [UInt8] {
        PreviewPages.page(bytes, of: site, editToken: editing?.token)
    }

    /// Reads or changes the content, for a page of this preview and for nobody else.
    private func edit(_ action: String, _ request: HTTPRequest) async throws -> HTTPResponse {
        guard let editing else {
            return Self.plain(.forbidden, "Nothing can be changed in this preview.")
        }
        guard request.method == .POST else {
            var headers = Self.headers
            headers[.init("Allow")] = "POST"
            return HTTPResponse(statusCode: .methodNotAllowed, headers: headers)
        }
        let asked = PreviewEditing.Asked(
            host: request.headers[.host], origin: request.headers[.init("Origin")],
            site: request.headers[.init("Sec-Fetch-Site")], token: request.headers[.init("Signpost-Token")],
            type: request.headers[.contentType])
        guard editing.isFromOwnPage(asked) else {
            return Self.plain(.forbidden, "Only a page of this preview can change anything. Load it again.")
        }
        guard let length = request.headers[.contentLength].flatMap(Int.init), length >= 0 else {
            return Self.plain(HTTPStatusCode(411, phrase: "Length Required"), "The request has no length.")
        }
        guard length <= PreviewEditing.longestRequest else {
            return Self.plain(HTTPStatusCode(413, phrase: "Content Too Large"), "This is too much text.")
        }
        guard let body = try? await request.bodyData, let asked = PreviewEditing.Request(Array(body)) else {
            return Self.plain(.badRequest, "This is no request that a page of this preview makes.")
        }
        guard let (status, value) = await editing.answer(action, asked) else {
            return Self.plain(.notFound, "There is no such thing to ask for.")
        }
        return Self.answer(
            HTTPStatusCode(status, phrase: status == 200 ? "OK" : "Refused"),
            PreviewFiles.type(of: "answer.json"), value.serialized().utf8)
    }

    /// A page that is being worked on must never come from the browser's memory, and no other site has a use for it.
    private static var headers: HTTPHeaders {
        [
            .init("Cache-Control"): "no-store", .init("Cross-Origin-Resource-Policy"): "same-origin",
            .init("Referrer-Policy"): "same-origin", .init("X-Content-Type-Options"): "nosniff",
            // So that no other site can have somebody press its buttons unseen.
            .init("X-Frame-Options"): "SAMEORIGIN",
        ]
    }

    private static func answer(
        _ status: HTTPStatusCode, _ type: String, _ bytes: some Sequence<UInt8>
    ) -> HTTPResponse {
        var headers = headers
        headers[.contentType] = type
        return HTTPResponse(statusCode: status, headers: headers, body: Data(bytes))
    }

    private static func answer(part asked: String?, of bytes: [UInt8], _ type: String) -> HTTPResponse {
        var answer: HTTPResponse
        switch ByteRange(asked, of: bytes.count) {
        case .whole: answer = Self.answer(.ok, type, bytes)
        case .part(let part):
            answer = Self.answer(.partialContent, type, bytes[part])
            answer.headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(bytes.count)"
        case .outside:
            answer = plain(.rangeNotSatisfiable, "The file has \(bytes.count) bytes.")
            answer.headers[.contentRange] = "bytes */\(bytes.count)"
        }
        answer.headers[.acceptRanges] = "bytes"
        return answer
    }

    private static func plain(_ status: HTTPStatusCode, _ text: String) -> HTTPResponse {
        answer(status, "text/plain; charset=utf-8", (text + "\n").utf8)
    }
}
