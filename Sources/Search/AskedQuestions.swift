import Translations
import Workspace

/// Questions that families have asked, as an editor keeps them in `search/asked-<tag>.txt`: one a line. Lines that
/// start with `#` are comments. They are asked anew by every check and never published.
package struct AskedQuestions: Sendable {
    package struct Question: Hashable, Sendable {
        package var text: String
        package var location: SourceLocation

        package init(text: String, location: SourceLocation) {
            self.text = text
            self.location = location
        }
    }

    package var language: Language
    package var file: String
    /// Each once.
    package private(set) var questions: [Question] = []

    package static func isFileName(_ name: String) -> Bool { tag(ofFile: name) != nil }

    /// `asked-pl.txt` is of `pl`.
    private static func tag(ofFile name: String) -> String? {
        guard name.hasPrefix("asked-"), name.hasSuffix(".txt") else { return nil }
        return String(name.dropFirst("asked-".count).dropLast(".txt".count))
    }

    package init(_ source: SourceText, language: Language) {
        self.language = language
        file = source.path
        var known: Set<[String]> = []
        let lines = source.string.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let text = String(line).onOneLine
            guard !text.isEmpty, !text.hasPrefix("#") else { continue }
            let words = SearchTerms.terms(of: text)
            guard !words.isEmpty, known.insert(words).inserted else { continue }
            let column = line.prefix { $0.isWhitespace }.unicodeScalars.count + 1
            questions.append(
                Question(
                    text: text,
                    location: SourceLocation(
                        file: file,
                        range: SourceRange(
                            line: index + 1, column: column, length: text.unicodeScalars.count))))
        }
    }

    /// Every file of a portal that has questions, by the order of its languages; a file of another language is reported.
    ///
    /// - Parameter languages: Those that the portal publishes.
    package static func load(
        content: String, languages: [Language], in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) -> [AskedQuestions] {
        let folder = joinPath(content, "search")
        let names = ((try? files.list(folder)) ?? []).map(\.name).sorted()
        var found: [AskedQuestions] = []
        for name in names {
            guard let tag = tag(ofFile: name) else { continue }
            let path = joinPath(folder, name)
            guard let language = languages.first(where: { $0.tag == tag }) else {
                diagnostics.add(
                    .warning(
                        "UnknownLanguage",
                        "the portal does not publish '\(tag)', so nobody asks these questions",
                        at: SourceLocation(file: path),
                        help: didYouMean(
                            tag, among: languages.map(\.tag),
                            otherwise: "It publishes: \(languages.map(\.tag).joined(separator: ", ")).")))
                continue
            }
            guard let source = SourceText.read(path, in: files, reporting: &diagnostics) else { continue }
            found.append(AskedQuestions(source, language: language))
        }
        return found
    }
}
