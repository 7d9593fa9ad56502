import Foundation
import Workspace

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Asks other sites whether an address still leads somewhere.
///
/// It is polite: it asks for heads and not for pages where a site allows that, one address of a host after the other
/// with a pause between, says what it is, and gives up after some seconds.
struct LinkVisitor: Sendable {
    /// Between two questions to a host.
    var pause: Duration = .seconds(1)
    /// Seconds.
    var patience: Double = 15

    /// How many hosts are asked at the same time.
    private static let width = 8
    private static let longestWay = 5

    func states(of links: [ExternalLink]) async -> [String: LinkState] {
        let byHost = Dictionary(grouping: links.map(\.address)) { URL(string: $0)?.host?.lowercased() ?? "" }
        let visits = await byHost.values.sorted { $0[0] < $1[0] }.concurrentMap(width: Self.width) {
            addresses in
            let session = Visit(patience: patience)
            defer { session.end() }
            var found: [(String, LinkState)] = []
            for (index, address) in addresses.enumerated() {
                if index > 0 { try? await Task.sleep(for: pause) }
                found.append((address, await state(of: address, session)))
            }
            return found
        }
        return Dictionary(visits.joined(), uniquingKeysWith: { $1 })
    }

    private func state(of address: String, _ visit: Visit) async -> LinkState {
        guard var url = URL(string: address) else { return .dead("it is no address") }
        var isForGood = true
        for step in 0..<Self.longestWay {
            switch await visit.ask(url) {
            case .failed(let state): return state
            case .answered(let status, let location):
                switch status {
                case 200..<300:
                    return step > 0 && isForGood ? .moved(to: url.absoluteString) : .reached
                case 301, 302, 303, 307, 308:
                    guard let next = location.flatMap({ URL(string: $0, relativeTo: url)?.absoluteURL })
                    else { return .unknown("it leads on without saying where (status \(status))") }
                    if status != 301, status != 308 { isForGood = false }
                    url = next
                case 404, 410: return .dead("the site says that there is no such page (status \(status))")
                default: return .unknown("the site answers with status \(status)")
                }
            }
        }
        return .unknown("it leads on more than \(Self.longestWay) times")
    }
}

/// Questions to one host.
private final class Visit: NSObject, URLSessionTaskDelegate, Sendable {
    enum Answer {
        case answered(status: Int, location: String?)
        case failed(LinkState)
    }

    private let patience: Double
    private let configuration: URLSessionConfiguration
    private let session: URLSession

    /// Redirects are followed by the caller, who wants to know of them.
    private final class Staying: NSObject, URLSessionTaskDelegate, Sendable {
        func urlSession(
            _ session: URLSession, task: URLSessionTask,
            willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
            completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) { completionHandler(nil) }
    }

    init(patience: Double) {
        self.patience = patience
        configuration = .ephemeral
        configuration.timeoutIntervalForRequest = patience
        configuration.httpShouldSetCookies = false
        session = URLSession(configuration: configuration, delegate: Staying(), delegateQueue: nil)
    }

    func end() { session.finishTasksAndInvalidate() }

    /// Asks for the head; where a site does not give it, for the page.
    func ask(_ url: URL) async -> Answer {
        let head = await ask(url, "HEAD")
        if case .answered(let status, _) = head, [400, 403, 404, 405, 406, 501].contains(status) {
            return await ask(url, "GET")
        }
        return head
    }

    private func ask(_ url: URL, _ method: String) async -> Answer {
        var request = URLRequest(url: url, timeoutInterval: patience)
        request.httpMethod = method
        request.setValue(
            "Signpost (looks whether links still lead somewhere)", forHTTPHeaderField: "User-Agent")
        do {
            let (_, response) = try await session.data(for: request)
            guard let response = response as? HTTPURLResponse else {
                return .failed(.unknown("it does not answer as websites do"))
            }
            return .answered(
                status: response.statusCode, location: response.value(forHTTPHeaderField: "Location"))
        } catch let error as URLError {
            return .failed(Self.state(of: error))
        } catch {
            return .failed(.unknown(error.localizedDescription))
        }
    }

    private static func state(of error: URLError) -> LinkState {
        switch error.code {
        case .cannotFindHost, .dnsLookupFailed: .dead(LinkVisitor.noHost)
        case .timedOut: .unknown("there was no answer in time")
        case .cannotConnectToHost: .unknown("nothing answers there")
        case .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot,
            .serverCertificateNotYetValid, .secureConnectionFailed:
            .unknown("its certificate is not trusted, so browsers warn of it")
        default: .unknown("asking failed (\(error.code.rawValue))")
        }
    }
}

extension LinkVisitor {
    /// Why an address whose host nobody knows is dead.
    static let noHost = "there is no such host"
}
