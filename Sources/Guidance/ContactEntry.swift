import Markdown
import Workspace

/// A contact as it is written in `portal.yml` or `council.yml`.
struct ContactEntry: Sendable {
    var contact: Contact
    var group: String?
    var groupLocation: SourceLocation?
    /// Councils of which nations show it; nil for all.
    var nations: Set<Nation>?

    static func read(
        _ id: String, _ value: YAMLValue, at location: SourceLocation, isNational: Bool,
        sources: [String: String], audience: Audience
    ) -> ContactEntry? {
        guard var mapping = value.mapping() else { return nil }
        let reader = mapping.reader
        let name = mapping.required("name")?.passage()
        var ways: [Contact.Way] = []
        var namesChannel = false
        for channel in Contact.Channel.allCases {
            guard let value = mapping.value(channel.rawValue) else { continue }
            namesChannel = true
            if let way = readWay(channel, value) { ways.append(way) }
        }
        let checked = mapping.value("checked")?.date()
        let hoursValue = mapping.value("hours")
        if let hoursValue, checked == nil {
            reader.add(
                .error(
                    "HoursWithoutCheck", "opening hours need the date somebody last checked them",
                    at: hoursValue.location, help: "Add 'checked: ' with the date, or leave the hours out."))
        }
        let groupValue = mapping.value("group")
        let entry = ContactEntry(
            contact: Contact(
                id: id, name: name ?? Passage(id), purpose: mapping.value("purpose")?.passage(), ways: ways,
                hours: hoursValue?.passage(), area: mapping.value("area")?.passage(),
                relay: mapping.value("relay")?.bool() ?? ways.contains { $0.channel == .phone },
                audience: mapping.value("audience")?.choice(Audience.self) ?? audience,
                source: mapping.value("source")?.string().map { sources[$0] ?? $0 }, checked: checked,
                isCheckOverdue: false, isNational: isNational, location: location),
            group: groupValue?.string(), groupLocation: groupValue?.location,
            nations: mapping.value("nations").map { Set($0.list().compactMap { $0.choice(Nation.self) }) })
        mapping.finish()
        if !namesChannel {
            reader.add(
                .error(
                    "ContactWithoutChannel", "the contact '\(id)' has no way to reach it", at: location,
                    help: "Add one of: " + Contact.Channel.allCases.map(\.rawValue).joined(separator: ", ")
                        + "."))
        }
        return entry
    }

    private static func readWay(_ channel: Contact.Channel, _ value: YAMLValue) -> Contact.Way? {
        func fail(_ message: String, help: String? = nil) -> Contact.Way? {
            value.reader.add(.error("InvalidContact", message, at: value.location, help: help))
            return nil
        }
        switch channel {
        case .post, .visit:
            let lines = value.isSequence ? value.strings() : value.string().map { [$0] } ?? []
            return lines.isEmpty ? nil : Contact.Way(channel: channel, text: lines.joined(separator: "\n"))
        case .phone, .text:
            guard let text = value.string() else { return nil }
            guard let number = PhoneNumber(text) else {
                return fail(
                    "'\(text)' is not a phone number",
                    help: "Use digits and spaces only, as people say it: 01632 960 000.")
            }
            let scheme = channel == .phone ? "tel:" : "sms:"
            return Contact.Way(channel: channel, text: text, destination: scheme + number.dialled)
        case .email:
            guard let text = value.string() else { return nil }
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."),
                !text.contains(where: { $0.isWhitespace || "<>\"',;:()".contains($0) })
            else { return fail("'\(text)' is not an e-mail address") }
            return Contact.Way(channel: channel, text: text, destination: "mailto:" + text)
        case .web:
            guard let text = value.string() else { return nil }
            guard ["http", "https"].contains(Link.scheme(of: text) ?? ""),
                !text.contains(where: \.isWhitespace)
            else {
                return fail("'\(text)' is not a web address", help: "It must start with https://.")
            }
            var shown = text[...]
            for prefix in ["https://", "http://"] where shown.hasPrefix(prefix) {
                shown = shown.dropFirst(prefix.count)
            }
            if shown.hasSuffix("/") { shown = shown.dropLast() }
            return Contact.Way(channel: channel, text: String(shown), destination: text)
        }
    }
}

/// A phone number as people write it in the United Kingdom.
public struct PhoneNumber: Hashable, Sendable {
    /// What a phone dials: `+441632960000`; short and freephone-only numbers as they are.
    public let dialled: String

    public init?(_ text: String) {
        guard text.allSatisfy({ $0.isASCII && ($0.isNumber || " +-()".contains($0)) }) else { return nil }
        let digits = text.filter { $0.isNumber }
        guard (3...15).contains(digits.count), !text.dropFirst().contains("+") else { return nil }
        if text.hasPrefix("+") {
            dialled = "+" + digits
        } else if digits.hasPrefix("0"), digits.count >= 10 {
            // Ofcom, National Telephone Numbering Plan: national numbers are 0 and nine or ten digits.
            dialled = "+44" + digits.dropFirst()
        } else {
            dialled = digits
        }
    }
}

extension YAMLValue {
    /// Running text with inline Markdown.
    func passage() -> Passage? {
        guard let text = string() else { return nil }
        var problems = Diagnostics()
        var passage = Passage(markdown: text, reporting: &problems, path: location.file)
        for var problem in problems.sorted {
            problem.location = location
            reader.add(problem)
        }
        passage.range = location.range
        return passage
    }
}
