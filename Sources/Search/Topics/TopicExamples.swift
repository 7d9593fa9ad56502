import Translations
import Workspace

/// What families ask and what guidance says of each topic, as `search/topics-<tag>.txt` and
/// `search/topics-<tag>.guidance.txt` give it for one language.
///
/// A line `# take-children` opens a topic; every other line is one example. The format is described in `docs/search.md`.
public struct TopicExamples: Sendable {
    /// What is asked that guidance like this does not answer, and what is near it.
    static let elsewhere = "elsewhere"
    static let nearby = "nearby"

    struct Example: Hashable, Sendable {
        var topic: String
        var text: String
    }

    /// A line that opens a topic.
    struct Heading: Hashable, Sendable {
        var topic: String
        var location: SourceLocation
        /// Whether examples of guidance follow, and not questions.
        var isAnswer: Bool
    }

    /// What families ask, in their own words.
    var questions: [Example] = []
    /// Headings and passages that answer it, in the words of guidance.
    var guidance: [Example] = []

    private(set) var headings: [Heading] = []

    /// The topics that guidance is known to answer, sorted: those of the source language number the topics of all.
    var answered: [String] { Set(guidance.map(\.topic)).subtracting(TopicModel.outside).sorted() }

    /// Files of a portal whose examples nobody reads.
    ///
    /// - Parameters:
    ///   - languages: Those that the portal publishes.
    ///   - source: The one that its guidance is written in.
    package static func unread(
        content: String, languages: [Language], source: Language, in files: some FileSystem
    ) -> [Diagnostic] {
        let folder = joinPath(content, "search")
        return ((try? files.list(folder)) ?? []).map(\.name).sorted().compactMap { name in
            guard name.hasPrefix("topics-"), name.hasSuffix(".txt") else { return nil }
            let isGuidance = name.hasSuffix(".guidance.txt")
            let tag = String(
                name.dropFirst("topics-".count).dropLast((isGuidance ? ".guidance.txt" : ".txt").count))
            let known = isGuidance ? [source] : languages
            if Language(tag: tag) == nil || known.contains(where: { $0.tag == tag }) { return nil }
            return .warning(
                "UnknownLanguage",
                isGuidance
                    ? "the guidance is not written in '\(tag)', so these examples tell nothing"
                    : "the portal does not publish '\(tag)', so nobody asks these questions",
                at: SourceLocation(file: joinPath(folder, name)),
                help: isGuidance
                    ? "Name it topics-\(source.tag).guidance.txt, and write as guidance does in that language."
                    : didYouMean(
                        tag, among: languages.map(\.tag),
                        otherwise: "It publishes: \(languages.map(\.tag).joined(separator: ", "))."))
        }
    }

    /// Topics that are asked about and that nothing answers, and those that are answered and that nobody asks about.
    ///
    /// - Parameter source: The examples of the guidance's own language.
    func problems(source: TopicExamples) -> [Diagnostic] {
        let answered = Set(source.answered + TopicModel.outside)
        let asked = Set(source.questions.map(\.topic) + TopicModel.outside)
        var seen = (asked: asked, answered: answered)
        return headings.filter { heading in
            let isNew =
                heading.isAnswer ? seen.asked.insert(heading.topic) : seen.answered.insert(heading.topic)
            return isNew.inserted
        }.map { heading in
            .warning(
                "UnknownTopic",
                heading.isAnswer
                    ? "no question is about the topic '\(heading.topic)'"
                    : "nothing says how guidance answers the topic '\(heading.topic)'",
                at: heading.location,
                help: didYouMean(
                    heading.topic, among: (heading.isAnswer ? asked : answered).sorted(),
                    otherwise: heading.isAnswer
                        ? "Write what families ask about it into a file topics-….txt."
                        : "Write headings and passages of it into the file topics-….guidance.txt of the language "
                            + "that the guidance is written in."))
        }
    }

    /// A language's examples: the theme's, and what the portal adds.
    ///
    /// - Parameters:
    ///   - themes: The folders of the themes that lie over one another, the topmost first; the first that has a file gives it.
    ///   - content: The portal's folder.
    static func load(
        _ language: Language, themes: [String], content: String, in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) -> TopicExamples {
        var all = TopicExamples()
        func read(_ name: String, isAnswer: Bool = false, _ diagnostics: inout Diagnostics) -> [Example] {
            var examples: [Example] = []
            for source in SearchVocabulary.sources(
                name, themes: themes, content: content, in: files, reporting: &diagnostics)
            {
                examples += all.parse(source, isAnswer: isAnswer, reporting: &diagnostics)
            }
            return examples
        }
        all.questions = read("topics-\(language.tag).txt", &diagnostics)
        all.guidance = read("topics-\(language.tag).guidance.txt", isAnswer: true, &diagnostics)
        return all
    }

    /// Reads a file; an example that no topic is written above is reported, and what follows it left out.
    ///
    /// - Parameter isAnswer: Whether it has examples of guidance, and not questions.
    mutating func parse(
        _ source: SourceText, isAnswer: Bool, reporting diagnostics: inout Diagnostics
    ) -> [Example] {
        var examples: [Example] = []
        var topic: String?
        func report(_ message: String, at location: SourceLocation) {
            diagnostics.add(
                .error(
                    "ExampleWithoutTopic", message, at: location,
                    help: "Write its topic on a line above it, in small letters, digits and hyphens: "
                        + "'# take-children', or '# take-children: and a note'."))
        }
        let lines = FileLines(Array(source.string.utf8)).strings
        for (index, line) in lines.enumerated() {
            let text = String(line).onOneLine
            if text.isEmpty { continue }
            let location = SourceLocation(
                file: source.path,
                range: SourceRange(line: index + 1, column: 1, length: text.unicodeScalars.count))
            if text.hasPrefix("#") {
                // What stands after the id is for whoever writes examples.
                let parts = text.drop { $0 == "#" }.split(
                    separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                let id = parts.first.map { String($0).onOneLine } ?? ""
                guard !id.isEmpty, id.utf8.allSatisfy(Self.isOfID) else {
                    report("this line names no topic", at: location)
                    return examples
                }
                topic = id
                headings.append(Heading(topic: id, location: location, isAnswer: isAnswer))
                continue
            }
            guard let topic else {
                report("this example has no topic", at: location)
                return examples
            }
            examples.append(Example(topic: topic, text: text))
        }
        return examples
    }

    private static func isOfID(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
}
