import Workspace

/// Reads what stands between `{` and `}` at the end of a heading, paragraph or list item.
struct AttributeParser {
    let location: SourceLocation
    let braces: SourceRange?
    var diagnostics = Diagnostics()

    /// The most lines that a page of A4 has for one answer.
    private static let mostLines = 30
    private static let names = [
        "when", "unless", "remove", "after", "your-turn", "your-seat", "deadline", "answer", "easy",
        "picture", "ignore", "because",
    ]

    /// Whether text after a brace starts as attributes with a value do.
    static func isMeant(_ text: Substring) -> Bool {
        let word = text.drop { $0 == " " }.prefix { $0.isLetter || $0 == "-" }
        guard text.drop(while: { $0 == " " }).dropFirst(word.count).first == "=" else { return false }
        return names.contains(String(word).lowercased())
    }

    /// The attributes, or nil if the braces are part of the text.
    mutating func parse(_ body: Substring) -> Attributes? {
        // Most are one word, such as `#rights`.
        let isOneWord = !body.isEmpty && body.utf8.allSatisfy { $0 > 0x20 && $0 < 0x80 }
        let words = isOneWord ? [body] : Self.words(of: body)
        guard let first = words.first, !Self.isForeign(first) else { return nil }
        let looksMeant = words.contains { word in
            word.hasPrefix("#") || word.contains("=") || nearest(word) != nil
        }
        guard looksMeant else { return nil }
        var attributes = Attributes(range: braces)
        for word in words { read(word, into: &attributes) }
        return attributes
    }

    /// Splits at white space, except within quotes: `because="a name, not a note"`.
    private static func words(of body: Substring) -> [Substring] {
        var quote: Character?
        return body.split { character in
            if let open = quote {
                if character == open { quote = nil }
                return false
            }
            if character == "\"" || character == "“" {
                quote = character == "“" ? "”" : character
                return false
            }
            return character.isWhitespace
        }
    }

    /// Braces of other programs: `{% include x %}`, `{{< figure >}}`, `{: .note}`, `{.underline}`, `{width="3in"}`.
    ///
    /// They are text here, and a check names them: an error for each word would say nothing to an editor.
    private static func isForeign(_ word: Substring) -> Bool {
        guard let first = word.first else { return false }
        return "%:.<!".contains(first) || word.hasPrefix("width=") || word.hasPrefix("height=")
    }

    private func nearest(_ word: Substring) -> String? {
        let name = String(word.prefix { $0 != "=" })
        return Self.names.contains(name) ? name : nearestName(to: name, among: Self.names)
    }

    private mutating func read(_ word: Substring, into attributes: inout Attributes) {
        if word.hasPrefix("#") {
            let id = String(word.dropFirst())
            guard !id.hasPrefix("_") else {
                return fail(
                    "ReservedID", "'\(id)' begins with '_', as the ids of the theme's own parts do",
                    help: "Write {#\(id.drop { $0 == "_" })}.")
            }
            guard Identifier.isValid(id) else {
                return fail(
                    "InvalidIdentifier", "'\(id)' cannot be a section's id",
                    help: "Use letters, digits and hyphens, and start with a letter.")
            }
            attributes.id = id
            return
        }
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let value = parts.count > 1 ? String(parts[1]) : nil
        switch (name, value) {
        case ("when", let value?), ("unless", let value?):
            guard let subject = subject(value) else { return }
            attributes.conditions.append(
                Condition(subject, isNegated: name == "unless", range: braces))
        case ("after", let value?) where !value.isEmpty:
            attributes.after = value
        case ("ignore", let value?) where !value.isEmpty:
            attributes.ignoredRules += value.split(separator: ",").map(String.init)
        case ("because", let value?):
            let reason = value.filter { !"\"“”".contains($0) }
            attributes.reason = reason.contains { !$0.isWhitespace } ? reason : nil
        case ("deadline", let value?) where Identifier.isValid(value):
            attributes.deadline = value
            // Where the council says nothing, there is nothing to say.
            attributes.conditions.append(Condition(.fact(value), range: braces))
        case ("answer", let value?):
            if value == "drawing" {
                attributes.answer = .drawing
            } else if let lines = Int(value), (1...Self.mostLines).contains(lines) {
                attributes.answer = .lines(lines)
            } else {
                fail(
                    "UnknownAttribute", "'\(value)' is no number of lines",
                    help:
                        "Write a number from 1 to \(Self.mostLines), such as {answer=6}, or {answer=drawing}."
                )
            }
        case ("easy", nil):
            attributes.isEasy = true
        case ("picture", let value?) where Identifier.isValid(value):
            attributes.picture = value
        case ("remove", nil):
            attributes.removes = true
        case ("your-turn", nil):
            attributes.isYourTurn = true
        case ("your-seat", nil):
            attributes.isYourSeat = true
        default:
            fail(
                "UnknownAttribute", "'\(word)' means nothing in braces",
                help: didYouMean(
                    name, among: Self.names,
                    otherwise:
                        "Known: #id, when=…, unless=…, after=…, remove, your-turn, your-seat, deadline=…, answer=…, easy, picture=…, ignore=… because=\"…\". Braces that readers should see go in backticks."
                ))
        }
    }

    private mutating func subject(_ value: String) -> Condition.Subject? {
        let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        switch (parts.count, parts[0]) {
        case (1, let name) where !name.isEmpty: return .fact(name)
        case (2, "contact") where !parts[1].isEmpty: return .contact(parts[1])
        case (2, "nation") where !parts[1].isEmpty: return .nation(parts[1])
        default:
            fail(
                "UnknownAttribute", "'\(value)' is no condition",
                help: "Write when=fact-name, when=contact:name or when=nation:england.")
            return nil
        }
    }

    private mutating func fail(_ rule: String, _ message: String, help: String?) {
        diagnostics.add(.error(rule, message, at: location, help: help))
    }
}
