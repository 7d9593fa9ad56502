import Guidance
import Search
import Translations
import Workspace

/// What a family finds for a question, and why, for people and for programs.
package struct TrialReport {
    private let question: String
    private let result: TrialResult
    private let edition: Edition
    private let model: SiteModel
    private typealias Reading = TrialResult.Reading

    package init(_ question: String, _ result: TrialResult, _ edition: Edition, _ model: SiteModel) {
        self.question = question
        self.result = result
        self.edition = edition
        self.model = model
    }

    /// The lines of the vocabulary that a saying comes from, with their places.
    private func lines(
        _ saying: Reading.Saying, _ tag: String
    ) -> [(line: Reading.Saying.Line, places: [String])] {
        let lexicon = Language(tag: tag).flatMap { model.searchWords.lexicon($0) }
        return saying.lines.map { line in
            let found = lexicon?.lines(saying: line.phrase, for: line.meaning) ?? []
            return (line, found.map(\.location.description))
        }
    }

    /// What topics are called in the examples; those that the guidance's own language does not answer have no name.
    private func named(_ topics: [Reading.Topic]) -> [(name: String, share: Double)] {
        guard let codes = model.searchWords.lexicon(model.portal.sourceLanguage)?.topicCodes else {
            return []
        }
        return topics.compactMap { topic in codes.topic(of: topic.code).map { ($0, topic.share) } }
    }

    // MARK: For people

    package var text: String {
        var text = "\(edition.council.name), \(edition.language.englishName): \(question)\n\n"
        if !result.danger.isEmpty {
            text += "BOX OF DANGER, above the answers"
            if let words = result.dangerousWords { text += ", because of '\(words)'" }
            text += "\n"
            for contact in result.danger { text += self.text(contact) }
            text += "\n"
        }
        text += result.status + "\n"
        if result.isNearby {
            text += "(the vocabulary says that this subject is near the guidance, not in it)\n"
        }
        if result.isElsewhere { text += "(the vocabulary says that this is not in the guidance)\n" }
        for (number, answer) in result.answers.enumerated() { text += self.text(answer, number + 1) }
        if !result.isClear {
            text += "\nBelow the answers\n"
            for answer in result.often { text += "  \(answer.title)\n" }
            for contact in result.ask { text += self.text(contact) }
        }
        for reading in result.understood ?? [] { text += self.text(reading) }
        return text + "\n"
    }

    private func text(_ contact: TrialResult.Contact) -> String {
        "  \(contact.text)\n" + (contact.note.map { "    \($0)\n" } ?? "")
    }

    private func text(_ answer: TrialResult.Answer, _ number: Int) -> String {
        var text = "\n\(number). \(answer.title)\n"
        let place = [answer.page, address(answer)].compactMap { $0 }.joined(separator: " · ")
        text += "   \(place)\n"
        if let passage = answer.passage { text += "   \(passage)\n" }
        if let share = answer.covered { text += "   Has \(Int((share * 100).rounded()))% of the question:" }
        if let found = answer.foundIn, found != edition.language.tag { text += " (in \(name(found)))" }
        text += "\n"
        let topics = named(answer.topics ?? [])
        if !topics.isEmpty {
            text += "     Answers the topics: \(topics.map(\.name).joined(separator: ", "))\n"
        }
        for match in answer.matches ?? [] {
            let fields = [
                ("title", match.fields.title), ("also asked", match.fields.alsoAsked),
                ("text", match.fields.body),
            ].compactMap { name, words in words.map { "\(name): \($0.joined(separator: ", "))" } }
            text += "     \(match.said)\(match.isMeaning ? " (what it means)" : ""): "
            text += fields.joined(separator: "; ") + "\n"
        }
        return text
    }

    private func address(_ answer: TrialResult.Answer) -> String {
        answer.address.replacing("index.html", with: "")
    }

    private func name(_ tag: String) -> String { Language(tag: tag)?.englishName ?? tag }

    private func text(_ reading: Reading) -> String {
        var text =
            "\nHow the question is read in \(name(reading.language)) (\(share(reading.knows)) is known)\n"
        let topics = named(reading.topics)
        if !topics.isEmpty {
            text += "  It is about: "
            text += topics.map { "\($0.name) (\(share($0.share)))" }.joined(separator: ", ") + "\n"
        }
        var table = TextTable()
        for word in reading.words { table.add(word.word, describe(word)) }
        text += table.text(indent: "  ")
        if !reading.sayings.isEmpty { text += "\nWhat its words mean\n" }
        for saying in reading.sayings {
            text += "  \(saying.said.joined(separator: " … ")): \(saying.wordings.joined(separator: " / "))\n"
            for (line, places) in lines(saying, reading.language) {
                text +=
                    "    '\(line.phrase)' in \(places.isEmpty ? "the vocabulary" : places.joined(separator: ", "))\n"
            }
        }
        return text
    }

    private func share(_ value: Double) -> String { "\(Int((value * 100).rounded()))%" }

    private func describe(_ word: Reading.Word) -> String {
        var parts: [String] = []
        if word.isStop { parts.append("stop word") }
        for option in word.options where !word.isStop {
            let forms = option.forms.prefix(6).joined(separator: ", ") + (option.forms.count > 6 ? ", …" : "")
            switch option.kind {
            case .known: parts.append(forms)
            case .form: parts.append("a form of \(forms)")
            case .completed: parts.append("the beginning of \(forms)")
            case .part: parts.append("has the word \(forms)")
            case .corrected: parts.append("taken for \(forms)")
            }
        }
        if word.options.isEmpty { parts.append("not known") }
        var text = parts.prefix(4).joined(separator: " | ") + (parts.count > 4 ? " | …" : "")
        if !word.isStop, !word.isOnPages, !word.options.isEmpty { text += " (not on the pages)" }
        if word.isMeant { text += " (means something, see below)" }
        if word.isElsewhere { text += " (not in this guidance)" }
        return text
    }

    // MARK: For programs

    package var json: JSONValue {
        .object([
            ("question", .string(question)), ("council", .string(edition.council.id)),
            ("language", .string(edition.language.tag)), ("status", .string(result.status)),
            ("clear", .bool(result.isClear)), ("elsewhere", .bool(result.isElsewhere)),
            ("nearby", .bool(result.isNearby)),
            ("answers", .array(result.answers.map(json))),
            ("danger", .array(result.danger.map(json))),
            ("dangerousWords", result.dangerousWords.map { .string($0) } ?? .null),
            ("often", .array(result.often.map(json))), ("ask", .array(result.ask.map(json))),
            ("understood", .array((result.understood ?? []).map(json))),
        ])
    }

    private func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    private func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    private func json(_ contact: TrialResult.Contact) -> JSONValue {
        .object([
            ("text", .string(contact.text)), ("address", .string(contact.address)),
            ("note", optional(contact.note)),
        ])
    }

    private func json(_ topics: [Reading.Topic]) -> JSONValue {
        .array(named(topics).map { .object([("topic", .string($0.name)), ("share", .double($0.share))]) })
    }

    private func json(_ answer: TrialResult.Answer) -> JSONValue {
        .object([
            ("address", .string(answer.address)), ("title", .string(answer.title)),
            ("page", optional(answer.page)), ("passage", optional(answer.passage)),
            ("language", .string(answer.language)), ("foundIn", optional(answer.foundIn)),
            ("covered", answer.covered.map { .double($0) } ?? .null),
            ("topics", json(answer.topics ?? [])),
            (
                "matches",
                .array(
                    (answer.matches ?? []).map { match in
                        .object([
                            ("said", .string(match.said)), ("meaning", .bool(match.isMeaning)),
                            ("title", texts(match.fields.title ?? [])),
                            ("alsoAsked", texts(match.fields.alsoAsked ?? [])),
                            ("body", texts(match.fields.body ?? [])),
                        ])
                    })
            ),
        ])
    }

    private func json(_ reading: Reading) -> JSONValue {
        let words = reading.words.map { word -> JSONValue in
            .object([
                ("word", .string(word.word)), ("stop", .bool(word.isStop)),
                ("onPages", .bool(word.isOnPages)), ("meant", .bool(word.isMeant)),
                ("elsewhere", .bool(word.isElsewhere)),
                (
                    "options",
                    .array(
                        word.options.map {
                            .object([("kind", .string($0.kind.rawValue)), ("forms", texts($0.forms))])
                        })
                ),
            ])
        }
        let sayings = reading.sayings.map { saying -> JSONValue in
            .object([
                ("said", texts(saying.said)), ("means", texts(saying.wordings)),
                (
                    "lines",
                    .array(
                        lines(saying, reading.language).map { line, places in
                            .object([("phrase", .string(line.phrase)), ("places", texts(places))])
                        })
                ),
            ])
        }
        return .object([
            ("language", .string(reading.language)), ("known", .double(reading.knows)),
            ("elsewhere", .bool(reading.isElsewhere)), ("topics", json(reading.topics)),
            ("words", .array(words)),
            ("sayings", .array(sayings)),
        ])
    }
}
