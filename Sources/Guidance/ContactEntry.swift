import Markdown
import Workspace

/// A contact as it is written in `portal.yml` or `council.yml`.
struct ContactEntry: Sendable {
    var contact: Contact
    var group: String?
    var groupLocation: SourceLocation?
    /// Councils of which nations show it; nil for all.
    var nations: Set<Nation>?
    /// Who checked it. Not a part of the contact, so that no edition has the name and none is published.
    var checkedBy: String?

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
        readMenu(&mapping, &ways)
        let checked = mapping.value("checked")?.date()
        let checkedBy = mapping.value("checked-by")?.string()
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
                note: mapping.value("note")?.passage(), relay: readRelay(mapping.value("relay"), ways),
                audience: mapping.value("audience")?.choice(Audience.self) ?? audience,
                source: mapping.value("source")?.source(among: sources), checked: checked,
                isCheckOverdue: false, isNational: isNational,
                canBeSaved: mapping.value("save")?.bool() ?? false, location: location),
            group: groupValue?.string(), groupLocation: groupValue?.location,
            nations: mapping.value("nations").map { Set($0.list().compactMap { $0.choice(Nation.self) }) },
            checkedBy: checkedBy)
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

    /// `extension: 123` or `option: 2`: what is dialled once somebody answers the phone.
    private static func readMenu(_ mapping: inout YAMLMapping, _ ways: inout [Contact.Way]) {
        for (key, menu) in [("extension", PhoneNumber.Menu.extension), ("option", PhoneNumber.Menu.option)] {
            guard let value = mapping.value(key), let text = value.scalarText else { continue }
            guard (1...7).contains(text.count), text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                value.reader.add(
                    .error(
                        "InvalidContact", "'\(text)' is not an \(key)", at: value.location,
                        help: "Write its digits only: '\(key): 123'."))
                continue
            }
            guard let index = ways.firstIndex(where: { $0.channel == .phone }), ways[index].menu == nil else {
                value.reader.add(
                    .error(
                        "InvalidContact",
                        "the \(key) '\(text)' belongs to no phone number, or to one that has another",
                        at: value.location,
                        help: "Give the contact a phone number and one extension or option."))
                continue
            }
            ways[index].menu = menu(text)
            ways[index].destination? += ";ext=" + text
        }
    }

    /// `relay: no`, or the number that takes the place of this one for people who cannot hear or speak.
    ///
    /// Relay UK puts 18001 before a number. 999 is reached by 18000 alone; for other short codes there is nothing to
    /// say unless the data says it.
    private static func readRelay(_ value: YAMLValue?, _ ways: [Contact.Way]) -> Contact.Relay? {
        guard let phone = ways.first(where: { $0.channel == .phone }) else {
            _ = value?.bool()
            return nil
        }
        if let value, let text = value.scalarText, let number = try? PhoneNumber(text), number.isShort {
            return .instead(text)
        }
        let isShort = (try? PhoneNumber(phone.text))?.isShort ?? false
        guard let value else { return isShort ? nil : .before("18001") }
        guard value.bool() ?? false else { return nil }
        if isShort {
            value.reader.add(
                .error(
                    "InvalidContact",
                    "'\(phone.text)' is a short number, which Relay UK does not put through",
                    at: value.location,
                    help:
                        "Write the number that people use instead, such as 'relay: 18000' for 999, or 'relay: no'."
                ))
            return nil
        }
        return .before("18001")
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
            let number: PhoneNumber
            do { number = try PhoneNumber(text, messages: channel == .text) } catch {
                return fail(error.message, help: error.help)
            }
            if channel == .text, !number.takesMessages {
                return fail(
                    "'\(text)' is no number of a mobile phone: a text message to it reaches nobody",
                    help: "Give it as 'phone', or write the number for text messages.")
            }
            // RFC 3966, 5.3: what is dialled once somebody answers.
            let menu = channel == .phone ? number.menu.map { ";ext=" + $0.digits } ?? "" : ""
            return Contact.Way(
                channel: channel, text: number.text,
                destination: (channel == .phone ? "tel:" : "sms:") + number.dialled + menu, menu: number.menu)
        case .email:
            guard let text = value.string() else { return nil }
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."),
                !text.contains(where: { $0.isWhitespace || "<>\"',;:()".contains($0) })
            else { return fail("'\(text)' is not an e-mail address") }
            return Contact.Way(channel: channel, text: text, destination: "mailto:" + text)
        case .web:
            guard let text = value.string() else { return nil }
            guard WebAddress.isValid(text) else {
                return fail("'\(text)' is not a web address", help: "It must start with https://.")
            }
            if let warning = Link.warning(of: text, at: value.location) { value.reader.add(warning) }
            var shown = text[...]
            for prefix in ["https://", "http://"] where shown.hasPrefix(prefix) {
                shown = shown.dropFirst(prefix.count)
            }
            if shown.hasSuffix("/") { shown = shown.dropLast() }
            return Contact.Way(channel: channel, text: String(shown), destination: text)
        }
    }
}

extension YAMLValue {
    /// Where a fact or contact is from: what `sources` says a short name stands for, or the words themselves.
    func source(among sources: [String: String]) -> String? {
        guard let text = string() else { return nil }
        if let known = sources[text] { return known }
        let isName = text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
        }
        if isName {
            reader.add(
                .warning(
                    "UnknownSource",
                    "'\(text)' is a short name, and 'sources' does not say what it stands for",
                    at: location,
                    help: didYouMean(
                        text, among: sources.keys.sorted(),
                        otherwise: "Add '\(text)' to 'sources', or write here in words where it is from.")))
        }
        return text
    }

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
