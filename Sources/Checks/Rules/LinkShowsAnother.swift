import Guidance
import Translations
import Workspace

/// A link whose words show one number or address while it leads to another: a reader on a phone presses, one with the
/// page on paper types, and they reach different people.
struct LinkShowsAnother: LinkRule {
    static let rule = Rule(
        "LinkShowsAnother", .warning,
        "A link shows one phone number, e-mail address or site, and leads to another.",
        bad: "Phone ⟦[01865 815672](tel:+441865815627).", good: "Phone [01865 815672](tel:+441865815672).")

    static func problem(with link: PlacedLink, _ context: LintContext) -> (String, String?)? {
        guard !link.isBare, let (shown, reached) = contradiction(in: link) else { return nil }
        return (
            "the link shows '\(shown)' and leads to '\(reached)'",
            "Find out which is right, and write it in both."
        )
    }

    private static func contradiction(in link: PlacedLink) -> (shown: String, reached: String)? {
        // Nearly all links show words alone.
        guard link.text.utf8.contains(where: { $0 &- 0x30 < 10 || $0 == 0x2E || $0 == 0x40 }),
            let colon = link.destination.firstIndex(of: ":")
        else { return nil }
        let scheme = link.destination[..<colon].lowercased()
        let rest = link.destination[link.destination.index(after: colon)...]
        let address = String(rest.prefix { $0 != "?" && $0 != ";" })
        let reached = PageLink.percentDecoded(address)
        switch scheme {
        case "tel", "sms":
            let numbers = shownNumbers(link.text)
            if let first = numbers.first {
                let dialled = key(ofNumber: reached)
                return numbers.contains { key(ofNumber: $0) == dialled } ? nil : (first, reached)
            }
            return addresses(.email, in: link.text).first.map { ($0, reached) }
        case "mailto":
            let mails = addresses(.email, in: link.text)
            if let first = mails.first {
                let all = reached.lowercased().split(separator: ",").map {
                    $0.trimmed(of: " ")
                }
                return mails.contains { all.contains($0.lowercased()) } ? nil : (first, reached)
            }
            return (shownSites(link.text) + TypedContact.phoneNumbers(in: link.text)).first.map {
                ($0, reached)
            }
        case "http", "https":
            let sites = shownSites(link.text)
            guard let first = sites.first, let host = host(of: link.destination) else { return nil }
            // A part of a site is still the site (learning.nspcc.org.uk), and so is what another only leads on to it, or
            // keeps of it: web.archive.org/web/2020/http://….
            let destination = PageLink.percentDecoded(link.destination).lowercased()
            let isSame = sites.compactMap { self.host(of: $0) }.contains { shown in
                shown == host || host.hasSuffix("." + shown) || shown.hasSuffix("." + host)
                    || destination.contains("//" + shown) || destination.contains("//www." + shown)
            }
            return isSame ? nil : (first, link.destination)
        default: return nil
        }
    }

    /// The sites that the words of a link give to type: written out, or alone and in small letters. What words only speak of
    /// (a form of Childline.org, the news on Kent.gov) is no address that the link contradicts.
    private static func shownSites(_ text: String) -> [String] {
        let sites = addresses(.web, in: text)
        let alone = text.trimmed(of: " .")
        return sites.filter { site in
            let small = site.lowercased()
            return ["www.", "http://", "https://"].contains { small.hasPrefix($0) }
                || site == alone && site == small
        }
    }

    /// The phone numbers that the words of a link show, right or wrong ones, for what is dialled is a number too.
    private static func shownNumbers(_ text: String) -> [String] {
        let known = TypedContact.phoneNumbers(in: text)
        guard known.isEmpty else { return known }
        let runs = text.split { !($0.isASCII && $0.isNumber || " +()-".contains($0)) }.map {
            $0.trimmed(of: " ")
        }
        return runs.filter { run in
            let digits = run.count { $0.isNumber }
            // Short codes: 999, 101. Fewer than seven digits else are an extension or a year.
            return digits >= 7 || digits >= 3 && (try? PhoneNumber(run, messages: true)) != nil
        }
    }

    /// What tells numbers apart: `+441865815672` for `01865 815672` and `18001 01865 815672`.
    private static func key(ofNumber written: String) -> String {
        var digits = written.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
        for relay in ["18000", "18001", "18002"] where digits.hasPrefix(relay) && digits.count > 8 {
            digits.removeFirst(relay.count)
        }
        return (try? PhoneNumber(digits, messages: true))?.dialled ?? digits
    }

    private static func addresses(_ kind: TextRun.Kind, in text: String) -> [String] {
        let scanner = TextScanner(text)
        return scanner.addresses().filter { $0.kind == kind }.map { scanner.text($0.range) }
    }

    /// The host of a web address in small letters, without `www.`.
    private static func host(of address: String) -> String? {
        var rest = address.lowercased()[...]
        for start in ["https://", "http://"] where rest.hasPrefix(start) {
            rest = rest.dropFirst(start.count)
        }
        var host = rest.prefix { !"/?#:".contains($0) }
        if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
        if host.hasPrefix("www.") { host = host.dropFirst(4) }
        return host.isEmpty ? nil : String(host)
    }
}
