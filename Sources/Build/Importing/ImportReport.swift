import Guidance
import Workspace

/// Says what an import makes, what it does not take over, and what is left to do.
package struct ImportReport: Sendable {
    private let outcome: DocumentImport.Outcome

    /// How many things of one sort are shown in text; JSON has all.
    private static let most = 40

    package init(_ outcome: DocumentImport.Outcome) { self.outcome = outcome }

    private static func count(_ number: Int, _ word: String) -> String {
        "\(number) \(word)\(number == 1 ? "" : "s")"
    }

    private var needsAlternative: [DocumentImport.Outcome.Picture] {
        outcome.pictures.filter(\.needsAlternative)
    }
    private var refused: [DocumentImport.Outcome.Source] { outcome.sources.filter { $0.refusal != nil } }

    // MARK: Text

    package var text: String {
        var output = ""
        func title(_ words: String) { output += (output.isEmpty ? "" : "\n") + words + "\n" }
        func list(_ lines: [String], most: Int = Self.most) {
            for line in lines.prefix(most) { output += "  \(line)\n" }
            if lines.count > most {
                output += "  … and \(lines.count - most) more: --format json has them all\n"
            }
        }
        if !outcome.pages.isEmpty {
            title("Pages")
            for page in outcome.pages {
                let about =
                    [
                        page.kind.rawValue, Self.count(page.headings.count, "section"),
                        Self.count(page.words, "word"),
                    ]
                    + (page.isOverlay ? ["added to the shared page"] : [])
                    + (page.isApart ? ["kept apart: no page is made of it"] : [])
                output += "  \(page.file)  (\(about.joined(separator: ", ")))\n"
                for heading in page.headings.prefix(30) { output += "    \(heading)\n" }
                if page.headings.count > 30 { output += "    … and \(page.headings.count - 30) more\n" }
            }
        }
        if !outcome.same.isEmpty {
            title("There already, word for word: nothing is written")
            list(outcome.same.map { "'\($0.heading)' (\(Self.name($0.source))) is in \($0.existing)" })
        }
        if !outcome.before.isEmpty {
            title("Brought in before, and not changed since: nothing is written")
            list(
                outcome.before.map {
                    "\(Self.name($0.source)), on \($0.day), as \($0.pages.joined(separator: ", "))"
                })
        }
        if !outcome.there.isEmpty {
            title("There already, under the same heading")
            for there in outcome.there {
                output +=
                    "  '\(there.heading)' (\(Self.name(there.source)), \(there.place)) is in \(there.existing) as {#\(there.id)}.\n"
                    + "    It is kept apart in \(there.page), which is not published: keep one of the two.\n"
            }
        }
        if !outcome.pictures.isEmpty {
            title("Pictures")
            list(
                outcome.pictures.map {
                    "\($0.file)  (\(Self.name($0.source)), \($0.place))"
                        + ($0.needsAlternative ? "  needs a text for people who cannot see it" : "")
                })
        }
        dataText(&output)
        // What a family could need is shown however much there is, each once.
        var shown: Set<String> = []
        let reaching = outcome.sources.flatMap { source in
            source.leftOut.filter { $0.reaches && shown.insert($0.text).inserted }.map { (source.file, $0) }
        }
        if !reaching.isEmpty {
            title("Left out, but it says how to reach somebody: put it where families see it")
        }
        for (file, note) in reaching {
            output += "  \(Self.name(file)), \(note.place): \(note.what): \"\(note.text)\"\n"
        }
        // A whole site has the same frame on every page.
        let isSite = outcome.sources.count > 8
        for source in outcome.sources where !source.losses.isEmpty {
            title("Not taken over, or not as it was: \(source.file)")
            list(source.losses.map(Self.line), most: isSite ? 10 : Self.most)
        }
        if isSite {
            let counts = Dictionary(grouping: outcome.sources.flatMap(\.leftOut), by: \.what).mapValues(
                \.count)
            if !counts.isEmpty { title("Left out, since it belongs to the frame") }
            list(counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) × \($0.key)" })
        } else {
            for source in outcome.sources {
                let frame = source.leftOut.filter { !$0.reaches }
                if frame.isEmpty { continue }
                title("Left out, since it belongs to the frame: \(source.file)")
                list(frame.map(Self.line))
            }
        }
        if !refused.isEmpty {
            title("Not read")
            for source in refused {
                guard let refusal = source.refusal else { continue }
                output += "  \(source.file): \(refusal.reason)\n"
                if let help = refusal.help { output += "    \(help)\n" }
            }
        }
        return output
    }

    private func dataText(_ output: inout String) {
        guard let data = outcome.data else { return }
        let facts = data.newFacts
        if !facts.isEmpty {
            output += (output.isEmpty ? "" : "\n") + "Facts that the text seems to say\n"
            let disputed = Set(data.contradictions)
            for fact in facts.prefix(Self.most) {
                let value = fact.value ?? "yes or no?"
                let known =
                    fact.known.map { "  (council.yml says \($0))" }
                    ?? (disputed.contains(fact.id)
                        ? "  (the text says different things: which is right?)" : "")
                output +=
                    "  \(fact.id): \(value)\(known)\n    \(fact.file), \(fact.place): \"\(fact.sentence.prefix(120))\"\n"
            }
            if facts.count > Self.most { output += "  … and \(facts.count - Self.most) more\n" }
        }
        if !data.contacts.isEmpty {
            output += (output.isEmpty ? "" : "\n") + "Contacts\n"
            for contact in data.contacts.prefix(Self.most) {
                let ways =
                    contact.ways.map { way in
                        "\(way.machine.map { $0 + ", which is no phone," } ?? way.channel.rawValue) \(way.written ?? way.text)"
                            + (way.menu.map { " (\($0.replacing(":", with: "")))" } ?? "")
                    }
                    + (contact.post.isEmpty ? [] : ["post"])
                output +=
                    "  \(contact.id): \(contact.name), \(ways.joined(separator: ", "))  (\(contact.file), \(contact.place))\n"
            }
            if data.contacts.count > Self.most {
                output += "  … and \(data.contacts.count - Self.most) more\n"
            }
        }
        if !data.times.isEmpty {
            output += (output.isEmpty ? "" : "\n") + "Times that no fact of the portal stands for\n"
            for time in data.times.prefix(Self.most) {
                output += "  \"\(time.sentence.prefix(160))\"  (\(time.file), \(time.place))\n"
            }
            if data.times.count > Self.most { output += "  … and \(data.times.count - Self.most) more\n" }
        }
        for known in data.known {
            output +=
                !known.isReferred && !known.isNear
                ? "  '\(known.text)' (\(known.file), \(known.place)) is the contact '\(known.contact)', behind a link with other words: write {{contact \(known.contact)}} there\n"
                : known.isNear
                    ? "  '\(known.text)' (\(known.file), \(known.place)) differs by one sign from the contact '\(known.contact)': check both\n"
                    : "  '\(known.text)' (\(known.file), \(known.place)) is the contact '\(known.contact)': the page refers to it\n"
        }
    }

    private static func line(_ note: ForeignDocument.Note) -> String {
        "\(note.place): \(note.what)" + (note.text.isEmpty ? "" : ": \"\(note.text.prefix(160))\"")
    }

    private static func name(_ file: String) -> String {
        file.split(separator: "/").last.map(String.init) ?? file
    }

    private static func json(_ contact: DataProposals.Contact) -> JSONValue {
        var pairs: [(String, JSONValue)] = [
            ("id", .string(contact.id)), ("name", .string(contact.name)),
        ]
        for way in contact.ways {
            pairs.append((way.machine ?? way.channel.rawValue, .string(way.written ?? way.text)))
            if let menu = way.menu?.split(separator: ":"), menu.count == 2 {
                pairs.append((String(menu[0]), .string(String(menu[1].dropFirst()))))
            }
        }
        if !contact.post.isEmpty { pairs.append(("post", .array(contact.post.map { .string($0) }))) }
        pairs.append(("hours", contact.hours.map { .string($0) } ?? .null))
        pairs += [("from", .string(contact.file)), ("place", .string(contact.place))]
        return .object(pairs)
    }

    // MARK: The closing line

    /// What was written, and what is left to do.
    package var closing: String {
        guard !outcome.files.isEmpty else {
            let why =
                !outcome.same.isEmpty
                ? ": the council has it all, word for word."
                : !outcome.before.isEmpty
                    ? ": it was brought in before. With --again it comes once more, beside what is there."
                    : "."
            return "Nothing to write" + why
                + (refused.isEmpty ? "" : " \(Self.count(refused.count, "file")) not read.")
                + "\n"
        }
        let pictures = outcome.files.count - outcome.pages.count - (outcome.dataFile == nil ? 0 : 1)
        let what = [
            Self.count(outcome.pages.count, "page"), pictures > 0 ? Self.count(pictures, "picture") : nil,
            outcome.dataFile.map { "\($0) with facts and contacts to look at" },
        ].compactMap { $0 }
        var output =
            outcome.isWritten
            ? "Wrote \(what.joined(separator: ", ")).\n"
            : "Nothing was written. With --write this makes \(what.joined(separator: ", ")).\n"
        let left = toDo
        if !left.isEmpty { output += "Left to do: \(left.joined(separator: "; ")).\n" }
        return output
    }

    private var toDo: [String] {
        let losses = outcome.sources.reduce(0) { $0 + $1.losses.count }
        let warnings = outcome.problems.sorted.count { $0.severity == .warning }
        let disputed = outcome.data?.contradictions.count ?? 0
        return [
            disputed == 0
                ? nil : "say which is right of \(Self.count(disputed, "fact")) with two values",
            needsAlternative.isEmpty ? nil : "describe \(Self.count(needsAlternative.count, "picture"))",
            outcome.there.isEmpty
                ? nil
                : "decide about \(Self.count(outcome.there.count, "section")) that \(outcome.there.count == 1 ? "is" : "are") there already",
            losses == 0
                ? nil
                : "look at \(Self.count(losses, "place")) that did not come over as \(losses == 1 ? "it was" : "they were")",
            outcome.data.map { !$0.isEmpty } ?? false
                ? "take over the facts and contacts that are right" : nil,
            outcome.sources.contains { $0.leftOut.contains(where: \.reaches) }
                ? "see to the numbers and addresses that stood in headers and footers" : nil,
            refused.isEmpty ? nil : "\(Self.count(refused.count, "file")) not read",
            warnings == 0
                ? nil : "\(Self.count(warnings, "warning")) of 'signpost check' about the new pages",
        ].compactMap { $0 }
    }

    // MARK: JSON

    package var json: JSONValue {
        func notes(_ notes: [ForeignDocument.Note]) -> JSONValue {
            .array(
                notes.map {
                    .object([
                        ("place", .string($0.place)), ("what", .string($0.what)), ("text", .string($0.text)),
                    ])
                })
        }
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        let data = outcome.data
        return .object([
            ("council", .string(outcome.council)), ("written", .bool(outcome.isWritten)),
            (
                "pages",
                .array(
                    outcome.pages.map {
                        .object([
                            ("file", .string($0.file)), ("kind", .string($0.kind.rawValue)),
                            ("title", text($0.title)),
                            ("sections", .array($0.headings.map { .string($0) })), ("words", .int($0.words)),
                            ("from", .array($0.sources.map { .string($0) })),
                            ("addsToSharedPage", .bool($0.isOverlay)), ("keptApart", .bool($0.isApart)),
                        ])
                    })
            ),
            (
                "thereWordForWord",
                .array(
                    outcome.same.map {
                        .object([
                            ("heading", .string($0.heading)), ("from", .string($0.source)),
                            ("existing", .string($0.existing)),
                        ])
                    })
            ),
            (
                "broughtInBefore",
                .array(
                    outcome.before.map {
                        .object([
                            ("from", .string($0.source)), ("on", .string($0.day)),
                            ("pages", .array($0.pages.map { .string($0) })),
                        ])
                    })
            ),
            (
                "thereAlready",
                .array(
                    outcome.there.map {
                        .object([
                            ("heading", .string($0.heading)), ("from", .string($0.source)),
                            ("place", .string($0.place)),
                            ("existing", .string($0.existing)), ("id", .string($0.id)),
                            ("keptIn", .string($0.page)),
                        ])
                    })
            ),
            (
                "pictures",
                .array(
                    outcome.pictures.map {
                        .object([
                            ("file", .string($0.file)), ("from", .string($0.source)),
                            ("place", .string($0.place)),
                            ("needsAlternative", .bool($0.needsAlternative)),
                        ])
                    })
            ),
            (
                "facts",
                .array(
                    (data?.facts ?? []).map {
                        .object([
                            ("id", .string($0.id)), ("label", text($0.label)), ("value", text($0.value)),
                            ("council", text($0.known)), ("from", .string($0.file)),
                            ("place", .string($0.place)),
                            ("sentence", .string($0.sentence)),
                        ])
                    })
            ),
            (
                "contacts",
                .array(
                    (data?.contacts ?? []).map(Self.json))
            ),
            (
                "knownContacts",
                .array(
                    (data?.known ?? []).map {
                        .object([
                            ("text", .string($0.text)), ("contact", .string($0.contact)),
                            ("differsByOne", .bool($0.isNear)), ("isReferredTo", .bool($0.isReferred)),
                            ("from", .string($0.file)), ("place", .string($0.place)),
                        ])
                    })
            ),
            (
                "times",
                .array(
                    (data?.times ?? []).map {
                        .object([
                            ("sentence", .string($0.sentence)), ("from", .string($0.file)),
                            ("place", .string($0.place)),
                        ])
                    })
            ),
            ("proposals", text(outcome.dataFile)),
            (
                "documents",
                .array(
                    outcome.sources.map {
                        .object([
                            ("file", .string($0.file)), ("pages", .array($0.pages.map { .string($0) })),
                            ("refused", text($0.refusal?.reason)), ("help", text($0.refusal?.help)),
                            ("notTakenOver", notes($0.losses)), ("leftOut", notes($0.leftOut)),
                        ])
                    })
            ),
            ("toDo", .array(toDo.map { .string($0) })),
            (
                "problems",
                .array(
                    outcome.problems.sorted.map {
                        .object([
                            ("rule", .string($0.rule)), ("severity", .string($0.severity.rawValue)),
                            ("message", .string($0.message)), ("file", text($0.location?.file)),
                            ("line", $0.location?.range.map { .int($0.start.line) } ?? .null),
                            ("help", text($0.help)),
                        ])
                    })
            ),
        ])
    }
}
