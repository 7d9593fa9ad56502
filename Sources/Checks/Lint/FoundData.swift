import Guidance
import Markdown
import Translations
import Workspace

/// Finds facts and contacts in running text that is brought in from elsewhere, by what the rules about typed ones know.
package struct FoundData: Sendable {
    /// A sentence that seems to say a fact which the portal knows by name.
    package struct Fact: Hashable, Sendable {
        package var id: String
        package var label: String?
        /// As it is written in `council.yml`; nil where only a reader can say what the sentence means, as for yes or no.
        package var value: String?
        package var sentence: String
        /// What the council or the portal says already, as written.
        package var known: String?
    }

    /// A number or address, and where in the text it stands.
    package struct Way: Hashable, Sendable {
        package var channel: Contact.Channel
        package var text: String
        package var destination: String
        /// The text before it, from the one before.
        package var before: String
        /// What is dialled once somebody answers, as `council.yml` has it: `extension: 12`.
        package var menu: String?
        /// The number as it is written, where more digits follow that are a part of it: `01632 960 111/112`.
        package var written: String?
        /// What answers, where it is no person and no phone: `fax`, `minicom`.
        package var machine: String?
    }

    private struct Candidate {
        var id: String
        var label: String?
        var kind: Guidance.Fact.Kind
        var words: [String: Double]
        var known: String?

        /// Whether it says how often a thing happens.
        var isInterval: Bool {
            let words = Set(
                ((label ?? "") + " " + id).lowercased().split { !$0.isLetter }.map(String.init))
            return !words.isDisjoint(with: ["often", "every", "between", "interval", "frequency", "regular"])
        }
    }

    private let candidates: [Candidate]
    private let contacts: KnownContacts
    /// What to write for a number or address that a contact has.
    private let references: [String: String]

    package init(_ council: Council, in portal: Portal) {
        let shown = portal.contacts(shownBy: council)
        contacts = KnownContacts(shown)
        var references: [String: String] = [:]
        for contact in shown {
            var channels: Set<Contact.Channel> = []
            for (index, way) in contact.ways.enumerated() {
                // A name for a channel means the first of them.
                guard channels.insert(way.channel).inserted, let destination = way.destination,
                    way.menu == nil
                else { continue }
                let key = KnownContacts.key(destination)
                if references[key] == nil {
                    references[key] = "contact \(contact.id)" + (index == 0 ? "" : " \(way.channel.rawValue)")
                }
            }
        }
        self.references = references
        let words = KnownFacts.words(of: council, in: portal)
        var candidates: [Candidate] = portal.knownFacts.sorted().compactMap { id in
            // What the law says for everybody is no council's to say.
            guard portal.facts[id]?.value == nil,
                let kind = portal.facts[id]?.kind ?? council.facts[id]?.kind
            else { return nil }
            return Candidate(
                id: id, label: portal.facts[id]?.label ?? council.facts[id]?.label, kind: kind,
                words: words[id] ?? [:], known: council.facts[id]?.value?.written)
        }
        // What tells a fact from the others of its kind: a time is never taken for a choice.
        for kind in Guidance.Fact.Kind.allCases {
            var counts: [String: Int] = [:]
            for candidate in candidates where candidate.kind == kind {
                for word in candidate.words.keys { counts[word, default: 0] += 1 }
            }
            for index in candidates.indices where candidates[index].kind == kind {
                for word in candidates[index].words.keys {
                    candidates[index].words[word] = 1 / Double(counts[word] ?? 1)
                }
            }
        }
        self.candidates = candidates
    }

    /// The contact that has a number or address already.
    package func contact(with destination: String) -> String? { contacts.name(of: destination) }

    /// The contact whose number or address differs by one sign.
    package func contact(near destination: String) -> String? {
        contacts.nearMiss(of: destination).flatMap { $0.signs == 1 ? $0.name : nil }
    }

    /// The same text with references to contacts in the place of their numbers and e-mail addresses.
    package func referring(_ inlines: [Inline]) -> [Inline] {
        inlines.flatMap { inline -> [Inline] in
            switch inline {
            case .text(let text): return referring(text)
            case .emphasis(let content): return [.emphasis(referring(content))]
            case .strong(let content): return [.strong(referring(content))]
            case .strikethrough(let content): return [.strikethrough(referring(content))]
            case .link(let link):
                // Where the link shows other words, or leads to another number than it shows, it stays.
                guard let key = Self.key(of: link), let name = references[key] else { return [inline] }
                let text = link.content.plainText
                let shown =
                    Self.ways(in: Passage(link.content)).first { KnownContacts.key($0.destination) == key }?
                    .text
                    ?? Self.shortNumber(in: text, dialled: key)
                guard let shown, let range = text.firstRange(of: shown) else { return [inline] }
                // "Call 999": the words before and after it are text.
                let parts: [Inline] = [
                    .text(String(text[..<range.lowerBound])), .placeholder(.init(name: name)),
                    .text(String(text[range.upperBound...])),
                ]
                return parts.filter { $0 != .text("") }
            case .lineBreak, .code, .image, .footnote, .placeholder, .value: return [inline]
            }
        }
    }

    /// A number such as 999, which is told from other figures by a link that rings it.
    private static func shortNumber(in text: String, dialled: String) -> String? {
        let number = dialled.hasPrefix("tel:") ? String(dialled.dropFirst("tel:".count)) : dialled
        let figures = text.split { !$0.isNumber && !"+ ".contains($0) }.map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        return figures.first { $0.filter { $0 != " " } == number && !number.isEmpty }
    }

    /// What a link leads to, in the form in which contacts are known.
    private static func key(of link: Inline.Link) -> String? {
        guard let destination = link.destination.written else { return nil }
        if destination.hasPrefix("tel:") {
            return (try? PhoneNumber(String(destination.dropFirst("tel:".count))))?.dialled
        }
        return KnownContacts.key(String(destination.prefix { $0 != "?" }))
    }

    private func referring(_ text: String) -> [Inline] {
        var result: [Inline] = []
        var rest = text[...]
        for way in Self.ways(in: Passage(text)) {
            guard let name = references[KnownContacts.key(way.destination)],
                let range = rest.firstRange(of: way.text)
            else { continue }
            if range.lowerBound > rest.startIndex { result.append(.text(String(rest[..<range.lowerBound]))) }
            result.append(.placeholder(.init(name: name)))
            rest = rest[range.upperBound...]
        }
        if !rest.isEmpty { result.append(.text(String(rest))) }
        return result
    }

    // MARK: Facts

    /// A sentence that sets a time ("within 10 working days"), where no fact that the portal knows was found in it.
    package func unknownTimes(in passage: Passage) -> [String] {
        let prose = Prose(PlacedPassage(passage: passage, role: .paragraph))
        return prose.sentences.compactMap { sentence in
            guard fact(in: sentence, of: prose)?.value == nil else { return nil }
            let isDeadline = TextDuration.all(in: prose, sentence).contains { _, words in
                let start = max(sentence.lowerBound, words.lowerBound - 3)
                let end = min(sentence.upperBound, words.upperBound + 2)
                return prose.words[start..<words.lowerBound].contains {
                    ["within", "every", "up"].contains($0.text)
                }
                    || prose.words[words.upperBound..<end].contains { ["before", "after"].contains($0.text) }
            }
            return isDeadline ? prose.text(ofSentence: sentence) : nil
        }
    }

    /// What the sentences of a passage say.
    package func facts(in passage: Passage) -> [Fact] {
        let prose = Prose(PlacedPassage(passage: passage, role: .paragraph))
        return prose.sentences.compactMap { fact(in: $0, of: prose) }
    }

    private func fact(in sentence: Range<Int>, of prose: Prose) -> Fact? {
        let stems = Set(prose.words[sentence].compactMap { KnownFacts.stem($0.text) })
        func best(
            _ kinds: Set<Guidance.Fact.Kind>, least: Double, matches: Int,
            where isMeant: (Candidate) -> Bool = { _ in true }
        ) -> Candidate? {
            let scored = candidates.filter { kinds.contains($0.kind) && isMeant($0) }.map { candidate in
                let found = candidate.words.filter { stems.contains($0.key) }
                return (
                    candidate, weight: found.values.reduce(0, +), count: found.count
                )
            }.filter { $0.weight >= least && $0.count >= min(matches, $0.0.words.count) }
                .sorted { $0.weight > $1.weight }
            return scored.first?.0
        }
        func made(_ candidate: Candidate, _ value: String?) -> Fact {
            Fact(
                id: candidate.id, label: candidate.label, value: value,
                sentence: prose.text(ofSentence: sentence), known: candidate.known)
        }
        let durations = TextDuration.all(in: prose, sentence)
        // "Every six weeks" says how often, and never by when.
        let isInterval =
            durations.first.map { duration in
                Self.isInterval(
                    prose.words[sentence.lowerBound..<max(sentence.lowerBound, duration.1.lowerBound)].suffix(
                        3
                    )
                    .map(\.text))
            } ?? false
        if durations.count == 1, let (duration, words) = durations.first, let amount = duration.amount,
            let unit = duration.unit
        {
            // A time of day or an age says nothing of a deadline.
            let next = words.upperBound
            let isAge = next < sentence.upperBound && ["old"].contains(prose.words[next].text)
            var found = best([.duration], least: 0.75, matches: 2) {
                $0.isInterval == isInterval || !isInterval
            }
            if found == nil, !isInterval, prose.words[sentence].contains(where: { $0.text == "before" }) {
                // A list of rights says it in few words: "see the report 2 working days before".
                found = best([.duration], least: 1, matches: 1) { candidate in
                    (candidate.label ?? "").lowercased().split { !$0.isLetter }.contains("before")
                }
            }
            if !isAge, let found {
                return made(found, Guidance.Fact.Value.duration(amount, unit).written)
            }
        }
        let numbers = prose.words[sentence].compactMap { Int($0.text) }
        if durations.count <= 1, numbers.count == 1, let number = numbers.first, number > 1, number < 1000,
            let found = best([.number], least: 0.8, matches: 2)
        {
            return made(found, "\(number)")
        }
        // What is so or not so is for a reader to say: "may be recorded" and "is never recorded" have the same words.
        if let found = best([.yesNo], least: 1.4, matches: 3) { return made(found, nil) }
        // A fact is asked for where the words that it is named by are there, which no other fact has.
        return best([.yesNo], least: 1, matches: 1) { candidate in
            let names = candidate.id.lowercased().split { !$0.isLetter }.compactMap {
                KnownFacts.stem(String($0))
            }
            return !names.isEmpty
                && names.allSatisfy { stems.contains($0) && (candidate.words[$0] ?? 0) == 1 }
        }.map { made($0, nil) }
    }

    private static func isInterval(_ before: [String]) -> Bool {
        before.contains { ["every", "each"].contains($0) }
    }

    // MARK: Contacts

    /// The numbers and addresses in a passage, in its order.
    package static func ways(in passage: Passage) -> [Way] {
        var found: [Way] = []
        var before = ""
        func add(_ channel: Contact.Channel, _ text: String, _ destination: String) {
            if found.last?.destination != destination {
                found.append(Way(channel: channel, text: text, destination: destination, before: before))
            }
            before = ""
        }
        func number(_ text: String, after: Substring = "") {
            let number = try? PhoneNumber(text)
            let label = Self.label(before)
            // Nobody can write to a landline.
            let isText = label == "text" && (number?.takesMessages ?? true)
            add(
                isText ? .text : .phone, text,
                (isText ? "sms:" : "tel:") + (number?.dialled ?? text.filter(\.isNumber)))
            guard let last = found.indices.last, found[last].text == text else { return }
            if let label, label != "text" { found[last].machine = label }
            if let match = after.prefixMatch(of: /[\s,(–-]*(?i:extension|extn|ext|x)[.:]?\s*(\d{1,7})\b\)?/) {
                found[last].menu = "extension: \(match.output.1)"
            } else if let match = after.prefixMatch(
                of:
                    /[\s,(–-]*(?:(?i:then|press|choose|select|and)\s+){0,3}(?i:option|opt)\.?\s*(\d{1,3})\b\)?/
            ) {
                found[last].menu = "option: \(match.output.1)"
            } else if let match = after.prefixMatch(of: /(?:\s*\/\s*\d{1,6}\b(?!\d*\s\d))+/) {
                found[last].written = text + match.output
            }
        }
        func read(_ text: String) {
            var rest = text[...]
            for phone in TypedContact.phoneNumbers(in: text) {
                guard let range = rest.firstRange(of: phone) else { continue }
                address(String(rest[..<range.lowerBound]))
                number(phone, after: rest[range.upperBound...])
                rest = rest[range.upperBound...]
            }
            address(String(rest))
        }
        /// E-mail addresses among the words of a text that has no number.
        func address(_ text: String) {
            for word in text.split(separator: " ", omittingEmptySubsequences: false) {
                let plain = withoutMark(word.trimmed(of: "().,;:<>[]'\""))
                if isEmail(plain) {
                    add(.email, plain, "mailto:" + plain)
                } else {
                    before += word + " "
                }
            }
        }
        func walk(_ inlines: [Inline]) {
            for inline in inlines {
                switch inline {
                case .text(let text), .code(let text): read(text)
                case .lineBreak: before += " "
                case .emphasis(let content), .strong(let content), .strikethrough(let content): walk(content)
                case .link(let link):
                    let destination = link.destination.written ?? ""
                    if destination.hasPrefix("mailto:") {
                        let mail = String(destination.dropFirst("mailto:".count).prefix { $0 != "?" })
                        if !link.content.plainText.contains("@") { before += link.content.plainText + " " }
                        if isEmail(mail) { add(.email, mail, "mailto:" + mail) }
                    } else if destination.hasPrefix("tel:") {
                        let shown = TypedContact.phoneNumbers(in: link.content.plainText).first
                        if shown == nil { before += link.content.plainText + " " }
                        let dialled = shown ?? String(destination.dropFirst("tel:".count))
                        if (try? PhoneNumber(dialled)) != nil { number(dialled) }
                    } else if destination.hasPrefix("http") {
                        before += link.content.plainText + " "
                        add(.web, destination, destination)
                    } else {
                        before += link.content.plainText + " "
                    }
                case .image, .footnote, .placeholder, .value: break
                }
            }
        }
        walk(passage.inlines)
        return found
    }

    /// What the last words before a number say that answers: `text`, `fax`, `minicom`, `textphone`; nil for a phone.
    package static func label(_ before: String) -> String? {
        // "Text phone", as some write it.
        if before.lowercased().suffix(16).contains(/\btext[ -]phones?\W*$/) { return "textphone" }
        let words = before.lowercased().split { !$0.isLetter }.suffix(3)
        for word in words.reversed() {
            switch word {
            case "text", "sms", "texts": return "text"
            case "fax", "facsimile": return "fax"
            case "minicom", "textphone", "typetalk": return String(word)
            // The nearest label counts: "Fax … Tel: …".
            case "tel", "telephone", "phone", "call", "ring", "mobile": return nil
            default: continue
            }
        }
        return nil
    }

    /// An e-mail address without the sign of a footnote behind it, as PDFs have it: `help@kent.gov.uk1`.
    private static func withoutMark(_ word: String) -> String {
        guard word.contains("@"),
            let match = word.firstMatch(of: /^(.*\.[A-Za-z]{2,})(?:\d{1,2}|[^\x00-\x7F]+|\*+)$/)
        else { return word }
        return String(match.output.1)
    }

    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
            && parts[1].last.map { $0.isLetter } ?? false
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.isLetter || "0123456789@._+-'".unicodeScalars.contains($0))
            }
    }
}

extension StringProtocol {
    func trimmed(of signs: String) -> String {
        var text = self[...]
        while let first = text.first, signs.contains(first) { text = text.dropFirst() }
        while let last = text.last, signs.contains(last) { text = text.dropLast() }
        return String(text)
    }
}
