import Guidance
import Workspace

/// The address that QR codes and the site map carry.
struct ExampleAddress: PortalRule {
    static let rule = Rule(
        "ExampleAddress", .note, "The site's address is an example, and would be printed in QR codes.",
        bad: "base-url: https://guidance.example.org", good: "base-url: https://families.kent.gov.uk")

    private static let hosts = [
        "example.org", "example.com", "example.net", "example.co.uk", "localhost", "127.0.0.1",
    ]
    private static let endings = [".example", ".test", ".invalid", ".localhost", ".local"]

    static func problems(in portal: Portal, _ context: LintContext) -> [Diagnostic] {
        let rest =
            portal.baseURL.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        let host = rest.prefix { $0 != ":" }.lowercased()
        guard
            hosts.contains(where: { host == $0 || host.hasSuffix("." + $0) })
                || endings.contains(where: host.hasSuffix)
        else { return [] }
        return [
            rule.diagnostic(
                "'\(portal.baseURL)' is an example: QR codes on paper would lead nowhere",
                at: portal.baseURLLocation ?? SourceLocation(file: joinPath(portal.root, "portal.yml")),
                help: "Write the address at which the site will be, or give it with --base-url.")
        ]
    }
}
