import Checks
import Guidance
import Markdown
import Workspace

/// Facts and contacts that documents seem to say, for an editor to look at and take over.
package struct DataProposals: Sendable {
    package struct Fact: Hashable, Sendable {
        package var id: String
        package var label: String?
        /// Nil where only a reader can say whether it is so.
        package var value: String?
        package var sentence: String
        package var file: String
        package var place: String
        /// What `council.yml` says already.
        package var known: String?
    }

    package struct Contact: Hashable, Sendable {
        package var id: String
        package var name: String
        package var ways: [FoundData.Way]
        package var post: [String] = []
        /// When somebody answers, as the text says it.
        package var hours: String?
        /// What else the documents call whoever answers: one of the names is wrong, or it is one desk.
        package var otherNames: [String] = []
        package var file: String
        package var place: String
    }

    /// A number or address that the portal has already, or nearly.
    package struct KnownWay: Hashable, Sendable {
        package var text: String
        package var contact: String
        /// Whether it differs by one sign.
        package var isNear: Bool
        /// Whether the page refers to the contact instead of it.
        package var isReferred = true
        package var file: String
        package var place: String
    }

    package private(set) var facts: [Fact] = []
    package private(set) var contacts: [Contact] = []
    package private(set) var known: [KnownWay] = []

    /// A time that a sentence sets, and that no fact of the portal stands for.
    package struct Time: Hashable, Sendable {
        package var sentence: String
        package var file: String
        package var place: String
    }
    package private(set) var times: [Time] = []
    let finder: FoundData
    private var taken: Set<String>
    /// The label of the next number, where it stands on a line or in a cell of its own: "Fax".
    private var hint = ""
    /// What the part that was read last stands under.
    private var lastHeading: (file: String, words: String)?

    init(_ council: Council, in portal: Portal) {
        finder = FoundData(council, in: portal)
        taken = portal.knownContacts.union(council.ownContacts.map(\.id)).union(portal.knownFacts)
    }

    /// Looks through the blocks of a section.
    mutating func read(_ blocks: [ForeignDocument.Placed], heading: String, file: String) {
        // "Phone" above a number says how, and not whom.
        if let last = lastHeading, last.file == file, Self.isChannel(heading) {
            hint = heading
            return read(blocks, heading: last.words, file: file)
        }
        lastHeading = (file, heading)
        var label = heading
        var section = heading
        var open: Int?
        for placed in blocks {
            if case .heading(_, let passage) = placed.block.content {
                if Self.isChannel(passage.plainText) {
                    hint = passage.plainText
                } else {
                    label = passage.plainText
                    section = label
                }
                open = nil
                continue
            }
            [placed.block].forEachPassage { passage in
                for fact in finder.facts(in: passage) { add(fact, file, placed.place) }
                for sentence in finder.unknownTimes(in: passage) where sentence.count <= 300 {
                    let time = Time(sentence: sentence, file: file, place: placed.place)
                    if !times.contains(where: { $0.sentence == sentence }) { times.append(time) }
                }
            }
            guard case .table(let table) = placed.block.content else {
                let before = label
                [placed.block].forEachPassage { passage in
                    let count = contacts.count
                    readContacts(passage, &label, &open, file: file, place: placed.place)
                    // Once somebody else has a name of their own, a line above them names nobody below.
                    if contacts[count...].contains(where: { $0.name != label }) { label = section }
                }
                // An item names what is in its list, and nothing below it.
                if case .list = placed.block.content { label = before }
                continue
            }
            // A row is about whom its first cell names.
            for row in [table.header] + table.rows {
                var name = row.first?.plainText ?? label
                if name.isEmpty || name.count > 80 { name = label }
                hint = ""
                if Self.isChannel(name) {
                    hint = name
                    name = label
                }
                open = nil
                let count = contacts.count
                for cell in row where !FoundData.ways(in: cell).isEmpty {
                    readContacts(cell, &name, &open, file: file, place: placed.place)
                }
                // Hours in a cell of their own are of the one whom the row is about.
                let hours = row.compactMap { Self.hours(in: $0.plainText)?.text }
                if contacts.count == count + 1, hours.count == 1 {
                    contacts[count].hours = contacts[count].hours ?? hours[0]
                }
            }
            open = nil
        }
    }

    private mutating func add(_ fact: FoundData.Fact, _ file: String, _ place: String) {
        // What runs on for lines is no sentence: nobody could say which of its words are meant.
        guard fact.sentence.count <= 300 else { return }
        let new = Fact(
            id: fact.id, label: fact.label, value: fact.value, sentence: fact.sentence, file: file,
            place: place, known: fact.known)
        // Once for each value; a choice once.
        guard !facts.contains(where: { $0.id == new.id && ($0.value == new.value || new.value == nil) }),
            new.value != nil || new.known == nil
        else { return }
        facts.append(new)
    }

    private mutating func readContacts(
        _ passage: Passage, _ label: inout String, _ open: inout Int?, file: String, place: String
    ) {
        let text = passage.plainText
        var ways = FoundData.ways(in: passage).filter { $0.channel != .web || isContactLink($0, text) }
        if let first = ways.first, first.channel == .phone, first.machine == nil,
            let label = FoundData.label(hint), FoundData.label(first.before) == nil
        {
            if label != "text" {
                ways[0].machine = label
            } else if (try? PhoneNumber(first.text))?.takesMessages ?? true {
                ways[0].channel = .text
                ways[0].destination = "sms:" + first.destination.dropFirst("tel:".count)
            }
        }
        if !ways.isEmpty { hint = "" }
        guard !ways.isEmpty else {
            if let index = open, let hours = Self.hours(in: text)?.text {
                contacts[index].hours = contacts[index].hours ?? hours
            } else if let post = Self.address(in: text) {
                if let index = open, contacts[index].post.isEmpty { contacts[index].post = post }
            } else if text.count <= 60, !text.hasSuffix("."), text.contains(where: \.isLetter) {
                if Self.isChannel(text) {
                    hint = text
                    return
                }
                // A short line before a number is whose it is; "Monday to Friday" is not.
                guard
                    text.replacing(Self.daysAndTimes, with: " ").split(whereSeparator: { !$0.isLetter })
                        .contains(where: { !Self.leads.contains($0.lowercased()) })
                else { return }
                label = text.trimmingEnd(of: ": ")
                open = nil
            } else if text.count > 60 {
                open = nil
            }
            return
        }
        let referring = finder.referring(passage.inlines)
        let referred = referring.referredContacts
        let typed = Set(
            FoundData.ways(in: Passage(referring)).compactMap { finder.contact(with: $0.destination) })
        // The text up to each number, and whose it is.
        var owners: [(end: String.Index, contact: Int?)] = []
        var read = text.startIndex
        let names = Self.namesAfter(ways, in: text) ?? ways.map { Self.name(before: $0.before) }
        for (way, written) in zip(ways, names) {
            if let place = text[read...].firstRange(of: way.text) { read = place.upperBound }
            defer { owners.append((read, open)) }
            // A web address alone is no contact; with a number it is a part of one.
            if way.channel == .web, open == nil { continue }
            if let contact = finder.contact(with: way.destination) {
                for isReferred in [true, false] where (isReferred ? referred : typed).contains(contact) {
                    let known = KnownWay(
                        text: way.text, contact: contact, isNear: false, isReferred: isReferred, file: file,
                        place: place)
                    let isSaid = self.known.contains {
                        $0.text == known.text && $0.isReferred == isReferred
                    }
                    if !isSaid { self.known.append(known) }
                }
                continue
            }
            if let near = finder.contact(near: way.destination) {
                known.append(KnownWay(text: way.text, contact: near, isNear: true, file: file, place: place))
            }
            if let index = contacts.firstIndex(where: {
                $0.ways.contains { $0.destination == way.destination }
            }) {
                if let written, !Self.isOneName(written, contacts[index].name),
                    !contacts[index].otherNames.contains(where: { Self.isOneName(written, $0) })
                {
                    contacts[index].otherNames.append(written)
                }
                // What another document says stands with that document.
                open = contacts[index].file == file ? index : nil
                continue
            }
            // "The Advocacy Service, County Hall, …": the name is the first line of an address.
            let name = written ?? Self.address(in: way.before)?.first.flatMap(Self.name)
            if name == nil, let index = open,
                !contacts[index].ways.contains(where: { $0.channel == way.channel })
            {
                contacts[index].ways.append(way)
                continue
            }
            if way.channel == .web { continue }
            let shown = name ?? Self.question(before: way.before) ?? label
            contacts.append(
                Contact(id: unused(shown, way), name: shown, ways: [way], file: file, place: place))
            open = contacts.count - 1
        }
        if let hours = Self.hours(in: text) {
            // They are of the number before them, or where they come first, of the one after.
            let owner = owners.last { $0.end <= hours.start } ?? owners.first
            if let index = owner?.contact { contacts[index].hours = contacts[index].hours ?? hours.text }
        }
        if let index = open, contacts[index].post.isEmpty, let post = Self.address(in: text) {
            contacts[index].post = post
        }
    }

    /// Whether two names are one in other words: "The Chair", "Conference chair".
    private static func isOneName(_ a: String, _ b: String) -> Bool {
        func words(_ name: String) -> Set<String> {
            Set(name.lowercased().split { !$0.isLetter }.map(String.init).filter { $0.count > 3 })
        }
        return a.lowercased() == b.lowercased() || !words(a).isDisjoint(with: words(b))
    }

    /// The names behind the numbers, where every line has the number first: "01865 815672 Complaints Team".
    private static func namesAfter(_ ways: [FoundData.Way], in text: String) -> [String?]? {
        guard let first = ways.first, let last = ways.last, ways.allSatisfy({ $0.channel == .phone }),
            !first.before.contains(where: \.isLetter),
            let end = text.ranges(of: last.text).last?.upperBound
        else { return nil }
        let after = text[end...].prefix { !".;(".contains($0) }
        let names = (ways.dropFirst().map(\.before) + [String(after)]).map { part -> String? in
            let words = part.split { $0.isWhitespace || ":–-|,".contains($0) }.map(String.init)
            // A name, and no sentence that goes on.
            guard (1...5).contains(words.count), words[0].first?.isUppercase ?? false,
                hours(in: part) == nil, !leads.contains(words[0].lowercased())
            else { return nil }
            return words.joined(separator: " ")
        }
        return names.contains(nil) ? nil : names
    }

    /// A link belongs to a contact where its address is shown, or where it stands with a number.
    private func isContactLink(_ way: FoundData.Way, _ text: String) -> Bool {
        way.before.contains("www.") || way.before.contains("http")
    }

    /// "Fax", "Text:", "Telephone number": how to reach somebody, and not whom.
    private static func isChannel(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter }
        return !words.isEmpty
            && words.allSatisfy {
                [
                    "fax", "facsimile", "text", "sms", "minicom", "textphone", "tel", "telephone", "phone",
                    "number", "no",
                ]
                .contains($0)
            }
    }

    private static let leads = Set([
        "call", "phone", "telephone", "tel", "ring", "text", "email", "e-mail", "mobile", "on", "at", "us",
        "or", "and", "please",
        "you", "can", "contact", "to", "by", "the", "a", "number", "freephone", "helpline", "website", "web",
        "visit", "write",
        "sms", "fax", "minicom", "textphone", "facsimile", "for", "is", "are", "our", "them", "him", "her",
        "if", "need", "more", "information",
        "also", "may", "address",
        "online", "using", "free", "direct", "line", "out", "of", "hours", "office", "main", "switchboard",
        "your", "www", "via", "speak", "between", "from", "until", "open", "opening", "available", "am", "pm",
        "a.m", "p.m", "midday", "noon", "midnight", "weekday", "weekdays", "weekend", "weekends", "daily",
        "except", "excluding", "closed", "landline", "ext", "extension", "option", "press", "alternatively",
    ]).union(days)

    /// Days are when somebody answers, and never who.
    private static let days: Set<String> = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mondays", "tuesdays",
        "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "mon", "tue", "tues", "wed", "weds",
        "thu",
        "thur", "thurs", "fri", "sat", "sun",
    ]

    /// The name that stands before a number; nil where there are only such words as "phone".
    private static func name(before text: String) -> String? {
        var part = text
        for mark in [". ", "? ", "! ", "; "] {
            if let range = part.ranges(of: mark).last { part = String(part[range.upperBound...]) }
        }
        part = part.replacing(Self.daysAndTimes, with: " ")
        var words = part.split { $0.isWhitespace || ":–|(),".contains($0) && $0 != "-" }.map(String.init)
        func isLead(_ word: String) -> Bool {
            leads.contains(word.lowercased().filter { $0.isLetter || $0 == "-" })
                || !word.contains(where: \.isLetter)
                || word.contains("www.") || word.contains("http")
        }
        while let last = words.last, isLead(last) {
            // "Kent Advice Line", and not "Advice line": the end of a name.
            if ["Line", "Helpline", "Office", "Direct"].contains(last), let before = words.dropLast().last,
                before.first?.isUppercase ?? false, !isLead(before)
            {
                break
            }
            words.removeLast()
        }
        while let first = words.first, isLead(first) { words.removeFirst() }
        guard (1...8).contains(words.count) else { return nil }
        guard words.contains(where: { $0.first?.isUppercase ?? false }) else {
            // "Phone the complaints officer on …"
            let role = words.prefix {
                !["about", "if", "with", "in", "who", "when", "before", "after", "because"].contains($0)
            }
            guard (1...4).contains(role.count), role.joined().count > 4 else { return nil }
            let name = role.joined(separator: " ")
            return name.prefix(1).uppercased() + name.dropFirst()
        }
        // From the first name on: "speak to the Conference Chair".
        if let first = words.firstIndex(where: { $0.first?.isUppercase ?? false }) {
            words.removeFirst(first)
        }
        let name = words.joined(separator: " ")
        return name.count >= 3 ? name : nil
    }

    /// "Mon-Fri", "Monday to Friday", "9am-5.30pm": between the name and the number.
    private static var daysAndTimes: Regex<Substring> {
        /(?i)\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\s*(?:-|–|to|until|\/|&|and)\s*(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\b|\b\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm|a\.m\.?|p\.m\.?)?\s*(?:-|–|to|until)\s*\d{1,2}(?:[.:]\d\d)?\s*(?:am|pm|a\.m\.?|p\.m\.?)/
    }

    /// "Need this in another format? E-mail …"
    private static func question(before text: String) -> String? {
        guard let mark = text.lastIndex(of: "?") else { return nil }
        let start =
            text[..<mark].lastIndex { ".!?:".contains($0) }.map { text.index(after: $0) } ?? text.startIndex
        let words = text[start..<mark].split(separator: " ").joined(separator: " ")
        return (5...70).contains(words.count) ? words : nil
    }

    /// "Monday to Friday, 9am to 5pm".
    private static func hours(in text: String) -> (text: String, start: String.Index)? {
        let pattern =
            /(?i)(\b(mondays?|mon|weekdays|weekends|tuesdays?|tues?|wednesdays?|wed|thursdays?|thurs?|fridays?|fri|saturdays?|sat|sundays?|sun|open|24 hours|every day|daily|7 days)\b[^.;]{0,60}?\d{1,2}([.:]\d\d)?\s*(am|pm)[^.;]{0,30}?\d{1,2}([.:]\d\d)?\s*(am|pm))/
        if let match = text.firstMatch(of: pattern) {
            return (String(match.output.1), match.range.lowerBound)
        }
        // "9am to 5pm, Monday to Friday".
        let other =
            /(?i)(\d{1,2}([.:]\d\d)?\s*(am|pm)\s*(to|-|–|until)\s*\d{1,2}([.:]\d\d)?\s*(am|pm),?\s*(on\s+)?((mon|tue|wed|thu|fri|sat|sun)\w*|weekdays|weekends|every day|daily)(\s*(to|-|–|until|and)\s*(mon|tue|wed|thu|fri|sat|sun)\w*)?)/
        return text.firstMatch(of: other).map { (String($0.output.1), $0.range.lowerBound) }
    }

    /// A postal address, by its postcode: the lines or parts before it.
    private static func address(in text: String) -> [String]? {
        guard let match = text.firstMatch(of: /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/) else { return nil }
        let whole = text[..<match.range.upperBound]
        var parts = whole.split(separator: ",").map { String($0).trimmingEnd(of: " .") }.map {
            String($0.drop { $0 == " " })
        }
        guard parts.count >= 2 else { return nil }
        // Words before the first part: "Write to: …".
        if let colon = parts[0].lastIndex(of: ":") {
            parts[0] = String(parts[0][parts[0].index(after: colon)...].drop { $0 == " " })
        }
        return parts.filter { !$0.isEmpty && $0.count <= 80 }.suffix(7)
    }

    private mutating func unused(_ name: String, _ way: FoundData.Way) -> String {
        let words = Identifier.slug(name).split(separator: "-").filter {
            !["the", "of", "and", "for", "a"].contains($0)
        }
        var base = words.prefix(4).joined(separator: "-")
        if base.isEmpty || base.first?.isNumber ?? true {
            base = "contact" + (base.isEmpty ? "" : "-" + base)
        }
        var id = base
        var number = 2
        while taken.contains(id) {
            id = "\(base)-\(number)"
            number += 1
        }
        taken.insert(id)
        return id
    }
}

extension DataProposals {
    /// Facts of which documents, or a document and `council.yml`, say different things.
    package var contradictions: [String] {
        let values = Dictionary(grouping: facts.filter { $0.value != nil }, by: \.id)
        return values.keys.sorted().filter { id in
            let all = values[id] ?? []
            return all.count > 1 || all.contains { $0.known != nil && $0.known != $0.value }
        }
    }

    /// What is worth an editor's look: not what `council.yml` says in the same words.
    package var newFacts: [Fact] { facts.filter { $0.known == nil || $0.known != $0.value } }

    /// Takes out what an earlier run proposed.
    mutating func leaveOut(proposedIn text: String) {
        facts.removeAll { text.contains(" \($0.id): {value: \($0.value ?? "yes or no?"),") }
        contacts.removeAll { contact in
            contact.ways.allSatisfy { text.contains(JSONValue.string($0.text).serialized()) }
        }
    }

    /// A fragment of `council.yml`. What is not certain is a comment.
    package func fragment(sources: [String: String]) -> String {
        func quoted(_ text: String) -> String { JSONValue.string(text).serialized() }
        func comment(_ text: String) -> String {
            text.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        var output = """
            # Found in documents by 'signpost import'. Nothing here counts: it is a copy to take from.
            # Look at each, put it under 'sources:', 'facts:' or 'contacts:' of council.yml, and add 'checked:' with the day
            # on which somebody made sure. Then delete this file.

            """
        let new = newFacts
        let names = Set(new.map(\.file) + contacts.map(\.file))
        if !names.isEmpty {
            output += "sources:\n"
            for name in names.sorted() {
                output += "  \(sources[name] ?? "document"): \(quoted(Self.source(name)))\n"
            }
        }
        if !new.isEmpty {
            output += "facts:\n"
            var said: Set<String> = []
            let disputed = Set(contradictions)
            for fact in new {
                let place = "\(fact.file), \(fact.place): \"\(comment(fact.sentence))\""
                output += "  # \(place)\n"
                if let known = fact.known {
                    output += "  # council.yml says \(comment(known)). Which is right?\n"
                } else if disputed.contains(fact.id) {
                    output += "  # The documents say different things. Which is right?\n"
                }
                if let value = fact.value {
                    let isOpen = !disputed.contains(fact.id) && said.insert(fact.id).inserted
                    output +=
                        "  \(isOpen ? "" : "# ")\(fact.id): {value: \(value), source: \(sources[fact.file] ?? "document")}\n"
                } else {
                    output +=
                        "  # \(fact.id): {value: yes or no?, source: \(sources[fact.file] ?? "document")}"
                        + (fact.label.map { "   # \(comment($0))" } ?? "") + "\n"
                }
            }
        }
        if !contacts.isEmpty {
            let hasAny = contacts.contains { $0.ways.contains { $0.machine == nil } || !$0.post.isEmpty }
            output += hasAny ? "contacts:\n" : "# contacts:\n"
            for contact in contacts {
                // What nobody can be phoned by alone is no contact.
                let hasWay = contact.ways.contains { $0.machine == nil } || !contact.post.isEmpty
                let start = hasWay ? "" : "# "
                output +=
                    "  # \(contact.file), \(contact.place)\n  \(start)\(contact.id):\n    \(start)name: \(quoted(contact.name))\n"
                var channels: Set<String> = []
                for way in contact.ways {
                    if let machine = way.machine {
                        output += "    # \(machine), which is no phone: \(quoted(way.written ?? way.text))\n"
                        continue
                    }
                    let isFirst = channels.insert(way.channel.rawValue).inserted
                    output += "    \(isFirst ? "" : "# ")\(way.channel.rawValue): \(quoted(way.text))\n"
                    if let menu = way.menu { output += "    \(isFirst ? "" : "# ")\(menu)\n" }
                    if let written = way.written {
                        output += "    # written as \(quoted(written)): is there another number?\n"
                    }
                }
                for name in contact.otherNames {
                    output += "    # also named \(quoted(name)) in the documents: whose is it?\n"
                }
                if !contact.post.isEmpty {
                    output += "    post: [\(contact.post.map(quoted).joined(separator: ", "))]\n"
                }
                if let hours = contact.hours {
                    output += "    # with 'checked':  hours: \(quoted(comment(hours)))\n"
                }
                output += "    \(start)source: \(sources[contact.file] ?? "document")\n"
            }
        }
        return output
    }

    private static func source(_ file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return "\(DocumentOutline.words(ofName: name)) (\(name))"
    }

    package var isEmpty: Bool { newFacts.isEmpty && contacts.isEmpty }
}

extension String {
    fileprivate func trimmingEnd(of signs: String) -> String {
        var text = self
        while let last = text.last, signs.contains(last) { text.removeLast() }
        return text
    }
}

extension [Inline] {
    /// The ids of the contacts that placeholders name.
    fileprivate var referredContacts: Set<String> {
        var found: Set<String> = []
        forEachInline { inline in
            guard case .placeholder(let placeholder) = inline else { return }
            let words = placeholder.name.split(separator: " ")
            if words.first == "contact", words.count > 1 { found.insert(String(words[1])) }
        }
        return found
    }
}
